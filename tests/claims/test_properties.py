"""Properties of the reader that hold for any text."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from claim_sentences import PUBLISHED, claims, claims_of, sentence_claims
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.claims.contract import CLAIMS
from entrepot.claims.dates import days
from entrepot.claims.dates import found_dates as dates
from entrepot.claims.mentions import numbers
from entrepot.claims.model import Block, Report, rows
from entrepot.claims.text.sentences import LONGEST
from entrepot.core.contract import table

WHOLE = st.integers(min_value=1_000, max_value=999_999_999)
PARAGRAPHS = (
    "Bakhty handled 5,000 tonnes of cargo in 2024.",
    "The UFLPA Entity List has 144 entities.",
    "Khunjerab is open all year.",
    "Trade between China and Pakistan reached $23 billion in 2023, up 5 percent.",
)


def report(text: str, language: str = "en") -> Report:
    cut, at = [], 0
    for line in text.split("\n"):
        cut.append(Block(at, at + len(line), "paragraph", language))
        at += len(line) + 1
    return Report(text, tuple(cut), "text", {}, (language,), PUBLISHED, "given", {})


@given(WHOLE)
def test_thousands_in_each_notation(number):
    english, spaced = f"{number:,}", f"{number:,}".replace(",", "\u00a0")
    assert numbers.parse_digits(english, decimal_comma=False, scaled=False) == number
    assert numbers.parse_digits(spaced, decimal_comma=True, scaled=False) == number
    text = f"Bakhty handled {english} tonnes of cargo in 2024."
    assert [c.value for c in claims(text)] == [number]
    assert [c.value for c in claims(f"Через Бахты прошло {spaced} тонн грузов.")] == [number]


@given(st.decimals(min_value=1, max_value=9_999, places=2).filter(lambda d: d != d.to_integral_value()))
def test_decimals_in_each_notation(number):
    point, comma = str(number), str(number).replace(".", ",")
    want = pytest.approx(float(number) * 1e6)
    assert [c.value for c in claims(f"Bakhty handled {point} million tonnes of cargo in 2024.")] == [want]
    assert [c.value for c in claims(f"Через Бахты прошло {comma} млн тонн грузов.")] == [want]
    assert [c.value for c in claims(f"巴克图口岸货运量{point}万吨。")] == [pytest.approx(float(number) * 1e4)]


def chinese(number: int) -> str:
    """A numeral below 10,000, written out as schools teach it."""
    digits, text, gap = "零一二三四五六七八九", "", False
    for scale, name in ((1_000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        if digit:
            text += ("零" if gap and text else "") + digits[digit] + name
        gap = not digit
    return text


@given(st.integers(min_value=1, max_value=9_999), st.integers(min_value=0, max_value=9_999))
def test_chinese_numerals(high, low):
    assert numbers.han(chinese(high)) == high
    whole = chinese(high) + "万" + (("零" if low < 1_000 else "") + chinese(low) if low else "")
    assert numbers.han(whole) == high * 10_000 + low


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2030, 12, 31)))
def test_days_in_each_notation(day):
    forms = (
        (f"{day:%B} {day.day}, {day.year}", "en"),
        (f"{day.day} {day:%B} {day.year}", "en"),
        (day.isoformat(), "en"),
        (f"{day.year}年{day.month}月{day.day}日", "zh"),
        (f"{day:%d.%m.%Y}", "ru"),
    )
    for text, language in forms:
        assert [s.days for s in dates.find(text, language, None)] == [(day, day)], text


@given(st.dates(min_value=date(2015, 1, 1), max_value=date(2030, 12, 31)), st.integers(min_value=1, max_value=12))
def test_a_bare_month_has_begun_and_ends_by_publication(published, month):
    first, last = days.latest_month(month, published)
    assert first.month == month
    assert first <= last <= published
    assert published - first < timedelta(days=366)


WORDS = (
    *(
        "Khorgos",
        "5",
        "1,234",
        "1.234",
        "million",
        "percent",
        "rose",
        "fell",
        "to",
        "from",
        "between",
        "and",
        "$",
        "US$",
    ),
    *(
        "yuan",
        "trains",
        "%",
        "2024",
        "October",
        ",",
        ".",
        "(",
        ")",
        "霍尔果斯",
        "万",
        "亿",
        "增长",
        "两成",
        "名",
        "年",
        "月",
    ),
    *(
        "日",
        "Хоргос",
        "млн",
        "тонн",
        "вырос",
        "до",
        "в",
        "раза",
        "—",
        "UFLPA",
        "added",
        "bans",
        "closed",
        "a",
        "day",
        "第",
    ),
    *("№", "fiscal", "twice as many", "四分之一", "\u200b", "respectively", "a year earlier"),
)
TEXT = st.one_of(
    st.text(max_size=300),
    st.lists(
        st.sampled_from(WORDS),
        max_size=40,
    ).map(" ".join),
)


@settings(max_examples=300, deadline=None)
@given(TEXT, st.sampled_from(["en", "zh", "ru"]), st.sampled_from([None, PUBLISHED]))
def test_reading_never_raises_and_spans_are_substrings(text, language, published):
    found = sentence_claims(text, language, published)
    for claim in found:
        assert text[claim.span_start : claim.span_end] == claim.text
        assert claim.text in claim.sentence or claim.unread_reason
        assert claim.verdict
    assert table(CLAIMS, rows(found)).num_rows == len(found)


@given(st.lists(st.sampled_from(PARAGRAPHS), unique=True, min_size=1))
def test_paragraphs_read_together_are_the_union(parts):
    def said(found):
        return sorted((c.text, c.subject, c.quantity, c.value, c.period_start) for c in found)

    together = claims_of(report("\n".join(parts)))
    alone = [c for p in parts for c in claims_of(report(p))]
    assert said(together) == said(alone)


def test_ids_are_the_same_on_every_run_and_depend_on_the_report():
    first, second = claims_of(report(PARAGRAPHS[0])), claims_of(report(PARAGRAPHS[0]))
    assert [c.claim_id for c in first] == [c.claim_id for c in second]
    assert first[0].claim_id != claims_of(report(PARAGRAPHS[0] + "\nMore."))[0].claim_id


def test_an_endless_sentence_is_read_in_pieces():
    text = "and 5 trains passed Khorgos " * 200
    found = claims_of(report(text))
    assert len(text) > 2 * LONGEST
    assert {c.value for c in found} == {5}


def test_another_language_is_listed():
    found = claims_of(report("La ville a reçu 500 camions.", "unknown"))
    assert [(c.text, c.unread_reason) for c in found] == [("500 camions", "unknown_language")]


def test_hidden_characters_are_passed_over_and_spans_point_to_the_original():
    text = "Bakhty handled 5\u200b,000 \u202etonnes of cargo in \uff12\uff10\uff12\uff14."
    (claim,) = claims_of(report(text))
    assert (claim.value, claim.unit, claim.period_start) == (5_000, "tonnes", "2024-01-01")
    assert text[claim.span_start : claim.span_end] == claim.text
