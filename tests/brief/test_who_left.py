"""Who left and who came: events by year with their number, and Volkswagen act by act with both accounts."""

from __future__ import annotations

import csv

import pyarrow as pa
import pytest

from entrepot.brief.report import Figure, plain_text


def chapter_of(report):
    return next((c for c in report.chapters if c.key == "firms"), None)


def grid_of(chapter, begins):
    return next(g for g in chapter.grids if g.title.startswith(begins))


@pytest.fixture(scope="module")
def chapter(plain_brief):
    return chapter_of(plain_brief("uflpa"))


def test_volkswagen_is_told_with_both_accounts_of_why(chapter):
    # CarNewsChina 2012-05-29; Automotive Logistics (2013); Reuters and the New York Times of 2024-11-27
    said = plain_text(chapter.body[0])
    for part in (
        "28 May 2012",
        "2013",
        "27 November 2024",
        "economic reasons",
        "pressure from rights groups",
        "import bars",
    ):
        assert part in said
    own, others = said.index("The firm states"), said.index("Others report")
    assert own < said.index("economic reasons") < others < said.index("pressure from rights groups")


def test_the_audit_of_volkswagen_and_its_contradiction_both_stand(chapter):
    said = plain_text(chapter.body[0])
    assert "December 2023" in said
    assert "19 September 2024 (alleged)" in said
    grid = grid_of(chapter, "Volkswagen")
    audits = [row for row in grid.rows if row[grid.headings.index("what")] == "audit"]
    status = [row[grid.headings.index("status")] for row in audits]
    assert status == ["occurred", "alleged, against 2023-12"]


@pytest.mark.shared
def test_every_act_of_volkswagen_on_the_shelf_stands_on_its_page(chapter, shared):
    with (shared / "embed/firms.csv").open(encoding="utf-8", newline="") as handle:
        wanted = [r for r in csv.DictReader(handle) if "Volkswagen" in r["firm"].split("; ")]
    grid = grid_of(chapter, "Volkswagen")
    shown = [(row[0].finding.grounds[0].row_id, row[grid.headings.index("the firm states")]) for row in grid.rows]
    assert sorted(shown) == sorted((r["id"], r["stated_reason"] or "–") for r in wanted)


def test_the_years_count_events_and_not_reports(chapter, rows):
    grid = grid_of(chapter, "Came and left")
    at = grid.headings.index("gave up a site")
    cells = {row[0]: row[at] for row in grid.rows}
    counted = {year: cell.finding.number for year, cell in cells.items() if isinstance(cell, Figure)}
    # by hand from the shelf: GobiMin 2022, BASF and Volkswagen 2024; of GCL-Poly 2019 and JinkoSolar 2023 it is not on
    # record whether they did what they announced
    assert counted == {"2022": 1, "2024": 2}
    said = {row[0]: row[grid.headings.index("said, not known whether done")] for row in grid.rows}
    assert {year: c.finding.number for year, c in said.items() if isinstance(c, Figure)} == {"2019": 1, "2023": 1}
    assert "2 more were said to come or leave" in " ".join(plain_text(s) for s in chapter.body)
    reports = [r for r in rows("firms") if r["what"] in {"sale", "exit"} and "2024" <= (r["date"] or "") < "2025"]
    assert len(reports) > counted["2024"]  # Volkswagen's sale is told twice, and an investor's exit is none
    assert "too few to tell a wave from chance" in " ".join(plain_text(s) for s in chapter.body)


def test_with_many_sites_the_words_change(plain_brief, record):
    from entrepot.record.embedded import replace

    acts = record.tables["firms"].to_pylist()
    sale = next(r for r in acts if r["id"] == "F113")
    more = [{**sale, "id": f"F9{i:02}", "event": f"F9{i:02}", "firm": [f"Invented {i}"]} for i in range(10)]
    edited = replace(record, "firms", pa.Table.from_pylist(acts + more, schema=record.tables["firms"].schema))
    text = " ".join(plain_text(s) for s in chapter_of(plain_brief(changed=edited)).body)
    assert "too few" not in text
    assert "13 gave up a site" in text


def test_before_the_sale_there_is_none(plain_brief):
    chapter = chapter_of(plain_brief("uflpa", as_of="2022-06-21"))
    said = plain_text(chapter.body[0])
    assert "no departure is on record" in said
    assert "2024" not in " ".join(plain_text(s) for s in chapter.body)


def test_only_a_measure_that_follows_firms_has_the_chapter(plain_brief):
    assert chapter_of(plain_brief("ofac-xinjiang")) is None
