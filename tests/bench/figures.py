"""A figure and its aim; the table of all of them."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

REPORT = Path("reports") / "bench.json"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number. `aim` is the most it may be, or with `more` the least; None: no aim."""

    group: str
    name: str
    value: float | None
    unit: str
    aim: float | None = None
    more: bool = False
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None when there is no aim or no value."""
        if self.aim is None or self.value is None:
            return None
        return self.value >= self.aim if self.more else self.value <= self.aim


def number(value: float | None) -> str:
    """A number as the table shows it: three digits that matter, thousands apart."""
    if value is None:
        return "not measured"
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.2f}"


def lines(figures: Sequence[Figure]) -> list[str]:
    """The Markdown table."""
    out = ["| what | figure | aim | met |", "|---|---:|---:|:-:|"]
    group = ""
    for one in figures:
        if one.group != group:
            group = one.group
            out.append(f"| **{group}** | | | |")
        sign = "≥" if one.more else "≤"
        aim = f"{sign} {number(one.aim)} {one.unit}" if one.aim is not None else ""
        met = {True: "yes", False: "**no**", None: ""}[one.met]
        note = f" ({one.note})" if one.note else ""
        out.append(f"| {one.name}{note} | {number(one.value)} {one.unit} | {aim} | {met} |")
    return out


def keep(figures: Sequence[Figure], root: Path) -> None:
    """Write reports/bench.json, which git ignores."""
    path = root / REPORT
    path.parent.mkdir(exist_ok=True)
    machine = {"system": platform.platform(), "python": platform.python_version(), "cores": os.cpu_count()}
    report = {"machine": machine, "figures": [asdict(one) for one in figures]}
    path.write_text(json.dumps(report, indent=1) + "\n")
