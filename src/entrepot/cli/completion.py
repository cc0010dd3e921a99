"""`entrepot completion SHELL`."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command("completion", epilog='Example: eval "$(entrepot completion bash)"')
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the completion script of a shell."""
    from entrepot.cli import group

    found = get_completion_class(shell)
    assert found is not None
    made = found(group, {}, "entrepot", "_ENTREPOT_COMPLETE").source()
    # click's script for fish cuts a word and its help at every comma; the help has commas of its own.
    click.echo(made.replace('string split ","', 'string split -m 1 ","'))
