"""What the scoring rule gives for a fixed set of pairs, names of public lists or invented: tests/screening/scored.

`python scripts/rule_scores.py` writes the scores and the name of their rule, after the declared version was raised
(screening/matching/scoring_rule.py) or data of the rule changed; it refuses to where the rule is named as before and
scores have changed. A test compares. See docs/design/19-evidence.md.
"""

from __future__ import annotations

import csv
import sys
from typing import TYPE_CHECKING

from entrepot.lists.listed_name import ListedName
from entrepot.names.search.index import Index
from entrepot.names.similarity import similarity
from entrepot.screening.matching.entities import Met, beside_names
from entrepot.screening.matching.scoring_rule import VERSION, rule
from entrepot.screening.parties.cells.names_in_cell import within
from entrepot.screening.parties.parties import Party
from marked import ROOT

if TYPE_CHECKING:
    from entrepot.names.reading.name import Kind

FOLDER = ROOT / "tests" / "screening" / "scored"
SCORED, NAMED = FOLDER / "scores.csv", FOLDER / "rule.txt"
LEAST = 0.5  # a name that scores less is no neighbour; the default lowest score of a match is above it
CLOSE = 2e-6  # scores have six digits; the last may turn with another library of the machine's

_OTHERWISE = "The rule scores otherwise under its old name."
_FORGOTTEN = "Raise VERSION in screening/matching/scoring_rule.py, with its reason; then run scripts/rule_scores.py."

Scores = list[tuple[float, float, int]]


def pairs() -> list[dict[str, str]]:
    """The fixed pairs: kind, the two names, what the right one is to its entity, and what is known beside them."""
    with (FOLDER / "pairs.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def scores() -> Scores:
    """Of each pair: the score, that of the names alone, and how many names of the set its left one meets."""
    rows = pairs()
    index = Index([r["right"] for r in rows], [_kind(r) for r in rows])
    near = index.search_many([r["left"] for r in rows], least=LEAST)
    return [(*_scored(row), len(hits)) for row, hits in zip(rows, near, strict=True)]


def _kind(row: dict[str, str]) -> Kind:
    kinds: tuple[Kind, ...] = ("person", "company", "vessel")
    return next((k for k in kinds if k == row["kind"]), "any")


def _scored(row: dict[str, str]) -> tuple[float, float]:
    """By what the cell, or a name within it, gives, and what is known beside the names."""
    left, right, kind = row["left"], row["right"], _kind(row)
    ways = [(similarity(n, right, kind), n) for n in (left, *within(left))]
    names, part = max(ways, key=lambda way: way[0].score)
    party = Party(1, "party", left, row["country"] or None, None, None, birth_year=row["birth_year"] or None,
                  numbers=tuple(filter(None, (row["number"],))))  # fmt: skip
    listed = ListedName(right, row["name_kind"], "dated", "", kind, "e", "l", right, None, "", None, "in_force", "", "",
                        particulars=row["listed"])  # fmt: skip
    return Met(listed, names, beside_names(party, part, listed)).score, names.score


def known() -> tuple[str, Scores]:
    """The rule that the kept scores are of, and the scores."""
    with SCORED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return NAMED.read_text("utf-8").strip(), [(float(r["score"]), float(r["name_score"]), int(r["near"])) for r in rows]


def changed(before: Scores, now: Scores) -> list[str]:
    """A line on each pair that does not score as it did."""
    found = zip(pairs(), before, now, strict=True)
    return [f"{r['left']} | {r['right']}: {a}, now {b}" for r, a, b in found if not _same(a, b)]


def _same(one: tuple[float, float, int], other: tuple[float, float, int]) -> bool:
    return one[2] == other[2] and all(abs(a - b) <= CLOSE for a, b in zip(one[:2], other[:2], strict=True))


def fault() -> str:
    """What keeps the declared version from naming what scores; empty where nothing does."""
    name, before = known()
    now = scores()
    if len(before) == len(now) and name == rule():
        different = changed(before, now)
        return "\n".join([_OTHERWISE, *different, _FORGOTTEN]) if different else ""
    if name != rule():
        return f"The scores are of {name}, the rule is {rule()}: run scripts/rule_scores.py."
    return "Pairs came or went: run scripts/rule_scores.py."


def write(found: Scores) -> None:
    """Write the scores, a row a pair, and the rule that gave them."""
    NAMED.write_text(rule() + "\n", "utf-8")
    with SCORED.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(("score", "name_score", "near"))
        out.writerows(found)


def main() -> int:
    """Write the scores; 1 where that would hide a change that no version tells."""
    if SCORED.exists():
        name, before = known()
        if name == rule() and len(before) == len(pairs()) and (different := changed(before, scores())):
            print("\n".join([*different, f"The rule is still version {VERSION}: raise it first."]), file=sys.stderr)
            return 1
    write(scores())
    return 0


if __name__ == "__main__":
    sys.exit(main())
