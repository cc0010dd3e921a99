"""What the EU's files call things, XML and CSV alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from entrepot.lists.formats.reading import Draft

KINDS = {"P": "person", "E": "organisation", "person": "person", "enterprise": "organisation"}
# Codes of an identification -> kind; those of persons are documents whatever they stand on.
_IDENTIFIERS = {
    "regnumber": "registration",
    "fiscalcode": "tax",
    "tradelic": "registration",
    "swiftbic": "swift",
    "imo": "imo",
}
_PERSONAL = {
    "passport": "passport",
    "id": "national_id",
    "ssn": "national_id",
    "NRN": "national_id",
    "nationcert": "other",
    "birthcert": "other",
    "travelcardid": "other",
    "electionid": "other",
    "residentperm": "other",
    "drivinglicence": "other",
    "other": "other",
}

_YEAR = re.compile(r"1[89]\d\d|20\d\d", re.ASCII)
_MOST_YEARS = 15  # of a range that is searched year by year: a wider one tells nobody apart


def born(draft: Draft, number: str, said: tuple[str, str], years: tuple[str, str], *, is_about: bool) -> None:
    """Keep when a person was born: the day or the year, and of a range of years each.

    Args:
        draft: where it is kept.
        number: of the entry.
        said: the day and the year, each empty where it is not said.
        years: the first and the last year of a range; a range that is open or wide is kept as text, and counted.
        is_about: whether the file says that it is about so.
    """
    day, year, first, last = (cell.strip() for cell in (*said, *years))
    span = "-".join(filter(None, (first, last)))
    if printed := day or year or span:
        draft.fact(number, "birth_date", printed + (" (about)" if is_about else ""))
    found = [y for y in (year, day[:4]) if _YEAR.fullmatch(y)]
    if span and not found:
        ends = [int(y) for y in (first, last) if _YEAR.fullmatch(y)]
        if len(ends) == 2 and 0 <= ends[1] - ends[0] < _MOST_YEARS:  # noqa: PLR2004 - first and last
            found = [str(y) for y in range(ends[0], ends[1] + 1)]
        else:
            draft.count(tr("ranges of years of birth kept as text only"), span)
    draft.extend(number, "birth_years", found)


def document(draft: Draft, number: str, code: str, value: str, country: str) -> None:
    """Keep an identification of an entry under its code; one of no known code is taken for a person's."""
    if not value.strip():
        draft.count("identifications without a number", code)
    elif code in _IDENTIFIERS:
        draft.identifier(number, _IDENTIFIERS[code], value, country)
    else:
        if code not in _PERSONAL:
            draft.count("types of identification never seen before", code)
        draft.document(number, _PERSONAL.get(code, "other"), value, country)
