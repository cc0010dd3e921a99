"""Whom a brief credits: those whose data stand in it, as their licences ask, and nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.brief.report import Source, figures_of
from entrepot.core.words.translate import marked, tr
from entrepot.measures.own.cited_measure import MARK as OWN_MEASURE
from entrepot.record.layers import MARK as OWN_ROW
from entrepot.vocabulary.currencies import PUBLISHER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.brief.report import Report

_FLOWS = marked("Solar exports: Ember, China’s solar exports, CC BY 4.0 (capacity is Ember’s estimate).")
_OUTLINES = marked("Outlines: Natural Earth, public domain.")
_RATES = marked("Exchange rates: European Central Bank.")
_RECORD = marked("Entrepot’s own compilation: CC BY 4.0.")


def cited_in_grids(report: Report) -> list[str]:
    """Ids of the sources that stand in cells of tables."""
    cells = (c for chapter in report.chapters for g in chapter.grids for row in g.rows for c in row)
    return [c.source_id for c in cells if isinstance(c, Source)]


def credits_of(report: Report, sources: Mapping[str, Mapping[str, Any]]) -> str:
    """The credits in a sentence each; empty where all that the brief says is of the reader's own files.

    Args:
        report: the brief.
        sources: the register by source id.
    """
    figures = figures_of(report)
    charts = [*(c for chapter in report.chapters for c in chapter.charts), *filter(None, (report.lead, report.map))]
    named = {s for f in figures for s in f.sources} | set(cited_in_grids(report))
    is_owed = {
        _FLOWS: any(g.table == "flows" for f in figures for g in f.grounds),
        _OUTLINES: any(c.is_map for c in charts),
        _RATES: any(PUBLISHER in f.basis for f in figures),
        _RECORD: any(s in sources and not _is_own(str(sources[s]["publisher"])) for s in named),
    }
    return " ".join(tr(text) for text, owed in is_owed.items() if owed)


def _is_own(publisher: str) -> bool:
    """Whether a source is the reader's own, as the register marks it."""
    return publisher.endswith((f"({OWN_ROW})", f"({OWN_MEASURE})"))
