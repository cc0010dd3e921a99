"""Of whom a case was decided that is called otherwise now: a vendor keeps its number when its name is changed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core.words.compared import own_number
from entrepot.decisions.case_grounds import called_as, listed_of
from entrepot.decisions.ledger.entry import DECIDED, WITHDRAWN
from entrepot.decisions.standing import FALSE, standing_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from entrepot.decisions.ledger.entry import Entry


@dataclass(frozen=True, slots=True)
class DecidedParty:
    """A party of which a case was decided true or unsure.

    Attributes:
        number: its own number, as it is compared.
        name: what it was called, as the file had it.
        case: what was decided.
        verdict: true or unsure.
        listed: the entries of the case.
    """

    number: str
    name: str
    case: str
    verdict: str
    listed: frozenset[str]


def not_cleared(entries: Iterable[Entry]) -> list[DecidedParty]:
    """The parties with a number of their own of which a case stands as true or unsure, in the order of the ledger.

    Args:
        entries: of the ledger; a party that was taken out of it is not known any more.
    """
    by_case: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.said["kind"] in (DECIDED, WITHDRAWN):
            by_case[entry.said["case"]].append(entry)
    found: list[DecidedParty] = []
    for case, history in by_case.items():
        last = next(reversed(standing_of(history)), None)
        if last is None or last.said["verdict"] == FALSE:
            continue
        for party in last.fields.get("party", ()):
            if party.get("party_key") and party.get("party"):
                number, listed = own_number(party["party_key"]), frozenset(last.said.get("listings", ()))
                found.append(DecidedParty(number, party["party"], case, last.said["verdict"], listed))
    return found


def called_otherwise(
    decided: Sequence[DecidedParty], names: Mapping[str, Iterable[str]], matches: Iterable[Mapping[str, Any]]
) -> list[DecidedParty]:
    """Those whose number stands in the file, that nobody is called as there, and that meet nothing of the case now.

    Args:
        decided: from `not_cleared`.
        names: number as it is compared -> what parties of the file with it are called.
        matches: rows of MATCHES, of the file as it is now.
    """
    met = {(own_number(m["party_key"]), listed_of(m)) for m in matches if m["party_key"]}
    known = {number: {_called(name) for name in called} for number, called in names.items()}
    return [
        d
        for d in decided
        if known.get(d.number)
        and _called(d.name) not in known[d.number]
        and not any((d.number, entry) in met for entry in d.listed)
    ]


def _called(name: str) -> str:
    return called_as({"party": name})
