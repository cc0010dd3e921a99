"""`entrepot duties`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from entrepot.cli.options import as_of_option, emit, say, store_option, table_options

if TYPE_CHECKING:
    from pathlib import Path

_SHOWN = ("measure_id", "name", "said", "reasons", "verified", "citation", "valid_from", "duty_id")


@click.command(
    "duties",
    epilog="Example: entrepot duties --seat DE --employees 6000 --employees-in DE=4000 --sells-in EU",
)
@click.option("--seat", metavar="COUNTRY", help="Country of the seat.")
@click.option(
    "--branch-in", "branch_in", multiple=True, metavar="COUNTRY", help="Country with a branch; may be repeated."
)
@click.option("--employees", metavar="N", help="Employees in the whole world.")
@click.option(
    "--employees-in", "employees_in", multiple=True, metavar="PLACE=N", help="Employees there; may be repeated."
)
@click.option("--turnover", metavar="CURRENCY:AMOUNT", help="Turnover of a year, as in EUR:2e9; nothing is converted.")
@click.option("--turnover-eu", "turnover_eu", metavar="CURRENCY:AMOUNT", help="The same in the European Union.")
@click.option(
    "--sells-in", "sells_in", multiple=True, metavar="PLACE", help="Where it sells: a country or EU; may be repeated."
)
@click.option(
    "--imports-to", "imports_to", multiple=True, metavar="PLACE", help="Where it imports to; may be repeated."
)
@as_of_option
@table_options
@store_option
def command(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    seat: str | None,
    branch_in: tuple[str, ...],
    employees: str | None,
    employees_in: tuple[str, ...],
    turnover: str | None,
    turnover_eu: str | None,
    sells_in: tuple[str, ...],
    imports_to: tuple[str, ...],
    as_of: str | None,
    fmt: str | None,
    out: Path | None,
    store: str | None,
) -> None:
    """Tell which duties of diligence a company has on a day, rule by rule: CSDDD, EU 2024/3015, LkSG, UFLPA.

    What is not said is not known: a rule that turns on it cannot be decided, and says what it needs. Not legal advice.
    """
    from entrepot.desk.duties import duties

    found = duties(
        seat=seat,
        branch_in=branch_in,
        employees=employees,
        employees_in=employees_in,
        turnover=turnover,
        turnover_eu=turnover_eu,
        sells_in=sells_in,
        imports_to=imports_to,
        as_of=as_of,
        store=store,
    )
    emit(found.table, fmt, out, columns=_SHOWN)
    say(found.notes)
