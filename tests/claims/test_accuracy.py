"""Claims: accuracy on the gold set, held to tests/floors.csv. See docs/design/29-floors.md."""

from __future__ import annotations

import pytest

from accuracy.claims import SETS


@pytest.mark.parametrize("name", sorted(SETS))
def test_reports_are_read_as_well_as_they_were(name, below):
    assert below(name, SETS[name]()) == []
