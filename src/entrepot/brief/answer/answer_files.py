"""The answer as text for the terminal, as Markdown and as JSON: the same tests each time."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from entrepot.brief.answer.answer_shown import headed, own_mark
from entrepot.brief.answer.not_on_record import scans_said
from entrepot.brief.answer.own_scans import own_said
from entrepot.brief.contract import ANSWERS
from entrepot.brief.report import plain_text
from entrepot.core import contract, output, periods
from entrepot.core.words import amounts
from entrepot.core.words.told_cells import each_apart
from entrepot.core.words.translate import tr
from entrepot.sources.register import citation, link

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.brief.report import Answer, AnswerTest, Report

WIDEST, _NARROWEST, _MARGIN = 98, 40, 2  # columns: of a line that is read with ease; of one that can be read; left free


def rows(report: Report) -> list[dict[str, Any]]:
    """The rows of the answer, of other days after it."""
    days = [(report.as_of, report.answer), *report.beside]
    return [row for day, found in dict(days).items() for row in _of_day(report, day, found)]


def _of_day(report: Report, day: str, found: Answer) -> list[dict[str, Any]]:
    said = found.opening
    verdict = {
        "measure_id": report.measure_id,
        "as_of": day,
        "test": "verdict",
        "name": report.question,
        "direction": None,
        "sure": None,
        "why": None,
        "says": " ".join(map(plain_text, said)) or None,
        "until": None,
        "age_days": None,
        "findings": [f.id for s in said for f in s.figures.values()],
    }
    return [verdict, *(_row(report.measure_id, day, t) for t in found.tests)]


def _row(measure_id: str, day: str, test: AnswerTest) -> dict[str, Any]:
    age = (periods.first_day(day) - periods.last_day(test.until)).days if test.until else None
    return {
        "measure_id": measure_id,
        "as_of": day,
        "test": test.id,
        "name": test.name,
        "direction": test.direction,
        "sure": test.sure or None,
        "why": test.why,
        "says": plain_text(test.says) or test.lacking or None,
        "until": test.until or None,
        "age_days": age,
        "findings": [f.id for f in test.says.figures.values()],
    }


def answer_json(report: Report) -> str:
    """The rows of the answer as a JSON array, held to their contract."""
    return output.json_text(contract.table(ANSWERS, rows(report)).to_pylist())


def old(age: int | None) -> str:
    """How old a comparison is, behind its clause."""
    return "" if age is None else tr(" ({age} old)", age=amounts.with_unit(float(age), "days"))


def line_width(columns: int | None) -> int:
    """How wide the lines of an answer are on a terminal of so many columns; as for a hundred where none says.

    Args:
        columns: of the terminal; None where nothing says.
    """
    return WIDEST if columns is None else min(max(columns - _MARGIN, _NARROWEST), WIDEST)


def answer_text(report: Report, columns: int | None = None) -> list[str]:
    """The lines of the answer for the terminal.

    Args:
        report: a report.
        columns: of the terminal; None where nothing says.
    """
    width = line_width(columns)
    out = textwrap.wrap(" ".join(map(plain_text, report.answer.opening)), width)
    for test in report.answer.tests:
        out += ["", *textwrap.wrap(headed(test).upper(), width)]
        for line, age in zip(test.shown, test.ages, strict=True):
            text = plain_text(line.says) + old(age)
            out += each_apart(textwrap.wrap(text, width, initial_indent="  - ", subsequent_indent="    "))
        why = "" if test.lacking and not test.lines else tr("Why: {why}.", why=test.why)
        for said in filter(None, (test.lacking, scans_said(test), own_said(test), why)):
            lines = textwrap.wrap(said, width, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
            out += each_apart(lines)
    return [*out, *_beside(report, width)]


def _beside(report: Report, width: int) -> list[str]:
    """The answers of several days: over all, then test by test."""
    names = {t.id: t.name for _, found in report.beside for t in found.tests}
    out = ["", tr("THE ANSWER ON SEVERAL DAYS")] if names else []
    for day, found in report.beside:
        text = f"{day}  {plain_text(found.verdict)} {own_mark(found.verdict)}"
        out += textwrap.wrap(text, width, initial_indent="  ", subsequent_indent=" " * 14)
    for test_id, name in names.items():
        out += ["", tr("{name} on several days", name=name).upper()]
        for day, found in report.beside:
            for test in (t for t in found.tests if t.id == test_id):
                said = f"{plain_text(test.says) or test.lacking} {own_mark(test.says)}"
                text = f"{day}  {headed(test).partition(': ')[2]}. {said}"
                out += textwrap.wrap(text, width, initial_indent="  ", subsequent_indent=" " * 14)
    return out


def answer_markdown(report: Report, sources: Mapping[str, Mapping[str, Any]]) -> str:
    """The answer as Markdown, each sentence with the sources of its figures."""
    day = amounts.period(periods.parse(report.as_of))
    out = [f"# {_plain(report.title)}", "", tr("As of {day}. {plain}", day=day, plain=_plain(report.question)), ""]
    out += [f"**{_plain(report.own)}**", ""] if report.own else []
    used: dict[str, int] = {}

    def cited(figures: Any) -> str:
        ids = dict.fromkeys(s for f in figures for s in f.sources)
        return "".join(f"[^{used.setdefault(s, len(used) + 1)}]" for s in ids)

    for sentence in report.answer.opening:
        out += [f"{_plain(plain_text(sentence))}{cited(sentence.figures.values())}", ""]
    for test in report.answer.tests:
        out += [f"## {headed(test)}", ""]
        for line, age in zip(test.shown, test.ages, strict=True):
            out.append(f"- {_plain(plain_text(line.says))}{old(age)}{cited(line.says.figures.values())}")
        out += [_plain(said) for said in (test.lacking, scans_said(test), own_said(test)) if said]
        out += ["", tr("Why: {plain}.", plain=_plain(test.why)), ""]
    for source, number in used.items():
        row = sources.get(source)
        address = link(row) if row else None
        out.append(f"[^{number}]: {_plain(citation(row) if row else source)}{f' <{address}>' if address else ''}")
    return "\n".join(out).rstrip() + "\n"


def _plain(text: str) -> str:
    """Text of the record in which nothing is markup."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>#|" else c for c in text)
