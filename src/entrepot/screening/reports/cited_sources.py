"""What the listings and places of a record rest on, each numbered once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.document.blocks import Block, Cell, Column, Grid, Heading, Link
from entrepot.core.words.translate import tr
from entrepot.sources.register import by_id, citation, link

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from entrepot.lists.profiles.profile import Profile
    from entrepot.screening.runs.run import Run

Row = dict[str, Any]


class CitedSources:
    """What the listings and the places rest on, each numbered once, so that a case names it in a word.

    Attributes:
        profiles: entity_id -> what its list says of it.
        columns: case_id -> the column that holds the party; empty where the file has only one.
    """

    def __init__(self, run: Run, profiles: Mapping[str, Profile], rows: Sequence[Row]) -> None:
        from entrepot.record import embedded

        self.profiles = profiles
        several = run.parties.several
        self.columns = {m["case_id"]: m["party_column"] for m in rows} if several else {}
        self._register = by_id(embedded.register())
        self._used: dict[tuple[str, str], set[int]] = {}
        for m in rows:
            for one in self._of(m):
                self._used.setdefault(one, set()).add(m["row"])
        self._number = {one: i for i, one in enumerate(sorted(self._used), 1)}

    def numbered(self, match: Row) -> str:
        """The sources of a match by their numbers."""
        return tr("source {of}", of=", ".join(str(self._number[one]) for one in self._of(match)))

    def block(self) -> list[Block]:
        """The sources, with the rows that rest on each."""
        if not self._used:
            return []
        columns = Column("No.", 0.3, is_number=True), Column("Source", 3), Column("Rows that rest on it", 1.2)
        cells: list[tuple[Cell, ...]] = []
        for (said, url), i in self._number.items():
            source: Cell = [said, Link("", url)] if url else said
            cells.append((str(i), source, ", ".join(map(str, sorted(self._used[said, url])))))
        return [Heading(tr("Sources")), Grid(columns, tuple(cells))]

    def _of(self, match: Row) -> list[tuple[str, str]]:
        """The notices of a listing, else its publisher's list, else the source of the register; with the address."""
        profile, source_id = self.profiles.get(match["entity_id"] or ""), match["source_id"] or tr("in no register")
        if profile is not None:
            printed = [f"{p}, {v}" for p in profile.said("publisher") for v in profile.said("list")]
            if said := list(profile.said("notice")) or printed:
                return [(s, profile.list_link or profile.link) for s in said]
        known = self._register.get(source_id)
        return [(source_id, "") if known is None else (citation(known), link(known) or "")]
