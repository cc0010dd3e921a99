"""What a report is made of: sentences, grids, charts and chapters, all of findings.

A figure reaches a page only as a `Finding` inside one of these; the renderer turns each into a link to its source.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from string import Formatter
from typing import TYPE_CHECKING

from entrepot.core import periods, units
from entrepot.core.errors import EntrepotError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from entrepot.core.findings import Finding

SUM_DIGITS = 4  # digits of a sum of many declarations that a sentence can carry; the finding keeps all
ESTIMATE_DIGITS = 3  # an implied figure rests on a growth rate of three printed digits


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with figures: `{name}` or `{name:form}` stands for a finding; forms are those of `show`.

    `sides` says of a figure of trade whose it is: the place, and the partner (empty: all).
    """

    template: str
    figures: Mapping[str, Finding] = field(default_factory=dict)
    sides: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Figure:
    """A finding in a given form, for a cell of a grid."""

    finding: Finding
    form: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A reference to a source, for a cell of a grid."""

    source_id: str
    text: str = ""


Cell = str | Figure | Source | None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of the report; one that is needed to read a chart is shown open.

    `search` is the label of a box that filters its rows, empty for none; a table with one has an anchor. A
    `stacked` one has sentences in its cells: on a phone each row is a block, every cell under its heading.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    shown: bool = False
    anchor: str = ""
    search: str = ""
    stacked: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawn chart; its marks link to the findings they show. Charts of one group stand under its heading.

    A wide one takes the whole row, and scrolls in its own box on a phone.
    """

    title: str
    svg: str
    caption: str
    figures: tuple[Finding, ...]
    group: str = ""
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter: what it says, shows, and lacks.

    Attributes:
        key: anchor.
        headline: the sentence it gives to the answer; None where it has nothing to say there.
        missing: what is not in the record, said instead of an empty chart.
        figures: findings that stand in no sentence or grid but belong to findings.json.
    """

    key: str
    title: str
    headline: Sentence | None = None
    body: tuple[Sentence, ...] = ()
    charts: tuple[Chart, ...] = ()
    grids: tuple[Grid, ...] = ()
    missing: tuple[str, ...] = ()
    figures: tuple[Finding, ...] = ()
    wide_charts: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A whole brief.

    Attributes:
        printed: the observations that its figures rest on as they were printed, by id, for the card of a figure.
    """

    measure_id: str
    title: str
    question: str
    as_of: str
    answer: tuple[Sentence, ...]
    chapters: tuple[Chapter, ...]
    reading: Sentence | None = None
    printed: Mapping[str, str] = field(default_factory=dict)


def parts(sentence: Sentence) -> Iterator[tuple[str, Finding | None]]:
    """The sentence as runs of text; a run that is a figure comes with its finding.

    Raises:
        EntrepotError: the template names a figure that was not given.
    """
    for text, name, form, _ in Formatter().parse(sentence.template):
        if text:
            yield text, None
        if name is not None:
            finding = sentence.figures.get(name)
            if finding is None:
                raise EntrepotError("a sentence names a figure it was not given", found=name)
            yield show(finding, form or ""), finding


def plain_text(sentence: Sentence) -> str:
    """The sentence as text."""
    return "".join(text for text, _ in parts(sentence))


def show(finding: Finding, form: str = "") -> str:
    """A finding as words.

    Args:
        finding: the finding.
        form: empty: value with unit and bound; `bare`: the number alone; `short`: four digits, with its unit;
            `plain`: with its unit and without its bound, where the sentence says it; `period`: its period; `day`: its
            first day;
            `signed`: a percentage with its sign; `ends`: its two bounds, `−1.2 million to USD 3 million`.
    """
    if form == "period":
        return period_words(finding)
    if form == "day":
        return periods.words(periods.parse(finding.period_start or finding.value))
    if finding.kind == "date":
        return periods.words(periods.parse(finding.value))
    if finding.kind != "number":
        return finding.value
    return _show_number(finding, form)


def _show_number(finding: Finding, form: str) -> str:
    if form == "signed":
        return f"{'+' if finding.number >= 0 else ''}{units.number(finding.number)} %"
    if form == "ends":
        low, high = (units.rounded(v, ESTIMATE_DIGITS) for v in (finding.low or 0.0, finding.high or 0.0))
        return f"{units.number(low, finding.unit or '')} to {units.with_unit(high, finding.unit or '')}"
    value, bound = _value_and_bound(finding)
    if form == "bare":
        return units.number(value, finding.unit or "")
    if form == "short":
        return units.with_unit(units.rounded(value, SUM_DIGITS), finding.unit or "", bound=bound)
    if form == "plain":
        return units.with_unit(value, finding.unit or "")
    return units.with_unit(value, finding.unit or "", bound=bound)


def _value_and_bound(finding: Finding) -> tuple[float, str]:
    """The value to show, and its bound word; an estimate is rounded to what it can carry and is never exact."""
    value, low, high = finding.number, finding.low, finding.high
    if finding.status == "estimated":
        value = units.rounded(value, ESTIMATE_DIGITS)
        return value, "at_least_about" if low is not None and high is None else "about"
    if low is not None and high is None:
        return value, "at_least"
    if high is not None and low is None:
        return value, "at_most"
    return value, "about" if low is not None and high is not None and low < high else "exact"


def period_words(finding: Finding) -> str:
    """The period as a reader writes it; what is unknown is said."""
    start, end = finding.period_start, finding.period_end
    if not start and not end:
        return "period not given"
    if not start or not end:
        return (
            f"since {periods.words(periods.parse(start))}" if start else f"to {periods.words(periods.parse(end or ''))}"
        )
    first, last = periods.parse(start), periods.parse(end)
    if start != end and "day" in {first.precision, last.precision} and first.precision != last.precision:
        # "21 June 2022 to December 2023": an end known to the month is not widened to its last day.
        return f"{periods.words(first)} to {periods.words(last)}"
    return periods.words(periods.span(start, end))


def figures_of(report: Report) -> list[Finding]:
    """Every finding of the report once, in the order of the page."""
    found: dict[str, Finding] = {}
    for sentence in report.answer:
        found.update({f.id: f for f in sentence.figures.values()})
    for chapter in report.chapters:
        for finding in _chapter_figures(chapter):
            found[finding.id] = finding
    return list(found.values())


def _chapter_figures(chapter: Chapter) -> Iterator[Finding]:
    if chapter.headline:
        yield from chapter.headline.figures.values()
    for sentence in chapter.body:
        yield from sentence.figures.values()
    for chart in chapter.charts:
        yield from chart.figures
    for grid in chapter.grids:
        for row in grid.rows:
            yield from (c.finding for c in row if isinstance(c, Figure))
    yield from chapter.figures
