"""What looks personal is masked, what is public stays, and no text is too clever or too long for it."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cettar_site.base.words import words
from cettar_site.complaints import rules_privacy
from cettar_site.complaints.rules_privacy import MASK, Masked, Personal, Span, masked, said, spans
from cettar_site.jatim import agencies, categories, contacts, districts, markets, regions
from cettar_site.simulation.rules_text import PLACES
from cettar_site.simulation.rules_words_land import LAND
from cettar_site.simulation.rules_words_people import PEOPLE
from cettar_site.simulation.rules_words_trade import TRADE
from tests.complaints.privacy_marks import SENTENCES, UNSEEN, Marks, measure, read

# The least share that must be found, and the least share of what is hidden that may rightly be.
RECALL, PRECISION = 0.98, 0.98
RECALL_UNSEEN, PRECISION_UNSEEN = 0.9, 0.95
SURE = (Personal.NIK, Personal.PHONE, Personal.EMAIL, Personal.PLATE)


def good_enough(marks: Marks, recall: float, precision: float) -> bool:
    """Whether the figures hold: over all, of each kind that has a shape, and of what must stay."""
    return (marks.recall() >= recall and marks.precision() >= precision
            and all(marks.recall(kind) >= recall for kind in SURE)
            and marks.stayed >= 0.98 * marks.to_stay)


def test_the_marked_sentences_are_masked_as_marked() -> None:
    sentences = read(SENTENCES)
    marks = measure(sentences)
    assert len(sentences) >= 150 and set(marks.wanted) == set(Personal)
    assert good_enough(marks, RECALL, PRECISION), marks.faults
    unseen = measure(read(UNSEEN))
    assert good_enough(unseen, RECALL_UNSEEN, PRECISION_UNSEEN), unseen.faults


@pytest.mark.parametrize("kind", SURE)
def test_rules_that_overlook_a_kind_would_be_found_out(kind: Personal) -> None:
    def blind(text: str) -> list[Span]:
        return [span for span in spans(text) if span.kind is not kind]

    assert not good_enough(measure(read(SENTENCES), blind), RECALL, PRECISION)


def test_rules_that_hide_too_much_would_be_found_out() -> None:
    def eager(text: str) -> list[Span]:
        return [Span(0, len(text), Personal.NAME)]

    assert not good_enough(measure(read(SENTENCES), eager), RECALL, PRECISION)


def test_what_is_hidden_is_counted_by_kind() -> None:
    assert masked("Nama saya Siti Aminah, HP 081234567890 dan 0857 1111 2222.") == Masked(
        f"Nama saya {MASK}, HP {MASK} dan {MASK}.", ((Personal.PHONE, 2), (Personal.NAME, 1)))
    assert masked("Jalan rusak.") == Masked("Jalan rusak.")


@pytest.mark.parametrize("lang", ["id", "en"])
def test_what_was_hidden_is_said_in_a_sentence(lang: str) -> None:
    w = words(lang)
    sentences = {said(w, kind, n) for kind in Personal for n in (1, 2)}
    assert len(sentences) == 2 * len(Personal) and not any("{" in one for one in sentences)
    assert said(words("id"), Personal.PHONE, 2) == "2 nomor telepon disembunyikan"
    assert said(words("en"), Personal.PHONE, 1) == "1 telephone number hidden"


def test_what_our_own_tables_say_is_nobody_s() -> None:
    said = [*(one.name for one in categories.ALL), *(one.name for one in agencies.ALL),
            *(f"Kantor {one.name}, {one.address}, {one.phone}, {one.email}" for one in agencies.PROVINCIAL),
            *(f"Hubungi {one.value}" for one in contacts.ALL), *(f"Banjir di {one.name}" for one in markets.ALL),
            *(f"Jalan di {one.name} rusak, {one.label}." for one in regions.ALL),
            *(f"Lampu mati di Kecamatan {one.name}." for one in districts.ALL),
            *(f"Kami warga {one.name} mengeluh." for one in districts.ALL)]
    hidden = [(text, masked(text).text) for text in said if spans(text)]
    assert not hidden


def test_the_simulation_s_texts_name_nobody_and_lose_nothing() -> None:
    slots = {"kab": "Kabupaten Nganjuk", "kec": "Kecamatan Sukomoro", "tempat": PLACES[0], "lama": "dua bulan",
             "jam": "18.30", "siang": "10.00", "hari": "Kamis", "n": "7", "rp": "Rp350.000",
             "tgl": "Senin, 23 November 2026", "periksa": "Jumat, 20 November 2026"}
    texts = [text.format_map(slots) for topic in (*LAND, *PEOPLE, *TRADE)
             for text in (*topic.problems, *topic.effects, *topic.answers)]
    assert len(texts) > 300 and not [text for text in texts if spans(text)]


# Pieces of which texts are made that come near what is looked for, from one side or the other (· is a blank).
PIECES_SAID = """Pak·|Bu·|bapak·|H.·|Dr.·|nama·saya·|Nama:·|a.n.·|anak·saya·|Saya·|Sengko'·|Ketua·RT·|Siti·|Slamet·|Dwi
|Indah·|slamet·|Sutrisno·|bin·|Al|M.·|,·S.Pd|Jalan·|Jl.·|RSUD·|Desa·|Sukomoro·|depan·|rumah·saya·
|tinggal·di·|No.·1|No·12|RT·3·|/RW·05|Blok·C5·|0812|081234567890|-3456|7890·|+62·|8|(031)·|8294608
|35180851|0779·|0002|3518085107790002|12-11-2026|Rp|10.500|1.500.000·|08.00|BRI·|rekening·|NIP·|BPJS·|WA·
|AG·|1234·|VK·|ag1234bc|L·1·|@|siti|.aminah@contoh.id|·at|gmail·|dot·com|(at)|facebook.com/|x|IG:·
|rizky_1·|JTM-7K3M-9QXF·|▒▒▒|▒|·|.|,|\n|-|/|(|)|'|é|Terima·kasih.·|Salam,·|SITI|AMINAH·|20·|é́|٣|۵"""
PIECES = PIECES_SAID.replace("\n|", "|").replace("·", " ").split("|")
TEXTS = st.lists(st.sampled_from([*PIECES, "\n"]), max_size=24).map("".join)


@given(TEXTS | st.text(max_size=120))
def test_masking_twice_is_masking_once_and_nothing_grows(text: str) -> None:
    once = masked(text)
    assert masked(once.text) == Masked(once.text)
    assert len(once.text) <= len(text)
    assert (once.text == text) == (once.found == ())


@given(TEXTS)
def test_what_is_hidden_lies_apart_and_inside(text: str) -> None:
    hidden = spans(text)
    assert all(0 <= one.start < one.end <= len(text) for one in hidden)
    assert all(one.end <= other.start for one, other in pairwise(hidden))


def cost(text: str) -> float:
    """Processor time of masking a text, the least of some tries."""
    tries = []
    for _ in range(3):
        began = time.process_time()
        masked(text)
        tries.append(time.process_time() - began)
    return min(tries)


def grows_evenly(look_at: str, longer: int = 8) -> bool:
    """Whether a text `longer` times as long costs about so many times as much; squares would be `longer` times that."""
    short, long = (look_at * 500)[:500], (look_at * 500 * longer)[:500 * longer]
    return cost(long) < 4 * longer * cost(short)


@pytest.mark.parametrize("piece", [*sorted({one for one in PIECES if one}), "a", "1-1-", "a.a@a", "a'a'", "12/", "a_",
                                   "no 1 ", "Jalan Siti ", "rt 1/", "(((", "Pak A ", "x.com/a ", "ab ", "Ab "])
def test_no_text_takes_longer_than_its_length(piece: str) -> None:
    assert grows_evenly(piece)


def test_a_rule_that_looks_back_over_everything_would_be_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(text: str) -> list[Span]:
        sum(text[:at].count("x") for at in range(0, len(text), 2))
        return []

    monkeypatch.setattr(rules_privacy, "spans", slow)
    assert not grows_evenly("a ", 64)
