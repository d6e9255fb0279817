"""The gallery's pages around a complaint: the form with mistakes, the receipt."""

import htpy as h
from htpy import Node

from cettar_site.base.errors import Problem
from cettar_site.base.words import Words
from cettar_site.ui.form import (
    Choice,
    checkbox_field,
    date_field,
    fieldset,
    form,
    hidden,
    radios_field,
    select_field,
    submit,
    text_field,
    textarea_field,
)
from cettar_site.ui.lead import action, code_box, facts, lead, section
from cettar_site.ui.notice import notice
from cettar_site.ui.state_mark import state_mark
from cettar_site.ui.timeline import Event, timeline
from tests.ui.gallery_read import LONGEST

PROBLEMS = (
    Problem("kategori", "Pilih perihal keluhan Anda."),
    Problem("isi", "Ceritakan apa yang terjadi, paling sedikit 20 huruf."),
    Problem("cara", "Pilih cara kami mengabari Anda."),
    Problem("setuju", "Centang kotak ini agar aduan dapat kami teruskan."),
)
TOPICS = (
    Choice("a", "Jalan rusak", group="Jalan dan jembatan"),
    Choice("b", "Antrean rumah sakit", group="Kesehatan"),
)
NEWS = (Choice("a", "Saya lacak sendiri", "Anda mendapat nomor dan kode."), Choice("b", "Lewat surel"))


def sender(w: Words) -> Node:
    """Questions about the sender."""
    return fieldset(
        "Diri Anda",
        text_field(w, "telepon", "Nomor telepon", kind="tel", inputmode="tel", width="half", optional=True),
        text_field(w, "kode", "Kode pos", width="short", inputmode="numeric", optional=True),
    )


def complaint(w: Words) -> Node:
    """The complaint form, sent with mistakes."""
    return [
        lead("Sampaikan keluhan", "Tanpa akun, tanpa nama. Instansi menjawab dalam dua hari kerja."),
        form(w,
             select_field(w, "kategori", "Tentang apa?", TOPICS, blank="Pilih perihal", problems=PROBLEMS),
             textarea_field(w, "isi", "Apa yang terjadi?", value="Jalan", maxlength=4000, problems=PROBLEMS,
                            hint="Sebut tempat dan waktunya. Jangan tulis NIK."),
             date_field(w, "kapan", "Kapan terjadi?", optional=True),
             text_field(w, "tempat", "Di mana?", optional=True, hint="Nama jalan, desa, atau patokan."),
             radios_field(w, "cara", "Bagaimana kami mengabari Anda?", NEWS, problems=PROBLEMS),
             sender(w),
             checkbox_field(w, "setuju", "Isi aduan boleh dibaca siapa saja", problems=PROBLEMS,
                            hint="Nama dan telepon tidak pernah ditampilkan."),
             hidden("kunci", "abc"), submit("Kirim keluhan"), action="/aduan", problems=PROBLEMS),
    ]


def journey() -> Node:
    """All kinds of events."""
    return timeline([
        Event("22 Nov 2026, 14.05 WIB", "Aduan diterima", by="CETTAR", iso="2026-11-22T07:05:00Z"),
        Event("22 Nov 2026, 14.06 WIB", "Diteruskan", by=LONGEST, state="waiting"),
        Event("25 Nov 2026, 09.10 WIB", "Terlambat dijawab", state="late"),
        Event("25 Nov 2026, 10.00 WIB", "Dijawab", "Sudah ditambal.\nMohon dilihat.", "Bina Marga", "done"),
        Event("26 Nov 2026, 08.00 WIB", "Disanggah", "Masih berlubang.", "Pelapor", "disputed"),
    ], "Perjalanan aduan")


def receipt(w: Words) -> Node:
    """What a sender keeps."""
    known = [("Perihal", "Jalan rusak"), ("Instansi", LONGEST), ("Keadaan", state_mark(w, "disputed"))]
    return [
        lead("Keluhan Anda sudah kami simpan", "Dinas Perhubungan menjawab paling lambat 24 November 2026."),
        notice("warning", "Simpan kode ini sekarang", "Kode hanya tampil sekali."),
        code_box("Nomor aduan", "JTM-7K3M-9QXF"),
        code_box("Kode rahasia", "47QK-9XWD-M2PT-VB6R-H8CN-3FTY", "Jangan berikan kepada siapa pun."),
        h.p(".actions")[action("Lacak aduan ini", "/lacak"), action("Cetak", "#", "plain")],
        section("Perjalanan aduan", journey()),
        section("Rincian", facts(known)),
    ]
