"""`explain` fits a screen and says what it leaves out; colours only where a terminal shows them."""

import io
import json
import re

import pytest

from entrepot.cli import terminal
from entrepot.desk.explain import explain
from entrepot.record.look_up import explanations
from entrepot.sources.explanation import text
from entrepot.sources.short_explanation import ALL, in_short

SCREEN = 40  # lines of a terminal


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize("width", [80, 100, 140])
@pytest.mark.parametrize("row_id", ["O0001", "E079", "F007", "s-0d9ce065", "uflpa-changji-esquel-textile-co-ltd"])
def test_a_row_of_the_record_fits_a_screen(row_id, width):
    for found in explain(row_id):
        lines = in_short(found, width).splitlines()
        assert len(lines) <= SCREEN
        assert all(len(line) <= width or "http" in line or " " not in line.strip() for line in lines)


def many(found, rows=84):
    """The explanation as if it rested on more rows and sources."""
    from dataclasses import replace

    return replace(found, says={"value": 3}, rows=found.rows * rows, sources=found.sources * 20, told=("line",) * 50)


def test_what_is_left_out_is_counted_and_the_option_that_shows_it_named():
    (found,) = explanations("O0001", None)
    lines = in_short(many(found), 100).splitlines()
    assert len(lines) <= SCREEN
    for what, shown in (("rows", 84), ("sources", 20), ("lines of evidence", 50)):
        (left,) = [int(m[1]) for line in lines if (m := re.fullmatch(rf"  and (\d+) more {what}: {ALL}", line))]
        listed = {"rows": "  observations/", "sources": "    http", "lines of evidence": "line"}[what]
        assert left + sum(line.startswith(listed) for line in lines) == shown


def test_all_is_the_whole_text(run_cli):
    (found,) = explanations("O0001", None)
    assert run_cli("explain", "O0001", "--all").stdout == text(found)
    assert json.loads(run_cli("explain", "O0001", "--format", "json").stdout)[0]["id"] == "O0001"


@pytest.mark.parametrize(
    ("stream", "environment", "shown"),
    [
        (Terminal, {}, True),
        (Terminal, {"NO_COLOR": "1"}, False),
        (Terminal, {"TERM": "dumb"}, False),
        (io.StringIO, {}, False),
    ],
    ids=["terminal", "NO_COLOR", "dumb", "pipe"],
)
def test_colours_stand_where_a_terminal_shows_them(monkeypatch, stream, environment, shown):
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stdout", stream())
    said = "Rule\n  as printed\n    https://example.org/a\n"
    styled = terminal.coloured(said)
    assert ("\x1b[" in styled) == shown
    assert re.sub(r"\x1b\[\d+m", "", styled) == said


def test_what_every_row_says_takes_no_column(run_cli):
    shown = run_cli("record", "observations", "--where", "place_id=khunjerab", env={"COLUMNS": "140"}).stdout
    first, heads = shown.splitlines()[:2]
    assert first.startswith("In every row: place Khunjerab")
    assert "bound" in heads
    assert "period start" in heads
    assert not re.search(r"\bplace\b", heads)


def test_one_row_keeps_its_columns(run_cli):
    shown = run_cli("record", "observations", "--where", "id=O0001", env={"COLUMNS": "140"}).stdout
    assert "In every row" not in shown
    assert "Khunjerab" in shown
