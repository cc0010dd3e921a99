"""Diversion in invented episodes of many kinds: what is found, what is found wrongly, what intervals hold.

What it measures: `episodes/kinds.py` says what kinds there are, `episodes/episode.py` makes them, the scan is run over
each at its defaults, and `episodes/answers.py` lays it beside the truth. Nothing in the first two knows of detection.

Run: python benchmarks/bench_episodes.py [--kinds "small hubs,yearly"] [--first 100] [--seeds 20] [--rows ROWS.parquet]
         [--save benchmarks/episodes.md] [--oracle]
Seeds from 100 on are the figures to quote; choices are made on seeds below.
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

os.environ.setdefault("POLARS_MAX_THREADS", "1")

import polars as pl

from episodes.answers import answered, scored
from episodes.episode import episode
from episodes.kinds import KINDS
from episodes.oracle import found_by_oracle

HEAD = (
    "| kind | planted | found | signals | false | called possible hub | of these false | buyers who keep, named "
    "| 95 % interval holds | its width over truth | CPU s |"
)


def main() -> None:
    parser = argparse.ArgumentParser(description="diversion in invented episodes")
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--first", type=int, default=100, help="the first seed")
    parser.add_argument("--seeds", type=int, default=20, help="episodes of each kind")
    parser.add_argument("--rows", type=Path, help="keep all rows, as Parquet")
    parser.add_argument("--save", type=Path, help="keep the table")
    parser.add_argument("--oracle", action="store_true", help="what could be found at most, in place of what is")
    given = parser.parse_args()
    if given.oracle:
        print("\n".join(_oracle(given)))
        return
    lines = [_title(given), HEAD, "|" + "---|" * (HEAD.count("|") - 1)]
    print("\n".join(lines), flush=True)
    kept = []
    for name in given.kinds.split(","):
        start = time.process_time()
        seeds = range(given.first, given.first + given.seeds)
        rows = pl.concat(
            [answered(episode(KINDS[name], s)).with_columns(seed=pl.lit(s), of=pl.lit(name)) for s in seeds],
            how="diagonal_relaxed",
        )
        kept.append(rows)
        said = scored(rows, only_origin=KINDS[name].only_origin)
        lines.append(_line(name, said, time.process_time() - start))
        print(lines[-1], flush=True)
    if given.rows:
        pl.concat(kept, how="diagonal_relaxed").write_parquet(given.rows)
    if given.save:
        given.save.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _oracle(given: argparse.Namespace) -> list[str]:
    """The table of what one finds who knows all but what happened, by how many legs may move by themselves."""
    seeds = range(given.first, given.first + given.seeds)
    lines = [
        "| kind | no leg moves by itself | one in a hundred | one in twenty | the same, told where hubs are |",
        "|---|---|---|---|---|",
    ]
    for name in given.kinds.split(","):
        kind = KINDS[name]
        if not kind.share or kind.only_origin:
            continue
        cells = [found_by_oracle(kind, seeds, alone)[0] for alone in (0.0, 0.01, 0.05)]
        cells.append(found_by_oracle(kind, seeds, 0.05, knows_where=True)[0])
        lines.append(f"| {name} | " + " | ".join(f"{c:.2f}" for c in cells) + " |")
    return lines


def _title(given: argparse.Namespace) -> str:
    day, load = f"{datetime.now(UTC):%Y-%m-%d}", os.getloadavg()[0]
    return (
        f"# Diversion in invented episodes\n\nMade by `make bench-episodes`.\n\n{day}, {platform.machine()}, "
        f"{os.cpu_count()} cores, Python {platform.python_version()}; load {load:.1f}; seeds {given.first} to "
        f"{given.first + given.seeds - 1} of each kind.\n"
    )


def _line(name: str, said: dict[str, Any], cpu: float) -> str:
    def share(part: int, whole: int) -> str:
        return f"{part} of {whole} ({part / whole:.2f})" if whole else "–"

    width = "–" if said["width"] is None else f"{said['width']:.2f}"
    cells = (
        name,
        said["planted"],
        share(said["found"], said["planted"]),
        said["signals"],
        share(said["false"], said["signals"]),
        said["hubs"],
        share(said["false_hubs"], said["hubs"]),
        share(said["buyers_found"], said["buyers"]),
        share(said["inside"], said["bounded"]),
        width,
        f"{cpu:.0f}",
    )
    return "| " + " | ".join(str(c) for c in cells) + " |"


if __name__ == "__main__":
    main()
