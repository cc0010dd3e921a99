"""A world of one's own that scenarios are asked of: a table of a file, its elasticities, and what is not known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.core.words.translate import in_english, tr
from entrepot.intake.open_table import opened
from entrepot.scenarios.asked.unsure_world import BEGINS, UnsureWorld, spreads_of
from entrepot.scenarios.worlds.grouping import read_grouping
from entrepot.scenarios.worlds.own_world import PANEL_COLUMNS, own_world, read_panel
from entrepot.scenarios.worlds.table_file import read_table
from entrepot.scenarios.worlds.trade_elasticities import trade_elasticities

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from entrepot.scenarios.worlds.table_file import TableRead

NegativeFinal = Literal["refuse", "zero"]


@dataclass(frozen=True, slots=True)
class OwnTable:
    """A table of one's own.

    Attributes:
        path: of the OECD's layout, of WIOD's, or a panel with exporter, importer and flow.
        mapping: which economies and sectors are joined; None: none.
        elasticities: "5" for all sectors, "metals=8" for one; empty: the packaged ones, by the names of its sectors.
        year: which the table is of; of a panel with several the one that is read.
        negative_final: what is done with final sales below 0: refuse or zero.
    """

    path: Path
    mapping: Path | None = None
    elasticities: tuple[str, ...] = ()
    year: str = ""
    negative_final: NegativeFinal = "refuse"


@in_english
def own_unsure_world(asked: OwnTable) -> UnsureWorld:
    """The world of a table.

    Args:
        asked: the table.

    Raises:
        UnreadableFileError: no such layout; a cell that is no number, with its line.
        BadInputError: a table that does not add up, negative cells, an economy without output, an elasticity at or
            below 0, a mapping that does not fit: each named.
        UnknownNameError: a sector without an elasticity, an elasticity of no sector.
    """
    read = _read(asked)
    sectors = read.table.sectors
    given = _elasticities(asked.elasticities, sectors)
    said = asked.year or read.year
    year = said or tr("a year that is not told")
    known = {s: e.value for s, e in trade_elasticities().items()} | given
    if missing := [s for s in sectors if s not in known]:
        raise UnknownNameError(
            tr("sector with an elasticity"), missing[0], sorted(known),
            remedy=tr("Give --elasticity 5 for all sectors, or --elasticity NAME=5 for each."),
        )  # fmt: skip
    whole = int(said) if said.isdigit() else 0
    base = own_world(read, known, year=whole, unit="million USD", source=asked.path.name)
    usual = [s for s in sectors if s not in given]
    spreads = np.array([spreads_of([s])[0] if s in usual else 0.0 for s in sectors])
    begins = tr(
        "{begins} {year}: a table of one's own, {name}, read as {layout}",
        begins=BEGINS,
        year=year,
        name=asked.path.name,
        layout=read.layout,
    )
    return UnsureWorld(
        base.world,
        {**base.economies, **base.sectors},
        spreads,
        year,
        known=(tr("{begins}; values are taken as millions of USD.", begins=begins),),
        packaged=tuple(usual),
        given=tuple(s for s in sectors if s in given),
        assumed=tuple(f"{note[:1].upper()}{note[1:].rstrip('.')}." for note in read.notes),
    )


def _read(asked: OwnTable) -> TableRead:
    heads = {(h or "").strip().casefold() for h in opened(asked.path).headings}
    # A table with two sides is a panel whatever its values are called: no inter-country table has such columns.
    if not heads & {*PANEL_COLUMNS[:2]}:
        grouping = None if asked.mapping is None else read_grouping(asked.mapping)
        return read_table(asked.path, grouping, negative_final=asked.negative_final)
    if asked.mapping is not None:
        raise BadInputError(
            tr("a mapping beside a panel of flows"), found=asked.mapping.name, allowed=tr("a panel alone"),
            remedy=tr("Join its rows before, or give an inter-country table."),
        )  # fmt: skip
    return read_panel(asked.path, asked.year if "year" in heads else "")


def _elasticities(entries: Sequence[str], sectors: Sequence[str]) -> dict[str, float]:
    """Sector -> elasticity as given; one for all goes before those of sectors."""
    for_all: dict[str, float] = {}
    by_name: dict[str, float] = {}
    for entry in entries:
        name, is_named, number = entry.rpartition("=")
        if is_named and name not in sectors:
            raise UnknownNameError(tr("sector of the table"), name, list(sectors))
        value = _number(entry, number)
        if name in by_name or (not is_named and for_all):
            raise BadInputError(
                tr("two elasticities of {name}", name=name or tr("all sectors")), found=entry, allowed=tr("one of each")
            )
        if is_named:
            by_name[name] = value
        else:
            for_all = dict.fromkeys(sectors, value)
    return for_all | by_name


def _number(entry: str, number: str) -> float:
    try:
        value = float(number)
    except ValueError:
        value = float("nan")
    if not 0 < value < float("inf"):
        raise BadInputError(tr("a trade elasticity"), found=entry, allowed=tr("a number above 0, as in 5 or metals=8"))
    return value
