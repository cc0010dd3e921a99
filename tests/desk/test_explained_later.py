"""A match that is explained when its list has another version: told as it was, never from the list of today."""

from __future__ import annotations

import csv

import pytest

from entrepot.desk.desk import Desk

HEAD = "entity_id,name,kind,aliases,programme,country,valid_from"
THEN = "W-2,North Harbor Freight Limited,company,,EXAMPLE-1,CY,2026-05-12"
NOW = "W-2,North Harbor Freight Limited,company,Sunrise Bulk Carriers,EXAMPLE-1,CY; GB,2026-05-12"


@pytest.fixture
def matched(tmp_path):
    """A desk with a match against the version of October; the id of the match, and the results."""
    desk = Desk(tmp_path / "store")
    for day, row in (("2026-10-01", THEN), ("2026-11-01", NOW)):
        file = tmp_path / f"watch-{day}.csv"
        file.write_text(f"{HEAD}\n{row}\n", encoding="utf-8")
        desk.load_list(file, "own-watch", version=day)
        if day == "2026-10-01":
            parties = tmp_path / "parties.csv"
            parties.write_text("name,country\nNorth Harbour Freight Ltd,CY\n", encoding="utf-8")
            desk.screen(parties, lists=["own-watch"], out=tmp_path / "hits.csv", workers=1)
    with (tmp_path / "hits.csv").open(encoding="utf-8", newline="") as found:
        (row,) = csv.DictReader(found)
    return desk, row, tmp_path / "hits.csv"


def told(desk, row, **how):
    (one,) = desk.explain(row["match_id"], **how)
    return "\n".join(one.told), " ".join(one.checks)


def test_a_newer_version_beside_the_one_that_was_searched_changes_nothing(matched):
    desk, row, _ = matched
    said, checks = told(desk, row)
    assert "version of 2026-10-01" in said
    assert "Sunrise" not in said
    assert "not held" not in checks


def test_what_a_version_that_is_gone_said_is_not_told_from_the_one_of_today(matched):
    desk, row, hits = matched
    desk.remove_list("own-watch", "2026-10-01")
    for how in ({}, {"results": hits}):
        said, checks = told(desk, row, **how)
        assert "Sunrise" not in said
        assert "2026-11-01" not in said
        assert f"own-watch of 2026-10-01, sha256 {row['list_sha256']}, is not held in this store" in checks
        assert "entrepot explain own-watch-W-2" in checks
        assert "Redone: same score." in checks


def test_a_store_that_never_held_the_list_says_so(matched, tmp_path):
    _, row, hits = matched
    _, checks = told(Desk(tmp_path / "other"), row, results=hits)
    assert "is not held in this store" in checks


def test_a_review_of_an_old_screening_says_which_version_is_gone(matched):
    desk, row, hits = matched
    desk.remove_list("own-watch", "2026-10-01")
    answer = desk.review(hits)
    assert f"own-watch of 2026-10-01, sha256 {row['list_sha256']}, is no longer held" in " ".join(answer.notes)
