"""Likely names: after a cue ("Pak …", "nama saya …", "anak saya …"), or because the word is hardly ever anything else.

What follows an office ("Camat Bagor") or a place's word ("RSUD Dr. Soetomo", "Jalan Ahmad Yani") is a name only where
nothing else could be meant. Each word is looked at once, with at most a few neighbours.
"""

import re
from collections.abc import Iterator

from cettar_site.complaints.rules_privacy_read import Reading
from cettar_site.complaints.rules_privacy_words import (
    AGENT,
    CUE,
    FUNCTION,
    GREETED,
    HEROES,
    HONORIFIC,
    JOINT,
    KIN,
    LIKELY,
    OWNER,
    PLACE,
    POSSIBLE,
    SELF,
    SITE,
    STOP,
    TITLE,
)

MOST_WORDS = 6
_LISTED = LIKELY | POSSIBLE
_NEVER = STOP | FUNCTION | SITE | HONORIFIC | KIN | OWNER | CUE | TITLE
_CUED = HONORIFIC | TITLE | KIN | CUE | SELF | FUNCTION | AGENT
_STREETS = frozenset({"jl", "jln", "jalan", "gang", "gg", "rs", "rsia", "rsud"})
_BETWEEN = frozenset({"lengkap", "adalah", "yaitu", "yakni", "yang", "pun", "itu", "saja", "pasien", "bernama",
                      "dengan"})
_LOOSE_CUES = frozenset({"nama", "bernama", "namanya", "jeneng", "jenenge", "jenengku", "jenengipun", "asmanipun",
                         "asmane", "nyama", "nyamana", "anyama", "almarhum", "almarhumah", "alm", "an", "n"})
# After these and "saya" a name follows in any case, unless the word is one of what else is said of names.
_SURE_CUES = frozenset({"nama", "bernama", "jenengku", "jenenge"})
_SAID_OF_NAMES = frozenset({
    "muncul", "hilang", "salah", "keliru", "ganda", "kosong", "masuk", "keluar", "lengkap", "asli", "palsu", "malah",
    "kok", "gak", "nggak", "ndak", "tdk", "blm", "sdh", "udah", "sama", "beda", "tetap", "sering", "selalu", "pernah",
    "hanya", "cuma", "jadi", "kena", "ikut", "sempat", "sengaja"})
_VERB = re.compile(r"(?:di|ter|ber|me[mnlr])[a-z]{3,}")
_CLOSERS = frozenset({"saya", "kami", "salam", "wassalam", "wassalamualaikum", "hormat", "ttd", "pelapor"})
_THANKS = frozenset({"kasih", "terimakasih", "nuwun", "sakalangkong"})
_CUE_GAP = re.compile(r"[\s,.:;'’\"()=/-]{1,5}")
_DEGREE = re.compile(r"(?:,? ?(?:[SM]\.(?:[A-Z][A-Za-z]{0,3}\.?){1,2}|A\.Md\.?)){1,3}")


def names(read: Reading) -> Iterator[tuple[int, int]]:
    """Where likely names stand: first letter, and the letter after the last."""
    done = shielded = 0
    for at, roles in enumerate(read.roles):
        if at < done:
            continue
        if roles & SITE and at >= shielded:
            shielded = _shield(read, at)
        if at < shielded:
            continue
        first, after = at, at
        if roles & _CUED:
            first, after = _after_cue(read, at)
        if after <= first and read.large(at):
            first, after = _alone(read, at, done)
        if after > first:
            done = after
            yield _span(read, first, after)
    tail = _signature(read, done)
    if tail:
        yield _span(read, tail, len(read))


def _span(read: Reading, first: int, after: int) -> tuple[int, int]:
    end = read.ends[after - 1]
    degree = _DEGREE.match(read.text, end)
    return read.starts[first], degree.end() if degree else end


def _shield(read: Reading, at: int) -> int:
    """The word after those that name a place: large ones after "Jalan", "RSUD", "Desa" and their like."""
    after = at + 1
    while after < len(read) and read.beside(after):
        roles = read.roles[after]
        if roles & HONORIFIC and not (after == at + 1 and read.words[at].casefold() in _STREETS):
            break
        if not (read.large(after) or roles & (TITLE | SITE)):
            break
        after += 1
    return after


def _after_cue(read: Reading, at: int) -> tuple[int, int]:
    """The words of the name after a cue, first and after last; the same twice when there is none."""
    roles, word, next_ = read.roles[at], read.words[at].casefold(), at + 1
    if next_ >= len(read):
        return at, at
    owned = bool(read.roles[next_] & OWNER) and roles & (KIN | CUE) != 0
    if roles & (HONORIFIC | TITLE) and not owned:
        return _taken(read, next_, loose=True) if read.beside(next_) else (at, at)
    loose = bool(roles & AGENT) or (owned and bool(roles & KIN))
    if roles & CUE:
        if word in ("an", "n") and not _is_abbreviated(read, at):
            return at, at
        loose = word in _LOOSE_CUES
    next_ = _past(read, next_)
    if next_ >= len(read) or not _CUE_GAP.fullmatch(read.gap(next_)):
        return at, at
    if read.roles[next_] & HONORIFIC:  # it is a cue itself
        return at, at
    if loose and read.roles[next_] & PLACE and not read.roles[next_] & _LISTED:
        return at, at
    owner = read.roles[next_ - 1] & OWNER or word != "nama"
    if word in _SURE_CUES and owner and not read.large(next_) and _unknown(read, next_):
        goes_on = next_ + 1 < len(read) and read.beside(next_ + 1)
        return next_, _taken(read, next_ + 1, loose=False)[1] if goes_on else next_ + 1
    return _taken(read, next_, loose=loose)


def _unknown(read: Reading, at: int) -> bool:
    """Whether a word is none that we know, and nothing that is said of names either."""
    word = read.words[at].casefold()
    return not read.roles[at] and len(word) > 2 and word not in _SAID_OF_NAMES and not _VERB.match(word)


def _is_abbreviated(read: Reading, at: int) -> bool:
    """Whether this is "a.n." or "a/n" or "an." and not a word of its own."""
    if read.words[at].casefold() == "an":
        return read.text[read.ends[at]:read.ends[at] + 1] == "."
    return at > 0 and read.words[at - 1].casefold() == "a" and read.gap(at) in (".", "/", ". ")


def _past(read: Reading, at: int) -> int:
    """The word after those that may stand between a cue and the name: "saya", "anak saya", "lengkap", "adalah"."""
    for _ in range(3):
        if at < len(read) and (read.roles[at] & OWNER or (read.roles[at] & KIN and not read.large(at))
                               or read.words[at].casefold() in _BETWEEN):
            at += 1
    return at


def _taken(read: Reading, first: int, *, loose: bool) -> tuple[int, int]:
    """The words of the name that begins here; `loose` takes any large word that is none of the known others."""
    at, after = first, first
    while at < len(read) and at - first < MOST_WORDS and (at == first or read.beside(at)):
        if after == first and read.roles[at] & TITLE and not read.named(at):
            at += 1
            continue
        fits = _begins_name(read, at, loose) if after == first else _goes_on(read, at)
        if fits:
            after = at = at + 1
        elif after > first and read.roles[at] & JOINT and at + 1 < len(read) and _goes_on(read, at + 1):
            at += 1
        else:
            break
    return first, after


def _begins_name(read: Reading, at: int, loose: bool) -> bool:
    roles = read.roles[at]
    if roles & (FUNCTION | SITE) or (roles & STOP and not (loose and roles & _LISTED and read.large(at))):
        return False
    if read.named(at):
        return True
    return loose and read.large(at) and not roles & _NEVER and not read.acronym(at) and len(read.words[at]) > 1


def _goes_on(read: Reading, at: int) -> bool:
    roles = read.roles[at]
    if roles & _LISTED:
        return not roles & (FUNCTION | SITE) and (read.large(at) or not roles & STOP)
    return read.large(at) and not roles & (_NEVER | PLACE) and not read.acronym(at)


def _alone(read: Reading, at: int, done: int) -> tuple[int, int]:
    """A name without a cue: a strong one, or a weak one beside another, or beside a word that nobody knows."""
    roles = read.roles[at]
    if roles & (_NEVER & ~CUE) or read.acronym(at):
        return at, at
    strong = bool(roles & LIKELY and not roles & PLACE) or (read.likes(at) and not read.begins(at))
    follows = at + 1 < len(read) and read.beside(at + 1)
    if strong and follows and read.roles[at + 1] & GREETED and not read.large(at + 1):
        return at, at
    paired = follows and read.large(at + 1) and not read.acronym(at + 1) and (
        not read.roles[at + 1] or (read.named(at + 1) and not read.roles[at + 1] & (STOP | SITE)))
    if not strong and not (read.named(at) and paired):
        return at, at
    first, after = _taken(read, at, loose=False)
    while first > done and first > at - 2 and read.beside(first) and _leads(read, first - 1):
        first -= 1
    said = " ".join(read.words[first:after]).casefold()
    return (at, at) if said in HEROES else (first, after)


def _leads(read: Reading, at: int) -> bool:
    """Whether a word before a name is part of it."""
    if not read.large(at) or (read.roles[at] & (_NEVER | PLACE) and not read.roles[at] & _LISTED):
        return False
    return read.named(at) or (not read.begins(at) and not read.acronym(at))


def _signature(read: Reading, done: int) -> int:
    """The first word of the name that ends a text ("Salam, Handoko"); 0 when none does."""
    first = len(read)
    while first > max(done, len(read) - 4) and read.large(first - 1) and not read.roles[first - 1] & _NEVER \
            and not read.acronym(first - 1):
        first -= 1
        if read.begins(first) or "," in read.gap(first):
            break
    if first in (0, len(read)) or read.roles[first] & PLACE:
        return 0
    before = read.words[first - 1].casefold()
    closed = before in _CLOSERS or (before in _THANKS and read.named(first))
    return first if closed and any(mark in read.gap(first) for mark in ",.\n:;") else 0
