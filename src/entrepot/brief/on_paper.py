"""A report as a document to be printed: every figure with the number of its source, the sources with their addresses.

A page on a screen keeps most tables in drawers, and paper has none. So what is printed is what the page shows open: the
sentences, the charts, the tables that are short. What stays on the page is counted and said.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Any

from entrepot import __version__
from entrepot.brief import report as model
from entrepot.brief.answer.answer_shown import headed
from entrepot.brief.answer.not_on_record import scans_said
from entrepot.brief.answer.own_scans import own_said
from entrepot.brief.cards.credits import credits_of
from entrepot.brief.in_dollars import ONE
from entrepot.brief.report import Figure, Sentence, Source, figures_of, show
from entrepot.core import periods
from entrepot.core.document import blocks
from entrepot.core.document.blocks import (
    Beside,
    Document,
    Heading,
    Items,
    Link,
    Paragraph,
    Picture,
    Pictures,
    Raised,
    Strong,
    lines_of,
    text_of,
)
from entrepot.core.words import amounts
from entrepot.core.words.translate import apart, tr
from entrepot.sources.register import citation, link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from entrepot.brief.report import AnswerTest, Chapter, Chart, Grid, Report
    from entrepot.core.document.blocks import Block, Span

# Charts stand two in a row, as they are drawn for a phone: so their letters are those of the text. Of a group one row
# is printed: the first of a group are those that moved most.
_ROW, _OF_GROUP, _OF_CHAPTER = 2, 2, 4
# Of half a page: its width in points, letters of a line, points from line to line, points of a title or between two.
_HALF, _LETTERS, _LINE, _ROOM = 260.0, 62, 11.0, 20.0
_COLUMNS = 3  # of the list of sources
_PAGE = 40  # rows: about a page of paper; what is searched in is no help on paper where it is longer
MOST_BESIDE = 12  # columns that stand beside one another on a page


def on_paper(report: Report, sources: Mapping[str, Mapping[str, Any]]) -> Document:
    """The document.

    Args:
        report: sentences, charts and tables, all of findings.
        sources: the register by source id.
    """
    numbers = _Numbers()
    day = amounts.period(periods.parse(report.as_of))
    own = [Paragraph(report.own)] if report.own else []
    said: list[Block] = [Paragraph(apart(report.question)), *own, *numbers.answer(report)]
    for chapter in report.chapters:
        said += numbers.chapter(chapter)
    owed = credits_of(report, sources)
    said += [
        Paragraph(_left(report, numbers)),
        *([Paragraph(owed)] if owed else []),
        Heading(tr("Sources")),
        numbers.list_of(sources),
    ]
    footer = tr("Entrepot {version} · {title} · as of {day}", version=__version__, title=report.title, day=day)
    return Document(apart(report.title), tr("as of {day}", day=day), footer, tuple(said), is_dense=True)


class _Numbers:
    """Sources by the order in which the document first rests on them."""

    def __init__(self) -> None:
        self.of: dict[str, int] = {}
        self.figures: set[str] = set()
        self.charts = 0  # of chapters

    def raised(self, ids: Iterable[str]) -> Raised:
        """The numbers of sources, as they stand behind what rests on them."""
        return Raised(_ranges(sorted({self.of.setdefault(i, len(self.of) + 1) for i in ids})))

    def sentence(self, sentence: Sentence) -> tuple[Span, ...]:
        """A sentence; sources stand behind the last of the figures that share them."""
        runs = list(model.parts(sentence))
        rests = [None if f is None else tuple(sorted(f.sources)) for _, f in runs]
        said: list[Span] = []
        for i, (text, finding) in enumerate(runs):
            said.append(text)
            if finding is not None:
                self.figures.add(finding.id)
                following = next((r for r in rests[i + 1 :] if r is not None), None)
                if finding.sources and following != rests[i]:
                    said.append(self.raised(finding.sources))
        return tuple(said)

    def answer(self, report: Report) -> Iterator[Block]:
        """The answer test by test, its chart and map beside it."""
        beside = tuple(c for c in (report.lead, report.map) if c is not None)
        for sentence in report.answer.opening:
            yield Paragraph(self.sentence(sentence), stands_out=True)
        said = [self.test(t) for t in report.answer.tests]
        shown = [Pictures((self.picture(c, c.title),)) for c in beside]
        if not shown:
            yield from said
            return
        above, second = (shown[:1], shown[1:]) if len(shown) > 1 else ([], shown)
        at = _parted(said, [_height(c) for c in beside])
        yield Beside((*above, *said[:at]), (*second, *said[at:]))

    def test(self, test: AnswerTest) -> Paragraph:
        """A test: which way, its figures, why; where nothing is on record, what would settle it."""
        why = "" if test.lacking and not test.lines else tr("Why: {why}.", why=test.why)
        more = " ".join(filter(None, (test.lacking, scans_said(test), own_said(test), why)))
        return Paragraph((Strong(f"{headed(test)}. "), *self.sentence(test.says), f" {more}"))

    def picture(self, chart: Chart, title: str = "") -> Picture:
        """A chart as it is drawn for half a page, its title inside unless one is given; with its sources' numbers."""
        self.figures |= {f.id for f in chart.figures}
        rests = self.raised(s for f in chart.figures for s in f.sources)
        return Picture(title, chart.narrow or chart.svg, (chart.caption, rests))

    def chapter(self, chapter: Chapter) -> Iterator[Block]:
        """A chapter: what it says, lacks, shows."""
        if not (chapter.body or chapter.missing or chapter.charts or any(map(_printed, chapter.grids))):
            return  # all that it has stands in tables of the page, which are counted
        yield Heading(chapter.title)
        yield from (Paragraph(self.sentence(s)) for s in chapter.body)
        yield from (Paragraph(m) for m in chapter.missing)
        paper = [c for c in chapter.charts if c.currency in {"", ONE}]
        for group, charts in groupby(paper, lambda c: c.group):
            if group:
                yield Heading(group, 3)
            shown = list(charts)[: _OF_GROUP if group else _OF_CHAPTER]
            self.charts += len(shown)
            yield Pictures(tuple(map(self.picture, shown)), _ROW)
        for grid in chapter.grids:
            if _printed(grid):
                yield Heading(grid.title, 3)
                yield self.grid(grid)
                if grid.note:
                    yield Paragraph(grid.note)

    def grid(self, grid: Grid) -> blocks.Grid:
        """A table; the sources of a row stand behind its last figure."""
        rows = [tuple(self.row(row)) for row in grid.rows]
        if len(grid.headings) > MOST_BESIDE > len(rows):
            return _on_its_side(grid, rows)
        shares = [_share(grid, i) for i in range(len(grid.headings))]
        columns = tuple(blocks.Column(h, s) for h, s in zip(grid.headings, shares, strict=True))
        return blocks.Grid(columns, tuple(rows))

    def row(self, row: tuple[model.Cell, ...]) -> Iterator[blocks.Cell]:
        """The cells of a row; where no column names its sources, they stand behind the last figure that shares them."""
        figures = [c.finding for c in row if isinstance(c, Figure)]
        self.figures |= {f.id for f in figures}
        named = any(isinstance(c, Source) for c in row)
        following = [tuple(sorted(f.sources)) for f in figures[1:]] + [()]
        left = iter(following)
        for cell in row:
            if isinstance(cell, Source):
                yield self.raised([cell.source_id]).text
            elif isinstance(cell, Sentence):
                yield self.sentence(cell)
            elif isinstance(cell, Figure):
                sources = tuple(sorted(cell.finding.sources))
                ends = next(left) != sources and sources and not named
                yield (_cell(cell), self.raised(sources)) if ends else _cell(cell)
            else:
                yield _cell(cell)

    def list_of(self, sources: Mapping[str, Mapping[str, Any]]) -> Items:
        """The sources by their numbers, each as it is cited and with its address."""
        rows: list[tuple[str, tuple[Span, ...]]] = []
        for id_, number in self.of.items():
            row = sources.get(id_)
            url = None if row is None else link(row)
            text = id_ if row is None else citation(row)
            rows.append(
                (str(number), (f"{text} ", Link("", url)) if url else (tr("{text} [no citable address]", text=text),))
            )
        return Items(tuple(rows), _COLUMNS)


def _height(chart: Chart) -> float:
    """Points that a chart takes in half a page."""
    sizes = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', chart.narrow or chart.svg)
    wide, high = map(float, sizes.groups()) if sizes else (1.0, 1.0)
    return high / wide * _HALF + _ROOM


def _parted(said: list[Paragraph], pictures: list[float]) -> int:
    """How many paragraphs stand left, so that two columns end at nearly one height.

    Args:
        said: paragraphs in their order.
        pictures: the heights of what stands above them: one left and one right, or one right alone.
    """
    tall = [_ROOM / 2 + _LINE * (sum(len(text_of(s)) for s in lines_of(p.text)[0]) // _LETTERS + 1) for p in said]
    left, right = pictures if len(pictures) > 1 else (0.0, *pictures)
    return min(range(len(said) + 1), key=lambda i: abs(left + sum(tall[:i]) - right - sum(tall[i:])))


def _printed(grid: Grid) -> bool:
    """Whether paper has the table: one that is shown, unless it is looked up in or read row by row like a text."""
    return grid.shown and not grid.stacked and not (grid.search and len(grid.rows) > _PAGE)


def _cell(cell: model.Cell) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, Figure):
        return show(cell.finding, cell.form)
    if isinstance(cell, Sentence):
        return model.plain_text(cell)
    return "" if isinstance(cell, Source) else cell


def _share(grid: Grid, column: int) -> float:
    """The width of a column beside the others: a figure with its unit stays on a line, a sentence takes several."""
    line, most = 22, 60  # letters of a figure with its unit; of a sentence of which half a line is enough
    cells = [grid.headings[column], *(_cell(row[column]) for row in grid.rows)]
    word, longest = max(len(w) for c in cells for w in c.split() or [c]), max(map(len, cells))
    return float(max(word + 2, min(longest, line), min(longest, most) / 2))


def _on_its_side(grid: Grid, rows: list[tuple[blocks.Cell, ...]]) -> blocks.Grid:
    """A wide table of few rows with a column a row, so that no heading stands over another."""
    titles = [grid.headings[0], *(_cell(row[0]) for row in grid.rows)]
    turned = zip(grid.headings[1:], *(row[1:] for row in rows), strict=True)
    return blocks.Grid(tuple(blocks.Column(t) for t in titles), tuple(turned))


def _ranges(numbers: list[int]) -> str:
    """Numbers with those that follow one another drawn together: 3, 5, 7–9."""
    runs: list[list[int]] = []
    for n in numbers:
        if runs and n == runs[-1][-1] + 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    several = 2
    return ", ".join(f"{r[0]}–{r[-1]}" if len(r) > several else ", ".join(map(str, r)) for r in runs)


def _left(report: Report, numbers: _Numbers) -> str:
    """What the page has and paper has not."""
    figures = {f.id for f in figures_of(report)}
    closed = [g for c in report.chapters for g in c.grids if not _printed(g)]
    tables = (
        tr("{count} tables with {total:,} rows", count=len(closed), total=sum(len(g.rows) for g in closed))
        if closed
        else tr("no table")
    )
    charts = sum(len(c.charts) for c in report.chapters) - numbers.charts
    return tr(
        "{count:,} of {count_2:,} figures are printed here; {charts} charts, {tables} and the rows that "
        "each figure rests on are in the page (report.html) and in the files beside it.",
        count=len(figures & numbers.figures),
        count_2=len(figures),
        charts=charts,
        tables=tables,
    )
