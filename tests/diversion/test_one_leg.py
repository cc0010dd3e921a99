"""What is said where a leg is missing: more was taken, no hub is named, and no loss is printed that nobody saw."""

from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

from entrepot.desk.divert import divert
from entrepot.diversion.contract import ALL_HUBS
from entrepot.diversion.expected.baseline import Window
from entrepot.diversion.expected.excess import unsure
from entrepot.diversion.modes import direct_mode
from entrepot.diversion.modes.diverted import diverted
from entrepot.diversion.question import Question
from planted.worlds import Size, flows, world

YEARS = 10
AFTER = np.arange(YEARS) >= 6
ASKED = Question("none", "CHN", "USA", date(2014, 1, 1))
BIG = 3e8
KEEPERS = ("KGZ", "TUR")  # who buy more and keep it


def moved(a, b, k, values):
    """Half of the direct leg goes through Kazakhstan, a fifth each to two buyers who keep it; Poland takes less."""
    if k:
        return values
    noise = values / np.mean(values)
    if (a, b) == ("CHN", "USA"):
        return BIG * noise * np.where(AFTER, 0.1, 1.0)
    if (a, b) in {("CHN", "KAZ"), ("KAZ", "USA")}:
        return values + np.where(AFTER, 0.5 * BIG, 0.0)
    if a == "CHN" and b in KEEPERS:
        return values + np.where(AFTER, 0.2 * BIG, 0.0)
    if (a, b) == ("CHN", "POL"):
        return values * np.where(AFTER, 0.2, 1.0)
    return values


@pytest.fixture(scope="module")
def rows():
    return world(1, moved, Size(20, 2))


def signals(rows, question=ASKED):
    return diverted(flows(rows), question).signals.to_pylist()


def by_hub(found):
    return {r["hub"]: r for r in found if r["product"] == "10"}


def asked(rows, question=ASKED):
    return by_hub(signals(rows, question))


@pytest.fixture(scope="module")
def exports(rows):
    """What China alone reports of it."""
    return [r for r in rows if r["exporter"] == "CHN"]


@pytest.fixture(scope="module")
def of_both(rows):
    """The signals of what all report."""
    return signals(rows)


@pytest.fixture(scope="module")
def of_one(exports):
    """The signals of what China alone reports."""
    return signals(exports)


@pytest.fixture(scope="module")
def both(of_both):
    return by_hub(of_both)


@pytest.fixture(scope="module")
def alone(of_one):
    return by_hub(of_one)


def test_who_took_more_is_called_no_hub_where_only_the_origin_reports(alone):
    more = {h for h, r in alone.items() if r["word"] == "took more than expected"} - {ALL_HUBS}
    assert more == {"KAZ", *KEEPERS}
    assert not [r for r in alone.values() if r["word"] == "possible hub"]


def test_who_took_less_is_named_too(alone):
    assert [h for h, r in alone.items() if r["word"] == "took less than expected"] == ["POL"]
    assert alone["POL"]["q_less"] <= 0.1


def test_with_both_legs_the_hub_is_one_and_the_buyers_are_none(both):
    assert [h for h, r in both.items() if r["word"] == "possible hub"] == ["KAZ"]


def test_a_leg_out_that_nobody_reports_leaves_no_possible_hub(rows):
    lacking = [r for r in rows if (r["exporter"], r["importer"]) != ("KAZ", "USA") and r["exporter"] != "KAZ"]
    found = asked(lacking)
    assert (found["KAZ"]["legs"], found["KAZ"]["word"]) == ("in_only", "took more than expected")


def test_no_loss_is_printed_of_a_destination_that_is_not_in_the_file(exports):
    found = asked([r for r in exports if r["importer"] != "USA"])
    assert {r["loss"] for r in found.values()} == {None}
    assert found["KAZ"]["word"] == "took more than expected"
    # Nothing but what it took bounds what it can have passed on.
    assert found["KAZ"]["high"] == pytest.approx(0.5 * BIG * AFTER.sum(), rel=0.2)
    assert "no loss is known" in found["KAZ"]["why_not"]


def test_the_answer_says_that_the_direct_leg_is_missing_and_what_a_buyer_may_have_done(exports, tmp_path):
    lacking = flows([r for r in exports if r["importer"] != "USA"])
    said = " ".join(
        divert(lacking, origin="CHN", destination="USA", since="2014-01-01", store=tmp_path).notes,
    )
    assert "CHN to USA is not in these flows" in said
    assert "may have kept it" in said


@pytest.mark.parametrize("only", [False, True])
def test_no_upper_end_lies_above_what_was_observed(rows, exports, of_both, of_one, only):
    after = [r for r in (exports if only else rows) if int(r["period"]) >= 2014]
    seen = {(r["exporter"], r["importer"], r["product"]): 0.0 for r in after}
    for r in after:
        seen[r["exporter"], r["importer"], r["product"]] += r["value_usd"]
    for r in of_one if only else of_both:
        if r["high_95"] is None or r["hub"] == ALL_HUBS:
            continue
        legs = [seen["CHN", r["hub"], r["product"]]]
        legs += [] if only or r["word"] == "took more than expected" else [seen[r["hub"], "USA", r["product"]]]
        assert r["high"] <= r["high_95"] <= min(legs)


def test_a_lower_end_of_nothing_is_called_so(both):
    assert "could be none" in both["KAZ"]["why_not"]


def test_what_wanders_further_than_all_that_was_ever_seen_of_it_cannot_be_judged(rows, monkeypatch):
    seen, window = np.array([[1.0, 2.0, 1.0, np.nan], [1.0, 2.0, 1.0, 9.0]]), Window(2, 3, "year")
    assert unsure(SimpleNamespace(error=np.array([4.1, 3.9])), seen, window).tolist() == [True, False]
    monkeypatch.setattr(direct_mode, "unsure", lambda _of, value, _window: np.ones(len(value), dtype=bool))
    found = asked(rows)
    assert {r["word"] for r in found.values()} == {"cannot be judged"}
    assert "wanders further than all its trade that was observed" in found["KAZ"]["why_not"]
    assert found["KAZ"]["high"] is None
