"""`entrepot review RESULTS`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from entrepot.cli import questions
from entrepot.cli.case_lines import case_lines, score_said
from entrepot.cli.options import emit, emit_text, profile_option, say, store_option, table_options
from entrepot.core.errors import DONE, plain
from entrepot.core.words.translate import marked, tr
from entrepot.lists.profiles.profile_lines import profile_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from entrepot.desk.review import Review, Verdict
    from entrepot.lists.profiles.profile import Profile

    Row = Mapping[str, Any]

_KEYS: dict[str, Verdict] = {"t": "true", "f": "false", "u": "unsure"}
_ASK = marked("true, false, unsure; skip; quit")
_OF_PARTY = ("party_key", "country", "address", "identifier", "birth_year")
_OF_MATCH = ("list_id", "listed_name", "met_name", "section", "valid_from", "place")


@click.command(
    "review",
    epilog="Example: entrepot review hits.csv --decide case-0123456789ab=false --by 'A Clerk' --why 'another firm'\n\n"
    "Exit codes: 0 done, 2 bad input, or a ledger that cannot be used.",
)
@click.argument("results", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--decide", "decide", multiple=True, metavar="CASE=VERDICT", help="Decide a case: true, false, unsure. Repeatable."
)
@click.option("--withdraw", "withdraw", multiple=True, metavar="CASE", help="Withdraw what was decided on a case.")
@click.option(
    "--good-guy",
    "good_guy",
    multiple=True,
    metavar="PARTY",
    help="Decide every open case of a party false, by its key or name; a new entry or a change brings it back.",
)
@click.option(
    "--decisions",
    "decisions",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Take decisions from a table: what --out wrote, with verdict, by and because filled in.",
)
@click.option("--by", default="", metavar="NAME", help="Who decides. Default: the system's user.")
@click.option("--why", default="", metavar="TEXT", help="Why. Every decision has a reason.")
@click.option("--four-eyes", is_flag=True, help="A case is false once two people have decided so.")
@click.option("--all", "with_quiet", is_flag=True, help="List the cases too that are decided.")
@profile_option
@click.option(
    "--encoding",
    "encoding",
    default="",
    metavar="E",
    help="Encoding of RESULTS and FILE where it is not UTF-8.",
)
@store_option
@table_options
def command(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    results: Path,
    decide: tuple[str, ...],
    withdraw: tuple[str, ...],
    good_guy: tuple[str, ...],
    decisions: Path | None,
    by: str,
    why: str,
    encoding: str,
    *,
    four_eyes: bool,
    with_quiet: bool,
    profile: bool,
    store: str | None,
    fmt: str | None,
    out: Path | None,
) -> int:
    """List the open cases of a screening, and decide them: true, false or unsure, by whom and why.

    RESULTS is what `entrepot screen --out` wrote. On a terminal, without options that decide, each open case is shown
    and asked for. Decisions go to the ledger of the store; a case that is false stays quiet until something changes.
    """
    from entrepot.core.output import format_of
    from entrepot.desk.review import review
    from entrepot.desk.written_files import remember_written

    chosen = format_of(out, fmt)
    given: dict[str, Any] = {
        "by": by,
        "why": why,
        "four_eyes": four_eyes,
        "with_quiet": with_quiet,
        "encoding": encoding,
    }
    written: dict[str, Any] = {"decide": decide, "withdraw": withdraw, "good_guy": good_guy, "decisions": decisions}
    found = review(results, **written, **given, store=store)
    if chosen == "table" and out is None and not any(written.values()) and _is_asked():
        found = _asked(found, results, given, store)
    if chosen == "table":
        emit_text(case_lines(found.table, profile=profile), out)
    else:
        emit(found.table, fmt, out)
    say((*found.notes, *remember_written("cases", out, found.table, store=store)))
    return DONE


def _is_asked() -> bool:
    """Whether a person sits before it."""
    return all(s is not None and s.isatty() for s in (sys.stdin, sys.stdout))


def _asked(found: Review, results: Path, given: Mapping[str, Any], store: str | None) -> Review:
    """Show each open case and take what the person says; each decision is written at once."""
    from entrepot.desk.review import decide, review

    who = given["by"] or questions.prompt(tr("Who decides"), err=True)
    rows = found.to_pylist()
    for number, case in enumerate(rows, 1):
        told = _told(case, found.matches[case["case_id"]], found.profiles)
        click.echo(plain("\n".join([tr("\n{number} of {count}", number=number, count=len(rows)), *told])))
        said = questions.prompt(tr(_ASK), type=click.Choice([*_KEYS, "s", "q"]), show_choices=True)
        if said == "q":
            break
        if said in _KEYS:
            why = questions.prompt("Why")
            one = case["case_id"]
            more = {"seen": {one: case["seen"]}, "four_eyes": given["four_eyes"]}
            say(decide(results, verdicts={one: _KEYS[said]}, by=who, why=why, **more, store=store))
    return review(results, **{**given, "by": who}, store=store)


def _told(case: Row, matches: Sequence[Row], profiles: Mapping[str, Profile]) -> Iterable[str]:
    """A case for a person: the party, each match with its reasons, then all that the lists say of the listed party."""
    yield f"{case['party'] or tr('(no name)')}   {case['case_id']}   {case['state']}"
    yield from (f"  {c.replace('_', ' ')}: {case[c]}" for c in _OF_PARTY if case[c])
    together = (*case["against"], *case["decisions_counted"])
    yield from (f"  {said}" for said in together)
    if case["decided_by"] and not together:
        yield tr(
            "  decided by {decided_by} at {decided_at}: {decision_why}",
            decided_by=case["decided_by"],
            decided_at=case["decided_at"],
            decision_why=case["decision_why"],
        )
    yield from (tr("  changed: {c}", c=c) for c in case["changed"])
    yield from (f"  {j}" for j in case["joined"])
    for match in matches:
        facts = ", ".join(f"{c.replace('_', ' ')} {match[c]}" for c in _OF_MATCH if match[c])
        yield f"  {score_said(match)}  {facts}"
        yield from (f"      {reason}" for reason in match["reasons"])
    for entity in dict.fromkeys(m["entity_id"] for m in matches):
        yield from profile_lines(profiles[entity]) if entity in profiles else ()
