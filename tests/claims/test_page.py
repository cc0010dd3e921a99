"""The annotated page and the line an editor quotes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from claim_sentences import claims_of

from entrepot.claims.check import check
from entrepot.claims.contract import VERDICTS
from entrepot.claims.model import Block, Report
from entrepot.claims.open import of_bytes
from entrepot.claims.page.annotated import MEANING, _names, around, look_lines, page_parts, shown, title_of
from entrepot.claims.page.plain_words import row_says
from entrepot.claims.page.tally import LIKELY, NUMBER, OPEN, PERIOD, summary, tally
from entrepot.claims.render import claim_findings

EVIL = '<script>alert("x")</script><img src=http://a.b/c onerror=alert(1)>\u202eabc'
TEXT = f"{EVIL}\n\nOver 11,000 vehicles came with 40,900 tonnes.\n\nTwo dozen came."


def page(*of) -> str:
    return "".join(page_parts(shown(*of)))


def placed(claim, word: str):
    start = TEXT.index(word)
    return replace(claim, span_start=start, span_end=start + len(word), text=word)


@pytest.fixture(scope="module")
def report(published):
    ends = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", TEXT)]
    return Report(TEXT, tuple(Block(a, b, language="en") for a, b in ends), "text", {}, ("en",), published, "given", {})


@pytest.fixture(scope="module")
def claims(show, make):
    unread = make("Two dozen", unread_reason="vague_figure", verdict="unread")
    made = [placed(show["vehicles"], "Over 11,000 vehicles"), placed(show["cargo"], "40,900 tonnes")]
    return [*made, placed(unread, "Two dozen")]


@pytest.fixture(scope="module")
def html(report, claims, record):
    return page(report, claims, record, f"{EVIL}.txt")


def test_the_reports_text_is_escaped(html):
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;alert(" in html
    assert "\u202e" not in html


def test_nothing_is_fetched(html):
    assert re.findall(r"<(?:script|img|iframe|link|object|source)\b", html) == []
    assert re.findall(r"url\(|@import", html) == []
    assert "default-src 'none'" in html


def test_each_claim_is_marked_and_its_verdict_stands_beside_it(html, claims):
    for number, claim in enumerate(claims, 1):
        assert f'<mark class="v-{claim.verdict}" id="s{number}">{claim.text}' in html
        card = html[html.index(f'id="n{number}"') :]
        assert claim.verdict.replace("_", " ") in card[: card.index("</li>")]


def test_the_rows_stand_behind_it_with_their_source(html):
    assert "<strong>O0001</strong>, figure on record: Khunjerab" in html
    assert "Khunjerab Customs" in html


def test_rows_near_a_figure_are_shown_as_such(report, claims, record):
    near = replace(claims[0], verdict="no_record", against=(), offered=("O0002",))
    assert "Near it: <strong>O0002</strong>, figure on record:" in page(report, [near], record, "x")


def test_the_text_is_whole(html):
    shown = re.sub(r"<a [^>]*href=\"#n\d+\"[^>]*>\d+</a>", "", html[html.index("<main") :])
    texts = re.findall(r'<div class="text"[^>]*>(.*?)</div>', shown, re.DOTALL)
    plain = [re.sub(r"</?(?:mark|span)[^>]*>", "", t) for t in texts]
    assert plain[1:] == ["Over 11,000 vehicles came with 40,900 tonnes.", "Two dozen came."]


def test_spans_that_overlap_share_a_mark(report, claims, record):
    inner = replace(claims[0], claim_id="c-000000000000", span_start=claims[0].span_start + 5)
    html = page(report, [claims[0], inner, *claims[1:]], record, "x")
    assert html.count("<mark") == 3
    other = replace(inner, verdict="contradicts")
    assert '<mark class="v-contradicts"' in page(report, [claims[0], other], record, "x")
    assert 'href="#n2"' in html


def test_the_line_an_editor_quotes(report, claims):
    assert summary(report, claims) == (
        "3 figures and dates, published 2024-12-05 (as given), held against the record: 2 agree, 1 was not read. "
        "1 number of items, articles, laws and names not counted."
    )
    assert "3 are not judged" in summary(report, [])
    empty = replace(report, text="A speech.", blocks=(Block(0, 9),))
    assert summary(empty, []).startswith("No checkable figure")


def test_the_count_adds_up(report, claims):
    found = tally(report, claims[:1])
    assert sum(found.counts.values()) == found.figures + len(found.statements) == 3
    assert [b for b in found.became if b != NUMBER] == ["agrees", OPEN, OPEN]


def test_what_is_not_judged_is_marked_in_the_text_and_named_beside_it(report, claims, record):
    html = page(report, claims[:1], record, "x")
    assert '<span class="open">40,900 tonnes</span>' in html
    assert "Not judged: <q>40,900 tonnes</q>" in html
    assert '<span class="number">(1)</span>' in html


def test_the_page_is_titled_by_the_reports_own_title(report, claims, record):
    assert title_of(replace(report, metadata={"title": "Cargo at the pass"}), "x.txt") == "Cargo at the pass"
    headed = replace(report, text="Cargo\nIt rose.", blocks=(Block(0, 5, "heading"), Block(6, 14)))
    assert title_of(headed, "x.txt") == "Cargo"
    assert title_of(replace(report, text="", blocks=()), "x.txt") == "x.txt"
    assert "<title>Checked: Cargo</title>" in page(headed, [], record, "x.txt")


def test_no_name_of_a_table_or_column_is_shown(report, claims, record):
    event = replace(claims[0], quantity="event.exit", value=None)
    added = replace(claims[1], quantity="batches.added", comparison="largest")
    html = page(report, [event, added], record, "x")
    assert "a firm leaves" in html
    assert "firms added to the list (the largest)" in html
    assert re.findall(r"\b(?:event|effect|batches|rules)\.[a-z]+|value_norm|known_on_basis|place_id", html) == []


def test_the_notes_stand_apart_from_the_text_and_what_to_look_at_comes_first(report, claims, record):
    wrong = replace(claims[0], verdict="contradicts")
    html = page(report, [wrong, *claims[1:]], record, "x")
    assert '<li class="v-contradicts"><a href="#n1">' in html[: html.index("<main")]
    assert "float: right; clear: right" in html
    assert 'class="skip" href="#report"' in html


def test_what_contradicts_stands_before_what_differs_and_in_its_sentence(report, claims, record):
    sentence = f"{'It was a long day at the gate. ' * 5}Over 11,000 vehicles came with 40,900 tonnes."
    differs = replace(claims[0], verdict="differs", sentence=sentence)
    wrong = replace(claims[1], verdict="contradicts", sentence=sentence)
    html = page(report, [differs, wrong], record, "x")
    top = html[: html.index("<main")]
    assert top.index('href="#n2"') < top.index('href="#n1"')
    assert "vehicles came with <strong>40,900 tonnes</strong>." in top
    assert "Next to look at" in html[html.index('id="n2"') :]
    assert "…" in around(report, wrong)[0]
    assert [line.partition(":")[0] for line in look_lines(report, [differs, wrong])] == ["contradicts", "differs, look"]
    assert look_lines(report, [differs] * 14)[-1] == "2 more to look at are on the page of --html."
    assert summary(report, [differs, wrong]).partition(": ")[2].startswith("1 contradicts it, 1 differs")


def test_a_report_in_which_nothing_stands_against_the_record_says_so_and_no_more(report, claims, record):
    assert "Nothing here stands against the record." in page(report, claims, record, "x")
    assert "Nothing here stands" not in page(report, [replace(claims[0], verdict="differs")], record, "x")
    assert "Nothing here stands" not in page(replace(report, text="A speech.", blocks=(Block(0, 9),)), [], record, "x")


def test_cells_of_a_table_stand_close_under_their_headings_and_long_ones_are_paragraphs(report, claims, record):
    cell = Block(0, 5, "cell", "en", context="Khunjerab | Vehicles")
    text = f"5,000{' and so on' * 20}"
    html = page(replace(report, text=text, blocks=(cell, Block(6, len(text), "cell"))), [], record, "x")
    assert '<section class="block cell">' in html
    assert '<p class="head" dir="auto">Khunjerab | Vehicles</p>' in html
    assert html.count('class="block cell"') == 1


def test_a_measure_is_called_by_its_name_and_a_pair_names_its_sides_once(claims, record):
    names = _names(record)
    assert names["eu-csddd"] == "CSDDD"
    pair = {"place": "China-Kazakhstan", "partner": "Kazakhstan", "metric": "trade_value", "value": 41.0, "unit": "USD"}
    assert "with Kazakhstan" not in row_says(pair)
    assert "with Pakistan" in row_says(pair | {"partner": "Pakistan"})


@pytest.mark.parametrize(
    ("table", "row_id", "says"),
    [
        ("shares", "S020", "Xinjiang, share of China cotton output: 92.2 %, 2024, said by NBS"),
        (
            "shares",
            "S005",
            "Xinjiang, share of China aluminium output: at least 15 %, 2022, said by Human Rights Watch",
        ),
        (
            "shares",
            "S007",
            "Xinjiang, share of World aluminium output: between 9 and 10 %, 2022, said by Human Rights Watch",
        ),
        (
            "flows",
            "F-ARG-85414200-2022-Q1",
            "CHN with Argentina, export, Cells, USD 59,459, 13,376 kg, 0.37 MW, Q1 2022",
        ),
        (
            "rules",
            "R008",
            "Duty-free baggage, transport other than air or foot, value, EUR 500, from 2024-04-01",
        ),
    ],
)
def test_a_row_says_its_figure_and_its_period_at_first_sight(table, row_id, says, record):
    row = next(r for r in record.tables[table].to_pylist() if r["id"] == row_id)
    assert row_says(row) == says


def test_a_share_of_a_whole_of_many_goods_names_its_own():
    row = {"region": "Northland", "product": "tin", "metric": "share_of_world_exports", "value_pct": 4.5}
    assert row_says(row | {"of_what": "Northland exports"}) == "Northland, tin, share of Northland exports: 4.5 %"
    assert row_says(row | {"of_what": ""}).startswith("Northland, tin, ")


def test_every_verdict_has_a_meaning():
    assert set(MEANING) == {*VERDICTS, LIKELY}


def test_claims_are_findings_with_their_rows(claims, record):
    found = claim_findings(claims, record)
    assert [f.basis.partition(":")[0] for f in found] == ["agrees", "agrees"]
    assert [g.row_id for f in found for g in f.grounds] == ["O0001", "O0002"]
    assert all(f.sources for f in found)


def test_goods_stopped_on_their_way_into_another_country_do_not_go_into_china(tmp_path):
    report = tmp_path / "report.txt"
    report.write_text("In fiscal year 2023 CBP stopped 4,016 shipments under the UFLPA.\n", encoding="utf-8")
    page = check(report).html
    assert "O0666" in page
    assert "into China" not in page
    assert "inbound" in page


TABLE = """# UFLPA

| Shipments denied | 2023 | 2024 |
|---|---|---|
| Electronics | 711 | 4016 |
| Apparel | 711 | 712 |
"""


def test_a_head_of_a_table_is_counted_as_the_period_of_its_figures_and_is_no_claim(record):
    report = of_bytes(TABLE.encode(), "a.md", published=date(2025, 1, 5))
    found = claims_of(report)
    assert not [c for c in found if c.text in {"2023", "2024"}]
    counted = tally(report, found)
    periods = [m.printed for m, b in zip(counted.mentions, counted.became, strict=True) if b == PERIOD]
    assert periods == ["2023", "2024"]
    assert sum(counted.counts.values()) == counted.figures + len(counted.statements)


def test_a_cell_to_look_at_stands_with_its_headings(record):
    report = of_bytes(TABLE.encode(), "a.md", published=date(2025, 1, 5))
    (cell,) = [c for c in claims_of(report) if c.text == "4016"]
    (line,) = look_lines(report, [replace(cell, verdict="differs")])
    assert line == "differs, look: UFLPA, Electronics, 2024: “4016”"
    assert around(report, cell) == ("UFLPA, Electronics, 2024: ", "")


def test_on_paper_the_rows_of_the_notes_are_open_with_their_addresses(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("The UFLPA took effect on June 21, 2022.")
    page = check(path, published="2024-03-05").html
    (printed,) = [line for line in page.splitlines() if line.startswith("@media print")]
    assert ".card details::details-content" in printed  # notes, and the rows within them
    assert "attr(href)" in printed
    assert '<a href="http' in page
