"""The check before sending: what everyone will read, what was hidden in it, who reads what, where it probably goes."""

from collections.abc import Mapping

import htpy as h

from cettar_site.base.words import Words, mark
from cettar_site.complaints.rules import CENTRE, Shown
from cettar_site.complaints.rules_filing import Destination, Filing
from cettar_site.complaints.rules_preview import Preview
from cettar_site.complaints.rules_privacy import MASK, Personal, said
from cettar_site.complaints.rules_view import agency_name, elsewhere_name
from cettar_site.jatim import agencies, categories, districts, regions
from cettar_site.ui import form as ui
from cettar_site.ui.lead import lead
from cettar_site.ui.notice import notice

TITLE = mark("Periksa sebelum mengirim")
LIKELY = 0.5
"""From this confidence on it is said that another level of government may be in charge."""


def hidden_words(w: Words, preview: Preview) -> list[tuple[Personal, int, str]]:
    """What was hidden: the kind, how many, and both in a sentence."""
    return [(kind, n, said(w, kind, n)) for kind, n in preview.hidden]


def preview_page(w: Words, values: Mapping[str, str], key: str, filing: Filing, preview: Preview,
                 to: Destination) -> h.Node:
    """The check as a page of its own, for who has no scripts: everything travels on in it."""
    carried = (ui.hidden(name, value) for name, value in {**values, "key": key}.items() if value)
    return h.fragment[
        lead(w(TITLE), w("Belum terkirim. Begini aduan Anda nanti terlihat.")),
        h.form("#periksa.form.form-stack", action=w.path("/aduan"), method="post")[
            carried, checked(w, filing, preview, to),
            h.p(".actions")[ui.submit(w("Kirim aduan"), name="act", value="send"),
                            ui.submit(w("Ubah"), "plain", name="act", value="edit")]]]


def checked(w: Words, filing: Filing, preview: Preview, to: Destination) -> h.Element:
    """The check itself; each answer has a button that leads back to its question."""
    return h.div(".check")[
        h.section(aria_labelledby="check-public")[
            h.h2("#check-public")[w("Yang dibaca semua orang")] if filing.shown.public else
            h.h2("#check-public")[w("Yang dibaca instansi")],
            h.blockquote(".letter")[_letters(w, preview.text if filing.shown.public else filing.text)],
            _told_hidden(w, filing, preview),
            h.dl(".facts")[_rows(w, filing, preview)]],
        h.section(aria_labelledby="check-who")[
            h.h2("#check-who")[w("Siapa membaca apa")], h.ul[(h.li[line] for line in _who(w, filing, to))]]]


def _letters(w: Words, text: str) -> list[h.Node]:
    """A text whose masks are read out as what they are."""
    parts: list[h.Node] = []
    for at, part in enumerate(text.split(MASK)):
        parts += [h.span(".masked", role="img", aria_label=w("(disembunyikan)"))[MASK]] if at else []
        parts.append(part)
    return parts


def _told_hidden(w: Words, filing: Filing, preview: Preview) -> h.Node:
    if not filing.shown.public:
        return notice("info", w("Untuk umum hanya tampil nomor aduan, instansi, dan tanggalnya."),
                      w("Cerita, topik, tempat dan foto tidak."))
    if not preview.hidden:
        return h.p(".hint")[w("Tidak ada yang kami sembunyikan. Kalau masih ada nama, nomor telepon atau alamat rumah "
                              "seseorang, tekan Ubah.")]
    return notice("info", w("Ini tidak dibaca umum:"),
                  h.ul[(h.li[text] for _kind, _n, text in hidden_words(w, preview))],
                  w("Instansi yang menangani tetap membacanya. Kalau masih ada yang terlewat, tekan Ubah."))


def _rows(w: Words, filing: Filing, preview: Preview) -> list[h.Node]:
    """Each answer with the way back to its question."""
    public = filing.shown.public
    topic, region = categories.by_code(filing.category_code), regions.by_code(filing.region_code)
    district = districts.by_code(filing.district_code)
    place = ", ".join(part for part in (preview.place if public else filing.place,
                                        w("Kecamatan {name}", name=district.name) if district else "",
                                        region.name if region else "") if part)
    position = preview.position if public else filing.position
    readers = {Shown.ANONYMOUS: w("Semua orang, tanpa nama"),
               Shown.OPEN: w("Semua orang; instansi tahu nama saya"),
               Shown.CONFIDENTIAL: w("Hanya instansi yang menangani")}
    n = len(filing.photos)
    rows: list[tuple[str, str, str]] = [
        (w("Cerita"), w("{n} huruf", n=len(filing.text)), "text"),
        (w("Topik"), topic.name if topic else w("Belum tahu"), "category"),
        (w("Tempat"), place, "region"),
        (w("Titik di peta"), f"{position[0]}, {position[1]}" if position else "", "position"),
        (w("Kapan"), w.date(filing.happened_on) if filing.happened_on else w("Tidak disebut"), "happened_on"),
        (w("Foto"), w.plural("{n} foto", "{n} foto", n) if n else w("Tidak ada"), "photos"),
        (w("Pembaca"), readers[filing.shown], "visibility"),
        (w("Nama Anda"), filing.name, "name"), (w("Kabar ke"), filing.contact, "contact")]
    return [_row(w, label, value, field) for label, value, field in rows if value]


def _row(w: Words, label: str, value: str, field: str) -> h.Node:
    change = h.button(".button-link", type="submit", name="act", value="edit", formaction=f"{w.path('/aduan')}#{field}")
    return h.div[h.dt[label], h.dd[_letters(w, value)],
                 h.dd(".edit")[change[w("Ubah"), h.span(".hidden-visually")[" ", label]]]]


def _who(w: Words, filing: Filing, to: Destination) -> list[str]:
    if not filing.shown.public:
        lines = [w("Semua orang: tidak membaca cerita ini.")]
    elif filing.photos:
        lines = [w("Semua orang: cerita di atas dan fotonya, tanpa nama Anda.")]
    else:
        lines = [w("Semua orang: cerita di atas, tanpa nama Anda.")]
    if filing.name:
        lines.append(w("Instansi: seluruh cerita, tanpa ada yang disembunyikan, dan nama Anda, {name}.",
                       name=filing.name))
    else:
        lines.append(w("Instansi: seluruh cerita, tanpa ada yang disembunyikan. Siapa Anda tidak kami beri tahukan."))
    if to.agency_code:
        lines.append(w("Kemungkinan sampai di {agency}.", agency=agency_name(to.agency_code)))
    else:
        lines.append(w("Petugas penyalur di Dinas Kominfo membacanya dulu, lalu meneruskannya ke instansi yang "
                       "bertugas."))
        code, sure = to.near[0] if to.near else ("", 0.0)
        agency = agencies.by_code(code)
        if sure >= LIKELY and (code == CENTRE or (agency is not None and not agency.is_provincial)):
            lines.append(w("Mungkin ini urusan {agency}, bukan provinsi. Petugas yang memastikannya.",
                           agency=elsewhere_name(w, code)))
    return lines
