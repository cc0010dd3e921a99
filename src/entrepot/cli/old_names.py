"""Commands and options that have another name now: the old one works one minor version longer, with a warning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from entrepot.core.runtime.renamed import Renamed, refused, sentence, works
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Old command -> new: Renamed("check", "verify", since="0.2").
COMMANDS: tuple[Renamed, ...] = ()
# Command, with its subcommand where it has one ("lists load"), as it is called now -> its options that changed.
_ACCEPT = Renamed("--accept-shrink", "--accept-loss", since="0.1")  # one word for one act: as record refresh has it
OPTIONS: Mapping[str, tuple[Renamed, ...]] = {"fetch": (_ACCEPT,), "lists load": (_ACCEPT,)}


def renamed(args: Sequence[str], *, quiet: bool = False) -> list[str]:
    """The arguments of `entrepot` with today's names for old ones; each change is said on stderr.

    Args:
        args: the command and what follows it.
        quiet: say nothing, as while a shell completes.

    Raises:
        BadInputError: an old name no longer works.
    """
    out = list(args)
    for change in COMMANDS:
        if out[:1] == [change.old]:
            _say("command", change, quiet=quiet)
            out[0] = change.new
    # What follows -- is never an option.
    end = out.index("--") if "--" in out else len(out)
    for change in [c for path, changes in OPTIONS.items() if _is_of(out, path) for c in changes]:
        for at, word in enumerate(out[:end]):
            name, equals, value = word.partition("=")
            if name == change.old:
                _say("option", change, quiet=quiet)
                out[at] = f"{change.new}{equals}{value}"
    return out


def _is_of(args: Sequence[str], path: str) -> bool:
    """Whether a line is of a command; a subcommand may stand behind options of the command and their values."""
    command, *below = path.split()
    return list(args[:1]) == [command] and all(name in args[1:] for name in below)


def _say(kind: str, change: Renamed, *, quiet: bool) -> None:
    if not works(change):
        raise refused(kind, change)
    if not quiet:
        click.echo(tr("Warning: {sentence}", sentence=sentence(change)), err=True)
