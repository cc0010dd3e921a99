"""The SQL steps of a list on a few rows made by hand."""

from datetime import date

import pytest

from entrepot.core import contract, engine
from entrepot.lists.contract import BATCHES, LISTINGS, MEMBERSHIP

LISTING = {
    "list_id": "uflpa", "kind": "company", "programme": ["UFLPA"], "xinjiang": "unknown", "evidence": "official",
    "source_scope": "row", "source_id": "s-1", "source_ids": ["s-1"],
}  # fmt: skip
MEMBER = {"list_id": "uflpa", "what": "section", "certainty": "dated", "source_id": "s-1"}
BATCH = {
    "list_id": "uflpa", "removed": 0, "total_dhs": 0, "rows_in_table": 0, "rows_missing": 0, "complete": "yes",
    "names_from": "the printed notice", "notice": "n", "source_id": "s-1",
}  # fmt: skip


def listing(name, start, end=None):
    return LISTING | {"entity_id": f"uflpa-{name}", "name": name, "valid_from": start, "valid_to": end}


def section(number, name, value, start, end=None):
    return MEMBER | {
        "id": f"m-{number:010x}", "entity_id": f"uflpa-{name}", "value": value, "valid_from": start, "valid_to": end,
    }  # fmt: skip


LISTINGS_ROWS = [
    listing("moved", "2022-06-21"),
    listing("late", "2024-11-25"),
    listing("gone", "2022-06-21", "2024-01-01"),
]
MEMBERS = [
    section(1, "moved", "i", "2022-06-21", "2024-11-01"),
    section(2, "moved", "v", "2024-11-01"),
    section(3, "late", "v", "2024-11-25"),
]


def run(step, day, **tables):
    given = {
        "listings": contract.table(LISTINGS, tables.get("listings", LISTINGS_ROWS)),
        "membership": contract.table(MEMBERSHIP, tables.get("membership", MEMBERS)),
        "batches": contract.table(BATCHES, tables.get("batches", [])),
    }
    with engine.engine(given) as con:
        found = engine.step("entrepot.lists", step)
        return engine.rows(con, found, {"as_of": date.fromisoformat(day), "list_id": "uflpa"})


@pytest.mark.parametrize(
    ("day", "held"),
    [
        ("2022-06-20", {}),
        ("2023-06-01", {"moved": ["i"], "gone": None}),
        ("2024-01-01", {"moved": ["i"]}),
        ("2024-11-01", {"moved": ["v"]}),
        ("2024-11-24", {"moved": ["v"]}),
        ("2024-11-25", {"moved": ["v"], "late": ["v"]}),
    ],
)
def test_a_party_is_held_under_the_sections_of_that_day(day, held):
    assert {r["name"]: r["section"] for r in run("held", day)} == held


def test_a_party_is_held_under_the_name_of_that_day_and_the_copy_of_its_notice():
    names = [("Old Co", "2022-06-21", "2024-11-01"), ("New Co", "2024-11-01", None)]
    renamed = [section(9 + i, "moved", *cells) | {"what": "name"} for i, cells in enumerate(names)]
    tables = {"membership": [*MEMBERS, *renamed], "batches": [batch("2022-06-21", 2, 2)]}
    found = {day: run("held", day, **tables) for day in ("2024-10-31", "2024-11-25")}
    assert [r["name"] for r in found["2024-10-31"]] == ["Old Co"]
    assert [(r["name"], r["names_from"]) for r in found["2024-11-25"]] == [
        ("New Co", "the printed notice"), ("late", None),
    ]  # fmt: skip


def test_a_section_that_ended_later_is_not_yet_known_to_end():
    assert run("section_changes", "2024-10-31") == []
    moves = run("section_changes", "2024-11-01")
    assert [(r["section"], r["valid_from"], r["valid_to"]) for r in moves] == [
        ("i", "2022-06-21", "2024-11-01"),
        ("v", "2024-11-01", None),
    ]


def batch(day, added, total):
    return BATCH | {"id": f"batch-uflpa-{day}", "date": day, "added": added, "total_entities": total}


BATCHES_ROWS = [batch("2022-06-21", 20, 20), batch("2023-06-12", 10, 30), batch("2023-06-13", 1, 31)]


def test_the_size_stands_on_each_changing_day_and_the_day_before():
    found = run("list_size", "2023-12-31", batches=BATCHES_ROWS)
    sizes = [(r["day"], r["entities"], r["changed"]) for r in found]
    assert sizes == [
        ("2022-06-21", 20, True), ("2023-06-11", 20, False), ("2023-06-12", 30, True), ("2023-06-13", 31, True),
    ]  # fmt: skip


def test_a_notice_after_the_day_is_not_known():
    assert [r["entities"] for r in run("list_size", "2023-06-11", batches=BATCHES_ROWS)] == [20]
