"""Which words of an agency stop the clock: a decision, a plan, a question or a reasoned refusal; no stock phrases.

Three things do not count, however long they are: a mere acknowledgement, the filer's own words repeated, and a text
of which nine tenths of the rest stand in another reply of the same agency. Likeness is the share of the new text's
five-letter shingles (digits made alike, so that a changed date changes nothing) found in the older one: the
containment of Broder, "On the resemblance and containment of documents" (1997).
"""

import re
from collections.abc import Iterable
from enum import StrEnum

SHINGLE = 5
ALIKE_FROM = 0.9
LEAST_LEFT = 20
"""Letters that must be left once stock sentences are taken out."""
LEAST_OWN = 10
"""Five-letter pieces that a text must have which are not the filer's."""
COMPARED = 100
"""So many of the agency's newest replies are compared."""

_DIGIT = re.compile(r"\d")
_NOT_WORD = re.compile(r"[^\w]+")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
# A sentence that only thanks, greets or says that the report was received, passed on or is being looked at.
_STOCK = tuple(re.compile(pattern) for pattern in (
    r"^(?:selamat (?:pagi|siang|sore|malam)|assalamu.?alaikum|salam|halo|dear|yth|kepada yth)\b.{0,60}$",
    r"^(?:terima ?kasih|terimakasih|trims|matur ?nuwun|thank you)\b.{0,120}$",
    r"^(?:mohon maaf|kami mohon maaf|maaf)\b.{0,60}(?:ketidaknyamanan|keterlambatan).{0,40}$",
    r"^.{0,40}(?:laporan|aduan|pengaduan|keluhan|masukan)\b.{0,30}\b(?:sudah|telah)\b.{0,20}"
    r"\b(?:kami )?(?:terima|diterima|baca|dibaca|catat|dicatat)\b.{0,30}$",
    r"^.{0,40}\b(?:akan|sedang|segera|telah|sudah)\b.{0,20}\b(?:kami )?(?:tindak ?lanjuti|ditindak ?lanjuti|proses|"
    r"diproses|koordinasikan|dikoordinasikan|teruskan|diteruskan|sampaikan|disampaikan)\b.{0,60}$",
    r"^(?:mohon|harap|silakan|silahkan)\b.{0,20}\b(?:menunggu|ditunggu|tunggu|bersabar)\b.{0,40}$",
    r"^(?:demikian|sekian|salam|hormat kami|semoga)\b.{0,60}$",
))


class Substance(StrEnum):
    """What an agency's words are to the clock."""

    SUBSTANTIAL = "substantial"
    STOCK = "stock"  # only thanks, receipt, "will be followed up"
    ALIKE = "alike"  # nearly another reply, or a template that nobody changed


def shingles(text: str) -> frozenset[str]:
    """The five-letter pieces of a text: lower case, digits as 0, everything else as one space."""
    flat = _DIGIT.sub("0", _NOT_WORD.sub(" ", text.casefold())).strip()
    return frozenset(flat[at:at + SHINGLE] for at in range(max(1, len(flat) - SHINGLE + 1)))


def likeness(new: str, old: str) -> float:
    """The share (0..1) of the new text that stands in the old one."""
    of_new = shingles(new)
    return len(of_new & shingles(old)) / len(of_new)


def without_stock(text: str) -> str:
    """The sentences of a text that say something about the matter."""
    said = []
    for sentence in _SENTENCE.findall(text):
        flat = " ".join(sentence.casefold().split()).strip(" .!?")
        if flat and not any(pattern.match(flat) for pattern in _STOCK):
            said.append(sentence.strip())
    return " ".join(said)


def substance(text: str, others: Iterable[str], said: Iterable[str] = ()) -> Substance:
    """What `text` is to the clock, beside the agency's other replies and the templates.

    What only repeats the filer's own words (`said`) does not count: else a template would be new each time by pasting
    the complaint into it.
    """
    left = without_stock(text)
    if sum(letter.isalnum() for letter in left) < LEAST_LEFT:
        return Substance.STOCK
    of_new = shingles(text).difference(*(shingles(own) for own in said))
    if len(of_new) < LEAST_OWN or any(
            len(of_new & shingles(other)) >= ALIKE_FROM * len(of_new) for other in others):
        return Substance.ALIKE
    return Substance.SUBSTANTIAL
