"""The report as one page: the text whole, its figures marked, notes beside it; no script, nothing fetched."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from importlib.resources import files
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from entrepot import __version__
from entrepot.claims.model import Block
from entrepot.claims.page import plain_words
from entrepot.claims.page.tally import FIRST, LIKELY, NUMBER, OPEN, PERIOD, shown_as, summary, tally
from entrepot.core.errors import plain
from entrepot.core.words.translate import WordsBy, ntr, spoken, tr
from entrepot.record.embedded import find
from entrepot.sources.register import by_id, citation, link

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import jinja2

    from entrepot.claims.model import Claim, Report
    from entrepot.record.embedded import Record

# What a claim is shown as -> what it means, in the words of the page and of docs/claims.md.
MEANING = WordsBy(
    {
        "agrees": "a row of the record says the same",
        "agrees_within_rounding": "a row of the record says the same, rounded otherwise",
        LIKELY: "a row of the record says the same, most likely of the same thing: see what it counts",
        "consistent": "no row says it, but rows imply it; the working is shown",
        "contradicts": "rows of the record of just this thing and period say otherwise",
        "differs": "the record has another number or date for what may be the same thing: look at its rows",
        "superseded": "true when published, not since",
        "imprecise": "the fact is on record, but one word or its scope is not as the report has it",
        "no_record": "the record is silent; that is never “wrong”",
        "unread": "a figure that was not read, with the reason",
    }
)
BADGES = WordsBy({
    "agrees": "agrees", "agrees_within_rounding": "agrees within rounding", LIKELY: "most likely agrees",
    "consistent": "consistent",
    "contradicts": "contradicts", "differs": "differs, look", "superseded": "superseded", "imprecise": "imprecise",
    "no_record": "not on record", "unread": "unread",
})  # fmt: skip
LOOK = ("contradicts", "differs", "superseded", "imprecise")  # what the editor goes through from the top of the page
_MOST_ROWS = 6  # rows under one claim; the rest are named
_BUFFERED = 256  # pieces of the template written at a time: some kilobytes, in place of single words
_MOST_LINES = 12  # under a table of the terminal
_AROUND = 70  # characters of a sentence on either side of a claim that is named at the top
_CELL = 120  # characters: a longer cell is a paragraph that a page sets in a table
_TITLE = 160  # characters: a longer first paragraph is no title
_CLASSES = {OPEN: "open", PERIOD: "period", NUMBER: "number"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a block: plain text, the span of claims, or a figure or date without one.

    Attributes:
        text: as in the report, without control characters.
        claims: the claims of this span, with their numbers; empty for the rest.
        kind: of a mention without a claim: open, period or number; empty for plain text.
    """

    text: str
    claims: tuple[tuple[int, Claim], ...] = ()
    kind: str = ""

    @property
    def verdict(self) -> str:
        """What it is shown as: of several, what an editor has to look at first."""
        return min((shown_as(c) for _, c in self.claims), key=FIRST.index)


class _Mark(NamedTuple):
    """Where claims stand, those whose spans overlap together, or a mention that no claim has."""

    start: int
    end: int
    claims: tuple[tuple[int, Claim], ...] = ()
    kind: str = ""


def page_parts(values: Mapping[str, Any]) -> Iterator[str]:
    """The annotated report as one HTML page: no script, nothing fetched, the report's text escaped.

    It comes a block at a time, so that a report of thousands of figures is never held whole.

    Args:
        values: what it shows, from `shown`.
    """
    stream = _template().stream(meaning=MEANING, badge=BADGES, version=__version__, **values)
    stream.enable_buffering(_BUFFERED)
    return map(plain, stream)


def shown(  # noqa: PLR0913 - what is said of a report and of what it was held against
    report: Report,
    claims: Sequence[Claim],
    record: Record,
    name: str,
    *,
    as_of: str | None = None,
    said: Sequence[str] = (),
) -> dict[str, Any]:
    """What an annotated report shows, for this page and for that of the server; its blocks are drawn as they are read.

    Args:
        report: as opened.
        claims: judged, in order.
        record: whose rows stand behind the verdicts.
        name: of the report's file.
        as_of: the day of the record; None for all of it.
        said: what is to be known of the record that it was held against, a sentence each.
    """
    numbered = list(enumerate(claims, 1))
    counts = tally(report, claims)
    look = _look(numbered)
    return {
        "title": _clean(title_of(report, name)),
        "name": _clean(name),
        "summary": summary(report, claims, as_of),
        "counts": {v: n for v, n in counts.verdicts.items() if v in MEANING},
        "unjudged": counts.counts.get(OPEN, 0),
        "look": look,
        "kind": shown_as,
        "around": partial(around, report),
        "first": LOOK,
        "after": dict(pairwise(n for n, _ in look)),
        "blocks": _drawn(report, _marks(report, numbered)),
        "rows": partial(_rows, record=record),
        "numbers": {c.claim_id: n for n, c in numbered},
        "said": partial(_said, names=_names(record)),
        "words": plain_words.words,
        "clean": _clean,
        "left_out": report.left_out,
        "notes": (*said, *report.notes),
        "sha256": report.sha256,
    }


def _look(numbered: Sequence[tuple[int, Claim]]) -> list[tuple[int, Claim]]:
    """What there is to look at, contradictions first."""
    return sorted((p for p in numbered if p[1].verdict in LOOK), key=lambda pair: LOOK.index(str(pair[1].verdict)))


def look_lines(report: Report, claims: Sequence[Claim]) -> list[str]:
    """What an editor looks at first, a sentence each, each claim in its own sentence; the rest of many are counted."""
    look = _look(list(enumerate(claims, 1)))
    lines = []
    for _, claim in look[:_MOST_LINES]:
        before, after = around(report, claim)
        where = f"{before}“{_clean(claim.text)}”{after}".replace("\n", " ")
        lines.append(tr("{verdict}: {where}", verdict=BADGES[str(claim.verdict)], where=where))
    if rest := len(look) - len(lines):
        lines.append(
            ntr(
                rest,
                "1 more to look at is on the page of --html.",
                "{count} more to look at are on the page of --html.",
            )
        )
    return lines


def around(report: Report, claim: Claim) -> tuple[str, str]:
    """The words of its sentence before and after a claim, cut where they are long: where it stands, at a glance.

    Of a figure in a table the headings of its row and column are the words before it.
    """
    before, found, after = claim.sentence.partition(claim.text)
    if not found:
        return "", ""
    at = bisect_right(report.blocks, claim.span_start, key=lambda b: b.start) - 1
    if at >= 0 and report.blocks[at].context:
        before = f"{report.blocks[at].context.replace(' | ', ', ')}: {before}"
    first = before if len(before) <= _AROUND else f"…{before[-_AROUND:].partition(' ')[2]}"
    last = after if len(after) <= _AROUND else f"{after[:_AROUND].rpartition(' ')[0]} …"
    return _clean(first), _clean(last)


def title_of(report: Report, name: str) -> str:
    """What the report calls itself: its first heading, its title, its first line where short; else the file's name."""
    headings = (report.text[b.start : b.end] for b in report.blocks if b.kind == "heading")
    first = report.text[report.blocks[0].start : report.blocks[0].end] if report.blocks else ""
    said = (report.metadata.get("og:title"), next(headings, ""), report.metadata.get("title"), first)
    return next((t.strip() for t in said if t and t.strip() and len(t) <= _TITLE), name)


def _marks(report: Report, numbered: Sequence[tuple[int, Claim]]) -> list[_Mark]:
    """The spans of the claims and the mentions that meet none, in order."""
    marks: list[_Mark] = []
    for pair in sorted(numbered, key=lambda p: (p[1].span_start, p[1].span_end)):
        start, end = pair[1].span_start, pair[1].span_end
        if marks and start < max(marks[-1].end, marks[-1].start + 1):
            last = marks.pop()
            start, end, here = last.start, max(last.end, end), (*last.claims, pair)
        else:
            here = (pair,)
        marks.append(_Mark(start, end, here))
    found, at, end, loose = tally(report, [claim for _, claim in numbered]), 0, 0, []
    for one, became in zip(found.mentions, found.became, strict=True):
        while at < len(marks) and marks[at].start < one.end:
            end = marks[at].end
            at += 1
        if end <= one.start:
            loose.append(_Mark(one.start, one.end, kind=_CLASSES.get(became, "open")))
    return sorted([*marks, *loose], key=lambda m: m.start)


def _drawn(report: Report, marks: Sequence[_Mark]) -> Iterator[dict[str, Any]]:
    """The blocks in order, each with its own claims."""
    starts = [mark.start for mark in marks]
    for block in report.blocks or (Block(0, len(report.text)),):
        here = marks[bisect_left(starts, block.start) : bisect_left(starts, block.end)]
        yield {
            "kind": "paragraph" if block.kind == "cell" and block.end - block.start > _CELL else block.kind,
            "language": {"unknown": ""}.get(block.language, block.language),
            "pieces": list(_pieces(report.text, block, here)),
            "claims": sorted((pair for mark in here for pair in mark.claims), key=itemgetter(0)),
            "open": [_clean(report.text[m.start : m.end]) for m in here if m.kind == "open"],
            "context": _clean(block.context),
        }


def _pieces(text: str, block: Block, marks: Sequence[_Mark]) -> Iterator[Piece]:
    """The block cut at its marks."""
    at = block.start
    for mark in marks:
        if mark.start > at:
            yield Piece(_clean(text[at : mark.start]))
        end = min(mark.end, block.end)
        yield Piece(_clean(text[max(mark.start, at) : end]), mark.claims, mark.kind)
        at = max(at, end)
    if at < block.end:
        yield Piece(_clean(text[at : block.end]))


def _clean(text: str) -> str:
    """Text without the characters that HTML forbids or that turn its direction; each is shown as a replacement mark."""
    return "".join(c if c.isprintable() or c in "\n\t" else "\N{REPLACEMENT CHARACTER}" for c in text)


def _said(claim: Claim, names: Mapping[str, str]) -> str:
    return _clean(plain_words.said(claim, names))


def _rows(claim: Claim, record: Record) -> list[dict[str, Any]]:
    """The rows behind a verdict, then those nearest to the figure: what they say, their fields, the source."""
    named = [r for r in claim.against or () if not r.startswith("c-")][:_MOST_ROWS]
    near = [r for r in claim.offered or () if r not in named][: _MOST_ROWS - len(named)]
    return [row | {"near": i in near} for i in [*named, *near] for row in _drawn_row(record, i, spoken())][:_MOST_ROWS]


@lru_cache(maxsize=4096)
def _drawn_row(record: Record, row_id: str, _language: str) -> tuple[dict[str, Any], ...]:
    """A row as the page draws it in a language. A long report names few rows, each often: they are drawn once."""
    out = []
    for table, row in find(record, row_id)[:1]:
        source = _register(record).get(str(row.get("source_id")))
        cited, to = (citation(source), link(source)) if source else ("", None)
        says = plain_words.row_says(row, abroad=str(row.get("place_id")) in _abroad(record))
        fields = plain_words.fields(row)
        out.append(
            {
                "id": row_id,
                "table": plain_words.words(table),
                "says": says,
                "fields": fields,
                "cited": cited,
                "link": to,
            }
        )
    return tuple(out)


@lru_cache(maxsize=4)
def _abroad(record: Record) -> frozenset[str]:
    """The ids of places that lie in other countries than China alone."""
    places = record.tables["places"].to_pylist()
    return frozenset(p["place_id"] for p in places if p["countries"] and "CN" not in p["countries"])


@lru_cache(maxsize=4)
def _names(record: Record) -> Mapping[str, str]:
    """The names of places and measures by their ids."""
    places = {p["place_id"]: p["name"] for p in record.tables["places"].to_pylist()}
    return {m["measure_id"]: m["short"] or m["title"] for m in record.tables["measures"].to_pylist()} | places


@lru_cache(maxsize=4)
def _register(record: Record) -> Mapping[str, Mapping[str, Any]]:
    """The register of sources by id; read once for each record."""
    return by_id(record.tables["sources"])


@cache
def _template() -> jinja2.Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.globals["tr"] = tr
    text = files("entrepot.claims").joinpath("templates/annotated.html.j2").read_text(encoding="utf-8")
    return environment.from_string(text)
