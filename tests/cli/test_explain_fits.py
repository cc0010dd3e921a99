"""`explain` fits a screen and says what it leaves out; colours only where a terminal shows them."""

import io
import json
import re
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.cli import terminal
from entrepot.core.contract import tells_doubt
from entrepot.desk.explain import explain
from entrepot.record.embedded import load
from entrepot.record.look_up import explanations
from entrepot.sources.explanation import Explanation, text
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


def test_what_is_left_out_is_counted_and_the_option_that_shows_it_named(tmp_path):
    (found,) = explanations("O0001", tmp_path)
    lines = in_short(many(found), 100).splitlines()
    assert len(lines) <= SCREEN
    for what, shown in (("rows", 84), ("sources", 20), ("lines of evidence", 50)):
        (left,) = [int(m[1]) for line in lines if (m := re.fullmatch(rf"  and (\d+) more {what}: {ALL}", line))]
        listed = {"rows": "  observations/", "sources": "    http", "lines of evidence": "line"}[what]
        assert left + sum(line.startswith(listed) for line in lines) == shown


def test_of_a_row_the_period_and_the_figure_stand_before_what_is_cut(record):
    from dataclasses import replace

    from entrepot.vocabulary.countries import name_of

    (found,) = explanations("O0001", Path("nowhere"))
    flows = [r for r in record.tables["flows"].to_pylist() if r["partner_iso3"] == "LAO"][:3]
    rested = replace(found, says={"value": 3}, rows=tuple(("flows", r) for r in flows))
    lines = [line for line in in_short(rested, 80, name_of).splitlines() if line.startswith("  flows/")]
    assert len(lines) == len(flows)
    for line, row in zip(lines, flows, strict=True):
        assert len(line) <= 80
        assert f"{row['period']}; USD {row['value_usd']}" in line
        assert "Laos" in line or line.endswith("…")
    assert any("Laos" in line for line in in_short(rested, 140, name_of).splitlines())


def test_all_is_the_whole_text(run_cli, tmp_path):
    (found,) = explanations("O0001", tmp_path)
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


@pytest.mark.parametrize("columns", ["60", "80", "100"])
def test_what_is_alleged_says_so_however_narrow_the_screen_is(run_cli, columns):
    shown = run_cli("record", "firms", "--where", "firm=Volkswagen", env={"COLUMNS": columns}).stdout
    assert "status" in shown.splitlines()[0]
    for row_id in ("F004", "F006", "F094"):
        (line,) = [line for line in shown.splitlines() if line.startswith(row_id)]
        assert "alleged" in line
    assert max(map(len, shown.splitlines())) <= int(columns)


@pytest.mark.parametrize("columns", ["80", "100", "120", "160"])
@pytest.mark.parametrize("place", ["khunjerab", "khorgos", "irkeshtam"])
def test_a_figure_of_the_record_has_its_unit_and_period_however_narrow_the_screen_is(run_cli, columns, place):
    shown = run_cli("record", "observations", "--where", f"place_id={place}", env={"COLUMNS": columns}).stdout
    above, rows = shown[: shown.index("─")], shown[shown.index("─") :]
    assert all(word in above for word in ("id", "metric", "value", "unit", "period"))
    held = load().tables["observations"].to_pylist()
    for row in (r for r in held if r["place_id"] == place and r["value_norm"] and r["period_end"]):
        (line,) = [line for line in rows.splitlines() if line.startswith(row["id"])]
        assert f"{row['value_norm']:,.6f}".rstrip("0").rstrip(".") in line, "a number is not folded"
        assert row["period_end"] in line, "a day is not folded"
    assert max(map(len, shown.splitlines())) <= int(columns)


@pytest.mark.parametrize("columns", ["80", "100", "120"])
@pytest.mark.parametrize("demo", ["russia-2022", "uflpa-apparel"])
def test_a_scan_shows_its_unit_and_the_q_to_judge_by(run_cli, columns, demo):
    shown = run_cli("divert", "--demo", demo, env={"COLUMNS": columns}).stdout
    above = shown[: shown.index("─")]
    assert all(word in above.split() for word in ("word", "hub", "q", "high", "unit")), above
    assert "In every row: word no signal" not in above, "the rows that are cut off have another word"
    assert max(map(len, shown.splitlines())) <= int(columns)


def _doubtful(contract):
    return [(c.name, word) for c in contract.columns for word in c.allowed if tells_doubt(c.name, [word])]


TABLES = [pytest.param(c, id=c.name) for c in load().contracts.values() if _doubtful(c)]


@pytest.mark.parametrize("contract", TABLES)
def test_no_table_of_the_record_leaves_out_a_column_that_tells_doubt(contract, monkeypatch):
    """Wide texts in all other columns, and none of them asked for: what the row says of itself stands."""
    monkeypatch.setenv("COLUMNS", "80")
    for name, word in _doubtful(contract):
        row = {c.name: "wide " * 20 if c.type == "text" else None for c in contract.columns}
        data = pa.Table.from_pylist([row | {name: word}])
        assert word in terminal.table_text(data, contract.names[:1])


def test_what_stands_below_a_table_is_read_at_eighty_columns_where_none_says_how_wide(monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setattr("sys.stdout", io.StringIO())
    shown = terminal.table_text(pa.table({f"column_{n}": pa.array([], pa.string()) for n in range(30)}), ["column_0"])
    below = shown[shown.index("0 rows") :].splitlines()
    assert len(below) > 1
    assert max(map(len, below)) <= 80


@given(st.lists(st.lists(st.text("abc de,", max_size=300), min_size=3, max_size=3), min_size=1, max_size=6))
def test_piped_a_row_is_a_line_with_every_value_whole(rows):
    data = pa.Table.from_pylist([dict(zip("xyz", row, strict=True)) for row in rows])
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("COLUMNS", raising=False)
        patch.setattr("sys.stdout", io.StringIO())
        lines = terminal.table_text(data).splitlines()
    assert "not shown" not in lines[-1]
    for row, line in zip(rows, lines[2:], strict=False):
        assert "".join(line.split()) == "".join("".join(row).split())


def test_piped_output_follows_columns_where_they_are_set(run_cli):
    wide, narrow = (run_cli("measures", env={"COLUMNS": columns}).stdout.splitlines() for columns in ("200", "80"))
    assert max(map(len, narrow)) <= 80
    assert 80 < max(map(len, wide)) <= 200


def test_a_store_without_versions_says_so(run_cli):
    ran = run_cli("record", "versions")
    assert (ran.code, ran.stdout) == (0, "")
    assert "only the record that ships is there" in ran.stderr


def test_one_row_keeps_its_columns(run_cli):
    shown = run_cli("record", "observations", "--where", "id=O0001", env={"COLUMNS": "140"}).stdout
    assert "In every row" not in shown
    assert "Khunjerab" in shown


# m-cc3bf6931e dates the listing of a firm: the history of a listing is of a party.
def test_a_row_about_a_party_names_it(run_cli):
    said = run_cli("explain", "m-cc3bf6931e").stdout
    assert "uflpa-baoding-lyszd-trade-and-business-co-ltd" in said
    assert "Rows (1)" in said
    assert "Baoding LYSZD Trade and Business Co., Ltd." in said


def test_a_row_of_a_party_itself_has_no_row_beside_it(run_cli):
    assert "Rows (" not in run_cli("explain", "uflpa-baoding-lyszd-trade-and-business-co-ltd").stdout
    assert "Rows (" not in run_cli("explain", "O0001").stdout


def test_rows_beneath_are_named_by_their_own_key_and_figures_have_units(run_cli):
    steps = json.loads(run_cli("clock", "2024-11-25", "--format", "json").stdout)
    (notice,) = [s["clock_id"] for s in steps if s["step"] == "Notice of detention"]
    said = run_cli("explain", notice).stdout
    assert "clock_steps/notice;" in said
    assert "requirements/us.uflpa.clock" in said
    assert "30 days" in said
    assert "30.0" not in said


def test_a_row_of_ones_own_file_says_which_it_is_and_what_it_says():
    link = {"file_id": "supply-1", "row": 2, "supplier": "Sample Gin", "buyer": "Example Mill", "quantity": 40.0,
            "unit": "t", "date": "2025-01-10", "document": "INV-1", "material": "lint"}  # fmt: skip
    said = {"file_id": "supply-2", "row": 7, "document": "B-11", "said": "Example Mill used 40 t of lint"}
    rows = (("exposure_links", link), ("dossier_rows", said))
    text = in_short(Explanation("exposure-1", "exposures", {"product": "yarn"}, "A rule.", rows, ()), 120)
    assert "exposure_links/supply-1 row 2; 2025-01-10; 40 t; INV-1; Sample Gin; Example Mill" in text
    assert "dossier_rows/supply-2 row 7; B-11; Example Mill used 40 t of lint" in text
