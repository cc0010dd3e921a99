"""Accuracy of the matcher of names: labelled pairs, names in other scripts, changed names, brands of Chinese firms."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import numpy as np

from entrepot.screening.runs.run import MIN_SCORE
from screening import damage, data, labelled, metrics, perturb, perturbed, retrieval, scripts
from screening.adapters import Entrepot

if TYPE_CHECKING:
    from accuracy.floors import Figures
    from screening.figures import Figure

CHINESE = data.ROOT / "tests" / "names" / "chinese_pairs.csv"
MATCH = 0.8  # a desk need not look twice at what scores as much
DAMAGED, DAMAGED_SEED = 80, 20_261_127  # names a kind, in three seconds
INVENTED = 2_500  # of 50,000: enough that some reach the lowest score, and few enough for ten seconds


def _of(figures: list[Figure]) -> Figures:
    return {f.what: (f.value, f.count) for f in figures}


def name_bench() -> Figures:
    """F1 and recall of labelled pairs, by thresholds of other pairs and by the default one."""
    return _of(labelled.name_bench(Entrepot()))


def cyrillic() -> Figures:
    """Persons in Cyrillic among the Latin names of their file."""
    return _of(scripts.among_the_file(Entrepot(), "cyrillic"))


def arabic() -> Figures:
    """Persons in Arabic script, likewise."""
    return _of(scripts.among_the_file(Entrepot(), "arabic"))


def han() -> Figures:
    """Companies in Chinese, likewise."""
    return _of(scripts.among_the_file(Entrepot(), "han"))


def uflpa() -> Figures:
    """Chinese names of UFLPA entities among the Latin names of the list itself."""
    queries, held = data.uflpa()
    found = Entrepot().search([q for q, _ in queries], held, "Company")
    first = [a.first_is(frozenset({entity})) for a, (_, entity) in zip(found, queries, strict=True)]
    return {"right answer first": (sum(first) / len(first), len(first))}


def changed() -> Figures:
    """UN names in one changed form each, and invented names, among the UN list, at the lowest score of a match."""
    held, who = data.listed("un"), Entrepot()
    cases = perturb.perturbed_set(data.un_names(), 1, perturbed.SEED)
    right = data.right_answers([c.original for c in cases], held)
    known = [(c, r) for c, r in zip(cases, right, strict=True) if r]
    found = who.search([c.text for c, _ in known], held, "Person", least=MIN_SCORE)
    hits = np.array([a.score_of(r) > 0 for a, (_, r) in zip(found, known, strict=True)])
    once = np.array([len(c.classes) == 1 for c, _ in known])
    names = data.negatives()
    drawn = np.random.default_rng(perturbed.SEED).choice(len(names), INVENTED, replace=False)
    alerts = sum(bool(a.entities) for a in who.search([names[i] for i in drawn], held, "Person", least=MIN_SCORE))
    return {
        "found": (float(hits.mean()), len(hits)),
        "found, one change": (float(hits[once].mean()), int(once.sum())),
        "invented names that raise an alert": (alerts / INVENTED, INVENTED),
    }


def chinese_firms() -> Figures:
    """Chinese firms among each other's English names; a quarter or so are names of their own (金地 is Gemdale).

    As the firms print them in their annual reports, from general knowledge and drawn from no list.
    """
    with CHINESE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    held = data.Listed(
        tuple(r["english"] for r in rows), tuple(str(i) for i in range(len(rows))), ("Company",) * len(rows)
    )
    found = Entrepot().search([r["chinese"] for r in rows], held, "Company")
    first = np.array([a.first_is(frozenset({str(i)})) for i, a in enumerate(found)])
    best = np.array([a.best for a in found])
    precision, _, _ = metrics.rates(best >= MATCH, first)
    return {
        "right answer first": (float(first.mean()), len(first)),
        "above the score of a match, precision": (precision, len(first)),
        "above the score of a match, found": (float((first & (best >= MATCH)).mean()), len(first)),
    }


def damaged() -> Figures:
    """Names of two lists joined, split, cut, mistyped, scanned badly: brought up where the pair scores, and found."""
    held = data.listed("un") + data.listed("ofac-nonsdn")
    index, out = retrieval.index_of(held), dict[str, tuple[float, int]]()
    for kind in damage.KINDS:
        found = retrieval.measured(index, held, retrieval.drawn(held, kind, retrieval.Drawn(DAMAGED_SEED, DAMAGED)))
        out[f"{kind}, scoring .8"] = (found.scoring / found.cases, found.cases)
        out[f"{kind}, not lost by the search"] = (1 - len(found.lost) / found.cases, found.cases)
        out[f"{kind}, found"] = (found.found / found.cases, found.cases)
    return out


SETS = {
    "names/damaged": damaged,
    "names/name_bench": name_bench,
    "names/cyrillic": cyrillic,
    "names/arabic": arabic,
    "names/han": han,
    "names/uflpa in Chinese": uflpa,
    "names/changed": changed,
    "names/Chinese firms": chinese_firms,
}
