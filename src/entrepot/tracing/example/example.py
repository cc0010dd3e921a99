"""The worked example: all files of an invented buyer, made anew from a seed, with five faults or with none."""

from __future__ import annotations

import csv
import io
import json
import shlex
from typing import TYPE_CHECKING

from entrepot.core.files import write_text
from entrepot.tracing.example.example_chance import Drawn
from entrepot.tracing.example.example_stages import CHAINS
from entrepot.tracing.example.invented_parties import invented
from entrepot.tracing.example.made_chain import begun, chain
from entrepot.tracing.example.made_papers import Papers
from entrepot.tracing.example.planted_faults import owned_soundly, plant
from entrepot.tracing.example.shipped_events import document

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from typing import Any

# What a file is called, kind of rows, and how it is loaded; the marks are in the names too.
FILES = (
    ("invented-invoices.csv", "links", "supply load {file}"),
    ("invented-customs.csv", "shipments", "supply load {file} --as shipments"),
    ("invented-production.csv", "production", "supply load {file} --as production"),
    ("invented-recipes.csv", "bom", "supply load {file} --as bom"),
    ("invented-payments.csv", "payments", "supply load {file} --as payments"),
    ("invented-facilities.csv", "facilities", "supply load {file} --as facilities"),
    ("invented-events.json", "epcis", "supply load {file} --as epcis"),
    ("invented-owners.csv", "owners", "own load {file}"),
)
ANSWERS = "invented-faults.csv"


def example(seed: int, *, clean: bool) -> tuple[Papers, dict[str, Any]]:
    """The papers of the buyer, and its file of events.

    Args:
        seed: which chains; the same seed makes the same papers.
        clean: without faults.
    """
    drawn = Drawn(seed)
    papers = Papers()
    made = begun(papers, drawn, invented(drawn))
    for name in CHAINS:
        chain(made, name)
    # The faults come last, so that a twin is the same but for them.
    (owned_soundly if clean else plant)(made)
    return papers, document(papers.events, made.ids)


def written(folder: Path, papers: Papers, events: dict[str, Any], *, answers: bool) -> list[dict[str, Any]]:
    """Write the files.

    Args:
        folder: where to; it is there.
        papers: as `example` gives them.
        events: likewise.
        answers: write what was planted too.

    Returns:
        Under EXAMPLE_FILES, in the order in which they are loaded.

    Raises:
        OSError: a file cannot be written.
    """
    made = []
    for name, kind, command in FILES:
        path = folder / name
        rows = papers.events if kind == "epcis" else papers.rows[kind]
        text = json.dumps(events, ensure_ascii=False, indent=1) if kind == "epcis" else _csv(rows)
        write_text(path, text)
        made.append(
            {
                "file": str(path),
                "kind": kind,
                "rows": len(rows),
                "command": "entrepot " + command.format(file=shlex.quote(str(path))),
            }
        )
    if answers:
        rows = [{**p._asdict(), "documents": "; ".join(p.documents)} for p in papers.planted]
        write_text(folder / ANSWERS, _csv(rows) if rows else "kind,documents,words,shows\n")
        made.append({"file": str(folder / ANSWERS), "kind": "answers", "rows": len(rows), "command": None})
    return made


def _csv(rows: Iterable[dict[str, Any]]) -> str:
    heads = list(dict.fromkeys(head for row in rows for head in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, heads, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
