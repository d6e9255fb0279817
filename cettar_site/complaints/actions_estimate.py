"""Make the estimates anew: measured in one reading, kept in one short writing."""

from collections import defaultdict
from datetime import datetime

from sqlmodel import Session

from cettar_site.complaints import store_estimate
from cettar_site.complaints.rules_estimate import WINDOW, Estimate, Tally, estimate


def measured(session: Session, now: datetime) -> list[Estimate]:
    """What the waits of the last 180 days tell: each group at each agency, each agency, the province."""
    waits: dict[tuple[str, str], list[Tally]] = defaultdict(list)
    for agency_code, group_code, tally in store_estimate.by_agency(session, now - WINDOW, now):
        waits[agency_code, ""].append(tally)
        if group_code:
            waits[agency_code, group_code].append(tally)
    waits["", ""] = store_estimate.of_all(session, now - WINDOW, now)
    made = (estimate(agency_code, group_code, tallies, now) for (agency_code, group_code), tallies in waits.items())
    return [one for one in made if one is not None]
