"""Match rows of invented parties, and decisions on them, without a screening."""

from __future__ import annotations

import json

import pytest

from entrepot.decisions.case_grounds import grounds
from entrepot.decisions.decide import decide
from entrepot.decisions.decisions_file import Decision
from entrepot.decisions.ledger.kept_ledger import ledger
from entrepot.decisions.standing import docket

CASE = "case-00000000000a"


def match_row(**more):
    """A row of MATCHES, as far as a decision rests on it."""
    features = [{"feature": "words", "value": 1.0, "points": 3.25, "words": ["zyxwvut", "brask"]}]
    said = {
        "kind": "listing",
        "party": "Zyxwvut Brask Ltd",
        "country": "GB",
        "address": "1 Mill Lane, Leeds",
        "identifier": None,
        "birth_year": None,
        "score": 0.8712,
        "list_id": "own-one",
        "entity_id": "f1",
        "listed_name": "Brask Holdings",
        "met_name": "Zyxwvut Brask",
        "name_kind": "alias",
        "section": "A",
        "valid_from": "2020-01-01",
        "valid_to": None,
        "status": "in_force",
        "basis": "name",
        "place_id": None,
        "place": None,
        "span": None,
        "strength": None,
        "entry": "entry-00000000000a",
        "evidence": json.dumps({"entrepot": "0.1.0", "kind": "company", "start": -3.0, "features": features}),
        "list_as_of": "2026-01-05",
        "list_sha256": "0" * 64,
        "rule": "rule-1-000000000000",
        "reasons": ["The same words stand in both."],
    }
    return said | more


@pytest.fixture
def place(tmp_path):
    """A store with nothing in it."""
    folder = tmp_path / "store"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def say(place):
    """Decide a case on match rows, as somebody."""

    def said(verdict, *rows, case=CASE, by="Ann Bee", why="another firm", seen=None):
        one = Decision(case, verdict, by, why, seen)
        return decide(place, [one], {case: grounds(rows or (match_row(),))})

    return said


@pytest.fixture
def row():
    """Makes a row of MATCHES."""
    return match_row


@pytest.fixture
def standing(place):
    """Where a case stands, resting on match rows."""

    def found(*rows, case=CASE, four_eyes=False):
        return docket(ledger(place), four_eyes=four_eyes).standing(case, grounds(rows or (match_row(),)))

    return found
