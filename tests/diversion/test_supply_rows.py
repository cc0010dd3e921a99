"""The rows of a supply: what cannot be summed is refused, codes that changed are followed, nothing falls unsaid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from tests.diversion.test_diverted import ASKED, YEARS, flows, rows_of, through, world

from entrepot.core.errors import BadInputError, UnreadableFileError
from entrepot.diversion.bounds.supply_file import read_supply
from entrepot.diversion.modes.diverted import diverted

LATER = replace(ASKED, since=date(2022, 1, 1))  # when HS 2022 parts 8541.40
SHIFT = 8  # years from the panel's first to 2016
FLAT = 1e7
ALIKE = 0.01  # the two codes are series of their own as well, of which a little is learned: .1 % here


@pytest.fixture(scope="module")
def rows():
    return [
        r | {"period": str(int(r["period"]) + SHIFT)} for r in world(1, change=through("KAZ")) if r["product"] == "10"
    ]


def supply(product="10", hub="KAZ", years=range(YEARS), amount=FLAT, first=2008):
    return [{"product": product, "hub": hub, "period": str(first + t), "amount": amount, "unit": "USD"} for t in years]


def table(rows):
    return pl.DataFrame(rows).to_arrow()


def recoded(rows, before="854140", after=("854143",)):
    """The same flows under codes that changed; the trade of the later code parted among several."""
    return [
        r | {"product": code, "value_usd": r["value_usd"] / (1 if code == before else len(after))}
        for r in rows
        for code in ((before,) if r["period"] < "2022" else after)
    ]


def row_of(scan, hub="KAZ"):
    return next(r for r in rows_of(scan) if r["hub"] == hub and r["judged"] and r["low"] is not None)


def test_two_rows_of_one_product_hub_and_period_are_refused_in_either_order():
    plants = supply(), supply(amount=FLAT / 2)
    for first, second in (plants, plants[::-1]):
        with pytest.raises(BadInputError, match=r"two rows of the supply, row 1 and row 11"):
            diverted(flows(world(1, change=through("KAZ"))), ASKED, table([*first, *second]))


def test_rows_of_a_file_are_refused_with_their_lines(tmp_path):
    path = tmp_path / "supply.csv"
    path.write_text("product,hub,period,amount,unit\n10,KAZ,2010,1,USD\n10,Kazakhstan,2010,2,USD\n")
    with pytest.raises(BadInputError, match="line 2 and line 3"):
        diverted(flows(world(1, change=through("KAZ"))), ASKED, read_supply(path))
    path.write_text("product,hub,period,amount,unit\n10,KAZ,2010,-1,USD\n")
    with pytest.raises(UnreadableFileError, match="at least 0"):
        read_supply(path)


def test_an_amount_below_0_is_refused():
    with pytest.raises(BadInputError, match="row 1 of the supply"):
        diverted(flows(world(1, change=through("KAZ"))), ASKED, table(supply(amount=-FLAT)))


@pytest.mark.parametrize("name", ["Kazakhstan", "kaz", "KZ"])
def test_a_hub_may_be_named_as_elsewhere(name):
    panel = flows(world(1, change=through("KAZ")))
    plain, named = (row_of(diverted(panel, ASKED, table(supply(hub=h)))) for h in ("KAZ", name))
    assert named == plain
    assert plain["supply_basis"] == "reported"


@pytest.mark.parametrize(
    "given",
    [
        [("854140", range(6)), ("854143", range(6, YEARS))],
        [("854140", range(YEARS))],
        [("8541.40", range(YEARS))],
        [("854140/854143", range(YEARS))],
    ],
)
def test_output_of_a_code_that_changed_counts_as_it_would_without_the_change(rows, given):
    made = [r for code, years in given for r in supply(code, years=years, first=2016)]
    joined = row_of(diverted(flows(recoded(rows)), LATER, table(made)))
    assert joined["product"] == "854140/854143"
    whole = row_of(diverted(flows(rows), LATER, table(supply(first=2016))))
    assert whole["low"] > 0
    assert joined["supply_basis"] == "reported"
    for column in ("low", "high", "supply"):  # the same flows and output under one code
        assert joined[column] == pytest.approx(whole[column], rel=ALIKE)


def test_output_of_one_of_two_later_codes_is_not_taken_for_the_whole(rows):
    parted = flows(recoded(rows, after=("854142", "854143")))
    half = [*supply("854140", years=range(6), first=2016), *supply("854143", years=range(6, YEARS), first=2016)]
    scan = diverted(parted, LATER, table(half))
    assert row_of(scan)["low"] == 0
    assert "6 years reported before and 0 after" in row_of(scan)["why_not"]
    assert any("rows of 854142 are needed too" in said for said in scan.told)
    both = diverted(parted, LATER, table([*half, *supply("854142", years=range(6, YEARS), amount=0.0, first=2016)]))
    assert row_of(both)["low"] > 0


def test_output_by_code_and_together_is_refused(rows):
    made = [*supply("854140", first=2016), *supply("854140/854143", first=2016)]
    with pytest.raises(BadInputError, match="both together and by code"):
        diverted(flows(recoded(rows)), LATER, table(made))


def test_rows_that_are_not_used_are_counted_with_their_amount():
    panel = flows(world(1, change=through("KAZ")))
    more = [
        *supply(), *supply(hub="Atlantis", years=range(3)), *supply("99", years=range(2)), *supply(years=range(-1, 0)),
    ]  # fmt: skip
    plain, told = (diverted(panel, ASKED, table(made)) for made in (supply(), more))
    [said] = [t for t in told.told if "of the supply" in t]
    assert "Of 16 rows of the supply 6 are not used, 60,000,000 of 160,000,000 USD" in said
    for why in ("no place of the flows is Atlantis (3)", "no product of the flows is 99 (2)", "have no 2007 (1)"):
        assert why in said
    assert row_of(told)["low"] == row_of(plain)["low"]
    assert not any("of the supply" in t for t in plain.told)


def test_output_that_is_too_short_is_not_called_unknown():
    scan = diverted(flows(world(1, change=through("KAZ"))), ASKED, table(supply(years=range(5, YEARS))))
    assert "own output as it is given is too short: 1 year reported before" in row_of(scan)["why_not"]
    assert row_of(scan)["low"] == 0
