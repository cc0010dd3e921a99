"""Match rows gathered into cases, worst first: a pure function from rows of MATCHES to rows of CASES."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.words.translate import in_english
from entrepot.screening.contract import KINDS, STATES
from entrepot.vocabulary.regions.region_files import region_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Row = Mapping[str, Any]

_OF_THE_PARTY = ("party", "row", "country", "address", "identifier", "birth_year")
_STRENGTHS = ("certain", "possible")
_NOBODY: dict[str, Any] = {
    "state": "open",
    "changed": [],
    "decided_by": None,
    "decided_at": None,
    "decision_why": None,
    "redacted": [],
    "against": [],
    "decisions_counted": [],
}


def matches_by_case(matches: Iterable[Row]) -> dict[str, list[Row]]:
    """The matches of each case, the worst of them first.

    Args:
        matches: rows of MATCHES.
    """
    found: dict[str, list[Row]] = {}
    for match in matches:
        found.setdefault(match["case_id"], []).append(match)
    return {case: sorted(of, key=_worst_match) for case, of in found.items()}


@in_english
def cases(matches: Iterable[Row]) -> list[dict[str, Any]]:
    """The cases of matches, as if nobody had decided any, worst first.

    Args:
        matches: rows of MATCHES.

    Returns:
        Rows of CASES.
    """
    return worst_first([_case(of) for of in matches_by_case(matches).values()])


@in_english
def worst_first(found: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Cases as a person takes them up: by state, listings by score, parts of listed parties, then regions.

    Args:
        found: rows of CASES.
    """
    return sorted(found, key=_worst)


def _worst(case: Row) -> tuple[Any, ...]:
    strength = _STRENGTHS.index(case["strength"]) if case["strength"] else 0
    sort = STATES.index(case["state"]), KINDS.index(case["kind"])
    return (*sort, -(case["score"] or 0.0), strength, case["row"], case["case_id"])


def _worst_match(match: Row) -> tuple[Any, ...]:
    possible = match["strength"] == "possible"
    kind = KINDS.index(match["kind"])
    # Of equals the one whose own name was met: an order on two firms is called by both.
    other = match["met_name"] != match["listed_name"]
    return -(match["score"] or 0.0), kind, possible, other, match["row"], match["list_id"] or "", match["match_id"]


def _case(of: Sequence[Row]) -> dict[str, Any]:
    """The case of its matches, the worst first."""
    worst = of[0]
    return {
        "case_id": worst["case_id"],
        **_NOBODY,
        "kind": worst["kind"],
        "party_key": worst.get("party_key"),
        **{c: worst[c] for c in _OF_THE_PARTY},
        "rows": len({m["row"] for m in of}),
        **(_listed(of) if worst["kind"] != "region" else _placed(of)),
        "why": worst["reasons"][0] if worst["reasons"] else worst["basis"],
        "joined": list(dict.fromkeys(said for m in of if (said := m.get("joined")))),
        "match_ids": [m["match_id"] for m in of],
        "as_of": worst["as_of"],
    }


def _listed(of: Sequence[Row]) -> dict[str, Any]:
    worst = of[0]
    return {
        "listed_name": worst["listed_name"],
        "lists": list(dict.fromkeys(m["list_id"] for m in of)),
        "entities": list(dict.fromkeys(f"{m['list_id']}:{m['entity_id']}" for m in of)),
        "score": worst["score"],
        "met_name": worst["met_name"],
        "strength": worst["strength"],
    }


def _placed(of: Sequence[Row]) -> dict[str, Any]:
    worst = of[0]
    return {
        "listed_name": worst["place"] or worst["place_id"] or "",
        "lists": list(dict.fromkeys(region_of(m["place_id"] or "") or "region" for m in of)),
        "entities": list(dict.fromkeys(m["place_id"] or "" for m in of)),
        "score": None,
        "met_name": None,
        "strength": worst["strength"],
    }
