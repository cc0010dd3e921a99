"""Every data file of the package: a CSV stands under one contract and names a source a row, all others name one."""

from __future__ import annotations

import ast
import csv
import gzip
import io
import json
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import reference
from entrepot.core.tables.packaged import checked_table, packaged_rows
from entrepot.record.embedded import load
from entrepot.sources.contract import SOURCE_ID
from entrepot.sources.tables import read_table

PACKAGE = Path(__file__).parents[2] / "src" / "entrepot"
FILES = sorted(p for p in PACKAGE.rglob("*") if p.is_file() and "data" in p.parent.relative_to(PACKAGE).parts)
TABLES = [p for p in FILES if p.name.endswith((".csv", ".csv.gz"))]
OTHERS = [p for p in FILES if p not in TABLES]
ORIGINS = ("source", "source_id")
# Readers of CSV: of packaged tables, of users' files, and of the list of codes that lies beside BACI's files.
READERS = ("core/tables/packaged.py", "intake/", "trade/formats/baci.py")


def named(file: Path) -> str:
    return str(file.relative_to(PACKAGE))


@cache
def tables() -> dict[str, list[Any]]:
    """File -> the packaged tables that stand on it."""
    found: dict[str, list[Any]] = {}
    for one in reference.packaged(reference.modules()):
        folder = Path(*one.package.split(".")[1:])
        found.setdefault(str(folder / "data" / one.file), []).append(one)
    return found


def test_there_are_files_of_every_kind():
    assert {"".join(p.suffixes) for p in FILES} == {
        ".csv",
        ".csv.gz",
        ".json",
        ".json.gz",
        ".toml",
        ".geojson",
        ".geojson.gz",
    }


def test_every_table_lies_where_it_says():
    assert sorted(tables()) == sorted(map(named, TABLES))


@pytest.mark.parametrize("file", TABLES, ids=named)
def test_a_table_keeps_its_contract_and_every_row_has_a_source(file):
    (one,) = tables()[named(file)]
    rows = packaged_rows(one)
    assert rows
    table = checked_table(one.contract, rows)
    (origin,) = [c for c in one.contract.columns if c.name in ORIGINS]
    assert origin.type == "text"
    assert not origin.absent
    assert all(text.strip() == text != "" for text in table.column(origin.name).to_pylist())


@pytest.mark.parametrize("file", TABLES, ids=named)
def test_what_looks_like_a_source_of_the_register_stands_there(file):
    register = set(load().tables["sources"].column("source_id").to_pylist())
    (one,) = tables()[named(file)]
    cells = {row[name] for row in packaged_rows(one) for name in ORIGINS if name in row}
    assert {c for c in cells if re.match(SOURCE_ID.pattern, c)} <= register


@pytest.mark.parametrize("file", OTHERS, ids=named)
def test_a_file_that_is_no_table_names_its_source(file):
    data = file.read_bytes()
    text = (gzip.decompress(data) if file.suffix == ".gz" else data).decode("utf-8")
    said = tomllib.loads(text) if file.suffix == ".toml" else json.loads(text)
    # One source for all, or one for each of its parts: the recodes say it themselves.
    parts = next((v for v in said.values() if isinstance(v, list)), []) if "source" not in said else [said]
    assert parts
    assert all(part["source"] for part in parts)


def test_a_record_table_reads_alike_by_both_readers():
    for found in tables().values():
        for one in found:
            if hasattr(one, "build"):
                assert checked_table(one.contract, packaged_rows(one)).equals(read_table(one)), one.file


def test_a_count_has_the_source_of_its_event_and_a_rule_read_that_of_the_rule():
    record, claims = load().tables, PACKAGE / "claims" / "data"
    for file, key, table in (
        ("counts", "event_id", "events"),
        ("rules", "rule_id", "rules"),
        ("seasons", "rule_id", "rules"),
    ):
        sources = {row["id"]: row["source_id"] for row in record[table].to_pylist()}
        rows = list(csv.DictReader(io.StringIO((claims / f"{file}.csv").read_text(encoding="utf-8"), newline="")))
        assert rows
        assert [r["source_id"] for r in rows] == [sources[r[key]] for r in rows]


def readings(file: Path) -> Iterator[str]:
    """Where a module reads CSV by the standard library."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    names = {
        a.asname or a.name
        for n in ast.walk(tree)
        if isinstance(n, ast.ImportFrom) and n.module == "csv"
        for a in n.names
    }
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id="csv"), attr="DictReader" | "reader"):
                yield f"{named(file)}:{node.lineno}"
            case ast.Call(func=ast.Name(id=name)) if name in names & {"DictReader", "reader"}:
                yield f"{named(file)}:{node.lineno}"
            case _:
                pass


def test_nothing_else_reads_csv_by_itself():
    found = [where for file in PACKAGE.rglob("*.py") for where in readings(file)]
    assert [where for where in found if not where.startswith(READERS)] == []
    assert any(where.startswith(READERS[0]) for where in found)
