"""Rows as columns and in parts: none is lost or said otherwise, and the balance finds what it finds of all at once."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.desk.desk import Desk
from entrepot.desk.supply_balance import held_books
from entrepot.tracing.balance import dealt_rows
from entrepot.tracing.balance.balance import balance
from entrepot.tracing.balance.books import folded
from entrepot.tracing.balance.dealt_rows import dealt, met, several, told
from entrepot.tracing.balance.method.lot_knots import knots, perhaps_looped
from entrepot.tracing.supply.coded_rows import CodedRows
from supply_faults.planted import made

SCHEMA = pa.schema([("party", pa.string()), ("document", pa.string()), ("row", pa.int64()), ("value", pa.float64())])
TEXTS = st.sampled_from([None, "", "A-1", "a-1", " A-1 ", "B", "Ж", "ж", "straße", "STRASSE"])
TABLES = st.lists(st.tuples(TEXTS, TEXTS, st.one_of(st.none(), st.floats(0, 5, width=16))), max_size=60).map(
    lambda rows: [{"party": p, "document": d, "row": i, "value": v} for i, (p, d, v) in enumerate(rows)]
)


def coded(rows, schema=SCHEMA, at_once=7):
    """Rows as columns, come in batches."""
    data = pa.Table.from_pylist(rows, schema)
    return CodedRows.of(data.to_batches(max_chunksize=at_once), schema)


@given(TABLES, st.integers(1, 80), st.randoms())
def test_columns_say_what_the_rows_say(rows, at_once, chance):
    held = coded(rows, at_once=at_once)
    assert list(held) == rows
    assert len(held) == len(rows)
    places = chance.choices(range(len(rows)), k=10) if rows else []
    chosen = np.array(places, dtype=np.int64)
    assert held.at(chosen) == list(held.take(chosen)) == [rows[p] for p in places]
    assert held[2:5] == rows[2:5]
    assert held.whole("row").tolist() == [r["row"] for r in rows]
    put = held.put(["party", "nothing"], {"B": "A-1"})
    assert list(put) == [{**r, "party": "A-1" if r["party"] == "B" else r["party"]} for r in rows]


def of_key(row):
    return folded(row["party"]), folded(row["document"])


@given(TABLES, TABLES, st.integers(1, 50), st.booleans())
def test_each_row_is_in_one_part_with_all_that_say_the_same(one, other, size, as_columns):
    by = ("party", "document")
    some = [(coded(t) if as_columns else t, by) for t in (one, other)]
    parts = list(dealt(*some, rows=size))
    for number, table in enumerate((one, other)):
        got = [r for part in parts for r in part[number]]
        assert sorted(r["row"] for r in got) == [r["row"] for r in table]
        assert all([r["row"] for r in part[number]] == sorted(r["row"] for r in part[number]) for part in parts)
    where = {}
    for place, part in enumerate(parts):
        for row in (r for table in part for r in table):
            assert where.setdefault(of_key(row), place) == place


@given(TABLES, TABLES, st.booleans())
def test_rows_are_chosen_by_what_they_say(one, other, as_columns):
    mine, others = (coded(t) if as_columns else t for t in (one, other))
    assert list(told(mine, "party", "document")) == [r for r in one if r["party"] and r["document"]]
    said = {of_key(r) for r in other}
    by = ("party", "document")
    assert list(met(mine, by, others, by)) == [r for r in one if of_key(r) in said]
    named = {}
    for row in one:
        named.setdefault(folded(row["party"]), set()).add(folded(row["document"]))
    assert list(several(mine, ("party",), ("document",))) == [r for r in one if len(named[folded(r["party"])]) > 1]


LOT_SCHEMA = pa.schema([(c, pa.string()) for c in ("act", "lot", "party_id", "step")] + [("row", pa.int64())])
LOTS = st.lists(
    st.tuples(
        st.sampled_from(["made", "used", "supplied"]),
        st.sampled_from("ABCDEFG"),
        st.sampled_from([None, "p", "q"]),
        st.sampled_from([None, "1", "2", "3"]),
    ),
    max_size=14,
).map(lambda rows: [dict(zip(LOT_SCHEMA.names, (*r, i), strict=True)) for i, r in enumerate(rows)])


def step_of(row):
    return (row["party_id"], row["step"]) if row["step"] else None


@settings(max_examples=200)
@given(LOTS, st.booleans())
def test_knots_are_those_of_a_walk_from_row_to_row(rows, as_columns):
    if not rows:
        return
    number = knots(coded(rows, LOT_SCHEMA) if as_columns else rows).tolist()
    for start in rows:
        reached = {start["row"]}
        while more := {
            r["row"]
            for r in rows
            for i in reached
            if r["row"] not in reached
            and (r["lot"] == rows[i]["lot"] or (r["step"] and step_of(r) == step_of(rows[i])))
        }:
            reached |= more
        assert {r["row"] for r in rows if number[r["row"]] == number[start["row"]]} == reached


@settings(max_examples=200)
@given(LOTS, st.booleans())
def test_no_row_of_a_loop_is_left_out(rows, as_columns):
    kept = {r["row"] for r in perhaps_looped(coded(rows, LOT_SCHEMA) if as_columns else rows)}
    made_, used = ([r for r in rows if r["act"] == act and r["step"]] for act in ("made", "used"))
    goes = {(u["lot"], m["lot"]): {u["row"], m["row"]} for m in made_ for u in used if step_of(m) == step_of(u)}
    reach = set(goes)
    while more := {(a, d) for a, b in reach for c, d in goes if b == c} - reach:
        reach |= more
    on_loops = {row for (a, b), some in goes.items() if a == b or (b, a) in reach for row in some}
    assert on_loops <= kept


def test_the_balance_of_parts_is_that_of_all_at_once(tmp_path, monkeypatch):
    desk, planted = Desk(tmp_path / "store"), made(3, sound=4, each=2)
    for form, name in planted.write(tmp_path).items():
        desk.load_supply(name, form=form)
    books = held_books(tmp_path / "store")
    lists = {f.name: list(getattr(books, f.name)) for f in fields(books) if f.init and f.name != "files"}
    as_rows = replace(books, **lists)
    whole = balance(as_rows)
    assert {f["kind"] for f in whole.faults} >= {"lot_overdrawn", "made_of_itself", "number_twice"}
    for size in (dealt_rows.ROWS, 400, 30):
        monkeypatch.setattr(dealt_rows, "ROWS", size)
        for some in (books, as_rows):
            found = balance(some)
            assert found.faults == whole.faults
            assert found.rows == whole.rows
            assert found.unjudged == whole.unjudged
            assert found.documents == whole.documents
