"""A hub whose second leg stands beside too few sellers is judged by the leg into it, as where the second is unseen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from tests.diversion.test_diverted import AFTER, ASKED, BIG, flows, rows_of, through, world

from entrepot.diversion.contract import ALL_HUBS, HUB, NO_SIGNAL, TOOK_MORE
from entrepot.diversion.modes.diverted import diverted
from planted.worlds import Size

FEW = 4  # sellers beside the hub and the origin: less than the six that a median needs
PLACES = 18


@pytest.fixture(scope="module")
def every():
    return world(1, change=through("KAZ"), size=Size(PLACES, 3))


def by_hub(rows):
    found = rows_of(diverted(flows(rows), ASKED))
    return {r["hub"]: r for r in found if r["product"] == "10" and r["hub"] != ALL_HUBS}


def sold_by(rows, *more):
    """The flows that only some report: the origin, the hub, and a few others."""
    others = sorted({r["exporter"] for r in rows} - {"CHN", "KAZ", "USA"})[:FEW]
    return [r for r in rows if r["exporter"] in {"CHN", *more, *(others if more else ())}]


def test_a_hub_is_not_lost_because_its_second_leg_is_in_the_file(every):
    thin, whole = by_hub(sold_by(every, "KAZ")), by_hub(every)
    row = thin["KAZ"]
    assert (row["word"], row["legs"], row["low"]) == (TOOK_MORE, "in_only", 0)
    assert "the leg out of the hub is compared with 4 other places" in row["why_not"]
    assert "only the leg into it is judged" in row["why_not"]
    assert row["compared"] >= 6
    assert row["high_95"] >= 0.5 * BIG * AFTER.sum()  # what was planted
    assert {h for h, r in thin.items() if r["word"] == TOOK_MORE} == {"KAZ"}
    assert {r["word"] for h, r in thin.items() if h != "KAZ"} == {NO_SIGNAL}
    # with enough sellers beside it both legs speak
    assert (whole["KAZ"]["word"], whole["KAZ"]["legs"]) == (HUB, "all")


def test_where_the_leg_in_is_thin_too_nothing_is_judged(every):
    buyers = {"USA", "KAZ", *sorted({r["importer"] for r in every} - {"CHN", "KAZ", "USA"})[:FEW]}
    rows = by_hub([r for r in sold_by(every, "KAZ") if r["importer"] in buyers])
    assert "6 are needed" in rows["KAZ"]["why_not"]
    assert not rows["KAZ"]["judged"]


def counted_by_usa(rows, last):
    """The origin counts its exports, and the destination its imports of all others, up to a year."""
    table = pl.DataFrame(flows(rows))
    ours = pl.col("exporter") == "CHN"
    theirs = table.filter(~ours, pl.col("importer") == "USA", pl.col("period") <= last)
    theirs = theirs.with_columns(reporter=pl.lit("USA"), flow=pl.lit("import"), valuation=pl.lit("CIF"))
    return pl.concat([table.filter(ours), theirs]).to_arrow()


def hubs_of(table, asked=ASKED):
    return {r["hub"]: r for r in rows_of(diverted(table, asked)) if r["product"] == "10" and r["hub"] != ALL_HUBS}


def test_who_falls_silent_is_named_and_not_the_number_of_places(every):
    row = hubs_of(counted_by_usa(every, "2014"))["KAZ"]
    said = "USA reports no imports after 2014 (1 of 4 periods since the day; --until 2014 compares it)"
    assert f"compared with 0 other places or control codes of the 6 needed, for {said}" in row["why_not"]
    assert "--controls" not in row["why_not"]


def test_the_end_that_is_named_compares_it(every):
    row = hubs_of(counted_by_usa(every, "2014"), replace(ASKED, until=date(2014, 12, 31)))["KAZ"]
    assert row["legs"] == "all"
    assert "other places" not in (row["why_not"] or "")


def test_who_stops_where_too_few_stand_beside_all_the_same_is_not_blamed(every):
    few = sold_by(every, "KAZ")
    row = hubs_of(counted_by_usa(few, "2014"))["KAZ"]
    assert "6 are needed: see --controls" in row["why_not"]
    assert "reports no" not in row["why_not"]


def test_who_reports_to_the_end_is_not_blamed(every):
    row = hubs_of(counted_by_usa(every, "2017"))["KAZ"]
    assert "reports no" not in (row["why_not"] or "")
