"""One complaint at the desk over HTTP: reading it, its photos, and every act on it. Never cached or indexed."""

from collections.abc import Mapping

import htpy as h
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cettar_site.base.errors import Conflict, Problem, Refused, TooMany
from cettar_site.base.words import Words
from cettar_site.complaints.api_form import form_of
from cettar_site.complaints.api_photo import photo_answer
from cettar_site.desk import actions_deed, store, store_suggest, store_template
from cettar_site.desk.actions_deed import ALIKE, STOCK, Boilerplate
from cettar_site.desk.actions_trail import note
from cettar_site.desk.api_guard import PRIVATE, require, token_of, too_often, whole_wait
from cettar_site.desk.api_inside import before_signing_in, changed_meanwhile, inside_page, number_of
from cettar_site.desk.island_case import Seen, case_page
from cettar_site.desk.island_deeds import Offered, Typed, chosen_of
from cettar_site.desk.rules import Kind, Officer, Shown
from cettar_site.desk.rules_matrix import Act, may
from cettar_site.desk.rules_reading import acts_now, read_as
from cettar_site.desk.rules_seen import mark
from cettar_site.desk.rules_trail import TrailAct
from cettar_site.desk.rules_words import DONE, REPLIED
from cettar_site.infra import auth, clock
from cettar_site.infra.db import database
from cettar_site.infra.guard import limiter
from cettar_site.infra.log import get_logger
from cettar_site.infra.vault import vault
from cettar_site.ui.document import words_of
from cettar_site.ui.form import error_title
from cettar_site.ui.notice import notice

log = get_logger(__name__)
SAID = {str(act): text for act, text in DONE.items()} | {"replied": REPLIED}


def case(request: Request) -> Response:
    """GET /meja/NUMBER: one complaint; what is not for this desk does not exist here."""
    w, number, asked = words_of(request), number_of(request), request.query_params
    said = SAID.get(asked.get("pesan", ""))
    typed = Typed(Act(asked["tindak"]) if asked.get("tindak", "") in tuple(Act) else None, {
        name: asked[name][:2000] for name in ("templat",) if name in asked})
    told = said and notice("warning" if said == REPLIED else "good", w(said))
    return _page(w, token_of(request), number, typed, told, opened=True)


def _page(w: Words, token: str, number: str, typed: Typed, trouble: h.Node = None, status: int = 200,
          *, opened: bool = False) -> Response:
    """The complaint's page, with what was typed and what is wrong with it; `opened`: this look at it begins."""
    visit = require(w, token, f"/meja/{number}")
    if isinstance(visit, Response):
        return visit
    now, officer = clock.now(), visit.officer
    with database().read() as session:
        found = actions_deed.case_for(session, officer, number, Act.READ, now, vault())
        acts = acts_now(officer, found, now)
        templates = store_template.all_of(session, found.life.agency_code) if Act.ANSWER in acts else ()
        suggested = store_suggest.suggestions(session, [found.request.id]) if Act.ROUTE in acts else {}
        photos = store.photos_of(session, found.request.id)
    if opened and found.request.shown is Shown.CONFIDENTIAL:
        with database().write() as session:
            note(session, officer, TrailAct.SECRET_OPENED, number, now)
    picked = next((one.text for one in templates if str(one.id) == typed.fields.get("templat")), "")
    if picked and not typed.fields.get("text"):
        typed = Typed(typed.act, {**typed.fields, "text": picked}, typed.problems, typed.boilerplate)
    typed = typed if typed.act in acts else Typed(chosen_of(acts, ""), typed.fields, typed.problems, typed.boilerplate)
    seen = Seen(officer, read_as(officer, found, now), photos,
                Offered(acts, templates, suggested.get(found.request.id, ()),
                        mark(vault().secret, number, found.life.seq)))
    body = case_page(w, seen, typed, trouble, auth.form_token(token), now)
    return inside_page(w, error_title(w, w("Aduan {number}", number=number), typed.problems), body, f"/meja/{number}",
                       status)


def photo(request: Request) -> Response:
    """GET /meja/NUMBER/foto/ID and …/kecil: a photo of a complaint that this officer may read."""
    w, number = words_of(request), number_of(request)
    visit = require(w, token_of(request), f"/meja/{number}")
    if isinstance(visit, Response):
        return visit
    with database().read() as session:
        found = actions_deed.case_for(session, visit.officer, number, Act.READ, clock.now(), vault())
    return photo_answer(request, found.request.id, request.path_params["id"],
                        small=request.url.path.endswith("/kecil"))


async def act(request: Request) -> Response:
    """POST /meja/NUMBER: one act; whatever goes wrong, the officer's words are shown again."""
    w, token, number = words_of(request), token_of(request), number_of(request)
    form = await form_of(request, evidence=True)
    return await run_in_threadpool(_act, w, token, number, form.fields, form.problems)


def _act(w: Words, token: str, number: str, sent: Mapping[str, str], wrong: tuple[Problem, ...]) -> Response:
    visit = require(w, token, f"/meja/{number}", sent)
    if isinstance(visit, Response):
        return visit
    named = sent.get("act", "")
    deed = Act(named) if named in tuple(Act) else Act.READ
    fields = _with_kept_photos(sent)
    typed = Typed(deed, fields)
    if not auth.form_token_fits(token, sent.get("token", "")):
        return _page(w, token, number, typed, before_signing_in(w), 403)
    try:
        limiter().hit("answer", visit.officer.pseudonym)  # not by network: an agency's officers share one
        said = _do(visit.officer, number, deed, fields, wrong)
    except Refused as refused:
        return _page(w, token, number, Typed(deed, fields, refused.problems), None, 422)
    except Boilerplate as stock:
        return _page(w, token, number, Typed(deed, fields, (), STOCK if stock.substance == "stock" else ALIKE), None,
                     422)
    except TooMany as busy:
        answer = _page(w, token, number, typed, too_often(w, busy), 429)
        answer.headers["retry-after"] = str(whole_wait(busy))
        return answer
    except Conflict:
        return _page(w, token, number, typed, changed_meanwhile(w), 409)
    return RedirectResponse(w.path(f"/meja/{number}" if said[1] else "/meja") + f"?pesan={said[0]}", 303, PRIVATE)


def _with_kept_photos(sent: Mapping[str, str]) -> dict[str, str]:
    """The fields, without the photos that a tick takes out."""
    out = {value for name, value in sent.items() if name.startswith("without")}
    kept = [one for one in sent.get("photos", "").split() if one not in out]
    return {**sent, "photos": " ".join(kept)} if "photos" in sent else dict(sent)


def _do(officer: Officer, number: str, deed: Act, sent: Mapping[str, str],
        wrong: tuple[Problem, ...]) -> tuple[str, bool]:
    """One act in one transaction; open pages of everybody learn of it by the commit.

    What is said then, and whether the officer may still read the complaint.
    """
    now = clock.now()
    if deed is Act.READ:
        with database().read() as session:
            actions_deed.case_for(session, officer, number, deed, now, vault())
        raise HTTPException(400)
    if wrong:
        with database().read() as session:
            actions_deed.case_for(session, officer, number, deed, now, vault())
        raise Refused(wrong)
    with database().write("complaints") as session:
        done = actions_deed.do(session, officer, number, deed, sent, now, vault())
    log.info("desk_deed", officer=officer.pseudonym, deed=str(deed), number=number)
    said = "replied" if done.events[-1].kind is Kind.REPLIED and done.life.owed_at is not None else str(deed)
    return said, may(officer, Act.READ, done.life, done.request.shown, now)


routes = [
    Route("/meja/{number}", case),
    Route("/meja/{number}", act, methods=["POST"]),
    Route("/meja/{number}/foto/{id}", photo),
    Route("/meja/{number}/foto/{id}/kecil", photo),
]
