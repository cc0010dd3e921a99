"""Worlds: the packaged one adds up and says what is not in it; joining and completing a table keep its totals."""

from __future__ import annotations

import gzip
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import world_table
from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.core.tables.packaged import packaged_rows
from entrepot.scenarios.equilibrium.solve import as_it_is, solve
from entrepot.scenarios.worlds.contract import ELASTICITIES, WORLD_FLOWS
from entrepot.scenarios.worlds.embedded_world import default_world, packaged_table
from entrepot.scenarios.worlds.inter_country import InterCountry, completed, joined, world_of
from entrepot.scenarios.worlds.trade_elasticities import trade_elasticities
from final_as_imported import counted_imports, final_as_imported


def a_table(seed, n=4, j=3):
    """An inter-country table that adds up, with a sector that sells nothing as input."""
    chance = np.random.default_rng(seed)
    flows = chance.lognormal(0, 1, (j, n, j, n)) * (chance.random((j, n, j, n)) < 0.8)
    flows[0, 0] = 0
    flows[range(j), :, :, :] *= 0.3
    output = np.maximum(flows.sum(axis=(2, 3)), flows.sum(axis=(0, 1))) * chance.uniform(1.2, 2, (j, n)) + 0.1
    return flows, output


def read(flows, output):
    j, n = output.shape
    bought, alone = completed(flows.sum(axis=2).transpose(0, 2, 1), output)
    names = tuple(f"E{i}" for i in range(n)), tuple(f"S{i}" for i in range(j))
    return InterCountry(*names, bought, flows.sum(axis=1).transpose(2, 0, 1)), alone


def test_the_packaged_world_adds_up_to_the_dollar():
    rows = packaged_rows(WORLD_FLOWS)
    for row in rows:  # whole millions: what is sold adds up without any rounding
        assert sum(map(int, row["sales"])) == row["output"], row["economy"]
    table, baseline = packaged_table(), default_world()
    assert (table.value_added >= 0).all()
    assert (table.final >= 0).all()
    # the world's books: what all earn is what all finally buy
    assert table.value_added.sum() == table.final.sum()
    world = baseline.world
    assert world.output == pytest.approx(table.output)
    assert world.deficits.sum() == pytest.approx(0, abs=1e-6)
    assert np.abs(solve(world, as_it_is(world)).welfare - 1).max() < 1e-12
    assert tuple(baseline.economies) == world.economies
    assert tuple(baseline.sectors) == world.sectors


def test_the_packaged_world_is_the_world_of_2022():
    world = default_world().world
    earned = dict(zip(world.economies, world.value_added / 1e6, strict=True))
    # National Bureau of Statistics, 2023-01-17: about 18 trillion dollars; the OECD's basic prices leave out taxes
    assert earned["CHN"] == pytest.approx(18, rel=0.05)
    # World Bank, gross domestic product of 2022: 25.7 to 26.0 trillion dollars
    assert earned["USA"] == pytest.approx(25.9, rel=0.05)
    share = world.output[world.sectors.index("textiles")]
    assert share[world.economies.index("CHN")] / share.sum() > 0.4  # half of the world's textiles are made in China


def test_what_is_not_in_the_world_is_said():
    baseline = default_world()
    assert baseline.world.economies[baseline.economy("KAZ")] == "KAZ"
    for code, words in (("KGZ", "Kyrgyzstan"), ("UZB", "not in the table"), ("TJK", "Nothing can be said")):
        with pytest.raises(BadInputError, match=words):
            baseline.economy(code)
    with pytest.raises(BadInputError, match="only as a part of EU"):
        baseline.economy("DEU")
    with pytest.raises(UnknownNameError, match="CHN"):
        baseline.economy("CHI")
    with pytest.raises(UnknownNameError, match="textiles"):
        baseline.sector("textile")
    assert {e for members in baseline.members.values() for e in members}.isdisjoint(baseline.economies)
    assert any("imputed" in note for note in baseline.notes)


def test_the_script_reads_the_form_that_the_world_is_made_from(tmp_path, monkeypatch):
    flows, output = a_table(1, n=3, j=2)
    flows, output = 1000 * flows, 1000 * output
    used = flows.sum(axis=(0, 1))
    path, out = tmp_path / "cache.npz", tmp_path / "flows.csv.gz"
    shares = (flows / np.where(used > 0, used, 1)).reshape(6, 6)
    np.savez(
        path, A=shares, omb=(used / output).ravel(), go=output.ravel(), countries=["A", "B", "C"], sectors=["s", "t"]
    )
    groups = {
        world_table.WORLD_ECONOMIES: [
            {"economy": "A", "stands": "alone", "members": ["A"]},
            {"economy": "REST", "stands": "joined", "members": ["C", "B"]},
            {"economy": "Z", "stands": "absent", "members": []},
        ],
        world_table.WORLD_SECTORS: [{"sector": "s", "members": ["s"]}, {"sector": "t", "members": ["t"]}],
    }
    monkeypatch.setattr(world_table, "packaged_rows", groups.get)
    monkeypatch.setattr(world_table, "FILE", out)
    world_table.main(path)
    written = [line.split(",") for line in gzip.decompress(out.read_bytes()).decode().splitlines()[1:]]
    assert [row[:2] for row in written] == [["A", "s"], ["A", "t"], ["REST", "s"], ["REST", "t"]]
    wanted = [*output[:, 0], *output[:, 1:].sum(axis=1)]
    assert [int(row[2]) for row in written] == pytest.approx(wanted, abs=2)  # each sale is rounded by itself
    assert int(written[1][4].split(";")[0]) == pytest.approx(flows[0, :, 1, 0].sum(), abs=1)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(2, 5), st.integers(2, 4))
def test_joining_and_completing_keep_every_total(seed, n, j):
    flows, output = a_table(seed, n, j)
    table, alone = read(flows, output)
    assert alone == int((flows.sum(axis=(2, 3)) == 0).sum())
    assert table.output == pytest.approx(output, rel=1e-12)
    world = world_of(table, np.full(j, 4.0))
    assert world.value_added.sum() == pytest.approx((output - flows.sum(axis=(0, 1))).sum(), rel=1e-12)
    groups = {"A": ["E0"], "B": [f"E{i}" for i in range(1, n)]}
    into = {"X": [f"S{i}" for i in range(j - 1)], "Y": [f"S{j - 1}"]}
    small = joined(table, groups, into)
    assert small.bought.sum() == pytest.approx(output.sum(), rel=1e-12)
    # by hand: what the second group buys of the first
    assert small.bought[0, 1, 0] == pytest.approx(table.bought[: j - 1, 1:, 0].sum(), rel=1e-12)
    assert small.inputs[1, 0, 1] == pytest.approx(flows[: j - 1, :, j - 1, 1:].sum(), rel=1e-12)
    world_of(small, np.full(2, 4.0))


def test_a_table_that_makes_no_world_is_refused_by_name():
    table, _ = read(*a_table(3))
    ones = np.full(3, 4.0)
    bad = table.bought.copy()
    bad[1, 2, 0] = -5
    with pytest.raises(BadInputError, match=r"S1, E2, E0: -5, and 0 more"):
        world_of(replace(table, bought=bad), ones)
    greedy = table.inputs.copy()
    greedy[2, :, 1] *= 40
    with pytest.raises(BadInputError, match=r"uses more than it sells: 'S1 in E2"):
        world_of(replace(table, inputs=greedy), ones)
    with pytest.raises(BadInputError, match="each of the 4 of the table in exactly one"):
        joined(table, {"A": ["E0", "E1"], "B": ["E1", "E2"]}, {s: [s] for s in table.sectors})
    with pytest.raises(UnknownNameError, match="E9"):
        joined(table, {"A": ["E9"]}, {s: [s] for s in table.sectors})


@pytest.mark.shared
def test_elasticities_are_those_that_are_printed(shared):
    rows = packaged_rows(ELASTICITIES)
    theirs = np.loadtxt(shared / "data/caliendo_parro_2015/T.txt")
    assert [r["elasticity"] for r in rows[:20]] == pytest.approx(theirs, abs=0.005)  # the file has two digits
    found = trade_elasticities()
    assert set(found) == set(default_world().sectors)
    # by hand: 3.13 (1.78) and 1.67 (2.23), weighed by precision
    assert found["chemicals"].value == pytest.approx((3.13 / 1.78**2 + 1.67 / 2.23**2) / (1.78**-2 + 2.23**-2))
    assert found["chemicals"].error == pytest.approx((1.78**-2 + 2.23**-2) ** -0.5)
    assert (found["textiles"].value, found["textiles"].error) == pytest.approx((8.1, 1.28))
    assert found["services"].basis == "assumed"


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0.1, 3.0))
def test_final_sales_follow_what_is_counted_and_keep_every_total(seed, part):
    flows, output = a_table(seed, n=4, j=2)
    intermediate = flows.sum(axis=2).transpose(0, 2, 1)
    bought, _ = completed(intermediate, output)
    final = bought - intermediate
    names = (("USA", "CHN", "DEU", "FRA"), ("c", "d"))
    members = ({"EU": ["DEU", "FRA"]}, {"textiles": ["c"], "metals": ["d"]})
    sold = final[0, :, 1].sum()
    counted = {
        ("CHN", "textiles"): float(intermediate[0, 0, 1] + part * 0.3 * sold),
        ("", "textiles"): float(intermediate[0, 0, 1] + part * 0.3 * sold),
    }
    found = final_as_imported(final, intermediate, counted, names, members)
    assert found.sum(axis=1) == pytest.approx(final.sum(axis=1), abs=1e-9)
    assert (found >= 0).all()
    assert found[1] == pytest.approx(final[1], abs=1e-9)  # of metals nothing is counted
    assert found[0, 0, 1] == pytest.approx(part * 0.3 * sold)
    assert found[0, 0, 2:] == pytest.approx(0, abs=1e-12)  # the world's count leaves nothing to the others


@pytest.mark.shared
def test_the_packaged_world_sells_the_united_states_what_they_count(shared):
    counted = counted_imports(shared / "data/trade/us_imports_naics3_monthly_2013_2025.parquet", world_table.YEAR)
    world = default_world().world
    at = world.economies.index
    for (code, sector), value in counted.items():
        if code not in world.economies:
            continue
        flow = world.imports[world.sectors.index(sector), at("USA"), at(code)]
        # what is sold as input alone can be more than is counted, and nobody sells abroad all that it makes
        assert flow >= 0.4 * value - 2 or value < 50, (code, sector)
    for code in ("CHN", "MEX", "VNM", "JPN", "EU"):
        told = sum(v for (c, _), v in counted.items() if c == code)
        assert world.imports[:9, at("USA"), at(code)].sum() == pytest.approx(told, rel=0.06)
