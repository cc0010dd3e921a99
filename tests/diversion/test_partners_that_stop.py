"""A leg that ends because who counts it stops reporting names who, and when."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from entrepot.diversion.modes.diverted import diverted
from entrepot.diversion.question import Question
from planted.worlds import Size, flows, world

ASKED = Question("none", "CHN", "USA", date(2012, 1, 1))
SIZE = Size(places=12, years=12, noise=0.05)  # 2008 to 2019: four years before the day and eight after


def why(gone, hub="KGZ"):
    rows = [r for r in world(5, None, SIZE) if not gone(r)]
    found = pl.DataFrame(diverted(flows(rows), ASKED).signals)
    return found.filter(product="12", hub=hub)["why_not"].item()


def test_who_stops_reporting_is_named_with_the_last_period():
    said = why(lambda r: r["exporter"] == "KGZ" and r["period"] > "2015")
    assert said.startswith(
        "the leg out of the hub is too full of gaps: 4 years reported before and 4 after: KGZ reports no exports after "
        "2015 (4 of 8 periods since the day; --until 2015 judges it); the upper end is that of the other leg"
    )


def test_a_leg_that_nobody_counts_is_not_called_short():
    said = why(lambda r: r["exporter"] == "KGZ")
    assert said.startswith("the leg out of the hub is not in the flows; the upper end is that of the other leg")


@pytest.mark.parametrize("last", ["2019", "2018"])
def test_who_reports_nearly_to_the_end_is_judged(last):
    assert "the leg out of the hub is" not in why(lambda r: r["exporter"] == "KGZ" and r["period"] > last)


def test_who_began_late_is_too_short_and_did_not_stop():
    said = why(lambda r: r["exporter"] == "KGZ" and r["period"] < "2011")
    assert "the leg out of the hub is too short: 1 year reported before and 8 after, of 3 and 1" in said
    assert "reports no exports" not in said
