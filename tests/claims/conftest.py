"""Claims built from fields, in the shape in which the reader hands them over; the sentences are ours."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from entrepot.claims.held import held
from entrepot.claims.judge import judge
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


def month(year: int, number: int) -> dict[str, str]:
    last = {2: 28, 4: 30, 6: 30, 9: 30, 11: 30}.get(number, 31)
    return {
        "period_start": f"{year}-{number:02}-01",
        "period_end": f"{year}-{number:02}-{last}",
        "period_basis": "relative",
    }


SEASON = {"period_start": "2024-04-01", "period_end": "2024-10-31", "period_basis": "relative"}
PASSAGE = {"subject": "khunjerab", "direction": "both", **SEASON}
YEAR_2023 = {"period_start": "2023-01-01", "period_end": "2023-12-31", "period_basis": "stated"}
TRADE = {"subject": "xinjiang", "partner": "Central Asia five", "quantity": "trade_value", "direction": "both"}
ALLOWANCE = {"subject": "khorgos-cooperation-centre", "quantity": "rules.duty_free_allowance", "per": "day"}
LISTED = {"subject": "uflpa-entity-list", "quantity": "batches.added", "value": 29, "unit": "entities"}
_ALLOWED = "A shopper may take home goods of 8,000 yuan (US$1,104) free of duty each day."
_SOLD = "The carmaker Volkswagen said that it would sell its plant."
_SHUT = "Volkswagen is closing its plant."

SHOW = {
    "listed": claim("29 companies", **LISTED, **month(2024, 11)),
    "largest": claim("29 companies", **LISTED, **month(2024, 11), comparison="largest"),
    "vehicles": claim("11,000", **PASSAGE, quantity="vehicles", value=11000, unit="vehicles", bound="over"),
    "cargo": claim("40,900 tonnes", **PASSAGE, quantity="cargo", value=40900, unit="tonnes"),
    "vehicles grew": claim("42.6", **PASSAGE, quantity="vehicles", value=42.6, unit="percent", comparison="yoy"),
    "cargo grew": claim("72.7 per cent", **PASSAGE, quantity="cargo", value=72.7, unit="percent", comparison="yoy"),
    "closed before": claim(
        "closed from December to March",
        sentence="In the past the pass was closed from December to March.",
        subject="khunjerab",
        quantity="rules.season",
        status="rule",
    ),
    "open now": claim("year-round", subject="khunjerab", quantity="rules.season", status="rule"),
    "killed": claim(
        "two Chinese nationals",
        sentence="In October two Chinese nationals were killed at the airport of Karachi.",
        subject="pakistan",
        where="airport of Karachi",
        quantity="chinese_killed_in_attacks",
        value=2,
        unit="persons",
        **month(2024, 10),
    ),
    "allowance": claim(
        "up to 8,000 yuan", sentence=_ALLOWED, **ALLOWANCE, value=8000, unit="CNY", bound="up_to", status="rule"
    ),
    "in dollars": claim(
        "US$1,104", sentence=_ALLOWED, **ALLOWANCE, value=1104, unit="USD", status="rule", bound="up_to",
        comparison="conversion",
    ),
    "trade": claim("283.67 billion yuan", **TRADE, **YEAR_2023, value=283.67e9, unit="CNY"),
    "trade grew": claim("50 per cent", **TRADE, **YEAR_2023, value=50, unit="percent", comparison="yoy"),
    "sale": claim(
        "sell its plant", sentence=_SOLD, subject_kind="outside", subject="Volkswagen", where="Urumqi",
        quantity="event.exit", **month(2024, 11),
    ),
    "closing": claim(
        "closing its plant", sentence=_SHUT, subject_kind="outside", subject="Volkswagen", quantity="event.exit"
    ),
    "ban": claim(
        "banning goods", subject_kind="measure", subject="eu-csddd", quantity="effect.import_ban", status="rule"
    ),
    "sanctions": claim(
        "in November", sentence="The sanctions on officials of November.", subject="xinjiang",
        quantity="event.designation", **month(2024, 11),
    ),
}  # fmt: skip


@pytest.fixture(scope="session")
def show() -> dict[str, Claim]:
    """The claims of the first report, from fields."""
    return SHOW


@pytest.fixture(scope="session")
def published() -> date:
    return PUBLISHED


@pytest.fixture(scope="session")
def make():
    """Builds a claim from its span and its fields."""
    return claim


@pytest.fixture(scope="session")
def whole(record):
    """The record as the judge uses it."""
    return held(record)


@pytest.fixture(scope="session")
def judged(whole):
    """The claims of the first report with their verdicts, by name."""
    return dict(zip(SHOW, judge(list(SHOW.values()), whole, PUBLISHED), strict=True))
