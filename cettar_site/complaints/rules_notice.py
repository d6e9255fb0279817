"""Who hears of what by mail, how a letter reads, and when a failed one is tried again."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cettar_site.base.words import Words
from cettar_site.complaints.rules import Case, Event, Kind, State
from cettar_site.complaints.rules_view import REASONS_HIDDEN, title_of

OF_BOTH = frozenset({Kind.ANSWERED, Kind.PLANNED, Kind.CLAIMED, Kind.REJECTED, Kind.FORWARDED})
TO_FILER = OF_BOTH | {Kind.ASKED, Kind.ACCEPTED, Kind.MERGED, Kind.HIDDEN, Kind.REVEALED, Kind.AUDITED, Kind.ROUTED}
TO_FOLLOWER = OF_BOTH | {Kind.CONFIRMED, Kind.DISPUTED}
BY_OTHERS = frozenset({Kind.CONFIRMED, Kind.DISPUTED})
ASK_AFTER = timedelta(days=14)
"""After a claim that the filer said nothing to, one letter asks for the last word."""
CONFIRM_WITHIN = timedelta(days=7)
GIVEN_UP_KEPT = timedelta(days=30)
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440))
TOKEN_BYTES = 15


class Letter(StrEnum):
    """What a letter is about."""

    CONFIRM = "confirm"  # is this your address?
    EVENT = "event"
    WORD = "word"  # you have the last word
    DESK = "desk"  # to officials: what is due or overdue


@dataclass(frozen=True, slots=True)
class Follow:
    """A follower: of which complaint, how to write to them."""

    id: int
    complaint_id: int
    filer: bool
    lang: str
    address: str
    token: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A letter that waits. `follow` is None for one to an official, whose address is in `address`."""

    id: int
    kind: Letter
    follow: Follow | None
    address: str
    seq: int
    facts: dict[str, str]
    attempts: int
    made_at: datetime

    @property
    def name(self) -> str:
        """What no other letter has: a row's number alone comes back once its letter is away."""
        whose = self.follow.token if self.follow else self.address
        return f"{self.id}/{self.kind}/{self.seq}/{self.made_at.isoformat()}/{whose}"


@dataclass(frozen=True, slots=True)
class Text:
    """A letter as it is read: a subject, paragraphs, the addresses below them (words, path)."""

    subject: str
    paragraphs: tuple[str, ...]
    ways: tuple[tuple[str, str], ...]


def token_of(secret: bytes, salt: bytes) -> str:
    """The token in a follower's links: 120 bits, derived, so that only its hash is kept."""
    digest = hmac.digest(secret, b"cettar/follow/v1\0" + salt, hashlib.sha256)[:TOKEN_BYTES]
    return base64.b32encode(digest).decode().lower()


def token_hash(token: str) -> bytes:
    """What is kept of a token; 120 bits need no slow hash."""
    return hashlib.sha256(token.encode()).digest()


def address_hash(secret: bytes, address: str) -> bytes:
    """By what an address is recognised without being read: keyed, because addresses can be guessed."""
    return hmac.digest(secret, b"cettar/follow-address/v1\0" + address.encode(), hashlib.sha256)


def hears(event: Event, *, filer: bool) -> bool:
    """Whether a follower gets a letter about an event."""
    if event.kind is Kind.ROUTED:
        return filer and event.actor.startswith("P-")  # at filing the receipt said so already
    return event.kind in (TO_FILER if filer else TO_FOLLOWER)


def next_try(attempts: int, now: datetime) -> datetime | None:
    """When a letter that failed so often is tried again; None: it is given up."""
    return now + WAITS[attempts - 1] if attempts <= len(WAITS) else None


def is_still_asked(case: Case, seq: int) -> bool:
    """Whether the last word about the claim at event `seq` is still the filer's to say: a newer claim asks anew."""
    claims = [event.seq for event in case.events if event.kind is Kind.CLAIMED]
    return case.life.state is State.CLAIMED and claims[-1:] == [seq]


def confirm_text(w: Words, number: str, token: str) -> Text:
    """The first letter: is this your address, do you want to hear?"""
    return Text(
        w("Konfirmasi surel untuk aduan {number}", number=number),
        (w("Alamat ini ditulis untuk menerima kabar tentang aduan {number}. Kalau itu Anda, buka tautan ini dalam "
           "tujuh hari dan tekan tombolnya. Kalau bukan, abaikan saja: tanpa konfirmasi tidak ada kabar yang kami "
           "kirim.", number=number),),
        ((w("Konfirmasi"), f"/kabar/{token}"),))


def event_text(w: Words, case: Case, event: Event, follow: Follow) -> Text:
    """What happened, in the words that everyone may read; `case` is the public one."""
    number, title = case.request.number, title_of(w, event)
    said = case.writing(event.seq)
    paragraphs = [title + "."] + ([said.text] if said else [])
    if follow.filer and event.kind is Kind.ASKED:
        paragraphs.append(w("Jawab pertanyaannya di Lacak aduan dengan nomor dan kode Anda. Selama menunggu, hitungan "
                            "instansi berhenti paling lama lima hari kerja."))
    if follow.filer and event.kind is Kind.CLAIMED:
        paragraphs.append(_word(w))
    if follow.filer and event.kind is Kind.HIDDEN and event.detail in REASONS_HIDDEN:
        paragraphs.append(w(REASONS_HIDDEN[event.detail]) + ".")
    return Text(w("Aduan {number}: {title}", number=number, title=title), tuple(paragraphs), _ways(w, number, follow))


def word_text(w: Words, case: Case, follow: Follow) -> Text:
    """Two weeks after a claim: one question."""
    return Text(w("Aduan {number}: sudah selesai?", number=case.request.number),
                (w("Instansi menyatakan aduan ini selesai. Anda yang menentukan apakah itu benar."), _word(w)),
                _ways(w, case.request.number, follow))


def desk_text(w: Words, numbers: list[str], level: str) -> Text:
    """What is due or overdue, to officials: numbers only, nothing of the stories."""
    many = len(numbers)
    if level == "0":
        subject = w.plural("{n} aduan hampir lewat batas waktu", "{n} aduan hampir lewat batas waktu", many)
    else:
        subject = w.plural("{n} aduan lewat batas waktu", "{n} aduan lewat batas waktu", many)
    return Text(subject, (subject + ".", "\n".join(numbers)), ((w("Meja petugas"), "/meja"),))


def _word(w: Words) -> str:
    return w("Buka Lacak aduan dengan nomor dan kode Anda, lalu pilih: sudah selesai, atau belum. Anda bisa "
             "melakukannya selama 90 hari. Diam tidak dihitung selesai.")


def _ways(w: Words, number: str, follow: Follow) -> tuple[tuple[str, str], ...]:
    track = ((w("Lacak aduan"), f"/lacak?nomor={number}"),) if follow.filer else ()
    return (*track, (w("Halaman aduan"), f"/aduan/{number}"), (w("Berhenti menerima kabar"), f"/kabar/{follow.token}"))
