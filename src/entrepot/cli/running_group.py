"""A command that runs by itself and has subcommands: a first word that is none of them is its argument."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Mapping


class OwnArgument(click.Argument):
    """The argument of the command itself; it stands in its usage, not in that of a subcommand."""

    def get_usage_pieces(self, ctx: click.Context) -> list[str]:  # noqa: ARG002, D102 - click's signature
        return []


class RunningGroup(click.Group):
    """A group that runs by itself.

    Args:
        below: name of each subcommand -> module and function, imported when asked for.
        usage: how the command's own argument stands in its usage.
        several: how several are given, where one is read.
    """

    def __init__(
        self, *args: Any, below: Mapping[str, tuple[str, str]], usage: str, several: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._below, self._usage, self._several = below, usage, several

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002, D102 - click's signature
        return list(self._below)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002, D102 - click's signature
        if cmd_name not in self._below:
            return None
        module, name = self._below[cmd_name]
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:  # noqa: D102 - as the base
        if args and args[0] in self._below:
            ctx.args = args
            return args
        ctx.allow_interspersed_args = True
        rest = click.Command.parse_args(self, ctx, args)
        # A group passes over what its own argument leaves: a second file would be dropped without a word.
        if rest and not ctx.resilient_parsing:
            said = tr(
                "one {usage} is read, and {rest} stands beside it.", usage=self._usage.strip("[]"), rest=", ".join(rest)
            )
            ctx.fail(f"{said} {tr(self._several)}".strip())
        return rest

    def invoke(self, ctx: click.Context) -> Any:  # noqa: D102 - as the base
        if not (ctx.args and ctx.args[0] in self._below):
            return click.Command.invoke(self, ctx)
        below = self.get_command(ctx, ctx.args[0])
        assert below is not None
        ctx.invoked_subcommand = ctx.args[0]
        with below.make_context(ctx.args[0], ctx.args[1:], parent=ctx) as inner:
            return below.invoke(inner)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:  # noqa: D102 - as the base
        return [*click.Command.collect_usage_pieces(self, ctx), self._usage]
