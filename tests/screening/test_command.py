"""The command from end to end."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

ROWS = "supplier,address,country\nXinjiang Zhong tai Chemical,Urumqi,CN\n=1+1 Hefei Meiling,Hefei,CN\nAcme,London,GB\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "suppliers.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def test_a_table_and_a_summary_with_what_it_does_not_mean(run_cli, file):
    ran = run_cli("screen", file, "--as-of", "2026-11-25")
    assert ran.code == 0, ran.stderr
    assert "3 parties" in ran.stderr
    assert "holds 187 of 187" in ran.stderr
    assert "No match is not 'not listed'" in ran.stderr


def test_matches_fail_the_run_only_when_asked(run_cli, file, tmp_path):
    assert run_cli("screen", file, "--fail-on-match").code == 3
    clean = tmp_path / "clean.csv"
    clean.write_text("supplier\nNobody At All GmbH\n", encoding="utf-8")
    assert run_cli("screen", clean, "--fail-on-match").code == 0


def test_json_and_csv_carry_every_column_and_no_formula(run_cli, file):
    rows = json.loads(run_cli("screen", file, "--format", "json", "--list", "uflpa", "--as-of", "2026-11-25").stdout)
    assert {r["entity_id"] for r in rows if r["row"] == 2 and r["kind"] == "listing"} >= {
        "uflpa-xinjiang-zhongtai-chemical-co-ltd"
    }
    table = list(csv.DictReader(io.StringIO(run_cli("screen", file, "--format", "csv", "--min-score", "0").stdout)))
    assert any(r["party"].startswith("'=1+1") for r in table)


def test_the_record_is_written_beside_the_table(run_cli, file, tmp_path):
    page, out = tmp_path / "record.html", tmp_path / "hits.csv"
    ran = run_cli("screen", file, "--record", page, "--operator", "Desk 7", "--out", out)
    assert ran.code == 0, ran.stderr
    assert "Desk 7" in page.read_text(encoding="utf-8")
    assert out.read_text(encoding="utf-8").startswith("match_id,")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--list", "uflpaa"], "did you mean uflpa"),
        (["--name-column", "suplier"], "did you mean supplier"),
        (["--as-of", "yesterday"], "not a date"),
        (["--min-score", "80"], "0 to 1"),
        (["--out", "hits.doc"], "cannot tell the format"),
    ],
)
def test_bad_input_is_one_message_and_nothing_is_written(run_cli, file, tmp_path, arguments, said):
    ran = run_cli("screen", file, "--record", tmp_path / "r.html", *arguments, cwd=tmp_path)
    assert ran.code == 2
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == ["suppliers.csv"]


def test_a_wrongly_quoted_file_names_line_and_column(run_cli, tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text('supplier,country\nA,B\n"Acme"x,US\n', encoding="utf-8")
    ran = run_cli("screen", path)
    assert ran.code == 2
    assert "line 3, column 7" in ran.stderr


@pytest.fixture
def long(tmp_path):
    path = tmp_path / "long.csv"
    lines = (f"Acme Trading {i} Company,Berlin {i}\n" for i in range(40_000))
    path.write_text("supplier,address\n" + "".join(lines), encoding="utf-8")
    return path


def begun(long, tmp_path):
    """A screening by two workers, in a process group of its own, as a terminal starts it."""
    arguments = ("-m", "entrepot", "screen", long, "--out", tmp_path / "hits.csv", "--workers", "2")
    env = os.environ | {"ENTREPOT_STORE": str(tmp_path / "store")}
    return subprocess.Popen(
        [sys.executable, *map(str, arguments)], env=env, stderr=subprocess.PIPE, start_new_session=True
    )


def of_group(number):
    """The processes of a group, read from /proc: the fields after the name are state, parent, group."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = path.read_text().rsplit(")", 1)[1].split()
            found += [path] if int(fields[2]) == number and fields[0] != "Z" else []
    return found


def until(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are read from /proc")
@pytest.mark.parametrize("wait", [0.0, 0.1, 0.4])
def test_an_interrupt_while_the_workers_start_is_one_sentence_that_names_resume(long, tmp_path, wait):
    run = begun(long, tmp_path)
    until((tmp_path / ".hits.csv.parts" / "manifest.json").exists)
    time.sleep(wait)
    os.killpg(run.pid, signal.SIGINT)
    _, said = run.communicate(timeout=60)
    assert run.returncode == 130
    expected = "entrepot: stopped; no file is left half written. To take it up, run the same command with --resume."
    assert said.decode().strip() == expected
    until(lambda: of_group(run.pid) == [], 5)  # the tracker of workers ends when it finds its pipe closed


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are read from /proc")
def test_workers_end_when_their_parent_is_killed(long, tmp_path):
    run = begun(long, tmp_path)
    until(lambda: any((tmp_path / ".hits.csv.parts").glob("part-*")))
    assert len(of_group(run.pid)) > 2
    run.kill()
    run.communicate()
    until(lambda: of_group(run.pid) == [], 20)


def test_a_day_that_has_not_come_is_said(run_cli, file, tmp_path):
    assert "2199-01-01 has not come" in run_cli("screen", file, "--as-of", "2199-01-01").stderr
    assert "has not come" not in run_cli("screen", file).stderr
    (tmp_path / "own.csv").write_text("name\nAcme\n")
    done = run_cli("lists", "load", tmp_path / "own.csv", "--as", "own-x", "--version", "2199-01-01")
    assert "2199-01-01 has not come: no screening before that day" in done.stderr


@pytest.mark.parametrize("columns", ["60", "100", "160"])
def test_the_terminal_shows_who_met_what_and_where_however_narrow_it_is(run_cli, tmp_path, columns):
    path = tmp_path / "p.csv"
    path.write_text("supplier,address\nXinjiang\u00a0Zhongtai Chemical Co Ltd,Urumqi\n", encoding="utf-8")
    shown = run_cli("screen", path, "--list", "uflpa", env={"COLUMNS": columns}).stdout
    head, *rows = shown.splitlines()
    if columns == "160":
        assert set(head.split()) >= {"row", "party", "score", "list", "why"}
        assert "listed na" in head
    else:  # a block a case, and nothing cut
        assert "\u2026" not in shown
        assert max(map(len, shown.splitlines())) <= int(columns)
        assert all(w in shown for w in ("uflpa", "row 2", "Xinjiang Zhongtai Chemical Co Ltd", "case-", "“zhongtai”"))
    assert "\\xa0" not in shown
    assert any("Urum" in r for r in rows)
    assert sum(r.startswith(("0.9", "certain")) for r in (head, *rows)) == 2, "one line or block a case"
    assert all(len(r) <= int(columns) for r in [head, *rows])


def test_a_day_of_detention_that_changes_nothing_is_said(run_cli):
    late = run_cli("clock", "2024-11-25", "--detained", "2025-03-01")
    assert "--detained 2025-03-01 changes nothing" in late.stderr
    assert late.stdout == run_cli("clock", "2024-11-25").stdout
    counts = run_cli("clock", "2024-11-25", "--detained", "2024-11-26")
    assert "changes nothing" not in counts.stderr
    assert counts.stdout != late.stdout


def test_an_undated_listing_says_so_in_the_record(run_cli, tmp_path):
    (tmp_path / "own-2026-01-01.csv").write_text("name\nAcme Trading Ltd\n", encoding="utf-8")
    (tmp_path / "p.csv").write_text("supplier\nAcme Trading Ltd\n", encoding="utf-8")
    assert run_cli("lists", "load", tmp_path / "own-2026-01-01.csv", "--as", "own-x").code == 0
    ran = run_cli("screen", tmp_path / "p.csv", "--list", "own-x", "--record", tmp_path / "record.html")
    assert ran.code == 0, ran.stderr
    page = (tmp_path / "record.html").read_text(encoding="utf-8")
    assert "from a day that the list does not give" in page
    assert "None" not in page


def test_taking_up_nothing_is_said(run_cli, file, tmp_path):
    ran = run_cli("screen", file, "--list", "uflpa", "--out", tmp_path / "hits.csv", "--resume")
    assert ran.code == 0, ran.stderr
    assert f"There is no unfinished run of {tmp_path / 'hits.csv'}: everything is screened." in ran.stderr


def test_a_cell_that_is_searched_in_part_is_said(run_cli, tmp_path):
    path = tmp_path / "p.csv"
    path.write_text(f"supplier\n{'Remark; ' * 200}Hetian Taida Apparel\nAcme\n", encoding="utf-8")
    ran = run_cli("screen", path, "--list", "uflpa")
    assert "1 row has a party cell of more than 1,000 characters" in ran.stderr
    path.write_text("supplier\nHetian Taida Apparel\n", encoding="utf-8")
    assert "more than" not in run_cli("screen", path, "--list", "uflpa").stderr


def test_runs_for_two_outputs_of_a_long_name_keep_their_parts_apart(tmp_path):
    from entrepot.screening.runs.run import parts_folder

    name = "suppliers of all branches, screened in the third quarter"
    one, other = (parts_folder(tmp_path / f"{name}, {c}.csv") for c in ("France", "Germany"))
    assert one != other
    assert len(parts_folder(tmp_path / ("名" * 80 + ".csv")).name.encode()) <= 255
