"""What the rows and columns of an inter-country table are: the OECD's ICIO of any edition, and WIOD's of 2016."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from entrepot.intake.text_table import TextTable

Kind = Literal["industry", "final", "output", "value added", "taxes", "other"]

# The OECD's categories of final use; WIOD numbers its own.
_FINAL = frozenset({
    "HFCE", "NPISH", "GGFC", "GFCF", "INVNT", "DPABR", "P33", "DIRP", "NONRES", "CONS_ABR", "CONS_NONRES", "FD",
})  # fmt: skip
_TOTALS = {"OUT": "output", "OUTPUT": "output", "TOTAL": "output", "TOT": "output", "GO": "output", "VA": "value added",
    "VALU": "value added", "TLS": "taxes", "TAXSUB": "taxes"}  # fmt: skip
# WIOD's rows below the industries that stand between inputs and output beside value added; II_fob is their sum so far.
_BETWEEN = frozenset({"TXSP", "EXP_adj", "PURR", "PURNR", "IntTTM"})
# Parts of China and Mexico that the OECD's extended edition sets apart: for processing, for export, and the rest.
_WHOLE = {"CN1": "CHN", "CN2": "CHN", "CN3": "CHN", "CN4": "CHN", "MX1": "MEX", "MX2": "MEX", "MX3": "MEX"}
_WIOD_COLUMN = re.compile(r"([A-Z]{3})(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Label:
    """What a row or a column is.

    Attributes:
        kind: an industry, a category of final use, a total, or what lies between the two.
        economy: its code, parts of China and Mexico under the whole; empty for totals.
        sector: its code; of final use the category.
        printed: as it stands there.
    """

    kind: Kind
    economy: str
    sector: str
    printed: str


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is laid out.

    Attributes:
        name: "OECD ICIO" or "WIOD".
        columns: position -> what it is, for those that hold numbers.
        row: what a row is; None for one that is passed over.
    """

    name: str
    columns: dict[int, Label]
    row: Callable[[Sequence[str | None]], Label | None]


def layout_of(file: TextTable) -> Layout:
    """The layout of a file.

    Raises:
        UnreadableFileError: a heading that is of neither.
    """
    heads = [(h or "").strip() for h in file.headings]
    named = {h.casefold(): at for at, h in enumerate(heads)}
    if {"country", "rnr"} <= named.keys():
        return _wiod(file, heads, named)
    columns = {at: _icio(h, file.origin, "column") for at, h in enumerate(heads) if at}
    return Layout("OECD ICIO", columns, lambda cells: _icio(_cell(cells, 0), file.origin, "row"))


def _icio(label: str, origin: str, what: str) -> Label:
    """`CHN_C26`, `CHN_HFCE`, `OUT`, `VA`, `TLS`, `CHN_TAXSUB`."""
    economy, _, suffix = label.partition("_")
    if kind := _TOTALS.get(label.upper()) or _TOTALS.get(suffix.upper()):
        return Label(kind, "", "", label)  # type: ignore[arg-type]
    if not suffix or not re.fullmatch("[A-Z][A-Z0-9]{2}", economy):
        raise UnreadableFileError(
            origin,
            tr("a {what} called {label!r}", what=what, label=label),
            allowed=tr("CHN_C26 for an industry, CHN_HFCE for final use, or one of ") + ", ".join(_TOTALS),
            remedy=tr(
                "Give the OECD's file as it is downloaded, WIOD's with the columns Country and RNr, or flows with the "
                "columns exporter, importer and flow in millions of USD."
            ),
        )
    return Label("final" if suffix in _FINAL else "industry", _WHOLE.get(economy, economy), suffix, label)


def _wiod(file: TextTable, heads: list[str], named: dict[str, int]) -> Layout:
    """Columns `AUS1` to `AUS61`: those whose number is that of a row of an economy are industries, the others final."""
    country, number, code = named["country"], named["rnr"], named.get("industrycode", named["rnr"])
    codes = {_cell(r, number): _cell(r, code) for r in file.rows() if _cell(r, country) != "TOT"}
    columns = {}
    for at, head in enumerate(heads):
        if found := _WIOD_COLUMN.fullmatch(head):
            kind: Kind = "industry" if found[2] in codes else "final"
            sector = codes.get(found[2], found[2])
            columns[at] = Label(kind, found[1], sector, f"{found[1]} {sector}")
        elif head.upper() in _TOTALS:
            columns[at] = Label("output", "", "", head)

    def row(cells: Sequence[str | None]) -> Label | None:
        economy, sector = _cell(cells, country), _cell(cells, code)
        if economy != "TOT":
            return Label("industry", economy, sector, f"{economy} {sector}")
        kind = "other" if sector in _BETWEEN else _TOTALS.get(sector.upper())
        return Label(kind, "", "", sector) if kind else None  # type: ignore[arg-type]

    return Layout("WIOD", columns, row)


def _cell(cells: Sequence[str | None], at: int) -> str:
    return (cells[at] or "").strip() if at < len(cells) else ""
