"""The report of planted truth in words and tables."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import polars as pl

from planted import runs, scores
from planted.asked import share_in_class

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planted.runs import Real

_CLASS = (("in the class", True), ("the rest", False))
_HEAD_CURVE = (
    "| planted share | direct legs | planted | found | power | 95 % interval | within reach | power within reach "
    "| signals | false | FDR | ± |"
)
_HEAD_HELD = (
    "| planted share | rows | inside, interval alone | inside, with its error | declared value inside | truth below "
    "| truth above | median width / [0, min(A, B)] | of hubs with known output | with its error | "
)


@dataclass(slots=True)
class Said:
    """What was printed, to be saved."""

    lines: list[str]

    def __post_init__(self) -> None:
        for line in self.lines:
            print(line, flush=True)

    def say(self, text: str) -> None:
        """Print a text and keep it."""
        print(text, flush=True)
        self.lines.append(text)


def machine() -> str:
    """Title, day, machine."""
    cpu = platform.processor() or platform.machine()
    load = os.getloadavg()[0]
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    made = "Made by `make bench-planted`."
    python = platform.python_version()
    return f"# Planted truth\n\n{made}\n\n{day}, {cpu}, {os.cpu_count()} cores, Python {python}; load {load:.1f}\n"


def curves(rows: pl.DataFrame) -> pl.DataFrame:
    """Power and false discovery rate by hubs, class and size."""
    runs_of = ("curve", "small hubs")
    return pl.concat([_curves(rows.filter(pl.col("run") == w)).with_columns(run=pl.lit(w)) for w in runs_of])


def _curves(rows: pl.DataFrame) -> pl.DataFrame:
    parts = []
    for word, inside in _CLASS:
        of = rows.filter(pl.col("qualifies") == inside)
        joined = scores.power(of).join(scores.false_discoveries(of), on="size", how="full", coalesce=True)
        parts.append(joined.with_columns(legs=pl.lit(word)))
    both = scores.power(rows).join(scores.false_discoveries(rows), on="size", how="full", coalesce=True)
    return pl.concat([*parts, both.with_columns(legs=pl.lit("all"))])


def panel(real: Real, rows: pl.DataFrame) -> str:
    """The section of one panel."""
    share, trade, large = share_in_class(real)
    curve = rows.filter(pl.col("run") == "curve")
    scans = rows.select("run", "seed", "size").n_unique()
    head = (
        f"## {real.name}\n\n{real.flows.num_rows:,} rows. Of the direct legs {share:.1%} are in the class; they carry "
        f"{trade:.0%} of the trade, and are {large:.0%} of the legs over 1 %. {scans} scans, {rows['cpu'][0]:.0f} s "
        f"CPU, planting included; {curve['seed'].n_unique()} seeds from {curve.select(pl.col('seed').min()).item()}.\n"
    )
    found = curves(rows)
    parts = [head, "Any place as hub:\n", _curve(found.filter(pl.col("run") == "curve"))]
    parts += [
        f"Hubs whose two legs each carried at most {runs.SMALL:.0%} of the direct leg before:\n",
        _curve(found.filter(pl.col("run") == "small hubs")),
    ]
    curve = rows.filter(pl.col("run").is_in(["curve", "small hubs"]))
    parts += [_held(curve), _losses(rows), _nothing(rows), _false(rows), _missed(curve)]
    return "\n".join(parts)


def _table(head: str, rows: Iterable[tuple[object, ...]]) -> str:
    line = "|" + "---|" * (head.count("|") - 1)
    return "\n".join([head.strip(), line, *("| " + " | ".join(map(str, r)) + " |" for r in rows)]) + "\n"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f} %"


def _curve(found: pl.DataFrame) -> str:
    rows = (
        (
            *(_percent(r["size"]), r["legs"], r["of"], r["hits"], _percent(r["power"])),
            f"{_percent(r['low'])} to {_percent(r['high'])}",
            *(_percent(r["within_reach"]), _percent(r["power_within"])),
            *(r["signals"], r["false"], _percent(r["fdr"]), _percent(r["fdr_se"])),
        )
        for r in found.sort("legs", "size").rows(named=True)
    )
    return _table(_HEAD_CURVE, rows)


def _held(curve: pl.DataFrame) -> str:
    if "low" not in curve.columns:  # the naive rule gives none
        return ""
    out = []
    for word, rows in (("all", curve), ("declared truly", curve.filter(pl.col("declared") == "true"))):
        held = scores.coverage(rows).rows(named=True)
        names = ("alone", "with_error", "declared", "below", "above", "width", "width_known", "width_95")
        body = ((_percent(r["size"]), r["of"], *(_percent(r[n]) for n in names)) for r in held)
        out.append(f"Intervals, {word}:\n\n" + _table(_HEAD_HELD, body))
    return "\n".join(out)


def _losses(rows: pl.DataFrame) -> str:
    body = []
    for word in ("cut 0", "curve", "cut 0.4"):
        some = rows.filter(pl.col("run") == word, pl.col("size") == 0.2, pl.col("qualifies"))
        lost = {"cut 0": "0 %", "curve": "10 %", "cut 0.4": "40 %"}[word]
        body += [(lost, r["of"], r["hits"], _percent(r["power"])) for r in scores.power(some).rows(named=True)]
    head = "| lost besides and gone | planted | found | power |"
    return "20 % planted, direct legs of the class, by what the measure cut besides:\n\n" + _table(head, body)


def _nothing(rows: pl.DataFrame) -> str:
    words = {"placebo": "placebo measures", "cut only": "measures that cut and divert nothing"}
    return "\n".join(
        f"Of {n['of']} {words[w]} {n['hit']} gave a signal ({n['signals']} signals); the 95 % binomial limit at "
        f"{runs.LEVEL:g} is {n['limit']}.\n"
        for w, n in nothing(rows).items()
    )


def nothing(rows: pl.DataFrame) -> dict[str, dict[str, int]]:
    """Of the measures that divert nothing: how many there are, gave a signal, may give one; and their signals."""
    out = {}
    for word in ("placebo", "cut only"):
        scans = rows.filter(pl.col("run") == word).group_by("seed").agg(pl.col("found").fill_null(value=False).sum())
        hit, signals = int((scans["found"] > 0).sum()), int(scans["found"].sum())
        limit = scores.placebo_limit(scans.height, runs.LEVEL)
        out[word] = {"of": scans.height, "hit": hit, "signals": signals, "limit": limit}
    return out


def figures(real: Real, rows: pl.DataFrame) -> dict[str, Any]:
    """What the documentation says of a panel, beside its curves."""
    share, trade, large = share_in_class(real)
    planted = rows.filter(pl.col("run").is_in(["curve", "small hubs"]))
    held = {}
    if "low" in rows.columns:
        truly = planted.filter(pl.col("declared") == "true")
        held = {"all": scores.coverage(planted).to_dicts(), "declared truly": scores.coverage(truly).to_dicts()}
    return {
        "name": real.name,
        "rows": real.flows.num_rows,
        "class": {"legs": share, "trade": trade, "of legs over 1 %": large},
        "nothing planted": nothing(rows),
        "intervals": held,
        "seeds": planted["seed"].n_unique(),
    }


def _false(rows: pl.DataFrame) -> str:
    """False signals by what befell them."""
    kind, befell = pl.col("kind").replace("", "nothing moved"), pl.col("befell").str.strip_chars()
    false = rows.filter(pl.col("found"), ~((pl.col("kind") == "diversion") & (pl.col("planted").fill_null(0) > 0)))
    split = false.group_by("run", kind=kind, befell=befell).agg(pl.len(), pl.col("seed").min())
    body = split.sort("len", descending=True).head(12).select("len", "run", "kind", "befell", "seed").rows()
    return "False signals by what befell them:\n\n" + _table("| signals | run | moved | befell | first seed |", body)


def _missed(curve: pl.DataFrame) -> str:
    """Planted at 20 % or more in the class and not found, by cause."""
    planted = (pl.col("kind") == "diversion") & (pl.col("planted") > 0) & (pl.col("size") >= 0.2)
    missed = curve.filter(planted, pl.col("qualifies"), ~pl.col("found").fill_null(value=False))
    if "p_fall" not in missed.columns:
        return ""
    weakest = pl.struct("p_fall", "p_in", "p_out").map_elements(_weakest, pl.String)
    unread = (pl.col("word") == "cannot be judged") & (pl.col("reason") != "too little power")
    cause = pl.when(unread).then(pl.col("reason")).otherwise(weakest)
    visible = pl.min_horizontal(pl.col("planted") / pl.col("carried_in"), pl.col("planted") / pl.col("carried_out"))
    split = missed.group_by(cause=cause.fill_null("no row"), declared="declared").agg(
        pl.len(), visible.median().alias("ratio"), pl.col("seed").min()
    )
    body = [(n, c, d, _percent(r), s) for c, d, n, r, s in split.sort("len", descending=True).head(12).rows()]
    head = "| missed | weakest | declared | planted over the larger leg, median | first seed |"
    return "Missed in the class at 20 and 40 %, by cause:\n\n" + _table(head, body)


def _weakest(ps: dict[str, float | None]) -> str:
    known = {k: v for k, v in ps.items() if v is not None}
    return max(known, key=lambda k: known[k]) if known else "no p"
