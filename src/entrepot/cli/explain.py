"""`entrepot explain`."""

from __future__ import annotations

import click

from entrepot.cli.options import store_option


@click.command("explain", epilog="Example: entrepot explain O0001")
@click.argument("row_id", metavar="ID")
@click.option(
    "--format", "fmt", type=click.Choice(["table", "json"]), default="table", help="Text, or one JSON object."
)
@store_option
def command(row_id: str, fmt: str, store: str | None) -> None:
    """Explain ID: a finding (f-…), a match (match-…) or a row of the record (O0001, E079, uflpa-…, s-…).

    Prints the rule, the rows it rests on, and their sources.
    """
    from entrepot.cli.options import echo_utf8
    from entrepot.core import output
    from entrepot.core import store as kept
    from entrepot.evidence import explain
    from entrepot.record.explain import explanations

    found = explanations(row_id.strip(), kept.location(store))
    if fmt == "json":
        echo_utf8(output.json_text([explain.document(e) for e in found]))
    else:
        click.echo("\n".join(explain.text(e) for e in found), nl=False)
