"""Where the table stands on a printed sheet: a title above it, headings in two rows or three, periods as columns.

Eurostat's workbooks have the periods in one row and the labels of the sides two rows below; India's ministry prints
five lines of a title; Trade Data Monitor the unit above the years. What a title says of the figures (unit, flow, code)
is taken where the table does not say it, and is told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from entrepot.core.words.translate import tr
from entrepot.trade.loading.printed.heads.places_of_headings import placed_columns, placed_in
from entrepot.trade.loading.printed.printed_cells import (
    column_of,
    first_row_of_flows,
    first_row_of_sections,
    is_figure,
    is_flow,
    is_flow_or_both,
    is_goods,
    is_month,
    is_period,
    is_place,
)
from entrepot.trade.loading.printed.printed_headings import SIDES, goods_in, is_of_amounts, is_unit, role_of, when_in
from entrepot.trade.loading.printed.printed_periods import names_one_of_two, period_of, plain_months
from entrepot.trade.loading.printed.printed_units import Said, said
from entrepot.trade.loading.printed.titles.printed_title import FACT, title_facts
from entrepot.trade.loading.printed.titles.title_period import is_span, title_period
from entrepot.trade.loading.printed.titles.unsure_units import unsure_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

LOOKED_AT = 40  # rows: Eurostat has ten above its table
_DEEP = 3  # rows of headings, at most
_SET_BY_ROWS = {"product"}  # a title says the chapter of a list whose rows are its codes
_LIKE_FIGURES = ("product", "period")  # 8471 thousand dollars may be a code of goods, and 2012 a year
_FEWEST = 2  # cells of a heading, and periods that make a row of them
# What a column of growth is headed by, under the years of the amounts: 2023/2022, 2023:2022, 2023 vs 2022.
_COMPARED = re.compile(r"(?:19|20)\d{2}\s*(?:/|:|vs\.?)\s*(?:19|20)\d{2}")
SURE: tuple[str, tuple[str, ...]] = ("", ())
Cells = list[str]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a table stands.

    Attributes:
        skip: lines, or rows of a sheet, above the first row of headings.
        below: rows of headings under it.
        names: the headings, those of several rows as one.
        facts: heading of ours to what the title says: reporter, partner, flow, product, period.
        unit: what the title says of the figures; None where nothing.
        notes: what was found, in words.
        is_plain: whether the headings are the first row and nothing else.
        span: months together that the title names, as printed, and the last of them.
        unsure: a cell of the title that says a unit of which words are not known, and those words.
        title: the cells above the headings.
        printed: of headings of ours that stand for a column known by its cells, how the file calls it.
    """

    skip: int
    below: int
    names: tuple[str, ...]
    facts: dict[str, str] = field(default_factory=dict)
    unit: Said | None = None
    notes: tuple[str, ...] = ()
    is_plain: bool = False
    span: tuple[str, str] = ("", "")
    unsure: tuple[str, tuple[str, ...]] = SURE
    title: tuple[str, ...] = ()
    printed: dict[str, str] = field(default_factory=dict)


def layout_of(rows: list[Cells], wanted: tuple[str, ...] = ()) -> Layout | None:
    """Where the table stands among the first rows of a sheet; None where no row is one of headings.

    Args:
        rows: the first rows, cells stripped, from the first line on.
        wanted: headings that a map names: they stand in the row that is looked for.
    """
    rows = rows if wanted else plain_months(rows)
    found = _named_in(rows, wanted) if wanted else _telling(rows) or _above_places(rows)
    if found is None:
        return None
    at, below = found
    first = next((i for i, row in enumerate(rows) if any(row)), 0)
    own = names = _merged(rows[at : at + below + 1])
    told: tuple[str, ...] = ()
    facts, unit, notes = title_facts(rows[:at])
    if not wanted:
        names, told = _named_by_cells(names, rows[at + below + 1 :], facts)
    if at == first and not below and not told:
        return Layout(at, below, names, is_plain=True)
    where = tr("row {at}", at=at + 1) if not below else tr("rows {at} to {at_2}", at=at + 1, at_2=at + below + 1)
    stands = (tr("The headings stand in {where}.", where=where),) if at != first or below else ()
    title = tuple(c for row in rows[:at] for c in row if c)
    when = title_period(title)
    is_scaled = any(said(n).scale != 1 for n in names) or (unit is not None and unit.scale != 1)
    unsure = SURE if is_scaled else unsure_line(title)
    said_so, span = (*stands, *notes, *told), (when.span, when.last)
    printed = {ours: theirs for ours, theirs in zip(names, own, strict=True) if ours != theirs and theirs}
    return Layout(at, below, names, facts, unit, said_so, span=span, unsure=unsure, title=title, printed=printed)


def _named_in(rows: list[Cells], wanted: tuple[str, ...]) -> tuple[int, int] | None:
    """The row, or the rows that make headings together, in which all headings that a map names stand."""
    for below in range(_DEEP):
        for at in range(min(len(rows) - below, LOOKED_AT)):
            if {*wanted} <= {*_merged(rows[at : at + below + 1])}:
                return at, below
    return None


def _telling(rows: list[Cells]) -> tuple[int, int] | None:
    """The first row of headings, and how many rows of them stand under it."""
    for at, row in enumerate(rows[:LOOKED_AT]):
        if sum(map(bool, row)) < _FEWEST or all(FACT.search(c) for c in row if c):
            continue
        if _is_of_periods(row):
            for more in range(1, _DEEP):
                if at + more < len(rows) and _stands_under(rows[at + more], row):
                    return at, more
        below = _below(rows, at)
        names = list(_merged(rows[at : at + below + 1]))
        if _tells(names) or (_tells_of_one(names) and title_facts(rows[:at])[0].keys() & {*SIDES[1:]}):
            return at, below
    return None


def _below(rows: list[Cells], at: int) -> int:
    """How many rows of headings stand under one: rows that say only periods, units, flows and what is counted."""
    below = 0
    for under in rows[at + 1 : at + _DEEP]:
        if _heads_a_block(under) and rows[at][:1] != [""]:
            break
        row = rows[at + below]
        filled = [c for c in under if c]
        periods = _is_of_periods(under) and not any(c and role_of(r) for c, r in zip(under, row, strict=False))
        if (
            not periods
            and not (filled and len(filled) < len(under) and all(map(_speaks, filled)))
            and not (_are_numbered(filled))
            and not (len(filled) < len(under) and (_says_both_flows(filled) or _are_places(filled)))
        ):
            break
        below += 1
    return below


def _heads_a_block(row: Cells) -> bool:
    """Whether a row says a flow or a period in its first cell, and nothing else: it heads the rows below it."""
    return bool(row) and bool(row[0]) and not any(row[1:]) and bool(said(row[0]).flow or period_of(row[0]))


def _are_numbered(filled: Cells) -> bool:
    """Whether a row counts the columns, as tables of offices do under their headings: А, Б, 1, 2, 3."""
    digits = [c for c in filled if c.isascii() and c.isdigit()]
    return (
        len(digits) > _FEWEST
        and digits == [str(n) for n in range(int(digits[0]), int(digits[0]) + len(digits))]
        and (int(digits[0]) <= _DEEP and all(len(c) == 1 for c in filled if c not in digits))
    )


def _are_places(filled: Cells) -> bool:
    """Whether a row without a figure names a place in each cell: columns of countries, under years or flows."""
    return len(filled) >= _FEWEST and all(map(is_place, filled)) and not any(map(is_figure, filled))


def _says_both_flows(filled: Cells) -> bool:
    """Whether a row without a figure says exports and imports, whatever a column beside them is called."""
    told = {spoken.way for spoken in map(said, filled) if not spoken.rest}
    return told >= {"export", "import"} and not any(map(is_figure, filled))


def _names(lowest: str) -> bool:
    """Whether a lowest cell is of a heading of figures, which those above it are too: no side, a place."""
    return (_speaks(lowest) and role_of(lowest) not in SIDES) or bool(placed_in(lowest))


def _speaks(cell: str) -> bool:
    """Whether a cell is of a heading under another: a period, a flow, a unit, what is counted."""
    period, month, label = when_in(cell)
    if period or month or role_of(cell) or _COMPARED.fullmatch(cell) or is_span(cell):
        return True
    if is_figure(cell) and cell.strip("0"):
        return False  # 10,000 is a unit beside words, and a figure alone
    spoken = said(label or cell)
    # Total and Export & Import, of which every word is known, are of both flows.
    return not spoken.rest and (is_unit(spoken) or bool(spoken.flow) or cell[:1].isalpha())


def _above_places(rows: list[Cells]) -> tuple[int, int] | None:
    """The headings above the first row that holds a place and a figure, where no heading is known: row, rows below."""
    begins = first_row_of_flows(rows) or first_row_of_sections(rows)
    if begins is None:
        return None
    heads = [i for i in range(begins) if sum(map(bool, rows[i])) >= _FEWEST and not any(map(is_figure, rows[i]))]
    if not heads:
        return None
    at = last = heads[-1]
    while at - 1 in heads and last - at < _DEEP - 1:
        filled = [c for c in rows[at] if c]
        if not all(map(_speaks, filled)) and not _says_both_flows(filled):
            break
        at -= 1
    return at, last - at


def _named_by_cells(
    names: tuple[str, ...], below: list[Cells], facts: dict[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Headings of which the cells say what no heading says: places, codes of goods, periods; and notes on them."""
    from entrepot.trade.formats import is_publishers  # formats read headings by this module

    if is_publishers(names):
        return names, ()
    roles = [role_of(n) for n in names]
    rows = [row for row in below if sum(map(bool, row)) > 1]
    made, notes = _without_words(names, roles, rows), []
    roles = [role_of(n) for n in made]
    taken = [i for i, (n, role) in enumerate(zip(made, roles, strict=True)) if role or when_in(n) != ("", "", "")]
    for role, fits in _unsaid(names, {*roles, *facts} - _SET_BY_ROWS | {*roles}):
        figures = [i for i, n in enumerate(made) if is_of_amounts(n)] if role in _LIKE_FIGURES else []
        at = column_of(rows, fits, [*taken, *figures]) if role not in made else None
        if fits is is_flow_or_both and at is not None and not _has_both_flows(row[at] for row in rows if row[at:]):
            at = None  # words for both alone are those of other columns too: Total, World
        if at is not None and at < len(made):
            notes.append(
                tr(
                    "Column {at}{made} is read as the {role}, by its cells.",
                    at=at + 1,
                    made=f", {made[at]!r}," if made[at] else "",
                    role=role,
                )
            )
            made[at] = role
            taken.append(at)
    return tuple(made), tuple(notes)


def _has_both_flows(cells: Iterable[str]) -> bool:
    return {said(cell).way for cell in {*cells}} >= {"export", "import"}


def _unsaid(names: tuple[str, ...], known: set[str]) -> list[tuple[str, Callable[[str], bool]]]:
    """What no heading says, and what cells of it are."""
    wanted: list[tuple[str, Callable[[str], bool]]] = []
    if not known & {"partner", "exporter", "importer"}:
        wanted.append(("partner", is_place))
    if "product" not in known:
        wanted.append(("product", is_goods))
    if "period" not in known and not any(period or month for period, month, _ in map(when_in, names)):
        wanted.append(("period", is_period))
    if "month" not in known:
        wanted.append(("month", is_month))
    if "flow" not in known and not known >= {"exporter", "importer"} and not any(said(n).flow for n in names):
        wanted += [("flow", is_flow), ("flow", is_flow_or_both)]
    return wanted


def _without_words(names: tuple[str, ...], roles: list[str], rows: list[Cells]) -> list[str]:
    """Headings of which those of figures are none where the cells are words: Items is a label too, and Trade a flow."""
    made = list(names)
    for at, role in enumerate(roles):
        cells = [row[at] for row in rows if at < len(row) and row[at]]
        if (
            role in {"quantity", "value"}
            and cells
            and not any(map(is_figure, cells))
            and not any(c.isdigit() for c in cells)
        ):
            made[at] = f"{names[at]} (words)"
    return made


def _tells(names: Cells) -> bool:
    """Whether headings name a side of a flow, and a value or a period beside it."""
    roles = {role_of(c) for c in names if c} - {""}
    if not roles & {*SIDES}:
        if roles & {"product", "period", "flow"} and placed_columns(names, roles):
            return True  # years or goods with a column a country
        is_of_goods = "product" in roles or any(goods_in(c)[0] for c in names if c)
        is_valued = not any(map(is_figure, names)) and ("value" in roles or _has_amounts(names))
        if is_of_goods and (is_valued or any(_is_dated_value(c) for c in names if c)):
            return True  # goods with an amount, of one partner or of all, whom a map says
        if is_of_goods and sum(any(when_in(c)[:2]) for c in names if c) >= _FEWEST:
            return True  # goods by years, whose title says what is counted
        valued = [c for c in names if c and said(when_in(c)[2]).label == "value"]
        return len(valued) >= _FEWEST  # Valor en 2021, Valor en 2022: of one pair, whose sides a map says
    return bool(roles & {"value", "period", "flow"}) or _has_figures(names)


def _tells_of_one(names: Cells) -> bool:
    """Whether headings say goods, periods or flows, and an amount beside them: of one partner, whom a title names."""
    labels = [c for c in names if c and role_of(c) in {"product", "period", "flow"}]
    others = [c for c in names if c not in labels]
    if any(map(is_figure, names)):
        return False
    return bool(labels) and (any(role_of(c) == "value" for c in others) or _has_figures(others))


def _has_amounts(names: Cells) -> bool:
    return any(said(c).label == "value" or said(c).currency or said(c).flow for c in names if c and not role_of(c))


def _has_figures(names: Cells) -> bool:
    """Whether a column is of amounts, or of the figures of a period."""
    return _has_amounts(names) or any(any(when_in(c)[:2]) or names_one_of_two(c) for c in names if c)


def _is_dated_value(name: str) -> bool:
    """Whether a column is of the amounts of a period."""
    period, month, label = when_in(name)
    return bool(period or month) and said(label).label == "value"


def _is_of_periods(row: Cells) -> bool:
    """Whether a row holds periods, at least two, all others being words for a column of periods."""
    filled = [c for c in row if c]
    found = [period_of(c) for c in filled if period_of(c)]
    others = [c for c in filled if not period_of(c)]
    return len(found) >= _FEWEST and len({*found}) > 1 and all(role_of(c) == "period" for c in others)


def _stands_under(row: Cells, above: Cells) -> bool:
    """Whether a row names sides of flows, and under the periods above nothing, or what else headings of figures say."""
    named = any(role_of(c) in SIDES for c in row if c)
    return named and all(map(_speaks, (c for c, over in zip(row, above, strict=False) if c and period_of(over))))


def _merged(rows: list[Cells]) -> tuple[str, ...]:
    """One heading a column: the lowest that says anything, behind those that span it and say a period, flow, unit."""
    if len(rows) == 1:
        return tuple(rows[0])
    rows = [row for row in rows if not _are_numbered([c for c in row if c])]
    width = max(map(len, rows))
    full = _carried([[*row, *[""] * (width - len(row))] for row in rows])
    names, over = [], []
    spans = [""] * len(full)
    for column in zip(*full, strict=True):
        spans = _spanning(spans, column)
        names.append(_heading(spans, column))
        over.append(" ".join(dict.fromkeys(c for c in spans[:-1] if c)))
    # Of two that are called alike the one below `cumulated` is so called, whichever stands first.
    twice = {n for n in names if n and names.count(n) > 1}
    return tuple(
        f"{of} {name}" if name in twice and said(of).label == "none" else name
        for name, of in zip(names, over, strict=True)
    )


def _carried(rows: list[Cells]) -> list[Cells]:
    """Rows of headings, a unit that is wider than the periods above it under each of them.

    >>> _carried([["Country", "2021-22", "2022-23"], ["", "US $ Million", ""]])[1]
    ['', 'US $ Million', 'US $ Million']
    """
    made = [list(row) for row in rows]
    for above, row in pairwise(made):
        unit = ""
        for at, (over, cell) in enumerate(zip(above, row, strict=True)):
            is_dated = bool(period_of(over))
            unit = cell if cell and is_dated and is_unit(said(cell)) else "" if cell else unit
            row[at] = unit if unit and is_dated else cell
    return made


def _spanning(before: list[str], column: tuple[str, ...]) -> list[str]:
    """What stands over a column in each row: a merged cell stands in its first column, and ends with the one above."""
    found, is_new = [], False
    for held, cell in zip(before, column, strict=True):
        is_new = is_new or bool(cell)
        found.append(cell if is_new else held)
    return found


def _heading(spans: list[str], column: tuple[str, ...]) -> str:
    period = next((c for c in column if period_of(c)), "")
    lowest = column[-1] or period or next((c for c in reversed(column) if c), "")
    over = [c for c in dict.fromkeys(spans[:-1]) if c and c != lowest]
    if not over or not lowest:
        return lowest
    if len(spans) == len(column) and lowest == column[-1] and _names(lowest):
        named = [c for c in over if role_of(c) not in {*SIDES, "product", "period"}]
        told = (c for c in named if _speaks(c) or period_of(lowest) or said(c).label == "none" or placed_in(c))
        return " ".join([*told, lowest])
    return lowest
