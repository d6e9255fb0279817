"""The pieces: nothing given becomes markup, and each says what it must."""

from dataclasses import dataclass

import htpy as h
import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode

from cettar_site.base.errors import Problem
from cettar_site.base.words import words
from cettar_site.ui.chart import chart
from cettar_site.ui.document import document
from cettar_site.ui.empty import empty
from cettar_site.ui.figure import change, figure, source
from cettar_site.ui.form import (
    Choice,
    checkbox_field,
    date_field,
    error_summary,
    fieldset,
    form,
    hidden,
    radios_field,
    select_field,
    submit,
    text_field,
    textarea_field,
)
from cettar_site.ui.lead import action, code_box, facts, how_we_know, lead, pager, section
from cettar_site.ui.notice import notice
from cettar_site.ui.shell import footer, header
from cettar_site.ui.state_mark import WORDS, state_mark
from cettar_site.ui.table import Column, Order, table
from cettar_site.ui.timeline import Event, timeline
from cettar_site.ui.trouble import trouble

W = words("id")
EN = words("en")
EVIL = "<b onclick='x'>\"&</b>"
WRONG = (Problem("f", EVIL),)
COLUMNS = (
    Column("a", EVIL, phone="lead", link_key="href", note_key="note", sort_key="a"),
    Column("b", EVIL, "right", "number", sort_key="b", short=EVIL),
    Column("c", "Keadaan", kind="state", phone="side"),
)


def parsed(node: h.Node) -> HTMLParser:
    """The piece as a reader's browser sees it."""
    return HTMLParser(str(h.fragment[node]))


def one(tree: HTMLParser | LexborNode, selector: str) -> LexborNode:
    """The one that must be there."""
    found = tree.css_first(selector)
    assert found is not None, selector
    return found


def having(node: LexborNode, attribute: str) -> str:
    """An attribute that must have a value."""
    return node.attributes[attribute] or ""


@pytest.mark.parametrize("piece", [
    lead(EVIL, EVIL, EVIL), section(EVIL, EVIL, anchor=EVIL), how_we_know(W, EVIL), facts([(EVIL, EVIL)]),
    action(EVIL, EVIL), code_box(EVIL, EVIL, EVIL), pager(W, 2, 3, lambda page: EVIL), notice("info",
    EVIL, EVIL),
    empty(EVIL, EVIL, EVIL, EVIL), figure(EVIL, EVIL, EVIL, label=EVIL, source=EVIL, change=change(W,
    EVIL, "up")),
    source(W, EVIL, href=EVIL, observed=EVIL, fetched=EVIL, count=EVIL), state_mark(W, "late", EVIL),
    timeline([Event(EVIL, EVIL, EVIL, EVIL, "late", EVIL)], EVIL),
    chart(W, title=EVIL, picture=EVIL, source=EVIL, table=EVIL, downloads=[(EVIL, EVIL)], note=EVIL,
    anchor=EVIL),
    table(W, COLUMNS, [{"a": EVIL, "b": EVIL, "c": EVIL, "href": EVIL, "note": EVIL}], caption=EVIL,
          order=Order("a", True, lambda key: EVIL)),
    form(W, EVIL, action=EVIL, problems=WRONG, anchor=EVIL), text_field(W, "f", EVIL, value=EVIL,
    hint=EVIL, problems=WRONG),
    textarea_field(W, "f", EVIL, value=EVIL, hint=EVIL, problems=WRONG),
    textarea_field(W, "f", EVIL, value="</textarea>" + EVIL),
    select_field(W, "f", EVIL, [Choice(EVIL, EVIL, EVIL, EVIL)], value=EVIL, hint=EVIL, problems=WRONG,
    blank=EVIL),
    radios_field(W, "f", EVIL, [Choice(EVIL, EVIL, EVIL)], value=EVIL, hint=EVIL, problems=WRONG),
    checkbox_field(W, "f", EVIL, hint=EVIL, problems=WRONG, value=EVIL),
    date_field(W, "f", EVIL, value=EVIL, hint=EVIL, problems=WRONG), hidden("f", EVIL), submit(EVIL,
    name="f", value=EVIL),
    fieldset(EVIL, EVIL), header(W, f"/{EVIL}", True), footer(W, f"/{EVIL}"),
])  # fmt: skip
def test_nothing_given_becomes_markup(piece):
    text = str(h.fragment[piece])
    assert "<b" not in text.replace("<button", "").replace("<body", "")
    assert "onclick='" not in text
    tree = HTMLParser(text)
    assert not tree.css("[onclick]")


def test_a_document_escapes_too():
    text = document(
        W,
        title=EVIL,
        description=EVIL,
        path=f"/{EVIL}",
        body=EVIL,
        origin="https://a.example",
        scripts=[EVIL],
    )
    tree = HTMLParser(text)
    assert not tree.css("b, [onclick]")
    assert one(tree, "title").text() == f"{EVIL} · CETTAR"


@pytest.mark.parametrize(("w", "other"), [(W, EN), (EN, W)])
def test_a_document_knows_its_place(w, other):
    text = document(
        w, title="Harga", description="D", path="/harga?x=1", body=h.p["isi"], origin="https://a.example"
    )
    tree = HTMLParser(text)
    assert text.startswith("<!doctype html>")
    assert having(one(tree, "html"), "lang") == w.lang
    assert having(one(tree, "[rel=canonical]"), "href") == "https://a.example" + w.path("/harga?x=1")
    twins = {link.attributes["hreflang"]: link.attributes["href"] for link in tree.css("[rel=alternate]")}
    assert twins == {"id": "https://a.example/harga?x=1", "en": "https://a.example/en/harga?x=1",
                     "x-default": "https://a.example/harga?x=1"}  # fmt: skip
    assert having(one(tree, ".lang"), "href") == other.path("/harga?x=1")
    assert having(one(tree, "main"), "id") == having(one(tree, ".skip"), "href")[1:] == "isi"
    assert [a.attributes["href"] for a in tree.css(".bar [aria-current=page]")] == [w.path("/harga")]
    assert not tree.css(".simulated, [name=robots]")


def test_a_document_may_hide_and_confess():
    text = document(
        W, title="", description="D", path="/", body="", simulated=True, noindex=True, scripts=["/a.js"]
    )
    tree = HTMLParser(text)
    assert having(one(tree, "[name=robots]"), "content") == "noindex"
    assert "Data simulasi" in one(tree, ".simulated").text()
    assert not tree.css("[rel=canonical]")
    assert "defer" in one(tree, "script[src='/a.js']").attributes


def test_the_bar_of_a_complaint_shows_lacak():
    assert [a.text() for a in HTMLParser(str(header(W, "/aduan/X"))).css(".bar [aria-current=true]")] == [
        "Lacak"
    ]


@dataclass(frozen=True, slots=True)
class Line:
    a: str
    b: str | None = None
    href: str = "/x"


def test_a_table_from_mappings_and_objects():
    for row in (Line("A"), {"a": "A", "href": "/x"}):
        tree = parsed(
            table(W, COLUMNS[:2], [row], caption="C", order=Order("b", False, lambda key: f"?urut={key}"))
        )
        assert [cell.text() for cell in tree.css("tbody td")] == ["A", "–"]
        assert having(one(tree, "td.lead a.rowlink"), "href") == "/x"
        assert having(one(tree, "td.pair"), "data-label") == EVIL
        heads = tree.css("th[scope=col]")
        assert ["aria-sort" in head.attributes for head in heads] == [False, True]
        assert heads[1].attributes["aria-sort"] == "ascending"
        assert one(heads[0], "a").attributes["href"] == "?urut=a"
        assert one(tree, "caption").text() == "C"


def test_a_table_without_rows_says_what_to_do():
    assert "Belum ada data." in str(h.fragment[table(W, COLUMNS, [], caption="C")])
    assert str(h.fragment[table(W, COLUMNS, iter(()), caption="C", empty="kosong")]) == "kosong"


def test_a_state_needs_no_label_and_zero_is_a_value():
    columns = (
        Column("a", "A", phone="lead"),
        Column("s", "S", kind="state"),
        Column("n", "N", "right", "number"),
    )
    tree = parsed(table(W, columns, [{"a": "x", "s": state_mark(W, "late"), "n": 0}], caption="C"))
    lead_cell, state, number = tree.css("td")
    assert "data-label" not in state.attributes
    assert number.text() == "0"
    assert lead_cell.attributes["class"] == "lead"


def test_problems_lead_to_their_fields():
    problems = (
        Problem("", "Umum."),
        Problem("isi", "Terlalu pendek."),
        Problem("cara", "Pilih."),
        Problem("ya", "Centang."),
    )
    tree = parsed(form(
        W,
        textarea_field(W, "isi", "Isi", hint="Petunjuk", maxlength=4000, problems=problems),
        radios_field(W, "cara", "Cara", [Choice("1", "Satu"), Choice("2", "Dua", "h")], problems=problems),
        checkbox_field(W, "ya", "Ya", problems=problems), text_field(W, "lain", "Lain", optional=True,
        problems=problems),
        action="/aduan", problems=problems,
    ))  # fmt: skip
    assert having(one(tree, ".problems"), "role") == "alert"
    assert [li.text() for li in tree.css(".problems li")] == [
        "Umum.",
        "Terlalu pendek.",
        "Pilih.",
        "Centang.",
    ]
    for link in tree.css(".problems a"):
        field = one(tree, having(link, "href"))
        assert field.tag in ("textarea", "input")
    area = one(tree, "#isi")
    assert area.attributes["aria-describedby"] == "isi-hint isi-error"
    assert area.attributes["aria-invalid"] == "true"
    assert one(tree, "#isi-hint").text() == "Petunjuk Paling banyak 4.000 huruf."
    assert "maxlength" not in area.attributes
    assert one(tree, "label[for=isi]").text() == "Isi"
    assert having(one(tree, "fieldset"), "aria-describedby") == "cara-error"
    assert having(one(tree, "#cara-2"), "aria-describedby") == "cara-2-about"
    assert having(one(tree, "#ya"), "aria-describedby") == "ya-error"
    assert "aria-invalid" not in one(tree, "#lain").attributes
    assert "(boleh kosong)" in one(tree, "label[for=lain]").text()
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))


def test_no_problems_no_summary():
    assert error_summary(W, ()) is None


def test_what_was_typed_stays():
    assert 'value="a &#34;b&#34;"' in str(text_field(W, "f", "F", value='a "b"'))
    area = one(parsed(textarea_field(W, "f", "F", value="\n\nbaris")), "textarea")
    assert area.text().endswith("\n\nbaris")
    assert "rahasia" not in str(text_field(W, "f", "F", value="rahasia", kind="password"))
    tree = parsed(select_field(W, "f", "F", [Choice("1", "A", group="g"), Choice("2", "B", group="g"),
        Choice("3", "C")],
                               value="2", blank="Pilih"))  # fmt: skip
    assert [option.text() for option in tree.css("option")] == ["Pilih", "A", "B", "C"]
    assert [option.text() for option in tree.css("option[selected]")] == ["B"]
    assert len(tree.css("optgroup option")) == 2
    radios = parsed(radios_field(W, "f", "F", [Choice("1", "A"), Choice("2", "B")], value="2"))
    assert [radio.attributes["value"] for radio in radios.css("[checked]")] == ["2"]


def test_states_say_a_word():
    for state, word in WORDS.items():
        assert one(parsed(state_mark(W, state)), f".state-{state}").text() == word
    assert parsed(state_mark(EN, "late")).text() == "Late"


def test_a_change_says_its_direction():
    assert parsed(change(W, "3,4%", "up")).text() == "naik 3,4%"
    assert parsed(change(W, "", "same")).text() == "tetap"


def test_pager():
    assert pager(W, 1, 1, str) is None
    assert [a.attributes["rel"] for a in parsed(pager(W, 1, 3, str)).css("a")] == ["next"]
    assert [a.attributes["href"] for a in parsed(pager(W, 2, 3, str)).css("a")] == ["1", "3"]


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 413, 418, 429, 500, 502, 503])
def test_trouble_says_what_to_do(status):
    tree = HTMLParser(trouble(W, status, path="/x"))
    assert len(tree.css("h1")) == 1
    assert one(tree, ".answer").text()
    assert str(status) in one(tree, "main").text()
    assert having(one(tree, "[name=robots]"), "content") == "noindex"


def test_trouble_says_how_long():
    assert "2 menit" in trouble(W, 429, path="/x", retry_after=90)
