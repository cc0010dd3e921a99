import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.record.embedded import load
from entrepot.record.where import where

TEXTS = ("place_id", "metric", "unit_norm", "bound", "status", "direction")
OBSERVATIONS = load().tables["observations"].to_pylist()


def ids(table):
    return table.column("id").to_pylist()


@given(st.sampled_from(TEXTS), st.integers(0, len(OBSERVATIONS) - 1))
@settings(max_examples=40, deadline=None)
def test_short_form_sql_and_python_agree(column, index):
    word = OBSERVATIONS[index][column]
    expected = [r["id"] for r in OBSERVATIONS if r[column] == word]
    assert ids(where(load(), "observations", f"{column}={word}")) == expected
    assert ids(where(load(), "observations", f"{column} = '{word}' -- remark")) == expected


@given(st.sampled_from(("value_norm", "yoy_pct")), st.floats(-1e12, 1e12), st.sampled_from(("<", ">=")))
@settings(max_examples=30, deadline=None)
def test_numbers_compare_as_in_python_and_absence_meets_nothing(column, bound, operator):
    def meets(value):
        return value is not None and (value < bound if operator == "<" else value >= bound)

    expected = [r["id"] for r in OBSERVATIONS if meets(r[column])]
    assert ids(where(load(), "observations", f"{column} {operator} {bound!r}")) == expected


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_any_text_gives_rows_or_one_of_our_errors(text):
    try:
        found = where(load(), "shares", text)
    except BadInputError:
        pass
    else:
        assert found.schema == load().tables["shares"].schema


def test_a_list_column_is_asked_whether_it_holds_the_word(record):
    found = where(record, "events", "place_id=jeminay").to_pylist()
    assert [r["place_id"] for r in found] == [["dulata", "jeminay"]]


def test_a_condition_may_combine_columns(record):
    found = where(record, "observations", "place_id = 'khunjerab' and metric = 'vehicles' and yoy_pct > 40")
    assert "O0001" in ids(found)


def test_no_condition_gives_the_table(record):
    assert where(record, "rules", None) is record.tables["rules"]


def test_unknown_names_carry_the_nearest(record):
    with pytest.raises(UnknownNameError) as table:
        where(record, "observation", None)
    assert table.value.nearest[0] == "observations"
    with pytest.raises(UnknownNameError) as short:
        where(record, "observations", "plce_id=khunjerab")
    assert "place_id" in short.value.nearest
    with pytest.raises(UnknownNameError) as sql:
        where(record, "observations", "plce_id = 'khunjerab' and value > 1")
    assert "place_id" in sql.value.nearest


@pytest.mark.parametrize(
    "condition",
    [
        "",
        "value >",
        "value > 1, value < 2",
        "value > 1; drop table observations",
        "true union select 1",
        "true from read_csv('/etc/passwd') --",
        "(select count(*) from read_csv('/etc/passwd')) > 0",
        "(select count(*) from read_text('pyproject.toml')) > 0",
        "(select count(*) from secret) > 0",
        "sum(value) > 1",
        "place_id",
        "value = 'eleven'",
        "\x00",
        "x" * 10_000,
        "(" * 5_000,
        "value > 1 order by value",
    ],
)
def test_what_is_not_one_expression_is_refused_and_reaches_nothing(record, condition):
    import pyarrow as pa

    secret = pa.table({"z": [1]})
    with pytest.raises(BadInputError) as error:
        where(record, "observations", condition)
    assert error.value.exit_code == 2
    assert len(str(error.value)) < 900
    assert secret.num_rows == 1


@pytest.mark.parametrize(
    "condition",
    [
        "(with recursive t(n) as (select 1 union all select n + 1 from t) select count(*) from t) > 0",
        "(select count(*) from range(1000000000000)) > 0",
        "(select sum(a.range) from range(1000000) a, range(1000000) b) > 0",
        "exists(select 1 from duckdb_settings())",
        "exists(from query('select 1'))",
        "len(repeat('x', 2000000000)) > 0",
        "len(range(100000000)) > 0",
        "levenshtein(repeat('a', 100000), repeat('b', 100000)) > 0",
        "length(lpad('x', 2000000000, 'y')) > 1",
        "len(list_transform(source_ids, lambda x: x)) > 0",
        "getenv('HOME') = '/'",
        "current_setting('home_directory') = '/'",
        "getvariable('x') = 1",
        "error('boom')",
        "id > ?",
        "id > $1",
        "columns(*) = 'a'",
        "('[]'::int[100000][100000]) is null",
        "true limit 1",
        "true -- and more\nunion select 1",
        "1=1; drop table x",
    ],
)
def test_what_may_never_end_or_fill_the_memory_is_refused_before_it_runs(record, condition):
    with pytest.raises(BadInputError) as error:
        where(record, "observations", condition)
    assert error.value.exit_code == 2
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "condition",
    [
        "lower(place) like '%khunjerab%' and value_norm between 1 and 1e9",
        "metric in ('cargo', 'vehicles') or not (metric is null)",
        "case when value_norm > 1 then true else false end",
        "period_start::varchar >= '2024' and try_cast(period_start as date) is null",
        "place ~ 'K.*' and metric || 'x' = 'cargox' and metric <> 'a'",
        "length(id) = 5 and substr(id, 1, 1) = 'O' -- a remark",
    ],
)
def test_what_a_person_needs_to_pick_rows_is_allowed(record, condition):
    assert where(record, "observations", condition).num_rows >= 0
