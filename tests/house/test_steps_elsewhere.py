"""The set-based part of flows and diversion could run on Spark: every step is rendered for it and read back."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp
from sqlglot.errors import ErrorLevel

PACKAGE = Path(__file__).parents[2] / "src" / "entrepot"
STEPS = sorted(f for room in ("trade", "diversion") for f in (PACKAGE / room / "steps").glob("*.sql"))
# Functions that sqlglot does not model and Spark has under the same name; see Spark's list of built-in functions.
SPARK_HAS = frozenset({"hash"})  # of 32 bits there: more keys collide, which `twice` compares by the key itself


def foreign(spark: str) -> list[str]:
    """Functions of a Spark text that sqlglot passed on without knowing them, and that Spark does not have."""
    tree = sqlglot.parse_one(spark, read="spark")
    return sorted({f.name.lower() for f in tree.find_all(exp.Anonymous)} - SPARK_HAS)


def on_spark(sql: str) -> str:
    """The step for Spark; raises where sqlglot knows no way to say it there."""
    [text] = sqlglot.transpile(sql, read="duckdb", write="spark", unsupported_level=ErrorLevel.RAISE)
    return text


def test_there_are_steps():
    assert {f.parent.parent.name for f in STEPS} == {"trade", "diversion"}


@pytest.mark.parametrize("file", STEPS, ids=lambda f: f"{f.parent.parent.name}/{f.stem}")
def test_a_step_is_rendered_for_spark_and_read_back(file):
    spark = on_spark(file.read_text(encoding="utf-8"))
    assert foreign(spark) == []
    here = sqlglot.parse_one(file.read_text(encoding="utf-8"), read="duckdb")
    there = sqlglot.parse_one(spark, read="spark")
    # What is read and added up is the same on either side.
    for kind in (exp.Table, exp.AggFunc, exp.Join, exp.CTE, exp.Window):
        assert len(list(there.find_all(kind))) == len(list(here.find_all(kind))), kind
    assert there.named_selects == here.named_selects


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT list_grade_up(x) FROM t",
        "SELECT duckdb_only(x) FROM t",
    ],
)
def test_a_step_that_only_duckdb_can_run_is_caught(sql):
    assert foreign(on_spark(sql))
