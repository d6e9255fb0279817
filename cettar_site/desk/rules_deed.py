"""What an officer means by a form: the event it becomes, checked field by field; and whether it could happen now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cettar_site.base.errors import Conflict, Problem, Refused
from cettar_site.base.words import mark
from cettar_site.complaints.rules import CENTRE, Case, Event, Kind, Life
from cettar_site.complaints.rules_filing import MOST_PHOTOS, clean
from cettar_site.complaints.rules_life import step
from cettar_site.complaints.rules_number import parse_number
from cettar_site.complaints.rules_view import REASONS_HIDDEN
from cettar_site.desk.rules import LONGEST, SHORTEST
from cettar_site.desk.rules_matrix import KINDS, Act
from cettar_site.jatim import agencies

LONGEST_PLAN = timedelta(days=366)
LONGEST_BODY = 48
LONGEST_WHERE = 300
REASONS_REJECTED: dict[str, str] = {
    "not_service": mark("Bukan urusan pelayanan pemerintah"), "court": mark("Sedang diperiksa pengadilan"),
    "done": mark("Sudah pernah diputus atau diselesaikan"), "unclear": mark("Tidak cukup jelas untuk dikerjakan"),
    "not_ours": mark("Urusan lembaga lain yang bukan pemerintah")}
WITH_WORDS = frozenset({Act.ANSWER, Act.PLAN, Act.ASK, Act.CLAIM, Act.OFFER, Act.DECLINE, Act.REJECT, Act.NOTE,
                        Act.CONTRIBUTE, Act.HIDE, Act.AUDIT})
"""Acts that need words."""
MAY_HAVE_WORDS = WITH_WORDS | {Act.FORWARD}
WEIGHED = frozenset({Act.ANSWER, Act.PLAN, Act.ASK, Act.CLAIM, Act.REJECT})
"""Acts whose words are compared with stock phrases, templates and the agency's other replies."""

_EMPTY = mark("Tulis dulu isinya.")
_SHORT = mark("Tulisannya terlalu pendek, paling sedikit 20 huruf.")
_LONG = mark("Tulisannya terlalu panjang, paling banyak 4.000 huruf.")
_NO_DAY = mark("Pilih tanggal sesudah hari ini, paling lama setahun lagi.")
_NO_AGENCY = mark("Pilih instansi tujuan.")
_SAME = mark("Instansi ini sudah memegangnya. Pilih yang lain.")
_NO_UNIT = mark("Pilih satu unit dari instansi Anda.")
_NO_PLACE = mark("Pilih kabupaten, kota, atau pemerintah pusat.")
_NO_BODY = mark("Tulis lembaga pusat yang dituju, paling banyak 48 huruf.")
_NO_REASON = mark("Pilih alasannya.")
_NO_WHERE = mark("Tulis ke mana warga bisa pergi, paling banyak 300 huruf.")
_NO_NUMBER = mark("Nomor ini tidak lengkap atau salah ketik. Bentuknya JTM, lalu dua kelompok berisi empat.")
_ITSELF = mark("Aduan tidak bisa digabung dengan dirinya sendiri.")
_NO_VERDICT = mark("Pilih hasil pemeriksaan.")


@dataclass(frozen=True, slots=True)
class Meant:
    """What a form means: the event's kind, agency and detail, the words, the evidence."""

    kind: Kind
    agency_code: str = ""
    detail: str = ""
    text: str = ""
    photos: tuple[str, ...] = ()


def meant(act: Act, typed: Mapping[str, str], case: Case, own: str, today: date) -> Meant:
    """What a form means for a complaint; `own` is the officer's agency, `today` in WIB. Raises Refused."""
    problems: list[Problem] = []
    text = _words(act, typed.get("text", ""), problems)
    holder = case.life.agency_code
    agency, detail, photos = holder, "", tuple[str, ...]()
    if act is Act.PLAN:
        detail = _day(typed.get("day", ""), today, problems)
    elif act in (Act.ROUTE, Act.OFFER):
        agency, detail = _agency(typed.get("to", ""), case, problems), "desk" if act is Act.ROUTE else ""
    elif act is Act.ASSIGN:
        agency = _unit(typed.get("to", ""), holder, problems)
    elif act is Act.FORWARD:
        agency, detail = _outside(typed, problems)
    elif act in (Act.REJECT, Act.HIDE):
        detail = _reason(typed.get("reason", ""), REASONS_REJECTED if act is Act.REJECT else REASONS_HIDDEN, problems)
        text = _with_place(text, typed.get("where", ""), problems) if act is Act.REJECT else text
    elif act is Act.MERGE:
        detail = _number(typed.get("number", ""), case, problems)
    elif act is Act.AUDIT:
        agency, detail = own, _verdict(typed.get("verdict", ""), problems)
    elif act in (Act.ACCEPT, Act.DECLINE, Act.CONTRIBUTE, Act.NOTE):
        agency = own
    elif act is Act.CLAIM:
        photos = tuple(dict.fromkeys(typed.get("photos", "").split()))[:MOST_PHOTOS]
    if problems:
        raise Refused(tuple(problems))
    return Meant(KINDS[act], agency, detail, text, photos)


def possible(life: Life, act: Act, own: str, now: datetime) -> bool:
    """Whether this could happen now, whatever is filled in; the matrix is asked apart."""
    sample = {Act.PLAN: "2000-01-01", Act.MERGE: "JTM", Act.HIDE: "abuse", Act.AUDIT: "pass", Act.REJECT: "court"}
    agency = {Act.ROUTE: "PEMPROV", Act.FORWARD: CENTRE, Act.OFFER: "?", Act.ASSIGN: "?", Act.ACCEPT: own,
              Act.DECLINE: own, Act.CONTRIBUTE: own, Act.AUDIT: own}
    if act is Act.ASSIGN and not units_left(life):
        return False
    event = Event(life.seq + 1, KINDS[act], max(now, life.moved_at), "", agency.get(act, life.agency_code),
                  sample.get(act, ""))
    try:
        step(life, event)
    except Conflict:
        return False
    return True


def units_left(life: Life) -> tuple[agencies.Agency, ...]:
    """The units of the holder that do not work on it yet."""
    return tuple(one for one in agencies.PROVINCIAL
                 if one.parent == life.agency_code and one.code not in life.units)


def _words(act: Act, typed: str, problems: list[Problem]) -> str:
    text = clean(typed) if act in MAY_HAVE_WORDS else ""
    if not text and act in WITH_WORDS:
        problems.append(Problem("text", _EMPTY))
    elif 0 < len(text) < SHORTEST and act is not Act.NOTE:
        problems.append(Problem("text", _SHORT))
    elif len(text) > LONGEST:
        problems.append(Problem("text", _LONG))
    return text


def _day(typed: str, today: date, problems: list[Problem]) -> str:
    try:
        day = date.fromisoformat(typed.strip())
    except ValueError:
        day = today
    if not today < day <= today + LONGEST_PLAN:
        problems.append(Problem("day", _NO_DAY))
    return day.isoformat()


def _agency(typed: str, case: Case, problems: list[Problem]) -> str:
    found = agencies.by_code(typed.strip())
    if found is None or not found.is_provincial:
        problems.append(Problem("to", _NO_AGENCY))
    elif found.code == case.life.agency_code and not case.life.custody.triage:
        problems.append(Problem("to", _SAME))
    return typed.strip()


def _unit(typed: str, holder: str, problems: list[Problem]) -> str:
    found = agencies.by_code(typed.strip())
    if found is None or found.parent != holder:
        problems.append(Problem("to", _NO_UNIT))
    return typed.strip()


def _outside(typed: Mapping[str, str], problems: list[Problem]) -> tuple[str, str]:
    """A regency's or city's government, or the centre with its body."""
    code, body = typed.get("to", "").strip(), " ".join(clean(typed.get("body", "")).split())
    if code == CENTRE:
        if not 3 <= len(body) <= LONGEST_BODY:
            problems.append(Problem("body", _NO_BODY))
        return CENTRE, body
    found = agencies.by_code(code)
    if found is None or found.is_provincial:
        problems.append(Problem("to", _NO_PLACE))
    return code, ""


def _reason(typed: str, known: Mapping[str, str], problems: list[Problem]) -> str:
    if typed not in known:
        problems.append(Problem("reason", _NO_REASON))
    return typed


def _with_place(text: str, typed: str, problems: list[Problem]) -> str:
    """The words of a refusal with where to go now, which it must say."""
    where = " ".join(clean(typed).split())
    if not 3 <= len(where) <= LONGEST_WHERE:
        problems.append(Problem("where", _NO_WHERE))
    return f"{text}\n\nKe mana sekarang: {where}"


def _number(typed: str, case: Case, problems: list[Problem]) -> str:
    number = parse_number(typed)
    if number is None:
        problems.append(Problem("number", _NO_NUMBER))
    elif number == case.request.number:
        problems.append(Problem("number", _ITSELF))
    return number or ""


def _verdict(typed: str, problems: list[Problem]) -> str:
    if typed not in ("pass", "fail"):
        problems.append(Problem("verdict", _NO_VERDICT))
    return typed
