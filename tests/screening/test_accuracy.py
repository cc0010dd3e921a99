"""Screening: accuracy on the labelled sets, held to tests/floors.csv. See docs/design/29-floors.md."""

from __future__ import annotations

import pytest

from accuracy.screening import SETS

OF_THE_SHELF = "screening/Chinese firms"


@pytest.mark.parametrize("name", sorted(SETS.keys() - {OF_THE_SHELF}))
def test_parties_are_screened_as_well_as_they_were(name, below):
    assert below(name, SETS[name]()) == []


@pytest.mark.shared
def test_firms_of_no_list_raise_no_more_alerts(shared, below):
    assert below(OF_THE_SHELF, SETS[OF_THE_SHELF]()) == []
