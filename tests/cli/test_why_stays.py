"""The column that says why a row is as it is: beside the others where it fits, else under its row; never left out."""

from __future__ import annotations

import pyarrow as pa
import pytest

from entrepot.cli.terminal import table_text

ROWS = [
    {
        "word": "cannot be judged",
        "product": "85423990",
        "hub": "KAZ",
        "high": 61_900_000.0,
        "reason": "too little power",
    },
    {"word": "no signal", "product": "85423990", "hub": "ARM", "high": 111_312_000.0, "reason": None},
]


def lines(rows, columns=(), always=()):
    return table_text(pa.Table.from_pylist(rows), columns, always).splitlines()


@pytest.fixture
def at(monkeypatch):
    return lambda wide: monkeypatch.setenv("COLUMNS", str(wide))


def test_where_it_fits_it_is_a_column(at):
    at(80)
    drawn = lines(ROWS)
    assert drawn[0].split() == ["word", "product", "hub", "high", "reason"]
    assert drawn[2].endswith("too little power")
    assert drawn[-1] == "2 rows"


def test_where_it_does_not_it_stands_under_its_row(at):
    at(56)
    assert lines(ROWS, always=("word", "product", "hub", "high")) == [
        "word               product    hub          high",
        "─" * 47,  # 16, 8, 3 and 11 characters and three gaps of three
        "cannot be judged   85423990   KAZ    61,900,000",
        "   reason: too little power",
        "no signal          85423990   ARM   111,312,000",
        "2 rows",
    ]


def test_a_long_one_is_folded_to_the_width(at):
    at(40)
    rows = [ROWS[0] | {"reason": "the leg into the hub wanders further than all its trade that was observed"}]
    below = [line for line in lines(rows, always=("word", "hub", "high")) if line.startswith("   ")]
    assert [line.strip() for line in below] == [
        "reason: the leg into the hub wanders",
        "further than all its trade that was",
        "observed",
    ]


@pytest.mark.parametrize("name", ["reason", "why", "why_not", "consistent_with"])
def test_each_such_column_stays(name, at):
    at(30)
    rows = [{"place": "Khunjerab pass", "quantity": "vehicles", "says": "2,400", name: "the pass was closed"}]
    text = "\n".join(lines(rows, always=("place", "quantity", "says")))
    assert "the pass was closed" in " ".join(text.split())
    assert f"not shown: {name}" not in text


@pytest.mark.parametrize("name", ["basis", "note", "source", "remedy", "reason_id"])
def test_other_columns_are_left_out_as_before_and_named(name, at):
    at(40)
    rows = [{"place": "Khunjerab pass", "quantity": "vehicles", "says": "2,400 a month", name: "the pass was closed"}]
    drawn = lines(rows, always=("place", "quantity", "says"))
    assert not any(line.startswith("   ") for line in drawn[3:-1])
    assert name in " ".join(drawn[-2:])


def test_rows_that_do_not_say_have_no_line(at):
    at(50)
    drawn = lines([r | {"reason": None} for r in ROWS], always=("word", "product", "hub", "high"))
    assert not [line for line in drawn if "reason:" in line]
    assert "not shown: reason" in drawn[-1]


def test_piped_a_row_is_a_line(monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setattr("entrepot.cli.terminal.is_told", lambda: False)
    assert len(lines(ROWS, always=("word", "product", "hub", "high"))) == 5


def test_a_cell_cannot_pass_for_the_place_of_such_a_line(at):
    at(56)
    rows = [ROWS[0] | {"word": "\x1f"}, ROWS[0] | {"reason": "not tested"}]
    drawn = lines(rows, always=("word", "product", "hub", "high"))
    assert [line for line in drawn if "reason:" in line] == ["   reason: too little power", "   reason: not tested"]
    assert any(line.startswith("\\x1f") for line in drawn)
