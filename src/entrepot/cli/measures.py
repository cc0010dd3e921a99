"""`entrepot measures`."""

from __future__ import annotations

from pathlib import Path

import click

from entrepot.cli.options import as_of_option, emit, table_options


@click.command("measures", epilog="Example: entrepot measures --goods 8541.43,5201 --as-of 2024-11-24")
@click.argument("measure", required=False)
@click.option("--goods", "goods", metavar="CODES", help="HS codes, separated by commas: which measures touch them, by prefix.")
@as_of_option
@table_options
def command(measure: str | None, goods: str | None, as_of: str | None, fmt: str | None, out: Path | None) -> None:
    """List measures; show MEASURE as of a date; or find the measures that touch HS codes.

    A measure is a dated legal act. Its file says how well each provision was verified; Entrepot is not legal advice.
    """
    from entrepot.measures import listing

    if goods is not None:
        from entrepot.measures.goods import touching

        data = touching(goods, as_of)
        shown = ("code", "measure_id", "part_id", "name", "match", "prefixes", "presumption", "start", "end", "verified")
    elif measure is None:
        data, shown = listing.overview(as_of), ("measure_id", "title", "jurisdiction", "kind", "status", "since")
    else:
        data = listing.parts(measure, as_of)
        shown = ("part_id", "state", "from", "to", "text", "goods", "citation", "verified")
    emit(data, fmt, out, columns=shown)
