"""Places: accuracy on addresses of public lists, held to tests/floors.csv. See docs/design/29-floors.md."""

from __future__ import annotations

import pytest

from accuracy.places import SETS


@pytest.mark.shared
@pytest.mark.parametrize("name", sorted(SETS))
def test_addresses_are_placed_as_well_as_they_were(name, shared, below):
    assert below(name, SETS[name]()) == []
