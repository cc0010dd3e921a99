"""Rescreening tells what two whole screenings differ in, and no more. Names are invented but for those of the shelf."""

from __future__ import annotations

import csv
import html
import json
import random
import re
import shlex

import pytest

from entrepot.core.periods import as_of
from entrepot.lists import versions
from entrepot.screening.matching.match import match_id
from entrepot.screening.runs import earlier
from entrepot.screening.runs.from_results import Asked, rescreening

HEAD = "entity_id,name,kind,aliases,programme,birth_year,uscc\n"
FIRST = (
    "1,Gulmira Trading LLC,company,Gulmira Export,SDGT,,\n"
    "2,Otarbay Serik,person,,SDGT,1961,\n"
    "3,Beknazar Shipping,company,,SDGT,,\n"
    "5,Zarafshan Cotton Works,company,,SDGT,,\n"
)
SECOND = (
    "1,Gulmira Trading LLC,company,Gulmira Export;Gulmira Import,IRAN,,\n"
    "2,Otarbay Serik,person,,SDGT,1974,\n"
    "4,Tashbulak Metals,company,,SDGT,,91650000MA77X0000U\n"
    "5,Zarafshan Cotton Works,company,,SDGT,,\n"
)
PARTIES = (
    "supplier,dob,uscc\nGulmira Trading LLC,,\nSerik Otarbay,1961,\nBeknazar Shipping,,\nTashbulak Metals,,\n"
    "Zarafshan Cotton Works,,\nNobody Known,,\nOther Name,,91650000MA77X0000U\n"
)
FIRST_DAY, SECOND_DAY = "2026-07-25", "2026-08-05"


@pytest.fixture
def desk(tmp_path, run_cli):
    for day, rows in (("2026-07-23", FIRST), ("2026-08-04", SECOND)):
        path = tmp_path / f"blocked-{day}.csv"
        path.write_text(HEAD + rows)
        assert run_cli("lists", "load", path, "--as", "own-blocked").code == 0
    (tmp_path / "p.csv").write_text(PARTIES)
    return tmp_path


def screened(desk, run_cli, name, day=FIRST_DAY, *options):
    out = desk / name
    options = ("--list", "own-blocked", "--min-score", "0.3", *options)
    done = run_cli("screen", desk / "p.csv", "--out", out, "--as-of", day, *options)
    assert done.code == 0, done.stderr
    return out


@pytest.mark.parametrize("ending", ["csv", "json", "parquet"])
def test_it_tells_what_is_new_what_vanished_and_what_changed(desk, run_cli, ending):
    out = screened(desk, run_cli, f"hits.{ending}")
    done = run_cli("rescreen", out, "--as-of", SECOND_DAY, "--format", "json", "--fail-on-match")
    assert done.code == 3, done.stderr
    rows = {r["row"]: r for r in json.loads(done.stdout)}
    assert {k: r["change"] for k, r in rows.items()} == {
        2: "changed",
        3: "changed",
        4: "vanished",
        5: "new",
        8: "new",
    }
    assert "Alias added: Gulmira Import." in rows[2]["details"]
    assert "section was SDGT, is IRAN." in rows[2]["details"]
    assert rows[3]["score"] < rows[3]["score_before"]
    assert rows[4]["details"] == ["The entity is no longer on the list."]
    assert rows[5]["details"] == ["The entity is new on the list."]
    assert "2 new, 1 vanished, 2 changed. 4 listed entities changed." in done.stderr
    assert "Redone: same score." in run_cli("explain", rows[8]["match_id"]).stdout
    same = run_cli("rescreen", out, "--as-of", FIRST_DAY, "--format", "json", "--fail-on-match")
    assert (same.code, json.loads(same.stdout)) == (0, [])


def test_all_gives_the_same_as_the_changed_names_alone(desk, run_cli):
    out = screened(desk, run_cli, "hits.parquet")
    options = ("rescreen", out, "--as-of", SECOND_DAY, "--format", "json")
    assert run_cli(*options).stdout == run_cli(*options, "--all").stdout


def test_results_that_the_store_does_not_know_need_the_parties(desk, run_cli):
    known = screened(desk, run_cli, "hits.json")
    out = desk / "moved.json"
    out.write_text(known.read_text() + "\n")
    options = ("--as-of", SECOND_DAY, "--format", "json", "--list", "own-blocked", "--min-score", "0.3")
    done = run_cli("rescreen", out, *options)
    assert (done.code, "--parties FILE" in done.stderr) == (2, True)
    done = run_cli("rescreen", out, "--parties", desk / "p.csv", *options)
    assert done.code == 0, done.stderr
    assert "The store does not know these results" in done.stderr
    assert done.stdout == run_cli("rescreen", known, "--as-of", SECOND_DAY, "--format", "json").stdout


def test_other_parties_other_lists_and_another_rule_are_refused(desk, run_cli, monkeypatch, tmp_path):
    out = screened(desk, run_cli, "hits.json")
    text = (desk / "p.csv").read_text()
    (desk / "p.csv").write_text(text.replace("Nobody", "Somebody"))
    done = run_cli("rescreen", out, "--as-of", SECOND_DAY)
    assert (done.code, "not those that were screened then" in done.stderr) == (2, True)
    (desk / "p.csv").write_text(text)
    rows = json.loads(out.read_text())
    other = desk / "other.json"
    other.write_text(json.dumps([r | {"rule": "rule-7-000000000000"} for r in rows]))
    asked = ("--parties", desk / "p.csv", "--as-of", SECOND_DAY, "--list", "own-blocked", "--min-score", "0.3")
    done = run_cli("rescreen", other, *asked)
    assert (done.code, "Add --all" in done.stderr) == (2, True)
    assert run_cli("rescreen", other, *asked, "--all").code == 0
    other.write_text(json.dumps([r | {"list_sha256": "0" * 64} for r in rows]))
    done = run_cli("rescreen", other, *asked)
    assert (done.code, "not held as it was used then" in done.stderr) == (2, True)
    (desk / "q.csv").write_text(text.replace("Gulmira", "Gulnara"))
    other.write_text(json.dumps(rows))
    done = run_cli("rescreen", other, "--parties", desk / "q.csv", *asked[2:])
    assert (done.code, "row 2 of the parties is not what was screened" in done.stderr) == (2, True)
    other.write_text("[]")
    done = run_cli("rescreen", other, *asked)
    assert (done.code, "do not say as of which day" in done.stderr) == (2, True)


def test_results_of_the_release_that_named_its_rule_otherwise_are_read(desk, run_cli):
    out = screened(desk, run_cli, "hits.json")
    from entrepot.screening.contract import MATCHES

    said = json.loads(out.read_text())
    rows = [{k: r[k] for k in MATCHES.names} | {"rule": "rule-0123456789ab"} for r in said]
    before = desk / "before.json"
    before.write_text(json.dumps([r | {"match_id": match_id(r)} for r in rows]))
    asked = ("--parties", desk / "p.csv", "--as-of", SECOND_DAY, "--list", "own-blocked", "--min-score", "0.3")
    refused = run_cli("rescreen", before, *asked)
    told = "rule-0123456789ab names its rule in an earlier way"
    assert (refused.code, refused.stderr.count(told), "Add --all" in refused.stderr) == (2, 1, True)
    done = run_cli("rescreen", before, *asked, "--all", "--format", "json")
    assert (done.code, done.stderr.count(told)) == (0, 1)
    known = json.loads(run_cli("rescreen", out, "--as-of", SECOND_DAY, "--format", "json").stdout)
    assert [{**r, "match_id_before": None} for r in json.loads(done.stdout)] == [
        {**r, "match_id_before": None} for r in known
    ]
    explained = run_cli("explain", match_id(rows[0]), "--from", before).stdout
    assert told in explained
    assert "nothing in it was changed" in explained


def test_results_without_a_match_are_known_by_the_store(desk, run_cli):
    (desk / "p.csv").write_text("supplier\nTashbulak Metals\n")
    for ending in ("csv", "json", "parquet"):
        out = screened(desk, run_cli, f"none.{ending}")
        done = run_cli("rescreen", out, "--as-of", SECOND_DAY, "--format", "json")
        assert [(r["change"], r["listed_name"]) for r in json.loads(done.stdout)] == [("new", "Tashbulak Metals")]


def typo(name, rng):
    at = rng.randrange(1, len(name))
    return name[: at - 1] + name[at:]


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_it_is_the_difference_of_two_whole_screenings_of_a_real_list(shared, tmp_path, run_cli, seed):
    """OFAC's list of two days: names of entries that came, went, changed and stayed, whole and with a letter lost."""
    for day in ("2026-07-23", "2026-08-04"):
        file = shared / f"data/lists/ofac_json_mirror/history/ofac-sdn_published_{day}.csv"
        versions.load(file, "ofac-sdn", tmp_path / "store")
    changes, _ = versions.differences("ofac-sdn", "2026-07-23", "2026-08-04", tmp_path / "store")
    held = versions.opened(versions.held(tmp_path / "store")[0], tmp_path / "store")
    rng = random.Random(seed)
    names = [r["name"] for r in changes.to_pylist()] + rng.sample(held.entries.column("name").to_pylist(), 150)
    with (tmp_path / "p.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["supplier"], *([n] for n in names), *([typo(n, rng)] for n in names)])
    outs = {}
    for day in ("2026-07-25", "2026-08-05"):
        outs[day] = tmp_path / f"{day}.parquet"
        options = ("--list", "ofac-sdn", "--as-of", day, "--store", tmp_path / "store")
        assert run_cli("screen", tmp_path / "p.csv", "--out", outs[day], *options).code == 0
    asked = Asked(parties=tmp_path / "p.csv", lists=("ofac-sdn",))
    found = rescreening(outs["2026-07-25"], asked, as_of("2026-08-05"), tmp_path / "store").found
    then, now = (
        {(r["row"], r["entity_id"]) for r in earlier.earlier(outs[d], tmp_path / "store").matches} for d in sorted(outs)
    )
    told = {c: {(r["row"], r["entity_id"]) for r in found.changes.to_pylist() if r["change"] == c} for c in KINDS}
    assert told["new"] == now - then
    assert told["vanished"] == then - now
    assert now - then
    assert then - now
    assert 0 < found.screened < 2 * len(names)
    whole = rescreening(
        outs["2026-07-25"],
        Asked(parties=tmp_path / "p.csv", lists=("ofac-sdn",), whole=True),
        as_of("2026-08-05"),
        tmp_path / "store",
    ).found
    assert whole.changes.to_pylist() == found.changes.to_pylist()


KINDS = ("new", "vanished", "changed")


def test_a_later_version_dated_up_to_the_day_of_the_screening_changes_nothing_of_then(tmp_path, run_cli):
    """The desk screens on the 25th; then the publisher's version of that very day is loaded."""
    for day, rows in (("2026-11-01", FIRST), ("2026-11-25", SECOND)):
        (tmp_path / f"blocked-{day}.csv").write_text(HEAD + rows)
    (tmp_path / "p.csv").write_text(PARTIES)
    load = ("lists", "load", "--as", "own-blocked")
    screen = ("screen", tmp_path / "p.csv", "--list", "own-blocked", "--as-of", "2026-11-25", "--out")
    assert run_cli(*load, tmp_path / "blocked-2026-11-01.csv").code == 0
    assert run_cli(*screen, tmp_path / "hits.csv", "--record", tmp_path / "r.html").code == 0
    assert run_cli(*load, tmp_path / "blocked-2026-11-25.csv").code == 0
    done = run_cli("rescreen", tmp_path / "hits.csv", "--as-of", "2026-11-25", "--format", "json")
    assert done.code == 0, done.stderr
    changes = {(r["change"], r["listed_name"]) for r in json.loads(done.stdout)}
    assert {("new", "Tashbulak Metals"), ("vanished", "Beknazar Shipping")} <= changes

    command = html.unescape(re.findall(r"<code>(entrepot screen .*)</code>", (tmp_path / "r.html").read_text())[0])
    redo = [tmp_path / a if a == "p.csv" else a for a in shlex.split(command)[1:]]
    assert run_cli(*redo, "--out", tmp_path / "again.csv").code == 0
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "hits.csv").read_bytes()
    assert run_cli(*screen, tmp_path / "later.csv").code == 0
    assert (tmp_path / "later.csv").read_bytes() != (tmp_path / "hits.csv").read_bytes()


def test_what_came_by_standard_input_is_redone_from_standard_input(tmp_path, run_cli):
    page = tmp_path / "r.html"
    given = ("screen", "-", "--list", "uflpa", "--as-of", "2026-11-25")
    text = "name\nHoshine Silicon Industry\n"
    assert run_cli(*given, "--out", tmp_path / "a.csv", "--record", page, stdin=text).code == 0
    command = html.unescape(re.findall(r"<code>(entrepot screen .*)</code>", page.read_text(encoding="utf-8"))[0])
    again = run_cli(*shlex.split(command)[1:], "--out", tmp_path / "b.csv", stdin=text)
    assert again.code == 0, again.stderr
    assert (tmp_path / "b.csv").read_bytes() == (tmp_path / "a.csv").read_bytes()


def test_a_version_is_named_by_its_day_or_its_hash_and_an_unknown_one_is_refused(desk, run_cli):
    listed = {r["version"]: r["sha256"] for r in json.loads(run_cli("lists", "--format", "json").stdout)}
    screen = ("screen", desk / "p.csv", "--format", "json", "--as-of", SECOND_DAY, "--list")
    by_day = run_cli(*screen, "own-blocked@2026-07-23")
    by_hash = run_cli(*screen, f"own-blocked@{listed['2026-07-23'][:12]}")
    assert by_day.stdout == by_hash.stdout
    assert "Beknazar Shipping" in by_day.stdout
    assert "Beknazar Shipping" not in run_cli(*screen, "own-blocked").stdout
    for wanted, said in (
        ("own-blocked@2026-07-24", "2026-07-23"),
        ("own-blocked@0123456789ab", "version of own-blocked"),
        ("uflpa@2026-01-01", "--as-of"),
    ):
        done = run_cli(*screen, wanted)
        assert (done.code, said in done.stderr) == (2, True), done.stderr


def test_the_command_of_the_record_is_quoted_for_a_shell(tmp_path, run_cli):
    path = tmp_path / "供应 商's; x.csv"
    path.write_text("Mill & Co,$(y)\nAcme,Beta\n", encoding="utf-8")
    done = run_cli("screen", path, "--name-column", "$(y)", "--record", tmp_path / "r.html")
    assert done.code == 0, done.stderr
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    given = shlex.split(html.unescape(re.findall(r"<code>(entrepot screen .*)</code>", page)[0]))
    assert given[:3] == ["entrepot", "screen", path.name]
    assert given[given.index("--name-column") + 1] == "$(y)"


def test_results_without_a_day_are_refused(tmp_path):
    import csv

    from entrepot.core.errors import UnreadableFileError
    from entrepot.screening.contract import MATCHES
    from entrepot.screening.runs.results import results

    values = {"text": "x", "integer": "3", "number": "0.5", "boolean": "true", "partial_date": "2024-05"}
    row = ["" if c.name == "as_of" else values.get(c.type, "") for c in MATCHES.columns]
    with (tmp_path / "hits.csv").open("w", newline="") as out:
        csv.writer(out).writerows([MATCHES.names, row])
    with pytest.raises(UnreadableFileError, match=r"row 1 is no match .as_of is empty"):
        list(results(tmp_path / "hits.csv"))


def held_beside(desk, run_cli, name, day, rows):
    """Load another list of one's own."""
    path = desk / f"{name}-{day}.csv"
    path.write_text(HEAD + rows)
    assert run_cli("lists", "load", path, "--as", f"own-{name}").code == 0


@pytest.mark.parametrize("day", ["2026-07-20", "2026-08-01"])  # before the first screening, and after it
def test_a_list_that_is_added_is_new_with_all_that_the_parties_meet_on_it(desk, run_cli, day):
    out = screened(desk, run_cli, "hits.csv")
    held_beside(desk, run_cli, "second", day, "9,Nobody Known,company,,SDGT,,\n")
    both = ("--list", "own-blocked", "--list", "own-second")
    asked = ("rescreen", out, "--as-of", "2026-08-02", *both, "--fail-on-match", "--matches", desk / "now.csv")
    done = run_cli(*asked, "--format", "json")
    assert done.code == 3, done.stderr
    (row,) = json.loads(done.stdout)
    assert (row["change"], row["party"], row["list_id"]) == ("new", "Nobody Known", "own-second")
    assert row["details"] == ["The list was not screened then."]
    assert "1 new, 0 vanished, 0 changed. 0 listed entities changed." in done.stderr
    assert "Not screened then, and screened now: own-second." in done.stderr
    whole = desk / "whole.csv"
    options = ("--as-of", "2026-08-02", "--min-score", "0.3", *both)
    assert run_cli("screen", desk / "p.csv", "--out", whole, *options).code == 0
    assert (desk / "now.csv").read_text() == whole.read_text()


def test_another_list_alone_is_screened_whole(desk, run_cli):
    out = screened(desk, run_cli, "hits.csv")
    held_beside(desk, run_cli, "second", "2026-08-01", "9,Nobody Known,company,,SDGT,,\n")
    done = run_cli("rescreen", out, "--as-of", "2026-08-02", "--list", "own-second", "--format", "json")
    assert [(r["change"], r["party"]) for r in json.loads(done.stdout)] == [("new", "Nobody Known")]
    assert "Screened then, and not now: own-blocked." in done.stderr


def test_what_was_met_on_a_list_that_is_left_out_has_not_vanished(desk, run_cli):
    held_beside(desk, run_cli, "second", "2026-07-23", "9,Gulmira Trading LLC,company,,SDGT,,\n")
    both = ("--list", "own-blocked", "--list", "own-second")
    out = desk / "two.csv"
    assert run_cli("screen", desk / "p.csv", "--out", out, "--as-of", FIRST_DAY, *both).code == 0
    done = run_cli("rescreen", out, "--as-of", SECOND_DAY, "--list", "own-blocked", "--format", "json")
    assert done.code == 0, done.stderr
    rows = json.loads(done.stdout)
    assert {r["list_id"] for r in rows} == {"own-blocked"}
    assert [r["change"] for r in rows if r["party"] == "Gulmira Trading LLC"] == ["changed"]
    assert "Screened then, and not now: own-second. What the parties met there is not compared." in done.stderr


def test_a_list_that_came_to_a_screening_of_all_lists_is_named(desk, run_cli):
    out = desk / "all.csv"
    assert run_cli("screen", desk / "p.csv", "--out", out, "--as-of", FIRST_DAY).code == 0
    held_beside(desk, run_cli, "second", "2026-08-01", "9,Nobody Known,company,,SDGT,,\n")
    done = run_cli("rescreen", out, "--as-of", "2026-08-02")
    assert "Held now, and not screened, as they were not then: own-second." in done.stderr
    assert "--list own-blocked" in done.stderr
    assert "own-second" not in run_cli("rescreen", screened(desk, run_cli, "one.csv"), "--as-of", FIRST_DAY).stderr
