"""The Spring Festivals on file against the `holidays` package, which they are taken from."""

import holidays
import pytest

from entrepot.claims.dates.days import holiday


@pytest.mark.parametrize("year", range(2000, 2041, 5))
def test_a_spring_festival_is_as_the_package_has_it(year):
    theirs = holidays.country_holidays("CN", years=year, language="en_US")
    days = sorted(
        d for d, n in theirs.items() if d.year == year and ("Spring Festival" in n or "Chinese New Year" in n)
    )
    assert holiday("spring", year) == (days[0], days[-1])


@pytest.mark.parametrize("year", [1999, 2041])
def test_a_year_without_one_on_file_has_none(year):
    assert holiday("spring", year) is None
