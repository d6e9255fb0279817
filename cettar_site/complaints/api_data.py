"""Complaints as data, in English: filing by a program, one complaint, the choices of the form."""

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cettar_site.base.errors import Conflict, NotFound, Problem, Refused, TooMany
from cettar_site.base.period import wib_date
from cettar_site.base.words import words
from cettar_site.complaints import store_estimate, store_photo, store_read
from cettar_site.complaints.api_intake import body_of, file_now
from cettar_site.complaints.rules_case_data import case_data
from cettar_site.complaints.rules_filing import FIELDS, check_filing, check_key
from cettar_site.complaints.rules_number import parse_number
from cettar_site.complaints.rules_photo import photos_shown
from cettar_site.complaints.rules_view import agency_name
from cettar_site.infra import clock
from cettar_site.infra.db import database
from cettar_site.infra.site_rooms import error_json
from cettar_site.infra.writer import NotKept, QueueFull
from cettar_site.jatim import categories, districts

JSON = "application/json"
OPEN = {"access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin",
        "cache-control": "no-cache"}
PRIVATE = {"cache-control": "no-store"}


def _json(body: object, status: int, headers: dict[str, str]) -> Response:
    return Response(msgspec.json.encode(body), status, headers, JSON)


def _refused(problems: tuple[Problem, ...]) -> Response:
    w = words("en")
    said = [{"field": problem.field, "text": w(problem.text)} for problem in problems]
    error = {"code": "refused", "message": "The complaint was not accepted.", "problems": said}
    return _json({"error": error}, 422, PRIVATE)


async def send(request: Request) -> Response:
    """POST /api/v1/complaints with an Idempotency-Key: 201, 200 for a repetition, 422, 429, 503."""
    body = await body_of(request, JSON)
    try:
        given = msgspec.json.decode(body, type=dict[str, str | None])
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Response(error_json(400, "The body must be one JSON object of texts."), 400, PRIVATE, JSON)
    raw = {name: given.get(name) or "" for name in FIELDS}
    try:
        key = check_key(request.headers.get("idempotency-key", ""))
        filing = check_filing(raw, wib_date(clock.now()))
        received = await file_now(request, filing, key)
    except Refused as refused:
        return _refused(refused.problems)
    except Conflict:
        return Response(error_json(422, "This Idempotency-Key came before with another complaint.", "key"),
                        422,
                        PRIVATE, JSON)
    except (TooMany, QueueFull, NotKept) as busy:
        wait = str(int(getattr(busy, "retry_after", 5)))
        status = 429 if isinstance(busy, TooMany) else 503
        return Response(error_json(status, "Not stored. Send it again with the same key."), status,
                        {**PRIVATE, "retry-after": wait}, JSON)
    answer = {"number": received.number, "access_code": received.code,
              "agency": {"code": received.agency_code, "name": agency_name(received.agency_code)},
              "filed_at": received.filed_at, "due_at": received.due_at, "page": f"/aduan/{received.number}"}
    return _json(answer, 200 if received.again else 201, PRIVATE)


def one(request: Request) -> Response:
    """GET /api/v1/complaints/NUMBER: the public page as data."""
    number = parse_number(request.path_params["number"])
    with database().read() as session:
        case = store_read.public_by_number(session, number) if number else None
        if case is None:
            raise NotFound("no such complaint")
        found = store_estimate.for_case(session, case)
        photos = photos_shown(case, store_photo.photos_of(session, case.request.id))
    return _json(case_data(case, found, photos, clock.now()), 200, OPEN)


def choices(request: Request) -> Response:
    """GET /api/v1/complaints/choices: the districts of ?region=, the finer topics of ?category=."""
    region, category = request.query_params.get("region", ""), request.query_params.get("category", "")
    body = {"districts": [district.name for district in districts.of(region)],
            "topics": [[topic.code, topic.name] for topic in categories.of(category)]}
    return _json(body, 200, {**OPEN, "cache-control": "public, max-age=86400"})


routes = [
    Route("/api/v1/complaints", send, methods=["POST"]),
    Route("/api/v1/complaints/choices", choices),
    Route("/api/v1/complaints/{number}", one),
]
