"""What the cells of columns show that their headings do not say: numbers, ticks, the same name a second time.

The first rows are looked at. A column is left out of the names by what it holds only where a name stands beside it, so
no file loses its parties by it; what is left out is among the columns said to be unread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from entrepot.intake.heading_row import folded
from entrepot.names.reading.prepare import prepare
from entrepot.screening.parties.cells.sums_in_cell import says_sum
from entrepot.screening.parties.headings.heading_role import heading_role
from entrepot.vocabulary.identifiers import valid
from entrepot.vocabulary.regions.country_cell import is_understood

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.intake.text_table import Row, TextTable

_LONGEST = 500  # characters of a cell that is looked at for a firm's name
_OF_HEADINGS = {"co", "cv"}  # families of legal forms with the words company, firm: "Company name" is no company
_KILOGRAM = "kg"  # the one legal form that is a unit of weight too, which every paper of goods has
_UNIT = re.compile(r"(?:\d|[(（/])\s*(?:kg|кг)\b", re.IGNORECASE)
_ROWS = 500  # of a file: what its columns hold shows in fewer
_CELLS = 500_000  # looked at in all: a table of thousands of columns shows less of each
_FEW = 10  # filled cells under which a share says nothing of a column
_FEWEST = 3  # under which nothing is said, though all are alike
_MOST_KEY, _MOST_CODE = 40, 20  # characters of a number of one's own, and of a code under any heading
_MOST_SAME = 2  # different values of a column that says one thing of all: the company code of the system
# Of ten names nine have a number of their own (a clerk enters a vendor twice), and of ten pairs six are alike where a
# column repeats the name: some are written out, some cut, some abbreviated.
_OWN, _ALIKE = 0.9, 0.6
_THIN = 3  # a row with less than a third of the cells that rows have is a line of the report, not of the table
_AGAIN = 0.4  # of the cells: thirty vendors are bought from by four to twelve clerks
_PERSON = re.compile(r"[^\W\d_][^\d_&/]{,40} [^\d_&/]{,40}")  # two words or more, no digit: no code and no shop
_TELLS = 4  # letters of a word: shorter ones are initials, codes and particles
_MOST_COUNTRIES = 250  # there are no more: what says more different things is not looked up
_TRUTHS = frozenset(("true", "false"))  # as programs write it, and nobody is called: one cell is enough
# What stands in columns of yes and no, as systems of these languages write it.
_TICKS = frozenset(("yes", "no", "y", "n", "x", "true", "false", "0", "1", "-", "○", "active", "inactive")) | frozenset(
    ("ja", "nein", "j", "oui", "non", "si", "sí", "sì", "да", "нет", "是", "否", "tak", "nie", "evet", "hayır")
)


@dataclass(frozen=True, slots=True)
class ColumnCells:
    """The first rows of a table.

    Attributes:
        rows: as they stand.
    """

    rows: tuple[Row, ...] = ()

    def of(self, at: int) -> list[str]:
        """The filled cells of a column."""
        return [cell for row in self.rows if (cell := row[at])]

    def is_tick(self, at: int) -> bool:
        """Whether a column holds ticks, a yes or a no."""
        cells = self.of(at)
        said = {c.casefold() for c in cells}
        return (len(cells) >= _FEWEST and said <= _TICKS) or (bool(said) and said <= _TRUTHS)

    def is_unlettered(self, at: int) -> bool:
        """Whether no cell of a column has a letter: numbers, dates, amounts; none of them names anybody."""
        return len(self.of(at)) >= _FEWEST and not self.is_lettered(at)

    def is_lettered(self, at: int) -> bool:
        """Whether any cell of a column has a letter."""
        return any(any(map(str.isalpha, c)) for c in self.of(at))

    def is_one_thing(self, at: int) -> bool:
        """Whether a column says the same of all rows, and no firm's name: the company code of the system."""
        cells = self.of(at)
        return len(cells) >= _FEW and len(set(cells)) <= _MOST_SAME and not any(map(is_firm, set(cells)))

    def firms(self, at: int) -> int:
        """How many cells of a column are a firm's name."""
        return sum(map(is_firm, self.of(at)))

    def is_key(self, at: int, names: Sequence[int]) -> bool:
        """Whether a column numbers the parties: each name has one, each has its own; and it does not count the rows."""
        told = [(row[at], next((row[i] for i in names if row[i]), None)) for row in self.rows]
        named = sum(name is not None for _, name in told)
        pairs = [(key, name) for key, name in told if key and name]
        keys, both = {k for k, _ in pairs}, set(pairs)
        if len(pairs) < max(2, _OWN * named) or any(len(k) > _MOST_KEY for k in keys):
            return False
        numbers = [k for k, _ in pairs if k.isdigit()]
        is_count = numbers == [str(n) for n in range(1, len(numbers) + 1)] and len(numbers) >= _OWN * len(pairs)
        return not is_count and len(both) == len(keys) and len(keys) >= _OWN * len({n for _, n in pairs})

    def is_code(self, at: int) -> bool:
        """Whether a column holds codes: each without a space, and nearly all with a digit."""
        cells = self.of(at)
        one = not any(" " in c or len(c) > _MOST_CODE for c in cells)
        return one and _enough(sum(any(map(str.isdigit, c)) for c in cells), len(cells), _OWN)

    def is_either(self, one: int, other: int, more: Sequence[int] = ()) -> bool:
        """Whether one or the other of two columns is filled, never both, and nearly always one, or one of more."""
        told = sum(bool(row[one] or row[other] or any(row[i] for i in more)) for row in self.rows)
        both = any(row[one] and row[other] for row in self.rows)
        return bool(self.of(one) and self.of(other)) and not both and _enough(told, len(self.rows), _OWN)

    def is_alike(self, one: int, other: int) -> bool:
        """Whether two columns name the same party: what one begins the other, or shares a telling word with it."""
        pairs = [(a, b) for row in self.rows if (a := row[one]) and (b := row[other])]
        return _enough(sum(_is_same(a, b) for a, b in pairs), len(pairs), _ALIKE)

    def is_joined(self, one: int, pieces: Sequence[int]) -> bool:
        """Whether a column says whole, or cut, what others say in pieces: of a few rows all must show it."""
        pairs = [("".join(row[i] or "" for i in pieces), row[one] or "") for row in self.rows]
        pairs = [(a, b) for a, b in (tuple(map(_letters, pair)) for pair in pairs) if a and b]
        same = sum(a.startswith(b) or b.startswith(a) for a, b in pairs)
        return bool(pairs) and same >= (_ALIKE if len(pairs) >= _FEWEST else 1) * len(pairs)

    def is_country(self, at: int) -> bool:
        """Whether a column holds countries, more than one."""
        told = set(cells := self.of(at))
        is_address = any(map(str.isdigit, "".join(told)))  # one that ends with its country has a number
        is_few = len(cells) >= _FEWEST and 1 < len(told) <= _MOST_COUNTRIES
        return is_few and not is_address and all(map(is_understood, told))

    def is_number(self, at: int, kind: str) -> bool:
        """Whether the cells of a column are numbers of a kind by their form and check digit, each its own."""
        cells = self.of(at)
        return len(cells) >= 2 and len(set(cells)) == len(cells) and all(valid(kind, c) for c in cells)  # noqa: PLR2004 - one may be chance

    def is_spelled(self, at: int, most: float) -> bool:
        """Whether a column holds words, which a number is not: at most this share of its cells has a digit."""
        cells = self.of(at)
        return len(cells) >= _FEW and sum(any(map(str.isdigit, c)) for c in cells) <= most * len(cells)

    def is_few_persons(self, at: int) -> bool:
        """Whether the same few names of persons come again and again, and no firm's."""
        names = set(cells := self.of(at))
        is_few = len(cells) >= _FEW and 1 < len(names) <= _AGAIN * len(cells)
        return is_few and all(_PERSON.fullmatch(c) and not is_firm(c) for c in names)

    def is_rest(self, one: int, other: int) -> bool:
        """Whether a column holds the ends of the names in another: these say no legal form there, and theirs here."""
        pairs = [(a, b) for row in self.rows if (a := row[one]) and (b := row[other])]
        is_open = not any(is_firm(b) for _, b in pairs) and any(prepare(a, "company").forms for a, _ in pairs)
        return is_open and self.is_beside(one, other)

    def is_beside(self, one: int, other: int) -> bool:
        """Whether a column is filled only where another is, and not always: the rest of a long name."""
        return all(row[other] for row in self.rows if row[one]) and len(self.of(one)) < len(self.of(other))


NO_CELLS = ColumnCells()


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _enough(count: int, cells: int, share: float) -> bool:
    """Whether so many of the cells show a thing: a share of many, all of a few."""
    return cells >= _FEWEST and count >= (share if cells >= _FEW else 1.0) * cells


def column_cells(table: TextTable) -> ColumnCells:
    """The first rows of a table, for what they show of its columns."""
    most = max(_FEW, min(_ROWS, _CELLS // max(1, len(table.headings))))
    rows = [(sum(map(bool, row)), row) for row in islice(table.rows(), most)]
    filled = sorted(n for n, _ in rows if n)
    usual = filled[len(filled) // 2] if filled else 0
    headings = frozenset(filter(None, map(folded, table.headings)))
    # No totals, groups, remarks below: one without a number among eight vendors, and their numbers were none.
    return ColumnCells(tuple(row for n, row in rows if _THIN * n >= usual and not _sums(row, headings)))


def _sums(row: Row, headings: frozenset[str]) -> bool:
    """Whether one of the first two cells of a row says a total; a vendor that is called so shows nothing either."""
    return any(says_sum(cell, headings, "") for cell in [c for c in row if c][:2])


def _word(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _is_same(one: str, other: str) -> bool:
    a, b = sorted((_word(one), _word(other)), key=len)
    return bool(a) and (a in b or not _telling(one).isdisjoint(_telling(other)))


def _telling(text: str) -> set[str]:
    """The words of a name that tell it from others: no legal form, no place, no trade, none of a few letters."""
    return {w.text for w in prepare(text[:_LONGEST]).words if w.kind == "core" and len(w.text) >= _TELLS}


def is_firm(text: str) -> bool:
    """Whether a cell is a firm's name: it has a legal form that no heading has, and more.

    >>> is_firm("Müller KG"), is_firm("Gross weight (kg)"), is_firm("15,300 KG")
    (True, False, False)
    """
    name = prepare(text[:_LONGEST])
    forms = name.forms - _OF_HEADINGS
    is_named = bool(forms) and any(w.kind != "number" for w in name.words)
    return is_named and not (forms == {_KILOGRAM} and _is_weight(text[:_LONGEST]))


def _is_weight(text: str) -> bool:
    """Whether a legal form that is a unit too is one: behind a number, a bracket or a stroke, or in a heading."""
    return _UNIT.search(text) is not None or not heading_role(text).is_unknown
