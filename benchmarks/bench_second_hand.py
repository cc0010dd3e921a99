"""What `supply balance` finds of twelve kinds of fault planted by another hand, by kind, and what it names falsely.

A fault is found where the balance names one of its documents under a kind that says what was planted; one that names
no planted document is false. Papers are those of the worked example, with the faults of `supply_faults.second_hand`.

Run: python benchmarks/bench_second_hand.py [--seeds 1 2 3 4 5] [--each 4] [--save PATH.md]
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from entrepot.desk.desk import Desk
from entrepot.tracing.example.example import written
from supply_faults.second_hand import second_hand

if TYPE_CHECKING:
    from supply_faults.second_hand import Hand

# What is planted -> the kinds that say so.
SAYING = {
    "more made than material allows": {"more_made_than_possible"},
    "lot sold to two": {"supplied_twice"},
    "more of a lot sold than made": {"lot_overdrawn", "supplied_twice"},
    "used before it was made": {"used_before_made"},
    "one number on two invoices": {"number_twice"},
    "weight declared otherwise": {"declared_otherwise"},
    "value declared otherwise": {"value_otherwise"},
    "code of other goods": {"goods_otherwise"},
    "origin changed on the way": {"origin_otherwise"},
    "paid to a third": {"paid_to_another"},
    "paid otherwise than invoiced": {"paid_too_much"},
    "supplier under a new name": {"renamed_supplier"},
}


def faults(hand: Hand, events: dict[str, Any]) -> tuple[list[dict[str, Any]], float]:
    """What is found, and the seconds of processor time of loading and looking."""
    with TemporaryDirectory() as folder:
        desk, begin = Desk(Path(folder) / "store"), time.process_time()
        for row in written(Path(folder), hand.papers, events, answers=False):
            if row["kind"] != "owners":
                desk.load_supply(row["file"], form=row["kind"])
        return desk.supply_balance().to_pylist(), time.process_time() - begin


def page(seeds: list[int], each: int) -> str:
    """The figures as a page."""
    planted, hit, sums, seconds = Counter[str](), Counter[str](), Counter[str](), 0.0
    named: dict[str, Counter[str]] = {}
    for seed in seeds:
        hand, events = second_hand(seed, each=each)
        found, took = faults(hand, events)
        seconds += took
        for kind, documents in hand.planted:
            by = [f["kind"] for f in found if documents & set(f["documents"])]
            planted[kind] += 1
            hit[kind] += bool(SAYING[kind] & set(by))
            named.setdefault(kind, Counter()).update(set(by))
            if not SAYING[kind] & set(by):
                print("missed:", seed, kind, sorted(documents)[:3])
        touched = frozenset[str]().union(*(d for _, d in hand.planted))
        wrong = [f for f in found if not touched & set(f["documents"])]
        twin, events = second_hand(seed, each=each, clean=True)
        clean = faults(twin, events)[0]
        for fault in (*wrong, *clean):
            print("false:", seed, fault["kind"], fault["reason"])
        sums += Counter({"papers": hand.papers.documents, "false": len(wrong), "twin": twin.papers.documents,
                         "clean": len(clean)})  # fmt: skip
    lines = ["| planted | of them found | share | named as |", "|---|---|---|---|"]
    lines += [f"| {k} | {hit[k]} of {planted[k]} | {hit[k] / planted[k]:.2f} | {_kinds(named[k])} |" for k in planted]
    share = 1000 * sums["false"] / sums["papers"]
    return "\n".join([*lines, "", (
        f"False: {sums['false']} in {sums['papers']:,} documents ({share:.2f} a thousand). On the twins without a "
        f"fault: {sums['clean']} in {sums['twin']:,}. {seconds / len(seeds):.1f} s of processor time a seed, loading "
        "included."
    )])  # fmt: skip


def _kinds(named: Counter[str]) -> str:
    return ", ".join(k.replace("_", " ") for k, _ in named.most_common(3)) or "–"


def main() -> None:
    """Print the figures, and keep them where that is asked."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5])
    asked.add_argument("--each", type=int, default=4)
    asked.add_argument("--save", type=Path)
    given = asked.parse_args()
    text = page(given.seeds, given.each)
    print(text)
    if given.save:
        head = (
            "# Faults of supply papers by another hand\n\nWritten by `benchmarks/bench_second_hand.py`; seeds "
            f"{', '.join(map(str, given.seeds))}, {given.each} faults of each kind.\n\n"
        )
        given.save.write_text(f"{head}{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
