"""Five hundred people with canaries in all they write and send: where do these come to lie?

Public is what anybody can read: every address of the route table, where their links lead, what live pages are sent.
The same checks are shown a log line, an unmasked row and an erasing that forgets the salt, and must find each.
"""

import http.client
import io
import logging
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from cettar_site.complaints import actions_citizen, store_read
from cettar_site.complaints.actions_happen import Deed, happen
from cettar_site.complaints.rules import Kind, Shown
from cettar_site.complaints.rules_notice import token_of
from cettar_site.complaints.rules_number import code_hash
from cettar_site.infra import clock, log
from cettar_site.infra.backup import FOLDER, KEPT, made_at, prune
from cettar_site.infra.db import Database
from cettar_site.infra.settings import settings
from tests.browser.conftest import Visits
from tests.browser.seed import SECRET, VAULT, database_url, prices_file
from tests.canaries import STORIES, Canary, Filed, Sender, Traces, in_files, traces
from tests.canaries_photo import has_metadata
from tests.crawl import Crawler
from tests.load import spread
from tests.servers import TOOLS, postgres_url
from tests.site import HOST, Site, build, running

pytestmark = pytest.mark.slow
PEOPLE, ERASED, ANSWERED, FOLLOWERS = 500, 50, 60, 20
# Names without any cue are found by lists alone, and half of these are in none; so many are to be found at least.
UNCUED_CAUGHT = 0.3


@dataclass
class Town:
    """A site at which all have filed."""

    site: Site
    db: Database
    files: tuple[Path, ...]
    """The folders in which its data lie."""
    filed: list[Filed] = field(default_factory=list)

    def everything(self) -> dict[str, bytes]:
        """What anybody can read."""
        with self.db.read() as session:
            photos = list(session.execute(text("SELECT id FROM complaint_photo")).scalars())
            salts = list(session.execute(text("SELECT salt FROM complaint_follow")).scalars())
        tokens = [token_of(SECRET.encode(), bytes(salt)) for salt in salts[:FOLLOWERS]]
        given = {"number": [one.number for one in self.filed], "id": photos, "token": tokens or ["a" * 24],
                 "act": ["selesai", "belum", "nilai", "pesan", "tarik", "hapus"], "name": ["P-234567"]}
        return Crawler(self.site, given).everything()

    def leaks(self, found: Traces) -> Traces:
        """Those of the traces found that nobody may read; a name without a cue is none, it is counted apart."""
        return {(kind, at): n for (kind, at), n in found.items() if not self.may_be_read(kind, at)}

    def may_be_read(self, kind: str, at: int) -> bool:
        """Whether a trace may stand in public: the words of a story that its filer made public."""
        canary = self.filed[at].canary
        return canary.shown.public and (kind == "words" or (kind == "name" and not canary.story.cued))


def public_traces(pages: dict[str, bytes]) -> Traces:
    """The traces in what can be read."""
    found: Traces = {}
    for body in pages.values():
        for key, n in traces(body).items():
            found[key] = found.get(key, 0) + n
    return found


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def town(request: pytest.FixtureRequest) -> Iterator[Town]:
    """A site on each kind of database, at which all have filed and some were answered."""
    build()
    with ExitStack() as held:
        data = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="cettar-canaries-")))
        files, more = [data], {}
        if request.param == "postgresql":
            more["db_url"] = held.enter_context(postgres_url())
            files.append(Path(more["db_url"].partition("host=")[2]))
        site = held.enter_context(running(data, secret=SECRET, proxy_hops="1", log_level="debug", **more))
        site.environ["PATH"] = f"{TOOLS}:{site.environ['PATH']}"  # the server's own pg_dump, for the backup
        db = Database(database_url(site))
        made = Town(site, db, tuple(files))
        shown = (Shown.CONFIDENTIAL, Shown.ANONYMOUS)
        site.job("import_prices", str(prices_file(site, "past.csv", [(2, 20500), (1, 21000)])))
        sender = Sender(site)
        made.filed = [sender.file(Canary(at, shown[at // len(STORIES) % 2])) for at in range(PEOPLE)]
        answered(made)
        yield made
        db.close()


def answered(town: Town) -> None:
    """Officers answer some, and carelessly name the filers."""
    with town.db.write("complaints") as session:
        for one in town.filed[:ANSWERED]:
            case = store_read.case_by_number(session, one.number, VAULT)
            assert case is not None
            said = "Yth. Bapak {name}, rumah Anda di {home} sudah kami datangi, {words}. Hubungi {phone}."
            happen(session, case, Deed(Kind.ANSWERED, "P-234567", case.life.agency_code,
                                       text=said.format_map(one.canary.facts)), clock.now(), VAULT)


def test_nobody_reads_what_is_private(town: Town) -> None:
    found = public_traces(town.everything())
    assert town.leaks(found) == {}
    public = {at for at in range(PEOPLE) if town.filed[at].canary.shown.public}
    assert {at for kind, at in found if kind == "words"} == public, "every public story was read, and no other"
    uncued = {at for at in public if not town.filed[at].canary.story.cued}
    caught = uncued - {at for kind, at in found if kind == "name"}
    print(f"\nnames without a cue: {len(caught)} of {len(uncued)} hidden")
    assert len(caught) >= UNCUED_CAUGHT * len(uncued)


def test_a_photo_says_nothing_but_its_picture(town: Town) -> None:
    sent = town.filed[0].canary.photo
    assert {kind for kind, _ in traces(sent)} >= {"name", "file", "position"} and has_metadata(sent)
    with town.db.read() as session:
        photos = list(session.execute(text("SELECT id FROM complaint_photo")).scalars())
    shown = [body for one in photos for body in [picture_of(town.site, one)] if body]
    assert len(photos) == PEOPLE and len(shown) == sum(one.canary.shown.public for one in town.filed)
    assert not any(has_metadata(body) for body in shown)


def picture_of(site: Site, photo_id: str) -> bytes:
    """The picture that everyone may see; empty for a photo that nobody may."""
    connection = http.client.HTTPConnection(HOST, site.port, timeout=60)
    connection.request("GET", f"/foto/{photo_id}", headers={"X-Forwarded-For": spread()})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return body if answer.status == 200 else b""


def test_the_log_holds_no_trace(town: Town) -> None:
    assert traces(town.site.log) == {}


def test_no_file_holds_what_is_private(town: Town) -> None:
    assert town.leaks(in_files(town.files)) == {}, "sealed, or not kept at all"


def test_live_pages_are_sent_no_trace(town: Town, visits: Visits) -> None:
    frames: list[str] = []
    for path in ("/papan", "/harga"):
        page = visits.open("about:blank")
        page.on("websocket", lambda socket: socket.on(
            "framereceived", lambda frame: frames.append(frame if isinstance(frame, str) else frame.decode("latin-1"))))
        page.goto(town.site.address + path, wait_until="load")
        page.locator("main [role=status]").first.wait_for()
    said = "".join(frames)
    assert "rows" in said and traces(said) == {}


def test_a_log_line_that_tells_a_story_would_be_found(town: Town) -> None:
    stream = io.StringIO()
    log.configure(SimpleNamespace(log_level="info"), stream)
    try:
        logging.getLogger("cettar_site.planted").info("filed %s", town.filed[0].canary.form["text"])
    finally:
        log.configure(settings())
    assert traces(stream.getvalue())


def test_an_unmasked_public_row_would_be_found(town: Town) -> None:
    one = next(one for one in town.filed if one.canary.shown.public and "{nik}" in one.canary.story.text)
    write = text("UPDATE complaint_public SET text = :text WHERE seq = 1 AND complaint_id = "
                 "(SELECT id FROM complaint_request WHERE number = :number)")
    with town.db.read() as session:
        public = store_read.public_by_number(session, one.number)
    assert public is not None
    try:
        with town.db.write("complaints") as session:
            session.execute(write, {"text": one.canary.form["text"], "number": one.number})
        pages = Crawler(town.site, {}).get(f"/api/v1/complaints/{one.number}")
        leaks = town.leaks(traces(pages)), town.leaks(in_files(town.files))
    finally:
        with town.db.write("complaints") as session:
            session.execute(write, {"text": public.writings[0].text, "number": one.number})
    assert all(("nik", one.canary.at) in found and ("name", one.canary.at) in found for found in leaks)


def terms(town: Town) -> str:
    """The words in SQLite's search index, which lie in its files cut to pieces."""
    if not town.db.is_sqlite:
        return ""
    with town.db.write() as session:
        session.execute(text("CREATE VIRTUAL TABLE temp.terms USING fts5vocab(main, complaint_search, instance)"))
        found = " ".join(session.execute(text("SELECT term FROM temp.terms")).scalars())
        session.execute(text("DROP TABLE temp.terms"))
    return found


def salts_of(town: Town, numbers: set[str]) -> dict[str, bytes]:
    with town.db.read() as session:
        rows = session.execute(text("SELECT number, salt FROM complaint_salt JOIN complaint_request ON id = "
                                    "complaint_id"))
        return {row.number: bytes(row.salt) for row in rows if row.number in numbers}


def with_salt(folders: tuple[Path, ...], salts: dict[str, bytes]) -> set[str]:
    """Whose salts lie in any file."""
    found: set[str] = set()
    for folder in folders:
        for path in folder.rglob("*"):
            data = path.read_bytes() if path.is_file() else b""
            found |= {number for number, salt in salts.items() if salt in data}
    return found


def erase(town: Town, gone: list[Filed]) -> None:
    """As each filer would, with its code."""
    for one in gone:
        with town.db.write("complaints") as session:
            case = store_read.case_by_code(session, code_hash(SECRET.encode(), one.code), VAULT)
            assert case is not None and case.request.number == one.number
            actions_citizen.erase(session, case, clock.now(), VAULT)


def backups(town: Town) -> list[Path]:
    """The backups, the older first."""
    return sorted((town.site.data / FOLDER).glob("cettar-*"))


def held_in(path: Path) -> Traces:
    """The traces in a backup; a dump is unpacked for that."""
    if path.suffix == ".sqlite":
        return traces(path.read_bytes())
    done = subprocess.run([TOOLS / "pg_restore", "--file=-", path], capture_output=True, check=True)
    return traces(done.stdout)


def test_of_the_erased_nothing_is_left_anywhere(town: Town) -> None:
    gone = town.filed[:ERASED]
    whose = {one.canary.at for one in gone}

    def left(found: Traces) -> Traces:
        return {key: n for key, n in found.items() if key[1] in whose}

    salts = salts_of(town, {one.number for one in gone})
    town.site.job("backup")
    (old,) = backups(town)
    assert len(salts) == ERASED and left(in_files(town.files)) and left(held_in(old)), "their public words lie there"
    # As if made yesterday, and set apart: what was copied before the erasing is kept for its thirty days.
    apart = town.site.data.parent / f"cettar-{clock.now() - timedelta(days=1):%Y%m%d}-0340{old.suffix}"
    old.rename(apart)
    erase(town, gone)
    town.site.job("tidy")
    assert left(in_files(town.files)) == {} and left(traces(terms(town))) == {}
    assert with_salt(town.files, salts) == set()
    assert left(public_traces(town.everything())) == {}
    town.site.job("backup")
    (new,) = backups(town)
    assert left(held_in(new)) == {}, "nor in backups made since"
    old = apart.rename(new.parent / apart.name)
    moment = made_at(old)
    assert moment and left(held_in(old))
    assert prune(new.parent, moment + KEPT) == 0 and prune(new.parent, moment + KEPT + timedelta(minutes=1)) == 1
    assert backups(town) == [new], "the older one is gone after thirty days"


def test_an_erasing_that_forgets_the_salt_would_be_found(town: Town) -> None:
    one = town.filed[ERASED]
    salts = salts_of(town, {one.number})
    erase(town, [one])
    with town.db.write() as session:
        session.execute(text("INSERT INTO complaint_salt SELECT id, :salt FROM complaint_request "
                             "WHERE number = :number"), {"salt": salts[one.number], "number": one.number})
    town.site.job("tidy")
    assert with_salt(town.files, salts) == {one.number}
