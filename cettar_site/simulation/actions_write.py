"""How the simulation's complaints, acts and prices are written: by the other rooms' own stores and verbs."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session

from cettar_site.base.errors import Conflict
from cettar_site.base.seal import Vault
from cettar_site.complaints import store as complaints
from cettar_site.complaints import store_read as complaints_read
from cettar_site.complaints.actions_happen import Deed, happen
from cettar_site.complaints.rules import Kind, ServiceRequest, Writing
from cettar_site.complaints.rules_life import replay
from cettar_site.complaints.rules_public import public_writing
from cettar_site.desk import actions_door as desk
from cettar_site.desk import actions_factor as factor
from cettar_site.desk import store_door as desk_store
from cettar_site.desk import store_factor
from cettar_site.desk.rules_example import EXAMPLE_OFFICERS, FACTOR, PASSWORD_HASH
from cettar_site.prices import actions as prices
from cettar_site.simulation.rules_case import Change, Plan, begin, due, public_number
from cettar_site.simulation.rules_dice import Dice, secret
from cettar_site.simulation.rules_market import Quote, observations
from cettar_site.simulation.rules_text import filing_text
from cettar_site.simulation.rules_text_life import said


def file(session: Session, plans: Sequence[Plan], now: datetime, seed: int, vault: Vault) -> int:
    """File complaints, each with what should have happened to it until now; gives the number of acts."""
    numbers = _numbers(session, plans, seed)
    filed: list[complaints.Filed] = []
    acts = 0
    for planned in plans:
        first = begin(planned)
        changes = due(planned, replay(first), 0, now)
        events = (*first, *(change.event for change in changes))
        text, place = filing_text(seed, planned)
        request = ServiceRequest(planned.id, numbers[planned.id], planned.shown, planned.category_code,
                                 planned.region_code, planned.district_code, planned.happened_on,
                                 planned.filed_at)
        writing = Writing(1, text, place)
        salt, code, key, mark = (secret(seed, what, planned.id) for what in ("salt", "code", "key", "filing"))
        public = public_writing(planned.shown, Kind.SUBMITTED, writing)
        later = tuple(_said(planned, change, seed) for change in changes if _written(change, seed))
        filed.append(complaints.Filed(
            request, writing, public, events, replay(events), salt, code, key, mark, later))
        acts += len(changes)
    complaints.add(session, filed, vault)
    return acts


def _said(planned: Plan, change: Change, seed: int) -> tuple[Writing, Writing | None]:
    writing = Writing(change.event.seq, _written(change, seed))
    return writing, public_writing(planned.shown, change.event.kind, writing)


def act(session: Session, changes: Iterable[Change], seed: int, vault: Vault) -> int:
    """Add what officers do to stored complaints; what somebody else did meanwhile goes before."""
    done = 0
    for change in changes:
        case = complaints_read.case_by_id(session, change.plan.id, vault)
        if case is None or case.life.seq != change.before.seq:
            continue
        event = change.event
        deed = Deed(event.kind, event.actor, event.agency_code, event.detail, _written(change, seed))
        try:
            happen(session, case, deed, event.at, vault)
        except Conflict:
            continue
        done += 1
    return done


def tell(session: Session, quotes: Iterable[Quote], now: datetime) -> int:
    """Give prices to the prices room, which judges them; gives the number that was news."""
    rows = observations(quotes, now)
    report = prices.record(session, rows, now)
    return report.read - report.unchanged


def add_officers(session: Session, now: datetime, seed: int, vault: Vault) -> None:
    """Make the demo's accounts that are not there yet, and give a factor to those without."""
    for example in EXAMPLE_OFFICERS:
        found = desk_store.officer_by_email(session, example.email)
        officer = found[0] if found else desk.add_officer(
            session, example.email, example.agency_code, example.role, PASSWORD_HASH, now,
            Dice(seed, "account", example.email).one, simulated=True)
        if not officer.enrolled:
            salt = secret(seed, "factor", officer.id)
            factor.set_factor(session, officer, salt, store_factor.sealed(FACTOR, salt, vault), 0, now)


def _numbers(session: Session, plans: Sequence[Plan], seed: int) -> dict[int, str]:
    """A public number for each complaint that nothing else bears."""
    numbers: dict[int, str] = {}
    waiting, attempt = list(plans), 0
    while waiting:
        wanted = {planned.id: public_number(seed, planned.id, attempt) for planned in waiting}
        taken = complaints.taken(session, wanted.values()) | set(numbers.values())
        for id_, number in wanted.items():
            if number not in taken:
                numbers[id_] = number
                taken.add(number)
        waiting, attempt = [planned for planned in waiting if planned.id not in numbers], attempt + 1
    return numbers


def _written(change: Change, seed: int) -> str:
    """What was written at an event; empty where nothing was."""
    return said(seed, change.plan, change.event, first=change.before.answers == 0)
