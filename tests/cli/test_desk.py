"""What a desk must not lose by a slip: the store it named, where its outputs went, names that are not UTF-8."""

from __future__ import annotations

import os
import struct
from pathlib import Path

import click
import pytest

from entrepot.cli.record import command as record_command

PARTIES = "supplier,address\nHoshine Silicon Industry Co. Ltd,Urumqi\n"
FLOWS = "exporter,importer,product,period,value_usd,colour\nARM,RUS,85,2020,10,red\nARM,RUS,85,2021,11,red\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "parties.csv"
    path.write_text(PARTIES, encoding="utf-8")
    return path


@pytest.fixture
def blocked(tmp_path):
    path = tmp_path / "blocked.csv"
    path.write_text("name\nAcme Trading Ltd\n", encoding="utf-8")
    return path


def test_a_store_named_before_the_subcommand_is_the_one_that_is_used(run_cli, blocked, tmp_path):
    here, there = tmp_path / "here", tmp_path / "there"
    own = ("--as", "own-blocked", "--version", "2026-07-23")
    assert run_cli("lists", "--store", here, "load", blocked, *own).code == 0
    assert "own-blocked" in run_cli("lists", "--store", here).stdout
    assert "own-blocked" not in run_cli("lists").stdout
    assert run_cli("lists", "--store", here, "load", blocked, *own, "--store", there).code == 0
    assert run_cli("lists", "--store", here, "remove", "own-blocked", "2026-07-23").code == 0
    assert "own-blocked" in run_cli("lists", "--store", there).stdout
    assert "own-blocked" not in run_cli("lists", "--store", here).stdout


def test_an_output_named_before_a_subcommand_is_written_or_refused(run_cli, blocked, tmp_path):
    for day in ("2026-07-23", "2026-07-24"):
        assert run_cli("lists", "load", blocked, "--as", "own-blocked", "--version", day).code == 0
    out = tmp_path / "diff.csv"
    assert run_cli("lists", "--out", out, "diff", "own-blocked", "2026-07-23", "2026-07-24").code == 0
    assert out.read_text(encoding="utf-8").startswith("change,")
    ran = run_cli("lists", "--out", out, "remove", "own-blocked", "2026-07-23")
    assert (ran.code, ran.stderr.count("\n")) == (2, 1)
    assert "--out does not go with lists remove. See entrepot lists remove --help." in ran.stderr
    assert "2026-07-23" in run_cli("lists").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["screen", "parties.csv", "--list", "uflpa", "--out", "new/deep/hits.csv"],
        ["screen", "parties.csv", "--list", "uflpa", "--record", "new/deep/record.html"],
        ["record", "crossings", "--out", "new/deep/crossings.csv"],
        ["lists", "--out", "new/deep/lists.csv"],
        ["check", "report.txt", "--html", "new/deep/checked.html"],
        ["brief", "eu-flr", "--out", "new/deep/brief"],
    ],
)
def test_a_folder_that_an_output_needed_is_said(run_cli, file, arguments):
    (file.parent / "report.txt").write_text("Nothing to see.\n", encoding="utf-8")
    ran = run_cli(*arguments, cwd=file.parent)
    assert ran.code == 0, ran.stderr
    assert f"The folder {Path('new/deep')} was not there and is made.\n" in ran.stderr
    again = run_cli(*arguments, cwd=file.parent)
    assert "was not there" not in again.stderr


@pytest.mark.skipif(os.name != "posix", reason="names are bytes on POSIX only")
def test_a_file_whose_name_is_no_utf8_is_screened_and_filed(run_cli, tmp_path):
    path = os.fsencode(tmp_path) + b"/M\xfcller.csv"
    Path(os.fsdecode(path)).write_text(PARTIES, encoding="utf-8")
    ran = run_cli("screen", os.fsdecode(path), "--list", "uflpa", "--record", tmp_path / "record.html")
    assert ran.code == 0, ran.stderr
    assert r"M\udcfcller.csv" in (tmp_path / "record.html").read_text(encoding="utf-8")


def test_an_unread_column_is_a_notice_and_no_fault(run_cli, tmp_path):
    (tmp_path / "flows.csv").write_text(FLOWS, encoding="utf-8")
    ran = run_cli("load", "flows.csv", cwd=tmp_path)
    assert ran.code == 0, ran.stderr
    assert "No faults.\n" in ran.stderr
    whole = "; it says 'red' in every row, and the flows are of that alone"
    assert f"Notices: column 'colour' is not read{whole}.\n" in ran.stderr
    assert "unread" not in ran.stdout


def completed(run_cli, *words: str) -> list[str]:
    """What bash is offered for the last word."""
    asked = {"COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1), "_ENTREPOT_COMPLETE": "bash_complete"}
    ran = run_cli(env=asked)
    assert ran.stderr == ""
    return [line.split(",", 1)[1] for line in ran.stdout.splitlines() if line]


def test_a_shell_completes_measures_lists_versions_and_crossings(run_cli, blocked):
    for day in ("2026-07-23", "2026-08-04"):
        assert run_cli("lists", "load", blocked, "--as", "own-blocked", "--version", day).code == 0
    held = ["own-blocked", "own-blocked@2026-07-23", "own-blocked@2026-08-04"]
    assert completed(run_cli, "entrepot", "screen", "x.csv", "--list", "own") == held
    assert completed(run_cli, "entrepot", "rescreen", "x.csv", "--list", "cbp") == ["cbp-wro"]
    assert completed(run_cli, "entrepot", "lists", "diff", "own") == ["own-blocked"]
    assert completed(run_cli, "entrepot", "lists", "diff", "own-blocked", "2026") == ["2026-07-23", "2026-08-04"]
    assert completed(run_cli, "entrepot", "lists", "remove", "own-blocked", "2026-08") == ["2026-08-04"]
    assert completed(run_cli, "entrepot", "lists", "load", "x.csv", "--as", "ofac") == ["ofac-sdn", "ofac-nonsdn"]
    assert completed(run_cli, "entrepot", "fetch", "eu") == ["eu"]
    assert completed(run_cli, "entrepot", "brief", "uf") == ["uflpa"]
    assert completed(run_cli, "entrepot", "record", "cros") == ["crossings"]
    offered = completed(run_cli, "entrepot", "record", "observations", "--where", "place_id=khu")
    assert offered == ["place_id=khunjerab"]


def test_a_shell_that_completes_waits_for_no_store(run_cli, tmp_path):
    assert completed(run_cli, "entrepot", "lists", "--store", str(tmp_path / "none"), "remove", "") == []
    assert not (tmp_path / "none").exists()


def test_conditions_are_the_columns_of_the_table():
    where = next(p for p in record_command.params if p.name == "where")
    context = click.Context(record_command)
    context.params = {"table": "crossings"}
    assert "season=" in [c.value for c in where.type.shell_complete(context, where, "seas")]


def test_a_picture_is_what_its_name_says(tmp_path):
    from entrepot.brief.charts.picture_file import write_picture

    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10" viewBox="0 0 20 10"></svg>'
    write_picture(tmp_path / "a.PNG", svg)
    data = (tmp_path / "a.PNG").read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"  # the signature of the PNG specification, section 5.2
    assert struct.unpack(">II", data[16:24]) == (
        2 * (20 + 16),
        2 * (10 + 16),
    )  # a margin of 8 px around it, two dots a px
    write_picture(tmp_path / "a.svg", svg)
    assert (tmp_path / "a.svg").read_text(encoding="utf-8") == svg


@pytest.mark.parametrize("name", ["path.pdf", "path", "path.jpg"])
def test_a_picture_that_cannot_be_drawn_is_refused_before_the_work(run_cli, tmp_path, name):
    (tmp_path / "flows.csv").write_text(FLOWS, encoding="utf-8")
    asked = ("--measure", "none", "--from", "ARM", "--to", "RUS", "--since", "2021-01-01", "--plot", tmp_path / name)
    ran = run_cli("divert", "event-study", tmp_path / "flows.csv", *asked)
    assert (ran.code, ran.stdout) == (2, "")
    assert "expected an ending of .svg, .png" in ran.stderr


@pytest.mark.parametrize("option", ["--out", "--record"])
def test_a_pipe_or_a_device_is_not_replaced_by_a_file(run_cli, file, tmp_path, option):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    ran = run_cli("screen", file, "--list", "uflpa", "--format", "csv", option, pipe)
    assert (ran.code, ran.stdout) == (2, "")
    assert "the output is a device or a pipe" in ran.stderr
    assert pipe.is_fifo()


def test_a_link_stays_and_its_file_is_written(run_cli, file, tmp_path):
    (tmp_path / "there").mkdir()
    link, target = tmp_path / "hits.csv", tmp_path / "there" / "kept.csv"
    link.symlink_to(target)
    assert run_cli("screen", file, "--list", "uflpa", "--out", link).code == 0
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8").startswith("match_id,")
