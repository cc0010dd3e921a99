"""Owners whose names meet a listed one as a screening meets them: tied by the same name, or near, to be confirmed.

A part of a listed party by its name, such as a division of it, is near: whether a listing reaches parts no name says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.units import two_decimals
from entrepot.core.words.translate import in_english, tr
from entrepot.lists.in_force import names_in_force
from entrepot.lists.listed_name import PROBABLE
from entrepot.names.reading.lexicon import HONORIFICS
from entrepot.names.reading.prepare import prepare
from entrepot.names.similarity import is_same_text
from entrepot.ownership.listed_owners import BY_DECISION, BY_WRITING, ORDER, SHORTEST, Tie, told_programmes, weak_names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from typing import Any

    from entrepot.lists.in_force import Listings
    from entrepot.ownership.owned_parties import OwnedParties

TRUE, FALSE = "true", "false"  # as cases are decided
_LEAST_WORDS = 2  # of a person's name whose order says nothing: one word has no order


@dataclass(frozen=True, slots=True)
class Near:
    """A listing whose name a party of ownership data nearly has, or whose party it is a part of by its name.

    Nobody decided yet whether it is that party.

    Attributes:
        entity_id, list_id, listed_name, met_name: of the listing, and of its names the one that is near.
        score: of the names, in [0, 1]; None of a part, whose name is not like that of the whole.
        case_id: under which it is decided.
        is_sure: whether the listing is in force that day beyond doubt.
        part: the words of the party's name that name a part of the listed one; empty where the names are near.
    """

    entity_id: str
    list_id: str
    listed_name: str
    met_name: str
    score: float | None
    case_id: str
    is_sure: bool
    part: str = ""

    def said(self, owner: str) -> str:
        """The nearness in words.

        Args:
            owner: name of the party.
        """
        if self.score is None:
            return tr(
                "{owner}: “{part}” names a part of {name} ({entity}, {list_id}), {case}",
                owner=owner,
                part=self.part,
                name=self.listed_name,
                entity=self.entity_id,
                list_id=self.list_id,
                case=self.case_id,
            )
        return tr(
            "{owner}: near {met} ({name}, {entity}, {list_id}), score {score}, {case}",
            owner=owner,
            met=self.met_name,
            name=self.listed_name,
            entity=self.entity_id,
            list_id=self.list_id,
            score=two_decimals(self.score),
            case=self.case_id,
        )


@dataclass(frozen=True, slots=True)
class Met:
    """What a screening of owners' names found of one of them.

    Attributes:
        place: of the party.
        row: of MATCHES.
        state: of its case by the ledger: open, true, false and so on.
    """

    place: int
    row: Mapping[str, Any]
    state: str = "open"


def behind(held: OwnedParties, places: Sequence[int] | None) -> list[int]:
    """Parties that hold something, whatever the day; or some parties and those that stand behind them.

    Args:
        held: parties and links.
        places: the parties asked for; None for all.
    """
    if places is None:
        return [int(p) for p in np.unique(held.owner)]
    found = np.zeros(len(held.ids), dtype=bool)
    found[list(places)] = True
    count = 0
    while count != (count := int(found.sum())):  # ends: it only grows
        found[held.owner[found[held.owned]]] = True
    return [int(p) for p in np.flatnonzero(found)]


@in_english
def near_owners(
    held: OwnedParties, tied: Mapping[int, Sequence[Tie]], met: Sequence[Met], data: Listings, day: date
) -> tuple[dict[int, Sequence[Tie]], dict[int, Sequence[Near]]]:
    """What names that meet a listing add: further ties, and listings that are near; the best of each first.

    Args:
        held: the parties.
        tied: their ties, from `listed_owners`.
        met: what a screening found of their names.
        data: the listings.
        day: on which they are in force.
    """
    ties: dict[int, dict[str, Tie]] = {p: {t.entity_id: t for t in of} for p, of in tied.items()}
    near: dict[int, dict[str, Near]] = {}
    lists = sorted({m.row["list_id"] for m in met})
    kinds = {(n.list_id, n.entity_id): n.party for n in names_in_force(data, lists, day)} if met else {}
    weak, programmes = (weak_names(data), told_programmes(data)) if met else (frozenset(), {})
    for one in sorted(met, key=lambda m: m.row["kind"] == "part"):  # a name that is near says more than a part of it
        row, entity = one.row, one.row["entity_id"]
        if one.state == FALSE or entity in ties.get(one.place, {}):
            continue
        told = tuple(row["section"].split("; ")) if row["section"] else programmes.get(entity, ())
        sure = row["status"] == "in_force"
        name = held.names[one.place]
        is_part = row["kind"] == "part"
        tells = not is_part and row["name_kind"] != PROBABLE and (entity, row["met_name"]) not in weak
        if one.state == TRUE or (
            tells and is_as_written(name, row["met_name"], kinds.get((row["list_id"], entity), ""))
        ):
            how = BY_DECISION if one.state == TRUE else BY_WRITING
            tie = Tie(entity, row["list_id"], row["listed_name"], how, sure, told)
            ties.setdefault(one.place, {})[entity] = tie
        else:
            found = Near(
                entity, row["list_id"], row["listed_name"], row["met_name"], row["score"], row["case_id"], sure,
                row["span"] if is_part else "",
            )  # fmt: skip
            if not is_part:
                near.setdefault(one.place, {})[entity] = found
            else:
                near.setdefault(one.place, {}).setdefault(entity, found)
    return (
        {p: sorted(of.values(), key=lambda t: (ORDER[t.how], t.entity_id)) for p, of in ties.items()},
        {
            p: sorted(of.values(), key=lambda n: (n.score is None, -(n.score or 0), n.entity_id))
            for p, of in near.items()
            if not any(t.is_sure for t in ties.get(p, {}).values())
        },
    )


@in_english
def is_as_written(owner: str, listed: str, kind: str) -> bool:
    """Whether two names are one but for how it is written.

    Of a firm the legal form may be moved, short or with points; of a person a title, and which name comes first.

    Args:
        owner: name of an owner.
        listed: a listed name.
        kind: what the listed party is: person, company, any.
    """
    if kind != "person":
        return len("".join(c for c in owner if c.isalnum())) >= SHORTEST and is_same_text(owner, listed)
    one, other = (prepare(n, "person") for n in (owner, listed))
    if one.han or other.han or one.disguised or other.disguised or one.script != other.script:
        return False
    words = [sorted(w.shown.casefold() for w in n.words if w.text not in HONORIFICS) for n in (one, other)]
    return len(words[0]) >= _LEAST_WORDS and len("".join(words[0])) >= SHORTEST and words[0] == words[1]
