"""The annotated page and the line an editor quotes."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from entrepot.claims.contract import VERDICTS
from entrepot.claims.judge import judge
from entrepot.claims.model import Block, Report
from entrepot.claims.render import MEANING, claim_findings, page, summary

EVIL = '<script>alert("x")</script><img src=http://a.b/c onerror=alert(1)>\u202eabc'
TEXT = f"{EVIL}\n\nOver 11,000 vehicles came with 40,900 tonnes.\n\nTwo dozen came."


def placed(claim, word: str):
    start = TEXT.index(word)
    return replace(claim, span_start=start, span_end=start + len(word), text=word)


@pytest.fixture(scope="module")
def report(published):
    ends = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", TEXT)]
    return Report(TEXT, tuple(Block(a, b, language="en") for a, b in ends), "text", {}, ("en",), published, "given", {})


@pytest.fixture(scope="module")
def claims(show, make, whole, published):
    unread = make("Two dozen", unread_reason="vague_figure")
    made = [placed(show["vehicles"], "Over 11,000 vehicles"), placed(show["cargo"], "40,900 tonnes")]
    return judge([*made, placed(unread, "Two dozen")], whole, published)


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
    assert "<strong>O0001</strong>, observations" in html
    assert "Khunjerab Customs" in html


def test_the_text_is_whole(html):
    shown = re.sub(r"<a [^>]*href=\"#n\d+\"[^>]*>\d+</a>", "", html[html.index("<main>") :])
    texts = re.findall(r'<div class="text"[^>]*>(.*?)</div>', shown, re.DOTALL)
    plain = [re.sub(r"</?mark[^>]*>", "", t) for t in texts]
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
        "2 claims, published 2024-12-05 (as given), held against the record: 2 agree, 1 figure was not read."
    )
    assert summary(report, []).startswith("No checkable figure")


def test_every_verdict_has_a_meaning():
    assert set(MEANING) == set(VERDICTS)


def test_claims_are_findings_with_their_rows(claims, record):
    found = claim_findings(claims, record)
    assert [f.basis.partition(":")[0] for f in found] == ["agrees", "agrees"]
    assert [g.row_id for f in found for g in f.grounds] == ["O0001", "O0002"]
    assert all(f.sources for f in found)
