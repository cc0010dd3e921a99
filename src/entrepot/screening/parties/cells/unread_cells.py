"""Countries and dates of birth that are not understood: they count as not given, and are told with their first ones."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from entrepot.core.words.translate import tr
from entrepot.screening.parties.cells.birth_cells import are_serials, born
from entrepot.vocabulary.regions.country_cell import is_understood

if TYPE_CHECKING:
    from collections.abc import Sequence

# Different cells that are counted apart: more than there are days in five lives, so that of dates none is left out.
_MOST_COUNTED = 200_000
_MOST_NAMED, _MOST_SHOWN = 5, 40  # values in a note, characters of each


@dataclass(slots=True)
class UnreadCells:
    """What was seen of countries and dates of birth.

    Attributes:
        countries: positions of their columns.
        births: the positions whose cells together are one date of birth, for each party that has one of its own.
        strange: countries that are not understood, with their rows.
        dates: dates of birth that do not say a year of four digits, with their rows.
        is_born: whether any date of birth does.
    """

    countries: tuple[int, ...] = ()
    births: tuple[tuple[int, ...], ...] = ()
    strange: Counter[str] = field(default_factory=Counter)
    dates: dict[tuple[int, ...], Counter[str]] = field(default_factory=dict)
    is_born: bool = False

    def take(self, row: Sequence[str | None]) -> None:
        """Look at a row.

        Args:
            row: its cells.
        """
        for text in {row[i] for i in self.countries}:
            if text and not is_understood(text):
                _count(self.strange, text)
        for at in self.births:
            text = together(row, at)
            read = born(text) if text else None
            if read and not read.how:
                self.is_born = True
            elif text:
                _count(self.dates.setdefault(at, Counter()), text)

    @property
    def serial(self) -> frozenset[tuple[int, ...]]:
        """The births whose bare numbers are days as a spreadsheet counts them."""
        bare = {at: [c for c in found if c.isdecimal()] for at, found in self.dates.items()}
        return frozenset(at for at, cells in bare.items() if cells and are_serials(cells))

    @property
    def has_born(self) -> bool:
        """Whether any date of birth is understood."""
        serial = self.serial
        return self.is_born or any(born(c, is_serial=at in serial) for at, found in self.dates.items() for c in found)

    def notes(self) -> list[str]:
        """What was not understood, and of what was the century or the count of days that was taken."""
        unread, taken, serial = Counter[str](), dict[str, Counter[str]](), self.serial
        for at, found in self.dates.items():
            for cell, count in found.items():
                read = born(cell, is_serial=at in serial)
                if read is None:
                    unread[cell] += count
                elif read.how:
                    taken.setdefault(read.how, Counter())[tr("{cell!r} is {year}", cell=cell, year=read.year)] += count
        return [*_strange(self.strange), *_undated(unread), *_taken(taken)]


def together(row: Sequence[str | None], at: Sequence[int]) -> str:
    """The cells of several columns as one text.

    Args:
        row: its cells.
        at: positions.
    """
    return ", ".join(cell for i in at if (cell := row[i]))


def _count(found: Counter[str], text: str) -> None:
    if text in found or len(found) < _MOST_COUNTED:
        found[text] += 1


def _named(found: Counter[str]) -> tuple[str, str]:
    named = ", ".join(f"{c[:_MOST_SHOWN]!r}" for c, _ in found.most_common(_MOST_NAMED))
    return named, tr(" and {count} more", count=len(found) - _MOST_NAMED) if len(found) > _MOST_NAMED else ""


def _rows(found: Counter[str]) -> str:
    count = found.total()
    return tr("1 row has") if count == 1 else tr("{count} rows have", count=count)


def _strange(found: Counter[str]) -> list[str]:
    """A note on cells that are no country: they count as empty, for what is not understood suppresses no flag."""
    if not found:
        return []
    named, more = _named(found)
    return [
        tr(
            "{rows} a country that is not understood and counts as not given: {named}{more}.",
            rows=_rows(found),
            named=named,
            more=more,
        )
    ]


def _undated(found: Counter[str]) -> list[str]:
    """A note on cells that are no date of birth: a party without one is compared with firms too."""
    if not found:
        return []
    named, more = _named(found)
    return [
        tr(
            "{rows} a date of birth that is not understood and counts as not given: {named}{more}. A year of four "
            "digits is.",
            rows=_rows(found),
            named=named,
            more=more,
        )
    ]


def _taken(found: dict[str, Counter[str]]) -> list[str]:
    """Notes on years that were worked out."""
    said = {how: ", ".join(c for c, _ in cells.most_common(_MOST_NAMED)) for how, cells in found.items()}
    notes = []
    if "short" in said:
        notes.append(
            tr(
                "Years of birth of two digits are read as those of the 1900s, for in the 2000s they lie ahead: {said}.",
                said=said["short"],
            )
        )
    if "serial" in said:
        notes.append(
            tr(
                "Dates of birth are numbers, read as the days since 1900 that a spreadsheet counts: {said}.",
                said=said["serial"],
            )
        )
    return notes
