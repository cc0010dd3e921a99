"""The cases of a record: a few lines each in front, to be read through; all that each rests on in an annex.

See docs/design/42-print.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core.document.blocks import Block, Cell, Column, Grid, Heading, Line, Mono, Paragraph, Strong
from entrepot.core.words.translate import WordsBy, marked, tr
from entrepot.screening.reports.owned_in_record import owned_lines, scored
from entrepot.vocabulary.regions.region_files import region

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.lists.profiles.profile import Profile
    from entrepot.screening.reports.cited_sources import CitedSources
    from entrepot.screening.runs.run import Run

Row = dict[str, Any]
EVIDENCE = marked("Annex: evidence of the cases")
_DONE = ("true", "false")
_STATES = WordsBy(
    {
        "open": "open",
        "unsure": marked("unsure: still open"),
        "second": marked("decided once: a second person is needed"),
        "disputed": marked("disputed: two people decided differently"),
        "returned": marked("returned: it was false, and something changed since"),
        "true": marked("true: the party is the one listed"),
        "false": marked("false: another party"),
    }
)
_ONCE = marked("decided once, and something changed since: two people are needed")
_TWO = marked("Two people must decide (four eyes):")
_CASES = (
    Column("Row", 0.45, is_number=True),
    Column("Party", 2.5),
    Column("Listed party", 3.2),
    Column("Score", 0.6, is_number=True),
    Column("Why", 2.5),
    Column("Decision, by, day", 1.7),
)
_EVIDENCE = (
    Column("Row", 0.45, is_number=True),
    Column("Case and party", 2.2),
    Column("Listed party", 3.6),
    Column("Why", 3.8),
)
_FLAGS = (
    Column("Row", 0.45, is_number=True),
    Column("Party", 2.5),
    Column("Why", 3.6),
    Column("Strength", 1),
    Column("Decision, by, day", 1.7),
)
_DATED = WordsBy(
    {
        "dated": marked("the name is dated"),
        "since_at_least": marked("the name is held undated: since at least the listing"),
    }
)
_DAY = len("2026-11-27")
_REDACTED = marked("Taken out of the ledger of decisions.")


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


def cases_in_short(run: Run, cases: Sequence[Case], cited: CitedSources) -> list[Block]:
    """Open cases first, then those that are decided, a few lines each.

    Args:
        run: the screening.
        cases: those with listed parties.
        cited: what they rest on.
    """
    if not cases:
        said = tr("No party met a listed name at {min_score} or above.", min_score=run.options.min_score)
        return [Heading(tr("Cases")), Paragraph(said)]
    waiting, done = [c for c in cases if c.is_open], [c for c in cases if not c.is_open]
    blocks: list[Block] = []
    for title, some in (
        (tr("Open cases ({count:,})", count=len(waiting)), waiting),
        (tr("Decided cases ({count:,})", count=len(done)), done),
    ):
        if some:
            rows = tuple(_in_short(c, cited) for c in some)
            blocks += [Heading(title), Grid(_CASES, rows, tuple(c.row["case_id"] for c in some))]
    return blocks


def evidence_of_cases(cases: Sequence[Case], cited: CitedSources) -> list[Block]:
    """All that each case rests on: each entry with list, section, days, source and profile, and every reason.

    Args:
        cases: those with listed parties, as in front.
        cited: what they rest on.
    """
    if not cases:
        return []
    said = tr("In the order of the cases in front. What stands there in a few words stands here whole.")
    rows = tuple(_evidence(c, cited) for c in cases)
    return [Heading(f"{tr(EVIDENCE)} ({len(cases):,})"), Paragraph(said), Grid(_EVIDENCE, rows)]


def flags_of_regions(run: Run, flags: Sequence[Case], cited: CitedSources) -> list[Block]:
    """Parties that are placed in a region under a measure, with what the measures say, once.

    Args:
        run: the screening.
        flags: the cases.
        cited: what they rest on.
    """
    under = run.options.under
    if not flags:
        places = " or ".join(region(u.region).name for u in under)
        said = tr("No address, credit code or name places a party in {places}.", places=places)
        return [Heading(tr("Flags for the region")), Paragraph(said)]
    basis = [Paragraph(s) for u in under if u.region in run.parts.regions for s in u.sentences]
    rows, ids = tuple(_flag(c, cited) for c in flags), tuple(c.row["case_id"] for c in flags)
    return [Heading(tr("Flags for the region ({count:,})", count=len(flags))), *basis, Grid(_FLAGS, rows, ids)]


def _in_short(case: Case, cited: CitedSources) -> tuple[Cell, ...]:
    row, best = case.row, case.matches[0]
    beside = (row["party_key"], cited.columns.get(row["case_id"], ""), row["country"], row["birth_year"])
    party: Cell = [Strong(row["party"] or tr("no name")), "; ".join(str(b) for b in beside if b)]
    lists = ", ".join(filter(None, (", ".join(row["lists"]), _who(cited.profiles.get(best["entity_id"])))))
    return (
        _row(row),
        [Strong(tr(_REDACTED))] if "party" in row["redacted"] else party,
        [Strong(best["listed_name"]), lists],
        scored(best),
        tr(_REDACTED) if "matches" in row["redacted"] else best["reasons"][0],
        _decision(row),
    )


def _who(profile: Profile | None) -> str:
    """The listed party in a few words: kind, day of birth, nationality, else country."""
    if profile is None:
        return ""
    said = ([*profile.said(what)[:1]] for what in ("kind", "birth_date", "nationality"))
    found = [value for values in said for value in values]
    return ", ".join(found if profile.said("nationality") else [*found, *profile.said("country")[:1]])


def _evidence(case: Case, cited: CitedSources) -> tuple[Cell, ...]:
    row = case.row
    listed = [line for m in _an_entry_each(case.matches) for line in _listed(m, cited)]
    listed += row["joined"][:1]  # why the entries stand in one case: each says the same of the other
    why = tr(_REDACTED) if "matches" in row["redacted"] else " ".join(case.matches[0]["reasons"])
    party: Cell = _party(case, cited)
    return (
        _row(row),
        [Mono(row["case_id"]), *(party if isinstance(party, list) else [party])],
        listed,
        [(f"{why} ", Mono(" ".join(row["match_ids"])))],
    )


def _row(case: Row) -> str:
    """The row of the party, and of how many others it is the first."""
    more = case["rows"] - 1
    return f"{case['row']}" + (tr(" and {more} more", more=more) if more else "")


def _an_entry_each(matches: Sequence[Row]) -> list[Row]:
    """The best match of each entry of each list."""
    found: dict[str, Row] = {}
    for m in matches:
        found.setdefault(m["entity_id"], m)
    return list(found.values())


def _listed(match: Row, cited: CitedSources) -> list[Line]:
    """Whom the party met: name, list, since when, on what it rests, what the list says of it."""
    met = "" if match["met_name"] == match["listed_name"] else tr(" of {listed_name}", listed_name=match["listed_name"])
    until = tr(" to {valid_to}", valid_to=match["valid_to"]) if match["valid_to"] else ""
    since = tr(
        "from {valid_from}{until}",
        valid_from=match["valid_from"] or tr("a day that the list does not give"),
        until=until,
    )
    if match["kind"] == "owned":
        return owned_lines(match, met, cited.numbered(match))
    section = tr(", section {section}", section=match["section"]) if match["section"] else ""
    status = match["status"].replace("_", " ")
    profile = cited.profiles.get(match["entity_id"])
    said = f"{match['list_id']}{section}, {status}, {since}; {_DATED.get(match['certainty'], match['certainty'])}"
    said += f"; {cited.numbered(match)}. "
    return [
        (Strong(match["met_name"]), f", {match['name_kind'].replace('_', ' ')}{met}"),
        (said, *([f"{profile.line()}. "] if profile else []), Mono(match["entity_id"])),
    ]


def _party(of: Case, cited: CitedSources) -> list[Line]:
    """The party as the file has it: name, its own number, what stands beside it, and what the user wants to see."""
    case = of.row
    if "party" in case["redacted"]:
        return [Strong(tr(_REDACTED))]
    column = cited.columns.get(case["case_id"], "")
    beside = (case["party_key"], column, *(case[c] for c in ("country", "address", "identifier", "birth_year")))
    chosen = of.matches[0]["beside"] or ()
    return [Strong(case["party"] or tr("no name")), "; ".join(str(b) for b in (*beside, *chosen) if b)]


def _decision(case: Row) -> Cell:
    """What was decided, by whom, on which day, why; and what has changed since."""
    counted = case["decisions_counted"]
    is_once = case["state"] == "returned" and len(counted) == 1
    said: list[Line] = [Strong(tr(_ONCE) if is_once else _STATES.get(case["state"], str(case["state"])))]
    if case["against"]:  # the later of them stands there too
        return [*said, *case["against"]]
    if counted:
        return [*said, tr(_TWO), *counted, *(case["changed"] or ())]
    if case["decided_by"]:
        said.append(f"{case['decided_by']}, {str(case['decided_at'])[:_DAY]}")
    return [*said, *([case["decision_why"]] if case["decision_why"] else []), *(case["changed"] or ())]


def _flag(case: Case, cited: CitedSources) -> tuple[Cell, ...]:
    """A party that is placed in a region, with each ground; what the measure says of it stands once, above."""
    grounds = " ".join(dict.fromkeys(m["reasons"][0] for m in case.matches))
    grounds = tr(_REDACTED) if "matches" in case.row["redacted"] else grounds
    sources = ", ".join(dict.fromkeys(cited.numbered(m) for m in case.matches))
    return (
        _row(case.row),
        _party(case, cited),
        [(f"{grounds} {sources.capitalize()}. ", Mono(" ".join(case.row["match_ids"])))],
        case.matches[0]["strength"] or "",
        _decision(case.row),
    )
