"""Screening against loaded lists, end to end on the command line. All listed names are invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from entrepot.core.errors import BadInputError
from entrepot.core.periods import as_of
from entrepot.lists import versions
from entrepot.lists.shelf import listings
from entrepot.screening.runs.run import run_screening

HEAD = "entity_id,name,kind,aliases,weak_aliases,programme\n"
FIRST = "1,Gulmira Trading LLC,company,Gulmira Export,Zarafshan,SDGT\n2,Otarbay Serik,person,,,\n"
SECOND = "1,Gulmira Trading LLC,company,Gulmira Export,Zarafshan,SDGT\n3,Beknazar Shipping,company,,,\n"


@pytest.fixture
def desk(tmp_path, run_cli):
    for day, rows in (("2026-07-23", FIRST), ("2026-08-04", SECOND)):
        path = tmp_path / f"blocked-{day}.csv"
        path.write_text(HEAD + rows)
        done = run_cli("lists", "load", path, "--as", "own-blocked")
        assert (done.code, done.stdout.startswith(f"own-blocked {day}: 2 entries")) == (0, True), done.stderr
    (tmp_path / "p.csv").write_text("supplier\nGulmira Trading LLC\nSerik Otarbay\nBeknazar Shipping\nZarafshan\n")
    return tmp_path


def matched(done):
    return {(r["party"], r["listed_name"]) for r in json.loads(done.stdout) if r["list_id"] == "own-blocked"}


def test_the_version_that_stood_that_day_is_used(desk, run_cli):
    screen = ("screen", desk / "p.csv", "--format", "json", "--list", "own-blocked", "--as-of")
    gulmira = {("Gulmira Trading LLC",) * 2, ("Zarafshan", "Gulmira Trading LLC")}
    for day, other in (("2026-07-25", ("Serik Otarbay", "Otarbay Serik")), ("2026-08-04", ("Beknazar Shipping",) * 2)):
        assert matched(run_cli(*screen, day)) == gulmira | {other}
    before = run_cli(*screen, "2026-07-22")
    assert before.code == 2
    assert "held: 2026-07-23, 2026-08-04" in before.stderr


def test_without_a_list_all_are_used_and_one_not_yet_held_is_named(desk, run_cli):
    done = run_cli("screen", desk / "p.csv", "--as-of", "2026-08-05", "--format", "json")
    assert len(matched(done)) == 3
    assert "uflpa holds" in done.stderr
    early = run_cli("screen", desk / "p.csv", "--as-of", "2026-01-01", "--format", "json")
    assert (early.code, matched(early)) == (0, set())
    assert "own-blocked is not used: the first version held is of 2026-07-23" in early.stderr


def test_a_match_says_its_version_and_that_an_alias_is_weak(desk, run_cli):
    done = run_cli("screen", desk / "p.csv", "--list", "own-blocked", "--format", "json", "--as-of", "2026-07-25")
    row = next(r for r in json.loads(done.stdout) if r["party"] == "Zarafshan")
    assert (row["name_kind"], row["section"], row["status"], row["list_as_of"]) == (
        "alias",
        "SDGT",
        "in_force",
        "2026-07-23",
    )
    said = " ".join(row["reasons"])
    assert "marks this alias as weak" in said
    assert "own-blocked of 2026-07-23, sha256" in said
    assert "in force on any day" not in said
    assert "2026-07-23" in run_cli("explain", row["match_id"]).stdout


def test_the_record_carries_version_hash_and_entries(desk, run_cli):
    page = desk / "r.html"
    run_cli("screen", desk / "p.csv", "--list", "own-blocked", "--as-of", "2026-07-25", "--record", page)
    listed = json.loads(run_cli("lists", "--format", "json").stdout)
    held = next(r for r in listed if (r["list_id"], r["version"]) == ("own-blocked", "2026-07-23"))
    text = page.read_text()
    assert [t for t in (held["sha256"], "version of 2026-07-23", "holds 2 entries") if t not in text] == []


def test_lists_shows_the_record_and_what_is_loaded(desk, run_cli):
    rows = json.loads(run_cli("lists", "--format", "json").stdout)
    assert [r["list_id"] for r in rows] == ["cbp-wro", "ofac-xinjiang", "uflpa", "own-blocked", "own-blocked"]
    (desk / "f.jsonl").write_text('{"id": "a", "schema": "Company", "properties": {"name": ["Gulmira"]}}\n')
    done = run_cli("lists", "load", desk / "f.jsonl", "--as", "own-ftm", "--version", "2026-01-01")
    assert "not yet proven on a real file" in done.stderr
    assert "not yet proven on a real file" in run_cli("lists", "--format", "csv").stdout


def test_diff_and_remove(desk, run_cli):
    done = run_cli("lists", "diff", "own-blocked", "2026-07-23", "2026-08-04", "--format", "json")
    assert [(r["change"], r["name"]) for r in json.loads(done.stdout)] == [
        ("added", "Beknazar Shipping"),
        ("removed", "Otarbay Serik"),
    ]
    assert "1 added, 1 removed, 0 changed" in done.stderr
    assert run_cli("lists", "remove", "own-blocked", "2026-07-23").code == 0
    assert run_cli("lists", "remove", "own-blocked", "2026-07-23").code == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("screen", "p.csv", "--list", "un"), "entrepot lists load FILE --as un"),
        (("screen", "p.csv", "--list", "own-blokced"), "did you mean"),
        (("lists", "load", "p.csv", "--as", "ofac-snd"), "ofac-sdn"),
        (("lists", "load", "none.csv", "--as", "un"), "no such file"),
        (("lists", "load", "p.csv", "--as", "uflpa"), "unknown list"),
        (("lists", "frob"), "frob"),
    ],
)
def test_bad_input(desk, run_cli, arguments, said):
    done = run_cli(*arguments, cwd=desk)
    assert (done.code, said in done.stderr) == (2, True), done.stderr


@pytest.mark.slow
@pytest.mark.shared
def test_real_additions_are_met_from_their_version_on(shared: Path, tmp_path):
    folder = shared / "data/lists/ofac_json_mirror/history"
    for day in ("2026-07-23", "2026-08-04"):
        versions.load(folder / f"ofac-sdn_published_{day}.csv", "ofac-sdn", tmp_path)
    changes, _ = versions.differences("ofac-sdn", "2026-07-23", "2026-08-04", tmp_path)
    by = {c: [r["name"] for r in changes.to_pylist() if r["change"] == c] for c in ("added", "removed")}
    (tmp_path / "p.csv").write_text("supplier\n" + "".join(f'"{n}"\n' for n in by["added"] + by["removed"]))
    for day, there, gone in (("2026-08-03", "removed", "added"), ("2026-08-05", "added", "removed")):
        run = run_screening(tmp_path / "p.csv", listings(tmp_path, ("ofac-sdn",), as_of(day)), as_of=day)
        exact = {r["listed_name"] for r in run.matches.to_pylist()}
        assert set(by[there]) <= exact
        # A name may stand on the list twice, for a vessel and a firm.
        assert len(set(by[gone]) & exact) < len(by[gone]) / 2
    with pytest.raises(BadInputError, match="2026-07-23, 2026-08-04"):
        listings(tmp_path, ("ofac-sdn",), as_of("2026-07-22"))
