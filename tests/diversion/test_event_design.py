"""What may be chosen of an event study, on simulated trade whose true path is known."""

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pyarrow.parquet as pq
import pytest

from entrepot.core.errors import BadInputError, NotEstimableError, UnknownNameError
from entrepot.diversion.event_study.design import Design, design
from entrepot.diversion.event_study.dose import doses
from entrepot.diversion.event_study.event_panel import panel
from entrepot.diversion.event_study.event_study import event_study
from entrepot.diversion.question import Question
from entrepot.diversion.route import question
from planted.worlds import Size, flows, world

BARE = Design(placebos=0)
ASKED = Question("none", "CHN", "USA", date(2014, 1, 1))
LATE = pl.col("period") >= "2014"
MEMBERS = ["DEU", "FRA", "ITA", "POL"]  # of the Union, among the places of these worlds
PAIR = (pl.col("exporter") == "CHN") & (pl.col("importer") == "USA")


def table(frame):
    return flows(frame.to_dicts())


def after(found, method="ppml"):
    (row,) = (r for r in found.table.to_pylist() if (r["method"], r["term"]) == (method, "after"))
    return row


@pytest.fixture(scope="module")
def frame():
    """CHN to USA falls by e from 2014 on; each exporter counts what it sells."""
    rows = pl.DataFrame(world(3, size=Size(8, 3, noise=0.08)))
    fallen = pl.when(PAIR & LATE).then(pl.col("value_usd") / np.e).otherwise("value_usd")
    return rows.with_columns(value_usd=fallen, reporter=pl.col("exporter"))


def test_a_flow_that_its_reporter_leaves_out_beside_others_is_a_zero(frame):
    """As if the zero had been written; and a reporter that says nothing of a product has not reported nothing."""
    gone = (pl.col("importer") == "DEU") & (pl.col("exporter") == "JPN") & LATE
    left_out = panel(table(frame.filter(~gone)), ASKED)
    written = panel(table(frame.with_columns(value_usd=pl.when(gone).then(0.0).otherwise("value_usd"))), ASKED)
    key = ["exporter", "importer", "product", "index"]
    columns = [*key, "amount", "term", "touched"]
    assert left_out.rows.sort(key).select(columns).equals(written.rows.sort(key).select(columns))
    assert any("count as zero" in n for n in left_out.notes)
    silent = (pl.col("reporter") == "JPN") & LATE
    quiet = pl.DataFrame(table(frame)).filter(~silent)
    assert panel(quiet.to_arrow(), ASKED).rows.filter(pl.col("amount") == 0).is_empty()


def test_control_codes_take_off_what_moved_all_trade_of_the_pair(frame):
    """All goods from CHN to USA fall by half and those of the measure by e besides: the rest beside them shows it."""
    control = pl.col("product") == "12"
    own = (
        pl.when(PAIR & control & LATE).then(pl.col("value_usd") * np.e).otherwise("value_usd")
    )  # undo the world's fall
    both = frame.with_columns(value_usd=own).with_columns(
        value_usd=pl.when(PAIR & LATE).then(pl.col("value_usd") / 2).otherwise("value_usd")
    )
    plain = after(event_study(table(both.filter(~control)), ASKED, design=BARE))
    beside = after(event_study(table(both), replace(ASKED, control_goods=("12",)), design=BARE))
    assert plain["effect_log"] == pytest.approx(-1 - np.log(2), abs=0.2)
    assert beside["effect_log"] == pytest.approx(-1, abs=0.2)


def test_places_that_are_named_alone_are_compared_with(frame):
    cut = panel(table(frame), replace(ASKED, control_places=("ITA", "DEU")))
    ends = cut.rows.filter(~pl.col("touched")).select("exporter", "importer").unique().rows()
    assert all("ITA" in pair or "DEU" in pair for pair in ends)


def test_several_origins_are_touched_alike(frame):
    """FRA and CHN both lose e; neither stands among those compared with the other."""
    fra = (pl.col("exporter") == "FRA") & (pl.col("importer") == "USA") & LATE
    two = frame.with_columns(value_usd=pl.when(fra).then(pl.col("value_usd") / np.e).otherwise("value_usd"))
    asked = question("none", origin="CHN,FRA", destination="USA", since="2014-01-01")
    assert asked.united == (("CHN+FRA", ("CHN", "FRA")),)
    both = event_study(table(two), asked, design=BARE)
    assert after(both)["effect_log"] == pytest.approx(-1, abs=0.2)
    one = event_study(table(two), ASKED, design=BARE)
    assert after(both)["effect_log"] < after(one)["effect_log"]


def test_a_unit_value_is_followed_as_a_price(frame):
    """Weights fall and prices double in the touched flow: its value a kilogram doubles."""
    price = pl.when(PAIR & LATE).then(80.0).otherwise(40.0)
    priced = frame.rename({"value_usd": "net_kg"}).with_columns(value_usd=pl.col("net_kg") * price)
    found = event_study(table(priced), replace(ASKED, counted="USD a kg"), design=BARE)
    assert after(found)["effect_log"] == pytest.approx(np.log(2), abs=1e-6)
    assert set(found.table["unit"].to_pylist()) == {"USD a kg"}


def test_a_window_leaves_out_what_lies_beyond(frame):
    cut = panel(table(frame), ASKED, design(window="3:2"))
    assert set(cut.rows["term"]) == {-3, -2, -1, 0, 1, 2}


def test_effects_and_clusters_are_those_named(frame):
    chosen = design(effects="product-period,pair-product", cluster="exporter", placebos=0)
    cut = panel(table(frame), ASKED, chosen)
    assert cut.effects == (("product", "index"), ("exporter", "importer", "product"))
    assert cut.cluster == ("exporter",)


def test_effects_with_commas_are_taken_in_a_list_too_as_a_form_sends_them():
    said = "product-period,pair-product"  # what the remedy of a study that absorbs too much says to give
    assert design(effects=[said]).effects == design(effects=said).effects == ("product-period", "pair-product")


def test_a_file_is_read_as_the_table_is(frame, tmp_path):
    flows = table(frame)
    pq.write_table(flows, tmp_path / "flows.parquet")
    asked = replace(ASKED, products=("10",))
    ways = [panel(f, asked).rows.sort(pl.all()) for f in (flows, tmp_path / "flows.parquet")]
    assert ways[0].equals(ways[1])


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"window": "3"}, BadInputError),
        ({"window": "0:4"}, BadInputError),
        ({"window": "a:b"}, BadInputError),
        ({"effects": "pair-year"}, UnknownNameError),
        ({"cluster": "firm"}, UnknownNameError),
        ({"placebos": -3}, BadInputError),
    ],
)
def test_what_is_no_choice_is_refused(given, kind):
    with pytest.raises(kind):
        design(**given)


@pytest.mark.parametrize("given", [{"origin": "CHN,USA"}, {"by": "litre"}, {"hubs": "FRA", "origin": "CHN,FRA"}])
def test_what_is_no_question_is_refused(given):
    with pytest.raises((BadInputError, UnknownNameError)):
        question("none", **{"origin": "CHN", "destination": "USA", "since": "2014"} | given)


def test_a_group_that_the_flows_count_as_one_is_an_end_of_a_study(frame):
    """As Eurostat prints the Union: the answer is that of the same rows under a country's name."""
    inside = pl.col("exporter").is_in(MEMBERS) | ((pl.col("exporter") == "CHN") & pl.col("importer").is_in(MEMBERS))
    bare = frame.filter(~inside)
    one = pl.col("exporter", "reporter").replace({"CHN": "+EU27"})
    sold_within = frame.filter(pl.col("exporter") == "CHN", pl.col("importer").is_in(MEMBERS)).with_columns(one)
    asked = question("none", origin="EU27", destination="USA", since="2014-01-01")
    found = event_study(table(pl.concat([bare.with_columns(one), sold_within])), asked, design=BARE)
    same = event_study(table(bare), ASKED, design=BARE)
    assert after(found)["effect_log"] == pytest.approx(after(same)["effect_log"], abs=1e-9)
    assert after(found)["n"] == after(same)["n"]
    assert "EU is counted as one in these flows (EU27)." in found.words


def test_where_the_members_are_there_the_group_beside_them_is_left_out(frame):
    double = pl.concat([frame, frame.filter(pl.col("exporter") == "DEU").with_columns(exporter=pl.lit("+EU27"))])
    asked = question("none", origin="EU27", destination="USA", since="2014-01-01")
    assert panel(table(double), asked).rows.equals(panel(table(frame), asked).rows)


DOSES = "10=25@2014-01-01,11=5@2014-01-01,11=10@2016-01-01"
PER_UNIT = -0.04  # log points that a unit of dose takes off, put in


@pytest.fixture(scope="module")
def by_rates():
    """CHN to USA falls by e to the 0.04 for each unit that a product has at the time."""
    rows = pl.DataFrame(world(5, size=Size(10, 4, noise=0.08)))
    first, second = pl.col("product") == "10", pl.col("product") == "11"
    dose = pl.when(first & LATE).then(25.0).when(second & (pl.col("period") >= "2016")).then(10.0)
    dose = dose.when(second & LATE).then(5.0).otherwise(0.0)
    fallen = pl.when(PAIR).then(pl.col("value_usd") * (PER_UNIT * dose).exp()).otherwise("value_usd")
    return table(rows.with_columns(value_usd=fallen))


def dosed(flows_, text):
    asked = question("none", origin="CHN", destination="USA", since="2014-01-01")
    found = event_study(flows_, asked, design=replace(BARE, doses=doses(text)))
    (row,) = (r for r in found.table.to_pylist() if r["method"] == "dose")
    return row, found.words


def test_what_a_unit_of_dose_does_is_found_and_halves_where_doses_double(by_rates):
    row, words = dosed(by_rates, DOSES)
    assert row["effect_log"] == pytest.approx(PER_UNIT, abs=0.006)  # noise of 8 % over ten years
    assert row["term"] == "per unit"
    assert any("each unit of dose" in w for w in words)
    twice, _ = dosed(by_rates, "10=50@2014-01-01,11=10@2014-01-01,11=20@2016-01-01")
    assert twice["effect_log"] == pytest.approx(row["effect_log"] / 2, rel=1e-4)


@pytest.mark.parametrize("text", ["10", "10=much", "=25", "10=25@", "10=1,10=2"])
def test_what_is_no_dose_is_refused(text):
    with pytest.raises(BadInputError):
        doses(text)


def test_doses_that_the_flow_never_had_are_refused(by_rates):
    with pytest.raises(NotEstimableError, match="another dose"):
        dosed(by_rates, "99=25")


def test_doses_that_the_flow_has_nowhere_are_named(by_rates):
    """A code that the file writes otherwise, and a day that it does not reach."""
    row, words = dosed(by_rates, DOSES + ",7304=50,10=40@2031-01-01")
    same, silent = dosed(by_rates, DOSES)
    assert row["effect_log"] == pytest.approx(same["effect_log"])
    (said,) = (w for w in words if w.startswith("Not used"))
    assert said.endswith("in these periods: 7304=50, 10=40@2031-01-01.")
    assert not any(w.startswith("Not used") for w in silent)


def test_what_a_unit_of_dose_goes_with_is_told_finely(by_rates):
    """-0.04 log points are -3.9 %: whole per cents would say that -4 lies between -4 and -4."""
    row, words = dosed(by_rates, DOSES)
    (said,) = (w for w in words if "each unit of dose" in w)
    value, low, high = (round(row[c], 2) for c in ("change_pct", "low_pct", "high_pct"))
    assert f"estimated: {value:+.2f} % (95 % from {low:+.2f} to {high:+.2f})" in said
    assert low < value < high


NAMED = {
    "product in the flows": {"products": ("10", "99")},
    "control in the flows": {"control_places": ("ITA", "XKX")},
    "hub in the flows": {"hubs": ("KAZ", "XKX")},
    "product in the flows '99'": {"products": ("10",), "control_goods": ("99",)},
}


@pytest.mark.parametrize("said", NAMED)
@pytest.mark.parametrize("form", ["table", "file"])
def test_what_is_named_and_not_there_is_refused(said, form, frame, tmp_path):
    """The study would be that of another question: a control that is not there takes nothing off."""
    flows_ = table(frame)
    if form == "file":
        pq.write_table(flows_, tmp_path / "flows.parquet")
        flows_ = tmp_path / "flows.parquet"
    with pytest.raises(UnknownNameError, match=said):
        event_study(flows_, replace(ASKED, **NAMED[said]), design=BARE)


def test_what_is_named_and_there_is_studied(frame):
    """Codes by their first digit, hubs and controls of the flows: none is refused."""
    asked = replace(ASKED, products=("1",), hubs=("KAZ",))
    assert event_study(table(frame), asked, design=BARE).table.num_rows
    assert event_study(table(frame), replace(ASKED, control_places=("ITA", "DEU")), design=BARE).table.num_rows
