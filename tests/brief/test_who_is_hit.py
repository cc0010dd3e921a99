"""Who is hit: every party of a list by name, in a table that is found in by words and by keys."""

from __future__ import annotations

import re

import pytest

from entrepot.brief.report import Figure, Source, plain_text
from entrepot.core.periods import parse as date_parse
from entrepot.core.periods import words


def chapter_of(report):
    return next((c for c in report.chapters if c.key == "parties"), None)


def column(grid, name):
    at = grid.headings.index(name)
    return [row[at] for row in grid.rows]


def in_force(rows, list_id, day):
    """The listings in force on a day, straight from the table."""
    return [
        r
        for r in rows("listings")
        if r["list_id"] == list_id and r["valid_from"] <= day and (r["valid_to"] is None or r["valid_to"] > day)
    ]


def test_chen_quanguo_stands_in_the_brief_of_ofac(plain_brief):
    # Treasury's press release of 9 July 2020 names Chen Quanguo, Zhu Hailun, Wang Mingshan, Huo Liujun and the bureau
    chapter = chapter_of(plain_brief("ofac-xinjiang"))
    said = " ".join(plain_text(s) for s in chapter.body)
    for name in ("Chen Quanguo", "Zhu Hailun", "Wang Mingshan", "Huo Liujun"):
        assert name in said
    (grid,) = chapter.grids
    found = dict(
        zip(column(grid, "name"), zip(column(grid, "kind"), column(grid, "listed on"), strict=True), strict=True)
    )
    kind, listed = found["CHEN, Quanguo"]
    assert kind == "person"
    assert listed.finding.value == "2020-07-09"
    assert found["XINJIANG PUBLIC SECURITY BUREAU"][0] == "organisation"


@pytest.mark.parametrize("as_of", ["2026-11-24", "2024-11-24", "2022-06-21"])
@pytest.mark.parametrize("measure_id", ["uflpa", "ofac-xinjiang", "cbp-wro"])
def test_every_party_in_force_stands_there_once_with_its_day_and_notice(plain_brief, rows, measure_id, as_of):
    chapter = chapter_of(plain_brief(measure_id, as_of=as_of))
    (grid,) = chapter.grids
    wanted = in_force(rows, measure_id, as_of)
    cells = column(grid, "listed on")
    assert all(isinstance(c, Figure) for c in cells)
    told = sorted((c.finding.grounds[0].row_id, c.finding.value) for c in cells)
    assert told == sorted((r["entity_id"], r["valid_from"]) for r in wanted)
    assert all(isinstance(c, Source) and c.source_id for c in column(grid, "notice"))


def test_a_doubt_of_a_name_stands_beside_it(plain_brief, rows):
    (grid,) = chapter_of(plain_brief("uflpa")).grids
    listings = {r["entity_id"]: r for r in in_force(rows, "uflpa", "2026-11-24")}
    for name, chinese, listed in zip(
        column(grid, "name"), column(grid, "Chinese name"), column(grid, "listed on"), strict=True
    ):
        row = listings[listed.finding.grounds[0].row_id]
        assert ("one copy" in name) == (row["name_basis"] == "one_copy")
        assert ("probable" in chinese) == (row["name_zh_basis"] == "probable")


def test_no_list_and_no_party_make_no_chapter(plain_brief):
    assert chapter_of(plain_brief("eu-csddd")) is None
    assert chapter_of(plain_brief("uflpa", as_of="2022-01-01")) is None


def test_the_latest_stand_first(plain_brief):
    (grid,) = chapter_of(plain_brief("uflpa")).grids
    days = [c.finding.value for c in column(grid, "listed on")]
    assert days == sorted(days, reverse=True)
    assert words(date_parse(days[0])) in plain_text(chapter_of(plain_brief("uflpa")).body[-1])


@pytest.mark.browser
def test_a_party_is_found_and_its_day_opened_by_keys_alone(browser_path, plain_brief, sources, tmp_path):
    from entrepot.brief import render

    api = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    page_file = render.write(plain_brief("ofac-xinjiang"), sources, tmp_path / "ofac")
    with api.sync_playwright() as play:
        opened = play.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        page = opened.new_page(viewport={"width": 390, "height": 844})
        page.goto(page_file.as_uri())
        rows = page.locator("#party-table tbody tr")
        assert page.locator("#party-table tbody a[tabindex='0']").count() == 1  # one stop of Tab, not one a row
        page.locator("#party-table-find").focus()
        page.keyboard.type("陈全国")
        assert sum(row.is_visible() for row in rows.all()) == 1
        assert page.locator("#party-table output").inner_text() == "1 of 14"
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        assert "CHEN, Quanguo" in page.locator("#card").inner_text()
        page.emulate_media(media="print")
        assert page.locator("#party-table-find").is_hidden()
        opened.close()


def test_every_column_of_a_party_is_read_on_a_phone_and_a_doubt_of_all_is_said_once(ofac):
    start = ofac.html.index('id="party-table"')
    table = ofac.html[start : ofac.html.index("</table>", start)]
    heads = re.findall(r'<th scope="col">([^<]+)<', table)
    (name,) = re.findall(r'<table class="stacked (s\d+)">', table)
    said = dict(re.findall(rf'\.{name} td:nth-child\((\d+)\)::before {{ content: "([^"]+)"; }}', ofac.html))
    assert said == {str(n): head for n, head in enumerate(heads, 1)}, "a block names each of its cells"
    assert "(source not recorded)" not in table


def test_a_timeline_holds_no_law_of_another_jurisdiction(ofac):
    drawn = ofac.report.map
    assert drawn is not None, "without crossings the events stand beside the answer"
    assert max(f.period_start for f in drawn.figures) <= ofac.report.as_of
    assert not any("CSDDD" in f.quantity for f in drawn.figures)


def test_names_joined_in_a_sentence_are_as_many_as_the_figure_says(plain_brief):
    # A name with a semicolon read as two: 19 names stood behind "18 parties".
    report = plain_brief("cbp-wro")
    (line,) = [x for t in report.answer.tests for x in t.lines if x.label == "who is hit"]
    told, _, others = plain_text(line.says).partition("; counted apart, of other countries: ")
    names = told.removeprefix("who is hit: ").split(", ", 1)[1].split("; ")
    (figure,) = line.says.figures.values()
    # CBP's table: eighteen orders held, of which that of 2018-05-18 is on cotton of Turkmenistan
    assert len(names) == figure.number == 17
    assert others == "All Turkmenistan Cotton or products produced in whole or in part with Turkmenistan cotton"
    assert not any(n.endswith("cotton.") for n in (*names, others))


def test_an_order_on_another_country_is_in_no_count_of_the_measure(plain_brief):
    # five orders on China from 1991 to 2018-03-05 and one on Xinjiang of 1995; that of 2018-05-18 is on Turkmenistan
    for day in ("2018-05-17", "2018-12-31"):
        (size, _) = plain_brief("cbp-wro", as_of=day).answer.tests[0].shown[:2]
        assert plain_text(size.says).startswith("the orders went from 5 to 6 parties on 5 March 2018")
    assert "Turkmenistan" not in plain_text(plain_brief("cbp-wro", as_of="2018-05-17").answer.verdict)


@pytest.mark.parametrize("measure_id", ["uflpa", "ofac-xinjiang"])
def test_a_list_on_one_country_counts_nobody_apart(plain_brief, measure_id):
    answer = plain_brief(measure_id).answer
    assert not any("counted apart" in plain_text(x.says) for t in answer.tests for x in t.lines)
