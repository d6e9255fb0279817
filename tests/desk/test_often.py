"""Acting too often at the desk: one waits, and no typed word is lost."""

from cettar_site.infra import clock
from cettar_site.infra.db import Database
from cettar_site.infra.guard import RULES, limiter
from cettar_site.infra.settings import settings
from cettar_site.infra.vault import vault
from tests.complaints.makers import case_of, filed
from tests.desk.makers import at_desk, form_token, officer, seen


def test_answering_too_often_waits_and_keeps_the_words(sqlite_database: Database) -> None:
    number = filed(sqlite_database, clock.now(), settings().secret).number
    who = officer(sqlite_database)
    desk = at_desk(who)
    form = {"text": "Kami perbaiki hari ini.", "seen": seen(number, 1), "token": form_token(desk), "act": "answer"}
    for _ in range(RULES["answer"].amount):
        limiter().hit("answer", who.pseudonym)
    answer = desk.post(f"/meja/{number}", data=form)
    assert answer.status_code == 429 and int(answer.headers["retry-after"]) > 0
    assert form["text"] in answer.text and "Terlalu sering dicoba" in answer.text
    assert case_of(sqlite_database, number, vault()).life.first_answer_at is None
