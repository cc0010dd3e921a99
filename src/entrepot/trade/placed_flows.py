"""Flows between two places of a map, each report by itself or added up by pair; what cannot be drawn says why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from entrepot.core import contract
from entrepot.core import periods as calendar
from entrepot.core.contract import Column, Contract
from entrepot.core.document.hinted import hinted
from entrepot.core.errors import UnknownNameError
from entrepot.core.words.amounts import counted, with_unit
from entrepot.core.words.translate import tr
from entrepot.trade.loading.printed.printed_products import ALL_GOODS
from entrepot.trade.mirrors.each_once import FLOW, SAME_GOODS, each_once
from entrepot.trade.trade_flows import PLACE, TRADE_FLOWS
from entrepot.vocabulary import countries

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl
    import pyarrow as pa

TOTAL, OTHER_LENGTH, NO_VALUE, NO_PLACE, ONE_PLACE = (
    "total of other rows", "period of another length", "no value", "no place on the map", "both ends are one place",
)  # fmt: skip
SET_ASIDE = (TOTAL, OTHER_LENGTH, NO_VALUE, NO_PLACE, ONE_PLACE)
_OPEN = ("not_applicable",)
_NESTED = "_nested"  # a column of its own: a total whose value another total holds, and which counts in no sum
_PERIOD = re.compile(r"\d{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?")  # as `trade_flows` writes them

PLACED_FLOWS = Contract(
    name="placed_flows",
    meaning="Flows between two places of a map, the largest first: each report by itself, or all of a pair added up. "
    "Of a pair that both sides report those of the side of most value are among them, and the other's of periods in "
    "which that one is silent, so that nothing is counted twice; `flow` says whose a row is.",
    grain=("number",),
    columns=(
        Column("number", "integer", "its place by value, 1 the largest", low=1),
        Column("exporter", "text", "from where, ISO alpha-3; an aggregate begins with +", pattern=PLACE),
        Column("importer", "text", "to where, likewise", pattern=PLACE),
        Column("product", "text", "code as printed; empty where several are added up", absent=_OPEN),
        Column("period", "text", "year, quarter or month; empty where several are added up", absent=_OPEN),
        Column("flow", "text", "whose report: export, import, …; empty where several are added up", absent=_OPEN),
        Column("value_usd", "number", "value", unit="USD", low=0, absent=("not_reported",)),
        Column("reports", "integer", "reports that it is of", low=1),
        Column("exporter_lon", "number", "where the map has the exporter", unit="degrees", absent=("unknown",)),
        Column("exporter_lat", "number", "likewise, latitude", unit="degrees", absent=("unknown",)),
        Column("importer_lon", "number", "where the map has the importer", unit="degrees", absent=("unknown",)),
        Column("importer_lat", "number", "likewise, latitude", unit="degrees", absent=("unknown",)),
        Column("set_aside", "text", "why it is not drawn; empty where it is", absent=_OPEN, allowed=SET_ASIDE),
    ),
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which flows.

    Attributes:
        exporters, importers: places; none for all.
        product: codes that begin with it; empty for all.
        period: it alone, or where no row is of it, the shorter ones within it; empty for all.
        side: `export`, `import`, `balanced`, …, as the column `flow` has them, and it alone; empty for that of most
            value of each pair, and the other's reports of periods of which that one has none.
        by_pair: add up what is of one pair.
    """

    exporters: Sequence[str] = ()
    importers: Sequence[str] = ()
    product: str = ""
    period: str = ""
    side: str = ""
    by_pair: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """Flows with their places, and what there is to choose among.

    Attributes:
        table: under `placed_flows`.
        reports: the reports that the flows are of, under `trade_flows`, the largest first.
        side: whose reports they are, or most of them.
        is_asked: whether that side was asked for by name.
        sides: what sides there are, that of most value first.
        exporters: what exporters there are, that of most value first.
        periods: what periods there are, in order.
        told: how many are drawn and set aside, one sentence each.
    """

    table: pa.Table
    reports: pa.Table
    side: str
    is_asked: bool
    sides: tuple[str, ...]
    exporters: tuple[str, ...]
    periods: tuple[str, ...]
    told: tuple[str, ...]


def placed_flows(flows: pa.Table, chosen: Chosen) -> Placed:
    """Flows with the places of their ends.

    Args:
        flows: under `trade_flows`.
        chosen: which of them.

    Raises:
        UnknownNameError: a side, an exporter, an importer, a product or a period that no row has.
    """
    import polars as pl

    frame = pl.DataFrame(flows.select(TRADE_FLOWS.names))
    sides = _by_value(frame, "flow")
    if chosen.side and chosen.side not in sides:
        held = tr("These flows are reported as {sides} alone.", sides=", ".join(map(tr, sides)))
        raise UnknownNameError(tr("side of the flows"), chosen.side, sides, remedy=held)
    side, mine = _listed(frame, chosen, sides)
    exporters, periods = _by_value(mine, "exporter"), _periods(mine)
    _refuse_unknown(tr("exporter of the flows"), chosen.exporters, exporters, _whose(frame, "exporter"))
    _refuse_unknown(
        tr("importer of the flows"), chosen.importers, _by_value(mine, "importer"), _whose(frame, "importer")
    )
    if not _of_product(frame, chosen).height:
        raise UnknownNameError(tr("product of the flows"), chosen.product, frame["product"].unique())
    within = _within(chosen.period, periods)
    unmet = [chosen.period] if chosen.period and not within else []
    _refuse_unknown(tr("period of the flows"), unmet, periods, _whose(frame, "period"))
    rows = _judged(_filtered(mine, chosen, within))
    drawn = (_added if chosen.by_pair else _apart)(rows)
    order = [pl.col("value_usd").fill_null(-1).neg(), "exporter", "importer", "product", "period"]
    table = _with_places(drawn).sort(order, maintain_order=True).with_row_index("number", 1)
    made = contract.check(PLACED_FLOWS, table.select(PLACED_FLOWS.names).to_arrow())
    reports = rows.sort(order, maintain_order=True).select(TRADE_FLOWS.names).to_arrow()
    made_of = _made_of(chosen.period, within)
    told = (*made_of, *_told(rows, table, side), *_left_told(_beside(frame, mine, chosen, within), mine, side))
    checked = contract.check(TRADE_FLOWS, reports)
    return Placed(made, checked, side, bool(chosen.side), sides, exporters, periods, told)


def _refuse_unknown(
    what: str, named: Sequence[str], known: Sequence[str], whose: Mapping[str, Sequence[str]] = MappingProxyType({})
) -> None:
    """Refuse a name that is not among the known; where another side has it, that side is named."""
    for name in named:
        if name in known:
            continue
        sides = whose.get(name, ())
        told = tr("Such flows are reported as {sides} alone.", sides=", ".join(map(tr, sides))) if sides else ""
        remedy = hinted(told, tr("--side {side} lists them.", side=sides[0])) if sides else ""
        raise UnknownNameError(what, name, sorted(known), remedy=remedy)


def _whose(frame: pl.DataFrame, column: str) -> dict[str, list[str]]:
    """Which sides report what stands in a column, by its value."""
    pairs = frame.select(column, "flow").unique().sort(column, "flow").iter_rows()
    found: dict[str, list[str]] = {}
    for value, flow in pairs:
        found.setdefault(value, []).append(flow)
    return found


def _periods(frame: pl.DataFrame) -> tuple[str, ...]:
    return tuple(sorted(frame["period"].unique()))


def _listed(frame: pl.DataFrame, chosen: Chosen, sides: Sequence[str]) -> tuple[str, pl.DataFrame]:
    """The reports that are listed, of each pair one side's and what the other alone reports; whose most of them are.

    Where these have none of what is chosen, they are those of the next side that has some.
    """
    import polars as pl

    def of(side: str) -> pl.DataFrame:
        return frame.filter(pl.col("flow") == side)

    if chosen.side:
        return chosen.side, of(chosen.side)
    first = each_once(frame, sides, _judged(frame).filter(pl.col("set_aside").ne_missing(TOTAL)))
    for rows in (first, *(of(s) for s in sides[1:])):
        left = _filtered(rows, chosen, _within(chosen.period, _periods(rows)))
        if left.height:
            return _by_value(left, "flow")[0], rows
    return sides[0], first


def _within(period: str, periods: Sequence[str]) -> tuple[str, ...]:
    """The periods that are chosen: the one that is named, else those within it, by which the flows are counted."""
    if period in periods or not _PERIOD.fullmatch(period):
        return (period,) if period in periods else ()
    whole = calendar.parse(period)
    each = ((p, calendar.parse(p)) for p in periods)
    return tuple(p for p, one in each if whole.start <= one.start and one.end <= whole.end)


def _made_of(period: str, within: Sequence[str]) -> tuple[str, ...]:
    """Of which periods a longer one that is named is made, in words: some may not be reported."""
    if not period or period in within:
        return ()
    return (
        tr(
            "Of {period} there are {periods}, {first} to {last}.",
            period=period,
            periods=counted(len(within), "period"),
            first=within[0],
            last=within[-1],
        ),
    )


def _by_value(frame: pl.DataFrame, column: str) -> tuple[str, ...]:
    import polars as pl

    sums = frame.group_by(column).agg(pl.col("value_usd").sum()).sort([pl.col("value_usd").neg(), column])
    return tuple(sums[column])


def _filtered(frame: pl.DataFrame, chosen: Chosen, within: Sequence[str]) -> pl.DataFrame:
    import polars as pl

    for column, named in (("exporter", chosen.exporters), ("importer", chosen.importers)):
        if named:
            frame = frame.filter(pl.col(column).is_in(list(named)))
    frame = _of_product(frame, chosen)
    return frame.filter(pl.col("period").is_in(list(within))) if chosen.period else frame


def _of_product(frame: pl.DataFrame, chosen: Chosen) -> pl.DataFrame:
    import polars as pl

    code = chosen.product.replace(".", "")
    return frame.filter(pl.col("product").str.starts_with(code)) if code else frame


def _judged(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows, each with the reason for which it is not drawn; empty where it is. Each side is judged by itself."""
    import polars as pl

    each = [_judged_side(rows) for _, rows in frame.group_by("flow", maintain_order=True)]
    return pl.concat(each) if each else _judged_side(frame)


def _judged_side(frame: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    total = pl.col("product").str.starts_with("+")
    # Totals beside their parts would count these twice; where there is nothing but totals they are all that is known.
    # Of totals that hold one another the largest is drawn then.
    frame = _nested(frame)
    has_parts = frame.filter(~total).height > 0
    lengths = frame.group_by("frequency").len().sort(["len", "frequency"], descending=True)
    usual = lengths["frequency"][0] if lengths.height else ""
    placed = pl.col("exporter").is_in(list(countries.points())) & pl.col("importer").is_in(list(countries.points()))
    return frame.with_columns(
        pl.when(total & (pl.lit(has_parts) | pl.col(_NESTED))).then(pl.lit(TOTAL))
        .when(pl.col("frequency") != usual).then(pl.lit(OTHER_LENGTH))
        .when(pl.col("value_usd").is_null()).then(pl.lit(NO_VALUE))
        .when(~placed).then(pl.lit(NO_PLACE))
        .when(pl.col("exporter") == pl.col("importer")).then(pl.lit(ONE_PLACE))
        .otherwise(pl.lit(None, pl.String)).alias("set_aside")
    )  # fmt: skip


def _nested(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows, each with whether it is a total within another total of the same flow: +8471 beside +84."""
    import polars as pl

    keys = ["reporter", "exporter", "importer", "flow", "period", "hs_vintage"]
    code = pl.col("product").str.strip_prefix("+")
    is_total = pl.col("product").str.starts_with("+") & pl.col("value_usd").is_not_null()
    totals = frame.filter(is_total).select(*keys, code.alias("_code")).unique()
    is_nested = pl.col("product").str.starts_with("+") & (pl.col("product") != ALL_GOODS)
    of_all = (
        totals.filter(pl.col("_code") == ALL_GOODS[1:]).select(keys).with_columns(pl.lit(value=True).alias("_within"))
    )
    rows = frame.join(of_all, on=keys, how="left", maintain_order="left").with_columns(_code=code)
    held = pl.col("_within").fill_null(value=False)
    for size in sorted(totals.filter(pl.col("_code") != ALL_GOODS[1:])["_code"].str.len_chars().unique().to_list()):
        holding = totals.filter(pl.col("_code").str.len_chars() == size)
        begun = holding.rename({"_code": "_begin"}).with_columns(pl.lit(value=True).alias(f"_in_{size}"))
        longer = pl.when(pl.col("_code").str.len_chars() > size).then(pl.col("_code").str.head(size)).alias("_begin")
        rows = rows.with_columns(longer).join(begun, on=[*keys, "_begin"], how="left", maintain_order="left")
        held = held | pl.col(f"_in_{size}").fill_null(value=False)
    return rows.with_columns((is_nested & held).alias(_NESTED)).select(*frame.columns, _NESTED)


def _apart(rows: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    return rows.with_columns(reports=pl.lit(1, pl.Int64))


def _added(rows: pl.DataFrame) -> pl.DataFrame:
    """All of a pair as one flow, what is set aside apart from it, by its reason."""
    import polars as pl

    def only(column: str) -> pl.Expr:
        one = pl.col(column).n_unique() == 1
        return pl.when(one).then(pl.col(column).first()).otherwise(pl.lit(None, pl.String)).alias(column)

    known = pl.col("value_usd").count() > 0
    value = pl.when(known).then(pl.col("value_usd").filter(~pl.col(_NESTED)).sum()).alias("value_usd")
    of = rows.group_by("exporter", "importer", "set_aside")
    return of.agg(only("product"), only("period"), only("flow"), value, pl.len().cast(pl.Int64).alias("reports"))


def _with_places(rows: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    def at(end: str, axis: int) -> pl.Expr:
        of = {code: float(place[axis]) for code, place in countries.points().items()}
        name = f"{end}_{('lon', 'lat')[axis]}"
        return pl.col(end).replace_strict(of, default=None, return_dtype=pl.Float64).alias(name)

    return rows.with_columns(at(end, axis) for end in ("exporter", "importer") for axis in (0, 1))


def _beside(frame: pl.DataFrame, mine: pl.DataFrame, chosen: Chosen, within: Sequence[str]) -> pl.DataFrame:
    """What is chosen of the reports that are not listed, without totals beside their parts."""
    import polars as pl

    others = _filtered(frame.join(mine, on=TRADE_FLOWS.names, how="anti", nulls_equal=True), chosen, within)
    return _judged(others).filter(pl.col("set_aside").ne_missing(TOTAL))


def _told(rows: pl.DataFrame, table: pl.DataFrame, side: str) -> tuple[str, ...]:
    """How much is drawn and how much set aside, in rows and in value."""
    import polars as pl

    drawn = rows.filter(pl.col("set_aside").is_null())
    lines = table.filter(pl.col("set_aside").is_null()).height
    much, flows = _much(drawn), counted(lines, "flow")
    each = [_of_side(str(flow), side, of) for (flow,), of in drawn.group_by("flow", maintain_order=True)]
    if drawn.filter(pl.col("flow") == side).height == drawn.height:
        said = [tr("{flows} drawn, of {much}, as {side} is reported.", flows=flows, much=much, side=tr(side))]
    else:
        said = [tr("{flows} drawn, of {much}.", flows=flows, much=much), *each]
    aside = {reason: rows.filter(pl.col("set_aside") == reason) for reason in SET_ASIDE}
    said += [
        tr("Not drawn, {reason}: {much}.", reason=tr(reason), much=_much(left))
        for reason, left in aside.items()
        if left.height
    ]
    return tuple(said)


def _of_side(flow: str, side: str, rows: pl.DataFrame) -> str:
    """How much of what is drawn a side reports; of another than that of most of it, why it is drawn."""
    if flow == side:
        return tr("As {side} is reported: {much}.", side=tr(side), much=_much(rows))
    return tr(
        "As {flow} is reported, of pairs of places of which that is more, or periods without another report: {much}.",
        flow=tr(flow),
        much=_much(rows),
    )


def _left_told(beside: pl.DataFrame, mine: pl.DataFrame, side: str) -> tuple[str, ...]:
    """What is not listed, in words: what counts the same again, what does not, and what is of neither side."""
    import polars as pl

    opposite = pl.col("flow").is_in(SAME_GOODS) & pl.lit(side in SAME_GOODS)
    others = beside.filter(opposite)
    again = others.join(mine, on=FLOW, how="semi")
    said = [tr("Of the other side, which counts the same again: {much}.", much=_much(again))] if again.height else []
    alone = others.join(mine, on=FLOW, how="anti")
    for (flow,), left in alone.group_by("flow", maintain_order=True):
        plain = tr(
            "Reported as {flow} alone, by pair, goods and period, and not drawn: {much}.",
            flow=tr(str(flow)),
            much=_much(left),
        )
        said.append(hinted(plain, tr("--side {side} lists it.", side=str(flow))))
    said += [
        tr("Reported as {flow}, and not drawn: {much}.", flow=tr(str(flow)), much=_much(left))
        for (flow,), left in beside.filter(~opposite).group_by("flow", maintain_order=True)
    ]
    return tuple(said)


def _much(rows: pl.DataFrame) -> str:
    """How many reports, and their value, of which a total within another counts once."""
    import polars as pl

    usd = partial(with_unit, unit="USD")
    return tr(
        "{reports} of {usd}",
        reports=counted(rows.height, "report"),
        usd=usd(float(rows.filter(~pl.col(_NESTED))["value_usd"].sum())),
    )
