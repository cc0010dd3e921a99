"""Questions on a terminal that Ctrl-C ends at once.

A library that hears SIGINT too (polars, from its first query on) has the system take a read up again that a signal
broke off: the question would stand until Enter.
"""

from __future__ import annotations

import signal
from typing import Any

import click


def prompt(text: str, **options: Any) -> Any:
    """As `click.prompt`."""
    _broken_off()
    return click.prompt(text, **options)


def confirm(text: str, **options: Any) -> bool:
    """As `click.confirm`."""
    _broken_off()
    return click.confirm(text, **options)


def _broken_off() -> None:
    """Have a signal break off a read, whoever else hears it."""
    if hasattr(signal, "siginterrupt"):  # not on Windows
        signal.siginterrupt(signal.SIGINT, True)
