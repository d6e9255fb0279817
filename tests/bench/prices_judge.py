"""Measure the judge of prices on a file of real ones: `python -m tests.bench.prices_judge FILE`.

Prints, per series, how many prices are held and why, and how many of 36 injected typing errors of each kind are.
"""

import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from cettar_site.prices.parse_file import parse_file
from cettar_site.prices.rules import SISKAPERBAPO, Origin, Reason, SeriesKey, Status
from cettar_site.prices.rules_basis import Sister
from cettar_site.prices.rules_bounds import bounds
from cettar_site.prices.rules_check import check
from cettar_site.prices.rules_judge import judge_series

INJECTED = 36
FACTORS = (10.0, 0.1, 2.0, 1.5)
HISTORY = 500
Days = list[tuple[int, int]]


def believable(file: Path, now: datetime) -> tuple[dict[SeriesKey, Days], Counter[str]]:
    """The series of a file, as rows that wait for their history, and how many were refused or held at sight."""
    series: dict[SeriesKey, Days] = {}
    at_sight: Counter[str] = Counter()
    for row in parse_file(file.read_bytes(), Origin(SISKAPERBAPO, file.name, now)).observations:
        verdict = check(row, now.date())
        if verdict is None and row.price is not None:
            series.setdefault(row.key, []).append((row.observed_on.toordinal(), row.price))
        elif verdict is not None:
            at_sight[verdict.reason.value] += 1
    return {key: sorted(days) for key, days in series.items()}, at_sight


def beside(series: dict[SeriesKey, Days]) -> dict[SeriesKey, list[Sister]]:
    """The sister points of each series."""
    quoted = {key: Sister(days) for key, days in series.items()}
    return {
        key: [sister for other, sister in quoted.items()
              if other != key and (other.level, other.commodity) == (key.level, key.commodity)]
        for key in series
    }


def held(key: SeriesKey, days: Sequence[tuple[int, int]], at: int, factor: float, sisters: Sequence[Sister]) -> bool:
    """Whether a price multiplied by a factor is held, by its bounds, its history or its sisters."""
    day, price = days[at][0], round(days[at][1] * factor)
    lowest, highest = bounds(key.commodity)
    if not lowest <= price <= highest:
        return True
    story = [*days[max(0, at - HISTORY):at], (day, price)]
    return judge_series([], story, sisters)[day].first.status is Status.HELD


def recall(key: SeriesKey, days: Days, clean: Sequence[int], sisters: Sequence[Sister]) -> list[float]:
    """The share of injected errors that are held, for each factor."""
    places = random.Random(7).sample(list(clean), min(INJECTED, len(clean)))
    return [sum(held(key, days, at, factor, sisters) for at in places) / max(1, len(places)) for factor in FACTORS]


def main(file: Path) -> None:
    """Print the figures of a file."""
    series, at_sight = believable(file, datetime.now(UTC))
    sisters = beside(series)
    began = time.perf_counter()
    verdicts = {key: judge_series([], days, sisters[key]) for key, days in series.items()}
    seconds = time.perf_counter() - began
    print(f"judged {sum(map(len, series.values()))} prices of {len(series)} series in {seconds:.2f} s")
    print("at sight:", dict(at_sight))
    print(f"{'series':<58}{'n':>6}{'shift':>7}{'jump':>6}{'cross':>6}{'new':>5}"
          + "".join(f"{f'x{f}':>7}" for f in FACTORS))
    total: Counter[Reason] = Counter()
    for key, days in series.items():
        said = Counter(one.final.reason for one in verdicts[key].values())
        total += said
        clean = [at for at, (day, _) in enumerate(days) if at > 60 and verdicts[key][day].final.reason is Reason.NONE]
        shares = "".join(f"{share:>7.2f}" for share in recall(key, days, clean, sisters[key]))
        print(f"{f'{key.commodity} · {key.point} · {key.region}':<58}{len(days):>6}{said[Reason.DECIMAL_SHIFT]:>7}"
              f"{said[Reason.JUMP]:>6}{said[Reason.CROSS_MARKET]:>6}{said[Reason.NEW_LEVEL]:>5}{shares}")
    doubted = Counter(one.first.reason.value for said in verdicts.values() for one in said.values())
    print("on their day:", {reason or "accepted": n for reason, n in doubted.items()})
    print("in the end:", {reason.value or "accepted": n for reason, n in total.items()})
    for key, days in series.items():
        for day, price in days:
            one = verdicts[key][day].final
            if one.status is Status.HELD and (key.commodity == "bawang-merah" or one.reason is Reason.CROSS_MARKET):
                print(f"  held: {date.fromordinal(day)} {key.commodity} {key.point} {price} {one.reason.value}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
