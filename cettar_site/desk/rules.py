"""The facts of a complaint are the complaints room's; they are named here too, so that the desk finds them at home."""

from cettar_site.complaints.rules import TRIAGE_DESK, Case, Kind, Shown, State
from cettar_site.complaints.rules_brief import Brief
from cettar_site.complaints.rules_filing import LONGEST, SHORTEST
from cettar_site.complaints.rules_number import parse_number
from cettar_site.complaints.rules_photo import Photo
from cettar_site.desk.rules_door import Officer, Role

__all__ = ["LONGEST", "SHORTEST", "TRIAGE_DESK", "Brief", "Case", "Kind", "Officer", "Photo", "Role",
           "Shown", "State", "parse_number"]

PAGE = 50
"""Lines of the queue at once."""
