"""What is noticed about evidence, and what counts as the same photo."""

import io
import random
from dataclasses import replace
from datetime import timedelta

import pytest
from PIL import Image, ImageEnhance

from cettar_site.complaints import rules_photo
from cettar_site.complaints.rules import Case, Event, Kind, Life, ServiceRequest, Shown, State, Writing
from cettar_site.complaints.rules_photo import (
    ALIKE,
    REFUSALS,
    Facts,
    Flag,
    FlagKind,
    Look,
    Photo,
    alike,
    bands,
    distance,
    flags_of,
    km_between,
    near,
)
from cettar_site.infra.darkroom import Reason
from cettar_site.infra.darkroom_worker import dhash
from tests.complaints.makers import NOW
from tests.infra.pictures import real_photos, scene

AT = (-7.257512, 112.752088)


def look(picture: Image.Image) -> Look:
    return Look(picture.tobytes(), bytes.fromhex(dhash(picture)))


def case(*, position: tuple[float, float] | None = AT, district: str = "", region: str = "35.18",
         shown: Shown = Shown.ANONYMOUS) -> Case:
    request = ServiceRequest(1, "JTM-7K3M-9QXF", shown, "S08", region, district, None, NOW)
    lat, lon = position or (None, None)
    life = Life(State.WAITING, 1, NOW, NOW, NOW, ())
    return Case(request, (Event(1, Kind.SUBMITTED, NOW, "citizen"),), (Writing(1, "x", lat=lat, lon=lon),), life)


def noticed(of: Case, facts: Facts) -> tuple[Flag, ...]:
    return flags_of(of, facts, False, (), NOW + timedelta(days=5))


SOON = NOW + timedelta(days=3)


def test_evidence_taken_there_and_afterwards_raises_nothing() -> None:
    assert noticed(case(), Facts(SOON, AT)) == ()
    assert noticed(case(), Facts(SOON, None)) == ()


def test_it_was_taken_elsewhere() -> None:
    for km, flags in ((1.9, ()), (2.1, (Flag(FlagKind.FAR, amount=2),)), (12.4, (Flag(FlagKind.FAR, amount=12),))):
        there = AT[0] + km / 111.195, AT[1]
        assert km_between(AT, there) == pytest.approx(km, rel=1e-3)
        assert noticed(case(), Facts(SOON, there)) == flags


def test_without_a_point_the_district_or_the_nearest_one_of_the_regency_counts() -> None:
    banyuwangi, surabaya = case(position=None, region="35.10"), (-7.2575, 112.7521)
    for corner in ((-8.44, 114.33), (-8.60, 114.05), (-7.95, 114.40)):  # a hundred kilometres long
        assert noticed(banyuwangi, Facts(SOON, corner)) == ()
    (flag,) = noticed(banyuwangi, Facts(SOON, surabaya))
    assert flag.kind is FlagKind.FAR and flag.amount > 100
    (flag,) = noticed(case(position=None, region="35.10", district="35.10.01"), Facts(SOON, (-7.95, 114.40)))
    assert flag.kind is FlagKind.FAR
    assert noticed(case(position=None, region="99.99"), Facts(SOON, surabaya)) == ()


def test_it_was_taken_before_or_nobody_knows_when() -> None:
    assert noticed(case(), Facts(NOW - timedelta(days=3, hours=2), AT)) == (Flag(FlagKind.EARLIER, amount=3),)
    assert noticed(case(), Facts(NOW - timedelta(hours=2), AT)) == (Flag(FlagKind.EARLIER, amount=0),)
    assert noticed(case(), Facts(NOW - timedelta(minutes=30), AT)) == (), "a camera's clock may be a little wrong"
    assert noticed(case(), Facts(None, AT)) == (Flag(FlagKind.UNDATED),)
    assert noticed(case(), Facts(NOW + timedelta(days=400), AT)) == (Flag(FlagKind.UNDATED),)


def test_all_that_is_noticed_is_kept_and_read_again() -> None:
    flags = flags_of(case(), Facts(NOW - timedelta(days=30), (-8.2, 114.3)), True, ("JTM-AAAA-0001", "JTM-B"), NOW)
    assert [flag.kind for flag in flags] == [FlagKind.REUSED, FlagKind.OWN, FlagKind.FAR, FlagKind.EARLIER]
    assert flags[0].number == "JTM-AAAA-0001" and flags[3].amount == 30
    assert rules_photo.read(rules_photo.written(flags)) == flags and rules_photo.read("") == ()


def test_every_reason_of_the_darkroom_has_a_sentence() -> None:
    assert {reason.value for reason in Reason} <= REFUSALS.keys()


def sent_again(picture: Image.Image, quality: int, scale: float) -> Image.Image:
    """The picture as a chat hands it on."""
    small = picture.resize((round(picture.width * scale), round(picture.height * scale)))
    made = io.BytesIO()
    small.save(made, "JPEG", quality=quality)
    return Image.open(io.BytesIO(made.getvalue())).convert("RGB")


def cropped(picture: Image.Image, dice: random.Random, most: float) -> Image.Image:
    """A little missing at each side."""
    left, top, right, bottom = (dice.random() * most for _ in range(4))
    width, height = picture.size
    return picture.crop((int(width * left), int(height * top), int(width * (1 - right)), int(height * (1 - bottom))))


def test_a_photo_sent_again_is_known_and_other_photos_are_not(capsys: pytest.CaptureFixture[str]) -> None:
    dice = random.Random(4)
    photos = [*real_photos(), *(scene(seed, (640, 480)) for seed in range(40))]
    again = [[sent_again(one, quality, scale) for quality, scale in ((85, 1.0), (60, 0.7), (40, 0.5), (70, 0.3))]
             for one in photos]
    assert all(alike(look(one), look(other)) for one, others in zip(photos, again, strict=True) for other in others)
    brighter = [alike(look(one), look(ImageEnhance.Brightness(one).enhance(1.1))) for one in photos]
    cut = [alike(look(one), look(cropped(one, dice, 0.015))) for one in photos for _ in range(3)]
    looks = [look(one) for one in photos]
    apart = [distance(one.dhash, other.dhash) for at, one in enumerate(looks) for other in looks[:at]]
    with capsys.disabled():
        print(f"\nknown again: brighter {sum(brighter)}/{len(brighter)}, a little cut {sum(cut)}/{len(cut)}; other "
              f"photos differ in {min(apart)} bits and more of 128")
    assert sum(brighter) / len(brighter) > 0.9 and sum(cut) / len(cut) > 0.7
    assert min(apart) > 2 * ALIKE


def test_a_photo_without_structure_is_only_known_whole() -> None:
    white, grey = Image.new("RGB", (90, 60), "white"), Image.new("RGB", (90, 60), "grey")
    assert look(white).dhash == b"" and alike(look(white), look(white)) and not alike(look(white), look(grey))
    assert bands(b"") == ()


def test_looking_by_parts_misses_nothing_that_is_alike() -> None:
    dice = random.Random(9)
    for bits in range(16):
        one = dice.getrandbits(128)
        other = one
        for bit in dice.sample(range(128), bits):
            other ^= 1 << bit
        parts, others = bands(one.to_bytes(16, "big")), bands(other.to_bytes(16, "big"))
        assert any(b in near(a) for a, b in zip(parts, others, strict=True)), bits
    assert ALIKE <= 15 and len(near(0)) == 17 and len(bands(bytes(16))) == 8


def test_who_sees_which_photo() -> None:
    events = (*case().events, Event(2, Kind.CLAIMED, NOW, "P-234567"), Event(4, Kind.MESSAGED, NOW, "citizen"))
    public = replace(case(), events=events)
    photos = [Photo("a", 1, False, 10, 10), Photo("b", 2, True, 10, 10), Photo("c", 3, False, 10, 10)]
    assert [one.id for one in rules_photo.photos_shown(public, photos)] == ["a", "b"], "3 is the desk's own note"
    assert not rules_photo.photos_shown(replace(public, life=replace(public.life, hidden="abuse")), photos)
    assert not rules_photo.photos_shown(replace(public, life=replace(public.life, erased=True)), photos)
    secret = replace(public, request=replace(public.request, shown=Shown.CONFIDENTIAL))
    assert not rules_photo.photos_shown(secret, photos)
    assert rules_photo.small_size(Photo("a", 1, False, 1600, 1200)) == (320, 240)
    assert rules_photo.small_size(Photo("a", 1, False, 100, 50)) == (100, 50)
