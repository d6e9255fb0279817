"""How many complaints wait in each region, counted once a change and not once a reader."""

from cettar_site.complaints import store_lists
from cettar_site.complaints.rules_brief import Unanswered
from cettar_site.infra.snapshot import Snapshot

UNANSWERED: Snapshot[tuple[Unanswered, ...]] = Snapshot("unanswered", ("complaints",), store_lists.unanswered)
