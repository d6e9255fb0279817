"""What a complaint may be about: the topics of SP4N-LAPOR!, each with the agency we send it to.

The agency and the other level of government are our own mapping, made for routing. Topics marked legacy (the
pandemic, the travel ban of 2021) are not offered any more; complaints that bear them can still be read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

from cettar_site.jatim.tables import found, index, rows, whole

Status = Literal["active", "legacy", "central_only"]

_CENTRAL = "PUSAT"
_REGENCY = "KAB"


@dataclass(frozen=True, slots=True)
class Category:
    """A topic; the head of a group is one too (`code` equals `group`), for who finds no finer word."""

    code: str
    group: str
    name: str
    agency_code: str
    other_level: str
    """Who else may be in charge, as the table says: "", "KAB", "PUSAT:BPJS Kesehatan"."""
    status: Status
    sample_reports: int | None
    """How many reports of 2025 a sample held; only to put common groups first, never to be shown."""
    mapping_source: str
    source: str

    @property
    def active(self) -> bool:
        """Whether it is offered to who files a complaint."""
        return self.status != "legacy"

    @property
    def central_only(self) -> bool:
        """Whether neither province nor regency can answer it; say so before it is sent."""
        return self.status == "central_only"

    @property
    def is_group(self) -> bool:
        """Whether it is the head of its group."""
        return self.code == self.group

    @property
    def regency_may_answer(self) -> bool:
        """Whether it is often the business of a regency or city rather than of the province."""
        return self.other_level.startswith(_REGENCY)

    @property
    def central_body(self) -> str | None:
        """Name the central body that may be in charge ("BPJS Kesehatan"); None if none is named."""
        if not self.other_level.startswith(_CENTRAL):
            return None
        return self.other_level.partition(":")[2] or None


ALL: tuple[Category, ...] = tuple(
    Category(
        code=row["code"],
        group=row["group"],
        name=row["name"],
        agency_code=row["agency_code"],
        other_level=row["other_level"],
        status=cast(Status, row["status"]),
        sample_reports=whole(row["sample_reports_2025"]),
        mapping_source=row["mapping_source"],
        source=row["source"],
    )
    for row in rows("categories.csv")
)

OFFERED: tuple[Category, ...] = tuple(category for category in ALL if category.active)
GROUPS: tuple[Category, ...] = tuple(category for category in OFFERED if category.is_group)
"""The heads of the groups that are offered, in the order of their codes."""

_BY_CODE = index(ALL, lambda category: category.code)
_OF: dict[str, tuple[Category, ...]] = {
    head.code: tuple(one for one in OFFERED if one.group == head.code and not one.is_group) for head in GROUPS
}


def by_code(code: str) -> Category | None:
    """Find a topic by code ("S01.001", or "S01" for the whole group), legacy ones too."""
    return _BY_CODE.get(code)


def get(code: str) -> Category:
    """Give the topic of a code, legacy ones too; NotFound when there is none."""
    return found(by_code(code), "category", code)


def of(group: str) -> tuple[Category, ...]:
    """List the finer topics offered in a group ("S01"); none for an unknown or legacy group."""
    return _OF.get(group, ())
