"""Any region file is read strictly and interpreted alike; what holds of every region, whatever its places."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.core.errors import ContractBrokenError, UnknownNameError, UnreadableFileError
from entrepot.core.tables.packaged import packaged_rows
from entrepot.measures.by_region import chosen_regions, under_measures
from entrepot.measures.measure import measures
from entrepot.record.embedded import load
from entrepot.vocabulary.code_tables import COUNTRY_NAMES, MORE_COUNTRY_NAMES
from entrepot.vocabulary.regions.country_cell import home_codes, is_understood
from entrepot.vocabulary.regions.find_place import find_in_country, find_place
from entrepot.vocabulary.regions.region_files import read_region, region, region_of, regions
from entrepot.vocabulary.regions.region_tables import region_texts

ALL = st.sampled_from(regions())

# A region of nowhere, as somebody who adds one writes it: no line of Python knows it.
NOWHERE = r"""
id = "nowhere"
name = "Nowhere"
checked = 2026-11-26
top = "nowhere"
coarse = ["region"]

[home]
name = "Ruritania"

[[home.country]]
iso2 = "RU"
pattern = '\bruritania\b'

[elsewhere]
home = ["Strelsau"]
abroad = ["france"]

[words]
street = '[ ]street\b'
house = '[ ]hotel\b'
park = '(?!)'
closes = 'nowhere$'

[[country_code]]
country = "RU"
codes = ["NO", "99"]
place = "nowhere"
source = "s-nowhere"

[[postcode]]
country = "RU"
digits = 4
prefixes = ["77"]
place = "nowhere-zenda"
stands_alone = true
source = "s-nowhere"

[[identifier]]
kind = "inn"
first = 1
last = 2
prefix = "77"
place = "nowhere-zenda"
basis = "identifier"
labels = ["inn"]
said = "{number} is of {place}."
source = "s-nowhere"

[[source]]
id = "s-nowhere"
publisher = "Nobody"
title = "Invented"
url_basis = "none"
source_kind = "none"
"""
PLACES = """place_id,kind,name,name_local,parent,spellings,ambiguous_abroad,ambiguous,source_id
nowhere,region,Nowhere,,,Nowhere; Нигде,,,s-nowhere
nowhere-zenda,town,Zenda,Ценда,nowhere,Zenda Castle,Zenda,Hentzau,s-nowhere
"""
ALIKE = """spelling,place_id,elsewhere,countries,signs,source_id
Zenda,nowhere-zenda,Zenda in Ontario,CA,ontario,s-nowhere
"""
FILES = {"nowhere.toml": NOWHERE, "nowhere-places.csv": PLACES, "nowhere-look-alikes.csv": ALIKE}


@pytest.mark.parametrize(
    ("text", "country", "place", "strength"),
    [
        ("1 Main Road, Nowhere", "", "nowhere", "certain"),
        ("НИГДЕ, дом 5", "", "nowhere", "certain"),
        ("Zenda", "", "nowhere-zenda", "possible"),
        ("Zenda", "RU", "nowhere-zenda", "certain"),
        ("Zenda, Ruritania", "", "nowhere-zenda", "certain"),
        ("Zenda", "Nowhere", "nowhere-zenda", "certain"),
        ("Zenda", "FR", None, None),
        ("Zenda, Ontario", "", None, None),
        ("Zenda", "CA", None, None),
        ("Zenda, Ontario Lane, Nowhere", "", "nowhere-zenda", "certain"),
        ("Zenda Castle, Strelsau", "", "nowhere-zenda", "possible"),
        ("Zenda Castle, Strelsau, Nowhere", "", "nowhere-zenda", "certain"),
        ("Zenda Castle Hotel", "", "nowhere-zenda", "possible"),
        ("5 Zenda Street", "RU", None, None),
        ("Hentzau", "RU", "nowhere-zenda", "possible"),
        ("Hentzau 7701", "RU", "nowhere-zenda", "certain"),
        ("House 5, 7701", "RU", "nowhere-zenda", "possible"),
        ("House 5, 7701", "FR", None, None),
        ("House 5, 7701", "", None, None),
        ("House 5, 17701", "RU", None, None),
    ],
)
def test_a_region_that_no_code_knows_is_looked_for_by_its_files(text, country, place, strength):
    found = find_place(read_region("nowhere.toml", FILES), text, country=country)
    assert (found and found.place.place_id, found and found.strength) == (place, strength)
    if found:
        assert text[found.start : found.end] == found.found


@pytest.mark.parametrize(
    ("cell", "place"),
    [
        ("Nowhere", "nowhere"),
        ("Ruritania (Nowhere)", "nowhere"),
        ("Нигде", "nowhere"),
        ("RU-NO", "nowhere"),
        ("RU 99", "nowhere"),
        ("RU99", "nowhere"),
        ("Ruritania/NO", "nowhere"),
        ("Ruritania 99", None),  # behind the name of a country digits may be anything
        ("RU-NOR", None),
        ("RU-990", None),
        ("NO", None),
        ("Norway", None),
        ("RU", None),
    ],
)
def test_a_country_cell_names_the_region_by_its_name_or_by_a_code(cell, place):
    found = find_in_country(read_region("nowhere.toml", FILES), cell)
    assert (found and found.place.place_id) == place
    if found:
        assert found.strength == "certain"
        assert cell[found.start : found.end] == found.found


@pytest.mark.parametrize("at", regions(), ids=lambda at: at.id)
def test_no_name_or_code_of_a_country_names_a_region(at):
    named = [n for t in (MORE_COUNTRY_NAMES, COUNTRY_NAMES) for r in packaged_rows(t) for n in (*r["names"], r["iso2"])]
    assert [n for n in named if find_in_country(at, n)] == []


@pytest.mark.parametrize("at", regions(), ids=lambda at: at.id)
def test_every_region_is_read_in_a_country_cell_whichever_measure_covers_it(at):
    for home in at.home:
        for cell in (at.name, f"{home.iso2} ({at.name})", f"{at.name}, {home.iso2}", f"{home.iso2} - {at.name}"):
            found = find_in_country(at, cell)
            assert (found and found.strength) == "certain", cell
            assert home.iso2 in home_codes(cell, at)
    for code in at.codes:
        assert is_understood(f"{code.iso2}-{code.pattern.pattern.split('(?:')[1].split(')')[0].split('|')[0]}")


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("nowhere.toml", 'name = "Nowhere"', 'name = "Nowhere"\ncolour = "red"', "colour"),
        ("nowhere.toml", 'codes = ["NO", "99"]', 'codes = ["RU-NO"]', "codes"),
        ("nowhere.toml", 'top = "nowhere"', 'top = "somewhere"', "top"),
        ("nowhere.toml", 'id = "nowhere"', 'id = "elsewhere"', "the file's name"),
        ("nowhere.toml", "street = '[ ]street\\b'", "street = '[ street'", "words.street"),
        ("nowhere.toml", 'prefixes = ["77"]', 'prefixes = ["77777"]', "prefixes"),
        ("nowhere.toml", 'basis = "identifier"', 'basis = "guess"', "basis"),
        ("nowhere.toml", 'home = ["Strelsau"]', 'hom = ["Strelsau"]', "elsewhere"),
        ("nowhere-places.csv", "name_local", "name_zh", "its columns are"),
        ("nowhere-places.csv", "Hentzau,s-nowhere", "Hentzau,", "line 3: source_id is empty"),
        ("nowhere-places.csv", "nowhere-zenda,town", "nowhere,town", "stands twice"),
        ("nowhere-places.csv", "Ценда,nowhere,", "Ценда,erehwon,", "parent"),
        ("nowhere-look-alikes.csv", "Zenda,nowhere", "Zendo,nowhere", "no spelling"),
    ],
)
def test_a_slip_in_a_file_is_named(file, old, new, said):
    assert old in FILES[file]
    with pytest.raises((UnreadableFileError, ContractBrokenError)) as caught:
        read_region("nowhere.toml", FILES | {file: FILES[file].replace(old, new, 1)})
    assert said in str(caught.value)
    assert file in str(caught.value)


def test_every_source_of_a_region_stands_in_the_register_and_is_used():
    register = set(load().tables["sources"].column("source_id").to_pylist())
    for one in regions():
        texts = "".join(text for name, text in region_texts().items() if name.startswith(f"{one.id}-"))
        used = {p.source_id for p in one.places.values()}
        used |= {rule.source_id for rule in (*one.postcodes, *one.identifiers, *one.codes)}
        assert used <= register, one.id
        for source in one.sources:
            assert source.id in used or source.id in texts, source.id


def test_a_look_alike_is_told_by_something():
    for one in regions():
        for spelling, alikes in one.look_alikes.items():
            doubt = one.spellings[spelling][1]
            assert all(a.elsewhere for a in alikes)
            assert doubt or all(a.signs or a.countries for a in alikes), spelling


def test_the_regions_are_those_of_every_act_on_record():
    said = {(place, p.by_region) for act in measures() for p in act.parts if p.by_region for place in p.territory}
    assert {(u.region, sentence) for u in under_measures() for sentence in u.sentences} == said


def test_an_unknown_region_is_refused_with_the_nearest():
    some = under_measures()[0].region
    with pytest.raises(UnknownNameError, match=some):
        chosen_regions([some[:-1]])
    with pytest.raises(UnknownNameError, match=some):
        region(some[:-1])
    assert [u.region for u in chosen_regions([some.upper()])] == [some]


@given(ALL, st.text(max_size=200), st.text(max_size=12))
def test_any_text_is_accepted_and_the_span_is_true(one, text, country):
    found = find_place(one, text, country=country)
    if found is not None:
        assert text[found.start : found.end] == found.found
        assert region_of(found.place.place_id) == one.id


@st.composite
def addresses(draw):
    """A region and an address put together from its spellings, its other words and numbers."""
    one = draw(ALL)
    names = [k for k in one.spellings if k.isascii()]
    words = ["12", "Lenina", "Industrial Zone", "Moscow", "Shanghai", "297600", "830000", "China", "Russia", "Hotel"]
    parts = draw(st.lists(st.one_of(st.sampled_from(names), st.sampled_from(words)), min_size=1, max_size=5))
    return one.id, parts


@settings(max_examples=150)
@given(addresses(), st.sampled_from(["", "CN", "Russia", "UA", "TR", "n/a"]))
def test_a_flag_is_stable_under_case_and_punctuation(made, country):
    name, parts = made
    one = region(name)
    plain = find_place(one, ", ".join(parts), country=country)
    for written in (
        ", ".join(parts).upper(),
        ", ".join(parts).title().swapcase(),
        ",  ".join(parts) + ".",
        " , ".join(parts),
        "“" + ", ".join(parts) + "”",
    ):
        found = find_place(one, written, country=country)
        said = found and (found.place.place_id, found.strength)
        assert said == (plain and (plain.place.place_id, plain.strength)), written
