"""Templates: what one is, and how long it may be."""

from collections.abc import Mapping
from dataclasses import dataclass

from cettar_site.base.errors import Problem, Refused
from cettar_site.base.words import mark
from cettar_site.complaints.rules_filing import clean

LONGEST_NAME = 80
LONGEST_TEXT = 2000
MOST = 50

_NO_NAME = mark("Beri nama, paling banyak 80 huruf.")
_NO_TEXT = mark("Tulis isinya, paling banyak 2.000 huruf.")
TOO_MANY = mark("Sudah ada 50 templat. Hapus satu dulu.")


@dataclass(frozen=True, slots=True)
class Template:
    """A text that officers begin with; id 0 is a new one."""

    id: int
    name: str
    text: str


def check_template(typed: Mapping[str, str]) -> Template:
    """The template that a form means. Raises Refused."""
    name, text = " ".join(clean(typed.get("name", "")).split()), clean(typed.get("text", ""))
    problems = []
    if not 0 < len(name) <= LONGEST_NAME:
        problems.append(Problem("name", _NO_NAME))
    if not 0 < len(text) <= LONGEST_TEXT:
        problems.append(Problem("text", _NO_TEXT))
    if problems:
        raise Refused(tuple(problems))
    asked = typed.get("id", "")
    return Template(int(asked) if asked.isdecimal() and len(asked) < 10 else 0, name, text)
