"""SP4N-LAPOR!'s file of 21 columns: what a row means here, and how a complaint of ours is written as a row.

A row keeps everything but the filer's name, which is dropped when it is read. Its clock is not judged: only the day
of filing is known. "Ditutup oleh Sistem" means ten working days of silence, so it is never counted as solved.
"""

import csv
import hashlib
import hmac
import io
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from cettar_site.base.cells import guarded, unguarded
from cettar_site.base.errors import Problem, Refused
from cettar_site.base.period import WIB, in_wib
from cettar_site.base.words import mark
from cettar_site.complaints.rules import Case, Kind, Shown, State
from cettar_site.complaints.rules_filing import EARLIEST, LONGEST_PLACE, clean
from cettar_site.complaints.rules_view import agency_name
from cettar_site.jatim import agencies, categories, districts, regions
from cettar_site.jatim.tables import fold

NAME = "Nama Pelapor"
COLUMNS = (
    "Tracking ID", "Tanggal Laporan Masuk", "Waktu Laporan Masuk", NAME, "Klasifikasi Laporan", "ID Kategori",
    "Kategori", "Judul Laporan", "Isi Laporan Awal", "Isi Laporan Akhir", "Tipe Laporan (Anonim/Rahasia)",
    "Sumber Laporan", "Instansi Induk", "ID Instansi Terdisposisi", "Instansi Terdisposisi", "Status Laporan",
    "Alasan Tunda/Arsip", "Provinsi", "Kota/Kabupaten", "Kecamatan", "Kelurahan")
TRACKING, DAY, TIME, TITLE, FIRST, LAST, TYPE, STATUS = (COLUMNS[at] for at in (0, 1, 2, 7, 8, 9, 10, 15))
PARENT, AGENCY, REGION, DISTRICT, VILLAGE = (COLUMNS[at] for at in (12, 14, 18, 19, 20))
UNVERIFIED, INCOMPLETE, BLOCKED = "Belum Terverifikasi", "Menunggu Kelengkapan Informasi", "Konten Terblokir"
ENDED = ("Ditutup oleh ", "Diarsipkan oleh ")
_MONTHS = {name: number for number, names in enumerate((
    "jan januari january", "feb februari february", "mar maret march", "apr april", "mei may", "jun juni june",
    "jul juli july", "agu ags agt agustus aug august", "sep sept september", "okt oktober oct october",
    "nov november nop nopember", "des desember dec december"), 1) for name in names.split()}
_DAY_WORDS = re.compile(r"(\d{1,2})[ -]([A-Za-z]+)[ -](\d{4})", re.ASCII)
_DAY_NUMBERS = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?", re.ASCII)
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./_-]{0,31}")
LONGEST_TAKEN = 10_000
"""Letters of a story that are read here; its row keeps them all."""
_SAYS_OPEN = frozenset({"biasa", "normal", "publik", "umum", "terbuka", "tidak"})
_SAYS_ANONYMOUS = frozenset({"anonim"})
_NO_ID = mark("Baris ini tidak punya Tracking ID.")
_NO_DAY = mark("Tanggal laporan masuk tidak terbaca.")
_NO_TEXT = mark("Laporan ini tidak berisi cerita.")
_TIMES = Counter(fold(topic.name) for topic in categories.ALL)
_TOPICS = {fold(topic.name): topic.code for topic in categories.ALL if _TIMES[fold(topic.name)] == 1}
_AGENCIES = {fold(name): one.code for one in agencies.ALL for name in (one.name, one.abbr, one.code) if name}
OWN = {
    State.TRIAGE: UNVERIFIED, State.WAITING: "Diproses Instansi", State.ANSWERED: "Ditindaklanjuti",
    State.CLAIMED: "Ditindaklanjuti", State.DISPUTED: "Diproses Instansi", State.CONFIRMED: "Ditutup oleh Pelapor",
    State.REJECTED: "Diarsipkan oleh Admin", State.FORWARDED: "Ditindaklanjuti",
    State.WITHDRAWN: "Diarsipkan oleh Pelapor", State.CLOSED: "Ditutup oleh Sistem"}
MOVED_HERE = frozenset({State.CONFIRMED, State.WITHDRAWN, State.REJECTED})
"""What happened to a taken-over complaint here that its row must say."""

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Taken:
    """What a row means here. `agency_code` is ours or a regency's government; empty: the triage desk decides."""

    tracking_id: str
    filed_at: datetime
    shown: Shown
    text: str
    category_code: str
    region_code: str
    district_code: str
    place: str
    agency_code: str
    closed: str
    """By whom it was ended there, as the event's detail; empty while it is open."""
    asked: bool


def without_name(values: Mapping[str, str]) -> Row:
    """The 21 values of a row, the name dropped, nothing else touched but surrounding space."""
    return {name: "" if name == NAME else unguarded(values.get(name, "")).strip() for name in COLUMNS}


def taken(row: Row, now: datetime) -> Taken:
    """What a row means. Raises Refused, its problems named by column."""
    problems: list[Problem] = []
    filed_at = _moment(row[DAY], row[TIME])
    text = _text(row)
    if _ID.fullmatch(row[TRACKING]) is None:
        problems.append(Problem(TRACKING, _NO_ID))
    if filed_at is None or filed_at > now or filed_at.date() < EARLIEST:
        problems.append(Problem(DAY, _NO_DAY))
    if not text:
        problems.append(Problem(LAST, _NO_TEXT))
    if problems or filed_at is None:
        raise Refused(tuple(problems))
    region = regions.by_name(row[REGION])
    district = _district(region.code, row[DISTRICT]) if region else ""
    status, village = clean(row[STATUS]), " ".join(clean(row[VILLAGE]).split())
    closed = next((status.removeprefix(start).strip().lower() for start in ENDED if status.startswith(start)), "")
    closed = "konten terblokir" if status == BLOCKED else closed
    topic = _TOPICS.get(fold(row["Kategori"].split(">")[-1]), "")
    return Taken(row[TRACKING], filed_at, _shown(row[TYPE]), text, topic,
                 region.code if region else "", district, village and f"Desa/Kel. {village}"[:LONGEST_PLACE],
                 _agency(row), closed[:48], status == INCOMPLETE)


def mark_of(secret: bytes, row: Row) -> bytes:
    """By what a changed row is recognised; keyed, because texts can be guessed."""
    return hmac.digest(secret, b"cettar/lapor/v1\0" + json.dumps(row, sort_keys=True).encode(), hashlib.sha256)


def exported(case: Case, raw: Row | None) -> Row:
    """A complaint as a row: as it came (with what happened here since), or one of ours in their words.

    `case` is whole; of an erased one no words are left.
    """
    request, state = case.request, case.life.state
    if raw is not None and len(raw) == len(COLUMNS):
        return raw | ({STATUS: OWN[state]} if state in MOVED_HERE else {})
    written, local = case.writing(1), in_wib(request.filed_at)
    topic, region = categories.by_code(request.category_code), regions.by_code(request.region_code)
    district = districts.by_code(request.district_code)
    text = written.text if written else ""
    paused = case.life.pause is not None and state in (State.TRIAGE, State.WAITING)
    return dict(zip(COLUMNS, (
        (raw or {}).get(TRACKING, request.number), local.strftime("%Y-%m-%d"), local.strftime("%H:%M"), "",
        "Pengaduan Tidak Berkadar Pengawasan", request.category_code, topic.name if topic else "",
        " ".join(text.split())[:80], text, text, _type(request.shown), "CETTAR", "Pemerintah Provinsi Jawa Timur",
        case.life.agency_code, agency_name(case.life.agency_code), INCOMPLETE if paused else OWN[state], "",
        "Jawa Timur", region.name if region else "", district.name if district else "", ""), strict=True))


def line(row: Row) -> str:
    """A row as a line of CSV (RFC 4180), guarded against being taken for a formula."""
    text = io.StringIO()
    csv.writer(text).writerow([guarded(row.get(name, "")) for name in COLUMNS])
    return text.getvalue()


HEAD = ",".join(COLUMNS) + "\r\n"


def events_after(one: Taken) -> tuple[tuple[Kind, str, str], ...]:
    """What is known to have happened there: kind, agency, detail, in order."""
    found: list[tuple[Kind, str, str]] = []
    known = agencies.by_code(one.agency_code)
    if one.asked:
        found.append((Kind.ASKED, "", ""))
    elif known is not None:
        found.append((Kind.ROUTED if known.is_provincial else Kind.FORWARDED, known.code, "lapor"))
    if one.closed:
        found.append((Kind.CLOSED, "", one.closed))
    return tuple(found)


def _type(shown: Shown) -> str:
    return {Shown.OPEN: "", Shown.ANONYMOUS: "Anonim", Shown.CONFIDENTIAL: "Rahasia"}[shown]


def _shown(typed: str) -> Shown:
    """Open or anonymous only where nothing else is said: what we don't understand may mean secret."""
    text = fold(clean(typed))
    said = frozenset(re.findall(r"\w+", text))
    if not said <= _SAYS_OPEN | _SAYS_ANONYMOUS or (not said and text not in ("", "-")):
        return Shown.CONFIDENTIAL
    return Shown.ANONYMOUS if said & _SAYS_ANONYMOUS else Shown.OPEN


def _text(row: Row) -> str:
    title, said = clean(row[TITLE]), clean(row[LAST] or row[FIRST])
    repeated = said.casefold().startswith(title.casefold().rstrip(" .…"))
    whole = said if not title or repeated else f"{title}\n\n{said}".strip()
    return whole if len(whole) <= LONGEST_TAKEN else f"{whole[:LONGEST_TAKEN]} …"


def _agency(row: Row) -> str:
    """Ours by its exact name; else the regency's government that the parent names; else nobody yet."""
    code = _AGENCIES.get(fold(row[AGENCY]), "")
    if code:
        return code
    parent = fold(row[PARENT])
    return _AGENCIES.get(parent, "") if parent.startswith(("pemerintah kab", "pemerintah kota")) else ""


def _district(region_code: str, name: str) -> str:
    wanted = fold(name)
    return next((one.code for one in districts.of(region_code) if fold(one.name) == wanted), "")


def _moment(day: str, clock: str) -> datetime | None:
    found = _date(day)
    if found is None:
        return None
    hours = _CLOCK.search(clock) or _CLOCK.search(day[10:])
    try:
        at = time(int(hours[1]), int(hours[2])) if hours else time()
    except ValueError:
        at = time()
    return datetime.combine(found, at, WIB)


def _date(text: str) -> date | None:
    try:
        if words := _DAY_WORDS.match(text):
            return date(int(words[3]), _MONTHS.get(words[2].casefold(), 0), int(words[1]))
        if numbers := _DAY_NUMBERS.match(text):
            return date(int(numbers[3]), int(numbers[2]), int(numbers[1]))
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
