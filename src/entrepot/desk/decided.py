"""Cases of matches with what the ledger of the store says of them: which are open, and which are quiet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core.document.hinted import Hinted
from entrepot.core.errors import BadInputError, EntrepotError, StoreElsewhereError, StoreError
from entrepot.core.words.translate import tr
from entrepot.decisions.case_grounds import Since, grounds
from entrepot.decisions.decision_settings import decision_settings
from entrepot.decisions.ledger.kept_ledger import database_of, ledger
from entrepot.decisions.ledger.ledger_key import KEY_FILE
from entrepot.decisions.standing import Docket, Standing, decision_said, docket
from entrepot.desk.other_formats import across_formats
from entrepot.desk.owners_since import owners_since
from entrepot.screening.cases.gathered import cases, matches_by_case, worst_first
from entrepot.screening.contract import QUIET

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from entrepot.decisions.case_grounds import Grounds
    from entrepot.decisions.ledger.kept_ledger import Ledger

    Row = dict[str, Any]

_ENTRIES = ("entry", "entries")


@dataclass(frozen=True, slots=True)
class Decided:
    """Cases with what was decided on them.

    Attributes:
        rows: of CASES, worst first, quiet ones last.
        notes: how many are quiet, and the head of the ledger.
        matches: how many matches the cases that are not quiet have.
        ledger: as it was read; None where it cannot be used.
        grounds: case -> what it rests on.
        standings: case -> where it stands.
        renamed: what is said of parties that are called otherwise than when a case of theirs was decided.
    """

    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    matches: int
    ledger: Ledger | None
    grounds: Mapping[str, Grounds]
    standings: Mapping[str, Standing]
    renamed: tuple[str, ...] = ()

    def shown(self, *, with_quiet: bool) -> list[Row]:
        """The cases that a person is shown.

        Args:
            with_quiet: whether those are among them that were decided false.
        """
        return [r for r in self.rows if with_quiet or r["state"] not in QUIET]


def decided(matches: Iterable[Mapping[str, Any]], place: Path, *, four_eyes: bool = False) -> Decided:
    """The cases of matches with what the ledger says.

    Args:
        matches: rows of MATCHES.
        place: the store.
        four_eyes: whether false must be decided by two people, also where the settings do not say so.

    Raises:
        StoreError: the ledger is broken or gone.
        UnreadableFileError: the settings cannot be read.
    """
    book = ledger(place)
    asks_for_two = four_eyes or decision_settings(place).four_eyes
    known = docket(book, four_eyes=asks_for_two, since=Since(across_formats(place), owners_since(place)))
    return _decided(list(matches), known, book)


def is_begun(place: Path) -> bool:
    """Whether a store has a ledger, or may have one that cannot be looked at: then reading it says why.

    Args:
        place: the store.
    """
    try:
        return bool(decision_settings(place).ledger) or (place / KEY_FILE).exists() or database_of(place).is_there()
    except (StoreError, BadInputError):
        return True


def decided_or_open(matches: Iterable[Mapping[str, Any]], place: Path) -> Decided:
    """As `decided`; where the ledger cannot be used every case is open, and a note says why: a screening goes on.

    Args:
        matches: rows of MATCHES.
        place: the store.
    """
    rows = list(matches)
    try:
        return decided(rows, place)
    except EntrepotError as exc:  # also a URL that is none, or the extra that is missing
        said = tr("Warning: no decision is used, and no case is quiet: {exc}", exc=exc)
        if isinstance(exc, StoreElsewhereError):  # where that lies is no page's affair
            said = Hinted(said, tr("Warning: no decision is used, and no case is quiet: the ledger cannot be used."))
        return Decided(tuple(cases(rows)), (said,), len(rows), None, {}, {})


def _decided(matches: list[Mapping[str, Any]], known: Docket, book: Ledger) -> Decided:
    by_case = matches_by_case(matches)
    based = {case: grounds(of) for case, of in by_case.items()}
    standings = {case: known.standing(case, on) for case, on in based.items()}
    rows = worst_first([r | _said(standings[r["case_id"]]) for r in cases(matches)])
    quiet = {r["case_id"] for r in rows if r["state"] in QUIET}
    loud = sum(len(of) for case, of in by_case.items() if case not in quiet)
    return Decided(tuple(rows), tuple(_notes(len(quiet), book)), loud, book, based, standings)


def _said(standing: Standing) -> Row:
    """What CASES says of a decision."""
    if standing.last is None:
        return {}
    fields = standing.last.fields
    return {
        "state": standing.state,
        "changed": list(standing.changed),
        "decided_by": fields.get("by"),
        "decided_at": standing.last.said["at"],
        "decision_why": fields.get("why"),
        "against": [decision_said(e) for e in standing.against],
        "decisions_counted": [decision_said(e) for e in standing.counted],
        "redacted": sorted(standing.last.said["personal"].keys() - fields.keys()),
    }


def _notes(quiet: int, book: Ledger) -> list[str]:
    said = []
    if quiet:
        many = tr("case is") if quiet == 1 else tr("cases are")
        said.append(tr("{quiet} {many} quiet: decided false, and nothing changed since.", quiet=quiet, many=many))
    return [*said, *head_said(book)]


def head_said(book: Ledger) -> tuple[str, ...]:
    """The head of the ledger as a record prints it, where `ledger_verify` finds it; none where nothing is decided."""
    if (head := book.head) is None:
        return ()
    return (
        tr(
            "Ledger of decisions {id}: {seq} {entries}, head {hash}.",
            id=book.id,
            seq=head.seq,
            entries=_ENTRIES[head.seq != 1],
            hash=head.hash,
        ),
    )
