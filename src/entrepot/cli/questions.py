"""Questions on a terminal that Ctrl-C ends at once.

A library that hears SIGINT too (polars, from its first query on) has the system take a read up again that a signal
broke off: the question would stand until Enter.
"""

from __future__ import annotations

import signal
import sys
from typing import Any

import click

from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import tr


def prompt(text: str, **options: Any) -> Any:
    """As `click.prompt`."""
    _broken_off()
    return click.prompt(text, **options)


def confirm(text: str, **options: Any) -> bool:
    """As `click.confirm`."""
    _broken_off()
    return click.confirm(text, **options)


def agreed_to_remove() -> bool:
    """Whether the person says yes to what was told before, which goes.

    Raises:
        BadInputError: there is nobody to ask.
    """
    click.echo(tr("Remove it? [y/N] "), nl=False, err=True)
    answer = sys.stdin.readline() if sys.stdin is not None else ""
    if not answer:
        click.echo(err=True)
        raise BadInputError(
            tr("nobody answers"), remedy=tr("Nothing is removed. To remove without being asked, add --yes.")
        )
    return answer.strip().casefold() in {"y", "yes"}


def _broken_off() -> None:
    """Have a signal break off a read, whoever else hears it."""
    if hasattr(signal, "siginterrupt"):  # not on Windows
        signal.siginterrupt(signal.SIGINT, True)
