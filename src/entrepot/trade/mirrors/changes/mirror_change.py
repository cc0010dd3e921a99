"""Mirrors before and after a day: what exporters say they sent more, what importers say they received more.

Where exports to a place rise and its imports do not, goods went elsewhere or were declared elsewhere: the missing share
of additional exports is the part of the rise that the importer does not report. It takes no margin off, and says so:
freight and insurance stand in both spans, so that gaps of both compare, but also in what the importer reports of the
rise, so that what is missing is more than printed by as much.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.core import contract
from entrepot.core.errors import BadInputError
from entrepot.core.units import counted
from entrepot.core.words.translate import tr
from entrepot.trade.mirrors.changes import missing_shares, silent_sides
from entrepot.trade.mirrors.changes.asked_spans import Asked, concerned, spans_of, wanted
from entrepot.trade.mirrors.changes.period_lengths import alike, not_compared
from entrepot.trade.mirrors.mirror_tables import MIRROR_CHANGE

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

ALL = "+ALL"  # all exporters, or all importers, that are looked at


@dataclass(frozen=True, slots=True, eq=False)
class Changed:
    """The comparison.

    Attributes:
        table: under `MIRROR_CHANGE`, totals first, then the largest missing amounts.
        told: what was compared with what, and what was left out, one sentence each.
    """

    table: pa.Table
    told: tuple[str, ...]


def change(table: pa.Table, asked: Asked) -> Changed:
    """Compare both sides' reports after a day with those of the same seasons before it.

    Args:
        table: under the contract `trade_flows`; aggregates and product totals are left out.
        asked: what is compared.

    Raises:
        BadInputError: no flow that both sides report on both sides of the day.
    """
    import polars as pl

    frame, added = alike(concerned(pl.DataFrame(table).filter(_own()), asked))
    spans = spans_of(frame.get_column("period").to_list(), asked)
    silences = silent_sides.silent(frame, spans, asked)
    both, left_out = _both(frame, spans, asked)
    if both.is_empty():
        raise _nothing(silences, asked)
    left_out += silent_sides.told(silences, spans[1][0])
    every = _over_ends(both)
    said = f"After: {spans[1][0]} to {spans[1][-1]}; before: {spans[0][0]} to {spans[0][-1]}."
    rows = _totals(every).with_columns(pl.lit(asked.product or "+TOTAL").alias("product")).with_columns(*_changes())
    done = missing_shares.with_shares(rows, _differences(every), len(spans[1]))
    order = done.sort(
        (pl.col("importer") != ALL) & (pl.col("exporter") != ALL), "missing_usd", "exporter", "importer",
        descending=[False, True, False, False], nulls_last=True,
    )  # fmt: skip
    shown = order.select(MIRROR_CHANGE.names).with_columns(pl.col("^.*_pct$").round(_DIGITS) + 0.0)  # never -0.0
    out = contract.check(MIRROR_CHANGE, shown.to_arrow())
    unsure = missing_shares.told(order, len(spans[1]))
    return Changed(out, (said, *added, *left_out, *unsure, *_freight(done), _SIGN))


def lengths_told(table: pa.Table) -> tuple[str, ...]:
    """Of whose reports no period is as long as their partners', one sentence each.

    Args:
        table: under the contract `trade_flows`.
    """
    import polars as pl

    return not_compared(pl.DataFrame(table).filter(_own()))


def _nothing(silences: tuple[silent_sides.Silent, ...], asked: Asked) -> BadInputError:
    """That nothing can be compared, who is silent first of those asked for by name, and until when one is not."""
    until = next((s.until for s in silences if s.until), "")
    remedy = tr("Choose --since and --until so that both sides report all periods between, and as many before.")
    return BadInputError(
        tr("no flow is reported by its exporter and its importer before and after the day"),
        found="; ".join(silent_sides.lack(s) for s in silences[: silent_sides.SHOWN]) or asked.since,
        allowed=tr("reports of both sides, for the same periods"),
        remedy=tr("{remedy} --until {until} is such.", remedy=remedy, until=until) if until else remedy,
    )


_DIGITS = 1  # of a percentage: chance moves every one of them by more

_SIGN = (
    "A missing share is a sign, not a proof: goods may be counted by origin on one side, be under way, or enter under "
    "another code."
)


def _freight(rows: pl.DataFrame) -> tuple[str, ...]:
    """That no margin is taken off, and how far importers' figures stood from exporters' before the day."""
    import polars as pl

    whole = rows.filter(pl.col("exporter") == ALL, pl.col("importer") == ALL, pl.col("export_before_usd") > 0)
    if whole.is_empty():
        return ()
    sent, received = (float(whole.get_column(f"{flow}_before_usd")[0]) for flow in ("export", "import"))
    said = tr(
        "No margin of freight and insurance is taken off: before the day importers reported {more:+.1%} beside "
        "exporters of all these flows.",
        more=received / sent - 1,
    )
    if received <= sent:
        return (said,)
    hidden = tr("If that is freight, it hides as large a part of what arrived: more is missing than printed.")
    return (f"{said} {hidden}",)


def _own() -> pl.Expr:
    """What a country reports of its own trade with another, at a value."""
    import polars as pl

    sides = ("exporter", "importer", "product")
    keep = ~pl.any_horizontal([pl.col(c).str.starts_with("+") for c in sides])
    own = pl.when(pl.col("flow") == "export").then("exporter").when(pl.col("flow") == "import").then("importer")
    return (
        keep
        & (pl.col("reporter") == own)
        & (pl.col("exporter") != pl.col("importer"))
        & (pl.col("value_usd").is_not_null())
    )


def _both(
    frame: pl.DataFrame, spans: tuple[list[str], list[str]], asked: Asked
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """The rows of each pair, flow and span, where both sides report something in every period of both spans."""
    import polars as pl

    every = [*spans[0], *spans[1]]
    here = frame.filter(pl.col("period").is_in(every))
    spoke = here.group_by("reporter", "flow").agg(pl.col("period").n_unique().alias("n"))
    whole = spoke.filter(pl.col("n") == len(set(every)))
    names = {f: set(whole.filter(pl.col("flow") == f).get_column("reporter").to_list()) for f in ("export", "import")}
    here = here.filter(wanted(asked))
    pairs = here.select("exporter", "importer").unique()
    told = pl.col("exporter").is_in(list(names["export"])) & pl.col("importer").is_in(list(names["import"]))
    place = {p: n for span in spans for n, p in enumerate(span)}
    kept = here.filter(told).with_columns(
        pl.when(pl.col("period").is_in(spans[0])).then(pl.lit("before")).otherwise(pl.lit("after")).alias("span"),
        pl.col("period").replace_strict(place, return_dtype=pl.Int64()).alias("nth"),
    )
    without = pairs.height - pairs.filter(told).height
    left = counted(without, "pair is", "pairs are")
    said = (f"{left} left out: one side does not report all of these periods.",) if without else ()
    return kept.select("exporter", "importer", "flow", "span", "nth", "value_usd"), said


def _over_ends(both: pl.DataFrame) -> pl.DataFrame:
    """Sums of each pair, each importer over all exporters, each exporter over all importers, and of all, by period."""
    import polars as pl

    parts = []
    keys = ["exporter", "importer", "flow", "span", "nth"]
    for ends in ((), ("exporter",), ("importer",), ("exporter", "importer")):
        as_all = [pl.lit(ALL).alias(s) for s in ("exporter", "importer") if s not in ends]
        parts.append(both.with_columns(as_all).group_by(keys, maintain_order=True).agg(pl.col("value_usd").sum()))
    return pl.concat(parts)


def _totals(every: pl.DataFrame) -> pl.DataFrame:
    """One row a pair and a sum of pairs, both sides' figures before and after beside one another."""
    import polars as pl

    long = every.group_by("exporter", "importer", "flow", "span").agg(pl.col("value_usd").sum())
    wide = long.select("exporter", "importer", pl.format("{}_{}_usd", "flow", "span").alias("what"), "value_usd").pivot(
        on="what", index=["exporter", "importer"], values="value_usd"
    )
    columns = [f"{f}_{s}_usd" for f in ("export", "import") for s in ("before", "after")]
    lacking = [pl.lit(0.0).alias(c) for c in columns if c not in wide.columns]
    return wide.with_columns(lacking).with_columns(
        pl.col(columns).fill_null(0.0)
    )  # a reporter that names none sent none


def _differences(every: pl.DataFrame) -> pl.DataFrame:
    """Each period after less the one before it that it is held against, of both sides."""
    import polars as pl

    signed = pl.when(pl.col("span") == "after").then("value_usd").otherwise(-pl.col("value_usd"))
    of = [signed.filter(pl.col("flow") == f).sum().alias(f) for f in ("export", "import")]
    return every.group_by("exporter", "importer", "nth", maintain_order=True).agg(of)


def _changes() -> list[pl.Expr]:
    import polars as pl

    def share(part: pl.Expr, whole: pl.Expr) -> pl.Expr:
        return pl.when(whole > 0).then(part / whole)

    out = []
    for flow in ("export", "import"):
        before, after = pl.col(f"{flow}_before_usd"), pl.col(f"{flow}_after_usd")
        more = after - before
        out += [more.alias(f"{flow}_change_usd"), share(100 * more, before).alias(f"{flow}_change_pct")]
    for span in ("before", "after"):
        sent, received = pl.col(f"export_{span}_usd"), pl.col(f"import_{span}_usd")
        gap = sent - received
        out += [gap.alias(f"gap_{span}_usd"), share(100 * gap, sent).alias(f"gap_{span}_pct")]
    return out
