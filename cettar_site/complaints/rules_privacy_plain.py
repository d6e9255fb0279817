"""A text as its reader understands it: what nobody sees left out, other scripts' digits as ours, wide gaps narrow.

Only for looking: what is found here is hidden in the text as it was written.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_UNSEEN = frozenset({"Mn", "Me", "Cf"})  # marks over the letter before, and format characters
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")
_DASH = "\N{EN DASH}"  # the rules know it
# What stands between the digits of a number where a point or a blank could: alone anywhere, or only where no hours and
# no prices look like it.
_BETWEEN = re.compile(r"(?<=\d) [_*~|•·] (?=\d)|(?<=\d)[_*~|•·](?=\d)|(?<=\d{3})[,:+'’](?=\d{3})|(?<=\d) ?-- ?(?=\d)")
_ZERO = re.compile(r"(?<=\d)[Oo](?=\d)|(?<![A-Za-z0-9])[Oo](?=8[1-9]\d{2}|8[1-9]\d[ .-]?\d)")


def plain(text: str) -> tuple[str, Sequence[int]]:
    """The plain reading, and for each of its letters where it stands in the text."""
    places: Sequence[int] = range(len(text))
    if not text.isascii() or "\t" in text or "  " in text:
        text, places = _seen(text)
    return _ZERO.sub("0", _BETWEEN.sub(lambda found: "-".center(len(found[0])), text)), places


def _seen(text: str) -> tuple[str, list[int]]:
    letters: list[str] = []
    places: list[int] = []
    for at, letter in enumerate(text):
        read = letter if letter.isascii() and letter != "\t" else _read(letter)
        if not read or (read == " " and letters[-1:] == [" "]):
            continue
        letters.append(read)
        places.append(at)
    return "".join(letters), places


@lru_cache(maxsize=4096)
def _read(letter: str) -> str:
    """A letter as it is understood; nothing for what nobody sees."""
    kind = unicodedata.category(letter)
    if kind in _UNSEEN or letter in _FILLERS:
        return ""
    if letter == "\t" or kind == "Zs":
        return " "
    if (kind == "Pd" and letter != _DASH) or letter in "\u2212\u02d7\u2043":
        return "-"
    digit = unicodedata.digit(letter, None)
    if digit is not None:
        return str(digit)
    same = unicodedata.normalize("NFKC", letter)
    return same if len(same) == 1 and same.isascii() else letter
