"""A file whose name ends as another format does than the one it was written in is said to be so."""

from __future__ import annotations

from pathlib import Path

import pytest

from entrepot.core.output import as_named


@pytest.mark.parametrize(("name", "fmt"), [("x.json", "csv"), ("x.csv", "parquet"), ("x.XLSX", "json")])
def test_another_ending_is_said_with_both(name, fmt):
    said = as_named(Path(name), fmt)
    assert f"as {fmt}" in said
    assert Path(name).suffix.lower() in said


@pytest.mark.parametrize(("name", "fmt"), [("x.csv", "csv"), ("x.json", None), ("x.dat", "csv"), ("x", "json")])
def test_nothing_is_said_of_the_others(name, fmt):
    assert not as_named(Path(name), fmt)


def test_a_table_of_a_cluster_has_no_ending():
    assert not as_named("spark-table:x.json", "csv")
