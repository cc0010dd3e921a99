"""What to expect at each lowest score: alerts on invented names, changed names found, labelled pairs judged."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from screening import data, metrics, perturb, perturbed

if TYPE_CHECKING:
    from pathlib import Path

    from screening.adapters import Contestant

THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
INVENTED = 10_000  # every fifth of the invented names


def write(who: Contestant, path: Path) -> None:
    """Write the rows as JSON, for the table in the documentation."""
    held = perturbed.un_and_sdn()
    cases = perturb.perturbed_set(data.un_names(), 1, perturbed.SEED)
    right = data.right_answers([c.original for c in cases], held)
    found = who.search([c.text for c in cases], held, "Person", least=perturbed.LEAST)
    scores = np.array([a.score_of(r) for a, r in zip(found, right, strict=True) if r])
    invented = data.negatives()
    invented = invented[:: max(1, len(invented) // INVENTED)]
    alarms = np.array([a.best for a in who.search(invented, held, "Person", least=perturbed.LEAST)])
    pairs = data.name_bench()
    judged = who.score_pairs([(p.left, p.right) for p in pairs], [p.schema for p in pairs])
    same = np.array([p.same for p in pairs])
    kept = {
        "listed_names": len(held),
        "changed_names": len(scores),
        "invented_names": len(alarms),
        "labelled_pairs": len(pairs),
        "rows": [_row(t, scores, alarms, judged, same) for t in THRESHOLDS],
    }
    path.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


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
