"""Photos over HTTP: one is sent by itself before its complaint, and shown for as long as everyone may see it."""

import math
from collections.abc import Callable

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cettar_site.base.errors import NotFound, TooMany
from cettar_site.base.seal import Broken
from cettar_site.base.words import Words
from cettar_site.complaints import store_photo
from cettar_site.complaints.actions_photo import LARGE, SMALL
from cettar_site.complaints.api_photo_keep import Full, Upload, key_of
from cettar_site.complaints.rules_photo import REFUSALS, is_id
from cettar_site.complaints.store_photo import Arrived, Kept
from cettar_site.infra.darkroom_shelf import shelf
from cettar_site.infra.db import database
from cettar_site.infra.guard import client_prefix, limiter
from cettar_site.infra.log import get_logger
from cettar_site.infra.site_body import TooLarge
from cettar_site.infra.vault import vault
from cettar_site.ui.document import words_of

JSON, JPEG = "application/json", "image/jpeg"
KINDS = frozenset({"image/jpeg", "image/png", "image/webp"})
STATUS = {"too_large": 413, "too_slow": 408, "too_often": 429, "busy": 503}
"""What is not listed is 422: this photo, sent again, will not be taken either."""
WAIT = 5
PRIVATE = {"cache-control": "no-store"}
# Asked for again each time, and answered in a few bytes: what is hidden or erased is gone with the next look.
OPEN = {"cache-control": "no-cache", "cross-origin-resource-policy": "cross-origin"}
log = get_logger(__name__)


async def send(request: Request) -> Response:
    """POST /aduan/foto, the photo itself as the body: 201 with its id; 408, 413, 415, 422, 429, 503.

    With an Idempotency-Key the same photo sent again gives the same id.
    """
    return await received(request)


async def received(request: Request, *, evidence: bool = False) -> Response:
    """Take a photo that is the body of a request; as an agency's evidence if it is that."""
    w = words_of(request)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in KINDS:
        return _refused(w, "not_image", 415)
    who = client_prefix(request.scope)
    try:
        limiter().hit("photo", who)
    except TooMany as busy:
        return _refused(w, "too_often", wait=math.ceil(busy.retry_after))
    try:
        upload = Upload(who)
    except Full:
        return _refused(w, "busy", wait=WAIT)
    try:
        async for chunk in request.stream():
            upload.take(chunk)
            if upload.too_large:
                return _refused(w, "too_large")
            await upload.flush()
        kept = await upload.keep(key_of(request.headers, "idempotency-key"), evidence=evidence)
    except (TooLarge, TimeoutError) as fault:
        return _refused(w, "too_large" if isinstance(fault, TooLarge) else "too_slow")
    finally:
        upload.close()
    if not isinstance(kept, Arrived):
        return _refused(w, kept, wait=WAIT if kept == "busy" else 0)
    body = {"id": kept.id, "width": kept.width, "height": kept.height}
    return Response(msgspec.json.encode(body), 201, PRIVATE, JSON)


def _refused(w: Words, reason: str, status: int = 0, *, wait: int = 0) -> Response:
    headers = PRIVATE | ({"retry-after": str(wait)} if wait else {})
    body = {"error": {"code": reason, "message": w(REFUSALS[reason])}}
    return Response(msgspec.json.encode(body), status or STATUS.get(reason, 422), headers, JSON)


def large(request: Request) -> Response:
    """GET /foto/ID: a photo that everyone may see."""
    return _shown(request, request.path_params["id"], lambda kept: kept.public, OPEN, small=False)


def small(request: Request) -> Response:
    """GET /foto/ID/kecil: the small one, for lists."""
    return _shown(request, request.path_params["id"], lambda kept: kept.public, OPEN, small=True)


def photo_answer(request: Request, complaint_id: int, photo_id: str, *, small: bool) -> Response:
    """A photo of one complaint, for who may see that whole: the caller has asked. Raises NotFound for any other."""
    return _shown(request, photo_id, lambda kept: kept.complaint_id == complaint_id, PRIVATE, small=small)


def _shown(request: Request, photo_id: str, may: Callable[[Kept], bool], headers: dict[str, str], *,
           small: bool) -> Response:
    if not is_id(photo_id):
        raise NotFound("no such photo")
    with database().read() as session:
        kept = store_photo.kept(session, photo_id)
    if kept is None or not may(kept):
        raise NotFound("no such photo")
    etag = f'"{kept.sha256.hex()[:20]}{"-kecil" if small else ""}"'
    if headers is OPEN and request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers={**headers, "etag": etag})
    sealed = shelf(database()).get(photo_id, small=small)
    try:
        picture = vault().open(kept.salt, SMALL if small else LARGE, sealed or b"")
    except Broken:  # the file is gone, or not the one that was written
        log.error("photo_unreadable", missing=sealed is None)
        raise NotFound("the photo's file is not there") from None
    return Response(picture, 200, {**headers, **({"etag": etag} if headers is OPEN else {})}, JPEG)


routes = [
    Route("/aduan/foto", send, methods=["POST"]),
    Route("/foto/{id}", large),
    Route("/foto/{id}/kecil", small),
]
