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
from entrepot.core.units import two_decimals
from entrepot.screening.cases.gathered import cases as gathered
from entrepot.screening.cases.gathered import matches_by_case
from entrepot.screening.reports.cited_sources import CitedSources
from entrepot.screening.reports.run_said import probable_said, redo, uses
from entrepot.screening.runs.run import NOT_LISTED
from entrepot.vocabulary.regions.region_files import region

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from entrepot.lists.profiles.profile import Profile
    from entrepot.screening.parties.parties import Party
    from entrepot.screening.runs.run import Run

Row = dict[str, Any]
_MOST_CLEAR = 5_000  # parties; a page that names more of them is read by nobody
_MOST_SHOWN = 5_000  # rows; likewise
_NO_LAW = (
    "A match is a question to answer: Entrepot says who listed a party, when and under which section, and nothing "
    "more. This record is not legal advice."
)
_DATED = {"dated": "the name is dated", "since_at_least": "the name is held undated: since at least the listing"}
_DONE = ("true", "false")
_STATES = {
    "open": "open",
    "unsure": "unsure: still open",
    "second": "decided once: a second person is needed",
    "disputed": "disputed: two people decided differently",
    "returned": "returned: it was false, and something changed since",
    "true": "true: the party is the one listed",
    "false": "false: another party",
}
_CASES = (
    Column("Row", 0.45, is_number=True),
    Column("Party", 2.2),
    Column("Listed party", 3.0),
    Column("Score", 0.55, is_number=True),
    Column("Why", 3.3),
    Column("Decision, by, day", 1.2),
)
_FLAGS = (
    Column("Row", 0.45, is_number=True),
    Column("Party", 2.6),
    Column("Why", 4.2),
    Column("Strength", 0.8),
    Column("Decision, by, day", 1.2),
)
_DAY = len("2026-11-27")
_REDACTED = "Taken out of the ledger of decisions."


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


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A case with its matches.

    Attributes:
        row: of CASES.
        matches: rows of MATCHES, the best first.
    """

    row: Row
    matches: Sequence[Row]

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to decide."""
        return self.row["state"] not in _DONE


def _with_matches(cases: Sequence[Row], matches: Sequence[Row]) -> list[tuple[Row, Sequence[Row]]]:
    """Each case with its matches; one of which this record shows none is left out, as its matches are."""
    known = matches_by_case(matches)
    return [(c, [dict(m) for m in known[c["case_id"]]]) for c in cases if c["case_id"] in known]


def clearance_record(run: Run, filing: Filing | None = None) -> Document:
    """The record of a screening: a page of summary, open cases, decided ones, flags, sources, run, cleared parties.

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
    title = "Screening record" if is_open else "Clearance record"
    origin = f"{run.parties.origin}, screened as of {run.as_of.isoformat()}"
    blocks = (
        *_summary(run, filing, cases, len(rows)),
        NewPage(),
        *_cases(run, listed, cited),
        *_flags(run, flags, cited),
        *cited.block(),
        *_lists(run),
        *_run(run, filing),
        NewPage(),
        *_cleared(run),
    )
    return Document(title, origin, f"{title}: {origin}. Entrepot {__version__}.", blocks, filing.decided_in)


def _summary(run: Run, filing: Filing, cases: list[Case], shown: int) -> list[Block]:
    """The first page: what came of it, what it rests on, and who signs."""
    n = run.parts.counts
    waiting = sum(c.is_open for c in cases)
    decided = [str(c.row["state"]) for c in cases]
    cleared = run.screened - n["met"]
    told = f"{run.screened:,} parties in {run.parties.row_count:,} rows"
    open_said = f"{waiting:,} of {len(cases):,} cases wait for a decision" if cases else "none: no case"
    part = f", {n['part']:,} as a part of a listed party" if n["part"] else ""
    facts: list[tuple[str, Cell]] = [
        ("Screened", told),
        ("Open cases", Strong(open_said)),
        ("Decided cases", f"{decided.count('true'):,} true, {decided.count('false'):,} false"),
        ("Matches", f"{n['listing']:,} with listings{part}, of {n['listed']:,} parties"),
        (
            "Flags for the region",
            f"{n['region']:,}: {n['strength certain']:,} certain, {n['strength possible']:,} possible",
        ),
        ("Neither match nor flag", f"{cleared:,} parties"),
        ("Run by", filing.operator.strip() or _user()),
        ("Run at", f"{run.started:%Y-%m-%d %H:%M:%S} (UTC)"),
        ("Lists", [f"{c['title']}{_version(c)}: {c['names_held']:,} names" for c in run.coverage.to_pylist()]),
        ("Lowest score", f"{run.options.min_score}"),
        ("sha256 of the input", Mono(run.parties.sha256) if run.parties.sha256 else "none: a table in memory"),
        *(("Decided in", Mono(said)) for said in filing.decided_in),
    ]
    return [
        Facts(tuple(facts)),
        *_cut_short(run, filing, shown),
        Paragraph(f"{NOT_LISTED} {_NO_LAW}", stands_out=True),
        Signatures(("Screened by, name and signature", "Reviewed by, name and signature", "Day")),
    ]


def _version(coverage: Row) -> str:
    if coverage["version"]:
        return f", version of {coverage['version']}"
    return f", to {coverage['list_as_of'] or 'no day'}"


def _every(run: Run) -> int:
    """How many matches and flags there are."""
    return sum(run.parts.counts[kind] for kind in ("listing", "part", "region"))


def _cut_short(run: Run, filing: Filing, shown: int) -> list[Block]:
    """Said where a bulk run has more rows than a record shows."""
    every = _every(run)
    if shown >= every:
        return []
    where = f" All of them are in {filing.results[0]}." if filing.results[0] else ""
    said = f"This record shows the first {shown:,} matches and flags of {every:,}.{where}"
    return [Paragraph(said, stands_out=True)]


def _cases(run: Run, cases: list[Case], cited: CitedSources) -> list[Block]:
    """Open cases first, then those that are decided."""
    if not cases:
        said = f"No party met a listed name at {run.options.min_score} or above."
        return [Heading("Cases"), Paragraph(said)]
    waiting, done = [c for c in cases if c.is_open], [c for c in cases if not c.is_open]
    blocks: list[Block] = []
    for title, some in ((f"Open cases ({len(waiting):,})", waiting), (f"Decided cases ({len(done):,})", done)):
        if some:
            rows = tuple(_case(c, cited) for c in some)
            blocks += [Heading(title), Grid(_CASES, rows, tuple(c.row["case_id"] for c in some))]
    return blocks


def _case(case: Case, cited: CitedSources) -> tuple[Cell, ...]:
    best = case.matches[0]
    listed = [line for m in _an_entry_each(case.matches) for line in _listed(m, cited)]
    ids = " ".join(case.row["match_ids"])
    why = _REDACTED if "matches" in case.row["redacted"] else " ".join(best["reasons"])
    return (
        _row(case.row),
        _party(case, cited),
        listed,
        f"a part, {best['strength']}" if best["score"] is None else two_decimals(best["score"]),
        [(f"{why} ", Mono(ids))],
        _decision(case.row),
    )


def _row(case: Row) -> str:
    """The row of the party, and of how many others it is the first."""
    more = case["rows"] - 1
    return f"{case['row']}" + (f" and {more} more" if more else "")


def _an_entry_each(matches: Sequence[Row]) -> list[Row]:
    """The best match of each entry of each list."""
    found: dict[str, Row] = {}
    for m in matches:
        found.setdefault(m["entity_id"], m)
    return list(found.values())


def _listed(match: Row, cited: CitedSources) -> list[Line]:
    """Whom the party met: name, list, since when, on what it rests, what the list says of it."""
    met = "" if match["met_name"] == match["listed_name"] else f" of {match['listed_name']}"
    until = f" to {match['valid_to']}" if match["valid_to"] else ""
    since = f"from {match['valid_from'] or 'a day that the list does not give'}{until}"
    section = f", section {match['section']}" if match["section"] else ""
    status = match["status"].replace("_", " ")
    profile = cited.profiles.get(match["entity_id"])
    said = f"{match['list_id']}{section}, {status}, {since}; {_DATED.get(match['certainty'], match['certainty'])}"
    said += f"; {cited.numbered(match)}. "
    return [
        (Strong(match["met_name"]), f", {match['name_kind'].replace('_', ' ')}{met}"),
        (said, *([f"{profile.line()}. "] if profile else []), Mono(match["entity_id"])),
    ]


def _party(of: Case, cited: CitedSources) -> Cell:
    """The party as the file has it: name, its own number, what stands beside it, and what the user wants to see."""
    case = of.row
    if "party" in case["redacted"]:
        return [Strong(_REDACTED)]
    column = cited.columns.get(case["case_id"], "")
    beside = (case["party_key"], column, *(case[c] for c in ("country", "address", "identifier", "birth_year")))
    chosen = of.matches[0]["beside"] or ()
    return [Strong(case["party"] or "no name"), "; ".join(str(b) for b in (*beside, *chosen) if b)]


def _decision(case: Row) -> Cell:
    """What was decided, by whom, on which day, why; and what has changed since."""
    said: list[Line] = [Strong(_STATES.get(case["state"], str(case["state"])))]
    if case["decided_by"]:
        said.append(f"{case['decided_by']}, {str(case['decided_at'])[:_DAY]}")
    return [*said, *([case["decision_why"]] if case["decision_why"] else []), *(case["changed"] or ())]


def _flags(run: Run, flags: list[Case], cited: CitedSources) -> list[Block]:
    under = run.options.under
    if not flags:
        places = " or ".join(region(u.region).name for u in under)
        said = f"No address, credit code or name places a party in {places}."
        return [Heading("Flags for the region"), Paragraph(said)]
    basis = [Paragraph(s) for u in under if u.region in run.parts.regions for s in u.sentences]
    rows, ids = tuple(_flag(c, cited) for c in flags), tuple(c.row["case_id"] for c in flags)
    return [Heading(f"Flags for the region ({len(flags):,})"), *basis, Grid(_FLAGS, rows, ids)]


def _flag(case: Case, cited: CitedSources) -> tuple[Cell, ...]:
    """A party that is placed in a region, with each ground; what the measure says of it stands once, above."""
    grounds = " ".join(dict.fromkeys(m["reasons"][0] for m in case.matches))
    grounds = _REDACTED if "matches" in case.row["redacted"] else grounds
    sources = ", ".join(dict.fromkeys(cited.numbered(m) for m in case.matches))
    return (
        _row(case.row),
        _party(case, cited),
        [(f"{grounds} {sources.capitalize()}. ", Mono(" ".join(case.row["match_ids"])))],
        case.matches[0]["strength"] or "",
        _decision(case.row),
    )


def _lists(run: Run) -> list[Block]:
    columns = (
        Column("List", 2),
        Column(f"Coverage as of {run.as_of.isoformat()}", 3),
        Column("Last change held", 0.9),
        Column("Names searched", 0.8, is_number=True),
        Column("sha256 of the names searched with their listings; of a loaded list, of the publisher's file", 2.4),
    )
    rows = tuple(
        (
            [c["title"], Mono(c["list_id"]), *([f"version of {c['version']}"] if c["version"] else [])],
            c["sentence"],
            c["list_as_of"] or "not known",
            f"{c['names_held']:,}",
            Mono(c["sha256"]),
        )
        for c in run.coverage.to_pylist()
    )
    return [Heading("Lists"), Grid(columns, rows)]


def _run(run: Run, filing: Filing) -> list[Block]:
    parties = run.parties
    read: list[Line] = [
        "; ".join([c.name, *(f"{role}: {names}" for role, names in uses(c, parties.headings))]) for c in parties.columns
    ]
    name, digest = filing.results
    results: Line = (name, ", sha256 ", Mono(digest)) if digest else name
    notes: list[Line] = [*probable_said(run), *run.notes]
    facts: list[tuple[str, Cell]] = [
        ("Program", f"Entrepot {__version__}"),
        ("Input", ", ".join(filter(None, (parties.origin, parties.encoding)))),
        *([("Results", results)] if name else []),
        ("Rows, parties", parties.rows_said),
        ("Columns used", read),
        *([("Columns not read", ", ".join(parties.unread))] if parties.unread else []),
        *([("Notes", notes)] if notes else []),
        ("To redo it", Mono(redo(run))),
    ]
    said = (
        f"To redo this screening, run Entrepot {__version__} on the same input. A loaded list stands in the command "
        "with the first digits of its file's hash, so that no later version takes its place. The hashes of the input "
        "and of the lists say whether it is the same. Rows are numbered as in the file: headings and blank rows count."
    )
    return [Heading("Run"), Facts(tuple(facts)), Paragraph(said)]


def _cleared(run: Run) -> list[Block]:
    """Every party with neither match nor flag, by its row; of a bulk run only their number."""
    count = run.screened - run.parts.counts["met"]
    head = Heading(f"Annex: neither match nor flag ({count:,})")
    said = f"At {run.options.min_score} or above, in the lists as held."
    if run.screened > _MOST_CLEAR:
        more = f"{count:,} parties. They are the parties of the input that the results do not name."
        return [head, Paragraph(f"{said} {more}")]
    several = len(run.parties.columns) > 1
    beside = [(p, ", ".join(filter(None, (p.column if several else "", p.key)))) for p in _clear(run)]
    rows = tuple((str(p.row), (p.name or "no name") + (f" ({said})" if said else "")) for p, said in beside)
    return [head, Paragraph(said), Items(rows, 3)] if rows else [head, Paragraph("Every party has a match or a flag.")]


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
        return "not known"
