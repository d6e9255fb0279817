"""Which words stop the clock: not those that only acknowledge, nor those that nearly stand elsewhere already."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cettar_site.complaints.rules_answer import ALIKE_FROM, Substance, likeness, substance, without_stock

REAL = "Lubang di depan Pasar Wage kami tambal hari Kamis, 26 November 2026. Lapisan penuh menyusul bulan depan."
LONG = ("Kami memeriksa ruas itu kemarin bersama petugas kecamatan. Kerusakannya sepanjang dua ratus meter dan "
        "perbaikannya masuk pekerjaan pemeliharaan triwulan ini.")


@pytest.mark.parametrize("text", [
    "Terima kasih atas laporannya.", "Terima kasih, laporan Anda sudah kami terima. Mohon menunggu.",
    "Selamat pagi. Laporan Anda telah kami terima dan akan segera kami tindak lanjuti. Terima kasih.",
    "Aduan Bapak/Ibu sudah kami teruskan ke bidang terkait. Demikian, terima kasih.",
    "Mohon maaf atas ketidaknyamanannya, sedang kami proses. Salam CETTAR!",
    "TERIMA KASIH.\nAkan kami koordinasikan dengan pihak terkait.\nHormat kami, admin", "Baik.", "ok siap"])
def test_an_acknowledgement_however_long_stops_nothing(text: str) -> None:
    assert substance(text, ()) is Substance.STOCK


@pytest.mark.parametrize("text", [
    REAL, LONG, f"Terima kasih atas laporannya. {REAL}",
    "Antrean obat memang panjang; loket ketiga dibuka mulai Senin.",
    "Jalan itu milik kabupaten. Silakan hubungi Dinas PU Nganjuk di Jalan Gatot Subroto.",
    "Di sisi jalan yang mana lubangnya, utara atau selatan pasar?"])
def test_a_decision_a_plan_a_question_or_a_reasoned_refusal_counts(text: str) -> None:
    assert substance(text, ()) is Substance.SUBSTANTIAL


@pytest.mark.parametrize("other", [
    REAL, REAL.upper(), REAL.replace("26", "27").replace("Kamis", "Jumat"), f"{REAL} Terima kasih sudah melapor.",
    REAL.replace("Pasar Wage", "Pasar Pon"), "  ".join(REAL.split())])
def test_nearly_the_same_reply_as_another_stops_nothing(other: str) -> None:
    assert substance(REAL, (LONG, other)) is Substance.ALIKE


def test_an_own_part_beside_what_was_said_before_counts() -> None:
    assert substance(f"{REAL} {LONG}", (REAL,)) is Substance.SUBSTANTIAL
    assert substance(LONG, (REAL,)) is Substance.SUBSTANTIAL


def test_the_filer_s_own_words_pasted_back_are_no_answer() -> None:
    told = ("Sudah tiga bulan lampu penerangan di gang mawar padam semua sehingga anak-anak yang pulang mengaji takut "
            "lewat, dan minggu lalu ada tetangga yang jatuh dari sepedanya.")
    template = "Menindaklanjuti laporan Saudara, bidang terkait menjadwalkan pemeriksaan lapangan secepatnya."
    assert substance(told, (), [told]) is Substance.ALIKE
    assert substance(f"{told} Siap laksanakan komandan.", (), [told]) is Substance.SUBSTANTIAL
    padded = f"{template} Laporan: {told}"
    assert substance(padded, (template,)) is Substance.SUBSTANTIAL, "the trick"
    assert substance(padded, (template,), [told]) is Substance.ALIKE
    assert substance("Lampu di gang mawar kami ganti hari Rabu, tiga titik.", (template,), [told]) is (
        Substance.SUBSTANTIAL)


def test_the_threshold_is_nine_tenths_of_the_new_text() -> None:
    old = "".join(chr(97 + at % 26) + chr(97 + at // 26) for at in range(500))
    for kept, expected in ((455, Substance.ALIKE), (420, Substance.SUBSTANTIAL)):
        new = old[:2 * kept] + "".join(chr(945 + at % 24) + chr(945 + at // 24) for at in range(500 - kept))
        assert (likeness(new, old) >= ALIKE_FROM) == (expected is Substance.ALIKE)
        assert substance(new, (old,)) is expected


@given(st.text(max_size=200))
def test_every_text_is_like_itself_and_nothing_breaks(text: str) -> None:
    assert likeness(text, text) == 1.0
    assert substance(text, (text,)) is not Substance.SUBSTANTIAL
    assert isinstance(without_stock(text), str)
