"""The first report, from the shelf: what issue 4 asks of it is read. Figures only; nothing of its text stands here."""

from __future__ import annotations

from datetime import date

import pytest

from entrepot.claims.open import open_report
from entrepot.claims.read import read

PUBLISHED = date(2024, 12, 5)
GROWTH = ("2024-04-01", "2024-10-31")
# subject, quantity, value, unit, comparison, period
WANTED = [
    ("uflpa-entity-list", "batches.added", 29, "entities", "none", ("2024-11-01", "2024-11-30")),
    ("uflpa-entity-list", "batches.added", 29, "entities", "largest", (None, None)),
    ("khunjerab", "vehicles", 11_000, "vehicles", "none", GROWTH),
    ("khunjerab", "cargo", 40_900, "tonnes", "none", GROWTH),
    ("khunjerab", "vehicles", 42.6, "percent", "yoy", GROWTH),
    ("khunjerab", "cargo", 72.7, "percent", "yoy", GROWTH),
    ("khunjerab", "rules.season", None, None, "none", (None, None)),
    ("pakistan", "chinese_killed_in_attacks", 2, "persons", "none", ("2024-10-01", "2024-10-31")),
    ("khorgos-cooperation-centre", "rules.duty_free_allowance", 8_000, "CNY", "none", (None, None)),
    ("khorgos-cooperation-centre", "rules.duty_free_allowance", 1_104, "USD", "conversion", (None, None)),
    ("xinjiang", "trade_value", 283.67e9, "CNY", "none", ("2023-01-01", "2023-12-31")),
    ("xinjiang", "trade_value", 50, "percent", "yoy", ("2023-01-01", "2023-12-31")),
    ("Volkswagen", "event.exit", None, None, "none", ("2024-11-01", "2024-11-30")),
    ("Volkswagen", "event.exit", None, None, "none", (None, None)),
    ("eu-csddd", "effect.import_ban", None, None, "none", (None, None)),
    ("uflpa", "effect.import_ban", None, None, "none", (None, None)),
    ("ofac-xinjiang", "event.designation", None, None, "none", ("2024-11-01", "2024-11-30")),
]


@pytest.mark.shared
def test_what_the_issue_asks_is_read_and_nothing_else(shared):
    report = open_report(shared / "seed" / "article.txt", published=PUBLISHED)
    claims = read(report)
    found = {
        (c.subject, c.quantity, c.value, c.unit, c.comparison, (c.period_start, c.period_end))
        for c in claims
        if c.unread_reason is None
    }
    assert found == set(WANTED)
    assert [c.text for c in claims if c.unread_reason] == []
    assert len([c for c in claims if c.quantity == "rules.season"]) == 2


@pytest.mark.shared
def test_the_article_says_not_when_it_was_published_and_is_not_dated_today(shared):
    report = open_report(shared / "seed" / "article.txt")
    assert (report.published, report.published_basis) == (None, "none")
