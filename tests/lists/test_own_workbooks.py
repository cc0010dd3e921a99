"""A list of one's own as desks keep it, and publishers' files that are not read. All names here are invented."""

from __future__ import annotations

from datetime import datetime

import openpyxl
import pytest

from entrepot.core.errors import UnreadableFileError
from entrepot.lists import registry


def saved(folder, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / "own.xlsx")
    return folder / "own.xlsx"


def test_a_workbook_with_a_title_dates_and_words_of_publishers_is_read(tmp_path):
    rows = [
        ["Watch list of the desk"],
        ["Entity ID", "Name", "Kind", "Valid From"],
        [1, "Tarn Kestrel Works", "Entity", datetime.fromisoformat("2026-01-05T00:00")],
        [2, "Tarn Harrier 9", "Vessel", None],
        [3, "Anna Tarnovska", "Individual", datetime.fromisoformat("2026-02-01T00:00")],
    ]
    found = registry.read_list(saved(tmp_path, rows), "own-x").reading.entries.to_pylist()
    assert [(r["entity_id"], r["kind"], r["valid_from"]) for r in found] == [
        ("own-x-1", "organisation", "2026-01-05"),
        ("own-x-2", "vessel", None),
        ("own-x-3", "person", "2026-02-01"),
    ]


def test_addresses_of_ones_own_list_are_kept_as_they_are_given(tmp_path):
    rows = [["name", "Address"], ["Tarn Kestrel Works", "1 Tarn Quay; 2 Kestrel Lane, Nowhere"], ["Tarn Harrier 9", ""]]
    reading = registry.read_list(saved(tmp_path, rows), "own-x").reading
    assert [(f["what"], f["value"]) for f in reading.facts.to_pylist()] == [
        ("address", "1 Tarn Quay"),
        ("address", "2 Kestrel Lane, Nowhere"),
    ]
    assert not any("not read" in n for n in reading.notes)


@pytest.mark.parametrize(("heads", "told"), [(["ID", "name"], True), (["id", "name", "entity_id"], False)])
def test_a_column_id_is_told_to_be_no_key_for_it_may_count_the_rows(tmp_path, heads, told):
    rows = [heads, ["1", "Tarn Kestrel Works", "T-7"][: len(heads)]]
    reading = registry.read_list(saved(tmp_path, rows), "own-x").reading
    assert any("call it entity_id" in n for n in reading.notes) is told


def test_a_table_without_names_says_which_heading_to_rename(tmp_path):
    path = saved(tmp_path, [["Firm", "Country"], ["Tarn Kestrel Works", "NO"]])
    with pytest.raises(UnreadableFileError, match="Rename the heading of the column that holds the names to name"):
        registry.read_list(path, "own-x")


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("・Tarn Research\n・Institute 77 of\nKestrel", ["Tarn Research", "Institute 77 of Kestrel"]),
        ("・Tarn Research ・Institute 77", ["Tarn Research", "Institute 77"]),
        ("• Tarn Research\n• Institute 77", ["Tarn Research", "Institute 77"]),
        ("1. Tarn Research\n2. Institute 77", ["Tarn Research", "Institute 77"]),
        ("Tarn Research\nInstitute 77", ["Tarn Research", "Institute 77"]),
        ("Tarn Research; Institute 77； 塔恩厂", ["Tarn Research", "Institute 77", "塔恩厂"]),
        ("タルン・ケストレル", ["タルン・ケストレル"]),
        ("TARNOVSKY, Anton", ["TARNOVSKY, Anton"]),
        ("3M Tarn - Kestrel", ["3M Tarn - Kestrel"]),
    ],
)
def test_aliases_of_one_cell_are_apart_where_a_mark_says_so(tmp_path, cell, names):
    path = saved(tmp_path, [["name", "aliases"], ["Tarn Kestrel Works", cell]])
    reading = registry.read_list(path, "own-x").reading
    assert [r["name"] for r in reading.names.to_pylist() if r["what"] == "alias"] == names
    said = f"1 cell holds several names: {len(names)} in all"
    assert any(said in n for n in reading.notes) == (len(names) > 1)
    assert any("comma" in n for n in reading.notes) == ("," in cell)


def test_a_name_in_two_scripts_is_two_and_one_over_two_lines_is_one(tmp_path):
    rows = [["name"], ["Tarn Kestrel Works\n塔恩红隼厂"], ["Tarn Harrier\nTrading Co"]]
    reading = registry.read_list(saved(tmp_path, rows), "own-x").reading
    names = [(r["name"], r["what"]) for r in reading.names.to_pylist()]
    assert names == [("Tarn Kestrel Works", "name"), ("塔恩红隼厂", "alias"), ("Tarn Harrier Trading Co", "name")]


@pytest.mark.parametrize(
    ("name", "list_id", "content", "remedy"),
    [
        ("sdn.xml", "ofac-sdn", "<?xml version='1.0'?><sdnList xmlns='x'><sdnEntry/></sdnList>", "SDN_ADVANCED.XML"),
        ("c.csv", "uk", "Last Updated,01/01/2026\nName 6,Name 1,Group Type,Group ID\nX,Y,Entity,1\n", "--as uk"),
        ("s.xml", "eu", "<swiss-sanctions-list date='2026-01-01'/>", "--as own-NAME"),
        ("c.xml", "un", "<data-set><record><Schedule>1</Schedule></record></data-set>", "--as own-NAME"),
    ],
)
def test_a_publishers_file_that_is_not_read_says_which_one_is(tmp_path, name, list_id, content, remedy):
    (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(UnreadableFileError, match="is not read") as refused:
        registry.read_list(tmp_path / name, list_id)
    assert remedy in str(refused.value)


AUSTRALIA = ["Reference", "Name of Individual or Entity", "Type", "Name Type", "Address", "Control Date"]


def test_a_list_whose_aliases_are_rows_is_no_table_to_rename_a_heading_of(tmp_path):
    rows = [AUSTRALIA, ["7", "Tarn Kestrel", "Entity", "Primary Name"], ["7a", "Kestrel Works", "Entity", "Alias"]]
    path = saved(tmp_path, [[*row, *[None] * (len(AUSTRALIA) - len(row))] for row in rows])
    with pytest.raises(UnreadableFileError, match=r"DFAT\) is not read") as refused:
        registry.read_list(path, "own-australia")
    assert "a row a party" in str(refused.value)
    assert "Rename" not in str(refused.value)


def test_a_table_of_the_entity_list_names_the_list_that_is_read(tmp_path):
    head = "Country,Entity,License Requirement,License Review Policy,Federal Register Citation\n"
    (tmp_path / "e.csv").write_text(head + 'Ruritania,"Tarn Kestrel, a.k.a., Tarn",All,Denial,1\n', "utf-8")
    with pytest.raises(UnreadableFileError, match="Entity List") as refused:
        registry.read_list(tmp_path / "e.csv", "own-e")
    assert "eCFR" in str(refused.value)


def test_a_table_with_a_column_of_names_is_ones_own(tmp_path):
    rows = [["name", *AUSTRALIA], ["Tarn Kestrel", *["x"] * len(AUSTRALIA)]]
    names = registry.read_list(saved(tmp_path, rows), "own-x").reading.names.to_pylist()
    assert [r["name"] for r in names] == ["Tarn Kestrel"]


# As OpenSanctions exports targets.simple.csv, every cell quoted; the parties are invented.
SIMPLE = (
    '"id","schema","name","aliases","birth_date","countries","addresses","identifiers","sanctions","phones","emails",'
    '"program_ids","dataset","first_seen","last_seen","last_change"\n'
)
TARGETS = (
    '"NK-1","Company","{name}","Tarn Export;Tarn Import","","kz;ae","1 Mill Rd, Almaty","550140000123","","","","US-X",'
    '"A List","2023-04-20T09:41:01","2026-08-20T09:41:01","2026-08-01T09:41:01"\n'
    '"Q7","Person","Anna Tarnovska","","1966-03-12;1967","kz","","","","","","EU-Y;US-X","A List","","",""\n'
    '"NK-3","LegalEntity","Tarn Harrier","","1990","","","","","","","","A List","","",""\n'
    '"NK-4","Security","Tarn Bond 2030","","","","","","","","","","A List","","",""\n'
)


def test_targets_of_open_sanctions_keep_their_own_numbers_kinds_and_days(tmp_path):
    path = tmp_path / "targets.simple.csv"
    path.write_text(SIMPLE + TARGETS.format(name="Tarn Kestrel Works"), "utf-8")
    read = registry.read_list(path, "own-x")
    rows = {r["entity_id"]: r for r in read.reading.entries.to_pylist()}
    assert {k: (r["name"], r["kind"]) for k, r in rows.items()} == {
        "own-x-NK-1": ("Tarn Kestrel Works", "organisation"),
        "own-x-Q7": ("Anna Tarnovska", "person"),
        "own-x-NK-3": ("Tarn Harrier", "unknown"),
    }
    assert rows["own-x-Q7"]["birth_years"] == ["1966", "1967"]
    assert not rows["own-x-NK-3"]["birth_years"], "the day of its founding"
    assert rows["own-x-NK-1"]["countries"] == ["kz", "ae"]
    facts = {(f["entity_id"], f["what"], f["value"]) for f in read.reading.facts.to_pylist()}
    assert ("own-x-Q7", "birth_date", "1966-03-12") in facts
    assert any("schemata not read: Security 1" in note for note in read.reading.notes)
    path.write_text(SIMPLE + TARGETS.format(name="Vest Kestrel"), "utf-8")
    again = registry.read_list(path, "own-x").reading.entries.column("entity_id").to_pylist()
    assert set(again) == set(rows), "a renamed entry is the same"


def test_a_table_of_ones_own_with_an_id_and_a_schema_is_read_as_before(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("id,schema,name\n1,Security,Tarn Bond\n", "utf-8")
    (row,) = registry.read_list(path, "own-x").reading.entries.to_pylist()
    assert (row["name"], row["entity_id"]) != ("Tarn Bond", "own-x-1")
