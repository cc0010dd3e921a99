"""`entrepot search NAME`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from entrepot.cli.named import SearchedName
from entrepot.cli.options import as_of_option, emit, say, store_option, table_options
from entrepot.cli.progress import spinner
from entrepot.core.errors import DONE, MATCHED
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from pathlib import Path

    from entrepot.desk.screen import Kind

_SHOWN = ("score", "list_id", "name", "met_name", "profile", "entity_id")
_ALWAYS = ("score", "list_id", "name", "entity_id")


@click.command(
    "search",
    epilog="Example: entrepot search 'Hoshine Silicon'\n\n"
    "Exit codes: 0 done, 2 bad input, 3 a candidate was found under --fail-on-match.",
)
@click.argument("name")
@click.option(
    "--list",
    "lists",
    type=SearchedName(),
    multiple=True,
    metavar="LIST",
    help="Search this list only; may be repeated. LIST@VERSION: a version by its day, or by its file's hash.",
)
@as_of_option
@click.option(
    "--min-score", type=float, default=0.5, show_default=True, metavar="S", help="Lowest score of a candidate, 0 to 1."
)
@click.option(
    "--kind", type=click.Choice(("person", "company", "vessel")), help="What the name is of, where it is known."
)
@click.option("--country", default="", metavar="C", help="A country of the party, where it is known.")
@click.option("--birth-year", "birth_year", default="", metavar="YYYY", help="A year of birth, where it is known.")
@click.option("--limit", type=int, default=20, show_default=True, metavar="N", help="Candidates to show at most.")
@click.option("--fail-on-match", is_flag=True, help="Exit with 3 when there is a candidate.")
@store_option
@table_options
def command(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    name: str,
    lists: tuple[str, ...],
    as_of: str | None,
    min_score: float,
    kind: Kind | None,
    country: str,
    birth_year: str,
    limit: int,
    store: str | None,
    fmt: str | None,
    out: Path | None,
    *,
    fail_on_match: bool,
) -> int:
    """Search the lists that are held for NAME: candidates with scores, the highest first, each with what is listed.

    The whole profile of a candidate: entrepot lists show ID. How its score came about: entrepot explain MATCH.
    """
    from entrepot.desk.search import search

    with spinner(tr("Searching")):
        found = search(
            name,
            lists=lists,
            as_of=as_of,
            min_score=min_score,
            kind=kind,
            country=country,
            birth_year=birth_year,
            limit=limit,
            store=store,
        )
    emit(found.table, fmt, out, columns=_SHOWN, always=_ALWAYS)
    say(found.notes)
    return MATCHED if fail_on_match and any(c["score"] >= min_score for c in found.to_pylist()) else DONE
