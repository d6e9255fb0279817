"""Every role, every act, every kind of complaint, over HTTP: refused unless the table in SECURITY.md allows it."""

import random
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from cettar_site.complaints.rules import Kind, Shown
from cettar_site.complaints.rules_filing import Destination
from cettar_site.desk import api_case, rules_matrix
from cettar_site.desk.rules import Role
from cettar_site.desk.rules_deed import possible, units_left
from cettar_site.desk.rules_matrix import MATRIX, Act, Page, Whose, allowed
from cettar_site.infra import clock
from cettar_site.infra.db import Database
from cettar_site.infra.vault import vault
from tests.complaints.makers import case_of, happens
from tests.desk.makers import at_desk, filed, form_token, officer, seen

TABLE = (Path(__file__).parents[2] / "SECURITY.md").read_text()
# Who asks: the role, where they sit.
ACCOUNTS = ((Role.TRIAGE, "KOMINFO"), (Role.OFFICER, "DINKES"), (Role.OFFICER, "RSUD-SOETOMO"),
            (Role.SUPERVISOR, "DINKES"), (Role.SUPERVISOR, "SETDA"), (Role.AUDITOR, "DINKES"), (Role.ADMIN, "DINKES"))
UNIT, AGENCY, ELSEWHERE = "RSUD-SOETOMO", "DINKES", "DPUBM"
PAGES = {Page.QUEUE: "/meja", Page.SORT: "/meja/pilah", Page.TEMPLATES: "/meja/templat", Page.EXPORT: "/meja/lapor.csv"}
Cells = dict[tuple[str, str], frozenset[str]]


def parsed(head: str) -> Cells:
    """The table of SECURITY.md whose first column is called so: role and row → the words in the cell."""
    rows = re.search(rf"(?m)^\| {head} \|.*\n\|[-|]+\|\n(?:\|.*\n)+", TABLE)
    assert rows is not None
    names, _, *lines = ([cell.strip() for cell in line.strip("|").split("|")] for line in rows[0].splitlines())
    return {(role, line[0]): frozenset(cell.replace("–", "").split())
            for line in lines for role, cell in zip(names[1:], line[1:], strict=True)}


MAY = parsed("act")
RANDOM = random.Random(13)


def objects(role: Role, agency: str) -> Iterator[tuple[str, frozenset[str], str, bool]]:
    """Kinds of complaints as this account meets them: name, the table's words that are true of it, holder, secret."""
    parent = "DINKES" if agency == UNIT else "PEMPROV"
    for secret in (False, True):
        more = frozenset() if secret else frozenset({"public"})
        yield "own", more | {"own"}, agency, secret
        yield "other", more | {"other"}, ELSEWHERE, secret
        yield "triage", more | {"triage"} | ({"sent"} if agency == "KOMINFO" else set()), "", secret
        yield "sent", more | {"other"} | ({"sent"} if agency == "KOMINFO" else set()), ELSEWHERE, secret
        yield "offered", more | {"other", "offered"}, ELSEWHERE, secret
        yield "drawn", more | {"other", "drawn"}, ELSEWHERE, secret
        yield "escalated", more | {"other"} | ({"escalated"} if agency == "SETDA" else set()), ELSEWHERE, secret
        if agency in (UNIT, AGENCY):
            yield "parent", more | {"parent"}, parent, secret
        if agency == UNIT:
            yield "unit", more | {"parent", "unit"}, parent, secret
        if agency == AGENCY:
            yield "below", more | {"below"}, UNIT, secret


def built(database: Database, name: str, agency: str, holder: str, secret: bool, act: Act, main: str) -> str:
    """A complaint of this kind, brought to where the act could happen if anybody might."""
    shown = Shown.CONFIDENTIAL if secret else Shown.ANONYMOUS
    to = Destination("" if name in ("triage", "sent") else holder, "category")
    number = filed(database, clock.now() - timedelta(hours=3), shown=shown, to=to).number

    def let(kind: Kind, hours: float, **more: Any) -> None:
        happens(database, number, kind, hours, vault=vault(), **more)

    if name == "sent":
        let(Kind.ROUTED, 0.5, agency=holder, detail="desk")
    if name == "offered":
        let(Kind.OFFERED, 1, agency=agency, text="Jalan ini milik instansi Anda, mohon diambil.")
    if name == "unit":
        let(Kind.ASSIGNED, 1, agency=agency)
    if name == "drawn":
        let(Kind.CLAIMED, 1, text="Sudah kami tambal pagi ini.")
        let(Kind.DRAWN, 1.1, agency=agency, actor="system")
    if name == "escalated":
        let(Kind.ESCALATED, 1, detail="1", actor="system")
        let(Kind.ESCALATED, 1.1, detail="2", actor="system")
    if act is Act.PART:
        let(Kind.MERGED, 1.5, detail=main)
    if act is Act.REVEAL:
        let(Kind.HIDDEN, 1.5, detail="abuse", text="Memuat hinaan kepada orang lain.")
    return number


def words() -> str:
    """Words that no other answer has."""
    return " ".join("".join(RANDOM.choices("bcdfghjklmnprstaeiou", k=12)) for _ in range(6))


def form(act: Act, case: Any, main: str) -> dict[str, str]:
    """Every field that any act asks for."""
    to = {Act.ASSIGN: "RSJ-MENUR" if case.life.agency_code == "DINKES" else "", Act.FORWARD: "KAB-3518",
          Act.OFFER: "DPUBM" if case.life.agency_code != "DPUBM" else "DISHUB", Act.ROUTE: "DISHUB"}.get(act, "")
    reason = "court" if act is Act.REJECT else "abuse"
    return {"act": act, "seen": seen(case.request.number, case.life.seq), "text": words(), "to": to,
            "reason": reason, "number": main, "where": "Pengadilan Negeri Surabaya", "verdict": "pass",
            "day": str((clock.now() + timedelta(days=9)).date())}


def faults(database: Database, desk: TestClient, role: Role, agency: str, main: str,
           kinds: tuple[str, ...] = ()) -> Iterator[str]:
    """Where the desk does not do what the table says."""
    token = form_token(desk)
    for name, true, holder, secret in objects(role, agency):
        if kinds and name not in kinds:
            continue
        number = ""
        for act in Act:
            fresh = not number or act in (Act.PART, Act.REVEAL)
            number = built(database, name, agency, holder, secret, act, main) if fresh else number
            read, may = MAY[role, Act.READ] & true, MAY[role, act] & true
            before = case_of(database, number, vault())
            if act is Act.READ:
                status = desk.get(f"/meja/{number}").status_code
                good, added = frozenset({200 if may else 404}), 0
            else:
                fields = form(act, before, main) | {"token": token}
                status = desk.post(f"/meja/{number}", data=fields).status_code
                # What may be done may still not be possible in this complaint's life: 409, or nothing to choose, 422.
                good = frozenset({303, 409, 422} if may else {403} if read else {404})
                added = 1 if status == 303 else 0
            after = case_of(database, number, vault()).events[before.life.seq:]
            # A claim may be drawn for an audit; what is merged out of triage is routed by it.
            along = {Act.CLAIM: Kind.DRAWN, Act.MERGE: Kind.ROUTED}.get(act)
            happened = sum(event.kind is not along for event in after)
            if status not in good or happened != added:
                yield f"{role} at {agency}: {act} on {name}{' (secret)' * secret} gave {status}, not {sorted(good)}"
            if act is not Act.READ and may and rules_possible(before, act, agency) and status != 303:
                yield f"{role} at {agency}: {act} on {name}{' (secret)' * secret} could not be done: {status}"
            number = "" if happened or (fresh and act in (Act.PART, Act.REVEAL)) else number


def rules_possible(case: Any, act: Act, agency: str) -> bool:
    """Whether the act can happen in the complaint's life now, and there is something to choose."""
    if act is Act.ASSIGN and "RSJ-MENUR" not in {one.code for one in units_left(case.life)}:
        return False
    return possible(case.life, act, agency, clock.now())


class Patient:
    """Counts nothing: two thousand acts in a minute are nobody's habit."""

    def hit(self, name: str, who: str) -> None:
        """Let it pass."""


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_case, "limiter", Patient)


@pytest.mark.parametrize(("role", "agency"), ACCOUNTS)
def test_the_desk_does_what_the_table_says(sqlite_database: Database, patient: None, role: Role, agency: str) -> None:
    main = filed(sqlite_database, clock.now() - timedelta(hours=3)).number
    desk = at_desk(officer(sqlite_database, agency, role))
    assert list(faults(sqlite_database, desk, role, agency, main)) == []


@pytest.mark.parametrize(("role", "act", "more"), [
    (Role.OFFICER, Act.ANSWER, {Whose.OTHER}), (Role.OFFICER, Act.READ, {Whose.TRIAGE}),
    (Role.AUDITOR, Act.READ, {Whose.PUBLIC}), (Role.TRIAGE, Act.READ, set())])
def test_a_planted_violation_is_found(sqlite_database: Database, patient: None, monkeypatch: pytest.MonkeyPatch,
                                      role: Role, act: Act, more: set[Whose]) -> None:
    agency = "KOMINFO" if role is Role.TRIAGE else AGENCY
    allows = (MATRIX[role].get(act, frozenset()) | more) if more else frozenset[Whose]()
    read = MATRIX[role].get(Act.READ, frozenset()) | more
    planted = MATRIX | {role: MATRIX[role] | {Act.READ: read, act: allows}}
    monkeypatch.setattr(rules_matrix, "MATRIX", planted)
    main = filed(sqlite_database, clock.now() - timedelta(hours=3)).number
    desk = at_desk(officer(sqlite_database, agency, role))
    assert list(faults(sqlite_database, desk, role, agency, main, ("other", "triage")))


def test_the_table_is_whole_and_says_what_the_code_does() -> None:
    assert MAY.keys() == {(role, act) for role in Role for act in Act}
    assert frozenset().union(*MAY.values()) <= frozenset(Whose)
    assert {(role, act): allowed(role, act) for role in Role for act in Act} == MAY


@pytest.mark.parametrize(("role", "agency"), ACCOUNTS)
def test_each_role_has_its_pages(sqlite_database: Database, role: Role, agency: str) -> None:
    desk, has = at_desk(officer(sqlite_database, agency, role)), parsed("page")
    assert {page: desk.get(path).status_code for page, path in PAGES.items()} == {
        page: 200 if has[role, page] else 403 for page in PAGES}
