"""The two sources of a contradiction stand in the order in which it names its reports."""

from __future__ import annotations

from entrepot.brief.chapters import doubts
from entrepot.core import findings
from entrepot.core.findings import Ground


def test_sources_follow_the_sentence_not_the_alphabet() -> None:
    conflict = findings.make(
        kind="conflict",
        subject="Khunjerab",
        quantity="closure",
        value="2019-12-01 (E020) against 2019-11 (E019)",
        basis="two reports of one event",
        grounds=[Ground("events", "E020", "s-b"), Ground("events", "E019", "s-a")],
    )
    assert conflict.sources == ("s-a", "s-b")
    grid = doubts._grid("Events reported twice", [({"source_id": "s-b", "other_source_id": "s-a"}, conflict)])
    assert grid is not None
    assert [cell.source_id for cell in grid.rows[0][-2:]] == ["s-b", "s-a"]


def test_a_brief_without_flows_names_the_packaged_scan_of_its_measure(plain_brief) -> None:
    def said(measure: str) -> str:
        return " ".join(m for c in plain_brief(measure).chapters for m in c.missing)

    russia, graphite = said("eu-russia-833"), said("cn-graphite")
    assert "`entrepot divert --demo russia-2022`" in russia
    assert "No product flows are tied" in graphite
