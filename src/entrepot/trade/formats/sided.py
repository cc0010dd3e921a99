"""Who the partner is where columns name an origin and a destination: of exports the destination, of imports the origin.

A customs declaration names both in each row, and the country of dispatch beside them. Who reports is said elsewhere
then, in a column or in a map, and stays the reporter: goods of a third country that it sends on are exports of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import tr
from entrepot.trade.formats import key, spelt
from entrepot.trade.loading.codes import told_flows
from entrepot.trade.loading.printed.printed_headings import spellings

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl

    from entrepot.trade.loading.faults import Faults

_FORM = "own"
_COUNTRY = ("country", "countryname", "countrycode", "economy", "economyname")
_ENDS = ("origin", "dispatch", "destination")  # roles of headings
_STROKES = re.compile(r"\s*/\s*|\s+\|\s+|\n")  # between two languages, or two ends
_SENT_ON = frozenset(("re-export", "re-import"))  # goods whose origin is not who sent them


@dataclass(frozen=True, slots=True)
class Ends:
    """Columns that name where goods come from and go to, beside one of who reports.

    Attributes:
        source: the heading of the partner of imports; empty where there is none.
        target: the heading of the partner of exports; empty likewise.
        every: all of these headings, with those that are not needed.
    """

    source: str = ""
    target: str = ""
    every: tuple[str, ...] = ()


def settled_sides(names: dict[str, str], found: dict[str, str]) -> Ends:
    """Which columns are the sides, told in `found`; the columns of an origin and a destination where these tell it.

    Args:
        names: compared heading to the printed one.
        found: our name to the heading; `reporter`, `partner`, `exporter` and `importer` are amended.
    """
    _country_that_reports(names, found)
    told = {
        role: next((names[k] for k in spelt(_FORM, role) if k in names and _is_only(names[k], role)), "")
        for role in _ENDS
    }
    every = tuple(dict.fromkeys(h for h in told.values() if h))
    sides = {found[s] for s in ("exporter", "importer") if s in found}
    if "reporter" not in found or not every or not sides <= {*every}:
        _one_side(found)
        return Ends()
    is_said = "partner" in found and found["partner"] not in every
    for side in ("exporter", "importer"):
        found.pop(side, None)
    if is_said:
        return Ends()  # a column called partner says it, whatever the ends are
    source, target = told["origin"] or told["dispatch"], told["destination"]
    found["partner"] = target or source
    return Ends(source, target, every)


def _is_only(heading: str, role: str) -> bool:
    """Whether a heading in one language or two says one end: País origen/destino says both, and is the partner."""
    return all({*spellings(part)} & {*spelt(_FORM, role)} for part in _STROKES.split(heading))


def _country_that_reports(names: dict[str, str], found: dict[str, str]) -> None:
    """Beside a column of partners that says so, one called Country is of who reports."""
    if {"reporter", "exporter"} & found.keys() or not re.search(r"(?i)partner|counterpart", found.get("partner", "")):
        return
    country = next((names[k] for k in _COUNTRY if k in names and names[k] != found["partner"]), None)
    if country:
        found["reporter"] = country


def _one_side(found: dict[str, str]) -> None:
    """The country of destination or of origin alone is the partner beside who reports; one that says both is so too."""
    for side in ("exporter", "importer"):
        if found.get(side) == found.get("partner", ""):
            del found[side]  # Country (Region) of Origin/Destination
    sides = {"exporter", "importer"} & found.keys()
    if len(sides) == 1 and "partner" not in found and "reporter" in found:
        found["partner"] = found.pop(sides.pop())


def by_flow(frame: pl.DataFrame, cells: pl.DataFrame, ends: Ends, flow: str, faults: Faults) -> pl.DataFrame:
    """The partner of each row: the destination of an export, the origin of an import.

    A row whose flow has no such column has no partner, and is set aside: the country of destination of an import is
    who reports it.

    Args:
        frame: under our names, in the order of `cells`.
        cells: as printed.
        ends: the columns.
        flow: of all rows, where no column says it.
        faults: told which column is the partner, and which rows have none.
    """
    import polars as pl

    if not ends.every:
        return frame
    words = (
        frame["flow"].cast(pl.String())
        if "flow" in frame.columns
        else pl.Series([flow]).new_from_index(0, frame.height)
    )
    told = told_flows(words.drop_nulls().unique().to_list())
    is_out = words.replace_strict(
        {w: f.endswith("export") for w, f in told.items() if f}, default=None, return_dtype=pl.Boolean()
    )
    none = pl.lit(None, pl.String())
    columns = [
        cells[h].cast(pl.String()).alias(n) if h else none.alias(n)
        for n, h in (("_to", ends.target), ("_from", ends.source))
    ]
    both = frame.with_columns(*columns, is_out.alias("_out"))
    for is_export, heading, other in ((True, ends.target, ends.source), (False, ends.source, ends.target)):
        mine = pl.col("_out") if is_export else ~pl.col("_out")
        if not heading:
            what = (
                tr(
                    "{other!r} is the partner of no export: a column of the country of destination is missing",
                    other=other,
                )
                if is_export
                else tr(
                    "{other!r} is the partner of no import: a column of the country of origin is missing", other=other
                )
            )
            both = faults.take(both, mine, "unknown_place", what)
        elif other and both.filter(mine).height:
            _tell_partner(heading, ends, faults, is_export=is_export)
    return both.with_columns(pl.when("_out").then("_to").otherwise("_from").alias("partner")).drop(
        "_to", "_from", "_out"
    )


def _tell_partner(heading: str, ends: Ends, faults: Faults, *, is_export: bool) -> None:
    others = ", ".join(repr(h) for h in ends.every if h != heading)
    what = (
        tr("the partner of exports is read from {heading!r}, not from {others}", heading=heading, others=others)
        if is_export
        else tr("the partner of imports is read from {heading!r}, not from {others}", heading=heading, others=others)
    )
    faults.column("unread_column", what)


def places_named(cells: pl.DataFrame, ends: Ends) -> frozenset[str] | None:
    """What stands in the columns of origin and destination, to hold against who a map says reports.

    Returns:
        Nothing of one column alone, which never names who reports; None where no column tells the partner.
    """
    import polars as pl

    if not ends.every:
        return None
    both = ends.every if ends.source and ends.target else ()
    every = (cells[h].cast(pl.String()).drop_nulls().unique().to_list() for h in both)
    return frozenset(text for one in every for text in one)


def refuse_sent_on(frame: pl.DataFrame, found: dict[str, str], flow: str) -> None:
    """Stop where goods are sent on from nobody: their origin is not who sent them on.

    Args:
        frame: under our names.
        found: our name to the heading.
        flow: of all rows, where no column says it.

    Raises:
        BadInputError: re-exports by origin, and no column of who reports.
    """
    import polars as pl

    words: Iterable[str] = (
        frame["flow"].cast(pl.String()).drop_nulls().unique().to_list() if "flow" in frame.columns else [flow]
    )
    origins = spelt(_FORM, "origin")
    if (
        "reporter" in found
        or key(found.get("exporter", "")) not in origins
        or not _SENT_ON & {*told_flows(words).values()}
    ):
        return
    raise BadInputError(
        tr("the file does not say who re-exports: {heading!r} is where goods were made", heading=found["exporter"]),
        remedy=tr('Say who reports in a map, --map FILE.toml: [fixed] reporter = "…".'),
    )
