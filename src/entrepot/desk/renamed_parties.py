"""What a screening says of parties that were decided true or unsure and have another name in the file now."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import printable
from entrepot.core.words.compared import own_number
from entrepot.core.words.translate import ntr, tr
from entrepot.decisions.called_otherwise import called_otherwise, not_cleared
from entrepot.desk.decided import decided_or_open

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from entrepot.desk.decided import Decided
    from entrepot.screening.parties.parties import Parties
    from entrepot.screening.runs.run import Run

_NAMED = 5  # parties that the note names; more are counted
_SHOWN = 60  # characters of a name that it repeats


def decided_of_run(run: Run, place: Path) -> Decided:
    """The cases of all that the parties of a screening meet, with what the ledger says, also of who is renamed.

    Args:
        run: as it ended.
        place: the store.
    """
    matches = [row for data in run.parts.tables() for row in data.to_pylist()]
    known = decided_or_open(matches, place)
    return replace(known, renamed=renamed_said(run.parties, known, matches))


def renamed_said(parties: Parties, decided: Decided, matches: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """A note on parties that keep the number and not the name of one decided true or unsure, and meet it no more.

    The file is gone through once more, where the ledger holds such a decision alone.

    Args:
        parties: of the file.
        decided: its cases, with the ledger.
        matches: rows of MATCHES, of the file as it is now.
    """
    wanted = [] if decided.ledger is None else not_cleared(decided.ledger.entries)
    numbers = {d.number for d in wanted}
    names: dict[str, list[str]] = defaultdict(list)
    rows: dict[str, tuple[int, str]] = {}
    for party in parties.each() if numbers else ():
        number = own_number(party.key) if party.key else ""
        if number in numbers:
            called = [name for name in (party.name, *party.other_names) if name]
            names[number] += called
            if called:
                rows.setdefault(number, (party.row, called[0]))
    found = {d.number: d for d in called_otherwise(wanted, names, matches)}
    if not found:
        return ()
    shown = "; ".join(
        tr(
            "row {row} {number} {now} (then {then}, {case} decided {verdict})",
            row=rows[number][0],
            number=number,
            now=printable(rows[number][1][:_SHOWN]),
            then=printable(d.name[:_SHOWN]),
            case=d.case,
            verdict=d.verdict,
        )
        for number, d in list(found.items())[:_NAMED]
    )
    more = tr("; and {count:,} more", count=len(found) - _NAMED) if len(found) > _NAMED else ""
    return (
        ntr(
            len(found),
            "{count:,} party has the number of one of which a case was decided true or unsure, another name, and no "
            "match with that entry any more: {shown}{more}. Find out whether it is the same party.",
            "{count:,} parties have the number of one of which a case was decided true or unsure, another name, and no "
            "match with that entry any more: {shown}{more}. Find out whether they are the same parties.",
            shown=shown,
            more=more,
        ),
    )
