"""How cost grows with names, listed names, rows of flows and supply links: seconds of processor time and peak memory.

Each row is a process of its own, so that its memory is its own. Of a screening the seconds in which parties are met
are taken apart from those that one process spends on the file, and one share of forty is run too: from these
`scripts/growth_page.py` works out what machines with more cores would do.

Run: python benchmarks/bench_growth.py [--largest N] [--save PATH.json]
Needs the data shelf (ENTREPOT_SHARED, else ../shared) for the UN and SDN lists.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench_screening_scale import DAY, LISTS, entrepot, listed_names, parties
from diversion import work as flow_work
from screening import data, launch
from tracing import work as link_work

if TYPE_CHECKING:
    from collections.abc import Callable

Told = dict[str, Any]
LARGEST = 5_000_000
NAMES = (1_000, 10_000, 100_000)
MET_BY_ALL = 10_000  # parties that are met with one list, two, three
SHARES = 40
LISTED = "listed.json"  # the listed names, of which one party in a hundred is one
FLOWS = (100_000, 1_000_000, 5_000_000)
LINKS = (50_000, 500_000)
LINKS_A_PARTY = 5  # of the worlds of the benchmark of tracing


def names(count: int, folder: Path, share: str = "") -> Told:
    """A screening in one process: all its seconds, and those in which parties are met."""
    from entrepot.lists.shelf import searched
    from entrepot.screening.runs import bulk
    from entrepot.screening.runs.run import Keeping, screening
    from entrepot.screening.runs.shares import share_of

    file = folder / f"parties-{count}.csv"
    if not file.exists():
        parties(count, file, json.loads((folder / LISTED).read_text(encoding="utf-8")))
    against = searched(folder / "store", (), date.fromisoformat(DAY))
    met = 0.0
    meet: Callable[..., Any] = bulk._meet  # noqa: SLF001 - the seam between what one process does and what many do

    def timed(*given: Any) -> Any:
        nonlocal met
        begun = time.process_time()
        found = meet(*given)
        met += time.process_time() - begun
        return found

    bulk._meet = timed  # type: ignore[assignment] # noqa: SLF001 - as above
    begun, wall = time.process_time(), time.perf_counter()
    keeping = Keeping(folder / f"hits-{count}.parquet", share=share_of(share)) if share else Keeping()
    with screening(file, against, as_of=DAY, keeping=keeping) as run:
        count_met = run.screened
    return {
        "size": count_met,
        "cpu": time.process_time() - begun,
        "wall": time.perf_counter() - wall,
        "met": met,
        "listed": against.names.num_rows,
    }


def share(count: int, folder: Path) -> Told:
    """One share of forty of a screening."""
    return names(count, folder, f"1/{SHARES}")


def flows(count: int, folder: Path) -> Told:
    """A scan of all products of a file of flows."""
    file = folder / f"flows-{count}.parquet"
    flow_work.make(str(count), str(file))
    told = flow_work.scan(str(file), str(folder))
    return {"size": count, "cpu": told["cpu"], "wall": told["seconds"]}


def links(count: int, folder: Path) -> Told:
    """All products of a supply network: both ends, the likely share, paths."""
    told = link_work.answers(count // LINKS_A_PARTY, "tiers", folder)
    steps = [told[s] for s in ("solved", "worded")]
    return {"size": count, "cpu": sum(s[1] for s in steps), "wall": sum(s[0] for s in steps)}


def loads(count: int, folder: Path) -> Told:
    """A file of supply links, read row by row and kept in a store."""
    told = link_work.load(count // LINKS_A_PARTY, "tiers", folder)
    steps = [told[s] for s in ("read", "kept")]
    return {"size": count, "cpu": sum(s[1] for s in steps), "wall": sum(s[0] for s in steps)}


WORKS: dict[str, Callable[[int, Path], Told]] = {
    "names": names, "share": share, "flows": flows, "links": links, "loads": loads,
}  # fmt: skip


def measured(what: str, count: int, folder: Path) -> Told:
    """A piece of work in a process of its own."""
    command = [sys.executable, __file__, "--work", what, str(count), str(folder)]
    ran = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True)
    if ran.returncode:
        raise SystemExit(f"{what} with {count:,} ended with {ran.returncode}")
    told: Told = json.loads(ran.stdout.splitlines()[-1])
    print(f"{what:8} {count:>10,} {told['cpu']:8.2f} s CPU {told['mb']:8.0f} MB", flush=True)
    return {"what": what, **told}


def load(list_id: str, day: str, store: Path) -> None:
    """Load a list of the shelf into a store."""
    dated = ["--version", day] if day else []
    file = data.shelf() / "data" / "lists" / data.FILES[list_id]
    launch.run(entrepot("lists", "load", file, "--as", list_id, *dated), store)


def listed(folder: Path) -> list[Told]:
    """The same parties met with the record's lists, then with the UN list, then with the SDN list as well."""
    for list_id, day in LISTS:
        load(list_id, day, folder / "all")
    (folder / LISTED).write_text(json.dumps(listed_names(folder / "all")), encoding="utf-8")
    rows = [measured("names", MET_BY_ALL, folder)]
    for list_id, day in reversed(LISTS):
        load(list_id, day, folder / "store")
        measured("names", NAMES[0], folder)  # the first run builds the index
        rows.append(measured("names", MET_BY_ALL, folder))
    return [r | {"what": "lists", "size": r["listed"]} for r in rows]


def main() -> None:
    """Print a row a size, and keep them where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--largest", type=int, default=LARGEST)
    parser.add_argument("--save", type=Path)
    parser.add_argument("--work", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.work:
        what, count, folder = given.work
        told = WORKS[what](int(count), Path(folder))
        print(json.dumps(told | {"mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000}))
        return
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = listed(folder)
        for what, sizes in (
            ("names", NAMES),
            ("share", NAMES[-1:]),
            ("flows", FLOWS),
            ("links", LINKS),
            ("loads", LINKS),
        ):
            rows += [measured(what, size, folder) for size in sizes if size <= given.largest]
    told = {
        "day": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "load": [round(before, 1), round(os.getloadavg()[0], 1)],
        "shares": SHARES,
        "rows": rows,
    }
    if given.save:
        given.save.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
