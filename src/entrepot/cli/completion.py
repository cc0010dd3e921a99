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
    click.echo(found(group, {}, "entrepot", "_ENTREPOT_COMPLETE").source())
