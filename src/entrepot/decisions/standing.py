"""Where a case stands by the entries of the ledger: open, unsure, decided, disputed, returned."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from entrepot.core.words.translate import in_english, tr
from entrepot.decisions.case_grounds import Since, changed, names_and_places
from entrepot.decisions.ledger.entry import DECIDED, WITHDRAWN, Entry
from entrepot.decisions.person import prints_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.decisions.case_grounds import Grounds
    from entrepot.decisions.ledger.kept_ledger import Ledger

TRUE, FALSE, UNSURE = VERDICTS = ("true", "false", "unsure")
_EYES = 2  # pairs of them
_NOTHING = Since()


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands.

    Attributes:
        state: open, unsure, second, disputed, true, false or returned.
        last: the entry of the decision that counts; None where there is none.
        changed: what changed since, one sentence each.
        seen: the number of the last entry on the case; 0 where there is none.
        against: where it is disputed the decisions that stand against one another, in their order.
        counted: where two people must decide false, the last decision of each who did on the same grounds.
    """

    state: str = "open"
    last: Entry | None = None
    changed: tuple[str, ...] = ()
    seen: int = 0
    against: tuple[Entry, ...] = ()
    counted: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Docket:
    """The decisions of a ledger, by case and by party and entry.

    Attributes:
        key: of the ledger.
        by_case: case -> its entries.
        by_pair: print of party and entry -> entries.
        by_name_and_place: what the party is called, where it is, and the entry -> entries; of decisions whose party
            has not been taken out of the ledger.
        four_eyes: whether false must be decided by two people, also where no entry asks for it.
        since: what tells how an entry changed.
    """

    key: bytes
    by_case: dict[str, list[Entry]] = field(default_factory=dict)
    by_pair: dict[str, list[Entry]] = field(default_factory=dict)
    by_name_and_place: dict[tuple[str, ...], list[Entry]] = field(default_factory=dict)
    four_eyes: bool = False
    since: Since = _NOTHING

    def history(self, case_id: str, now: Grounds) -> list[Entry]:
        """The entries on a case; where it has none, those on the party and entry under another id.

        Args:
            case_id: the case.
            now: what it rests on.
        """
        if case_id in self.by_case:
            return self.by_case[case_id]
        found = (
            self._paired(now.pairs(self.key))
            or self._paired(now.pairs_by_name(self.key))
            # A vendor that was given another number is the same by name and address: what was decided comes back.
            or {e.seq: e for p in now.names_and_places() for e in self.by_name_and_place.get(p, ())}
        )
        cases = {e.said["case"] for e in found.values()}
        whole = {e.seq: e for case in cases for e in self.by_case[case]}
        return [whole[seq] for seq in sorted(whole)]

    def _paired(self, pairs: Sequence[str]) -> dict[int, Entry]:
        return {e.seq: e for pair in pairs for e in self.by_pair.get(pair, ())}

    def standing(self, case_id: str, now: Grounds) -> Standing:
        """Where a case stands now.

        Args:
            case_id: the case.
            now: what it rests on.
        """
        history = self.history(case_id, now)
        decided = standing_of(history)
        seen = history[-1].seq if history else 0
        if not decided:
            return Standing(seen=seen)
        last, verdict = decided[-1], decided[-1].said["verdict"]
        if against := _against(last, decided):
            return Standing("disputed", last, seen=seen, against=(*against, last))
        told = tuple(changed(last, now, self.key, self.since))
        if verdict != FALSE:
            return Standing(verdict, last, told, seen)
        counted: tuple[Entry, ...] = ()
        if self.four_eyes or _asks_for_two(decided):
            counted = _counted(decided, last if told else now, self)
        if told:
            return Standing("returned", last, told, seen, counted=counted)
        is_second = counted and len(counted) < _EYES
        return Standing("second" if is_second else FALSE, last, seen=seen, counted=counted)


@in_english
def docket(ledger: Ledger, *, four_eyes: bool = False, since: Since = _NOTHING) -> Docket:
    """The decisions of a ledger, ready to be looked up.

    Args:
        ledger: as read.
        four_eyes: whether false must be decided by two people.
        since: what tells how an entry changed.
    """
    by_case: dict[str, list[Entry]] = defaultdict(list)
    by_pair: dict[str, list[Entry]] = defaultdict(list)
    by_place: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for entry in ledger.entries:
        if entry.said["kind"] in (DECIDED, WITHDRAWN):
            by_case[entry.said["case"]].append(entry)
            for pair in entry.said.get("pairs", ()):
                by_pair[pair].append(entry)
            for place in names_and_places(entry.fields.get("party", ()), entry.said.get("listings", ())):
                by_place[place].append(entry)
    return Docket(ledger.key, dict(by_case), dict(by_pair), dict(by_place), four_eyes, since)


def standing_of(history: Sequence[Entry]) -> list[Entry]:
    """The decisions that were not withdrawn."""
    out: list[Entry] = []
    for entry in history:
        if entry.said["kind"] == WITHDRAWN:
            out = []
        else:
            out.append(entry)
    return out


def _against(last: Entry, decided: Sequence[Entry]) -> list[Entry]:
    """What others decided otherwise that the last reviewer had not seen when they decided."""
    return differing(decided[:-1], last.said["seen"], last.said["who"], last.said["verdict"])


def _unseen(last: Entry, decided: Sequence[Entry]) -> list[Entry]:
    return [e for e in decided if last.said["seen"] < e.seq < last.seq]


def _asks_for_two(decided: Sequence[Entry]) -> bool:
    """Whether somebody who decided asked for a second person: that holds until what was decided is withdrawn."""
    return any(e.said.get("four_eyes") for e in decided)


def differing(history: Sequence[Entry], seen: int, who: str, verdict: str) -> list[Entry]:
    """Decisions of others that stand, say another verdict, and were not seen: the case is disputed between them.

    Args:
        history: the entries on the case.
        seen: the number of the last one that the reviewer had seen.
        who: print of the reviewer.
        verdict: what they decide.
    """
    return [e for e in standing_of(history) if e.seq > seen and e.said["verdict"] != verdict and e.said["who"] != who]


def overruled(history: Sequence[Entry], who: str, verdict: str, again: str | None = None) -> list[Entry]:
    """Decisions of others that stand, that a verdict contradicts, and of which its reviewer was not told before.

    Somebody who decided after such a decision was told of it then. Who could not decide is contradicted by nobody.

    Args:
        history: the entries on the case.
        who: print of the reviewer.
        verdict: what they decide.
        again: a reason for which the same verdict of theirs shows not that they were told; None: any does.
    """
    decided = standing_of(history)
    if not decided or verdict == UNSURE:
        return []
    last = decided[-1]
    told = (
        e.seq for e in decided if e.said["who"] == who and (e.said["verdict"], e.fields.get("why")) != (verdict, again)
    )
    own = max(told, default=0)
    stand = {e.said["who"]: e for e in (*_unseen(last, decided), last)}  # of each reviewer the later word
    return [e for w, e in stand.items() if w != who and e.seq > own and e.said["verdict"] not in (UNSURE, verdict)]


@in_english
def decision_said(entry: Entry) -> str:
    """A sentence on a decision: who, what, when and why.

    Args:
        entry: of the kind decided.
    """
    said, fields = entry.said, entry.fields
    gone = tr("(taken out of the ledger)")
    who, why = fields.get("by", gone), fields.get("why", gone)
    return tr("{who} decided {verdict} at {at}: “{why}”.", who=who, verdict=said["verdict"], at=said["at"], why=why)


def _counted(decided: Sequence[Entry], on: Grounds | Entry, known: Docket) -> tuple[Entry, ...]:
    """The last decision of each who decided false, one after the other, on the grounds of now or of an entry."""
    out: list[Entry] = []
    met: set[str] = set()
    for entry in reversed(decided):
        if entry.said["verdict"] != FALSE or _on_others(entry, on, known):
            break
        theirs = prints_of(entry, known.key)
        if met.isdisjoint(theirs):
            out.append(entry)
        met |= theirs
    return tuple(reversed(out))


def _on_others(entry: Entry, on: Grounds | Entry, known: Docket) -> bool:
    """Whether a decision rests on something else."""
    if isinstance(on, Entry):
        # Bodies of earlier releases have fewer prints of the same party.
        one, other = (frozenset(e.said["parties"]) for e in (entry, on))
        return entry.said["listings"] != on.said["listings"] or not (one <= other or other <= one)
    return bool(changed(entry, on, known.key, known.since))
