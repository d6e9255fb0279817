"""Photos on a page: every picture has its words, every flag a word and a shape, nothing where nothing is."""

import re
from collections.abc import Sequence

import htpy as h

from cettar_site.base.words import words
from cettar_site.complaints.island_photo import MARKS, evidence_panel, flags_list, photo_grid
from cettar_site.complaints.rules_photo import Flag, FlagKind, Photo

MINE = Photo("a" * 32, 1, False, 1600, 1200)
LATER = Photo("c" * 32, 4, False, 100, 50)
CLEAN = Photo("b" * 32, 3, True, 1200, 1600)
ODD = Photo("d" * 32, 3, True, 640, 480, (
    Flag(FlagKind.REUSED, "JTM-7K3M-9QXF"), Flag(FlagKind.OWN), Flag(FlagKind.FAR, amount=12),
    Flag(FlagKind.EARLIER, amount=3), Flag(FlagKind.EARLIER), Flag(FlagKind.UNDATED)))


def said(node: h.Node) -> str:
    return str(h.fragment[node])


def panel(photos: Sequence[Photo], lang: str = "id", prefix: str = "/foto") -> str:
    return said(evidence_panel(words(lang), photos, 3, prefix))


def test_the_filers_photos_are_small_and_lead_to_the_large() -> None:
    page = said(photo_grid(words("id"), [MINE, CLEAN, LATER]))
    assert page.count("<img") == 1 and f'href="/foto/{MINE.id}"' in page and f'src="/foto/{MINE.id}/kecil"' in page
    assert 'width="320" height="240"' in page and 'alt="Foto 1 dari pelapor' in page
    assert LATER.id in said(photo_grid(words("id"), [MINE, LATER], 4))
    assert said(photo_grid(words("id"), [CLEAN])) == ""


def test_before_and_after_stand_side_by_side_with_what_was_noticed() -> None:
    page = panel([MINE, CLEAN, ODD, LATER])
    assert page.count("<img") == 3 and page.index(MINE.id) < page.index(CLEAN.id) < page.index(ODD.id)
    assert page.count("Tidak ada yang janggal") == 1
    for words_of_it in ("pernah jadi bukti di <a href=\"/aduan/JTM-7K3M-9QXF\"", "Sama dengan foto pelapor",
                        "Diambil 12 km dari", "Diambil 3 hari sebelum", "Diambil sebelum aduan masuk",
                        "tidak diketahui", "bukan putusan"):
        assert words_of_it in page
    assert len(re.findall('class="state state-', page)) == 7, "each has its shape"
    assert set(MARKS) == set(FlagKind)


def test_evidence_of_a_complaint_that_may_not_be_named_leads_nowhere() -> None:
    text = str(flags_list(words("id"), (Flag(FlagKind.REUSED),)))
    assert "Foto ini pernah jadi bukti di aduan lain" in text and "href" not in text


def test_what_is_missing_is_said() -> None:
    page = panel([])
    assert "Pelapor tidak mengirim foto." in page and "Instansi tidak menyertakan foto." in page
    assert "<img" not in page and "putusan" not in page


def test_it_speaks_english_and_lies_where_it_is_told() -> None:
    page = panel([MINE, ODD], "en", "/meja/JTM-7K3M-9QXF/foto")
    assert 'href="/en/aduan/JTM-7K3M-9QXF"' in page and "Taken 3 days before" in page
    assert page.count('"/meja/JTM-7K3M-9QXF/foto/') == 4 and '"/foto/' not in page
