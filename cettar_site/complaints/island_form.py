"""The filing form: whole on one page; its script shows one question at a time."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import htpy as h

from cettar_site.base.errors import Problem
from cettar_site.base.period import wib_date
from cettar_site.base.words import Words
from cettar_site.complaints.island import TITLE
from cettar_site.complaints.island_form_photos import SENT_AS, photos
from cettar_site.complaints.island_form_said import said
from cettar_site.complaints.rules import Shown
from cettar_site.complaints.rules_clock import PROMISE_DAYS
from cettar_site.complaints.rules_filing import EARLIEST, LONGEST, SHORTEST
from cettar_site.infra import clock
from cettar_site.infra.site_pages import FRESH
from cettar_site.jatim import categories, regions
from cettar_site.ui import form as ui
from cettar_site.ui.form import Choice
from cettar_site.ui.lead import section

Values = Mapping[str, str]
Problems = Sequence[Problem]


class Mail:
    """Whether this site can send letters: only then is an address asked for. The front door says so."""

    on: Callable[[], bool] = staticmethod(lambda: False)


def form(w: Words, query: Values) -> h.Node:
    """The page of GET /aduan; `infra.site_pages` gives each visitor a key of their own."""
    values = {"category": query.get("kategori", ""), "region": query.get("wilayah", ""),
              "visibility": Shown.ANONYMOUS}
    return filing_page(w, values, FRESH, wib_date(clock.now()))


def filing_page(w: Words, values: Values, key: str, today: date, problems: Problems = (), trouble: h.Node = None,
                *, again: bool = False) -> h.Node:
    """The whole form, with what was typed and what is wrong with it; `trouble` is said on top.

    `again`: it was sent before, so its key and its words stand.
    """
    return h.fragment[
        h.div(".lead")[
            h.p("#langkah.caption")[w(TITLE)],  # where the script counts the steps
            h.h1(".question")[w("Apa yang ingin Anda laporkan?")],
            h.p(".answer")[w("Tanpa nama dan tanpa akun. Instansi yang bertugas berjanji menjawab dalam {n} hari "
                             "kerja, dan siapa saja bisa melihat apakah janji itu ditepati.", n=PROMISE_DAYS)]],
        trouble,
        ui.error_summary(w, problems),
        h.form("#aduan.form.form-stack", {"data-again": again}, said(w), action=w.path("/aduan/pratinjau"),
               method="post", enctype=SENT_AS, novalidate=True)[_steps(w, values, today, problems)],
        section(w("Sesudah Anda mengirim"), _afterwards(w)),
        h.details(".method")[h.summary[w("Apa yang kami simpan, dan apa yang tidak")],
                             (h.p[line] for line in _privacy(w))],
        # Last, because what comes before it is compressed once for all visitors.
        h.input(type="hidden", name="key", form="aduan", value=key),
    ]


def _steps(w: Words, values: Values, today: date, problems: Problems) -> list[h.Node]:
    """The questions, each in a box of its own whose title the script shows as heading."""
    what, topic, where, when = w("Apa yang terjadi?"), w("Tentang apa?"), w("Di mana?"), w("Kapan terjadi?")
    seen, who, last = w("Ada fotonya?"), w("Siapa yang boleh membaca cerita ini?"), w("Periksa, lalu kirim")
    day = ui.date_field(w, "happened_on", when, value=values.get("happened_on", ""), earliest=EARLIEST, latest=today,
                        hint=w("Kira-kira juga boleh."), problems=problems, optional=True)
    return [h.div(".step", data_title=title)[inside] for title, inside in (
        (what, _story(w, what, values, problems)), (topic, _topic(w, topic, values, problems)),
        (where, _place(w, where, values, problems)), (when, day), (seen, photos(w, seen, values, problems)),
        (who, _readers(w, who, values, problems)), (last, ui.submit(w("Lanjut: periksa dulu"))))]


def _story(w: Words, title: str, values: Values, problems: Problems) -> h.Node:
    hint = w("Ceritakan apa, sejak kapan, dan apa yang Anda harapkan, paling sedikit {n} huruf. Jangan tulis "
             "nama, NIK, nomor telepon atau alamat rumah siapa pun.", n=SHORTEST)
    return ui.textarea_field(w, "text", title, value=values.get("text", ""), rows=8, hint=hint, maxlength=LONGEST,
                             problems=problems)


def _topic(w: Words, title: str, values: Values, problems: Problems) -> h.Node:
    category = values.get("category", "")
    hint = w("Menentukan instansi yang menerima. Kalau belum tahu, meja umum Pemprov yang menerima.")
    return h.fragment[
        ui.select_field(w, "category", title, _topics(w), value=_group(category), blank=w("Belum tahu"), hint=hint,
                        problems=problems, optional=True),
        _finer(w, category)]


def _place(w: Words, title: str, values: Values, problems: Problems) -> h.Node:
    def typed(name: str) -> str:
        return values.get(name, "")

    places = [Choice(region.code, region.name) for region in regions.ALL]
    return ui.fieldset(
        title,
        ui.select_field(w, "region", w("Kabupaten atau kota"), places, value=typed("region"),
                        blank=w("Pilih kabupaten atau kota"), problems=problems),
        ui.text_field(w, "district", w("Kecamatan"), value=typed("district"), problems=problems, optional=True,
                      width="half"),
        ui.text_field(w, "place", w("Tepatnya"), value=typed("place"), problems=problems,
                      hint=w("Misalnya: di depan pasar, atau di jalan menuju balai desa."), optional=True),
        h.div("#titik")[_position(w, typed("position"), problems)])


def _position(w: Words, typed: str, problems: Problems) -> h.Node:
    """Where the phone was. Only a script can ask it; what came before can be taken out without one."""
    if not typed:
        return h.input(type="hidden", name="position", id="position")
    return ui.text_field(w, "position", w("Titik di peta"), value=typed, problems=problems, optional=True, width="half",
                         hint=w("Kosongkan untuk menghapusnya. Untuk umum dibulatkan sampai sekitar 100 meter."))


def _readers(w: Words, title: str, values: Values, problems: Problems) -> h.Node:
    choices = [
        Choice(Shown.ANONYMOUS, w("Semua orang, tanpa nama"),
               w("Cerita Anda tampil di situs ini, begitu juga jawabannya. Tidak ada yang tahu siapa Anda.")),
        Choice(Shown.OPEN, w("Semua orang; instansi tahu nama saya"),
               w("Seperti di atas, tetapi instansi yang menangani melihat nama Anda. Untuk umum tetap tanpa nama.")),
        Choice(Shown.CONFIDENTIAL, w("Hanya instansi yang menangani"),
               w("Yang tampil untuk umum hanya nomor, instansi dan tanggalnya.")),
    ]
    contact = Mail.on() and ui.text_field(
        w, "contact", w("Alamat surel untuk kabar"), value=values.get("contact", ""), problems=problems, optional=True,
        kind="email", autocomplete="email", inputmode="email", spellcheck=False,
        hint=w("Hanya untuk memberi tahu Anda kalau ada jawaban. Tidak tampil di mana pun, dan instansi tidak "
               "melihatnya."))
    return h.fragment[
        ui.radios_field(w, "visibility", title, choices, value=values.get("visibility", ""), problems=problems),
        ui.text_field(w, "name", w("Nama Anda"), value=values.get("name", ""), problems=problems, optional=True,
                      autocomplete="name", width="half",
                      hint=w("Hanya kalau Anda memilih agar instansi tahu nama Anda.")),
        contact]


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
        w("Nama hanya kami tanyakan kalau Anda ingin instansi mengetahuinya. Alamat internet perangkat Anda tidak kami "
          "simpan."),
        w("Kode akses hanya Anda yang punya. Yang tersimpan pada kami hanya sidiknya, jadi kode yang hilang "
          "tidak bisa kami buatkan lagi."),
        w("Cerita yang belum terkirim disimpan di peramban ini saja, paling lama tujuh hari, dan dihapus "
          "begitu terkirim. Cerita yang hanya untuk instansi tidak disimpan di peramban."),
        w("Selagi Anda menulis, situs ini mencarikan topik yang cocok dan aduan yang serupa. Sebelum Anda kirim, "
          "tulisan itu tidak kami simpan dan tidak kami catat."),
        w("Hari kerja: Senin sampai Jumat, tanpa hari libur nasional dan cuti bersama."),
    )
