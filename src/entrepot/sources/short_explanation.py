"""An explanation that fits a screen: the statement, its rule, the rows and sources it rests on, a line each."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import plain
from entrepot.core.words.translate import apart, retold, tr
from entrepot.sources.explanation import fields, printed
from entrepot.sources.register import citation, link

if TYPE_CHECKING:
    from collections.abc import Callable

    from entrepot.sources.explanation import Explanation, Row

# A screen of 40 lines holds the statement, the rule, and so many of each; what is left is counted.
FIELDS, FIELDS_BESIDE = 16, 9  # of the row itself; where evidence stands below
TOLD = 12  # lines of evidence
ROWS, SOURCES = 8, 3  # a source takes two lines
ALL = "--all"
# What stands elsewhere in the text, or is of the machine.
_ELSEWHERE = frozenset({
    "id", "basis", "source", "source_id", "sources", "source_ids", "as_of", "known_on_basis", "value_norm", "unit_norm",
    "start_precision", "end_precision", "place_id", "list_id", "entity_id",
})  # fmt: skip
# The key of a row, the narrowest first; a source's stands in other tables too, and so is the last.
_KEYS = ("id", "entity_id", "part_id", "step_id", "rule_id", "measure_id", "place_id", "source_id")
_NAMES = ("name", "title", "event", "text", "quantity", "metric", "product", "what", "place", "partner", "firm")
# Of a row of a person's own file: its paper, then what the row says, or who supplied whom.
_NAMES_OF_FILE = ("document", "said", "supplier", "buyer", *_NAMES)
_MOST_NAMES, _MOST_NAMES_OF_FILE = 2, 3  # a line holds these: of a supply its paper and both parties


def in_short(
    explanation: Explanation, width: int, country: Callable[[str, str], str] = lambda _, printed: printed
) -> str:
    """The explanation as text of at most a screen; what it leaves out is counted, with the option that shows it.

    Args:
        explanation: what is told.
        width: of the screen, in characters.
        country: given a code of three letters and the name as printed, the name to show.
    """
    own = explanation.says
    lines = [f"{explanation.id}  ({explanation.kind})", *_statement(explanation, width)]
    if explanation.told:
        lines += ["", *_first(explanation.told, TOLD, tr("lines of evidence"))]
    if explanation.checks:
        lines += ["", tr("Checks"), *(line for c in explanation.checks for line in _folded(retold(c), width))]
    lines += ["", tr("Rule"), *_folded(retold(explanation.rule), width)]
    beside = [(table, row) for table, row in explanation.rows if row is not own]
    if beside:
        shown = [_row(table, _named(row, country), width) for table, row in beside]
        lines += ["", tr("Rows ({count})", count=len(shown)), *_first(shown, ROWS, tr("rows"))]
    if explanation.lost:
        lines += ["", *_folded(tr("No longer in the record: ") + ", ".join(explanation.lost), width)]
    lines += ["", tr("Sources ({count})", count=len(explanation.sources))]
    cited = [_source(s, width) for s in explanation.sources]
    lines += [line for source in cited[:SOURCES] for line in source]
    lines += _more(len(cited) - SOURCES, tr("sources"))
    return plain("\n".join(lines) + "\n")


def _statement(explanation: Explanation, width: int) -> list[str]:
    """The row itself: what it says, without what stands below and what is of the machine."""
    kept = {k: v for k, v in explanation.says.items() if k not in _ELSEWHERE and k not in explanation.apart}
    # What a row is about is no word of the machine where the row is about another than itself.
    if explanation.says.get("entity_id") not in (None, "", explanation.id):
        kept = {"entity_id": explanation.says["entity_id"], **kept}
    said = [cut(line, width) for line in fields(kept)]
    return _first(said, FIELDS_BESIDE if explanation.told else FIELDS, tr("fields"))


def _row(table: str, row: Row, width: int) -> str:
    """A row in a line: its table and key, its period, its figure; last its names, which a narrow screen cuts."""
    keys = (row.get(k) for k in _KEYS)
    of_file = bool(row.get("file_id")) and row.get("row") is not None
    key = tr("{file_id} row {row}", file_id=row["file_id"], row=row["row"]) if of_file else ""
    parts = [f"{table}/{next((str(k) for k in keys if k), key)}"]
    parts += [*_when(row), *_figure(row)]
    named, most = (_NAMES_OF_FILE, _MOST_NAMES_OF_FILE) if of_file else (_NAMES, _MOST_NAMES)
    parts += [printed(row[n]) for n in named if isinstance(row.get(n), str) and row[n]][:most]
    if _filled(row.get("section")):
        parts.append(tr("section {printed}", printed=printed(row["section"])))
    return "  " + apart(cut("; ".join(parts), width - 2))


def _named(row: Row, country: Callable[[str, str], str]) -> Row:
    """The row with the partner's name of this house: publishers abridge it."""
    code, name = row.get("partner_iso3"), row.get("partner")
    return {**row, "partner": country(str(code), str(name))} if code and name else row


def _when(row: Row) -> list[str]:
    """The period of a row, or its day."""
    if _filled(row.get("period")):
        return [printed(row["period"])]
    start, end = row.get("period_start"), row.get("period_end")
    if start:
        return [printed(start if end in {None, start} else tr("{start} to {end}", start=start, end=end))]
    if row.get("date"):
        return [printed(row["date"])]
    return [tr("from {printed}", printed=printed(row["valid_from"]))] if row.get("valid_from") else []


def _figure(row: Row) -> list[str]:
    """The value of a row with its unit."""
    quantity = row.get("quantity")  # of a rule a number; of a finding the word for one
    if isinstance(quantity, (int, float)):
        return [f"{quantity:.15g} {row.get('unit') or ''}".strip()]
    if _filled(row.get("value")):
        return [f"{printed(row['value'])} {row.get('unit') or ''}".strip()]
    return [tr("USD {printed}", printed=printed(row["value_usd"]))] if _filled(row.get("value_usd")) else []


def _filled(value: Any) -> bool:
    return value not in (None, "", [])


def _source(source: Row, width: int) -> list[str]:
    """A source as it is cited; an address is never cut."""
    address = link(source)
    return [
        *(f"  {apart(line.strip())}" for line in _folded(citation(source), width)),
        f"    {address}" if address else tr("    (no citable address)"),
    ]


def _first(lines: list[str] | tuple[str, ...], most: int, what: str) -> list[str]:
    """The first lines; one more is shown and not counted."""
    if len(lines) <= most + 1:
        return list(lines)
    return [*lines[:most], *_more(len(lines) - most, what)]


def _more(left: int, what: str) -> list[str]:
    return [tr("  and {left} more {what}: {all}", left=left, what=what, all=ALL)] if left > 0 else []


def _folded(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, initial_indent="  ", subsequent_indent="  ", break_long_words=False) or ["  –"]


def cut(line: str, width: int) -> str:
    """A line that fits; what is cut is marked."""
    return line if len(line) <= width else line[: max(width - 1, 1)].rstrip() + "…"
