"""`entrepot screen PARTIES`."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from entrepot.cli.file_or_table import FileOrTable
from entrepot.cli.named import RegionName, RuleName, SearchedName
from entrepot.cli.options import (
    as_of_option,
    echo_utf8,
    emit,
    emit_text,
    keeps_what_it_reads,
    max_age_option,
    profile_option,
    record_options,
    require_option,
    say,
    store_option,
)
from entrepot.cli.progress import bar
from entrepot.core.errors import DONE, MATCHED, printable
from entrepot.core.output import FORMATS, as_named, format_of
from entrepot.core.runtime.garbage import seldom_collected
from entrepot.core.words.amounts import counted
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from entrepot.desk.screen import Kind, Screening

YENTE = "yente"
_OF_COLUMNS = ("column", "heading", "holds", "of", "number", "example")


@click.command(
    "screen",
    epilog="Example: entrepot screen suppliers.csv --list uflpa --record clearance.html\n\n"
    "Exit codes: 0 done, 2 bad input, 3 matched or flagged under --fail-on-match.",
)
@click.argument("parties", type=FileOrTable())
@click.option(
    "--list",
    "lists",
    type=SearchedName(),
    multiple=True,
    metavar="LIST",
    help="Screen against this list only; may be repeated. LIST@VERSION: a version by its day, or by its file's hash.",
)
@click.option(
    "--region",
    "regions",
    type=RegionName(),
    multiple=True,
    metavar="ID",
    help="Look for parties of this region only; may be repeated. Default: every region under a measure on record.",
)
@click.option(
    "--with-ownership",
    "with_ownership",
    is_flag=True,
    help="Screen against the parties too that fall under a listing of their owners, by the ownership data that was "
    "loaded.",
)
@click.option(
    "--rule",
    "ownership_rules",
    type=RuleName(),
    multiple=True,
    metavar="RULE",
    help="The rule of ownership by which they do, which asks for them; may be repeated. Default: those whose listed "
    "persons stand on a list that is screened.",
)
@require_option
@max_age_option
@as_of_option
@click.option("--min-score", type=float, metavar="S", help="Lowest score of a match, 0 to 1. Default: 0.7.")
@click.option(
    "--name-column", "name_columns", multiple=True, metavar="C", help="Column that holds parties; may be repeated."
)
@click.option(
    "--address-column", "address_columns", multiple=True, metavar="C", help="Column of addresses; may be repeated."
)
@click.option(
    "--country-column", "country_columns", multiple=True, metavar="C", help="Column of countries; may be repeated."
)
@click.option("--key-column", "key_columns", multiple=True, metavar="C", help="Column with your own number of a party.")
@click.option(
    "--keep-column", "keep_columns", multiple=True, metavar="C", help="Column to show in the results; may be repeated."
)
@click.option(
    "--map",
    "mapping",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="What each column holds, as --columns wrote it and you corrected it.",
)
@click.option(
    "--columns",
    "columns",
    is_flag=True,
    help="Only show what each column is read as, and save it for --map: to --out, else PARTIES.columns.csv here.",
)
@click.option(
    "--sheet", default="", metavar="NAME", help="Sheet of a workbook. Default: the first shown with a known heading."
)
@click.option(
    "--encoding", default="", metavar="E", help="Encoding of a text file, such as cp1251, where it is not UTF-8."
)
@click.option(
    "--kind",
    type=click.Choice(("person", "company", "vessel")),
    help="What all parties are. Default: a person where a date of birth stands beside the name, else either.",
)
@click.option(
    "--fail-on-match", is_flag=True, help="Exit with 3 when a party is matched or flagged, quiet cases apart."
)
@record_options
@click.option(
    "--workers",
    type=int,
    default=0,
    metavar="N",
    help="Processes. Default: one a core. The result is the same for any.",
)
@click.option(
    "--on",
    default="",
    metavar="MASTER",
    help="A Spark cluster that does the work, such as spark://HOST:7077; with the same result. Default: this machine.",
)
@click.option(
    "--all", "with_quiet", is_flag=True, help="Show the cases too that were decided false and did not change since."
)
@profile_option
@click.option("--resume", is_flag=True, help="Take up the unfinished run of the same --out.")
@click.option(
    "--part",
    "part",
    default="",
    metavar="K/N",
    help="Screen the K-th of N equal parts only, on one of many machines; what it finds lies in the folder OUT.parts.",
)
@click.option(
    "--join",
    "join",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Write the parts of this folder to --out, as one run over the whole file would have.",
)
@store_option
@click.option(
    "--out",
    "out",
    type=FileOrTable(dir_okay=False),
    metavar="FILE",
    help="Write to FILE (written whole or not at all); the ending chooses the format. spark-table:NAME is a new table "
    "of the cluster of --on.",
)
@click.option(
    "--format",
    "fmt",
    type=click.Choice((*FORMATS, YENTE)),
    help="Output format; table: the cases, each a line or a few; yente: the JSON with which yente answers a match; all "
    "others hold the matches, each with its case. Default: table on the terminal, else by the ending of --out.",
)
@keeps_what_it_reads
@seldom_collected()
def command(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    parties: Path | str,
    lists: tuple[str, ...],
    regions: tuple[str, ...],
    ownership_rules: tuple[str, ...],
    require: tuple[str, ...],
    max_age: int | None,
    as_of: str | None,
    min_score: float | None,
    name_columns: tuple[str, ...],
    address_columns: tuple[str, ...],
    country_columns: tuple[str, ...],
    key_columns: tuple[str, ...],
    keep_columns: tuple[str, ...],
    mapping: Path | None,
    sheet: str,
    encoding: str,
    kind: Kind | None,
    *,
    with_ownership: bool,
    columns: bool,
    fail_on_match: bool,
    record: Path | None,
    operator: str,
    sign_with: Path | None,
    workers: int,
    on: str,
    resume: bool,
    part: str,
    join: Path | None,
    with_quiet: bool,
    profile: bool,
    store: str | None,
    fmt: str | None,
    out: Path | str | None,
) -> int:
    """Screen the parties of a file against listings, and flag those placed in a region under a measure.

    PARTIES is a CSV, TSV, XLSX, JSON lines or Parquet file with one or several party columns, also as .gz or .zip, or a
    document of Word with such a table; - is a CSV from standard input; spark-table:NAME is a table of the cluster of
    --on. It may hold millions of rows. A run with --out that is stopped can be taken up with --resume.
    """
    from entrepot.cli.case_lines import case_lines
    from entrepot.desk.screen import screen

    if columns:
        out = out or _saved_as(parties)
    chosen = format_of(out, fmt) if not isinstance(out, str) else "parquet"  # as which it goes into a table
    if out is None and chosen in {"parquet", "xlsx"} and not resume:
        raise click.UsageError(tr("--format {chosen} needs --out FILE.", chosen=chosen))
    file = out if isinstance(out, Path) else None
    is_text = chosen == "table"  # drawn here, not written by the verb
    with bar(tr("Screening")) as progress:
        found = screen(
            parties,
            lists=lists,
            as_of=as_of,
            min_score=min_score,
            name_columns=name_columns,
            address_columns=address_columns,
            country_columns=country_columns,
            key_columns=key_columns,
            keep_columns=keep_columns,
            mapping=mapping,
            columns=columns,
            sheet=sheet,
            encoding=encoding,
            kind=kind,
            regions=regions,
            require=require,
            with_ownership=with_ownership,
            ownership_rules=ownership_rules,
            max_age=max_age,
            record=record,
            operator=operator,
            sign_with=sign_with,
            workers=workers,
            on=on,
            resume=resume,
            part=part,
            join=join,
            with_quiet=with_quiet,
            out=None if is_text and not (resume or columns or part or join) else out,
            fmt=fmt,
            store=store,
            progress=progress,
        )
    if columns:
        emit(found.table, None, None, columns=_OF_COLUMNS, always=_OF_COLUMNS)
    elif part:
        pass  # what it found is in its folder; the notes say where
    elif found.written is not None:
        click.echo(
            tr("{written} written to {out}", written=counted(found.written, "row"), out=printable(str(out)))
            + as_named(out, fmt),
            err=True,
        )
    elif chosen == YENTE:
        _answer(found)
    elif is_text:
        emit_text(case_lines(found.cases, profile=profile), file)
    else:
        emit(found.table, fmt, file)
    say(found.notes)
    return MATCHED if fail_on_match and found.found else DONE


def _saved_as(parties: Path | str) -> Path | None:
    """Where a mapping is saved when nothing is said: here, under the name of the file; of standard input nowhere."""
    return None if str(parties) == "-" else Path(f"{_name_of(parties)}.columns.csv")


def _name_of(parties: Path | str) -> str:
    from entrepot.screening.on_spark.cluster_tables import file_of, table_of

    return parties.name if isinstance(parties, Path) else file_of(table_of(parties))


def _answer(found: Screening) -> None:
    """Print the matches as yente answers them."""
    from entrepot.screening.reports.yente import answer

    assert found.run is not None
    if sys.stdout.isatty():
        shown = io.StringIO()
        answer(found.run, shown)
        echo_utf8(shown.getvalue())
        return
    text = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n")
    answer(found.run, text)
    text.detach()
