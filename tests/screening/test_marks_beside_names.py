"""Ships behind MV, names beside their short letters or a bracket, given names in any spelling. All are invented."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from entrepot.desk.lists import load_list
from entrepot.lists.shelf import searched
from entrepot.names.search.index import Index
from entrepot.names.similarity import one_given_name, similarity
from entrepot.screening.parties.cells.acronyms import beside_acronym, is_acronym
from entrepot.screening.parties.cells.names_in_cell import ships, within
from entrepot.screening.parties.cells.ships_in_cell import called_as_ship
from entrepot.screening.parties.parties import read_parties
from entrepot.screening.runs.run import run_screening

LISTED = (
    "entity_id,name,kind\n1,Tarn Harrier 9,vessel\n2,Zwaluw,vessel\n3,Steel,company\n4,Hansen,person\n5,塔恩,vessel\n"
    "6,Maria Tarn,person\n7,Tarn Kestrel Aviation,company\n8,Tamar,vessel\n9,Zelmirova,vessel\n"
)


@pytest.fixture(scope="module")
def met(tmp_path_factory):
    """What cells meet of the list above: entity and score by cell."""
    folder = tmp_path_factory.mktemp("listed")
    (folder / "own.csv").write_text(LISTED, "utf-8")
    load_list(folder / "own.csv", list_id="own-x", version="2026-01-01", store=folder / "store")
    against = searched(folder / "store", ["own-x"], date(2026, 11, 25))

    def screened(*cells):
        parties = pa.table({"supplier": list(cells)})
        found = run_screening(parties, against, as_of=date(2026, 11, 25)).matches.to_pylist()
        return {(r["party"], r["entity_id"].removeprefix("own-x-")): r["score"] for r in found}

    return screened


@pytest.mark.parametrize(
    "cell",
    [
        "MV {}",
        "M/V {}",
        "M.V. {}",
        "M V {}",
        "mv {}",
        "MT {}",
        "M/T {}",
        "SS {}",
        "MV '{}'",
        'MV "{}"',
        "LNG/C {}",
        "HMS {}",
        "TUG {}",
        "motor vessel {}",
        "теплоход «{}»",
        "т/х {}",
        "{} (vessel)",
        "{} (oil tanker)",
        "Vessel: {}",
        "Ocean Vessel / Voyage: MV {} / 123W",
        "MV {} VOY NO 12E",
    ],
)
@pytest.mark.parametrize(("name", "entity"), [("Tarn Harrier 9", "1"), ("Zwaluw", "2")])
def test_a_ship_is_met_whatever_says_that_she_is_one(met, cell, name, entity):
    said = cell.format(name)
    assert met(said)[said, entity] == 1


def test_a_ship_in_chinese_characters_is_met_before_the_word_for_one(met):
    assert met("塔恩轮")["塔恩轮", "5"] == 1


def test_a_column_of_ships_beside_suppliers_is_read_as_ships_with_its_own_numbers_alone(tmp_path):
    (tmp_path / "p.csv").write_text(
        "Supplier,Vessel,Vessel IMO,Vessel type,Country\nTarn Works,TARN HARRIER 9 / 041W,9187629,tanker,NO\n"
    )
    supplier, ship = read_parties(tmp_path / "p.csv").each()
    assert (supplier.kind, supplier.country, supplier.shared) == ("any", "NO", frozenset())
    assert (ship.kind, ship.country, ship.identifier) == ("vessel", None, "9187629")
    assert "TARN HARRIER 9" in called_as_ship(ship.name)


def test_a_firm_with_a_ships_letters_meets_no_firm_and_no_person_by_the_rest(met):
    for cell, listed, entity, kind in (("SS Steel", "Steel", "3", "company"), ("MT Hansen", "Hansen", "4", "person")):
        whole = similarity(cell, listed, kind).score
        assert met(cell).get((cell, entity), 0) == pytest.approx(whole if whole >= 0.7 else 0)
    assert ships("Ms Maria Tarn") == ships("MS Steel Works GmbH") == ships("Audi V 8") == ships("Tug 9") == frozenset()


@pytest.mark.parametrize(
    ("short", "name", "is_short"),
    [
        ("TKAC", "Tarn Kestrel Aviation Company", True),
        ("TKA", "Tarn Kestrel Aviation Co Ltd", True),
        ("T.K.A.", "Tarn Kestrel of Aviation", True),
        ("TAKE", "Tarn Kestrel Aviation", True),  # two letters of each, one word left out
        ("TKB", "Tarn Kestrel Aviation", False),
        ("Tka", "Tarn Kestrel Aviation", False),
        ("TK", "Tarn Kestrel", False),
        ("KTA", "Tarn Kestrel Aviation", False),
        ("ABC", "Supply", False),
    ],
)
def test_short_letters_stand_for_the_words_that_they_begin(short, name, is_short):
    assert is_acronym(short, name) == is_short
    assert beside_acronym(f"{short} {name}") == (name if is_short else "")


@pytest.mark.parametrize("cell", ["TKA ({})", "TKA {}", "{} (TKA)", "{} TKA", "TKA - {}"])
def test_a_firm_is_met_beside_its_short_letters(met, cell):
    said = cell.format("Tarn Kestrel Aviation")
    assert met(said)[said, "7"] == 1


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("TKA (Tarn Kestrel Aviation)", ["Tarn Kestrel Aviation"]),
        ("TKA Tarn Kestrel Aviation", ["Tarn Kestrel Aviation"]),
        ("Tarn Kestrel Works (TKw-9)", ["Tarn Kestrel Works"]),
        ("Tarn Kestrel Works (Golden Kestrel Shipping)", ["Tarn Kestrel Works", "Golden Kestrel Shipping"]),
        ("Tarn Kestrel Works (in liquidation)", ["Tarn Kestrel Works"]),
    ],
)
def test_what_stands_before_a_bracket_and_within_it_is_compared(cell, parts):
    assert set(parts) <= set(within(cell))


@pytest.mark.parametrize(
    ("cell", "no_part"),
    [
        ("Tarn Kestrel (Germany)", "Germany"),
        ("Tarn Kestrel (Germany)", "Tarn Kestrel"),
        ("Tarn Kestrel (GmbH)", "GmbH"),
        ("Tarn Kestrel Works (Purchasing Department)", "Purchasing Department"),
        ("Tarn Kestrel Works (Managing Director Anna Berg)", "Managing Director Anna Berg"),
        ("Tarn Kestrel Works (sole agent)", "sole agent"),
        ("TKA (Tarn Kestrel Aviation)", "TKA"),
        ("LI, Wei (李伟)", "LI, Wei"),
    ],
)
def test_a_place_a_form_a_department_or_an_office_in_a_bracket_is_no_party(cell, no_part):
    assert no_part not in within(cell)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Andrei", "Andrey"), ("Alexander", "Aleksandr"), ("Sergei", "Sergey"), ("Evgeni", "Yevgeny"), ("Yuriy", "Iurii")],
)
def test_two_spellings_of_a_given_name_weigh_as_one_where_there_is_no_patronymic(one, other):
    listed = f"TARNOVSKY, {other} Ilyich"
    apart, same = (similarity(f"{n} Tarnovsky", listed, "person").score for n in (one, other))
    more = max(apart, similarity(f"{one} Tarnovsky", f"TARNOVSKY, {one} Ilyich", "person").score)
    assert apart >= 0.7
    assert apart == pytest.approx(max(same, more), abs=0.06)  # rarity of the commoner spelling
    back = similarity(listed, f"{one} Tarnovsky", "person").score
    assert back == apart
    assert one_given_name(f"{one} Tarnovsky", listed) == ((one.lower(), other.lower()),)
    hits = Index([listed], ["person"]).search(f"{one} Tarnovsky", least=0.7)
    assert [h.similarity.score for h in hits] == [apart]


@pytest.mark.parametrize("given", ["Sergei", "Alexei", "Andriy Ivanovych", "Aleksandr"])
def test_another_given_name_before_the_same_surname_stays_below(given):
    assert similarity(f"{given} Tarnovsky", "TARNOVSKY, Andrey Ilyich", "person").score < 0.5


def test_equal_given_names_and_patronymics_do_not_outweigh_another_surname():
    """With three words on both sides the spelling of the first is left as it is."""
    assert one_given_name("Sergej Ilyich Tarnovsky", "Sergey Ilyich Barnovsky") == ()


def test_a_match_says_which_two_spellings_count_as_one():
    listed = pa.table({"name": ["TARNOVSKY, Andrey Ilyich"], "entity_id": ["e-1"], "kind": ["person"]})
    parties = pa.table({"supplier": ["Andrei Tarnovsky"]})
    (row,) = run_screening(parties, listed, as_of="2026-11-25").matches.to_pylist()
    assert "Two spellings of one given name, which count as one: “andrei” and “andrey”." in row["reasons"]


def test_a_short_word_with_a_slip_is_no_ship(met):
    """TMAR is a label; of a longer word one letter may be wrong."""
    found = met("TMAR", "Tamar", "Zelmirva")
    assert {cell for cell, _ in found} == {"Tamar", "Zelmirva"}
