"""Which sentences the site says: found in the code, compared with a catalogue.

`python -m tests.base.catalogue en` prints the entries that en.po lacks, ready to be filled in and appended.
"""

import ast
import re
import sys
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

SITE = Path(__file__).resolve().parents[2] / "cettar_site"
JOBS = SITE.parent / "jobs"
FIRST = frozenset({"w", "self", "mark", "parts"})  # calls whose first text is a sentence
PLURAL = frozenset({"plural", "ngettext"})  # whose first two are one
SECOND = frozenset({"Problem", "Column"})  # whose second is one
SLOT = re.compile(r"\{\w*\}")


def sentences() -> dict[str, str]:
    """Each msgid with its plural ("" when it has none). Found in f-strings too."""
    said: dict[str, str] = {}
    for file in sorted([*SITE.rglob("*.py"), *JOBS.glob("*.py")]):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and (found := _sentence(node)):
                said[found[0]] = found[1] or said.get(found[0], "")
    return said


def _sentence(call: ast.Call) -> tuple[str, str] | None:
    name = getattr(call.func, "id", "") or getattr(call.func, "attr", "")
    texts_given = [arg.value if isinstance(arg, ast.Constant) else None for arg in call.args]
    one, many = (*texts_given, None, None)[:2]
    if name in FIRST and isinstance(one, str):
        return (one, "") if one.strip() else None
    if name in PLURAL and isinstance(one, str) and isinstance(many, str):
        return one, many
    if name in SECOND and isinstance(many, str):
        return many, ""
    return None


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
