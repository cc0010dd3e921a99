"""The words of a card against the rows of the record, read here by themselves."""

from __future__ import annotations

import csv
import re
from importlib.resources import files

import pytest

from entrepot.brief.card import card

SCALES = {"million": 1e6, "billion": 1e9, "trillion": 1e12}


def read(text):
    """The first number of a text, with its word of scale."""
    sign, digits, word = re.search(r"([-\u2212]?)(\d[\d,]*(?:\.\d+)?)(?: (million|billion|trillion))?", text).groups()
    return (-1 if sign else 1) * float(digits.replace(",", "")) * SCALES.get(word, 1)


def test_what_was_printed_is_said_with_office_day_and_quality(uflpa):
    with files("entrepot.corridors").joinpath("data/observations.csv").open(encoding="utf-8") as handle:
        rows = {r["id"]: r for r in csv.DictReader(handle)}
    assert uflpa.report.printed
    for id_, said in uflpa.report.printed.items():
        if id_.startswith("batch-"):
            continue
        row = rows[id_]
        assert any(read(said) == pytest.approx(float(row[c]), rel=1e-9) for c in ("value", "value_norm")), said
        assert row["reported_by"] in said
        assert row["quality"] in said
        assert (row["published"][:4] or "day of print not recorded") in said


def test_a_contradiction_shows_both_figures(uflpa):
    from entrepot.brief.report import figures_of

    found = [f for f in figures_of(uflpa.report) if f.kind == "conflict"]
    held = [card(f, uflpa.report.printed) for f in found if all(g.table == "observations" for g in f.grounds)]
    assert held
    assert all(len(c.printed) >= 2 for c in held)


def test_ends_stand_where_a_figure_has_two(uflpa):
    from entrepot.brief.report import figures_of

    for finding in figures_of(uflpa.report):
        both = finding.low is not None and finding.high is not None and finding.low < finding.high
        assert bool(card(finding, {}).ends) == both


def test_a_card_is_a_sentence_with_its_notice_and_each_row_is_a_link(uflpa):
    from entrepot.brief.report import figures_of

    listed = [f for f in figures_of(uflpa.report) if f.quantity == "entities listed"]
    told = card(next(f for f in listed if f.period_start == "2025-01-15"), uflpa.report.printed)
    assert told.said == "The UFLPA list held 144 entities on 15 January 2025."
    with files("entrepot.lists").joinpath("data/batches.csv").open(encoding="utf-8") as handle:
        (notice,) = (r for r in csv.DictReader(handle) if r["id"] == "batch-uflpa-2025-01-15")
    assert notice["notice"] in told.printed[0]
    assert notice["names_from"] in told.printed[0]
    assert re.search(r'<a href="https?://[^"]+">batches/batch-uflpa-2025-01-15</a>', uflpa.html)


def test_every_card_says_when_in_words_of_a_sentence(uflpa):
    from entrepot.brief.report import figures_of

    said = [card(f, {}).said for f in figures_of(uflpa.report) if f.kind == "number"]
    assert all(re.search(r" (came to|held|took in) ", s) and s.endswith(".") for s in said)
    assert not [s for s in said if re.search(r"\b(from|in|on) (in|on|from|since) ", s)]
