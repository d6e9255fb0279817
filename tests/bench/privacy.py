"""How well what is personal is found, and what looking costs: `python -m tests.bench.privacy [FILE …]`.

Prints recall (no letter of it is left) and precision (nothing else was hidden) of each kind on the marked sentences of
tests/data/privacy, or of the files given, and the microseconds that masking takes for texts of 300 letters.
"""

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from cettar_site.complaints.rules_privacy import Personal, masked
from tests.complaints.privacy_marks import SENTENCES, UNSEEN, measure, read

PLAIN = ("Jalan provinsi di Kecamatan Bagor berlubang di depan pasar, dalamnya sejengkal lebih. Kemarin ada pengendara "
         "motor jatuh karena menghindar. Sudah kami sampaikan ke perangkat setempat, belum ada hasil. Mohon segera "
         "diperiksa. Kalau bukan wewenang provinsi, tolong beri tahu ke mana kami harus melapor.")
FULL = ("Assalamualaikum. Nama saya Siti Aminah, NIK 3518085107790002, HP 081234567890. Bantuan di Desa Sukomoro "
        "dipotong Rp50.000 oleh Pak Kasmin sejak bulan lalu. Kami sudah bertanya ke balai desa tetapi disuruh menunggu "
        "terus tanpa kepastian. Mohon diperiksa penyalurannya. Terima kasih.")
HOSTILE = ("20 ", "08-", "RT 1 RW ", "a@", "Pak A ")
ROUNDS, TIMES = 9, 300


def microseconds(text: str, times: int = TIMES) -> float:
    """What masking a text costs, the best of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for _ in range(times):
            masked(text)
        best = min(best, time.perf_counter() - began)
    return best / times * 1e6


def table(path: Path) -> list[str]:
    """The figures of a file, and its faults."""
    sentences = read(path)
    marks = measure(sentences)
    lines = [f"{path.name}: {len(sentences)} sentences",
             f"  {'kind':<9}{'marked':>7}{'recall':>8}{'hidden':>8}{'precision':>11}"]
    lines += [f"  {kind:<9}{marks.wanted[kind]:>7}{marks.recall(kind):>8.3f}{marks.said[kind]:>8}"
              f"{marks.precision(kind):>11.3f}" for kind in Personal]
    lines.append(f"  {'all':<9}{marks.wanted.total():>7}{marks.recall():>8.3f}{marks.said.total():>8}"
                 f"{marks.precision():>11.3f}; {marks.stayed} of {marks.to_stay} marked to stay did")
    return [*lines, *(f"  {fault}" for fault in marks.faults)]


def main(files: Sequence[str]) -> None:
    """Print the figures."""
    for path in [Path(one) for one in files] or [SENTENCES, UNSEEN]:
        print(*table(path), sep="\n")
    print(f"nothing to hide, {len(PLAIN)} letters: {microseconds(PLAIN):.0f} µs")
    print(f"four things to hide, {len(FULL)} letters: {microseconds(FULL):.0f} µs")
    for piece in HOSTILE:
        print(f"hostile, 4,000 letters of {piece!r}: {microseconds((piece * 4000)[:4000], 1) / 1000:.0f} ms")


if __name__ == "__main__":
    main(sys.argv[1:])
