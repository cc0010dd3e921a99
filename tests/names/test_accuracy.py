"""Names: accuracy on the labelled sets, held to tests/floors.csv. See docs/design/29-floors.md."""

from __future__ import annotations

import pytest

from accuracy.names import SETS

IN_THE_REPOSITORY = {"names/Chinese firms"}


@pytest.mark.shared
@pytest.mark.parametrize("name", sorted(SETS.keys() - IN_THE_REPOSITORY))
def test_names_are_told_as_well_as_they_were(name, shared, below):
    assert below(name, SETS[name]()) == []


def test_chinese_firms_are_found_as_well_as_they_were(below):
    assert below("names/Chinese firms", SETS["names/Chinese firms"]()) == []
