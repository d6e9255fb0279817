"""The two forms of this room: filing a complaint, and finding it again with its number and code."""

from collections.abc import Mapping, Sequence

import htpy as h

from cettar_site.base.errors import Problem
from cettar_site.base.words import Words, mark
from cettar_site.complaints.rules import Shown
from cettar_site.complaints.rules_clock import PROMISE_DAYS
from cettar_site.complaints.rules_filing import LONGEST, SHORTEST
from cettar_site.infra.site_pages import FRESH
from cettar_site.jatim import categories, regions
from cettar_site.ui import form as ui
from cettar_site.ui.form import Choice
from cettar_site.ui.lead import lead, section

Query = Mapping[str, str]
TITLE = mark("Sampaikan keluhan")
DESCRIPTION = mark("Laporkan masalah pelayanan di Jawa Timur tanpa nama dan tanpa akun. Jawabannya bisa "
                   "diikuti semua orang.")
TRACK_TITLE = mark("Lacak aduan")
TRACK_DESCRIPTION = mark("Lihat jawaban atas aduan Anda dengan nomor dan kode akses.")
SCRIPT = "/aduan.js"
QUERY = frozenset({"kategori", "wilayah"})
"""What the address of the form may bring along: a topic and a region."""
TRACK_QUERY = frozenset({"nomor"})


def form(w: Words, query: Query) -> h.Node:
    """The page of GET /aduan; `infra.site_pages` gives each visitor a key of their own."""
    values = {"category": query.get("kategori", ""), "region": query.get("wilayah", ""),
              "visibility": Shown.ANONYMOUS}
    return filing_page(w, values, FRESH)


def filing_page(w: Words, values: Mapping[str, str], key: str, problems: Sequence[Problem] = (),
                trouble: h.Node = None) -> h.Node:
    """The whole form, with what was typed and what is wrong with it; `trouble` is said on top."""
    return h.fragment[
        lead(w("Apa yang ingin Anda laporkan?"),
             w("Tanpa nama dan tanpa akun. Instansi yang bertugas berjanji menjawab dalam {n} hari kerja, "
               "dan siapa saja bisa melihat apakah janji itu ditepati.", n=PROMISE_DAYS)),
        trouble,
        ui.error_summary(w, problems),
        h.form("#aduan.form.form-stack", action=w.path("/aduan"), method="post", novalidate=True,
               **_labels(w))[
            _story(w, values, problems), _place(w, values, problems), _readers(w, values, problems),
            ui.submit(w("Kirim aduan"))],
        section(w("Sesudah Anda mengirim"), _afterwards(w)),
        h.details(".method")[h.summary[w("Apa yang kami simpan, dan apa yang tidak")],
                             (h.p[line] for line in _privacy(w))],
        # Last, because what comes before it is compressed once for all visitors.
        h.input(type="hidden", name="key", form="aduan", value=key),
    ]


def _labels(w: Words) -> dict[str, str]:
    """Sentences that the script shows; without it nobody misses them."""
    return {"data_count": w("{n} dari {max} huruf", n="{n}", max="{max}"),
            "data_sending": w("Sedang mengirim …"),
            "data_restored": w("Tulisan Anda yang belum terkirim kami tampilkan lagi."),
            "data_forget": w("Hapus dan mulai baru"),
            "data_finer": w("Lebih tepatnya (boleh kosong)"),
            "data_any": w("Tidak ada yang lebih tepat")}


def _story(w: Words, values: Mapping[str, str], problems: Sequence[Problem]) -> h.Node:
    hint = w("Ceritakan apa, sejak kapan, dan apa yang Anda harapkan, paling sedikit {n} huruf. Jangan tulis "
             "nama, NIK, nomor telepon atau alamat rumah siapa pun.", n=SHORTEST)
    category = values.get("category", "")
    return h.fragment[
        ui.textarea_field(w, "text", w("Apa yang terjadi?"), value=values.get("text", ""), rows=8, hint=hint,
                          maxlength=LONGEST, problems=problems),
        ui.select_field(
            w, "category", w("Tentang apa?"), _topics(w), value=_group(category), blank=w("Belum tahu"),
            hint=w("Menentukan instansi yang menerima. Kalau belum tahu, meja umum Pemprov yang menerima."),
            problems=problems, optional=True),
        _finer(w, category),
    ]


def _place(w: Words, values: Mapping[str, str], problems: Sequence[Problem]) -> h.Node:
    def typed(name: str) -> str:
        return values.get(name, "")

    places = [Choice(region.code, region.name) for region in regions.ALL]
    return h.fragment[
        ui.select_field(w, "region", w("Di kabupaten atau kota mana?"), places, value=typed("region"),
                        blank=w("Pilih kabupaten atau kota"), problems=problems),
        ui.text_field(w, "district", w("Di kecamatan mana?"), value=typed("district"), problems=problems,
                      optional=True, width="half"),
        ui.text_field(w, "place", w("Di mana tepatnya?"), value=typed("place"), problems=problems,
                      hint=w("Misalnya: di depan pasar, atau di jalan menuju balai desa."), optional=True),
        ui.date_field(w, "happened_on", w("Kapan terjadi?"), value=typed("happened_on"), problems=problems,
                      optional=True),
    ]


def _readers(w: Words, values: Mapping[str, str], problems: Sequence[Problem]) -> h.Node:
    choices = [
        Choice(Shown.ANONYMOUS, w("Semua orang, tanpa nama"),
               w("Cerita Anda tampil di situs ini, begitu juga jawabannya. Tidak ada yang tahu siapa Anda.")),
        Choice(Shown.OPEN, w("Semua orang; instansi tahu nama saya"),
               w("Seperti di atas, tetapi instansi yang menangani melihat nama Anda. Untuk umum tetap tanpa nama.")),
        Choice(Shown.CONFIDENTIAL, w("Hanya instansi yang menangani"),
               w("Yang tampil untuk umum hanya nomor, instansi dan tanggalnya.")),
    ]
    return ui.radios_field(w, "visibility", w("Siapa yang boleh membaca cerita ini?"), choices,
                           value=values.get("visibility", ""), problems=problems)


def _topics(w: Words) -> list[Choice]:
    heads = sorted(categories.GROUPS, key=lambda head: head.name)
    return [Choice(head.code, w("{topic} (urusan pemerintah pusat)", topic=head.name) if head.central_only
                   else head.name) for head in heads]


def _group(code: str) -> str:
    """The head of a topic's group: what the first list shows."""
    topic = categories.by_code(code)
    return topic.group if topic else ""


def _finer(w: Words, code: str) -> h.Node:
    """The finer topics of a chosen group; the script asks for them, a form shown again has them already."""
    finer = categories.of(_group(code))
    if not finer:
        return None
    choices = [Choice(topic.code, topic.name) for topic in finer]
    return h.div("#finer")[ui.select_field(w, "topic", w("Lebih tepatnya"), choices, value=code,
                                           optional=True, blank=w("Tidak ada yang lebih tepat"))]


def _afterwards(w: Words) -> h.Node:
    return h.ol[
        h.li[w("Anda langsung mendapat nomor aduan dan kode akses. Simpan keduanya seperti resi.")],
        h.li[w("Aduan sampai di instansi yang bertugas saat itu juga, dan hitungan {n} hari kerja dimulai.",
               n=PROMISE_DAYS)],
        h.li[w.parts("Jawabannya tampil di halaman aduan dan di {track}.",
                     track=h.a(href=w.path("/lacak"))[w("Lacak aduan")])],
    ]


def _privacy(w: Words) -> tuple[str, ...]:
    return (
        w("Kami tidak meminta nama, nomor telepon atau surel. Alamat internet perangkat Anda tidak kami "
          "simpan."),
        w("Kode akses hanya Anda yang punya. Yang tersimpan pada kami hanya sidiknya, jadi kode yang hilang "
          "tidak bisa kami buatkan lagi."),
        w("Cerita yang belum terkirim disimpan di peramban ini saja, paling lama tujuh hari, dan dihapus "
          "begitu terkirim. Cerita yang hanya untuk instansi tidak disimpan di peramban."),
        w("Hari kerja: Senin sampai Jumat, tanpa hari libur nasional dan cuti bersama."),
    )


def lacak_form(w: Words, query: Query) -> h.Node:
    """The page of GET /lacak."""
    return tracking_page(w, {"number": query.get("nomor", "")})


def tracking_page(w: Words, values: Mapping[str, str], problems: Sequence[Problem] = (),
                  trouble: h.Node = None) -> h.Node:
    """The form for number and code, with what was typed (never the code) and what is wrong."""
    number = ui.text_field(w, "number", w("Nomor aduan"), value=values.get("number", ""), problems=problems,
                           width="half", spellcheck=False,
                           hint=w("Seperti JTM-7K3M-9QXF. Huruf kecil juga boleh."))
    code = ui.text_field(w, "code", w("Kode akses"), problems=problems, spellcheck=False,
                         hint=w("Enam kelompok berisi empat huruf atau angka, dari resi Anda."))
    return h.fragment[
        lead(w("Sudah sampai mana aduan Anda?"),
             w("Dengan nomor dan kode akses, Anda melihat cerita Anda sendiri dan semua jawabannya.")),
        trouble,
        ui.form(w, number, code, ui.submit(w("Lihat aduan saya")), action=w.path("/lacak"),
                problems=problems),
        h.p(".quiet")[w("Kode hilang? Kosongkan saja: halaman umum aduan tetap bisa dibuka dengan "
                        "nomornya.")],
    ]
