"""What a search loses of names that were joined, split, cut, mistyped or scanned badly, by kind of damage.

    python benchmarks/bench_retrieval.py                         every list, seed 1, 400 names a kind
    python benchmarks/bench_retrieval.py --list uk --seed 90417  names of one list, among all lists
    python benchmarks/bench_retrieval.py --lost 5                and five names of each kind that the search lost
    python benchmarks/bench_retrieval.py --peers                 and rapidfuzz over every name

Needs the data shelf (ENTREPOT_SHARED, else ../shared).
"""

from __future__ import annotations

import argparse
import sys
import time

from screening import damage, retrieval
from screening.data import NoShelfError


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--list", default="", help="names of this list only, searched among all: " + ", ".join(retrieval.LISTS)
    )
    parser.add_argument("--without", default="", metavar="LIST", help="names of all lists but this one")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=400, help="changed names a kind (default 400)")
    parser.add_argument(
        "--only", default=",".join(damage.KINDS), help="kinds, joined by commas: " + ", ".join(damage.KINDS)
    )
    parser.add_argument("--lost", type=int, default=0, metavar="N", help="names a kind that score and were not found")
    parser.add_argument("--peers", action="store_true", help="rapidfuzz too")
    return parser.parse_args()


def main() -> None:
    """Measure and print a line a kind."""
    given = _arguments()
    try:
        held = retrieval.all_lists()
    except NoShelfError as exc:
        sys.exit(f"bench_retrieval: {exc}")
    index = retrieval.index_of(held)
    how = retrieval.Drawn(given.seed, given.each, given.list, given.without)
    places = retrieval.chosen(held, how)
    print(
        f"{len(held):,} names; seed {given.seed}, {given.each} names a kind of {given.list or 'all lists'}"
        + (f" but {given.without}" if given.without else "")
    )
    print(retrieval.HEAD)
    for kind in given.only.split(","):
        begun = time.process_time()
        cases = retrieval.drawn(held, kind, how, places)
        found = retrieval.measured(index, held, cases)
        print(retrieval.line(kind, found, time.process_time() - begun), flush=True)
        for case in found.lost[: given.lost]:
            print(f"    lost: {case}")
        for case in found.low[: given.lost]:
            print(f"    low: {case}")
        if given.peers:
            print(f"  rapidfuzz finds {retrieval.by_letters(held, cases):.4f} at {retrieval.PEER_LEAST}", flush=True)


if __name__ == "__main__":
    main()
