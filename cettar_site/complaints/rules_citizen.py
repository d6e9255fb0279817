"""What a filer may do to a complaint: which acts there are, how long a message is, which ratings; what they see."""

from dataclasses import replace
from enum import StrEnum

from cettar_site.base.errors import Conflict, Problem, Refused
from cettar_site.base.words import mark
from cettar_site.complaints.rules import CITIZEN, DESK_ONLY, SYSTEM, Case, Channel, Kind, seen_by_filer
from cettar_site.complaints.rules_filing import clean
from cettar_site.complaints.rules_life import may_now

LONGEST_MESSAGE = 2000
MOST_MESSAGES = 40
MOST_RATINGS = 10
RATINGS: dict[str, str] = {
    "1": mark("Sangat buruk"), "2": mark("Buruk"), "3": mark("Cukup"), "4": mark("Baik"), "5": mark("Sangat baik")}

_EMPTY = mark("Tulis pesan Anda.")
_LONG = mark("Pesannya terlalu panjang, paling banyak 2.000 huruf.")
_NO_RATING = mark("Pilih nilai dari 1 sampai 5.")
_NOT_SURE = mark("Beri centang kalau Anda yakin. Yang sudah dihapus tidak bisa dikembalikan.")


class Act(StrEnum):
    """What a filer may do, by the last word of its address."""

    CONFIRM = "selesai"
    DISPUTE = "belum"
    RATE = "nilai"
    MESSAGE = "pesan"
    WITHDRAW = "tarik"
    ERASE = "hapus"


KINDS: dict[Act, Kind] = {
    Act.CONFIRM: Kind.CONFIRMED, Act.DISPUTE: Kind.DISPUTED, Act.RATE: Kind.RATED, Act.MESSAGE: Kind.MESSAGED,
    Act.WITHDRAW: Kind.WITHDRAWN, Act.ERASE: Kind.ERASED}
SITES_OWN = frozenset({Kind.ERASED})
"""What the site may do, too: a backup brings back what its filer had erased, and it is erased again."""
WORDS_IN: dict[Act, str] = {Act.DISPUTE: "missing", Act.MESSAGE: "message", Act.WITHDRAW: "why"}
"""The field in which the words of an act come: each has a name of its own, for they stand on one page."""
IN_TWO_STEPS = frozenset({Act.WITHDRAW, Act.ERASE})
"""What is asked twice, because nothing brings it back."""


def check_actor(kind: Kind, actor: str, channel: Channel) -> None:
    """Raises Conflict where this is not the actor's to do: nobody speaks for the filer, whatever calls.

    And only what came from another system can have been closed there.
    """
    if kind in KINDS.values() and actor != CITIZEN and not (kind in SITES_OWN and actor == SYSTEM):
        raise Conflict("only the filer does this", kind=kind)
    if kind is Kind.CLOSED and channel is not Channel.LAPOR:
        raise Conflict("nothing filed here is closed elsewhere", kind=kind)


def filer_case(case: Case) -> Case:
    """The complaint as its filer sees it: every word said to them, none that the desk wrote to itself."""
    own = {event.seq for event in case.events if event.kind in DESK_ONLY}
    return replace(case, events=seen_by_filer(case.events),
                   writings=tuple(one for one in case.writings if one.seq not in own))


def offered(case: Case, act: Act, *, on_time: bool = True) -> bool:
    """Whether a page may offer this act; `on_time` while the 90 days of the last word run."""
    detail = "3" if act is Act.RATE else ""
    if act is Act.MESSAGE and case.life.messages >= MOST_MESSAGES:
        return False
    if act is Act.RATE and sum(event.kind is Kind.RATED for event in case.events) >= MOST_RATINGS:
        return False
    if act in (Act.CONFIRM, Act.DISPUTE) and not on_time:
        return False
    if case.life.erased and act is not Act.RATE:
        return False
    return may_now(case.life, KINDS[act], detail=detail)


def check_message(text: str) -> str:
    """The message as it is kept. Raises Refused."""
    kept = check_optional(text)
    if not kept:
        raise Refused((Problem("text", _EMPTY),))
    return kept


def check_optional(text: str) -> str:
    """Words that may be left out, as they are kept. Raises Refused."""
    kept = clean(text)
    if len(kept) > LONGEST_MESSAGE:
        raise Refused((Problem("text", _LONG),))
    return kept


def check_rating(rating: str) -> str:
    """A rating of 1 to 5. Raises Refused."""
    if rating not in RATINGS:
        raise Refused((Problem("rating", _NO_RATING),))
    return rating


def check_sure(sure: str) -> None:
    """That the filer ticked the box. Raises Refused."""
    if sure != "1":
        raise Refused((Problem("sure", _NOT_SURE),))
