"""Reports of months, quarters and years beside one another: added up to the longest, and named where they are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.words.translate import WordsBy, marked, ntr, tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl

_PER_YEAR = {"year": 1, "quarter": 4, "month": 12}  # periods of a year, by the calendar
_SHOWN = 5  # places that a sentence names
_LONG = WordsBy({"year": marked("years"), "quarter": marked("quarters"), "month": marked("months")})


def alike(frame: pl.DataFrame) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """All rows by the longest period that a reporter counts in: months and quarters of a whole one are added up.

    Args:
        frame: reports of a country's own trade, under `trade_flows`.
    """
    import polars as pl

    lengths = frame.get_column("frequency").unique().to_list()
    if len(lengths) < 2:  # noqa: PLR2004 - one length needs no addition
        return frame, ()
    longest = min(lengths, key=lambda f: _PER_YEAR[f])
    is_long = pl.col("frequency") == longest
    keys = ["reporter", "exporter", "importer", "flow", "product"]
    kept = frame.filter(is_long).select(*keys, "frequency", "period", "value_usd")
    shorter = frame.filter(~is_long).with_columns(_within(longest).alias("whole"))
    counts = shorter.group_by("reporter", "flow", "frequency", "whole").agg(pl.col("period").n_unique().alias("seen"))
    parts = {f: n // _PER_YEAR[longest] for f, n in _PER_YEAR.items()}
    full = counts.filter(pl.col("seen") == pl.col("frequency").replace_strict(parts, return_dtype=pl.UInt32))
    added = (
        shorter.join(full, on=["reporter", "flow", "frequency", "whole"], how="semi")
        .drop("period")
        .rename({"whole": "period"})
        .join(kept, on=["reporter", "flow", "period"], how="anti")  # who gives the whole too is taken at its word
        .group_by(*keys, "frequency", "period")
        .agg(pl.col("value_usd").sum())
    )
    who = sorted(set(kept["reporter"].to_list()))
    said = _added(longest, who, counts.height - full.height)
    return pl.concat([kept, added.select(kept.columns)]), (said,)


def _within(longest: str) -> pl.Expr:
    """The year, or the quarter, that a shorter period lies in."""
    import polars as pl

    year = pl.col("period").str.head(4)
    if longest == "year":
        return year
    month = pl.col("period").str.slice(5, 2).cast(pl.Int64, strict=False)
    return pl.format("{}-Q{}", year, (month + 2) // 3)


def _added(longest: str, who: list[str], short: int) -> str:
    said = ntr(
        len(who),
        "Shorter periods are added up to {lengths}, which {names} reports.",
        "Shorter periods are added up to {lengths}, which {names} report.",
        lengths=_LONG[longest],
        names=_names(who),
    )
    left = ntr(
        short,
        "{count} of these that a reporter does not fill is left out.",
        "{count} of these that a reporter does not fill are left out.",
    )
    return f"{said} {left}" if short else said


def _names(who: Iterable[str]) -> str:
    every = list(who)
    rest = len(every) - _SHOWN
    return ", ".join(every[:_SHOWN]) + (tr(" and {rest:,} more", rest=rest) if rest > 0 else "")


def not_compared(frame: pl.DataFrame) -> tuple[str, ...]:
    """Of which pairs both sides report, but no period of one length: whose lengths they are, and what that is worth.

    Args:
        frame: reports of a country's own trade, under `trade_flows`.
    """
    import polars as pl

    sides = frame.group_by("exporter", "importer", "flow").agg(
        pl.col("frequency").unique().sort(), pl.col("value_usd").sum(), pl.len().alias("rows")
    )
    sent, got = (sides.filter(pl.col("flow") == f).drop("flow") for f in ("export", "import"))
    pairs = sent.join(got, on=["exporter", "importer"], suffix="_in")
    apart = pairs.filter(pl.col("frequency").list.set_intersection("frequency_in").list.len() == 0)
    said, left = [], apart
    while left.height:
        # Who is in most of these pairs is the odd one, of two alone the one with the longer periods.
        ends = pl.concat(
            [
                left.select(
                    pl.col(side).alias("place"), pl.col(own).list.first().replace_strict(_PER_YEAR).alias("each")
                )
                for side, own in (("exporter", "frequency"), ("importer", "frequency_in"))
            ]
        )
        counts = ends.group_by("place").agg(pl.len(), pl.col("each").min())
        place = counts.sort("len", "each", "place", descending=[True, False, False]).row(0)[0]
        mine = left.filter((pl.col("exporter") == place) | (pl.col("importer") == place))
        left = left.filter((pl.col("exporter") != place) & (pl.col("importer") != place))
        said.append(_sentence(place, mine))
    rest = len(said) - _SHOWN
    return (*said[:_SHOWN], *((tr("So it is with {rest:,} more places.", rest=rest),) if rest > 0 else ()))


def _sentence(place: str, pairs: pl.DataFrame) -> str:
    own, theirs = set(), set()
    for exporter, sent, got in pairs.select("exporter", "frequency", "frequency_in").iter_rows():
        own |= set(sent if exporter == place else got)
        theirs |= set(got if exporter == place else sent)
    usd, rows = ({s: int(pairs[f"{n}{s}"].sum()) for s in ("", "_in")} for n in ("value_usd", "rows"))
    return ntr(
        pairs.height,
        "{place} reports {own}, its partners {theirs}: not compared, {rows:,} rows of {count} pair (USD {sent:,} by "
        "exporters, {got:,} by importers). --since adds months up to the longer periods.",
        "{place} reports {own}, its partners {theirs}: not compared, {rows:,} rows of {count} pairs (USD {sent:,} by "
        "exporters, {got:,} by importers). --since adds months up to the longer periods.",
        place=place,
        own=_lengths(own),
        theirs=_lengths(theirs),
        rows=rows[""] + rows["_in"],
        sent=usd[""],
        got=usd["_in"],
    )


def _lengths(found: set[str]) -> str:
    return ", ".join(_LONG[f] for f in sorted(found, key=lambda f: _PER_YEAR[f]))
