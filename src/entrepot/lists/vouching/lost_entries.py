"""How many rows of a publisher's list may go from one reading to the next, and how those who go are named.

A file or a page that lost rows on its way reads as one from which parties were taken off, and a party taken off is
searched no more. One rule for lists that are loaded and for the record that is refreshed: docs/design/44.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import ntr, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa

# None of the 13 notices of the UFLPA list on record took anybody off, and all whom OFAC designated for the region still
# are. Five leaves room for parties taken off on their petition between two readings; 3 % holds a short list tighter.
_FEW, _SHARE = 5, 0.03
# Of long lists more go in a month: of the 19,254 entries that OFAC held on 23 July 2026 a hundred were gone on 4
# August, 0.52 %; twice that is the most.
_LONG, _OF_LONG = 10_000, 0.01
MOST_NAMED = 20  # in one sentence; the table of changes has them all


def most_lost(held: int) -> int:
    """How many of the rows held may go unasked: one of a short list too."""
    return max(1, int(_OF_LONG * held if held >= _LONG else min(_FEW, _SHARE * held)))


def named(names: Sequence[str]) -> str:
    """The names, as many as a sentence holds."""
    more = len(names) - MOST_NAMED
    return "; ".join(names[:MOST_NAMED]) + (tr(" and {more} more", more=more) if more > 0 else "")


class Gone(NamedTuple):
    """What a file of a list lost against the version that went before.

    Attributes:
        before: day of that version.
        held: how many entries it holds.
        now: how many the file holds.
        names: of those who are gone; empty where they cannot be told one by one.
        again: how many entries stand in the file under another number, with their name.
    """

    before: str
    held: int
    now: int
    names: list[str]
    again: int = 0

    @property
    def total(self) -> int:
        """How many are gone."""
        return max(len(self.names), self.held - self.again - self.now)

    @property
    def counted(self) -> str:
        """How many of how many, and who."""
        who = f": {named(self.names)}" if self.names else ""
        return tr(
            "{total} of the {held} entries of the version of {before}{who}",
            total=self.total,
            held=self.held,
            before=self.before,
            who=who,
        )

    @property
    def said(self) -> list[str]:
        """A sentence on who is gone; none where nobody is."""
        lost = [tr("Not in this file are {counted}.", counted=self.counted)] if self.total > 0 else []
        moved = ntr(
            self.again,
            "{count} entry of the version of {before} stands in this file under another number, with its name: a case "
            "that was decided on it is asked again.",
            "{count} entries of the version of {before} stand in this file under another number, with their names: "
            "cases that were decided on them are asked again.",
            before=self.before,
        )
        return [*lost, *([moved] if self.again else [])]


def gone(
    was: Mapping[str, Any],
    entries: pa.Table | None,
    now: pa.Table,
    called: pa.Table | None = None,
    *,
    is_same_format: bool = True,
) -> Gone:
    """Who of a version is gone.

    Args:
        was: the version, a row of LIST_VERSIONS.
        entries: its entries; None where they cannot be read.
        now: the entries of the file.
        called: all names of the entries of the file, where one that stands in it under a new number is not gone, as
            OpenSanctions renumbers entries that it merges; None where numbers stay.
        is_same_format: whether both were read from one format: another may number its entries otherwise, and is met by
            number where most are shared (XML and CSV of one publisher), else only counted.
    """
    names: list[str] = []
    again = 0
    here = {*now.column("entity_id").to_pylist()}
    held = set() if entries is None else {*entries.column("entity_id").to_pylist()}
    if entries is not None and (is_same_format or 2 * len(held & here) > min(len(held), len(here))):
        pairs = _named(entries)
        told = () if called is None else (*_named(now), *_named(called))
        new = {name.casefold() for entity, name in told if entity not in held}
        lost = [str(name) for entity, name in pairs if entity not in here]
        names = [name for name in lost if name.casefold() not in new]
        again = len(lost) - len(names)
    return Gone(was["version"], was["entries"], now.num_rows, names, again)


def _named(data: pa.Table) -> Iterator[tuple[str, str]]:
    """Entry and name of each row."""
    return zip(data.column("entity_id").to_pylist(), data.column("name").to_pylist(), strict=True)


def refuse(path: Path, lost: Gone) -> None:
    """Refuse a file that lost more entries than a few.

    Raises:
        BadInputError: with the names of those who would go.
    """
    if lost.total > (most := most_lost(lost.held)):
        raise BadInputError(
            tr("{path} holds {now} entries; not in it are {counted}", path=path, now=lost.now, counted=lost.counted),
            allowed=tr("at most {most} fewer", most=most),
            remedy=tr("Nothing is changed. Download it again. If so many were taken off in truth, add --accept-loss."),
        )
