"""`python -OO` takes docstrings and asserts away; what is found, said and explained stays the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

SUPPLIERS = Path(__file__).parents[2] / "docs" / "examples" / "suppliers.csv"
SCREEN = ("screen", SUPPLIERS, "--as-of", "2026-08-04", "--format", "json")


@pytest.fixture
def stripped(tmp_path):
    """What makes an interpreter run as with -OO, its compiled files kept apart from those of everybody else."""
    return {"PYTHONOPTIMIZE": "2", "PYTHONPYCACHEPREFIX": str(tmp_path / "compiled")}


@pytest.mark.slow
def test_a_screening_and_its_explanation_do_not_need_docstrings(run_cli, stripped):
    plain, bare = run_cli(*SCREEN), run_cli(*SCREEN, env=stripped)
    assert (bare.code, bare.stdout) == (plain.code, plain.stdout)
    matches = [m for m in json.loads(plain.stdout) if m["kind"] == "listing"]
    assert matches
    told, told_bare = (run_cli("explain", matches[0]["match_id"], env=e) for e in ({}, stripped))
    assert (told_bare.code, told_bare.stdout) == (0, told.stdout)
    assert matches[0]["reasons"][0] in told_bare.stdout
