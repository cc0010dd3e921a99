"""The verb of the room: whether parties fall under the listings of their owners, by a rule, on a day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from entrepot.core.contract import arrow_schema, batch, check
from entrepot.core.words.translate import in_english
from entrepot.ownership.contract import NOT_IN_FORCE, OWNERSHIP_VERDICTS, STATE_NOT_ON_RECORD, TO_CONFIRM, VERDICT_LINKS
from entrepot.ownership.method.stake_graph import counted_once
from entrepot.ownership.owned_parties import OwnedParties, on_day
from entrepot.ownership.verdicts.control_chain import held_by_control
from entrepot.ownership.verdicts.judged import controlled, judged, owned
from entrepot.ownership.verdicts.verdict_row import Grounds, verdict_row

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    import pyarrow as pa

    from entrepot.ownership.listed_owners import Tie
    from entrepot.ownership.near_owners import Near
    from entrepot.ownership.ownership_rules import Rule

# What a reader must act on comes first.
_FIRST = ("blocked", "cannot_be_excluded", TO_CONFIRM, STATE_NOT_ON_RECORD, NOT_IN_FORCE, "not_blocked")
_ORDER = {v: at for at, v in enumerate(_FIRST)}


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What is asked: parties and links, who of them is listed or has a name near a listed one, the rule and the day."""

    held: OwnedParties
    listed: Mapping[int, Sequence[Tie]]
    rule: Rule
    day: date
    near: Mapping[int, Sequence[Near]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Verdicts:
    """What was found.

    Attributes:
        rows: under `ownership_verdicts`.
        links: under `verdict_links`: what each rests on.
        disagree: stakes of which two files say what cannot both be.
        doubled: parties of which several hold a part that are tied to one listing, and may be one owner said twice.
    """

    rows: pa.Table
    links: pa.Table
    disagree: int
    doubled: int = 0


@in_english
def verdicts(
    asked: Asked, parties: Sequence[int] | None = None, progress: Callable[[int, int], None] | None = None
) -> Verdicts:
    """Judge parties by the owners on record.

    Args:
        asked: what is asked.
        parties: places of parties; None for every party of which listed owners, or owners with a name near a listed
            one, hold, or can hold, some part, or which they control otherwise.
        progress: told (answers worded, answers in all).
    """
    import pyarrow as pa

    now = on_day(asked.held, asked.day, asked.rule.counts)
    graph, doubled = counted_once(now.graph, _tied_alike(asked.listed))
    now = replace(now, graph=graph)
    sure = [p for p, ties in asked.listed.items() if any(t.is_sure for t in ties)]
    of = judged(now.graph, asked.rule, sorted(sure), sorted(asked.listed))
    near_sure = [p for p, of_party in asked.near.items() if any(n.is_sure for n in of_party)]
    both = sorted({*sure, *near_sure}), sorted({*asked.listed, *asked.near})
    wide = judged(now.graph, asked.rule, *both) if asked.near else of
    by_control = held_by_control(of, now, asked.held)
    grounds = Grounds(asked.held, asked.listed, asked.rule, asked.day, now, of, asked.near, wide, by_control)
    if parties is None:
        by_one = controlled(wide, now.control, {*asked.listed, *asked.near})
        parties = sorted({*owned(wide), *by_one, *by_control})
    told: list[tuple[dict[str, Any], list[int]]] = []
    for party in parties:
        told.append(verdict_row(grounds, party))
        if progress is not None:
            progress(len(told), len(parties))
    told.sort(key=lambda t: (_ORDER[t[0]["verdict"]], t[0]["party"], t[0]["party_id"]))
    # Not by `table`, which builds lists of text one by one: a quarter of the time of many answers.
    made = check(OWNERSHIP_VERDICTS, pa.Table.from_batches([batch(OWNERSHIP_VERDICTS, [row for row, _ in told])]))
    return Verdicts(made, _links(asked.held, told), now.graph.disagree, doubled)


def _tied_alike(listed: Mapping[int, Sequence[Tie]]) -> list[list[int]]:
    """The parties that are tied to one listing, where they are several: a register may have one person twice."""
    by_entry: dict[str, list[int]] = defaultdict(list)
    for party, ties in listed.items():
        for tie in ties:
            by_entry[tie.entity_id].append(party)
    return [some for some in by_entry.values() if len(some) > 1]


def _links(held: OwnedParties, told: Sequence[tuple[Mapping[str, Any], Sequence[int]]]) -> pa.Table:
    """What each verdict rests on, in arrays: there may be millions of rows."""
    import pyarrow as pa

    ids = [str(row["ownership_id"]) for row, places in told for _ in places]
    places = [p for _, of_row in told for p in of_row]
    links = held.links.take(pa.array(places, type=pa.int64()))
    owners, owned_ = ([held.names[at] for at in side[places].tolist()] for side in (held.owner, held.owned))
    columns = {"ownership_id": ids, **{c: links[c] for c in links.column_names}, "owner": owners, "owned": owned_}
    return pa.table([columns[c] for c in VERDICT_LINKS.names], schema=arrow_schema(VERDICT_LINKS))
