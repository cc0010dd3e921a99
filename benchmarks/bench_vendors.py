"""Vendor files as ERP systems export them: what is found, who is stopped for nothing, and how long it takes.

What it measures: `entrepot screen FILE` as a person runs it at its defaults, against every list of the data shelf and
of the record, on 4,000 vendors in seven layouts (benchmarks/vendors/layouts.py). 250 of them are listed parties, 250
share words with listed ones, the rest are nobody's (benchmarks/vendors). A planted party is found where an entity that
carries its name is met; any other vendor is stopped where it has a match or a flag.

Run: python benchmarks/bench_vendors.py [--seeds 11,12] [--layouts sap,province] [--errors PATH] [--write FOLDER]
Needs the data shelf (ENTREPOT_SHARED, else ../shared). ENTREPOT_BENCH_STORE names a store to use again; without it
the lists are loaded anew.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from screening.data import NoShelfError, shelf
from vendors.exports import Export, export
from vendors.judged import Tally, judge
from vendors.layouts import LAYOUTS

LISTS = (
    ("ofac-sdn", "ofac_json_mirror/ofac-sdn.json", "2026-08-20"),
    ("ofac-nonsdn", "ofac_nonsdn_official_2025-12", "2025-12-01"),
    ("un", "un/UN_consolidated_2026-02-27.xml", ""),
    ("uk", "uk", "2026-05-01"),
    ("us-csl", "us_csl/us_lists_2022-05-05.csv.gz", "2022-05-05"),
)
SEEDS = "11,12,13,14,15"
_KINDS = "  {:<38} {:>5}  found {:>7}  listing {:>6}  region {:>6}"


def entrepot(*arguments: object) -> list[str]:
    """A command of the product."""
    return [sys.executable, "-m", "entrepot", *map(str, arguments)]


def load(store: Path) -> None:
    """Load the lists of the shelf into a store."""
    for list_id, path, version in LISTS:
        dated = ("--version", version) if version else ()
        command = entrepot("lists", "load", shelf() / "data/lists" / path, "--as", list_id, "--store", store, *dated)
        subprocess.run(command, check=True, capture_output=True)


def screened(made: Export, store: Path, workers: int) -> tuple[Path, float]:
    """Screen a file; the results, and the seconds that it took."""
    out = made.path.with_suffix(".json")
    command = entrepot("screen", made.path, "--store", store, "--workers", workers, "--out", out, *made.layout.options)
    begun = time.perf_counter()
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"bench_vendors: {made.path.name}: {done.stderr}")
    return out, time.perf_counter() - begun


def _share(of: tuple[int, int]) -> str:
    return f"{of[0] / of[1]:.4f}" if of[1] else "-"


def line(name: str, tally: Tally) -> str:
    """One row of the table."""
    found, beside = tally.share(tally.found, "planted", most="beside"), tally.share(tally.found, "planted")
    near = tally.share(tally.listing + tally.region, "near_miss")
    innocent = [tally.share(c, "innocent") for c in (tally.listing, tally.region)]
    seconds = f"{max(tally.seconds):.0f}" if tally.seconds else "-"
    cells = (name, found[1], _share(found), _share(beside), _share(near), *map(_share, innocent), seconds)
    return f"| {' | '.join(map(str, cells))} |"


HEAD = """
| layout | planted | found | with notes beside | near-misses stopped | innocents: listing | region | s at most |
|---|---|---|---|---|---|---|---|"""


def kinds(tally: Tally) -> str:
    """The same by kind."""
    out = []
    for kind, count in sorted(tally.all.items()):
        shares = (tally.found[kind] / count, tally.listing[kind] / count, tally.region[kind] / count)
        out.append(_KINDS.format(", ".join(kind), count, *(f"{s:.4f}" for s in shares)))
    return "\n".join(out)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", default=SEEDS, help="seeds, joined by commas")
    parser.add_argument("--layouts", default=",".join(x.name for x in LAYOUTS), help="layouts, joined by commas")
    parser.add_argument("--workers", type=int, default=0, help="processes of a screening; 0 for one a core")
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="write the files with their truth, and no more")
    parser.add_argument("--errors", type=Path, metavar="PATH", help="write what was missed and stopped wrongly")
    return parser.parse_args()


def run(given: argparse.Namespace, store: Path, folder: Path) -> None:
    """Make the files, screen them, print what came of it."""
    if not (store / "lists").is_dir():
        load(store)
    tallies = {x: Tally() for x in LAYOUTS if x.name in given.layouts.split(",")}
    for layout, tally in tallies.items():
        for seed in given.seeds.split(","):
            made = export(layout, int(seed), store, folder)
            if given.write is None:
                results, seconds = screened(made, store, given.workers)
                tally.seconds.append(seconds)
                judge(made, results, tally)
        print(f"{layout.name}\n{kinds(tally)}", flush=True)
    print("\n".join((HEAD, *(line(x.name, t) for x, t in tallies.items()))))
    if given.errors:
        told = [f"missed · {m}" for t in tallies.values() for m in t.missed]
        told += [f"stopped · {m}" for t in tallies.values() for m in t.wrong]
        given.errors.write_text("\n".join((*told, "")), encoding="utf-8")


def main() -> None:
    """Measure, or write the files only."""
    given = _arguments()
    try:
        with tempfile.TemporaryDirectory() as scratch:
            store = Path(os.environ.get("ENTREPOT_BENCH_STORE") or Path(scratch) / "store")
            folder = given.write or Path(scratch)
            folder.mkdir(parents=True, exist_ok=True)
            run(given, store, folder)
    except NoShelfError as exc:
        sys.exit(f"bench_vendors: {exc}")


if __name__ == "__main__":
    main()
