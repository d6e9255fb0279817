"""The way in, shared by the form and by programs: a bounded body, a counted sender, the one writer."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache, partial

from starlette.exceptions import HTTPException
from starlette.requests import Request

from cettar_site.base.errors import CettarError, TooMany
from cettar_site.complaints import actions
from cettar_site.complaints.actions import Note, Receipt, Sending
from cettar_site.complaints.rules_filing import Destination, Filing, route
from cettar_site.complaints.rules_notice import address_hash
from cettar_site.infra import metrics
from cettar_site.infra.db import Database, database
from cettar_site.infra.guard import client_prefix, limiter
from cettar_site.infra.settings import settings
from cettar_site.infra.site_body import BODY_LIMIT, TooLarge
from cettar_site.infra.vault import vault
from cettar_site.infra.writer import Apply, GroupWriter
from cettar_site.ui.document import words_of

FORM = "application/x-www-form-urlencoded"


def by_topic(filings: Sequence[Filing]) -> list[Destination]:
    """Where filings go as far as their topics tell."""
    return [route(one.category_code) for one in filings]


class Sorting:
    """How filings find their agency. The front door puts the sorting room here, so that neither room knows the other.

    `decide` must not raise; `note` writes its suggestions down in the transaction of the filing.
    """

    decide: Callable[[Sequence[Filing]], list[Destination]] = staticmethod(by_topic)
    note: Note | None = None


def with_destinations(sendings: Sequence[Sending]) -> list[Sending]:
    """The sendings, each with where it goes: decided for a whole group, before its transaction begins."""
    return [replace(one, to=to) if one.to is None else one
            for one, to in zip(sendings, Sorting.decide([one.filing for one in sendings]), strict=True)]


def keeping() -> Apply[Sending, Receipt]:
    """What the writer does with a group, with this site's vault."""
    return partial(actions.file_group, vault=vault(), note=Sorting.note)


@lru_cache(maxsize=1)
def _writer(db: Database) -> GroupWriter[Sending, Receipt]:
    return GroupWriter(db, "complaints", keeping(), prepare=with_destinations)


def writer() -> GroupWriter[Sending, Receipt]:
    """The one writer of this process's database."""
    return _writer(database())


def close() -> None:
    """Store what waits; called when the process ends."""
    if _writer.cache_info().currsize:
        writer().close()


async def body_of(request: Request, kind: str = FORM) -> bytes:
    """The request's body. Raises TooLarge above 64 KB, and 415 for another content type than `kind`."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != kind:
        raise HTTPException(415)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            raise TooLarge
    return bytes(body)


def may_write_to(address: str) -> bool:
    """Whether one more letter may ask an address, whoever wants it to: a stranger's mailbox is not ours to fill."""
    try:
        limiter().hit("letter", address_hash(settings().secret, address).hex())
    except TooMany:
        return False
    return True


async def file_now(request: Request, filing: Filing, key: str) -> Receipt:
    """File a valid complaint; back once it is durable.

    Raises Conflict (the key came with another filing), TooMany, QueueFull, NotKept.
    """
    try:
        limiter().hit("file", client_prefix(request.scope))
        ask = bool(filing.contact) and may_write_to(filing.contact)
        receipt = await writer().submit(Sending(filing, key, lang=words_of(request).lang, ask=ask))
    except CettarError as fault:
        metrics.count_intake(type(fault).__name__.lower())
        raise
    metrics.count_intake("again" if receipt.again else "filed")
    return receipt
