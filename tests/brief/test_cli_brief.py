"""`entrepot brief` from the outside: what it refuses, what it leaves behind, and `entrepot explain` after it."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

FILES = {"report.html", "answer.json", "answer.md", "findings.json", "findings.csv", "grounds.csv"}
SMALL = "eu-flr"  # a measure whose brief draws nothing, for runs that are about the command
CHAPTERS_FOLLOW = 1.0  # seconds: enough to be past the start-up, far from the end of a brief with charts


def test_an_unknown_measure_names_the_nearest(run_cli, tmp_path):
    ran = run_cli("brief", "uflap", "--out", tmp_path / "out")
    assert ran.code == 2
    assert "uflap" in ran.stderr
    assert "uflpa" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("day", ["2023-02-29", "yesterday"])
def test_a_bad_date_is_refused(run_cli, tmp_path, day):
    ran = run_cli("brief", SMALL, "--as-of", day, "--out", tmp_path / "out")
    assert ran.code == 2
    assert "Traceback" not in ran.stderr
    assert not (tmp_path / "out").exists()


def test_a_file_in_place_of_the_folder_is_refused_and_kept(run_cli, tmp_path):
    file = tmp_path / "report"
    file.write_text("mine")
    ran = run_cli("brief", SMALL, "--out", file)
    assert ran.code == 2
    assert "Traceback" not in ran.stderr
    assert file.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_below_a_file_is_refused(run_cli, tmp_path):
    (tmp_path / "file").write_text("mine")
    ran = run_cli("brief", SMALL, "--out", tmp_path / "file" / "out")
    assert ran.code == 2, ran.stderr
    assert "Traceback" not in ran.stderr
    assert "file" in ran.stderr


def test_a_folder_that_cannot_be_made_is_refused(run_cli, tmp_path):
    # nobody can make a folder in /proc, not even the superuser, to whom no folder is shut
    shut = Path("/proc")
    if not shut.is_dir() or os.geteuid() != 0:
        shut = tmp_path / "shut"
        shut.mkdir(mode=0o500)
    ran = run_cli("brief", SMALL, "--out", shut / "entrepot")
    assert ran.code == 2, ran.stderr
    assert "Traceback" not in ran.stderr


def test_the_default_folder_is_named_after_the_measure(run_cli, tmp_path):
    ran = run_cli("brief", SMALL.upper(), cwd=tmp_path)
    assert ran.code == 0, ran.stderr
    assert {p.name for p in (tmp_path / f"entrepot-{SMALL}").iterdir()} == FILES


def test_json_on_the_terminal_is_the_file(run_cli, tmp_path):
    out = tmp_path / "a" / "b"
    ran = run_cli("brief", SMALL, "--format", "json", "--out", out)
    assert ran.code == 0, ran.stderr
    assert json.loads(ran.stdout) == json.loads((out / "findings.json").read_text(encoding="utf-8"))
    assert {p.name for p in out.iterdir()} == FILES


def test_two_runs_write_the_same_bytes(run_cli, tmp_path):
    for name, seed in (("a", "1"), ("b", "2")):  # sets are walked in another order
        asked = ("brief", "ofac-xinjiang", "--as-of", "2026-11-24", "--out", tmp_path / name)
        assert run_cli(*asked, env={"PYTHONHASHSEED": seed}).code == 0
    for file in FILES:
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes(), file


def test_a_finding_is_explained_after_its_brief(run_cli, tmp_path):
    assert run_cli("brief", "ofac-xinjiang", "--as-of", "2026-11-24", "--out", tmp_path).code == 0
    found = json.loads((tmp_path / "findings.json").read_text(encoding="utf-8"))
    printed = next(f for f in found if f["basis"].startswith("as printed"))
    ran = run_cli("explain", printed["id"])
    assert ran.code == 0, ran.stderr
    said = re.sub(r"\s+", " ", ran.stdout)
    assert printed["id"] in said
    assert "as printed" in said
    assert re.search(r"\bO\d{4}\b", said)
    assert printed["sources"][0]["publisher"] in said


def test_an_unknown_finding_is_refused(run_cli):
    ran = run_cli("explain", "f-000000000000")
    assert ran.code == 2
    assert "Traceback" not in ran.stderr


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
@pytest.mark.parametrize("wait", [CHAPTERS_FOLLOW, 2.5 * CHAPTERS_FOLLOW])
def test_an_interrupt_leaves_no_half_file(isolated, tmp_path, wait):
    out = tmp_path / "out"
    run = subprocess.Popen(
        [sys.executable, "-m", "entrepot", "brief", "uflpa", "--out", str(out)],
        env=isolated(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    time.sleep(wait)
    run.send_signal(signal.SIGINT)
    _, stderr = run.communicate(timeout=60)
    assert run.returncode != 0 or out.is_dir()
    assert b"Traceback" not in stderr
    left = list(tmp_path.rglob("*"))
    assert [p for p in left if p.suffix == ".part"] == []
    if out.is_dir() and (out / "report.html").exists():
        assert (out / "report.html").read_text(encoding="utf-8").rstrip().endswith("</html>")


@pytest.mark.parametrize("columns", [60, 80, 100, 140])
def test_the_answer_fits_the_terminal(run_cli, tmp_path, columns):
    ran = run_cli("brief", SMALL, "--out", tmp_path / "out", env={"COLUMNS": str(columns)})
    lines = [line for line in ran.stdout.splitlines() if not line.startswith("The report: ")]
    assert len(lines) > 10
    assert max(map(len, lines)) <= min(columns, 98)


def test_an_answer_that_is_piped_has_lines_as_for_a_hundred_columns(run_cli, tmp_path):
    lines = run_cli("brief", SMALL, "--out", tmp_path / "out").stdout.splitlines()
    assert 80 < max(len(line) for line in lines if not line.startswith("The report: ")) <= 98


def test_a_brief_of_a_day_that_is_still_to_come_says_so(run_cli, tmp_path):
    ran = run_cli("brief", SMALL, "--as-of", "2031-01-01", "--out", tmp_path / "out")
    assert "1 January 2031 is still to come" in " ".join(ran.stderr.split())
    assert "still to come" not in run_cli("brief", SMALL, "--as-of", "2026-11-24", "--out", tmp_path / "then").stderr
