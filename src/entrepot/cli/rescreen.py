"""`entrepot rescreen RESULTS`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from entrepot.cli.named import SearchedName
from entrepot.cli.options import as_of_option, emit, store_option, table_options
from entrepot.cli.progress import bar
from entrepot.core.errors import DONE, MATCHED

if TYPE_CHECKING:
    from entrepot.screening.runs.rescreen import Rescreening

_SHOWN = ("change", "row", "party", "list_id", "listed_name", "score_before", "score", "details")


@click.command(
    "rescreen",
    epilog="Example: entrepot rescreen hits.parquet --as-of 2026-08-04\n\n"
    "Exit codes: 0 done, 2 bad input, 3 a match is new or changed under --fail-on-match.",
)
@click.argument("results", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--parties",
    "parties",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file that was screened. Default: as the store recorded it.",
)
@click.option(
    "--list",
    "lists",
    type=SearchedName(),
    multiple=True,
    metavar="LIST",
    help="A list that was screened against; may be repeated. Default: as recorded, else all.",
)
@as_of_option
@click.option("--min-score", type=float, metavar="S", help="Lowest score of a match. Default: as recorded, else 0.7.")
@click.option("--name-column", "name_columns", multiple=True, metavar="C", help="Column that holds parties.")
@click.option(
    "--encoding",
    "encoding",
    default="",
    metavar="E",
    help="Encoding of RESULTS where it is not UTF-8; and of the parties where none is recorded.",
)
@click.option("--all", "whole", is_flag=True, help="Screen everything again; needed where the rule changed.")
@click.option("--fail-on-match", is_flag=True, help="Exit with 3 when a match is new or changed.")
@store_option
@table_options
def command(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    results: Path,
    parties: Path | None,
    lists: tuple[str, ...],
    as_of: str | None,
    min_score: float | None,
    name_columns: tuple[str, ...],
    encoding: str,
    *,
    whole: bool,
    fail_on_match: bool,
    store: str | None,
    fmt: str | None,
    out: Path | None,
) -> int:
    """Tell what changed since an earlier screening: new matches, vanished ones, changed entries.

    RESULTS is what `entrepot screen --out` wrote (CSV, JSON, Parquet). Parties are held against the listed names that
    changed between the lists as they were used then and as they stand now, so it is quick.
    """
    from entrepot.cli.keeping import keep
    from entrepot.core import output
    from entrepot.core import store as kept
    from entrepot.core.periods import as_of as day_of
    from entrepot.screening.runs.from_results import Asked, rescreening

    output.format_of(out, fmt)
    asked = Asked(parties, lists, min_score, name_columns, whole, encoding)
    with bar("Screening") as progress:
        found, said = rescreening(results, asked, day_of(as_of), kept.location(store), progress)
    emit(found.changes, fmt, out, columns=_SHOWN)
    if found.matches.num_rows:
        keep(store, lambda con: kept.keep_shown(con, "matches", "match_id", found.matches))
    counts = _counts(found)
    told = ", ".join(f"{counts[c]} {c}" for c in ("new", "vanished", "changed"))
    for line in (f"{told}. {found.entities} listed entities changed.", *said):
        click.echo(line, err=True)
    return MATCHED if fail_on_match and counts["new"] + counts["changed"] else DONE


def _counts(found: Rescreening) -> dict[str, int]:
    changes = found.changes.column("change").to_pylist()
    return {c: changes.count(c) for c in ("new", "vanished", "changed")}
