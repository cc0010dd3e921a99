"""What cannot be in ownership data: told with row and remedy, or, in a publisher's file, read as an interval.

Loops are no flaw: two companies may hold parts of each other, which is told with its rows. What cannot be is a party
that owns itself, and parties that own one another whole, so that nobody outside owns any of them.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from entrepot.core.periods import first_day, last_day
from entrepot.core.words.translate import marked, tr
from entrepot.ownership.stake import PERCENT, WHOLE, Stake, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from entrepot.core.errors import UnreadableFileError
    from entrepot.ownership.formats.links_draft import Link, LinkDraft

COUNTED = ("shares", "votes")
_LATE, _EARLY = date.max, date.min
# A share printed with two decimals is off by half of its last digit: 33.34 three times is 100.02.
_ROUNDED = PERCENT // 200
_TOGETHER = marked("rows that cannot be together are left out, all of them")
_TWO = marked("two shares for one link and day: read as what both allow, else as from one to the other")


def settle(draft: LinkDraft, today: date) -> None:
    """Refuse what cannot be in a table of one's own; read it as an interval in a publisher's file, and count it.

    A row that cannot be by itself is refused alone. Rows that cannot be together are all refused, each naming the
    others, for which of them is wrong the file does not say; the rest is taken.

    Args:
        draft: what was read; its links are replaced where they are widened, and those of refused rows go.
        today: no date may be later.
    """
    _refuse_dates(draft, today)
    _themselves(draft)
    draft.without_refused()
    for flaw in (_twice, _beyond_the_whole, _closed_loops):
        flaw(draft)
        draft.without_refused()
    _tell_loops(draft)


def _refuse_dates(draft: LinkDraft, today: date) -> None:
    kept = []
    for link in draft.links:
        late = next((d for d in (link.valid_from, link.valid_to) if d and first_day(d) > today), "")
        if late and draft.is_own:
            remedy = tr(
                "Ownership of a coming day is not known yet: correct the date, or leave the row out until then."
            )
            problem, allowed = tr("the date {late} has not come", late=late), tr("up to {today}", today=today)
            draft.set_aside(link.row, draft.refuse(link.row, problem, allowed=allowed, remedy=remedy))
            continue
        if link.valid_from and link.valid_to and first_day(link.valid_to) < first_day(link.valid_from):
            if draft.is_own:
                remedy = tr("Give the day on which it ended after the one on which it began.")
                problem = tr(
                    "it ends {valid_to}, before {valid_from}", valid_to=link.valid_to, valid_from=link.valid_from
                )
                draft.set_aside(link.row, draft.refuse(link.row, problem, remedy=remedy))
                continue
            draft.count("links that end before they begin are left out", link.row)
            continue
        if late and late == link.valid_from:
            draft.count("links that begin on a day that has not come are left out", link.row)
            continue
        if late:
            draft.count("last days that have not come are not read: the links hold on", link.row)
        kept.append(link._replace(valid_to="") if late else link)
    draft.links = kept


def _themselves(draft: LinkDraft) -> None:
    own = [x for x in draft.links if x.owner == x.owned]
    remedy = tr("Shares that a party holds in itself are nobody's: leave the row out.")
    for link in own if draft.is_own else ():
        problem = tr("{name} owns itself", name=draft.parties[link.owner].name)
        draft.set_aside(link.row, draft.refuse(link.row, problem, remedy=remedy))
    if own and not draft.is_own:
        draft.count("links of a party to itself are left out", own[0].row, len(own))
    draft.links = [x for x in draft.links if x.owner != x.owned]


def _certain(link: Link) -> tuple[date, date]:
    """First day, and first on which it no longer holds, of the days on which it holds without a doubt."""
    begins = last_day(link.valid_from) if link.valid_from else _EARLY
    return begins, (first_day(link.valid_to) if link.valid_to else _LATE)


def _twice(draft: LinkDraft) -> None:
    """Two shares for one link and day."""
    found: dict[tuple[str, str, str], list[Link]] = defaultdict(list)
    for link in draft.links:
        found[link.owner, link.owned, link.interest].append(link)
    for links in found.values():
        last: Link | None = None  # of those that have begun, the one that ends last
        for link in sorted(links, key=lambda x: (_certain(x)[0], x.row)) if len(links) > 1 else ():
            if last is not None and _certain(link)[0] < _certain(last)[1] and not _is_said_again(last, link):
                if draft.is_own:
                    _refuse_two(draft, last, link)
                else:
                    draft.count(_TWO, link.row)
            last = link if last is None or _certain(link)[1] > _certain(last)[1] else last


def _is_said_again(a: Link, b: Link) -> bool:
    """Whether two ties of no share say the same: GLEIF's direct parent is the ultimate one as often as not."""
    return a.interest not in COUNTED and a.stake == b.stake


def _refuse_two(draft: LinkDraft, a: Link, b: Link) -> None:
    """Refuse both, each naming the other."""
    owner, owned = draft.parties[a.owner].name, draft.parties[a.owned].name
    remedy = tr("Add them where they are two blocks of shares; else keep one, or give each its days (from, to).")
    for here, there in ((a, b), (b, a)):
        problem = tr(
            "two shares for one link and day, {owner} in {owned}: {said!r} in {row_word} {row}, {said_2!r} here",
            owner=owner,
            owned=owned,
            said=there.said,
            row_word=draft.row_word,
            row=there.row,
            said_2=here.said,
        )
        _refuse_together(draft, here.row, draft.refuse(here.row, problem, remedy=remedy))


def _refuse_together(draft: LinkDraft, row: int, wrong: UnreadableFileError) -> None:
    """Refuse a row that cannot be together with others; counted once, whatever else it contradicts."""
    if row not in draft.refused:
        draft.count(_TOGETHER, row)
        draft.set_aside(row, wrong)


def _beyond_the_whole(draft: LinkDraft) -> None:
    """Owners of more than the whole on one day."""
    by_owned: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, link in enumerate(draft.links):
        if link.interest in COUNTED and link.stake.low:
            by_owned[link.owned, link.interest].append(at)
    for (owned, interest), places in by_owned.items():
        links = [draft.links[at] for at in places]
        if sum(x.stake.low for x in links) <= WHOLE + _ROUNDED * len(links):
            continue
        over = _over(links)
        if over is None:
            continue
        while over is not None and draft.is_own:
            _refuse_over(draft, draft.parties[owned].name, interest, over)
            links = [x for x in links if x.row not in draft.refused]
            over = _over(links)
        if draft.is_own or over is None:
            continue
        draft.count(
            f"{interest} that come to more than 100 % are read as from 0, for they may be held together", over[-1].row
        )
        for at in places:
            link = draft.links[at]
            draft.links[at] = link._replace(stake=Stake(0, link.stake.high))


def _refuse_over(draft: LinkDraft, name: str, interest: str, over: Sequence[Link]) -> None:
    """Refuse all rows that come to more than the whole together."""
    problem = tr(
        "{interest} of {name} come to {total} % on one day ({row_word}s {rows})",
        interest=interest,
        name=name,
        total=plain(sum(x.stake.low for x in over)),
        row_word=draft.row_word,
        rows=_many(str(x.row) for x in over),
    )
    remedy = tr("Correct a share, or give each its days.")
    for link in over:
        _refuse_together(draft, link.row, draft.refuse(link.row, problem, allowed="100 %", remedy=remedy))


def _over(links: Sequence[Link]) -> list[Link] | None:
    """Those that hold on a day on which they come to more than the whole; None where there is none."""
    events = sorted((day, not is_end, at) for at, x in enumerate(links) for is_end, day in _ends(x))
    total, held = 0, set()
    for _, is_begin, at in events:  # on one day what ends goes before what begins
        if not is_begin:
            held.discard(at)
            total -= links[at].stake.low
        else:
            held.add(at)
            total += links[at].stake.low
            if total > WHOLE + _ROUNDED * len(held):
                return [links[i] for i in sorted(held)]
    return None


def _ends(link: Link) -> tuple[tuple[bool, date], ...]:
    begins, ends = _certain(link)
    return ((False, begins), (True, ends)) if begins < ends else ()


def _closed_loops(draft: LinkDraft) -> None:
    """Parties of which each is owned whole by the others."""
    total: dict[str, int] = defaultdict(int)
    owners: dict[str, set[str]] = defaultdict(set)
    for link in draft.links:
        if link.interest == "shares" and link.stake.low and not link.valid_to:
            total[link.owned] += link.stake.low
            owners[link.owned].add(link.owner)
    closed = {p for p, amount in total.items() if amount >= WHOLE}
    while outside := {p for p in closed if not owners[p] <= closed}:  # each round only takes away
        closed -= outside
    if not closed:
        return
    links = [x for x in draft.links if x.owned in closed and x.owner in closed]
    if draft.is_own:
        names = _many([draft.parties[p].name for p in sorted(closed)])
        rows = _many(str(x.row) for x in links)
        problem = tr(
            "nobody outside owns {names}: they own one another whole ({row_word}s {rows})",
            names=names,
            row_word=draft.row_word,
            rows=rows,
        )
        remedy = tr("Correct a share: somebody outside a loop owns some of it.")
        for link in links:
            _refuse_together(draft, link.row, draft.refuse(link.row, problem, remedy=remedy))
        return
    draft.count(
        "parties that own one another whole, so that nobody outside owns any of them", links[0].row, len(closed)
    )


def _tell_loops(draft: LinkDraft) -> None:
    """Count the parties that stand in loops of ownership, and tell one of the loops with its rows."""
    held: dict[str, dict[str, int]] = defaultdict(dict)
    for link in draft.links:
        if link.interest in {"shares", "linked"}:
            held[link.owner].setdefault(link.owned, link.row)
    forward = {o: set(n) for o, n in held.items()}
    looped = _trimmed(forward)
    if not looped:
        return
    path, at = [], min(looped)
    while at not in path:
        path.append(at)
        at = min(n for n in held[at] if n in looped)
    loop = [*path[path.index(at) :], at]
    rows = _many(str(held[a][b]) for a, b in pairwise(loop))
    names = " -> ".join(draft.parties[p].name[:60] for p in loop[:6])
    draft.counts[f"parties in or between loops of ownership, which are followed once, such as {names} "
                 f"({draft.row_word}s {rows})"] += len(looped)  # fmt: skip


def _trimmed(forward: dict[str, set[str]]) -> set[str]:
    """Parties left when those are taken away, again and again, that own nobody or are owned by nobody."""
    into: dict[str, set[str]] = defaultdict(set)
    for owner, owned in forward.items():
        for one in owned:
            into[one].add(owner)
    left = {*forward, *into}
    worklist = [p for p in left if not forward.get(p) or not into.get(p)]
    while worklist:
        party = worklist.pop()
        if party not in left:
            continue
        left.discard(party)
        for other in forward.pop(party, ()):
            into[other].discard(party)
            if not into[other]:
                worklist.append(other)
        for other in into.pop(party, ()):
            if other in forward:
                forward[other].discard(party)
                if not forward[other]:
                    worklist.append(other)
    return left


def _many(words: Iterable[str], most: int = 8) -> str:
    """The first of them, and how many more there are."""
    held = list(words)
    more = tr(" and {count} more", count=len(held) - most) if len(held) > most else ""
    return ", ".join(held[:most]) + more
