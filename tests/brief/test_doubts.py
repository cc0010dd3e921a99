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
    assert [g.source_id for g in doubts._as_told(conflict)] == ["s-b", "s-a"]
