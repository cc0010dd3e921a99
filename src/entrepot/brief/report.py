"""What a report is made of: sentences, grids, charts and chapters, all of findings.

A figure reaches a page only as a `Finding` inside one of these; the renderer turns each into a link to its source.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from string import Formatter
from typing import TYPE_CHECKING

from entrepot.brief.finding_names import about, disagreeing, titled
from entrepot.core import periods, units
from entrepot.core.errors import EntrepotError
from entrepot.core.words import amounts
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from entrepot.brief.cards.print_row import Print
    from entrepot.core.findings import Finding
    from entrepot.measures.act import Look

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


Cell = str | Figure | Source | Sentence | None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of the report; one that is needed to read a chart is shown open.

    `search` labels a box that filters its rows, empty for none; a table with one has an anchor. A `stacked` one has
    sentences in its cells: on a phone each row is a block, every cell under its heading.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    shown: bool = False
    anchor: str = ""
    search: str = ""
    stacked: bool = False

    @property
    def is_stacked(self) -> bool:
        """Whether each of its rows is a block on a phone."""
        return self.stacked or bool(self.search)


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawn chart; its marks link to the findings they show. Charts of one group stand under its heading.

    Of charts that differ in their `currency` alone the page shows one; empty where there is one chart for all. A wide
    one takes the whole row; `narrow` is the same drawn for a phone, empty where one width serves both; a map has land.
    """

    title: str
    svg: str
    caption: str
    figures: tuple[Finding, ...]
    group: str = ""
    wide: bool = False
    narrow: str = ""
    currency: str = ""
    is_map: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter: what it says, shows, and lacks.

    Attributes:
        key: anchor.
        headline: what it comes to, first in its body where the body does not say it; None where there is nothing.
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


@dataclass(frozen=True, slots=True)
class Line:
    """One comparison of a test.

    Attributes:
        look: what the plan asked for.
        label: the quantity in words.
        direction: up, down or level, as it speaks in the test; not_known.
        says: the figures as a clause, without its full stop.
        figures: oldest first; the last is the freshest.
        since, until: first and last day of what is compared (ISO days); empty where nothing is.
        doubts: lines of the rule that cast doubt on it.
        unknown: the line of the rule that says why it points nowhere; empty where it points.
        offices: who counted.
        growth: the printed change, where one was.
        in_short: what the first screen says of it; None where that is `says`.
    """

    look: Look
    label: str
    direction: str
    says: Sentence
    figures: tuple[Finding, ...]
    since: str
    until: str
    doubts: frozenset[str] = frozenset()
    unknown: str = ""
    offices: frozenset[str] = frozenset()
    growth: Finding | None = None
    in_short: Sentence | None = None

    @property
    def points(self) -> bool:
        """Whether it points anywhere, if only level."""
        return self.direction != "not_known"


@dataclass(frozen=True, slots=True)
class AnswerTest:
    """One test of the answer.

    Attributes:
        id, name, asks: as in the rule.
        direction: up, down, mixed, level or not_known.
        doubts: lines of the rule that apply to all that points.
        sure: the word for how sure; empty where nothing is known.
        why: what points which way, and the doubts in words; else why nothing is known.
        lines: every comparison, those of the answer first.
        shown: the comparisons that stand in the answer.
        until: last day of the freshest figure that points, else of any; empty where there is none.
        ages: days from the last day of each of `shown` to that of the brief; None where its clause says it.
        lacking: where nothing is shown, what no figure on record says and which would settle it; else empty.
        scans: packaged scans that bear on it, each with its command.
        in_words: what of `shown` went which way, where the first screen has no room for a figure.
        own: what scans of one's own flows found (`has_own`), marked so; else how one comes to stand there.
    """

    id: str
    name: str
    asks: str
    direction: str
    doubts: tuple[str, ...]
    sure: str
    why: str
    lines: tuple[Line, ...]
    shown: tuple[Line, ...]
    until: str
    ages: tuple[int | None, ...]
    lacking: str = ""
    scans: tuple[tuple[str, str], ...] = ()
    in_words: str = ""
    own: str = ""
    has_own: bool = False

    @property
    def says(self) -> Sentence:
        """What stands in the answer, in one sentence."""
        said = joined([line.says for line in self.shown], "; ")
        text = said.template[:1].upper() + said.template[1:]
        return Sentence(text if not text or text.endswith(".") else f"{text}.", said.figures)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of a brief.

    Attributes:
        direction: id of the line of the verdicts.
        verdict: the sentence over all.
        in_short: the same without the figures of the tests: what the answer is, and what would settle it.
        tests: one for each that the plan looks at, in the order of the rule.
        not_asked: names of the tests that the plan looks at nothing for.
        holds: what the measure is and what is open of it, said before the verdict; None where the tests say all.
    """

    direction: str
    verdict: Sentence
    in_short: Sentence
    tests: tuple[AnswerTest, ...]
    not_asked: tuple[str, ...]
    holds: Sentence | None = None

    @property
    def figures(self) -> list[Finding]:
        """Every figure of the answer and of its comparisons."""
        said = (*self.opening, *(line.says for t in self.tests for line in t.lines))
        return [f for sentence in said for f in sentence.figures.values()]

    @property
    def opening(self) -> tuple[Sentence, ...]:
        """What stands before the tests: what holds, where that is said, and the sentence over all."""
        return (self.holds, self.verdict) if self.holds else (self.verdict,)


@dataclass(frozen=True, slots=True)
class Report:
    """A whole brief.

    Attributes:
        printed: the observations that its figures rest on as they were printed, by id, for the card of a figure.
        answer: the answer by test.
        first: the comparisons that the first screen says in words, by the id of their test.
        lead: the chart beside the answer; None where nothing can be drawn.
        map: the map beside it, of a plan without crossings its dated events; None where neither can be drawn.
        dollars: what is printed in another currency as dollars, by the id of its figure.
        beside: the answers of other days (ISO), each with what was known then.
    """

    measure_id: str
    title: str
    question: str
    as_of: str
    answer: Answer
    chapters: tuple[Chapter, ...]
    printed: Mapping[str, Print] = field(default_factory=dict)
    beside: tuple[tuple[str, Answer], ...] = ()
    first: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)
    lead: Chart | None = None
    map: Chart | None = None
    dollars: Mapping[str, Finding] = field(default_factory=dict)
    own: str = ""

    @property
    def head(self) -> tuple[Sentence, ...]:
        """The sentences of the answer: that over all and one a test."""
        return (*self.answer.opening, *(t.says for t in self.answer.tests))


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
                raise EntrepotError(tr("a sentence names a figure it was not given"), found=name)
            yield show(finding, form or ""), finding


def joined(parts: Sequence[Sentence], between: str) -> Sentence:
    """Sentences as one; the figures of each keep their places."""
    texts: list[str] = []
    figures: dict[str, Finding] = {}
    for i, part in enumerate(parts):
        text = ""
        for literal, name, form, _ in Formatter().parse(part.template):
            text += escaped(literal)
            if name is not None:
                text += f"{{x{i}{name}{':' + form if form else ''}}}"
        texts.append(text)
        figures |= {f"x{i}{name}": f for name, f in part.figures.items()}
    return Sentence(between.join(texts), figures)


def escaped(text: str) -> str:
    """Text that stands in the template of a sentence as it is."""
    return text.replace("{", "{{").replace("}", "}}")


def plain_text(sentence: Sentence) -> str:
    """The sentence as text."""
    return "".join(text for text, _ in parts(sentence))


def show(finding: Finding, form: str = "") -> str:
    """A finding as words.

    Args:
        finding: the finding.
        form: empty: value with unit and bound; `bare`: the number alone; `short`: four digits, with its unit;
            `plain`: with its unit and without its bound, where the sentence says it; `period`: its period; `day`: its
            first day; `signed`: a percentage with its sign; `ends`: its two bounds, `−1.2 million to USD 3 million`.
    """
    if form == "period":
        return period_words(finding)
    if form == "day" or finding.kind == "date":
        return amounts.period(periods.parse((finding.period_start if form == "day" else None) or finding.value))
    if finding.kind != "number":
        return disagreeing(finding.value) if finding.kind == "conflict" else finding.value
    return _show_number(finding, form)


def _show_number(finding: Finding, form: str) -> str:
    unit = finding.unit or ""
    if form == "signed":
        return f"{'+' if finding.number >= 0 else ''}{amounts.number(finding.number)} %"
    if form == "ends":
        low, high = (units.rounded(v, ESTIMATE_DIGITS) for v in (finding.low or 0.0, finding.high or 0.0))
        return tr("{low} to {high}", low=amounts.number(low, unit), high=amounts.with_unit(high, unit))
    value, bound = _value_and_bound(finding)
    if form == "bare":
        return amounts.number(value, unit)
    value = units.rounded(value, SUM_DIGITS) if form == "short" else value
    return amounts.with_unit(value, unit) if form == "plain" else amounts.with_unit(value, unit, bound=bound)


def _value_and_bound(finding: Finding) -> tuple[float, str]:
    """The value to show, and its bound word; an estimate is rounded to what it can carry and is never exact."""
    value, low, high = finding.number, finding.low, finding.high
    if finding.status in {"estimated", "simulated"}:
        value = units.rounded(value, ESTIMATE_DIGITS)
        return value, "at_least_about" if low is not None and high is None else "about"
    if (low is None) != (high is None):
        return value, "at_least" if high is None else "at_most"
    return value, "about" if low is not None and high is not None and low < high else "exact"


def in_words(finding: Finding) -> str:
    """What a mark of a chart says to readers who listen: whose, when, how much."""
    of = titled(finding.quantity) if finding.kind == "date" else period_words(finding)  # a day would stand twice
    return f"{about(finding.subject)}, {of}: {show(finding)}"


def period_words(finding: Finding) -> str:
    """The period as a reader writes it; what is unknown is said."""
    start, end = finding.period_start, finding.period_end
    if not end:
        return tr("since {start}", start=amounts.period(periods.parse(start))) if start else tr("period not given")
    if not start:
        return tr("to {end}", end=amounts.period(periods.parse(end)))
    first, last = periods.parse(start), periods.parse(end)
    if start != end and "day" in {first.precision, last.precision} and first.precision != last.precision:
        # "21 June 2022 to December 2023": an end known to the month is not widened to its last day.
        return tr("{first} to {last}", first=amounts.period(first), last=amounts.period(last))
    return amounts.period(periods.span(start, end))


def figures_of(report: Report) -> list[Finding]:
    """Every finding of the report once, in the order of the page."""
    said = [*report.head, *(line.says for test in report.answer.tests for line in test.lines)]
    said += [line.in_short or line.says for lines in report.first.values() for line in lines]
    charts = [chart for chart in (report.lead, report.map) if chart]
    found = {f.id: f for shown in (*(s.figures.values() for s in said), *(c.figures for c in charts)) for f in shown}
    found.update({f.id: f for chapter in report.chapters for f in _chapter_figures(chapter)})
    found.update({f.id: f for f in report.dollars.values()})
    return list(found.values())


def _chapter_figures(chapter: Chapter) -> Iterator[Finding]:
    for sentence in filter(None, (chapter.headline, *chapter.body)):
        yield from sentence.figures.values()
    yield from (f for chart in chapter.charts for f in chart.figures)
    yield from (f for grid in chapter.grids for row in grid.rows for f in in_cells(row))
    yield from chapter.figures


def in_cells(row: Sequence[Cell]) -> Iterator[Finding]:
    """The findings in the cells of a row of a grid."""
    for cell in row:
        if isinstance(cell, Figure):
            yield cell.finding
        elif isinstance(cell, Sentence):
            yield from cell.figures.values()
