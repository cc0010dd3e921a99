"""One's own list: any table with a name column, in any of three libraries; what is not given is not invented."""

from datetime import date

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import entrepot
from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.lists.in_force import coverage, own

PARTIES = pl.DataFrame({"supplier": ["Acme Widgets Ltd", "Nobody Known GmbH"]})
OWN = {"name": ["ACME Widgets Limited", "Zenith Orchards"], "aliases": ["Acme Gadgets; Acme Toys", None]}


@pytest.mark.parametrize("made", [pa.table, pl.DataFrame, pd.DataFrame])
def test_a_table_with_a_name_column_is_a_list(made):
    found = entrepot.screen(PARTIES, made(OWN), as_of="2024-11-25").to_pylist()
    assert [(r["party"], r["list_id"], r["listed_name"]) for r in found] == [
        ("Acme Widgets Ltd", "own", "ACME Widgets Limited")
    ]
    assert found[0]["valid_from"] is None
    assert found[0]["status"] == "may_be_in_force"
    assert any("no register of sources" in reason for reason in found[0]["reasons"])


def test_an_alias_of_ones_own_list_is_met():
    found = entrepot.screen(pa.table({"supplier": ["Acme Toys"]}), pa.table(OWN))
    assert found.table.column("name_kind").to_pylist() == ["alias"]


def test_a_dated_row_is_met_only_in_its_time():
    dated = pa.table({"name": ["Acme Widgets"], "valid_from": ["2024-01-01"], "valid_to": ["2024-07-01"]})
    met = {
        day: entrepot.screen(PARTIES, dated, as_of=day).num_rows for day in ("2023-12-31", "2024-03-01", "2024-07-01")
    }
    assert met == {"2023-12-31": 0, "2024-03-01": 1, "2024-07-01": 0}


def test_what_is_no_list_is_refused():
    with pytest.raises(UnknownNameError, match="column of listings 'name'"):
        entrepot.screen(PARTIES, pa.table({"title": ["x"]}))
    with pytest.raises(BadInputError, match="these are no listings"):
        entrepot.screen(PARTIES, ["Acme"])


def test_the_hash_of_a_list_is_that_of_the_day_whatever_comes_later():
    now = pa.table({"name": ["Acme Widgets"], "valid_from": ["2023-01-01"], "valid_to": [None]})
    later = pa.table(
        {
            "name": ["Acme Widgets", "Zenith Orchards"],
            "valid_from": ["2023-01-01", "2025-01-01"],
            "valid_to": ["2025-06-01", None],
        }
    )
    held = [coverage(own(t), ("own",), date(2024, 3, 1))[0] for t in (now, later)]
    assert held[0]["sha256"] == held[1]["sha256"]
    after = coverage(own(later), ("own",), date(2025, 3, 1))[0]
    assert after["sha256"] != held[0]["sha256"]
