"""Learn anew, each night, where complaints belong: from the public words of what people have decided.

The figures that it reports are honest: each complaint was sorted before its own decision was learned from.
"""

from datetime import datetime

from cettar_site.base.words import mark
from cettar_site.infra import vouched
from cettar_site.infra.db import Database
from cettar_site.routing import actions, store_learn
from cettar_site.routing.rules import model_name
from cettar_site.routing.rules_judge import Figures
from jobs.learning import spoken, teach
from jobs.report import JobOptions, JobReport

MOST = 12_000
"""The newest decisions that are learned from."""
FEWEST = 20
MEASURED = 2000
ENOUGH = 100
"""From so many decided suggestions on, they are what is told, and not the replay; and a first model is learned."""
FEW = mark("Baru {n} putusan, belum cukup untuk belajar. Saran memakai tugas instansi dan topik saja.")
REPLAYED = mark("Belajar dari {n} putusan. Diuji ulang pada {tested} aduan sebelum putusannya dipelajari: saran "
                "pertama tepat {first}%, satu dari tiga saran tepat {among}%; {alone}% cukup yakin untuk diteruskan "
                "langsung, {precise}% di antaranya tepat.")
LIVED = mark("Belajar dari {n} putusan. Saran untuk {tested} aduan terakhir yang sudah diputuskan petugas: saran "
             "pertama tepat {first}%, satu dari tiga saran tepat {among}%; {alone}% diteruskan langsung, {precise}% di "
             "antaranya tepat.")


def run(db: Database, *, now: datetime, options: JobOptions) -> JobReport:
    """Learn from the newest decisions, and keep the model where the site looks for it."""
    with db.read() as session:
        examples = store_learn.examples(session, MOST)
        lived = actions.measured(session, MEASURED)
    taught = teach(examples, now.strftime("%Y-%m-%d %H:%M")) if len(examples) >= FEWEST else None
    if taught is None or not taught.model:
        return JobReport(rows_in=len(examples), detail=FEW, facts={"n": len(examples)})
    vouched.keep(model_name(db.realm), taught.model)
    told = lived if lived.n >= ENOUGH else taught.figures
    return JobReport(rows_in=len(examples), detail=sentence(told, lived), facts=spoken(told) | {"n": taught.learned})


def learn_first(db: Database, now: datetime) -> None:
    """Learn at once where there never was a model and enough is decided: a young site need not wait for the night."""
    if vouched.place_of(model_name(db.realm)).exists():
        return
    with db.read() as session:
        examples = store_learn.examples(session, MOST)
    if len(examples) >= ENOUGH:
        taught = teach(examples, now.strftime("%Y-%m-%d %H:%M"))
        if taught.model:
            vouched.keep(model_name(db.realm), taught.model)


def sentence(told: Figures, lived: Figures) -> str:
    """Which of the two sentences says what is told."""
    return LIVED if told is lived else REPLAYED
