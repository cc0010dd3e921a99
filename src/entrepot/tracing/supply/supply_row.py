"""A row of a file of supply while it is read: its cells, and what stands in them, or why they cannot be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from entrepot.core.errors import BadDateError
from entrepot.core.periods import parse
from entrepot.core.words.translate import marked, tr
from entrepot.intake.groups.row_words import is_to_order, leads_elsewhere, names_nobody
from entrepot.ownership.formats.links_draft import by_name
from entrepot.tracing.balance.quantity_range import is_unit
from entrepot.tracing.supply.supply_cells import is_absent

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Collection, Mapping
    from datetime import date

    from entrepot.core.contract import Contract

    Taken: TypeAlias = tuple[Contract, dict[str, Any]]

_DAYS = marked(
    "A day such as 2024-11-25 or 25.11.2024, a month or a year; between strokes only where a row tells the order, or "
    "--date-order dmy or mdy does."
)
_SERIAL = re.compile(r"[2-7]\d{4}(?:\.\d+)?")  # days since 1900: of the years 1954 to 2118
# Columns whose cells are one thing where they are alike.
_NAMED = frozenset({"document", "belongs_to", "goods", "invoice", "lot", "material", "product", "step"})
# One mark before three digits: 52,000 is fifty-two thousand, or fifty-two with its decimals.
_ONE_MARK = re.compile(r"\d{1,3}[.,]\d{3}")
_SHOWN = 40  # characters of a cell that a message repeats
_DISTINCT = 10_000  # days kept as read: a file has some hundreds, each thousands of times
_NAMES = 200_000  # likewise names of parties, of which a year of a country's bills of lading has a hundred thousand
_ONE_A_ROW = frozenset({"document", "invoice", "lot"})  # nearly each row has its own, which no second row asks for
_period = lru_cache(_DISTINCT)(parse)
_by_name = lru_cache(_NAMES)(by_name)


class WrongRowError(ValueError):
    """A row that cannot be, with what would be right."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.remedy = remedy


@dataclass(frozen=True, slots=True, eq=False)
class ToldRow:
    """A row as a table has it.

    Attributes:
        cells: our column -> the text; only columns that the file has.
        numbers: column of an amount -> the number that its column proves, None where it proves none.
        proven: columns of amounts of which some cell is a number.
        today: the day after which nothing can lie.
        counts: what is read with doubt, and how often.
    """

    cells: Mapping[str, str]
    numbers: Mapping[str, float | None]
    proven: Collection[str]
    today: date
    counts: Counter[str]

    def text(self, name: str) -> str | None:
        """A cell; None where it is empty, or where a paper, lot or product is not named: N/A would make one of all."""
        return (self._named(name) if name in _NAMED else self.cells.get(name)) or None

    def needed(self, name: str, remedy: str) -> str:
        """A cell that must hold something.

        Raises:
            WrongRowError: it is empty.
        """
        found = self._named(name)
        if not found:
            raise WrongRowError(self._missing(name), remedy)
        return found

    def amount(self, name: str) -> float | None:
        """An amount; None where none is given.

        Raises:
            WrongRowError: it is no number, or not more than nothing.
        """
        text = self.cells.get(name, "")
        if not text or is_absent(text):
            return None
        found = self.numbers[name]
        if found is None:
            raise WrongRowError(
                tr("{name} is {text!r}", name=name, text=text[:_SHOWN]),
                tr('A number such as 41200, 41,200.5 or 41.200,5, told by its column, or by --decimal "." or ",".'),
            )
        if found < 0:
            raise WrongRowError(
                tr("{name} is {text!r}", name=name, text=text[:_SHOWN]),
                tr("A return or a credit is no supply: take it off the supply that it takes back, or leave it out."),
            )
        if found == 0:
            raise WrongRowError(
                tr("{name} is {text!r}", name=name, text=text[:_SHOWN]),
                tr("More than nothing; leave it empty where it is not known."),
            )
        return found

    def amount_or_none(self, name: str, *, may_be_nothing: bool = False) -> float | None:
        """An amount; None, counted, where its cell is no number though others of the column are: the rest stands.

        Who supplied whom does not hang on how much: a row that is left out for its figure hides a party.

        Args:
            name: the column.
            may_be_nothing: whether a figure of nothing is read as none given, as the price of a sample is.

        Raises:
            WrongRowError: it is less than nothing, or nothing; or no cell of the column is a number.
        """
        found, text = self.numbers.get(name), self.cells.get(name, "")
        if text and not is_absent(text) and found is None and name in self.proven:
            self.counts[tr("{name} is no number: the row is taken without it", name=name)] += 1
            return None
        if found is None and _ONE_MARK.fullmatch(text.strip()):
            self.counts[
                tr("{name}, of which no cell tells what its mark is: the row is taken without it", name=name)
            ] += 1
            return None
        if found == 0 and may_be_nothing:
            self.counts[tr("{name} of nothing, read as not told", name=name)] += 1
            return None
        return self.amount(name)

    def needed_amount(self, name: str) -> float:
        """An amount that must be there.

        Raises:
            WrongRowError: it is not, or is none.
        """
        found = self.amount(name)
        if found is None:
            raise WrongRowError(tr("{name} is empty", name=name), tr("Give a number more than nothing."))
        return found

    def day(self, name: str = "date") -> str | None:
        """A day, month or year that has begun; None where none is given.

        Raises:
            WrongRowError: it is none, or lies after today.
        """
        text = self.cells.get(name, "")
        return day_not_after(text, self.today, name) if text else None

    def _named(self, name: str) -> str:
        """A cell of a name or number; empty where it only says that there is none: N/A, -."""
        cell = self.cells.get(name, "")
        tells = _tells_none if name in _ONE_A_ROW else _tells_none_again
        return "" if not cell or tells(cell) else cell

    def _missing(self, name: str) -> str:
        cell = self.cells.get(name, "")[:_SHOWN]
        return tr("{name} is {cell!r}, no name", name=name, cell=cell) if cell else tr("{name} is empty", name=name)

    def has_party(self, who: str) -> bool:
        """Whether the row names a party under the columns `who` and `who_id`."""
        return bool(self._named(who) or self._named(f"{who}_id"))

    def party(self, who: str, instead: str = "") -> dict[str, str]:
        """Name and id of a party, under the columns `who` and `who_id`.

        Args:
            who: the party.
            instead: the column whose party stands for it, counted, where none is named: goods to the order of a bank
                go to whom the carrier notifies.

        Raises:
            WrongRowError: neither is given.
        """
        given, name = self._named(f"{who}_id"), self._named(who)
        name = name or given
        cell = self.cells.get(who, "")
        # What leads to another cell, SAME AS CONSIGNEE, may lead to any: who is notified is often a forwarder.
        if not name and (not cell or is_to_order(cell)) and (name := self._named(instead)):
            self.counts[tr("{who} names nobody: the party to notify is taken for the {who}", who=who)] += 1
        if not name:
            remedy = tr("Give the {who}'s name.", who=who)
            if is_to_order(cell):
                remedy = tr(
                    "The goods go to whoever holds the bill. Give the {who}'s name, which is often that of the party "
                    "to notify.",
                    who=who,
                )
            elif leads_elsewhere(cell):
                remedy = tr(
                    "Give the {who}'s name: the cell leads to another, which may be empty or lead back.", who=who
                )
            raise WrongRowError(self._missing(who), remedy)
        self._tell_notified(name, instead)
        return {who: name, f"{who}_id": given or _by_name(name)}

    def _tell_notified(self, whom: str, column: str) -> None:
        """Count a party to notify that is another: it is no end of a supply, so that no list is asked about it."""
        other = self._named(column)
        if other and _by_name(other) != _by_name(whom):
            said = tr("the party to notify is another than who takes the goods, and no list is asked about it here: "
                      "entrepot screen asks")  # fmt: skip
            self.counts[said] += 1


def _tells_none(cell: str) -> bool:
    """Whether a cell says that no name is known; a bank to whose order goods go buys none of them."""
    return names_nobody(cell) or is_to_order(cell) or leads_elsewhere(cell)


_tells_none_again = lru_cache(_NAMES)(_tells_none)


class SupplyKind(NamedTuple):
    """How a kind of table is read.

    Attributes:
        what: what its rows are, for a message.
        needed: columns that must be there.
        columns: all that are read.
        amounts: those of them that hold amounts.
        read: a row -> rows of our tables.
    """

    what: str
    needed: tuple[str, ...]
    columns: tuple[str, ...]
    amounts: tuple[str, ...]
    read: Callable[[ToldRow], list[Taken]]


def day_not_after(text: str, today: date, name: str) -> str:
    """A day, month or year that has begun.

    Raises:
        WrongRowError: it is none, or lies after today.
    """
    if _SERIAL.fullmatch(text):
        raise WrongRowError(
            tr("{name} is {text!r}, a day as spreadsheets count it", name=name, text=text),
            tr("Give the column a format of dates, and save the file again."),
        )
    try:
        found = _period(text)
    except BadDateError as exc:
        raise WrongRowError(tr("{name} is {text!r}", name=name, text=text[:_SHOWN]), _DAYS) from exc
    if found.start is None or found.precision not in {"day", "month", "year"}:
        raise WrongRowError(tr("{name} is {text!r}", name=name, text=text[:_SHOWN]), _DAYS)
    if found.start > today:
        problem = tr("{name} is {text!r}, after today", name=name, text=text[:_SHOWN])
        raise WrongRowError(problem, tr("A file tells what has happened: correct the date."))
    return text


def without_unit(told: ToldRow, amount: str, unit: str, found: float | None) -> None:
    """Count an amount without its unit, which is compared with nothing, and one in a unit that does not convert."""
    if found is None:
        return
    said = told.text(unit)
    if not said:
        said = tr("{amount} without {unit}, compared with nothing", amount=amount, unit=unit)
        example = "USD" if unit == "currency" else "kg"
        remedy = tr("where all rows have one, say it: --column {unit}=={example}", unit=unit, example=example)
        told.counts[f"{said} ({remedy})"] += 1
    elif unit == "unit" and not is_unit(said):
        told.counts[tr("unit {said!r} converts to no other, compared with itself alone", said=said[:_SHOWN])] += 1
