"""Accuracy on every labelled set, beside the floors of tests/floors.csv (docs/design/29-floors.md).

    python benchmarks/bench_accuracy.py                     all sets
    python benchmarks/bench_accuracy.py names claims        of these rooms
    python benchmarks/bench_accuracy.py --write             and move the bounds of what is better, or new

Needs the data shelf (ENTREPOT_SHARED, else ../shared). Under a minute of one core.
"""

from __future__ import annotations

import argparse
import sys
import time
from datetime import UTC, datetime

from accuracy import ROOMS, floors


def main() -> int:
    """Measure and print; 1 where a figure gives."""
    parser = argparse.ArgumentParser(description="accuracy on the labelled sets")
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help=", ".join(ROOMS))
    parser.add_argument("--write", action="store_true", help="move the bounds of what is better, or new")
    given = parser.parse_args()
    if unknown := [r for r in given.rooms if r not in ROOMS]:
        parser.error(f"{', '.join(unknown)}: not one of {', '.join(ROOMS)}")
    known = floors.read() if floors.FILE.exists() else []
    kept, gives, day = [], False, f"{datetime.now(UTC):%Y-%m-%d}"
    for room, sets in ROOMS.items():
        if given.rooms and room not in given.rooms:
            kept += [f for f in known if f.set.partition("/")[0] == room]
            continue
        for name, measure in sets().items():
            begun = time.process_time()
            figures = measure()
            print(f"{name}, {time.process_time() - begun:.1f} s CPU")
            for figure, (value, of) in figures.items():
                print(f"  {value:.4f} of {of:>6}  {figure}")
            kept += floors.moved(name, figures, known, day) if given.write else []
            said = floors.faults(name, figures, kept if given.write else known)
            gives = gives or bool(said)
            print("".join(f"  ! {line}\n" for line in said), end="", flush=True)
    if given.write:
        floors.write(kept)
    return int(gives)


if __name__ == "__main__":
    sys.exit(main())
