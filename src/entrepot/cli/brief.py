"""`entrepot brief`."""

from __future__ import annotations

from pathlib import Path

import click

from entrepot.cli.named import MeasureName
from entrepot.cli.options import as_of_option, keeps_what_it_reads, record_version_option, store_option
from entrepot.core.errors import plain, printable
from entrepot.core.output import FORMATS
from entrepot.core.runtime.algebra_threads import one_thread
from entrepot.core.words.translate import tr

# A figure says nothing without its period, its ends and whether it was printed: these stand however narrow it is.
_ALWAYS = ("quantity", "value", "unit", "period_start", "period_end", "low", "high", "status")
_SHOWN = ("subject", *_ALWAYS, "id")


@click.command("brief", epilog="Example: entrepot brief uflpa --as-of 2024-11-25 --out report")
@click.argument("measure", type=MeasureName())
@as_of_option
@click.option(
    "--beside", "beside", multiple=True, metavar="DAY", help="Set the answer of another day beside it; may be repeated."
)
@click.option(
    "--out",
    "out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for report.html, answer.md, answer.json and the findings. Default: entrepot-MEASURE.",
)
@click.option("--pdf", is_flag=True, help="Write report.pdf too, to be printed: every figure with its source's number.")
@click.option("--answer-only", is_flag=True, help="Print the answer alone, without the chapters; nothing is written.")
@click.option("--format", "fmt", type=click.Choice(FORMATS), help="Print the findings instead of the summary.")
@record_version_option
@click.option(
    "--language",
    "language",
    default="",
    metavar="TAG",
    help="The language of what is written: en, or one that there is a catalogue of. Default: that of the command line.",
)
@store_option
@keeps_what_it_reads
def command(  # noqa: PLR0913 - one argument an option is click's way
    measure: str,
    *,
    as_of: str | None,
    beside: tuple[str, ...],
    out: Path | None,
    pdf: bool,
    answer_only: bool,
    fmt: str | None,
    record_version: str | None,
    language: str,
    store: str | None,
) -> None:
    """Brief a person on MEASURE: one HTML report that opens offline, with the findings beside it.

    The report answers the question in one sentence and test by test: which way the figures point, how sure that is and
    why, the freshest figures and their age. Every figure opens its source. The findings are kept in the store, so that
    `entrepot explain ID` opens them later.
    """
    one_thread()
    from entrepot.brief.render import findings_json, summary
    from entrepot.cli.options import echo_utf8, emit, say
    from entrepot.cli.progress import spinner
    from entrepot.cli.terminal import coloured, is_told, prose_width, width
    from entrepot.desk.brief import brief
    from entrepot.measures.measure import measure as of_id

    folder = out if answer_only else out or Path(f"entrepot-{of_id(measure).id}")
    with spinner(tr("Writing the brief")) as step:
        found = brief(
            measure, as_of=as_of, beside=beside, out=folder, pdf=pdf, answer_only=answer_only,
            record_version=record_version, language=language, store=store, progress=step,
        )  # fmt: skip
    assert found.report is not None
    assert found.sources is not None
    if fmt == "json":
        echo_utf8(findings_json(found.report, found.sources))
    elif fmt:
        emit(found.table, fmt, None, columns=_SHOWN, always=_ALWAYS, constants=False)
    else:
        click.echo(coloured(plain(summary(found.report, width() if is_told() else None))))
    say(found.notes)
    if found.page is None:
        return
    page = printable(str(found.page))
    others = tr("answer.md, answer.json, the findings") + (tr(" and report.pdf") if pdf else "")
    where, beside_it = tr("\nThe report: {page}", page=page), tr("({others} beside it)", others=others)
    gap = "   " if len(where) + len(beside_it) + 2 < prose_width() else "\n"
    click.echo(f"{where}{gap}{beside_it}", err=bool(fmt))
