"""The row of a verdict, cell by cell, and the links that it rests on; what many rows say alike is worded once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from entrepot.core.shown import row_id
from entrepot.core.words.translate import tr
from entrepot.ownership.contract import CONTROLLED, NOT_IN_FORCE, STATE_NOT_ON_RECORD, TO_CONFIRM
from entrepot.ownership.method import certificate
from entrepot.ownership.stake import Stake, percent
from entrepot.ownership.verdicts import verdict_words as words
from entrepot.ownership.verdicts.control_chain import way
from entrepot.ownership.verdicts.judged import Found, Judged, found

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from entrepot.ownership import listed_owners
    from entrepot.ownership.method.certificate import Behind, Chain, Raised
    from entrepot.ownership.method.spread import Spread
    from entrepot.ownership.near_owners import Near
    from entrepot.ownership.owned_parties import OnDay, OwnedParties
    from entrepot.ownership.ownership_rules import Rule
    from entrepot.ownership.verdicts.control_chain import Tie

# What of a link a verdict rests on, whatever file says it.
_LINK = ("owner_id", "owned_id", "interest", "low_percent", "high_percent")
# Stakes behind a party that are followed for its listed owners, nearest first: in a world of loops each has thousands.
_MOST_FOLLOWED = 200
_MOST_COUNTED = 50  # stakes that would settle a verdict, or make its worst case, beyond which "at least" is said
_MOST_SHOWN = 20  # stakes that a cell names one by one: more are read by nobody, and all that rest on them are kept
_MOST_CHAINS = 10  # likewise; one a direct owner, the largest stake first
_LONGEST = 8  # links of a chain that are named: the first, at the listed party, and the last seven


@dataclass(frozen=True, slots=True, eq=False)
class Grounds:
    """What all rows rest on, and what was worded for one and serves the next.

    Attributes:
        held: parties and links.
        listed: the listed parties.
        rule: the rule on the day.
        day: the day.
        now: what holds that day.
        of: both sets.
        near: parties with a name near a listed one, that are tied to none.
        wide: both sets if those were listed; `of` where there are none.
        by_control: parties that a listed or blocked one holds over ties of which one is control, and by which.
    """

    held: OwnedParties
    listed: Mapping[int, Sequence[listed_owners.Tie]]
    rule: Rule
    day: date
    now: OnDay
    of: Judged
    near: Mapping[int, Sequence[Near]]
    wide: Judged
    by_control: Mapping[int, Tie]
    _behind: dict[int, Behind] = field(default_factory=dict)
    _said: dict[int, str] = field(default_factory=dict)
    _told: dict[tuple[int, int | None], str] = field(default_factory=dict)
    _raised: dict[int, dict[int, Raised]] = field(default_factory=dict)
    _links: dict[int, list[Any]] = field(default_factory=dict)

    def behind(self, spread: Spread) -> Behind:
        """Who stands behind the parties of a set."""
        key = id(spread)  # the sets live as long as `of`
        if key not in self._behind:
            self._behind[key] = certificate.Behind(self.of.graph, spread)
        return self._behind[key]

    def name(self, party: int) -> str:
        """The name of a party."""
        return self.held.names[party]

    def owned(self, stake: int) -> int:
        """The party that a stake is in."""
        return int(self.of.graph.slot[stake]) // self.of.graph.kinds

    def ends(self, stake: int) -> Stake:
        """A stake as it is on record."""
        return Stake(int(self.of.graph.low[stake]), int(self.of.graph.high[stake]))

    def said(self, stake: int) -> str:
        """A stake as chains and cells name it."""
        if stake not in self._said:
            self._said[stake] = words.held(self.ends(stake))
        return self._said[stake]

    def told(self, at: int, chosen: int | None = None) -> str:
        """A stake that would settle a verdict, or as it is chosen in a worst case: the same in every row."""
        if (at, chosen) not in self._told:
            owner, owned = self.name(int(self.of.graph.owner[at])), self.name(self.owned(at))
            what = self.rule.counts[int(self.of.graph.slot[at]) % self.of.graph.kinds]
            said = self.said(at) if chosen is None else words.chosen(chosen, self.ends(at))
            self._told[at, chosen] = tr("{what} of {owner} in {owned}: {said}", what=what, owner=owner, owned=owned,
                                        said=said)  # fmt: skip
        return self._told[at, chosen]

    def raised(self, spread: Spread) -> dict[int, Raised]:
        """What brings the parties of a set in, as far as it was found."""
        return self._raised.setdefault(id(spread), {})  # the sets live as long as `of`

    def link(self, place: int) -> list[Any]:
        """What of a link enters the id of a verdict."""
        if place not in self._links:
            self._links[place] = [self.held.links[c][place].as_py() for c in _LINK]
        return self._links[place]


def verdict_row(grounds: Grounds, party: int) -> tuple[dict[str, Any], list[int]]:
    """The row of a party under `ownership_verdicts`, and the places of the links that it rests on."""
    return _Row(grounds, party).row()


class _Row:
    """The row of one party, cell by cell."""

    def __init__(self, grounds: Grounds, party: int) -> None:
        self.grounds, self.party = grounds, party
        self.found: Found = found(grounds.of, party)
        self.ties = grounds.listed.get(party, ())
        self.is_listed = any(t.is_sure for t in self.ties)
        # If those with a name near a listed one were listed: the party may be blocked where it is not by what is tied.
        self.if_near: Found = found(grounds.wide, party) if grounds.near else self.found
        is_open = self.found.verdict == "not_blocked" and (
            self.if_near.verdict != "not_blocked" or party in grounds.near
        )
        self.by_shares = TO_CONFIRM if is_open else self.found.verdict
        set_ = self.found.least if self.found.verdict == "blocked" else self.found.most
        self.behind = grounds.behind(self.if_near.most if is_open else set_)
        self.near = self._near()
        self.told = self.behind.chains(party, _MOST_CHAINS, _LONGEST)
        self.stakes: dict[int, None] = {}  # that the row names, in order

    def row(self) -> tuple[dict[str, Any], list[int]]:
        """The row under `ownership_verdicts`, and the places of its links."""
        grounds, found_ = self.grounds, self.found
        by_shares = self.by_shares
        by_owners = {"not_blocked": "none", TO_CONFIRM: "near"}.get(by_shares, "owned")
        controllers = self._controllers()
        controlled_by = [self._control(*c) for c in controllers]
        is_direct = bool(controllers)
        if by_owners == "none" and not is_direct and self.party in grounds.by_control:
            steps = way(grounds.by_control, self.party)
            controllers = [(tie.owner, tie.link) for _, tie in steps]
            controlled_by = [self._way(steps)]
        if by_owners == "none" and controlled_by and grounds.rule.by_control:
            by_owners = CONTROLLED
        basis = "listed" if self.ties else by_owners
        roots = [*self._roots(), *(owner for owner, _ in controllers if basis == CONTROLLED)]
        ties = [*self.ties, *(t for r in roots for t in grounds.listed.get(r, ()))]
        said: dict[str, Any] = {
            "verdict": self._verdict(basis),
            "party": grounds.name(self.party),
            "party_id": grounds.held.ids[self.party],
            "basis": basis,
            "low_percent": percent(found_.stake.low),
            "high_percent": percent(found_.stake.high),
            "unnamed_percent": percent(found_.unnamed),
            "by_shares": by_shares,
            "controlled_by": controlled_by or None,
            "listings": words.listings(ties),
            "programmes": sorted({p for t in ties for p in t.programmes}) or None,
            "rule": grounds.rule.row["rule"],
            "state_id": grounds.rule.row["state_id"],
            "as_of": grounds.day.isoformat(),
        }
        said |= self._chains() | self._open(by_shares)
        if self.near:  # an absence is left out: it entered no id of a verdict before there was the cell
            cases = [n.said(grounds.name(p)) for p in self.near for n in grounds.near[p]]
            said["to_confirm"] = words.cut(cases[:_MOST_SHOWN], "name", len(cases))
        loop = words.loop_said(found_, [grounds.name(p) for p in found_.loop])
        text = words.reason(said, grounds.rule, (found_, self.if_near), len(self.near), loop)
        said["reason"] = words.with_control(text, said, grounds.rule, is_direct=is_direct)
        rests_on = [place for _, place in controllers] if basis == CONTROLLED else []
        places = list(dict.fromkeys([*(int(grounds.now.link[at]) for at in self.stakes), *rests_on]))
        said["ownership_id"] = _id(said, [grounds.link(p) for p in places])
        files = grounds.held.links["file_id"]
        said["files"] = list(dict.fromkeys(files[p].as_py() for p in places)) or None
        return said, places

    def _verdict(self, basis: str) -> str:
        state = self.grounds.rule.row["state"]
        if self.is_listed:
            return "blocked"
        if basis == "listed" and self.found.verdict == "not_blocked":
            return "cannot_be_excluded"
        if basis == "none" or state == "in_force":
            # Control is a criterion of its own there, and whether it is one's in law is not judged.
            return "cannot_be_excluded" if basis == CONTROLLED else self.by_shares
        return STATE_NOT_ON_RECORD if state == "not_on_record" else NOT_IN_FORCE

    def _roots(self) -> dict[int, None]:
        """The listed parties behind it: the nearest, and those at which the chains begin, however far."""
        owner = self.grounds.of.graph.owner
        near = self.behind.roots(self.party, _MOST_FOLLOWED)
        return dict.fromkeys([*near, *(int(owner[chain.stakes[0]]) for chain in self.told)])

    def _near(self) -> dict[int, None]:
        """Parties behind it, or it itself, with a name near a listed one; those that control it otherwise too."""
        grounds = self.grounds
        if not grounds.near:
            return {}
        roots = grounds.behind(self.if_near.most).roots(self.party, _MOST_FOLLOWED)
        control = [owner for owner, _ in grounds.now.control.get(self.party, ())]
        return {p: None for p in dict.fromkeys((self.party, *roots, *control)) if p in grounds.near}

    def _chains(self) -> dict[str, list[str] | None]:
        owners, told = self.behind.owners(self.party), self.told
        self.stakes |= dict.fromkeys(at for at, _ in owners[:_MOST_SHOWN])
        self.stakes |= dict.fromkeys(at for chain in told for at in chain.stakes)
        return {"chains": words.cut([self._chain(c) for c in told], "chain", len(owners))}

    def _open(self, verdict: str) -> dict[str, list[str] | None]:
        """What would settle it, and a worst case; of a verdict that is not settled."""
        if verdict != "cannot_be_excluded" or self.is_listed:
            return {"missing": None, "worst_case": None}
        of, found_ = self.grounds.of, self.found
        wanted = certificate.missing(of.graph, found_.least, found_.most, self.party, _MOST_COUNTED)
        # What a loop adds is made by no choice of shares: the reason names the loop.
        by_loop = found_.loop or found_.above
        worst = (
            []
            if by_loop
            else certificate.worst_case(
                of.graph, found_.most, self.party, of.rule.least, _MOST_COUNTED, self.grounds.raised(found_.most)
            )
        )
        self.stakes |= dict.fromkeys(wanted[:_MOST_SHOWN]) | dict.fromkeys(c.stake for c in worst[:_MOST_SHOWN])
        shown = [self.grounds.told(at) for at in wanted[:_MOST_SHOWN]]
        chosen = [self.grounds.told(c.stake, c.parts) for c in worst[:_MOST_SHOWN]]
        return {"missing": _cut(shown, len(wanted)), "worst_case": _cut(chosen, len(worst))}

    def _chain(self, chain: Chain) -> str:
        grounds = self.grounds
        steps = [grounds.name(int(grounds.of.graph.owner[chain.stakes[0]]))]
        for at in chain.stakes:
            steps.append(f"({grounds.said(at)}) {grounds.name(grounds.owned(at))}")
            if chain.left_out and at == chain.stakes[0]:
                steps.append(tr("… {left_out} links …", left_out=chain.left_out))
        return " -> ".join(steps)

    def _controllers(self) -> list[tuple[int, int]]:
        """Listed or blocked parties that hold the party otherwise than by what the rule counts, each with its link."""
        held = self.grounds.now.control.get(self.party, ())
        return [(owner, place) for owner, place in held if self._is_met(owner)]

    def _is_met(self, owner: int) -> bool:
        return owner in self.grounds.listed or found(self.grounds.of, owner).verdict != "not_blocked"

    def _control(self, owner: int, place: int) -> str:
        return f"{self.grounds.name(owner)}: {self._interest(place)}"

    def _way(self, steps: Sequence[tuple[int, Tie]]) -> str:
        """The ties that lead from a listed or blocked party to this one, as chains are written."""
        name = self.grounds.name
        return " -> ".join(
            [name(steps[0][1].owner), *(f"({self._interest(tie.link)}) {name(to)}" for to, tie in steps)]
        )

    def _interest(self, place: int) -> str:
        link = self.grounds.held.links.slice(place, 1).to_pylist()[0]
        return f"{link['interest']} {link['said']}" if link["said"] else str(link["interest"])


def _cut(told: list[str], count: int) -> list[str] | None:
    return words.cut(told, "stake", count, is_counted=count < _MOST_COUNTED)


def _id(said: dict[str, Any], links: Sequence[Sequence[Any]]) -> str:
    """The id of a verdict: the same on another day, and from another edition of a file, while nothing else changes."""
    row = {k: v for k, v in said.items() if k not in {"as_of", "reason"}}
    return row_id("owned", row, sorted(links))
