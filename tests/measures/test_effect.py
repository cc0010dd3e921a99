"""The day from which a measure could move trade."""

from __future__ import annotations

from datetime import date

import pytest

from entrepot.core.errors import UnknownNameError
from entrepot.measures.effect import took_effect


def test_the_presumption_of_the_uflpa_began_on_21_june_2022():
    """Public Law 117-78, section 3(e): 180 days after 23 December 2021."""
    assert took_effect("uflpa") == date(2022, 6, 21)


def test_an_unknown_measure_is_refused():
    with pytest.raises(UnknownNameError):
        took_effect("uflpaa")
