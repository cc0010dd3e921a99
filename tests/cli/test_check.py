"""`entrepot check` and what it leaves in the store, as a person runs them."""

from __future__ import annotations

import json
import os
import re
import select
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from entrepot.record import own_rows

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


def own_record(run_cli) -> list[str]:
    """The ids of one's own record."""
    return [
        line.split(",")[0] for line in run_cli("record", "own_observations", "--format", "csv").stdout.splitlines()[1:]
    ]


def test_add_twice_and_take_back(checked, run_cli):
    first = checked("--add", "--yes")
    assert first.code == 0, first.stderr
    listed = own_record(run_cli)
    assert listed
    assert "0 of" in checked("--yes").stderr
    assert own_record(run_cli) == listed
    assert run_cli("record", "remove", listed[0]).code == 0
    assert listed[0] not in own_record(run_cli)
    assert run_cli("record", "remove", listed[0]).code == 2


def test_without_a_terminal_rows_are_offered_and_none_is_added(checked, run_cli):
    ran = checked("--add")
    assert ran.code == 0, ran.stderr
    assert "none was added" in ran.stderr
    offered = re.findall(r"u-[0-9a-f]{12}", ran.stderr)
    assert offered
    assert own_record(run_cli) == []
    taken = checked("--add-rows", offered[0])
    assert taken.code == 0, taken.stderr
    assert own_record(run_cli) == [offered[0]]


def test_a_row_that_was_confirmed_judges_a_later_report_as_ones_own(run_cli, tmp_path):
    first, later = tmp_path / "first.txt", tmp_path / "later.txt"
    first.write_text("Takeshiken passed 512 tonnes in 2020.\n")
    later.write_text("Of cargo Takeshiken passed 512 tonnes in 2020, customs said.\n")
    offered = re.findall(r"u-[0-9a-f]{12}", run_cli("check", first, *DAY, "--add").stderr)
    taken = run_cli("check", first, *DAY, "--add-rows", offered[0])
    assert "confirmed one by one will judge later reports" in taken.stderr
    ran = run_cli("check", later, *DAY, "--format", "json")
    (row,) = (r for r in json.loads(ran.stdout) if r["quantity"] != "period")
    assert row["against"] == offered
    assert "your own row" in run_cli("explain", row["claim_id"]).stdout
    again = run_cli("check", first, *DAY, "--format", "json")
    assert {r["verdict"] for r in json.loads(again.stdout)} == {"no_record"}


def test_rows_taken_all_at_once_judge_nothing(run_cli, tmp_path):
    first, later = tmp_path / "first.txt", tmp_path / "later.txt"
    first.write_text("Takeshiken passed 512 tonnes in 2020.\n")
    later.write_text("Of cargo Takeshiken passed 512 tonnes in 2020, customs said.\n")
    assert "none judges a report" in run_cli("check", first, *DAY, "--yes").stderr
    assert {r["verdict"] for r in json.loads(run_cli("check", later, *DAY, "--format", "json").stdout)} == {"no_record"}


def test_an_id_that_is_not_offered_adds_nothing(checked, run_cli):
    offered = re.findall(r"u-[0-9a-f]{12}", checked("--add").stderr)
    ran = checked("--add-rows", f"{offered[0]},u-000000000000")
    assert ran.code == 2
    assert "u-000000000000" in ran.stderr
    assert own_record(run_cli) == []


THREE = "".join(f"Takeshiken passed {n}12 tonnes in {year}. " for n, year in ((5, 2020), (6, 2021), (7, 2022)))


@pytest.fixture
def on_a_terminal(tmp_path, isolated):
    """Check three figures that are on no record, answers typed: the exit code, what was asked, rows."""
    pty = pytest.importorskip("pty", reason="a terminal of POSIX")
    report = tmp_path / "three.txt"
    report.write_text(THREE, encoding="utf-8")

    def run(typed: str) -> tuple[int, str, list[float]]:
        ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "entrepot", "check", str(report), "--published", "2024-12-05"]
        command += ["--add", "--store", str(tmp_path / "store")]
        ran = subprocess.Popen(command, stdin=theirs, stderr=theirs, stdout=subprocess.PIPE, env=isolated(tmp_path))
        os.close(theirs)
        os.write(ours, typed.encode())
        asked = b""
        with suppress(OSError):  # the terminal is closed at the other end
            while part := os.read(ours, 65_536):
                asked += part
        ran.communicate(timeout=60)
        os.close(ours)
        rows = own_rows.rows(tmp_path / "store").to_pylist()
        return ran.returncode, asked.decode("utf-8", "replace"), sorted(r["value"] for r in rows)

    return run


@pytest.mark.parametrize(
    ("typed", "added"),
    [("y\nn\ny\n", [512, 712]), ("n\na\n", [612, 712]), ("y\nq\n", [512]), ("q\n", []), ("what\nn\nn\nyes\n", [712])],
)
def test_on_a_terminal_each_row_is_asked_for(on_a_terminal, typed, added):
    code, asked, rows = on_a_terminal(typed)
    assert code == 0, asked
    assert "Takeshiken passed 512 tonnes in 2020." in asked
    assert "cargo 512 tonnes, 2020" in asked
    assert rows == added


def test_an_end_of_the_answers_adds_nothing(on_a_terminal):
    code, _, rows = on_a_terminal("y\n\x04")
    assert code != 0
    assert rows == []


LOOKS = 90  # at what is said, a second each where nothing is


@pytest.mark.skipif(shutil.which("setsid") is None, reason="needs setsid, for a terminal of the command's own")
def test_ctrl_c_ends_a_question_without_enter(tmp_path, isolated):
    pty = pytest.importorskip("pty", reason="a terminal of POSIX")
    report = tmp_path / "three.txt"
    report.write_text(THREE, encoding="utf-8")
    ours, theirs = pty.openpty()
    command = ["setsid", "--ctty", sys.executable, "-m", "entrepot", "check", str(report), "--published", "2024-12-05"]
    command += ["--add", "--store", str(tmp_path / "store")]
    ran = subprocess.Popen(command, stdin=theirs, stderr=theirs, stdout=subprocess.PIPE, env=isolated(tmp_path))
    os.close(theirs)
    said = b""
    with suppress(OSError):
        for _ in range(LOOKS):
            if select.select([ours], [], [], 1)[0]:
                if not (part := os.read(ours, 65_536)):
                    break
                said += part
            elif b"[q]uit: " in said:  # it waits; a key between question and wait may be missed, and is pressed again
                os.write(ours, b"\x03")
    try:
        ran.communicate(timeout=20)
    finally:
        ran.kill()  # where it still waits for Enter
    os.close(ours)
    assert (ran.returncode, b"stopped" in said) == (130, True), said
    assert own_rows.rows(tmp_path / "store").num_rows == 0


def test_a_verdict_can_be_explained_by_its_rows(run_cli):
    assert run_cli("explain", "O0010").code == 0


def test_a_claim_and_a_row_of_ones_own_can_be_explained(checked, run_cli):
    rows = json.loads(checked("--add", "--yes", "--format", "json").stdout)
    agreeing = next(r for r in rows if r["verdict"] == "agrees")
    told = run_cli("explain", agreeing["claim_id"])
    assert told.code == 0, told.stderr
    assert "agrees" in told.stdout
    assert agreeing["against"][0] in told.stdout
    own = run_cli("record", "own_observations", "--format", "csv").stdout.splitlines()[1].split(",")[0]
    assert "nobody confirmed by itself" in run_cli("explain", own).stdout
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


def test_a_long_table_names_under_it_what_to_look_at(run_cli, tmp_path):
    wrong = "Cargo at Khunjerab reached 55,600 tonnes from January to November 2019.\n\n"
    calm = "".join(f"Some {n} lorries waited at the gate.\n\n" for n in range(201, 215))
    (tmp_path / "long.txt").write_text(wrong + calm)
    ran = run_cli("check", tmp_path / "long.txt", *DAY)
    (named,) = [line for line in ran.stderr.splitlines() if "Khunjerab reached “55,600 tonnes” from" in line]
    assert named.partition(":")[0] in {"contradicts", "differs, look"}
    assert "Khunjerab reached “" not in run_cli("check", tmp_path / "long.txt", *DAY, "--format", "json").stderr


def test_reports_are_checked_one_at_a_time(run_cli, tmp_path):
    ran = run_cli("check", REPORT, REPORT)
    assert ran.code == 2
    assert "one report at a time" in ran.stderr
    assert "one by one" in run_cli("check", tmp_path).stderr


def test_standard_input(run_cli):
    ran = run_cli("check", "-", *DAY, "--format", "json", stdin=REPORT.read_text())
    assert ran.code == 0, ran.stderr
    assert {r["verdict"] for r in json.loads(ran.stdout)} >= {"agrees", "contradicts"}


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
    assert [r["value"] for r in json.loads(ran.stdout) if r["quantity"] != "period"] == [11000]
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
