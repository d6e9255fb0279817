"""The desk's queue: its tabs by role, what is asked for in the address, where a page ends."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlencode

from cettar_site.base.words import mark
from cettar_site.complaints.rules import TRIAGE_DESK
from cettar_site.desk.rules import Brief, Officer, Role
from cettar_site.jatim import categories, regions

COUNTED = 1000
"""A tab's complaints are counted up to here; more are "1.000+"."""
LONGEST_SEARCH = 80
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICRO = timedelta(microseconds=1)
_DIGITS = re.compile(r"[0-9]{1,19}")


class Tab(StrEnum):
    """Which complaints of a desk, as in the address."""

    WAITING = "menunggu"
    LATE = "terlambat"
    OFFERED = "ditawarkan"
    UNIT = "unit"
    ESCALATED = "eskalasi"
    BELOW = "bawahan"
    PROMISED = "janji"
    ANSWERED = "dijawab"
    ALL = "semua"
    SENT = "tersalur"
    AUDIT = "periksa"
    AUDITED = "diperiksa"


NAMES: dict[Tab, str] = {
    Tab.WAITING: mark("Menunggu"), Tab.LATE: mark("Terlambat"), Tab.OFFERED: mark("Ditawarkan ke sini"),
    Tab.UNIT: mark("Dibagi ke unit ini"), Tab.ESCALATED: mark("Sudah dilaporkan ke atas"),
    Tab.BELOW: mark("Menunggu di unit kami"), Tab.PROMISED: mark("Janji yang lewat"), Tab.ANSWERED: mark("Dijawab"),
    Tab.ALL: mark("Semua"), Tab.SENT: mark("Sudah disalurkan"), Tab.AUDIT: mark("Perlu diperiksa"),
    Tab.AUDITED: mark("Sudah diperiksa")}
OWED = frozenset({Tab.WAITING, Tab.LATE, Tab.ESCALATED, Tab.BELOW})
"""Tabs whose complaints are owed a word: by when it is due. The others: the newest first."""
_AGENCY = (Tab.WAITING, Tab.LATE, Tab.OFFERED, Tab.UNIT, Tab.PROMISED, Tab.ANSWERED, Tab.ALL)
TABS: dict[Role, tuple[Tab, ...]] = {
    Role.TRIAGE: (Tab.WAITING, Tab.LATE, Tab.OFFERED, Tab.SENT), Role.OFFICER: _AGENCY,
    Role.SUPERVISOR: (*_AGENCY[:2], Tab.ESCALATED, Tab.BELOW, *_AGENCY[2:]), Role.AUDITOR: (Tab.AUDIT, Tab.AUDITED),
    Role.ADMIN: ()}


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last line of the page before: when something was owed there, and its row."""

    owed_at: datetime | None
    id: int

    def __str__(self) -> str:
        """As it stands in an address: microseconds since 1970, a dot, the row."""
        return f"{(self.owed_at - _EPOCH) // _MICRO if self.owed_at else 0}.{self.id}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a desk asks for. `sorting` is the triage desk, which sees what nobody holds yet."""

    tab: Tab
    agency_code: str
    sorting: bool = False
    group_code: str = ""
    region_code: str = ""
    search: str = ""
    after: Cursor | None = None

    def query(self, **changes: object) -> str:
        """The address of this view, "?keadaan=…", with some things changed; a page begins anew unless it is told."""
        other = replace(self, **{"after": None} | changes)  # type: ignore[arg-type]
        pairs = {"keadaan": other.tab, "topik": other.group_code, "wilayah": other.region_code, "cari": other.search,
                 "lanjut": str(other.after) if other.after else ""}
        return "?" + urlencode({name: value for name, value in pairs.items() if value})


@dataclass(frozen=True, slots=True)
class Line:
    """A complaint in the queue: what a list shows of it, its row, its events so far, and what else a desk needs."""

    brief: Brief
    id: int
    seq: int
    offered_to: str = ""
    escalated: int = 0
    audited: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """A page of the queue, and where the next one goes on (None: there is no more)."""

    lines: tuple[Line, ...]
    after: Cursor | None


def wanted(officer: Officer, asked: Mapping[str, str]) -> Wanted | None:
    """What an address asks for; what is not known is left out. None for a role without complaints."""
    tabs = TABS[officer.role]
    if not tabs:
        return None
    tab = next((one for one in tabs if one == asked.get("keadaan")), tabs[0])
    group, region = asked.get("topik", ""), asked.get("wilayah", "")
    return Wanted(
        tab, officer.agency_code, officer.role is Role.TRIAGE and officer.agency_code == TRIAGE_DESK,
        group if any(one.code == group for one in categories.GROUPS) else "",
        region if regions.by_code(region) else "", " ".join(asked.get("cari", "").split())[:LONGEST_SEARCH],
        _cursor(asked.get("lanjut", "")))


def _cursor(typed: str) -> Cursor | None:
    owed, _, row = typed.partition(".")
    if _DIGITS.fullmatch(owed) is None or _DIGITS.fullmatch(row) is None or len(owed) > 17 or int(row) >= 1 << 63:
        return None
    return Cursor(_EPOCH + int(owed) * _MICRO if int(owed) else None, int(row))
