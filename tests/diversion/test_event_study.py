"""The event study on simulated trade whose true path is known, and on faults it must see."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import polars as pl
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from entrepot.cli.divert_event_study import event_study as command
from entrepot.core import contract
from entrepot.core.errors import NotEstimableError
from entrepot.diversion.event_study import event_reading
from entrepot.diversion.event_study.contract import EVENT_STUDY
from entrepot.diversion.event_study.design import design
from entrepot.diversion.event_study.event_panel import panel
from entrepot.diversion.event_study.event_study import event_study
from entrepot.diversion.question import Question
from entrepot.trade.contract import TRADE_FLOWS

EXPORTERS = ("CHN", "VNM", "IND", "TUR")
IMPORTERS = ("USA", "DEU", "JPN", "FRA", "ITA", "GBR", "KOR", "MEX", "BRA", "CAN", "AUS", "ESP")
ASKED = Question("none", "CHN", "USA", date(2020, 6, 1))
PER_YEAR = {"year": 1, "quarter": 4, "month": 12}


@dataclass(frozen=True)
class World:
    """Trade with exporter, importer, pair and seasonal effects of each product; CHN to USA moves by `path`."""

    seed: int = 0
    frequency: str = "year"
    exporters: tuple[str, ...] = EXPORTERS
    importers: tuple[str, ...] = IMPORTERS
    products: tuple[str, ...] = ("854143", "520100", "610910")
    first: int = 2015
    last: int = 2024
    effect: float = -1.0  # from the period of June 2020 on, in logarithms
    drift: float = 0.0  # a year, before that, in logarithms
    spread: float = 0.1  # of a flow around its expectation, relative


def periods(world: World) -> list[str]:
    years = range(world.first, world.last + 1)
    shapes = {"year": ["{}"], "quarter": [f"{{}}-Q{q}" for q in range(1, 5)]}
    shapes["month"] = [f"{{}}-{m:02}" for m in range(1, 13)]
    return [shape.format(y) for y in years for shape in shapes[world.frequency]]


def simulate(world: World) -> pl.DataFrame:
    rng, per_year = np.random.default_rng(world.seed), PER_YEAR[world.frequency]
    names = periods(world)
    time = np.arange(len(names))
    event = (2020 - world.first) * per_year + 5 * per_year // 12
    walk = {
        (side, place, product): rng.normal(0, 0.1, len(time)).cumsum()
        for side, places in (("e", world.exporters), ("i", world.importers))
        for place in places
        for product in world.products
    }
    parts = []
    for exporter in world.exporters:
        for importer in world.importers:
            for product in world.products:
                mean = 12 + rng.normal() + rng.normal(0, 0.3, per_year)[time % per_year]
                mean = mean + walk["e", exporter, product] + walk["i", importer, product]
                if (exporter, importer) == ("CHN", "USA"):
                    mean = (
                        mean + world.effect * (time >= event) + world.drift * (time - event) / per_year * (time < event)
                    )
                value = np.exp(mean) * rng.gamma(world.spread**-2, world.spread**2, len(time))
                parts.append(
                    pl.DataFrame({"period": names, "value_usd": value}).with_columns(
                        exporter=pl.lit(exporter), importer=pl.lit(importer), product=pl.lit(product)
                    )
                )
    return pl.concat(parts)


def table(frame: pl.DataFrame, frequency: str = "year"):
    """The frame as `trade_flows`, counted by the importers unless it says otherwise."""
    given = {
        "reporter": pl.col("importer"),
        "flow": pl.lit("import"),
        "valuation": pl.lit("CIF"),
        "hs_vintage": pl.lit("HS2017"),
        "frequency": pl.lit(frequency),
        "status": pl.lit("reported"),
        "source_id": pl.lit("simulated"),
        "quantity": pl.lit(None, pl.Float64),
        "net_kg": pl.lit(None, pl.Float64),
        "estimated_quantity": pl.lit(None, pl.Float64),
        "quantity_unit": pl.lit(None, pl.String),
        "estimated_unit": pl.lit(None, pl.String),
    }
    whole = frame.with_columns(v.alias(k) for k, v in given.items() if k not in frame.columns)
    return contract.check(TRADE_FLOWS, whole.select(TRADE_FLOWS.names).to_arrow())


def study(world: World, question: Question = ASKED, **options):
    return event_study(table(simulate(world), world.frequency), question, **options)


def rows(found, method: str, term: str | None = None) -> list[dict]:
    kept = [r for r in found.table.to_pylist() if r["method"] == method]
    return [r for r in kept if term is None or r["term"] == term]


@pytest.fixture(scope="module", params=["year", "quarter", pytest.param("month", marks=pytest.mark.slow)])
def found(request):
    return study(World(frequency=request.param))


def test_every_method_finds_the_effect_that_was_put_in(found):
    truth = 100 * (np.exp(-1.0) - 1)
    for method in ("ppml", "did", "synthetic"):
        (after,) = rows(found, method, "after")
        assert after["low_pct"] <= truth <= after["high_pct"], method
        assert after["high_pct"] < 0, method
    assert rows(found, "ppml", "after")[0]["p_placebo"] < 0.05
    assert abs(rows(found, "ppml", "after")[0]["effect_log"] + 1) < 0.2


def test_a_flat_path_before_is_called_flat(found):
    (before,) = rows(found, "ppml", "before")
    assert before["p_placebo"] > 0.05
    assert found.words[0].startswith("Before the date the flow ran beside the others")
    assert before["reading"] == found.words[0]


def test_the_year_before_is_the_reference_and_terms_follow_the_calendar(found):
    path = rows(found, "ppml")
    still = [r for r in path if r["event_time"] is not None and r["effect_log"] == 0]
    first = min(r["period_start"] for r in still)
    last = max(r["period_end"] for r in still)
    assert (first, last) in {("2019", "2019"), ("2019-Q2", "2020-Q1"), ("2019-06", "2020-05")}
    (zero,) = rows(found, "ppml", "0")
    assert zero["period_start"] in {"2020", "2020-Q2", "2020-06"}


def test_a_planted_path_before_is_seen():
    drifting = study(World(drift=0.4))
    (before,) = rows(drifting, "ppml", "before")
    assert before["p_placebo"] < 0.05
    assert "not flat" in drifting.words[0]
    assert "not to be read as an effect" in drifting.words[0]


def test_the_methods_disagree_where_a_drift_hides_the_fall():
    """Growth of 0.4 a year before the date: the level after is above the mean before, and below the year before."""
    drifting = study(World(drift=0.4))
    assert rows(drifting, "ppml", "after")[0]["change_pct"] < 0 < rows(drifting, "did", "after")[0]["change_pct"]
    assert any(w.startswith("The methods disagree") and "a rise" in w for w in drifting.words)


def test_without_an_effect_nothing_stands_out():
    calm = study(World(effect=0.0, seed=3))
    (after,) = rows(calm, "ppml", "after")
    assert after["low_pct"] <= 0 <= after["high_pct"]
    assert not any("agree on a fall and" in w for w in calm.words)


def answer(method, change, low, high, p):
    return {"method": method, "term": "after", "change_pct": change, "low_pct": low, "high_pct": high, "p_placebo": p}


ANSWERS = {
    "By no method can the movement be told from chance: nothing is found.": [
        answer("ppml", -30, -70, 50, 0.4),
        answer("did", 5, -40, 60, 0.9),
    ],
    "The methods agree on a fall and, as far as their intervals tell, on its size.": [
        answer("ppml", -50, -60, -40, 0.03),
        answer("did", -45, -55, -35, 0.03),
    ],
    "The methods agree on a fall but not on its size: PPML and difference in differences do not meet.": [
        answer("ppml", -80, -85, -70, 0.03),
        answer("did", -30, -40, -20, 0.03),
    ],
    "The methods disagree: PPML says a fall, difference in differences and synthetic control say a rise.": [
        answer("ppml", -30, -40, -20, 0.03),
        answer("did", 30, 20, 40, 0.03),
        answer("synthetic", 20, 10, 40, 0.2),
    ],
    "The methods agree that nothing moved.": [
        answer("ppml", -0.004, -0.1, 0.1, 0.03),
        answer("did", 0.002, -0.1, 0.1, 0.4),
    ],
    "The methods disagree: PPML and difference in differences say no movement, synthetic control says a fall.": [
        answer("ppml", -0.004, -0.1, 0.1, 0.03),
        answer("did", 0.0, -0.1, 0.1, 0.4),
        answer("synthetic", -12, -20, -4, 0.03),
    ],
    "Only one method could be used: there is no second opinion.": [answer("ppml", -30, -40, -20, 0.03)],
}


@pytest.mark.parametrize(("p", "said"), [(0.0000004, "p < 0.001"), (0.0009, "p < 0.001"), (0.0021, "p 0.002")])
def test_a_p_is_never_printed_as_nothing(p, said):
    row = {"statistic": 41.0, "p": p}
    assert said in event_reading._before(row)


@pytest.mark.parametrize(
    ("p", "placebo", "pairs", "said"),
    [
        (0.0004, 0.5, 5, "cannot be told"),
        (0.0004, 0.5, 19, "cannot be told"),
        (0.0004, 0.5, 20, "ran beside the others"),
        (0.0004, 0.04, 39, "is not flat"),
        (0.4, 0.5, 5, "ran beside the others"),
        (0.0004, None, 0, "is not flat"),
    ],
)
def test_few_untouched_pairs_do_not_outvote_the_joint_test(p, placebo, pairs, said):
    sentence = event_reading._before({"statistic": 41.0, "p": p, "p_placebo": placebo, "placebos": pairs})
    assert said in sentence
    assert placebo is None or f"{pairs} untouched pairs were held beside it (p {placebo:.2f})" in sentence


@pytest.mark.parametrize(
    ("change", "low", "high", "said"),
    [
        (-61.2, -67.0, -56.3, "-61 % (95 % from -67 to -56)"),
        (-2.0043, -2.2325, -1.9181, "-2.00 % (95 % from -2.23 to -1.92)"),
        (-3.9, -12.4, 5.1, "-4 % (95 % from -12 to +5)"),  # as coarse as its widest end
        (-0.00003, -0.0001, 0.0001, "0.00 % (95 % from 0.00 to 0.00)"),
        (0.4, -0.2, 1.0, "+0.40 % (95 % from -0.20 to +1.00)"),
        (-100.0, None, None, "-100 %"),
        (0.0, None, None, "0 %"),
    ],
)
def test_a_change_is_told_as_finely_as_its_interval(change, low, high, said):
    found = event_reading.words([answer("ppml", change, low, high, None)], ("CHN", "USA"), 39)["answers"]
    assert found.endswith(f"PPML {said}.")
    assert "-0 %" not in found


def test_what_is_left_out_of_the_comparison_is_not_said_to_stand_in_it():
    named = event_reading.words(ANSWERS[next(iter(ANSWERS))], ("CHN", "USA"), 39, ("VNM", "MEX"))["limits"]
    plain = event_reading.words(ANSWERS[next(iter(ANSWERS))], ("CHN", "USA"), 39)["limits"]
    assert "What CHN sold VNM and MEX, and what went from there to USA, is not compared with." in named
    assert "--hubs" not in named
    assert "where one stands among those compared" in plain
    assert "--hubs" in plain


@pytest.mark.parametrize("sentence", ANSWERS)
def test_agreement_and_disagreement_in_words(sentence):
    assert event_reading.words(ANSWERS[sentence], ("CHN", "USA"), 39)["agreement"] == sentence


@pytest.mark.slow
def test_intervals_hold_the_truth_and_the_placebo_test_keeps_its_level():
    """40 worlds: at 95 % two or fewer misses are expected; 6 or more have a chance under 2 %. Likewise the leads."""
    missed, cried = {"ppml": 0, "did": 0}, 0
    truth = 100 * (np.exp(-1.0) - 1)
    for seed in range(40):
        one = study(World(seed=seed, products=("854143",), spread=0.25))
        for method in missed:
            (after,) = rows(one, method, "after")
            missed[method] += not after["low_pct"] <= truth <= after["high_pct"]
        cried += rows(one, "ppml", "before")[0]["p_placebo"] < 0.05
    assert max(missed.values()) < 6, missed
    assert cried < 6


def test_one_exporter_alone_is_enough():
    only = study(World(exporters=("CHN",)))
    (after,) = rows(only, "ppml", "after")
    assert after["low_pct"] <= 100 * (np.exp(-1.0) - 1) <= after["high_pct"]
    assert "effects exporter-product-index + exporter-importer-product," in after["basis"]


def test_few_untouched_pairs_fall_back_on_clustered_errors():
    few = study(World(importers=IMPORTERS[:3], exporters=EXPORTERS[:2]))
    (after,) = rows(few, "ppml", "after")
    # Of the five others VNM to USA has nobody beside it in the United States once the touched flow is out.
    assert (after["interval"], after["placebos"]) == ("clustered", 4)
    none = study(World(), placebos=0)
    assert rows(none, "ppml", "after")[0]["p_placebo"] is None
    assert any("clustered errors are too small" in w for w in none.words)
    assert not any("agree on a fall and" in w for w in none.words[:2])


def test_hubs_named_are_left_out_of_the_comparison():
    """Half of what CHN to USA lost goes through VNM: compared with it, the fall looks larger."""
    world = World(spread=0.02)
    frame = simulate(world)
    late = pl.col("period") >= "2020"
    through = ((pl.col("exporter") == "VNM") & (pl.col("importer") == "USA")) & late
    frame = frame.with_columns(value_usd=pl.when(through).then(pl.col("value_usd") * 20).otherwise("value_usd"))
    named = replace(ASKED, hubs=("VNM",))
    with_hub, without = (rows(event_study(table(frame), q), "ppml", "after")[0] for q in (ASKED, named))
    assert with_hub["effect_log"] < without["effect_log"] - 0.3
    assert abs(without["effect_log"] + 1) < 0.15


def test_an_empty_cell_is_not_a_zero():
    frame = simulate(World())
    empty = (pl.col("importer") == "DEU") & (pl.col("period") > "2020")
    gone = event_study(table(frame.filter(~empty)), ASKED)
    marked = event_study(table(frame.with_columns(value_usd=pl.when(~empty).then("value_usd"))), ASKED)
    assert rows(gone, "ppml", "after")[0]["effect_log"] == rows(marked, "ppml", "after")[0]["effect_log"]
    assert "cells without a value were left out, not taken for zero" in marked.words[-1]


def test_by_weight_it_follows_the_weights_and_says_so():
    """Prices that doubled at the date move the value and not the weight; a weight that is missing is named as one."""
    frame = simulate(World()).rename({"value_usd": "net_kg"})
    price = pl.when(pl.col("period") >= "2020").then(80.0).otherwise(40.0) * (1 + pl.col("importer").hash() % 7)
    dear = table(frame.with_columns(value_usd=pl.col("net_kg") * price))
    by_weight = event_study(dear, replace(ASKED, counted="kg"), placebos=0)
    plain = event_study(table(frame.rename({"net_kg": "value_usd"})), ASKED, placebos=0)
    assert by_weight.table.drop_columns(["unit"]).equals(plain.table.drop_columns(["unit"]))
    assert by_weight.table["unit"].unique().to_pylist() == ["kg"]
    assert plain.table["unit"].unique().to_pylist() == ["USD"]
    some = pl.when(pl.col("importer") != "DEU").then("net_kg").alias("net_kg")
    unweighed = table(frame.with_columns(some, value_usd=pl.lit(1.0)))
    assert "cells without a weight" in event_study(unweighed, replace(ASKED, counted="kg"), placebos=0).words[-1]


def test_a_flow_that_ends_falls_by_all():
    frame = simulate(World())
    ended = (pl.col("exporter") == "CHN") & (pl.col("importer") == "USA") & (pl.col("period") >= "2022")
    found = event_study(table(frame.with_columns(value_usd=pl.when(ended).then(0.0).otherwise("value_usd"))), ASKED)
    late = [r for r in rows(found, "ppml") if r["event_time"] is not None and r["period_start"] >= "2022"]
    assert [r["change_pct"] for r in late] == [-100.0] * 3
    assert all(r["effect_log"] is None for r in late)


def test_one_side_is_counted_and_aggregates_stay_out():
    frame = simulate(World())
    other = frame.with_columns(reporter=pl.col("exporter"), flow=pl.lit("export"), value_usd=pl.col("value_usd") * 0.9)
    world = frame.with_columns(exporter=pl.lit("+WLD"))
    total = frame.with_columns(product=pl.lit("+TOTAL")).unique(["exporter", "importer", "period"])
    both = [frame.with_columns(reporter=pl.col("importer"), flow=pl.lit("import")), other]
    more = [
        d.with_columns(reporter=pl.col("importer"), flow=pl.lit("import"))
        for d in (world.unique(["exporter", "importer", "product", "period"]), total)
    ]
    columns = both[0].columns
    mixed = table(pl.concat([d.select(columns) for d in (*both, *more)]))
    assert panel(mixed, ASKED).rows.height == frame.height
    plain = rows(event_study(table(frame), ASKED), "ppml", "after")[0]
    assert rows(event_study(mixed, ASKED), "ppml", "after")[0]["effect_log"] == plain["effect_log"]


def test_a_product_whose_code_changed_is_left_out_and_named():
    frame = simulate(World())
    gone = (pl.col("product") == "854143") & (pl.col("period") < "2022")
    found = event_study(table(frame.filter(~gone)), ASKED)
    assert "854143" in found.words[-1]
    assert rows(found, "ppml", "after")[0]["n"] == frame.filter(pl.col("product") != "854143").height


def test_codes_that_changed_are_taken_together():
    """8541.40 until 2021, parted in four from 2022: with the parts the path is that of the code unparted."""
    whole = simulate(World(products=("854140", "520100")))
    late = (pl.col("product") == "854140") & (pl.col("period") >= "2022")
    parts = [
        whole.filter(late).with_columns(product=pl.lit(code), value_usd=pl.col("value_usd") * share)
        for code, share in (("854141", 0.1), ("854142", 0.2), ("854143", 0.6), ("854149", 0.1))
    ]
    parted = event_study(table(pl.concat([whole.filter(~late), *parts])), ASKED, placebos=0)
    plain = event_study(table(whole), ASKED, placebos=0)
    for one, other in zip(rows(parted, "ppml"), rows(plain, "ppml"), strict=True):
        assert one["effect_log"] == pytest.approx(other["effect_log"], abs=1e-6)
    assert any(w.startswith("854140, 854141, 854142, 854143, 854149 taken together.") for w in parted.words)


def test_a_season_that_the_year_before_lacks_is_left_out_and_said():
    """A code that begins in January 2020: only January to May stand beside the same months of later years."""
    frame = simulate(World(frequency="month", products=("854143", "520100")))
    young = (pl.col("product") == "854143") & (pl.col("period") < "2020-01")
    found = event_study(table(frame.filter(~young), "month"), ASKED, placebos=19)
    (after,) = rows(found, "ppml", "after")
    assert after["low_pct"] <= 100 * (np.exp(-1.0) - 1) <= after["high_pct"]
    # June to December of 2020 to 2024: five years of seven months.
    assert "35 periods of the flow were left out, whose season its year before the date lacks: 854143." in found.words


WRONG = {
    "no destination": (lambda d: d, replace(ASKED, destination=None)),
    "has no value in these flows": (lambda d: d, replace(ASKED, destination="NLD")),
    "before and after 2010-01-01": (lambda d: d, replace(ASKED, since=date(2010, 1, 1))),
    "the year before the date": (lambda d: d.filter(pl.col("period") != "2019"), ASKED),
    "another of the same": (lambda d: pl.concat([d, d.with_columns(hs_vintage=pl.lit("HS2022"))]), ASKED),
}


@pytest.mark.parametrize("said", WRONG)
def test_what_cannot_be_studied_is_refused(said):
    change, question = WRONG[said]
    frame = simulate(World(importers=IMPORTERS[:4])).with_columns(hs_vintage=pl.lit("HS2017"))
    with pytest.raises(NotEstimableError) as caught:
        event_study(table(change(frame)), question)
    assert said in str(caught.value)


def test_nothing_to_compare_with():
    frame = simulate(World(exporters=("CHN",), importers=("USA",)))
    with pytest.raises(NotEstimableError, match=r"nothing is left|cannot be told apart"):
        event_study(table(frame), ASKED)


@pytest.mark.parametrize(
    ("exporters", "importers", "effects", "alone", "other"),
    [
        # of flows that all end in one place, what an exporter sells of a product in a period is one row; and likewise
        (EXPORTERS, ("USA",), "exporter-product-period", "all that an exporter sold", "all that an importer bought"),
        (("CHN",), IMPORTERS, "importer-product-period", "all that an importer bought", "all that an exporter sold"),
        (EXPORTERS[:2], IMPORTERS[:2], "pair-period", "all that one place sold another", "all that an importer bought"),
    ],
)
def test_where_each_row_is_alone_it_is_said_in_what_and_what_to_do(exporters, importers, effects, alone, other):
    world = World(exporters=exporters, importers=importers, products=("854143",))
    with pytest.raises(NotEstimableError) as refused:
        study(world, design=design(effects=f"{effects},pair-product"))
    assert alone in str(refused.value)
    assert other not in str(refused.value)
    assert "--effects product-period,pair-product" in str(refused.value)
    # what it names as a way out is one
    assert study(world, design=design(effects="product-period,pair-product"), placebos=0).table.num_rows


def test_the_same_flows_give_the_same_answer_in_any_order():
    frame = simulate(World())
    one, other = (event_study(table(d), ASKED) for d in (frame, frame.sample(fraction=1, shuffle=True, seed=1)))
    assert one.words == other.words
    for a, b in zip(one.table.to_pylist(), other.table.to_pylist(), strict=True):
        assert a["effect_log"] == pytest.approx(b["effect_log"], abs=1e-6)


@pytest.fixture(scope="module")
def flows_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("flows") / "flows.parquet"
    pq.write_table(table(simulate(World())), path)
    return path


def test_the_command_prints_writes_and_draws(flows_file, tmp_path):
    out, plot = tmp_path / "study.csv", tmp_path / "path.svg"
    asked = [str(flows_file), "--measure", "none", "--from", "chn", "--to", "USA", "--since", "2020-06-01"]
    ran = CliRunner().invoke(command, [*asked, "--out", str(out), "--plot", str(plot)])
    assert ran.exit_code == 0, ran.output
    assert "Flow from CHN to USA after the date, estimated: PPML" in ran.stderr
    kept = pl.read_csv(out, infer_schema_length=None)
    assert kept.columns == list(EVENT_STUDY.names)
    drawn = plot.read_text()
    assert drawn.startswith("<svg")
    assert 'xmlns="http://www.w3.org/2000/svg"' in drawn
    assert "synthetic control" in drawn


def test_the_day_of_a_measure_is_its_own(flows_file):
    ran = CliRunner().invoke(
        command,
        [str(flows_file), "--measure", "uflpa", "--from", "CHN", "--to", "USA", "--placebos", "0", "--format", "json"],
    )
    assert ran.exit_code == 0, ran.output
    zero = next(r for r in json.loads(ran.stdout) if r["term"] == "0" and r["method"] == "ppml")
    assert zero["period_start"] == "2022"
