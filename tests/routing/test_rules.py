"""What is decided without a model: labels, whose road it is, how sure is sure enough."""

from datetime import timedelta

import pytest

from cettar_site.complaints.rules import CITIZEN, SYSTEM, Event, Kind
from cettar_site.jatim import agencies
from cettar_site.routing.rules import (
    LOCAL,
    Asked,
    Suggestion,
    agency_of,
    label_of,
    may_go_alone,
    suggestions,
)
from cettar_site.routing.rules_alike import excerpt, kilometres
from cettar_site.routing.rules_judge import FEWEST, Judged, figures, threshold
from cettar_site.routing.rules_label import decided
from cettar_site.routing.rules_prior import LABELS, prior, topics
from cettar_site.routing.rules_table import is_urgent, settled
from tests.complaints.makers import NOW, OFFICER


def test_labels_stand_for_agencies_and_back() -> None:
    assert [label_of(code) for code in ("DPUBM", "KAB-3518", "PUSAT", "SAMSAT", "RSUD-SOETOMO", "", "dinas lain")] == [
        "DPUBM", LOCAL, "PUSAT", "BAPENDA", "RSUD-SOETOMO", "", "dinas lain"]
    assert (agency_of(LOCAL, "35.18"), agency_of(LOCAL, ""), agency_of("DINKES", "")) == ("KAB-3518", "", "DINKES")


def test_suggestions_are_three_and_named_by_place() -> None:
    found = suggestions({"DPUBM": 0.2, LOCAL: 0.5, "DINKES": 0.15, "DINSOS": 0.1, "PUSAT": 0.01}, "35.78")
    assert found == (Suggestion("KAB-3578", 0.5), Suggestion("DPUBM", 0.2), Suggestion("DINKES", 0.15))
    assert [one.agency_code for one in suggestions({LOCAL: 0.9, "DINKES": 0.1}, "")] == ["DINKES"]


@pytest.mark.parametrize(("code", "share", "alone"), [
    ("DPUBM", 0.8, True), ("DPUBM", 0.79, False), ("KAB-3518", 0.99, False), ("PUSAT", 0.99, False),
    ("KOMINFO", 0.99, False), ("nobody", 0.99, False)])
def test_only_a_provincial_agency_is_sent_to_alone(code: str, share: float, alone: bool) -> None:
    assert may_go_alone(Suggestion(code, share), 0.8) is alone
    assert not may_go_alone(None, 0.0)


@pytest.mark.parametrize(("said", "label"), [
    ("Jalan provinsi di Sedati berlubang", "DPUBM"), ("PJU di jalan provinsi padam", "DISHUB"),
    ("Jalan nasional macet", "PUSAT"), ("ruas jalan tol ambles", "PUSAT"), ("Jl. kabupaten rusak", LOCAL),
    ("jalan desa becek", LOCAL), ("bukan jalan provinsi", ""), ("jalan provinsi atau jalan desa", ""),
    ("Antrean di RSUD Dr. Soetomo panjang", "RSUD-SOETOMO"), ("Jl. Dr. Soetomo macet", ""),
    ("RSUD dr. Soedono Madiun penuh", "RSUD-SOEDONO"), ("RSUD dr. Soedomo Trenggalek penuh", ""),
    ("jalan rusak", ""), ("", "")])
def test_words_may_settle_whose_it_is(said: str, label: str) -> None:
    assert settled(said) == label


@pytest.mark.parametrize(("said", "urgent"), [
    ("Rumah terbakar", True), ("anak itu diperkosa", True), ("Jalan berlubang", False), ("bakar sampah", False)])
def test_danger_is_noticed(said: str, urgent: bool) -> None:
    assert is_urgent(said) is urgent


def test_duties_alone_know_every_agency() -> None:
    assert {"DPUBM", "DINKES", "BAPENDA", LOCAL, "PUSAT"} <= set(LABELS)
    sure = {"Guru SMA negeri menarik pungutan sekolah": "DINDIK", "pajak kendaraan dan balik nama di Samsat": "BAPENDA",
            "pupuk subsidi untuk sawah padi tidak ada, hama wereng": "DIPERTAKP",
            "upah di bawah UMK dan PHK sepihak": "DISNAKERTRANS"}
    for text, label in sure.items():
        shares = prior(Asked(text))
        assert max(shares, key=lambda one: shares[one]) == label, text
        assert sum(shares.values()) == pytest.approx(1)
    assert all(share > 0 for share in prior(Asked("")).values()), "nothing is impossible"


def test_a_chosen_topic_counts() -> None:
    before, after = prior(Asked("Tolong dibantu")), prior(Asked("Tolong dibantu", "S08.007"))
    assert after["DPUBM"] > before["DPUBM"] and after[LOCAL] > before[LOCAL]
    assert all(agencies.by_code(label) for label in LABELS if label not in (LOCAL, "PUSAT"))


def test_topics_leave_a_choice() -> None:
    found = [code for code, _ in topics("Jalan berlubang dan lampu jalan padam di depan sekolah", 4)]
    assert len(found) == 4 and len({code[:3] for code in found}) >= 2


def test_a_threshold_keeps_its_promise() -> None:
    sure = [Judged((("DPUBM", 0.9),), "DPUBM")] * 96 + [Judged((("DPUBM", 0.9),), "DINKES")] * 2
    doubtful = [Judged((("DPUBM", 0.6),), "DPUBM")] * 40 + [Judged((("DPUBM", 0.6),), "DINKES")] * 40
    assert threshold([*sure, *doubtful]) == 0.9
    assert threshold(doubtful) is None and threshold([]) is None
    assert threshold(sure[:FEWEST - 1]) is None, "too few to know"
    outside = [Judged((("KAB", 0.99),), "DPUBM")] * 500
    assert threshold([*sure, *outside]) == 0.9, "what never goes alone is not asked"
    counted = figures([*sure, *doubtful], 0.9)
    assert (counted.n, counted.first, counted.alone, counted.alone_right) == (178, 136, 98, 96)
    assert figures([]).precision == 1 and figures([]).share(0) == 0


def event(seq: int, kind: Kind, agency: str = "", actor: str = OFFICER, detail: str = "") -> Event:
    return Event(seq, kind, NOW + timedelta(hours=seq), actor, agency, detail)


@pytest.mark.parametrize(("later", "label"), [
    ([(Kind.ROUTED, "DPUBM", OFFICER)], "DPUBM"),
    ([(Kind.ROUTED, "DPUBM", SYSTEM)], None),
    ([(Kind.ROUTED, "DPUBM", SYSTEM), (Kind.ANSWERED, "DPUBM", OFFICER)], "DPUBM"),
    ([(Kind.ROUTED, "DPUBM", SYSTEM), (Kind.OFFERED, "DISHUB", OFFICER)], None),
    ([(Kind.ROUTED, "DPUBM", OFFICER), (Kind.OFFERED, "DISHUB", OFFICER), (Kind.ACCEPTED, "DISHUB", OFFICER)],
     "DISHUB"),
    ([(Kind.ROUTED, "DPUBM", OFFICER), (Kind.ACCEPTED, "KOMINFO", OFFICER)], None),
    ([(Kind.FORWARDED, "KAB-3518", OFFICER)], LOCAL), ([(Kind.FORWARDED, "PUSAT", OFFICER)], "PUSAT"),
    ([(Kind.ROUTED, "DPUBM", OFFICER), (Kind.REJECTED, "DPUBM", OFFICER)], None),
    ([(Kind.REPLIED, "KOMINFO", OFFICER)], None), ([], None)])
def test_what_people_decided_is_the_label(later: list[tuple[Kind, str, str]], label: str | None) -> None:
    events = [event(1, Kind.SUBMITTED, actor=CITIZEN),
              *(event(seq, kind, agency, actor) for seq, (kind, agency, actor) in enumerate(later, 2))]
    found = decided(events)
    assert (found.label if found else None) == label


def test_what_another_system_decided_counts_too() -> None:
    found = decided([event(1, Kind.SUBMITTED), event(2, Kind.ROUTED, "DPUBM", SYSTEM, "lapor")])
    assert found is not None and found.label == "DPUBM"


def test_excerpts_and_distances() -> None:
    assert excerpt("pendek saja") == "pendek saja"
    assert len(excerpt("kata " * 100)) <= 142 and excerpt("kata " * 100).endswith("kata …")
    assert kilometres((-7.25, 112.75), (-7.25, 112.75)) == 0
    assert kilometres((-7.25, 112.75), (-7.98, 112.63)) == pytest.approx(81.8, abs=1.5), "Surabaya to Malang"
