"""Contracts: all that is derived from one agrees, and what breaks is named."""

import os
import subprocess
import sys

import duckdb
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.core.contract import (
    Column,
    Contract,
    arrow_schema,
    batch,
    check,
    column,
    ddl,
    json_schema,
    markdown,
    table,
)
from entrepot.core.errors import ContractBrokenError, UnknownNameError
from entrepot.core.tables.buffers import texts

THINGS = Contract(
    name="things",
    meaning="Things.",
    grain=("id",),
    columns=(
        Column("id", "text", "key"),
        Column("value_usd", "number", "worth", unit="USD", absent=("not_reported",), low=0, high=100),
        Column("kind", "text", "sort", allowed=("a", "b")),
        Column("day", "partial_date", "when", absent=("unknown",)),
        Column("marks", "texts", "marks"),
        Column("count", "integer", "how many", absent=("suppressed",)),
        Column("ok", "boolean", "whether", absent=("not_applicable",)),
    ),
)
GOOD = {"id": "1", "value_usd": 1.5, "kind": "a", "day": "2024-11", "marks": ["x"], "count": 3, "ok": True}


def test_a_good_row_passes_and_keeps_the_order_of_columns() -> None:
    data = table(THINGS, [GOOD])
    assert data.column_names == list(THINGS.names)
    assert data.schema.equals(arrow_schema(THINGS))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "c"}, "kind is outside its closed list"),
        ({"kind": None}, "kind is empty"),
        ({"value_usd": -1.0}, "value_usd is below"),
        ({"value_usd": 101.0}, "value_usd is above"),
        ({"day": "2024-13"}, "day does not match"),
        ({"day": "20241105"}, "day does not match"),
        ({"value_usd": float("inf")}, "value_usd is above its highest value .*; value_usd is infinite"),
        ({"value_usd": float("nan")}, "value_usd is not a number"),
        ({"marks": ["x", None]}, "marks holds an empty text"),
    ],
)
def test_a_broken_rule_is_named_with_its_row(change: dict, words: str) -> None:
    with pytest.raises(ContractBrokenError, match=words) as caught:
        table(THINGS, [GOOD, {**GOOD, "id": "2", **change}])
    assert "first 2" in str(caught.value)


def test_half_a_character_is_replaced_in_texts_and_lists_of_texts() -> None:
    data = table(THINGS, [{**GOOD, "id": "a\ud800", "marks": ["x", "\udfffy"]}])
    assert data.select(["id", "marks"]).to_pylist() == [{"id": "a?", "marks": ["x", "?y"]}]


def test_a_doubled_key_is_named() -> None:
    with pytest.raises(ContractBrokenError, match="key is not unique"):
        table(THINGS, [GOOD, GOOD])


def test_missing_and_surplus_columns_are_named() -> None:
    data = table(THINGS, [GOOD]).drop_columns(["kind"]).append_column("kinds", pa.array(["a"]))
    with pytest.raises(ContractBrokenError, match="'kind' is missing; column 'kinds' is not in it"):
        check(THINGS, data)


def test_a_surplus_key_and_a_value_of_another_type_are_named() -> None:
    with pytest.raises(ContractBrokenError, match="'kinds' is not in it"):
        table(THINGS, [{**GOOD, "kinds": "a"}])
    with pytest.raises(ContractBrokenError, match="Float64"):
        table(THINGS, [{**GOOD, "value_usd": "much"}])


@pytest.mark.parametrize("marks", ["x", ["x", 3], 3, [["x"]]])
def test_what_is_no_list_of_texts_is_refused(marks) -> None:
    with pytest.raises(ContractBrokenError):
        table(THINGS, [GOOD, {**GOOD, "id": "2", "marks": marks}])


@pytest.mark.parametrize("marks", [[], ["x", "y"], ("x",)])
def test_a_list_of_texts_stays_as_it_is(marks) -> None:
    assert table(THINGS, [{**GOOD, "marks": marks}]).column("marks").to_pylist() == [list(marks)]


def test_a_value_that_its_type_cannot_hold_is_named_alone():
    data = table(THINGS, [GOOD, {**GOOD, "id": "2"}])
    texts_for_numbers = data.set_column(1, "value_usd", pa.array(["1.5", "much"])).set_column(2, "kind", [["a", "a"]])
    with pytest.raises(
        ContractBrokenError, match=r"things' breaks its contract: value_usd is of another type \(1 rows"
    ):
        check(THINGS, texts_for_numbers)


def test_a_batch_is_not_checked_and_has_the_types_of_the_contract():
    rows = [GOOD, {**GOOD, "kind": "c", "value_usd": None, "marks": []}, {"id": "3"}]
    made = pa.Table.from_batches([batch(THINGS, rows)])
    assert made.schema == arrow_schema(THINGS)
    assert made.column("value_usd").to_pylist() == [1.5, None, None]
    assert made.column("marks").to_pylist() == [["x"], [], None]
    assert made.slice(0, 1).equals(table(THINGS, [GOOD]))


def test_what_utf8_cannot_hold_becomes_a_question_mark():
    assert texts(["a\ud800", None, "新疆"]).to_pylist() == ["a?", None, "新疆"]
    made = batch(THINGS, [{**GOOD, "id": "\udfff", "marks": ["x\ud800y", "z"]}])
    assert (made.column("id").to_pylist(), made.column("marks").to_pylist()) == (["?"], [["x?y", "z"]])


def test_building_a_table_does_not_import_pandas() -> None:
    script = (
        "import sys; from entrepot.core.findings import FINDINGS; from entrepot.core.contract import table; "
        "table(FINDINGS, []); sys.exit('pandas' in sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", script], env=environment, check=False, timeout=60).returncode == 0


def test_the_ddl_makes_a_table_that_takes_the_rows() -> None:
    with duckdb.connect() as con:
        con.execute(ddl(THINGS))
        con.register("rows", table(THINGS, [GOOD]))
        con.execute("INSERT INTO things SELECT * FROM rows")
        assert con.execute("SELECT count(*) FROM things").fetchall() == [(1,)]
        with pytest.raises(duckdb.ConstraintException):
            con.execute("INSERT INTO things SELECT * FROM rows")


def test_json_schema_and_markdown_name_every_column() -> None:
    schema, page = json_schema(THINGS), markdown(THINGS)
    assert schema["items"]["required"] == list(THINGS.names)
    assert schema["items"]["properties"]["value_usd"]["type"] == ["number", "null"]
    assert all(f"`{name}`" in page for name in THINGS.names)


def test_an_unknown_column_names_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="did you mean value_usd"):
        column(THINGS, "value_us")


def test_a_contract_refuses_unknown_reasons_and_grains() -> None:
    with pytest.raises(UnknownNameError):
        Column("a", "text", "a", absent=("lost",))
    with pytest.raises(UnknownNameError):
        Contract("t", "T.", ("b",), (Column("a", "text", "a"),))


@given(
    st.lists(
        st.builds(dict, id=st.text(min_size=1), kind=st.sampled_from("ab"), marks=st.lists(st.text(), max_size=3)),
        unique_by=lambda r: r["id"],
        max_size=5,
    )
)
def test_any_text_survives_the_check(rows: list[dict]) -> None:
    data = table(THINGS, rows)
    assert data.column("id").to_pylist() == [r["id"] for r in rows]
    assert isinstance(pl.from_arrow(data), pl.DataFrame)
