"""Rows that a publisher's page no longer has: named, and refused where they are more than a few.

A page that lost rows on its way reads as one from which parties were taken off, and a party taken off is searched no
more. See docs/design/44-a-record-of-ones-own.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import tr
from entrepot.lists.vouching import lost_entries

if TYPE_CHECKING:
    from entrepot.record.renewal.row_changes import Renewed

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
        """How many may go unasked."""
        return lost_entries.most_lost(self.held)

    def named(self) -> str:
        """The names, as many as a sentence holds."""
        return lost_entries.named(self.names)


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
    left = tr(
        "{held} of the {held_2} {words}", held=lost.held - len(lost.names), held_2=lost.held, words=_WORDS[lost.table]
    )
    raise BadInputError(
        tr(
            "the page of {publisher} has {left} that the record holds. Not on it: {named}",
            publisher=lost.publisher,
            left=left,
            named=lost.named(),
        ),
        allowed=tr("at most {most} fewer", most=lost.most),
        remedy=tr("Nothing is changed. Try again later. If so many were taken off in truth, add --accept-loss."),
    )


def loss_said(lost: Lost) -> list[str]:
    """A sentence on how many end, who is named; that nobody does is said too."""
    if not lost.names:
        return [
            tr("On the page are all {held} {words} that the record holds.", held=lost.held, words=_WORDS[lost.table])
        ]
    counted = tr(
        "{count} of the {held} {words} that the record holds",
        count=len(lost.names),
        held=lost.held,
        words=_WORDS[lost.table],
    )
    return [tr("Not on the page are {counted}; this version ends them: {named}.", counted=counted, named=lost.named())]
