"""What a list prints beside names, years and numbers: it is compared, told by rescreening, and brings a case back."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from entrepot.desk.desk import Desk
from entrepot.screening.cases.entries import digest_of

CONSTRUCTED = Path(__file__).parents[1] / "lists" / "constructed" / "UK-Sanctions-List.csv"
HEADINGS = CONSTRUCTED.read_text(encoding="utf-8-sig").splitlines()[1].split(",")
EVERY = {
    "Unique ID": "RUS9001",
    "Regime Name": "The Russia (Sanctions) (EU Exit) Regulations 2019",
    "Designation Type": "Entity",
    "Date Designated": "24/02/2022",
}
ASKED = {"lists": ["uk"], "workers": 1}
OLD, NEW = "2026-08-02", "2026-09-02"


def version(folder, day, *, address="1 Orchard Street", strength="Low quality a.k.a", updated="01/08/2026"):
    """A version of the UK's list of one firm with a name and an alias."""
    out = io.StringIO()
    out.write(f"Report Date: {day}\n")
    writer = csv.DictWriter(out, HEADINGS, restval="")
    writer.writeheader()
    firm = {"Name 6": "KESTREL MILLWRIGHTS", "Name type": "Primary name", "Address Line 1": address}
    for row in (firm, {"Name 6": "TALL HERON", "Name type": "Alias", "Alias strength": strength}):
        writer.writerow(EVERY | row | {"Last Updated": updated})
    path = folder / f"uk-{day}.csv"
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


@pytest.fixture
def decided(tmp_path):
    """A desk with the first version, a screening by it, and its cases decided false; and the later version, made so."""
    desk, out = Desk(tmp_path / "store"), tmp_path / "out.csv"
    desk.load_list(version(tmp_path, "2026-08-01"), "uk", version="2026-08-01")
    (tmp_path / "p.csv").write_text("supplier\nKestrel Millwrights\nTall Heron\nHonest Bakery\n", encoding="utf-8")
    desk.screen(tmp_path / "p.csv", out=out, as_of=OLD, **ASKED)
    cases = [r["case_id"] for r in desk.review(out).to_pylist()]
    assert len(cases) == 2
    desk.review(out, decide=[f"{c}=false" for c in cases], by="A. Person", why="elsewhere, and by a weak alias")

    def later(**more):
        desk.load_list(version(tmp_path, "2026-09-01", **more), "uk", version="2026-09-01")
        redone = desk.rescreen(out, as_of=NEW)
        screened = desk.screen(tmp_path / "p.csv", as_of=NEW, **ASKED)
        states = {r["party"]: (r["state"], r["changed"]) for r in screened.decided.rows}
        return {r["party"]: r["details"] for r in redone.to_pylist()}, states, desk

    return later


def test_an_entry_that_moves_is_told_and_its_cases_come_back(decided):
    told, states, desk = decided(address="7 Quay Road")
    assert {p: d for p, d in told.items() if any("address" in line for line in d)} == told
    assert sorted(told) == ["Kestrel Millwrights", "Tall Heron"]
    assert {p: s for p, (s, _) in states.items()} == dict.fromkeys(told, "returned")
    (said,) = states["Tall Heron"][1]
    assert said.startswith("The entry on uk changed: addresses")
    (row,) = desk.diff_lists("uk", "2026-08-01", "2026-09-01").to_pylist()
    assert [d.split(":")[0] for d in row["details"]] == ["address added", "address removed"]


def test_an_alias_that_is_weak_no_more_is_told_and_its_case_comes_back(decided):
    told, states, _ = decided(strength="Good quality a.k.a")
    assert "The list no longer marks the alias as weak: TALL HERON." in told["Tall Heron"]
    assert states["Tall Heron"][0] == "returned"


def test_a_new_day_of_the_page_brings_nothing_back(decided):
    told, states, _ = decided(updated="01/09/2026")
    assert told == {}
    assert {s for s, _ in states.values()} == {"false"}


def test_the_first_half_of_a_digest_is_what_it_was_before_facts_were_read():
    said = ("text", "name_kind", "certainty", "party", "listed_name", "section", "valid_from", "valid_to", "status")
    row = dict.fromkeys(said, "x") | {"remark": ""}
    for before, now in (
        ("", '{"facts": {"address": "0a0a0a0a"}}'),
        ('{"countries": ["RU"]}', '{"countries": ["RU"], "facts": {"address": "0a0a0a0a"}}'),
        ('{"birth_dates": ["1961-05-14"]}', '{"birth_dates": ["1961-05-14"], "facts": {"remark": "0b0b0b0b"}}'),
    ):
        old, new = (digest_of([row | {"particulars": p}]) for p in (before, now))
        assert old[:18] == new[:18]
        assert old != new
