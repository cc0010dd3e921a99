"""Which names of supply files are joined as one firm: against labelled pairs, and on published lists of facilities.

The labelled pairs are invented. Those of `pairs.csv` are what the rules are made better by; those of `pairs_apart.csv`
were written and kept before the rules were run on them. Lists of facilities have no labels: what joins there is
printed, for a person to judge.

Run: python benchmarks/bench_one_firm.py [--facilities FOLDER] [--save PATH.md]
"""

from __future__ import annotations

import argparse
import csv
import time
from pathlib import Path
from typing import Any

from entrepot.ownership.formats.links_draft import by_name
from entrepot.tracing.parties.joins import joins
from entrepot.tracing.parties.named_parties import mentions
from screening.metrics import wilson

FOLDER = Path(__file__).parent / "one_firm"
# What the rules are made better by; what was written before they were run on it, with what it was at first.
SETS = {
    "pairs.csv": "Pairs that the rules are made better by",
    "pairs_of_files.csv": "Pairs of the kinds that files have, by which the rules are made better too",
    "pairs_apart.csv": "Pairs set apart",
}


def _told(name: str, country: str, address: str, file: str) -> dict[str, Any]:
    return {"id": by_name(name), "name": name, "country": country or None, "address": address or None,
            "file_id": file, "rows": 1}  # fmt: skip


def state(row: dict[str, str]) -> str:
    """What becomes of a pair: joined, proposed, apart; one id where both names fold to the same letters."""
    both = [_told(row["other" if p else "one"], row[f"{p}country"], row[f"{p}address"], p or "one")
            for p in ("", "other_")]  # fmt: skip
    if both[0]["id"] == both[1]["id"]:
        return "one id"
    found = joins(mentions(both), {}, search=True)
    return found[0].state if found else "apart"


def labelled(name: str) -> str:
    """Precision and recall of what is joined, and of what is joined or proposed, each with 95 % of Wilson."""
    with (FOLDER / name).open(encoding="utf-8") as data:
        rows = [(r["same"] == "yes", state(r), r) for r in csv.DictReader(data)]
    lines = [f"| {SETS[name]} | right | wrong | precision | recall |", "|---|---|---|---|---|"]
    same = sum(s for s, _, _ in rows)
    for words, states in (("joined", {"joined", "one id"}), ("joined or proposed", {"joined", "one id", "proposed"})):
        right = sum(s and found in states for s, found, _ in rows)
        wrong = sum(not s and found in states for s, found, _ in rows)
        lines.append(
            f"| {words} | {right} of {same} | {wrong} of {len(rows) - same} | {_share(right, right + wrong)} | "
            f"{_share(right, same)} |"
        )
    for is_same, found, row in rows:
        if (found in {"joined", "one id"}) != is_same:
            print("missed:" if is_same else "wrong:", found, row["one"], "|", row["other"], "|", row["why"])
    return "\n".join(lines)


def _share(hits: int, count: int) -> str:
    low, high = wilson(hits, count)
    return f"{hits / max(1, count):.2f} ({low:.2f} to {high:.2f})"


def listed(folder: Path) -> str:
    """What joins on lists of facilities."""
    told = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", errors="replace") as data:
            told += [_told(r["name"], r["country"], r["address"], path.name) for r in csv.DictReader(data) if r["name"]]
    begin = time.process_time()
    parties = mentions(told)
    found = joins(parties, {}, search=True)
    took = time.process_time() - begin
    for j in found:
        print(j.state, j.way, parties[j.pair[0]].name, "|", parties[j.pair[1]].name, "|", j.reasons[-1])
    joined = sum(j.state == "joined" for j in found)
    return (
        f"{len(told):,} facilities of {len(list(folder.glob('*.csv')))} lists are {len(parties):,} names; "
        f"{joined} pairs joined, {len(found) - joined} proposed, in {took:.1f} s of processor time."
    )


def main() -> None:
    """Print the figures, and keep them where that is asked."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--facilities", type=Path)
    asked.add_argument("--save", type=Path)
    given = asked.parse_args()
    page = "\n\n".join(map(labelled, SETS)) + (f"\n\n{listed(given.facilities)}" if given.facilities else "")
    print(page)
    if given.save:
        head = "# One firm under several names\n\nWritten by `benchmarks/bench_one_firm.py`.\n\n"
        given.save.write_text(f"{head}{page}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
