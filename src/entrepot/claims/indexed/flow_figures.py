"""Figures of flows, by their two ends: a record has thousands, and a report asks for few or none."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from entrepot.claims.indexed.figure_rows import flowed, good_key, partner_key
from entrepot.core.words.translate import in_english

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from entrepot.claims.indexed.record_entry import Entry
    from entrepot.claims.indexed.record_names import RecordNames

    Row = Mapping[str, Any]


class Flows:
    """Entries of one good with one partner each, made when a text first says both."""

    def __init__(self, flows: Iterable[Row], names: RecordNames) -> None:
        self._names = names
        self._rows: defaultdict[str, defaultdict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
        for row in flows:
            self._rows[good_key(row["product"] or "")][partner_key(row["partner"] or "", names)].append(row)
        self._made: dict[tuple[str, str], tuple[Entry, ...]] = {}

    def of_place(self, unit: str, said: frozenset[str]) -> Iterator[Entry]:
        """The figures of a unit of goods and partners that keys say."""
        for good in sorted(said & self._rows.keys()):
            for partner in sorted(said & self._rows[good].keys()):
                yield from (e for e in self.between(partner, good) if e.unit == unit)

    @in_english
    def between(self, partner: str, good: str) -> tuple[Entry, ...]:
        """All figures of a good with a partner."""
        if (found := self._made.get((partner, good))) is None:
            rows = self._rows[good][partner] if partner in self._rows.get(good, ()) else []
            found = self._made[partner, good] = tuple(e for row in rows for e in flowed(row, self._names))
        return found
