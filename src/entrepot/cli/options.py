"""What every command shares: output options, the store option, and printing a table."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import wraps
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from entrepot.core import output
from entrepot.core.errors import BadInputError, plain, printable
from entrepot.core.files import refuse_device, same_file
from entrepot.core.store.access import read_only
from entrepot.core.words.amounts import counted
from entrepot.core.words.translate import retold, tr

if TYPE_CHECKING:
    import pyarrow as pa

F = TypeVar("F", bound=Callable[..., Any])

_WRITTEN = ("out", "html", "pdf", "record", "plot", "request", "matches")  # options that name a file to write


def keeps_what_it_reads(command: F) -> F:
    """Refuse to run a command that would write over a file that it reads; say which folders it made for its outputs."""

    @wraps(command)
    def guarded(**given: Any) -> Any:
        _refuse_lost(given)
        missing = _missing_folders(given)
        done = command(**given)
        for folder in filter(Path.is_dir, missing):
            click.echo(tr("The folder {folder} was not there and is made.", folder=printable(str(folder))), err=True)
        return done

    return cast("F", guarded)


def table_options(command: F) -> F:
    """Add --format and --out to a command that prints a table; no file that it reads is written over."""
    command = click.option(
        "--out",
        "out",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Write to FILE (written whole or not at all); the ending chooses the format.",
    )(keeps_what_it_reads(command))
    return click.option(
        "--format",
        "fmt",
        type=click.Choice(output.FORMATS),
        help="Output format. Default: table on the terminal, else by the ending of --out.",
    )(command)


def _refuse_lost(given: Mapping[str, Any]) -> None:
    """Refuse to write over a file that is read, or two files to one name.

    Raises:
        BadInputError: with the option and the file; or it is a device.
    """
    # A flag may be called as an option that names a file: --pdf of a brief says that one is written.
    written = {name: path for name in _WRITTEN if isinstance(path := given.get(name), Path)}
    values = [v for name, value in given.items() if name not in _WRITTEN for v in (value, *_several(value))]
    for name, path in written.items():
        with suppress(OSError, ValueError):  # said where it is written
            refuse_device(path)
        if any(same_file(path, read) for read in values if isinstance(read, Path)):
            raise BadInputError(
                tr("--{name} is a file that is read", name=name),
                found=str(path),
                remedy=tr("Give another name; it would be lost."),
            )
    for (one, path), (other, second) in combinations(written.items(), 2):
        if same_file(path, second):
            raise BadInputError(
                tr("--{one} and --{other} are one file", one=one, other=other),
                found=str(path),
                remedy=tr("Give two names."),
            )


def _missing_folders(given: Mapping[str, Any]) -> list[Path]:
    """Folders of outputs that are not there yet: a wrong path, or a disk that is not mounted, must not pass unseen."""
    folders = dict.fromkeys(path.parent for name in _WRITTEN if isinstance(path := given.get(name), Path))
    return [f for f in folders if not _is_there(f)]


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _several(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else ()


def store_option(command: F) -> F:
    """Add --store, and --read-only, to a command that reads the store or keeps in it what it shows."""
    return click.option(
        "--read-only",
        is_flag=True,
        expose_value=False,
        callback=_read_only,
        help="Write nothing to the store. Default: ENTREPOT_READ_ONLY, else where it cannot be written.",
    )(written_store_option(command))


def written_store_option(command: F) -> F:
    """Add --store to a command that changes the store."""
    return click.option(
        "--store",
        "store",
        type=click.Path(file_okay=False),
        help="Folder of the store. Default: ENTREPOT_STORE, else the platform's data directory.",
    )(command)


def _read_only(ctx: click.Context, _option: click.Parameter, asked: bool) -> None:  # noqa: FBT001 - click's signature
    """Have no store written until the command has ended."""
    if asked:
        ctx.with_resource(read_only())


def reading_options(command: F) -> F:
    """Add --encoding and --sheet to a command that reads a table."""
    command = click.option(
        "--sheet", "sheet", default="", metavar="NAME", help="Sheet of a workbook. Default: the first that holds any."
    )(command)
    return click.option(
        "--encoding",
        "encoding",
        default="",
        metavar="E",
        help="Encoding of a text file, such as cp1251, where it is not UTF-8.",
    )(command)


def columns_option(example: str) -> Callable[[F], F]:
    """Add --column to a command that reads a table of one's own; `columns` is our column -> what is said of it.

    Args:
        example: of a column and its heading.
    """

    def pairs(_context: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
        found = {}
        for text in given:
            ours, sign, heading = text.partition("=")
            if not sign or not heading.strip():
                raise BadInputError(
                    "--column", found=text, allowed=tr("OURS=HEADING, such as {example}", example=example)
                )
            found[ours.strip()] = heading.strip()
        return found

    return click.option(
        "--column",
        "columns",
        multiple=True,
        metavar="OURS=HEADING",
        callback=pairs,
        help="A column that the file calls otherwise; may be repeated. OURS==VALUE says it of all rows, without one.",
    )


def accept_loss_option(command: F) -> F:
    """Add --accept-loss to a command that reads flows."""
    return click.option(
        "--accept-loss",
        "accept_loss",
        type=click.FloatRange(0, 1),
        default=0.01,
        show_default=True,
        metavar="SHARE",
        help="The largest share of the value that may be set aside; more ends with 2 and nothing is written.",
    )(command)


def as_of_option(command: F) -> F:
    """Add --as-of."""
    return click.option(
        "--as-of",
        "as_of",
        metavar="DATE",
        help="Answer as of this day (2024-11-24), or the last day of a month (2024-11) or year. Default: today.",
    )(command)


def record_version_option(command: F) -> F:
    """Add --record-version."""
    return click.option(
        "--record-version",
        "record_version",
        metavar="VERSION",
        help="A version of the record, as `record versions` names it, or packaged. Default: the one refreshed last.",
    )(command)


def require_option(command: F) -> F:
    """Add --require: the lists that the answer must rest on."""
    return click.option(
        "--require",
        "require",
        multiple=True,
        metavar="LIST[:DAYS]",
        help="Stop with 2 unless this list is used, and is at most DAYS old; may be repeated. A desk's own stand in "
        "settings.toml of its store.",
    )(command)


def max_age_option(command: F) -> F:
    """Add --max-age: how old a list may be."""
    return click.option(
        "--max-age",
        "max_age",
        type=click.IntRange(min=0),
        metavar="DAYS",
        help="Stop with 2 where a list is older. A desk's own, max_age, stands in settings.toml of its store; without "
        "either, lists of 30 days or more are said.",
    )(command)


def profile_option(command: F) -> F:
    """Add --profile to a command that shows cases on a terminal."""
    return click.option(
        "--profile",
        "profile",
        is_flag=True,
        help="Below each case on the terminal what the lists say of the listed party; files always have it.",
    )(command)


def record_options(command: F) -> F:
    """Add --record, and who signs it with what."""
    for option in (
        click.option(
            "--sign-with",
            "sign_with",
            type=click.Path(dir_okay=False, path_type=Path),
            metavar="KEY",
            help="Sign the record with a key of your own, Ed25519 in PEM. Default: the store's, made on first need.",
        ),
        click.option(
            "--operator", default="", metavar="NAME", help="Who runs it, for the record. Default: the system's user."
        ),
        click.option(
            "--record",
            "record",
            type=click.Path(dir_okay=False, path_type=Path),
            help="Write the record of the screening, of all that the parties meet now, to FILE: a PDF where it ends in "
            ".pdf (extra print), else one HTML page.",
        ),
    ):
        command = option(command)
    return command


def echo_utf8(text: str) -> None:
    """Print what a program reads: in UTF-8, whatever the terminal's encoding is; on a terminal it is made `plain`."""
    if sys.stdout is None:  # closed by the shell: what was asked for would be written nowhere, and nobody would know
        raise BadInputError(tr("the standard output is closed"), remedy=tr("Write to a file with --out."))
    seen = sys.stdout.isatty()
    click.echo((plain(text) if seen else text).encode(), nl=False)


def say(notes: Iterable[str]) -> None:
    """What a reader must know of an answer, on stderr: folded between words on a terminal, a line each elsewhere."""
    for note in map(retold, notes):
        click.echo(_folded(plain(note)) if sys.stderr is not None and sys.stderr.isatty() else plain(note), err=True)


def _folded(text: str) -> str:
    """A text that breaks between words at the width of the terminal."""
    wide = shutil.get_terminal_size((80, 24)).columns
    return "\n".join(
        folded
        for line in text.split("\n")
        for folded in textwrap.wrap(line, wide, break_long_words=False, break_on_hyphens=False) or [""]
    )


def emit(  # noqa: PLR0913 - a table, where it goes, and how a terminal shows it
    data: pa.Table,
    fmt: str | None,
    out: Path | None,
    *,
    columns: tuple[str, ...] = (),
    always: tuple[str, ...] = (),
    constants: bool = True,
) -> None:
    """Print or write a table.

    Args:
        data: the table.
        fmt: --format.
        out: --out.
        columns: the columns a terminal table shows; files always carry all.
        always: of these, those that are shown however narrow it is.
        constants: whether what is the same in every row takes a column of the terminal; else it is said above it.
    """
    chosen = output.format_of(out, fmt)
    if out is not None and chosen != "table":
        output.write(data, out, chosen)
        click.echo(
            tr("{num_rows} written to {out}", num_rows=counted(data.num_rows, "row"), out=printable(str(out)))
            + output.as_named(out, fmt),
            err=True,
        )
        return
    if chosen in {"parquet", "xlsx"}:
        raise click.UsageError(tr("--format {chosen} needs --out FILE.", chosen=chosen))
    if chosen == "csv":
        echo_utf8(output.to_csv(data))
    elif chosen == "json":
        echo_utf8(output.to_json(data))
    else:
        from entrepot.cli.terminal import table_text

        emit_text(table_text(data, columns, always, constants=constants), out)


def emit_text(text: str, out: Path | None) -> None:
    """Print a text that was drawn for a terminal, or write it.

    Args:
        text: ends in a line feed.
        out: --out.
    """
    if out is None:
        click.echo(text, nl=False)
        return
    from entrepot.core.files import write_text

    write_text(out, text)
