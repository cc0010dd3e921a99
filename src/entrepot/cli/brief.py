"""`entrepot brief`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from entrepot.cli.named import MeasureName
from entrepot.cli.options import as_of_option, keeps_what_it_reads, store_option
from entrepot.core.output import FORMATS

if TYPE_CHECKING:
    from entrepot.core.store import Connection


@click.command("brief", epilog="Example: entrepot brief uflpa --as-of 2024-11-25 --out report")
@click.argument("measure", type=MeasureName())
@as_of_option
@click.option(
    "--out",
    "out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for report.html, findings.json, findings.csv and grounds.csv. Default: entrepot-MEASURE.",
)
@click.option("--format", "fmt", type=click.Choice(FORMATS), help="Print the findings instead of the summary.")
@store_option
@keeps_what_it_reads
def command(measure: str, as_of: str | None, out: Path | None, fmt: str | None, store: str | None) -> None:
    """Brief a person on MEASURE: one HTML report that opens offline, with the findings beside it.

    The report answers the question in five sentences; every figure in it opens its source. The findings are kept in
    the store, so that `entrepot explain ID` opens them later.
    """
    from entrepot.brief.compose import brief
    from entrepot.brief.render import finding_table, findings_json, ground_table, summary, write
    from entrepot.cli.keeping import check_store, keep
    from entrepot.cli.options import echo_utf8, emit
    from entrepot.cli.progress import spinner
    from entrepot.core import store as kept
    from entrepot.core.findings import FINDINGS, GROUNDS
    from entrepot.record.embedded import load
    from entrepot.sources.register import by_id

    def put(con: Connection) -> None:
        kept.keep(con, FINDINGS, finding_table(report))
        kept.keep(con, GROUNDS, ground_table(report))

    check_store(store)
    with spinner("Writing the brief") as say:
        record = load()
        report = brief(measure, as_of=as_of, record=record, progress=say)
        sources = by_id(record.tables["sources"])
        page = write(report, sources, out or Path(f"entrepot-{report.measure_id}"))
    keep(store, put)
    if fmt == "json":
        echo_utf8(findings_json(report, sources))
    elif fmt:
        shown = ("id", "subject", "quantity", "value", "unit", "period_start", "period_end", "status")
        emit(finding_table(report), fmt, None, columns=shown)
    else:
        click.echo(summary(report))
    click.echo(f"\nThe report: {page}   (findings.json, findings.csv and grounds.csv beside it)", err=bool(fmt))
