"""`entrepot check` and what it leaves in the store, as a person runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

REPORT = Path(__file__).parents[2] / "docs" / "examples" / "report.txt"
DAY = ("--published", "2024-12-05")


@pytest.fixture
def checked(run_cli):
    return lambda *more, **options: run_cli("check", REPORT, *DAY, *more, **options)


def test_rows_as_json(checked):
    ran = checked("--format", "json")
    assert ran.code == 0, ran.stderr
    rows = json.loads(ran.stdout)
    text = REPORT.read_text()
    assert all(r["text"] in text for r in rows)
    assert all(r["span_end"] - r["span_start"] == len(r["text"]) for r in rows)
    verdicts = {r["text"]: r["verdict"] for r in rows}
    assert set(verdicts.values()) >= {
        "agrees",
        "agrees_within_rounding",
        "contradicts",
        "superseded",
        "no_record",
        "unread",
    }


@pytest.mark.parametrize("columns", ["60", "80", "200"])
def test_the_table_fits(checked, columns):
    ran = checked(env={"COLUMNS": columns})
    assert ran.code == 0
    assert max(map(len, ran.stdout.splitlines())) <= int(columns)


def test_the_line_an_editor_quotes(checked):
    assert "held against the record:" in checked().stderr.splitlines()[-1]


def test_the_page(checked, tmp_path):
    ran = checked("--html", tmp_path / "page.html")
    assert ran.code == 0
    assert "<mark" in (tmp_path / "page.html").read_text()


def test_a_contradiction_can_stop_a_script(checked):
    assert checked("--fail-on-contradiction").code == 3
    assert checked().code == 0


def test_add_twice_and_take_back(checked, run_cli):
    first = checked("--add")
    assert first.code == 0, first.stderr
    listed = run_cli("record", "own_observations", "--format", "csv").stdout
    assert len(listed.splitlines()) >= 2
    assert "0 of" in checked("--add").stderr
    assert run_cli("record", "own_observations", "--format", "csv").stdout == listed
    row_id = listed.splitlines()[1].split(",")[0]
    assert run_cli("record", "remove", row_id).code == 0
    assert row_id not in run_cli("record", "own_observations", "--format", "csv").stdout
    assert run_cli("record", "remove", row_id).code == 2


def test_a_verdict_can_be_explained_by_its_rows(run_cli):
    assert run_cli("explain", "O0010").code == 0


def test_a_claim_and_a_row_of_ones_own_can_be_explained(checked, run_cli):
    rows = json.loads(checked("--add", "--format", "json").stdout)
    agreeing = next(r for r in rows if r["verdict"] == "agrees")
    told = run_cli("explain", agreeing["claim_id"])
    assert told.code == 0, told.stderr
    assert "agrees" in told.stdout
    assert agreeing["against"][0] in told.stdout
    own = run_cli("record", "own_observations", "--format", "csv").stdout.splitlines()[1].split(",")[0]
    assert "not reviewed" in run_cli("explain", own).stdout
    assert run_cli("explain", "c-000000000000").code == 2


@pytest.mark.parametrize(
    ("name", "data"), [("empty.txt", b""), ("photo.jpg", b"\xff\xd8\xff"), ("latin.txt", b"\xe9t\xe9 5 tonnes")]
)
def test_what_cannot_be_read_is_refused_with_a_remedy(run_cli, tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    ran = run_cli("check", tmp_path / name)
    assert ran.code == 2
    assert ran.stderr.startswith("entrepot: ")
    assert "Traceback" not in ran.stderr


def test_no_file(run_cli, tmp_path):
    assert run_cli("check", tmp_path / "none.txt").code == 2


def test_a_date_that_is_none(checked):
    assert checked("--as-of", "yesterday").code == 2


def test_a_report_without_figures_is_said_in_one_line(run_cli, tmp_path):
    (tmp_path / "calm.txt").write_text("Nothing much happened at the border this spring, people said.\n")
    ran = run_cli("check", tmp_path / "calm.txt")
    assert ran.code == 0
    assert "No checkable figure" in ran.stderr


PAGE = """<html><head><script>x = "9,999 tonnes"</script></head><body><p>Over 11,000 vehicles passed Khunjerab
from April to October.</p><p style="display:none">Over 55,000 vehicles passed Khunjerab.</p></body></html>"""


def test_scripts_and_hidden_text_are_left_out_and_counted(run_cli, tmp_path):
    (tmp_path / "page.html").write_text(PAGE)
    ran = run_cli("check", tmp_path / "page.html", *DAY, "--format", "json")
    assert [r["value"] for r in json.loads(ran.stdout)] == [11000]
    assert "script (1)" in ran.stderr
    assert "hidden (1)" in ran.stderr


def test_without_a_date_it_is_asked_for(run_cli, tmp_path):
    (tmp_path / "r.txt").write_text("Over 11,000 vehicles passed Khunjerab from April to October.\n")
    assert "give it with --published" in run_cli("check", tmp_path / "r.txt").stderr


@pytest.mark.parametrize("name", ["\u202eevil.txt", "tab\tname.txt"])
def test_names_that_move_the_cursor_are_escaped(run_cli, tmp_path, name):
    (tmp_path / name).write_text("Nothing.\n")
    ran = run_cli("check", tmp_path / name, "--html", tmp_path / "p.html")
    assert ran.code == 0
    assert "\u202e" not in ran.stderr + (tmp_path / "p.html").read_text()
