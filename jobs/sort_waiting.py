"""Sort what could not be sorted while it was filed: too many came at once, or it came from another system.

What waits at the triage desk gets its suggestions. What was filed here a moment ago goes straight where the site is
sure, as it would have at once; nothing older is taken out of the desk's hands, and nothing of a simulation.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from cettar_site.base.words import mark
from cettar_site.infra import vouched
from cettar_site.infra.db import Database
from cettar_site.infra.log import get_logger
from cettar_site.infra.vault import vault
from cettar_site.routing import actions, guess, guess_mix, store, store_learn
from cettar_site.routing.rules import NEVER, NO_MODEL, Suggestion, may_go_alone, model_name, suggestions
from cettar_site.routing.rules_table import is_urgent
from cettar_site.routing.store_learn import Unsorted
from jobs import train_router
from jobs.report import JobOptions, JobReport

MOST = 5000
AT_ONCE = 100
JUST_NOW = timedelta(minutes=30)
log = get_logger(__name__)


def run(db: Database, *, now: datetime, options: JobOptions) -> JobReport:
    """Suggest for what waits without a suggestion; send on what is new and sure."""
    train_router.learn_first(db, now)
    with db.read() as session:
        waiting = store_learn.without_suggestion(session, MOST)
    model = newest_model(db) if waiting else None
    sent = 0
    for at in options.progress(range(0, len(waiting), AT_ONCE), None, "complaints"):
        part = waiting[at:at + AT_ONCE]
        shares = guess_mix.mixed(model, [one.asked for one in part])
        made = [(one, suggestions(found, one.asked.region_code)) for one, found in zip(part, shares, strict=True)]
        with db.write("complaints") as session:
            sent += keep(session, made, model, now, real=db.realm == "real")
    return JobReport(rows_in=len(waiting), detail=mark("{n} aduan diberi saran instansi, {sent} langsung diteruskan"),
                     facts={"n": len(waiting), "sent": sent})


def keep(session: Session, made: Sequence[tuple[Unsorted, tuple[Suggestion, ...]]], model: guess.Model | None,
         now: datetime, *, real: bool) -> int:
    """Keep suggestions, send on what may be; how many were."""
    threshold = model.threshold if model else NEVER
    known = store.suggestions_of(session, [one.complaint_id for one, _ in made])  # sorted meanwhile
    new = {one.complaint_id: near for one, near in made if near and one.complaint_id not in known}
    sent = [one.complaint_id for one, near in made
            if one.complaint_id in new and real and not one.taken_over and now - one.filed_at <= JUST_NOW
            and may_go_alone(near[0], threshold) and not is_urgent(one.asked.text)
            and actions.send_on(session, one.complaint_id, near[0], now, vault())]
    store.keep(session, new, model.version if model else NO_MODEL, sent)
    return len(sent)


def newest_model(db: Database) -> guess.Model | None:
    """The model that was learned last; None where there is none that this site wrote."""
    try:
        return guess.unpacked(vouched.read(model_name(db.realm), guess.MOST_BYTES))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as fault:
        log.warning("router_unread", fault=type(fault).__name__)
        return None
