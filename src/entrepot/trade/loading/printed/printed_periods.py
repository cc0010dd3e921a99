"""Periods as publishers print them, as ours: `2023`, `2023-Q3`, `2023-06`.

Eurostat prints a year as `Jan.-Dec. 2019` and as `201952-Jan.-Dec. 2019`, the IMF as `2019A`, an office as `2019 г.`,
`январь-декабрь 2022 года` or `2022年1月`. India counts in years from April to March, `2022-2023`, which are no years of
the calendar: `is_fiscal` tells them, and their figures stand under the year in which nine of the months lie.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import tr
from entrepot.trade.contract import MONTH_NAMES
from entrepot.vocabulary.printed_names import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

_DIGIT = re.compile(r"\d")
_YEARS = range(1900, 2100)
_MONTHS, _QUARTER = 12, 3  # of a year, of a quarter
_REPUBLIC = re.compile(r"(?:民國|中華民國)?\s*(?P<y>1\d{2})\s*年\s*(?:(?P<m>\d{1,2})\s*月)?", re.ASCII)
_BUDDHIST = range(2480, 2600)  # years of the calendar of Thailand, whose months are ours
_ELDER = 543  # how many years it is ahead
_BEFORE = 1911  # the year before the first of the calendar of Taiwan, whose years from 2011 on have three digits
_DAY = re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})", re.ASCII)
_FORMS = (
    re.compile(r"(?P<y>\d{4})[-_/. ]?m?(?P<m>\d{2})(?:[-/.]?01)?", re.ASCII),
    re.compile(r"(?P<y>\d{4})[-/m.](?P<m>\d)", re.ASCII),
    re.compile(r"(?:01[-/.])?(?P<m>\d{1,2})[-/.](?P<y>\d{4})", re.ASCII),
    re.compile(r"m(?P<m>\d{1,2})[-_/. ]?(?P<y>\d{4})", re.ASCII),
    re.compile(r"(?P<y>\d{4})\s*[年년]\s*(?P<m>\d{1,2})\s*[月월](?:份)?", re.ASCII),
    re.compile(r"tháng\s*(?P<m>\d{1,2})\s*(?:năm|[-/])\s*(?P<y>\d{4})", re.ASCII),
)
_QUARTERS = (
    re.compile(r"(?P<y>\d{4})[-_ .]?[qt](?P<q>[1-4])", re.ASCII),
    re.compile(r"[qt](?P<q>[1-4])[-_ /.]?(?P<y>\d{4})", re.ASCII),
    re.compile(
        r"(?P<q>[1-4]|iv|i{1,3})\s*(?:-?(?:st|nd|rd|th|й|er|e))?\s*(?:quarter|qtr|кв\w*|trim\w*)\.?\s*(?P<y>\d{4})"
    ),
    re.compile(r"(?P<q>[1-4]|iv|i{1,3})\s*-?\s*(?:ch|ч)(?:orak|орак)\w*,?\s*(?P<y>\d{4})(?:\s*-?\s*(?:yil|йил))?"),
    re.compile(r"(?P<y>\d{4})(?:\s*-?\s*(?:yil|йил)\w*)?,?\s*(?P<q>[1-4]|iv|i{1,3})\s*-?\s*(?:ch|ч)(?:orak|орак)\w*"),
    re.compile(r"(?P<y>\d{4})\s*[年년]?\s*第?(?P<q>[1-4]|一|二|三|四)\s*(?:季度?|분기|四半期)"),
)
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "一": "1", "二": "2", "三": "3", "四": "4"}
# Twelve months from one year into the next: July 2023 - June 2024, April 2022 to March 2023.
_TWELVE = re.compile(
    r"(?<![^\W\d_])(?P<a>[^\W\d_]{3,})\.?,?\s*(?P<y>(?:19|20)\d{2})\s*(?:[-–—~]|to|по|до|a|al|bis|à)\s*"
    r"(?P<b>[^\W\d_]{3,})\.?,?\s*(?P<z>(?:19|20)\d{2})(?!\d)",
    re.IGNORECASE,
)
# The same in short, as Pakistan's offices print it: July-June 2022-2023.
_MONTHS_OF_TWO = re.compile(r"(?P<a>[^\W\d_]{3,})\.?\s*[-–—~]\s*(?P<b>[^\W\d_]{3,})\.?,?\s+(?=\d{4}\s*[-–/]\s*\d{2})")
_ONE_OF_TWO = re.compile(r"\bfy\s*['’]?(?:\d{4}|\d{2})(?!\s*[-–/]?\s*\d)", re.IGNORECASE)
_FISCAL = re.compile(r"(?:fy\s*)?(?P<a>\d{4})\s*[-–/]\s*(?P<b>\d{4}|\d{2})", re.ASCII)
# Marks of figures that may be revised or are final (India's R and F), and what stands beside a year: год, [YR2019], /r.
_MARK = re.compile(r"\s*(?:[(\[/]\s*(?:p|r|e|f|prov\w*|prelim\w*|rev\w*|final|yr\d{4})\.?\s*[)\]]?|\*+|[ᵖʳ]+)$")
# The months of a fiscal year behind it, and such a mark among them: India's 2023-2024(Apr-Mar(P)).
_MONTHS_BEHIND = re.compile(
    r"^(?P<y>\d{4}\s*[-–/]\s*(?:\d{4}|\d{2}))\s*\((?P<m>[^\W\d_]{3,}\.?\s*[-–]\s*[^\W\d_]{3,}\.?)\s*(?:\([a-z]{1,4}\))?\)$"
)
_YEAR = re.compile(
    r"(?:(?:calendar )?year|annual|jahr|année|annee|an|año|ano|y|a)?\s*(\d{4})\s*"
    r"(?:\.0+|y|a|г|г\.|год|года|году|年|년|年度|yıl|yılı|жыл)?"
)
_LABELLED = re.compile(r"(\d{4})(\d\d)\s*[-–:]\s*(?=\D)(.+)")  # Comext: the code, then its label
# Words that join the months and years of a period, in the languages of its months.
_JOINING = frozenset((
    "to", "bis", "au", "à", "a", "по", "al", "de", "of", "year", "год", "года", "г",
    "in", "за", "d", "e", "до", "until", "through", "thru", "till",
))  # fmt: skip
# Those of them before the last of several months: behind a single one the year up to it is meant, from January on.
UP_TO = frozenset({"to", "bis", "au", "al", "по", "до", "until", "through", "thru", "till"})
_WHOLE = "52"  # Comext's 52nd period is the year
EDITION = re.compile(r"\b(?:HS|ГС|SH|ТН ВЭД)\W{0,3}(?:19|20)\d{2}\b", re.IGNORECASE)
# A month beside its year among the words of a title: October 2024, Oct. 2024, 2024 October.
_DOTTED = re.compile(r"(?<![\d.])(0?[1-9]|1[0-2])\.((?:19|20)\d{2})(?![\d.])")
_MONTH_AND_YEAR = re.compile(
    r"(?<![^\W\d_])([^\W\d_]{3,})\.?,?\s+(?=((?:19|20)\d{2})(?![\d.]))|(?<!\d)((?:19|20)\d{2})\s+([^\W\d_]{3,})"
)
# Months together: Jan-Feb 2025, январь-февраль 2025, 2025年1至2月.
_SPAN = re.compile(
    r"(?<![^\W\d_])(?P<a>[^\W\d_]{3,})\.?\s*(?:[-–—~]|to|and|и|по)\s*(?P<b>[^\W\d_]{3,})\.?,?\s+(?P<y>(?:19|20)\d{2})(?!\d)"
    r"|(?P<z>(?:19|20)\d{2})\s*[年년]\s*(?P<c>\d{1,2})\s*[至到~～—–-]\s*(?P<d>\d{1,2})\s*[月월]"
)
# The months of a year so far, as China's customs print them in English: 1to10, 1-10, Jan-Oct.
_TO_MONTH = re.compile(r"(?:0?1|jan\w*\.?)\s*(?:to|[-–—~至到])\s*(\d{1,2}|[^\W\d_]{3,})\.?", re.IGNORECASE)
_SO_FAR = "cumulative"  # a word on record for what holds the figures of the months before (title_words.csv)
_CENTURY, _LAST = 2000, 69  # jan-19 is of 2019; what is higher would be of the last century, where nobody writes so


def period_of(printed: str) -> str:
    """A period as ours; empty where the text is none, or one that is no month, quarter or year.

    >>> [period_of(p) for p in ("202306", "2023-06-01", "2023M06", "Jun-2023", "2023.0", "202352", "2023-6", "6/2023")]
    ['2023-06', '2023-06', '2023-06', '2023-06', '2023', '2023', '2023-06', '2023-06']
    >>> [period_of(p) for p in ("Jan.-Dec. 2019", "201952-Jan.-Dec. 2019", "янв.-март 2022 г.", "Jan.-Jun. 2019")]
    ['2019', '2019', '2022-Q1', '']
    >>> [period_of(p) for p in ("2024 through February", "2024 through January", "through March 2024", "until 2024")]
    ['', '2024-01', '2024-Q1', '']
    """
    if not _DIGIT.search(printed):
        return ""  # most headings and cells of words: a period has a number
    text = re.sub(r"[ t]00:00:00(\.0+)?z?$", "", printed.strip().casefold())
    return _numbered(_MARK.sub("", _MONTHS_BEHIND.sub(r"\g<m> \g<y>", text)))


def _numbered(text: str) -> str:
    if found := _YEAR.fullmatch(text):
        return _period(found[1])
    if found := _REPUBLIC.fullmatch(text):
        return _period(str(_BEFORE + int(found["y"])), found["m"] or "")
    if found := re.fullmatch(r"(\d{4})" + _WHOLE, text, re.ASCII):
        return _period(found[1])
    if found := _LABELLED.fullmatch(text):
        coded = _period(found[1], "" if found[2] == _WHOLE else found[2])
        return coded if coded and _worded(found[3]) in {coded, ""} else ""
    for form in _QUARTERS:
        if found := form.fullmatch(text):
            return _period(found["y"], f"Q{_ROMAN.get(found['q'], found['q'])}")
    return _month(text) or _worded(text) or _fiscal(text)


def is_fiscal(printed: str) -> bool:
    """Whether a period is of two years that follow one another: `2022-2023`, `2022-23`, `FY 2021/22`.

    >>> [is_fiscal(p) for p in ("2022-2023", "2021/22", "2019-2023", "2011-12", "2022", "July 2023 - June 2024")]
    [True, True, False, False, False, True]
    >>> is_fiscal("July-June 2022-2023"), is_fiscal("July-March 2022-2023")
    (True, False)
    """
    text = _MONTHS_BEHIND.sub(r"\g<m> \g<y>", printed.strip().casefold())
    return bool(_fiscal(_MARK.sub("", text)))


def fiscal_begins(printed: str) -> str:
    """The month that a fiscal year begins in as two digits, where its months are printed; ? where none is, else empty.

    >>> [fiscal_begins(p) for p in ("July 2023 - June 2024", "2023-2024(Apr-Mar(P))", "2022-2023", "2022")]
    ['07', '04', '?', '']
    """
    months = [n for w in re.findall(r"[^\W\d_]{3,}", printed.casefold()) if (n := month_number(w))]
    return "" if not is_fiscal(printed) else f"{months[0]:02d}" if months else "?"


def names_one_of_two(printed: str) -> bool:
    """Whether a heading names a fiscal year by one of its two years: whether it begins or ends in it, offices differ.

    >>> [names_one_of_two(p) for p in ("FY23", "Jul-Sep FY 2024", "FY 2022-23", "FY2021/22", "2023")]
    [True, True, False, False, False]
    """
    return bool(_ONE_OF_TWO.search(printed))


def _fiscal(text: str) -> str:
    """The year in which such a period begins; 2011-12 is December."""
    if twelve := _TWELVE.fullmatch(text):
        return _period(twelve["y"]) if _are_twelve(twelve) else ""
    spanned = _MONTHS_OF_TWO.match(text)
    if spanned and month_number(spanned["b"]) and month_number(spanned["a"]) == month_number(spanned["b"]) + 1:
        text = text[spanned.end() :]
    found = _FISCAL.fullmatch(text)
    if not found or _month(text):
        return ""
    first, second = int(found["a"]), int(found["b"])
    follows = second == first + 1 if len(found["b"]) == len(found["a"]) else second == (first + 1) % 100
    return _period(found["a"]) if follows else ""


def _are_twelve(found: re.Match[str]) -> bool:
    """Whether months in two years that follow one another are twelve together, and no year of the calendar."""
    first, last = month_number(found["a"]), month_number(found["b"])
    return bool(last) and first == last + 1 and int(found["z"]) == int(found["y"]) + 1


def _month(text: str) -> str:
    if day := _DAY.fullmatch(text):
        year, month = day["y"], day["m"]
        whole = _period(year, month) and int(day["d"]) in {1, monthrange(int(year), int(month))[1]}
        return _period(year, month) if whole else ""  # series are dated by the first or the last day of the month
    for form in _FORMS:
        if found := form.fullmatch(text):
            return _period(found["y"], found["m"])
    return ""


def _worded(text: str) -> str:
    """A period in words: one month or two and a year, in any order."""
    months: list[int] = []
    years: list[str] = []
    for word in re.findall(r"\d+|[^\W\d_]+", text):
        if word.isascii() and word.isdigit():
            years.append(word)
        elif month := _month_names().get(folded(word)):
            months.append(month)
        elif word not in _JOINING:
            return ""
    if not months or len(set(years)) != 1 or len(months) > 2:  # noqa: PLR2004 - from one month to another
        return ""
    year = _in_full(years[0])
    if len(months) == 1 and UP_TO & set(text.split()):  # 2024 through February
        months = [1, *months]
    if len(set(months)) == 1:
        return _period(year, f"{months[0]:02}") if year else ""
    return span_of(year, *months) if year else ""


def _in_full(year: str) -> str:
    if len(year) == 4:  # noqa: PLR2004 - digits of a year
        return year
    return str(_CENTURY + int(year)) if len(year) == 2 and int(year) <= _LAST else ""  # noqa: PLR2004 - as above


def span_of(year: str, first: int, last: int) -> str:
    """Months of a year together as a year or a quarter, where they are one; empty where they are not.

    >>> span_of("2024", 1, 12), span_of("2024", 4, 6), span_of("2024", 1, 6)
    ('2024', '2024-Q2', '')
    """
    if (first, last) == (1, _MONTHS):
        return _period(year)
    if first % _QUARTER == 1 and last == first + _QUARTER - 1:
        return _period(year, f"Q{last // _QUARTER}")
    return ""


@cache
def _month_names() -> dict[str, int]:
    """Names and short names of months in some twenty languages, folded, to their number."""
    return {folded(name): row["month"] for row in packaged_rows(MONTH_NAMES) for name in row["names"]}


def only_period(rows: Sequence[Sequence[str]]) -> str:
    """The one year that a title names, or the month of it that it says beside.

    None where it names several, an edition of the HS or months of a part of one.

    >>> only_period([["Exports by Country, October 2024 (in USD)"]]), only_period([["Exports, January-October 2024"]])
    ('2024-10', '')
    >>> only_period([["Exports by country"], ["JULY 2023 - JUNE 2024"]])
    'JULY 2023 - JUNE 2024'
    >>> only_period([["Imports and Exports, 5.2024"]]), only_period([["Imports and Exports, 31.05.2024"]])
    ('2024-05', '')
    """
    text = _DOTTED.sub(_spelt_out, " ".join(c for row in rows for c in row if c))
    twelve = {found[0] for found in _TWELVE.finditer(text) if _are_twelve(found)}
    if len(twelve) == 1 and not period_of(_TWELVE.sub(" ", text)):
        return twelve.pop()
    years = {y for y in re.findall(r"(?<![\dA-Za-z.])(?:19|20)\d{2}(?![\d.])", EDITION.sub(" ", text)) if period_of(y)}
    months = {period_of(f"{w} 2000")[4:] for w in re.findall(r"[^\W\d_]{3,}", text)} - {""}
    if len(years) == 1 == len(months):
        beside = {period_of(" ".join(filter(None, found))) for found in _MONTH_AND_YEAR.findall(text)} - {""}
        return beside.pop() if len(beside) == 1 else ""
    if len(years) != 1 or not months <= {"-01", "-12"}:
        return ""
    year = years.pop()
    lines = {period_of(c.strip()) for row in rows for c in row if c} - {""}  # a month of it: Tháng 3 năm 2023
    return lines.pop() if len(lines) == 1 and min(lines).startswith(year) else year


def _spelt_out(dotted: re.Match[str]) -> str:
    """A month before its year with a point, as China's customs print it in titles, by its name: 5.2024."""
    name = next(n for n, number in _month_names().items() if number == int(dotted[1]))
    return f" {name} {dotted[2]} "


def span_in(text: str) -> tuple[str, str]:
    """Months that a title names together and that are none of our periods: as printed, and the last; empty for none.

    >>> span_in("Imports, Jan-Feb 2025 (in USD)"), span_in("2025年1至2月"), span_in("January-December 2024")
    (('Jan-Feb 2025', '2025-02'), ('2025年1至2月', '2025-02'), ('', ''))
    """
    for found in _SPAN.finditer(text):
        year = found["y"] or found["z"]
        first, last = month_number(found["a"] or found["c"]), month_number(found["b"] or found["d"])
        if first and last > first and not span_of(year, first, last):
            return found[0], f"{year}-{last:02}"
    return "", ""


def plain_months(rows: list[list[str]]) -> list[list[str]]:
    """Rows in which a month by its bare number, beside the year up to it, stands as a month: 10 beside 1to10.

    The title has to name one year. A number that no span of months ends with is left as it is.

    >>> plain_months([["Exports, October 2024"], ["", "10", "1to10", "Value"]])[1]
    ['', '2024-10', 'cumulative', 'Value']
    """
    found: list[list[str]] = []
    for row in rows:
        spans = {c: month for c in row if (span := _TO_MONTH.fullmatch(c.strip())) and (month := month_number(span[1]))}
        year = only_period(found)[:4] if spans else ""
        months = {f"{year}-{m:02}" for m in spans.values()} if year else set()
        found.append(
            [
                _SO_FAR
                if c in spans and year
                else f"{year}-{month_number(c):02}"
                if months and f"{year}-{month_number(c):02}" in months
                else c
                for c in row
            ]
        )
    return found


def month_number(month: str) -> int:
    """The number of a month that stands by its number or its name; 0 where it is none."""
    bare = month.strip().strip(".")
    named = (
        int(bare)
        if bare.isascii() and bare.isdigit() and len(bare) < len("100")
        else _month_names().get(folded(bare), 0)
    )
    return named if named <= _MONTHS else 0


def is_buddhist(printed: str) -> bool:
    """Whether a period stands in the calendar of Thailand: `2566`, `2566-01`.

    >>> is_buddhist("2566-01"), period_of("2566-01"), is_buddhist("2023")
    (True, '2023-01', False)
    """
    found = re.search(r"(?<!\d)2[45]\d\d(?!\d)", printed, re.ASCII)
    return bool(found and int(found[0]) in _BUDDHIST and period_of(printed))


def _period(year: str, part: str = "") -> str:
    if int(year) in _BUDDHIST:
        year = str(int(year) - _ELDER)
    if int(year) not in _YEARS:
        return ""
    if not part or part[0] == "Q":
        return f"{year}-{part}" if part else year
    return f"{year}-{int(part):02}" if 1 <= int(part) <= _MONTHS else ""


def of_parts(year: str, part: str, mark: str) -> pl.Expr:
    """A column of years and one of months or quarters as periods, cells as printed.

    Args:
        year: the column of years.
        part: that of months or quarters, by their numbers or their names.
        mark: what stands between a year and the number: `-`, or `-Q`.
    """
    import polars as pl

    cells, years = (pl.col(c).cast(pl.String()).str.strip_chars().str.replace(r"\.0$", "") for c in (part, year))
    cells = cells.str.replace(r"(?i)^[qm](\d)", "$1")
    cells = cells.str.replace(r"^\[?(\d{1,2})\s*[.)\]\-–]\s*\p{L}.*$", "$1")  # 01. Janeiro, [01] Januari
    cells = cells if mark == "-Q" else cells.str.zfill(2)
    numbered, worded = pl.concat_str(years, pl.lit(mark), cells), pl.concat_str(cells, pl.lit(" "), years)
    whole = cells.str.contains(r"\d{4}")  # a column called Month that says the year too
    return pl.when(cells.str.contains(r"^\d{1,2}$")).then(numbered).when(whole).then(pl.col(part)).otherwise(worded)


def one_period(columns: dict[str, str]) -> tuple[dict[str, str], list[pl.Expr]]:
    """The columns of a map but those of a year beside its months or quarters, and what makes one period of these.

    A year alone is the period; beside a month or a quarter a column called period is one of years.

    Args:
        columns: our names to headings.

    Raises:
        BadInputError: months or quarters of no year, or both.
    """
    rest = {name: heading for name, heading in columns.items() if name not in {"year", "month", "quarter"}}
    month, quarter = columns.get("month", ""), columns.get("quarter", "")
    year = columns.get("year", "") or (rest.pop("period", "") if month or quarter else "")
    if (month and quarter) or ((month or quarter) and not year):
        raise BadInputError(
            tr("the mapping names a month or a quarter, and not one year beside it"),
            allowed=tr("year and month, year and quarter, or period"),
            remedy=tr("Add it under [columns]."),
        )
    if not year:
        return rest, []
    rest.pop("period", "")
    if not (month or quarter):
        return {**rest, "period": year}, []
    return rest, [of_parts(year, month or quarter, "-" if month else "-Q").alias("period")]


def dated(text: str, form: str) -> str:
    """A period written in a way of its own: as a month where the way has one, else as a year."""
    try:
        day = datetime.strptime(text.strip(), form)  # noqa: DTZ007 - a period has no time zone
    except ValueError:
        return text
    return f"{day:%Y-%m}" if any(m in form for m in ("%m", "%b", "%B", "%d")) else f"{day:%Y}"
