"""A little of everything in a site's real database, through the same verbs as its visitors'."""

import uuid
from datetime import datetime, timedelta
from pathlib import Path

from sqlmodel import Session

from cettar_site.base.period import WIB
from cettar_site.base.seal import Vault
from cettar_site.complaints import actions as complaints
from cettar_site.complaints.actions import Receipt, Sending
from cettar_site.complaints.rules import Shown
from cettar_site.complaints.rules_filing import Filing
from cettar_site.desk import actions_deed, actions_door, actions_factor, store_factor
from cettar_site.desk.rules_door import Officer, Role
from cettar_site.desk.rules_matrix import Act
from cettar_site.desk.rules_seen import mark
from cettar_site.infra import clock
from cettar_site.infra.auth import hash_password, new_salt
from cettar_site.infra.db import Database
from cettar_site.jatim import categories
from tests.site import Site

SECRET = "only-for-tests-" * 4
VAULT = Vault(SECRET.encode())
EMAIL, PASSWORD = "petugas@dinas.example", "burung-kutilang-hinggap"
FACTOR = "BURUNGKUTILANGHINGGAPDIRANTING22"
CATEGORY = next(one for one in categories.ALL if one.active and not one.other_level)
STORY = "Lampu jalan mati di depan puskesmas sejak hari Senin"
OLD_STORY = "Jalan berlubang di depan pasar belum ditambal juga"
ANSWER = "Sudah kami tambal kemarin pagi, terima kasih."
PRICE_BEFORE, PRICE_NEW = 21375, 23125
DAYS = 40
HEAD = "tanggal,komoditas,titik_pantau,kab_kota,kode_kab_bps,harga_rp_per_kg,diisi_maju"


def database_url(site: Site) -> str:
    """The address of the site's real database."""
    return site.environ.get("CETTAR_DB_URL") or f"sqlite:///{site.data}/cettar.sqlite"


def prices_file(site: Site, name: str, days: list[tuple[int, int]]) -> Path:
    """A file of shallot prices in Nganjuk, as the publisher's producer table has them: (days ago, rupiah)."""
    today = clock.now().astimezone(WIB).date()
    rows = [f"{today - timedelta(days=ago)},Bawang Merah,Pasar Sukomoro,Kabupaten Nganjuk,3518,{price},0"
            for ago, price in days]
    path = site.data / name
    path.write_text("\n".join([HEAD, *rows]) + "\n")
    return path


def fill(site: Site) -> None:
    """Prices until yesterday, three old complaints of which one was answered in time, an officer."""
    past = [(ago, PRICE_BEFORE if ago == 1 else 20500 + 125 * (ago % 7)) for ago in range(DAYS, 0, -1)]
    site.job("import_prices", str(prices_file(site, "past.csv", past)))
    db = Database(database_url(site))
    now = clock.now()
    try:
        with db.write("complaints") as session:
            officer = add_officer(session, EMAIL, CATEGORY.agency_code, Role.OFFICER, now)
        for days in (14, 13, 12):
            filed = now - timedelta(days=days)
            receipt = file(db, f"{OLD_STORY} ({days})", at=filed)
            if days == 14:
                with db.write("complaints") as session:
                    form = {"text": ANSWER, "seen": mark(VAULT.secret, receipt.number, 2)}
                    at = filed + timedelta(hours=5)
                    actions_deed.do(session, officer, receipt.number, Act.ANSWER, form, at, VAULT)
    finally:
        db.close()


def add_officer(session: Session, email: str, agency: str, role: Role, now: datetime) -> Officer:
    """An account that is all set up, with PASSWORD and FACTOR."""
    made = actions_door.add_officer(session, email, agency, role, hash_password(PASSWORD), now)
    salt = new_salt()
    actions_factor.set_factor(session, made, salt, store_factor.sealed(FACTOR, salt, VAULT), 0, now)
    return made


def file(db: Database, text: str, at: datetime | None = None) -> Receipt:
    """File a complaint; `at` writes it into the past."""
    sending = Sending(Filing(text, Shown.ANONYMOUS, CATEGORY.code, "35.18"), str(uuid.uuid4()), at)
    with db.write("complaints") as session:
        (receipt,) = complaints.file_group(session, [sending], at or clock.now(), VAULT)
    assert isinstance(receipt, Receipt)
    return receipt
