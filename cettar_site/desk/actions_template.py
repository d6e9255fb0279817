"""Supervisors keep their agency's templates."""

from datetime import datetime

from sqlmodel import Session

from cettar_site.base.errors import NotFound, Problem, Refused
from cettar_site.desk import store_template
from cettar_site.desk.rules import Officer
from cettar_site.desk.rules_matrix import Page, check_page
from cettar_site.desk.rules_template import MOST, TOO_MANY, Template


def save(session: Session, officer: Officer, template: Template, now: datetime) -> None:
    """Add or change one. Raises Forbidden, NotFound for another agency's, Refused when there are too many."""
    check_page(officer, Page.TEMPLATES)
    if not template.id and store_template.count(session, officer.agency_code) >= MOST:
        raise Refused((Problem("name", TOO_MANY),))
    if not store_template.save(session, officer.agency_code, template, officer.pseudonym, now):
        raise NotFound("no such template")


def remove(session: Session, officer: Officer, template_id: int) -> None:
    """Delete one of the agency's own. Raises Forbidden."""
    check_page(officer, Page.TEMPLATES)
    store_template.remove(session, officer.agency_code, template_id)
