"""Large files are read in blocks: the same flows and the same faults as when they are read whole."""

import subprocess
import sys
import zipfile

import polars as pl
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from polars.testing import assert_frame_equal
from tests.trade.both_ways import alike

from entrepot.core.errors import BadInputError
from entrepot.intake import delimited_blocks, parquet_rows, text_table
from entrepot.trade.loading import flow_file, opening, streamed
from entrepot.vocabulary import goods


@pytest.fixture(autouse=True, params=[opening.LONGEST, 3], ids=["sheet", "database"])
def small_blocks(monkeypatch, request):
    monkeypatch.setattr(opening, "LONGEST", request.param)
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


@pytest.mark.parametrize(
    "lines", [("ARM",), ("Notes",) * 30, ("", "Source: customs", "Seen 2026-11-27"), ("Notes",) * 70]
)
def test_lines_below_a_table_are_told_alike_wherever_a_block_ends(tmp_path, lines):
    path = tmp_path / "own.csv"
    path.write_text(own(extra=lines))
    in_blocks, whole, done = both(path, tmp_path)
    assert in_blocks.equals(whole.table)
    assert told(done.faults) == told(whole.faults)
    assert done.tally == whole.tally


def test_sums_and_numbers_of_partners_are_told_by_all_rows_and_not_by_a_block(tmp_path):
    # 105 is China to the customs of Japan and nobody to the United Nations.
    rows = [
        f"JPN,import,{p},85{n:04},{y},{y + n}" for y in range(2000, 2020) for n in range(3) for p in (105, 103, 304)
    ]
    sums = ["JPN,import,,Total,2001,5", *rows, "JPN,import,,Total,2002,6"]
    path = tmp_path / "own.csv"
    path.write_text("\n".join(["reporter,flow,partner,product,period,value_usd", *sums]) + "\n")
    in_blocks, whole, done = both(path, tmp_path)
    assert in_blocks.equals(whole.table)
    assert set(whole.table.column("exporter").to_pylist()) >= {"CHN", "USA"}
    assert (done.notes, told(done.faults)) == (whole.notes, told(whole.faults))


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
    "totals behind a plus": ["ARM,export,RUS,+8501,HS2017,2010,5000,1", "ARM,export,GEO,+85,HS2017,2019,9,1"],
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
    assert done.faults.equals(whole.faults)


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


def refused_alike(path, tmp_path):
    """Held and in blocks: the same words."""
    with pytest.raises(BadInputError) as held:
        flow_file.load((path,))
    with pytest.raises(BadInputError) as in_blocks:
        streamed.load_to((path,), tmp_path / "out" / "flows.parquet")
    assert str(held.value) == str(in_blocks.value)
    return str(held.value)


API = (
    "reporterISO,flowCode,partnerISO,cmdCode,classificationCode,period,motCode,primaryValue\n"
    "ARM,X,RUS,850100,H6,{period},{mot},{value}\n"
)


def comtrade(*rows):
    heading = API.partition("\n")[0]
    return "\n".join([heading, *(API.format(period=p, mot=m, value=v).splitlines()[1] for p, m, v in rows)]) + "\n"


def test_a_block_of_details_alone_is_no_file_of_details_alone(tmp_path):
    path = tmp_path / "api.csv"
    path.write_text(comtrade(*((2000 + n, 3200, 5) for n in range(20)), (2022, 0, 100)))
    whole = alike(path, tmp_path)
    assert whole.table.num_rows == 1
    path.write_text(comtrade(*((2000 + n, 3200, 5) for n in range(20))))
    assert "every row is a detail by mode of transport" in refused_alike(path, tmp_path)


@pytest.mark.parametrize("turned", [False, True])
def test_a_lost_leading_zero_is_judged_by_the_codes_of_all_blocks(tmp_path, turned):
    # 97777 is no code with a zero either: beside forty codes of live animals and fish it is one of few that are not.
    known = sorted(c[1:] for c in goods.known() if c.startswith("03") and len(c) == 6)[:40]
    lines = [f"ARM,RUS,{code},{year},7" for code in ("97777", *known) for year in range(2015, 2021)]
    path = tmp_path / "own.csv"
    path.write_text(
        "\n".join(["exporter,importer,product,period,value_usd", *(lines[::-1] if turned else lines)]) + "\n"
    )
    in_blocks, whole, done = both(path, tmp_path)
    assert in_blocks.equals(whole.table)
    assert told(done.faults) == told(whole.faults)
    assert set(in_blocks["product"].to_pylist()) == {"097777", *("0" + c for c in known)}


def test_what_a_comma_is_a_later_block_may_prove(tmp_path):
    path = tmp_path / "own.csv"
    rows = [f"ARM;RUS;850000;{y};1,234" for y in range(2000, 2020)]
    text = "\n".join(["exporter;importer;product;period;value_usd", *rows])
    for last, value in (("1,5", 1.234), ("1,234,567", 1234.0), ("7", None)):
        path.write_text(f"{text}\nARM;RUS;850000;2020;{last}\n")
        whole = alike(path, tmp_path)
        assert whole.table.to_pylist()[0]["value_usd"] == value


def test_what_a_point_is_a_later_block_may_prove(tmp_path):
    path = tmp_path / "own.csv"
    rows = [f"ARM,RUS,850000,{y},1.234" for y in range(2000, 2020)]
    text = "\n".join(["exporter,importer,product,period,value_usd", *rows])
    for last, value in (("12.5", 1.234), ("7", None)):
        path.write_text(f"{text}\nARM,RUS,850000,2020,{last}\n")
        assert alike(path, tmp_path).table.to_pylist()[0]["value_usd"] == value


def test_the_same_row_again_in_a_block_and_another_figure_in_a_later_one(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(
        own(range(2000, 2001), ["ARM,RUS,850000,2000,2000"]) + own(range(2001, 2010), ["ARM,RUS,850000,2000,9"])[44:]
    )
    whole = alike(path, tmp_path)
    (twice,) = [f for f in whole.faults.to_pylist() if f["kind"] == "duplicate"]
    assert (twice["count"], "different figures" in twice["what"]) == (3, True)


def test_value_and_weight_of_a_flow_may_lie_in_two_blocks(tmp_path):
    path = tmp_path / "ds.tsv"
    heading = "freq,reporter,partner,product,flow,indicators\\TIME_PERIOD\t2023-01 "
    codes = [f"8471{n:02}" for n in range(30)]
    rows = [
        f"M,DE,KZ,{c},2,{what}\t{v} " for what, v in (("VALUE_IN_EUROS", 1500), ("QUANTITY_IN_100KG", 3)) for c in codes
    ]
    path.write_text("\n".join([heading, *rows]) + "\n")
    whole = alike(path, tmp_path)
    assert {r["net_kg"] for r in whole.table.to_pylist()} == {300.0}
    assert whole.table.num_rows == len(codes)


WIDE = ["2023-01", "2023-02", "2023-03", "2023-04", "2023-05"]


@pytest.mark.parametrize(
    ("values", "weights"),
    [
        ([1500, 0, 1500, 1500, 1500], [3, 0, 3, 3, 3]),  # a period of zeros alone
        ([1500, 1500, 1500, 1500, 1500], [3, 3, 3, 0.003, 3]),  # a weight that is a thousand times off
    ],
    ids=["silent", "misweighed"],
)
def test_what_is_wrong_in_a_period_of_a_row_changes_no_other_period_of_it(values, weights, tmp_path):
    path = tmp_path / "ds.tsv"
    heading = "\t".join(["freq,reporter,partner,product,flow,indicators\\TIME_PERIOD", *WIDE])
    said = [f"M,DE,KZ,847130,2,{w}\t" for w in ("VALUE_IN_EUROS", "QUANTITY_IN_100KG")]
    rows = [head + "\t".join(map(str, figures)) for head, figures in zip(said, (values, weights), strict=True)]
    path.write_text("\n".join([heading, *rows]) + "\n")
    found = {r["period"]: r for r in alike(path, tmp_path).table.to_pylist()}
    assert [found[p]["value_usd"] is not None for p in WIDE] == [v > 0 for v in values]
    assert [found[p]["net_kg"] for p in WIDE] == [w * 100 if w in {0, 3} else None for w in weights]


def test_codes_that_were_dropped_are_found_in_another_block_than_what_took_their_place(tmp_path):
    path = tmp_path / "own.csv"
    calm = [f"ARM,export,RUS,{850100 + n},,2023,5,1" for n in range(20)]
    path.write_text(
        "\n".join([HEADING, "ARM,export,RUS,854140,,2023,5,1", *calm, "ARM,export,RUS,854143,,2023,5,1"]) + "\n"
    )
    whole = alike(path, tmp_path)
    assert any("which HS 2022 dropped" in f["what"] for f in whole.faults.to_pylist())


def test_files_of_which_nothing_is_left_are_refused_in_the_same_words(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(own().replace("ARM", "Nowhere").replace(",20", ",x20"))
    assert "no row can be read as a flow" in refused_alike(path, tmp_path)


def test_a_few_places_among_the_values_are_judged_alike_wherever_a_block_ends(tmp_path):
    path = tmp_path / "own.csv"
    stray = [f"ARM,RUS,85{n:04},2031,{p}" for n, p in enumerate(("Kazakhstan", "Georgia", "Armenia", "Belarus") * 5)]
    path.write_text(own(extra=stray))
    assert len(alike(path, tmp_path).table.filter(pc.is_null(pc.field("value_usd")))) == len(stray)
    path.write_text("\n".join([own().partition("\n")[0], *stray]) + "\n")
    assert "holds places" in refused_alike(path, tmp_path)


def test_parts_without_a_figure_and_a_silent_period_in_blocks(constructed, tmp_path):
    lines = (constructed / "comext_bulk.dat").read_text().splitlines()
    again = [x.replace(",1,NAR", ",4,NAR").replace(",1000,1000,", ",0,0,") for x in lines[1:]]
    silent = [x.replace("202301", "202302").rpartition("NAR")[0] + "NAR,202302,0,0,0,0" for x in lines[1:3]]
    path = tmp_path / "full_v2_202301.dat"
    path.write_text("\n".join([lines[0], *lines[1:], *again, *silent]) + "\n")
    alike(path, tmp_path)


def test_several_files_are_checked_as_one(tmp_path):
    paths = [tmp_path / f"{n}.csv" for n in (1, 2)]
    heading = "reporter,exporter,importer,product,period,value_usd"
    for path, years, reporters in (
        (paths[0], range(2000, 2009), ("ARM", "GEO")),
        (paths[1], range(2009, 2012), ("ARM",)),
    ):
        path.write_text("\n".join([heading, *(f"{r},{r},RUS,85,{y},1" for r in reporters for y in years)]) + "\n")
    whole = flow_file.load(paths)
    done = streamed.load_to(paths, tmp_path / "out.parquet")
    assert done.faults.equals(whole.faults)
    (stop,) = [f for f in whole.faults.to_pylist() if "GEO reports no export after 2008" in f["what"]]
    assert stop["rows"] == ["1.csv:18"]


def test_a_block_of_which_no_row_is_left_is_read_on(tmp_path, monkeypatch):
    monkeypatch.setattr(text_table, "_BLOCK", 3)
    path = tmp_path / "own.csv"
    lines = [
        "reporter,flow,partner,product,hs_vintagxport,RUS,850100,HS2017,2021,2121,0.011,5,u",
        "ARM,export,GEO,850200,HS2017,2021,2122,12000,,",
        "ARM,import,CHN,850100,HS2017,2021,100,10,1,u",
        "ARM,import,CHN,850100,HS2017,2021,100,10,1,u",
        "ARM,export,RUS,85,HS2017,2021,5000,1,,",
        "ARM,export,RUS,850300,HS2022,2022,0,,,",
        "GEO,export,World,TOTAL,HS2017,2021,90000,,,",
        "GEO,export,ARM,850100,HS2017,2022,-1,,,",
    ]
    path.write_text("\n".join(lines) + "\n")  # a line end is lost within the heading
    in_blocks, whole, done = both(path, tmp_path)
    assert in_blocks.equals(whole.table)
    assert told(done.faults) == told(whole.faults)


@pytest.mark.slow
def test_ten_times_the_rows_take_little_more_memory(tmp_path):
    """Peak of a process of its own; held, the larger file takes 0.7 GB more than the smaller one."""
    peaks = []
    for count in (60_000, 600_000):
        path = tmp_path / f"{count}.csv"
        dates = [f"{2010 + i % 10}-{i // 10 + 1:02}" for i in range(120)]
        rows = (f"ARM,export,RUS,{100_000 + i // 120},{dates[i % 120]},{i % 997}\n" for i in range(count))
        path.write_text("reporter,flow,partner,product,period,value_usd\n" + "".join(rows))
        code = (
            "import resource, sys; sys.argv[1:] = "
            f"['load', {str(path)!r}, '--out', {str(path.with_suffix('.parquet'))!r}]\n"
            "from entrepot.__main__ import main\n"
            "try: main()\n"
            "except SystemExit as done: assert not done.code\n"
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        peaks.append(int(done.stdout.split()[-1]) / 1024)
    assert peaks[1] < peaks[0] + 220  # MB: DuckDB sorts in 256, of which the smaller file needs some
