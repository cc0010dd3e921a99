"""What to expect at each lowest score: names found that were changed or short, and alerts on parties of no list."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from entrepot.names.reading.prepare import prepare
from screening import data, metrics, perturb, perturbed

if TYPE_CHECKING:
    from pathlib import Path

    from screening.adapters import Contestant

THRESHOLDS = (0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.9, 0.95)
INVENTED = 10_000  # every fifth of the invented names
# As `entrepot screen` asks where neither the file nor `--kind` says that a party is a person: a vessel MARTINA meets
# Martina Arias. Known to be persons, the same names give some two fifths of the alerts.
ASKED = "LegalEntity"


def write(who: Contestant, path: Path) -> None:
    """Write the rows as JSON, for the table in the documentation."""
    held = perturbed.un_and_sdn()
    cases = perturb.perturbed_set(data.un_names(), 1, perturbed.SEED)
    right = data.right_answers([c.original for c in cases], held)
    found = who.search([c.text for c in cases], held, ASKED, least=perturbed.LEAST)
    scores = np.array([a.score_of(r) for a, r in zip(found, right, strict=True) if r])
    invented = data.negatives()
    invented = invented[:: max(1, len(invented) // INVENTED)]
    alarms = np.array([a.best for a in who.search(invented, held, ASKED, least=perturbed.LEAST)])
    pairs = data.name_bench()
    judged = who.score_pairs([(p.left, p.right) for p in pairs], [p.schema for p in pairs])
    same = np.array([p.same for p in pairs])
    short, companies = _firms(who)
    kept = {
        "listed_names": len(held),
        "changed_names": len(scores),
        "invented_names": len(alarms),
        "labelled_pairs": len(pairs),
        "short_names": len(short),
        "companies": len(companies),
        "rows": [
            _row(t, scores, alarms, judged, same)
            | {"short_found": float((short >= t).mean()), "companies_met": int((companies >= t).sum())}
            for t in THRESHOLDS
        ],
    }
    path.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def _firms(who: Contestant) -> tuple[metrics.Scores, metrics.Scores]:
    """Scores of UFLPA entities asked by short names, and best scores of Chinese companies held against that list."""
    held = data.uflpa()[1]
    short = [(s, e) for n, e in zip(held.names, held.entities, strict=True) if n.isascii() and (s := _short(n))]
    found = who.search([s for s, _ in short], held, ASKED, least=perturbed.LEAST)
    met = who.search(data.chinese_companies(), held, ASKED, least=perturbed.LEAST)
    right = [a.score_of(frozenset({e})) for a, (_, e) in zip(found, short, strict=True)]
    return np.array(right), np.array([a.best for a in met])


def _short(name: str) -> str:
    """A firm's name without place and legal form; empty where nothing of its own is left, or nothing was left out."""
    words = prepare(name, "company").words
    kept = [w for w in words if w.kind != "place"]
    telling = len(kept) > 1 and any(w.kind == "core" for w in kept)
    return " ".join(w.shown for w in kept).title() if telling and len(kept) < len(words) else ""


def _row(
    least: float, scores: metrics.Scores, alarms: metrics.Scores, judged: metrics.Scores, same: metrics.Truths
) -> dict[str, float | None]:
    accepted = judged >= least
    precision, recall, _ = metrics.rates(accepted, same)
    return {
        "least": least,
        "changed_found": float((scores >= least).mean()),
        "alerts_per_10000": float(10_000 * (alarms >= least).mean()),
        "labelled_right": precision if accepted.any() else None,
        "labelled_found": recall,
    }
