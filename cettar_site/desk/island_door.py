"""What is seen at the door: signing in step by step, going on with what was typed, signing out."""

from collections.abc import Mapping, Sequence

import htpy as h

from cettar_site.base.errors import Problem
from cettar_site.base.factor import app_address
from cettar_site.base.words import Words, mark
from cettar_site.desk.rules_account import MAY_MANAGE, MAY_READ_TRAIL
from cettar_site.desk.rules_door import ROLE_WORDS, Half, Officer, Role, Step, next_step
from cettar_site.desk.rules_example import EXAMPLE_OFFICERS, PASSWORD
from cettar_site.desk.rules_matrix import PAGES, Page
from cettar_site.jatim import agencies
from cettar_site.ui import form as ui
from cettar_site.ui.lead import action, code_box, lead
from cettar_site.ui.notice import notice
from cettar_site.ui.qr import qr_svg_once

CARRIED = "k."
"""Begins the names of fields that only travel through the door."""
STAY_BEHIND = frozenset({"token", "code", "recovery", "password", "new", "again"})
"""Fields that are never shown again nor carried anywhere."""


def carry(path: str, typed: Mapping[str, str]) -> dict[str, str]:
    """A form that was sent without a session, as fields of the door; its secrets stay behind."""
    return {"ke": path} | {CARRIED + name: value for name, value in typed.items()
                           if name not in STAY_BEHIND and value}


def carried(kept: Mapping[str, str]) -> dict[str, str]:
    """The fields that came through the door."""
    return {name.removeprefix(CARRIED): value for name, value in kept.items() if name.startswith(CARRIED)}


def again_form(w: Words, going: str, typed: Mapping[str, str], token: str) -> h.Node:
    """What was typed before a session ended, to be sent again from the new one."""
    unseen = [ui.hidden(name, value) for name, value in typed.items() if name != "text"]
    return ui.form(
        w, ui.hidden("token", token), unseen,
        "text" in typed and ui.textarea_field(w, "text", w("Tulisan Anda"), value=typed["text"], rows=8),
        ui.submit(w("Kirim")), action=w.path(going))


def again_page(w: Words, going: str, typed: Mapping[str, str], token: str) -> h.Node:
    """The way back to a form that was sent when the session had ended."""
    return h.fragment[
        lead(w("Anda sudah masuk lagi"), w("Tulisan Anda masih ada. Kirim sekali lagi.")),
        again_form(w, going, typed, token),
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
    return notice(
        "info", w("Coba sebagai petugas contoh"),
        h.p[w("Kata sandi semua akun contoh:"), " ", h.strong(translate="no")[PASSWORD]],
        h.ul[(h.li[h.strong(translate="no")[one.email], ": ",
                   w(ROLE_WORDS[one.role]), ", ", agencies.get(one.agency_code).abbr] for one in EXAMPLE_OFFICERS)])


STEP_TITLES = {Step.CODE: mark("Masukkan kode dari aplikasi"), Step.PASSWORD: mark("Buat kata sandi Anda sendiri"),
               Step.ENROL: mark("Pasang kode masuk")}


def step_title(w: Words, half: Half) -> str:
    """The title of what is asked for next."""
    return w(STEP_TITLES[next_step(half)])


def step_page(w: Words, half: Half, kept: Mapping[str, str], token: str, problems: Sequence[Problem],
              trouble: h.Node, secret: str, example: str) -> h.Node:
    """What is asked for after the password; `secret` is the factor that is offered, `example` the demo's code."""
    step = next_step(half)
    hidden = [ui.hidden("token", token), ui.hidden("step", step), *(ui.hidden(*one) for one in kept.items())]
    parts = {Step.CODE: _code_step, Step.PASSWORD: _password_step, Step.ENROL: _enrol_step}
    answer, above, questions = parts[step](w, half, problems, secret)
    return h.fragment[
        lead(step_title(w, half), answer), trouble, _shown_code(w, example) if step is Step.CODE else None, above,
        ui.form(w, hidden, questions, ui.submit(w("Lanjut")), action=w.path("/masuk/langkah"), problems=problems),
        h.p[h.a(href=w.path("/masuk"))[w("Mulai lagi dari awal")]]]


Parts = tuple[str, h.Node, list[h.Node]]


def code_field(w: Words) -> h.Node:
    """The question for a code, with a phone's digits."""
    return ui.text_field(w, "code", w("Kode"), hint=w("Enam angka dari aplikasi."), autocomplete="one-time-code",
                         inputmode="numeric", width="half", spellcheck=False, autofocus=True)


def lost_field(w: Words) -> h.Node:
    """The way for who has no phone at hand: a recovery code, which has letters too."""
    return h.details[h.summary[w("Ponsel hilang?")], ui.text_field(
        w, "recovery", w("Kode cadangan"), hint=w("Salah satu kode yang Anda simpan saat memasang kode masuk."),
        width="half", spellcheck=False)]


def _code_step(w: Words, _half: Half, _problems: Sequence[Problem], _secret: str) -> Parts:
    return (w("Buka aplikasi autentikator di ponsel Anda dan tulis enam angka untuk CETTAR."), None,
            [code_field(w), lost_field(w)])


def _password_step(w: Words, _half: Half, problems: Sequence[Problem], _secret: str) -> Parts:
    return (w("Kata sandi dari pengelola hanya untuk sekali masuk."), None, password_fields(w, problems))


def password_fields(w: Words, problems: Sequence[Problem]) -> list[h.Node]:
    """A new password, twice."""
    return [
        ui.text_field(w, "new", w("Kata sandi baru"), kind="password", autocomplete="new-password", width="half",
                      hint=w("Paling sedikit 12 huruf. Beberapa kata yang tidak berhubungan mudah diingat dan sulit "
                             "ditebak."), problems=problems),
        ui.text_field(w, "again", w("Kata sandi baru sekali lagi"), kind="password", autocomplete="new-password",
                      width="half", problems=problems)]


def _enrol_step(w: Words, half: Half, _problems: Sequence[Problem], secret: str) -> Parts:
    address = app_address(secret, half.officer.pseudonym)
    groups = " ".join(secret[at:at + 4] for at in range(0, len(secret), 4))
    above = h.fragment[
        h.ol[h.li[w("Pasang aplikasi autentikator di ponsel Anda, misalnya Aegis atau Google Authenticator.")],
             h.li[w("Pindai gambar ini dengan aplikasi itu, atau ketik kodenya.")],
             h.li[w("Tulis enam angka yang ditunjukkan aplikasi.")]],
        h.div(".factor-qr")[qr_svg_once(address)],
        h.p[h.a(href=address)[w("Aplikasinya ada di perangkat ini? Buka di aplikasi.")]],
        code_box(w("Kode untuk aplikasi"), groups, w("Jangan tunjukkan kepada siapa pun."))]
    return (w("Mulai sekarang Anda masuk dengan kata sandi dan kode dari ponsel Anda."), above,
            [code_field(w)])


def _shown_code(w: Words, code: str) -> h.Node:
    if not code:
        return None
    return notice("info", w("Kode akun contoh saat ini"), h.p[h.strong(translate="no")[code]],
                  w("Di simulasi kode ini ditunjukkan di sini. Di situs sungguhan hanya ada di ponsel petugas."))


def recovery_page(w: Words, codes: Sequence[str], going: str, typed: Mapping[str, str], token: str) -> h.Node:
    """The recovery codes, this once; and on, with what was typed before."""
    return h.fragment[
        lead(w("Simpan kode cadangan Anda"), w("Setiap kode menggantikan kode dari ponsel satu kali. Halaman ini tidak "
                                               "bisa dibuka lagi.")),
        recovery_list(codes),
        again_form(w, going, typed, token) if typed else h.p[action(w("Sudah saya simpan, lanjut"), w.path(going))]]


def recovery_list(codes: Sequence[str]) -> h.Node:
    """Recovery codes, each on a line."""
    return h.ul(".code-list", translate="no")[(h.li[h.code[code]] for code in codes)]


def confirm_page(w: Words, path: str, typed: Mapping[str, str], token: str, trouble: h.Node, example: str) -> h.Node:
    """A code is asked for again before something that can lock people out; the form's fields go with it."""
    unseen = [ui.hidden(name, value) for name, value in typed.items() if name not in STAY_BEHIND]
    return h.fragment[
        lead(w("Masukkan kode sekali lagi"), w("Untuk perubahan ini kami perlu memastikan bahwa ini memang Anda.")),
        trouble, _shown_code(w, example),
        ui.form(w, ui.hidden("token", token), unseen,
                code_field(w), lost_field(w),
                ui.submit(w("Lanjut")), action=w.path(path)),
        h.p[h.a(href=w.path(path))[w("Batal")]]]


def desk_nav(w: Words, officer: Officer, here: str) -> h.Node:
    """The ways of the desk that are open to this officer; `here` is the address one is at."""
    ways = [("/meja", w("Antrean"), officer.role is not Role.ADMIN),
            ("/meja/pilah", w("Salurkan"), Page.SORT in PAGES[officer.role]),
            ("/meja/templat", w("Templat"), Page.TEMPLATES in PAGES[officer.role]),
            ("/meja/lapor.csv", w("Unduh CSV"), Page.EXPORT in PAGES[officer.role]),
            ("/meja/akun", w("Akun"), officer.role in MAY_MANAGE),
            ("/meja/jejak", w("Jejak"), officer.role in MAY_READ_TRAIL),
            ("/meja/saya", w("Akun saya"), True)]
    return h.nav(".ways", aria_label=w("Meja petugas"))[(
        h.a(href=w.path(path), aria_current="page" if path == here else None)[
            h.strong[said] if path == here else said] for path, said, may in ways if may)]


def sign_out(w: Words, token: str) -> h.Node:
    """The form that ends the session."""
    return h.form(".form.section", action=w.path("/keluar"), method="post")[
        ui.hidden("token", token), ui.submit(w("Keluar"), "plain")]
