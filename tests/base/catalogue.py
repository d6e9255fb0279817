"""Which sentences the site says: found in the code, compared with a catalogue.

`python -m tests.base.catalogue en` prints the entries that en.po lacks, ready to be filled in and appended.
"""

import re
import sys
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

SITE = Path(__file__).resolve().parents[2] / "cettar_site"
KEYWORDS = {
    "w": None,
    "self": None,
    "mark": None,
    "parts": None,
    "plural": (1, 2),
    "ngettext": (1, 2),
    "Problem": (2,),
    "Column": (2,),
}
SLOT = re.compile(r"\{\w*\}")


def sentences() -> dict[str, str]:
    """Each msgid with its plural ("" when it has none)."""
    said: dict[str, str] = {}
    for _, _, message, _, _ in extract_from_dir(SITE, [("**.py", "python")], keywords=KEYWORDS):
        one, many = message if isinstance(message, tuple) else (message, "")
        if one.strip():
            said[one] = many or said.get(one, "")
    return said


def translations(lang: str) -> dict[str, Message]:
    """The catalogue's own entries by msgid."""
    with (SITE / "locale" / f"{lang}.po").open("rb") as file:
        catalogue = read_po(file, locale=lang)
    return {
        entry.id[0] if isinstance(entry.id, tuple) else str(entry.id): entry
        for entry in catalogue
        if entry.id
    }


def texts(entry: Message) -> list[str]:
    """Every form of a translation."""
    return list(entry.string) if isinstance(entry.string, tuple | list) else [str(entry.string)]


def missing(lang: str) -> dict[str, str]:
    """Sentences without a translation, each with its plural."""
    known = translations(lang)
    return {one: many for one, many in sentences().items() if one not in known or not all(texts(known[one]))}


def quoted(text: str) -> str:
    """A string as a catalogue writes it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def main(lang: str) -> None:
    """Print what is missing."""
    for one, many in missing(lang).items():
        print(f"msgid {quoted(one)}")
        print(f'msgid_plural {quoted(many)}\nmsgstr[0] ""\nmsgstr[1] ""\n' if many else 'msgstr ""\n')


if __name__ == "__main__":
    main(sys.argv[1])
