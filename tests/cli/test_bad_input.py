"""The commands as a hostile person runs them: one line, the right exit code, no traceback, nothing half written."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PARTIES = "supplier,address\nHoshine Silicon Industry Co. Ltd,Urumqi\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "parties.csv"
    path.write_text(PARTIES, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["brief", "uflpaa"], "did you mean uflpa"),
        (["brief", "uflpa", "--as-of", "2024-02-30"], "not a date"),
        (["brief", "uflpa", "--as-of", ""], "not a date"),
        (["measures", "--as-of", "0000"], "not a date"),
        (["measures", "nope", "--goods", "8541.43"], "unknown measure"),
        (["clock", "2024-02-30"], "expected a day, such as 2024-11-25."),
        (["clock", "9999-12-31"], "calendar ends"),
        (["explain", os.fsdecode(b"\xff\xfe")], "nothing has this id"),
        (["explain", "x\u202e\x1b[2J"], r"\u202e\x1b[2J"),
        (["record", "--where", "a=b"], "--where without a table"),
        (["record", "observations", "--where", "len(range(100000000)) > 0"], "range is not allowed"),
        (["record", "observations", "--format", "xml"], "is not one of"),
        (["record", "observations", "--format", "parquet"], "needs --out"),
        (["record", "observations", "--nope"], "No such option"),
        (["record", "observations", "--out", "n" * 300 + ".csv"], "cannot write"),
        (["screen"], "Missing argument"),
    ],
)
def test_bad_input_is_one_line_and_exit_2(run_cli, arguments, said):
    ran = run_cli(*arguments)
    assert ran.code == 2, ran.stderr
    assert said in ran.stderr
    assert ran.stdout == ""
    assert ran.stderr.count("\n") == 1
    assert ran.stderr.startswith("entrepot: ")


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "a.html", "--html", "a.html"],
        ["check", "a.html", "--out", "./a.html"],
        ["load", "a.csv", "--out", "a.csv"],
        ["load", "b.csv", "a.csv", "--out", "a.csv"],
        ["load", "b.csv", "--map", "a.toml", "--out", "a.toml"],
        ["mirror", "a.csv", "--out", "a.csv"],
        ["divert", "a.csv", "--measure", "uflpa", "--out", "a.csv"],
        ["divert", "b.csv", "--measure", "uflpa", "--supply", "a.csv", "--out", "a.csv"],
        ["divert", "event-study", "a.csv", "--measure", "uflpa", "--plot", "a.csv"],
        ["rescreen", "a.csv", "--out", "a.csv"],
        ["rescreen", "b.csv", "--parties", "a.csv", "--out", "a.csv"],
    ],
)
def test_no_file_that_is_read_is_written_over(run_cli, tmp_path, arguments):
    for name in ("a.csv", "b.csv", "a.html", "a.toml"):
        (tmp_path / name).write_text(PARTIES, encoding="utf-8")
    ran = run_cli(*arguments, cwd=tmp_path)
    assert ran.code == 2
    assert "is a file that is read" in ran.stderr
    assert {p.read_text(encoding="utf-8") for p in tmp_path.glob("[ab].*")} == {PARTIES}


@pytest.mark.parametrize("options", [["--out", "link.csv"], ["--record", "parties.csv"]])
def test_the_file_that_is_screened_is_never_written_over(run_cli, file, options):
    (file.parent / "link.csv").symlink_to(file)
    ran = run_cli("screen", file.name, *options, cwd=file.parent)
    assert (ran.code, file.read_text(encoding="utf-8")) == (2, PARTIES)


def test_two_outputs_of_one_name_are_refused(run_cli, file):
    ran = run_cli("screen", file, "--record", "x.csv", "--out", "./x.csv", cwd=file.parent)
    assert ran.code == 2
    assert not (file.parent / "x.csv").exists()


def test_a_named_store_that_cannot_be_used_is_refused_before_the_work(run_cli, file, tmp_path):
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "entrepot.duckdb").write_text("no database", encoding="utf-8")
    for arguments in (["brief", "uflpa", "--out", tmp_path / "out"], ["screen", file, "--out", tmp_path / "out.csv"]):
        ran = run_cli(*arguments, "--store", tmp_path / "store")
        assert ran.code == 2
        assert "cannot use the store" in ran.stderr
    assert not list(tmp_path.glob("out*"))


def test_a_store_that_nobody_named_never_costs_the_result(run_cli, file, tmp_path):
    (tmp_path / "home").write_text("a file where a folder should be", encoding="utf-8")
    env = {"ENTREPOT_STORE": "", "XDG_DATA_HOME": str(tmp_path / "home"), "HOME": str(tmp_path / "home")}
    ran = run_cli("screen", file, "--out", tmp_path / "out.csv", env=env)
    assert ran.code == 0, ran.stderr
    assert "not kept for `entrepot explain`" in ran.stderr
    assert (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "ascii"])
def test_a_terminal_without_chinese_is_no_crash(isolated, tmp_path, encoding):
    env = isolated(tmp_path) | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "entrepot", "record", "listings"]
    ran = subprocess.run(command, env=env, capture_output=True, check=False, timeout=60)
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_what_a_program_reads_is_utf_8_whatever_the_terminal_is(run_cli):
    ran = run_cli("record", "listings", "--format", "csv", env={"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"})
    assert "新疆" in ran.stdout


def started(isolated, home, *arguments, **options):
    command = [sys.executable, "-m", "entrepot", *map(str, arguments)]
    return subprocess.Popen(command, env=isolated(home), stderr=subprocess.PIPE, **options)


def test_a_reader_that_goes_away_is_no_fault(isolated, tmp_path):
    run = started(isolated, tmp_path, "record", "observations", "--format", "csv", stdout=subprocess.PIPE)
    run.stdout.close()
    said = run.stderr.read()
    run.stderr.close()
    assert run.wait(60) in {0, 141}
    assert said == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_said_in_one_line(isolated, tmp_path):
    with Path("/dev/full").open("wb") as full:
        run = started(isolated, tmp_path, "record", "observations", stdout=full)
        said = run.communicate(timeout=60)[1]
    assert run.returncode == 2
    assert said.count(b"\n") == 1
    assert b"No space left" in said


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_old_files_whole_and_no_part(isolated, file, tmp_path, number):
    chance = random.Random(number)
    old = {name: tmp_path / name for name in ("out.csv", "record.html")}
    for _ in range(3):
        for path in old.values():
            path.write_text("old", encoding="utf-8")
        run = started(
            isolated,
            tmp_path,
            *("screen", file, "--out", old["out.csv"], "--record", old["record.html"]),
            stdout=subprocess.DEVNULL,
        )
        time.sleep(chance.uniform(0.3, 2.5))
        run.send_signal(number)
        _, said = run.communicate(timeout=60)
        if run.returncode == 1:  # on a busy machine: Python itself was still starting, and no line of ours had run
            assert b"KeyboardInterrupt" in said
            assert b"/entrepot/" not in said
            assert b"entrepot:" not in said
            continue
        # Done, stopped, or not yet begun. Where an interrupt passed through code that a library had Python run from C,
        # as imports of some do, Python ends itself by SIGINT in place of the exit code that it was given.
        assert run.returncode in {0, 128 + number, -number, -signal.SIGINT}
        assert run.returncode <= 0 or b"stopped; no file is left half written." in said
        assert not list(tmp_path.glob(".*.part"))
        for path in old.values():
            assert path.read_text(encoding="utf-8") == "old" or path.stat().st_size > 500


def test_every_command_shows_an_example_from_any_folder(run_cli, tmp_path):
    from entrepot.cli import COMMANDS

    for name in COMMANDS:
        ran = run_cli(name, "--help", cwd=tmp_path)
        assert (ran.code, f"Example: {'eval' if name == 'completion' else 'entrepot ' + name}" in ran.stdout) == (
            0,
            True,
        )


@pytest.mark.parametrize("words", [["brief", "ufl"], ["divert", "flows.parquet", "--measure", "ufl"]])
def test_a_shell_is_offered_the_measures_on_record(run_cli, monkeypatch, words):
    monkeypatch.setenv("_ENTREPOT_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", " ".join(["entrepot", *words]))
    monkeypatch.setenv("COMP_CWORD", str(len(words)))
    assert run_cli().stdout.splitlines() == ["plain,uflpa"]


def test_the_script_for_fish_keeps_the_commas_of_a_help(run_cli):
    """fish: `string split -m 1` cuts once, at the comma behind the kind of the completion."""
    script = run_cli("completion", "fish").stdout
    assert 'string split -m 1 "," $completion' in script
    assert 'string split ","' not in script


def test_a_side_that_the_flows_have_not_is_refused_with_those_that_they_have(run_cli, tmp_path):
    flows = tmp_path / "flows.csv"
    row = "2024,854143,CHN,USA,export,5,usd"
    flows.write_text(f"period,product,exporter,importer,flow,amount,unit\n{row}\n", encoding="utf-8")
    for word in ("import", "balanced", "north"):
        ran = run_cli("flows", flows, "--side", word)
        assert ran.code == 2
        assert "reported as export alone" in ran.stderr
