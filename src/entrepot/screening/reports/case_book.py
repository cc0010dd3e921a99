"""A screening as a workbook: a sheet of cases to work in, one of what was screened, the matches for a program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot import __version__
from entrepot.core.tables.book import Head, Sheet
from entrepot.core.words.translate import marked, tr
from entrepot.screening.cases.gathered import cases as gathered
from entrepot.screening.cases.listed_party import with_profiles
from entrepot.screening.contract import MATCHES
from entrepot.screening.reports.run_said import columns_said, redo
from entrepot.screening.runs.run import NOT_LISTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from entrepot.lists.profiles.profile import Profile
    from entrepot.screening.runs.run import Run

Row = dict[str, Any]
MATCHES_SHEET = "matches"  # hidden: what `explain --from` and `rescreen` read back (runs.results)
# Column of CASES, or what is made of one -> its heading and width in characters.
_CASES = {
    "state": Head("State", 10),
    "score": Head("Score", 8, "0.00"),
    "party_key": Head("Number", 12),
    "party": Head("Party", 30),
    "listed_name": Head(marked("Listed party"), 30),
    "lists": Head("Lists", 14),
    "profile": Head(marked("What the list says"), 45),
    "link": Head(marked("Publisher's page"), 30),
    "why": Head("Why", 40),
    "country": Head("Country", 10),
    "address": Head("Address", 28),
    "identifier": Head("Identifier", 18),
    "row": Head("Row", 7),
    "rows": Head("Rows", 7),
    "kind": Head("Kind", 9),
    "strength": Head("Strength", 10),
    "decided_by": Head(marked("Decided by"), 14),
    "decided_at": Head(marked("Decided at"), 20),
    "decision_why": Head(marked("Decision, why"), 35),
    "against": Head(marked("Decided against one another"), 60),
    "decisions_counted": Head(marked("Decided by two people"), 60),
    "changed": Head(marked("Changed since"), 30),
    "joined": Head(marked("Lists joined because"), 30),
    "case_id": Head("Case", 20),
}


def case_sheets(run: Run, profiles: Mapping[str, Profile], cases: Sequence[Row] | None = None) -> list[Sheet]:
    """The sheets of a screening: cases, run, matches.

    Args:
        run: the screening.
        profiles: entity_id -> what its list says of it.
        cases: rows of CASES, with what was decided of them; None where nobody has decided any.
    """
    rows = gathered(m for data in run.parts.tables() for m in data.to_pylist()) if cases is None else cases
    told = with_profiles(rows, profiles)
    shown = [name for name in _CASES if any(r[name] not in (None, "", []) for r in told)] or ["state", "party"]
    return [
        Sheet("cases", [_CASES[n] for n in shown], [[r[n] for n in shown] for r in told]),
        Sheet("run", (Head(tr("What"), 28), Head(tr("Value"), 110)), _facts(run, rows)),
        Sheet(MATCHES_SHEET, [Head(n) for n in MATCHES.names], _matches(run), is_hidden=True),
    ]


def _matches(run: Run) -> Iterator[list[Any]]:
    for data in run.parts.tables():
        for row in data.select(list(MATCHES.names)).to_pylist():
            yield list(row.values())


def _facts(run: Run, cases: Sequence[Row]) -> list[tuple[str, str]]:
    n, parties = run.parts.counts, run.parties
    facts = [
        ("Program", tr("Entrepot {version}", version=__version__)),
        ("Input", parties.origin),
        (tr("sha256 of the input"), parties.sha256 or tr("none: a table in memory")),
        ("Rows", parties.rows_said),
        (
            "Parties",
            tr(
                "{screened:,}, {screened_2:,} of them with neither match nor flag",
                screened=run.screened,
                screened_2=run.screened - n["met"],
            ),
        ),
        ("Cases", f"{len(cases):,}"),
        (
            "Matches",
            tr(
                "{listing:,} with listings, {owned:,} with owned parties, {part:,} as parts of listed ones",
                listing=n["listing"],
                owned=n["owned"],
                part=n["part"],
            ),
        ),
        (tr("Flags for the region"), f"{n['region']:,}"),
        ("Columns", columns_said(run)),
        (tr("As of"), run.as_of.isoformat()),
        (tr("Run at"), tr("{started:%Y-%m-%d %H:%M:%S} (UTC)", started=run.started)),
        (tr("Lowest score"), str(run.options.min_score)),
    ]
    lists = run.coverage.to_pylist()
    facts += [
        (
            tr("List {list_id}", list_id=c["list_id"]),
            tr("{title}: {sentence}; sha256 {sha256}", title=c["title"], sentence=c["sentence"], sha256=c["sha256"]),
        )
        for c in lists
    ]
    facts += [(tr("To redo it"), redo(run)), *(("Note", note) for note in (NOT_LISTED, *run.notes))]
    return facts
