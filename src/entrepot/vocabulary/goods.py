"""Goods: codes of the Harmonized System, how they are written, and what they say.

The table holds every chapter, heading and subheading of HS 2022 (PDDL), and the subheadings of HS 2017 that
HS 2022 dropped, each with the codes it became: trade figures of 2021 carry 8541.40, those of 2023 carry
8541.42 and 8541.43. National digits after the sixth are kept and not checked: each country writes its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from entrepot.core.errors import BadInputError
from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import tr
from entrepot.vocabulary.code_tables import HS_CODES, INDUSTRIES

LONGEST = 10  # national tariff lines have 8 or 10 digits
SUBHEADING = 6  # the last digit that all countries share


def dotted(code: str) -> str:
    """A code of digits as tariffs print it; what is no such code as it stands.

    >>> [dotted(c) for c in ("85", "8541", "854143", "85414300", "wafers")]
    ['85', '8541', '8541.43', '8541.43.00', 'wafers']
    """
    if not code.isdecimal():
        return code
    head, rest = code[:4], code[4:]
    return ".".join([head, *(rest[i : i + 2] for i in range(0, len(rest), 2))])


@dataclass(frozen=True, slots=True)
class HsCode:
    """A code of the Harmonized System.

    Attributes:
        code: digits only, 2 to 10 of them.
        level: chapter, heading, subheading or national.
        description: the text of the longest part that HS 2022 knows; of a dropped code, those of its
            successors.
        chapter: the text of the chapter.
        became: codes of HS 2022 that took the place of a code of HS 2017; empty for a code that still exists.
    """

    code: str
    level: str
    description: str
    chapter: str
    became: tuple[str, ...]

    @property
    def dotted(self) -> str:
        """The code as tariffs print it: 85, 8541, 8541.43, 8541.43.00."""
        return dotted(self.code)


@cache
def _table() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Code to description and successors; 7,083 rows, read once."""
    return {row["code"]: (row["description"], tuple(row["became"])) for row in packaged_rows(HS_CODES)}


@cache
def known() -> frozenset[str]:
    """Chapters, headings and subheadings of HS 2022, and those of HS 2017 that it dropped."""
    return frozenset(code[:size] for code in _table() for size in (2, 4, SUBHEADING) if len(code) >= size)


def normalise(text: str) -> str:
    """The digits of an HS code as a person writes it: "8541.43", "85 41 43 00", "5201".

    Raises:
        BadInputError: anything but digits, dots, spaces and hyphens; an odd or impossible number of digits.
    """
    stripped = text.strip()
    digits = re.sub(r"[.\s\-]", "", stripped)
    if not re.fullmatch(r"[0-9]+", digits):
        raise BadInputError(
            tr("not an HS code"), found=text, allowed=tr("2, 4, 6, 8 or 10 digits, dots allowed, as in 8541.43")
        )
    if len(digits) % 2 or len(digits) > LONGEST:
        padded = f"0{digits}"
        hint = (
            tr(" With its leading zero it may be {padded}.", padded=padded) if padded[:SUBHEADING] in _table() else ""
        )
        raise BadInputError(
            tr("an HS code of {count} digits", count=len(digits)),
            found=text,
            allowed=tr("2, 4, 6, 8 or 10 digits"),
            remedy=tr("Write the code in full; spreadsheets drop a leading zero.{hint}", hint=hint),
        )
    return digits


def hs_code(text: str) -> HsCode:
    """Look an HS code up.

    Raises:
        BadInputError: not a code, or a code that neither HS 2022 nor HS 2017 has; names the nearest codes.
    """
    code = normalise(text)
    shared = code[:SUBHEADING]
    table = _table()
    if shared not in table:
        raise BadInputError(
            tr("unknown HS code"),
            found=text,
            allowed=tr("a code of HS 2022 or HS 2017; nearest: ") + ", ".join(nearest_codes(shared)),
        )
    description, became = table[shared]
    levels = {2: "chapter", 4: "heading", 6: "subheading"}
    return HsCode(
        code=code,
        level=levels.get(len(code), "national"),
        description=description or "; ".join(table[c][0] for c in became),
        chapter=table[shared[:2]][0],
        became=became,
    )


def is_known(digits: str) -> bool:
    """Whether an edition has the code or its subheading; unlike `hs_code` it does not seek the nearest.

    >>> is_known("854143"), is_known("000044")
    (True, False)
    """
    return digits[:SUBHEADING] in _table()


@cache
def chapters_of(product: str) -> tuple[str, ...]:
    """The chapters that the goods of an industry mostly stand in; the code itself where it is none of an industry.

    >>> chapters_of("NAICS 314"), chapters_of("854143")
    (('57', '63'), ('854143',))
    """
    found = {row["code"]: tuple(row["hs"]) for row in packaged_rows(INDUSTRIES)}
    return found.get(product, (product,))


def nearest_codes(digits: str, count: int = 3) -> tuple[str, ...]:
    """Existing codes close to `digits`: those that share the longest beginning, the closest first."""
    table = _table()
    for size in (4, 2, 0):
        pool = [c for c in table if c.startswith(digits[:size]) and len(c) == len(digits)]
        close = get_close_matches(digits, pool, n=count, cutoff=0.0) if pool else []
        if close:
            return tuple(close)
    return ()


def replaced() -> dict[str, tuple[str, ...]]:
    """The subheadings of HS 2017 that HS 2022 dropped, each with the codes that took its place."""
    return {code: became for code, (_, became) in _table().items() if became}
