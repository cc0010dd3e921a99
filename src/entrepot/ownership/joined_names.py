"""Parties of one's own tables that have no id but their name, each taken for the one party of that name that has one.

One table says a stake by an id, the next by a name: as two parties one stake counted twice, and two of one party were
never added. Only names of one's own tables are taken so: a publisher's file that gives a firm no number, as the UK's
register does with firms from abroad, may mean another firm than the one that has a number under the same name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from entrepot.ownership.formats.links_draft import BY_NAME, folded
from entrepot.ownership.recorded_links import RECORD

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import pyarrow as pa


class JoinedNames(NamedTuple):
    """What was found.

    Attributes:
        into: id by name -> the id of the one party of that name that has one.
        apart: names that several parties with an id have: which of them is meant is not known.
    """

    into: Mapping[str, str]
    apart: tuple[str, ...]


def joined_names(parties: pa.Table, own: Collection[str]) -> JoinedNames:
    """Which parties that are known by their name alone are one that has an id.

    Args:
        parties: under OWNERSHIP_PARTIES.
        own: the files that are tables of one's own.
    """
    rows = list(zip(*(parties[c].to_pylist() for c in ("file_id", "party_id", "name", "kind")), strict=True))
    bare: dict[str, tuple[str, str]] = {}
    others: set[str] = set()
    for file, party, name, kind in rows:
        if party.startswith(BY_NAME):
            if file in own:
                bare.setdefault(party, (name, kind))
            elif file != RECORD:
                others.add(party)
    bare = {party: said for party, said in bare.items() if party not in others and said[1] != "person"}
    if not bare:
        return JoinedNames({}, ())
    wanted = {folded(name): party for party, (name, _) in bare.items()}
    named: dict[str, set[str]] = {}
    for _, party, name, kind in rows:
        if kind != "person" and name != party and not party.startswith(BY_NAME) and (text := folded(name)) in wanted:
            named.setdefault(text, set()).add(party)
    into = {wanted[text]: next(iter(some)) for text, some in named.items() if len(some) == 1}
    apart = sorted(bare[wanted[text]][0] for text, some in named.items() if len(some) > 1)
    return JoinedNames(into, tuple(apart))
