"""Planted truth: how much diversion of known size is found, how much of what is found is none, and what intervals hold.

What it measures: diversion is planted in real panels (`planted/panels.py`) with confounders on, the scan of Entrepot
is run over them, and its answer is laid beside the truth: power and false discoveries by size, for the direct legs of
the class (over 1 % of the product's trade, a plain baseline wrong by less than a fifth) and for the rest; coverage and
width of the intervals; placebo measures, at whose date nothing moves, and measures that cut trade without diverting it.

Run: python benchmarks/bench_planted.py [--panels eu15,monthly,ember,comtrade] [--seeds N] [--detect naive]
         [--rows ROWS.parquet] [--again ROWS.parquet …] [--save benchmarks/planted.md]
Needs the data shelf (ENTREPOT_SHARED, else ../shared). `--save` writes the curves beside it as CSV and what
the documentation says as JSON; `scripts/planted_curves.py` draws and writes both.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("POLARS_MAX_THREADS", "1")

import polars as pl

from planted import asked, report, runs

# Runs of each size: as many as give the class of EU15 some eighty plants, less where a scan is slow.
SEEDS = {"eu15": 40, "monthly": 12, "ember": 6, "comtrade": 8}
FIRST = 100  # what the scan tests was chosen on seeds 0 to 69
DETECT = {"entrepot": runs.entrepot, "naive": runs.naive}


def main() -> None:
    parser = argparse.ArgumentParser(description="power and false discoveries of diversion")
    parser.add_argument("--panels", default=",".join(asked.PANELS))
    parser.add_argument("--seeds", type=int, help="runs of each size; else SEEDS of the panel")
    parser.add_argument("--first", type=int, default=FIRST, help="the first seed")
    parser.add_argument("--placebos", type=int, default=20, help="placebo measures of each panel")
    parser.add_argument("--detect", choices=sorted(DETECT), default="entrepot")
    parser.add_argument("--rows", type=Path, help="keep all rows, as Parquet")
    parser.add_argument("--again", type=Path, nargs="+", help="report on kept rows instead of running")
    parser.add_argument("--save", type=Path, help="keep the report, and the curves beside it")
    given = parser.parse_args()
    said = report.Said([report.machine()])
    kept, curves, figures = [], [], {}
    for name in given.panels.split(","):
        real = asked.PANELS[name]()
        if given.again:
            rows = pl.concat([pl.read_parquet(f) for f in given.again], how="diagonal_relaxed")
            rows = rows.filter(pl.col("panel") == name)
        else:
            start = time.process_time()
            rows = run(real, given, given.seeds or SEEDS[name]).with_columns(panel=pl.lit(name))
            rows = rows.with_columns(cpu=pl.lit(time.process_time() - start))
        kept.append(rows)
        said.say(report.panel(real, rows))
        figures[name] = report.figures(real, rows)
        curves.append(report.curves(rows).with_columns(panel=pl.lit(name)))
    if given.rows:
        pl.concat(kept, how="diagonal_relaxed").write_parquet(given.rows)
    if given.save:
        given.save.write_text("\n".join(said.lines) + "\n", encoding="utf-8")
        pl.concat(curves).write_csv(given.save.with_suffix(".csv"), float_precision=4)
        text = json.dumps({"day": f"{datetime.now(UTC):%Y-%m-%d}", "level": runs.LEVEL, "panels": figures}, indent=1)
        given.save.with_suffix(".json").write_text(text + "\n", encoding="utf-8")


def run(real: runs.Real, given: argparse.Namespace, seeds: int) -> pl.DataFrame:
    """The curve, the same with small hubs, placebo measures, measures that only cut, other shares lost besides."""
    detect = DETECT[given.detect]
    drawn = range(given.first, given.first + seeds)
    parts = [(r, "curve") for r in runs.many(real, drawn, detect)]
    parts += [(r, "small hubs") for r in runs.many(real, drawn, detect, hub_most=runs.SMALL)]
    for seed in range(2000, 2000 + given.placebos):
        parts += [(runs.judged(real, o, detect), word) for word, o in runs.nothing_planted(real, seed)]
    for cut in (0.0, 0.4):
        extra = (runs.options(real, seed, 0.2, cut=cut) for seed in drawn[: seeds // 2])
        parts += [(runs.judged(real, o, detect), f"cut {cut:g}") for o in extra]
    return pl.concat([rows.with_columns(run=pl.lit(word)) for rows, word in parts], how="diagonal_relaxed")


if __name__ == "__main__":
    main()
