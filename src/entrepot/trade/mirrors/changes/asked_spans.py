"""What is asked of mirrors before and after a day: whose flows, and which periods are held against which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.core.periods import first_day, last_day

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    import polars as pl

FLOW_OF = {"exporter": "export", "importer": "import"}  # what each side reports


@dataclass(frozen=True, slots=True)
class Asked:
    """What is compared.

    Attributes:
        since: the day; the period that holds it is the first after.
        until: the last day; None: as far as both sides reach.
        exporters, importers: ISO alpha-3; empty: all that have a mirror.
        product: the beginning of a code; empty: all goods.
        named: those of the exporters and importers that were asked for by themselves, and not as members of a group.
    """

    since: date
    until: date | None = None
    exporters: tuple[str, ...] = ()
    importers: tuple[str, ...] = ()
    product: str = ""
    named: tuple[str, ...] = ()


def wanted(asked: Asked) -> pl.Expr:
    """Which flows are asked for."""
    import polars as pl

    keep = pl.col("product").str.starts_with(asked.product)
    for side, places in (("exporter", asked.exporters), ("importer", asked.importers)):
        if places:
            keep &= pl.col(side).is_in(list(places))
    return keep


def concerned(frame: pl.DataFrame, asked: Asked) -> pl.DataFrame:
    """All that the reporters of the flows asked for report, of others and of other goods too.

    What they report besides says whether they speak in a period; what nobody who is asked for reports says nothing.
    """
    import polars as pl

    pairs = frame.filter(wanted(asked)).select("exporter", "importer").unique()
    places = {"exporter": asked.exporters, "importer": asked.importers}
    mine = [
        (pl.col("flow") == flow) & pl.col("reporter").is_in([*pairs[side].unique().to_list(), *places[side]])
        for side, flow in FLOW_OF.items()
    ]
    return frame.filter(mine[0] | mine[1])


def spans_of(periods: Iterable[str], asked: Asked) -> tuple[list[str], list[str]]:
    """The periods before and after: as many, of the same seasons, so many whole years earlier."""
    days = {p: first_day(p) for p in sorted(set(periods))}
    after = [p for p in days if last_day(p) >= asked.since and (asked.until is None or last_day(p) <= asked.until)]
    years = len({days[p].year for p in after})
    back = {p: f"{int(p[:4]) - years}{p[4:]}" for p in after}
    kept = [p for p in after if back[p] in days]
    return [back[p] for p in kept], kept
