"""What is said at each turn of an invented complaint: by officers, by its filer, by the desk that sorts."""

from __future__ import annotations

from datetime import date

from cettar_site.base.words import words
from cettar_site.complaints.rules import Event, Kind
from cettar_site.jatim import agencies, districts
from cettar_site.simulation.rules_case import Plan
from cettar_site.simulation.rules_dice import Dice
from cettar_site.simulation.rules_text import answer_text

_WORDS = words("id")
_SENTENCES: dict[Kind, tuple[str, ...]] = {
    Kind.ASKED: (
        "Di sisi jalan yang mana tepatnya, utara atau selatan {place}?",
        "Sejak tanggal berapa kejadian ini, dan apakah ada nomor pelanggan atau nomor antrean yang bisa kami telusuri?",
        "Apakah kejadiannya masih berlangsung hari ini, dan pada jam berapa biasanya?"),
    Kind.OFFERED: (
        "Kejadian ini di unit {agency}; data pelayanannya ada di sana.",
        "Yang berwenang atas tempat ini {agency}. Berkasnya kami sertakan."),
    Kind.DECLINED: (
        "Sudah kami periksa: kejadian ini bukan di tempat kami. Kami kembalikan dengan catatan petugas.",
        "Tempat itu di luar wilayah layanan kami, jadi tetap pada instansi asal."),
    Kind.REJECTED: (
        "Perkara ini sedang diperiksa pengadilan, jadi instansi tidak boleh memutusnya. Sampaikan lewat panitera "
        "pengadilan yang memeriksa.",
        "Ini sengketa antarpribadi, bukan pelayanan pemerintah. Anda bisa meminta penengah di kantor desa atau "
        "kelurahan."),
    Kind.FORWARDED: (
        "Ini urusan {agency}. Laporan Anda sudah kami kirim ke sana lengkap dengan tempatnya.",
        "Tempat ini dikelola {agency}, bukan provinsi. Kami sampaikan ke sana hari ini."),
    Kind.CLAIMED: (
        "Sudah selesai dikerjakan {day}. Petugas kami memeriksa hasilnya di {place} dan mencatatnya dalam laporan "
        "regu.",
        "Sudah beres sejak {day}: pelayanan di {place} berjalan lagi seperti biasa.",
        "Perbaikan selesai {day}. Hasilnya diperiksa bersama perangkat setempat di {place}."),
    Kind.MESSAGED: (
        "Keadaannya masih sama sampai hari ini.", "Tambahan: kejadiannya paling parah pagi hari.",
        "Terima kasih, kami tunggu kabarnya.", "Apakah sudah ada perkembangan?", "Di sisi utara, dekat gapura desa."),
    Kind.DISPUTED: (
        "Belum selesai. Saya lihat sendiri tadi pagi, keadaannya sama.",
        "Baru sebagian yang dikerjakan, sisanya dibiarkan.", "Katanya sudah, kenyataannya belum.", ""),
    Kind.WITHDRAWN: ("Sudah diselesaikan warga sendiri.", "Saya salah tempat.", ""),
    Kind.AUDITED: (
        "Kami datang ke {place} dan mencocokkan dengan catatan instansi.",
        "Kami memeriksa berkas dan menanyai perangkat setempat di {place}."),
}
TEMPLATE = ("Terima kasih atas laporan Anda. Laporan sudah kami terima dan akan segera kami tindak lanjuti. Mohon "
            "menunggu.")


def said(seed: int, plan: Plan, event: Event, *, first: bool) -> str:
    """What was written at an event; empty where nothing was. `first` is whether no answer came before."""
    if event.kind in (Kind.ANSWERED, Kind.PLANNED):
        text = answer_text(seed, plan, event.seq, event.at, first or event.kind is Kind.PLANNED)
        if event.kind is Kind.PLANNED:
            return f"{text} Pekerjaan kami jadwalkan {_WORDS.date(date.fromisoformat(event.detail))}."
        return text
    if event.kind is Kind.REPLIED:
        return TEMPLATE
    sentences = _SENTENCES.get(event.kind)
    if sentences is None:
        return ""
    agency, district = agencies.by_code(event.agency_code), districts.by_code(plan.district_code)
    return Dice(seed, "said", plan.id, event.seq).one(sentences).format_map({
        "agency": agency.name if agency else event.agency_code, "day": _WORDS.date(event.at),
        "place": f"Kecamatan {district.name}" if district else "lokasi"})
