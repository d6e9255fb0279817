"""What looks personal in a text, and the text without it: what the public reads.

Masked: NIK and other numbers of sixteen digits, telephone numbers, e-mail addresses, number plates, likely names,
home addresses, accounts and cards, names on social media. Offices, officials by function, streets, prices and days
stay. Nothing is deleted from what the agency reads. The filer sees the masked text before sending, with what was
hidden. How well it works is measured by `python -m tests.bench.privacy`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cettar_site.base.words import Words
from cettar_site.complaints.rules_privacy_home import homes
from cettar_site.complaints.rules_privacy_kinds import MASK, Personal, Span
from cettar_site.complaints.rules_privacy_name import names
from cettar_site.complaints.rules_privacy_number import numbers
from cettar_site.complaints.rules_privacy_plain import plain
from cettar_site.complaints.rules_privacy_plate import plates
from cettar_site.complaints.rules_privacy_reach import handles, mails
from cettar_site.complaints.rules_privacy_read import Reading

__all__ = ["MASK", "Masked", "Personal", "Span", "masked", "said", "spans"]

MOST_PASSES = 4
_DIGITS = frozenset("0123456789")
# Of two kinds over each other the surer one counts: an address in which a name stands is an address.
_RANK = {kind: rank for rank, kind in enumerate((
    Personal.EMAIL, Personal.HANDLE, Personal.NIK, Personal.ADDRESS, Personal.PLATE, Personal.ACCOUNT, Personal.PHONE,
    Personal.NUMBER, Personal.NAME))}

# In each language a whole sentence, because grammar differs.
_SAID: dict[Personal, Callable[[Words, int], str]] = {
    Personal.NIK: lambda w, n: w.plural(
        "{n} nomor NIK, KK atau kartu disembunyikan", "{n} nomor NIK, KK atau kartu disembunyikan", n),
    Personal.PHONE: lambda w, n: w.plural(
        "{n} nomor telepon disembunyikan", "{n} nomor telepon disembunyikan", n),
    Personal.EMAIL: lambda w, n: w.plural(
        "{n} alamat surel disembunyikan", "{n} alamat surel disembunyikan", n),
    Personal.PLATE: lambda w, n: w.plural(
        "{n} pelat nomor disembunyikan", "{n} pelat nomor disembunyikan", n),
    Personal.NAME: lambda w, n: w.plural(
        "{n} nama orang disembunyikan", "{n} nama orang disembunyikan", n),
    Personal.ADDRESS: lambda w, n: w.plural(
        "{n} alamat rumah disembunyikan", "{n} alamat rumah disembunyikan", n),
    Personal.ACCOUNT: lambda w, n: w.plural(
        "{n} nomor rekening disembunyikan", "{n} nomor rekening disembunyikan", n),
    Personal.NUMBER: lambda w, n: w.plural(
        "{n} nomor identitas atau pelanggan disembunyikan", "{n} nomor identitas atau pelanggan disembunyikan", n),
    Personal.HANDLE: lambda w, n: w.plural(
        "{n} akun media sosial disembunyikan", "{n} akun media sosial disembunyikan", n),
}
assert _SAID.keys() == _RANK.keys() == set(Personal)


@dataclass(frozen=True, slots=True)
class Masked:
    """A text that everyone may read, and how much of each kind was hidden in it."""

    text: str
    found: tuple[tuple[Personal, int], ...] = ()


def masked(text: str) -> Masked:
    """The text with everything masked that looks personal. Never longer; masking it again changes nothing."""
    found: dict[Personal, int] = {}
    for _ in range(MOST_PASSES):
        hidden = spans(text)
        if not hidden:
            break
        for span in hidden:
            found[span.kind] = found.get(span.kind, 0) + 1
        text = _without(text, hidden)
    return Masked(text, tuple((kind, found[kind]) for kind in Personal if kind in found))


def said(w: Words, kind: Personal, n: int) -> str:
    """What was hidden, as a sentence: "2 nomor telepon disembunyikan"."""
    return _SAID[kind](w, n)


def spans(text: str) -> list[Span]:
    """What looks personal, in order, none over another."""
    said, places = plain(text)
    found = (Span(places[start], places[end - 1] + 1, kind) for start, end, kind in _looked_for(said))
    merged: list[Span] = []
    for span in sorted(found):
        if merged and span.start < merged[-1].end:
            last = merged[-1]
            kind = min(last.kind, span.kind, key=_RANK.__getitem__)
            merged[-1] = Span(last.start, max(last.end, span.end), kind)
        else:
            merged.append(span)
    return merged


def _looked_for(text: str) -> Iterator[Span]:
    read = Reading(text)
    yield from mails(text)
    yield from handles(text, read)
    if not _DIGITS.isdisjoint(text):
        yield from numbers(text)
        yield from plates(text)
        yield from homes(text, read)
    for start, end in names(read):
        yield Span(start, end, Personal.NAME)


def _without(text: str, hidden: list[Span]) -> str:
    parts, at = [], 0
    for start, end, _ in hidden:
        parts += [text[at:start], MASK[:end - start]]
        at = end
    return "".join([*parts, text[at:]])
