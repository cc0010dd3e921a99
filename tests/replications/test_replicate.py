"""Published results redone: what issue 5 lists, its tolerance, and what is said where the data are missing."""

from __future__ import annotations

import json

import polars as pl
import pytest

from entrepot.core import contract
from entrepot.core.errors import BadInputError, UnknownNameError, UnreadableFileError
from entrepot.core.tables.packaged import packaged_rows
from entrepot.replications import redo as room
from entrepot.replications.contract import PUBLISHED, REPLICATIONS, STUDIES
from entrepot.replications.equilibria import EQUILIBRIA
from entrepot.replications.estimates import of_fit
from entrepot.replications.models import MODELS, PANELS
from entrepot.trade.gravity import estimate

GUIDE = "gravity/agtpa_applications.parquet"
EU15 = "gravity/fixest_trade.csv"
# As printed in the Advanced Guide, chapter 1, table 3; typed here from the table, not read from the package.
PRINTED = {
    ("ols", "rta"): (-0.004, 0.053),
    ("ppml", "rta"): (0.191, 0.066),
    ("pairs", "rta"): (0.557, 0.102),
    ("lead", "rta"): (0.520, 0.086),
    ("lead", "rta_lead4"): (0.077, 0.092),
    ("phasing", "rta"): (0.291, None),
    ("phasing", "rta_lag4"): (0.414, None),
    ("phasing", "rta_lag8"): (0.169, None),
    ("phasing", "rta_lag12"): (0.119, None),
    ("globalisation", "rta"): (0.116, None),
    ("globalisation", "rta_lag4"): (0.288, None),
    ("globalisation", "rta_lag8"): (0.069, None),
    ("globalisation", "rta_lag12"): (0.002, None),
    ("globalisation", "border_1986"): (-0.706, None),
    ("globalisation", "border_1990"): (-0.480, None),
    ("globalisation", "border_1994"): (-0.367, None),
    ("globalisation", "border_1998"): (-0.158, None),
    ("globalisation", "border_2002"): (-0.141, None),
}
ROUNDING = 0.0005  # three printed digits


@pytest.fixture(scope="module")
def redone(shared):
    return room.replicate(shared / "data").to_pylist()


@pytest.mark.shared
@pytest.mark.parametrize("key", PRINTED, ids="-".join)
def test_the_guides_table_is_met(redone, key):
    row = next(r for r in redone if (r["model"], r["term"]) == key and r["study"] == "advanced-guide-rta")
    published, error = PRINTED[key]
    assert row["ours"] == pytest.approx(published, abs=ROUNDING)
    assert (row["published"], row["published_se"], row["tolerance"]) == (published, error, ROUNDING)
    assert row["within"]
    if error is not None:
        assert row["ours_se"] == pytest.approx(error, abs=ROUNDING)


@pytest.mark.shared
def test_rows_that_enter_and_the_product_panel(redone):
    pairs = [r for r in redone if r["model"] == "pairs"]  # of the guide and of its redoing in R
    assert {r["n"] for r in pairs} == {28_482}
    product = next(r for r in redone if r["study"] == "eu15-trade")
    assert product["ours"] == pytest.approx(-1.527874, abs=ROUNDING)
    assert product["ours_se"] == pytest.approx(0.115678, abs=1e-6)
    assert all(r["within"] for r in redone)
    assert len([r for r in redone if r["study"] == "advanced-guide-rta"]) == len(PRINTED) + 1


# As printed in the R book's section on regional trade agreements, last model: another engine (capybara), four digits.
IN_R = {"rta": (0.1157, 0.0867), "rta_lag8": (0.0693, 0.0482), "border_1994": (-0.3665, 0.0335)}


@pytest.mark.shared
@pytest.mark.parametrize("term", IN_R)
def test_the_guide_in_r_is_met_to_four_digits_with_its_errors(redone, term):
    of = [r for r in redone if (r["study"], r["model"]) == ("advanced-guide-in-r", "globalisation")]
    row = next(r for r in of if r["term"] == term)
    assert row["ours"] == pytest.approx(IN_R[term][0], abs=0.00005)
    assert row["ours_se"] == pytest.approx(IN_R[term][1], abs=0.00005)


@pytest.mark.slow
@pytest.mark.shared
def test_pyfixest_meets_the_same_table(shared, redone):
    models = [("eu15-trade", EU15), ("advanced-guide-rta", GUIDE)]
    for study, name, file in ((s, n, f) for s, f in models for n in MODELS[s]):
        one = MODELS[study][name]
        panel = one.rows(PANELS[study](shared / "data" / file))
        theirs = estimate(panel, one.model, "pyfixest")
        for row in redone:
            if (row["study"], row["model"]) == (study, name) and row["term"] in theirs.names:
                place = theirs.names.index(row["term"])
                assert row["ours"] == pytest.approx(theirs.coefficients[place], abs=1e-5)
                assert row["ours_se"] == pytest.approx(theirs.standard_errors[place], abs=1e-5)


# As printed by Caliendo and Parro (2015), table 2 and abstract; typed here, not read from the package.
NAFTA = {"welfare, first order, MEX": 1.31, "terms of trade, MEX": -0.41, "volume of trade, MEX": 1.72,
         "welfare, first order, CAN": -0.06, "welfare, first order, USA": 0.08}  # fmt: skip
MORE_IMPORTS = {"MEX": 118, "USA": 41, "CAN": 11}


@pytest.mark.shared
def test_nafta_is_met_to_the_printed_digit(redone):
    of = {r["term"]: r["ours"] for r in redone if r["study"] == "caliendo-parro-nafta"}
    assert {term: round(of[term], 2) for term in NAFTA} == NAFTA
    assert {who: round(of[f"imports from members, {who}"]) for who in MORE_IMPORTS} == MORE_IMPORTS


@pytest.mark.shared
def test_trade_without_borders_is_met(redone):
    of = {r["term"]: r["ours"] for r in redone if r["study"] == "advanced-guide-borders"}
    slopes = {"ln_DIST": -0.7913, "CNTG": 0.6736, "INTL_BRDR": -2.4745}
    assert {term: round(of[term], 4) for term in slopes} == slopes
    gains = {"USA": 10.65, "DEU": 24.31, "CHN": 14.35}  # percent; the authors' loop stops at .01
    assert {who: of[f"real GDP, {who}"] for who in gains} == pytest.approx(gains, abs=0.2)


@pytest.mark.parametrize("damage", ["gone", "short", "words"])
def test_a_damaged_table_of_nafta_is_named(tmp_path, damage):
    folder = tmp_path / "caliendo_parro_2015"
    folder.mkdir()
    text = {"short": "1 2 3\n", "words": "a table\n"}.get(damage)
    if text:
        (folder / "xbilat1993.txt").write_text(text)
    with pytest.raises(UnreadableFileError, match=r"xbilat1993\.txt"):
        room.replicate(tmp_path, ["caliendo-parro-nafta"])


@pytest.mark.shared
def test_the_command_prints_both_and_ends_with_0(run_cli, shared):
    done = run_cli("replicate", "--data", shared / "data", "--format", "json")
    assert (done.code, done.stderr.strip()) == (0, "79 of 79 within their tolerance.")
    assert len(json.loads(done.stdout)) == 79


@pytest.mark.shared
def test_other_data_end_with_1(run_cli, shared, tmp_path):
    (tmp_path / "gravity").mkdir()
    trade = pl.col("trade") * pl.when(pl.col("rta") == 1).then(2.0).otherwise(1.0)
    pl.read_parquet(shared / "data" / GUIDE).with_columns(trade).write_parquet(tmp_path / GUIDE)
    done = run_cli("replicate", "--data", tmp_path, "--study", "advanced-guide-rta", "--format", "json")
    assert done.code == 1
    assert not next(r for r in json.loads(done.stdout) if r["model"] == "ppml")["within"]


def test_missing_files_are_named_with_where_to_get_them(run_cli, tmp_path):
    done = run_cli("replicate", "--data", tmp_path, "--out", tmp_path / "rows.csv")
    assert done.code == 2
    for word in (GUIDE, EU15, "https://cran.r-project.org/package=tradepolicy", str(tmp_path), "--data"):
        assert word in done.stderr
    assert not (tmp_path / "rows.csv").exists()


def test_one_missing_file_does_not_blame_the_other(tmp_path):
    (tmp_path / "gravity").mkdir()
    (tmp_path / EU15).write_text("x\n")
    with pytest.raises(BadInputError) as caught:
        room.replicate(tmp_path)
    assert GUIDE in str(caught.value)
    assert EU15 not in str(caught.value)


@pytest.mark.parametrize("text", ["", "no such columns\n1\n", "Origin,Euros,dist_km\nBE,a lot,3\n"])
def test_a_file_that_is_something_else_is_refused(tmp_path, text):
    (tmp_path / "gravity").mkdir()
    (tmp_path / EU15).write_text(text)
    with pytest.raises(UnreadableFileError, match="fixest_trade"):
        room.replicate(tmp_path, ["eu15-trade"])


def test_an_unknown_study_is_refused_with_the_nearest(tmp_path):
    with pytest.raises(UnknownNameError, match="eu15-trade"):
        room.replicate(tmp_path, ["eu15-trades"])


def test_every_printed_row_has_a_model_and_every_model_a_row():
    printed = {(r["study"], r["model"]) for r in packaged_rows(PUBLISHED)}
    known = {(s, m) for studies in (MODELS, EQUILIBRIA) for s, models in studies.items() for m in models}
    assert printed <= known
    assert {m for _, m in printed} == {m for _, m in known}
    assert {s["study"] for s in packaged_rows(STUDIES)} == {*PANELS, *EQUILIBRIA}


def test_a_row_out_of_tolerance_is_marked():
    printed = {"study": "s", "model": "m", "term": "rta", "published": "0.1", "published_se": "", "tolerance": "0.01"}
    found = of_fit(_fit(0.12, 0.5))
    row = room._beside(printed | {"source": "t"}, found, "words", "title")
    assert not row["within"]
    assert room._beside(printed | {"source": "t", "published": "0.125"}, found, "w", "t")["within"]
    wrong_error = printed | {"source": "t", "published": "0.12", "published_se": "0.4"}
    assert not room._beside(wrong_error, found, "w", "t")["within"]
    contract.table(REPLICATIONS, [row])


def _fit(coefficient, error):
    import numpy as np

    from entrepot.trade.gravity import Fit

    return Fit(("rta",), (coefficient,), (error,), np.eye(1), 10, 5, 0, 0, "PPML")
