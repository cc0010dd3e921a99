"""What ties a firm to a region, as a person reads it: each statement dated, with its source, as wide as asked."""

from __future__ import annotations

import re

import pytest

from entrepot.cli.trace_page import firm_page
from entrepot.desk.desk import Desk
from entrepot.tracing.firm.firm_ties import FirmRows, firm_ties

DAY = "2026-11-01"
REPORT = {
    "firm": ["Example AG"], "parent": None, "counterparty": None, "what": "stake", "share_pct": None,
    "stated_reason": None, "reported_reason": None, "note": None, "date": "2024-02", "date_to": None,
    "place": ["Korla"], "status": "occurred", "source_id": "s-1",
}  # fmt: skip


@pytest.mark.parametrize("firm", ["Hoshine", "BASF", "Esquel"])
def test_each_statement_is_read_with_its_day_and_its_source(tmp_path, monkeypatch, firm):
    monkeypatch.setenv("COLUMNS", "100")
    rows = Desk(tmp_path / "store").trace(party=firm, as_of=DAY).to_pylist()
    known = [r for r in rows if r["tie"] != "not_known"]
    page = firm_page(rows)
    assert max(len(line) for line in page.splitlines() if "http" not in line) <= 100
    assert page.count("Source: ") == len(known)
    assert [r["said"] for r in known if not r["date"]] == []
    for row in known:
        assert row["row_id"] in page
    assert "the row before" not in page
    assert page.index("Not known") > page.rindex("Source: ")


def test_a_note_on_the_row_before_names_that_row():
    told = [{**REPORT, "id": "F1"}, {**REPORT, "id": "F2", "note": "contradicts the row before on the day"}]
    rows = firm_ties("Example", FirmRows(told, [], {}, [], [], []))
    assert [r["said"] for r in rows if r["row_id"] == "F2"] == ["stake; contradicts F1 on the day"]
    page = re.sub(r"\s+", " ", firm_page(rows))
    assert "2 rows of 2024-02; several may tell one event" in page
    assert "whether it is listed by another name" in page
