"""Commodities, the names publishers give them, and the publishers."""

import re

import pytest

from cettar_site.base.errors import NotFound
from cettar_site.jatim import commodities, source
from cettar_site.jatim.tables import rows

# The consumer table as it was read in 2026, in the publisher's own spelling.
CONSUMER_NAMES = {
    "Beras Premium": "beras-premium",
    "Beras Medium": "beras-medium",
    "Gula Kristal Putih": "gula-kristal-putih",
    "Minyak Goreng Curah": "minyak-curah",
    "Minyak Goreng Kemasan Premium": "minyak-kemasan-premium",
    "Minyak Goreng Kemasan Sederhana": "minyak-kemasan-sederhana",
    "Minyak Goreng MINYAKITA": "minyakita",
    "Daging Sapi Paha Belakang": "daging-sapi",
    "Daging Ayam Ras": "daging-ayam-ras",
    "Daging Ayam Kampung": "daging-ayam-kampung",
    "Telur Ayam Ras": "telur-ayam-ras",
    "Telur Ayam Kampung": "telur-ayam-kampung",
    "Jagung Pipilan Kering": "jagung-pipilan",
    "Kedelai Impor": "kedelai-impor",
    "Kedelai Lokal": "kedelai-lokal",
    "KACANG HIJAU": "kacang-hijau",
    "KACANG TANAH": "kacang-tanah",
    "KETELA POHON": "ketela-pohon",
    "Bata": "garam-bata",
    "Halus": "garam-halus",
    "Terigu Protein Sedang (Kemasan)": "tepung-terigu",
    "Cabe Merah Keriting": "cabe-merah-keriting",
    "Cabe Merah Besar": "cabe-merah-besar",
    "Cabe Rawit Merah": "cabe-rawit-merah",
    "Bawang Merah": "bawang-merah",
    "Bawang Putih Sinco/Honan": "bawang-putih",
    "KOL/KUBIS": "kol-kubis",
    "KENTANG": "kentang",
    "Tomat Merah": "tomat",
    "WORTEL": "wortel",
    "BUNCIS": "buncis",
    "GAS ELPIGI 3 Kg": "elpiji-3kg",
    "GAS ELPIJI 3 Kg": "elpiji-3kg",
}
PRODUCER_NAMES = {
    "Bawang Merah": "bawang-merah",
    "Kentang": "kentang",
    "Cabe Rawit": "cabe-rawit-merah",
    "Cabe Besar": "cabe-merah-besar",
    "Beras": "beras-produsen",
    "Telur": "telur-produsen",
    "Ayam Potong": "ayam-potong-produsen",
    "Daging Sapi": "daging-sapi-produsen",
}


@pytest.mark.parametrize(("name", "code"), [*CONSUMER_NAMES.items(), *PRODUCER_NAMES.items()])
def test_a_published_name_is_known_in_any_case(name: str, code: str):
    commodity = commodities.get(code)
    for spelling in (name, name.upper(), name.lower(), f"- {name}", f"  {name.replace(' ', '  ')}\n"):
        assert commodities.by_publisher_name(spelling) is commodity


@pytest.mark.parametrize(
    "name", ["", "-", "Bawang", "Cabe", "Beras Super", "Garam", "Daging", "Minyak Goreng"]
)
def test_a_name_not_in_the_table_is_not_guessed(name: str):
    assert commodities.by_publisher_name(name) is None


@pytest.mark.parametrize("commodity", commodities.ALL, ids=lambda commodity: commodity.code)
def test_a_commodity_is_whole(commodity: commodities.Commodity):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", commodity.code)
    assert commodity.name and commodity.name_en and commodity.group
    assert commodity.levels
    assert bool(commodity.producers) == bool(commodity.producer_source)
    assert commodity.kg_per_unit is None or commodity.kg_per_unit > 0
    assert commodity.unit or commodity.kg_per_unit is None
    assert commodities.by_publisher_name(commodity.name) is commodity
    assert commodity in commodities.of(commodity.group)


def test_there_are_50_followed_goods_and_4_of_the_producer_table_alone():
    assert len(commodities.ALL) == 54
    alone = [one.code for one in commodities.ALL if one.levels == ("producer",)]
    assert sorted(alone) == sorted(code for code in PRODUCER_NAMES.values() if code.endswith("-produsen"))
    both = [one.code for one in commodities.ALL if len(one.levels) == 2]
    assert sorted(both) == sorted(code for code in PRODUCER_NAMES.values() if not code.endswith("-produsen"))
    assert len({one.name for one in commodities.ALL}) == len({one.name_en for one in commodities.ALL}) == 54


def test_a_producer_good_that_is_not_named_exactly_is_not_mixed_with_another():
    assert commodities.by_publisher_name("Ayam Potong") is not commodities.by_publisher_name(
        "Daging Ayam Ras"
    )
    assert commodities.by_publisher_name("Telur") is not commodities.by_publisher_name("Telur Ayam Ras")


def test_units():
    assert commodities.get("bawang-merah").kg_per_unit == 1
    assert commodities.get("skm-bendera").kg_per_unit == pytest.approx(0.37)
    assert commodities.get("daging-ayam-kampung").unit == "ekor"
    assert commodities.get("daging-ayam-kampung").kg_per_unit is None
    assert commodities.get("minyakita").unit == "liter"
    assert commodities.get("semen-gresik").unit is None


def test_growers_are_named_only_where_a_source_names_them():
    assert commodities.get("bawang-merah").producers == ("Nganjuk", "Probolinggo", "Malang")
    assert commodities.get("kentang").producers == ()


def test_the_table_of_names_leads_to_commodities_at_a_known_level():
    for row in rows("commodity_names.csv"):
        assert row["level"] in commodities.get(row["commodity_code"]).levels
        assert source.get(row["publisher"])


def test_groups_hold_every_commodity_once():
    assert len(commodities.GROUPS) == len(set(commodities.GROUPS))
    assert sum(len(commodities.of(group)) for group in commodities.GROUPS) == len(commodities.ALL)
    assert commodities.of("intan") == ()


def test_unknown_codes_are_none_or_not_found():
    assert commodities.by_code("emas") is None
    with pytest.raises(NotFound):
        commodities.get("emas")


def test_publishers_say_who_they_are_and_on_what_terms():
    for publisher in source.ALL:
        assert source.get(publisher.code) is publisher
        if publisher is source.SIMULATION:  # nobody's: it has no home and no terms
            continue
        assert publisher.home.startswith("https://")
        assert publisher.name and publisher.attribution and publisher.licence.endswith(".")
    assert source.SISKAPERBAPO.levels == ("producer", "consumer")
    assert source.by_code("koran") is None


def test_a_producer_price_is_never_called_the_farmers():
    assert set(source.LEVEL_NAMES) == {"producer", "consumer"}
    assert not [text for text in source.LEVEL_NAMES.values() if "petani" in text]
