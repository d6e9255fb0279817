"""How much may be sent where, and how long it may take."""

import asyncio
from collections.abc import Iterable
from typing import Any

import pytest

from cettar_site import door
from cettar_site.infra.site_body import FORM_WITH_PHOTOS, PHOTO, TEXT, Bodies, BodyLimit, TooLarge, limited

LARGER = Bodies({"/aduan": FORM_WITH_PHOTOS, "/aduan/foto": PHOTO, "/meja/{number}": FORM_WITH_PHOTOS})


def scope(path: str = "/aduan", kind: str = "multipart/form-data; boundary=x", method: str = "POST",
          length: str = "") -> dict[str, Any]:
    headers = [(b"content-type", kind.encode())] + ([(b"content-length", length.encode())] if length else [])
    return {"method": method, "path": path, "headers": headers}


def read_all(limit: BodyLimit, pieces: Iterable[tuple[float, int]], length: str = "") -> int:
    """How many bytes came, each piece after its seconds of waiting."""

    async def scene() -> int:
        coming, got = list(pieces), 0

        async def receive() -> Any:
            seconds, size = coming.pop(0)
            await asyncio.sleep(seconds)
            return {"type": "http.request", "body": b"x" * size, "more_body": bool(coming)}

        read = limited(scope(length=length), receive, limit)
        while True:
            message = await read()
            got += len(message["body"])
            if not message["more_body"]:
                return got

    return asyncio.run(scene())


def test_only_what_is_listed_and_of_its_kind_may_be_large() -> None:
    assert LARGER.of(scope()) is FORM_WITH_PHOTOS
    assert LARGER.of(scope("/aduan/foto", "image/jpeg")) is PHOTO
    assert LARGER.of(scope("/meja/JTM-7K3M-9QXF")) is FORM_WITH_PHOTOS
    for other in (scope(kind="application/x-www-form-urlencoded"), scope(kind=""), scope("/aduan/foto"),
                  scope("/lacak"), scope("/meja/JTM-7K3M-9QXF/x"), scope("/aduan/"), scope(method="PUT")):
        assert LARGER.of(other) is TEXT
    assert Bodies().of(scope()) is TEXT
    both = door.bodies({"/aduan": FORM_WITH_PHOTOS})
    assert both.of(scope()) is both.of(scope("/en/aduan")) is FORM_WITH_PHOTOS


def test_the_size_is_counted_whatever_was_announced() -> None:
    assert read_all(TEXT, [(0, 40_000), (0, 25_000)]) == 65_000
    for pieces, length in (([(0, 40_000), (0, 26_000)], ""), ([(0, 1)], "65537"), ([(0, 1)], "1073741824"),
                           ([(0, 66_000)], "10")):
        with pytest.raises(TooLarge):
            read_all(TEXT, pieces, length)


def test_a_body_that_never_comes_is_given_up() -> None:
    with pytest.raises(TimeoutError):
        read_all(BodyLimit(seconds=0.1), [(0, 1), (30, 1)])


def test_a_body_that_keeps_its_rate_may_take_longer_but_not_for_ever() -> None:
    assert FORM_WITH_PHOTOS.until(0, 0) == 20
    assert FORM_WITH_PHOTOS.until(0, 1_000_000) == 220
    assert FORM_WITH_PHOTOS.until(0, 30_000_000) == 600
    assert TEXT.until(0, 60_000) == 20


def test_a_phone_on_2g_sends_three_photos_in_time_and_one_byte_a_second_does_not() -> None:
    """At 15 KB a second nine megabytes are always ahead of what is asked; one byte a second is cut at once."""
    assert all(second <= FORM_WITH_PHOTOS.until(0, 15_000 * second) for second in range(600))
    assert next(second for second in range(600) if second > FORM_WITH_PHOTOS.until(0, second)) == 21
    assert read_all(BodyLimit(seconds=1.0, rate=1_000.0), [(0.2, 1_000)] * 8) == 8_000
    with pytest.raises(TimeoutError):
        read_all(BodyLimit(seconds=0.5, rate=1_000.0), [(0.2, 1)] * 100)


def test_a_slow_download_is_not_cut() -> None:
    async def scene() -> str:
        messages = iter([{"type": "http.request", "body": b"", "more_body": False}])

        async def receive() -> Any:
            for message in messages:
                return message
            await asyncio.sleep(0.2)
            return {"type": "http.disconnect"}

        read = limited({"method": "GET", "headers": []}, receive, BodyLimit(seconds=0.05))
        await read()
        return str((await read())["type"])

    assert asyncio.run(scene()) == "http.disconnect"
