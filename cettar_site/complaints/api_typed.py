"""What a filer has typed: read from a form, and given back whole whenever something is not as it should be."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

import htpy as h
from starlette.requests import Request
from starlette.responses import HTMLResponse

from cettar_site.base.errors import Problem, TooMany
from cettar_site.base.period import wib_date
from cettar_site.base.words import Words
from cettar_site.complaints import island
from cettar_site.complaints.api_form import form_of
from cettar_site.complaints.api_page import PRIVATE, whole
from cettar_site.complaints.island_form import filing_page
from cettar_site.complaints.island_form_photos import without
from cettar_site.complaints.rules_filing import FIELDS, MOST_PHOTOS
from cettar_site.infra import clock
from cettar_site.ui.form import error_title


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields by name (those of FIELDS, all there), the key, and what the pressed button asks for."""

    values: Mapping[str, str]
    key: str
    act: str
    problems: tuple[Problem, ...] = ()
    """Of photos that could not be taken."""


async def typed_of(request: Request) -> Typed:
    """What was typed; the finer topic counts inside its group, photos that came now join those from before."""
    form = await form_of(request)
    given = form.fields
    values = {name: given.get(name, "") for name in FIELDS}
    topic = given.get("topic", "")
    if topic and topic.partition(".")[0] == values["category"]:
        values["category"] = topic
    dropped = {given.get(without(at)) for at in range(1, MOST_PHOTOS + 1)}
    before = [one for one in values["photos"].split() if one not in dropped]
    values["photos"] = " ".join(dict.fromkeys([*before, *form.photos]))
    return Typed(values, given.get("key", ""), given.get("act", ""), form.problems)


def form_again(w: Words, typed: Typed, status: int, problems: tuple[Problem, ...] = (), trouble: h.Node = None, *,
               key: str | None = None) -> HTMLResponse:
    """The form with every word in it, with its own key unless told otherwise."""
    body = filing_page(w, typed.values, typed.key if key is None else key, wib_date(clock.now()), problems, trouble,
                       again=True)
    title = error_title(w, w(island.TITLE), problems)
    return HTMLResponse(whole(w, title, body, script=True), status, PRIVATE)


def refused(w: Words, typed: Typed, problems: tuple[Problem, ...]) -> HTMLResponse:
    """The form with what is wrong in it. Only a key that is none gets another: mending must not file twice."""
    key = fresh_key() if any(one.field == "key" for one in problems) else None
    shown = tuple(one if one.field != "key" else Problem("", one.text) for one in problems)
    return form_again(w, typed, 422, shown, key=key)


def busy(w: Words, typed: Typed, status: int, wait: int, trouble: h.Node) -> HTMLResponse:
    """Not now: the same form with the same key, so that trying again can't file twice."""
    answer = form_again(w, typed, status, (), trouble)
    answer.headers["retry-after"] = str(wait)
    return answer


def wait_of(fault: Exception) -> tuple[int, int]:
    """The status of "not now", and the seconds to wait."""
    return 429 if isinstance(fault, TooMany) else 503, int(getattr(fault, "retry_after", 5))


def fresh_key() -> str:
    """A key for one sending."""
    return str(uuid.uuid4())
