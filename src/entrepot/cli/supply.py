"""`entrepot supply load`, `files`, `links`, `balance`, `refused`, `parties`, `example`, `remove`: files of supply."""

from __future__ import annotations

from pathlib import Path

import click

from entrepot.cli.named import SupplyForm
from entrepot.cli.options import (
    as_of_option,
    columns_option,
    emit,
    reading_options,
    say,
    store_option,
    table_options,
    written_store_option,
)
from entrepot.cli.progress import spinner
from entrepot.core.errors import DONE, MATCHED, printable
from entrepot.core.words.translate import tr


@click.group("supply", epilog="Example: entrepot supply load links.csv")
def command() -> None:
    """Load files of supply, list them, show refused rows, remove them: what `entrepot trace` follows."""


@command.command("load", epilog="Example: entrepot supply load links.csv --column supplier=Lieferant")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--as", "form", type=SupplyForm(), metavar="KIND", default="links", show_default=True, help="What FILE is read as."
)
@columns_option("supplier=Lieferant")
@click.option(
    "--decimal",
    type=click.Choice((".", ",")),
    help="What begins a fraction, where 1.234 may be a thousand or one. Default: as the cells show.",
)
@click.option(
    "--date-order",
    type=click.Choice(("dmy", "mdy")),
    help="Whether 03/04/2026 is a day of April or of March. Default: as the cells show.",
)
@reading_options
@written_store_option
def load(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    file: Path,
    form: str,
    columns: dict[str, str],
    decimal: str | None,
    date_order: str | None,
    encoding: str,
    sheet: str,
    store: str | None,
) -> None:
    """Load FILE of supply: tables in any form, with a row for each supply; or events of EPCIS.

    KIND says what FILE is: links (supplier, buyer; read where they are there: material, product, quantity, unit, value,
    currency, share, date, document, origin, lot, ids, the supplier's address and country), shipments (customs
    declarations: exporter, importer, hs, net_weight), production (what a maker used and made: maker, act, step, lot),
    bom (bills of material: product, material, quantity), payments (payer, payee, value, invoice), papers
    (document, belongs_to, sort, language, translation_of: what goes with an invoice), facilities (name,
    address, country), epcis (GS1 EPCIS 2.0 JSON-LD or 1.2 XML).

    A row that cannot be is refused with its number and what would be right; the rest is taken.
    """
    from entrepot.desk.trace import load_supply

    with spinner(tr("Loading the file")):
        done = load_supply(
            file,
            form=form,
            columns=columns,
            encoding=encoding,
            sheet=sheet,
            decimal=decimal or "",
            date_order=date_order or "",
            store=store,
        )
    row = done.to_pylist()[0]
    rows = "events" if form == "epcis" else "rows"
    said = tr(
        "{read} {rows} read, {taken} taken with {links} links, {refused} refused",
        read=row["read"],
        rows=rows,
        taken=row["taken"],
        links=row["links"],
        refused=row["refused"],
    )
    click.echo(printable(f"{row['file_id']}: {said}"))
    say(done.notes)


@command.command("files", epilog="Example: entrepot supply files")
@table_options
@store_option
def files(fmt: str | None, out: Path | None, store: str | None) -> None:
    """List the files of supply that are held."""
    from entrepot.desk.trace import supply_files

    shown = ("file_id", "kind", "read", "taken", "links", "refused", "loaded_at", "file")
    emit(supply_files(store=store).table, fmt, out, columns=shown)


@command.command("links", epilog='Example: entrepot supply links "cotton shirt"')
@click.argument("product", required=False)
@click.option("--party", metavar="ID", help="Only of this maker, by its id in the file. Default: every maker.")
@click.option("--file", "file_id", metavar="FILE_ID", help="Only links of this file, as supply files prints it.")
@click.option("--shipments", is_flag=True, help="Only those to who supplies nobody further: a dossier is of one.")
@as_of_option
@table_options
@store_option
def links(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    product: str | None,
    party: str | None,
    file_id: str | None,
    shipments: bool,  # noqa: FBT001 - click gives arguments by name
    as_of: str | None,
    fmt: str | None,
    out: Path | None,
    store: str | None,
) -> None:
    """List the supply links that are held; with PRODUCT those above it, tier by tier."""
    from entrepot.desk.supply_links import supply_links

    found = supply_links(product, party=party, file_id=file_id, shipments=shipments, as_of=as_of, store=store)
    shown = ("tier", "supplier", "material", "buyer", "product", "date", "document", "row")
    emit(found.table, fmt, out, columns=shown if product else shown[1:])
    say(found.notes)


@command.command("refused", epilog="Example: entrepot supply refused supply-1a2b3c4d5e6f")
@click.argument("file_id", metavar="FILE_ID")
@table_options
@store_option
def refused(file_id: str, fmt: str | None, out: Path | None, store: str | None) -> None:
    """List the rows of a file that were refused; FILE_ID as supply files prints it."""
    from entrepot.desk.trace import refused_supply

    emit(refused_supply(file_id, store=store).table, fmt, out, columns=("row", "problem", "remedy"))


@command.command(
    "balance",
    epilog="Example: entrepot supply balance\n\n"
    "Exit codes: 0 done, 2 bad input, 3 a fault is found, under --fail-on-fault.",
)
@click.option("--fail-on-fault", "fail", is_flag=True, help="Exit with 3 where a fault is found.")
@table_options
@store_option
def balance(fmt: str | None, out: Path | None, store: str | None, *, fail: bool) -> int:
    """Hold the files of supply against each other: mass, lots, numbers, payments, papers that cannot all be true.

    Per step of making what went in, times its yield, against what came out; lots used or handed over before they exist,
    or more of them than there is; two papers with one number; customs told otherwise than the invoice; payments against
    invoices; suppliers that go on under another name; and the smallest sets of papers that contradict each other.
    """
    from entrepot.desk.supply_balance import supply_balance

    with spinner(tr("Holding the files against each other")):
        found = supply_balance(store=store)
    emit(found.table, fmt, out, columns=("kind", "subject", "reason", "remedy", "fault_id"))
    say(found.notes)
    return MATCHED if fail and found.table.num_rows else DONE


@command.command(
    "parties",
    epilog='Example: entrepot supply parties --split join-1a2b3c4d5e6f --by "A. Clerk" --because "two mills"',
)
@click.option("--join", multiple=True, metavar="JOIN", help="This join is right: a row's id, or two party ids, A=B.")
@click.option("--split", multiple=True, metavar="JOIN", help="This join is wrong.")
@click.option("--undo", multiple=True, metavar="JOIN", help="Take back what was decided on it.")
@click.option("--by", default="", metavar="NAME", help="Who decides; needed with one of these.")
@click.option("--because", "why", default="", metavar="WHY", help="Why; needed with one of these.")
@table_options
@written_store_option
def parties(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    join: tuple[str, ...],
    split: tuple[str, ...],
    undo: tuple[str, ...],
    by: str,
    why: str,
    fmt: str | None,
    out: Path | None,
    store: str | None,
) -> None:
    """List which parties of the files of supply are taken for one firm, and which may be; decide on them.

    The same firm in invoices, declarations, payments, facilities and events is one node: where its names have the same
    words in any script and legal form, and no country or number tells them apart; or where names are alike at one
    address. Names that are alike and no more are proposed. What you decide stands in the ledger, every answer follows
    it, and --undo takes it back.
    """
    from entrepot.desk.supply_parties import supply_parties

    found = supply_parties(join=join, split=split, undo=undo, by=by, why=why, store=store)
    emit(found.table, fmt, out, columns=("state", "way", "party", "other", "score", "join_id"))
    say(found.notes)


@command.command("example", epilog="Example: entrepot supply example invented --answers")
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
@click.option("--seed", type=int, default=1, show_default=True, help="Which chain: the same seed, the same files.")
@click.option("--clean", is_flag=True, help="The twin without a fault.")
@click.option("--answers", is_flag=True, help="Write too what was planted, and what finds it.")
@table_options
def example(  # noqa: PLR0913 - one argument an option is click's way
    folder: Path, fmt: str | None, out: Path | None, *, seed: int, clean: bool, answers: bool
) -> None:
    """Write to FOLDER the files of an invented buyer of shirts, solar kits and tomato sauce, to try tracing on.

    Invoices, declarations, records of making, payments, recipes, facilities, events and owners of some hundred firms,
    all of them invented but for a few listed names. Five faults are planted: a mass that cannot be, a lot sold twice, a
    supplier that was renamed, a lot that changes its origin behind Khorgos, a mill that a listed owner holds by half
    through two chains. The twin has what sound papers have: rounding, moisture, part deliveries, other units.
    """
    from entrepot.desk.supply_example import supply_example

    made = supply_example(folder, seed=seed, clean=clean, answers=answers)
    emit(made.table, fmt, out, columns=("kind", "rows", "command"))
    say(made.notes)


@command.command("remove", epilog="Example: entrepot supply remove supply-1a2b3c4d5e6f")
@click.argument("file_id", metavar="FILE_ID")
@written_store_option
def remove(file_id: str, store: str | None) -> None:
    """Remove a file of supply, and all that was read of it; FILE_ID as supply files prints it."""
    from entrepot.desk.trace import remove_supply

    say(remove_supply(file_id, store=store).notes)
