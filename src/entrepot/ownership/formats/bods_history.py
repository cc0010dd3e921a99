"""The history of one relationship record of BODS as links: what each statement says holds until the next changes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from entrepot.core.words.translate import tr
from entrepot.ownership.formats.links_draft import Link
from entrepot.ownership.stake import UNKNOWN, Stake

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from entrepot.ownership.formats.links_draft import LinkDraft

_NOTHING = Stake(0, 0)


class Told(NamedTuple):
    """What a statement says of one interest; `start` and `end` as it gives them, empty where it does not."""

    stake: Stake
    words: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Said:
    """A statement: where it stands, its day, what it says of each interest, and whether it closes the record."""

    row: int
    day: str
    held: Mapping[str, Told]
    is_closed: bool


@dataclass(slots=True)
class _Run:
    """An interest that holds unchanged over some statements; `confirmed` is the day of the last of them."""

    row: int
    told: Told
    start: str
    confirmed: str


def history(draft: LinkDraft, owner: str, owned: str, statements: Sequence[Said]) -> list[Link]:
    """The links of a relationship.

    Args:
        draft: counts what changed without a day.
        owner: id of who holds.
        owned: id of what is held.
        statements: of the record, in the order of the file.
    """
    told = sorted(statements, key=lambda s: s.day)
    out: list[Link] = []
    for interest in dict.fromkeys(k for s in told for k in s.held):
        pieces: list[tuple[int, Told, str, str]] = []
        run: _Run | None = None
        for said in told:
            run = _next(draft, pieces, run, said, interest)
        if run is not None:
            pieces.append((run.row, run.told, run.start, run.told.end))
        links = (Link(r, owner, owned, interest, t.stake, t.words, a, b) for r, t, a, b in pieces)
        out += [x for x in links if not x.valid_to or x.valid_from < x.valid_to]
    return out


def _next(
    draft: LinkDraft, pieces: list[tuple[int, Told, str, str]], run: _Run | None, said: Said, interest: str
) -> _Run | None:
    """Go on to the next statement; pieces that it ends are put down."""
    now = said.held.get(interest)
    if run is None:
        if now is None:
            return None
        if said.is_closed:
            pieces.append((said.row, now, now.start, now.end or said.day))
            return None
        return _Run(said.row, now, now.start, said.day)
    goes_on = now is not None and not said.is_closed
    if goes_on and now is not None and now.stake == run.told.stake:
        run.told, run.confirmed = run.told._replace(end=now.end), said.day
        return run
    changed = _changed(run, now, goes_on=goes_on)
    if changed:
        pieces.append((run.row, run.told, run.start, changed))
        return _Run(said.row, now, changed, said.day) if goes_on and now is not None else None
    draft.counts["shares that changed between two statements without a day are intervals between them"] += 1
    after = now.stake if goes_on and now is not None else _NOTHING
    between = Stake(min(run.told.stake.low, after.low), max(run.told.stake.high, after.high))
    pieces.append((run.row, run.told, run.start, run.confirmed))
    pieces.append((said.row, Told(between, tr("between two statements"), "", ""), run.confirmed, said.day))
    return _Run(said.row, now, said.day, said.day) if goes_on and now is not None else None


def _changed(run: _Run, now: Told | None, *, goes_on: bool) -> str:
    """The day of a change, where a statement gives it: the new start, or the end; empty where none does."""
    if now is None:
        return ""
    if not goes_on:
        return now.end
    return now.start if now.start > run.start else ""


def joined(draft: LinkDraft, first: Told | None, second: Told) -> Told:
    """Two interests of one kind in one statement: they may be parts of one stake, or one stake told twice."""
    if first is None:
        return second
    draft.counts["statements give two interests of one kind: read as from the larger to their sum"] += 1
    low, high = max(first.stake.low, second.stake.low), min(first.stake.high + second.stake.high, UNKNOWN.high)
    return second._replace(stake=Stake(low, max(low, high)))
