"""Observations that say by a code what they count: each code of a publisher's is read, named, or told as a fault."""

from __future__ import annotations

import pytest

from entrepot.core.errors import BadInputError
from entrepot.trade.loading import streamed

TSV = "freq,reporter,partner,product,flow,indicators\\TIME_PERIOD\t2023-01 \t2023-02 \n"
OF = "M,DE,KZ,84571010,2"


@pytest.mark.parametrize(
    ("value", "weight", "kilograms"),
    [
        ("VALUE_EUR", "QUANTITY_KG", 6),
        ("VALUE_IN_EUROS", "QUANTITY_IN_100KG", 600),
        ("VALUE_EUR", "QUANTITY_IN_100KG", 600),
        ("VALUE_IN_EUR", "QUANTITY_IN_KG", 6),
        ("VALUE_EUR:Value in euros", "QUANTITY_KG:Quantity in kg", 6),
    ],
)
def test_the_indicators_of_each_table_of_comext_are_read(write, faults, value, weight, kilograms):
    loaded = write(f"{TSV}{OF},{value}\t100 \t110 \n{OF},{weight}\t6 \t: \n", "ds.tsv")
    january, february = loaded.table.sort_by("period").to_pylist()
    assert (january["net_kg"], february["net_kg"]) == (kilograms, None)
    assert january["value_usd"] > 100 < february["value_usd"]  # a euro was worth more than a dollar in both months
    assert not faults(loaded, "unreadable")


@pytest.mark.parametrize("more", ["SUPPLEMENTARY_QUANTITY", "QUANTITY_SUPPL_UNIT", "VALUE_NAC"])
def test_what_is_counted_besides_is_named(write, faults, more):
    loaded = write(f"{TSV}{OF},VALUE_EUR\t100 \t110 \n{OF},{more}\t6 \t7 \n", "ds.tsv")
    said = [f["what"] for f in loaded.faults.to_pylist() if f["kind"] == "unread_column"]
    assert said == [f"observations of {more} are not read"]
    assert not faults(loaded, "unreadable")


def test_an_indicator_that_is_not_known_is_a_fault_and_takes_no_value(write):
    loaded = write(f"{TSV}{OF},VALUE_EUR\t100 \t110 \n{OF},UNIT_PRICE\t6 \t7 \n", "ds.tsv")
    (fault,) = [f for f in loaded.faults.to_pylist() if f["kind"] == "unreadable"]
    assert fault["what"].startswith("UNIT_PRICE is no indicator that is known")
    assert (fault["count"], fault["done"]) == (2, "set_aside")
    assert loaded.losses.share() == 0
    assert loaded.table["value_usd"].null_count == 0


@pytest.mark.parametrize("more", ["", f"{OF},QUANTITY_KG\t6 \t7 \n"])
def test_a_file_whose_values_are_of_no_known_indicator_is_refused(tmp_path, more):
    file = tmp_path / "ds.tsv"
    file.write_text(f"{TSV}{OF},TRADE_VALUE\t100 \t110 \n{more}")
    with pytest.raises(BadInputError, match="TRADE_VALUE is no indicator that is known"):
        streamed.load_to((file,), tmp_path / "x.parquet", streamed.Manner(accepted=0.01))


def test_weights_alone_are_read_and_said_to_have_no_value(write):
    loaded = write(f"{TSV}{OF},QUANTITY_KG\t6 \t7 \n", "ds.tsv")
    assert loaded.table["net_kg"].to_pylist() == [6, 7]
    said = [f["what"] for f in loaded.faults.to_pylist() if f["kind"] == "unreadable"]
    assert said == ["no row has a value: no column and no indicator of the file was read as one"]


@pytest.mark.parametrize("is_streamed", [True, False])
def test_a_file_without_a_figure_is_refused_in_any_format(tmp_path, write, is_streamed):
    text = "reporter,partner,flow,product,period,value_usd\nDEU,KAZ,export,845710,2023-01,\n"
    (tmp_path / "own.csv").write_text(text)

    def read():
        return streamed.load_to((tmp_path / "own.csv",), tmp_path / "x.parquet") if is_streamed else write(text)

    with pytest.raises(BadInputError, match="no row has a value"):
        read()
