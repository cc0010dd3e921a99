"""In whose list the numbers of partners are: that of the United Nations, or one that an office made for itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import tr
from entrepot.vocabulary import national_numbers, partners
from entrepot.vocabulary.printed_names import folded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

UNITED_NATIONS = "UN"  # what a map calls their list
_NUMBER = re.compile(r"['\"\s]*\d+(?:\.0)?['\"\s]*")
_MOST_SHOWN = 3  # numbers in a message
# Of the numbers that offices use, 34 to 53 of a hundred are in the list of the UN (Brazil, Japan; Schedule C none); of
# a table by the UN's own list all but an area or two are.
_MOST_UNKNOWN = 0.2
_FEWEST = 2  # numbers beside places: one may be anything
_NAMED = 'in a map what each is: [places], then lines such as "720" = "CHN"'
_OF_THE_UN = 'where they are the numbers of the UN: [file], then numbers = "UN"'


def is_number(text: str) -> bool:
    """Whether a cell is a number, plain, in quotes, or as a spreadsheet writes it."""
    return bool(_NUMBER.fullmatch(text))


def number_places(cells: Sequence[str], places: Sequence[str]) -> bool:
    """Whether the numbers of a column are those of the places beside them, and no codes of goods: 643 beside Russia.

    They are where each goes with one place, and they have three digits, as no code of the HS has, or are the UN's.

    Args:
        cells: of the column of numbers.
        places: in the same rows, as printed.

    >>> number_places(["643", "156"], ["Russia", "China"]), number_places(["643", "643"], ["Russia", "China"])
    (True, False)
    >>> number_places(["2602", "2606"], ["Russia", "China"])
    False
    """
    pairs = {(n.strip(), p.strip()) for n, p in zip(cells, places, strict=True) if n and p and is_number(n)}
    if len(pairs) < _FEWEST or len({n for n, _ in pairs}) < len(pairs) or len({p for _, p in pairs}) < len(pairs):
        return False
    have_three = all(len(re.sub(r"\D|\.0", "", n)) == len("643") for n, _ in pairs)
    agree = sum(bool(partners.code_of(n)) and partners.code_of(n) == partners.code_of(p) for n, p in pairs)
    return have_three or agree >= (1 - _MOST_UNKNOWN) * len(pairs)


def code_of(reporter: str, text: str) -> str:
    """The code of a number in the list of a reporter; that of the UN where there is no reporter."""
    return national_numbers.code_of(reporter, text) if reporter else partners.code_of(text)


def whose_numbers(frame: pl.DataFrame, name: str, reporters: Sequence[str], own: Mapping[str, str]) -> str:
    """The reporter in whose own list the numbers of partners are, where they are numbers; empty for the UN's.

    Names of countries beside them show that they are no list of numbers; a row of the world does not.

    Args:
        frame: the rows.
        name: the column.
        reporters: who reports in the file.
        own: what the person's map calls places, folded: numbers that it names are in no list.

    Raises:
        BadInputError: the numbers are in both lists and mean other countries, or in a list that is not here.
    """
    import polars as pl

    words = [w for w in frame[name].cast(pl.String()).drop_nulls().unique().sort().to_list() if folded(w) not in own]
    numbers = [w for w in words if is_number(w)]
    if not numbers or len(reporters) != 1 or any(_is_country(w) for w in words if not is_number(w)):
        return ""
    (reporter,) = reporters
    if whose := national_numbers.unlisted(reporter):
        raise _elsewhere(whose, numbers)
    theirs = [w for w in numbers if national_numbers.code_of(reporter, w)]
    known = [w for w in numbers if partners.code_of(w)]
    if not theirs:
        _refuse_foreign(numbers, known)
        return ""
    if len(theirs) != len(known):
        return reporter if len(theirs) > len(known) else ""
    if all(national_numbers.code_of(reporter, w) == partners.code_of(w) for w in numbers):
        return ""
    raise _in_both(reporter, numbers)


def _is_country(text: str) -> bool:
    code = partners.code_of(text)
    return bool(code) and partners.kind_of(code) in {"country", "former"}


def _refuse_foreign(numbers: Sequence[str], known: Sequence[str]) -> None:
    """Stop where so many numbers are none of the UN's that the others mean something else than to the UN as well."""
    if len(numbers) - len(known) <= _MOST_UNKNOWN * len(numbers):
        return
    strange = [w for w in numbers if w not in set(known)]
    raise BadInputError(
        tr(
            "partners are numbers, and {count} of {count_2} are none of the United Nations': the others may "
            "be of another list too",
            count=len(strange),
            count_2=len(numbers),
        ),
        found=", ".join(strange[:_MOST_SHOWN]),
        remedy=tr(
            "Give names or letters in place of numbers; or say {named}; or, {of_the_un}.",
            named=_NAMED,
            of_the_un=_OF_THE_UN,
        ),
    )


def _elsewhere(whose: str, numbers: Sequence[str]) -> BadInputError:
    said = ((w, partners.code_of(w)) for w in numbers)
    shown = ", ".join(f"{w} ({code} to the UN)" if code else w for w, code in list(said)[:_MOST_SHOWN])
    return BadInputError(
        f"partners are numbers of a list of its own that {whose} has, and that list is not here",
        found=shown,
        remedy=f"Give the names or letters that stand beside them; or say {_NAMED}; or, {_OF_THE_UN}.",
    )


def _in_both(reporter: str, numbers: Sequence[str]) -> BadInputError:
    both = [(w, partners.code_of(w), national_numbers.code_of(reporter, w)) for w in numbers[:_MOST_SHOWN]]
    shown = ", ".join(f"{w} ({un or 'none'} to the UN, {here or 'none'} to {reporter})" for w, un, here in both)
    return BadInputError(
        "partners are numbers, and nothing tells in whose list",
        found=shown,
        allowed=f"{UNITED_NATIONS} or {reporter}",
        remedy=f'Say it in a map: [file], then numbers = "{reporter}" or "{UNITED_NATIONS}"; or {_NAMED}; or give '
        "names in the file.",
    )
