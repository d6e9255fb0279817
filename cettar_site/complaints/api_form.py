"""What a form sent: its fields, and the photos that came with it."""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

from cettar_site.base.errors import Problem, TooMany
from cettar_site.complaints.api_form_parts import Enough, Parts
from cettar_site.complaints.api_intake import FORM, body_of
from cettar_site.complaints.api_photo_keep import key_of
from cettar_site.complaints.rules_filing import MANY_PHOTOS
from cettar_site.complaints.rules_photo import REFUSALS
from cettar_site.complaints.store_photo import Arrived
from cettar_site.infra.guard import client_prefix, limiter
from cettar_site.infra.site_body import FORM_WITH_PHOTOS, TooLarge

FIELDS_AT_MOST = 30
IN_PARTS = "multipart/form-data"
PHOTOS = "photos"
"""The field that names photos which came before, their ids with spaces between."""


@dataclass(frozen=True, slots=True)
class Form:
    """The fields by name (the last one of a name counts), and the ids of the photos that were stored from it.

    The field `photos` names these photos too, after those that the form itself named. `problems` are photos that
    could not be taken: show them beside the others, with every word given back.
    """

    fields: dict[str, str]
    photos: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


async def form_of(request: Request, *, evidence: bool = False) -> Form:
    """The form that was sent, its photos kept (as an agency's evidence if it is that).

    Raises TooLarge, 415 for another kind of body, 400 for one that can't be read or has too many fields.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == IN_PARTS:
        return await _in_parts(request, evidence)
    text = (await body_of(request, FORM)).decode("utf-8", "replace")
    try:
        return Form(dict(parse_qsl(text, keep_blank_values=True, max_num_fields=FIELDS_AT_MOST)))
    except ValueError:
        raise HTTPException(400) from None


async def _in_parts(request: Request, evidence: bool) -> Form:
    parts = Parts(request.headers["content-type"], lambda: _counted(request), client_prefix(request.scope))
    try:
        reason = await _read(request, parts)
        if reason:  # what came before it stopped is not lost
            return Form(parts.fields, (), _problems([reason]))
        reasons, ids = list(parts.dropped), []
        for upload in parts.uploads:
            kept = await upload.keep(key_of(parts.fields, "key"), evidence=evidence)
            if isinstance(kept, Arrived):
                ids.append(kept.id)
            else:
                reasons.append(kept)
        named = " ".join(dict.fromkeys((*parts.fields.get(PHOTOS, "").split(), *ids)))
        fields = parts.fields | ({PHOTOS: named} if named else {})
        return Form(fields, tuple(ids), _problems(reasons))
    finally:
        parts.close()


async def _read(request: Request, parts: Parts) -> str:
    """Read the whole form; why it ended early, if it did after a photo began, for then there are words to save."""
    size = 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size > FORM_WITH_PHOTOS.size:
                raise TooLarge
            await parts.feed(chunk)
    except Enough as enough:
        return str(enough)
    except (TooLarge, TimeoutError) as fault:
        if not parts.fields or not parts.uploads:
            raise
        return "too_large" if isinstance(fault, TooLarge) else "too_slow"
    parts.end()
    return ""


def _counted(request: Request) -> str:
    """Count one more photo of this network; why it may not be sent, if so: before its bytes are read."""
    try:
        limiter().hit("photo", client_prefix(request.scope))
    except TooMany:
        return "too_often"
    return ""


def _problems(reasons: list[str]) -> tuple[Problem, ...]:
    """A sentence for each reason, once."""
    said = dict.fromkeys(MANY_PHOTOS if reason == "too_many" else REFUSALS[reason] for reason in reasons)
    return tuple(Problem(PHOTOS, text) for text in said)
