"""Cells of a table as the language that is spoken writes them: words of ours are told again, data are set apart.

A table has no contract at hand where it is shown; a column's name says whether it holds words of ours, for a name
means the same in every table. A test holds the names against the contracts.
"""

from __future__ import annotations

from entrepot.core.words.languages import ENGLISH
from entrepot.core.words.translate import APART, apart, retold, spoken, tr

# Columns of closed lists, whose values are words.
CLOSED = frozenset({
    "act", "answer", "bound", "by_shares", "capacity_kind", "capacity_status", "certainty", "change", "comparison",
    "complete", "count_is", "day_kind", "direction", "done", "evidence", "fate", "field", "flow", "frequency",
    "gauge_break", "ground", "holds", "hours_are", "hours_basis", "interest", "interval", "kind", "km_basis",
    "known_on_basis", "leg", "legs", "mode", "part_kind", "per", "period_basis", "place_type", "point_basis", "quality",
    "relation", "season", "set_aside", "sides", "source_kind", "source_scope", "spans", "state", "status", "strength",
    "subject_kind", "supply_basis", "tie", "topic", "touch", "touches_now", "unit", "unread_reason", "url_basis",
    "usd_basis", "valuation", "verdict", "verified", "word", "xinjiang",
})  # fmt: skip
# Columns of sentences that are made here.
SENTENCES = frozenset({
    "assumed", "basis", "changed", "consistent_with", "days_basis", "details", "disagreement", "doubts", "ends",
    "found", "hangs_on", "if_so", "joined", "missing", "needs", "not_counted", "note", "notes", "other_capacities",
    "other_says", "prior", "problem", "profile", "quantity", "reading", "reason", "reasons", "remedy", "risks", "said",
    "says", "settles", "sure", "what", "why", "why_not", "working", "worst_case",
})  # fmt: skip
_NOTES = frozenset({"ends", "note", "notes", "what", "why"})  # columns of sentences, some of which are of the record

# Columns of parts, some of which are words of ours and some of the record; and what stands between two.
_PARTS = {"profile": "; ", "quantity": ", "}


def told(column: str, cell: str) -> str:
    """A cell in the language that is spoken; as it is in English.

    Args:
        column: the name of its column.
        cell: with no control characters.
    """
    if spoken() == ENGLISH or not any(c.isalpha() for c in cell):
        return cell
    if column in _PARTS:
        again, before = retold(cell), set(cell.split(_PARTS[column]))
        return _PARTS[column].join(apart(p) if p in before else p for p in again.split(_PARTS[column]))
    if column in CLOSED:
        return retold(cell.replace("_", " "))
    if column not in SENTENCES:
        return apart(cell)
    return told_or_apart(cell) if column in _NOTES else retold(cell)


def told_or_apart(text: str) -> str:
    """A text that is a sentence of ours or data: the one is told again, the other set apart."""
    again = retold(text)
    return apart(text) if again == text else again


def each_apart(lines: list[str]) -> list[str]:
    """Lines of one text, of which data that run over several are set apart in each, for a line is read by itself."""
    if spoken() == ENGLISH:
        return lines
    is_open = False
    out = []
    for line in lines:
        words = line.lstrip()
        begun = line[: len(line) - len(words)] + APART[0] + words if is_open else line
        is_open = begun.count(APART[0]) > begun.count(APART[1])
        out.append(begun + APART[1] if is_open else begun)
    return out


def heading(column: str) -> str:
    """The name of a column as it heads a line: as it is kept in English, where it is also what one types."""
    return column if spoken() == ENGLISH else tr(column.replace("_", " "))


def length(text: str) -> int:
    """How many characters of a text are seen."""
    return len(text) - sum(map(text.count, APART))
