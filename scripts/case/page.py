"""The statements and their verdicts as one HTML page and as CSV: no script, nothing fetched."""

from __future__ import annotations

import csv
import html
import io
from typing import TYPE_CHECKING, Any

from case.rules import VERDICTS
from entrepot.sources.register import citation, link

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from case.rules import Held

Line = tuple["Mapping[str, Any]", "Held"]

STYLE = """
body { margin: 0 auto; max-width: 62em; padding: 24px 16px; color: #1d2733; background: #fff;
  font: 16px/1.5 -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", Arial, sans-serif; }
h1 { font-size: 28px; line-height: 1.2; } h2 { margin: 0; font-size: 17px; }
article { margin: 14px 0; padding: 12px 16px; border: 1px solid #dfe4e8; border-left: 5px solid #5d6975;
  break-inside: avoid; }
article.confirmed { border-left-color: #0b6e75; } article.corrected { border-left-color: #9a4416; }
article.superseded { border-left-color: #8a6d00; }
.verdict { font-weight: 700; } .muted { color: #5d6975; font-size: 14px; } p { margin: 4px 0; overflow-wrap: anywhere; }
a { color: #0b6e75; } table { border-collapse: collapse; } td, th { padding: 2px 14px 2px 0; text-align: left; }
"""
SOURCES_NAMED = 6  # of one statement; the rest are counted, and stand behind the rows


def page(lines: Sequence[Line], sources: Mapping[str, Mapping[str, Any]], notes: Sequence[str], claims: Claims) -> str:
    """The page.

    Args:
        lines: each statement with its verdict.
        sources: the register by source id.
        notes: what a reader must know of the run.
        claims: what `entrepot check` says of the text, by the id of the statement; empty where no text is at hand.
    """
    counts = {v: sum(held.verdict == v for _, held in lines) for v in VERDICTS}
    table = "".join(f"<tr><td>{v}</td><td>{n}</td></tr>" for v, n in counts.items())
    body = "".join(_article(said, held, sources, claims.get(said["id"], ())) for said, held in lines)
    said_notes = "".join(f'<p class="muted">{html.escape(n)}</p>' for n in notes)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" '
        'content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>The report that Entrepot began with</title><style>{STYLE}</style></head><body><main>"
        f"<h1>The report that Entrepot began with, statement by statement</h1>"
        f"<table><thead><tr><th>verdict</th><th>statements</th></tr></thead><tbody>{table}</tbody></table>"
        f"{said_notes}{body}</main></body></html>\n"
    )


Claims = dict[str, "Sequence[Mapping[str, Any]]"]


def _article(
    said: Mapping[str, Any],
    held: Held,
    sources: Mapping[str, Mapping[str, Any]],
    claims: Sequence[Mapping[str, Any]],
) -> str:
    ids = ", ".join(f"{name}/{key(row)}" for name, row in held.rows) or "none"
    read = "".join(
        f'<p class="muted">entrepot check: {html.escape(c["text"])}: {c["verdict"].replace("_", " ")}'
        f"{html.escape('. ' + c['note'] if c['note'] else '')}</p>"
        for c in claims
    )
    return (
        f'<article class="{held.verdict.split()[0]}" id="{html.escape(said["id"])}">'
        f'<h2>{html.escape(said["says"])}</h2><p class="verdict">{held.verdict}</p>'
        f"<p>{html.escape(held.working)}</p>{read}"
        f'<p class="muted">Rows: {html.escape(ids)}</p><p class="muted">Sources: {_cited(held, sources)}</p>'
        "</article>\n"
    )


def _cited(held: Held, sources: Mapping[str, Mapping[str, Any]]) -> str:
    used = list(dict.fromkeys(row["source_id"] for _, row in held.rows if row.get("source_id")))
    out = []
    for one in used[:SOURCES_NAMED]:
        source = sources[one]
        address, text = link(source), html.escape(citation(source))
        out.append(f'<a href="{html.escape(address)}" rel="noopener noreferrer">{text}</a>' if address else text)
    more = len(used) - len(out)
    return "; ".join(out) + (f" and {more} more" if more else "") if out else "none"


def key(row: Mapping[str, Any]) -> str:
    """The key of a row as `entrepot explain` takes it."""
    if "part_id" in row:
        return f"{row['measure_id']}/{row['part_id']}"
    return str(row.get("entity_id") or row["id"])


def table(lines: Sequence[Line]) -> str:
    """The same as CSV: a row a statement."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["id", "statement", "verdict", "working", "rows"])
    for said, held in lines:
        rows = "; ".join(f"{name}/{key(row)}" for name, row in held.rows)
        writer.writerow([said["id"], said["says"], held.verdict, held.working, rows])
    return out.getvalue()
