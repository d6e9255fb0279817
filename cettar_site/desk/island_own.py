"""What an officer sees of the own account: password, recovery codes, sessions."""

from collections.abc import Sequence

import htpy as h

from cettar_site.base.errors import Problem
from cettar_site.base.words import Words, mark
from cettar_site.complaints.rules_view import agency_name
from cettar_site.desk.island_door import desk_nav, password_fields, recovery_list, sign_out
from cettar_site.desk.rules_door import ABSOLUTE, IDLE, ROLE_WORDS, Visit
from cettar_site.ui import form as ui
from cettar_site.ui.lead import action, facts, lead, section

HERE = "/meja/saya"
DONE = {"sandi": mark("Kata sandi Anda sudah diganti. Sesi di perangkat lain berakhir."),
        "sesi": mark("Sesi itu sudah berakhir.")}


def own_page(w: Words, visit: Visit, visits: Sequence[Visit], left: int, token: str, problems: Sequence[Problem],
             trouble: h.Node) -> h.Node:
    """The officer's own account."""
    officer = visit.officer
    return h.fragment[
        lead(w("Akun saya"), w("Nama Anda di meja dan bagi warga: {name}.", name=officer.pseudonym)),
        desk_nav(w, officer, HERE), trouble, ui.error_summary(w, problems),
        facts([(w("Surel dinas"), officer.email), (w("Peran"), w(ROLE_WORDS[officer.role])),
               (w("Instansi"), agency_name(officer.agency_code))]),
        section(w("Ganti kata sandi"), _form(
            w, token, ui.text_field(w, "password", w("Kata sandi sekarang"), kind="password",
                                    autocomplete="current-password", width="half", problems=problems),
            *password_fields(w, problems), ui.submit(w("Ganti kata sandi"), "primary", "act", "password"))),
        section(w("Kode cadangan"), h.p[w("Tersisa {n} kode. Kode baru membatalkan yang lama.", n=left)],
                _form(w, token, ui.submit(w("Buat kode cadangan baru"), "plain", "act", "recovery"))),
        section(w("Sesi Anda"), h.p[w("Sesi berakhir sesudah {idle} tanpa dipakai, paling lama {longest}.",
                                      idle=w.duration(IDLE.total_seconds()),
                                      longest=w.duration(ABSOLUTE.total_seconds()))],
                h.ul[(_session(w, one, visit, token) for one in visits)],
                _form(w, token, ui.submit(w("Keluar dari semua perangkat"), "danger", "act", "end_all"))),
        sign_out(w, token)]


def _form(w: Words, token: str, *children: h.Node) -> h.Node:
    return h.form(".form.form-stack", action=w.path(HERE), method="post", novalidate=True)[
        ui.hidden("token", token), children]


def _session(w: Words, one: Visit, here: Visit, token: str) -> h.Node:
    said = w("Masuk {began}, terakhir dipakai {seen}.", began=w.short_moment(one.began_at),
             seen=w.short_moment(one.seen_at))
    if one.key == here.key:
        return h.li[said, " ", h.strong[w("Sesi ini.")]]
    return h.li[said, _form(w, token, ui.hidden("key", one.key), ui.submit(w("Akhiri"), "plain", "act", "end"))]


def new_recovery_page(w: Words, visit: Visit, codes: Sequence[str]) -> h.Node:
    """New recovery codes, this once."""
    return h.fragment[
        lead(w("Simpan kode cadangan Anda"), w("Setiap kode menggantikan kode dari ponsel satu kali. Halaman ini tidak "
                                               "bisa dibuka lagi.")),
        desk_nav(w, visit.officer, ""), recovery_list(codes),
        h.p[action(w("Sudah saya simpan, lanjut"), w.path(HERE))]]
