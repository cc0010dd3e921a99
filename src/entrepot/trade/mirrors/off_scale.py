"""Reporters whose figures are all a thousand, or a million, times off what their partners report of the same flows.

A sheet in thousands that is read as dollars has no fault that shows in it: each figure may be true. Beside the mirrors
it shows, for no habit of valuation and no place in between makes the figures of several partners all a thousandth. Who
is so is named, and left out where others' spreads are estimated: each of its flows would stand for an error of theirs.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log
from typing import TYPE_CHECKING, cast

from entrepot.core.words.translate import marked, ntr, tr

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

_SCALES = (1e3, 1e6)  # thousands and millions: what sheets of offices are counted in
_NEAR = log(3.0)  # as far as figures of the same goods lie apart (`margins`), so far from the scale as well
_PARTNERS = 3  # of two partners that disagree with a reporter, two may be wrong alike
_MOST = 0.8  # of its partners: one or two may be off by themselves
_PRICED = 10  # flows that both weigh, below which nothing is said of the price
SIDES = {"importer": "import", "exporter": "export"}


@dataclass(frozen=True, slots=True)
class OffScale:
    """A reporter that is off.

    Attributes:
        reporter: who.
        side: importer or exporter: which of its flows.
        factor: what its figures are of its partners', a power of ten.
        partners: how many of them.
        periods: in which; empty for all that it is compared in.
        price: its value per kilogram over that of its partners, None where too few flows are weighed.
    """

    reporter: str
    side: str
    factor: float
    partners: int
    periods: tuple[str, ...] = ()
    price: float | None = None

    def holds(self) -> pl.Expr:
        """Which mirrored flows are meant."""
        import polars as pl

        mine = pl.col(self.side) == self.reporter
        return mine & pl.col("period").is_in(list(self.periods)) if self.periods else mine


def off_scale(both: pl.DataFrame) -> tuple[OffScale, ...]:
    """Who is a thousand or a million times off, in all periods or in some.

    Where both ends of flows could be meant, it is the one with less: sheets in thousands are common, and none is in
    thousandths.

    Args:
        both: one row a flow that both sides report: exporter, importer, period, `y` (log of import over export).
    """
    small = _found(both, less=True)
    rest = without(both, small)
    return (*small, *_found(rest, less=False))


def without(flows: pl.DataFrame, off: tuple[OffScale, ...]) -> pl.DataFrame:
    """The flows but those of reporters that are off."""
    for one in off:
        flows = flows.filter(~one.holds())
    return flows


def _found(both: pl.DataFrame, *, less: bool) -> tuple[OffScale, ...]:
    import polars as pl

    out: list[OffScale] = []
    for side in SIDES:
        own = pl.col("y") if side == "importer" else -pl.col("y")
        other = "exporter" if side == "importer" else "importer"
        for scale in _SCALES:
            at = -log(scale) if less else log(scale)
            flows = both.select(
                pl.col(side).alias("reporter"), pl.col(other).alias("partner"), "period", (own - at).alias("apart")
            )
            factor = 1 / scale if less else scale
            # Of all periods, where most periods by themselves say so too; else of those that do.
            whole, each = _near(flows, []), _near(flows, ["period"])
            by_period = flows.group_by("reporter", "period").agg(pl.col("apart").median().abs() <= _NEAR)
            always = by_period.group_by("reporter").agg(pl.col("apart").all())
            whole = whole.join(always.filter("apart"), on="reporter", how="semi")
            out += [OffScale(r, side, factor, n) for r, n in whole.sort("reporter").iter_rows()]
            part = each.join(whole, on="reporter", how="anti").group_by("reporter")
            some = part.agg(pl.col("n").max(), pl.col("period").sort()).sort("reporter")
            out += [OffScale(r, side, factor, n, tuple(p)) for r, n, p in some.iter_rows()]
    return tuple(out)


def _near(flows: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """The reporters, by period where asked, most of whose partners' medians are at the scale: and how many are."""
    import polars as pl

    partners = flows.group_by("reporter", *by, "partner").agg(pl.col("apart").median().abs() <= _NEAR)
    each = partners.group_by("reporter", *by).agg(pl.col("apart").sum().alias("n"), pl.len().alias("of"))
    found = each.filter(pl.col("n") >= _PARTNERS, pl.col("n") >= _MOST * pl.col("of"))
    return found.select("reporter", *by, pl.col("n").cast(pl.Int64))


def priced(off: tuple[OffScale, ...], table: pa.Table) -> tuple[OffScale, ...]:
    """The same with the price, where both sides weigh their flows.

    Args:
        off: who is off.
        table: under `trade_flows`.
    """
    import polars as pl

    if not off:
        return ()
    keys = ["exporter", "importer", "product", "period"]
    flows = cast("pl.DataFrame", pl.from_arrow(table.select([*keys, "reporter", "flow", "value_usd", "net_kg"])))
    weighed = flows.filter(pl.col("value_usd") > 0, pl.col("net_kg") > 0).with_columns(
        (pl.col("value_usd") / pl.col("net_kg")).log().alias("price"), pl.col("product").str.head(6)
    )
    sent, got = (
        weighed.filter(pl.col("flow") == f, pl.col("reporter") == pl.col(s)).group_by(keys).agg(pl.col("price").mean())
        for s, f in (("exporter", "export"), ("importer", "import"))
    )
    both = sent.join(got, on=keys, suffix="_in").with_columns((pl.col("price_in") - pl.col("price")).alias("y"))
    return tuple(_with_price(one, both.filter(one.holds())) for one in off)


def _with_price(one: OffScale, flows: pl.DataFrame) -> OffScale:
    from dataclasses import replace

    if flows.height < _PRICED:
        return one
    middle = cast("float", flows["y"].median())
    return replace(one, price=exp(middle if one.side == "importer" else -middle))


_FACTORS = {
    1e-3: marked("1/1000 of"),
    1e-6: marked("1/1,000,000 of"),
    1e3: marked("1000 times"),
    1e6: marked("1,000,000 times"),
}
_ASKED = {
    1e-3: marked("thousands?"),
    1e-6: marked("millions?"),
    1e3: marked("scaled twice?"),
    1e6: marked("scaled twice?"),
}
_SAID = {
    "importer": marked("{reporter}'s imports are about {times} what {count} exporters report{price}{when}: {asked}"),
    "exporter": marked("{reporter}'s exports are about {times} what {count} importers report{price}{when}: {asked}"),
}


def in_words(factor: float) -> tuple[str, str]:
    """A factor, and what it may come from: `1/1000 of`, `thousands?`."""
    near = min(_FACTORS, key=lambda f: abs(log(f / factor)))
    return tr(_FACTORS[near]), tr(_ASKED[near])


def told(off: tuple[OffScale, ...]) -> tuple[str, ...]:
    """A sentence on each, and what to do; nothing where nobody is off."""
    if not off:
        return ()
    remedy = tr(
        "Gaps of these flows say nothing of the goods: correct the file, or load theirs with its scale ([scale] value "
        "in a map)."
    )
    return (*(_sentence(one) for one in off), remedy)


def _sentence(one: OffScale) -> str:
    times, asked = in_words(one.factor)
    price = ""
    if one.price is not None and abs(log(one.price / one.factor)) <= _NEAR:
        price = tr(", at {times} the price per kg", times=times)
    elif one.price is not None and abs(log(one.price)) <= _NEAR:
        price = tr(", at the same price per kg, so that weights are off alike")
    given = {"reporter": one.reporter, "times": times, "asked": asked, "count": one.partners}
    return tr(_SAID[one.side], **given, price=price, when=_when(one.periods))


def _when(periods: tuple[str, ...]) -> str:
    if not periods:
        return ""
    return ntr(
        len(periods),
        ", in {count} period ({first})",
        ", in {count} periods ({first} to {last})",
        first=periods[0],
        last=periods[-1],
    )


def reasons(gaps: pl.DataFrame, every: pl.DataFrame) -> pl.DataFrame:
    """The gaps of flows of who is off: `at`, `reason`, `amount_usd`; whose figures, `off_reporter`, by `off_factor`.

    Args:
        gaps: `opposite_gaps.signed` rows with `at`.
        every: all mirrored flows of the file.
    """
    import polars as pl

    both = every.filter(pl.col("sides") == "both")
    y = (pl.col("import_usd") / pl.col("export_usd")).log().alias("y")
    parts = [
        gaps.filter(pl.col("sides") == "both", one.holds()).select(
            "at",
            pl.lit("scale").alias("reason"),
            pl.col("gap_usd").abs().alias("amount_usd"),
            pl.lit(one.reporter).alias("off_reporter"),
            pl.lit(one.factor).alias("off_factor"),
        )
        for one in off_scale(both.with_columns(y))
    ]
    return pl.concat(parts) if parts else gaps.head(0).select("at")
