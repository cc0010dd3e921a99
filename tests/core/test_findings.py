"""Findings: the id says what the finding says, and nothing of the run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.core import contract, findings
from entrepot.core.findings import Ground, make, plain

GROUNDS = [Ground("observations", "O0001", "s-1"), Ground("observations", "O0002", "s-2")]


def _one(**change):
    base = {
        "kind": "number",
        "subject": "Khunjerab",
        "quantity": "vehicles",
        "value": 11000,
        "basis": "as printed",
        "grounds": GROUNDS,
    }
    return make(**{**base, **change})


def test_the_keys_are_those_of_the_house_in_order() -> None:
    keys = [
        "id",
        "kind",
        "subject",
        "quantity",
        "value",
        "unit",
        "period_start",
        "period_end",
        "as_of",
        "status",
        "low",
        "high",
        "basis",
        "sources",
    ]
    assert list(findings.FINDINGS.names) == keys


def test_the_id_is_the_same_on_every_run_and_in_any_order_of_grounds() -> None:
    assert _one().id == _one(grounds=reversed(GROUNDS)).id == _one(grounds=[*GROUNDS, GROUNDS[0]]).id


@pytest.mark.parametrize(
    "change",
    [
        {"value": 11001},
        {"unit": "vehicles"},
        {"period": ("2024", "2024")},
        {"basis": "other"},
        {"low": 1.0},
        {"grounds": GROUNDS[:1]},
        {"status": "estimated"},
        {"as_of": "2024-12-02"},
        {"subject": "Khorgos"},
    ],
)
def test_the_id_changes_with_anything_said(change: dict) -> None:
    assert _one(**change).id != _one().id


def test_the_rows_keep_the_contract_and_a_doubled_finding_stands_once() -> None:
    rows = findings.rows([_one(), _one(), _one(value=2)])
    assert contract.table(findings.FINDINGS, rows).num_rows == 2
    assert contract.table(findings.GROUNDS, findings.ground_rows([_one(), _one(value=2)])).num_rows == 4


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15))
def test_a_plain_number_keeps_twelve_digits_and_has_no_exponent(value: float) -> None:
    text = plain(value)
    assert "e" not in text
    assert float(text) == pytest.approx(value, rel=1e-11, abs=1e-12)
