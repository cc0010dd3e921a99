"""`entrepot dossier`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from entrepot.cli.named import exposed_options
from entrepot.cli.options import as_of_option, emit, say, store_option, table_options
from entrepot.cli.progress import bar
from entrepot.core.errors import DONE, MATCHED
from entrepot.core.words.translate import tr

_SHOWN = ("part", "number", "status", "said", "line_id")


@click.command(
    "dossier",
    epilog="Example: entrepot dossier INV-0005 --presented 2025-04-02 --pdf file.pdf\n\n"
    "Exit codes: 0 done, 2 bad input, 3 something that is asked is not there, under --fail-on-gap.",
)
@click.argument("shipment")
@click.option("--supplier", default="", metavar="NAME", help="Whose, where papers of several have the number.")
@click.option(
    "--kind",
    default="applicability",
    show_default=True,
    metavar="KIND",
    help="What is requested of CBP: applicability (no input of the region or of a listed party) or exception.",
)
@click.option(
    "--commodity",
    default="",
    metavar="GOODS",
    help="Whose list of CBP is taken: cotton, polysilicon, tomatoes, aluminium, PVC, batteries, steel, tyres. Default: "
    "told by the goods of the chain.",
)
@click.option("--like", default="", metavar="SHIPMENT", help="Compare the chain with that of this shipment.")
@click.option(
    "--presented", metavar="DATE", help="Day on which the goods were presented to CBP, ready to be examined: the clock."
)
@click.option("--seat", metavar="COUNTRY", help="Country of the company's seat, for the rules of the European Union.")
@click.option("--employees", metavar="N", help="Its employees in the whole world.")
@click.option("--turnover", metavar="CURRENCY:AMOUNT", help="Its turnover of a year, as in EUR:2e9.")
@click.option("--turnover-eu", "turnover_eu", metavar="CURRENCY:AMOUNT", help="The same in the European Union.")
@click.option("--sells-in", "sells_in", multiple=True, metavar="PLACE", help="Where it sells; may be repeated.")
@exposed_options
@click.option("--html", "html", type=click.Path(dir_okay=False, path_type=Path), help="Write the file as a page.")
@click.option("--pdf", "pdf", type=click.Path(dir_okay=False, path_type=Path), help="Write it as a PDF.")
@click.option("--fail-on-gap", "fail", is_flag=True, help="Exit with 3 where something that is asked is not there.")
@as_of_option
@table_options
@store_option
def command(shipment: str, fmt: str | None, out: Path | None, **given: Any) -> int:
    """Write the file on SHIPMENT that a customs officer asks for: its chain, its papers, and what is not there.

    SHIPMENT is the number of a customs declaration, of an invoice or another paper of a supply, a lot or a container,
    in the files that were loaded. Steps of making are numbered from raw material on, each paper is numbered to its
    step, and what CBP asks for is held against them: what is asked is there or a gap. It decides nothing.
    """
    from entrepot.desk.dossier import dossier

    fail = given.pop("fail")
    with bar(tr("Screening the parties")) as progress:
        found = dossier(shipment, **given, progress=progress)
    if fmt is None and out is None:
        from entrepot.cli.dossier_page import page

        click.echo(page(found.to_pylist()), nl=False)
    else:
        emit(found.table, fmt, out, columns=_SHOWN)
    say(found.notes)
    return MATCHED if fail and "gap" in found.table.column("part").to_pylist() else DONE
