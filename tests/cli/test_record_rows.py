"""`entrepot record add`, `remove` and `refresh` as a person types them: shown, asked, written, and the exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from entrepot.record.embedded import load
from entrepot.sources import record_versions

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "own_rows.csv"


def test_without_a_table_the_tables_are_listed(run_cli):
    ran = run_cli("record")
    assert (ran.code, ran.stderr) == (0, "")
    assert "observations" in ran.stdout


def test_rows_are_added_and_taken_back(run_cli):
    ran = run_cli("record", "add", str(EXAMPLE), "--format", "csv")
    assert ran.code == 0, ran.stderr
    ids = [line.split(",")[0] for line in ran.stdout.splitlines()[1:]]
    assert len(ids) == 2
    assert "New in your own record: 2 of 2 rows." in ran.stderr
    assert run_cli("record", "remove", *ids).code == 0
    assert run_cli("record", "own_observations", "--format", "csv").stdout.count("\n") == 1


def test_a_fault_is_told_with_its_place_and_nothing_is_kept(run_cli):
    ran = run_cli("record", "add", "place=khunjerab", "metric=cargo", "value=5", "period=2026-Q3", "publisher=Example")
    assert ran.code == 2
    assert "the row, unit: is empty, where the value is 5; expected tonnes" in ran.stderr
    assert run_cli("record", "own_observations", "--format", "csv").stdout.count("\n") == 1


def test_of_several_faults_each_has_its_line(run_cli, tmp_path):
    path = tmp_path / "rows.csv"
    lines = ["khunjerap,cargo,5,tonnes,2025,Ex", "khunjerab,cargo,-7,tonnes,2025,Ex", "khunjerab,cargo,,tonnes,2025,Ex"]
    path.write_text("\n".join(["place,metric,value,unit,period,publisher", *lines]), encoding="utf-8")
    ran = run_cli("record", "add", path)
    assert ran.code == 2
    head, *told, remedy = ran.stderr.splitlines()
    assert head.endswith("3 faults, nothing is written.")
    assert [line.split(":")[0] for line in told] == ["  line 2, place", "  line 3, value", "  line 4, value"]
    assert remedy == "Correct them and add the file again."


@pytest.fixture
def page(tmp_path):
    """A page with all parties of the record but one."""
    listed = [r for r in load().tables["listings"].to_pylist() if r["list_id"] == "uflpa"]
    lines = "".join(f"<tr><td>{r['name']}</td><td>June 21, 2022</td></tr>" for r in listed[:-1])
    head = "<p>Section 2(d)(2)(B)(v)</p><table><tr><th>Name of Entity</th><th>Effective Date</th></tr>"
    path = tmp_path / "uflpa-entity-list.html"
    path.write_text(f"<html><body>{head}{lines}</table></body></html>", encoding="utf-8")
    return path


def test_without_a_terminal_a_refresh_shows_and_writes_nothing(run_cli, page):
    ran = run_cli("record", "refresh", "dhs-uflpa", "--from", str(page), "--format", "csv")
    assert ran.code == 0, ran.stderr
    assert ",gone," in ran.stdout
    assert "Nothing is written. --yes writes it." in ran.stderr
    assert run_cli("record", "versions", "--format", "csv").stdout.count("\n") == 1


@pytest.mark.parametrize(("typed", "versions"), [("y\n", 1), ("n\n", 0), ("\x04", 0)])
def test_on_a_terminal_a_refresh_asks(tmp_path, isolated, page, typed, versions):
    pty = pytest.importorskip("pty", reason="a terminal of POSIX")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "entrepot", "record", "refresh", "dhs-uflpa", "--from", str(page)]
    command += ["--store", str(tmp_path / "store")]
    ran = subprocess.Popen(command, stdin=theirs, stderr=theirs, stdout=subprocess.PIPE, env=isolated(tmp_path))
    os.close(theirs)
    os.write(ours, typed.encode())
    asked = b""
    with suppress(OSError):  # the terminal is closed at the other end
        while part := os.read(ours, 65_536):
            asked += part
    shown, _ = ran.communicate(timeout=60)
    os.close(ours)
    assert b"Write this version of the record?" in asked
    assert "gone" in shown.decode()
    assert len(record_versions.versions(tmp_path / "store")) == versions
