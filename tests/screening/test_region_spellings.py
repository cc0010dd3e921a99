"""Names of the region's places as addresses have them beside the usual ones: Uyghur in Latin letters, pinyin, farms.

The Uyghur names are those of the Uyghur Latin alphabet (ULY, the system of BGN/PCGN since 2023).
"""

from __future__ import annotations

import pytest

from entrepot.measures.by_region import under_measures
from entrepot.screening.matching.presumed_region import placed
from entrepot.screening.parties.parties import Party
from entrepot.vocabulary.regions.region_files import region


def flags(address, country="CN"):
    party = Party(1, "supplier", "Invented Maker Ltd", country, address, None)
    return {f.place_id for f in placed(party, under_measures()) if f.region == "xinjiang"}


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("Qorghas nahiyisi", "654023"),
        ("Nilqa nahiyisi", "654028"),
        ("12 Bazar kochisi, Toqquztara", "654024"),
        ("Toqsu nahiyisi, Aqsu wilayiti", "652925"),
        ("Charqiliq", "652824"),
        ("Sanji oblasti", "652300"),
        ("Aqto nahiyisi", "653022"),
        ("Këriye nahiyisi", "653226"),
        ("Huochengxian", "654023"),
        ("Hetianshi, Tanaiyilu 3", "653201"),
        ("Urumtschi", "650100"),
        ("米泉市", "650109"),
        ("三坪农场", "xpcc-12"),
        ("芳草湖农场", "xpcc-6"),
        ("سنكيانغ", "650000"),
    ],
)
def test_a_name_of_the_region_places_an_address_there(address, place):
    assert flags(address) == {place}


@pytest.mark.parametrize(
    ("address", "country"),
    [
        ("Sanji Road 12, Shenzhen", "CN"),
        ("Toqsun street 5, Guangzhou", "CN"),
        ("Xinhexian, Hebei", "CN"),
        ("Yutian Xian, Tangshan, Hebei", "CN"),
        ("Aqto, Almaty", "KZ"),
        ("Kulca, Erzurum", "TR"),
        ("Dihua Street, Taipei", "TW"),
        ("米泉南路, 上海", "CN"),
        ("西山农场, 昆明", "CN"),
        ("Hami shi, Tel Aviv", "IL"),
    ],
)
def test_what_is_called_alike_elsewhere_is_not_placed_there(address, country):
    assert flags(address, country) == set()


def test_one_uyghur_word_is_doubted_and_a_name_that_was_doubted_stays_so():
    spellings = region("xinjiang").spellings
    assert (spellings["qorghas"][1], spellings["qorghas nahiyisi"][1]) == ("home", "")
    assert spellings["altay"][1] == "abroad"
    assert spellings["moyuxian"][1] == "home"
