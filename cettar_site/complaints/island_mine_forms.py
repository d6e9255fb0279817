"""The forms of the filer's own page: the last word, a rating, a message, withdrawing, erasure."""

from collections.abc import Mapping
from typing import Protocol

import htpy as h

from cettar_site.base.errors import Problem
from cettar_site.base.words import Words
from cettar_site.complaints.island_case_parts import whole_number
from cettar_site.complaints.rules import Case
from cettar_site.complaints.rules_citizen import LONGEST_MESSAGE, RATINGS, WORDS_IN, Act, offered
from cettar_site.complaints.rules_clock import WORD
from cettar_site.ui import form as ui
from cettar_site.ui.lead import lead, section


class Keys(Protocol):
    """What a form of the filer's needs: their keys, what they typed, what is wrong with it."""

    @property
    def number(self) -> str:
        """The public number."""

    @property
    def code(self) -> str:
        """The secret code."""

    @property
    def typed(self) -> Mapping[str, str]:
        """What came with the last form."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with it."""


def read_by(w: Words, case: Case) -> str:
    """Who will read what the filer writes after filing."""
    return (w("Tampil juga di halaman umum, tanpa nama; data pribadi disamarkan.") if case.request.shown.public
            else w("Hanya dibaca instansi yang menangani."))


def act_form(w: Words, act: Act, mine: Keys, *children: h.Node, anchor: str = "") -> h.Node:
    """A form of one act, with the keys in its body."""
    return h.form(".form.form-stack", id=anchor or None, action=w.path(f"/lacak/{act}"), method="post",
                  novalidate=True)[ui.hidden("number", mine.number), ui.hidden("code", mine.code), children]


def words_field(w: Words, act: Act, mine: Keys, label: str, *, hint: str = "", optional: bool = True,
                rows: int = 4) -> h.Node:
    """The field for an act's words, with what was typed before."""
    name = WORDS_IN[act]
    return ui.textarea_field(w, name, label, value=mine.typed.get(name, ""), hint=hint, optional=optional, rows=rows,
                             maxlength=LONGEST_MESSAGE, problems=mine.problems)


def word_forms(w: Words, case: Case, mine: Keys, on_time: bool) -> h.Node:
    """Solved or not: one tap each, without an account."""
    confirm, dispute = (offered(case, act, on_time=on_time) for act in (Act.CONFIRM, Act.DISPUTE))
    if not (confirm or dispute) or case.life.word_from is None:
        return None
    until = w("Kata terakhir ada pada Anda, sampai {when}.", when=w.date(case.life.word_from + WORD))
    return h.section("#kata.word-box")[
        h.h2[w("Menurut Anda, sudah selesai?")], h.p[until],
        h.p(".actions.word")[
            confirm and h.button(".button", type="submit", form="ya")[w("Ya, sudah selesai")],
            dispute and h.button(".button.button-plain", type="submit", form="belum")[w("Belum selesai")]],
        confirm and act_form(w, Act.CONFIRM, mine, anchor="ya"),
        dispute and act_form(w, Act.DISPUTE, mine, words_field(
            w, Act.DISPUTE, mine, w("Apa yang masih kurang?"), rows=2,
            hint=f"{w('Ikut terkirim kalau Anda menekan Belum selesai.')} {read_by(w, case)}"), anchor="belum")]


def rating_form(w: Words, case: Case, mine: Keys) -> h.Node:
    """Five stars in words; the newest rating counts."""
    if not offered(case, Act.RATE):
        return None
    choices = [ui.Choice(value, f"{'★' * int(value)}{'☆' * (5 - int(value))} {w(word)}")
               for value, word in sorted(RATINGS.items(), reverse=True)]
    given = str(case.life.rating or "")
    return section(
        w("Seberapa baik jawabannya?"),
        given and h.p[w("Nilai Anda sekarang: {n} dari 5. Boleh diubah.", n=int(given))],
        act_form(w, Act.RATE, mine,
                 ui.radios_field(w, "rating", w("Nilai jawabannya, bukan hasilnya"), choices,
                                 value=mine.typed.get("rating", given), problems=mine.problems),
                 ui.submit(w("Kirim nilai"), "plain")), anchor="nilai")


def message_form(w: Words, case: Case, mine: Keys, *, answering: bool = False) -> h.Node:
    """Words to the agency; an asked question is answered by them."""
    if not offered(case, Act.MESSAGE):
        return None
    label = w("Jawaban Anda") if answering else w("Pesan untuk instansi")
    told = (w("Sesudah Anda menjawab, hitungan waktu instansi berjalan lagi.") if answering
            else read_by(w, case))
    made = act_form(w, Act.MESSAGE, mine, words_field(w, Act.MESSAGE, mine, label, hint=told, optional=False),
                    ui.submit(w("Kirim jawaban") if answering else w("Kirim pesan"),
                              "primary" if answering else "plain"))
    return made if answering else section(w("Ada yang ingin Anda tambahkan?"), made, anchor="pesan")


def ask_for_end(w: Words, case: Case, mine: Keys) -> h.Node:
    """The ways out: withdrawing, erasing; each is asked again on a page of its own."""
    withdraw, erase = offered(case, Act.WITHDRAW), offered(case, Act.ERASE)
    if not withdraw and not erase:
        return None
    return section(w("Tarik atau hapus"), h.div(".actions.ends")[
        withdraw and act_form(w, Act.WITHDRAW, mine, ui.submit(w("Tarik aduan ini …"), "plain")),
        erase and act_form(w, Act.ERASE, mine, ui.submit(w("Hapus isinya …"), "plain"))],
        h.p(".quiet")[w("Keduanya ditanyakan sekali lagi sebelum dilakukan.")])


def withdraw_page(w: Words, case: Case, mine: Keys) -> h.Node:
    """Before taking a complaint back."""
    return h.fragment[
        ui.error_summary(w, mine.problems),
        lead(w.parts("Tarik aduan {number}?", number=whole_number(case.request.number)),
             w("Instansi tidak perlu menjawab lagi, dan aduan ini tidak bisa dibuka kembali. Ceritanya tetap "
               "terbaca.")),
        act_form(w, Act.WITHDRAW, mine, words_field(w, Act.WITHDRAW, mine, w("Kenapa ditarik?"),
                                                    hint=read_by(w, case)),
                 ui.submit(w("Ya, tarik aduan ini"), "danger", "step", "2")),
        back_form(w, mine)]


def erase_page(w: Words, case: Case, mine: Keys) -> h.Node:
    """Before every word is deleted: exactly what goes and what stays."""
    over = case.life.over
    return h.fragment[
        ui.error_summary(w, mine.problems),
        lead(w.parts("Hapus isi aduan {number}?", number=whole_number(case.request.number)),
             w("Ini berlaku segera dan tidak bisa dikembalikan, juga oleh kami.")),
        section(w("Yang dihapus"), h.ul[
            h.li[w("cerita Anda, tempatnya, titik di peta, nama dan foto;")],
            h.li[w("semua pesan Anda dan semua jawaban instansi;")],
            h.li[w("dari salinan cadangan: paling lambat tiga puluh hari lagi.")]]),
        section(w("Yang tetap"), h.ul[
            h.li[w("nomor aduan, topik, kabupaten atau kota dan kecamatannya;")],
            h.li[w("instansi yang menangani, apa yang terjadi dan kapan, tanpa kata-katanya;")],
            h.li[w("hitungan waktunya, supaya kerja instansi tetap bisa dinilai.")]]),
        None if over else h.p(".section")[w("Aduan ini belum berakhir. Dengan menghapus isinya Anda juga menariknya.")],
        act_form(w, Act.ERASE, mine, ui.checkbox_field(w, "sure", w("Saya mengerti dan ingin menghapusnya"),
                                                       problems=mine.problems),
                 ui.submit(w("Hapus isinya sekarang"), "danger", "step", "2")),
        back_form(w, mine)]


def back_form(w: Words, mine: Keys) -> h.Node:
    """Back to the complaint: a form, because the code stands in no address."""
    return h.form(".section", action=w.path("/lacak"), method="post")[
        ui.hidden("number", mine.number), ui.hidden("code", mine.code),
        ui.submit(w("Kembali ke aduan saya"), "plain")]


def later_page(w: Words, act: Act, mine: Keys, wait: float) -> h.Node:
    """Too many tries from this network: the same form with every word, to be sent again; nothing was looked up."""
    name = WORDS_IN.get(act)
    again = words_field(w, act, mine, w("Tulisan Anda")) if name else None
    passed = [ui.hidden(one, mine.typed[one]) for one in ("rating", "sure", "step") if mine.typed.get(one)]
    return h.fragment[
        lead(w("Tunggu sebentar."), w("Terlalu banyak percobaan dari jaringan ini. Tunggu {span}, lalu kirim lagi; "
                                      "tidak ada yang hilang.", span=w.duration(wait))),
        act_form(w, act, mine, again, passed, ui.submit(w("Kirim lagi")))]
