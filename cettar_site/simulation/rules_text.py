"""What invented citizens write and invented officers answer, put together from the topics' sentences.

Places are real, people are not: no text names anyone, and none holds a number to call.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from cettar_site.base.period import add_working_days, is_working_day, wib_date
from cettar_site.base.words import words
from cettar_site.jatim import districts, regions
from cettar_site.simulation.rules_case import Plan
from cettar_site.simulation.rules_dice import Dice

PLACES = (
    "di depan pasar", "di dekat balai desa", "di sebelah barat terminal", "di tikungan dekat masjid besar",
    "di depan sekolah dasar", "di samping puskesmas", "di perempatan kantor kecamatan", "di pinggir sungai",
    "di jalan masuk perumahan", "di seberang pabrik", "di dekat jembatan lama", "di sepanjang jalan raya",
    "di belakang stasiun", "di dekat alun-alun", "di gang sebelah lapangan", "di depan kantor pos")
SPANS = ("tiga hari", "seminggu", "sepuluh hari", "dua minggu", "sebulan", "dua bulan", "tiga bulan")
TIMES = ("17.00", "18.30", "20.00", "21.00", "22.00", "23.00", "24.00")
BY_DAY = ("09.30", "10.00", "11.30", "13.00", "14.00", "15.30")
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
HELLOS = (
    "Selamat pagi.", "Selamat siang.", "Assalamualaikum.", "Mohon maaf mengganggu.", "Saya warga {kab}.",
    "Mewakili warga RT kami.", "Izin melapor.", "Mohon perhatiannya.", "Kepada yang berwenang.")
WISHES = (
    "Mohon segera diperiksa.", "Tolong ditindaklanjuti.", "Kami mohon kejelasan kapan ditangani.",
    "Semoga cepat ada jawaban.", "Mohon segera ada tindakan.", "Kami siap dimintai keterangan.",
    "Terima kasih sebelumnya.",
    "Kalau bukan wewenang provinsi, tolong beri tahu ke mana kami harus melapor.")
LATELY = (
    "Sudah kami sampaikan ke perangkat setempat, belum ada hasil.", "Ini laporan kedua dari lingkungan kami.",
    "Saya lihat sendiri hari {hari}.", "Tetangga yang lain juga mengeluh.",
    "Keadaannya makin parah setelah {lama}.")
THANKS = (
    "Terima kasih sudah melapor.", "Terima kasih atas laporannya.", "Laporan Anda sudah kami periksa.",
    "Maaf atas ketidaknyamanannya.", "Kami sudah membaca laporan Anda.",
    "Terima kasih, laporan seperti ini membantu.")
CLOSINGS = (
    "Kalau belum beres, balas lewat nomor aduan ini.", "Kabar berikutnya kami tulis di sini.",
    "Anda tidak perlu datang ke kantor.", "", "", "")
FURTHER = (
    "Perkembangan: tindak lanjut berjalan sesuai jadwal.", "Perkembangan: sudah selesai, kami cek hari ini.",
    "Tambahan: petugas kami sudah menghubungi pihak setempat dan mencatat dua hal lagi.",
    "Tambahan: jadwalnya mundur ke {tgl}. Kami minta maaf.",
    "Perkembangan: hasil pemeriksaan sudah ada dan diputuskan {tgl}.",
    "Tambahan: instansi terkait sudah menyanggupi, selesai paling lambat {tgl}.")
_WORDS = words("id")


def filing_text(seed: int, plan: Plan) -> tuple[str, str]:
    """What the citizen wrote, and how they described the place (often not at all)."""
    dice, topic = Dice(seed, "text", plan.id), plan.topic
    which = dice.below(len(topic.problems))
    parts = [dice.one(HELLOS)] if dice.happens(0.35) else []
    parts.append(topic.problems[which])
    if dice.happens(0.8):
        parts.append(_fitting(dice, topic.effects, which, len(topic.problems)))
    if dice.happens(0.3):
        parts.append(dice.one(LATELY))
    if dice.happens(0.65):
        parts.append(dice.one(WISHES))
    slots = _slots(dice, plan)
    named = "{tempat}" in topic.problems[which] and dice.happens(0.6)
    return " ".join(parts).format_map(slots), slots["tempat"].removeprefix("di ") if named else ""


def answer_text(seed: int, plan: Plan, seq: int, at: datetime, first: bool) -> str:
    """What an officer wrote at an event: a decision with its day, or how it went on."""
    which = Dice(seed, "text", plan.id).below(len(plan.topic.problems))
    dice = Dice(seed, "answer", plan.id, seq)
    if first:
        decision = _fitting(dice, plan.topic.answers, which, len(plan.topic.problems))
        parts = [dice.one(THANKS), decision, dice.one(CLOSINGS)]
    else:
        parts = [dice.one(FURTHER)]
    return " ".join(part for part in parts if part).format_map(_slots(dice, plan) | _days(dice, at))


def _fitting(dice: Dice, sentences: tuple[str, ...], which: int, problems: int) -> str:
    """The sentence that belongs to a problem, or any where they belong to all."""
    return sentences[which] if len(sentences) == problems else dice.one(sentences)


def _slots(dice: Dice, plan: Plan) -> dict[str, str]:
    region = regions.get(plan.region_code)
    district = districts.by_code(plan.district_code)
    n = 2 + dice.below(8)
    return {"kab": region.name, "kec": f"Kecamatan {district.name}" if district else region.name,
            "tempat": dice.one(PLACES), "lama": dice.one(SPANS), "jam": dice.one(TIMES),
            "siang": dice.one(BY_DAY), "hari": dice.one(DAYS), "n": str(n), "rp": _WORDS.rupiah(n * 50_000)}


def _days(dice: Dice, at: datetime) -> dict[str, str]:
    """The day of an inspection, up to the answer, and a day to come on which something is promised."""
    day = wib_date(at)
    looked = next(day - timedelta(days=back) for back in range(dice.below(2), 30)
                  if is_working_day(day - timedelta(days=back)))
    return {"tgl": _spelled(wib_date(add_working_days(at, 2 + dice.below(14)))), "periksa": _spelled(looked)}


def _spelled(day: date) -> str:
    return f"{DAYS[day.weekday()]}, {_WORDS.date(day)}"
