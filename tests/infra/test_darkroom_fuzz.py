"""Two thousand damaged and hostile pictures: none ends the worker, none needs too much, none leaves a trace."""

import asyncio
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from cettar_site.infra import darkroom as room
from cettar_site.infra import darkroom_worker as worker
from cettar_site.infra.darkroom import Darkroom, Picture, Reason
from cettar_site.infra.darkroom_bare import excess
from tests.infra.mutants import bombs, mutants, whole
from tests.infra.pictures import hidden, laden, scene

MUTANTS = 2000


def develop_all(dark: Darkroom, files: Iterable[bytes]) -> list[Picture | Reason]:
    """What became of each, as many at once as the darkroom takes."""

    async def scene_of() -> list[Picture | Reason]:
        hands = asyncio.Semaphore(room.AT_ONCE + 2)

        async def one(data: bytes) -> Picture | Reason:
            async with hands:
                with tempfile.TemporaryFile() as file:
                    file.write(data)
                    file.flush()
                    return await dark.develop(file, evidence=True, patience=120)

        return list(await asyncio.gather(*map(one, files)))

    return asyncio.run(scene_of())


def traces(found: list[Picture | Reason]) -> list[str]:
    """What the pictures that were made still say of their files."""
    made = [one for picture in found if isinstance(picture, Picture) for one in (picture.large, picture.small)]
    return [trace for one in made for trace in (*hidden(one), excess(one)) if trace]


@pytest.mark.slow
def test_two_thousand_fuzzed_pictures(capsys: pytest.CaptureFixture[str]) -> None:
    dark = Darkroom()
    sound = develop_all(dark, whole())
    assert all(isinstance(one, Picture) for one in sound) and not traces(sound)
    assert dark._process is not None
    first = dark._process.pid
    found = develop_all(dark, [*bombs(), *mutants(MUTANTS)])
    assert dark._process.pid == first, "the worker died"
    assert dark._process.poll() is None
    counted = Counter("made" if isinstance(one, Picture) else one.value for one in found)
    peak = dark.peak()
    dark.close()
    with capsys.disabled():
        print(f"\n{len(found)} pictures: {dict(counted)}; at most {peak / 1e6:.0f} MB for one of them")
    assert traces(found) == []
    assert peak <= worker.MEMORY
    assert counted["busy"] == 0 and counted["made"] > 300 and counted["broken"] > 300


def planted(tmp_path: Path) -> Darkroom:
    """A darkroom that keeps what it should take out."""
    source = Path(worker.__file__).read_text()
    faulty = source.replace('picture.save(made, "JPEG",', 'picture.save(made, "JPEG", exif=EXIF,').replace(
        "    picture.load()\n", "    picture.load()\n    global EXIF\n    EXIF = picture.getexif().tobytes()\n", 1)
    assert faulty.count("EXIF =") == faulty.count("exif=EXIF") == 1
    (tmp_path / "worker.py").write_text(faulty)
    return Darkroom(tmp_path / "worker.py")


def test_a_darkroom_that_keeps_the_exif_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dark, files = planted(tmp_path), [laden("JPEG", scene(1))]
    assert develop_all(dark, files) == [Reason.BROKEN], "the site itself does not keep what it made"
    monkeypatch.setattr(room, "excess", lambda _jpeg: "")
    found = develop_all(dark, files)
    dark.close()
    assert isinstance(found[0], Picture) and any("KENARI" in trace for trace in traces(found))
