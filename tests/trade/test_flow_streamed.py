"""Large files are read in blocks: the same flows and the same faults as when they are read whole."""

import zipfile

import polars as pl
import pyarrow.parquet as pq
import pytest
from polars.testing import assert_frame_equal

from entrepot.core.errors import BadInputError
from entrepot.intake import delimited_blocks, parquet_rows
from entrepot.trade.loading import flow_file, streamed


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch):
    monkeypatch.setattr(delimited_blocks, "BLOCK", 200)
    monkeypatch.setattr(parquet_rows, "BLOCK_ROWS", 4)


def both(path, tmp_path):
    out = tmp_path / "out" / "flows.parquet"
    done = streamed.load_to((path,), out)
    whole = flow_file.load((path,))
    assert done.form == whole.form
    assert done.rows == whole.table.num_rows
    return pq.read_table(out).cast(whole.table.schema), whole, done


def told(faults):
    return {(f["kind"], f["what"], f["count"]) for f in faults.to_pylist()}


def test_baci_in_blocks(constructed, tmp_path):
    in_blocks, whole, done = both(constructed / "BACI_HS17_Y2020_V202401b.csv", tmp_path)
    assert in_blocks.equals(whole.table)
    assert told(done.faults) == told(whole.faults)


def own(years=range(2000, 2030), extra=()):
    rows = [f"ARM,{p},85{n:04},{y},{y + n}" for y in years for n in range(3) for p in ("RUS", "GEO")]
    return "\n".join(["exporter,importer,product,period,value_usd", *rows, *extra]) + "\n"


def test_duplicates_far_apart_are_found(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(own(extra=["ARM,RUS,850000,2000,2000", "ARM,RUS,850001,2001,7", "ARM,GEO,850002,2002,-1"]))
    in_blocks, whole, done = both(path, tmp_path)
    assert in_blocks.equals(whole.table)
    assert {f["kind"] for f in done.faults.to_pylist()} >= {"duplicate", "negative"}
    assert told(done.faults) == told(whole.faults)


HEADING = "reporter,flow,partner,product,hs_vintage,period,value_usd,net_kg"
CALM = [
    f"ARM,export,{p},850{n}00,HS2017,{y},{100 + y},{10 + n}"
    for y in range(2010, 2020)
    for p in ("RUS", "GEO")
    for n in (1, 2)
]
FAULTS = {
    "weights": ["ARM,export,RUS,850100,HS2017,2021,2121,0.011", "ARM,export,GEO,850200,HS2017,2021,2121,12000"],
    "total beside details": ["ARM,export,RUS,8501,HS2017,2010,5000,1", "ARM,export,GEO,85,HS2017,2019,9000,1"],
    "two editions of one report": [f"ARM,export,KAZ,850300,HS2022,{y},7,1" for y in (2012, 2019)],
    "a period of zeros": ["ARM,export,RUS,850100,HS2017,2021,0,", "ARM,export,GEO,850200,HS2017,2021,0,"],
}


@pytest.mark.parametrize("rows", FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("first", [True, False])
def test_a_fault_that_only_the_whole_shows_is_found_in_blocks(rows, first, tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("\n".join([HEADING, *(rows + CALM if first else CALM + rows)]) + "\n")
    in_blocks, whole, done = both(path, tmp_path)
    assert in_blocks.equals(whole.table)
    # A block names an edition beside a newer one of its own; how many rows of it the others hold is not counted.
    exact = {t for t in told(whole.faults) if "also has codes" not in t[1]}
    assert exact <= told(done.faults)
    assert {t[:2] for t in told(done.faults)} == {t[:2] for t in told(whole.faults)}


MARKS = {
    "commas": (["12,345", "7"], ["1,234,567", "1,234.5"]),
    "fractions": (["12,345", "0,5"], ["1234,5"]),
    "both, so that nothing is proven": (["1,234,567"], ["1234,5", "12,345"]),
    "points divide thousands": (["1.234", "7"], ["1.234.567,8", "7,5"]),
    "points begin fractions": (["1.234", "7.345"], ["1.23456", "12345"]),
    "points without proof": (["1.234"], ["7.345"]),
}


@pytest.mark.parametrize(("first", "last"), MARKS.values(), ids=MARKS)
@pytest.mark.parametrize("turned", [False, True])
def test_a_mark_is_read_by_what_the_whole_proves(first, last, turned, tmp_path):
    first, last = (last, first) if turned else (first, last)
    path = tmp_path / "own.csv"
    rows = [f'ARM,RUS,85{n:04},2020,"{v}"' for n, v in enumerate([*first, *["7"] * 40, *last])]
    path.write_text("\n".join(["exporter,importer,product,period,value_usd", *rows]) + "\n")
    in_blocks, whole, done = both(path, tmp_path)
    assert in_blocks.equals(whole.table)
    assert {(k, n) for k, _, n in told(done.faults)} == {(k, n) for k, _, n in told(whole.faults)}
    assert done.tally == whole.tally


def test_parts_of_one_flow_meet_across_blocks(constructed, tmp_path, monkeypatch):
    monkeypatch.setattr(delimited_blocks, "BLOCK", 600)  # the heading alone takes 200
    lines = (constructed / "comext_bulk.dat").read_text().splitlines()
    path = tmp_path / "full_v2_202301.dat"
    path.write_text("\n".join([lines[0], *lines[1:], *(x.replace(",1,NAR", ",4,NAR") for x in lines[1:])]) + "\n")
    in_blocks, whole, done = both(path, tmp_path)
    assert_frame_equal(pl.DataFrame(in_blocks), pl.DataFrame(whole.table), rel_tol=1e-12)  # sums in another order
    assert "duplicate" in {f["kind"] for f in done.faults.to_pylist()}


def test_a_zip_and_a_table_of_our_own_in_blocks(tmp_path):
    path = tmp_path / "own.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", own(range(2000, 2010)))
        archive.writestr("b.csv", own(range(2010, 2020)))
    in_blocks, whole, _ = both(path, tmp_path)
    assert in_blocks.equals(whole.table)
    again = tmp_path / "again.parquet"
    pq.write_table(whole.table, again)
    assert both(again, tmp_path)[0].equals(whole.table)


def test_a_reporter_that_stops_is_found(tmp_path):
    path = tmp_path / "own.csv"
    heading = "reporter,exporter,importer,product,period,value_usd"
    rows = [f"{r},{r},RUS,85,{y},1" for r, end in (("ARM", 2012), ("GEO", 2009)) for y in range(2000, end)]
    path.write_text("\n".join([heading, *rows]) + "\n")
    _, _, done = both(path, tmp_path)
    assert any("GEO reports no export after 2008" in f["what"] for f in done.faults.to_pylist())


def test_a_broken_block_leaves_no_file(tmp_path):
    path, out = tmp_path / "own.csv", tmp_path / "out.parquet"
    path.write_text(own() + "ARM,RUS,85,2030,1,1\n")
    with pytest.raises(BadInputError, match="line 182, column 6: 6 cells where the heading has 5"):
        streamed.load_to((path,), out)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["own.csv"]


def test_the_command_streams_what_is_large(monkeypatch, tmp_path):
    from click.testing import CliRunner

    from entrepot.cli.load import command

    monkeypatch.setattr(streamed, "LARGE", 100)
    path, out = tmp_path / "own.csv", tmp_path / "out.parquet"
    path.write_text(own())
    done = CliRunner().invoke(command, [str(path), "--out", str(out)])
    assert done.exit_code == 0
    assert "rows written to" in done.output  # which only a streamed file says
    assert pq.read_table(out).num_rows == 180
