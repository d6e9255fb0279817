"""What an admin sees: accounts, one account, a new one; never a complaint."""

from collections.abc import Sequence

import htpy as h

from cettar_site.base.errors import Problem
from cettar_site.base.words import Words, mark
from cettar_site.complaints.rules_view import agency_name
from cettar_site.desk.island_door import desk_nav
from cettar_site.desk.rules_account import ACCOUNTS_PAGE, Account, Wanted
from cettar_site.desk.rules_door import ROLE_HINTS, ROLE_WORDS, Officer, Role
from cettar_site.desk.rules_example import EXAMPLE_EMAILS
from cettar_site.jatim import agencies
from cettar_site.ui import form as ui
from cettar_site.ui.empty import empty
from cettar_site.ui.form import Choice
from cettar_site.ui.lead import action, code_box, facts, lead, pager, section
from cettar_site.ui.notice import notice
from cettar_site.ui.table import Column, table

STATES: dict[str, bool | None] = {"aktif": False, "nonaktif": True, "semua": None}
STATE_WORDS = {"aktif": mark("Aktif"), "nonaktif": mark("Nonaktif"), "semua": mark("Semua")}
COLUMNS = (
    Column("email", mark("Akun"), phone="lead", link_key="href", note_key="note"),
    Column("role", mark("Peran"), kind="state", phone="side"),
    Column("agency", mark("Instansi"), phone="pair"),
    Column("seen", mark("Terakhir dipakai"), kind="date", phone="pair"),
)
DONE = {
    "diubah": mark("Akun diubah. Semua sesinya sudah berakhir."),
    "nonaktif": mark("Akun dinonaktifkan. Semua sesinya sudah berakhir."),
    "aktif": mark("Akun bisa dipakai lagi."),
    "kode": mark("Kode masuk dihapus. Pemilik akun memasang yang baru saat masuk berikutnya."),
}


def accounts_page(w: Words, officer: Officer, rows: Sequence[Account], count: int, wanted: Wanted, state: str,
                  page: int, token: str) -> h.Node:
    """The accounts that are looked for; what is searched by words never stands in the address."""
    role = f"&peran={wanted.role}" if wanted.role else ""
    nothing = empty(w("Tidak ada akun"), w("Ubah pencarian, atau buat akun baru."))
    return h.fragment[
        lead(w("Siapa yang bisa masuk ke meja?"), w("{n} akun.", n=count)),
        desk_nav(w, officer, "/meja/akun"),
        h.p[action(w("Buat akun"), w.path("/meja/akun/baru"))],
        ui.form(
            w, ui.hidden("token", token),
            ui.text_field(w, "cari", w("Cari"), value=wanted.words, kind="search",
                          hint=w("Surel, nama akun, atau kode instansi.")),
            ui.select_field(w, "peran", w("Peran"), _roles(w), value=wanted.role or "", blank=w("Semua")),
            ui.select_field(w, "keadaan", w("Keadaan"), [Choice(name, w(said)) for name, said in STATE_WORDS.items()],
                            value=state),
            ui.submit(w("Cari"), "plain"), action=w.path("/meja/akun"), layout="filter"),
        table(w, COLUMNS, [_row(w, one) for one in rows], caption=w("Akun"), caption_hidden=True, empty=nothing),
        not wanted.words and pager(w, page, -(-count // ACCOUNTS_PAGE), lambda other: w.path(
            f"/meja/akun?keadaan={state}{role}&hal={other}"))]


def _roles(w: Words) -> list[Choice]:
    return [Choice(role, w(ROLE_WORDS[role])) for role in Role]


def _row(w: Words, account: Account) -> dict[str, object]:
    officer = account.officer
    return {"email": officer.email, "href": w.path(f"/meja/akun/{officer.pseudonym}"),
            "note": f"{officer.pseudonym} · {_state(w, account)}", "role": w(ROLE_WORDS[officer.role]),
            "agency": agency_name(officer.agency_code),
            "seen": w.short_moment(account.seen_at) if account.seen_at else ""}


def _state(w: Words, account: Account) -> str:
    if account.officer.disabled:
        return w("nonaktif")
    if account.officer.ready:
        return w("aktif")
    return w("belum pernah masuk") if not account.officer.enrolled else w("harus membuat kata sandi sendiri")


def new_page(w: Words, officer: Officer, token: str, typed: dict[str, str], problems: Sequence[Problem],
             trouble: h.Node = None) -> h.Node:
    """The form of a new account."""
    return h.fragment[
        lead(w("Buat akun untuk siapa?"), w("Kata sandinya kami buatkan dan tampilkan sekali saja.")),
        desk_nav(w, officer, ""), trouble,
        ui.form(
            w, ui.hidden("token", token),
            ui.text_field(w, "email", w("Surel dinas"), value=typed.get("email", ""), kind="email", inputmode="email",
                          width="half", problems=problems, spellcheck=False),
            *_role_fields(w, typed.get("role", ""), typed.get("agency", ""), problems),
            ui.submit(w("Buat akun")), action=w.path("/meja/akun/baru"), problems=problems)]


def _role_fields(w: Words, role: str, agency: str, problems: Sequence[Problem]) -> tuple[h.Node, ...]:
    roles = [Choice(one, w(ROLE_WORDS[one]), w(ROLE_HINTS[one])) for one in Role]
    offices = [Choice(one.code, one.name) for one in agencies.PROVINCIAL]
    return (ui.radios_field(w, "role", w("Peran"), roles, value=role, problems=problems),
            ui.select_field(w, "agency", w("Instansi atau unit"), offices, value=agency, problems=problems,
                            blank=w("Pilih instansi")))


def once_page(w: Words, actor: Officer, officer: Officer, password: str) -> h.Node:
    """A password for once, this once."""
    return h.fragment[
        lead(w("Kata sandi sekali pakai untuk {name}", name=officer.pseudonym),
             w("Sampaikan langsung kepada pemilik akun. Halaman ini tidak bisa dibuka lagi.")),
        desk_nav(w, actor, ""),
        facts([(w("Surel dinas"), officer.email), (w("Peran"), w(ROLE_WORDS[officer.role])),
               (w("Instansi"), agency_name(officer.agency_code))]),
        code_box(w("Kata sandi"), password,
                 w("Saat pertama masuk, pemilik akun membuat kata sandinya sendiri dan memasang kode masuk.")),
        h.p[action(w("Lihat akun ini"), w.path(f"/meja/akun/{officer.pseudonym}"))]]


def account_page(w: Words, actor: Officer, account: Account, token: str, problems: Sequence[Problem] = (),
                 trouble: h.Node = None) -> h.Node:
    """One account, and what an admin may do to it."""
    officer = account.officer
    fixed = officer.id == actor.id or officer.email in EXAMPLE_EMAILS
    return h.fragment[
        lead(w("Akun {name}", name=officer.pseudonym), _state(w, account).capitalize() + "."),
        desk_nav(w, actor, ""), trouble, ui.error_summary(w, problems),
        facts([
            (w("Surel dinas"), officer.email), (w("Peran"), w(ROLE_WORDS[officer.role])),
            (w("Instansi"), agency_name(officer.agency_code)), (w("Dibuat"), w.moment(account.made_at)),
            (w("Sesi"), w.number(account.sessions)),
            (w("Terakhir dipakai"), w.moment(account.seen_at) if account.seen_at else w("tidak ada sesi")),
            (w("Kode cadangan tersisa"), w.number(account.recovery))]),
        notice("info", w("Akun ini tidak bisa diubah di sini"), w(
            "Akun Anda sendiri diubah oleh pengelola lain; akun contoh tidak diubah siapa pun."))
        if fixed else _deeds(w, account, token, problems),
        h.p[h.a(href=w.path(f"/meja/jejak?pelaku={officer.pseudonym}"))[w("Apa yang dilakukan akun ini")], " · ",
            h.a(href=w.path(f"/meja/jejak?atas={officer.pseudonym}"))[w("Apa yang dilakukan pada akun ini")]]]


def _deeds(w: Words, account: Account, token: str, problems: Sequence[Problem]) -> h.Node:
    officer = account.officer
    where = w.path(f"/meja/akun/{officer.pseudonym}")

    def deed(title: str, said: str, name: str, act: str, kind: str = "plain") -> h.Node:
        return section(title, h.p[said], h.form(".form.form-stack", action=where, method="post")[
            ui.hidden("token", token), ui.submit(name, "danger" if kind == "danger" else "plain", "act", act)])

    closing = deed(w("Buka lagi"), w("Pemilik akun bisa masuk lagi."), w("Aktifkan"), "enable") if officer.disabled \
        else deed(w("Tutup"), w("Tidak ada yang bisa masuk dengan akun ini, dan semua sesinya berakhir. "
                                "Jejaknya tetap."),
                  w("Nonaktifkan"), "disable", "danger")
    return h.fragment[
        section(w("Peran dan instansi"), h.form(".form.form-stack", action=where, method="post", novalidate=True)[
            ui.hidden("token", token), *_role_fields(w, officer.role, officer.agency_code, problems),
            ui.submit(w("Simpan"), "primary", "act", "change")]),
        deed(w("Lupa kata sandi"), w("Kami buatkan kata sandi sekali pakai. Semua sesinya berakhir."),
             w("Buat kata sandi baru"), "password"),
        deed(w("Ponsel hilang"), w("Kode masuk dan kode cadangan dihapus; pemilik akun memasang yang baru saat masuk. "
                                   "Pastikan dulu bahwa ini memang dia."), w("Hapus kode masuk"), "factor"),
        closing]
