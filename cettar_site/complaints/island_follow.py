"""Following a complaint by mail: the small form, and the pages behind the links in the letters."""

from collections.abc import Sequence

import htpy as h

from cettar_site.base.errors import Problem
from cettar_site.base.words import Words
from cettar_site.ui import form as ui
from cettar_site.ui.lead import action, lead
from cettar_site.ui.notice import notice


def follow_form(w: Words, number: str, typed: str = "", problems: Sequence[Problem] = ()) -> h.Node:
    """One field; the answer is the same for every address, so that nobody learns who follows what."""
    return ui.form(
        w,
        ui.text_field(w, "contact", w("Surel Anda"), value=typed, kind="email", autocomplete="email", inputmode="email",
                      width="half", problems=problems, spellcheck=False,
                      hint=w("Kami kirim satu surel untuk konfirmasi, lalu kabar setiap kali ada jawaban. Alamat Anda "
                             "tidak dilihat siapa pun dan bisa dihapus kapan saja.")),
        ui.submit(w("Ikuti lewat surel"), "plain"), action=w.path(f"/aduan/{number}/ikuti"), problems=problems)


def follow_page(w: Words, number: str, typed: str, problems: Sequence[Problem]) -> h.Node:
    """The form on a page of its own, when something is wrong with what was typed."""
    return h.fragment[lead(w("Ikuti aduan {number} lewat surel", number=number)),
                      follow_form(w, number, typed, problems), _back(w, number)]


def asked_page(w: Words, number: str) -> h.Node:
    """What is said after the form was sent."""
    return h.fragment[
        lead(w("Periksa kotak surel Anda"),
             w("Kalau alamat itu belum mengikuti aduan {number}, kami kirim surel berisi tautan konfirmasi. Buka dalam "
               "tujuh hari.", number=number)), _back(w, number)]


def kabar_page(w: Words, number: str, token: str, *, confirmed: bool, said: str = "") -> h.Node:
    """What the link in a letter opens: confirm, or end. Opening it changes nothing: scanners open links too."""
    done = said and notice("good", said)
    if not confirmed:
        return h.fragment[
            lead(w("Terima kabar tentang aduan {number}?", number=number)), done,
            _button(w, token, "ya", w("Ya, kirimi saya kabar"), "primary"),
            _button(w, token, "berhenti", w("Bukan saya, hapus alamat ini"), "plain"), _back(w, number)]
    return h.fragment[
        lead(w("Anda mengikuti aduan {number}", number=number)), done,
        _button(w, token, "berhenti", w("Berhenti menerima kabar"), "plain"), _back(w, number)]


def ended_page(w: Words) -> h.Node:
    """The address is forgotten; also for a link that is no longer known."""
    return h.fragment[
        lead(w("Anda tidak menerima kabar lagi"),
             w("Alamat surel itu sudah kami hapus. Aduannya tetap bisa diikuti di sini.")),
        h.p(".actions")[action(w("Lacak aduan"), w.path("/lacak"), "plain")]]


def _button(w: Words, token: str, act: str, text: str, kind: str) -> h.Node:
    return h.form(".form.form-stack", action=w.path(f"/kabar/{token}"), method="post")[
        ui.submit(text, "primary" if kind == "primary" else "plain", name="act", value=act)]


def _back(w: Words, number: str) -> h.Node:
    return h.p(".section.actions")[action(w("Halaman aduan"), w.path(f"/aduan/{number}"), "plain")]
