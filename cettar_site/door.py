"""How the front door joins rooms and site: islands into pages, refusals into sentences."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

import htpy as h
from markupsafe import Markup
from reflex_base.registry import RegistrationContext
from starlette.routing import BaseRoute, Route

from cettar_site.base.words import LANGUAGES, SOURCE_LANGUAGE, Words, split_path, words
from cettar_site.infra.db import database
from cettar_site.infra.settings import settings
from cettar_site.infra.site_body import Bodies, BodyLimit
from cettar_site.infra.site_pages import Island, Page, Query
from cettar_site.infra.site_rooms import error_json
from cettar_site.ui.document import document, icons, links, social
from cettar_site.ui.shell import footer, header
from cettar_site.ui.trouble import said, trouble

SOCIAL_IMAGE = "/icons/icon-512.png"
RoomIsland = Callable[[Words, Query], h.Node]


def simulated() -> bool:
    """Whether this process shows the simulation."""
    return database().realm == "demo"


def _island(room: RoomIsland) -> Island:
    return lambda lang, query: str(h.fragment[room(words(lang), query)])


def pages(path: str, title: str, description: str, islands: Mapping[str, RoomIsland], key: Callable[[], object],
          *, query: Iterable[str] = (), alive: bool = False, scripts: Sequence[str] = ()) -> tuple[Page, ...]:
    """A page in each language: the shell, and its islands in their order.

    `title` and `description` are msgids. An `alive` page's document is Reflex's.
    """
    shell: dict[str, RoomIsland] = {"atas": lambda w, _: header(w, path, simulated()),
                                    "bawah": lambda w, _: footer(w, path)}
    filled = {name: _island(room) for name, room in (shell | dict(islands)).items()}
    origin = settings().site_url

    def head(w: Words) -> Callable[[], str]:
        return lambda: str(h.fragment[links(w, path, origin), icons(),
                                      social(w, w(title), w(description), path, origin, SOCIAL_IMAGE)])

    def still(w: Words) -> Callable[[], str]:
        inside = Markup("".join(f"<!--island:{name}-->" for name in islands))  # noqa: S704 (our own names)
        return lambda: document(w, title=w(title), description=w(description), path=path, body=inside, origin=origin,
                                simulated=simulated(), scripts=scripts, image=SOCIAL_IMAGE)

    return tuple(Page(words(lang).path(path), lang, filled, key, still(words(lang)), frozenset(query), alive,
                      head(words(lang))) for lang in LANGUAGES)


def in_each_language(routes: Sequence[Route]) -> list[BaseRoute]:
    """The rooms' routes, their pages once a language; data and machines' addresses have none."""
    twins: list[BaseRoute] = list(routes)
    for route in routes:
        for lang in LANGUAGES:
            path = words(lang).path(route.path)
            if lang != SOURCE_LANGUAGE and path != route.path:
                twins.append(Route(path, route.endpoint, methods=sorted(route.methods or {"GET"})))
    return twins


def bodies(larger: Mapping[str, BodyLimit]) -> Bodies:
    """The addresses that take more than a text, in every language."""
    return Bodies({words(lang).path(path): limit for path, limit in larger.items() for lang in LANGUAGES})


def close_setvar() -> None:
    """Take away the event that Reflex registers on every state and that calls any attribute named set_…."""
    handlers = RegistrationContext.ensure_context().event_handlers
    for name in [name for name in handlers if name.endswith(".setvar")]:
        del handlers[name]


@lru_cache(maxsize=512)
def refusal(path: str, status: int, wait: float) -> str:
    """What is said when a request can't be served: a page, or JSON below /api/. Kept, for floods are refused too."""
    lang, bare = split_path(path)
    w = words(lang)
    if path.startswith("/api/"):
        return error_json(status, " ".join(said(w, status, wait)))
    return trouble(w, status, path=bare, retry_after=wait, origin=settings().site_url, simulated=simulated())
