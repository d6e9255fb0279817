"""Invented people whose every trace can be found again, wherever it may have come to lie.

Each trace is made so that one pattern finds them all: who it belongs to stands in it. What is looked for where is
said by the tests (tests/browser/test_canaries.py).
"""

import http.client
import json
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cettar_site.complaints.rules import Shown
from tests.canaries_photo import in_parts, photo_of
from tests.site import HOST, Site

NUMBER = re.compile(r"JTM-\w{4}-\w{4}")
CODE = re.compile(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}")
LETTERS = "bdfghklmprst"
KINDS = {"n": "name", "m": "email", "h": "home", "w": "words", "a": "agent", "r": "referer", "f": "file"}
_TRACE = re.compile(
    rf"zqx(?P<kind>[{''.join(KINDS)}])(?P<of>[{LETTERS}]{{4}})|(?P<nik>351899\d{{2}}1090\d{{4}})"
    r"|0812[ -]?73(?P<phone>\d\d[ -]?\d{3})9|(?P<network>100\.6[4-9]\.\d{1,3})\.77|-7\.6(?P<position>\d{5})(?!\d)",
    re.IGNORECASE)
# Names as they are given; some stand in our lists, some do not. The family's name is the trace.
GIVEN = ("Siti", "Bambang", "Kevin", "Sulastri", "Jessica", "Moh.", "Yohanes", "Dewi", "Sutrisno", "Gede", "Wahyu",
         "Marthen", "Nurul", "Eko", "Hosniyah", "Robert", "Paijem", "Clarissa")


@dataclass(frozen=True, slots=True)
class Story:
    """How somebody tells it; `cued` when the name stands where names are expected."""

    text: str
    cued: bool = True


STORIES = (
    Story("Nama saya {name}, NIK {nik}. Bantuan di Desa Sukomoro dipotong perangkat, {words}."),
    Story("Rumah saya di {home} kebanjiran karena saluran mampet, {words}. Hubungi {phone}."),
    Story("Pak {name} di loket meminta uang Rp50.000, {words}. Buktinya saya kirim ke {email}."),
    Story("Obat di puskesmas habis sejak Senin, {words}. Hubungi {phone} atau {email}.\nHormat saya,\n{name}"),
    Story("Anak saya {name} ditolak di RSUD Dr. Soetomo, {words}. NIK {nik}, HP {phone}."),
    Story("Saya tinggal di {home}. Pabrik di Jalan Raya Sukomoro berasap tiap malam, {words}. WA {phone}"),
    Story("Sertifikat atas nama {name} hilang di kantor desa, {words}. Surel saya {email}."),
    Story("Jenengku {name}, omahku {home}. Dalan ngarep pasar bolong, {words}."),
    Story("Kemarin {name} datang ke balai desa, tetapi jalannya tetap rusak, {words}.", cued=False),
    Story("Jalan di depan pasar dijaga orang bernama {name}, {words}. NIK saya {nik}."),
    Story("Menurut {family} dan warga lain, lampu jalan mati sejak bulan lalu, {words}."),
    Story("Pupuk ditimbun oleh {name}, pemilik kios dekat pasar, {words}. Kontak {phone}."),
    Story("Di ujung gang ada {name} yang membakar sampah tiap sore, {words}.", cued=False),
    Story("{name} tidak pernah masuk kantor tetapi tetap digaji, {words}. Bukti ada pada {email}.", cued=False),
    Story("Tanyakan saja pada {family}, semua tahu jembatan itu retak, {words}.", cued=False),
)


@dataclass(frozen=True, slots=True)
class Canary:
    """One invented filer; `at` is its number, from which all its traces are made."""

    at: int
    shown: Shown

    def trace(self, kind: str) -> str:
        """The word that belongs to this one alone, of a kind (a letter of KINDS)."""
        first, *rest = (LETTERS[self.at // len(LETTERS) ** place % len(LETTERS)] for place in range(3))
        return f"zqx{kind}{LETTERS[0]}{first}{''.join(rest)}"

    @property
    def story(self) -> Story:
        """How it tells its complaint."""
        return STORIES[self.at % len(STORIES)]

    @property
    def facts(self) -> dict[str, str]:
        """What could give it away."""
        family = self.trace("n").capitalize()
        return {"family": family, "name": f"{GIVEN[(self.at * 7 + self.at // 12) % len(GIVEN)]} {family}",
                "nik": f"351899{self.at % 28 + 1:02}1090{self.at:04}",
                "phone": f"0812-73{self.at // 1000:02}-{self.at % 1000:03}9",
                "email": f"{self.trace('m')}@contoh.id", "words": self.trace("w"),
                "home": f"Jl. {self.trace('h').capitalize()} No. {self.at % 90 + 1} RT 0{self.at % 9 + 1} RW 02"}

    @property
    def form(self) -> dict[str, str]:
        """What it writes into the form."""
        facts = self.facts
        return {"text": self.story.text.format_map(facts), "category": ("S08", "S04", "")[self.at % 3],
                "region": "35.18", "district": "", "happened_on": "", "visibility": self.shown,
                "place": ("depan pasar", facts["home"], "")[self.at % 3], "name": facts["name"],
                "contact": facts["email"], "position": f"-7.6{self.at:05},111.9{self.at:05}"}

    @property
    def photo(self) -> bytes:
        """What it took with its phone."""
        return photo_of(self.at, self.form["position"], self.facts["name"], self.trace("f"))

    @property
    def headers(self) -> dict[str, str]:
        """What its browser says."""
        return {"X-Forwarded-For": f"100.{64 + self.at // 200}.{self.at % 200}.77",
                "User-Agent": f"Mozilla/5.0 ({self.trace('a')})",
                "Referer": f"http://{HOST}/{self.trace('r')}"}


@dataclass(frozen=True, slots=True)
class Filed:
    """A canary's complaint."""

    canary: Canary
    number: str
    code: str


class Sender:
    """Sends as a browser or a program would, over one kept connection."""

    def __init__(self, site: Site) -> None:
        self.connection = http.client.HTTPConnection(HOST, site.port, timeout=60)

    def post(self, path: str, body: bytes, kind: str, headers: Mapping[str, str]) -> tuple[int, str]:
        """The status and the text of an answer."""
        self.connection.request("POST", path, body, {"Content-Type": kind, **headers})
        answer = self.connection.getresponse()
        return answer.status, answer.read().decode()

    def file(self, canary: Canary) -> Filed:
        """File a canary's complaint with a photo, by form or as a program, in turn."""
        key, fields, photo = str(uuid.uuid4()), dict(canary.form), canary.photo
        if canary.at % 2:
            status, said = self.post("/aduan/foto", photo, "image/jpeg", canary.headers)
            assert status == 201, said
            status, said = self.post("/api/v1/complaints", json.dumps(fields | {
                "photos": json.loads(said)["id"]}).encode(), "application/json", {"Idempotency-Key": key,
                                                                                  **canary.headers})
        else:
            body, kind = in_parts({**fields, "key": key}, photo, f"{canary.trace('f')}.jpg")
            status, said = self.post("/aduan", body, kind, canary.headers)
        number, code = NUMBER.search(said), CODE.search(said)
        assert status == 201 and number and code, said
        return Filed(canary, number[0], code[0])


Traces = dict[tuple[str, int], int]


def traces(data: bytes | str) -> Traces:
    """Which traces lie in some data, kind and whose, and how often."""
    text = data if isinstance(data, str) else data.decode("latin-1")
    found: Traces = {}
    for one in _TRACE.finditer(text):
        kind = KINDS[one["kind"].lower()] if one["kind"] else str(one.lastgroup)
        key = (kind, _whose(kind, one[one.lastgroup or 0], one["of"] or ""))
        found[key] = found.get(key, 0) + 1
    return found


def _whose(kind: str, said: str, word: str) -> int:
    if word:
        first, second, third = (LETTERS.index(letter) for letter in word.lower()[1:])
        return first + second * len(LETTERS) + third * len(LETTERS) ** 2
    digits = "".join(filter(str.isdigit, said))
    if kind == "nik":
        return int(digits[-4:])
    if kind == "network":
        block, row = said.split(".")[1:]
        return (int(block) - 64) * 200 + int(row)
    return int(digits)


def in_files(folders: Iterable[Path]) -> Traces:
    """Which traces lie in any file of some folders."""
    found: Traces = {}
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file():
                for key, n in traces(path.read_bytes()).items():
                    found[key] = found.get(key, 0) + n
    return found
