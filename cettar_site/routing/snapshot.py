"""The learned model as this process holds it, and what it says of complaints that are being filed.

The model is read when the first complaint needs it, and again when the nightly job has written another. Where there is
none, or one that this site did not write, duties and topics answer alone: filing never fails because of it.
"""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from cettar_site.complaints.rules_filing import Destination, Filing, route
from cettar_site.infra import vouched
from cettar_site.infra.db import database
from cettar_site.infra.log import get_logger
from cettar_site.routing import guess, rules_table
from cettar_site.routing.guess_mix import Mixed, likely_topics, mixed
from cettar_site.routing.rules import NEVER, NO_MODEL, Asked, may_go_alone, model_name, suggestions

LOOK_SECONDS = 20.0
"""How long a new model may go unnoticed."""
MOST_AT_ONCE = 16
"""So many of a group are sorted while they are filed. Sorting takes as long as storing, and storing comes first."""
log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Seen:
    """When the file was looked at, its mark then, and what was in it."""

    at: float
    mark: tuple[str, int, int] | None = None
    model: guess.Model | None = None


class Held:
    """The model of this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: _Seen | None = None

    def model(self) -> guess.Model | None:
        """The newest model that this site wrote; None where there is none."""
        seen = self._seen
        if seen is None or time.monotonic() - seen.at > LOOK_SECONDS:
            with self._lock:
                seen = self._seen = self._looked(self._seen)
        return seen.model

    def forget(self) -> None:
        """Look again at once, for tests and for the job that wrote one."""
        self._seen = None

    def _looked(self, before: _Seen | None) -> _Seen:
        now, name = time.monotonic(), model_name(database().realm)
        mark: tuple[str, int, int] | None = None
        try:
            stat = vouched.place_of(name).stat()
            mark = (name, stat.st_mtime_ns, stat.st_size)
            if before is not None and before.mark == mark:
                return _Seen(now, mark, before.model)
            found = guess.unpacked(vouched.read(name, guess.MOST_BYTES))
        except FileNotFoundError:
            return _Seen(now)
        except (OSError, ValueError, MemoryError) as fault:
            log.warning("router_unread", fault=type(fault).__name__)
            return _Seen(now, mark)
        log.info("router_read", version=found.version)
        return _Seen(now, mark, found)


HELD = Held()


def sorted_out(asked: Sequence[Asked]) -> list[Mixed]:
    """What rules, model and duties together say of each complaint."""
    return mixed(HELD.model(), asked)


def topics_of(text: str, n: int) -> list[str]:
    """The codes of the topics that a text is likeliest about."""
    return likely_topics(HELD.model(), text, n)


def destinations(filings: Sequence[Filing]) -> list[Destination]:
    """Where each filing goes, and what was suggested. Never raises: its topic decides where anything is wrong.

    Of many at once only the first are sorted here; the others are sorted by a job some minutes later.
    """
    try:
        later = [route(one.category_code) for one in filings[MOST_AT_ONCE:]]
        return _destinations(filings[:MOST_AT_ONCE]) + later
    except Exception as fault:  # a complaint is never lost because the site can't tell where it belongs
        log.error("not_sorted", fault=type(fault).__name__)
        return [route(one.category_code) for one in filings]


def _destinations(filings: Sequence[Filing]) -> list[Destination]:
    model = HELD.model()
    said = mixed(model, [Asked(one.text, one.category_code, one.region_code) for one in filings])
    version = model.version if model else NO_MODEL
    threshold = model.threshold if model else NEVER  # how good duties alone are nobody has measured here
    found: list[Destination] = []
    for filing, shares in zip(filings, said, strict=True):
        near = suggestions(shares, filing.region_code)
        ranked = tuple((one.agency_code, one.confidence) for one in near)
        plain = route(filing.category_code)
        first = near[0] if near else None
        # A person reads first what is confidential, or where somebody may be in danger.
        calm = filing.shown.public and not rules_table.is_urgent(filing.text)
        if plain.agency_code:
            to = Destination(plain.agency_code, plain.detail, ranked, version)
        elif first is not None and calm and may_go_alone(first, threshold):
            to = Destination(first.agency_code, f"model:{first.confidence:.2f}", ranked, version)
        else:
            to = Destination(near=ranked, by=version)
        found.append(to)
    return found
