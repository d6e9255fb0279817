"""How good the sorting is: `python -m jobs judge_router [FILE …]`, predict first, then learn, all in time order.

Without a file it replays the simulated stream, made in memory. A file is SP4N-LAPOR!'s of 21 columns, of any province:
agencies that are not ours are labels of their own. What it reads is neither kept nor shown; secret rows are left out.
"""

import argparse
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from cettar_site.base.errors import Refused
from cettar_site.base.words import mark
from cettar_site.complaints.rules import TRIAGE_DESK
from cettar_site.complaints.rules_lapor import AGENCY, Row, taken
from cettar_site.infra.db import Database
from cettar_site.jatim.tables import fold
from cettar_site.routing.rules import Asked, label_of
from cettar_site.routing.rules_label import Example, decided
from cettar_site.simulation.rules_case import SEED, begin, due, replay
from cettar_site.simulation.rules_live import stream
from cettar_site.simulation.rules_text import filing_text
from jobs.import_lapor import read
from jobs.learning import Taught, spoken, teach
from jobs.report import JobOptions, JobReport

DAYS = 90
AFTER = timedelta(days=365)
SAID = mark("{source}: dari {tested} aduan, saran pertama tepat {first}%, satu dari tiga saran tepat {among}%; "
            "{alone}% diteruskan sendiri, {precise}% di antaranya tepat")


def arguments(parser: argparse.ArgumentParser) -> None:
    """The job's own options."""
    parser.add_argument("files", metavar="FILE", nargs="*", type=Path,
                        help="SP4N-LAPOR!'s file of 21 columns, CSV or Excel; none: the simulated stream")
    parser.add_argument("--every", type=int, default=0, metavar="N", help="learn anew after so many (default: an "
                        "eighth)")
    parser.add_argument("--days", type=int, default=DAYS, metavar="N",
                        help="days of the simulated stream (default: 90)")


def run(db: Database, *, now: datetime, options: JobOptions) -> JobReport:
    """Judge the stream or the files; prints each block. Raises ForeignFailure for a file that is not understood."""
    files: Sequence[Path] = options.values.get("files") or ()
    every = int(options.values.get("every") or 0)
    if files:
        rows = [row for file in files for row in read(Path(file))]
        examples, source = list(of_rows(rows, now)), "SP4N-LAPOR!"
    else:
        rows = []
        examples, source = list(simulated(now, int(options.values.get("days") or DAYS))), "simulasi"
    taught = teach(examples, "judged", train=False, every=every, tested=max(1, len(examples)))
    if options.by_hand:
        tell(taught)
    return JobReport(rows_in=len(examples), rows_refused=max(0, len(rows) - len(examples)), detail=SAID,
                     facts=spoken(taught.figures) | {"source": source})


def tell(taught: Taught) -> None:
    """The figures block by block, and what threshold would be used from now on."""
    print(f"{taught.labels} destinations. Predict a block, then learn from what was decided before the next one.")
    print(" learned from   block  top-1  top-3  threshold  alone  precision")
    for one in taught.steps:
        n = one["n"] or 1
        alone = one["alone_right"] / one["alone"] if one["alone"] else None
        print(f"{one['learned']:>13}{one['n']:>8}{one['first'] / n:>7.1%}{one['among'] / n:>7.1%}"
              f"{format(one['threshold'], '.2f') if one['threshold'] <= 1 else 'none':>11}{one['alone'] / n:>7.1%}"
              f"{'none' if alone is None else format(alone, '.1%'):>11}")
    found = taught.figures
    print(f"all {found.n}: top-1 {found.share(found.first):.1%}, top-3 {found.share(found.among):.1%}")
    print(f"alone, thresholds chosen from the past only: {found.share(found.alone):.1%} at precision "
          f"{found.precision:.1%}")
    best = taught.hindsight
    print(f"alone at precision ≥ 95 %, threshold chosen in hindsight: {best.share(best.alone):.1%} at "
          f"{best.precision:.1%}" if best.alone else "no confidence was right in 95 of 100: all would go to the desk")
    print("threshold from now on: " + ("none" if taught.threshold is None else f"{taught.threshold:.2f}"))


def simulated(now: datetime, days: int) -> Iterator[Example]:
    """The simulation's public complaints of the last days, with what its desks will have decided."""
    for planned in stream(SEED, now - timedelta(days=days), now):
        first = begin(planned)
        events = (*first, *(one.event for one in due(planned, replay(first), 0, now + AFTER)))
        known = decided(events)
        if known is not None and planned.shown.public:
            text, _ = filing_text(SEED, planned)
            yield Example(Asked(text, planned.category_code, planned.region_code), known.label, planned.filed_at,
                          known.at)


def of_rows(rows: Sequence[Row], now: datetime) -> Iterator[Example]:
    """The rows that name an agency; the file does not say when that was decided, so: when it was filed."""
    for row in rows:
        try:
            one = taken(row, now)
        except Refused:
            continue
        label = label_of(one.agency_code) or fold(row[AGENCY])
        if one.shown.public and label and label != TRIAGE_DESK:
            yield Example(Asked(one.text, one.category_code, one.region_code), label, one.filed_at, one.filed_at)
