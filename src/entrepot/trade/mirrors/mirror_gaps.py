"""Mirror reconciliation: the exporter's figure beside the importer's, the margin between them, and what it leaves open.

The importer counts freight and insurance (CIF), the exporter does not (FOB). The margin is estimated (`margins`); what
else importers usually count more is in it.
What it and the usual errors of both reporters explain is no gap; what they do not explain is the *mirror gap*. It is a
sign that a flow is mis-declared, or counted by origin on one side and by consignment on the other, and does not say
which.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import expm1
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import tr
from entrepot.trade import margins as estimated
from entrepot.trade.contract import MIRRORED, RELIABILITY
from entrepot.trade.mirrors import off_scale
from entrepot.trade.mirrors.comparable import unlike_editions
from entrepot.vocabulary import partners

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

    from entrepot.trade.margins import Margins
    from entrepot.trade.mirrors.off_scale import OffScale

USUAL = 1.96  # standard deviations that hold 95 % of a normal variable
_LEAST = 3  # flows that both sides report, below which there is no margin: of two none is the odd one


@dataclass(frozen=True, slots=True)
class Mirrored:
    """The reconciliation.

    Attributes:
        flows: the columns of the contract `mirrored` but its id, which rows get that are shown (`mirror_reports`).
        reliability: under the contract `reporter_reliability`.
        overall_margin: the margin over all flows, importer's over exporter's figure less 1.
        cells: of how many pairs and chapters both sides report; and of how many the margin is more than freight and
            insurance (`margins.FREIGHT_AT_MOST`).
        off: who is a thousand or a million times off its partners, and left out of the estimates.
        standing: pairs between which a gap stands, `margins.Margins.standing`.
    """

    flows: pa.Table
    reliability: pa.Table
    overall_margin: float
    cells: tuple[int, int]
    off: tuple[OffScale, ...] = ()
    standing: tuple[tuple[str, str], ...] = ()


def mirror(table: pa.Table, aside: tuple[str, ...] = ()) -> Mirrored:
    """Reconcile the reports of both sides.

    Args:
        table: under the contract `trade_flows`; aggregates and product totals are left out.
        aside: what was left out of it, in words, for the refusal.

    Raises:
        BadInputError: fewer than three flows are reported by both sides.
    """
    from entrepot.core import contract

    flows = _compared(table)
    both, off = _comparable(flows, table)
    if both.height < _LEAST:
        allowed = "flows that the exporter and the importer both report, in the same period and edition of the HS"
        remedy = " ".join((*aside, *unlike_editions.told(table)))
        raise BadInputError(tr("too few flows have a mirror"), found=both.height, allowed=allowed, remedy=remedy)
    margins = estimated.estimate(both)
    done = _reconciled(_expected(flows, margins))
    rows = done.select(n for n in MIRRORED.names if n != "mirror_id").to_arrow()
    reliability = contract.table(RELIABILITY, _reliability(both, margins))
    beyond = _beyond_freight(both, margins)
    return Mirrored(rows, reliability, expm1(margins.overall), beyond, off, margins.standing)


def off_reporters(table: pa.Table) -> tuple[OffScale, ...]:
    """Who is a thousand or a million times off its partners.

    Args:
        table: under the contract `trade_flows`.
    """
    return _comparable(_compared(table), table)[1]


def _compared(table: pa.Table) -> pl.DataFrame:
    """What each side reports of each flow, with the log of their ratio."""
    import polars as pl

    from entrepot.core import engine

    with engine.engine({"trade_flows": table}) as con:
        found = pl.from_arrow(engine.run(con, engine.step("entrepot.trade", "mirror")))
    assert isinstance(found, pl.DataFrame)
    return _logs(found)


def _comparable(flows: pl.DataFrame, table: pa.Table) -> tuple[pl.DataFrame, tuple[OffScale, ...]]:
    """The flows that both report and estimates rest on, and who is off; of all where too few are left without it."""
    import polars as pl

    both = flows.filter(pl.col("y").is_not_null())
    off = off_scale.priced(off_scale.off_scale(both), table)
    rest = off_scale.without(both, off)
    return (rest if rest.height >= _LEAST else both), off


def _beyond_freight(both: pl.DataFrame, margins: Margins) -> tuple[int, int]:
    import polars as pl

    cells = estimated.margins_of(both.unique(["exporter", "importer", "chapter"]), margins)
    return cells.height, cells.filter(pl.col("m").exp() - 1 > estimated.FREIGHT_AT_MOST).height


def _logs(flows: pl.DataFrame) -> pl.DataFrame:
    """The flows with `y`, the log of import over export where both are there, chapter and decade of size."""
    import polars as pl

    given = [pl.when(pl.col(c) > 0).then(pl.col(c)).alias(c) for c in ("export_usd", "import_usd")]
    larger = pl.max_horizontal("export_usd", "import_usd")
    sides = pl.when(pl.col("import_usd").is_null()).then(pl.lit("exporter_only"))
    return flows.with_columns(given).with_columns(
        (pl.col("import_usd") / pl.col("export_usd")).log().alias("y"),
        pl.col("product").str.head(2).alias("chapter"),
        larger.log10().floor().cast(pl.Int64).alias("size"),
        sides.when(pl.col("export_usd").is_null())
        .then(pl.lit("importer_only"))
        .otherwise(pl.lit("both"))
        .alias("sides"),
    )


def _expected(flows: pl.DataFrame, margins: Margins) -> pl.DataFrame:
    """The flows with the log margin `m`, its variance, and the variances `vx`, `vm` of either side."""
    import polars as pl

    widest = max(margins.spread.values())
    factor = pl.col("size").replace_strict(margins.sizes, default=1.0, return_dtype=pl.Float64())

    def spread(side: str) -> pl.Expr:
        known = pl.col(side).replace_strict(margins.spread, default=widest, return_dtype=pl.Float64())
        return (known * factor).pow(2)

    known = estimated.margins_of(flows, margins)
    return known.with_columns(spread("exporter").alias("vx"), spread("importer").alias("vm"))


def _reconciled(flows: pl.DataFrame) -> pl.DataFrame:
    """The columns of the contract.

    Both sides in logs, FOB, weighted by the inverse of their variances. Where they differ by more than their spreads
    say, the interval is widened by as much (Birge's ratio): two reports that disagree are not a precise one.
    """
    import polars as pl

    x, w = pl.col("export_usd").log(), pl.col("import_usd").log() - pl.col("m")
    vx, vm = pl.col("vx"), pl.col("vm") + pl.col("vmargin")
    usual = (vx + vm).sqrt()
    flows = flows.with_columns(((w - x) / usual).alias("z"))
    mean = pl.coalesce((x * vm + w * vx) / (vx + vm), x, w)
    single = pl.when(pl.col("sides") == "exporter_only").then(vx.sqrt()).otherwise(vm.sqrt())
    wider = pl.max_horizontal(pl.lit(1.0), pl.col("z").abs())
    error = pl.when(pl.col("sides") == "both").then((vx * vm / (vx + vm)).sqrt() * wider).otherwise(single)
    fob = pl.col("import_usd") / pl.col("m").exp()
    # Dollars of the larger side that the smaller one, raised by what is usual, does not explain; either way round.
    beyond = (USUAL * usual).exp()
    over = fob - pl.col("export_usd") * beyond
    under = fob * beyond - pl.col("export_usd")
    gap = pl.when(pl.col("z") > USUAL).then(over).when(pl.col("z") < -USUAL).then(under)
    return flows.with_columns(
        (pl.col("m").exp() - 1).alias("margin"),
        mean.exp().alias("value_usd"),
        (mean - USUAL * error).exp().alias("low_usd"),
        (mean + USUAL * error).exp().alias("high_usd"),
        (fob - pl.col("export_usd")).alias("gap_usd"),
        gap.when(pl.col("z").is_not_null()).then(0.0).alias("mirror_gap_usd"),
    ).with_columns(pl.col("^.*_usd$").round(2), pl.col("z").round(4))


def _reliability(both: pl.DataFrame, margins: Margins) -> list[dict[str, object]]:
    import polars as pl

    rows: list[dict[str, object]] = []
    for reporter, spread in sorted(margins.spread.items()):
        mine = both.filter((pl.col("exporter") == reporter) | (pl.col("importer") == reporter))
        inward = both.filter(pl.col("importer") == reporter)["y"].exp().median()
        excess = None if inward is None else float(inward) - 1  # type: ignore[arg-type]
        said = {"reporter": reporter, "spread": spread, "flows": mine.height, "excess": excess}
        rows.append(said | {"at_floor": margins.at_floor(reporter)})
    return rows


def shown(
    flows: pa.Table,
    between: tuple[str, str] | None = None,
    product: str | None = None,
    aside: tuple[str, ...] = (),
) -> pa.Table:
    """Some of the flows, the largest mirror gap first.

    Args:
        flows: as in `Mirrored`.
        between: two countries, as a code or a name; flows both ways.
        product: the beginning of a code.
        aside: what was left out before, in words, for the refusal.

    Raises:
        BadInputError: a country that is not known, or one that no flow of the file has.
    """
    import polars as pl

    frame = pl.from_arrow(flows)
    assert isinstance(frame, pl.DataFrame)
    if between:
        pair = [partners.code_of(name) for name in between]
        there = {*frame["exporter"], *frame["importer"]}
        wrong = next((name for name, code in zip(between, pair, strict=True) if code not in there), None)
        if wrong:
            raise BadInputError(
                tr("no flow with a mirror has this country"),
                found=wrong,
                allowed=", ".join(sorted(there)),
                remedy=" ".join(aside),
            )
        frame = frame.filter(pl.col("exporter").is_in(pair) & pl.col("importer").is_in(pair))
    if product:
        frame = frame.filter(pl.col("product").str.starts_with(product))
    largest = pl.col("mirror_gap_usd").abs()
    done = frame.sort(
        largest, "exporter", "importer", "product", "period", descending=[True, *[False] * 4], nulls_last=True
    )
    return done.to_arrow().cast(flows.schema)
