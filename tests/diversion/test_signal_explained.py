"""A signal in sentences: what fell and what rose, on what it rests; a file of one's own is a source like others."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from entrepot.diversion.contract import SIGNALS
from entrepot.diversion.signals.signal_explained import explain

BARE = dict.fromkeys(SIGNALS.names) | {
    "signal_id": "signal-000000000001", "product": "440723", "hub": "THA", "origin": "MMR", "destination": "ITA",
    "word": "possible hub", "unit": "USD", "since": "2021-Q3", "until": "2023-Q4", "judged": True, "q": 0.02,
    "reported_by": ["direct: ITA imports CIF", "in: THA imports CIF"], "source_ids": ["teak_2023.csv", "S1"],
}  # fmt: skip
LOOK = SimpleNamespace(sources={"S1": {"source_id": "S1", "publisher": "An office", "url_basis": "none"}})


def told(**cells):
    return explain(BARE | cells, LOOK)


def test_what_was_lost_taken_and_sold_is_said_with_its_sign():
    said = told(loss=2.5e6, excess_in=1.25e6, excess_out=-3e5, low_95=0.0, high_95=1.5e6).told
    assert said[0] == "possible hub."
    assert "The direct flow from MMR to ITA was 2.5 m USD less than expected from 2021-Q3 to 2023-Q4." in said
    assert "What THA took of MMR was 1.25 m USD more than expected from 2021-Q3 to 2023-Q4." in said
    assert "What THA sold ITA was 300 k USD less than expected from 2021-Q3 to 2023-Q4." in said
    assert "Between 0 USD and 1.5 m USD can have come round, sampling error included." in said
    rose = told(loss=-2.5e6).told
    assert "The direct flow from MMR to ITA was 2.5 m USD more than expected from 2021-Q3 to 2023-Q4." in rose


@pytest.mark.parametrize("word", ["no signal", "took more than expected", "nothing to attribute"])
def test_only_a_possible_hub_is_said_to_have_sent_anything_round(word):
    said = " ".join(told(word=word, low_95=0.0, high_95=1.5e6, destination=None).told)
    assert "come round" not in said


@pytest.mark.parametrize(
    ("first", "last", "until", "before", "since"),
    [
        ("2018-06", "2019-12", "2021-12", "2018-06 to 2019-12", "2020-06 to 2021-12"),  # nineteen months: two years
        ("2020-03", "2020-12", "2021-12", "2020-03 to 2020-12", "2021-03 to 2021-12"),
        ("2019-Q4", "2020-Q1", "2022-Q1", "2019-Q4 to 2020-Q1", "2021-Q4 to 2022-Q1"),
        ("2021", "2021", "2022", "2021", "2022"),
    ],
)
def test_the_periods_that_were_compared_are_named(first, last, until, before, since):
    cells = {"direct_before": 3e6, "direct_since": 1e6, "direct_from": first, "direct_to": last, "until": until}
    said = f"As it was counted, the direct flow was 3 m USD in {before}, and 1 m USD in {since}."
    assert said in told(**cells).told


def test_a_row_that_was_kept_without_its_periods_still_tells_the_sums():
    said = "As it was counted, the direct flow was 3 m USD in the same periods before, and 1 m USD since."
    assert said in told(direct_before=3e6, direct_since=1e6).told


def test_a_file_that_no_register_has_is_named_among_the_sources():
    found = told()
    assert [s["source_id"] for s in found.sources] == ["S1", "teak_2023.csv"]
    said = " ".join(found.told)
    assert "flows of 440723: direct: ITA imports CIF; in: THA imports CIF" in said
    assert "They stand in teak_2023.csv and are not kept here" in said
    assert "are not kept here" not in " ".join(told(source_ids=["S1"]).told)
