"""The file of 21 columns for SP4N-LAPOR!, downloaded at the desk as it is read; each download is noted."""

from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from cettar_site.base.period import wib_date
from cettar_site.base.words import Words
from cettar_site.complaints.rules_lapor import HEAD
from cettar_site.desk import store_export
from cettar_site.desk.actions_trail import note
from cettar_site.desk.api_guard import PRIVATE
from cettar_site.desk.api_inside import page_for
from cettar_site.desk.rules import Officer
from cettar_site.desk.rules_export import line_of, whose_file
from cettar_site.desk.rules_matrix import Page
from cettar_site.desk.rules_trail import TrailAct
from cettar_site.infra import clock
from cettar_site.infra.db import database
from cettar_site.infra.guard import limiter
from cettar_site.infra.vault import vault

AT_ONCE = 100


@page_for(Page.EXPORT, "/meja/lapor.csv")
def lapor(request: Request, w: Words, officer: Officer, token: str) -> Response:
    """GET /meja/lapor.csv: the agency's complaints, of the sorting desk everyone's. 429 after ten in an hour."""
    limiter().hit("export", officer.pseudonym)
    name = f"lapor-{(whose_file(officer) or 'jatim').lower()}-{wib_date(clock.now())}.csv"
    with database().write() as session:
        note(session, officer, TrailAct.EXPORTED, name, clock.now())
    headers = PRIVATE | {"content-disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(_lines(officer), headers=headers, media_type="text/csv; charset=utf-8")


def _lines(officer: Officer) -> Iterator[str]:
    """The head, then some complaints at a time, each group read by itself."""
    yield HEAD
    after, agency, now = 0, whose_file(officer), clock.now()
    while True:
        with database().read() as session:
            found = store_export.page(session, agency, after, AT_ONCE, vault())
        yield "".join(line_of(officer, case, raw, now) for case, raw in found)
        if len(found) < AT_ONCE:
            return
        after = found[-1][0].request.id


routes = [Route("/meja/lapor.csv", lapor)]
