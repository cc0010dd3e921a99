"""What stands behind a match: the listing, the reasons, the evidence, and whether it comes out the same today."""

from __future__ import annotations

import json
from math import exp
from typing import TYPE_CHECKING, Any

from entrepot.core.words.translate import apart, tr
from entrepot.screening.matching.score_evidence import redone
from entrepot.sources.explanation import Explanation, fields, printed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.core.shown import Look

    Row = Mapping[str, Any]

_APART = ("evidence", "rule", "list_sha256")
_ROUNDED = 1e-5  # scores carry six digits, points four


def explain(match: Row, look: Look) -> Explanation:
    """Explain a match: its reasons are the rule, the listing is the row, its evidence redoes the score.

    Args:
        match: a row of `matches`.
        look: where the listing is found.
    """
    from entrepot.screening.runs.results import unchanged

    entity = match.get("entity_id")
    listing = look.row("listings", str(entity)) if entity else None
    reasons = match.get("reasons") or [str(match.get("basis") or "")]
    proof = json.loads(match["evidence"]) if match.get("evidence") else None
    return Explanation(
        id=str(match["match_id"]),
        kind="match",
        says=match,
        rule=" ".join(str(r) for r in reasons),
        rows=(("listings", listing),) if listing else (),
        sources=tuple(look.sources[s] for s in (str(match.get("source_id")),) if s in look.sources),
        evidence=proof,
        checks=tuple(filter(None, (redone(match), unchanged(dict(match))))),
        told=() if proof is None else tuple(_evidence(match, proof)),
        apart=_APART,
    )


def _evidence(match: Row, proof: Row) -> list[str]:
    """The match from the query to the score: what was compared, by which rule, what each feature added."""
    version = tr(", of {list_as_of}", list_as_of=match["list_as_of"]) if match.get("list_as_of") else ""
    facts = {
        "query": match.get("party") or tr("no name"),
        "met name": match["met_name"],
        "list": f"{match['list_id']}{version}",
        "hash": match.get("list_sha256") or tr("not known"),
        "rule": tr(
            "{rule}, Entrepot {entrepot}, names compared as {kind}",
            rule=match["rule"],
            entrepot=proof["entrepot"],
            kind=proof["kind"],
        ),
    }
    total = proof["start"] + sum(f["points"] for f in proof["features"])
    wide = max([len("feature"), *(len(f["feature"]) for f in proof["features"])])
    table = [f"  {'feature':<{wide}}  {'value':>8}  {'points':>8}  words"]
    table.append(f"  {'start':<{wide}}  {'':>8}  {proof['start']:>+8.3f}")
    for f in proof["features"]:
        words = apart(printed(", ".join(f.get("words", ()))))
        table.append(f"  {f['feature']:<{wide}}  {f['value']:>8.3f}  {f['points']:>+8.3f}  {words}")
    table.append(f"  {'sum':<{wide}}  {'':>8}  {total:>+8.3f}  probability {_probability(total):.6f}")
    shown = [line.rstrip() for line in table]
    return [
        tr("Evidence"),
        *fields(facts),
        "",
        *shown,
        tr("  score {score}{bounded}", score=match["score"], bounded=_bounded(match, total)),
    ]


def _probability(log_odds: float) -> float:
    return 1 / (1 + exp(-log_odds)) if log_odds > 0 else exp(log_odds) / (1 + exp(log_odds))


def _bounded(match: Row, total: float) -> str:
    """Why the score is not the probability of the sum, where it is not."""
    if abs(float(match["score"]) - _probability(total)) < _ROUNDED:
        return ""
    return (
        tr(": the two names are one text") if match["score"] == 1 else tr(": bounded, for names that are not one text")
    )
