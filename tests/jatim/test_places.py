"""Regions, districts, Bakorwil and markets: counts, codes, sums, and that each lies in its place."""

import re
from collections import Counter

import pytest

from cettar_site.base.errors import NotFound
from cettar_site.jatim import bakorwil, districts, markets, regions


def test_there_are_29_regencies_and_9_cities():
    assert Counter(region.kind for region in regions.ALL) == {"kabupaten": 29, "kota": 9}


def test_the_population_adds_up():
    assert sum(region.population for region in regions.ALL) == 41_919_906
    assert {region.population_asof for region in regions.ALL} == {"2024-12"}


@pytest.mark.parametrize("region", regions.ALL, ids=lambda region: region.code)
def test_a_region_is_plausible_and_found_by_all_its_names(region: regions.Region):
    assert re.fullmatch(r"35\.(0[1-9]|[12][0-9]|7[1-9])", region.code)
    assert region.bps_code == region.code.replace(".", "")
    assert (region.kind == "kota") == region.code.startswith("35.7")
    assert region.name == f"{region.kind.capitalize()} {region.short_name}"
    assert -9 < region.lat < -5 and 110 < region.lon < 117
    assert -9 < region.label_lat < -5 and 110 < region.label_lon < 117
    assert region.area_km2 > 10
    assert regions.get(region.code) is region
    assert regions.by_bps(region.bps_code) is region
    assert regions.by_siskaperbapo(region.siskaperbapo_key) is region
    assert regions.by_name(region.name) is region
    assert regions.by_name(region.name.upper()) is region
    assert regions.by_name(region.label) is region
    assert regions.by_name(region.name.replace("Kabupaten", "Kab")) is region


def test_labels_are_unique():
    assert len({region.label for region in regions.ALL}) == 38
    assert regions.get("35.06").label == "Kab. Kediri"
    assert regions.get("35.71").label == "Kota Kediri"


def test_a_bare_name_is_understood_only_if_one_region_bears_it():
    assert regions.by_name("nganjuk") is regions.get("35.18")
    assert regions.by_name("Surabaya") is regions.get("35.78")
    for twice in ("Kediri", "Blitar", "Malang", "Probolinggo", "Pasuruan", "Mojokerto", "Madiun"):
        assert regions.by_name(twice) is None


def test_unknown_regions_are_none_or_not_found():
    assert regions.by_code("35.99") is None
    assert regions.by_bps("3171") is None
    assert regions.by_siskaperbapo("nganjukkota") is None
    assert regions.by_name("Kabupaten Sleman") is None
    with pytest.raises(NotFound):
        regions.get("")


def test_there_are_666_districts_each_in_its_region():
    assert len(districts.ALL) == 666
    for district in districts.ALL:
        assert re.fullmatch(r"35\.\d\d\.\d\d", district.code)
        assert district.code.startswith(f"{district.region_code}.")
        assert regions.by_code(district.region_code)
        assert -9 < district.lat < -5 and 110 < district.lon < 117
        assert districts.get(district.code) is district


def test_the_districts_of_a_region_are_as_many_as_it_says():
    for region in regions.ALL:
        mine = districts.of(region.code)
        assert len(mine) == region.district_count
        assert [district.code for district in mine] == sorted(district.code for district in mine)
        assert len({district.name for district in mine}) == len(mine)
    assert districts.of("35.99") == ()
    assert districts.by_code("35.18") is None
    with pytest.raises(NotFound):
        districts.get("35.18.99")


def test_five_bakorwil_share_the_regions_between_them():
    assert [body.name for body in bakorwil.ALL] == [
        "Bakorwil I Madiun",
        "Bakorwil II Bojonegoro",
        "Bakorwil III Malang",
        "Bakorwil IV Pamekasan",
        "Bakorwil V Jember",
    ]
    assert [len(body.regions) for body in bakorwil.ALL] == [10, 8, 9, 4, 7]
    assert sorted(code for body in bakorwil.ALL for code in body.region_codes) == [
        r.code for r in regions.ALL
    ]
    assert {region.short_name for region in bakorwil.ALL[3].regions} == {
        "Bangkalan",
        "Sampang",
        "Pamekasan",
        "Sumenep",
    }


def test_a_bakorwil_is_an_agency_and_says_when_its_list_is_derived():
    assert [body.number for body in bakorwil.ALL if body.is_derived] == ["II"]
    assert all(body.agency.kind == "bakorwil" for body in bakorwil.ALL)
    nganjuk = bakorwil.of_region("35.18")
    assert nganjuk is bakorwil.by_number("II")
    assert bakorwil.of_region("35.99") is None
    assert bakorwil.by_number("VI") is None


def test_markets_lie_in_a_region():
    assert len(markets.ALL) == 26
    for market in markets.ALL:
        region = regions.get(market.region_code)
        assert market.code.startswith(f"{region.bps_code}-")
        assert markets.by_code(market.code) is market
        assert market in markets.of(region.code)
    listed = [market.siskaperbapo_id for market in markets.ALL if market.siskaperbapo_id]
    assert sorted(listed) == ["121", "123", "45", "46", "53", "54"]
    assert markets.by_code("3518-99") is None
    assert markets.of("35.99") == ()


@pytest.mark.parametrize(
    ("region", "published", "name"),
    [
        ("35.13", "Pasar Dlinggu", "Pasar Dringu"),
        ("35.13", "PASAR  DLINGGU", "Pasar Dringu"),
        ("35.13", "Pasar Dringu", "Pasar Dringu"),
        ("35.18", "Pasar Sukomoro", "Pasar Sukomoro"),
        ("35.06", "Pasar Tulung Rejo", "Pasar Tulungrejo"),
        ("35.78", "PS Bendul Mrisi", "PS Bendul Merisi"),
        ("35.16", "Pasar Gempol  Kerep", "Pasar Gempol Kerep"),
        ("35.18", "Pasar Dlinggu", "Pasar Dlinggu"),  # the same word elsewhere is another place
    ],
)
def test_a_point_has_one_spelling(region: str, published: str, name: str):
    assert markets.point_name(region, published) == name
