"""What to do next about an exposure, and what ties a firm to a region: at the desk and on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from entrepot.cli.trace import command
from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.desk.desk import Desk

LINKS = Path(__file__).parents[2] / "docs/examples/supply-links.csv"
DAY = "2025-11-25"
SHIRT = "cotton shirt"
OWNERS = "owner,owner_id,owned,share\nCorps,ofac-29299,Sample Spinning Mills,50\n"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    made = Desk(tmp_path_factory.mktemp("desk") / "store")
    made.load_supply(LINKS)
    return made


def test_the_document_that_narrows_most_stands_first_and_narrows_by_what_it_says(desk):
    rows = desk.trace(SHIRT, ask=True, as_of=DAY).to_pylist()
    (now,) = desk.trace(SHIRT, as_of=DAY).to_pylist()
    width = now["high_percent"] - now["low_percent"]
    narrows = [r["narrows_percent"] for r in rows]
    assert narrows == sorted(narrows, reverse=True)
    assert rows[0]["of_party"] == "Sample Spinning Mills"
    for row in rows:
        assert row["narrows_percent"] == pytest.approx(width - (row["high_percent"] - row["low_percent"]), abs=1e-3)
        assert row["low_percent"] >= now["low_percent"]
        assert row["high_percent"] <= now["high_percent"]


def test_the_supplies_to_replace_cut_every_path(desk):
    (row,) = desk.trace(SHIRT, replace=True, as_of=DAY).to_pylist()
    assert (row["supplier"], row["documents"]) == ("Xinjiang Example Ginning Station", ["INV-0001"])
    sauce = desk.trace("tomato sauce", replace=True, as_of=DAY)
    assert sauce.num_rows == 0
    assert any("nothing to replace" in n for n in sauce.notes)


def test_one_more_listing_is_simulated_and_kept_nowhere(desk):
    found = desk.trace(what_if="uflpa:buttons & more  kg", everything=True, as_of=DAY)
    (row,) = found.to_pylist()
    assert row["status"] == "simulated"
    assert row["low_percent"] > row["low_percent_now"]
    again = desk.trace(SHIRT, as_of=DAY).to_pylist()[0]
    assert again["low_percent"] == row["low_percent_now"]
    with pytest.raises(UnknownNameError):
        desk.trace(what_if="uflpa:Nobody Ltd.", everything=True, as_of=DAY)
    with pytest.raises(BadInputError, match="LIST:NAME"):
        desk.trace(what_if="Nobody Ltd.", everything=True, as_of=DAY)


def test_parties_that_listed_ones_own_are_exposed_and_said_to_be_listed_by_nobody(tmp_path):
    desk = Desk(tmp_path / "store")
    desk.load_supply(LINKS)
    owners = tmp_path / "owners.csv"
    owners.write_text(OWNERS, encoding="utf-8")
    desk.load_ownership(owners)
    asked = {"as_of": DAY, "lists": ["ofac-xinjiang"]}
    (plain,) = desk.trace(SHIRT, **asked).to_pylist()
    found = desk.trace(SHIRT, with_ownership=True, **asked)
    (owned,) = found.to_pylist()
    assert not any("listed by nobody" in r for r in plain["reached"])
    assert any("Sample Spinning Mills (listed by nobody; " in r for r in owned["reached"])
    assert owned["low_percent"] > plain["low_percent"]
    assert any("1 by their owners alone" in n for n in found.notes)


@pytest.mark.parametrize("firm", ["Volkswagen", "Hoshine", "BASF"])
def test_each_tie_of_a_firm_has_its_document_and_what_is_not_known_stands_beside(desk, firm):
    rows = desk.trace(party=firm, as_of="2026-11-01").to_pylist()
    known = [r for r in rows if r["tie"] != "not_known"]
    assert known
    assert all(r["document"] and r["row_id"] for r in known)
    assert any(r["tie"] == "not_known" for r in rows)
    record = [r["row_id"] for r in known if r["ground"] == "record"]
    assert record
    for row_id in record:
        assert desk.explain(row_id)


def test_a_firm_is_known_by_the_day(desk):
    early = desk.trace(party="Volkswagen", as_of="2020-01-01").to_pylist()
    assert not any(r["tie"] == "left" for r in early)
    late = desk.trace(party="Volkswagen", as_of="2026-11-01").to_pylist()
    assert any(r["tie"] == "left" and r["place"] == "Urumqi; Turpan" for r in late)


def test_links_of_ones_own_files_are_ties_with_file_and_row(desk):
    rows = desk.trace(party="Example Weaving", as_of=DAY).to_pylist()
    files = {r["tie"]: r["document"] for r in rows if r["ground"] == "your_file"}
    assert files["supplier"].endswith("supply-links.csv row 5")
    assert files["customer"].startswith("INV-0005")


def test_two_questions_at_once_are_refused():
    for words in (
        ["x", "--ask", "--replace"],
        ["--party", "Volkswagen", "--all"],
        ["x", "--party", "Volkswagen"],
        ["--all", "--ask"],
        ["--all", "--what-if", "uflpa:x", "--fail-on-touched"],
    ):
        done = CliRunner().invoke(command, words)
        assert done.exit_code == 2 or isinstance(done.exception, BadInputError), words
