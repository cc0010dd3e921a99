"""Tables with a column a period, or a column a flow, as a row a flow: what the headings say goes into cells.

A column of growth or of shares is no amount and is left out, as is a cell that holds nothing. Columns of two amounts
that nothing tells apart are refused: which is the value has to be said.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import marked, ntr, tr
from entrepot.trade.loading.printed.heads.fiscal_names import with_both_years
from entrepot.trade.loading.printed.heads.places_of_headings import placed_columns
from entrepot.trade.loading.printed.printed_cells import absent_in, are_figures, is_month
from entrepot.trade.loading.printed.printed_headings import NUMBERED_MONTH, is_dated, role_of, when_in
from entrepot.trade.loading.printed.printed_lines import without_blanks
from entrepot.trade.loading.printed.printed_multipliers import (
    WEIGHTS,
    Wide,
    is_mixed,
    units_of,
    value_heading,
    without_spare,
)
from entrepot.trade.loading.printed.printed_periods import period_of
from entrepot.trade.loading.printed.printed_units import Said, said, unit_words, words_of
from entrepot.trade.loading.printed.printed_valuation import one_valuation, told_of
from entrepot.trade.loading.printed.titles.title_period import is_span, refuse_months_together
from entrepot.trade.loading.printed.titles.unread_flows import (
    refuse_unread,
    refuse_unread_values,
    refuse_unread_years,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

    from entrepot.trade.loading.printed.heads.places_of_headings import Placed
    from entrepot.trade.loading.printed.printed_layout import Layout

PERIOD, COUNTED = "period", "quantity_unit"
_FEWEST = 2  # columns of periods where a column of periods is there too: one of them may be a figure of that year
_MONTHS = 3  # columns called as months alone, by a name: Mar and May are other words too
_KEYED = "\\"  # stands between the keys of a row and the word for its columns: freq,reporter\\TIME_PERIOD
_MOST_NAMED = 6  # columns in a note
_NO_AMOUNT = marked("Columns that are no amount, or in no unit that is said, are not read: {shown}.")
_TOGETHER = marked(
    "Columns of several months together, which are no month, quarter or year, are not read: {shown}. To read one under "
    "the last of its months, write that month into its heading, as 2023-10."
)
_LOOKED_AT = 200  # cells that tell whether a column is of figures


def unfolded(
    frame: pl.DataFrame,
    layout: Layout | None,
    named: Sequence[str],
    fixed: Mapping[str, str] | None = None,
    absent: Counter[str] | None = None,
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """A table with what its title and its headings say in columns of its own, and notes on what was made of it.

    Args:
        frame: cells as text, with their `row`.
        layout: what the title says; None where there is none.
        named: headings that a map names: a table of which one is a column of figures is left as it is.
        fixed: what a map says of all rows.
        absent: counts the flows that have no figure, by what stands in the first of their cells.

    Raises:
        BadInputError: columns of two amounts that nothing tells apart; a title of several months together.
    """
    import polars as pl

    facts = {k: v for k, v in (layout.facts if layout else {}).items() if k not in (fixed or {})}
    frame, years = with_both_years(frame, {**(fixed or {}), **facts}) if not named else (frame, ())
    heading = [c for c in frame.columns if c != "row"]
    wide = wide_columns(heading, {**(fixed or {}), **facts})
    if layout and layout.span[0] and PERIOD not in (fixed or {}):
        _refuse_span(heading, wide, layout)
    if not wide and not named and PERIOD not in {*(fixed or {}), *facts, *map(role_of, heading)}:
        _refuse_spans([h for h in heading if is_span(h) and _all_figures(frame[h])])
    if wide and not {one.heading for one in wide} & {*named}:
        refuse_unread(frame, {one.says.flow for one in wide})
        if all(one.kind != "value" for one in wide):
            refuse_unread_values(frame)
        frame, notes = _long(frame, wide, layout, Counter() if absent is None else absent)
    else:
        frame, notes = _with_unit(frame, layout) if not named else frame, ()
    if layout and layout.span[0] and fixed and PERIOD in fixed:
        under = tr(
            "The figures of {span} stand under {period}, as the map says.", span=layout.span[0], period=fixed[PERIOD]
        )
        notes = (*notes, under)
    told = (fixed or {}).get(PERIOD) or facts.get(PERIOD) or (layout.span[1] if layout else "")
    frame, months = _with_year(frame, told[:4]) if not named else (frame, ())
    notes = (*years, *notes, *months)
    have = {role_of(c) for c in frame.columns}
    sides = {"exporter", "importer"} <= have
    more = {k: v for k, v in facts.items() if k not in have and not (sides and k in {"flow", "reporter"})}
    return frame.with_columns(pl.lit(v).alias(k) for k, v in more.items()), notes


def _with_year(frame: pl.DataFrame, year: str) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """A column of months by their names alone with the year that the title, or a map, says."""
    import polars as pl

    dated = [c for c, kind in frame.schema.items() if kind == pl.String() and role_of(c) == PERIOD]
    cells = frame[dated[0]].drop_nulls().unique().to_list() if len(dated) == 1 and year.isdigit() else []
    if not cells or not all(map(is_month, cells)):
        return frame, ()
    name = dated[0]
    frame = frame.with_columns((pl.col(name).str.strip_chars() + f" {year}").alias(name))
    return frame, (tr("The months of {name!r} are read as those of {year}.", name=name, year=year),)


def _refuse_span(heading: Sequence[str], wide: Sequence[Wide], layout: Layout) -> None:
    """Stop where figures are of several months together, by the title and by no heading: no month, quarter or year."""
    roles = {role_of(h) for h in heading}
    is_told = PERIOD in roles or any(one.period or one.month for one in wide)
    amounts = [s for h in heading for s in [said(h)] if _is_flow(h, s) or _is_amount(s) or s.currency]
    if is_told or not (wide or "value" in roles or amounts):
        return
    refuse_months_together(*layout.span)


def _refuse_spans(headings: Sequence[str]) -> None:
    """Stop where each column of figures is of several months together."""
    if not headings:
        return
    raise BadInputError(
        tr("the figures are of several months together, which are no month, quarter or year"),
        found=", ".join(headings[:_MOST_NAMED]),
        remedy=tr("Write into each heading the period under which its figures are to stand, as 2023-10."),
    )


def _is_amount(spoken: Said) -> bool:
    return spoken.label == "value"


def _all_figures(column: pl.Series) -> bool:
    return are_figures([c.strip() for c in column.drop_nulls().head(_LOOKED_AT).to_list()])


def wide_columns(heading: Sequence[str], facts: Mapping[str, str] | None = None) -> list[Wide]:
    """The columns of figures of a table in which periods or flows stand in headings; none for one with a row a flow.

    Args:
        heading: the headings.
        facts: what the title says: of a table with a column a month it may be the year.
    """
    if heading and _KEYED in heading[0]:
        return []  # Comext's own, which its reader takes apart
    roles = {role_of(h) for h in heading}
    dated = PERIOD in roles or PERIOD in (facts or {})
    if places := placed_columns(heading, roles | {*(facts or {})}):
        return _of_places(places, dated=dated)
    told = [(h, *when_in(h)) for h in heading]
    wholes = _wholes(heading)
    found = [Wide(h, period, "", said(label)) for h, period, _, label in told if period and h not in wholes]
    if len({one.period for one in found}) >= (_FEWEST if PERIOD in roles else 1):
        return _of_one_flow([one for one in found if one.says.label != "none"])
    months = [Wide(h, "", month, said(label)) for h, _, month, label in told if month]
    is_numbered = any(NUMBERED_MONTH.search(one.heading) for one in months)
    fewest = _FEWEST if any(one.says.label for one in months) else _MONTHS  # Value-Jan is no other word
    if dated and (is_numbered or len({one.month for one in months}) >= fewest):
        return _of_one_flow([one for one in months if one.says.label != "none"])
    flows = [Wide(h, "", "", s) for h in heading for s in [said(h)] if _is_flow(h, s)]
    # Beside exports and imports a column of both (进出口) is no column of flows.
    value = {"value"} & roles if {one.says.way for one in flows} >= {"export", "import"} else {"value", "flow"} & roles
    return flows if not value and dated and any(one.kind == "value" for one in flows) else []


def _of_places(places: Mapping[str, Placed], *, dated: bool) -> list[Wide]:
    """The columns of figures whose headings name places: with a period, or where the table says that elsewhere."""
    found = []
    for heading, one in places.items():
        period, month, label = when_in(one.rest)
        says = said(label if period or month else one.rest)
        if not says.rest and says.label != "none" and (period or dated):
            found.append(Wide(heading, period, month, says, one.reporter, one.partner))
    return _of_one_flow(found)


def _of_one_flow(wide: list[Wide]) -> list[Wide]:
    """The columns without those of exports and imports together (Total trade), where both stand beside them."""
    is_of_both = {one.says.way for one in wide} >= {"export", "import"}
    return [one for one in wide if one.says.flow or not is_of_both]


def _wholes(heading: Sequence[str]) -> set[str]:
    """The columns of a year or a quarter of which a month stands beside: tables of a month with the months so far."""
    told = {h: period_of(period) for h in heading for period in [when_in(h)[0]] if period}
    months = {p for p in told.values() if len(p) == len("2023-06") and "Q" not in p}
    held = {p[:4] for p in months} | {f"{p[:4]}-Q{(int(p[5:]) + 2) // 3}" for p in months}
    return {h for h, period in told.items() if period in held}


def _alone(frame: pl.DataFrame, kept: list[str], wholes: set[str], value: str) -> list[pl.DataFrame]:
    """Figures of a year or a quarter in rows in which its months are all blank: there they are the only ones."""
    import polars as pl

    months = {h: period_of(period) for h in frame.columns for period in [when_in(h)[0]] if period}
    found = []
    for whole in (h for h in frame.columns if h in wholes):
        period, _, label = when_in(whole)
        one = Wide(whole, period, "", said(label))
        year, _, quarter = period_of(period).partition("-Q")
        last = int(quarter or 4) * 3
        held = {f"{year}-{m:02}" for m in range(last - 2 if quarter else 1, last + 1)}
        beside = [pl.col(h).cast(pl.String()) for h, p in months.items() if p in held]
        if one.says.label in {"", "value"} and not one.says.flow:
            blank = pl.all_horizontal(c.is_null() | absent_in(c) for c in beside)
            filled = frame.filter(blank & pl.col(whole).is_not_null())
            found.append(_dated(_part(filled, kept, {"value": one}, value, ""), (period, "", "", "", ""), ""))
    return [part for part in found if part.height]


def _is_flow(heading: str, spoken: Said) -> bool:
    return bool(spoken.flow) and not role_of(heading) and spoken.label != "none" and not spoken.rest


def _long(
    frame: pl.DataFrame, wide: list[Wide], layout: Layout | None, absent: Counter[str]
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    import polars as pl

    unit = layout.unit if layout else None
    spare = without_spare((o.heading, o.of, o.says.money) for o in wide if o.kind == "value")
    every, wide = wide, [one for one in wide if one.heading not in spare]
    value, by_row = value_heading(wide, unit), units_of(wide, unit) if is_mixed(wide) else {}
    others = [c for c in frame.columns if c != "row" and c not in {one.heading for one in every}]
    of_title = (layout.facts if layout else {}).get(PERIOD, "")
    together = [c for c in others if not role_of(c) and is_span(c, of_title[:4]) and _all_figures(frame[c])]
    figures = [c for c in others if _is_left(c) and c not in together]
    kept = [c for c in others if c not in figures and c not in together]
    if any(one.period for one in wide):
        refuse_unread_years(frame, kept)
    year = next((c for c in kept if role_of(c) == PERIOD), "") or of_title
    parts, read = [], set()
    for of in dict.fromkeys(one.of for one in wide):
        mine = _measures([one for one in wide if one.of == of], unit)
        read |= {one.heading for one in mine.values()}
        if mine:
            part = _dated(_part(frame, kept, mine, value, (layout.facts if layout else {}).get(COUNTED, "")), of, year)
            said_by = by_row.get(mine["value"].heading, {}) if "value" in mine else {}
            parts.append(part.with_columns(pl.lit(v).alias(k) for k, v in said_by.items()))
    whole = _wholes(frame.columns)
    alone = _alone(frame, kept, whole, value) if not by_row else []
    long = pl.concat([*parts, *alone], how="diagonal").sort("row", maintain_order=True)
    have = [c for c in (value, *WEIGHTS.values(), "quantity") if c in long.columns]
    said_so = ntr(
        len(wide),
        "{count} column ({shown}) is read as a row each.",
        "{count} columns ({shown}{which}) are read as a row each.",
        shown=", ".join(repr(one.heading) for one in wide[:3]),
        which=", …" if len(wide) > 3 else "",  # noqa: PLR2004 - as many are shown
    )
    left = [*(h for h in figures if h not in whole), *(one.heading for one in every if one.heading not in read)]
    more = tr(" and {count} more", count=len(left) - _MOST_NAMED) if len(left) > _MOST_NAMED else ""
    shown = ", ".join(map(repr, left[:_MOST_NAMED])) + more
    note = [tr(_NO_AMOUNT, shown=shown)] if left else []
    if together:
        note.append(tr(_TOGETHER, shown=", ".join(map(repr, together[:_MOST_NAMED]))))
    if beside := [h for h in figures if h in whole]:
        note.append(
            tr(
                "Columns of a year or a quarter of which a month stands beside are not read, or a month would count "
                "twice: {shown}. For the whole, take the columns of months out.",
                shown=", ".join(map(repr, beside[:_MOST_NAMED])),
            )
        )
        if count := sum(part.height for part in alone):
            note.append(
                ntr(
                    count,
                    "{count} figure of them stands in a row whose months are blank, and is read.",
                    "{count} figures of them stand in rows whose months are blank, and are read.",
                )
            )
    way = one_valuation(one.heading for one in wide if one.kind == "value")
    if way and not any(role_of(c) == "valuation" for c in kept):
        long = long.with_columns(pl.lit(way).alias("valuation"))
        note.append(tr("As a heading says, {told_of}.", told_of=told_of(way, wide[0].heading)))
    return without_blanks(long, have, absent), (said_so, *note)


def _is_left(heading: str) -> bool:
    """Whether a column beside those of figures is a figure too: a share, a balance, the year's total of months."""
    spoken = said(heading)
    if spoken.label == "none" or is_dated(heading):
        return True
    return not role_of(heading) and bool(spoken.label) and not spoken.rest


def _measures(columns: list[Wide], unit: Said | None) -> dict[str, Wide]:
    """What the columns of one period and flow count, by the heading under which it is read.

    A weight in no unit is in that of the title; where nothing says it, it is not read. Of two quantities the first is.
    """
    found: dict[str, Wide] = {}
    for one in columns:
        kind = one.kind
        if kind == "weight":
            label = one.says.label if one.says.label in WEIGHTS else (unit.label if unit else "")
            kind = WEIGHTS.get(label, "")
        if kind:
            found.setdefault(kind, one)
    return found


def _part(frame: pl.DataFrame, kept: list[str], mine: dict[str, Wide], value: str, counted: str) -> pl.DataFrame:
    """The rows of one period and flow; a quantity counts what the title says, else its heading."""
    import polars as pl

    columns = [pl.col("row"), *map(pl.col, kept)]
    for name, one in mine.items():
        columns.append(pl.col(one.heading).cast(pl.String()).alias(value if name == "value" else name))
    if "value" not in mine:
        columns.append(pl.lit(None, pl.String()).alias(value))
    if "quantity" in mine and not any(role_of(c) == COUNTED for c in kept):
        columns.append(pl.lit(_unit_of(mine["quantity"], counted)).alias(COUNTED))
    return frame.select(columns)


def _unit_of(one: Wide, counted: str) -> str | None:
    """What a quantity is counted in: the title's unit, of which the heading may count thousands."""
    own = _unit_in(one.heading)
    return f"{own} {counted}" if counted and own and one.says.scale != 1 else counted or own


def _unit_in(heading: str) -> str | None:
    """What a column of quantities counts, as printed: Units of `January Units`; None of `Import quantity`."""
    period, _, label = when_in(heading)
    return unit_words(label or heading.replace(period, "").strip() or heading) or None


def _dated(part: pl.DataFrame, of: tuple[str, str, str, str, str], year: str) -> pl.DataFrame:
    """The rows with their period, flow and sides, as headings say; the year of a month is a column's or a title's."""
    import polars as pl

    period, month, flow, reporter, partner = of
    sides = {name: place for name, place in (("reporter", reporter), ("partner", partner)) if place}
    part = part.with_columns(pl.lit(place).alias(name) for name, place in sides.items())
    if period:
        part = part.with_columns(pl.lit(period).alias(PERIOD))
    if month:
        of_year = pl.col(year).cast(pl.String()).str.strip_chars() if year in part.columns else pl.lit(year)
        name = year if year in part.columns else PERIOD
        part = part.with_columns((of_year.str.replace(r"\.0$|-\d\d$", "") + f"-{month}").alias(name))
    return part.with_columns(pl.lit(flow).alias("flow")) if flow else part


def _with_unit(frame: pl.DataFrame, layout: Layout | None) -> pl.DataFrame:
    """A column called Value with the unit that the title gives."""
    if layout is None or layout.unit is None:
        return frame
    plain = [c for c in frame.columns if role_of(c) == "value" and not said(c).currency and said(c).scale == 1]
    return frame.rename({plain[0]: f"value {words_of(layout.unit)}"}) if len(plain) == 1 else frame
