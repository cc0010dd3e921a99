"""A sheet of a file that has none, and an encoding that is none, are refused and not passed over."""

import polars as pl
import pytest

from entrepot.core.errors import BadInputError
from entrepot.desk.divert import event_study
from entrepot.desk.flows import flows
from entrepot.desk.load import load
from entrepot.desk.mirror import mirror
from entrepot.intake.open_table import opened
from entrepot.intake.reading_options import ReadingOptions

CSV = "reporter,partner,flow,product,period,value_usd\nKAZ,CHN,export,8703,2023,1000\n"


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "flows.csv"
    path.write_text(CSV)
    return path


@pytest.fixture
def loaded(tmp_path, text):
    path = tmp_path / "flows.parquet"
    pl.from_arrow(load(text).table).write_parquet(path)
    return path


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.parquet"])
def test_a_sheet_of_what_is_no_workbook_is_refused(tmp_path, name):
    path, frame = tmp_path / name, pl.DataFrame({"name": ["One"], "country": ["KAZ"]})
    {"csv": frame.write_csv, "jsonl": frame.write_ndjson, "parquet": frame.write_parquet}[path.suffix[1:]](path)
    with pytest.raises(BadInputError, match="no workbook"):
        opened(path, ReadingOptions(sheet="Data"))


@pytest.mark.parametrize("verb", [load, flows, mirror])
def test_flows_of_a_file_without_sheets_have_no_sheet(text, loaded, verb):
    for path in (text, loaded):
        with pytest.raises(BadInputError, match="no workbook"):
            verb(path, sheet="2023")
        with pytest.raises(BadInputError, match="encoding is not known"):
            verb(path, encoding="nonsense")


def test_an_encoding_beside_a_file_that_needs_none_is_no_fault(loaded):
    assert load(loaded, encoding="cp1251").table.num_rows == 1


@pytest.mark.parametrize("share", [-5.0, 7.0, float("nan")])
def test_a_loss_that_is_no_share_is_refused_by_every_verb(loaded, share):
    with pytest.raises(BadInputError, match="no share"):
        flows(loaded, accept_loss=share)
    with pytest.raises(BadInputError, match="no share"):
        event_study(loaded, measure="uflpa", accept_loss=share)
