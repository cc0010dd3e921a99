"""`entrepot doctor`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from entrepot.cli.options import emit, store_option, table_options
from entrepot.core.errors import BAD_INPUT, DONE, printable
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    "doctor",
    epilog="Example: entrepot doctor --format json\n\nExit codes: 0 nothing is wrong, 2 something does not work.",
)
@store_option
@table_options
def command(store: str | None, fmt: str | None, out: Path | None) -> int:
    """Look at the installation: versions, packages, extras, the store, the lists and their age, fonts.

    Each line says what was found, and what to do where something is wrong. Nothing is made, migrated or fetched.
    """
    from entrepot.core import store as kept
    from entrepot.core.periods import as_of
    from entrepot.desk.contract import WRONG
    from entrepot.desk.doctor import checkup, is_well

    found = checkup(kept.location(store), as_of(None))
    emit(
        found,
        fmt,
        out,
        columns=("topic", "item", "state", "found", "remedy"),
        always=("item", "state", "found", "remedy"),
    )
    if is_well(found):
        return DONE
    for row in found.to_pylist():
        if row["state"] == WRONG:
            click.echo(
                printable(
                    tr(
                        "Wrong: {topic} {item}: {found}. {remedy}",
                        topic=row["topic"],
                        item=row["item"],
                        found=row["found"],
                        remedy=row["remedy"],
                    )
                ),
                err=True,
            )
    return BAD_INPUT
