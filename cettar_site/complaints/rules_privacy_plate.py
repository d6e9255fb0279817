"""Number plates: of East Java (AE, AG, L, M, N, P, S, W) and of every other place in Indonesia."""

import re
from collections.abc import Iterator

from cettar_site.complaints.rules_privacy_kinds import Personal, Span

_AREAS = frozenset("""A AA AB AD AE AG B BA BB BD BE BG BH BK BL BM BN BP D DA DB DC DD DE DG DH DK DL DM DN DR DS DT
    DW E EA EB ED F G H K KB KH KT KU L M N P PA PB PG PS PY R S T W Z""".split())  # noqa: SIM905
_REST = re.compile(r"(?<!\d)\d{1,4}[ .-]?([A-Za-z]{1,3})(?![A-Za-z0-9])")
_FIRST = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]{1,2})[ .-]?$")
_CUE = re.compile(r"(?:nopol|no\.? ?pol|nomor polisi|\bplat|\bpelat)[^\d\n]{0,20}$", re.IGNORECASE)
_NO_SERIES = frozenset("""RT RW KM PK KG KW NO DI KE DAN WIB SD SMP SMA SMK MI MTS MA TK HP WA RP JL GG KWH VA HA CC ML
    GB MB CM MM KVA WAT JAM LT ORG KK""".split())  # noqa: SIM905
_BEFORE = re.compile(r"(?:blok|gang|gg|kav|kavling|kelas|lantai|lt|paket|pasal|tipe|type|ruang|kamar|poli|tahap"
                     r"|golongan|gol|seri|peron|jalur|koridor|rute|trayek|lyn|line|tower|unit|gedung|vitamin|jl|jalan)"
                     r"[. ]{1,2}$", re.IGNORECASE)
_LOOKED_BACK = 30


def plates(text: str) -> Iterator[Span]:
    """Where number plates stand."""
    for rest in _REST.finditer(text):
        first = _FIRST.search(text, max(0, rest.start() - 4), rest.start())
        if first is None or first[1].upper() not in _AREAS:
            continue
        before = text[max(0, first.start() - _LOOKED_BACK):first.start()]
        if _CUE.search(before) or (not _BEFORE.search(before) and _plain(text[first.start():rest.end()], rest[1])):
            yield Span(first.start(), rest.end(), Personal.PLATE)


def _plain(plate: str, series: str) -> bool:
    """Whether this can be nothing but a plate, without a word that says so."""
    digits = sum(map(str.isdigit, plate))
    if plate.isupper():
        return (digits >= 3 or (digits == 2 and len(series) > 1)) and series not in _NO_SERIES
    return digits == 4 and len(series) > 1 and plate.isalnum()
