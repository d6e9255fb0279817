"""Public complaints as data, in English: one as an object, one as a line of a table."""

from datetime import UTC, datetime

from cettar_site.base.cells import guarded
from cettar_site.complaints.rules_brief import Brief
from cettar_site.complaints.rules_public import minute
from cettar_site.complaints.rules_view import agency_name
from cettar_site.jatim import agencies, categories, regions

FIELDS = ("number", "category", "agency", "region", "state", "submitted", "due", "first_answer", "ended", "text")
"""The columns of the table: codes (named in /api/v1/complaints/codes), instants in UTC, the text as published."""


def brief_data(brief: Brief) -> dict[str, object]:
    """A complaint as its line in the public list; a hidden or erased one without its text."""
    category, region = categories.by_code(brief.category_code), regions.by_code(brief.region_code)
    return {
        "number": brief.number, "visibility": brief.shown, "state": brief.state, "hidden": brief.hidden or None,
        "erased": brief.erased, "supports": brief.supports,
        "agency": {"code": brief.agency_code, "name": agency_name(brief.agency_code)},
        "category": {"code": category.code, "name": category.name} if category else None,
        "region": {"code": region.code, "name": region.name} if region else None,
        "filed_at": _instant(brief.filed_at), "due_at": _instant(brief.due_at),
        "first_answer_at": _instant(brief.first_answer_at), "ended_at": _instant(brief.ended_at),
        "text": brief.text or None, "page": f"/aduan/{brief.number}", "data": f"/api/v1/complaints/{brief.number}"}


def csv_row(brief: Brief) -> tuple[str, ...]:
    """The same as a line of FIELDS, safe to open in a spreadsheet."""
    instants = (brief.filed_at, brief.due_at, brief.first_answer_at, brief.ended_at)
    cells = (brief.number, brief.category_code, brief.agency_code, brief.region_code, brief.state,
             *(_instant(one) or "" for one in instants), brief.text)
    return tuple(guarded(cell) for cell in cells)


def _instant(moment: datetime | None) -> str | None:
    cut = minute(moment)
    return None if cut is None else cut.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


def codes() -> dict[str, dict[str, str]]:
    """What the codes of the data mean."""
    return {"agencies": {one.code: one.name for one in agencies.ALL},
            "categories": {one.code: one.name for one in categories.ALL},
            "regions": {one.code: one.name for one in regions.ALL}}
