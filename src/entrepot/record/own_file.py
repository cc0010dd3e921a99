"""Rows of one's own out of a file or out of words: taken whole, or refused whole with every fault.

See docs/design/44-a-record-of-ones-own.md.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from entrepot.core.contract import table
from entrepot.core.errors import BadInputError, BadRowsError, RowFault, UnknownNameError
from entrepot.core.findings import plain
from entrepot.core.ids import digest, id_of
from entrepot.core.periods import last_day
from entrepot.core.words.translate import in_english, tr
from entrepot.intake.open_table import opened
from entrepot.record import own_cells as cells
from entrepot.record import own_places
from entrepot.record.contract import OWN_OBSERVATIONS, OWN_SOURCES
from entrepot.record.own_cells import COLUMNS, MEANT, NEEDED, Known, Refused
from entrepot.record.own_rows import SOURCE_BEGINS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    import pyarrow as pa

    from entrepot.intake.reading_options import ReadingOptions

Row = dict[str, Any]
_ROWS = {"delimited": "line", "workbook": "row"}
_WORDS = ("mode", "direction", "per", "bound", "status", "quality")
_TEXTS = ("sector", "origin", "reported_by", "note", "title", "publisher")
_CITED = ("publisher", "title", "url", "published", "source_id")
_SAYS = ("place_id", "metric", "value_norm", "unit_norm", "partner", "mode", "direction", "per", "status", "sector")
_SAYS_TOO = ("origin", "bound", "period_start", "period_end", "yoy_pct", "reported_by", "note", "source_id", "own_id")


@dataclass(frozen=True, slots=True)
class Given:
    """One row as a person wrote it.

    Attributes:
        where: how its file counts it: "line 3".
        cells: column -> text, without the empty ones.
    """

    where: str
    cells: Mapping[str, str]


@dataclass(slots=True)
class Taken:
    """Rows that were read.

    Attributes:
        rows: of OWN_OBSERVATIONS, in the order of the file.
        sources: of OWN_SOURCES, by id.
        wheres: of each row, where it stands.
    """

    rows: list[Row] = field(default_factory=list)
    sources: dict[str, Row] = field(default_factory=dict)
    wheres: list[str] = field(default_factory=list)

    def tables(self) -> tuple[pa.Table, pa.Table]:
        """Rows and sources under their contracts."""
        return table(OWN_OBSERVATIONS, self.rows), table(OWN_SOURCES, list(self.sources.values()))


def given_in(path: Path, options: ReadingOptions) -> tuple[list[Given], str]:
    """The rows of a file, and what the file is called: its name and the beginning of its hash.

    Raises:
        UnreadableFileError: it is no table.
        UnknownNameError: a heading that no row can have, or one that every row needs is not there.
    """
    held = opened(path, replace(options, headings=NEEDED, is_hashed=True))
    names = [" ".join(h.casefold().split()).replace(" ", "_") for h in held.headings]
    for heading, name in zip(held.headings, names, strict=True):
        if name not in COLUMNS:
            raise UnknownNameError(
                tr("column of your own rows"), heading, COLUMNS, remedy=tr("Rename it or take it out.")
            )
    if twice := sorted({n for n in names if names.count(n) > 1}):
        raise BadInputError(tr("a heading stands twice"), found=twice[0], remedy=tr("Take one of the columns out."))
    word = _ROWS.get(held.kind, "row")
    found = [
        Given(f"{word} {number}", {n: c.strip() for n, c in zip(names, row, strict=True) if c and c.strip()})
        for number, row in held.numbered()
        if any(row)
    ]
    return found, f"{path.name} ({held.sha256[:12]})"


@in_english
def given_as(words: Mapping[str, str]) -> list[Given]:
    """One row out of column and value.

    Raises:
        UnknownNameError: a column that no row can have.
    """
    for name in words:
        if name not in COLUMNS:
            raise UnknownNameError(tr("column of your own rows"), name, COLUMNS)
    return [Given(tr("the row"), {n: str(v).strip() for n, v in words.items() if str(v).strip()})]


def taken(  # noqa: PLR0913 - rows, where they are from, and what they are held against
    origin: str,
    given: Sequence[Given],
    known: Known,
    held: Iterable[Row],
    *,
    report: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Taken:
    """The rows, read into the columns of `own_observations`.

    Args:
        origin: what the message calls where they are from.
        given: as written.
        known: what they may name.
        held: the rows that the person's own record has.
        report: the file they came in; None where they are from none.
        progress: told (rows read, rows in all).

    Raises:
        BadRowsError: any of them cannot be taken; names every fault.
    """
    out, faults = Taken(), []
    known = replace(known, own={**_declared(given), **known.own})
    for done, one in enumerate(given, 1):
        row, source, wrong = _read(one, known)
        faults += wrong
        if not wrong:
            out.rows.append(row | {"report": report})
            out.wheres.append(one.where)
            if source:
                out.sources[source["source_id"]] = source
        if progress is not None:
            progress(done, len(given))
    faults += [*_doubled(given, known), *_repeated(out), *_otherwise(out, held)]
    if faults:
        order = {one.where: at for at, one in enumerate(given)}
        faults.sort(key=lambda fault: order[fault.where])
        remedy = tr("Correct them and add the file again.") if report else tr("Correct it and add the row again.")
        raise BadRowsError(origin, faults, remedy=remedy)
    return out


def _declared(given: Sequence[Given]) -> dict[str, Row]:
    """The places that rows say are their own, by id and name: one row says so for all that name it."""
    said = [
        (g.cells["place"], g.cells["place_kind"].casefold()) for g in given if {"place", "place_kind"} <= {*g.cells}
    ]
    found: dict[str, Row] = {}
    for name, kind in said:
        if kind in own_places.KINDS:
            place = own_places.place_of(name, kind)
            found.setdefault(name.casefold(), found.setdefault(place["place_id"], place))
    return found


def _read(one: Given, known: Known) -> tuple[Row, Row | None, list[RowFault]]:
    """A row, its source where it brings one, and its faults."""
    faults: list[RowFault] = []
    said = one.cells

    def read(name: str, how: Callable[..., Any], *more: Any, text: str | None = None) -> Any:
        value = said.get(name, "") if text is None else text
        try:
            return how(value, *more) if value else None
        except Refused as exc:
            faults.append(RowFault(one.where, name, exc.problem, exc.allowed))
            return None

    faults += _empty(one, known)
    metric = read("metric", cells.read_metric, known)
    value = read("value", cells.read_number)
    read("place_kind", cells.read_kind, said.get("place", ""), known)
    row: Row = dict(MEANT) | (read("place", cells.read_place, known) or {}) | {"metric": metric}
    row |= {name: found for name in _TEXTS if (found := read(name, cells.read_text))}
    row |= {n: w for n in _WORDS if (w := read(n, lambda t, n=n: cells.read_word(n, t)))}
    row |= {"partner": read("partner", cells.read_partner, known), "yoy_pct": read("yoy_pct", cells.read_change)}
    if metric and value is not None:
        row |= _united(read("unit", cells.read_unit, value, metric, known), row, one, faults)
    if row.get("unit_norm"):
        read("value", cells.refuse_impossible, metric, row["unit_norm"], row["value_norm"])
    period = read("period", lambda _: cells.read_period(*_period(said)), text="-")
    if period is not None:
        read("period", cells.refuse_not_begun, period, row["status"], known, text="-")
    printed = read("published", cells.read_day, known)
    source, wrong = _source(one, known, printed, read("url", cells.read_url))
    faults += wrong
    if period is not None and printed and row["status"] == "reported" and last_day(printed) < period.start:
        problem = tr("{printed} is before the period begins, on {start}", printed=printed, start=period.start)
        faults.append(RowFault(one.where, "published", problem, tr("a report printed in or after its period")))
    if faults or period is None:
        return {}, None, faults
    row["source_id"] = (source or {}).get("source_id") or said["source_id"]
    return _finished(row, period, printed, known.today, one), source, []


def _empty(one: Given, known: Known) -> list[RowFault]:
    """A fault for each cell that a row cannot do without."""
    said, out = one.cells, []
    for name in (n for n in NEEDED if n not in said):
        problem, allowed = tr("is empty"), "a cell that is filled"
        if name == "unit" and "value" in said:
            problem += tr(", where the value is {value}", value=said["value"])
            allowed = ", ".join(sorted(known.units.get(said.get("metric", ""), ()))) or allowed
        out.append(RowFault(one.where, name, problem, allowed))
    return out


def _united(found: Row | None, row: Row, one: Given, faults: list[RowFault]) -> Row:
    """The cells of the value; a rate in the unit and one in `per` must be the same."""
    if found is None:
        return {}
    per = row.get("per")
    if per and found["per"] and per != found["per"]:
        faults.append(
            RowFault(
                one.where, "per", tr("{per!r}, where the unit says {per_2}", per=per, per_2=found["per"]), found["per"]
            )
        )
    return found | {"per": found["per"] or per}


def _period(said: Mapping[str, str]) -> tuple[str, str, str]:
    whole, start, end = (said.get(n, "") for n in ("period", "period_start", "period_end"))
    if whole and (start or end):
        raise Refused(tr("is given twice, also as period_start or period_end"), tr("one of them"))
    return whole, start, end


def _source(one: Given, known: Known, printed: str | None, url: str | None) -> tuple[Row | None, list[RowFault]]:
    """The source that a row brings, None where it names one of the register; and what is wrong with it."""
    said = one.cells
    named, brought = said.get("source_id"), [n for n in ("publisher", "title", "url") if n in said]
    if named and brought:
        return None, [
            RowFault(
                one.where,
                "source_id",
                tr("{named!r} beside {brought}", named=named, brought=", ".join(brought)),
                tr("one source for a row"),
            )
        ]
    if named:
        if named in known.ids and named.startswith("s-"):
            return None, []
        return None, [
            RowFault(
                one.where,
                "source_id",
                tr("{named!r} is not in the register", named=named),
                tr("an id of record sources"),
            )
        ]
    if "publisher" not in said:
        problem = tr("is empty, so the row has no source")
        return None, [RowFault(one.where, "publisher", problem, tr("who printed it, or source_id"))]
    key = "|".join((said["publisher"], url or "", printed or "", said.get("title", "")))
    return {
        "source_id": f"{SOURCE_BEGINS}{digest(key, 8)}",
        "publisher": said["publisher"],
        "title": said.get("title"),
        "url": url,
        "url_basis": "seen" if url else "none",
        "source_kind": "original" if url else "none",
        "published": printed,
    }, []


def _finished(row: Row, period: Any, printed: str | None, today: date, one: Given) -> Row:
    """The row with its days, its source and its id."""
    done = {name: row.get(name) for name in OWN_OBSERVATIONS.names} | {
        "period_start": period.start.isoformat(),
        "period_end": period.end.isoformat(),
        "published": printed,
        "quality": row.get("quality") or ("good" if "url" in one.cells or "source_id" in one.cells else "unclear"),
        # Who writes a row down knows it by then, though its period goes on.
        "known_on": printed or min(period.end, today).isoformat(),
        "known_on_basis": "published" if printed else "inferred",
        "reviewed": True,
        "own_id": one.cells.get("id"),
    }
    says = {n: plain(v) if isinstance(v := done[n], float) else v for n in (*_SAYS, *_SAYS_TOO)}
    return done | {"id": id_of("u", json.dumps(says, sort_keys=True, ensure_ascii=True))}


def _doubled(given: Sequence[Given], known: Known) -> list[RowFault]:
    """An id that stands on two rows, of two sources or otherwise twice, or on a row of the record."""
    first: dict[str, Given] = {}
    out = []
    for one in given:
        if not (own := one.cells.get("id")):
            continue
        if own in known.ids:
            out.append(
                RowFault(one.where, "id", tr("{own!r} is of a row of the record", own=own), tr("an id of your own"))
            )
        if (other := first.setdefault(own, one)) is one:
            continue
        if any(one.cells.get(n) != other.cells.get(n) for n in _CITED):
            problem = tr("{own!r} has another source here than in {where}", own=own, where=other.where)
            out.append(RowFault(one.where, "id", problem, tr("one source for an id")))
        else:
            out.append(
                RowFault(
                    one.where,
                    "id",
                    tr("{own!r} stands in {where} already", own=own, where=other.where),
                    tr("each id once"),
                )
            )
    return out


def _repeated(read: Taken) -> list[RowFault]:
    """Rows that say the same as an earlier one."""
    first: dict[str, str] = {}
    out = []
    for row, where in zip(read.rows, read.wheres, strict=True):
        if (before := first.setdefault(row["id"], where)) != where and not row["own_id"]:
            out.append(
                RowFault(where, "value", tr("the row says the same as {before}", before=before), tr("each row once"))
            )
    return out


def _otherwise(read: Taken, held: Iterable[Row]) -> list[RowFault]:
    """Ids of the person's under which a row with other cells is held."""
    known = {r["own_id"]: r["id"] for r in held if r["own_id"]}
    out = []
    for row, where in zip(read.rows, read.wheres, strict=True):
        other = known.get(row["own_id"])
        if other and other != row["id"]:
            problem = tr("{own_id!r} is held with other cells, as {other}", own_id=row["own_id"], other=other)
            out.append(
                RowFault(
                    where, "id", problem, tr("the same cells, or entrepot record remove {other} first", other=other)
                )
            )
    return out
