"""`entrepot divert`."""

from __future__ import annotations

import click

from entrepot.cli.divert_event_study import event_study


@click.group("divert")
def command() -> None:
    """Where the trade went after a measure: an estimate with its interval, never a verdict."""


command.add_command(event_study)
