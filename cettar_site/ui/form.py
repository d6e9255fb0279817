"""Forms that nobody fails: label above, hint under it, error with its field, all errors on top with links.

Nothing here cuts what was typed: a field never has `maxlength`, because a pasted text would lose its end in
silence; the limit is said in the hint (and in `data-max` for a counter) and checked by the rules.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Literal

import htpy as h
from htpy import Node

from cettar_site.base.errors import Problem
from cettar_site.base.words import Words

Width = Literal["full", "half", "short"]
Problems = Sequence[Problem]


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose, its texts translated. Neighbours with the same `group` stand together."""

    value: str
    text: str
    hint: str = ""
    group: str = ""


def form(
    w: Words,
    *children: Node,
    action: str,
    problems: Problems = (),
    method: Literal["post", "get"] = "post",
    layout: Literal["stack", "filter"] = "stack",
    anchor: str = "",
) -> Node:
    """The form with its error summary above; `anchor` is its id. The browser's checks are off."""
    return h.fragment[
        error_summary(w, problems),
        h.form(
            class_=f"form form-{layout}", id=anchor or None, action=action, method=method, novalidate=True
        )[children],
    ]


def error_summary(w: Words, problems: Problems) -> Node:
    """All problems with links to their fields; it takes the focus when the page opens."""
    if not problems:
        return None
    return h.div(".problems", role="alert", tabindex="-1", autofocus=True, aria_labelledby="problems-title")[
        h.h2("#problems-title")[w("Ada yang perlu diperbaiki")],
        h.ul[
            (
                h.li[h.a(href=f"#{problem.field}")[w(problem.text)] if problem.field else w(problem.text)]
                for problem in problems
            )
        ],
    ]


def error_title(w: Words, title: str, problems: Problems) -> str:
    """The document's title, saying first that something is to be mended."""
    return w("Perlu diperbaiki: {title}", title=title) if problems else title


def text_field(
    w: Words,
    name: str,
    label: str,
    *,
    value: str = "",
    hint: str = "",
    problems: Problems = (),
    optional: bool = False,
    kind: Literal["text", "tel", "email", "password", "search", "number"] = "text",
    autocomplete: str = "off",
    inputmode: str = "",
    maxlength: int = 0,
    width: Width = "full",
    spellcheck: bool | None = None,
    autofocus: bool = False,
) -> Node:
    """One line of text; `maxlength` is told to a counter, never enforced by the browser.

    `autofocus`: the page is for this field alone.
    """
    attributes: dict[str, Any] = {
        "type": kind,
        "value": value if kind != "password" else None,
        "autocomplete": autocomplete,
        "inputmode": inputmode or None,
        "data-max": str(maxlength) if maxlength else None,
        "autofocus": autofocus,
        "spellcheck": None if spellcheck is None else str(spellcheck).lower(),
        "class": None if width == "full" else f"width-{width}",
    }
    control = h.input(_named(w, name, hint, problems), attributes)
    return _field(w, name, label, control, hint, problems, optional)


def textarea_field(
    w: Words,
    name: str,
    label: str,
    *,
    value: str = "",
    hint: str = "",
    problems: Problems = (),
    optional: bool = False,
    rows: int = 6,
    maxlength: int = 0,
) -> Node:
    """Several lines of text; a limit is said in the hint."""
    limit = w("Paling banyak {n} huruf.", n=maxlength) if maxlength else ""
    hint = " ".join(part for part in (hint, limit) if part)
    control = h.textarea(
        _named(w, name, hint, problems), rows=rows, data_max=str(maxlength) if maxlength else None
    )[f"\n{value}" if value.startswith("\n") else value]
    return _field(w, name, label, control, hint, problems, optional)


def select_field(
    w: Words,
    name: str,
    label: str,
    choices: Iterable[Choice],
    *,
    value: str = "",
    hint: str = "",
    problems: Problems = (),
    optional: bool = False,
    blank: str = "",
) -> Node:
    """A native list; `blank` is the text of an empty first choice."""
    parts: list[Node] = [h.option(value="")[blank]] if blank else []
    for group, members in groupby(choices, key=lambda choice: choice.group):
        options = [
            h.option(value=choice.value, selected=choice.value == value)[choice.text] for choice in members
        ]
        parts.append(h.optgroup(label=group)[options] if group else options)
    control = h.select(_named(w, name, hint, problems))[parts]
    return _field(w, name, label, control, hint, problems, optional)


def radios_field(
    w: Words,
    name: str,
    legend: str,
    choices: Sequence[Choice],
    *,
    value: str = "",
    hint: str = "",
    problems: Problems = (),
    optional: bool = False,
) -> Node:
    """One of a few, all in sight. The first has the field's id, so that the error summary leads to it."""
    wrong = _problem(problems, name)
    css = ["field", wrong and "field-wrong"]
    return h.fieldset(class_=css, aria_describedby=_described(name, hint, wrong))[
        h.legend[legend, optional and _optional(w)],
        _told(w, name, hint, wrong),
        h.div(".choices")[
            (
                _choice("radio", name, name if at == 0 else f"{name}-{at + 1}", choice, choice.value == value)
                for at, choice in enumerate(choices)
            )
        ],
    ]


def checkbox_field(
    w: Words,
    name: str,
    label: str,
    *,
    checked: bool = False,
    hint: str = "",
    problems: Problems = (),
    value: str = "1",
) -> Node:
    """A single yes."""
    wrong = _problem(problems, name)
    described = f"{name}-error" if wrong else None
    return h.div(class_=["field", wrong and "field-wrong"])[
        wrong and _error(w, name, wrong),
        _choice("checkbox", name, name, Choice(value, label, hint), checked, described),
    ]


def date_field(
    w: Words,
    name: str,
    label: str,
    *,
    value: date | str | None = None,
    earliest: date | None = None,
    latest: date | None = None,
    hint: str = "",
    problems: Problems = (),
    optional: bool = False,
) -> Node:
    """A day, by the device's own picker."""
    control = h.input(
        _named(w, name, hint, problems),
        type="date",
        value=str(value) if value else None,
        min=str(earliest) if earliest else None,
        max=str(latest) if latest else None,
        class_="width-half",
    )
    return _field(w, name, label, control, hint, problems, optional)


def hidden(name: str, value: str) -> Node:
    """A value that travels unseen."""
    return h.input(type="hidden", name=name, value=value)


def submit(
    text: str, kind: Literal["primary", "plain", "danger"] = "primary", name: str = "", value: str = ""
) -> Node:
    """The button that sends; a named one also sends its value."""
    css = ["button", kind != "primary" and f"button-{kind}"]
    return h.button(class_=css, type="submit", name=name or None, value=value if name else None)[text]


def fieldset(legend: str, *children: Node) -> Node:
    """Questions that belong together."""
    return h.fieldset(".group")[h.legend[legend], children]


def _problem(problems: Problems, name: str) -> str:
    return next((problem.text for problem in problems if problem.field == name), "")


def _described(name: str, hint: str, wrong: str) -> str | None:
    return " ".join([f"{name}-hint"] * bool(hint) + [f"{name}-error"] * bool(wrong)) or None


def _named(w: Words, name: str, hint: str, problems: Problems) -> dict[str, Any]:
    wrong = _problem(problems, name)
    return {
        "id": name,
        "name": name,
        "aria-describedby": _described(name, hint, wrong),
        "aria-invalid": "true" if wrong else None,
    }


def _optional(w: Words) -> Node:
    return h.span(".optional")[" ", w("(boleh kosong)")]


def _error(w: Words, name: str, wrong: str) -> Node:
    return h.p(".error", id=f"{name}-error")[w(wrong)]


def _told(w: Words, name: str, hint: str, wrong: str) -> Node:
    return [bool(hint) and h.p(".hint", id=f"{name}-hint")[hint], bool(wrong) and _error(w, name, wrong)]


def _field(
    w: Words, name: str, label: str, control: Node, hint: str, problems: Problems, optional: bool
) -> Node:
    wrong = _problem(problems, name)
    return h.div(class_=["field", wrong and "field-wrong"])[
        h.label(for_=name)[label, optional and _optional(w)], _told(w, name, hint, wrong), control
    ]


def _choice(
    kind: str, name: str, identity: str, choice: Choice, checked: bool, described: str | None = None
) -> Node:
    hint_id = f"{identity}-about" if choice.hint else None
    about = " ".join(part for part in (hint_id, described) if part) or None
    return h.div(".choice")[
        h.input(
            type=kind, name=name, id=identity, value=choice.value, checked=checked, aria_describedby=about
        ),
        h.label(for_=identity)[choice.text],
        hint_id and h.p(".hint", id=hint_id)[choice.hint],
    ]
