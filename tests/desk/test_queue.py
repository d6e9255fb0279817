"""The queue: every tab holds what it says, in order, page by page; the counts end at a limit."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from cettar_site.complaints.rules import Kind
from cettar_site.complaints.rules_filing import Destination
from cettar_site.desk import rules_queue, store_queue
from cettar_site.desk.rules import Officer, Role
from cettar_site.desk.rules_queue import TABS, Tab, Wanted, wanted
from cettar_site.infra.db import Database
from tests.complaints.makers import NOW, VAULT, filed, happens

LATER = NOW + timedelta(hours=6)


def numbers(database: Database, view: Wanted, n: int = 50) -> list[str]:
    with database.read() as session:
        return [one.brief.number for one in store_queue.page(session, view, LATER, VAULT, n).lines]


def count(database: Database, view: Wanted, tabs: Sequence[Tab]) -> dict[Tab, int]:
    with database.read() as session:
        return store_queue.counts(session, view, tabs, LATER)


def view(tab: Tab, agency: str = "DPUBM", **more: str) -> Wanted:
    return Wanted(tab, agency, agency == "KOMINFO", **more)  # type: ignore[arg-type]


def test_each_tab_holds_what_it_says(database: Database) -> None:
    waits, late, done, offered, unit, triage, sent, own, drawn = (
        filed(database, NOW - timedelta(days=9 if n == 1 else 0), to=Destination(to)).number
        for n, to in enumerate(("DPUBM", "DPUBM", "DPUBM", "DISHUB", "DINKES", "", "", "KOMINFO", "DPUBM")))
    happens(database, done, Kind.ANSWERED, text="Sudah kami tambal kemarin sore.")
    happens(database, offered, Kind.OFFERED, agency="DPUBM", text="Ini jalan provinsi.")
    happens(database, unit, Kind.ASSIGNED, agency="RSUD-SOETOMO")
    happens(database, sent, Kind.ROUTED, agency="DISHUB")
    happens(database, drawn, Kind.CLAIMED, text="Sudah selesai ditambal.")
    happens(database, drawn, Kind.DRAWN, agency="INSPEKTORAT")
    assert numbers(database, view(Tab.WAITING)) == [late, waits]
    assert numbers(database, view(Tab.LATE)) == [late]
    assert set(numbers(database, view(Tab.ANSWERED))) == {drawn, done}
    assert set(numbers(database, view(Tab.ALL))) == {waits, late, done, drawn}
    assert numbers(database, view(Tab.OFFERED)) == [offered]
    assert numbers(database, view(Tab.UNIT, "RSUD-SOETOMO")) == [unit]
    assert numbers(database, view(Tab.WAITING, "KOMINFO")) == [triage]
    assert numbers(database, view(Tab.SENT, "KOMINFO")) == [sent]
    assert numbers(database, Wanted(Tab.WAITING, "KOMINFO")) == [own], "Kominfo's own, not what it sorts"
    assert numbers(database, view(Tab.AUDIT, "INSPEKTORAT")) == [drawn]
    assert numbers(database, view(Tab.AUDITED, "INSPEKTORAT")) == []
    happens(database, drawn, Kind.AUDITED, 2, agency="INSPEKTORAT", detail="fail", text="Lubangnya masih ada.")
    assert numbers(database, view(Tab.AUDITED, "INSPEKTORAT")) == [drawn]
    assert count(database, view(Tab.WAITING), TABS[Role.OFFICER]) == {
        Tab.WAITING: 3, Tab.LATE: 1, Tab.OFFERED: 1, Tab.UNIT: 0, Tab.PROMISED: 0, Tab.ANSWERED: 1, Tab.ALL: 4}


def test_a_promise_that_passed_comes_up_again(database: Database) -> None:
    passed, ahead = (filed(database, NOW - timedelta(days=9)).number for _ in range(2))
    happens(database, passed, Kind.PLANNED, 24, detail="2026-11-20", text="Kami tambal hari Jumat malam.")
    happens(database, ahead, Kind.PLANNED, 24, detail="2026-12-20", text="Kami tambal sesudah lebaran haji.")
    assert numbers(database, view(Tab.PROMISED)) == [passed]
    happens(database, passed, Kind.CLAIMED, 48, text="Sudah ditambal Jumat malam.")
    assert numbers(database, view(Tab.PROMISED)) == []


def test_what_a_unit_was_given_goes_when_the_complaint_does(database: Database) -> None:
    number = filed(database, NOW, to=Destination("DINKES")).number
    happens(database, number, Kind.ASSIGNED, agency="RSUD-SOETOMO")
    happens(database, number, Kind.OFFERED, 2, agency="DISHUB", text="Ini urusan terminal.")
    happens(database, number, Kind.ACCEPTED, 3, agency="DISHUB")
    assert numbers(database, view(Tab.UNIT, "RSUD-SOETOMO")) == []


def test_a_supervisor_sees_what_waits_at_the_units(database: Database) -> None:
    number = filed(database, NOW, to=Destination("RSUD-SOETOMO")).number
    filed(database, NOW, to=Destination("DINKES"))
    assert numbers(database, view(Tab.BELOW, "DINKES")) == [number]
    assert numbers(database, view(Tab.BELOW, "DISHUB")) == numbers(database, view(Tab.BELOW, "PEMPROV")) == []


def test_escalated_ones_are_the_supervisors(database: Database) -> None:
    number = filed(database, NOW - timedelta(days=9)).number
    happens(database, number, Kind.ESCALATED, 100, detail="1", actor="system")
    filed(database, NOW)
    assert numbers(database, view(Tab.ESCALATED)) == [number]
    assert numbers(database, view(Tab.ESCALATED, "SETDA")) == [], "the secretary hears of the second level"
    happens(database, number, Kind.ESCALATED, 110, detail="2", actor="system")
    assert numbers(database, view(Tab.ESCALATED, "SETDA")) == [number]
    assert numbers(database, view(Tab.ESCALATED, "PEMPROV")) == []


@pytest.mark.parametrize("tab", [Tab.WAITING, Tab.ALL])
def test_pages_follow_each_other_without_a_gap(database: Database, tab: Tab) -> None:
    # Five with the same moment: the row decides among them.
    all_of = {filed(database, NOW - timedelta(hours=n // 5)).number for n in range(17)}
    seen: list[str] = []
    wanted_now: Wanted | None = view(tab)
    while wanted_now is not None:
        with database.read() as session:
            page = store_queue.page(session, wanted_now, LATER, VAULT, 4)
        seen += [one.brief.number for one in page.lines]
        wanted_now = view(tab, after=page.after) if page.after else None  # type: ignore[arg-type]
    assert len(seen) == 17 and set(seen) == all_of


def test_filters_and_words(database: Database) -> None:
    road = filed(database, NOW, text="Jembatan gantung di dusun kami putus talinya.", category_code="S08.001").number
    water = filed(database, NOW, region_code="35.78", category_code="S31.002").number
    filed(database, NOW, to=Destination("DISHUB"), text="Jembatan timbang tutup terus setiap malam hari.")
    assert numbers(database, view(Tab.WAITING, group_code="S08")) == [road]
    assert numbers(database, view(Tab.WAITING, region_code="35.78")) == [water]
    assert numbers(database, view(Tab.WAITING, search="jembatan")) == [road]
    assert numbers(database, view(Tab.WAITING, search="jembatan", region_code="35.78")) == []
    assert numbers(database, view(Tab.WAITING, search="!!!")) == []


def test_counting_ends_at_a_limit(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_queue, "COUNTED", 3)
    for _ in range(5):
        filed(sqlite_database, NOW)
    assert count(sqlite_database, view(Tab.WAITING), [Tab.WAITING]) == {Tab.WAITING: 3}


def test_an_address_means_a_view_and_back() -> None:
    who = Officer(1, "P-234567", "a@example.go.id", "DPUBM", Role.OFFICER)
    asked = {"keadaan": "terlambat", "topik": "S08", "wilayah": "35.18", "cari": " jalan  rusak ", "lanjut": "17.5"}
    found = wanted(who, asked)
    assert found is not None and (found.tab, found.search, str(found.after)) == (Tab.LATE, "jalan rusak", "17.5")
    assert found.query(after=found.after) == "?keadaan=terlambat&topik=S08&wilayah=35.18&cari=jalan+rusak&lanjut=17.5"
    assert found.query() == "?keadaan=terlambat&topik=S08&wilayah=35.18&cari=jalan+rusak"
    assert wanted(who, {"keadaan": "periksa", "topik": "x", "wilayah": "y", "lanjut": "1.2.3"}) == Wanted(
        Tab.WAITING, "DPUBM")
    assert wanted(Officer(1, "P", "a@b.id", "KOMINFO", Role.ADMIN), {}) is None
    assert rules_queue.TABS.keys() == set(Role)
