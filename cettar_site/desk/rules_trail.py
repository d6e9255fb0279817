"""The desk's trail: who did what that is no event of a complaint. Names of things only, never words or addresses."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cettar_site.base.words import mark

TRAIL_PAGE = 100
_OBJECT = re.compile(r"[A-Za-z0-9._:/>=-]{0,96}")
_LONG_NUMBER = re.compile(r"[0-9]{9,}")


class TrailAct(StrEnum):
    """What can stand in the trail."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    SESSIONS_ENDED = "sessions_ended"
    CODE_REFUSED = "code_refused"
    CONFIRMED = "confirmed"
    FACTOR_SET = "factor_set"
    RECOVERY_USED = "recovery_used"
    RECOVERY_MADE = "recovery_made"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 (an act's name)
    ACCOUNT_MADE = "account_made"
    ACCOUNT_CHANGED = "account_changed"
    ACCOUNT_DISABLED = "account_disabled"
    ACCOUNT_ENABLED = "account_enabled"
    PASSWORD_RESET = "password_reset"  # noqa: S105 (an act's name)
    FACTOR_RESET = "factor_reset"
    EXPORTED = "exported"
    SECRET_OPENED = "secret_opened"  # noqa: S105 (an act's name)


ACT_WORDS: dict[TrailAct, str] = {
    TrailAct.SIGNED_IN: mark("Masuk"),
    TrailAct.SIGNED_OUT: mark("Keluar"),
    TrailAct.SESSIONS_ENDED: mark("Mengakhiri sesi"),
    TrailAct.CODE_REFUSED: mark("Salah memasukkan kode"),
    TrailAct.CONFIRMED: mark("Memastikan dengan kode"),
    TrailAct.FACTOR_SET: mark("Memasang kode masuk"),
    TrailAct.RECOVERY_USED: mark("Memakai kode cadangan"),
    TrailAct.RECOVERY_MADE: mark("Membuat kode cadangan"),
    TrailAct.PASSWORD_CHANGED: mark("Mengganti kata sandi sendiri"),
    TrailAct.ACCOUNT_MADE: mark("Membuat akun"),
    TrailAct.ACCOUNT_CHANGED: mark("Mengubah peran atau instansi"),
    TrailAct.ACCOUNT_DISABLED: mark("Menonaktifkan akun"),
    TrailAct.ACCOUNT_ENABLED: mark("Mengaktifkan akun"),
    TrailAct.PASSWORD_RESET: mark("Mengatur ulang kata sandi akun"),
    TrailAct.FACTOR_RESET: mark("Mengatur ulang kode masuk akun"),
    TrailAct.EXPORTED: mark("Mengunduh data"),
    TrailAct.SECRET_OPENED: mark("Membuka aduan rahasia"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the trail."""

    id: int
    at: datetime
    pseudonym: str
    act: str
    object: str
    agency_code: str


@dataclass(frozen=True, slots=True)
class Sought:
    """Which rows are looked for; empty means all. `before`: only ids below, for the next page."""

    pseudonym: str = ""
    act: str = ""
    object: str = ""
    agency_code: str = ""
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None


def check_object(object_: str) -> str:
    """The name of a thing as it may stand in the trail. Raises ValueError for words, addresses, long numbers."""
    if _OBJECT.fullmatch(object_) is None or _LONG_NUMBER.search(object_):
        raise ValueError("the trail takes names of things only")
    return object_
