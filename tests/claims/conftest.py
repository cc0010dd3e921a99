"""Claims built from fields, in the shape in which the reader hands them over; the sentences are ours."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest

from entrepot.claims.check import check
from entrepot.claims.model import Claim, identified

sys.path.insert(0, str(Path(__file__).parent))  # helpers of this folder are imported by name

PUBLISHED = date(2024, 12, 5)
_SHA = "0" * 64
_PLACES = count(0, 50)


def claim(text: str, *, sentence: str = "", **fields) -> Claim:
    """A claim; its sentence is its span unless given."""
    start = next(_PLACES)
    base = Claim("", start, start + len(text), text, sentence or text, subject_kind="place")
    return identified(replace(base, **fields), _SHA)


SEASON = {"period_start": "2024-04-01", "period_end": "2024-10-31", "period_basis": "relative"}
PASSAGE = {"subject": "khunjerab", "direction": "both", "verdict": "agrees", **SEASON}
SHOW = {
    "vehicles": claim(
        "11,000", **PASSAGE, quantity="vehicles", value=11000, unit="vehicles", bound="over", against=("O0001",)
    ),
    "cargo": claim("40,900 tonnes", **PASSAGE, quantity="cargo", value=40900, unit="tonnes", against=("O0002",)),
}


@pytest.fixture(scope="session")
def show() -> dict[str, Claim]:
    """Two claims that agree, from fields."""
    return SHOW


@pytest.fixture(scope="session")
def published() -> date:
    return PUBLISHED


@pytest.fixture(scope="session")
def make():
    """Builds a claim from its span and its fields."""
    return claim


@pytest.fixture
def rows(tmp_path):
    """Checks a report of a few sentences and gives its claims by what stands in their spans."""

    def held(text, published):
        file = tmp_path / "report.txt"
        file.write_text(text + "\n", encoding="utf-8")
        return {c["text"]: SimpleNamespace(**c) for c in check(file, published=published).claims.to_pylist()}

    return held
