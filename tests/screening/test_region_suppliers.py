"""A file of invented suppliers in and around two regions, screened as a user does: what is flagged, and what is not."""

from __future__ import annotations

import csv
import json
from pathlib import Path

FILE = Path(__file__).parent / "region_suppliers.csv"
SAID = {"crimea": "Executive Order 13685", "xinjiang": "UFLPA"}


def rows():
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def flags(text):
    """Row -> region -> the strongest flag, told by the act that the reasons name."""
    found: dict[int, dict[str, str]] = {}
    for match in json.loads(text):
        if match["kind"] == "region":
            region = next(r for r, act in SAID.items() if any(act in reason for reason in match["reasons"]))
            known = found.setdefault(match["row"], {})
            known[region] = "certain" if "certain" in (known.get(region), match["strength"]) else "possible"
    return found


def screened(run_cli, *more):
    done = run_cli("screen", FILE, "--as-of", "2026-11-26", "--format", "json", *more)
    assert done.code == 0, done.stderr
    return done.stdout


def test_every_supplier_is_flagged_as_the_file_says_and_no_other(run_cli):
    text = screened(run_cli)
    found, wrong = flags(text), {}
    for number, row in enumerate(rows(), 2):  # row 1 holds the headings
        wanted = {row["truth"]: row["how sure"]} if row["truth"] else {}
        if found.get(number, {}) != wanted:
            wrong[row["supplier"]] = (row["address"], found.get(number), wanted)
    assert wrong == {}
    (reasons,) = (m["reasons"] for m in json.loads(text) if m["place_id"] == "crimea-kerch" and m["basis"] == "address")
    assert [r.split(" (")[0] for r in reasons[1:]] == ["Council Regulation", "Executive Order 13685"]


def test_one_region_is_looked_for_where_it_is_asked_for(run_cli):
    found = flags(screened(run_cli, "--region", "xinjiang"))
    assert {r for known in found.values() for r in known} == {"xinjiang"}
    assert len(found) == sum(row["truth"] == "xinjiang" for row in rows())


def test_a_region_without_a_measure_is_refused(run_cli):
    done = run_cli("screen", FILE, "--region", "crimee")
    assert done.code == 2
    assert "crimea" in done.stderr
