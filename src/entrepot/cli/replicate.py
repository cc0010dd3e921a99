"""`entrepot replicate`."""

from __future__ import annotations

from pathlib import Path

import click

from entrepot.cli.options import emit, say, store_option, table_options
from entrepot.cli.progress import spinner
from entrepot.core.errors import DONE, INTERNAL
from entrepot.core.words.translate import tr

_SHOWN = (
    *("study", "quantity", "published", "ours", "tolerance", "within", "published_se", "ours_se", "n"),
    "replication_id",
)


@click.command(
    "replicate",
    epilog="Example: entrepot replicate --data ../shared/data\n\n"
    "Exit codes: 0 all within their tolerance, 1 one is not, 2 bad input.",
)
@click.option(
    "--data",
    "data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("../shared/data"),
    show_default=True,
    metavar="DIR",
    help="Folder of the studies' data.",
)
@click.option("--study", "studies", multiple=True, metavar="STUDY", help="Redo this study only; may be repeated.")
@table_options
@store_option
def command(data: Path, studies: tuple[str, ...], fmt: str | None, out: Path | None, store: str | None) -> int:
    """Redo published results: each printed estimate beside Entrepot's own, with the tolerance.

    The studies' data are not part of Entrepot; where a file is missing, the message says where to get it.
    """
    from entrepot.core.output import format_of
    from entrepot.desk.replicate import replicate

    format_of(out, fmt)
    with spinner(tr("Estimating")) as step:
        found = replicate(data, studies=studies, store=store, progress=step)
    emit(found.table, fmt, out, columns=_SHOWN)
    say(found.notes)
    return DONE if found.within else INTERNAL
