"""The one period that a title names beside its year: a month, a quarter, or several months that are neither.

Of several months together (January to September, nine months, the first half, the year to date) nothing is read as the
whole year: they are told as they stand, with the last of them where that is said, and a map says what they count as.
Words of periods are data (heading_words.csv, kind span), as are names of months.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from entrepot.core.errors import BadInputError
from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import tr
from entrepot.trade.loading.printed.printed_periods import EDITION, UP_TO, month_number, only_period, span_in, span_of
from entrepot.trade.loading.printed.titles.contract import HEADING_WORDS
from entrepot.trade.loading.printed.titles.days_of_titles import without_days

_MOST_LOOKED_UP = 1_000  # titles kept: each is asked of twice
_YEAR_OF_TITLE = re.compile(r"(?<![\dA-Za-z.])(?:19|20)\d{2}(?![\d.])")
_FISCAL = re.compile(r"(?<!\d)(?:19|20)\d{2}\s*[-–/]\s*(?:(?:19|20)\d{2}|\d{2})(?!\d)")
_SPANNED = re.compile(r"(?<!\d)(\d{1,2})\s*[-–—~〜～至到]\s*(\d{1,2})\s*[月월]", re.ASCII)  # 1-3月
_TO_YEAR = re.compile(r"(?<![\d/.-])(\d{1,2})\s*[-–—]\s*(\d{1,2})[/.](?=(?:19|20)\d{2}(?!\d))")  # 1-9/2024
_NUMBERED = re.compile(r"(?<!\d)(\d{1,2})\s*[月월](?:份)?|\btháng\s*(\d{1,2})(?!\d)", re.ASCII)
_MONTH = r"(?P<{0}>(?<![^\W_])m\d\d(?!\d)|(?<![^\W\d_])[^\W\d_]{{3,}})\.?"
_LONGEST = 1_000  # characters of a line that is looked at: what is longer is a text
_SHORT = 80  # characters of a line that is shown
_HALF, _YEAR = 6, 12  # months
_QUARTERS = (1, 2, 3, 4)  # of a year
_MONTHS_OR_HALF = re.compile(r"\d|[-–—/]")
_BARE = "half"  # a word of other things too, and of the year behind first or second
_OF_A_MONTH = "月"


@dataclass(frozen=True, slots=True)
class TitlePeriod:
    """What a title says of its period.

    Attributes:
        period: a year, quarter or month, as printed or as ours; empty where it says none or several.
        span: several months together that are none of them, as printed; empty where there are none.
        last: the last of those months, as 2024-09; empty where that is not said.
    """

    period: str = ""
    span: str = ""
    last: str = ""


@lru_cache(maxsize=_MOST_LOOKED_UP)
def title_period(lines: tuple[str, ...]) -> TitlePeriod:
    """What the lines of a title say of the period of the table below.

    >>> title_period(("Foreign trade, 9 months 2024",))
    TitlePeriod(period='', span='Foreign trade, 9 months 2024', last='2024-09')
    >>> title_period(("2024年一季度进出口商品总值表",)).period, title_period(("Trade, October 2024",)).period
    ('2024-Q1', '2024-10')
    >>> title_period(("IMPORTS BY COUNTRY", "JULY-JUNE 2022-2023")).period
    'july-june 2022-2023'
    >>> title_period(("Exports by country", "Data extracted 01/02/2024")).period
    ''
    """
    lines = tuple(map(without_days, lines))
    text = EDITION.sub(" ", " ".join(line[:_LONGEST] for line in lines))
    rows = [[line] for line in lines]
    years = {*_YEAR_OF_TITLE.findall(text)}
    two = _FISCAL.search(text)
    if two or len(years) != 1:
        return _of_two_years(text, only_period(rows)) if two else TitlePeriod(only_period(rows))
    year = years.pop()
    plain = _plain(text)
    quarters = {_ordinal(g) for found in _quarter().finditer(plain) for g in found.groups() if g}
    first, last, span = _months(plain)
    if span:
        period = span_of(year, first, last) if first and last else ""
        if period and (not quarters or period in {f"{year}-Q{q}" for q in quarters}):
            return TitlePeriod(period)
        printed = span_in(text)[0] or _line(lines, span)
        return TitlePeriod("", printed, f"{year}-{last:02}" if last else "")
    numbered = {int(m[1] or m[2]) for m in _NUMBERED.finditer(text.casefold())}
    period = only_period(rows)
    if 1 < len(quarters & {*_QUARTERS}) < len(_QUARTERS):
        return TitlePeriod("", _line(lines, ""), f"{year}-{3 * max(quarters & {*_QUARTERS}):02}")
    if len(quarters) == 1 and quarters <= {*_QUARTERS}:
        period = f"{year}-Q{quarters.pop()}"
    elif len(numbered) == 1 and numbered <= {*range(1, _YEAR + 1)}:
        period = f"{year}-{numbered.pop():02}"
    elif period == year and _OF_A_MONTH in plain:  # a month that is not understood is no whole year
        return TitlePeriod("", _line(lines, _OF_A_MONTH))
    return TitlePeriod(period)


def is_span(heading: str, year: str = "") -> bool:
    """Whether a heading is of several months together that are no month, quarter or year.

    Args:
        heading: as printed.
        year: the year that the title says, of a heading that names none.

    >>> is_span("Import 1-9/2024"), is_span("Import 1-3/2024")
    (True, False)
    >>> is_span("2023년(1~10월)"), is_span("9 месяцев 2023"), is_span("January-March 2023"), is_span("1-9月", "2023")
    (True, True, False, True)
    """
    if not _MONTHS_OR_HALF.search(heading):
        return False  # most headings: a span has a number or a stroke
    return bool(title_period((heading if _YEAR_OF_TITLE.search(heading) else f"{heading} {year}",)).span)


def _line(lines: tuple[str, ...], words: str) -> str:
    """The line of a title in which words stand, the first where none holds them as they are compared."""
    return next((line for line in lines if words in _shown(_plain(line))), lines[0])[:_SHORT]


def refuse_months_together(span: str, last: str) -> None:
    """Stop where figures are of several months together.

    Args:
        span: the months, or the line that says them, as printed.
        last: the last of them, as 2024-09; empty where that is not said.

    Raises:
        BadInputError: with the line of a map that says under which period they stand.
    """
    if last:
        remedy = tr(
            "To hold them under the last of these months, as China's offices publish January with February, say so in "
            'a map, --map FILE.toml: [fixed], then period = "{period}". What follows flows by month then sees no flow '
            "in the months before and several months in that one.",
            period=last,
        )
    else:
        remedy = tr(
            "Say in a map, --map FILE.toml, of which year, quarter or month they are: [fixed], then period = "
            '"2024-06", where that is the last of several months.'
        )
    raise BadInputError(
        tr("the figures are of several months together, which are no month, quarter or year"), found=span, remedy=remedy
    )


def _of_two_years(text: str, period: str) -> TitlePeriod:
    """A fiscal year, and months of it: July-June are its twelve, July-March are not."""
    first, last, span = _months(_plain(text))
    if not (first and last and first == last + 1):
        return TitlePeriod("", span) if span else TitlePeriod(period)
    years = {found[0] for found in _FISCAL.finditer(text)}
    return TitlePeriod(period or (f"{span} {years.pop()}" if len(years) == 1 else ""))


def _plain(text: str) -> str:
    """Small letters, months by their number as m03, spans of them with a stroke: 1至3月 is m01 - m03."""
    plain = _TO_YEAR.sub(_numbered, _SPANNED.sub(_numbered, text.casefold()))
    return _NUMBERED.sub(lambda m: f" m{int(m[1] or m[2]):02} ", plain)


def _numbered(months: re.Match[str]) -> str:
    return f" m{int(months[1]):02} - m{int(months[2]):02} "


def _months(plain: str) -> tuple[int, int, str]:
    """The first and the last of several months together, and what says so; zeros where it does not say which."""
    for found in _range().finditer(plain):
        first, last = _month(found["a"]), _month(found["b"])
        if first and last and first != last:
            return first, last, _shown(found[0])
    if counted := _counted().search(plain):
        many = _ordinal(counted["n"])
        return (1, many, _shown(counted[0])) if 1 < many <= _YEAR else (0, 0, _shown(counted[0]))
    for half in _half().finditer(plain):
        which = _ordinal(half["n"] or half["z"] or half["h"] or "")
        if which or half[0].strip() != _BARE:  # half-finished goods
            return {1: 1, 2: _HALF + 1}.get(which, 0), {1: _HALF, 2: _YEAR}.get(which, 0), _shown(half[0])
    return _so_many(plain)


def _so_many(plain: str) -> tuple[int, int, str]:
    """The months of the year so far, up to the one that is named."""
    named = [w for w in re.findall(r"[^\W_]+", plain) if _month(w)]
    behind = next((m for m in _up_to().finditer(plain) if _month(m["a"])), None)
    says = behind or _so_far().search(plain)
    if says is None or len({*map(_month, named)}) > 1:
        return 0, 0, ""
    return (1, _month(named[0]), _shown(says[0])) if named else (0, 0, _shown(says[0]))


def _shown(text: str) -> str:
    return re.sub(r"\bm(\d\d)\b", r"\1", " ".join(text.split()))[:_SHORT]


def _month(word: str) -> int:
    return int(word[1:]) if re.fullmatch(r"m\d\d", word) else 0 if word.isdigit() else month_number(word)


@cache
def _words(means: str) -> dict[str, str]:
    """Words on record for a part of a period: word, as it is compared, to what it means."""
    rows = [r for r in packaged_rows(HEADING_WORDS) if r["kind"] == "span"]
    return {w.casefold(): r["means"] for r in rows if r["means"].partition(" ")[0] == means for w in r["words"]}


@cache
def _any(means: str) -> str:
    return "|".join(map(re.escape, sorted(_words(means), key=len, reverse=True)))


def _ordinal(word: str) -> int:
    """The number that a word or digits say: first, 9, III; 0 for none."""
    bare = word.strip()
    return int(bare) if bare.isdigit() else int(_words("number").get(bare, "number 0").partition(" ")[2])


@cache
def _range() -> re.Pattern[str]:
    joined = rf"\s*(?:[-–—~〜～/]|(?<=\s)(?:{_any('joining')})(?=\s))\s*"
    return re.compile(_MONTH.format("a") + joined + _MONTH.format("b"))


@cache
def _counted() -> re.Pattern[str]:
    """Nine months, 9 tháng, 前3个月."""
    number = rf"(?<![^\W_\u3400-\u9fff])(?P<n>\d{{1,2}}|{_any('number')})"
    return re.compile(rf"{number}\s*[-–]?\s*(?:{_any('months')})(?![a-z\u00e0-\u04ff])")


@cache
def _half() -> re.Pattern[str]:
    ordinal = rf"(?P<n>(?<![^\W_\u3400-\u9fff])(?:[12]|{_any('number')}))"
    return re.compile(
        rf"(?:{ordinal}\s*[-–.]?\s*(?:st|nd|е|er|º|ª|o|a|й)?\s*)?(?:{_any('half')})(?:\s*(?P<z>[12]|i{{1,2}})(?![^\W_]))?"
        r"|(?<![^\W_\u3400-\u9fff])h(?P<h>[12])(?![^\W_])"
    )


@cache
def _quarter() -> re.Pattern[str]:
    ordinal = rf"(?:[1-4]|{_any('number')})"
    return re.compile(
        rf"(?<![^\W_\u3400-\u9fff])({ordinal})\s*[-–.]?\s*(?:st|nd|rd|th|й|er|e|º|o|ª)?\s*(?:{_any('quarter')})"
        rf"|(?:{_any('quarter')})\s*({ordinal})(?![^\W_])|(?<![^\W_\u3400-\u9fff])q([1-4])(?![^\W_])|年\s*第?({ordinal})\s*季"
    )


@cache
def _so_far() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_])(?:{_any('so_far')})(?![^\W\d_])|累[计計]|누계")


@cache
def _up_to() -> re.Pattern[str]:
    ends = "|".join(sorted(map(re.escape, UP_TO), key=len, reverse=True))
    return re.compile(rf"(?<![^\W\d_])(?:{ends})\s+" + _MONTH.format("a"))
