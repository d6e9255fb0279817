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


def complaint(w: Words) -> Node:
    """The complaint form, sent with mistakes."""
    problems = (
        Problem("kategori", "Pilih perihal keluhan Anda."),
        Problem("isi", "Ceritakan apa yang terjadi, paling sedikit 20 huruf."),
        Problem("cara", "Pilih cara kami mengabari Anda."),
        Problem("setuju", "Centang kotak ini agar aduan dapat kami teruskan."),
    )
    return [
        lead(
            "Sampaikan keluhan",
            "Tanpa akun, tanpa nama. Instansi yang berwenang harus menjawab dalam dua hari kerja.",
        ),
        form(
            w,
            select_field(
                w,
                "kategori",
                "Tentang apa?",
                [
                    Choice("a", "Jalan rusak", group="Jalan dan jembatan"),
                    Choice("b", "Antrean rumah sakit", group="Kesehatan"),
                ],
                blank="Pilih perihal",
                problems=problems,
            ),
            textarea_field(
                w,
                "isi",
                "Apa yang terjadi?",
                value="Jalan",
                hint="Sebut tempat dan waktunya. Jangan tulis NIK.",
                maxlength=4000,
                problems=problems,
            ),
            date_field(w, "kapan", "Kapan terjadi?", optional=True),
            text_field(
                w, "tempat", "Di mana?", optional=True, hint="Nama jalan, desa, atau patokan terdekat."
            ),
            radios_field(
                w,
                "cara",
                "Bagaimana kami mengabari Anda?",
                [
                    Choice("lacak", "Saya lacak sendiri", "Anda mendapat nomor dan kode rahasia."),
                    Choice("surel", "Lewat surel"),
                ],
                problems=problems,
            ),
            fieldset(
                "Diri Anda",
                text_field(
                    w, "telepon", "Nomor telepon", kind="tel", inputmode="tel", width="half", optional=True
                ),
                text_field(w, "kode", "Kode pos", width="short", inputmode="numeric", optional=True),
            ),
            checkbox_field(
                w,
                "setuju",
                "Isi aduan boleh dibaca siapa saja",
                hint="Nama dan telepon tidak pernah ditampilkan.",
                problems=problems,
            ),
            hidden("kunci", "abc"),
            submit("Kirim keluhan"),
            action="/aduan",
            problems=problems,
        ),
    ]


def receipt(w: Words) -> Node:
    """What a sender keeps."""
    return [
        lead(
            "Keluhan Anda sudah kami simpan",
            "Dinas Perhubungan harus menjawab paling lambat 24 November 2026.",
        ),
        notice(
            "warning",
            "Simpan kode ini sekarang",
            "Kode hanya tampil sekali. Tanpa kode, aduan ini tidak dapat dibuka.",
        ),
        code_box("Nomor aduan", "JT-2026-K7M4-Q9"),
        code_box("Kode rahasia", "lebah-47QK-9XWD-M2PT-VB6R-H8CN", "Jangan berikan kepada siapa pun."),
        h.p(".actions")[action("Lacak aduan ini", "/lacak"), action("Cetak", "#", "plain")],
        section(
            "Perjalanan aduan",
            timeline(
                [
                    Event(
                        "22 Nov 2026, 14.05 WIB", "Aduan diterima", by="CETTAR", iso="2026-11-22T07:05:00Z"
                    ),
                    Event("22 Nov 2026, 14.06 WIB", "Diteruskan", by=LONGEST, state="waiting"),
                    Event("25 Nov 2026, 09.10 WIB", "Terlambat dijawab", state="late"),
                    Event(
                        "25 Nov 2026, 10.00 WIB",
                        "Dijawab",
                        "Lubang sudah kami tambal.\nMohon dilihat.",
                        "Dinas Bina Marga",
                        "done",
                    ),
                    Event("26 Nov 2026, 08.00 WIB", "Disanggah", "Masih berlubang.", "Pelapor", "disputed"),
                ],
                "Perjalanan aduan",
            ),
        ),
        section(
            "Rincian",
            facts(
                [("Perihal", "Jalan rusak"), ("Instansi", LONGEST), ("Keadaan", state_mark(w, "disputed"))]
            ),
        ),
    ]
