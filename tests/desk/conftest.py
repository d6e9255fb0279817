"""A clock that tests of the desk can move."""

from datetime import datetime, timedelta

import pytest

from cettar_site.infra import clock


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> "list[timedelta]":
    """What is in the list is added to the desk's clock."""
    shift = [timedelta(0)]
    real = clock.now

    def shifted() -> datetime:
        return real() + shift[0]

    monkeypatch.setattr(clock, "now", shifted)
    return shift
