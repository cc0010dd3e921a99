"""Chinese-financed projects out of a person's copy of AidData's file: taken whole, or refused with every fault."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadRowsError, RowFault, UnreadableFileError
from entrepot.core.words.translate import tr
from entrepot.intake.open_table import opened
from entrepot.intake.reading_options import ReadingOptions
from entrepot.vocabulary.countries import code_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    Row = Mapping[str, Any]

SOURCE = "s-4899eb2e"  # of AidData, in the register
_ID, _TITLE, _COUNTRY, _YEAR, _STATUS = "id", "title", "recipient", "commitment year", "status"
_AMOUNT = "amount (constant usd2017)"
_NEEDED = (_ID, _TITLE, _COUNTRY, _YEAR, _STATUS, _AMOUNT)
_AT_WILL = ("umbrella", "aiddata sector name", "funding agencies")
_YEARS = re.compile(r"(?:19|20)\d\d(?:\.0)?")
_DECIMAL = re.compile(r"\d+(?:\.\d*)?(?:e\+?\d{1,2})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Project:
    """A project of the file.

    Attributes:
        id: AidData's.
        at: where it stands in the file.
        title, status, sector: as printed.
        country: ISO alpha-2 of who receives; empty: of several or none.
        year: of the commitment.
        funders: as printed.
        usd: of 2017; None: not told.
        is_umbrella: whether other rows are parts of it.
        places: of the network, in that country, that the title names.
    """

    id: str
    at: str
    title: str
    status: str
    sector: str
    country: str
    year: str
    funders: tuple[str, ...]
    usd: float | None
    is_umbrella: bool
    places: tuple[str, ...]


def projects(path: Path, places: Sequence[Row]) -> tuple[Project, ...]:
    """The projects of a file under AidData's headings.

    Args:
        path: the file.
        places: of the network, that titles may name.

    Raises:
        UnreadableFileError: it is no table, or lacks a heading.
        BadRowsError: a row has no id, title or year, or an amount that is no number.
    """
    held = opened(path, ReadingOptions(headings=_NEEDED))
    names = [h.strip().casefold() for h in held.headings]
    if missing := [n for n in _NEEDED if n not in names]:
        raise UnreadableFileError(
            path.name, tr("has no column {missing}", missing=", ".join(missing)),
            allowed=tr("the columns of AidData's file of projects"),
            remedy=tr("Get it at aiddata.org, and save its sheet of projects as CSV."),
        )  # fmt: skip
    word, found, faults = "row" if held.kind == "workbook" else "line", list[Project](), list[RowFault]()
    named = _Named(places)
    for number, row in held.numbered():
        cells = dict.fromkeys((*names, *_AT_WILL), "") | {
            n: (c or "").strip() for n, c in zip(names, row, strict=False)
        }
        wrong = _faults(f"{word} {number}", cells) if any(row) else []
        faults += wrong
        if any(row) and not wrong:
            found.append(_project(f"{word} {number}", cells, named))
    if faults:
        raise BadRowsError(path.name, faults, remedy=tr("Take the file as AidData publishes it."))
    return tuple(found)


def _faults(at: str, cells: Mapping[str, str]) -> list[RowFault]:
    wrong = [RowFault(at, name, "empty", tr("what AidData prints there")) for name in (_ID, _TITLE) if not cells[name]]
    if not _YEARS.fullmatch(cells[_YEAR]):
        wrong.append(RowFault(at, _YEAR, tr("{cells!r} is no year", cells=cells[_YEAR]), tr("a year as 2017")))
    if cells[_AMOUNT] and not _DECIMAL.fullmatch(cells[_AMOUNT]):
        wrong.append(
            RowFault(
                at, _AMOUNT, tr("{cells!r} is no amount", cells=cells[_AMOUNT]), tr("a number as 1500000.5, or nothing")
            )
        )
    return wrong


def _project(at: str, cells: Mapping[str, str], named: _Named) -> Project:
    country = code_of(cells[_COUNTRY])
    return Project(
        id=cells[_ID],
        at=at,
        title=cells[_TITLE],
        status=cells[_STATUS] or "not told",
        sector=cells["aiddata sector name"].casefold(),
        country=country,
        year=cells[_YEAR][:4],
        funders=tuple(f.strip() for f in cells["funding agencies"].split("|") if f.strip()),
        usd=float(cells[_AMOUNT]) if cells[_AMOUNT] else None,
        is_umbrella=cells["umbrella"].casefold() == "yes",
        places=named.within(cells[_TITLE], country),
    )


class _Named:
    """The places of the network by name, country by country."""

    def __init__(self, places: Sequence[Row]) -> None:
        self._words: dict[str, list[tuple[re.Pattern[str], str]]] = {}
        for row in places:
            word = re.compile(rf"(?<!\w){re.escape(row['name'])}(?!\w)")
            self._words.setdefault(row["country"], []).append((word, row["place_id"]))

    def within(self, title: str, country: str) -> tuple[str, ...]:
        """Places of a country that a title names as whole words; a crossing of China is named from the other side."""
        held = [*self._words.get(country, ()), *(self._words.get("CN", ()) if country else ())]
        return tuple(dict.fromkeys(place for word, place in held if word.search(title)))
