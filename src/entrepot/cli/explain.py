"""`entrepot explain`."""

from __future__ import annotations

from pathlib import Path

import click

from entrepot.cli.options import store_option

_WIDEST = 120  # columns: a longer line is hard to read


@click.command("explain", epilog="Example: entrepot explain O0001")
@click.argument("row_id", metavar="ID")
@click.option(
    "--from",
    "results",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="RESULTS",
    help="Take the match from this file, which `entrepot screen --out` wrote, not from the store.",
)
@click.option(
    "--format", "fmt", type=click.Choice(["table", "json"]), default="table", help="Text, or one JSON object."
)
@click.option("--all", "in_full", is_flag=True, help="Every row, field and source, however long.")
@store_option
def command(row_id: str, results: Path | None, fmt: str, *, in_full: bool, store: str | None) -> None:
    """Explain ID: what a command has shown (f-…, match-…, c-…, mirror-…), or a row of a record (O0001, E079, s-…).

    Prints the rule, the rows it rests on, and their sources; of a match also each feature with its value and points,
    and whether the score comes out the same when it is redone now. What does not fit a screen is counted: --all.
    """
    from entrepot.cli import terminal
    from entrepot.cli.options import echo_utf8
    from entrepot.core import output
    from entrepot.desk.explain import explain
    from entrepot.sources import explanation
    from entrepot.sources.short_explanation import in_short
    from entrepot.vocabulary.countries import name_of

    found = explain(row_id, results=results, store=store)
    if fmt == "json":
        echo_utf8(output.json_text([explanation.document(e) for e in found]))
    else:
        wide = min(terminal.width(), _WIDEST)
        said = [explanation.text(e) if in_full else in_short(e, wide, name_of) for e in found]
        click.echo(terminal.coloured("\n".join(said)), nl=False)
