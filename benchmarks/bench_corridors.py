"""The series of the corridors: prints left out, simpler methods on the same prints, invented truths.

    python benchmarks/bench_corridors.py                 prints left out, series set aside left alone
    python benchmarks/bench_corridors.py --set-aside     the series that were set aside, and only these
    python benchmarks/bench_corridors.py --truths 40     invented truths with the reporting of the record

Ten minutes of one core in all. Set OPENBLAS_NUM_THREADS=1: the matrices are small.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from typing import TYPE_CHECKING

from corridors import left_out as lo
from corridors import scores
from corridors.reasons import by_reason
from corridors.truths import truths
from entrepot.corridors.series.quantities import quantities
from entrepot.record import embedded

if TYPE_CHECKING:
    from entrepot.corridors.series.quantities import Quantity

_SEED, _ASIDE = 1717, 0.2  # one series in five, drawn before anything was looked at


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="the series of the corridors")
    parser.add_argument("--set-aside", action="store_true", help="the series that were set aside, and only these")
    parser.add_argument("--truths", type=int, default=0, metavar="N", help="invented truths of each pattern instead")
    parser.add_argument("--each", action="store_true", help="every figure that is missed, and every series")
    given = parser.parse_args()
    held = quantities(embedded.load().tables["observations"].to_pylist())
    eligible = [q for q in held if len(lo.prints(q)) >= lo.LEAST_PRINTS]
    names = sorted(map(lo.named, eligible))
    aside = set(random.Random(_SEED).sample(names, round(len(names) * _ASIDE)))
    chosen = [q for q in eligible if (lo.named(q) in aside) == given.set_aside]
    print(f"{len(eligible)} series of {lo.LEAST_PRINTS} prints or more, {len(aside)} set aside; {len(chosen)} here")
    begun = time.process_time()
    if given.truths:
        print("\n".join(truths(chosen, given.truths)))
    else:
        _left_out(chosen, each=given.each)
    print(f"{time.process_time() - begun:.0f} s CPU")
    return 0


def _left_out(chosen: list[Quantity], *, each: bool) -> None:
    rows: list[lo.LeftOut] = []
    for quantity in chosen:
        rows += lo.left_out(quantity)
        print(f"{lo.named(quantity)}: {len(rows)}", file=sys.stderr, flush=True)
    for word, is_trade in (("crossings", False), ("trade totals", True)):
        held = sorted((r for r in rows if r.is_trade == is_trade), key=lambda r: (r.known_on, r.row_id))
        print(f"\n{word}")
        print("\n".join([*scores.pooled(held), *by_reason(held)]))
        for name in sorted({r.series for r in held}) if each else ():
            print(f"-- {name}")
            for r in held:
                if r.series == name and not (r.is_known and r.low <= r.value <= r.high):
                    why = f"not known: {r.why}" if not r.is_known else "missed"
                    print(f"   {r.row_id} {r.value:.6g}: {r.low:.5g} {r.middle:.5g} {r.high:.5g} {why}")


if __name__ == "__main__":
    sys.exit(main())
