"""Help while a complaint is typed: topics it may be about, who to call first, open ones nearby. Nothing is kept.

What is sent here is somebody's unsent story: it is not stored, not logged, and no answer may be kept on the way.
"""

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cettar_site.base.errors import TooMany
from cettar_site.base.period import wib_date
from cettar_site.base.words import Words, mark
from cettar_site.complaints.api_intake import body_of
from cettar_site.complaints.rules import CENTRE
from cettar_site.complaints.rules_filing import LONGEST, SHORTEST, clean, district_of, position_of
from cettar_site.complaints.rules_view import STATES, agency_name
from cettar_site.infra import clock
from cettar_site.infra.guard import client_prefix, limiter
from cettar_site.infra.site_rooms import error_json
from cettar_site.jatim import categories, districts, regions
from cettar_site.routing.rules import LOCAL, Asked, agency_of
from cettar_site.routing.rules_alike import Alike, Here, excerpt
from cettar_site.routing.rules_table import is_harm, is_urgent
from cettar_site.routing.snapshot import sorted_out, topics_of
from cettar_site.routing.snapshot_alike import NEARBY
from cettar_site.ui.document import words_of

JSON = "application/json"
PRIVATE = {"cache-control": "no-store"}
OFFERED = 4
LIKELY = 0.5
"""How sure the site must be to say who may be in charge."""
EMERGENCY = mark("Darurat"), "112"
AMBULANCE = mark("Gawat darurat medis"), "119"
VIOLENCE = mark("Kekerasan pada perempuan dan anak (SAPA)"), "129"
FIELDS = ("text", "region", "district", "category", "position")


class Misread(Exception):
    """A body that is not what is asked for; the text says what is."""


async def suggest(request: Request) -> Response:
    """POST /api/v1/complaints/suggest: topics for what was typed so far, and whom to call first where it is urgent."""
    try:
        given = await _given(request, "suggest")
    except Misread as fault:
        return _wrong(str(fault))
    except TooMany as fault:
        return _later(fault)
    return _answer(await run_in_threadpool(_suggested, words_of(request), given))


async def similar(request: Request) -> Response:
    """POST /api/v1/complaints/similar: open public complaints of the region that may be about the same."""
    try:
        given = await _given(request, "similar")
        if regions.by_code(given["region"]) is None:
            raise Misread("region: a Kemendagri code of East Java, such as 35.18.")
    except Misread as fault:
        return _wrong(str(fault))
    except TooMany as fault:
        return _later(fault)
    return _answer(await run_in_threadpool(_similar, words_of(request), given))


def _suggested(w: Words, given: dict[str, str]) -> dict[str, object]:
    text = given["text"]
    if len(text) < SHORTEST:
        return {"topics": [], "urgent": _urgent(w, text), "level": None, "destination": None}
    (shares,) = sorted_out([Asked(text, given["category"], given["region"])])
    label, share = max(shares.items(), key=lambda one: one[1])
    code = agency_of(label, given["region"]) if share >= LIKELY else ""
    level = "regency" if label == LOCAL else "centre" if label == CENTRE else "province"
    found = [categories.by_code(code) for code in topics_of(text, OFFERED)]
    return {"topics": [{"code": one.code, "name": one.name, "group": one.group} for one in found if one and one.active],
            "urgent": _urgent(w, text), "level": level if share >= LIKELY else None,
            "destination": {"code": code, "name": _name(w, code), "confidence": round(share, 2)} if code else None}


def _urgent(w: Words, text: str) -> dict[str, object] | None:
    """Whom to call where somebody may be in danger: this site is not read at once."""
    if not is_urgent(text):
        return None
    numbers = [EMERGENCY, AMBULANCE, *([VIOLENCE] if is_harm(text) else [])]
    return {"title": w("Kalau ada yang dalam bahaya, telepon dulu"),
            "text": w("Aduan tidak dibaca saat itu juga."),
            "numbers": [[w(name), number] for name, number in numbers]}


def _name(w: Words, code: str) -> str:
    return w("pemerintah pusat") if code == CENTRE else agency_name(code)


def _similar(w: Words, given: dict[str, str]) -> dict[str, object]:
    text, region = given["text"], given["region"]
    if len(text) < SHORTEST:
        return {"similar": []}
    here = Here(text, region, district_of(given["district"], region) or "", given["category"],
                position_of(given["position"]))
    return {"similar": [_entry(w, one) for one in NEARBY.alike(here, clock.now())]}


def _entry(w: Words, found: Alike) -> dict[str, object]:
    one = found.one
    district, region = districts.by_code(one.district_code), regions.get(one.region_code)
    place = f"{w('Kecamatan')} {district.name}, {region.name}" if district else region.name
    return {"number": one.number, "excerpt": excerpt(one.text), "place": place,
            "district": one.district_code or None, "distance_km": found.distance_km,
            "agency": {"code": one.agency_code, "name": agency_name(one.agency_code)}, "state": one.state,
            "state_text": w(STATES[one.state]), "filed_on": wib_date(one.filed_at), "supports": one.supports,
            "may_support": True, "likeness": found.likeness, "sure": found.sure}


async def _given(request: Request, rule: str) -> dict[str, str]:
    """The fields of a body, cleaned as a filing's are. Raises Misread, TooMany."""
    limiter().hit(rule, client_prefix(request.scope))
    try:
        body = msgspec.json.decode(await body_of(request, JSON), type=dict[str, str | None])
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Misread("The body must be one JSON object of texts.") from None
    found = {name: (body.get(name) or "").strip() for name in FIELDS}
    found["text"] = clean(found["text"])
    if len(found["text"]) > LONGEST:
        raise Misread(f"text: at most {LONGEST} letters.")
    if found["region"] and regions.by_code(found["region"]) is None:
        raise Misread("region: a Kemendagri code of East Java, such as 35.18.")
    if categories.by_code(found["category"]) is None:
        found["category"] = ""
    return found


def _answer(body: dict[str, object]) -> Response:
    return Response(msgspec.json.encode(body), 200, PRIVATE, JSON)


def _wrong(text: str) -> Response:
    return Response(error_json(422, text), 422, PRIVATE, JSON)


def _later(fault: TooMany) -> Response:
    wait = {"retry-after": str(int(fault.retry_after))}
    return Response(error_json(429, "Too often. Try again later."), 429, {**PRIVATE, **wait}, JSON)


routes = [
    Route("/api/v1/complaints/suggest", suggest, methods=["POST"]),
    Route("/api/v1/complaints/similar", similar, methods=["POST"]),
]
