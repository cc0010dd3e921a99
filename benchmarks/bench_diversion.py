"""Diversion by size: the break test on 200,000 monthly series, the scan of 1, 10 and 100 million rows; time and memory.

What it measures:
- breaks: `diversion.breaks.breaks` over monthly series of ten years, half of them with a shift, beside a loop over
  `ruptures` (Binseg, l2, one break, jump 1) on 500 of them, extrapolated; and how often each puts the break in the
  right month.
- legs: the set-based step `diversion/steps/legs.sql` over the Parquet file, by DuckDB under a limit of memory, in the
  batches of a scan, written to Parquet: what runs out of core.
- scan: `diverted` over the same file, all products.
Each size runs in a process of its own; memory is its peak (resident). The flows are invented: 100 places, three pairs
in ten trade, ten years, a lognormal level and wander; products grow with the size, 30,000 rows each.

Run: python benchmarks/bench_diversion.py [--largest ROWS] [--largest-scan ROWS] [--only breaks,legs,scan]
         [--save benchmarks/diversion.md]
     python benchmarks/bench_diversion.py --against FOLDER [--rounds 3] [--largest ROWS] [--only breaks,scan]
FOLDER holds an earlier state (`git archive COMMIT src benchmarks | tar x -C FOLDER`): each piece of work is done by
both in turns, so that a load on the machine falls on both, and CPU time is compared round by round.
ENTREPOT_PEERS names the interpreter that has ruptures; without it the loop is left out, and the table says so.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from diversion import work

SIZES = (1_000_000, 10_000_000, 100_000_000)
SERIES, PERIODS, SAMPLE = 200_000, 120, 500
SPARE = 20  # GB of disk that must stay free


def main() -> None:
    parser = argparse.ArgumentParser(description="diversion by size")
    parser.add_argument("--largest", type=int, default=10_000_000)
    parser.add_argument("--largest-scan", type=int, help="rows of the largest scan; else as --largest")
    parser.add_argument("--only", default="breaks,legs,scan")
    parser.add_argument("--save", type=Path)
    parser.add_argument("--against", type=Path, help="a folder with src and benchmarks of an earlier state")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--work", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.work:  # a process of its own
        print(json.dumps(work.WORK[given.work.split(" ")[0]](*given.work.split(" ")[1:])))
        return
    lines = [head()]
    if given.against:
        lines.append(beside(given))
        print(lines[-1])
        if given.save:
            given.save.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return
    if "breaks" in given.only:
        lines.append(breaks())
    with tempfile.TemporaryDirectory() as folder:
        lines += sizes(Path(folder), given)
    print(lines[-1])
    if given.save:
        given.save.write_text("\n".join(lines) + "\n", encoding="utf-8")


def head() -> str:
    """Title, day, machine."""
    day, load = f"{datetime.now(UTC):%Y-%m-%d}", os.getloadavg()[0]
    text = (
        f"# Diversion by size\n\nMade by `make bench-diversion`.\n\n{day}, {platform.machine()}, "
        f"{os.cpu_count()} cores, Python {platform.python_version()}; load {load:.1f}\n"
    )
    print(text)
    return text


def beside(given: argparse.Namespace) -> str:
    """The table of pieces of work done by an earlier state and by this one, in turns."""
    rows = ["| work | rounds | before, CPU s | now, CPU s | now over before, by round | peak MB before, now |"]
    rows.append("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        pieces = {"breaks": ("breaks", str(SERIES), str(PERIODS))} if "breaks" in given.only else {}
        for size in (s for s in SIZES if s <= given.largest):
            file = Path(folder) / f"{size}.parquet"
            child("make", str(size), str(file))
            steps = (w for w in ("legs", "scan") if w in given.only)
            pieces |= {f"{step}, {size:,} rows": (step, str(file), folder) for step in steps}
        for name, words in pieces.items():
            told = [(child(*words, root=given.against), child(*words)) for _ in range(given.rounds)]
            before, now = ([one[i]["cpu"] for one in told] for i in (0, 1))
            ratios = ", ".join(f"{b / a:.2f}" for a, b in zip(before, now, strict=True))
            peaks = ", ".join(f"{max(one[i]['mb'] for one in told):,.0f}" for i in (0, 1))
            rows.append(f"| {name} | {given.rounds} | {min(before):.1f} | {min(now):.1f} | {ratios} | {peaks} |")
            print(rows[-1], flush=True)
    return "\n".join(rows) + "\n"


def child(*words: str, python: str = sys.executable, root: Path | None = None) -> dict[str, float]:
    """What a piece of work says of itself: seconds by the clock and of CPU, peak memory, and figures of its own.

    Args:
        words: the piece of work and what it is given.
        python: the interpreter.
        root: a folder with `src` and `benchmarks` of another state; None: this one.

    Raises:
        CalledProcessError: it failed; its last lines are printed.
    """
    here = Path(__file__).resolve().parents[1]
    of = (root or here).resolve()
    command = [python, str(of / "benchmarks" / Path(__file__).name), "--work", " ".join(words)]
    own = os.environ | {"PYTHONPATH": str(of / "src")} if python == sys.executable else None
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=own)
    if done.returncode:
        print(done.stderr[-1500:])
    done.check_returncode()
    said: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return said


def breaks() -> str:
    """The table of the break test."""
    ours = child("breaks", str(SERIES), str(PERIODS))
    rows = [f"| Entrepot, all at once | {SERIES:,} | {_rest(ours, ours['cpu'])}"]
    peers = os.environ.get("ENTREPOT_PEERS", "")
    if peers and Path(peers).exists():
        loop = child("loop", str(SAMPLE), str(PERIODS), python=peers)
        whole = loop["cpu"] * SERIES / SAMPLE
        rows.append(f"| loop over ruptures | {SAMPLE:,} | {_rest(loop, whole)}")
        rows.append(f"\nThe loop takes {whole / ours['cpu']:,.0f} times as long, by CPU.")
    else:
        rows.append("\nruptures is not installed: no loop to compare with.")
    top = f"| monthly series of ten years | series | wall s | CPU s | CPU s for {SERIES:,} | peak MB | right month |"
    text = "\n".join([top, "|---|---|---|---|---|---|---|", *rows]) + "\n"
    print(text)
    return text


def _rest(told: dict[str, float], whole: float) -> str:
    """Seconds, memory, and how many of the series that shift have their break in the right month."""
    return f"{told['seconds']:.1f} | {told['cpu']:.1f} | {whole:,.1f} | {told['mb']:,.0f} | {told['right']:.0%} |"


def sizes(folder: Path, given: argparse.Namespace) -> list[str]:
    """The table of the scans by size."""
    rows = ["| rows | file MB | step | wall s | CPU s | peak MB | rows out |", "|---|---|---|---|---|---|---|"]
    most = {"legs": given.largest, "scan": min(given.largest, given.largest_scan or given.largest)}
    for size in (s for s in SIZES if s <= given.largest):
        if shutil.disk_usage(folder).free < SPARE * 1e9:
            rows.append(f"| {size:,} | – | not run: less than {SPARE} GB of disk free | | | | |")
            continue
        file = folder / f"{size}.parquet"
        made = child("make", str(size), str(file))
        for step in (w for w in most if w in given.only):
            if size > most[step]:
                rows.append(f"| {size:,} | {made['file_mb']:,.0f} | {step} | not run | | | |")
                continue
            try:
                told = child(step, str(file), str(folder))
            except subprocess.CalledProcessError as wrong:
                rows.append(f"| {size:,} | {made['file_mb']:,.0f} | {step} | failed ({wrong.returncode}) | | | |")
                continue
            rows.append(
                f"| {size:,} | {made['file_mb']:,.0f} | {step} | {told['seconds']:.1f} | {told['cpu']:.1f} "
                f"| {told['mb']:,.0f} | {told['rows']:,.0f} |"
            )
            print(rows[-1], flush=True)
        file.unlink()
    return ["\n".join(rows) + "\n"]


if __name__ == "__main__":
    main()
