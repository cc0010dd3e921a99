"""The help of commands in another language than English: what they say of themselves, and click's own words.

Loaded only where another language is spoken; the commands themselves stay as they are.
"""

from __future__ import annotations

import copy
import inspect
import re
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from entrepot.core.words.translate import plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARAGRAPH = "\n\n"
_AS_IT_STANDS = "\b"  # click's mark of a paragraph that is not folded
# Modules of click that take their words from gettext, each by these two names.
_MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types", "utils")


def paragraphs(text: str | None) -> list[str]:
    """The paragraphs of a help text, each a sentence or a few on one line: so they stand in the catalogue.

    One that click must not fold keeps its lines.
    """
    # What follows a form feed is not shown. Python 3.12 and older keep the indents of a docstring.
    whole = inspect.cleandoc((text or "").partition("\f")[0]).strip()
    return [p if _AS_IT_STANDS in p else re.sub(r"\s+", " ", p) for p in whole.split(_PARAGRAPH) if p.strip()]


def spoken_text(text: str | None) -> str | None:
    """A help text in the language that is spoken."""
    return text and _PARAGRAPH.join(map(tr, paragraphs(text)))


def spoken_command(command: click.Command) -> click.Command:
    """A command whose help is in the language that is spoken, its subcommands' too."""
    made = copy.copy(command)
    made.help, made.epilog, made.short_help = map(spoken_text, (command.help, command.epilog, command.short_help))
    made.params = [_spoken_parameter(p) for p in command.params]
    made._help_option = None  # noqa: SLF001 - click keeps it, with its words, from the first time that it is shown
    if isinstance(made, click.Group) and isinstance(command, click.Group):
        found = command.get_command

        def get_command(ctx: click.Context, name: str) -> click.Command | None:
            below = found(ctx, name)
            return below and spoken_command(below)

        made.get_command = get_command  # type: ignore[method-assign, assignment]
    return made


def _spoken_parameter(parameter: click.Parameter) -> click.Parameter:
    if not isinstance(parameter, click.Option):
        return parameter
    made = copy.copy(parameter)
    made.help = spoken_text(parameter.help)
    return made


@contextmanager
def click_speaking() -> Iterator[None]:
    """Have click's own words (Usage, Options, Missing argument) from the catalogue until the block ends."""
    modules = [m for name in _MODULES if (m := sys.modules.get(f"click.{name}"))]
    names = {"_": tr, "ngettext": plural}
    kept = [(m, name, vars(m)[name]) for m in modules for name in names if name in vars(m)]
    for module, name, _ in kept:
        vars(module)[name] = names[name]
    try:
        yield
    finally:
        for module, name, said in kept:
            vars(module)[name] = said
