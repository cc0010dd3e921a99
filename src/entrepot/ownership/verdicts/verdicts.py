"""The verb of the room: whether parties fall under the listings of their owners, by a rule, on a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core.contract import table
from entrepot.core.shown import row_id
from entrepot.ownership.contract import NOT_IN_FORCE, OWNERSHIP_VERDICTS, STATE_NOT_ON_RECORD, VERDICT_LINKS
from entrepot.ownership.method import certificate
from entrepot.ownership.owned_parties import OnDay, OwnedParties, on_day
from entrepot.ownership.stake import Stake, percent
from entrepot.ownership.verdicts import verdict_words as words
from entrepot.ownership.verdicts.judged import Found, Judged, found, judged, owned, roots

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import pyarrow as pa

    from entrepot.ownership.listed_owners import Tie
    from entrepot.ownership.ownership_rules import Rule

# What a reader must act on comes first.
_ORDER = {"blocked": 0, "cannot_be_excluded": 1, STATE_NOT_ON_RECORD: 2, NOT_IN_FORCE: 3, "not_blocked": 4}
# What of a link a verdict rests on, whatever file says it.
_LINK = ("owner_id", "owned_id", "interest", "low_percent", "high_percent")
# Stakes behind a party that are followed, nearest first: in a world of loops each has thousands behind it.
_MOST_FOLLOWED = 200
_MOST_SHOWN = 20  # stakes or chains that a cell names one by one; the others are counted


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What is asked: parties and links, who of them is listed, the rule and the day."""

    held: OwnedParties
    listed: Mapping[int, Sequence[Tie]]
    rule: Rule
    day: date


@dataclass(frozen=True, slots=True, eq=False)
class Verdicts:
    """What was found.

    Attributes:
        rows: under `ownership_verdicts`.
        links: under `verdict_links`: what each rests on.
        disagree: stakes of which two files say what cannot both be.
    """

    rows: pa.Table
    links: pa.Table
    disagree: int


def verdicts(asked: Asked, parties: Sequence[int] | None = None) -> Verdicts:
    """Judge parties by the owners on record.

    Args:
        asked: what is asked.
        parties: places of parties; None for every party of which listed owners hold, or can hold, some part.
    """
    now = on_day(asked.held, asked.day, asked.rule.counts)
    sure = [p for p, ties in asked.listed.items() if any(t.is_sure for t in ties)]
    of = judged(now.graph, asked.rule, sorted(sure), sorted(asked.listed))
    told = [_Row(asked, now, of, p) for p in (owned(of) if parties is None else parties)]
    rows = sorted((t.row() for t in told), key=lambda r: (_ORDER[r[0]["verdict"]], r[0]["party"], r[0]["party_id"]))
    links = [link for _, found_links in rows for link in found_links]
    made = table(OWNERSHIP_VERDICTS, [row for row, _ in rows])
    return Verdicts(made, table(VERDICT_LINKS, links), now.graph.disagree)


class _Row:
    """The row of one party, cell by cell."""

    def __init__(self, asked: Asked, now: OnDay, of: Judged, party: int) -> None:
        self.asked, self.now, self.of, self.party = asked, now, of, party
        self.found: Found = found(of, party)
        self.ties = asked.listed.get(party, ())
        self.is_listed = any(t.is_sure for t in self.ties)
        self.set = self.found.most if self.found.verdict != "blocked" else self.found.least
        self.roots, self.stakes = roots(of.graph, self.set, party, _MOST_FOLLOWED)

    def row(self) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """The row under `ownership_verdicts`, and those under `verdict_links`."""
        asked, found_ = self.asked, self.found
        by_shares = found_.verdict
        basis = "listed" if self.ties else "owned" if by_shares != "not_blocked" else "none"
        said: dict[str, Any] = {
            "verdict": self._verdict(basis),
            "party": asked.held.names[self.party],
            "party_id": asked.held.ids[self.party],
            "basis": basis,
            "low_percent": percent(found_.stake.low),
            "high_percent": percent(found_.stake.high),
            "unnamed_percent": percent(found_.unnamed),
            "by_shares": by_shares,
            "controlled_by": self._controlled() or None,
            "listings": words.listings([*self.ties, *(t for r in self.roots for t in asked.listed[r])]),
            "programmes": self._programmes(),
            "rule": asked.rule.row["rule"],
            "state_id": asked.rule.row["state_id"],
            "as_of": asked.day.isoformat(),
        }
        said |= self._grounds(by_shares)
        said["reason"] = words.reason(said, asked.rule, found_)
        links = self._links()
        said["ownership_id"] = _id(said, links)
        said["files"] = list(dict.fromkeys(r["file_id"] for r in links)) or None
        return said, [{"ownership_id": said["ownership_id"], **r} for r in links]

    def _verdict(self, basis: str) -> str:
        state = self.asked.rule.row["state"]
        if self.is_listed:
            return "blocked"
        if basis == "listed" and self.found.verdict == "not_blocked":
            return "cannot_be_excluded"
        if basis == "none" or state == "in_force":
            return self.found.verdict
        return STATE_NOT_ON_RECORD if state == "not_on_record" else NOT_IN_FORCE

    def _grounds(self, verdict: str) -> dict[str, list[str] | None]:
        graph, found_ = self.of.graph, self.found
        told = [self._chain(c) for c in certificate.chains(graph, self.set, self.party)]
        out = dict.fromkeys(("missing", "worst_case"), None) | {
            "chains": words.cut(told[:_MOST_SHOWN], "chain", len(told))
        }
        if verdict == "cannot_be_excluded" and not self.is_listed:
            wanted = certificate.missing(graph, found_.least, found_.most, self.party, _MOST_FOLLOWED)
            out["missing"] = self._cut([self._stake(at) for at in wanted[:_MOST_SHOWN]], len(wanted))
            worst = certificate.worst_case(graph, found_.most, self.party, self.of.rule.least, _MOST_FOLLOWED)
            out["worst_case"] = self._cut([self._stake(c.stake, c.parts) for c in worst[:_MOST_SHOWN]], len(worst))
        return out

    @staticmethod
    def _cut(told: list[str], count: int) -> list[str] | None:
        return words.cut(told, "stake", count, is_counted=count < _MOST_FOLLOWED)

    def _name(self, party: int) -> str:
        return self.asked.held.names[party]

    def _chain(self, stakes: Sequence[int]) -> str:
        graph = self.of.graph
        steps = [self._name(int(graph.owner[stakes[0]]))]
        for at in stakes:
            stake = words.held(Stake(int(graph.low[at]), int(graph.high[at])))
            steps.append(f"({stake}) {self._name(int(graph.slot[at]) // graph.kinds)}")
        return " -> ".join(steps)

    def _stake(self, at: int, chosen: int | None = None) -> str:
        graph = self.of.graph
        ends = Stake(int(graph.low[at]), int(graph.high[at]))
        owner, slot = self._name(int(graph.owner[at])), int(graph.slot[at])
        what = self.asked.rule.counts[slot % graph.kinds]
        said = words.held(ends) if chosen is None else words.chosen(chosen, ends)
        return f"{what} of {owner} in {self._name(slot // graph.kinds)}: {said}"

    def _controlled(self) -> list[str]:
        """Listed or blocked parties that hold the party otherwise than by what the rule counts."""
        out = []
        for owner, place in self.now.control.get(self.party, ()):
            known = found(self.of, owner)
            if owner in self.asked.listed or known.verdict != "not_blocked":
                link = self.asked.held.links.slice(place, 1).to_pylist()[0]
                stake = f" {link['said']}" if link["said"] else ""
                out.append(f"{self._name(owner)}: {link['interest']}{stake}")
        return out

    def _programmes(self) -> list[str] | None:
        ties = [*self.ties, *(t for r in self.roots for t in self.asked.listed[r])]
        return sorted({p for t in ties for p in t.programmes}) or None

    def _links(self) -> list[dict[str, Any]]:
        places = dict.fromkeys(int(self.now.link[at]) for at in self.stakes)
        held = self.asked.held
        rows = held.links.take(list(places)).to_pylist() if places else []
        names = [(self._name(int(held.owner[p])), self._name(int(held.owned[p]))) for p in places]
        return [{**r, "owner": a, "owned": b} for r, (a, b) in zip(rows, names, strict=True)]


def _id(said: dict[str, Any], links: Sequence[dict[str, Any]]) -> str:
    """The id of a verdict: the same on another day, and from another edition of a file, while nothing else changes."""
    row = {k: v for k, v in said.items() if k not in {"as_of", "reason"}}
    return row_id("owned", row, sorted([r[k] for k in _LINK] for r in links))
