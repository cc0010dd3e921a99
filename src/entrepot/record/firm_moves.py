"""Who came and who left: the acts of firms grouped into events, and the events counted by year.

Several rows of `firms` can tell one event; an event is counted once, on the row that carries its movement.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core.findings import Ground

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ALLEGED = "alleged"
# How an event is counted: as one that came about, as one that was said and of which no report shows that it came
# about, or as one that is only alleged. Each event is in one of them.
SHOWN, SAID = "shown", "said"


@dataclass(frozen=True, slots=True)
class Move:
    """A firm that came to a region or left it.

    Attributes:
        event: id of the first row that tells it.
        firms: who moved.
        movement, of: as in the table: entered, left or shut_out; site, services, buying or shares.
        date: of the row that carries the movement, at the precision known; None where it is not reported.
        status: occurred, announced, denied or alleged, of that row.
        rows: every row that tells the event, that row first.
    """

    event: str
    firms: tuple[str, ...]
    movement: str
    of: str
    date: str | None
    status: str
    rows: tuple[Mapping[str, Any], ...]

    @property
    def year(self) -> str:
        """The year of its date; empty where it has none."""
        return (self.date or "")[:4]

    @property
    def done(self) -> bool:
        """Whether a report says that it occurred, and does not only announce it."""
        return any(r["status"] == "occurred" for r in self.rows)

    @property
    def standing(self) -> str:
        """SHOWN, SAID or ALLEGED.

        A site is given up or opened where a report says that it occurred. A bar on buying, the end of a service and
        the word of somebody who shuts another out are done by being announced.
        """
        if self.status == ALLEGED:
            return ALLEGED
        needs_report = self.of == "site" and self.movement in {"left", "entered"}
        return SAID if needs_report and not self.done else SHOWN

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """The rows that tell it, as grounds of a finding."""
        return tuple(Ground("firms", str(r["id"]), r["source_id"]) for r in self.rows)


def events(rows: Iterable[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """The rows of `firms` by the event that they tell, in the order of their ids."""
    told: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in sorted(rows, key=lambda r: str(r["id"])):
        told[str(row["event"])].append(row)
    return dict(told)


def moves(rows: Iterable[Mapping[str, Any]]) -> list[Move]:
    """The events of `firms` in which a firm came or left, by date.

    Args:
        rows: rows of the table `firms`, all or those known on a day (`record.embedded.known`).
    """
    found = []
    for event, told in events(rows).items():
        for row in told:
            if row["movement"]:
                others = tuple(r for r in told if r is not row)
                found.append(
                    Move(
                        event,
                        tuple(row["firm"]),
                        str(row["movement"]),
                        str(row["movement_of"]),
                        row["date"],
                        str(row["status"]),
                        (row, *others),
                    )
                )
    return sorted(found, key=lambda m: (m.date or "", m.event))


def by_year(found: Sequence[Move], movement: str, of: str | None = None, *, standing: str = SHOWN) -> dict[str, int]:
    """How many events of a movement each year has on record.

    Reports carried, not a census: a year without one is missing here, and is no year without exits.

    Args:
        found: as `moves` gives them.
        movement: entered, left or shut_out.
        of: site, services, buying or shares; None: all but shares, whose sale leaves no region.
        standing: count those that are shown, that are only said, or that are only alleged.
    """
    counts: dict[str, int] = {}
    for move in found:
        kind = move.of == of if of else move.of != "shares"
        if kind and move.movement == movement and move.standing == standing:
            counts[move.year] = counts.get(move.year, 0) + 1
    return dict(sorted(counts.items()))
