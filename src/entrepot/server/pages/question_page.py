"""The question: what a measure did, test by test, as it could be known on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from entrepot.brief.answer import answer_files, answer_shown
from entrepot.brief.report import period_words, show
from entrepot.brief.sentence_runs import runs
from entrepot.desk.kept_brief import kept_brief, rests_on
from entrepot.server.page_parts.drawn import drawn, linked, with_refusals, words_of
from entrepot.server.page_parts.worked_out import Work, worked_out
from entrepot.server.pages.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from entrepot.brief.report import Sentence
    from entrepot.brief.sentence_runs import Run
    from entrepot.core.findings import Finding
    from entrepot.desk.brief import Brief
    from entrepot.desk.desk import Desk
    from entrepot.server.pages.page import Asked

FIRST = "uflpa"  # the measure with most tests, crossings and parties on record


@dataclass(frozen=True, slots=True)
class Shows:
    """How the brief shows its sentences, for a template."""

    dollars: Mapping[str, Finding]
    runs: Callable[[Sentence], Iterable[Run]] = runs
    show: Callable[[Finding, str], str] = show
    way: Callable[[str], str] = answer_shown.way
    old: Callable[[int | None], str] = answer_files.old
    period: Callable[[Finding], str] = period_words
    linked: Callable[[str], str] = linked

    def once(self, figures: Iterable[Finding]) -> list[Finding]:
        """Figures of a chart, each once."""
        return list({f.id: f for f in figures}.values())


@with_refusals("question")
def _render(asked: Asked) -> str:
    measure, as_of = asked.one("measure", FIRST), asked.one("as_of")
    found = answered(asked.desk, measure, as_of)
    t = words_of(asked)
    if isinstance(found, Work):
        return drawn(
            asked, "question", "working.html", refresh=found.again, what=t("question.working"), step=found.step
        )
    report = found.report
    measures = sorted(asked.desk.measures().to_pylist(), key=lambda m: (m["jurisdiction"], m["title"]))
    return drawn(
        asked,
        "question",
        "question.html",
        title=report.title,
        report=report,
        b=Shows(report.dollars),
        measure=measure,
        as_of=as_of,
        measures=measures,
        days=_days(asked, measure),
        notes=found.notes,
    )


def answered(desk: Desk, measure: str = FIRST, as_of: str = "") -> Any:
    """The brief's answer, or how far it has come; another one as soon as the record is another."""
    today = datetime.now(UTC).date().isoformat()
    key = ("question", str(desk.store), measure, as_of or today, rests_on(desk.store))

    def make(work: Work) -> Brief:
        return kept_brief(measure, as_of=as_of or None, store=desk.store, progress=work.told)

    return worked_out(key, make)


def _days(asked: Asked, measure: str) -> list[str]:
    """The days on which the measure's list changed."""
    return sorted(r["date"] for r in asked.desk.record("batches").to_pylist() if r["list_id"] == measure)


page = Page("/", "question.title", _render)
