"""The UFLPA list held in full: of which day and copy it is, who was renamed, which Chinese names are only probable."""

from __future__ import annotations

import csv
import json
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from entrepot.lists.in_force import Listings, coverage, embedded
from entrepot.names.similarity import similarity
from entrepot.screening.matching.score_evidence import redone
from entrepot.screening.runs.run import MIN_SCORE, ScreenOptions, run_screening, screen

CERTAIN = 0.9  # the highest lowest score of the table in docs/screening.md
UFLPA = ScreenOptions(lists=("uflpa",))
RENAMED = [
    ("Xinjiang GCL New Energy Material Technology Co., Ltd.", "Xinjiang Goens Energy Technology Co., Ltd."),
    ("Xinjiang Tianmian Foundation Textile Co., Ltd.", "Kuitun Yadasi Textile Co., Ltd."),
]


def met(name, day="2026-11-26"):
    rows = screen(pa.table({"name": [name]}), as_of=day, options=UFLPA).to_pylist()
    return [r for r in rows if r["kind"] == "listing"]


def by_chinese_name(rows):
    """Each listing with the match that its own Chinese name gives."""
    found = screen(pa.table({"name": [r["name_zh"] for r in rows]}), as_of="2026-11-26", options=UFLPA).to_pylist()
    own = {(r["row"], r["entity_id"]): r for r in found}
    return [(row, own[at, row["entity_id"]]) for at, row in enumerate(rows, start=1)]


def one_copy(day):
    """How many entries in force on the day the record marks as standing on one copy."""
    rows = embedded().listings.to_pylist()
    return sum(r["list_id"] == "uflpa" and r["name_basis"] == "one_copy" and r["valid_from"] <= day for r in rows)


# 78, 144 and 187: totals of the notices as DHS published them
@pytest.mark.parametrize(
    ("day", "size", "published"),
    [("2024-11-24", 78, "2024-11-01"), ("2026-08-02", 144, "2025-01-15"), ("2026-11-26", 187, "2026-08-03")],
)
def test_a_list_held_in_full_says_of_which_day_and_copy_it_is(day, size, published):
    (row,) = coverage(embedded(), ("uflpa",), date.fromisoformat(day))
    assert (row["entities_held"], row["entities_published"]) == (size, size)
    said = row["sentence"]
    assert said.startswith(f"holds {size} of {size}, as published on {published}: ")
    assert "two machine copies of the DHS page (2026-07-15 and 2026-08-11)" in said
    assert ("the printed notice" in said) == (day >= "2025-01-15")
    assert ("32 stand on one copy" in said) == (one_copy(day) == 32) == (day >= "2026-08-03")
    # a notice after the last one held cannot be ruled out; after an earlier one the next is held
    assert ("a newer notice may exist" in said) == (published == "2026-08-03")


def test_a_list_of_which_a_row_is_missing_is_partial_again():
    data = embedded()
    rows = data.listings.filter(pc.not_equal(data.listings["entity_id"], "uflpa-esquel-group"))
    less = Listings(rows, data.membership, data.totals, data.copies)
    (row,) = coverage(less, ("uflpa",), date(2026, 11, 26))
    assert row["sentence"] == "holds 186 of 187: a partial list"


@pytest.mark.parametrize(("before", "after"), RENAMED)
def test_an_entity_is_met_by_its_old_name_before_the_renaming_and_by_both_after(before, after):
    (old,) = met(before, "2026-08-02")
    assert (old["listed_name"], old["met_name"], old["name_kind"]) == (before, before, "name")
    (still,), (new,) = met(before, "2026-08-03"), met(after, "2026-08-03")
    assert {still["entity_id"], new["entity_id"]} == {old["entity_id"]}
    assert {still["listed_name"], new["listed_name"]} == {after}
    assert (still["met_name"], still["name_kind"]) == (before, "former_name")
    assert any("until 2026-08-03; the party is still listed" in r for r in still["reasons"])
    assert (new["met_name"], new["name_kind"]) == (after, "name")
    assert old["valid_from"] == new["valid_from"] < "2024"


@pytest.mark.parametrize(("before", "after"), RENAMED)
def test_the_new_name_is_not_on_the_list_before_the_renaming(before, after):
    assert after not in {r["met_name"] for r in met(after, "2026-08-02")}


def test_a_section_of_the_day_is_that_of_the_match():
    # 89 FR 87391: Changji Esquel moves from i on 2024-11-01
    name = "Changji Esquel Textile Co., Ltd."
    assert [r["section"] for day in ("2024-10-31", "2024-11-01") for r in met(name, day)] == ["i", "v"]


@pytest.fixture(scope="module")
def probable():
    """The listings whose Chinese name is paired by pinyin only."""
    rows = [r for r in embedded().listings.to_pylist() if r["name_zh_basis"] == "probable"]
    assert len(rows) == 15  # of the shelf: docs/design/02-the-record.md
    return rows


def test_a_match_that_rests_on_a_probable_name_says_so_and_is_never_certain(probable):
    bounded = 0
    for row, found in by_chinese_name(probable):
        assert any("probable" in r for r in found["reasons"]), row["name_zh"]
        if found["met_name"] == row["name_zh"]:
            bounded += 1
            assert found["name_kind"] == "probable_chinese_name"
            assert MIN_SCORE <= found["score"] < CERTAIN
            assert any("at most" in r for r in found["reasons"])
            assert redone(found) == "Redone: same score."
        else:  # the name on the list meets by itself, better than a probable one may
            assert found["name_score"] == similarity(row["name_zh"], found["met_name"], "company").score
            assert found["name_kind"] != "probable_chinese_name"
    assert bounded


def test_another_chinese_name_is_bounded_by_nothing():
    rows = embedded().listings.to_pylist()
    sure = [r for r in rows if r["list_id"] == "uflpa" and r["name_zh"] and r["name_zh_basis"] != "probable"]
    assert len(sure) == 75 - 15
    for _, found in by_chinese_name(sure):
        assert found["score"] == 1
        assert not any("probable" in r for r in found["reasons"])


def test_a_match_says_that_the_entry_stands_on_one_copy():
    # of 2026-08-03: one read from the copy alone, one that the press names too; of 2025-01-15: in the printed notice
    names = ("Aksu Aodu Sugar Industry Co., Ltd.", "Chacha Food Company, Limited", "Zijin Mining Group Co., Ltd.")
    said = [any("one machine copy" in r for m in met(n) if m["met_name"] == n for r in m["reasons"]) for n in names]
    assert said == [True, False, False]


def test_the_terminal_counts_the_matches_that_rest_on_a_probable_name(run_cli, tmp_path):
    path = tmp_path / "parties.csv"
    path.write_text("name\n新疆生化药业有限公司\nZijin Mining Group\n", encoding="utf-8")
    ran = run_cli("screen", path, "--list", "uflpa", "--as-of", "2026-11-26")
    assert "1 match rests on a probable Chinese name alone" in ran.stderr


def small(basis):
    """One listing whose Latin name says nothing of its Chinese one."""
    listing = {
        "entity_id": "e-1", "list_id": "uflpa", "name": "Brightwater Holdings", "kind": "company",
        "name_zh": "新疆众和股份有限公司", "name_zh_basis": basis, "valid_from": "2022-06-21", "valid_to": None,
        "source_id": "s-00000001",
    }  # fmt: skip
    member = {k: listing[k] for k in ("entity_id", "list_id", "valid_from", "valid_to", "source_id")}
    alias = member | {"what": "alias", "value": listing["name_zh"], "certainty": "since_at_least"}
    rows = ({k: pa.array([v], pa.string()) for k, v in row.items()} for row in (listing, alias))
    return Listings(*(pa.table(r) for r in rows))


@pytest.mark.parametrize("country", [None, "CN"])
def test_what_stands_beside_a_probable_name_does_not_make_it_certain(country):
    table = pa.table({"name": ["新疆众和股份有限公司"], "country": pa.array([country], pa.string())})
    (weak,) = screen(table, small("probable"), as_of="2024-01-01", options=ScreenOptions(min_score=0.1)).to_pylist()[:1]
    (sure,) = screen(table, small("text"), as_of="2024-01-01", options=ScreenOptions(min_score=0.1)).to_pylist()[:1]
    assert sure["score"] == 1
    assert weak["score"] == json.loads(weak["evidence"])["at_most"] < CERTAIN
    assert weak["name_score"] == 1  # of the names alone: they are one text


def test_a_probable_name_is_no_match_where_more_is_asked():
    table = pa.table({"name": ["新疆众和股份有限公司"]})
    found = screen(table, small("probable"), as_of="2024-01-01", options=ScreenOptions(min_score=CERTAIN))
    assert "listing" not in found.column("kind").to_pylist()


@pytest.mark.shared
def test_every_name_of_the_shelf_meets_its_entity(shared):
    with (shared / "embed/uflpa_entities.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    names = [(r["id"], n) for r in rows for n in (r["name"], r["name_zh"]) if n]
    run = run_screening(pa.table({"name": [n for _, n in names]}), as_of="2026-11-26", options=UFLPA)
    found = {(r["row"], r["entity_id"]) for r in run.matches.to_pylist()}
    assert [n for at, (i, n) in enumerate(names, start=1) if (at, i) not in found] == []
