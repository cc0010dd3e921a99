"""Crimea is placed by its files alone: against Natural Earth and places of its names."""

from __future__ import annotations

import json
from functools import partial

import pytest

from entrepot.vocabulary.regions.find_place import find_place
from entrepot.vocabulary.regions.identifier_digits import place_by_digits
from entrepot.vocabulary.regions.region_files import region

CRIMEA = region("crimea")
find_crimea = partial(find_place, CRIMEA)


@pytest.mark.parametrize(
    ("text", "country", "place", "strength"),
    [
        ("г. Севастополь, ул. Большая Морская, 23", "RU", "crimea-sevastopol", "certain"),
        ("Kerch, ul. Kirova 28", "", "crimea-kerch", "certain"),
        ("м. Євпаторія, вул. Миру 1", "UA", "crimea-yevpatoria", "certain"),
        ("Kezlev, Qırım", "", "crimea-yevpatoria", "certain"),
        ("克里米亚", "", "crimea", "certain"),
        ("Симферопольский район, с. Перово", "RU", "crimea-simferopol-raion", "certain"),
        ("Симферополь, ул. Московская 3", "RU", "crimea-simferopol", "certain"),
        ("Saki", "RU", "crimea-saky", "certain"),
        ("Saki", "Crimea", "crimea-saky", "certain"),
        ("Saki", "", "crimea-saky", "possible"),
        ("Belogorsk", "RU", "crimea-bilohirsk", "possible"),
        ("Belogorsk 297600", "RU", "crimea-bilohirsk", "certain"),
        ("ул. Ленина 3, 299012", "Россия", "crimea-sevastopol", "possible"),
        ("вул. Шевченка 3, 98100", "Україна", "crimea-republic", "possible"),
        ("Yalta Hotel, Delhi", "IN", "crimea-yalta", "possible"),
        ("ООО Крым, Москва, ул. Тверская 1", "RU", "crimea", "possible"),
    ],
)
def test_places_are_found_and_graded(text, country, place, strength):
    found = find_crimea(text, country=country)
    assert found is not None
    assert (found.place.place_id, found.strength) == (place, strength)
    assert text[found.start : found.end] == found.found


def test_a_soft_sign_belongs_to_the_word_before_it():
    assert find_crimea("г. Севастополь").found == "Севастополь"
    assert find_crimea("Керчь, ул. Ленина").found == "Керчь"


@pytest.mark.parametrize(
    ("text", "found"),
    [  # marks that stand by themselves, as files of some systems write them: an accent, a dot
        ("Кри\u0301м, Украина", "Кри\u0301м"),
        ("Yalta\u0301, Ukraine", "Yalta\u0301"),
        ("Sevastopol\u0323\u0301, Ukraine", "Sevastopol\u0323\u0301"),
        ("Yalta, \u0301Ukraine", "Yalta"),
    ],
)
def test_a_mark_belongs_to_the_letter_before_it(text, found):
    assert find_crimea(text).found == found


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("4528 State Highway 57, Sevastopol, WI 54235", ""),
        ("Sevastopol", "US"),
        ("Sebastopol, California", ""),
        ("Yalta, Mariupol district, Donetsk Oblast", "UA"),
        ("смт Старий Крим, Маріуполь", "UA"),
        ("г. Крымск, Краснодарский край", "RU"),
        ("Севастопольский проспект, 28, Москва", "RU"),
        ("Симферопольское шоссе, 1, Подольск", "RU"),
        ("Sevastopol'skaya ul. 4, Moscow", ""),
        ("вул. Севастопольська 3, Київ", "UA"),
        ("12 rue de Crimée, Paris", "FR"),
        ("Белогорск, Амурская область", "RU"),
        ("Inkerman QLD 4806", "AU"),
        ("вул. Городоцька, 95, м. Львів, 79000", "UA"),
        ("97070 Würzburg", "DE"),
        ("98101 Seattle", "US"),
        ("295 Main Street", "RU"),
    ],
)
def test_what_bears_the_name_elsewhere_is_not_taken_for_it(text, country):
    assert find_crimea(text, country=country) is None


def test_every_place_is_found_by_its_names():
    for place in CRIMEA.places.values():
        for name in (place.name.removesuffix(" Raion"), place.name_local):
            assert find_crimea(name, country="UA") is not None, name


# INN and OGRN composed here by the tax service's rule of the check digit; the firms are invented.
def inn(first: str) -> str:
    weights = (2, 4, 10, 3, 5, 9, 4, 6, 8)
    return first + str(sum(int(c) * w for c, w in zip(first, weights, strict=True)) % 11 % 10)


def ogrn(first: str) -> str:
    return first + str(int(first) % 11 % 10)


def by_digits(number, kind):
    rules = [r for r in CRIMEA.identifiers if r.kind == kind]
    return next((p.place_id for r in rules if (p := place_by_digits(CRIMEA, r, number))), None)


def test_digits_of_the_tax_service_name_the_republic_and_the_city():
    assert by_digits(inn("910200123"), "inn") == "crimea-republic"
    assert by_digits(inn("920400123"), "inn") == "crimea-sevastopol"
    assert by_digits(ogrn("114910200012"), "ogrn") == "crimea-republic"
    assert by_digits(ogrn("114920400012"), "ogrn") == "crimea-sevastopol"


def test_other_regions_and_wrong_check_digits_name_nothing():
    right = inn("910200123")
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)
    assert by_digits(wrong, "inn") is None
    assert by_digits(inn("770100123"), "inn") is None
    assert by_digits(inn("379100123"), "inn") is None
    assert by_digits(ogrn("191770200012"), "ogrn") is None


@pytest.mark.shared
def test_natural_earth_knows_both_by_the_names_that_are_found(shared):
    outlines = json.loads((shared / "data/reference/ne_50m_admin1_CHN_IND_RUS.geojson").read_text(encoding="utf-8"))
    rows = [f["properties"] for f in outlines["features"] if f["properties"]["iso_3166_2"] in {"UA-43", "UA-40"}]
    assert len(rows) == 2
    for row in rows:
        for key in ("name", "name_ru", "name_zh"):
            found = find_crimea(row[key])
            assert found is not None, row[key]
            assert found.strength == "certain"


def test_quotes_around_an_address_change_nothing():
    plain, quoted = find_crimea("crimea, Moscow"), find_crimea("“crimea, Moscow”")
    assert (plain.strength, quoted.strength) == ("certain", "certain")


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("Sevastopol Marine Plant, Sevastopol Str. 5, Kyiv", "possible"),
        ("Sevastopol Bay Trading, Odesa", "possible"),
        ("Crimea Wine House, Moscow, Tverskaya 5", "possible"),
        ("Sevastopol, Kyiv street 5", "certain"),
        ("Sevastopol 99011, Kyiv highway 4", "certain"),
        ("Севастополь г, Московская ул 5, Москва", "certain"),
        ("Севастополь ул. Москва 5", "certain"),
        ("Sevastopol Shipyard, 99011 Sevastopol", "certain"),
    ],
)
def test_an_address_that_begins_with_a_firms_name_is_not_closed_by_it(text, strength):
    found = find_place(region("crimea"), text, country="")
    assert found is not None
    assert found.strength == strength
