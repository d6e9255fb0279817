"""Files that the site wrote itself: read back whole, and nobody else's."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from cettar_site.infra import vouched
from cettar_site.infra.settings import settings
from cettar_site.infra.vouched import Unvouched

NAME, CONTENT = "vouched.test", b"numbers and nothing else"


@pytest.fixture(autouse=True)
def tidy() -> Iterator[None]:
    yield
    for path in vouched.place_of(NAME).parent.glob(f"*{NAME}*"):
        path.unlink()


def test_what_was_kept_is_read_again_by_this_user_alone() -> None:
    vouched.place_of(f"{NAME}.dead.part").write_bytes(b"of a killed process")
    for content in (CONTENT, b"", CONTENT * 1000):
        vouched.keep(NAME, content)
        assert vouched.read(NAME, 1_000_000) == content
    assert vouched.place_of(NAME).stat().st_mode & 0o777 == 0o600
    assert list(vouched.place_of(NAME).parent.glob(f"{NAME}*.part")) == []


def test_what_is_not_there_is_said_so() -> None:
    with pytest.raises(FileNotFoundError):
        vouched.read(NAME, 100)


@pytest.mark.parametrize("damage", ["cut", "longer", "changed", "unsigned", "empty", "large"])
def test_what_somebody_changed_is_refused(damage: str) -> None:
    vouched.keep(NAME, CONTENT)
    path = vouched.place_of(NAME)
    whole = path.read_bytes()
    path.write_bytes({"cut": whole[:-1], "longer": whole + b"x", "changed": whole[:-1] + b"X", "unsigned": CONTENT,
                      "empty": b"", "large": whole + bytes(5000)}[damage])
    with pytest.raises(Unvouched):
        vouched.read(NAME, 1000)


def test_another_name_or_secret_does_not_vouch(monkeypatch: pytest.MonkeyPatch) -> None:
    vouched.keep(NAME, CONTENT)
    other = vouched.place_of("other." + NAME)
    other.write_bytes(vouched.place_of(NAME).read_bytes())
    with pytest.raises(Unvouched):
        vouched.read("other." + NAME, 1000)
    config = replace(settings(), secret=b"another secret of thirty-two chars")
    monkeypatch.setattr(vouched, "settings", lambda: config)
    with pytest.raises(Unvouched):
        vouched.read(NAME, 1000)
