"""The set-based part of flows and diversion runs on Spark: every step that a scan and a mirror take gives there what it
gives here."""

from __future__ import annotations

import re

import pyarrow as pa
import pytest
import sqlglot
from sqlglot import exp

from entrepot.core import engine
from entrepot.desk.divert import divert
from entrepot.desk.mirror import mirror
from entrepot.screening.on_spark.cluster import spark_session

pytestmark = pytest.mark.slow


def tables_of(sql):
    tree = sqlglot.parse_one(sql, read="duckdb")
    own = {c.alias for c in tree.find_all(exp.CTE)}
    return {t.name for t in tree.find_all(exp.Table)} - own


@pytest.fixture(scope="module")
def taken(tmp_path_factory):
    """Each step once: its text, the tables that it read, its parameters, what it gave."""
    seen, real = {}, engine.run

    def watched(con, what, parameters=None):
        given = {k: v for k, v in (parameters or {}).items() if k in what.parameters}
        found = real(con, what, parameters)
        if what.name not in seen or found.num_rows > seen[what.name][-1].num_rows:
            read = {t: con.table(t).to_arrow_table() for t in tables_of(what.sql)}
            seen[what.name] = what.sql, read, given, found
        return found

    patch = pytest.MonkeyPatch()
    patch.setattr(engine, "run", watched)
    store = tmp_path_factory.mktemp("store")
    flows = store / "flows.csv"
    lines = ["reporter,partner,flow,product,period,value_usd,net_kg"]
    for year in range(2015, 2024):
        for one, other in (("China", "Germany"), ("Germany", "Kazakhstan"), ("China", "Kazakhstan")):
            for product in ("854140", "854142"):
                amount = 1000 * (year - 2000) + len(other)
                lines += [
                    f"{one},{other},export,{product},{year},{amount},{amount // 3}",
                    f"{other},{one},import,{product},{year},{amount * 1.1:.2f},{amount // 3}",
                ]
    flows.write_text("\n".join(lines), "utf-8")
    try:
        divert(demo="uflpa-solar", store=store)
        divert(demo="russia-2022", store=store)
        mirror(flows, store=store)
    finally:
        patch.undo()
    return seen


@pytest.fixture(scope="module")
def session():
    with spark_session("local[2]") as made:
        yield made


def text_for_spark(sql, given):
    [text] = sqlglot.transpile(sql, read="duckdb", write="spark")
    for name in given:
        text = re.sub(rf"[$:@]{name}\b", f":{name}", text)
    return text


def plain(value):
    """A value as both sides can have it: sums of whole numbers are of another width there."""
    if isinstance(value, list):
        return [plain(v) for v in value]
    if value is None or isinstance(value, (str, bool)):
        return value
    return pytest.approx(float(value), rel=1e-12) if isinstance(value, (int, float)) else value


def ordered(rows, keys):
    return sorted(rows, key=lambda r: [str(r[k]) for k in keys])


def test_each_step_gives_there_what_it_gives_here(taken, session):
    assert len(taken) > 8
    for name, (sql, tables, given, found) in taken.items():
        for table, data in tables.items():
            session.createDataFrame(pa.table(data)).createOrReplaceTempView(table)
        there = session.sql(text_for_spark(sql, given), args=given).toArrow().to_pylist()
        here = found.to_pylist()
        grain = [c for c in engine.step(room_of(name), name).grain if not here or c in here[0]]
        assert len(there) == len(here), name
        for one, other in zip(ordered(here, grain), ordered(there, grain), strict=True):
            assert {k: plain(v) for k, v in one.items()} == other, name


def room_of(name):
    from importlib.resources import files

    rooms = ("entrepot.diversion", "entrepot.trade")
    return next(r for r in rooms if files(r).joinpath("steps", f"{name}.sql").is_file())
