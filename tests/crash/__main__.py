"""`python -m tests.crash --rounds 50 --intakes 2000`: the table of kills; fails if anything was lost."""

import argparse
import random
import sys
import tempfile
from pathlib import Path

from tqdm import tqdm

from tests.crash.rounds import Books, round_of
from tests.site import build, make_site

HASTY = ("-m", "tests.crash.hasty")


def many(rounds: int, intakes: int, seed: int, entry: tuple[str, ...] | None = None,
         until_caught: bool = False) -> Books:
    """So many rounds on one site and its data, on SQLite; `entry` starts a site with a planted fault."""
    books, dice = Books(), random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="cettar-crash-") as folder:
        site = make_site(Path(folder), proxy_hops="1", **({"entry": entry} if entry else {}))  # type: ignore[arg-type]
        site.start()
        try:
            for _ in tqdm(range(rounds), unit="kill", disable=None):
                round_of(site, f"sqlite:///{folder}/cettar.sqlite", books, intakes, dice)
                if until_caught and books.faults:
                    break
        finally:
            site.kill()
    return books


def row(name: str, books: Books) -> str:
    """One line of the table."""
    return (f"| {name} | {books.rounds} | {sum(books.killed_at)} | {books.sent_again} | {books.were_there} "
            f"| {len(books.faults)} |")


def main() -> int:
    """Run, print, judge."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=50)
    options.add_argument("--intakes", type=int, default=2000)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    build()
    books = many(chosen.rounds, chosen.intakes, chosen.seed)
    hasty = many(chosen.rounds, chosen.intakes, chosen.seed, HASTY, until_caught=True)
    print(f"kill -9 of the whole site in the middle of {chosen.intakes} intakes:\n")
    print("| site | kills | acknowledged before a kill | sent again | of these already stored | faults |")
    print("|---|---:|---:|---:|---:|---:|")
    print(row("CETTAR", books))
    print(row("planted: answers before it commits", hasty))
    print(*books.faults, *(f"planted: {fault}" for fault in hasty.faults), sep="\n")
    return 0 if not books.faults and hasty.faults else 1


if __name__ == "__main__":
    sys.exit(main())
