"""A hub whose second leg stands beside too few sellers is judged by the leg into it, as where the second is unseen."""

from __future__ import annotations

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
