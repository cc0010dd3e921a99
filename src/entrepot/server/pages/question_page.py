"""The question: what a measure did, test by test, as it could be known on a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from entrepot.brief.answer import answer_files, answer_shown
from entrepot.brief.report import period_words, show
from entrepot.brief.sentence_runs import runs
from entrepot.desk.kept_brief import kept_brief
from entrepot.server.page_parts.brief_apart import brief_apart
from entrepot.server.page_parts.drawn import drawn, linked, with_refusals, words_of
from entrepot.server.page_parts.linked_marks import Mark, marks
from entrepot.server.page_parts.worked_out import LONGEST, PATIENCE, Work, rested, worked_out
from entrepot.server.pages.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from entrepot.brief.report import Chart, Report, Sentence
    from entrepot.brief.sentence_runs import Run
    from entrepot.core.findings import Finding
    from entrepot.desk.brief import Brief
    from entrepot.desk.desk import Desk
    from entrepot.server.pages.page import Asked

FIRST = "uflpa"  # the measure with most tests, crossings and parties on record


UNITS = ("value_usd", "net_kg", "capacity_mw")  # of the arcs, as the record calls them


@dataclass(frozen=True, slots=True)
class Shows:
    """How the brief shows its sentences and charts, for a template.

    Attributes:
        dollars: what is printed in another currency as dollars, by the id of its figure.
        publishers: by source id.
        dated: when and where a figure is of, by its id.
    """

    dollars: Mapping[str, Finding]
    publishers: Mapping[str, str] = field(default_factory=dict)
    dated: Mapping[str, Mark] = field(default_factory=dict)
    runs: Callable[[Sentence], Iterable[Run]] = runs
    show: Callable[[Finding, str], str] = show
    way: Callable[[str], str] = answer_shown.way
    old: Callable[[int | None], str] = answer_files.old
    period: Callable[[Finding], str] = period_words

    def linked(self, drawing: str) -> str:
        """A drawing whose marks open their evidence, and say when and where they are of."""
        return linked(drawing, self.dated)

    def mark(self, finding: Finding) -> Mark | None:
        """When and where a figure is of; None of a chart that no other is linked to."""
        return self.dated.get(finding.id)

    def once(self, figures: Iterable[Finding]) -> list[Finding]:
        """Figures of a chart, each once."""
        return list({f.id: f for f in figures}.values())

    def source(self, chart: Chart) -> str:
        """Who published what a chart rests on."""
        return self.publishers_of(chart.figures)

    def under(self, chart: Chart) -> str:
        """In what the figures of a chart are counted, and of when they are."""
        units = dict.fromkeys(f.unit for f in chart.figures if f.unit)
        periods = list(dict.fromkeys(period_words(f) for f in chart.figures))
        ends = [d[:4] for f in chart.figures for d in (f.period_start, f.period_end) if d]
        years = " – ".join(dict.fromkeys((min(ends), max(ends)))) if ends else ""
        return ", ".join(filter(None, (*units, periods[0] if len(periods) == 1 else years)))

    def publishers_of(self, figures: Iterable[Finding]) -> str:
        """Who published what figures rest on."""
        ids = dict.fromkeys(s for f in figures for s in f.sources)
        return "; ".join(dict.fromkeys(self.publishers.get(s, s) for s in ids))


@with_refusals("question")
def _render(asked: Asked) -> str:
    measure, as_of = asked.one("measure", FIRST), asked.one("as_of")
    found = answered(asked.desk, measure, as_of)
    t = words_of(asked)
    more: dict[str, Any] = {}
    if isinstance(found, Work):
        if found.part is None:
            said = t("question.working")
            return drawn(asked, "question", "working.html", refresh=found.again, what=said, step=found.step)
        # Whoever reads the answer is not disturbed each second.
        found, more = found.part, {"refresh": LONGEST}
    report = found.report
    measures = sorted(asked.desk.measures().to_pylist(), key=lambda m: (m["jurisdiction"], m["title"]))
    flows = _charts(report, "flows")
    days = _days(asked, measure)
    return drawn(
        asked, "question", "question.html", title=report.title, report=report, b=_shows(asked, found),
        measure=measure, as_of=as_of, measures=measures, days=days, steps=_steps(days),
        notes=found.notes, events=next(iter(_charts(report, "events")), None), flow=_flow(asked, flows),
        products=list(dict.fromkeys(c.group for c in flows)), units=UNITS, span=asked.one("span"), **more,
    )  # fmt: skip


def _shows(asked: Asked, found: Brief) -> Shows:
    report, sources = found.report, found.sources
    assert report is not None
    assert sources is not None
    linked_to = [report.map, *_charts(report, "events")] if _charts(report, "events") else []
    publishers = {s: str(row["publisher"] or s) for s, row in sources.items()}
    return Shows(report.dollars, publishers, marks(asked.desk, [f for c in linked_to if c for f in c.figures]))


def _charts(report: Report, key: str) -> tuple[Chart, ...]:
    """The pictures that the brief holds beside its answer, by their key."""
    return next((c.charts for c in report.chapters if c.key == key), ())


def _flow(asked: Asked, charts: Iterable[Chart]) -> Chart | None:
    """The map of arcs of the product and unit that are asked for, else the first."""
    held = {(c.group, c.currency): c for c in charts}
    products = dict.fromkeys(product for product, _ in held)
    product = asked.one("product") if asked.one("product") in products else next(iter(products), "")
    return held.get((product, asked.one("unit", UNITS[0]))) or held.get((product, UNITS[0]))


def _steps(days: list[str]) -> list[tuple[int, str]]:
    """The days on which the list changed, and today, as numbers for a slider."""
    today = datetime.now(UTC).date().isoformat()
    return [(date.fromisoformat(day).toordinal(), day) for day in dict.fromkeys([*days, today])]


def answered(desk: Desk, measure: str = FIRST, as_of: str = "", patience: float | None = PATIENCE) -> Any:
    """The brief's answer, or how far it has come; another one as soon as the record is another.

    Args:
        desk: the verbs, with the store of this server.
        measure: a measure.
        as_of: the day; empty for today.
        patience: seconds to wait; None until it is there.
    """
    key = ("question", *rested(desk, scans=True), measure, as_of)

    def make(work: Work) -> Brief:
        return kept_brief(
            measure, as_of=as_of or None, store=desk.store, progress=work.told, first=work.has, by=brief_apart
        )

    return worked_out(key, make, patience)


def _days(asked: Asked, measure: str) -> list[str]:
    """The days on which the measure's list changed."""
    return sorted(r["date"] for r in asked.desk.record("batches").to_pylist() if r["list_id"] == measure)


page = Page("/", "question.title", _render, heard=("measure", "as_of", "product", "unit", "span"))
