"""`python -m tests.bench`: measure a running site and print each figure beside its aim.

`--only pages,live` measures a part; `--kills 50` adds the table of kills, which takes minutes; `--many 1000000` sets
how old the old site of the part `scale` is (making a million takes ten minutes and 3 GB of .cache, once).
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench import lighthouse, live, pages, scale, throughput
from tests.bench.figures import Figure, keep, lines
from tests.site import ROOT, Site, build, running

PARTS: dict[str, Callable[[Site], list[Figure]]] = {
    "pages": lambda site: pages.measure(site.address),
    "lighthouse": lambda site: lighthouse.measure(site.address, pages.PAGES),
    "live": live.measure,
    "throughput": lambda site: throughput.measure(site.port, pages.PAGES),
}


def measure(names: list[str], many: int) -> list[Figure]:
    """The figures of these parts, on one site with the simulation's data and jobs at rest; `scale` on its own two."""
    found = scale.measure(many) if "scale" in names else []
    names = [name for name in names if name != "scale"]
    if not names:
        return found
    with tempfile.TemporaryDirectory(prefix="cettar-bench-") as folder, \
            running(Path(folder), demo="1", proxy_hops="1") as site:
        site.job("simulate")
        for name in names:
            print(f"measuring {name} …", file=sys.stderr, flush=True)
            found += PARTS[name](site)
    return found


def main() -> int:
    """Measure, print, keep."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--only", default=",".join((*PARTS, "scale")),
                         help="parts to measure: " + ", ".join((*PARTS, "scale")))
    options.add_argument("--kills", type=int, default=0, help="rounds of kill -9, each with 2,000 intakes")
    options.add_argument("--many", type=int, default=scale.MANY, help="complaints of the old site")
    chosen = options.parse_args()
    build()
    found = measure([name for name in chosen.only.split(",") if name], chosen.many)
    keep(found, ROOT)
    print(*lines(found), sep="\n")
    if chosen.kills:
        print()
        return subprocess.run([sys.executable, "-m", "tests.crash", "--rounds", str(chosen.kills)],
                              cwd=ROOT, check=False).returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
