"""What hubs make themselves, row by row, brought to the products, places and periods of the flows.

A row that is not used is counted with its amount; what cannot be summed without guessing is refused with its rows.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.core.units import counted
from entrepot.core.words.translate import tr
from entrepot.diversion.bounds.supply_file import COLUMNS, LINE
from entrepot.diversion.flows import calendar
from entrepot.diversion.flows.changed_codes import together
from entrepot.diversion.route import place

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from entrepot.diversion.flows.changed_codes import Recode
    from entrepot.diversion.flows.panel import Floats, Panel

    Key = tuple[str, str]
    Row = dict[str, Any]

_NAMED = 3  # reasons that a sentence names, the commonest


@dataclass(frozen=True, slots=True, eq=False)
class SupplyRows:
    """The output of hubs.

    Attributes:
        amounts: (product, hub) to the output of each period of the flows, in their unit; NaN where it is not known.
        told: which rows are not used, with their amount and why, in sentences.
    """

    amounts: dict[Key, Floats]
    told: tuple[str, ...]


def supply_rows(output: pa.Table, panel: Panel) -> SupplyRows:
    """Rows of a supply as series by product and hub; of codes that changed also that of all together.

    Args:
        output: under `HUB_OUTPUT`, perhaps with the line of each row.
        panel: places, periods and unit of the flows, and all their products.

    Raises:
        BadInputError: no row is of a product and hub of the flows, two are of one product, hub and period, one is below
            0, of periods of another length or counted in another unit than the flows are.
        UnknownNameError: a column is missing.
    """
    missing = [c for c in COLUMNS if c not in output.column_names]
    if missing:
        raise UnknownNameError(
            tr("column of the supply"), missing[0], output.column_names, remedy=tr("Give {columns}.", columns=COLUMNS)
        )
    rows = output.to_pylist()
    changes = dict(together(panel.products))
    products = {*panel.products, *changes}
    hubs = {text: _hub(text, panel) for text in {r["hub"] for r in rows}}
    unused: list[tuple[str, Row]] = []
    amounts: dict[Key, Floats] = {}
    seen: dict[tuple[str, str, str], str] = {}
    periods = {p: i for i, p in enumerate(panel.periods)}
    for at, r in enumerate(rows, 1):
        product, hub = _code(r["product"], products), hubs[r["hub"]]
        if product not in products:
            unused.append((tr("no product of the flows is {name}", name=product), r))
        elif hub not in panel.places:
            unused.append((tr("no place of the flows is {name}", name=r["hub"]), r))
        else:
            line, period = _numbered(r, at), str(r["period"])
            _refuse(r, line, panel)
            _refuse_twice(seen, (product, hub, period), line)
            if period not in periods:
                unused.append((tr("the flows have no {period}", period=period), r))
            elif r["amount"] is not None:
                series = amounts.setdefault((product, hub), np.full(len(panel.periods), np.nan))
                series[periods[period]] = r["amount"]
    if rows and not seen:
        raise BadInputError(
            tr("no row of the supply is of a product and a hub of the flows"),
            found=f"{rows[0]['product']}, {rows[0]['hub']}",
            allowed=tr("codes as in the flows, hubs by ISO alpha-3 or by name"),
        )
    gaps = [*_join(amounts, changes, panel)]
    return SupplyRows(amounts, (*_told(unused, rows, panel.unit), *gaps))


def _numbered(row: Row, at: int) -> str:
    """The line of a row in its file, or its number in a table that was read from none."""
    line = row.get(LINE)
    return tr("row {number}", number=at) if line is None else tr("line {number}", number=line)


def _code(text: str, products: set[str]) -> str:
    """A code of goods, with or without its points."""
    bare = text.strip().replace(".", "")
    return bare if text not in products and bare in products else text


def _hub(text: str, panel: Panel) -> str:
    """The place of the flows that is meant; the text itself where there is none."""
    if text in panel.places:
        return text
    try:
        return place(text)
    except (BadInputError, UnknownNameError):
        return text


def _join(amounts: dict[Key, Floats], changes: dict[str, Recode], panel: Panel) -> Iterator[str]:
    """Add the output of codes that are compared together; a period counts where one side of the change is whole.

    Yields:
        A sentence on each hub of which it is whole nowhere.
    """
    for name, change in changes.items():
        sides = [[c for c in side if c in panel.products] for side in (change.before, change.after)]
        for hub in sorted({h for p, h in amounts if p in {*sides[0], *sides[1]}}):
            nothing = np.full(len(panel.periods), np.nan)
            held = [np.array([amounts.get((c, hub), nothing) for c in side]) for side in sides]
            whole = np.isfinite(held[0]).all(axis=0) | np.isfinite(held[1]).all(axis=0)
            given = np.where(whole, np.nansum(np.concatenate(held), axis=0), np.nan)
            own = amounts.get((name, hub), nothing)
            if (np.isfinite(own) & np.isfinite(given)).any():
                raise BadInputError(
                    tr("the supply of {hub} has {name} both together and by code", hub=hub, name=name),
                    allowed=tr("one of the two in each period"),
                )
            both = np.where(np.isfinite(own), own, given)
            if np.isfinite(both).any():
                amounts[name, hub] = both
            lacking = [c for c in (*sides[0], *sides[1]) if (c, hub) not in amounts]
            if not np.isfinite(both).all() and lacking:
                yield tr(
                    "Of the supply of {hub} in {name} {count} are not known: rows of {lacking} are needed too, 0 where "
                    "nothing was made.",
                    hub=hub,
                    name=name,
                    count=counted(int(np.isnan(both).sum()), panel.frequency),
                    lacking=", ".join(lacking),
                )


def _refuse(row: Row, line: str, panel: Panel) -> None:
    """Refuse an amount below 0, another unit, and periods of another length."""
    if row["amount"] is not None and not row["amount"] >= 0:
        raise BadInputError(
            tr("{line} of the supply is no amount", line=line),
            found=row["amount"],
            allowed=tr("a number of at least 0"),
        )
    if row["unit"] != panel.unit:
        raise BadInputError(
            tr("the supply is counted in another unit than the flows"), found=row["unit"], allowed=panel.unit
        )
    _refuse_other_length(str(row["period"]), panel)


def _refuse_twice(seen: dict[tuple[str, str, str], str], key: tuple[str, str, str], line: str) -> None:
    """Two rows may be two plants, or one written twice: nobody can tell.

    Raises:
        BadInputError: there was a row of this product, hub and period before.
    """
    if (first := seen.setdefault(key, line)) != line:
        raise BadInputError(
            tr("two rows of the supply, {first} and {line}, are of one product, hub and period",
               first=first, line=line),
            found=", ".join(key),
            allowed=tr("one row of each"),
            remedy=tr("Add up what several plants make; leave out what is written twice."),
        )  # fmt: skip


def _refuse_other_length(period: str, panel: Panel) -> None:
    """A year is not taken apart into months: how it lay in them is not known.

    Raises:
        BadInputError: the period is no one of those that the flows are counted by.
    """
    try:
        same = calendar.label(calendar.number(period, panel.frequency), panel.frequency) == period
    except (ValueError, IndexError):
        same = False
    if not same:
        raise BadInputError(
            tr("a period of the supply is none of those of the flows, which are counted by the {one}",
               one=panel.frequency),
            found=period,
            allowed=tr("such as {period}", period=panel.periods[0]),
            remedy=tr("Give the supply of each {one}, or flows of longer periods.", one=panel.frequency),
        )  # fmt: skip


def _told(unused: list[tuple[str, Row]], rows: list[Row], unit: str) -> Iterator[str]:
    """How many rows are not used, with what amount, and why, in a sentence."""
    if not unused:
        return
    lost, whole = (sum(r["amount"] or 0.0 for r in of if r["unit"] == unit) for of in ([r for _, r in unused], rows))
    counts = Counter(why for why, _ in unused)
    shown = "; ".join(f"{why} ({count})" for why, count in counts.most_common(_NAMED))
    yield tr(
        "Of {count} of the supply {unused} are not used, {lost:,.0f} of {whole:,.0f} {unit}: {shown}{more}.",
        count=counted(len(rows), "row"),
        unused=len(unused),
        lost=lost,
        whole=whole,
        unit=unit,
        shown=shown,
        more="; …" if len(counts) > _NAMED else "",
    )
