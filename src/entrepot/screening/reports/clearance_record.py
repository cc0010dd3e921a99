"""The clearance record: the document a desk files on what was screened, by whom, against what, with what result.

While a case is open it is called a screening record. See docs/design/42-print.md.
"""

from __future__ import annotations

import getpass
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from entrepot import __version__
from entrepot.core.document.blocks import (
    Block,
    Cell,
    Column,
    Document,
    Facts,
    Grid,
    Heading,
    Items,
    Line,
    Mono,
    NewPage,
    Paragraph,
    Signatures,
    Strong,
)
from entrepot.core.words.amounts import counted
from entrepot.core.words.translate import marked, tr
from entrepot.screening.cases.gathered import cases as gathered
from entrepot.screening.cases.gathered import matches_by_case
from entrepot.screening.contract import KINDS
from entrepot.screening.reports.cited_sources import CitedSources
from entrepot.screening.reports.record_cases import Case, cases_in_short, evidence_of_cases, flags_of_regions
from entrepot.screening.reports.run_said import probable_said, redo, uses
from entrepot.screening.runs.run import NOT_LISTED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from entrepot.lists.profiles.profile import Profile
    from entrepot.screening.parties.parties import Party
    from entrepot.screening.runs.run import Run

Row = dict[str, Any]
_MOST_CLEAR = 5_000  # parties; a page that names more of them is read by nobody
_MOST_SHOWN = 5_000  # rows; likewise
_NO_LAW = marked(
    "A match is a question to answer: Entrepot says who listed a party, when and under which section, and nothing "
    "more. This record is not legal advice."
)


@dataclass(frozen=True, slots=True)
class Filing:
    """What a record says beside the screening itself.

    Attributes:
        operator: who ran it; the user of the operating system when empty.
        results: name and sha256 of the file that holds all matches; empty where they are in none.
        profiles: entity_id -> what its list says of it.
        cases: rows of CASES, with what was decided of them; None where nobody has decided any: then the matches are
            gathered.
        decided_in: the head of the ledger that holds the decisions, as it is printed: by it a cut or a forgery shows.
    """

    operator: str = ""
    results: tuple[str, str] = ("", "")
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    cases: Sequence[Row] | None = None
    decided_in: tuple[str, ...] = ()


def _with_matches(cases: Sequence[Row], matches: Sequence[Row]) -> list[tuple[Row, Sequence[Row]]]:
    """Each case with its matches; one of which this record shows none is left out, as its matches are."""
    known = matches_by_case(matches)
    return [(c, [dict(m) for m in known[c["case_id"]]]) for c in cases if c["case_id"] in known]


def clearance_record(run: Run, filing: Filing | None = None) -> Document:
    """The record of a screening: a page of summary, open cases, decided ones, flags, sources, run, then the annexes.

    Args:
        run: the screening.
        filing: who files it, where the matches lie, profiles of the listed, decisions.
    """
    filing = filing or Filing()
    rows = _shown(run)
    cases = [Case(c, m) for c, m in _with_matches(gathered(rows) if filing.cases is None else filing.cases, rows)]
    listed, flags = ([c for c in cases if (c.row["kind"] == "region") == is_flag] for is_flag in (False, True))
    is_open = any(c.is_open for c in cases) or len(rows) < _every(run)
    cited = CitedSources(run, filing.profiles, [m for c in cases for m in c.matches])
    title = tr("Screening record") if is_open else tr("Clearance record")
    origin = tr("{origin}, screened as of {as_of}", origin=run.parties.origin, as_of=run.as_of.isoformat())
    blocks = (
        *_summary(run, filing, cases, len(rows)),
        NewPage(),
        *cases_in_short(run, listed, cited),
        *flags_of_regions(run, flags, cited),
        *cited.block(),
        *_lists(run),
        *_run(run, filing),
        NewPage(),
        *evidence_of_cases(sorted(listed, key=lambda c: not c.is_open), cited),
        *_cleared(run),
    )
    return Document(
        title,
        origin,
        tr("{title}: {origin}. Entrepot {version}.", title=title, origin=origin, version=__version__),
        blocks,
        filing.decided_in,
    )


def _summary(run: Run, filing: Filing, cases: list[Case], shown: int) -> list[Block]:
    """The first page: what came of it, what it rests on, and who signs."""
    n = run.parts.counts
    waiting = sum(c.is_open for c in cases)
    decided = [str(c.row["state"]) for c in cases]
    cleared = run.screened - n["met"]
    told = tr(
        "{screened} in {row_count}",
        screened=counted(run.screened, "party", "parties"),
        row_count=counted(run.parties.row_count, "row"),
    )
    open_said = (
        tr("{waiting:,} of {count:,} cases wait for a decision", waiting=waiting, count=len(cases))
        if cases
        else tr("none: no case")
    )
    under_flags = sum(c.is_open and c.row["kind"] == "region" for c in cases)
    if under_flags and under_flags < waiting:
        both = tr("{listed:,} under open cases, {flags:,} under flags", listed=waiting - under_flags, flags=under_flags)
        open_said = f"{open_said}: {both}"
    part = tr(", {owned:,} with parties owned by listed ones", owned=n["owned"]) if n["owned"] else ""
    part += tr(", {part:,} as a part of a listed party", part=n["part"]) if n["part"] else ""
    facts: list[tuple[str, Cell]] = [
        ("Screened", told),
        (tr("Open cases"), Strong(open_said)),
        (
            tr("Decided cases"),
            tr("{count:,} true, {count_2:,} false", count=decided.count("true"), count_2=decided.count("false")),
        ),
        (
            "Matches",
            tr(
                "{listing:,} with listings{part}, of {listed:,} parties",
                listing=n["listing"],
                part=part,
                listed=n["listed"],
            ),
        ),
        (
            tr("Flags for the region"),
            tr(
                "{region:,}: {n:,} certain, {n_2:,} possible",
                region=n["region"],
                n=n["strength certain"],
                n_2=n["strength possible"],
            ),
        ),
        (tr("Neither match nor flag"), tr("{cleared:,} parties", cleared=cleared)),
        (tr("Run by"), filing.operator.strip() or _user()),
        (tr("Run at"), tr("{started:%Y-%m-%d %H:%M:%S} (UTC)", started=run.started)),
        (
            "Lists",
            [
                tr(
                    "{title}{version}: {names_held:,} names",
                    title=c["title"],
                    version=_version(c),
                    names_held=c["names_held"],
                )
                for c in run.coverage.to_pylist()
            ],
        ),
        (tr("Lowest score"), f"{run.options.min_score}"),
        (tr("sha256 of the input"), Mono(run.parties.sha256) if run.parties.sha256 else tr("none: a table in memory")),
        *((tr("Decided in"), Mono(said)) for said in filing.decided_in),
    ]
    return [
        Facts(tuple(facts)),
        *_cut_short(run, filing, shown),
        Paragraph(f"{NOT_LISTED} {tr(_NO_LAW)}", stands_out=True),
        Signatures((tr("Screened by, name and signature"), tr("Reviewed by, name and signature"), "Day")),
    ]


def _version(coverage: Row) -> str:
    if coverage["version"]:
        return tr(", version of {version}", version=coverage["version"])
    return tr(", to {list_as_of}", list_as_of=coverage["list_as_of"] or tr("no day"))


def _every(run: Run) -> int:
    """How many matches and flags there are."""
    return sum(run.parts.counts[kind] for kind in KINDS)


def _cut_short(run: Run, filing: Filing, shown: int) -> list[Block]:
    """Said where a bulk run has more rows than a record shows."""
    every = _every(run)
    if shown >= every:
        return []
    where = tr(" All of them are in {results}.", results=filing.results[0]) if filing.results[0] else ""
    said = tr(
        "This record shows the first {shown:,} matches and flags of {every:,}.{where}",
        shown=shown,
        every=every,
        where=where,
    )
    return [Paragraph(said, stands_out=True)]


def _lists(run: Run) -> list[Block]:
    columns = (
        Column("List", 2.2),
        Column(f"Coverage as of {run.as_of.isoformat()}", 3),
        Column("Last change held", 1),
        Column("Names searched", 0.9, is_number=True),
        Column("sha256 of the names searched with their listings; of a loaded list, of the publisher's file", 2.4),
    )
    rows = tuple(
        (
            [
                c["title"],
                Mono(c["list_id"]),
                *([tr("version of {version}", version=c["version"])] if c["version"] else []),
            ],
            c["sentence"],
            c["list_as_of"] or tr("not known"),
            f"{c['names_held']:,}",
            Mono(c["sha256"]),
        )
        for c in run.coverage.to_pylist()
    )
    return [Heading(tr("Lists")), Grid(columns, rows)]


def _run(run: Run, filing: Filing) -> list[Block]:
    parties = run.parties
    read: list[Line] = [
        "; ".join([c.name, *(f"{role}: {names}" for role, names in uses(c, parties.headings))]) for c in parties.columns
    ]
    name, digest = filing.results
    results: Line = (name, ", sha256 ", Mono(digest)) if digest else name
    notes: list[Line] = [*probable_said(run), *run.notes]
    facts: list[tuple[str, Cell]] = [
        ("Program", tr("Entrepot {version}", version=__version__)),
        ("Input", ", ".join(filter(None, (parties.origin, parties.encoding)))),
        *([("Results", results)] if name else []),
        (tr("Rows, parties"), parties.rows_said),
        (tr("Columns used"), read),
        *([(tr("Columns not read"), ", ".join(parties.unread))] if parties.unread else []),
        *([("Notes", notes)] if notes else []),
        (tr("To redo it"), Mono(redo(run))),
    ]
    said = tr(
        "To redo this screening, run Entrepot {version} on the same input. A loaded list stands in the "
        "command with the first digits of its file's hash, so that no later version takes its place. "
        "The hashes of the input and of the lists say whether it is the same. Rows are numbered as in "
        "the file: headings and blank rows count.",
        version=__version__,
    )
    return [Heading(tr("Run")), Facts(tuple(facts)), Paragraph(said)]


def _cleared(run: Run) -> list[Block]:
    """Every party with neither match nor flag, by its row; of a bulk run only their number."""
    count = run.screened - run.parts.counts["met"]
    head = Heading(tr("Annex: neither match nor flag ({count:,})", count=count))
    said = tr("At {min_score} or above, in the lists as held.", min_score=run.options.min_score)
    if run.screened > _MOST_CLEAR:
        more = tr("{count:,} parties. They are the parties of the input that the results do not name.", count=count)
        return [head, Paragraph(f"{said} {more}")]
    several = run.parties.several
    beside = [(p, ", ".join(filter(None, (p.column if several else "", p.key)))) for p in _clear(run)]
    rows = tuple((str(p.row), (p.name or tr("no name")) + (f" ({said})" if said else "")) for p, said in beside)
    return (
        [head, Paragraph(said), Items(rows, 3)] if rows else [head, Paragraph(tr("Every party has a match or a flag."))]
    )


def _shown(run: Run) -> list[Row]:
    """The rows that the record shows: the first ones of a bulk run, whose file holds them all."""
    rows: list[Row] = []
    for data in run.parts.tables():
        rows += data.slice(0, _MOST_SHOWN - len(rows)).to_pylist()
        if len(rows) >= _MOST_SHOWN:
            break
    return rows


def _clear(run: Run) -> list[Party]:
    met: set[tuple[int, str]] = set()
    for data in run.parts.tables():
        met |= set(zip(data.column("row").to_pylist(), data.column("party_column").to_pylist(), strict=True))
    return [p for p in run.parties.each() if (p.row, p.column) not in met]


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return tr("not known")
