"""Federal holidays against the `holidays` package."""

from datetime import date

import holidays
import pytest

from entrepot.core.errors import BadInputError
from entrepot.measures.federal_holidays import federal_holidays


@pytest.mark.parametrize("year", range(1971, 2101))
def test_a_year_is_as_the_package_has_it(year):
    theirs = holidays.country_holidays("US", years=year, observed=True)
    assert federal_holidays(year) == dict(theirs.items())


def test_new_year_on_a_saturday_is_kept_the_year_before():
    assert federal_holidays(2021)[date(2021, 12, 31)] == "New Year's Day (observed)"


def test_a_year_before_the_rules_is_refused():
    with pytest.raises(BadInputError, match="1971 or later"):
        federal_holidays(1970)


def test_the_last_year_of_the_calendar_has_its_holidays():
    assert date(9999, 12, 25) in federal_holidays(9999)
