"""The complaints' addresses behind the real outer layer and the real server, without Reflex: `python -m` this.

Slow bodies are given up after two seconds here, so that a test need not wait.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings

from cettar_site import door
from cettar_site.complaints import api
from cettar_site.infra import log
from cettar_site.infra.migrate import migrate_all
from cettar_site.infra.settings import settings
from cettar_site.infra.site import Site
from cettar_site.infra.site_body import FORM_WITH_PHOTOS, PHOTO
from cettar_site.infra.site_pages import Pages
from cettar_site.infra.site_rooms import rooms_app
from cettar_site.status import api as status_api

BODIES = door.bodies({"/aduan/foto": replace(PHOTO, seconds=2.0), "/aduan": replace(FORM_WITH_PHOTOS, seconds=2.0)})


async def _nothing(scope: Any, receive: Any, send: Any) -> None:
    """Where Reflex would be: only its start and end are asked for."""
    while scope["type"] == "lifespan":
        message = await receive()
        await send({"type": message["type"] + ".complete"})
        if message["type"] == "lifespan.shutdown":
            return


def site() -> Site:
    """The application."""
    log.configure(settings())
    return Site(_nothing, {}, Pages((), Path("."), ""), rooms_app(door.in_each_language(
        [*api.routes, *status_api.routes]), door.refusal), door.refusal, BODIES)


if __name__ == "__main__":
    migrate_all(settings())
    Granian("tests.complaints.photo_door:site", address=settings().host, port=settings().port,
            interface=Interfaces.ASGI, factory=True, http=HTTPModes.http1, log_enabled=False,
            http1_settings=HTTP1Settings(header_read_timeout=10_000)).serve()
