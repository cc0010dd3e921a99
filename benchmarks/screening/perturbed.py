"""Tasks: listed names written as they arrive."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from screening import data, metrics, perturb
from screening.figures import Figure
from screening.peers import process

if TYPE_CHECKING:
    from collections.abc import Sequence

    from screening.adapters import Contestant
    from screening.data import Listed

SEED = 20_260_227
EACH = 3  # changed forms of each UN name
ALERTS = 0.001
LEAST = 0.05  # a threshold of so few alerts lies far above
MILD = "the same, one change of letters or order"
MANY = "the same, changes a name:"
LIGHT = {"typo", "swap", "order", "homoglyph"}
PRECISION = 0.99
LIMIT = 250  # the default of sanctions-screening-benchmark
SAMPLE = 10_000  # negatives given to one that takes longer than SLOW for all
SLOW = {"logic-v1", "logic-v2"}


@cache
def un_and_sdn() -> Listed:
    """The names of the UN list and of the SDN list."""
    return data.listed("un") + data.listed("ofac-sdn")


def un(who: Contestant, *, quick: bool = False) -> list[Figure]:
    """UN names changed by benchmarks/screening/perturb.py, against 50,000 invented names, or a sample of them."""
    held = un_and_sdn()
    cases = perturb.perturbed_set(data.un_names(), EACH, SEED)
    right = data.right_answers([c.original for c in cases], held)
    known = [(c, r) for c, r in zip(cases, right, strict=True) if r]
    found = who.search([c.text for c, _ in known], held, "Person", least=LEAST)
    scores = np.array([a.score_of(r) for a, (_, r) in zip(found, known, strict=True)])
    negatives, sample = _negatives(quick=quick or who.name in SLOW)
    alarms = np.array([a.best for a in who.search(negatives, held, "Person", least=LEAST)])
    threshold = metrics.alert_threshold(alarms, ALERTS)
    hits = scores >= threshold
    note = (
        f"seed {SEED}, {EACH} forms of each name; {len(negatives):,} negatives{sample}, "
        f"{int((alarms >= threshold).sum())} alerts; threshold {threshold:.3f}"
    )
    low, high = metrics.bootstrap(lambda drawn: float(hits[drawn].mean()), len(hits), repeats=1_000)
    whole = Figure("un", "recall at 0.1 % false alerts", float(hits.mean()), "share", len(hits), low, high, note)
    return [whole, *_by_class([c for c, _ in known], hits)]


def _negatives(*, quick: bool) -> tuple[list[str], str]:
    names = data.negatives()
    if not quick:
        return names, ""
    drawn = np.random.default_rng(SEED).choice(len(names), SAMPLE, replace=False)
    return [names[i] for i in sorted(drawn)], f" of {len(names):,} (drawn with seed {SEED})"


def _by_class(cases: Sequence[perturb.Perturbed], hits: metrics.Truths) -> list[Figure]:
    # What a mild generator does, shown in the table: it can be held beside the figures of others who change names once.
    light = {MILD: [len(c.classes) == 1 and c.classes[0] in LIGHT for c in cases]}
    heavy = {f"{MANY} {n}": [len(c.classes) == n for c in cases] for n in perturb.COUNTS}
    classes = {f"with {k.__name__}": [k.__name__ in c.classes for c in cases] for k in perturb.CLASSES}
    out = []
    for what, chosen in {**light, **heavy, **classes}.items():
        held = np.array(chosen)
        share = float(hits[held].mean()) if held.any() else 0.0
        interval = metrics.wilson(int(hits[held].sum()), int(held.sum()))
        out.append(Figure("un", what, share, "share", int(held.sum()), *interval))
    return out


def sdn_persons(who: Contestant) -> list[Figure]:
    """Persons of the SDN list, changed by sanctions-screening-benchmark."""
    return _ssb(who, "Person")


def sdn_entities(who: Contestant) -> list[Figure]:
    """Organisations of the SDN list, changed by sanctions-screening-benchmark."""
    return _ssb(who, "Company")


def _ssb(who: Contestant, schema: str) -> list[Figure]:
    """As the package's authors score: a hit is the right entity first; an alert is any answer to a negative.

    Candidates are the entities of the cases, as theirs are; precision is hits over hits and alerts.
    """
    cases, pools = ssb_cases(schema)
    task = {"Person": "sdn_persons", "Company": "sdn_entities"}[schema]
    out = []
    for where, held in pools.items():
        found = who.search([c[0] for c in cases], held, schema)
        positive = np.array([c[1] is not None for c in cases])
        first = np.array([a.first_is(frozenset({c[1] or ""})) for a, c in zip(found, cases, strict=True)])
        scores = np.array([a.best for a in found])
        counted = first | ~positive  # a wrong entity is a miss and no alert, as the authors count
        value = metrics.recall_at_precision(scores[counted], first[counted], PRECISION, int(positive.sum()))
        interval = _interval(scores, first, positive)
        note = f"{int((~positive).sum())} negatives, seed 0, limit {LIMIT}"
        out.append(
            Figure(task, f"recall at precision .99, {where}", value, "share", int(positive.sum()), *interval, note)
        )
    return out


def _interval(scores: metrics.Scores, first: metrics.Truths, positive: metrics.Truths) -> tuple[float, float]:
    def again(drawn: metrics.Folds) -> float:
        kept = drawn[first[drawn] | ~positive[drawn]]
        return metrics.recall_at_precision(scores[kept], first[kept], PRECISION, int(positive[drawn].sum()))

    return metrics.bootstrap(again, len(scores), repeats=300)


@cache
def ssb_cases(schema: str) -> tuple[list[tuple[str, str | None, str]], dict[str, Listed]]:
    """Cases (query, entity or None, change), and what they are searched among."""
    held = data.listed("ofac-sdn")
    entities: dict[str, list[str]] = {}
    for name, entity, kind in zip(held.names, held.entities, held.schemas, strict=True):
        if kind == schema:
            entities.setdefault(entity, []).append(name)
    kind = {"Person": "individual", "Company": "entity"}[schema]
    rows = [[i, kind, names[0], names[1:]] for i, names in entities.items()]
    built = process().ask("perturb", entities=rows, limit=LIMIT, seed=0)
    chosen = frozenset(built["candidates"])
    own = held.only(e in chosen for e in held.entities)
    return [(q, e, c) for q, e, c in built["cases"]], {
        "among their own entities": own,
        "among the whole SDN list": held,
    }
