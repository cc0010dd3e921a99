"""Train the matcher: points of the features, and how common the words of names are.

    python scripts/train_names --shared ../shared             write names/data/model.json and frequent.csv.gz
    python scripts/train_names --shared ../shared --report    only cross-validate and print

Takes about three minutes, the cross-validation ten. The same data and the same model in place give the same files: the
pairs that a search brings up are those of that model.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "scripts")]

from entrepot.names.comparing.features import FEATURES  # noqa: E402
from entrepot.names.comparing.score import measure, relation  # noqa: E402
from entrepot.names.comparing.scoring_model import RELATIONS  # noqa: E402
from entrepot.names.reading import latin  # noqa: E402
from entrepot.names.reading.prepare import prepare  # noqa: E402
from train_names import fit, pairs, rendered, validate  # noqa: E402

DATA = ROOT / "src" / "entrepot" / "names" / "data"
KINDS = ("any", "person", "company")
SEED = 20261125
SOURCE = "scripts/train_names"  # of each file that is written
_LEAST_PARTIES = 12  # a word of fewer parties is not common
_MOST_WORDS = 2_500
_ENOUGH = 100  # pairs of either answer; where a kind has fewer, all kinds are learnt from together


def common_words(shared: Path) -> list[tuple[str, int]]:
    """Words of names and in how many parties' names they stand, of all lists together; "*" is all parties."""
    counts: Counter[str] = Counter()
    parties = 0
    for found in pairs.entries(shared).values():
        parties += len(found)
        for entry in found:
            counts.update({w for n in entry.names for w in latin.ascii_words(n) if w.isalpha()})
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_MOST_WORDS]
    return [("*", parties), *((w, c) for w, c in ranked if c >= _LEAST_PARTIES)]


def measured(found: list[pairs.Pair], kind: str) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Feature -> value of each pair, read as its own kind or as any; and how the two are written."""
    rows, relations = [], []
    for pair in found:
        read = "any" if kind == "any" else pair.kind
        left, right = prepare(pair.left, read), prepare(pair.right, read)
        relations.append(relation(left, right))
        rows.append([m.value for m in measure(left, right)] if left.words and right.words else [0.0] * len(FEATURES))
    return dict(zip((f.__name__ for f in FEATURES), np.array(rows).T, strict=True)), np.array(relations)


def main() -> None:
    """Train, cross-validate, report and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder that holds data/lists and data/names")
    parser.add_argument("--report", action="store_true", help="write nothing")
    options = parser.parse_args()
    if not options.report:
        common = common_words(options.shared)  # before the file is opened: an empty one stops whoever reads it
        with gzip.open(DATA / "frequent.csv.gz", "wt", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(
                [("word", "parties", "source"), *((*row, SOURCE) for row in common)]
            )
    found = pairs.recipe(options.shared)
    listed = pairs.entries(options.shared)
    rng = random.Random(SEED)  # noqa: S311 - samples, not secrets
    found += rendered.firms(options.shared, listed["ofac-sdn"] + listed["us-csl"], rng, 6_000)
    kinds: dict[str, dict[str, Any]] = {}
    held: dict[pairs.Pair, float] = {}  # as in use: by the model of the pair's own kind, where there is one
    for kind in KINDS:
        given = found if kind == "any" else [p for p in found if p.kind == kind]
        chosen = [replace(p, kind=kind) for p in given]
        values, relations = measured(chosen, kind)
        for how in RELATIONS:
            name, rows = f"{kind} {how}", relations == how
            some = [p for p, kept in zip(chosen, rows, strict=True) if kept]
            own = {n: v[rows] for n, v in values.items()}
            if min(sum(p.same for p in some), sum(not p.same for p in some)) < _ENOUGH:
                kinds[name] = kinds.get(f"any {how}", {})
            elif options.report:
                chances = validate.report(name, some, own)
                held.update(zip([p for p, kept in zip(given, rows, strict=True) if kept], chances, strict=True))
            else:
                kinds[name] = written(fit.fit(own, *validate.labels(some)))
    if options.report:
        print("\nall kinds together")
        validate.bench(held)
    else:
        (DATA / "model.json").write_text(_written(kinds), encoding="utf-8")


def written(model: fit.Fitted) -> dict[str, Any]:
    """A model as it stands in the file: curves that say something."""
    curves = {
        n: {"knots": list(fit.CURVES[n][1]), "points": [round(p, 3) for p in points]}
        for n, points in model.points.items()
        if any(round(p, 3) for p in points)
    }
    return {"start": round(model.start, 3), "features": curves}


def _written(kinds: dict[str, dict[str, Any]]) -> str:
    """JSON with one feature a line, so that a change of one is seen as one."""
    lines = ['{"source": "' + SOURCE + '", "unit": "log-odds", "kinds": {']
    for kind, known in kinds.items():
        lines.append(f'"{kind}": {{"start": {known["start"]}, "features": {{')
        lines += [f"  {json.dumps(n)}: {json.dumps(c)}," for n, c in known["features"].items()]
        lines[-1] = lines[-1].removesuffix(",")
        lines.append("}},")
    lines[-1] = "}}"
    return "\n".join([*lines, "}}", ""])


if __name__ == "__main__":
    main()
