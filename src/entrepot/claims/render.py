"""Checked claims as people read them: the line an editor quotes, findings, and the annotated page."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from importlib.resources import files
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from entrepot import __version__
from entrepot.claims.contract import VERDICTS
from entrepot.core import findings, periods, units
from entrepot.core.errors import plain
from entrepot.record.embedded import find
from entrepot.sources.register import by_id, citation, link

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import jinja2

    from entrepot.claims.model import Block, Claim, Report
    from entrepot.core.findings import Finding
    from entrepot.record.embedded import Record

# Verdict -> what it means, in the words of the page and of docs/claims.md.
MEANING = {
    "agrees": "a row of the record says the same",
    "agrees_within_rounding": "a row of the record says the same, rounded otherwise",
    "consistent": "no row says it, but rows imply it; the working is shown",
    "contradicts": "rows of the record of just this thing and period say otherwise",
    "differs": "rows near it say otherwise, and may be of something else: look",
    "superseded": "true when published, not since",
    "imprecise": "the fact is on record, one word or its scope is not",
    "no_record": "the record is silent; that is never “wrong”",
    "unread": "a figure that was not read, with the reason",
}
_COUNTED = {
    "agrees": ("agrees", "agree"),
    "agrees_within_rounding": ("agrees within rounding", "agree within rounding"),
    "consistent": ("is consistent with it", "are consistent with it"),
    "contradicts": ("contradicts it", "contradict it"),
    "differs": ("differs from rows near it (look)", "differ from rows near them (look)"),
    "superseded": ("is superseded", "are superseded"),
    "imprecise": ("is imprecise", "are imprecise"),
    "no_record": ("is not on record", "are not on record"),
}
_FIRST = ("contradicts", "differs", "superseded", "imprecise", "no_record", "unread", "consistent", *VERDICTS[:2])
_MOST_ROWS = 6  # rows under one claim; the rest are named
_BUFFERED = 256  # pieces of the template written at a time: some kilobytes, in place of single words
# Words of a verdict where the underscores left out would not do.
BADGES = {v: v.replace("_", " ") for v in VERDICTS} | {"differs": "differs, look"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a block: plain text, or the span of a claim.

    Attributes:
        text: as in the report, without control characters.
        claims: the claims of this span, with their numbers; empty for plain text.
    """

    text: str
    claims: tuple[tuple[int, Claim], ...] = ()

    @property
    def verdict(self) -> str:
        """The verdict that colours it: of several, the one an editor has to look at first."""
        return min((str(c.verdict) for _, c in self.claims), key=_FIRST.index)


def counts(claims: Sequence[Claim]) -> dict[str, int]:
    """How many claims have each verdict, in the order of `VERDICTS`; verdicts without any are left out."""
    words = [c.verdict for c in claims]
    return {v: words.count(v) for v in VERDICTS if v in words}


def summary(report: Report, claims: Sequence[Claim], as_of: str | None = None) -> str:
    """One line that an editor can quote."""
    found = counts(claims)
    unread = found.pop("unread", 0)
    read = sum(found.values())
    day = f"published {report.published} ({_basis(report)})" if report.published else "of unknown date"
    against = f"the record as of {as_of}" if as_of else "the record"
    if not read and not unread:
        return f"No checkable figure or dated event found in this report, {day}."
    itself = sum(_of_the_report(c) for c in claims)
    found["contradicts"] = found.get("contradicts", 0) - itself
    parts = [f"{n} {_COUNTED[v][n > 1]}" for v, n in found.items() if n]
    parts += [f"{itself} {'contradict' if itself > 1 else 'contradicts'} another claim of the report"] if itself else []
    parts += [f"{unread} {'figures were' if unread > 1 else 'figure was'} not read"] if unread else []
    head = f"{read} {'claims' if read != 1 else 'claim'}, {day}, held against {against}"
    return f"{head}: {', '.join(parts)}."


def _of_the_report(claim: Claim) -> bool:
    """Whether a claim contradicts the report itself, and not the record."""
    against = claim.against or ()
    return claim.verdict == "contradicts" and bool(against) and all(a.startswith("c-") for a in against)


def _basis(report: Report) -> str:
    return {"given": "as given", "metadata": "from the file", "weak_metadata": "from the file, weakly"}.get(
        report.published_basis, f"inferred: {report.published_basis.replace('_', ' ')}"
    )


def claim_findings(claims: Sequence[Claim], record: Record) -> list[Finding]:
    """Each judged claim as a finding: its grounds are the rows against it, its basis the verdict.

    A contradiction within the report is a finding of kind conflict.
    """
    return [_finding(c, record) for c in claims if c.verdict not in {None, "unread"}]


def _finding(claim: Claim, record: Record) -> Finding:
    grounds = [
        findings.Ground(table, row_id, row.get("source_id"))
        for row_id in claim.against or ()
        for table, row in _found(record, row_id)
    ]
    within = any(a.startswith("c-") for a in claim.against or ())
    kind = "conflict" if within and claim.verdict == "contradicts" else "text" if claim.value is None else "number"
    basis = ": ".join(filter(None, (claim.verdict, claim.working or claim.note)))
    value: float | str = claim.text if claim.value is None or kind == "conflict" else claim.value
    return findings.make(
        kind=kind,
        subject=claim.subject or "not said",
        quantity=claim.quantity or "not said",
        value=value,
        unit=claim.unit if kind == "number" else None,
        period=(claim.period_start, claim.period_end),
        status="forecast" if claim.status in {"forecast", "planned", "scheduled"} else "reported",
        high=claim.value_high,
        basis=basis,
        grounds=grounds,
    )


def page(report: Report, claims: Sequence[Claim], record: Record, title: str, as_of: str | None = None) -> str:
    """The annotated report as one HTML page: no script, nothing fetched, the report's text escaped.

    Args:
        report: as opened.
        claims: judged, in order.
        record: whose rows stand behind the verdicts.
        title: what the page calls the report.
        as_of: the day of the record; None for all of it.
    """
    return "".join(page_parts(report, claims, record, title, as_of))


def page_parts(
    report: Report, claims: Sequence[Claim], record: Record, title: str, as_of: str | None = None
) -> Iterator[str]:
    """The page of `page` in parts, a block at a time, so that a report of thousands of figures is never held whole."""
    numbered = list(enumerate(claims, 1))
    stream = _template().stream(
        title=_clean(title),
        summary=summary(report, claims, as_of),
        counts=counts(claims),
        meaning=MEANING,
        badge=BADGES,
        blocks=_drawn(report, numbered),
        rows=partial(_rows, record=record),
        numbers={c.claim_id: n for n, c in numbered},
        said=_said,
        clean=_clean,
        left_out=report.left_out,
        notes=report.notes,
        sha256=report.sha256,
        version=__version__,
    )
    stream.enable_buffering(_BUFFERED)
    return map(plain, stream)


def _drawn(report: Report, numbered: Sequence[tuple[int, Claim]]) -> Iterator[dict[str, Any]]:
    """The blocks in order, each with its own claims: claims stand in order, so each is met once."""
    in_order = sorted(numbered, key=lambda pair: pair[1].span_start)
    starts = [claim.span_start for _, claim in in_order]
    for block in _blocks(report):
        own = in_order[bisect_left(starts, block.start) : bisect_left(starts, block.end)]
        yield _block(report, block, sorted(own, key=itemgetter(0)))


def _blocks(report: Report) -> Sequence[Block]:
    if report.blocks:
        return report.blocks
    from entrepot.claims.model import Block

    return (Block(0, len(report.text)),)


def _block(report: Report, block: Block, own: Sequence[tuple[int, Claim]]) -> dict[str, Any]:
    return {
        "kind": block.kind,
        "language": {"unknown": ""}.get(block.language, block.language),
        "pieces": list(_pieces(report.text, block, own)),
        "claims": own,
    }


def _pieces(text: str, block: Block, own: Sequence[tuple[int, Claim]]) -> Iterator[Piece]:
    """The block cut at its spans; spans that overlap share the mark of the first."""
    at, waiting, next_one = block.start, sorted(own, key=lambda p: (p[1].span_start, p[1].span_end)), 0
    while next_one < len(waiting):
        first = next_one
        start, end = waiting[first][1].span_start, waiting[first][1].span_end
        while next_one < len(waiting) and waiting[next_one][1].span_start < max(end, start + 1):
            next_one += 1
        here = waiting[first:next_one]
        end = min(max(pair[1].span_end for pair in here), block.end)
        if start > at:
            yield Piece(_clean(text[at:start]))
        yield Piece(_clean(text[max(start, at) : end]), tuple(here))
        at = max(at, end)
    if at < block.end:
        yield Piece(_clean(text[at : block.end]))


def _clean(text: str) -> str:
    """Text without the characters that HTML forbids or that turn its direction; each is shown as a replacement mark."""
    return "".join(c if c.isprintable() or c in "\n\t" else "\N{REPLACEMENT CHARACTER}" for c in text)


def _said(claim: Claim) -> str:
    """What was read in the claim, on one line."""
    value = ""
    if claim.value is not None:
        value = units.with_unit(claim.value, claim.unit or "", per=claim.per or "")
        value = f"between {value} and {units.number(claim.value_high)}" if claim.value_high is not None else value
    bound = "" if claim.bound in {"exact", "between"} else claim.bound.replace("_", " ")
    when = _when(claim)
    side = f" with {claim.partner}" if claim.partner else ""
    compared = "" if claim.comparison == "none" else f" ({claim.comparison})"
    what = (claim.quantity or "").replace("_", " ")
    at = claim.where and f"at {claim.where}"
    parts = (f"{claim.subject}{side}", at, f"{what}{compared}", f"{bound} {value}".strip(), when)
    return _clean(" · ".join(p for p in parts if p))


def _when(claim: Claim) -> str:
    if claim.period_start and claim.period_end:
        return periods.words(periods.span(claim.period_start, claim.period_end))
    return f"until {claim.period_end}" if claim.period_end else ""


def _rows(claim: Claim, record: Record) -> list[dict[str, Any]]:
    """The rows behind a verdict: table, fields that say something, the source with its link."""
    named = [r for r in claim.against or () if not r.startswith("c-")][:_MOST_ROWS]
    return [row for row_id in named for row in _drawn_row(record, row_id)][:_MOST_ROWS]


@lru_cache(maxsize=4096)
def _drawn_row(record: Record, row_id: str) -> tuple[dict[str, Any], ...]:
    """A row as the page draws it. A long report names few rows, each often: they are drawn once."""
    out = []
    for table, row in _found(record, row_id):
        source = _register(record).get(str(row.get("source_id")))
        kept = {k: v for k, v in row.items() if v not in (None, "", []) and k not in {"source_id", "source_ids"}}
        fields = [(k, "; ".join(map(str, v)) if isinstance(v, list) else _plain(v)) for k, v in kept.items()]
        cited, to = (citation(source), link(source)) if source else ("", None)
        out.append({"id": row_id, "table": table, "fields": fields, "cited": cited, "link": to})
    return tuple(out)


def _plain(value: Any) -> str:
    return findings.plain(value) if isinstance(value, float) else str(value)


@lru_cache(maxsize=4096)
def _found(record: Record, row_id: str) -> tuple[tuple[str, dict[str, Any]], ...]:
    """The row of an id with its table; none for the id of a claim. A long report names few rows, each often."""
    return () if row_id.startswith("c-") else tuple(find(record, row_id)[:1])


@lru_cache(maxsize=4)
def _register(record: Record) -> Mapping[str, Mapping[str, Any]]:
    """The register of sources by id; read once for each record."""
    return by_id(record.tables["sources"])


@cache
def _template() -> jinja2.Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    text = files("entrepot.claims").joinpath("templates/annotated.html.j2").read_text(encoding="utf-8")
    return environment.from_string(text)
