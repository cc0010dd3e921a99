"""`entrepot corridor`, the group of what is told of crossings, links and routes."""

from __future__ import annotations

import click

from entrepot.cli.corridor_flow import flow
from entrepot.cli.corridor_network import network
from entrepot.cli.corridor_route import route


@click.group("corridor", epilog="Example: entrepot corridor network --place khorgos")
def command() -> None:
    """Tell what crosses where, what it can carry, and what a closure does."""


command.add_command(network)
command.add_command(route)
command.add_command(flow)
