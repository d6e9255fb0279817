"""Numbers of a person: identity cards, telephones, accounts, insurances. Prices, days, hours and letters' numbers stay.

A run of digits is cut into groups where people put blanks, points or dashes; then the shortest rows of groups are
sought that make a number. What it is is said by its digits, and for accounts and the like by the word before it.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from cettar_site.complaints.rules_privacy_kinds import Personal, Span
from cettar_site.jatim import agencies, contacts

# A day is passed over whole; anything else made of digits is looked at.
_RUN = re.compile(
    r"\d(?:(?P<day>(?<!\d\d)(?:\d?([-/.])\d{1,2}\2(?:19|20)\d\d|(?<=[12])[09]\d\d([-/])\d{1,2}\3\d{1,2})(?!\d))"
    r"|(?:[ .()/–-]{0,4}\d)*)")
_PRICE = re.compile(r"\d{1,3}(?:[.,]\d{3}){1,5}(?!\d)|\d{1,15}(?!\d)")
_BEFORE_PRICE = re.compile(r"(?:\brp|\bidr)[. ]{0,2}$", re.IGNORECASE)
_OUR_NUMBER = re.compile(r"\bJTM-(?:\w{0,4}-?)$")
_GROUP = re.compile(r"\d+")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_CITIZEN = re.compile(r"(?:1[1-9]|2[1-9]|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-7])\d{4}(?:0[1-9]|[12]\d|3[01]|4[1-9]"
                      r"|[56]\d|7[01])(?:0[1-9]|1[0-2])\d{6}")
_OFFICIAL = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:19|20)\d\d(?:0[1-9]|1[0-2])[12]\d{3}")
_MOBILE = re.compile(r"(?:0|62|0062)8[1-9]\d{7,10}")
_FIXED = re.compile(r"(?:0|62)(?:2[1-9]|3[1-9]|4[1-9]|5[1-9]|6[1-9]|7[1-9]|9[0-9])\d{6,9}")
_YEARS = re.compile(r"(?:19|20)\d\d")
# A word that says what number follows, at most some forty letters before it.
_BEFORE = re.compile(
    r"(?P<account>rekening|norek|no\.? ?rek\b|\brek\b|\bbri\b|\bbca\b|\bbni\b|mandiri|\bbtn\b|\bbsi\b|bank ?jatim"
    r"|virtual account|\bva\b)"
    r"|(?P<number>\bnik\b|\bktp\b|\bkk\b|kartu keluarga|bpjs|\bkis\b|\bjkn\b|\bsim\b|paspor|passport|\bnip\b|nuptk|nisn"
    r"|npwp|\bnrp\b|\bnrm\b|rekam medi[sk]|\bno\.? ?rm\b|id ?pel\b|pelanggan|\bmeteran\b|nomor meter|\bbpkb\b"
    r"|\bno\.? rangka|\bno\.? mesin|kartu tani|\bkks\b)"
    r"|(?P<phone>\bwa\b|whats?app|\bhp\b|\bte?lp|\btelep[oh]n|\btelpon|hubungi|kontak|\bcp\b|\bsms\b)", re.IGNORECASE)
_NEAR = 40
_LETTER = re.compile(r"[A-Za-z]")
_SHORTEST, _SHORTEST_PHONE = 6, 9
_LEAST = {Personal.ACCOUNT: 8, Personal.NUMBER: 6, Personal.PHONE: 7}
_MOST = {Personal.ACCOUNT: 20, Personal.NUMBER: 20, Personal.PHONE: 15}

_Groups = list[tuple[int, int, str]]


def _digits(text: str) -> str:
    return "".join(_GROUP.findall(text))


PUBLIC = frozenset(
    _digits(said) for said in (*(one.value for one in contacts.ALL), *(one.phone or "" for one in agencies.ALL))
    if len(_digits(said)) >= 7)
"""The numbers of offices that our tables list: everyone may call them."""


def numbers(text: str) -> Iterator[Span]:
    """Where numbers of persons stand."""
    for run in _RUN.finditer(text):
        start, before = run.start(), text[max(0, run.start() - 9):run.start()]
        if run["day"] is not None or run.end() - start < _SHORTEST or _OUR_NUMBER.search(before):
            continue
        price = _PRICE.match(text, start) if _BEFORE_PRICE.search(before) else None
        groups = [(one.start(), one.end(), one[0])
                  for one in _GROUP.finditer(text, price.end() if price else start, run.end())]
        yield from _in_row(text, groups)


def _in_row(text: str, groups: _Groups) -> Iterator[Span]:
    at = 0
    while at < len(groups):
        found = _identity(text, groups, at)
        if found is None:  # "BNI 0987654321" is an account, though its digits could be a telephone's
            explained = _cued(text, groups, at)
            of_account = explained is not None and explained[0] is Personal.ACCOUNT
            found = explained if of_account else _phone(text, groups, at) or explained
        if found is None:
            at += 1
            continue
        kind, after = found
        said = "".join(group for _, _, group in groups[at:after])
        if kind is not Personal.PHONE or _national(said) not in PUBLIC:
            start = groups[at][0]
            while start > 0 and text[start - 1] in "+(":
                start -= 1
            yield Span(start, groups[after - 1][1], kind)
        at = after


def _national(digits: str) -> str:
    return "0" + digits[2:] if digits.startswith("62") else digits


def _rows(groups: _Groups, at: int, most: int) -> Iterator[tuple[str, int]]:
    """The digits of one group, of two, of three …, each with the group after; up to `most` digits."""
    digits = ""
    for after in range(at, min(len(groups), at + 16)):
        digits += groups[after][2]
        if len(digits) > most:
            return
        yield digits, after + 1


def _identity(text: str, groups: _Groups, at: int) -> tuple[Personal, int] | None:
    """A citizen's, a family's, an official's number, or any other long one written without gaps."""
    first = groups[at][2]
    if len(first) == 16:
        return Personal.NIK, at + 1
    if len(first) >= 13:
        return (Personal.NUMBER, at + 1) if len(first) <= 20 and not _MOBILE.fullmatch(first) else None
    for digits, after in () if first[0] == "0" else _rows(groups, at, 18):
        if len(digits) < 16:
            continue
        row = [group for _, _, group in groups[at:after]]
        if len(digits) == 16 and "/" not in text[groups[at][0]:groups[after - 1][1]] and (
                _CITIZEN.fullmatch(digits) or (len(row) == 4 and not any(map(_YEARS.fullmatch, row)))):
            return Personal.NIK, after
        if len(digits) == 18 and _OFFICIAL.fullmatch(digits):
            return Personal.NUMBER, after
    return None


def _phone(text: str, groups: _Groups, at: int) -> tuple[Personal, int] | None:
    first = groups[at][2]
    plus = text[groups[at][0] - 1:groups[at][0]] in ("+", "00")
    if not plus and first[0] != "0" and first[:2] != "62":
        return None
    best = 0
    for digits, after in _rows(groups, at, 15):
        if len(digits) < _SHORTEST_PHONE:
            continue
        if best and not _goes_on(text, groups, best, len(digits)):
            break
        row = groups[at:after]
        if plus or (_MOBILE.fullmatch(digits) and not _hours(text, row)) or (
                _FIXED.fullmatch(digits) and len(_national(digits)) <= 12 and _area_first(row)):
            best = after
    return (Personal.PHONE, best) if best else None


def _goes_on(text: str, groups: _Groups, best: int, total: int) -> bool:
    """Whether the group after a whole number still belongs to it: the same gap, and hardly longer than before."""
    last, next_ = groups[best - 1], groups[best]
    gap = text[last[1]:next_[0]]
    same = best < 2 or gap == text[groups[best - 2][1]:last[0]]
    return total <= 14 and len(gap) == 1 and gap != "/" and same and len(last[2]) < 9 \
        and min(2, len(last[2])) <= len(next_[2]) <= max(4, len(last[2])) and not next_[2].startswith("08")


def _hours(text: str, groups: _Groups) -> bool:
    """Whether these are hours ("08.30-10.30-12.00"): pairs with different gaps."""
    gaps = {text[one[1]:two[0]] for one, two in pairwise(groups)}
    return len(gaps) > 1 and all(len(group) <= 2 for _, _, group in groups)


def _area_first(groups: _Groups) -> bool:
    """Whether a fixed line's groups begin with the area, and go on with at least three digits."""
    return len(groups) == 1 or (len(groups[0][2]) in (3, 4) and len(groups[1][2]) >= 3) or (
        groups[0][2] == "62" and len(groups) <= 4)


def _cued(text: str, groups: _Groups, at: int) -> tuple[Personal, int] | None:
    """A number that a word before it explains."""
    start = groups[at][0]
    if len(groups[at][2]) < 2 or not _LETTER.search(text, max(0, start - _NEAR), start):
        return None
    cue = None
    for cue in _BEFORE.finditer(text, max(0, start - _NEAR), start):  # noqa: B007 (the last one is meant)
        pass
    if cue is None or _between(text[cue.end():start]):
        return None
    kind = Personal(cue.lastgroup or "number")
    best = 0
    for digits, after in _rows(groups, at, _MOST[kind]):
        if len(digits) >= _LEAST[kind]:
            best = after
            if len(groups[after - 1][2]) >= 9:
                break
    said = text[start:groups[best - 1][1]] if best else ""
    if not best or _THOUSANDS.fullmatch(said) or all(_YEARS.fullmatch(one[2]) for one in groups[at:best]):
        return None
    return kind, best


def _between(text: str) -> bool:
    """Whether cue and number are too far from each other in meaning: another sentence, a price, another number."""
    return "\n" in text or ". " in text.lstrip(". ") or any(letter.isdigit() for letter in text) or "rp" in text.lower()
