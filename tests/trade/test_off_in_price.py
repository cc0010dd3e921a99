"""A reporter in thousands, where one side alone reports: the price of a kilogram tells, and nothing else does."""

from __future__ import annotations

import pytest
from tests.trade.both_ways import alike

HEAD = "reporter,partner,flow,product,period,value_usd,net_kg"
REPORTERS = {"USA": 1.0, "JPN": 1.6, "DEU": 0.7, "FRA": 1.2, "KOR": 0.9}
DOLLARS = {"030617": 8.0, "160521": 11.0}  # a kilogram
MONTHS = [f"2021-{month:02}" for month in range(1, 13)]


def read(tmp_path, change=lambda _reporter, _product, value, kg: (value, kg), reporters=REPORTERS, flow="import"):
    rows = []
    for reporter, dearer in reporters.items():
        for product, price in DOLLARS.items():
            for n, month in enumerate(MONTHS):
                kg = 50_000 + 900 * n
                value, kg = change(reporter, product, kg * price * dearer, kg)
                rows.append(f"{reporter},THA,{flow},{product},{month},{value:.6f},{'' if kg is None else f'{kg:.6f}'}")
    path = tmp_path / "flows.csv"
    path.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    return alike(path, tmp_path)


def said(loaded):
    return [f["what"] for f in loaded.faults.to_pylist() if f["kind"] == "value_suspect"]


def off(of, value=1.0, weight=1.0, products=tuple(DOLLARS)):
    def change(reporter, product, dollars, kg):
        mine = reporter in of and product in products
        return (dollars * value, kg * weight) if mine else (dollars, kg)

    return change


@pytest.mark.parametrize(
    ("change", "who", "times", "why"),
    [
        (off(["USA"], value=1e-3), "USA", "1/1000 of", "values in thousands, or weights in grams?"),
        (off(["JPN"], value=1e-6), "JPN", "1/1,000,000 of", "values in millions?"),
        (off(["KOR"], weight=1e-3), "KOR", "1000 times", "weights in tonnes, or a value scaled twice?"),
    ],
)
def test_who_is_off_in_all_its_goods_is_named_and_kept(tmp_path, change, who, times, why):
    calm, loaded = read(tmp_path), read(tmp_path, change)
    assert said(calm) == []
    (what,) = (w for w in said(loaded) if "worth about" in w)
    assert what == f"{who}'s imports are worth about {times} what others report for a kilogram, in 2 products: {why}"
    assert loaded.table.num_rows == calm.table.num_rows == 2 * 5 * 12


def test_exports_are_held_likewise(tmp_path):
    (what,) = (w for w in said(read(tmp_path, off(["DEU"], value=1e-3), flow="export")) if "worth about" in w)
    assert what.startswith("DEU's exports are worth about 1/1000 of")


@pytest.mark.parametrize(
    ("change", "reporters"),
    [
        (off(["USA"], value=0.02), REPORTERS),  # dear and cheap goods of one code
        (off(["USA"], value=1e-3, products=["030617"]), REPORTERS),  # one product of two: no sheet
        (off(["USA"], value=1e-3), {"USA": 1.0, "JPN": 1.6, "DEU": 0.7}),  # two others: nobody knows which is right
        (off(["USA", "JPN"], value=1e-3), {"USA": 1.0, "JPN": 1.6, "DEU": 0.7, "FRA": 1.0}),  # two against two
        (lambda _r, _p, value, _kg: (value, None), REPORTERS),  # nothing is weighed
        (off(["JPN", "KOR", "FRA"], value=30.0), REPORTERS),  # others that disagree among themselves
    ],
)
def test_what_may_be_so_is_not_named(tmp_path, change, reporters):
    assert [w for w in said(read(tmp_path, change, reporters)) if "worth about" in w] == []
