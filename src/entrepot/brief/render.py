"""A report as a page, as files and as a summary for the terminal: the same findings each time."""

from __future__ import annotations

import json
import re
import textwrap
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING, Any

from entrepot import __version__
from entrepot.brief.answer import answer_files, answer_shown
from entrepot.brief.cards.card import card
from entrepot.brief.cards.credits import cited_in_grids, credits_of
from entrepot.brief.finding_names import about, titled
from entrepot.brief.in_dollars import ONE
from entrepot.brief.report import Report, figures_of, period_words, show
from entrepot.brief.sentence_runs import runs
from entrepot.core import contract, findings, output, periods
from entrepot.core.document.isolated import isolated
from entrepot.core.errors import plain
from entrepot.core.runtime.whole_folder import filling
from entrepot.core.words import amounts
from entrepot.core.words.languages import ENGLISH
from entrepot.core.words.told_cells import each_apart
from entrepot.core.words.translate import Name, apart, marked, retold, spoken, tr
from entrepot.sources.register import citation, link

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pyarrow as pa

    from entrepot.brief.report import Chart, Grid, Line
    from entrepot.core.findings import Finding

SCRIPTS = ("report.js", "chart_files.js", "search_table.js")  # in one element: a page has one script
PDF = "report.pdf"
# Words of the scripts: each stands there as `tr("…")`, or is a heading of a card.
SAID_BY_SCRIPTS = (
    marked("Data, CSV, PNG"), marked("its row in all findings"), marked("{count} columns: scroll sideways →"),
    marked("{left} of {count}"), marked("none: never “not listed”"), marked("as printed"), marked("low and high"),
    marked("how"), marked("rests on"), marked("sources"), marked("id"),
)  # fmt: skip
_SLUG = 60  # letters of an address from a title
PHONE = 640  # px: the width below which tables are stacked, as in report.css
LINKED = 3  # rows that are each a link to where they were published; of more, one of a sum, the sources stand beside
QUARTER = 2  # letters of a quarter at the end of a row's id
MANY = 12  # rows named in the table of findings; the rest are in grounds.csv


@dataclass(frozen=True, slots=True)
class Cited:
    """A source as the page shows it; `link` is None where it has no citable address."""

    id: str
    label: str
    citation: str
    link: str | None
    published: str = ""


def html(report: Report, sources: Mapping[str, Mapping[str, Any]]) -> str:
    """The report as one HTML page that opens offline and asks the network for nothing."""
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    found = figures_of(report)
    publishers = {i: str(row["publisher"]) for i, row in sources.items() if row["publisher"]}
    used = sorted({s for f in found for s in f.sources} | set(cited_in_grids(report)))
    environment = Environment(
        loader=PackageLoader("entrepot.brief", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=False,
    )
    environment.tests["name"] = lambda text: isinstance(text, Name)
    folder = files("entrepot.brief").joinpath("templates")
    page = environment.get_template("report.html.j2").render(
        report=report,
        findings=[(f, card(f, report.printed, publishers)) for f in found],
        sources={s: _cited(s, sources.get(s)) for s in used},
        runs=runs,
        show=show,
        period_words=period_words,
        rests=_rests,
        linked=LINKED,
        most=MANY,
        line_sources=lambda line: _line_sources(line, publishers),
        anchor=_Anchors().of,
        heads=_Heads(report),
        chart_rows=_chart_rows,
        currency=_currency,
        headed=answer_shown.headed,
        way=answer_shown.way,
        old=answer_files.old,
        as_of_words=amounts.period(periods.parse(report.as_of)),
        credits=credits_of(report, sources),
        tr=tr,
        retold=retold,
        titled=titled,
        # What a measure is called and asked is data of its act, in English.
        kept="" if spoken() == ENGLISH else ' lang="en"',
        language=spoken(),
        version=__version__,
        style=folder.joinpath("report.css").read_text(encoding="utf-8"),
        script=_said_by_scripts() + "".join(folder.joinpath(n).read_text(encoding="utf-8") for n in SCRIPTS),
    )
    return isolated(plain(page))


def _said_by_scripts() -> str:
    """What the scripts say, by what they say in English, in the language that is spoken."""
    said = {} if spoken() == ENGLISH else {text: tr(text) for text in SAID_BY_SCRIPTS}
    held = json.dumps(said, ensure_ascii=False).replace("<", "\\u003c")
    return f"const SAID = {held}, tr = (text) => SAID[text] || text;\n"


def _cited(source_id: str, row: Mapping[str, Any] | None) -> Cited:
    if row is None:
        return Cited(source_id, source_id, source_id, None)
    day = amounts.period(periods.parse(row["published"])) if row["published"] else ""
    return Cited(source_id, str(row["publisher"] or source_id), citation(row), link(row), day)


def _currency(chart: Chart) -> str:
    """The class of a chart that stands for one currency: the switch of the page shows it or hides it."""
    return {"": "", ONE: " usd"}.get(chart.currency, " own")


class _Anchors:
    """An address for each chart, from its title, so that it is the same in every brief that has the chart."""

    def __init__(self) -> None:
        self.given: dict[str, int] = {}

    def of(self, chart: Chart) -> str:
        """The id of a chart; of a title that stands twice the second has a number."""
        slug = re.sub(r"[^a-z0-9]+", "-", chart.title.lower()).strip("-")[:_SLUG].rstrip("-")
        self.given[slug] = self.given.get(slug, 0) + 1
        return f"chart-{slug}" + (f"-{self.given[slug]}" if self.given[slug] > 1 else "")


class _Heads:
    """The headings that stand before the cells of a stacked table on a phone: said once a table, not in each cell."""

    def __init__(self, report: Report) -> None:
        self.grids = [g for c in report.chapters for g in c.grids if g.is_stacked]
        self.names = {id(g): f"s{i}" for i, g in enumerate(self.grids)}

    def of(self, grid: Grid) -> str:
        """The class of a table."""
        return self.names[id(grid)]

    @property
    def style(self) -> str:
        """The rules, for the width below which tables are stacked."""
        rules = [
            tr(
                ".{of} td:nth-child({n})::before {{ content: {css_text}; }}",
                of=self.of(g),
                n=n,
                css_text=_css_text(head),
            )
            for g in self.grids
            for n, head in enumerate(g.headings, 1)
        ]
        return f"@media (max-width: {PHONE}px) {{ {' '.join(rules)} }}"


def _css_text(text: str) -> str:
    """A text as CSS holds it; a less-than sign could end the element around it."""
    return '"' + re.sub(r'["\\<\n]', lambda m: f"\\{ord(m[0]):x} ", text) + '"'


@dataclass(frozen=True, slots=True)
class _ChartRows:
    """The table under a chart: what each figure is, empty where one says it for all; and the figure."""

    what: bool
    rows: tuple[tuple[str, Finding], ...]


def _chart_rows(chart: Chart) -> _ChartRows:
    """The figures of a chart, each once; whose and what they are only as far as that differs."""
    figures = list({f.id: f for f in chart.figures}.values())
    subjects, quantities = ({getattr(f, k) for f in figures} for k in ("subject", "quantity"))
    rows = []
    for f in figures:
        what = titled(f.quantity)
        parts = [about(f.subject)] * (len(subjects) > 1) + [what] * (len(quantities) > 1)
        rows.append((": ".join(parts), f))
    return _ChartRows(len(subjects) > 1 or len(quantities) > 1, tuple(rows))


def _line_sources(line: Line, publishers: Mapping[str, str]) -> list[str]:
    """The sources of what the first screen says of a comparison, one a publisher, the freshest figure's first."""
    figures = (line.in_short or line.says).figures.values()
    named: dict[str, str] = {}
    for source in (s for f in figures for s in f.sources):
        named.setdefault(publishers.get(source, source), source)
    return list(named.values())


def _rests(finding: Finding) -> list[tuple[str, list[tuple[str, str]]]]:
    """The rows that a finding rests on, the first of many, by their table; each with the source it was read from."""
    by_table = groupby(finding.grounds[:MANY], lambda g: g.table)
    return [(table, _shortened([(str(g.row_id), g.source_id or "") for g in rows])) for table, rows in by_table]


def _shortened(rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Rows of quarters that follow one another, each after the first by its quarter: F-KHM-85414200-2024-Q2, Q3, Q4."""
    before = ["", *(row for row, _ in rows)]
    return [
        (row[-QUARTER:] if row[-QUARTER:-1] == "Q" and row[:-QUARTER] == last[:-QUARTER] else row, source)
        for (row, source), last in zip(rows, before, strict=False)
    ]


def finding_table(report: Report) -> pa.Table:
    """The findings of a report under the contract `findings`."""
    return contract.table(findings.FINDINGS, findings.rows(figures_of(report)))


def ground_table(report: Report) -> pa.Table:
    """The rows that the findings of a report rest on, under the contract `grounds`."""
    return contract.table(findings.GROUNDS, findings.ground_rows(figures_of(report)))


def findings_json(report: Report, sources: Mapping[str, Mapping[str, Any]]) -> str:
    """The findings as a JSON array: the contract's keys, numbers as numbers, each source spelt out."""
    rows = []
    for row in findings.rows(figures_of(report)):
        value: Any = float(row["value"]) if row["kind"] == "number" else row["value"]
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        cited = [
            {"source_id": s, "publisher": found["publisher"], "url": link(found), "published": found["published"]}
            if (found := sources.get(s)) is not None
            else {"source_id": s, "publisher": None, "url": None, "published": None}
            for s in row["sources"]
        ]
        rows.append({**row, "value": value, "sources": cited})
    return output.json_text(rows)


def findings_schema() -> dict[str, Any]:
    """JSON Schema of findings.json: that of the contract `findings`, with numbers as numbers and sources spelt out."""
    schema = contract.json_schema(findings.FINDINGS)
    schema["title"] = "findings.json"
    properties = schema["items"]["properties"]
    properties["value"] = {"type": ["number", "string"], "description": tr("the value; a number where kind is number")}
    nullable = {"type": ["string", "null"]}
    properties["sources"] = {
        "type": "array",
        "description": properties["sources"]["description"],
        "items": {
            "type": "object",
            "properties": {
                "source_id": {"type": "string"},
                "publisher": nullable,
                "url": nullable,
                "published": nullable,
            },
            "required": ["source_id", "publisher", "url", "published"],
            "additionalProperties": False,
        },
    }
    return schema


def write(
    report: Report,
    sources: Mapping[str, Mapping[str, Any]],
    folder: Path,
    printed: bytes | None = None,
    tables: tuple[pa.Table, pa.Table] | None = None,
) -> Path:
    """Write the page, the answer as JSON and Markdown, and the findings with their grounds; all whole, or none.

    Args:
        report: what they say.
        sources: the register by source id.
        folder: where to; it is made where there is none.
        printed: the report as PDF, written beside them as report.pdf; None for none.
        tables: its findings and their grounds, where they are made already.

    Returns:
        The path of the page.

    Raises:
        BadInputError: the folder cannot be made or written.
    """
    page = html(report, sources)
    data = findings_json(report, sources)
    table, grounds = tables or (finding_table(report), ground_table(report))
    texts = {
        "answer.json": answer_files.answer_json(report),
        "answer.md": plain(answer_files.answer_markdown(report, sources)),
        "findings.json": data,
        "findings.csv": output.to_csv(table),
        "grounds.csv": output.to_csv(grounds),
        "report.html": page,
    }
    written = {name: text.encode() for name, text in texts.items()}
    if printed is not None:
        written[PDF] = printed
    with filling(folder, tuple(written)) as parts:  # no report beside older findings
        for part, content in zip(parts, written.values(), strict=True):
            part.write_bytes(content)
    return folder / "report.html"


def summary(report: Report, columns: int | None = None) -> str:
    """The question and the answer as text for the terminal.

    Args:
        report: a report.
        columns: of the terminal; None where nothing says.
    """
    width = answer_files.line_width(columns)
    head = tr("{title} – as of {as_of}", title=report.title, as_of=amounts.period(periods.parse(report.as_of)))
    asked = each_apart(textwrap.wrap(apart(report.question), width))
    own = [*textwrap.wrap(report.own, width), ""] if report.own else []
    lines = [*textwrap.wrap(head, width), "", *asked, "", *own, *answer_files.answer_text(report, columns)]
    return "\n".join(lines)
