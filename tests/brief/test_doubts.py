"""The two sources of a contradiction stand in the order in which it names its reports."""

from __future__ import annotations

import pytest

from entrepot.brief.chapters import doubts
from entrepot.brief.report import in_cells
from entrepot.core import findings
from entrepot.core.findings import Ground
from entrepot.measures.act import BriefPlan, Look


def test_sources_follow_the_sentence_not_the_alphabet() -> None:
    conflict = findings.make(
        kind="conflict",
        subject="Khunjerab",
        quantity="closure",
        value="2019-12-01 (E020) against 2019-11 (E019)",
        basis="two reports of one event",
        grounds=[Ground("events", "E020", "s-b"), Ground("events", "E019", "s-a")],
    )
    assert conflict.sources == ("s-a", "s-b")
    grid = doubts._grid("Events reported twice", [({"source_id": "s-b", "other_source_id": "s-a"}, conflict)])
    assert grid is not None
    assert [cell.source_id for cell in grid.rows[0][-2:]] == ["s-b", "s-a"]


def test_a_brief_without_flows_names_the_packaged_scan_of_its_measure(plain_brief) -> None:
    def said(measure: str) -> str:
        return " ".join(m for c in plain_brief(measure).chapters for m in c.missing)

    russia, graphite = said("eu-russia-833"), said("cn-graphite")
    assert "entrepot divert --demo russia-2022" in russia
    assert "No product flows are tied" in graphite


class _Record:
    """What `_value_conflicts` asks of a context: the plan and the rows on which reports disagree."""

    def __init__(self, focus, rows):
        self.focus, self.found = focus, rows

    def rows(self, *_):
        return self.found


def test_figures_that_a_test_looks_at_are_among_the_contradictions_and_others_of_the_place_are_not() -> None:
    row = {
        "id": "O1", "other_id": "O2", "place_id": "torugart", "place": "Torugart", "metric": "cargo", "mode": "road",
        "direction": "out", "partner": None, "sector": None, "origin": None, "per": None, "unit_norm": "tonnes",
        "value_norm": 410.0, "other_value": 380.0, "bound": "exact", "other_bound": "exact",
        "period_start": "2022-01-01",
        "period_end": "2022-12-31", "known_on": "2023-02-01", "other_known_on": "2023-06-01", "reported_by": "Customs",
        "other_reported_by": "Customs", "family": "Customs", "other_family": "Customs", "source_id": "s-a",
        "other_source_id": "s-b",
    }  # fmt: skip
    look = Look("third", "counted", "cargo at {place}", places=("torugart",), metrics=("cargo",))
    plan = BriefPlan(question="?", looks=(look,))
    found = doubts._value_conflicts(_Record(plan, [row, row | {"metric": "trucks"}]))
    assert [r["metric"] for r, _ in found] == ["cargo"]
    assert doubts._value_conflicts(_Record(BriefPlan(question="?"), [row])) == []


def _rows_told(chapters) -> set[str]:
    """The observations under a sentence, a picture or a table of chapters."""
    told = [f for c in chapters for s in (*([c.headline] if c.headline else []), *c.body) for f in s.figures.values()]
    told += [f for c in chapters for chart in c.charts for f in chart.figures]
    told += [f for c in chapters for g in c.grids for row in g.rows for f in in_cells(row)]
    return {g.row_id for f in told for g in f.grounds if g.table == "observations"}


@pytest.mark.parametrize("measure", ["uflpa", "eu-flr", "bis-entity-list", "cn-countermeasures", "cbp-wro"])
def test_what_is_said_of_the_observations_behind_a_brief_is_said_of_those_that_stand_in_it(plain_brief, measure):
    report = plain_brief(measure)
    (unknown,) = [c for c in report.chapters if c.key == "unknown"]
    counted = [
        f
        for s in unknown.body
        for f in s.figures.values()
        if f.quantity.startswith("observations ") and f.unit == "rows"
    ]
    told = _rows_told([c for c in report.chapters if c is not unknown])
    told |= {g.row_id for f in report.answer.figures for g in f.grounds if g.table == "observations"}
    told |= {g.row_id for c in [report.map] if c for f in c.figures for g in f.grounds if g.table == "observations"}
    for figure in counted:
        rows = {g.row_id for g in figure.grounds}
        assert len(rows) == figure.number
        assert rows <= told


def test_a_brief_that_counts_nothing_of_its_territory_tells_no_contradiction_of_it(plain_brief):
    for measure in ("bis-entity-list", "cn-countermeasures"):  # on Xinjiang's bodies and goods, and on no trade of it
        report = plain_brief(measure)
        (odd,) = [c for c in report.chapters if c.key == "contradictions"]
        assert not odd.grids
        assert not any("behind this brief" in s.template for c in report.chapters for s in c.body)
    # a regulation of the Union, whose brief draws all trade of the region and that with the Union
    (odd,) = [c for c in plain_brief("eu-flr").chapters if c.key == "contradictions"]
    assert not any("United States" in str(cell) for g in odd.grids for row in g.rows for cell in row)


@pytest.mark.parametrize(
    ("one", "other", "are_two"),
    [
        ("China GACC", "Kazakhstan statistics bureau", True),
        ("Urumqi Customs", "Alashankou Customs", False),  # both are China's side
        ("China.org.cn", "China Economic Review", False),  # two papers
        ("Xinhua", "TITR Association", False),  # a paper names no count
        ("China GACC", None, False),
    ],
)
def test_a_mirror_is_of_two_who_count_and_a_newspaper_counts_nothing(one, other, are_two):
    row = {"reported_by": one, "other_reported_by": other, "family": one, "other_family": other}
    assert doubts._two_offices(row) == are_two
