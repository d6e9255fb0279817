"""What a form sent: its fields, and the photos that came with it."""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

from cettar_site.complaints.api_intake import body_of

FIELDS_AT_MOST = 30


@dataclass(frozen=True, slots=True)
class Form:
    """The fields by name (the last one of a name counts), and the ids of the photos that were stored from it."""

    fields: dict[str, str]
    photos: tuple[str, ...] = ()


async def form_of(request: Request) -> Form:
    """The form that was sent. Raises TooLarge, 415 for another kind of body, 400 for too many fields."""
    text = (await body_of(request)).decode("utf-8", "replace")
    try:
        return Form(dict(parse_qsl(text, keep_blank_values=True, max_num_fields=FIELDS_AT_MOST)))
    except ValueError:
        raise HTTPException(400) from None
