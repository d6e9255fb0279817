"""Home addresses: a house number with its street, RT and RW. Where the problem is, without a house, stays.

A house is meant where a number stands with an RT or a block ("No. 12 RT 3"), or where the words before say that
somebody lives there ("rumah saya di Jl. Melati No. 12").
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from cettar_site.complaints.rules_privacy_kinds import Personal, Span
from cettar_site.complaints.rules_privacy_read import Reading
from cettar_site.complaints.rules_privacy_words import FUNCTION, HOUSE, OWNER, SITE, STOP

_PART = re.compile(
    r"(?P<rt>rt[ .:/-]{0,3}\d{1,3}(?:[ .,/-]{0,3}(?:rw[ .:/-]{0,3})?\d{1,3})?(?!\d)|rw[ .:/-]{0,3}\d{1,3}(?!\d))"
    r"|(?P<no>(?:no|nomor|nomer|nmr)[ .:]{0,3}(?:rumah[ .:]{0,3})?\d{1,4}(?![\d/]|\.\d)(?: ?[a-z]\b)?)"
    r"|(?P<blok>(?:blok|kav|kavling)[ .:]{0,3}[a-z]{1,2}[ .-]{0,2}\d{0,3}(?!\w))", re.IGNORECASE)
_JOINED = re.compile(r"[ ,./-]{0,4}")
_HOME = re.compile(
    r"\b(?:rumah|omah|griya|compok|roma|kos|kost|kontrakan|alamat|kediaman)(?:ku|nya|e|ipun)?\b"
    r"|\b(?:ber)?(?:tinggal|alamat|domisili)\b|\bdomisili|\b(?:omah|rumah)(?:ku|nya|e)\b", re.IGNORECASE)
_NO_HOME = re.compile(r"\b(?:depan|dekat|samping|sebelah|belakang|seberang|kantor|toko|pasar|kios|stan|los|pabrik|rumah"
                      r" (?:sakit|makan|ibadah|potong|susun|produksi))\b", re.IGNORECASE)
_STREETS = frozenset({
    "jl", "jln", "jalan", "gang", "gg", "dusun", "dsn", "perum", "perumahan", "komplek", "kompleks", "griya",
    "kampung", "kp", "lingkungan", "krajan", "apartemen", "rusun", "rusunawa"})
_LOOKED_BACK = 80
_STREET_WORDS = 7


def homes(text: str, read: Reading) -> Iterator[Span]:
    """Where home addresses stand, from the street to the RT."""
    row: list[re.Match[str]] = []
    begins = (start for start, roles in zip(read.starts, read.roles, strict=True) if roles & HOUSE)
    for part in filter(None, (_PART.match(text, start) for start in begins)):
        if row and not _JOINED.fullmatch(text, row[-1].end(), part.start()):
            yield from _home(text, read, row)
            row = []
        row.append(part)
    if row:
        yield from _home(text, read, row)


def _home(text: str, read: Reading, row: list[re.Match[str]]) -> Iterator[Span]:
    kinds = {part.lastgroup for part in row}
    start = _street(read, row[0].start())
    before = re.split(r"[!?\n;]|\.\s(?=[A-Z][a-z]{3})", text[max(0, start - _LOOKED_BACK):start])[-1]
    if _NO_HOME.search(before):
        return
    said = _HOME.search(before) is not None or "rumah" in row[0][0].casefold()
    if len(kinds) > 1 or (said and kinds & {"no", "rt", "blok"}):
        yield Span(start, row[-1].end(), Personal.ADDRESS)


def _street(read: Reading, end: int) -> int:
    """Where the street before a house number begins; the number's own place if there is none."""
    at = bisect_right(read.ends, end) - 1
    begins = end
    for _ in range(_STREET_WORDS):
        if at < 0 or any(mark in read.text[read.ends[at]:min(begins, end)] for mark in "!?;\n"):
            break
        small = not read.words[at][0].isupper()
        street = read.words[at].casefold() in _STREETS
        if not street and small and read.roles[at] & (STOP | OWNER | FUNCTION | SITE):
            break
        if street:
            begins = read.starts[at]
        at -= 1
    return begins
