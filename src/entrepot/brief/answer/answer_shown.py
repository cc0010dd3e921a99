"""How the answer is made, as a chapter: every comparison, the rule, and the observations that are not used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.brief.answer import not_on_record
from entrepot.brief.answer.answer_rule import rule
from entrepot.brief.report import Cell, Chapter, Figure, Grid, Sentence, Source, escaped
from entrepot.core import periods
from entrepot.core.words import amounts
from entrepot.core.words.translate import Name, WordsBy, apart, marked, tr, trs
from entrepot.record.layers import MARK, own_ids

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.brief.answer.answer_rule import Rule
    from entrepot.brief.report import Answer, AnswerTest, Line
    from entrepot.measures.act import Measure

WORDS = WordsBy({"not_known": "not known"})
HOW = marked(
    "The question is split into tests. Each holds figures of the same months of two years against each other, as one "
    "office counts them, and says which way they point, how sure that is and why. The rule below is the same for every "
    "measure. A doubt counts against a test where every comparison that points has it."
)


def chapter(found: Answer, unused: Grid | None, act: Measure) -> Chapter:
    """The chapter on how the answer is made; which tests are asked is that of the kind of measure."""
    by = rule()
    return Chapter(
        "answer-made",
        tr("How the answer is made"),
        body=(Sentence(tr(HOW)),),
        grids=tuple(g for g in (_lines(found, by), *_rule(by), _asked(by, act), unused) if g),
        missing=tuple(
            tr("{name}: the measure’s plan looks at nothing for this test.", name=name) for name in found.not_asked
        ),
    )


def days(beside: Sequence[tuple[str, Answer]]) -> Chapter:
    """The answers of several days side by side."""
    tests = {t.id: t.name for _, found in beside for t in found.tests}
    rows: list[tuple[Cell, ...]] = [(tr("The answer"), *(_marked(found.verdict) for _, found in beside))]
    for test_id, name in tests.items():
        cells = ({t.id: t for t in found.tests}.get(test_id) for _, found in beside)
        rows.append((name, *(_said(t) if t else None for t in cells)))
    heads = (tr("test"), *(amounts.period(periods.parse(day)) for day, _ in beside))
    note = tr("Each column holds what could be known on its day.")
    return Chapter(
        "days",
        tr("The answer on several days"),
        grids=(Grid(tr("The answer on several days, side by side"), heads, tuple(rows), note, shown=True),),
    )


def _said(test: AnswerTest) -> Sentence:
    """A test in a cell: which way and how sure, then its figures."""
    sure = f", {test.sure}" if test.sure else ""
    said = test.says.template or escaped(test.lacking)
    return _marked(Sentence(f"{way(test.direction)}{sure}. {said}".strip(), test.says.figures))


def _marked(said: Sentence) -> Sentence:
    mark = own_mark(said)
    return Sentence(f"{said.template} {escaped(mark)}", said.figures) if mark else said


def own_mark(said: Sentence) -> str:
    """That figures of a sentence rest on rows of the reader's own, with their ids; empty where none does."""
    rows = own_ids(g.row_id for f in said.figures.values() for g in f.grounds)
    return f"({MARK}: {', '.join(rows)})" if rows else ""


def headed(test: AnswerTest) -> str:
    """The name of a test with its direction and how sure it is."""
    return f"{test.name}: {way(test.direction)}{f', {test.sure}' if test.sure else ''}"


def way(direction: str) -> str:
    """A direction in words."""
    return str(WORDS.get(direction, direction))


def _lines(found: Answer, by: Rule) -> Grid:
    rows = tuple(_line(t, line, by) for t in found.tests for line in t.lines if line.figures)
    heads = trs("test", "what", "points", "before", "period", "freshest", "period", "as printed", "doubts", "source")
    note = tr("Where a rise of the figure speaks for a fall in the test, the direction is that of the test.")
    return Grid(tr("Every comparison, test by test"), heads, rows, note, anchor="comparisons")


def _line(test: AnswerTest, line: Line, by: Rule) -> tuple[Cell, ...]:
    now = line.figures[-1]
    before = line.figures[-2] if line.points and len(line.figures) > 1 and not line.growth else None
    told = by.says(line.unknown) if line.unknown else "; ".join(by.says(d) for d in sorted(line.doubts))
    told = "; ".join(t for t in (told, apart(line.look.caution)) if t)
    return (
        test.name,
        line.label,
        way(line.direction),
        Figure(before) if before else "–",
        Figure(before, "period") if before else "–",
        Figure(now),
        Figure(now, "period"),
        Figure(line.growth, "signed") if line.growth else "–",
        told or "–",
        Source(now.sources[0]) if now.sources else None,
    )


def _asked(by: Rule, act: Measure) -> Grid:
    """Which tests are asked of a measure of a kind, and what would settle each."""
    names = {"verdict": tr("the answer")} | {i: tr(str(r["name"])) for i, r in by.tests.items()}
    rows = tuple((names[test], *not_on_record.gap(r, act)) for (of, test), r in by.gaps.items() if of == act.kind)
    title = tr("What is asked of a measure of this kind: {replace}", replace=act.kind.replace("_", " "))
    return Grid(title, trs("test", "what a figure would have to say", "which figure would settle it"), rows)


def _rule(by: Rule) -> tuple[Grid, ...]:
    tests = tuple((*trs(r["name"], r["asks"], r["up"], r["down"]), r["rivals"]) for r in by.tests.values())
    lines = tuple(
        (
            r["kind"],
            Name(r["id"].replace("_", " ")),
            "–" if r["value"] is None else f"{r['value']:g} {tr(r['unit'])}",
            *trs(r["says"], r["reason"]),
        )
        for r in by.lines.values()
    )
    verdicts = tuple(
        (
            "; ".join(r["needs"]).replace("=", ": ") or "nothing",
            "–" if r["most_doubts"] is None else f"{r['most_doubts']:g}",
            *trs(r["says"], r["reason"]),
        )
        for r in by.verdicts
    )
    return (
        Grid(
            tr("The tests"),
            trs("test", "asks", "up says", "down says", "other measures count as a doubt"),
            tests,
        ),
        Grid(tr("The rule"), trs("sets", "line", "number", "says", "why"), lines),
        Grid(
            tr("What the tests say together"),
            trs("needs", "steps of doubt at most", "says", "why"),
            verdicts,
            tr("The first line whose needs are met is the answer."),
        ),
    )
