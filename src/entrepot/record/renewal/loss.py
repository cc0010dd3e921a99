"""Rows that a publisher's page no longer has: named, and refused where they are more than a few.

A page that lost rows on its way reads as one from which parties were taken off, and a party taken off is searched no
more. See docs/design/44-a-record-of-ones-own.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from entrepot.core.errors import BadInputError

if TYPE_CHECKING:
    from entrepot.record.renewal.row_changes import Renewed

# None of the 13 notices of the UFLPA list on record took anybody off, and all whom OFAC designated for the region still
# are. Five leaves room for parties taken off on their petition between two refreshes; 3 % holds a short list tighter.
_MOST_LOST, _SHARE_LOST = 5, 0.03
_MOST_NAMED = 20  # in one sentence; the table of changes has them all
_WORDS = {"listings": "parties", "flows": "flows"}


class Lost(NamedTuple):
    """What a page lost against the record.

    Attributes:
        publisher: whose page.
        table: of the record, whose rows are counted.
        held: how many the record holds.
        names: of the rows that the page has no more.
    """

    publisher: str
    table: str
    held: int
    names: list[str]

    @property
    def most(self) -> int:
        """How many may go unasked: one of a short list too."""
        return max(1, min(_MOST_LOST, int(_SHARE_LOST * self.held)))

    def named(self) -> str:
        """The names, as many as a sentence holds."""
        more = len(self.names) - _MOST_NAMED
        return "; ".join(self.names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def lost_rows(renewed: Renewed, table: str) -> list[str]:
    """Names of the rows of a table that a page no longer has."""
    return [c["name"] for c in renewed.changes if c["table"] == table and c["change"] == "gone"]


def refuse_loss(lost: Lost) -> None:
    """Refuse a page that lost more than a few rows.

    Raises:
        BadInputError: with the names of those who would go.
    """
    if len(lost.names) <= lost.most:
        return
    left = f"{lost.held - len(lost.names)} of the {lost.held} {_WORDS[lost.table]}"
    raise BadInputError(
        f"the page of {lost.publisher} has {left} that the record holds. Not on it: {lost.named()}",
        allowed=f"at most {lost.most} fewer",
        remedy="Nothing is changed. Try again later. If so many were taken off in truth, add --accept-loss.",
    )


def loss_said(lost: Lost) -> list[str]:
    """A sentence on who ends, named; none where nobody does."""
    if not lost.names:
        return []
    counted = f"{len(lost.names)} of the {lost.held} {_WORDS[lost.table]} that the record holds"
    return [f"Not on the page are {counted}; this version ends them: {lost.named()}."]
