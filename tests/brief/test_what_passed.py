"""What passed by year in the brief: gaps are gaps, figures are findings, and the commands say the same."""

from __future__ import annotations

import re

import pytest

from entrepot.brief.charts.canvas import PHONE, Head
from entrepot.brief.charts.yearly_intervals import yearly_intervals
from entrepot.brief.report import Figure
from entrepot.desk.desk import Desk


def row(year, value, low, high):
    return {"year": str(year), "value": value, "low": low, "high": high, "said": f"in {year}", "href": f"#f-{year}"}


def test_a_year_that_is_not_known_is_a_gap_and_no_line_crosses_it():
    rows = [row(2020, 10.0, 8.0, 12.0), row(2021, None, None, None), row(2022, 20.0, 10.0, 25.0)]
    drawn = yearly_intervals(rows, Head("T", "trains", PHONE))
    assert drawn.count("<rect ") == drawn.count("<circle ") == 2
    assert drawn.count('href="#f-') == 3
    heights = [float(h) for h in re.findall(r'<rect [^>]*height="([\d.]+)"', drawn)]
    assert heights[1] / heights[0] == pytest.approx(15 / 4, rel=0.05)  # bars reach from low to high
    assert "polyline" not in drawn


def test_the_chapter_stands_in_the_brief_with_its_gaps_and_intervals(uflpa):
    chapter = next(c for c in uflpa.report.chapters if c.key == "what-passed")
    titles = [c.title for c in chapter.charts]
    assert any(t.startswith("Khunjerab") for t in titles)
    assert any("trains" in t for t in titles)
    for figure in (f for c in chapter.charts for f in c.figures):
        if figure.kind == "number":
            assert figure.low <= figure.number <= figure.high
            assert figure.grounds or not figure.number
    drawn = {g.title for g in chapter.grids}
    assert {"How full the crossings are", "Reports that cannot all be right"} <= drawn
    # Of the shipments denied in 2025 two sectors add up to more than the total beside them: O0372, O0374, O0375.
    assert re.search(r"6,322.*against 5,806", " ".join(f.value for g in chapter.grids for f in cells(g)))


def cells(grid):
    return [c.finding for r in grid.rows for c in r if hasattr(c, "finding") and c.finding.kind == "conflict"]


def test_the_map_and_the_words_say_of_the_same_crossings_that_they_are_full(uflpa):
    chapter = next(c for c in uflpa.report.chapters if c.key == "what-passed")
    (grid,) = [g for g in chapter.grids if g.title == "How full the crossings are"]
    full: dict[str, bool] = {}
    for row in grid.rows:
        since = re.search(r"from (\d{4})", row[4])
        full[row[0]] = full.get(row[0], False) or (since is not None and int(since[1]) >= 2021)
        assert row[2].finding.high is None or row[2].finding.high >= 75
    (said,) = [s.template for s in chapter.body if s.template.startswith("Near or above")]
    first, _, rest = said.partition(".")
    assert {p for p, dated in full.items() if dated} == {p for p in full if f"{p} {{" in first}
    assert all(p in rest for p, dated in full.items() if not dated)
    for drawn in (uflpa.report.map.svg, uflpa.report.map.narrow):
        # a ring for each crossing of the table, and one in the legend for each look
        assert drawn.count('stroke="#b3261e"') == len(full) + len(set(full.values()))


def test_the_winter_opening_is_what_the_command_says(uflpa, tmp_path):
    told = Desk(store=tmp_path).corridor_effect("N003").to_pylist()
    (found,) = [f for f in uflpa.findings if ": effect of " in f["quantity"]]
    (row,) = [r for r in told if r["period_start"] == found["period_start"]]
    assert (found["value"], found["low"], found["high"]) == (row["difference"], row["low"], row["high"])
    chapter = next(c for c in uflpa.report.chapters if c.key == "what-passed")
    (grid,) = [g for g in chapter.grids if g.title.startswith("What changed")]
    assert any(getattr(c, "form", "") == "ends" for r in grid.rows for c in r)  # an effect stands beside its interval


def test_a_measure_without_crossings_has_no_such_chapter(ofac):
    assert "what-passed" not in {c.key for c in ofac.report.chapters}


def test_what_only_may_reach_the_threshold_is_not_said_to(uflpa):
    """Alashankou by rail: 74.6 %, 73.1 to 76.1; the map, the words and the table speak of it."""
    chapter = next(c for c in uflpa.report.chapters if any(g.title == "How full the crossings are" for g in c.grids))
    (grid,) = [g for g in chapter.grids if g.title == "How full the crossings are"]
    shown = [cell.finding for row in grid.rows for cell in row if isinstance(cell, Figure) and not cell.form]
    assert any(f.number < 75 <= f.high for f in shown if f.high is not None)
    assert "or may by the upper end of its interval" in grid.note
    assert "reaches or may reach 75 % of its capacity" in uflpa.report.map.svg
    assert "75 % of its capacity or more" not in uflpa.html
    assert "exceed figures" not in uflpa.html
