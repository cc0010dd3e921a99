"""Which of the rows that a report offers for one's own record are taken: each is asked for, named, or all are.

A row that a person said yes to, or named, is vouched for and judges later reports; one taken with all others is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.claims.page.plain_words import row_says
from entrepot.core.contract import table
from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import tr
from entrepot.record.contract import OWN_OBSERVATIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pyarrow as pa

    Row = dict[str, Any]

YES, NO, ALL, QUIT = ANSWERS = ("yes", "no", "all", "quit")
_SHOWN = 5  # ids in a message, enough to see what they look like


@dataclass(frozen=True, slots=True)
class Offer:
    """A row that is offered, as a person is asked about it.

    Attributes:
        id: of the row.
        number, of: which it is, of how many.
        sentence: the sentence of the report.
        says: what the row would say.
    """

    id: str
    number: int
    of: int
    sentence: str
    says: str


@dataclass(frozen=True, slots=True)
class Choice:
    """How rows are chosen.

    Attributes:
        every: take all.
        ids: take these.
        ask: asked for each row, gives yes, no, all (it and those after it) or quit (neither it nor those after it).
    """

    every: bool = False
    ids: Sequence[str] = ()
    ask: Callable[[Offer], str] | None = None


def chosen(offered: pa.Table, choice: Choice) -> pa.Table:
    """The rows that are taken, those vouched for as reviewed; none where nothing says which.

    Args:
        offered: under `OWN_OBSERVATIONS`.
        choice: how.

    Raises:
        BadInputError: an id is of no row offered.
    """
    rows = offered.to_pylist()
    known = [row["id"] for row in rows]
    if strange := [i for i in choice.ids if i not in known]:
        some = ", ".join(known[:_SHOWN])
        few = tr("one of {some} and others", some=some) if len(known) > _SHOWN else tr("one of {some}", some=some)
        raise BadInputError(
            tr("the report offers no row with this id"),
            found=", ".join(strange),
            allowed=few if known else tr("none: the report offers no row"),
            remedy=tr("`entrepot check REPORT --add` without a terminal lists the rows offered."),
        )
    if choice.every:
        return offered
    vouched = set(choice.ids)
    rest: set[str] = set()
    if not vouched and choice.ask is not None:
        vouched, rest = _asked(rows, choice.ask)
    taken = [_vouched(row) if row["id"] in vouched else row for row in rows if row["id"] in vouched | rest]
    return table(OWN_OBSERVATIONS, taken)


def _vouched(row: Row) -> Row:
    """A row that a person has held against its sentence: it stands for what the report printed, and is no original."""
    return row | {"reviewed": True, "quality": "repost"}


def _asked(rows: Sequence[Row], ask: Callable[[Offer], str]) -> tuple[set[str], set[str]]:
    """The rows that were said yes to, and those taken unseen with "all from here"."""
    taken: set[str] = set()
    for number, row in enumerate(rows, 1):
        answer = ask(Offer(row["id"], number, len(rows), row["note"], row_says(row)))
        if answer == QUIT:
            break
        if answer in (YES, ALL):
            taken.add(row["id"])
        if answer == ALL:
            return taken, {r["id"] for r in rows[number:]}
    return taken, set()
