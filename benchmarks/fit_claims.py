"""The weights of a row's score, fitted on the labelled reports that a reader may be fitted on.

    python benchmarks/fit_claims.py FOLDER            how well, each report by weights of the others, and the weights
    python benchmarks/fit_claims.py FOLDER --write    write them to the word list

FOLDER as of `bench_reports.py`. A pair is a labelled figure and a row near it; it is right where the label names the
row. Logistic regression with a penalty; two rounds, for what figures around are of enters in the second.
"""

from __future__ import annotations

import argparse
import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from entrepot.claims.evidence import nearest, weigh
from entrepot.claims.indexed.record_index import record_index
from entrepot.claims.open import open_report
from entrepot.record.embedded import load
from real_reports.report_labels import LABELS, NO_CLAIM, Row, in_training, labels_of, moved_in, placed, rows_of
from real_reports.report_score import FIRST, verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from entrepot.claims.indexed.record_index import RecordIndex

WEIGHTS = Path(nearest.__file__).parents[1] / "data" / "score_weights.csv"
PENALTY, STEPS, FOLDS = 2.0, 60, 8
LEAST = 5  # pairs of which a feature is true; of fewer nothing is learnt
KEPT = 60  # rows of a figure that enter


@dataclass(frozen=True)
class Pair:
    """A labelled figure and a row."""

    figure: int
    report: str
    features: dict[str, float]
    right: bool
    row: str
    exact: bool


def pairs(folder: Path, index: RecordIndex, labels: list[Row]) -> Iterator[Pair]:
    """The pairs of the reports that may be looked at; their labels are added to `labels`."""
    nearest.KEPT = KEPT
    for report in rows_of(LABELS / "reports.csv"):
        path = next(iter(sorted(folder.rglob(f"{report['report']}.txt"))), None)
        if not in_training(report) or path is None:
            continue
        day = date.fromisoformat(report["published"]) if report["published"] else None
        opened = open_report(path, published=day)
        found = list(weigh.told_figures(opened, index, None))
        sure = [next((o.entry for o in f.offers[:1] if o.chance >= nearest.SURE), None) for f in found]
        moved = moved_in(path.read_text(encoding="utf-8"), opened.text)
        for label in (placed(row, moved) for row in labels_of(report["half"]).get(report["report"], [])):
            if label["verdict"] == NO_CLAIM:
                continue
            labels.append(label)
            at = _figure(found, label)
            if at is None:
                continue
            near = range(max(0, at - weigh.AROUND), min(len(found), at + weigh.AROUND + 1))
            others = [e for j in near if j != at and (e := sure[j]) is not None]
            for offer in found[at].offers:
                features = nearest.features(index, found[at].seen, offer)
                features |= dict.fromkeys(nearest.shared(offer.entry, others), 1.0)
                right = offer.entry.row_id in label["rows"].split()
                yield Pair(len(labels) - 1, report["report"], features, right, offer.entry.row_id, offer.equal)


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


def fitted(matrix: np.ndarray, right: np.ndarray, bias: int) -> np.ndarray:
    """The weights, by Newton's method; the bias goes without a penalty."""
    weights = np.zeros(matrix.shape[1])
    penalty = np.full(matrix.shape[1], PENALTY)
    penalty[bias] = 0.01  # none would leave the system singular where every row has the same features
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-matrix @ weights))
        slope = matrix.T @ (chance - right) + penalty * weights
        curve = (matrix * (chance * (1 - chance))[:, None]).T @ matrix + np.diag(penalty)
        weights -= np.linalg.solve(curve, slope)
    return weights


def main() -> None:
    """Fit, say how well, and write where asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    labels: list[Row] = []
    found = list(pairs(asked.folder, record_index(load(), None), labels))
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
    reports = sorted({p.report for p in found})
    fold = np.array([reports.index(p.report) % FOLDS for p in found])
    chance = np.zeros(len(found))
    for k in range(FOLDS):
        weights = fitted(matrix[fold != k], right[fold != k], at["bias"])
        chance[fold == k] = 1 / (1 + np.exp(-matrix[fold == k] @ weights))
    report(found, labels, chance)
    weights = fitted(matrix, right, at["bias"])
    for name in names:
        print(f"{name:24} {weights[at[name]]:6.2f} {counts[name]:6}")
    if asked.write:
        with WEIGHTS.open("w", encoding="utf-8", newline="") as file:
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


if __name__ == "__main__":
    main()
