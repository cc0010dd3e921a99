"""What a scan makes of episodes, beside the truth."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from entrepot.diversion.modes.diverted import diverted
from entrepot.diversion.question import Question

if TYPE_CHECKING:
    from episodes.episode import Episode

LEVEL = 0.1
HUB = "possible hub"
# Before November 2026 what only the origin reports was called a possible hub too.
TOOK_MORE = "took more than expected"


def answered(of: Episode) -> pl.DataFrame:
    """The rows of a scan at its defaults, beside what was put in: one a product and place that either holds."""
    year, _, rest = of.since.partition("-Q")
    since = date(int(year), 3 * int(rest or 1) - 2, 1)
    question = Question("none", of.origin, of.destination, since, level=LEVEL)
    rows = pl.DataFrame(diverted(of.flows, question).signals).filter(pl.col("hub") != "+ALL")
    return rows.join(of.truth, on=["product", "hub"], how="full", coalesce=True)


def scored(rows: pl.DataFrame, *, only_origin: bool) -> dict[str, Any]:
    """What was found of what was put in, what was found wrongly, and how wide intervals are.

    Where only the origin reports, a partner that keeps what it bought did take more: what is false there is a partner
    of which nothing was put in. Where both legs are seen, a hub is one through which goods went.

    Args:
        rows: of many scans, from `answered`.
        only_origin: whether nobody but the origin reports.
    """
    hubs = rows.filter(pl.col("kind") == "hub")
    words = [HUB, TOOK_MORE] if only_origin else [HUB]
    signals = rows.filter(pl.col("word").is_in(words))
    true = ["hub", "buyer"] if only_origin else ["hub"]
    wrong = signals.filter(~pl.col("kind").is_in(true) | pl.col("kind").is_null())
    called = signals.filter(pl.col("word") == HUB)
    bounded = hubs.filter(pl.col("high_95").is_not_null())
    low = pl.col("low_95").fill_null(0.0)
    inside = bounded.filter((low <= pl.col("amount")) & (pl.col("amount") <= pl.col("high_95")))
    width = bounded.select(((pl.col("high_95") - low) / pl.col("amount")).median()).item()
    return {
        "planted": hubs.height,
        "found": hubs.filter(pl.col("word").is_in(words)).height,
        "signals": signals.height,
        "false": wrong.height,
        "hubs": called.height,
        "false_hubs": called.filter(pl.col("kind").is_null() | (pl.col("kind") != "hub")).height,
        "buyers": rows.filter(pl.col("kind") == "buyer").height,
        "buyers_found": signals.filter(pl.col("kind") == "buyer").height,
        "bounded": bounded.height,
        "inside": inside.height,
        "width": width,
        "unjudged": rows.filter(pl.col("word") == "cannot be judged").height,
        "rows": rows.filter(pl.col("word").is_not_null()).height,
    }
