"""Full-text search over what everyone may read: FTS5 on SQLite, tsvector on PostgreSQL, newest first on both.

The region, the topic's group and the district stand in the index as words of their own ("r3518", "cs08",
"d351808"), so that a search within a place costs no more than a search.
"""

import re
from collections.abc import Sequence

from sqlalchemy import select, text
from sqlmodel import Session

from cettar_site.complaints.rules import ServiceRequest, Writing
from cettar_site.complaints.store_erased import note_removed
from cettar_site.complaints.store_rows import PUBLIC

MOST_WORDS = 8
_WORD = re.compile(r"[^\W_]+")
_ADD = {"sqlite": text("INSERT INTO complaint_search (rowid, words) VALUES (:id, :words)"),
        "postgresql": text("INSERT INTO complaint_search (complaint_id, words) "
                           "VALUES (:id, to_tsvector('simple', :words))")}
_REMOVE = {"sqlite": text("INSERT INTO complaint_search (complaint_search, rowid, words) "
                          "VALUES ('delete', :id, :words)"),
           "postgresql": text("DELETE FROM complaint_search WHERE complaint_id = :id")}
_THERE = {"sqlite": text("SELECT 1 FROM complaint_search_docsize WHERE id = :id"),
          "postgresql": text("SELECT 1 FROM complaint_search WHERE complaint_id = :id")}
_FIND = {"sqlite": text("SELECT rowid FROM complaint_search WHERE words MATCH :query AND rowid < :before "
                        "ORDER BY rowid DESC LIMIT :limit"),
         # Not in the order of an index: a word that is rare is looked up, not searched for through all the years.
         "postgresql": text("SELECT complaint_id FROM complaint_search WHERE words @@ to_tsquery('simple', :query) "
                            "AND complaint_id < :before ORDER BY complaint_id + 0 DESC LIMIT :limit")}
NEARBY = 20_000
"""So many complaints are read through before PostgreSQL's index is asked: there a common word fills the page."""
_NEARBY = text("SELECT complaint_id FROM (SELECT complaint_id, words FROM complaint_search "
               "WHERE complaint_id < :before ORDER BY complaint_id DESC LIMIT :nearby) AS lately "
               "WHERE words @@ to_tsquery('simple', :query) ORDER BY complaint_id DESC LIMIT :limit")


def words_of(typed: str) -> tuple[str, ...]:
    """The words of a question, at most eight: letters and digits, lower case."""
    return tuple(dict.fromkeys(_WORD.findall(typed.casefold())))[:MOST_WORDS]


def tags_of(region_code: str, category_code: str, district_code: str = "") -> tuple[str, ...]:
    """The words that stand for place and topic."""
    named = (("r", region_code), ("c", category_code[:3]), ("d", district_code))
    return tuple(letter + code.replace(".", "").casefold() for letter, code in named if code)


def add(session: Session, public: Sequence[tuple[ServiceRequest, Writing]]) -> None:
    """Make filings findable."""
    session.connection().execute(_ADD[_kind(session)], [
        {"id": request.id, "words": _words(request, writing.text, writing.place)} for request, writing in public])


def remove(session: Session, request: ServiceRequest) -> None:
    """Let a filing be found no more; nothing if it could not be, because it is hidden or was never public.

    FTS5 takes away what it is told, also twice: then its counts are wrong and merging finds the index malformed.
    """
    if session.execute(_THERE[_kind(session)], {"id": request.id}).first() is None:
        return
    row = session.execute(select(PUBLIC.c.text, PUBLIC.c.place).where(
        PUBLIC.c.complaint_id == request.id, PUBLIC.c.seq == 1)).first()
    if row is not None:
        session.execute(_REMOVE[_kind(session)], {"id": request.id, "words": _words(request, row.text, row.place)})
        note_removed(session)


def add_again(session: Session, request: ServiceRequest) -> None:
    """Make a filing findable that was not for a while."""
    row = session.execute(select(PUBLIC.c.text, PUBLIC.c.place).where(
        PUBLIC.c.complaint_id == request.id, PUBLIC.c.seq == 1)).first()
    if row is not None:
        add(session, [(request, Writing(1, row.text, row.place))])


def find(session: Session, words: Sequence[str], before: int, limit: int) -> list[int]:
    """The ids of the newest complaints below `before` that hold all the words."""
    kind = _kind(session)
    # Quoted, so that no word is taken for an operator.
    query = " AND ".join(f'"{word}"' for word in words) if kind == "sqlite" else " & ".join(words)
    asked = {"query": query, "before": before, "limit": limit}
    if kind == "postgresql":
        found = list(session.execute(_NEARBY, asked | {"nearby": NEARBY}).scalars())
        if len(found) == limit:
            return found
    return list(session.execute(_FIND[kind], asked).scalars())


def _words(request: ServiceRequest, said: str, place: str) -> str:
    tags = tags_of(request.region_code, request.category_code, request.district_code)
    return " ".join((said, place, *tags))


def _kind(session: Session) -> str:
    return session.get_bind().dialect.name
