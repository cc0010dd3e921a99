"""The words of a card against the rows of the record, read here by themselves."""

from __future__ import annotations

import csv
import re
from importlib.resources import files

import pytest

from entrepot.brief.cards.card import card
from entrepot.core import findings
from entrepot.core.findings import Ground

SCALES = {"million": 1e6, "billion": 1e9, "trillion": 1e12}


def read(text):
    """The first number of a text, with its word of scale."""
    sign, digits, word = re.search(r"([-\u2212]?)(\d[\d,]*(?:\.\d+)?)(?: (million|billion|trillion))?", text).groups()
    return (-1 if sign else 1) * float(digits.replace(",", "")) * SCALES.get(word, 1)


def test_what_was_printed_is_said_with_office_day_and_quality(uflpa):
    with files("entrepot.corridors").joinpath("data/observations.csv").open(encoding="utf-8") as handle:
        rows = {r["id"]: r for r in csv.DictReader(handle)}
    assert uflpa.report.printed
    for id_, row_printed in uflpa.report.printed.items():
        said = row_printed.text
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
        ends = card(finding, {}).ends
        if finding.kind != "number" or finding.low is None or finding.high is None:
            assert not ends
        elif finding.high > 1.01 * abs(finding.low):
            assert ends
        if ends:
            low, high = ends.removeprefix("between ").split(" and ")
            assert low != high.removeprefix("USD ").removeprefix("CNY ")


def test_a_card_is_a_sentence_with_its_notice_and_each_row_is_a_link(uflpa):
    from entrepot.brief.report import figures_of

    listed = [f for f in figures_of(uflpa.report) if f.quantity == "entities listed"]
    told = card(next(f for f in listed if f.period_start == "2025-01-15"), uflpa.report.printed)
    assert told.said.startswith("The UFLPA list held 144 entities on 15 January 2025")
    with files("entrepot.lists").joinpath("data/batches.csv").open(encoding="utf-8") as handle:
        (notice,) = (r for r in csv.DictReader(handle) if r["id"] == "batch-uflpa-2025-01-15")
    assert notice["notice"] in told.printed[0]
    assert notice["names_from"] in told.printed[0]
    # Of several sources each row has its own; of one source they stand bare, and the card gives them its address.
    assert re.search(r'batches/<a href="https?://[^"]+">batch-uflpa-2025-01-15</a>', uflpa.html) or re.search(
        r'<td>batches/batch-uflpa-2025-01-15<td><a href="https?://', uflpa.html
    )


def test_every_card_says_what_when_and_by_whom_in_words_of_a_sentence(uflpa, sources):
    from entrepot.brief.report import figures_of, period_words, show

    publishers = {i: str(r["publisher"]) for i, r in sources.items() if r["publisher"]}
    for f in (f for f in figures_of(uflpa.report) if f.kind == "number"):
        said = card(f, uflpa.report.printed, publishers).said
        figure = show(f, "plain").replace("−", "").lstrip("-")
        assert figure in said.replace("−", "") or (f.number == 1 and figure[:-1].removesuffix("ie") in said), said
        assert f.period_start is None or period_words(f) in said, said
        assert said.endswith(".")
        assert not re.search(r"\b(from|in|on) (in|on|from|since) ", said), said
        assert "{" not in said
        if f.sources:
            assert re.search(r", (computed from|counted from|printed by|simulated on tables of) ", said), said


def test_no_kind_of_quantity_has_a_generic_sentence(plain_brief, uflpa):
    from entrepot.brief.report import figures_of

    reports = [uflpa.report, *map(plain_brief, ("ofac-xinjiang", "cbp-wro", "khorgos-allowance", "eu-flr"))]
    generic = {
        f.quantity
        for report in reports
        for f in figures_of(report)
        if f.kind == "number" and " came to " in card(f, report.printed).said
    }
    assert not generic


@pytest.mark.parametrize(
    ("row", "said"),
    [
        # As Urumqi Customs printed it on 24 January 2026, and CBP on its dashboard
        (
            "O0485",
            "Xinjiang with the United States: trade outward was worth USD 2.5 billion from January to August 2025",
        ),
        ("O0373", "Goods worth USD 55.6 million were refused under UFLPA enforcement from January"),
    ],
)
def test_a_figure_is_said_as_its_row_has_it(uflpa, row, said):
    from entrepot.brief.report import figures_of

    of_row = [
        f for f in figures_of(uflpa.report)
        if f.status == "reported" and [g.row_id for g in f.grounds] == [row] and "change" not in f.quantity
    ]  # fmt: skip
    told = card(of_row[0], uflpa.report.printed).said
    assert told.startswith(said)
    assert f"; source quality: {uflpa.report.printed[row].quality}" in told
    assert uflpa.report.printed[row].office in told


@pytest.mark.parametrize(
    "title",
    [
        "Detention order on Hoshine silica goods; 6 million USD direct imports in 2.5 years",
        "Order No. 46 of U.S. customs on goods of 3.2 m USD",
        "Capacity raised by 12.5 percent",
    ],
)
def test_the_title_of_an_event_is_said_as_it_is(uflpa, title):
    from dataclasses import replace

    from entrepot.brief.report import figures_of

    event = next(f for f in figures_of(uflpa.report) if f.kind == "date" and "Hoshine silica" in f.quantity)
    assert title in card(replace(event, quantity=f"import_ban: {title}"), {}).said


def test_no_figure_in_a_title_loses_its_point(uflpa):
    assert "direct imports in 2.5 years" in uflpa.html
    assert "2 5 years" not in uflpa.html


def test_a_rate_is_said_to_be_one_once(uflpa):
    from entrepot.brief.report import figures_of

    rates = [f for f in figures_of(uflpa.report) if f.kind == "number" and "mean per day" in f.quantity]
    assert rates
    for finding in rates:
        said = card(finding, {}).said
        assert said.count(" a day") == 1, said
        assert "on average" in said


@pytest.mark.parametrize(
    ("table", "rows", "status", "said"),
    [
        ("flows", ("F-1", "F-2", "F-3"), "reported", "computed from An Office"),  # a sum of quarters
        ("observations", ("O-1", "O-2"), "reported", "computed from An Office"),  # a share, or a change
        ("batches", ("batch-1", "batch-2"), "observed", "computed from An Office"),
        ("flows", ("F-1",), "reported", "printed by An Office"),
        ("flows", ("F-1", "F-1"), "reported", "printed by An Office"),  # one row that stands twice
        ("observations", ("O-1",), "reported", "printed by An Office"),
        ("observations", ("O-1",), "estimated", "computed from An Office"),
        ("listings", ("l-1", "l-2"), "observed", "counted from An Office"),
        ("listings", ("l-1",), "simulated", "simulated on tables of An Office"),
    ],
)
def test_a_figure_made_of_several_rows_was_printed_by_nobody(table, rows, status, said):
    finding = findings.make(
        kind="number",
        subject="A place",
        quantity="cargo",
        value=6.0,
        unit="tonnes",
        period=("2025-01", "2025-09"),
        status=status,
        basis="a rule",
        grounds=[Ground(table, row, "an-office") for row in rows],
    )
    assert f", {said}" in card(finding, {}, {"an-office": "An Office"}).said
