"""What is seen at the door: signing in, going on with what was typed, signing out."""

from collections.abc import Mapping, Sequence

import htpy as h

from cettar_site.base.errors import Problem
from cettar_site.base.words import Words
from cettar_site.desk.rules_example import EXAMPLE_OFFICERS, PASSWORD
from cettar_site.jatim import agencies
from cettar_site.ui import form as ui
from cettar_site.ui.lead import facts, lead
from cettar_site.ui.notice import notice

CARRIED = "k."
"""Begins the names of fields that only travel through the door."""


def carry(path: str, typed: Mapping[str, str]) -> dict[str, str]:
    """A form that was sent without a session, as fields of the door; its old token stays behind."""
    return {"ke": path} | {CARRIED + name: value for name, value in typed.items() if name != "token" and value}


def carried(kept: Mapping[str, str]) -> dict[str, str]:
    """The fields that came through the door."""
    return {name.removeprefix(CARRIED): value for name, value in kept.items() if name.startswith(CARRIED)}


def again_page(w: Words, going: str, typed: Mapping[str, str], token: str) -> h.Node:
    """What was typed before a session ended, to be sent again from the new one."""
    unseen = [ui.hidden(name, value) for name, value in typed.items() if name != "text"]
    return h.fragment[
        lead(w("Anda sudah masuk lagi"), w("Tulisan Anda masih ada. Kirim sekali lagi.")),
        ui.form(
            w, ui.hidden("token", token), unseen,
            "text" in typed and ui.textarea_field(w, "text", w("Tulisan Anda"), value=typed["text"], rows=8),
            ui.submit(w("Kirim")), action=w.path(going)),
        h.p[h.a(href=w.path(going))[w("Jangan kirim, kembali ke meja")]]]


def sign_in_page(w: Words, email: str, problems: Sequence[Problem], trouble: h.Node,
                 carried: Mapping[str, str], *, simulated: bool = False) -> h.Node:
    """The officers' door; `carried` travels through it, so that words typed before are not lost.

    In the simulation it says how to come in: its accounts exist nowhere else.
    """
    return h.fragment[
        lead(w("Masuk sebagai petugas"),
             w("Untuk petugas instansi yang menjawab aduan. Warga tidak perlu masuk.")),
        trouble,
        _example(w) if simulated else None,
        ui.form(
            w,
            ui.text_field(w, "email", w("Surel dinas"), value=email, kind="email", autocomplete="username",
                          inputmode="email", width="half", problems=problems, spellcheck=False),
            ui.text_field(w, "password", w("Kata sandi"), kind="password", autocomplete="current-password",
                          width="half", problems=problems),
            *(ui.hidden(name, value) for name, value in carried.items() if value),
            ui.submit(w("Masuk")), action=w.path("/masuk"), problems=problems),
        h.p(".quiet")[w("Belum punya akun atau lupa kata sandi? Hubungi pengelola CETTAR di instansi Anda.")]]


def _example(w: Words) -> h.Node:
    officer = EXAMPLE_OFFICERS[0]
    return notice("info", w("Coba sebagai petugas contoh"), facts([
        (w("Surel dinas"), officer.email), (w("Kata sandi"), PASSWORD),
        (w("Instansi"), agencies.get(officer.agency_code).name)]))


def sign_out(w: Words, token: str) -> h.Node:
    """The form that ends the session."""
    return h.form(".form.section", action=w.path("/keluar"), method="post")[
        ui.hidden("token", token), ui.submit(w("Keluar"), "plain")]
