"""The front door: the Reflex app and every public address, one line each."""

import contextlib
import gc
from collections.abc import AsyncIterator
from pathlib import Path

import reflex as rx
from starlette.types import ASGIApp

from cettar_site import door
from cettar_site.base.period import wib_date
from cettar_site.base.words import LANGUAGES, mark, words
from cettar_site.complaints import api as complaints_api
from cettar_site.complaints import api_follow, api_intake
from cettar_site.complaints import island as complaints
from cettar_site.complaints import island_form as filing
from cettar_site.desk import api as desk_api
from cettar_site.home import island as home
from cettar_site.home import island_about as about
from cettar_site.home.snapshot import NEWEST
from cettar_site.infra import clock, darkroom, log, mail, pulse, snapshot
from cettar_site.infra.settings import settings
from cettar_site.infra.site import Site
from cettar_site.infra.site_body import FORM_WITH_PHOTOS, PHOTO
from cettar_site.infra.site_files import read_files
from cettar_site.infra.site_pages import Pages
from cettar_site.infra.site_rooms import rooms_app
from cettar_site.leaderboard import api as leaderboard_api
from cettar_site.leaderboard import island as leaderboard
from cettar_site.leaderboard import page as leaderboard_page
from cettar_site.leaderboard.snapshot import BOARD
from cettar_site.leaderboard.state import BoardState
from cettar_site.prices import api as prices_api
from cettar_site.prices import island as prices
from cettar_site.prices import page as prices_page
from cettar_site.prices.state import PriceState
from cettar_site.routing import actions as routing
from cettar_site.routing import api as routing_api
from cettar_site.routing import snapshot as routing_snapshot
from cettar_site.status import api as status_api
from cettar_site.status import island as status
from cettar_site.ui.document import full_title
from cettar_site.ui.live import Connected
from cettar_site.ui.style import stylesheet
from jobs import scheduler

BUILD = Path(__file__).resolve().parents[1] / ".web" / "build" / "client"
T_PRICES = mark("Harga bahan pokok"), mark("Harga bawang merah, cabai, beras, dan lainnya di pasar Jawa Timur, "
                                           "hari ini dan sejak 2016, dengan sumbernya.")
T_BOARD = mark("Papan kecepatan"), mark("Seberapa cepat setiap instansi Jawa Timur menjawab aduan warga, "
                                        "diperbarui terus.")
T_HOME = "", mark("Sampaikan keluhan, ikuti jawabannya, lihat harga di pasar, dan lihat instansi mana yang cepat "
                  "di Jawa Timur.")
T_FILE = mark("Sampaikan keluhan"), mark("Sampaikan keluhan kepada pemerintah Jawa Timur tanpa akun. "
                                         "Anda mendapat nomor dan jawaban dalam dua hari kerja.")
T_TRACK = mark("Lacak aduan"), mark("Ikuti aduan Anda dengan nomor dan kode rahasia dari tanda terima.")
T_STATUS = mark("Keadaan layanan"), mark("Pekerjaan apa yang berjalan, sumber apa yang terlambat, "
                                         "dan kapan diperbarui lagi.")
T_ABOUT = mark("Dari mana kami tahu"), mark("Sumber setiap angka, cara menghitungnya, dan data terbukanya.")


def minute() -> int:
    """A number that changes each minute, for pages on which time passes."""
    return int(clock.now().timestamp() // 60)


PAGES = (
    *door.pages("/", *T_HOME, {"depan": home.front}, lambda: (
        BOARD.version, NEWEST.version, pulse.hub().version("prices"), minute())),
    *door.pages("/harga", *T_PRICES, prices.ISLANDS, lambda: (pulse.hub().version("prices"), prices.today()),
                query=prices.QUERY, alive=True),
    *door.pages("/papan", *T_BOARD, leaderboard.ISLANDS, lambda: (BOARD.version, minute()), alive=True),
    *door.pages("/aduan", *T_FILE, {"formulir": filing.form}, lambda: wib_date(clock.now()),
                query=complaints.QUERY, scripts=complaints.SCRIPTS),
    *door.pages("/lacak", *T_TRACK, {"formulir": complaints.lacak_form}, lambda: 0, query=("nomor",),
                scripts=complaints.TRACK_SCRIPTS),
    *door.pages("/status", *T_STATUS, {"keadaan": status.status}, lambda: (pulse.hub().version("jobs"), minute())),
    *door.pages("/tentang", *T_ABOUT, {"tentang": about.about}, lambda: 0),
)
# The intake first: routes are tried in their order.
ROUTES = door.in_each_language([*routing_api.routes, *complaints_api.routes, *api_follow.routes, *prices_api.routes,
                                *leaderboard_api.routes, *desk_api.routes, *status_api.routes])
# Where more than a text may be sent: photos, alone or with the form that they belong to.
BODIES = door.bodies({"/aduan/foto": PHOTO, "/aduan": FORM_WITH_PHOTOS, "/aduan/pratinjau": FORM_WITH_PHOTOS,
                      "/meja/{number}": FORM_WITH_PHOTOS})


def around(reflex: ASGIApp) -> ASGIApp:
    """The site around Reflex's own application."""
    return Site(reflex, read_files(BUILD), Pages(PAGES, BUILD, stylesheet()), rooms_app(ROUTES, door.refusal),
                door.refusal, BODIES)


def site() -> ASGIApp:
    """The whole site, for the server: around Reflex, not inside it as `reflex run` has it, where each request
    passes Reflex's own routing first (a tenth of a millisecond).
    """
    app.api_transformer = None
    return around(app())


@contextlib.asynccontextmanager
async def alive() -> AsyncIterator[None]:
    """What runs as long as a process serves: the pulse, the snapshots, the jobs, the intake's writer, the darkroom."""
    # What was made by starting stays: to look through all of it for garbage holds every visitor up for 0.3 s.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)
    async with pulse.hub().follow(), snapshot.kept_fresh(), scheduler.in_site():
        yield
        complaints_api.close()
        darkroom.close()


log.configure(settings())
api_intake.Sorting.decide = staticmethod(routing_snapshot.destinations)
api_intake.Sorting.note = staticmethod(routing.note)
filing.Mail.on = staticmethod(mail.mail_on)
app = rx.App(html_lang="id", toaster=None, app_wraps={}, extra_app_wraps={}, reset_style=False, api_transformer=around,
             backend_exception_handler=log.event_failed, frontend_exception_handler=log.page_failed)
app.register_lifespan_task(alive)
for lang in LANGUAGES:
    w = words(lang)
    for path, page, watch, (title, description) in (
            ("/harga", prices_page.page, PriceState.watch, T_PRICES),
            ("/papan", leaderboard_page.page, BoardState.watch, T_BOARD)):
        app.add_page(page(w), route=w.path(path), title=full_title(w, w(title)), description=w(description),
                     image=door.SOCIAL_IMAGE, on_load=watch)
door.close_setvar()
Connected.ask = staticmethod(lambda token: token in app.event_namespace.token_to_sid if app.event_namespace else True)
