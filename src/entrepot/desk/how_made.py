"""How a page that is kept was made: on which day, by which program, from which files; without that nobody redoes it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from entrepot import __version__
from entrepot.core.document.blocks import Facts, Heading, Mono
from entrepot.core.words.translate import tr
from entrepot.desk.clearance import file_sha256

if TYPE_CHECKING:
    from collections.abc import Iterable

    from entrepot.core.document.blocks import Block, Cell


def today() -> str:
    """The day by UTC, as the ledger and records have it."""
    return datetime.now(UTC).date().isoformat()


def how_made(files: Iterable[object], told: Iterable[tuple[str, Cell]] = ()) -> tuple[Block, ...]:
    """What stands at the end of a page.

    Args:
        files: what was read: a path with the hash of its bytes; a folder by its name alone; what is no path is left
            out.
        told: what else is to be known, labels with what they say.

    Raises:
        UnreadableFileError: a file is gone since it was read.
    """
    paths = [Path(f) for f in files if isinstance(f, (str, Path)) and Path(f).exists()]
    rows: list[tuple[str, Cell]] = [
        (tr("Written"), tr("{day}, by Entrepot {version}", day=today(), version=__version__))
    ]
    rows += told
    rows += [
        (tr("File"), [path.name, ("sha256 ", Mono(file_sha256(path)))] if path.is_file() else path.name)
        for path in paths
    ]
    return Heading(tr("How this page was made")), Facts(tuple(rows))
