"""Totals of products larger than the codes below them: the rest is a row, once, and nothing is counted twice."""

from __future__ import annotations

import pytest
from tests.trade.both_ways import alike

from entrepot.trade.loading import flow_file, streamed
from entrepot.trade.mirrors.mirror_gaps import mirror

HEAD = "reporter,partner,flow,product,period,value_usd,net_kg"


def read(tmp_path, *lines):
    path = tmp_path / "flows.csv"
    path.write_text("\n".join([HEAD, *lines]), encoding="utf-8")
    return alike(path, tmp_path)


def rests(loaded):
    rows = loaded.table.to_pylist()
    return {r["product"]: (r["value_usd"], r["net_kg"]) for r in rows if r["product"].endswith("~")}


def said(loaded):
    return [f["what"] for f in loaded.faults.to_pylist() if f["kind"] == "not_told_apart"]


def counted(loaded):
    return sum(r["value_usd"] or 0 for r in loaded.table.to_pylist() if not r["product"].startswith("+"))


def test_what_a_heading_holds_beside_its_codes_is_a_row_and_is_said(tmp_path):
    loaded = read(
        tmp_path,
        "ITA,EGY,export,8411,2023-04,9000000,700",
        "ITA,EGY,export,84111100,2023-04,1250000,120",
        "ITA,EGY,export,84118200,2023-04,750000,80",
    )
    assert rests(loaded) == {"8411~": (7000000, 500)}
    assert counted(loaded) == 9000000
    assert "USD 7 million" in said(loaded)[0]
    assert loaded.losses.share() == 0


def test_nested_totals_leave_one_rest_each_and_the_whole_is_the_largest_total(tmp_path):
    loaded = read(
        tmp_path,
        "POL,MAR,export,84,2022,1000000,",
        "POL,MAR,export,8471,2022,600000,",
        "POL,MAR,export,847130,2022,500000,",
        "POL,MAR,export,84713000,2022,450000,",
        "POL,MAR,export,8401,2022,150000,",
    )
    assert {code: usd for code, (usd, _) in rests(loaded).items()} == {
        "847130~": 50000,
        "8471~": 100000,
        "84~": 1000000 - 600000 - 150000,
    }
    assert counted(loaded) == 1000000


def test_rounding_and_totals_that_fit_leave_nothing(tmp_path):
    loaded = read(
        tmp_path,
        "ESP,PER,export,8703,2022,2000001,900",
        "ESP,PER,export,870323,2022,1500000,600",
        "ESP,PER,export,870332,2022,500000,300",
    )
    assert not rests(loaded)
    assert not said(loaded)


def test_a_code_kept_back_is_in_the_rest_and_its_weight_is_not_guessed(tmp_path):
    loaded = read(
        tmp_path,
        "NLD,CHL,export,8802,2022,400000,50",
        "NLD,CHL,export,880212,2022,,20",
        "NLD,CHL,export,880230,2022,100000,10",
    )
    assert rests(loaded) == {"8802~": (300000, None)}


def test_the_row_of_the_world_has_its_rest_and_the_amount_is_said_once(tmp_path):
    lines = [
        f"FRA,{partner},export,{code},2022,{usd},"
        for partner in ("Kenya", "World")
        for code, usd in (("8802", 90000), ("880212", 30000))
    ]
    loaded = read(tmp_path, *lines)
    assert sum(r["product"] == "8802~" for r in loaded.table.to_pylist()) == 2
    assert "USD 60 thousand" in said(loaded)[0] or "USD 60,000" in said(loaded)[0]


def test_what_was_written_reads_as_it_is(tmp_path):
    read(tmp_path, "ITA,EGY,export,8411,2023-04,9000000,", "ITA,EGY,export,84111100,2023-04,1250000,")
    again = tmp_path / "again.csv"
    flows = flow_file.load((tmp_path / "out" / "flows.parquet",)).table.to_pylist()
    assert sorted(r["product"] for r in flows) == ["+8411", "84111100", "8411~"]
    names = list(flows[0])
    cells = [",".join("" if r[n] is None else str(r[n]) for n in names) for r in flows]
    again.write_text("\n".join([",".join(names), *cells]), encoding="utf-8")
    loaded = flow_file.load((again,))
    assert counted(loaded) == 9000000
    assert not [f for f in loaded.faults.to_pylist() if f["kind"] in ("not_hs", "not_told_apart")]


def test_a_mirror_compares_the_rest_of_six_digits_and_no_other(tmp_path):
    both = [
        row.format(partner=partner)
        for partner in ("KEN", "EGY", "CHL")
        for row in (
            "DEU,{partner},export,85,2022,900,",
            "DEU,{partner},export,854231,2022,500,",
            "DEU,{partner},export,85423110,2022,100,",
            "{partner},DEU,import,85,2022,990,",
            "{partner},DEU,import,854231,2022,550,",
        )
    ]
    found = mirror(read(tmp_path, *both).table).flows.to_pylist()
    assert [(r["product"], r["export_usd"], r["import_usd"]) for r in found] == 3 * [("854231", 500, 550)]


@pytest.mark.parametrize("blocks", [1, 2])
def test_a_total_and_its_codes_in_different_files_are_one_table(tmp_path, blocks):
    head, codes = tmp_path / "a.csv", tmp_path / "b.csv"
    head.write_text(f"{HEAD}\nITA,EGY,export,8411,2023,900000,\n", encoding="utf-8")
    codes.write_text(f"{HEAD}\nITA,EGY,export,84111100,2023,100000,\n", encoding="utf-8")
    paths = [head, codes][:: 1 if blocks == 1 else -1]
    held = flow_file.load(paths)
    out = tmp_path / "out.parquet"
    done = streamed.load_to(paths, out)
    assert held.faults.equals(done.faults)
    assert rests(held) == {"8411~": (800000, None)}
