"""What `supply balance` finds of planted faults, by kind, and what it names in papers that are sound.

Papers are invented by `supply_faults`, which knows nothing of the rules. A planted fault is found where a fault of the
kind that it is rests on one of its papers; a fault that rests on no planted paper is false, one of another kind that
rests on such a paper is an echo. Then how large a fault of mass must be to be found: yields are wide, so a small one
hides in them. Figures to quote: seeds 1 to 5.

Run: python benchmarks/bench_supply_faults.py [--seeds 1 2 3 4 5] [--each 6] [--save PATH.md]
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from entrepot.desk.desk import Desk
from supply_faults.planted import KINDS, inflated_by, made

if TYPE_CHECKING:
    from supply_faults.papers import Papers

# What is planted -> the kinds by which a rule may name it.
NAMED = {
    "inflated output": {"more_made_than_possible"},
    "vanished input": {"less_made_than_expected"},
    "used before made": {"used_before_made"},
    "shipped before made": {"supplied_before_made"},
    "lot sold twice": {"supplied_twice"},
    "lot used twice": {"lot_overdrawn"},
    "one number, two invoices": {"number_twice"},
    "customs told otherwise": {"declared_otherwise"},
    "origin told otherwise": {"origin_otherwise"},
    "paid too much": {"paid_too_much"},
    "paid to a third": {"paid_to_another"},
    "paid for no invoice": {"paid_without_invoice"},
    "supplier renamed": {"renamed_supplier"},
    "lot made of itself": {"made_of_itself"},
    "papers that only together are wrong": {"contradiction"},
    "sold more than bought": {"more_supplied_than_made"},
}


def faults(papers: Papers) -> tuple[list[dict[str, Any]], int, float]:
    """What is found in papers, how many papers there are, and the seconds of loading and looking."""
    with TemporaryDirectory() as folder:
        begin = time.process_time()
        desk = Desk(Path(folder) / "store")
        for form, path in papers.write(Path(folder)).items():
            desk.load_supply(path, form=form)
        found = desk.supply_balance()
        took = time.process_time() - begin
    documents = {r["document"] for rows in (papers.links, papers.shipments, papers.production, papers.payments)
                 for r in rows}  # fmt: skip
    return found.to_pylist(), len(documents), took


def scored(papers: Papers, found: list[dict[str, Any]]) -> tuple[Counter[str], Counter[str], list[dict[str, Any]]]:
    """Of each kind how many were planted and found; and faults that rest on no planted paper."""
    planted, hit = Counter(k for k, _ in papers.planted), Counter[str]()
    for kind, documents in papers.planted:
        hit[kind] += any(f["kind"] in NAMED[kind] and documents & set(f["documents"]) for f in found)
    touched = frozenset[str]().union(*(d for _, d in papers.planted)) if papers.planted else frozenset[str]()
    return planted, hit, [f for f in found if not touched & set(f["documents"])]


SIZES = (1.05, 1.2, 1.35, 1.5, 1.75, 2.0)  # what is said to be made, in what was made


def echoes(papers: Papers, found: list[dict[str, Any]]) -> int:
    """Faults that rest on a planted paper and are of another kind than what is planted there."""
    return sum(
        any(f["kind"] not in NAMED[k] and d & set(f["documents"]) for k, d in papers.planted)
        and not any(f["kind"] in NAMED[k] and d & set(f["documents"]) for k, d in papers.planted)
        for f in found
    )


def told(papers: Papers, found: list[dict[str, Any]], seed: int) -> None:
    """Print what was missed, and what was named wrongly."""
    for fault in scored(papers, found)[2]:
        print("false:", seed, fault["kind"], fault["reason"])
    for kind, documents in papers.planted:
        if not any(f["kind"] in NAMED[kind] and documents & set(f["documents"]) for f in found):
            print("missed:", seed, kind, sorted(documents))


def table(seeds: list[int], each: int) -> str:
    """The figures as a page."""
    planted, hit, sums, seconds = Counter[str](), Counter[str](), Counter[str](), 0.0
    for seed in seeds:
        one = made(seed, each=each)
        found, count, took = faults(one)
        told(one, found, seed)
        of_seed, hit_seed, wrong = scored(one, found)
        planted, hit, seconds = planted + of_seed, hit + hit_seed, seconds + took
        sums += Counter({"papers": count, "false": len(wrong), "echoes": echoes(one, found)})
        twin = made(seed, each=each, clean=True)
        found, count, _ = faults(twin)
        told(twin, found, seed)
        sums += Counter({"clean papers": count, "clean false": len(found)})
    lines = ["| planted | of them found | share |", "|---|---|---|"]
    lines += [f"| {k} | {hit[k]} of {planted[k]} | {hit[k] / planted[k]:.2f} |" for k in KINDS]
    share = 1000 * sums["false"] / sums["papers"]
    text = (
        f"False: {sums['false']} in {sums['papers']:,} documents ({share:.2f} a thousand); echoes {sums['echoes']}. On "
        f"the twins without a fault: {sums['clean false']} in {sums['clean papers']:,}. {seconds / len(seeds):.1f} s "
        "of processor time a seed, loading included."
    )
    return "\n".join([*lines, "", text, "", *_by_size(seeds, each)])


def _by_size(seeds: list[int], each: int) -> list[str]:
    """Of steps that are said to have made more than they did, how many are found, by how much more."""
    lines = ["| said in what was made | found |", "|---|---|"]
    for size in SIZES:
        hits = of = 0
        for seed in seeds:
            papers = inflated_by(seed, size, each)
            planted, hit, _ = scored(papers, faults(papers)[0])
            hits, of = hits + hit.total(), of + planted.total()
        lines.append(f"| {size:g} | {hits} of {of} |")
    return lines


def main() -> None:
    """Print the figures, and keep them where that is asked."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5])
    asked.add_argument("--each", type=int, default=6)
    asked.add_argument("--save", type=Path)
    given = asked.parse_args()
    page = table(given.seeds, given.each)
    print(page)
    if given.save:
        head = (
            "# Faults of supply papers\n\nWritten by `benchmarks/bench_supply_faults.py`; seeds "
            f"{', '.join(map(str, given.seeds))}, {given.each} chains with a fault of each kind.\n\n"
        )
        given.save.write_text(f"{head}{page}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
