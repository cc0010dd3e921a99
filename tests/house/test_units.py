"""A column says its unit in its name and holds nothing else: no weight stands in a column of dollars."""

from __future__ import annotations

import ast
import importlib.util
import sys
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "entrepot"
STEPS = sorted(PACKAGE.glob("*/steps/*.sql"))
UNITS = {"_usd": "USD", "_kg": "kg", "_mw": "MW", "_pct": "percent"}


def contracts():
    """Every contract that a module holds, as the reference page finds them."""
    spec = importlib.util.spec_from_file_location("reference", ROOT / "scripts" / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    made = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return [one for _, one in made.contracts(made.modules()).values()]


def test_a_column_that_names_its_unit_has_it():
    found = [(c.name, col.name, col.unit) for c in contracts() for col in c.columns if col.type == "number"]
    ends = [(name, end, unit) for _, name, unit in found for end in UNITS if name.endswith(end)]
    assert len(ends) > 20
    assert [e for e in ends if e[2] != UNITS[e[1]]] == []


def test_a_number_in_a_unit_that_another_column_says_has_that_column():
    for one in contracts():
        said = {col.unit for col in one.columns if col.unit in {"unit", "quantity_unit", "estimated_unit"}}
        assert said <= set(one.names), one.name


def foreign(sql: str) -> list[str]:
    """Columns of dollars that a step makes of something else, conditions aside."""
    tree = sqlglot.parse_one(sql, read="duckdb")
    found = []
    for made in tree.find_all(exp.Alias):
        if not made.alias.endswith("_usd"):
            continue
        value = made.this.copy()
        for case in list(value.find_all(exp.If)):
            case.set("this", exp.true())
        found += [f"{made.alias} of {c.name}" for c in value.find_all(exp.Column) if not c.name.endswith("_usd")]
    return found


@pytest.mark.parametrize("file", STEPS, ids=lambda f: f"{f.parent.parent.name}/{f.stem}")
def test_a_step_fills_dollars_from_dollars(file):
    assert foreign(file.read_text(encoding="utf-8")) == []


def test_a_step_that_puts_a_weight_into_dollars_is_caught():
    assert foreign("SELECT sum(CASE WHEN value_usd > 0 THEN net_kg END) AS value_usd FROM t") == ["value_usd of net_kg"]
    assert foreign("SELECT sum(CASE WHEN net_kg > 0 THEN value_usd END) AS weighed_usd FROM t") == []


def weights_as_dollars(tree: ast.AST) -> list[int]:
    """Lines on which a column of weights, capacity or amounts gets a name that ends in `_usd`."""
    lines = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        renamed = node.func.attr == "alias" and any(
            isinstance(a, ast.Constant) and str(a.value).endswith("_usd") for a in node.args
        )
        made = [node.func.value] if renamed else []
        made += [k.value for k in node.keywords if (k.arg or "").endswith("_usd")]
        names = {str(c.value) for m in made for c in ast.walk(m) if isinstance(c, ast.Constant)}
        if names & {"net_kg", "amount", "capacity_mw", "quantity", "estimated_quantity"}:
            lines.append(node.lineno)
    return lines


def test_no_module_names_a_weight_dollars():
    for file in PACKAGE.rglob("*.py"):
        assert weights_as_dollars(ast.parse(file.read_text(encoding="utf-8"))) == [], file


def test_a_module_that_names_a_weight_dollars_is_caught():
    assert weights_as_dollars(ast.parse('f.with_columns((pl.col("net_kg") / 1000).alias("value_usd"))')) == [1]
    assert weights_as_dollars(ast.parse('f.with_columns(value_usd=pl.col("net_kg"))')) == [1]
    assert weights_as_dollars(ast.parse('f.with_columns(value_usd=pl.col("value_usd") * 2)')) == []
