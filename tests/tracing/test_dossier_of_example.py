"""The dossier of shipments of the worked example: each planted fault stands in the file of what it touches."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from entrepot.desk.desk import Desk
from entrepot.desk.dossier_asked import books_by_day
from entrepot.tracing.dossier.file_pages.summary_words import share_said
from entrepot.tracing.dossier.shipment_chain import OTHER_LOT, shipment_chain

AS_OF = "2026-11-01"
DOUBLED, RENAMED, CROSSED, OWNED = (f"INVENTED-INV-0{n}" for n in ("1203", "1291", "1343", "1328"))


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    at = tmp_path_factory.mktemp("example")
    made = Desk(at / "store")
    for row in made.supply_example(at).to_pylist():
        if row["kind"] == "owners":
            made.load_ownership(row["file"])
        else:
            made.load_supply(Path(row["file"]), form=row["kind"])
    return made


@pytest.fixture(scope="module")
def lines(desk):
    """A reader of dossiers, each made once."""
    done = {}

    def of(shipment):
        if shipment not in done:
            done[shipment] = desk.dossier(shipment, as_of=AS_OF).to_pylist()
        return done[shipment]

    return of


def faults(rows):
    return " ".join(r["said"] for r in rows if r["status"] == "fault")


def test_each_fault_of_papers_is_in_the_file_of_its_shipment(lines):
    assert "of lot INVENTED-P-LOT-00102 by INVENTED-INV-01000, INVENTED-INV-02264" in faults(lines(DOUBLED))
    assert "it may be one firm that has another name" in faults(lines(RENAMED))
    assert "INVENTED-BATCH-00139" in faults(lines("INVENTED-INV-01228"))


def test_what_lots_alone_leave_out_is_named_with_its_crossings(lines):
    rows = lines(CROSSED)
    assert "it cannot be excluded" in rows[0]["said"]
    assert "Xinjiang Junggar Cotton and Linen" in rows[0]["said"]
    (way,) = [r for r in rows if r["part"] == "transport" and r["status"] == "fault"]
    assert "crossing: Khorgos" in way["said"]
    assert "crossing: Aktau" in way["said"]
    assert {"INVENTED-INV-02266", "INVENTED-CD-01780"} <= set(way["documents"])
    assert "papers name different origins" in faults(rows)


def test_a_mill_that_owners_bring_under_a_listing_is_named_unasked(lines):
    rows = lines(OWNED)
    assert rows[0]["said"].startswith("Any amount counts, and there is some")
    assert "50 % with listed owners" in rows[0]["said"]


def test_the_interval_of_trace_follows_any_amount(desk, lines):
    shares = [r for r in lines(CROSSED) if r["number"] == "share"]
    assert lines(CROSSED)[1] in shares
    traced = desk.trace("shirt range D", as_of=AS_OF, with_ownership=True).to_pylist()[0]
    assert traced["low_percent"] == traced["likely_percent"] == traced["high_percent"]
    assert any(f": {traced['low_percent']:.4g} %, all of it traced" in r["said"] for r in shares)


def test_a_share_that_is_an_interval_is_told_as_one():
    row = {"product": "paste", "party": "A", "low_percent": 2.9, "likely_percent": 40.0, "high_percent": 87.2}
    told = share_said(row | {"untraced_percent": 1.5})
    assert told == "paste of A: 2.9 to 87.2 %, likely 40 %; not traced up to 1.5 %"
    assert share_said(row | {"likely_percent": None, "untraced_percent": 0.0}).startswith(
        "paste of A: 2.9 to 87.2 %, likely not"
    )


def test_a_trader_hands_on_the_lot_that_it_was_supplied_with(desk):
    chain = shipment_chain(books_by_day(desk.store, date.fromisoformat(AS_OF)).known, CROSSED)
    traders = [s for s in chain.steps if s.hands_on]
    assert traders
    for step in traders:
        assert {lot for s in step.inputs for lot in s.lots} <= {lot for s in step.outputs for lot in s.lots}
    assert OTHER_LOT in {why for _, why in chain.left_out}
