"""What is to be sent, out of a person's file: taken whole, or refused whole with every fault."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError, BadRowsError, RowFault, UnknownNameError, UnreadableFileError, nearest
from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import marked, tr
from entrepot.corridors.flows_on.contract import LOAD_UNITS
from entrepot.corridors.network.network import place
from entrepot.intake.open_table import opened
from entrepot.intake.reading_options import ReadingOptions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from entrepot.corridors.network.network import Network

_NEEDED = ("from", "to", "amount", "unit")
_ROWS = {"delimited": "line", "workbook": "row"}
_DAYS = {"day": 1.0, "week": 7.0, "month": 365 / 12, "year": 365.0}  # a capacity of a year is one of 365 days
_ENOUGH = 200  # unknown places: such a file is of something else, and each costs a search for the nearest
_MOST = 1e9  # loads a day: some hundred times all freight of the world, and as far as the solver keeps its digits
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_RATE = re.compile(r"\s*([0-9]+(?:[.,][0-9]+)?)\s*([A-Za-z ]*?)\s*(?:/|\bper\b)\s*([A-Za-z]+)\s*")
_EMPTY = marked("an amount: the cell is empty, or holds a formula that was never computed")
_NOTHING = re.compile(r"0+(?:[.,]0*)?(?: .*)?")
_SPACED = re.compile(r"([0-9])[ \u00a0\u202f]+(?=[0-9])")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One row of a demand.

    Attributes:
        line: its number, 1 is the first.
        origin, target: place ids.
        loads: a day, of 20 tonnes.
        mode: the only one that it takes; empty: any.
    """

    line: int
    origin: str
    target: str
    loads: float
    mode: str = ""


@dataclass(frozen=True, slots=True)
class Cap:
    """A capacity that a person gives.

    Attributes:
        place: place id.
        mode: of the links that it holds for; empty: all.
        loads: a day, of 20 tonnes.
    """

    place: str
    mode: str
    loads: float


@cache
def units() -> Mapping[str, float]:
    """Unit -> loads of 20 tonnes."""
    return {r["unit"]: r["loads"] for r in packaged_rows(LOAD_UNITS)}


def demand(path: Path, net: Network) -> tuple[Wanted, ...]:
    """The rows of a demand: from, to, amount, unit, where the unit has a period (`trucks/day`), and at will mode.

    Args:
        path: the file.
        net: the network, whose places it may name.

    Raises:
        UnreadableFileError: it is no table, or lacks a heading, or has one twice.
        BadRowsError: any row cannot be taken; names every fault.
    """
    held = opened(path, ReadingOptions(headings=_NEEDED))
    names = [h.strip().casefold() for h in held.headings]
    _headed(path.name, names)
    word, faults, found = _ROWS.get(held.kind, "row"), list[RowFault](), list[Wanted]()
    known = _Known(net)
    for number, row in held.numbered():
        if not any(row):
            continue
        if len(known.lost) >= _ENOUGH:
            faults.append(
                RowFault(
                    tr("from {word} {number} on", word=word, number=number),
                    "all",
                    tr("not read any more"),
                    tr("places of the network above"),
                )
            )
            break
        cells = dict.fromkeys(names, "") | {n: (c or "").strip() for n, c in zip(names, row, strict=False)}
        one, wrong = _wanted(len(found) + 1, f"{word} {number}", cells, known)
        faults += [*wrong, *_beyond(f"{word} {number}", row[len(names) :])]
        found += [one] if one else []
    if faults:
        raise BadRowsError(path.name, faults, remedy=tr("See entrepot record network_places."))
    if not found:
        raise BadInputError(
            tr("{name} holds no row", name=path.name), allowed=tr("rows of {needed}", needed=", ".join(_NEEDED))
        )
    return tuple(found)


class _Known:
    """The places of a network, each word looked up once: the nearest of an unknown one take some milliseconds."""

    def __init__(self, net: Network) -> None:
        self._net = net
        self._found: dict[str, str] = {}
        self.lost: dict[str, str] = {}
        self.modes = sorted({leg.mode for leg in net.legs})

    def place(self, word: str) -> str:
        """The place id; empty where there is none, and then `lost` holds the nearest."""
        if word not in self._found:
            try:
                self._found[word] = place(self._net, word, "demand")
            except UnknownNameError as exc:
                self._found[word] = ""
                self.lost[word] = ", ".join(exc.nearest) or tr("a place of the network")
        return self._found[word]


def _headed(origin: str, names: list[str]) -> None:
    """Every column that is needed is there, and none that is read stands twice."""
    lacking = [n for n in _NEEDED if n not in names]
    twice = [n for n in (*_NEEDED, "mode") if names.count(n) > 1]
    if lacking or twice:
        told = [tr("lacks the column {n}", n=n) for n in lacking] + [tr("has the column {n} twice", n=n) for n in twice]
        raise UnreadableFileError(
            origin,
            tr("the demand {told}", told=", ".join(told)),
            allowed=tr("one each of {needed}, and at will mode", needed=", ".join(_NEEDED)),
            remedy=tr("Write them as the headings of the first row."),
        )


def _beyond(where: str, cells: Sequence[str | None]) -> list[RowFault]:
    """What stands behind the last heading: a comma too many moves every cell behind it."""
    return [RowFault(where, tr("behind the last column"), repr(c.strip()), "nothing") for c in cells if c and c.strip()]


def _wanted(line: int, where: str, cells: Mapping[str, str], known: _Known) -> tuple[Wanted | None, list[RowFault]]:
    ends, faults = [], []
    for name in ("from", "to"):
        found = known.place(cells[name])
        ends += [found] if found else []
        if not found:
            faults.append(
                RowFault(where, name, tr("unknown place {cells!r}", cells=cells[name]), known.lost[cells[name]])
            )
    loads = _loads(f"{cells['amount']} {cells['unit']}") if cells["amount"] else _EMPTY
    if isinstance(loads, str):
        faults.append(RowFault(where, tr("amount, unit"), f"{cells['amount']!r} {cells['unit']!r}", loads))
    if len(ends) == 2 and ends[0] == ends[1]:  # noqa: PLR2004 - both ends were read
        faults.append(RowFault(where, "to", tr("{to!r} is the start", to=cells["to"]), tr("another place")))
    mode = cells.get("mode", "").casefold()
    if mode and mode not in known.modes:
        faults.append(RowFault(where, "mode", f"{mode!r}", ", ".join(known.modes)))
    if faults or isinstance(loads, str):
        return None, faults
    return Wanted(line, ends[0], ends[1], loads, mode), []


def _loads(text: str, unit: str = "") -> float | str:
    """Loads a day of `650 trucks/day`; else what was expected."""
    match = _RATE.fullmatch(text)
    if match is None:
        return _no_rate(text)
    number, named, period = match.groups()
    if _THOUSANDS.fullmatch(number):
        return tr(
            "{replace} or {replace_2}: a comma before three digits may be either",
            replace=number.replace(",", ""),
            replace_2=number.replace(",", "."),
        )
    by_word = {u.casefold(): u for u in units()}
    named = by_word.get((named or unit).casefold(), named)
    if named not in units():
        return tr("a unit: {nearest}", nearest=", ".join(nearest(named, units()) or units()))
    if period.casefold() not in _DAYS:
        return tr("a period: {days}", days=", ".join(_DAYS))
    loads = float(number.replace(",", ".")) * units()[named] / _DAYS[period.casefold()]
    return loads if 0 < loads <= _MOST else tr("a number above 0 and below {most:,.0f} loads a day", most=_MOST)


def _no_rate(text: str) -> str:
    """What was expected of a text that is no rate: what it lacks, where one thing alone is wrong."""
    if _RATE.fullmatch(f"{text}/day"):
        return tr("a period behind the unit, as {text}/day: {days}", text=text.strip(), days=", ".join(_DAYS))
    if _RATE.fullmatch(text.strip().removeprefix("-")):
        return tr("a number above 0, without a sign")
    closed_up = _SPACED.sub(r"\1", text)
    if _RATE.fullmatch(closed_up):
        return tr("a number without spaces, as {closed_up}", closed_up=closed_up.strip())
    return tr("a number above 0, a unit and a period, as 650 trucks/day; units {units}", units=", ".join(units()))


def caps(texts: Sequence[str], net: Network) -> tuple[Cap, ...]:
    """Capacities that a person gives, one for a place and mode.

    Args:
        texts: as given.
        net: the network.

    Raises:
        BadInputError: one cannot be read, or two of one place and mode differ.
        UnknownNameError: no such place.
    """
    found: dict[tuple[str, str], Cap] = {}
    for one in (cap(text, net) for text in texts):
        other = found.setdefault((one.place, one.mode), one)
        if other != one:
            raise BadInputError(
                tr("two capacities of {place}, {mode}", place=one.place, mode=one.mode or tr("all modes")),
                found=" and ".join(texts),
                allowed=tr("one --cap for a place and mode"),
            )
    return tuple(found.values())


def cap(text: str, net: Network) -> Cap:
    """A capacity as `khorgos:road=650/day`; without a unit it counts vehicles.

    Args:
        text: as given.
        net: the network.

    Raises:
        BadInputError: it cannot be read.
        UnknownNameError: no such place.
    """
    head, _, rate = text.partition("=")
    name, _, mode = head.partition(":")
    modes = sorted({leg.mode for leg in net.legs})
    if mode and mode not in modes:
        raise UnknownNameError(tr("mode of --cap"), mode, modes)
    loads = _loads(rate, "vehicles")
    if isinstance(loads, str):
        raise BadInputError(
            tr("--cap cannot be read"),
            found=text,
            allowed=tr("PLACE:MODE=NUMBER UNIT/PERIOD, {loads}", loads=loads),
            remedy=tr("To shut it: --close {name}.", name=name)
            if _NOTHING.fullmatch(rate.partition("/")[0].strip())
            else "",
        )
    return Cap(place(net, name, "--cap"), mode, loads)


def loads_a_year(number: float, unit: str) -> float | None:
    """Loads a day of a yearly capacity on record; None where its unit is unknown.

    Args:
        number: a year.
        unit: of it.
    """
    return number * units()[unit] / _DAYS["year"] if unit in units() else None
