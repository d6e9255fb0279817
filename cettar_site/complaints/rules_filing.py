"""What may be filed, to whom it goes, and how a filing is recognised when it is sent twice."""

import hashlib
import hmac
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cettar_site.base.errors import Problem, Refused
from cettar_site.base.words import mark
from cettar_site.complaints.rules import Shown
from cettar_site.jatim import categories, districts, regions
from cettar_site.jatim.tables import fold

SHORTEST = 20
LONGEST = 4000
LONGEST_PLACE = 200
EARLIEST = date(2000, 1, 1)
UNKNOWN = "?"
"""What the form sends for "belum tahu"; an empty category means the same."""

FIELDS = ("text", "category", "region", "district", "place", "position", "happened_on", "visibility", "name",
          "contact", "photos")
MOST_PHOTOS = 3
LONGEST_NAME = 80
LONGEST_CONTACT = 254
MOST_MARKS = 8
# The province's box, Bawean, Masalembu and Kangean included: degrees south, north, west, east.
BOX = (-9.2, -5.0, 110.8, 116.8)

# Invisible characters that break a line of text, reorder it, end it or fill it with nothing: controls but newline and
# tab, marks of direction, separators, fillers, tags. The joiners that scripts and emoji need (U+200C, U+200D) stay.
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e"
                        "\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffc\U0001d173-\U0001d17a"
                        "\U000e0000-\U000e0fff]")
_BLANK_LINES = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")
_DISTRICT = re.compile(r"^(?:kec\.|kec|kecamatan)\s+")
_RANDOM_UUID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
# What HTML takes for an address, with a dot in its domain, and can stand on a letter as it is: no dots at the ends or
# side by side, nothing that reads as an encoded word. Letters beyond ASCII few mail servers can carry.
_ATOM, _LABEL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+", "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_EMAIL = re.compile(rf"(?!=\?|[^@]{{65}}){_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+(?=[A-Za-z]){_LABEL}")
_POSITION = re.compile(r"(-?\d{1,2}(?:\.\d{1,8})?),\s*(\d{2,3}(?:\.\d{1,8})?)", re.ASCII)
_PHOTO = re.compile("[0-9a-f]{32}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

_EMPTY = mark("Ceritakan apa yang terjadi.")
_SHORT = mark("Ceritakan sedikit lebih lengkap, paling sedikit 20 huruf.")
_LONG = mark("Ceritanya terlalu panjang. Paling banyak 4.000 huruf; bagian terpentingnya saja sudah cukup.")
_NO_REGION = mark("Pilih kabupaten atau kota tempat kejadian.")
_NO_CATEGORY = mark("Pilih topik dari daftar, atau pilih “Belum tahu”.")
_NO_DISTRICT = mark("Kecamatan itu tidak ada di kabupaten atau kota yang dipilih. Periksa ejaannya, atau "
                    "kosongkan.")
_LONG_PLACE = mark("Keterangan tempat terlalu panjang, paling banyak 200 huruf.")
_NO_DAY = mark("Tulis tanggal yang ada di kalender, atau kosongkan.")
_FUTURE = mark("Tanggal kejadian belum tiba. Tulis hari ini atau sebelumnya.")
_LONG_AGO = mark("Tulis tanggal sesudah tahun 1999, atau kosongkan.")
_NO_CHOICE = mark("Pilih siapa yang boleh membaca cerita Anda.")
_NO_POSITION = mark("Titik itu tidak terbaca, atau di luar Jawa Timur. Hapus titiknya, lalu tulis tempatnya.")
_LONG_NAME = mark("Nama terlalu panjang, paling banyak 80 huruf.")
_NO_CONTACT = mark("Alamat surel ini belum lengkap. Contohnya nama@contoh.id. Boleh juga dikosongkan.")
NO_PHOTO = mark("Foto ini tidak kami temukan lagi. Pilih fotonya sekali lagi.")
MANY_PHOTOS = mark("Paling banyak tiga foto.")
_NO_KEY = mark("Kunci kiriman hilang. Muat ulang halaman ini, lalu kirim lagi.")

AT_ONCE = {"empty": _EMPTY, "short": _SHORT, "long": _LONG, "region": _NO_REGION, "future": _FUTURE}
"""What a form may say before it asks here."""


_DISTRICTS = {(district.region_code, spelling): district.code for district in districts.ALL
              for spelling in (district.code, fold(district.name))}


@dataclass(frozen=True, slots=True)
class Filing:
    """A complaint that may be accepted. Empty codes and places mean "not said"."""

    text: str
    shown: Shown
    category_code: str
    region_code: str
    district_code: str = ""
    place: str = ""
    happened_on: date | None = None
    position: tuple[float, float] | None = None
    """Degrees north and east (WGS 84), as the phone gave them."""
    name: str = ""
    contact: str = ""
    photos: tuple[str, ...] = ()
    """The ids of photos that were sent before."""


@dataclass(frozen=True, slots=True)
class Destination:
    """To whom a complaint goes at once, and how that was found; no agency: the triage desk decides."""

    agency_code: str = ""
    detail: str = ""
    near: tuple[tuple[str, float], ...] = ()
    """Who may be in charge, the likeliest first, with how sure that is (0 to 1)."""
    by: str = ""
    """Which version of the sorting said so; empty: none was asked."""


def _few_marks(text: str) -> str:
    """The text with no more marks over a letter than any script has; ordering them takes the square of their number."""
    if text.isascii():
        return text
    letters, marks = [], 0
    for letter in text:
        marks = marks + len(unicodedata.normalize("NFD", letter)) if unicodedata.combining(letter) else 0
        if marks <= MOST_MARKS:
            letters.append(letter)
    return "".join(letters)


def clean(text: str) -> str:
    """The text as it is kept: NFC, newlines as LF, nothing invisible, few marks, at most one blank line in a row."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode("utf-8")
    text = unicodedata.normalize("NFC", _few_marks(_INVISIBLE.sub("", text)))
    return _BLANK_LINES.sub("\n\n", text).strip()


def check_filing(raw: Mapping[str, str], today: date, found: Sequence[Problem] = ()) -> Filing:
    """The filing that `raw` (named as in FIELDS) means; `today` in WIB. Raises Refused with every problem.

    `found` are problems that were noticed before: photos that could not be taken.
    """
    problems = list(found)
    text = clean(raw.get("text", ""))
    if not text:
        problems.append(Problem("text", _EMPTY))
    elif len(text) < SHORTEST:
        problems.append(Problem("text", _SHORT))
    elif len(text) > LONGEST:
        problems.append(Problem("text", _LONG))
    category = raw.get("category", "").strip()
    category = "" if category == UNKNOWN else category
    known = categories.by_code(category)
    if category and not (known and known.active):
        problems.append(Problem("category", _NO_CATEGORY))
    region = raw.get("region", "").strip()
    if regions.by_code(region) is None:
        problems.append(Problem("region", _NO_REGION))
    district = _district(raw.get("district", ""), region, problems)
    place = " ".join(clean(raw.get("place", "")).split())
    if len(place) > LONGEST_PLACE:
        problems.append(Problem("place", _LONG_PLACE))
    happened_on = _day(raw.get("happened_on", "").strip(), today, problems)
    shown = raw.get("visibility", "").strip()
    if shown not in tuple(Shown):
        problems.append(Problem("visibility", _NO_CHOICE))
    filer = _filer(raw, shown, problems)
    position = _position(raw.get("position", "").strip(), problems)
    photos = _photos(raw.get("photos", ""), problems)
    if problems:
        raise Refused(tuple(problems))
    return Filing(text, Shown(shown), category, region, district, place, happened_on, position, *filer, photos)


def _filer(raw: Mapping[str, str], shown: str, problems: list[Problem]) -> tuple[str, str]:
    """The name that the agency may see (only where the filer chose so), and the address for notices."""
    name, contact = " ".join(clean(raw.get("name", "")).split()), raw.get("contact", "").strip()
    if len(name) > LONGEST_NAME:
        problems.append(Problem("name", _LONG_NAME))
    if contact and not is_address(contact):
        problems.append(Problem("contact", _NO_CONTACT))
    return name if shown == Shown.OPEN else "", contact.lower()


def is_address(text: str) -> bool:
    """Whether a letter could be sent to this address."""
    return len(text) <= LONGEST_CONTACT and _EMAIL.fullmatch(text) is not None


def check_address(text: str) -> str:
    """An address for notices, as it is kept. Raises Refused."""
    if not is_address(text.strip()):
        raise Refused((Problem("contact", _NO_CONTACT),))
    return text.strip().lower()


def _position(typed: str, problems: list[Problem]) -> tuple[float, float] | None:
    if not typed:
        return None
    found = position_of(typed)
    if found is None:
        problems.append(Problem("position", _NO_POSITION))
    return found


def position_of(typed: str) -> tuple[float, float] | None:
    """The position that was typed as degrees north and east; None for anything else, and outside the province."""
    found = _POSITION.fullmatch(typed)
    south, north, west, east = BOX
    if found is not None:
        lat, lon = float(found[1]), float(found[2])
        if south <= lat <= north and west <= lon <= east:
            return lat, lon
    return None


def _photos(typed: str, problems: list[Problem]) -> tuple[str, ...]:
    """The ids of photos, written with spaces between."""
    ids = tuple(dict.fromkeys(typed.split()))
    if len(ids) > MOST_PHOTOS:
        problems.append(Problem("photos", MANY_PHOTOS))
    elif any(_PHOTO.fullmatch(one) is None for one in ids):
        problems.append(Problem("photos", NO_PHOTO))
    return ids


def _district(typed: str, region: str, problems: list[Problem]) -> str:
    """The code of a district of the region, given by code or by name; an unknown region is blamed alone."""
    typed = " ".join(clean(typed).split())
    if not typed or regions.by_code(region) is None:
        return ""
    code = district_of(typed, region)
    if code is None:
        problems.append(Problem("district", _NO_DISTRICT))
    return code or ""


def district_of(typed: str, region: str) -> str | None:
    """The code of a region's district, given by code or by name; None where it has no such district."""
    return _DISTRICTS.get((region, _DISTRICT.sub("", fold(typed))))


def _day(typed: str, today: date, problems: list[Problem]) -> date | None:
    if not typed:
        return None
    try:
        day = date.fromisoformat(typed) if _DAY.fullmatch(typed) else None
    except ValueError:
        day = None
    if day is None:
        problems.append(Problem("happened_on", _NO_DAY))
    elif day > today:
        problems.append(Problem("happened_on", _FUTURE))
    elif day < EARLIEST:
        problems.append(Problem("happened_on", _LONG_AGO))
    return day


def check_key(text: str) -> str:
    """The idempotency key in its one spelling. Raises Refused when it is not a random UUID (122 bits)."""
    key = text.strip().lower()
    if _RANDOM_UUID.fullmatch(key) is None:
        raise Refused((Problem("key", _NO_KEY),))
    return key


def route(category_code: str) -> Destination:
    """To which agency a topic goes that no other level of government may claim; else the triage desk decides."""
    category = categories.by_code(category_code)
    if category is None or category.other_level:
        return Destination()
    return Destination(category.agency_code, "category")


def fingerprint(secret: bytes, filing: Filing) -> bytes:
    """What two sendings of one filing share; keyed, because a bare hash of a short text can be guessed."""
    parts = (filing.text, filing.shown, filing.category_code, filing.region_code, filing.district_code,
             filing.place, filing.happened_on.isoformat() if filing.happened_on else "", filing.position,
             filing.name, filing.contact, filing.photos)
    return hmac.digest(secret, b"cettar/filing/v2\0" + json.dumps(parts).encode(), hashlib.sha256)
