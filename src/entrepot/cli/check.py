"""`entrepot check REPORT`."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from entrepot.cli import questions
from entrepot.cli.options import emit, say, store_option, table_options
from entrepot.cli.progress import bar
from entrepot.core.errors import DONE, MATCHED, plain
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from entrepot.desk.check import Offer

_A_SCREEN = 12  # rows: of a longer table the first have gone out of sight, and what to look at is named under it
_SHOWN = ("verdict", "text", "note", "working", "against")


@click.command(
    "check",
    epilog="Example: entrepot check report.txt --published 2024-12-05 --html checked.html\n\n"
    "         entrepot check report.txt --reader openai-compatible:http://localhost:8080/v1\n\n"
    "Exit codes: 0 done, 2 bad input, 3 a claim contradicts the record under --fail-on-contradiction.",
)
@click.argument("report", metavar="REPORT", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--published",
    metavar="DATE",
    help="When the report was published. Default: what the file says of itself, else inferred from its text.",
)
@click.option("--as-of", "as_of", metavar="DATE", help="Leave out rows of the record known later. Default: all rows.")
@click.option(
    "--html",
    "html",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the report with its claims marked and their verdicts beside them.",
)
@click.option(
    "--add",
    "add",
    is_flag=True,
    help="Offer the claims without a row for your own record: asked row by row on a terminal, else listed.",
)
@click.option(
    "--add-rows",
    "add_rows",
    multiple=True,
    callback=lambda _context, _option, given: tuple(i for text in given for i in text.split(",") if i),
    metavar="ID,...",
    help="Add these of the rows offered, without a question.",
)
@click.option("--yes", "yes", is_flag=True, help="Ask nothing: add every row offered, send what --reader is sent.")
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=10,
    show_default=True,
    metavar="MB",
    help="Longest text read, in millions of characters.",
)
@click.option(
    "--encoding",
    metavar="NAME",
    help="Encoding of text, HTML or Markdown. Default: its mark or declaration, else UTF-8.",
)
@click.option(
    "--reader",
    metavar="KIND:URL",
    help="Have a language model point at what open figures are of: openai-compatible:URL. It is sent their sentences "
    "and headings; a key is read from ENTREPOT_READER_KEY. Default: none.",
)
@click.option("--reader-model", metavar="NAME", help="Which model to ask there. Default: the server's own choice.")
@click.option(
    "--workers",
    type=click.IntRange(0),
    default=0,
    metavar="N",
    help="Processes for a long report. Default: one a core. The claims are the same for any.",
)
@click.option("--fail-on-contradiction", is_flag=True, help="Exit with 3 when a claim contradicts the record.")
@store_option
@table_options
def command(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    report: tuple[Path, ...],
    published: str | None,
    as_of: str | None,
    html: Path | None,
    limit: int,
    encoding: str | None,
    reader: str | None,
    reader_model: str | None,
    workers: int,
    *,
    add: bool,
    add_rows: tuple[str, ...],
    yes: bool,
    fail_on_contradiction: bool,
    store: str | None,
    fmt: str | None,
    out: Path | None,
) -> int:
    """Hold a REPORT against the record, claim by claim.

    It is text, HTML, Markdown, Word (.docx), OpenDocument (.odt), RTF, PDF, a mail (.eml) or a page saved in one file
    (.mhtml); - is standard input.

    Each figure and dated event gets a verdict, the rows behind it and the arithmetic. A verdict says what the record
    holds, not what is true: "no record" is never "wrong".
    """
    from entrepot.core.output import format_of
    from entrepot.desk.check import check

    chosen = format_of(out, fmt)
    if len(report) > 1:
        raise click.UsageError(tr("Give one report at a time: each has its own answer, --html and --out."))
    with ExitStack() as shown:

        def ask(offer: Offer) -> str:
            shown.close()  # a bar that moves would write over the question
            return _asked(offer)

        def sends(sentences: int, address: str) -> bool:
            shown.close()
            return _sent(sentences, address, asks=_someone_there() and not yes)

        found = check(
            report[0],
            published=published,
            as_of=as_of,
            html=html,
            add=add,
            add_rows=add_rows,
            yes=yes,
            ask=ask if _someone_there() else None,
            limit=limit,
            encoding=encoding,
            reader=reader,
            reader_model=reader_model,
            sends=sends,
            workers=workers,
            store=store,
            progress=shown.enter_context(bar(tr("Judging"))),
        )
    emit(found.table, fmt, out, columns=_SHOWN)
    if chosen == "table" and found.table.num_rows > _A_SCREEN:
        say(found.look)
    say(found.notes)
    return MATCHED if fail_on_contradiction and "contradicts" in found.verdicts else DONE


def _someone_there() -> bool:
    """Whether a person can be asked: questions go to stderr, for stdout may be the table of a script."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def _sent(sentences: int, address: str, *, asks: bool) -> bool:
    """Say what leaves the program, before it does; on a terminal ask whether it may."""
    from entrepot.core.words.amounts import counted

    what = counted(sentences, "sentence")
    say([tr("{what} of the report, with the headings above, go to {address}.", what=what, address=plain(address))])
    return not asks or questions.confirm(tr("Send them?"), err=True)


def _asked(offer: Offer) -> str:
    """Show a row with its sentence and ask for it until the answer is one."""
    from entrepot.desk.check import ANSWERS

    said = tr(
        "{number} of {of}  {id}\n  report: {sentence}\n  row:    {says}",
        number=offer.number,
        of=offer.of,
        id=offer.id,
        sentence=offer.sentence,
        says=offer.says,
    )
    click.echo("\n" + plain(said), err=True)
    while True:
        given = questions.prompt(
            tr("  Add it? [y]es, [n]o, [a]ll from here, [q]uit"), err=True, default="", show_default=False
        )
        word = given.strip().lower()
        if answer := next((a for a in ANSWERS if word and a.startswith(word)), None):
            return answer
