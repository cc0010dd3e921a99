"""The table that the worked example is told in."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.tracing.contract import KINDS

EXAMPLE_FILES = Contract(
    name="example_files",
    meaning="The files of the worked example that were written; all papers and firms in them are invented but for a "
    "few listed names, of which nothing is said by them.",
    grain=("file",),
    columns=(
        Column("file", "text", "where it was written"),
        Column("kind", "text", "what it is read as", allowed=(*KINDS, "owners", "answers")),
        Column("rows", "integer", "rows, or events", unit="rows", low=0),
        Column("command", "text", "the command that loads it", absent=("not_applicable",)),
    ),
)
