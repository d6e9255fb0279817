"""The prices in words."""

from datetime import date, timedelta

from cettar_site.base.words import words
from cettar_site.prices.rules import REASON_TEXTS, Level, Reason, Status
from cettar_site.prices.rules_look import latest, leading_goods, look, newest_lines
from cettar_site.prices.rules_selection import Selection
from cettar_site.prices.rules_view import SHOWN_ROWS, answer, signed, title, view
from tests.prices.makers import DAY, seen

ID = words("id")
WEEK = timedelta(days=7)


def chosen(level: Level = Level.PRODUCER, region: str | None = "35.18") -> Selection:
    return Selection("bawang-merah", level, region, DAY - 30 * WEEK, DAY)


def rows(*prices: int, level: Level = Level.PRODUCER) -> list[object]:
    return [seen(price, DAY - timedelta(days=len(prices) - 1 - at), level=level) for at, price in enumerate(prices)]


def test_every_reason_has_its_sentence() -> None:
    assert set(REASON_TEXTS) == set(Reason) - {Reason.NONE}


def test_a_change_is_said_in_rupiah_and_percent() -> None:
    assert signed(ID, 22_500, 21_500) == "naik Rp1.000 (+4,7%)"
    assert signed(ID, 16_500, 27_000) == "turun Rp10.500 (−38,9%)"
    assert signed(ID, 20_000, 20_000) == "tetap"


def test_the_finding_is_the_title() -> None:
    up = look(chosen(), (), rows(*[20_000] * 7, *[25_000] * 7))  # type: ignore[arg-type]
    assert view(ID, up)["title"] == (
        "Harga Bawang Merah di pasar produsen, Kab. Nganjuk, naik 25% sejak 5 Agustus "
        "2026: dari Rp20.000 menjadi Rp25.000 per kg"
    )
    down = look(chosen(Level.CONSUMER, None), (), rows(30_000, 24_000, level=Level.CONSUMER))  # type: ignore[arg-type]
    assert view(ID, down)["title"].startswith("Harga eceran Bawang Merah, Jawa Timur, turun 20% sejak")
    same = look(chosen(), (), rows(*[20_000] * 9))  # type: ignore[arg-type]
    assert "tetap sekitar Rp20.000 per kg" in view(ID, same)["title"]
    assert "belum ada" in title(ID, chosen(), None)


def test_nothing_accepted_is_said() -> None:
    nothing = look(chosen(), (), [seen(200_000, status=Status.HELD, reason=Reason.JUMP)])
    assert answer(ID, nothing.latest) == "Tidak ada harga yang diterima pada rentang ini."
    assert (nothing.held_count, nothing.accepted_count, view(ID, nothing)["rows"]) == (1, 0, [])
    assert view(ID, nothing)["held"][0]["reason"].startswith("Melonjak jauh")


def test_the_newest_price_is_compared_with_the_week_before() -> None:
    found = latest([seen(20_000, DAY - WEEK - timedelta(days=2)), seen(21_000, DAY - timedelta(days=1)), seen(22_000)])
    assert found is not None
    assert (found.price, found.before, found.before_day) == (22_000, 20_000, DAY - WEEK - timedelta(days=2))
    old = latest([seen(20_000, DAY - 5 * WEEK), seen(22_000)])
    assert old is not None and old.before is None


def test_a_province_mean_speaks_only_alone() -> None:
    both = latest([seen(50_000, region="35"), seen(20_000)])
    alone = latest([seen(50_000, region="35")])
    assert both is not None and alone is not None
    assert (both.price, both.points, alone.price) == (20_000, 1, 50_000)


def test_lines_know_the_price_before_at_their_own_point() -> None:
    lines = newest_lines(
        [
            seen(20_000, DAY - WEEK, series=1),
            seen(30_000, DAY - WEEK, series=2),
            seen(21_000, series=1),
            seen(33_000, region="35.13", series=2),
        ]
    )
    assert [(line.seen.price, line.before) for line in lines] == [
        (33_000, 30_000),
        (21_000, 20_000),
        (20_000, None),
        (30_000, None),
    ]


def test_rows_are_few_and_their_source_is_said_once() -> None:
    said = view(ID, look(chosen(), (), rows(*[20_000] * 40)))  # type: ignore[arg-type]
    assert (len(said["rows"]), len(said["more"])) == (SHOWN_ROWS, 20)
    assert {row["note"] for row in said["rows"]} == {""}
    assert said["rows_source"] == "Semua angka di tabel: Siskaperbapo, terakhir diambil 20 Agu 2026, 10.00 WIB."
    mixed = view(ID, look(chosen(), (), [seen(20_000, DAY - WEEK), seen(21_000, source="simulasi", series=2)]))
    assert all(row["note"] for row in mixed["rows"])


def test_without_prices_nothing_leads() -> None:
    assert leading_goods(()) == []
    assert date(2026, 8, 18) == DAY
