"""Large files are read in blocks: the same flows and the same faults as when they are read whole."""

import zipfile

import pyarrow.parquet as pq
import pytest

from entrepot.core.errors import BadInputError
from entrepot.trade import flows, opening, streamed

WHOLE_ONLY = {"unit_suspect"}


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch):
    monkeypatch.setattr(opening, "_BLOCK", 200)
    monkeypatch.setattr(opening, "_BLOCK_ROWS", 4)


def both(path, tmp_path):
    out = tmp_path / "out" / "flows.parquet"
    done = streamed.load_to((path,), out)
    whole = flows.load((path,))
    assert done.form == whole.form
    assert done.rows == whole.table.num_rows
    return pq.read_table(out).cast(whole.table.schema), whole, done


def told(faults):
    return {(f["kind"], f["what"], f["count"]) for f in faults.to_pylist() if f["kind"] not in WHOLE_ONLY}


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
    path.write_text(own() + "ARM,RUS,85\n")
    with pytest.raises(BadInputError, match="rows are not those of its heading"):
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
    assert "read in blocks" in done.output
    assert pq.read_table(out).num_rows == 180
