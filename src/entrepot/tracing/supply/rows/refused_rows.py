"""Rows of a table of supplies that are refused whatever kind it is of, each with why and what is to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.words.translate import tr
from entrepot.tracing.supply.supply_cells import CANCELLED, HEADINGS, SUM
from entrepot.tracing.supply.supply_row import WrongRowError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.tracing.supply.supply_headings import Placed
    from entrepot.tracing.supply.supply_row import SupplyKind

_LONGEST = 2_000  # characters of a cell, as of a listed name


def refuse_row(what: str, first: int | None) -> None:
    """Stop at headings, sums, what is cancelled, and a paper said again: vendors print a bill of lading twice."""
    if what == HEADINGS:
        raise WrongRowError(tr("holds headings and no supply"), tr("Nothing is to be done."))
    if what == SUM:
        raise WrongRowError(
            tr("is a line of totals: its parts are read"),
            tr("Nothing is to be done. Where it is a party of such a name, write its name out, or give a document."),
        )
    if what == CANCELLED:
        raise WrongRowError(
            tr("is cancelled, as the file says of it: it is no supply"),
            tr("Nothing is to be done. Where it was supplied all the same, clear the cell that says so."),
        )
    if first is not None:
        raise WrongRowError(
            tr("is row {first} again, cell for cell: it is counted once", first=first),
            tr("Nothing is to be done. Where both are supplies, give each the number of its line."),
        )


def refuse_bare(own: Mapping[str, str], kind: SupplyKind, found: Placed) -> None:
    """Stop at a line below the goods where the parties are said of all rows: it has no figure, where goods have one.

    Args:
        own: our column -> the cell of the row.
        kind: of the table.
        found: where its columns stand, and what is said of all rows.

    Raises:
        WrongRowError: it is one.
    """
    figures = [c for c in kind.amounts if c in found.at]
    if figures and all(c in found.said for c in kind.needed) and not any(own.get(c) for c in figures):
        raise WrongRowError(
            tr("has no figure, and who supplies whom is said of all rows: it is no line of goods"),
            tr("Nothing is to be done. Where it is one, give its quantity."),
        )


def refuse_long(said: Mapping[str, str]) -> None:
    """Stop at a cell that is longer than any of a paper."""
    for name, cell in said.items():
        if len(cell) > _LONGEST:
            raise WrongRowError(
                tr("{name} has {count:,} characters", name=name, count=len(cell)),
                tr("At most {longest:,}.", longest=_LONGEST),
            )
