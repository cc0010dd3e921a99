"""Accuracy of the reader of reports on its gold set, by field; of the held part no row is ever shown."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from claims_gold import FIELDS, Score, score
from claims_verdicts import BORNE_OUT, RED, counted

if TYPE_CHECKING:
    from accuracy.floors import Figures

LANGUAGES = ("en", "zh", "ru")
LEAST = 10  # labels of a field: of fewer a share says nothing that a single case does not


@cache
def _scores(part: str) -> dict[str, Score]:
    return dict(score(part))


def _both(name: str, one: Score, field: str) -> Figures:
    tally = one.fields[field]
    return {f"{name}, {side}": (getattr(tally, side), tally.labelled) for side in ("precision", "recall")}


def part(name: str) -> Figures:
    """Precision and recall by field, of whole claims by language, and what is read where nothing stands."""
    scores = _scores(name)
    every = scores["all"]
    found: dict[str, tuple[float, int]] = {}
    for field in ("claim", *FIELDS, "whole claim"):
        if every.fields[field].labelled >= LEAST:
            found |= _both(field, every, field)
    for language in LANGUAGES:
        found |= _both(f"whole claim in {language}", scores[language], "whole claim")
    found |= _both("unread with its reason", every, "unread with its reason")
    return found | {
        "false reads": (every.false_reads / every.empty, every.empty),
        "listed as unread where nothing stands": (every.false_unread / every.empty, every.empty),
    }


def verdicts(name: str) -> Figures:
    """Contradictions that are right, errors found so or shown with rows that differ, right figures that stand."""
    found = counted(name)
    red = sum(n for (_, verdict), n in found.items() if verdict == RED)
    of = {label: sum(n for (stands, _), n in found.items() if stands == label) for label in ("wrong", "right", "open")}
    borne_out = sum(found["right", verdict] for verdict in BORNE_OUT)
    figures = sum(found.values())
    return {
        "contradictions that are none": ((red - found["wrong", RED]) / figures, figures),
        "errors contradicted": (found["wrong", RED] / of["wrong"], of["wrong"]),
        "errors contradicted, or shown with rows that differ": (
            (found["wrong", RED] + found["wrong", "differs"]) / of["wrong"],
            of["wrong"],
        ),
        "right figures borne out": (borne_out / of["right"], of["right"]),
    }


SETS = {
    "claims/develop": lambda: part("develop"),
    "claims/held": lambda: part("held"),
    "claims/verdicts, develop": lambda: verdicts("develop"),
    "claims/verdicts, held": lambda: verdicts("held"),
}
