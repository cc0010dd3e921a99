"""`entrepot rescreen RESULTS`."""

from __future__ import annotations

from pathlib import Path

import click

from entrepot.cli.named import SearchedName
from entrepot.cli.options import (
    as_of_option,
    emit,
    max_age_option,
    record_options,
    require_option,
    say,
    store_option,
    table_options,
)
from entrepot.cli.progress import bar
from entrepot.core.errors import DONE, MATCHED
from entrepot.core.words.translate import tr

_SHOWN = ("change", "kind", "row", "party", "list_id", "listed_name", "score_before", "score", "details")


@click.command(
    "rescreen",
    epilog="Example: entrepot rescreen hits.parquet --as-of 2026-08-04\n\n"
    "Exit codes: 0 done, 2 bad input or a required list missing, 3 a match, a part of a listed party or a flag for a "
    "region new or changed, with --fail-on-match.",
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
@require_option
@max_age_option
@as_of_option
@click.option("--min-score", type=float, metavar="S", help="Lowest score of a match. Default: as recorded, else 0.7.")
@click.option("--name-column", "name_columns", multiple=True, metavar="C", help="Column that holds parties.")
@click.option(
    "--encoding",
    "encoding",
    default="",
    metavar="E",
    help="Encoding of RESULTS where not UTF-8; of parties in another file than then, or where nothing is recorded.",
)
@click.option("--all", "whole", is_flag=True, help="Screen everything again; needed where the rule changed.")
@click.option(
    "--all-cases",
    "with_quiet",
    is_flag=True,
    help="Tell also of the cases that were decided false and did not change since.",
)
@click.option(
    "--matches",
    "matches",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write all that the parties meet now to FILE, as screen --out does; the next rescreen starts from it.",
)
@record_options
@click.option("--fail-on-match", is_flag=True, help="Exit with 3 when a match, part or flag is new or changed.")
@store_option
@table_options
def command(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    results: Path,
    parties: Path | None,
    lists: tuple[str, ...],
    require: tuple[str, ...],
    max_age: int | None,
    as_of: str | None,
    min_score: float | None,
    name_columns: tuple[str, ...],
    encoding: str,
    matches: Path | None,
    record: Path | None,
    operator: str,
    sign_with: Path | None,
    *,
    whole: bool,
    with_quiet: bool,
    fail_on_match: bool,
    store: str | None,
    fmt: str | None,
    out: Path | None,
) -> int:
    """Tell what changed since an earlier screening: new matches, parts and flags, vanished ones, changed entries.

    RESULTS is what `entrepot screen --out` or `rescreen --matches` wrote (CSV, JSON, Parquet). Parties are held
    against the listed names that changed between the lists as they were used then and as they stand now, so it is
    quick; parties that were added or changed against all, and they are looked for in regions under a measure.
    """
    from entrepot.core.output import format_of
    from entrepot.desk.rescreen import rescreen
    from entrepot.desk.written_files import remember_written

    format_of(out, fmt)
    with bar(tr("Screening")) as progress:
        found = rescreen(
            results,
            parties=parties,
            lists=lists,
            require=require,
            as_of=as_of,
            min_score=min_score,
            name_columns=name_columns,
            whole=whole,
            with_quiet=with_quiet,
            max_age=max_age,
            matches=matches,
            record=record,
            operator=operator,
            sign_with=sign_with,
            encoding=encoding,
            store=store,
            progress=progress,
        )
    emit(found.table, fmt, out, columns=_SHOWN)
    say((*found.notes, *remember_written("changes", out, found.table, store=store)))
    return MATCHED if fail_on_match and found.alerts else DONE
