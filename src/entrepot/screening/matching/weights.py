"""What is known beside the names is worth: points in log-odds, read from data/points.csv, each with its reason."""

from __future__ import annotations

from functools import cache
from math import log

from entrepot.core.tables.packaged import packaged_rows
from entrepot.lists.listed_name import PROBABLE
from entrepot.names.comparing.scoring_model import probability
from entrepot.screening.contract import POINTS

# Birth year and country raise a score only of names that by themselves are as likely one as not: among 10,000
# invented names 559 meet a listed one at .5 (docs/screening.md), and one in thirty shares a year of birth by chance.
LEAST_NAME = 0.5
_HIGHEST = 0.9999  # of names that are not one text, as in names/comparing/score.py
_DIGITS = 6  # as in names/comparing/score.py


@cache
def at_most(name_kind: str) -> float:
    """The highest score that a name of this kind can give by itself, in [0, 1]."""
    return round(probability(points()["name", "probable"]), _DIGITS) if name_kind == PROBABLE else 1.0


@cache
def points() -> dict[tuple[str, str], float]:
    """(feature, outcome) -> points in log-odds."""
    return {(r["feature"], r["outcome"]): r["points"] for r in packaged_rows(POINTS)}


def most() -> float:
    """The most that birth year and country together can add."""
    return points()["birth_year", "same"] + points()["country", "same"]


def least_name(min_score: float, gain: float) -> float:
    """The lowest score of a name that other points can raise to a match.

    Args:
        min_score: lowest score of a match, in [0, 1].
        gain: the most that they can add, in log-odds.
    """
    if not 0 < min_score < 1 or not gain:
        return min_score
    return min(min_score, max(LEAST_NAME, probability(log(min_score / (1 - min_score)) - gain)))


def weighed(name_score: float, name_points: float, added: float) -> float:
    """The score of a name with what is known beside it.

    Args:
        name_score: of the name alone, in [0, 1]; 1 for one text.
        name_points: the log-odds of the name's features.
        added: log-odds of all else; 0 where nothing else is known.

    Returns:
        A score in [0, 1]: no lower than the name's where points were added, no higher where they were taken.
    """
    if not added:
        return name_score
    found = round(min(_HIGHEST, probability(name_points + added)), _DIGITS)
    return max(name_score, found) if added > 0 else min(name_score, found)
