"""Complaints as feeds: Atom (RFC 4287) and RSS 2.0, of a list of complaints or of what happens to one."""

import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.etree import ElementTree

from cettar_site.base.words import Words
from cettar_site.complaints.rules import Case, Channel, Event, Shown
from cettar_site.complaints.rules_brief import Brief
from cettar_site.complaints.rules_public import minute
from cettar_site.complaints.rules_view import (
    REASONS_HIDDEN,
    agency_name,
    clock_words,
    state_words,
    title_of,
)
from cettar_site.jatim import categories, regions

ATOM = "http://www.w3.org/2005/Atom"
NOTHING_YET = datetime(2026, 1, 1, tzinfo=UTC)
"""When a feed without entries changed last."""
_FAMILY = uuid.UUID("b4f0e0a6-5c1c-5a0e-9d0b-6a5c4f3b2e11")
# What XML 1.0 has no way to say; a text may hold it though nobody sees it.
_UNSAYABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
EXCERPT = 90


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; `key` never changes and is nobody else's. `path` leads to its page."""

    key: str
    title: str
    path: str
    published: datetime
    updated: datetime
    text: str
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its own address, and the page that it is about."""

    title: str
    path: str
    page: str
    lang: str
    entries: tuple[Entry, ...]

    @property
    def updated(self) -> datetime:
        """When the newest of its changes was made."""
        return max((entry.updated for entry in self.entries), default=NOTHING_YET)


def excerpt(text: str, most: int = EXCERPT) -> str:
    """The beginning of a text in one line, at most so many letters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + " …"


def tombstone(w: Words, brief: Brief) -> str:
    """Why a complaint of the list has no text; empty if it has one."""
    if brief.erased:
        return w("Isinya sudah dihapus atas permintaan pelapor.")
    if brief.hidden:
        reason = REASONS_HIDDEN.get(brief.hidden)
        return w("Disembunyikan dari umum: {reason}.", reason=w(reason) if reason else brief.hidden)
    return ""


def entries_of(w: Words, briefs: Iterable[Brief], moved: Mapping[str, datetime], now: datetime) -> tuple[Entry, ...]:
    """An entry for each complaint; `moved` says when something last happened of which the public knows."""
    return tuple(_entry(w, brief, moved.get(brief.number, brief.filed_at), now) for brief in briefs)


def _entry(w: Words, brief: Brief, moved: datetime, now: datetime) -> Entry:
    gone = tombstone(w, brief)
    topic, region = categories.by_code(brief.category_code), regions.by_code(brief.region_code)
    facts = (topic.name if topic else "", region.name if region else "", agency_name(brief.agency_code),
             state_words(w, brief),
             clock_words(w, brief, now) if brief.first_answer_at and brief.channel is Channel.SITE else "")
    title = f"{brief.number}: {gone or excerpt(brief.text)}"
    said = "\n\n".join((gone or brief.text, " · ".join(fact for fact in facts if fact)))
    return Entry(brief.number, title, w.path(f"/aduan/{brief.number}"), _minute(brief.filed_at), _minute(moved), said,
                 topic.name if topic else "")


def case_feed(w: Words, case: Case, rest: str) -> Feed:
    """What happens to one complaint, newest first; `case` is the public one, `rest` ends the feed's own address."""
    number = case.request.number
    page = w.path(f"/aduan/{number}")
    # By their place among those that everyone sees: what the desk alone knows leaves no gap.
    entries = tuple(_happening(w, case, event, nth, page) for nth, event in reversed([*enumerate(case.events, 1)]))
    return Feed(w("Aduan {number}", number=number), f"{page}{rest}", page, w.lang, entries)


def _happening(w: Words, case: Case, event: Event, nth: int, page: str) -> Entry:
    said = case.writing(event.seq)
    at, title = _minute(event.at), title_of(w, event)
    return Entry(f"{case.request.number}/{nth}", title, page, at, at, said.text if said else title)


def may_be_fed(case: Case) -> bool:
    """Whether a complaint has a feed: one that everyone may know of, a hidden one with its tombstone."""
    return case.request.shown is not Shown.CONFIDENTIAL


def _minute(moment: datetime) -> datetime:
    return minute(moment) or moment


def atom(feed: Feed, origin: str) -> bytes:
    """The feed as Atom. Addresses begin with `origin`; where the site does not know its own they begin with /."""
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": feed.lang})
    _put(root, "title", f"{feed.title} · CETTAR")
    _put(root, "id", identity(feed.path))
    _put(root, "updated", _rfc3339(feed.updated))
    _link(root, origin + feed.path, "self", "application/atom+xml")
    _link(root, origin + feed.page, "alternate", "text/html")
    _put(_put(root, "author"), "name", "CETTAR")
    for entry in feed.entries:
        item = _put(root, "entry")
        _put(item, "title", entry.title)
        _put(item, "id", identity(entry.key))
        _put(item, "published", _rfc3339(entry.published))
        _put(item, "updated", _rfc3339(entry.updated))
        _link(item, origin + entry.path, "alternate", "text/html")
        if entry.topic:
            _put(item, "category").set("term", _sayable(entry.topic))
        _put(item, "content", entry.text).set("type", "text")
    return _written(root)


def rss(feed: Feed, origin: str) -> bytes:
    """The feed as RSS 2.0."""
    root = ElementTree.Element("rss", {"version": "2.0", "xmlns:atom": ATOM})
    channel = ElementTree.SubElement(root, "channel")
    title = f"{feed.title} · CETTAR"
    for name, text in (("title", title), ("link", origin + feed.page), ("description", title), ("language", feed.lang),
                       ("lastBuildDate", format_datetime(feed.updated, usegmt=True))):
        _put(channel, name, text)
    _link(channel, origin + feed.path, "self", "application/rss+xml", "atom:link")
    for entry in feed.entries:
        item = _put(channel, "item")
        for name, text in (("title", entry.title), ("link", origin + entry.path), ("description", entry.text),
                           ("category", entry.topic), ("pubDate", format_datetime(entry.published, usegmt=True))):
            if text:
                _put(item, name, text)
        _put(item, "guid", identity(entry.key)).set("isPermaLink", "false")
    return _written(root)


def identity(key: str) -> str:
    """A name that stays the same wherever the site moves to."""
    return f"urn:uuid:{uuid.uuid5(_FAMILY, key)}"


def _put(parent: ElementTree.Element, name: str, text: str = "") -> ElementTree.Element:
    made = ElementTree.SubElement(parent, name)
    made.text = _sayable(text) or None
    return made


def _link(parent: ElementTree.Element, href: str, rel: str, kind: str, name: str = "link") -> None:
    ElementTree.SubElement(parent, name, {"rel": rel, "type": kind, "href": href})


def _written(root: ElementTree.Element) -> bytes:
    return ElementTree.tostring(root, "utf-8", xml_declaration=True)


def _sayable(text: str) -> str:
    return _UNSAYABLE.sub("", text)


def _rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
