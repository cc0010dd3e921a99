"""The weights of a row's score, fitted on the labelled reports that a reader may be fitted on.

    python benchmarks/fit_claims.py FOLDER            how well, each report by weights of the others, and the weights
    python benchmarks/fit_claims.py FOLDER --errors   the same of rows whose number is another
    python benchmarks/fit_claims.py FOLDER --write    write them to the word list

FOLDER as of `bench_reports.py`. A pair is a labelled figure and a row near it; it is right where the label names the
row. Logistic regression with a penalty; two rounds, for what figures around are of enters in the second. With
`--errors` the figures that agree are changed in the text (`real_reports/report_changes.py`), and a pair is such a
figure, or one that no row has, and a row in reach.
"""

from __future__ import annotations

import argparse
import csv
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from entrepot.claims.evidence import mistaken, nearest, weigh
from entrepot.claims.indexed.record_index import record_index
from entrepot.claims.mentions.mentions import stretches
from entrepot.claims.open import open_report
from entrepot.core.periods import as_of as day_of
from entrepot.record.embedded import load
from real_reports.report_changes import changed_texts
from real_reports.report_labels import LABELS, NO_CLAIM, Row, in_training, labels_of, moved_in, placed, rows_of
from real_reports.report_score import FIRST, verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from entrepot.claims.indexed.record_entry import Entry
    from entrepot.claims.indexed.record_index import RecordIndex

DATA = Path(nearest.__file__).parents[1] / "data"
WEIGHTS, ERRORS = DATA / "score_weights.csv", DATA / "error_weights.csv"
PENALTY, STEPS, FOLDS = 2.0, 60, 8
SMALL = 1e-4  # a step that moves no printed digit of a weight
LEAST = 5  # pairs of which a feature is true; of fewer nothing is learnt
KEPT = 60  # rows of a figure that enter
SEED, ROUNDS = 2026, 4  # of the changes; of one round the chance errors would be learnt too


@dataclass(frozen=True)
class Pair:
    """A labelled figure and a row."""

    figure: int
    report: str
    features: dict[str, float]
    right: bool
    row: str
    exact: bool


@dataclass(frozen=True)
class Read:
    """A report as opened, with its figures and the rows that they are surely of."""

    found: list[weigh.ToldFigure]
    sure: list[Entry | None]
    moved: Mapping[int, int]

    def around(self, at: int) -> list[Entry]:
        """The rows that figures around one are surely of."""
        near = range(max(0, at - weigh.AROUND), min(len(self.found), at + weigh.AROUND + 1))
        return [e for j in near if j != at and (e := self.sure[j]) is not None]

    def others(self, at: int) -> set[Entry]:
        """The rows that any other figure is surely of."""
        return {e for j, e in enumerate(self.sure) if j != at and e is not None}


def read(path: Path, report: Row, index: RecordIndex) -> Read:
    """A report with its figures."""
    day = day_of(report["published"]) if report["published"] else None
    opened = open_report(path, published=day)
    found = [one for part in stretches(opened) for one in weigh.told_figures(opened, index, part)]
    sure = [next((o.entry for o in f.offers[:1] if o.chance >= nearest.SURE), None) for f in found]
    return Read(found, sure, moved_in(path.read_text(encoding="utf-8"), opened.text))


def in_reach(folder: Path) -> Iterator[tuple[Row, Path, list[Row]]]:
    """The reports that may be looked at, with their texts and the labels of their claims."""
    for report in rows_of(LABELS / "reports.csv"):
        path = next(iter(sorted(folder.rglob(f"{report['report']}.txt"))), None)
        if in_training(report) and path is not None:
            held = labels_of(report["half"]).get(report["report"], [])
            yield report, path, [row for row in held if row["verdict"] != NO_CLAIM]


def pairs(folder: Path, index: RecordIndex, labels: list[Row]) -> Iterator[Pair]:
    """The pairs of the reports that may be looked at; their labels are added to `labels`."""
    nearest.KEPT = KEPT
    for report, path, held in in_reach(folder):
        one = read(path, report, index)
        for label in (placed(row, one.moved) for row in held):
            labels.append(label)
            at = _figure(one.found, label)
            if at is None:
                continue
            others = one.around(at)
            for offer in one.found[at].offers:
                features = nearest.features(index, one.found[at].seen, offer)
                features |= dict.fromkeys(nearest.shared(offer.entry, others), 1.0)
                right = offer.entry.row_id in label["rows"].split()
                yield Pair(len(labels) - 1, report["report"], features, right, offer.entry.row_id, offer.equal)


def pairs_of_errors(folder: Path, index: RecordIndex, labels: list[Row]) -> Iterator[Pair]:
    """The pairs of figures that were changed, or that no row has, with rows of another number."""
    random = Random(SEED)
    with TemporaryDirectory() as scratch:
        for report, path, held in in_reach(folder):
            text, copy = path.read_text(encoding="utf-8"), Path(scratch) / path.name
            right = [row for row in held if row["verdict"] == "agrees" and row["rows"]]
            again = (one for _ in range(ROUNDS) for one in changed_texts(text, right, random))
            texts = [(new, [moved for _, moved, _ in done]) for new, done in again]
            for new, changed in [*texts, (text, [row for row in held if row["verdict"] == "no_record"])]:
                copy.write_text(new, encoding="utf-8")
                yield from _errors(read(copy, report, index), report, [*changed], index, labels)


def _errors(one: Read, report: Row, changed: Sequence[Row], index: RecordIndex, labels: list[Row]) -> Iterator[Pair]:
    for label in (placed(row, one.moved) for row in changed):
        at = _figure(one.found, label)
        if at is None:
            continue
        labels.append(label)
        told, seen = one.found[at].told, one.found[at].seen
        for offer in mistaken.held(index, told, seen, one.found[at].worded):
            features = mistaken.features(index, told, seen, offer, one.around(at), one.others(at))
            right = offer.entry.row_id in label["rows"].split() and label["verdict"] == "agrees"
            yield Pair(len(labels) - 1, report["report"], features, right, offer.entry.row_id, exact=False)


def _figure(found: Sequence[weigh.ToldFigure], label: Row) -> int | None:
    """Which figure a label is of: the one that shares most of its span."""
    start, end = int(label["start"]), int(label["end"])

    def shared(i: int) -> int:
        one = found[i]
        first = one.read.start + one.read.folded.original(one.seen.start)
        last = one.read.start + one.read.folded.original(one.seen.end - 1) + 1
        return min(last, end) - max(first, start)

    met = [i for i in range(len(found)) if found[i].seen.kind != "ordinal" and shared(i) > 0]
    return max(met, key=shared, default=None)


def fitted(matrix: np.ndarray, right: np.ndarray, bias: Sequence[int]) -> np.ndarray:
    """The weights, by Newton's method; the bias goes without a penalty."""
    weights = np.zeros(matrix.shape[1])
    penalty = np.full(matrix.shape[1], PENALTY)
    penalty[bias] = 0.01  # none would leave the system singular where every row has the same features
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-matrix @ weights))
        slope = matrix.T @ (chance - right) + penalty * weights
        curve = (matrix * (chance * (1 - chance))[:, None]).T @ matrix + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < SMALL:
            break
    return weights


def main() -> None:
    """Fit, say how well, and write where asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", action="store_true", help="of rows whose number is another")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    labels: list[Row] = []
    made = pairs_of_errors if asked.errors else pairs
    found = list(made(asked.folder, record_index(load(), None), labels))
    counts: dict[str, int] = {}
    for pair in found:
        for name in pair.features:
            counts[name] = counts.get(name, 0) + 1
    names = sorted(n for n, many in counts.items() if many >= LEAST)
    at = {n: i for i, n in enumerate(names)}
    matrix, right = np.zeros((len(found), len(names))), np.array([float(p.right) for p in found])
    for i, pair in enumerate(found):
        for name, value in pair.features.items():
            if name in at:
                matrix[i, at[name]] = value
    bias = [at[n] for n in names if n.endswith("bias")]
    reports = sorted({p.report for p in found})
    fold = np.array([reports.index(p.report) % FOLDS for p in found])
    chance = np.zeros(len(found))
    for k in range(FOLDS):
        weights = fitted(matrix[fold != k], right[fold != k], bias)
        chance[fold == k] = 1 / (1 + np.exp(-matrix[fold == k] @ weights))
    (report_errors if asked.errors else report)(found, labels, chance)
    weights = fitted(matrix, right, bias)
    for name in names:
        print(f"{name:24} {weights[at[name]]:6.2f} {counts[name]:6}")
    if asked.write:
        with (ERRORS if asked.errors else WEIGHTS).open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(("feature", "weight", "source"))
            out.writerows((n, f"{weights[at[n]]:.2f}", "Entrepot") for n in names)


def report(found: Sequence[Pair], labels: Sequence[Row], chance: np.ndarray) -> None:
    """Print, at several chances, how often a right row is shown or rightly none, and an equal one right."""
    by: dict[int, list[tuple[float, Pair]]] = {}
    for one, pair in zip(chance, found, strict=True):
        by.setdefault(pair.figure, []).append((float(one), pair))
    for least in (0.1, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5):
        hits = 0
        for i, label in enumerate(labels):
            ranked = sorted(by.get(i, []), key=lambda c: -c[0])
            shown = list(dict.fromkeys(p.row for c, p in ranked if c >= least))[:FIRST]
            rows = set(label["rows"].split())
            hits += bool(rows & set(shown)) or (not shown and (not rows or "no_record" in verdicts(label)))
        print(f"shown from {least}: {hits} of {len(labels)}, {hits / len(labels):.3f}")
    for least in (0.95, 0.9, 0.85, 0.8, 0.7, 0.6):
        best = [max((c for c in held if c[1].exact), key=lambda c: c[0], default=None) for held in by.values()]
        kept = [b for b in best if b is not None and b[0] >= least]
        print(f"equal and sure from {least}: {sum(p.right for _, p in kept)} right of {len(kept)}")


def report_errors(found: Sequence[Pair], labels: Sequence[Row], chance: np.ndarray) -> None:
    """Print, at several chances, of changed figures and dates and of those that no row has how many are given a row."""
    best: dict[int, tuple[float, bool]] = {}
    for one, pair in zip(chance, found, strict=True):
        if one > best.get(pair.figure, (0.0, False))[0]:
            best[pair.figure] = float(one), pair.right
    dated = {pair.figure for pair in found if "bias" not in pair.features}
    for what, of_dates in (("figures", False), ("dates", True)):
        for least in (0.3, 0.4, 0.5, 0.6, 0.7):
            for verdict, words in (("agrees", "changed"), ("no_record", "on no row")):
                of = [i for i, row in enumerate(labels) if row["verdict"] == verdict and (i in dated) == of_dates]
                given = [best[i][1] for i in of if i in best and best[i][0] >= least]
                right = f", {sum(given)} the right one" if verdict == "agrees" else ""
                print(f"from {least}: of {len(of)} {what} {words} {len(given)} are given a row{right}")


if __name__ == "__main__":
    main()
