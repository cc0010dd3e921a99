"""Diversion: what is found of what was planted, held to tests/floors.csv. See docs/design/29-floors.md."""

from __future__ import annotations

import pytest

from accuracy.diversion import SETS


@pytest.mark.shared
@pytest.mark.parametrize("name", sorted(SETS))
def test_what_was_planted_is_found_as_well_as_it_was(name, shared, below):
    assert below(name, SETS[name]()) == []
