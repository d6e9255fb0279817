"""What a filer does with number and code: every act, its page after it, and that no word and no secret is lost."""

import re
from datetime import timedelta

import pytest
from selectolax.lexbor import LexborHTMLParser
from starlette.testclient import TestClient

from cettar_site.base.errors import Raced, TooMany
from cettar_site.complaints import actions_citizen, actions_happen, actions_mine, api, store
from cettar_site.complaints.rules import Kind, Shown, State
from cettar_site.complaints.rules_citizen import MOST_RATINGS, Act, filer_case, offered
from cettar_site.infra import clock
from cettar_site.infra.db import Database
from cettar_site.infra.settings import settings
from cettar_site.infra.vault import vault
from tests.complaints.makers import NOW, TEXT, case_of, filed, happens, visitor

pytestmark = pytest.mark.usefixtures("at_now")
ANSWER = "Lubang itu kami tambal kemarin pagi dengan aspal."
MINE = "Yang ditambal lubang di seberang, bukan yang ini."


@pytest.fixture
def keys(database: Database) -> dict[str, str]:
    """Number and code of a complaint that was answered."""
    return answered(database)


def answered(database: Database, kind: Kind = Kind.CLAIMED, **changes: object) -> dict[str, str]:
    receipt = filed(database, secret=settings().secret, **changes)  # type: ignore[arg-type]
    if kind is not Kind.SUBMITTED:
        happens(database, receipt.number, kind, 1, ANSWER, vault=vault())
    return {"number": receipt.number, "code": receipt.code}


def do(visit: TestClient, keys: dict[str, str], act: str, lang: str = "", **typed: str):
    return visit.post(f"{lang}/lacak/{act}", data=keys | typed)


def life(database: Database, keys: dict[str, str]):
    return case_of(database, keys["number"], vault()).life


def shows(page: str, act: Act) -> bool:
    return f'action="/lacak/{act}"' in page


def test_one_tap_confirms_and_it_is_the_last_word(visit: TestClient, database: Database, keys: dict[str, str]) -> None:
    public = visit.get(f"/aduan/{keys['number']}")
    page = visit.post("/lacak", data=keys).text
    assert "Ya, sudah selesai" in page and "21 Februari 2027" in page
    answer = do(visit, keys, "selesai")
    assert answer.status_code == 200 and "Tercatat: sudah selesai" in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert life(database, keys).state is State.CONFIRMED
    assert not any(shows(answer.text, act) for act in (Act.CONFIRM, Act.DISPUTE, Act.MESSAGE, Act.WITHDRAW))
    assert shows(answer.text, Act.ERASE) and shows(answer.text, Act.RATE)
    after = visit.get(f"/aduan/{keys['number']}", headers={"if-none-match": public.headers["etag"]})
    assert after.status_code == 200 and "Dikonfirmasi" in after.text, "the kept page must change at once"


def test_a_dispute_carries_its_words_to_everyone(visit: TestClient, database: Database, keys: dict[str, str]) -> None:
    answer = do(visit, keys, "belum", missing=MINE + " Telepon 0812-3456-7890.")
    assert answer.status_code == 200 and "belum selesai, kata Anda" in answer.text and "0812-3456-7890" in answer.text
    assert life(database, keys).state is State.DISPUTED
    public = visit.get(f"/aduan/{keys['number']}").text
    assert MINE in public and "0812-3456-7890" not in public and "Dibantah" in public
    assert do(visit, answered(database), "belum").status_code == 200, "words may be left out"


@pytest.mark.parametrize("days", [89, 91])
def test_the_last_word_is_there_for_ninety_days(visit: TestClient, keys: dict[str, str], days: int,
                                                monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=days))
    page = visit.post("/lacak", data=keys).text
    assert shows(page, Act.CONFIRM) == shows(page, Act.DISPUTE) == (days < 90)
    assert ("Diam sampai 21 Februari 2027" in page) == (days > 90)
    answer = do(visit, keys, "belum", missing=MINE)
    assert answer.status_code == (200 if days < 90 else 409)
    assert MINE in answer.text, "what was typed is never lost"


def test_a_rating_counts_and_may_be_changed(visit: TestClient, database: Database, keys: dict[str, str]) -> None:
    assert do(visit, keys, "nilai", rating="2").status_code == 200
    answer = do(visit, keys, "nilai", rating="4")
    assert life(database, keys).rating == 4 and "Nilai Anda sekarang: 4 dari 5" in answer.text
    assert "4 dari 5: Baik" in visit.get(f"/aduan/{keys['number']}").text
    wrong = do(visit, keys, "nilai", rating="6")
    assert wrong.status_code == 422 and 'href="#rating"' in wrong.text and "<title>Perlu diperbaiki" in wrong.text


def test_ratings_have_an_end(sqlite_database: Database) -> None:
    keys, patient = answered(sqlite_database), [visitor(api.routes) for _ in range(2)]
    for at in range(MOST_RATINGS):
        assert do(patient[0], keys, "nilai", rating=str(1 + at % 2)).status_code == 200
    answer = do(patient[1], keys, "nilai", rating="5")
    assert answer.status_code == 429 and not shows(answer.text, Act.RATE)


def test_a_question_is_answered_by_a_message(visit: TestClient, database: Database) -> None:
    keys = answered(database, Kind.SUBMITTED)
    happens(database, keys["number"], Kind.ASKED, 2, "Di sisi jalan yang mana?", vault=vault())
    page = visit.post("/lacak", data=keys).text
    assert page.index("Ada pertanyaan untuk Anda") < page.index("Apa yang sudah terjadi")
    answer = do(visit, keys, "pesan", message="Di sisi utara.")
    assert "Pesan Anda sudah sampai" in answer.text and "Ada pertanyaan untuk Anda" not in answer.text
    assert life(database, keys).pause is None


def test_what_is_sent_twice_is_there_once(visit: TestClient, database: Database, keys: dict[str, str]) -> None:
    """A page loaded again sends its form again."""
    for act, typed in (("pesan", {"message": MINE}), ("nilai", {"rating": "3"}), ("belum", {"missing": MINE}),
                       ("tarik", {"why": "", "step": "2"}), ("hapus", {"sure": "1", "step": "2"})):
        seq = life(database, keys).seq
        answers = [do(visit, keys, act, **typed) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [200, 200], act
        assert life(database, keys).seq == seq + 1, act


@pytest.mark.parametrize(("act", "typed", "field"), [
    ("pesan", {"message": " \n "}, "message"), ("pesan", {"message": "x" * 2001}, "message"),
    ("belum", {"missing": "x" * 2001}, "missing"), ("tarik", {"why": "x" * 2001, "step": "2"}, "why"),
    ("hapus", {"step": "2"}, "sure")])
def test_what_is_wrong_is_said_at_its_field_and_every_word_stays(visit: TestClient, database: Database,
                                                                 keys: dict[str, str], act: str,
                                                                 typed: dict[str, str], field: str) -> None:
    answer = do(visit, keys, act, **typed)
    assert answer.status_code == 422 and f'href="#{field}"' in answer.text
    assert [one for name, one in typed.items() if name != "step" and one.strip() not in answer.text] == []
    tree = LexborHTMLParser(answer.text)
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids)), "an id stands for one thing"
    assert life(database, keys).seq == 3


@pytest.mark.parametrize(("act", "asked"), [("tarik", "Tarik aduan"), ("hapus", "Yang dihapus")])
def test_what_nothing_brings_back_is_asked_twice(visit: TestClient, database: Database, keys: dict[str, str],
                                                 act: str, asked: str) -> None:
    answer = do(visit, keys, act)
    assert answer.status_code == 200 and asked in answer.text and life(database, keys).seq == 3
    assert 'name="step" value="2"' in answer.text


def test_erasure_takes_every_word_and_leaves_what_happened(visit: TestClient, database: Database,
                                                           keys: dict[str, str]) -> None:
    answer = do(visit, keys, "hapus", sure="1", step="2")
    assert "Isi aduan ini sudah dihapus" in answer.text
    for page in (answer.text, visit.get(f"/aduan/{keys['number']}").text, visit.post("/lacak", data=keys).text):
        assert TEXT not in page and ANSWER not in page
    assert life(database, keys).state is State.WITHDRAWN and life(database, keys).first_answer_at is not None


def test_withdrawing_may_say_why(visit: TestClient, database: Database, keys: dict[str, str]) -> None:
    answer = do(visit, keys, "tarik", why="Sudah kami tambal sendiri.", step="2")
    assert "sudah Anda tarik" in answer.text and "Sudah kami tambal sendiri." in answer.text
    assert life(database, keys).state is State.WITHDRAWN


@pytest.mark.parametrize("act", list(Act))
def test_no_act_without_the_right_code(visit: TestClient, database: Database, act: Act) -> None:
    keys, other = answered(database), answered(database)
    typed = {"message": MINE, "missing": MINE, "rating": "3", "sure": "1", "step": "2"}
    for wrong in ({**keys, "code": other["code"]}, {**keys, "number": other["number"]},
                  {**keys, "code": "0000-" * 5 + "0000"}):
        answer = do(visit, wrong, act, **typed)
        assert answer.status_code == 404 and TEXT not in answer.text
    assert do(visit, {"number": keys["number"], "code": ""}, act, **typed).status_code == 422
    assert life(database, keys).seq == life(database, other).seq == 3


def test_there_is_nothing_to_read_or_do_at_other_addresses(visit: TestClient, keys: dict[str, str]) -> None:
    assert visit.get("/en/lacak/selesai").headers["location"] == "/en/lacak"
    assert do(visit, keys, "menghapus-semua").status_code == 404
    assert visit.put("/lacak/selesai").status_code == 405


def test_guessing_by_acts_is_slowed_and_the_words_stay(sqlite_database: Database) -> None:
    guesser, keys = visitor(api.routes), answered(sqlite_database)
    wrong = {**keys, "code": "0000-" * 5 + "0000"}
    assert {do(guesser, wrong, "pesan", message=MINE).status_code for _ in range(30)} == {404}
    answer = do(guesser, keys, "pesan", message=MINE)
    assert answer.status_code == 429 and int(answer.headers["retry-after"]) >= 1
    assert MINE in answer.text and 'action="/lacak/pesan"' in answer.text and TEXT not in answer.text
    assert life(sqlite_database, keys).messages == 0


def test_the_code_stands_in_no_address_and_no_header(visit: TestClient, keys: dict[str, str]) -> None:
    pages = [visit.post("/lacak", data=keys), do(visit, keys, "nilai", rating="3"), do(visit, keys, "tarik"),
             do(visit, keys, "hapus"), do(visit, keys, "pesan", message=""), do(visit, keys, "selesai", "/en")]
    for answer in pages:
        assert keys["code"] not in str(answer.url) + str(answer.headers)
        addresses = re.findall(r'(?:href|src|action|data-[a-z]+)="([^"]*)"', answer.text)
        assert addresses and not [one for one in addresses if keys["code"] in one]
        assert answer.text.count(keys["code"]) == answer.text.count('type="hidden" name="code"')


def test_the_filer_reads_no_note_of_the_desk(visit: TestClient, database: Database) -> None:
    keys = answered(database, shown=Shown.CONFIDENTIAL)
    happens(database, keys["number"], Kind.NOTED, 2, "Catatan meja: pelapor ini sering.", vault=vault())
    happens(database, keys["number"], Kind.DRAWN, 3, agency="INSPEKTORAT", vault=vault())
    page = visit.post("/lacak", data=keys).text
    assert "Catatan meja" not in page and "Terpilih untuk diperiksa" not in page and ANSWER in page
    seen = filer_case(case_of(database, keys["number"], vault()))
    assert [event.kind for event in seen.events][-1] is Kind.CLAIMED and seen.writing(4) is None


def test_the_filer_is_told_why_it_is_hidden(visit: TestClient, database: Database, keys: dict[str, str]) -> None:
    happens(database, keys["number"], Kind.HIDDEN, 2, "Anda menulis nama tetangga.", detail="personal", vault=vault())
    page = visit.post("/lacak", data=keys).text
    assert "Anda menulis nama tetangga." in page and "Memuat data pribadi orang lain" in page and TEXT in page
    assert "Anda menulis nama tetangga." not in visit.get(f"/aduan/{keys['number']}").text


def test_what_came_between_does_not_lose_the_act(visit: TestClient, database: Database, keys: dict[str, str],
                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    """The agency writes in the same moment: the act is tried again on what is there then."""
    original, rivals = store.append, [1]

    def append(session, request, before, new, sealed):
        if rivals and new.event.kind is Kind.MESSAGED:
            rivals.pop()
            raise Raced("something else happened to this complaint meanwhile")
        return original(session, request, before, new, sealed)

    monkeypatch.setattr(actions_happen.store, "append", append)
    answer = do(visit, keys, "pesan", message=MINE)
    assert answer.status_code == 200 and life(database, keys).messages == 1


def test_what_cannot_happen_is_tried_once(visit: TestClient, keys: dict[str, str],
                                          monkeypatch: pytest.MonkeyPatch) -> None:
    """What is refused for good stays refused: no second transaction, no second mask over the words."""
    done, tried = actions_mine.do, list[Act]()

    def do_it(session, case, act, *rest):
        tried.append(act)
        return done(session, case, act, *rest)

    monkeypatch.setattr(actions_mine, "do", do_it)
    assert do(visit, keys, "selesai").status_code == 200
    answer = do(visit, keys, "belum", missing=MINE)
    assert answer.status_code == 409 and MINE in answer.text
    assert tried == [Act.CONFIRM, Act.DISPUTE]


def test_only_what_may_happen_is_offered(database: Database) -> None:
    fresh = case_of(database, answered(database, Kind.SUBMITTED)["number"], vault())
    assert [act for act in Act if offered(fresh, act)] == [Act.MESSAGE, Act.WITHDRAW, Act.ERASE]
    claimed = case_of(database, answered(database)["number"], vault())
    assert [act for act in Act if offered(claimed, act)] == list(Act)
    assert not offered(claimed, Act.CONFIRM, on_time=False)


def test_more_ratings_than_that_are_refused(sqlite_database: Database) -> None:
    number = answered(sqlite_database)["number"]
    for at in range(MOST_RATINGS):
        happens(sqlite_database, number, Kind.RATED, 2, detail=str(1 + at % 2), vault=vault())
    case = case_of(sqlite_database, number, vault())
    with sqlite_database.write("complaints") as session, pytest.raises(TooMany):
        actions_citizen.rate(session, case, "5", NOW, vault())
