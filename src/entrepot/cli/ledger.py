"""`entrepot ledger verify`, `ledger decisions`, `ledger case`, `ledger redact`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from entrepot.cli.options import emit, emit_text, say, store_option, table_options, written_store_option
from entrepot.core.errors import BAD_INPUT, DONE

_SHOWN = ("seq", "at", "case_id", "verdict", "kind", "by", "party", "why", "change")


@click.group("ledger", epilog="Example: entrepot ledger verify --record clearance.html")
def command() -> None:
    """Verify the ledger of decisions, list them, get all of one case, or take personal data out.

    `entrepot review` writes it.
    """


@command.command(
    "verify",
    epilog="Example: entrepot ledger verify --record clearance.html\n\nExit codes: 0 it holds; 2 anything else.",
)
@click.option("--head", "head", multiple=True, metavar="NUMBER:HASH", help="A head that it had once; may be repeated.")
@click.option(
    "--record",
    "records",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A clearance record, HTML or PDF, that prints its head; may be repeated. Verify it by clearance verify.",
)
@store_option
@table_options
def verify(
    head: tuple[str, ...], records: tuple[Path, ...], store: str | None, fmt: str | None, out: Path | None
) -> int:
    """Say whether the ledger is what was written: every entry, their order and number.

    That the last entries were cut off, or all was written anew with the key, only a head from elsewhere shows: every
    clearance record prints it.
    """
    from entrepot.desk.ledger import ledger_verify

    found = ledger_verify(head=head, records=records, store=store)
    emit(found.table, fmt, out)
    say(found.notes)
    return DONE if found.holds else BAD_INPUT


@command.command("decisions", epilog="Example: entrepot ledger decisions --out decisions.csv")
@click.option("--case", "case", default="", metavar="CASE", help="Of this case only.")
@store_option
@table_options
def decisions(case: str, store: str | None, fmt: str | None, out: Path | None) -> int:
    """List what the ledger says, the oldest entry first."""
    from entrepot.desk.ledger import ledger_decisions
    from entrepot.desk.written_files import remember_written

    found = ledger_decisions(case=case, store=store)
    emit(found.table, fmt, out, columns=_SHOWN, always=_SHOWN[:4])
    say(remember_written("decisions", out, found.table, store=store))
    return DONE


@command.command("case", epilog="Example: entrepot ledger case case-0123456789ab --out case.json")
@click.argument("case")
@store_option
@table_options
def case(case: str, store: str | None, fmt: str | None, out: Path | None) -> int:
    """Get all that the ledger says of CASE, for an auditor; as JSON every entry whole, with what redoes its hash."""
    from entrepot.core.output import format_of
    from entrepot.desk.ledger import ledger_case
    from entrepot.desk.written_files import remember_written

    found = ledger_case(case, store=store)
    if format_of(out, fmt) == "json":
        emit_text(json.dumps(found.record, ensure_ascii=False, indent=1) + "\n", out)
    else:
        emit(found.table, fmt, out, columns=_SHOWN, always=_SHOWN[:4])
    say((*found.notes, *remember_written("decisions", out, found.table, store=store)))
    return DONE


@command.command(
    "redact",
    epilog="Example: entrepot ledger redact case-0123456789ab --why 'erasure asked for' --early\n\n"
    "Exit codes: 0 done, 2 bad input, or kept too short.",
)
@click.argument("cases", nargs=-1, required=True)
@click.option(
    "--field",
    "fields",
    multiple=True,
    default=("party", "matches", "why"),
    show_default=True,
    type=click.Choice(("party", "matches", "why", "by", "account")),
    help="Personal field to take out; may be repeated.",
)
@click.option("--by", default="", metavar="NAME", help="Who takes it out. Default: the system's user.")
@click.option("--why", default="", metavar="TEXT", help="Why; it stays in the ledger.")
@click.option("--early", is_flag=True, help="Before it has been kept as long as the settings say (ten years).")
@written_store_option
@table_options
def redact(  # noqa: PLR0913 - one argument an option is click's way
    cases: tuple[str, ...],
    fields: tuple[str, ...],
    by: str,
    why: str,
    *,
    early: bool,
    store: str | None,
    fmt: str | None,
    out: Path | None,
) -> int:
    """Take personal data of CASES out of the ledger. The chain holds: it rests on commitments, which stay."""
    from entrepot.desk.ledger import ledger_redact

    found = ledger_redact(cases, fields=fields, by=by, why=why, early=early, store=store)
    emit(found.table, fmt, out, columns=_SHOWN, always=_SHOWN[:2])
    say(found.notes)
    return DONE
