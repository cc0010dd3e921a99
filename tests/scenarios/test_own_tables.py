"""Tables of one's own: the OECD's layout, WIOD's, and panels; what does not add up is refused by name."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrepot.core.errors import EntrepotError
from entrepot.scenarios.asked.own_unsure_world import OwnTable, own_unsure_world
from entrepot.scenarios.equilibrium.solve import as_it_is, solve
from entrepot.scenarios.worlds.grouping import Grouping, read_grouping
from entrepot.scenarios.worlds.inter_country import joined
from entrepot.scenarios.worlds.own_world import own_world, read_panel
from entrepot.scenarios.worlds.table_file import read_table

FINAL = ("HFCE", "NPISH", "GGFC", "GFCF", "INVNT", "DPABR")  # the OECD's categories, in its order
PARTS = ("DEU", "KAZ", "CN1", "CN2", "MX1", "MX2", "ROW")  # with the parts of the extended edition
WHOLES = ("DEU", "KAZ", "CHN", "MEX", "ROW")  # final users are those of the whole
IN_WIOD = ("DEU", "KAZ", "CHN", "IND", "MEX", "USA", "ROW")  # the same seven rows, for WIOD has no parts
SECTORS = ("A01", "C17_18", "K")


class Made:
    """An invented table: flows[seller, sector, buyer, sector], final[seller, sector, user, category], and its files."""

    def __init__(self, seed):
        chance = np.random.default_rng(seed)
        n, j = len(PARTS), len(SECTORS)
        self.flows = chance.lognormal(2, 1, (n, j, n, j)).round(3)
        self.final = chance.lognormal(3, 1, (n, j, len(WHOLES), len(FINAL))).round(3)
        self.taxes = chance.normal(0, 1, (n, j)).round(3)
        self.output = self.flows.sum(axis=(2, 3)) + self.final.sum(axis=(2, 3))
        over = np.maximum(self.flows.sum(axis=(0, 1)) + self.taxes - 0.8 * self.output, 0)
        self.final[:, :, 0, 0] += over.round(3)  # what it uses beyond its sales, it sells as well
        self.output = self.flows.sum(axis=(2, 3)) + self.final.sum(axis=(2, 3))
        self.earned = self.output - self.flows.sum(axis=(0, 1)) - self.taxes

    def icio(self):
        """The official layout: V1, industries, final use, OUT; below them TLS, VA, OUT."""
        nodes = [f"{c}_{s}" for c in PARTS for s in SECTORS]
        size = len(nodes)
        body = np.hstack([self.flows.reshape(size, size), self.final.reshape(size, -1), self.output.reshape(size, 1)])
        rows = [["V1", *nodes, *(f"{c}_{f}" for c in WHOLES for f in FINAL), "OUT"]]
        rows += [[name, *row] for name, row in zip(nodes, body.round(6).tolist(), strict=True)]
        blank = [0] * (len(WHOLES) * len(FINAL) + 1)
        rows += [["TLS", *self.taxes.ravel(), *blank], ["VA", *self.earned.ravel().round(6), *blank]]
        return [*rows, ["OUT", *self.output.ravel().round(6), *blank]]

    def wiod(self):
        """WIOD's layout of 2016 with three industries and two categories of final use."""
        n, j = len(PARTS), len(SECTORS)
        final = np.zeros((n, j, n, 2))
        final[:, :, :, 0][:, :, [0, 1, 2, 4, 6]] = self.final[..., :3].sum(axis=3)
        final[:, :, :, 1][:, :, [0, 1, 2, 4, 6]] = self.final[..., 3:].sum(axis=3)
        heads = ["IndustryCode", "IndustryDescription", "Country", "RNr", "Year"]
        numbered = [f"{c}{k}" for c in IN_WIOD for k in (1, 2, 3)] + [f"{c}{k}" for c in IN_WIOD for k in (4, 5)]
        rows = [[*heads, *numbered, "TOT"]]
        for i, c in enumerate(IN_WIOD):
            for k, s in enumerate(SECTORS):
                cells = [*self.flows[i, k].ravel(), *final[i, k].ravel(), self.output[i, k]]
                rows.append([s, "words", c, k + 1, 2014, *np.round(cells, 6)])
        blank = [0] * (2 * n + 1)
        used = self.flows.sum(axis=(0, 1)).ravel()
        for number, (code, cells) in enumerate(
            (("II_fob", used), ("TXSP", self.taxes.ravel()), ("VA", self.earned.ravel()), ("GO", self.output.ravel()))
        ):
            rows.append([code, "words", "TOT", 65 + number, 2014, *np.round(cells, 6), *blank])
        return rows


def written(path, rows):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


GROUPS = Grouping({"EU": ["DEU"], "CHN": ["CHN"], "REST": ["*"]}, {"goods": ["A01", "C17_18"], "services": ["K"]})


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32 - 1))
def test_the_oecds_layout_is_read_to_the_cell(tmp_path, seed):
    made = Made(seed)
    path = written(tmp_path / "2022.csv", made.icio())
    read = read_table(path)
    table = read.table
    assert read.layout == "OECD ICIO"
    assert table.economies == WHOLES
    assert table.sectors == SECTORS
    of = [[0], [1], [2, 3], [4, 5], [6]]  # the parts of each
    for i, sellers in enumerate(of):
        for n, buyers in enumerate(of):
            used = made.flows[np.ix_(sellers, range(3), buyers, range(3))].sum(axis=(0, 2))
            wanted = used.sum(axis=1) + made.final[sellers, :, n].sum(axis=(0, 2))
            assert table.bought[:, n, i] == pytest.approx(wanted)
        assert table.inputs[i] == pytest.approx(made.flows[:, :, sellers].sum(axis=(0, 2)))
    # taxes on what is used stay with value added: the model has no third between inputs and earnings
    assert table.value_added.sum() == pytest.approx((made.earned + made.taxes).sum())
    again = read_table(path, GROUPS).table
    by_hand = joined(table, {"EU": ["DEU"], "CHN": ["CHN"], "REST": ["KAZ", "MEX", "ROW"]}, GROUPS.sectors)
    assert again.economies == by_hand.economies
    assert again.bought == pytest.approx(by_hand.bought)
    assert again.inputs == pytest.approx(by_hand.inputs)
    world = own_world(read, 4.0, year=2022, unit="million USD", source="invented").world
    assert np.abs(solve(world, as_it_is(world)).welfare - 1).max() < 1e-9
    wiod = read_table(written(tmp_path / "wiot.csv", made.wiod()))
    assert wiod.layout == "WIOD"
    assert wiod.table.output == pytest.approx(made.output.T)
    assert wiod.table.inputs == pytest.approx(made.flows.sum(axis=0).transpose(1, 0, 2))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_table_is_refused_or_says_the_same(tmp_path, data):
    rows = Made(1).icio()
    path = written(tmp_path / "whole.csv", rows)
    whole = read_table(path).table.bought
    at = data.draw(st.integers(0, len(rows) - 1)), data.draw(st.integers(0, len(rows[0]) - 1))
    cell = data.draw(st.sampled_from(["", "x", "nan", "inf", "-4", "1e9", "CHN_A01", "\0"]) | st.text(max_size=4))
    rows[at[0]] = [*rows[at[0]][: at[1]], cell, *rows[at[0]][at[1] + 1 :]]
    if data.draw(st.booleans()):
        del rows[at[0]]
    path = written(tmp_path / "damaged.csv", rows)
    try:
        found = read_table(path).table.bought
    except EntrepotError as exc:
        assert "damaged.csv" in str(exc)
    else:
        assert found.shape == whole.shape
        assert found == pytest.approx(whole, rel=0.01, abs=5)


def changed(tmp_path, act):
    rows = Made(2).icio()
    act(rows)
    return written(tmp_path / "t.csv", rows)


def put(row, column, value):
    def act(rows):
        at = rows[0].index(column)
        line = next(r for r in rows if r[0] == row)
        line[at] = value(line[at]) if callable(value) else value

    return act


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (put("KAZ_A01", "DEU_K", lambda v: v + 900), r"1 rows that do not add up.*KAZ_A01 adds up to"),
        (put("VA", "ROW_K", lambda v: v + 900), r"1 columns that do not add up.*ROW_K adds up to"),
        (put("KAZ_A01", "DEU_K", -5), r"between industries below 0: 'KAZ_A01 to DEU_K: -5; 1 in all"),
        (put("KAZ_A01", "DEU_K", "n.a."), r"line 5, column DEU_K: 'n.a.' where a number belongs"),
        (put("KAZ_A01", "DEU_K", ""), r"line 5, column DEU_K: an empty cell"),
        (put("KAZ_A01", "DEU_K", "inf"), r"'inf' where a number belongs"),
        (put("KAZ_A01", "V1", "KAZ_K"), r"the row KAZ_K stands twice"),
        (put("KAZ_A01", "V1", "KAZ_Z9"), r"the row KAZ_Z9 has no column"),
        (put("KAZ_A01", "V1", "Kazakhstan"), r"a row called 'Kazakhstan'"),
        (put("V1", "DEU_K", "DEU_A01"), r"the column DEU_A01 stands twice"),
        (put("V1", "DEU_HFCE", "XYZ_HFCE"), r"final use of an economy without industries: XYZ_HFCE"),
        (lambda rows: rows.pop(3), r"1 industries have a column and no row: DEU_K"),
    ],
)
def test_what_a_table_may_not_have_is_named(tmp_path, act, words):
    with pytest.raises(EntrepotError, match=words):
        read_table(changed(tmp_path, act))


def test_falls_in_stocks_are_set_to_zero_only_where_asked(tmp_path):
    def fall(rows):
        at = [rows[0].index(f"ROW_{f}") for f in FINAL]
        line = next(r for r in rows if r[0] == "KAZ_A01")
        lost = sum(line[i] for i in at) + 7
        line[at[4]] -= lost
        line[-1] -= lost
        for row in rows:
            if row[0] in ("VA", "OUT"):
                row[rows[0].index("KAZ_A01")] -= lost

    path = changed(tmp_path, fall)
    with pytest.raises(EntrepotError, match=r"1 final sales below 0, 7 in all.*A01 of KAZ to ROW: -7"):
        read_table(path)
    read = read_table(path, negative_final="zero")
    assert any("1 final sales below 0, 7 in all" in note and "set to 0" in note for note in read.notes)


def test_a_mapping_is_toml_or_csv_and_is_held_against_the_table(tmp_path):
    toml, table = tmp_path / "m.toml", tmp_path / "m.csv"
    toml.write_text('[economies]\nEU = ["DEU"]\nREST = ["*"]\n[sectors]\nall = ["*"]\n', encoding="utf-8")
    table.write_text("kind,group,member\neconomies,EU,DEU\neconomies,REST,*\nsectors,all,*\n", encoding="utf-8")
    assert read_grouping(toml) == read_grouping(table)
    path = written(tmp_path / "t.csv", Made(3).icio())
    assert read_table(path, read_grouping(toml)).table.sectors == ("all",)
    for text, words in (
        ('[economies]\nEU = "DEU"\n', "economies.EU of m.toml is no group"),
        ("[regions]\nEU = ['DEU']\n", "unknown part of a mapping 'regions'"),
        ("[economies\n", "is no TOML"),
        ("", "names no group"),
        ("economies = 3\n", "is no group"),
        ("economies = ['DEU']\n", "is no group"),
        ("[[economies]]\nEU = ['DEU']\n", "is no group"),
        ("[economies]\nEU = ['FRA']\nREST = ['*']\n", "unknown economy of EU 'FRA'"),
        ("[economies]\nEU = ['DEU']\n", "KAZ in 0"),
        ("[economies]\nEU = ['*']\nREST = ['*']\n", "two groups of economies take all others"),
    ):
        toml.write_text(text, encoding="utf-8")
        with pytest.raises(EntrepotError, match=words):
            read_table(path, read_grouping(toml))


def test_a_panel_of_flows_is_a_world_of_one_sector(tmp_path):
    path = tmp_path / "panel.csv"
    rows = [("exporter", "importer", "year", "flow")]
    rows += [(i, n, 2006, 100 if i == n else 5) for i in "ABC" for n in "ABC" if (i, n) != ("A", "C")]
    written(path, [*rows, ("A", "B", 2005, 3)])
    read = read_panel(path, "2006")
    assert read.table.economies == ("A", "B", "C")
    assert read.table.bought[0, 1, 0] == 5
    assert "1 pairs have no row" in read.notes[0]
    world = own_world(read, 6.0, year=2006, unit="million USD", source="invented").world
    outcome = solve(world, as_it_is(world, balanced=True))
    assert np.abs(outcome.world.deficits).max() < 1e-7
    for text, words in (
        ("exporter,importer,flow\nA,B,3\nA,A,9\n", "what some sell at home: 'B'"),
        ("exporter,importer,flow\nA,A,-3\n", "line 2: '-3' where a flow belongs"),
        ("exporter,importer,flow\nA,A,3\nA,A,4\n", "line 3: A to A stands twice"),
        ("exporter,buyer,flow\nA,A,3\n", "has no column 'importer'"),
        ("exporter,importer,year,flow\nA,A,2006,3\nA,A,2007,3\n", "several years: '2006, 2007'.*Name the year"),
    ):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(EntrepotError, match=words):
            read_panel(path)
    written(path, rows)
    with pytest.raises(EntrepotError, match="no row of 1999"):
        read_panel(path, "1999")


@pytest.mark.parametrize("head", ["exporter,importer,flow,year", "Exporter,Importer,Flow,Year"])
def test_a_panel_of_one_year_needs_no_year_named(head, tmp_path):
    path = tmp_path / "panel.csv"
    path.write_text(f"{head}\nA,A,9,2019\nA,B,1,2019\nB,A,1,2019\nB,B,4,2019\n", encoding="utf-8")
    assert own_unsure_world(OwnTable(path, elasticities=("5",))).year == "2019"
    assert read_panel(path).notes == ("2 economies; 0 pairs have no row and stand as 0",)


@pytest.mark.parametrize("factor", [1e6, 1e9])
def test_dollars_called_millions_are_refused(factor, tmp_path):
    """What two large economies sell, in thousands or in dollars, is beyond what the world makes in millions."""
    flows = (("USA", "USA", 45_000), ("USA", "CHN", 154), ("CHN", "USA", 536), ("CHN", "CHN", 44_000))
    path = tmp_path / "panel.csv"
    text = "exporter,importer,flow\n" + "\n".join(f"{a},{b},{x * factor:.0f}" for a, b, x in flows)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(EntrepotError, match=r"no millions of USD.*Divide values in USD by 1,000,000"):
        own_unsure_world(OwnTable(path, elasticities=("5",)))


def test_a_table_without_elasticities_or_output_is_refused(tmp_path):
    read = read_table(written(tmp_path / "t.csv", Made(4).icio()))
    with pytest.raises(EntrepotError, match="sector with an elasticity 'A01'"):
        own_world(read, year=2022, unit="USD", source="invented")
    with pytest.raises(EntrepotError, match="elasticity of A01"):
        own_world(read, 0, year=2022, unit="USD", source="invented")
    idle = read.table.bought
    idle[:, :, 1], idle[:, 1, :], read.table.inputs[1] = 0, 0, 0
    with pytest.raises(EntrepotError, match=r"economy without output|used more than it is bought|uses more"):
        own_world(read, 4.0, year=2022, unit="USD", source="invented")


@pytest.mark.parametrize(
    ("more", "cells", "said"),
    [
        (",unit", ",1000 USD", "unit (1000 USD)"),
        (",Product,currency", ",030617,EUR", "product (030617), currency (EUR)"),
        (",note", ",", None),  # a column without words says nothing
        ("", "", None),
    ],
)
def test_columns_of_a_panel_that_are_not_read_are_named(more, cells, said, tmp_path):
    """A unit beside the flows changes each dollar of the answer, and a column of goods what the one sector is."""
    path = tmp_path / "panel.csv"
    rows = [f"{a},{b},{x}{cells}" for a, b, x in (("A", "A", 9), ("A", "B", 1), ("B", "A", 1), ("B", "B", 4))]
    path.write_text("\n".join(["exporter,importer,flow" + more, *rows]), encoding="utf-8")
    whole, *rest = read_panel(path).notes
    assert whole == "2 economies; 0 pairs have no row and stand as 0"
    assert rest == ([f"not read, whatever they say of goods or units: {said}"] if said else [])


@pytest.mark.parametrize(
    ("head", "missing", "other"),
    [
        ("exporter,importer,Flow_thousand_USD", "flow", "flow_thousand_usd"),
        ("seller,importer,flow", "exporter", "seller"),
    ],
)
def test_a_panel_whose_column_is_called_otherwise_is_no_inter_country_table(head, missing, other, tmp_path):
    path = tmp_path / "panel.csv"
    path.write_text(f"{head}\nA,A,9\nA,B,3\n", encoding="utf-8")
    with pytest.raises(EntrepotError) as refused:
        own_unsure_world(OwnTable(path, elasticities=("5",)))
    said = str(refused.value)
    assert f"has no column '{missing}'; it has {other}" in said
    assert "millions of USD" in said  # what is in thousands is not read as millions
    assert "industry" not in said
