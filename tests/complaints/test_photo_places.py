"""Places for photos on their way: bounded for all, and for each network, so that nobody can hold them all."""

from contextlib import closing

import pytest

from cettar_site.complaints.api_photo_keep import AT_ONCE, AT_ONCE_A_NETWORK, Full, Upload
from cettar_site.infra.db import Database


def test_one_network_can_t_hold_every_place(sqlite_database: Database) -> None:
    """24 photos that came as slowly as they may kept everybody else's out for ten minutes, from one line."""
    held = [Upload("one") for _ in range(AT_ONCE_A_NETWORK)]
    with pytest.raises(Full):
        Upload("one")
    with closing(Upload("two")):
        pass
    held.pop().close()
    held.append(Upload("one"))
    for upload in held * 2:  # what is closed twice gives one place back
        upload.close()
    again = [Upload("one") for _ in range(AT_ONCE_A_NETWORK)]
    with pytest.raises(Full):
        Upload("one")
    for upload in again:
        upload.close()


def test_all_networks_together_have_so_many_places(sqlite_database: Database) -> None:
    held = [Upload(str(n)) for n in range(AT_ONCE)]
    with pytest.raises(Full):
        Upload("another")
    for upload in held:
        upload.close()
    Upload("another").close()
