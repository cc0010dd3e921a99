"""Papers of the example while they are made: rows as the systems of a buyer export them, and what was planted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from entrepot.tracing.example.invented_parties import Party

    Row = dict[str, Any]

MARK = "INVENTED"  # stands in the number of each paper and in a note of each row
NOTE = "INVENTED example: no such paper exists, and nothing is said of any firm named"
_BEGINS = date(2024, 8, 15)  # a harvest; all else follows it


class Planted(NamedTuple):
    """A fault that was planted.

    Attributes:
        kind: what it is.
        documents: papers that say it.
        words: what was done.
        shows: how it is found: the command, and what its answer names.
    """

    kind: str
    documents: tuple[str, ...]
    words: str
    shows: str


@dataclass(eq=False)
class Papers:
    """The files of a buyer, kind of file -> rows; filled while chains are made.

    Attributes:
        rows: links, shipments, production, bom, payments, facilities, owners.
        events: of EPCIS.
        planted: what was planted.
        numbers: kind of paper -> how many have a number.
    """

    rows: dict[str, list[Row]] = field(default_factory=dict)
    events: list[Row] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, kind: str) -> str:
        """The next number of a kind of paper."""
        self.numbers[kind] = self.numbers.get(kind, 0) + 1
        return f"{MARK}-{kind}-{self.numbers[kind]:05}"

    def add(self, kind: str, row: Row) -> Row:
        """Put a row behind those of a file."""
        self.rows.setdefault(kind, []).append(row)
        return row

    @property
    def documents(self) -> int:
        """How many papers there are; lots and production orders have numbers and are none."""
        return sum(n for kind, n in self.numbers.items() if kind != "PO" and not kind.endswith("LOT"))


def day(after: int) -> str:
    """The day so many days after the harvest began, as ISO 8601 writes it."""
    return (_BEGINS + timedelta(days=after)).isoformat()


def told(amount: float) -> str:
    """An amount as a paper has it: no more places than it needs."""
    return f"{amount:.3f}".rstrip("0").rstrip(".")


def facility(papers: Papers, party: Party) -> None:
    """A party as a list of facilities names it."""
    papers.add(
        "facilities",
        {"name": party.name, "country": party.country, "address": party.address, "sector": party.makes, "note": NOTE},
    )
