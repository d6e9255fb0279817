"""Letters: asked for, confirmed, sent, tried again, ended; and nobody learns who follows what."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from starlette.testclient import TestClient

from cettar_site.base.errors import ForeignFailure
from cettar_site.complaints import actions, actions_notice, store_notice
from cettar_site.complaints.actions import Sending
from cettar_site.complaints.rules import Kind, Shown
from cettar_site.complaints.rules_notice import WAITS, next_try
from cettar_site.infra import mail
from cettar_site.infra import settings as infra_settings
from cettar_site.infra.db import Database
from cettar_site.infra.settings import settings
from cettar_site.infra.vault import vault
from jobs import send_mail
from jobs.report import JobOptions, JobReport
from tests.complaints import makers
from tests.complaints.makers import NOW, TO, filing, key
from tests.mail_server import LATER, NO_SUCH, Box, mail_server
from tests.site import HOST, free_port

pytestmark = pytest.mark.usefixtures("at_now")
ADDRESS, STORY = "siti@contoh.id", "Lampu jalan di depan balai desa mati sejak hari Senin."
DONE = "Lampunya kami ganti tadi pagi, silakan diperiksa. Nomor saya 081234567890."
LINK = re.compile(r"/kabar/([a-z2-7]{24})\b")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch) -> Iterator[Box]:
    """A mail server that the settings name."""
    with mail_server() as made:
        use(monkeypatch, made.url)
        yield made


def use(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    changed = replace(settings(), smtp_url=url, mail_from="CETTAR <kabar@cettar.example>", site_url="https://cettar.example")
    for module in (mail, send_mail, infra_settings):
        monkeypatch.setattr(module, "settings", lambda: changed)


def followed(database: Database, contact: str = ADDRESS, shown: Shown = Shown.ANONYMOUS, lang: str = "id") -> str:
    """A complaint whose filer wants to hear of it; its number."""
    sending = Sending(filing(text=STORY, contact=contact, shown=shown), key(), to=TO, lang=lang)
    with database.write("complaints") as session:
        (receipt,) = actions.file_group(session, [sending], NOW, vault())
    assert isinstance(receipt, actions.Receipt)
    return receipt.number


def post(database: Database, now: datetime) -> JobReport:
    return send_mail.run(database, now=now, options=JobOptions())


def happens(database: Database, number: str, kind: Kind, hours: float, text: str = "") -> None:
    makers.happens(database, number, kind, hours, text, vault=vault())


def confirmed(database: Database, box: Box) -> str:
    """The token of the newest letter, after confirming by it."""
    token = LINK.findall(box.letters[-1][1].get_content())[-1]
    with database.write() as session:
        assert actions_notice.confirm(session, token, NOW, vault()) is not None
    return str(token)


def test_a_filer_confirms_hears_and_ends_it(database: Database, box: Box) -> None:
    number = followed(database)
    assert post(database, NOW).rows_in == 1
    (to, letter), = box.letters
    assert to == [ADDRESS] and number in letter["Subject"] and STORY not in letter.get_content()
    happens(database, number, Kind.ACKNOWLEDGED, 1)
    happens(database, number, Kind.REPLIED, 1, "Terima kasih.")
    assert post(database, NOW + HOUR).rows_in == 0, "nothing is sent before the address confirmed"
    token = confirmed(database, box)
    happens(database, number, Kind.CLAIMED, 2, DONE)
    assert post(database, NOW + HOUR * 3).rows_in == 1
    claim = box.letters[-1][1]
    assert "menyatakan selesai" in claim["Subject"] and "Lampunya kami ganti" in claim.get_content()
    assert "081234567890" not in claim.get_content(), "a letter says what everyone may read"
    assert claim["List-Unsubscribe"].strip() == f"<https://cettar.example/kabar/{token}/berhenti>"
    assert claim["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"https://cettar.example/lacak?nomor={number}" in claim.get_content()
    assert post(database, NOW + DAY * 13).rows_in == 0
    assert post(database, NOW + DAY * 15).rows_in == 1
    assert "sudah selesai?" in box.letters[-1][1]["Subject"]
    with database.write() as session:
        actions_notice.end(session, token, vault())
    happens(database, number, Kind.DISPUTED, 24 * 20)
    happens(database, number, Kind.ANSWERED, 24 * 21, DONE)
    assert post(database, NOW + DAY * 22).rows_in == 0


def test_after_the_last_word_nobody_asks_for_it(database: Database, box: Box) -> None:
    number = followed(database)
    post(database, NOW)
    confirmed(database, box)
    happens(database, number, Kind.CLAIMED, 2, DONE)
    happens(database, number, Kind.CONFIRMED, 3)
    post(database, NOW + DAY * 20)
    assert not any("sudah selesai?" in letter["Subject"] for _, letter in box.letters)


def test_of_a_confidential_complaint_letters_say_that_something_happened_and_nothing_more(database: Database,
                                                                                           box: Box) -> None:
    number = followed(database, shown=Shown.CONFIDENTIAL)
    post(database, NOW)
    confirmed(database, box)
    happens(database, number, Kind.ANSWERED, 2, DONE)
    post(database, NOW + HOUR * 3)
    said = box.letters[-1][1].get_content()
    assert "menjawab" in said and "Lampunya" not in said and STORY not in said


def test_letters_speak_the_language_of_the_form(database: Database, box: Box) -> None:
    followed(database, lang="en")
    post(database, NOW)
    assert box.letters[0][1]["Subject"].startswith("Confirm") and "/en/kabar/" in box.letters[0][1].get_content()


def test_a_server_that_is_away_loses_nothing(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, f"smtp://{HOST}:{free_port()}")
    followed(database)
    with pytest.raises(ForeignFailure) as failed:
        post(database, NOW)
    assert failed.value.kind == "mail_down" and "@" not in failed.value.address
    with mail_server() as box:
        use(monkeypatch, box.url)
        assert post(database, NOW + HOUR).rows_in == 1


def test_a_refusal_for_now_is_tried_again_and_at_last_given_up(database: Database, box: Box) -> None:
    followed(database, contact=f"{LATER}@contoh.id")
    now = NOW
    for attempt in range(1, len(WAITS) + 2):
        report = post(database, now)
        assert (report.rows_in, report.rows_refused) == (0, 1)
        assert post(database, now).rows_refused == 0, "not again before its time"
        again = next_try(attempt, now)
        now = again or now + DAY
    assert post(database, now + DAY * 2).facts["given_up"] == 1
    with database.write() as session:
        actions_notice.forget_old(session, NOW + DAY * 60)
        assert store_notice.waiting(session) == (0, 0)


def test_an_address_that_does_not_exist_is_forgotten(database: Database, box: Box) -> None:
    number = followed(database, contact=f"{NO_SUCH}@contoh.id")
    assert post(database, NOW).rows_refused == 1
    assert post(database, NOW + DAY).rows_refused == 0
    with database.read() as session:
        assert store_notice.waiting(session) == (0, 0)
        assert store_notice.followers(session, makers.case_of(database, number, vault()).request.id) == []


def test_who_never_confirms_is_forgotten_and_erasing_forgets_everybody(database: Database, box: Box) -> None:
    first, second = followed(database), followed(database, contact="dua@contoh.id")
    post(database, NOW)
    confirmed(database, box)
    post(database, NOW + DAY * 8)
    happens(database, second, Kind.ERASED, 24 * 9)
    with database.read() as session:
        kept = session.execute(store_notice.FOLLOW.select()).all()
        assert kept == [], first
        assert session.execute(store_notice.OUTBOX.select()).all() == []


def test_without_a_mail_server_nobody_is_asked_and_nothing_fails(database: Database) -> None:
    assert not mail.mail_on()
    assert post(database, NOW).detail == "Surel belum dinyalakan"


def test_addresses_lie_sealed(database: Database) -> None:
    followed(database)
    with database.read() as session:
        rows = str(session.execute(store_notice.FOLLOW.select()).all()) + str(session.execute(
            store_notice.OUTBOX.select()).all())
    assert ADDRESS not in rows and "siti" not in rows


def test_strangers_follow_by_form_and_each_address_gets_the_same_answer(visit: TestClient, database: Database, box: Box,
                                                                         monkeypatch: pytest.MonkeyPatch) -> None:
    number = makers.filed(database, secret=settings().secret).number
    secret = makers.filed(database, secret=settings().secret, shown=Shown.CONFIDENTIAL).number
    answers = [visit.post(f"/aduan/{number}/ikuti", data={"contact": ADDRESS}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200] and answers[0].text == answers[1].text
    assert ADDRESS not in answers[0].text
    wrong = visit.post(f"/aduan/{number}/ikuti", data={"contact": "bukan surel"})
    assert wrong.status_code == 422 and "bukan surel" in wrong.text
    assert visit.post(f"/aduan/{secret}/ikuti", data={"contact": ADDRESS}).status_code == 404
    assert post(database, NOW + HOUR * 7).rows_in == 1
    token = LINK.findall(box.letters[-1][1].get_content())[0]
    opened = visit.get(f"/kabar/{token}")
    assert opened.status_code == 200 and "Ya, kirimi saya kabar" in opened.text
    happens(database, number, Kind.ANSWERED, 2, DONE)
    assert post(database, NOW + HOUR * 8).rows_in == 0, "opening the link alone confirms nothing"
    assert "Anda mengikuti" in visit.post(f"/kabar/{token}", data={"act": "ya"}).text
    happens(database, number, Kind.CLAIMED, 4, DONE)
    assert post(database, NOW + HOUR * 9).rows_in == 1
    assert visit.post(f"/kabar/{token}/berhenti", data={"List-Unsubscribe": "One-Click"}).status_code == 200
    gone = visit.get(f"/kabar/{token}")
    assert gone.status_code == 404 and "tidak menerima kabar lagi" in gone.text
    assert visit.get("/kabar/x").status_code == 404


def test_following_too_often_waits(visit: TestClient, database: Database, box: Box) -> None:
    number = makers.filed(database, secret=settings().secret).number
    statuses = [visit.post(f"/aduan/{number}/ikuti", data={"contact": f"a{n}@contoh.id"}).status_code
                for n in range(11)]
    assert statuses == [200] * 10 + [429]
