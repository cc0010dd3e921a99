"""DuckDB fetches and loads no extension by itself: every connection says so, and the store's sees no other file."""

from __future__ import annotations

import ast
from pathlib import Path

import duckdb
import pytest

from entrepot.core import store

SOURCE = Path(__file__).parents[2] / "src" / "entrepot"


def connections():
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "duckdb.connect":
                yield f"{path.relative_to(SOURCE)}:{node.lineno}", {k.arg for k in node.keywords}


def test_every_connection_has_a_configuration():
    found = dict(connections())
    assert found
    assert [where for where, given in found.items() if "config" not in given] == []


def test_no_module_connects_by_another_name():
    for path in SOURCE.rglob("*.py"):
        assert "from duckdb import" not in path.read_text(encoding="utf-8"), path


@pytest.mark.parametrize("sql", ["SELECT * FROM read_csv('/etc/hostname')", "INSTALL httpfs", "LOAD spatial"])
def test_the_store_reads_no_other_file_and_loads_nothing(tmp_path, sql):
    with store.opened(tmp_path) as con:
        for name in ("autoinstall_known_extensions", "autoload_known_extensions", "enable_external_access"):
            assert con.execute(f"SELECT current_setting('{name}')").fetchall() == [(False,)]
        with pytest.raises(duckdb.Error):
            con.sql(sql).fetchall()
