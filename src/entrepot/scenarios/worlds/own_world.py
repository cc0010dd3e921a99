"""A baseline of one's own: an inter-country table read from a file, or a panel of flows with one sector."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.errors import BadInputError, UnknownNameError, UnreadableFileError
from entrepot.core.words.translate import tr
from entrepot.intake.open_table import opened
from entrepot.scenarios.worlds.embedded_world import Baseline
from entrepot.scenarios.worlds.inter_country import InterCountry, world_of
from entrepot.scenarios.worlds.table_file import TableRead
from entrepot.scenarios.worlds.trade_elasticities import trade_elasticities

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from entrepot.intake.text_table import TextTable

_NAMED = 6  # columns of a note: an export of an office has forty
ONE_SECTOR = "goods"  # how the only sector of a panel is called
PANEL_COLUMNS = ("exporter", "importer", "flow")
# Millions of USD: output of the whole world in 2022, inputs included, is 0.19 billion of them (the packaged world);
# five times as much is dollars or thousands called millions, or another money.
_MOST = 1e9


def own_world(
    read: TableRead, elasticities: Mapping[str, float] | float | None = None, *, year: int, unit: str, source: str
) -> Baseline:
    """A table that was read as a baseline.

    Args:
        read: as `read_table` and `read_panel` give it.
        elasticities: sector -> elasticity; one for all; None: those of the packaged world, by its names of sectors.
        year: which the table is of.
        unit: of its values.
        source: who made it.

    Raises:
        UnknownNameError: a sector without an elasticity.
        BadInputError: sales beyond what the whole world makes; a table of which no world can be made, as `world_of`
            says.
    """
    table = read.table
    sold = float(table.bought.sum())
    if sold > _MOST:
        raise BadInputError(
            tr("sales that are no millions of USD"),
            found=tr("{sold:,.0f} millions in all", sold=sold),
            allowed=tr("at most {most:,.0f} millions, some five times what the whole world makes", most=_MOST),
            remedy=tr("Divide values in USD by 1,000,000, values in thousands by 1,000."),
        )
    usual = {s: e.value for s, e in trade_elasticities().items()}
    given = dict.fromkeys(table.sectors, elasticities) if isinstance(elasticities, float | int) else elasticities
    known = usual if given is None else dict(given)
    for sector in table.sectors:
        if sector not in known:
            raise UnknownNameError(
                tr("sector with an elasticity"), sector, known, remedy=tr("Give one for each sector.")
            )
    world = world_of(table, np.array([known[s] for s in table.sectors], dtype=np.float64))
    economies, sectors = ({name: name for name in names} for names in (table.economies, table.sectors))
    return Baseline(world, year, unit, economies, sectors, {}, {}, read.notes, source)


def read_panel(path: Path, period: str = "") -> TableRead:
    """A panel of flows as a table of one sector without inputs: Armington's world.

    Args:
        path: a table with the columns exporter, importer and flow, and year where it holds several; what an economy
            sells at home is a row of its own.
        period: the year; empty where the file has no such column, or one year alone.

    Raises:
        UnreadableFileError: a column is missing, or a flow is no number of at least 0; with its line.
        BadInputError: a pair that stands twice, an economy without sales at home, no row of that year.
    """
    file = opened(path)
    period = period or _only_year(path, file)
    flows = _flows(path, file, period)
    codes = sorted({c for pair in flows for c in pair})
    if without := [c for c in codes if (c, c) not in flows]:
        raise BadInputError(
            tr("{name} does not say what some sell at home", name=path.name),
            found=", ".join(without[:12]),
            allowed=tr("a row with exporter and importer alike for each"),
            remedy=tr("Add output less exports, or leave them out."),
        )
    at = {code: i for i, code in enumerate(codes)}
    bought = np.zeros((1, len(codes), len(codes)))
    for (seller, buyer), value in flows.items():
        bought[0, at[buyer], at[seller]] = value
    table = InterCountry(tuple(codes), (ONE_SECTOR,), bought, np.zeros((len(codes), 1, 1)))
    missing = len(codes) ** 2 - len(flows)
    whole = tr("{count} economies; {missing:,} pairs have no row and stand as 0", count=len(codes), missing=missing)
    return TableRead(table, "panel", (whole, *_unread(file)), period)


def _heads(file: TextTable) -> list[str]:
    return [(h or "").strip().casefold() for h in file.headings]


def _unread(file: TextTable) -> tuple[str, ...]:
    """Columns that say something of the flows and are not read, each with what it says first; nothing where none is."""
    heads = _heads(file)
    first = next((cells for _, cells in file.numbered() if any(cells)), ())
    left = [
        tr("{heading} ({cell})", heading=head, cell=cell)
        for head, cell in zip(heads, ((c or "").strip() for c in first), strict=False)
        if head not in {*PANEL_COLUMNS, "year"} and cell
    ]
    said = tr("not read, whatever they say of goods or units: {columns}", columns=", ".join(left[:_NAMED]))
    return (said,) if left else ()


def _flows(path: Path, file: TextTable, period: str) -> dict[tuple[str, str], float]:
    heads = _heads(file)
    wanted = (*PANEL_COLUMNS, "year") if period else PANEL_COLUMNS
    if missing := [w for w in wanted if w not in heads]:
        others = [h for h in heads if h not in wanted][:_NAMED]
        has = tr("; it has {columns}", columns=", ".join(others)) if others else ""
        raise UnreadableFileError(
            path,
            tr("is a panel of flows and has no column {missing!r}{has}", missing=missing[0], has=has),
            allowed=", ".join(wanted),
            remedy=tr(
                "Rename the column that holds it. Values of flow are taken as millions of USD: convert others first."
            ),
        )
    at = [heads.index(w) for w in wanted]
    flows: dict[tuple[str, str], float] = {}
    for line, cells in file.numbered():
        seller, buyer, flow, *year = ((cells[i] or "").strip() if i < len(cells) else "" for i in at)
        if not any(cells) or year not in ([], [period]):
            continue
        if (seller, buyer) in flows or not (seller and buyer):
            raise UnreadableFileError(
                path, tr("{seller} to {buyer} stands twice or names nobody", seller=seller, buyer=buyer), line=line
            )
        flows[seller, buyer] = _flow(path, line, flow)
    if not flows:
        raise BadInputError(tr("{name} has no row of {period}", name=path.name, period=period or tr("any year")))
    return flows


def _only_year(path: Path, file: TextTable) -> str:
    """The year of a panel that has one; empty where no column says any."""
    heads = _heads(file)
    at = heads.index("year") if "year" in heads else len(heads)
    cells = ((row[at] or "").strip() for _, row in file.numbered() if any(row) and at < len(row))
    years = sorted({cell for cell in cells if cell})
    if len(years) > 1:
        raise BadInputError(
            tr("{name} has several years", name=path.name),
            found=", ".join(years[:_NAMED]) + (", ..." if len(years) > _NAMED else ""),
            allowed=tr("one of its years"),
            remedy=tr("Name the year: --year, in Python year=."),
        )
    return years[0] if years else ""


def _flow(path: Path, line: int, cell: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        value = -1.0
    if not 0 <= value < float("inf"):
        raise UnreadableFileError(
            path, tr("{cell!r} where a flow belongs", cell=cell), line=line, allowed=tr("a number of at least 0")
        )
    return value
