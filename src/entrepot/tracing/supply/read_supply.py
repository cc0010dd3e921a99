"""Read a file of supply: each row, or event, is taken or refused with its reason; both together are what was read."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from entrepot.core.contract import table
from entrepot.core.errors import UnknownNameError, UnreadableFileError
from entrepot.core.ids import DIGITS, digest
from entrepot.core.words.translate import in_english, ntr, tr
from entrepot.intake.groups.row_words import cancelling, names_nobody
from entrepot.intake.open_table import table_of
from entrepot.intake.reading_options import DAY_FIRST, SAID, ReadingOptions
from entrepot.intake.unpack import CHUNK, content
from entrepot.ownership.stake import AS_PERCENT, first_fraction, fractions_said
from entrepot.tracing.contract import KINDS, SUPPLY_LINKS
from entrepot.tracing.supply.continued_rows import ContinuedRows, lines_of
from entrepot.tracing.supply.epcis.read_events import read_events
from entrepot.tracing.supply.heading_units import UNITS
from entrepot.tracing.supply.kinds.declaration_rows import SHIPMENTS
from entrepot.tracing.supply.kinds.facility_rows import FACILITIES
from entrepot.tracing.supply.kinds.link_rows import LINKS
from entrepot.tracing.supply.kinds.maker_rows import MAKERS, asked_again
from entrepot.tracing.supply.kinds.maker_rows import NAME as OF_MAKERS
from entrepot.tracing.supply.kinds.paper_rows import PAPERS
from entrepot.tracing.supply.kinds.payment_rows import PAYMENTS
from entrepot.tracing.supply.kinds.production_rows import PRODUCTION
from entrepot.tracing.supply.kinds.recipe_rows import BOM
from entrepot.tracing.supply.lost_value import LostValue, at_stake
from entrepot.tracing.supply.party_headings import owners_told
from entrepot.tracing.supply.rows.form_heads import heads_of_form, heads_said, is_of_labels
from entrepot.tracing.supply.rows.refused_rows import refuse_bare, refuse_long, refuse_row
from entrepot.tracing.supply.supply_cells import (
    CANCELLED,
    SUM,
    KnownWords,
    amounts,
    apart,
    columns_of,
    figures_beside,
    is_day_first,
    is_no_day,
    numbered_apart,
    without_sign,
    written_day,
)
from entrepot.tracing.supply.supply_headings import has_all, is_total, placed, total_words, words
from entrepot.tracing.supply.supply_row import ToldRow, WrongRowError
from entrepot.trade.loading.printed.printed_lines import RunningSums
from entrepot.vocabulary import currencies

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    import polars as pl
    import pyarrow as pa

    from entrepot.core.contract import Contract
    from entrepot.intake.text_table import TextTable
    from entrepot.intake.unpack import Content
    from entrepot.tracing.supply.supply_headings import Placed
    from entrepot.tracing.supply.supply_row import SupplyKind, Taken

TABLES: dict[str, SupplyKind] = {
    "links": LINKS,
    "shipments": SHIPMENTS,
    "production": PRODUCTION,
    "bom": BOM,
    "payments": PAYMENTS,
    "papers": PAPERS,
    "facilities": FACILITIES,
    OF_MAKERS: MAKERS,
}
_PLAIN = re.compile(r"\d+(\.\d+)?")  # a number that is said of all rows
_MOST_DOUBTS = 20  # kinds of doubt that are named, as units are that convert to nothing; a person reads no more
_HEADING = 60  # characters of a heading that a note repeats
_FEW = 3  # known columns that make a row of headings, where one that is needed is not among them
_SHOWING = 500  # first rows that show which of several columns is meant: what they hold shows in fewer
_OF_ROWS = ("row", "what", "again")  # of each row beside its cells
_PAPERS = ("document", "invoice")  # columns that name a paper, which says a supply once
_BLOCK = 50_000  # rows that are held as objects at a time


@dataclass(frozen=True, slots=True, eq=False)
class SupplyFile:
    """A file of supply as rows.

    Attributes:
        row: under SUPPLY_FILES.
        refused: under SUPPLY_REFUSED.
        held: name of a contract -> its rows, under it.
        makers: columns by which it is read once more, as links from who made the goods; empty where nobody is named.
    """

    row: dict[str, Any]
    refused: list[dict[str, Any]]
    held: dict[str, pa.Table]
    makers: Mapping[str, str] = field(default_factory=dict)

    @property
    def tables(self) -> dict[str, list[dict[str, Any]]]:
        """Name of a contract -> its rows."""
        return {name: found.to_pylist() for name, found in self.held.items()}

    @property
    def links(self) -> list[dict[str, Any]]:
        """Under SUPPLY_LINKS."""
        return self.tables.get(SUPPLY_LINKS.name, [])


@dataclass(slots=True)
class _Draft:
    """What is gathered while a file is read."""

    file_id: str
    waiting: dict[str, tuple[Contract, list[dict[str, Any]]]] = field(default_factory=dict)
    blocks: dict[str, list[pa.Table]] = field(default_factory=dict)
    refused: list[dict[str, Any]] = field(default_factory=list)
    taken: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    lost: LostValue = field(default_factory=LostValue)
    notes: list[str] = field(default_factory=list)
    makers: Mapping[str, str] = field(default_factory=dict)

    def take(self, row: int, found: Iterable[Taken]) -> None:
        """Keep what a row says."""
        self.taken += 1
        for contract, said in found:
            rows = self.waiting.setdefault(contract.name, (contract, []))[1]
            rows.append({"file_id": self.file_id, "row": row, **said})
            if len(rows) == _BLOCK:
                self.put_away()

    def put_away(self) -> None:
        """Rows as tables: as dicts five million links would be ten gigabytes."""
        for name, (contract, rows) in self.waiting.items():
            self.blocks.setdefault(name, []).append(table(contract, rows))
        self.waiting.clear()

    @property
    def held(self) -> dict[str, pa.Table]:
        """What was kept, by contract."""
        import pyarrow as pa

        self.put_away()
        return {name: pa.concat_tables(some) for name, some in self.blocks.items()}

    def refuse(self, row: int, exc: WrongRowError) -> None:
        """Note why a row cannot be."""
        self.refused.append({"file_id": self.file_id, "row": row, "problem": str(exc), "remedy": exc.remedy})


class _Columns(NamedTuple):
    """Where our columns stand, the day after which nothing can lie, figures of columns not read, and what is said.

    `is_typed`: whether cells may be numbers that a program printed.
    """

    placed: Placed
    today: date
    beside: Sequence[Sequence[str]]
    options: ReadingOptions
    is_typed: bool


class _Said(NamedTuple):
    """What the person says of a file, and the day after which nothing of it can lie."""

    columns: Mapping[str, str]
    options: ReadingOptions
    today: date


@in_english
def read_supply(
    path: Path,
    columns: Mapping[str, str] | None = None,
    options: ReadingOptions | None = None,
    *,
    kind: str = "links",
    today: date,
) -> SupplyFile:
    """A file of supply.

    Args:
        path: the file, packed or not: CSV and its kin, a workbook, JSON, Parquet; events of EPCIS as JSON or XML.
        columns: our column -> the heading under which the file has it, where they differ.
        options: what the person says of the file: encoding, sheet.
        kind: what it is read as, one of KINDS, or makers, by the columns that a first reading gives.
        today: the day after which no date of the file may lie.

    Raises:
        UnknownNameError: no such kind; a column is missing, or one that is named is none.
        UnreadableFileError: the file cannot be read, or no row of it can be taken.
    """
    if kind not in {*KINDS, OF_MAKERS}:
        raise UnknownNameError(tr("kind of file of supply"), kind, KINDS)
    file = content(path)
    with file.open() as data:
        sha256 = digest(iter(lambda: data.read(CHUNK), b""))
    # One file may be read as two kinds, declarations as links for one: each has an id of its own.
    file_id = f"supply-{sha256[:DIGITS] if kind == 'links' else digest(f'{kind} {sha256}', DIGITS)}"
    draft = _Draft(file_id)
    said = _Said(columns or {}, options or ReadingOptions(), today)
    notes = _events(draft, file, said) if kind == "epcis" else _table(draft, file, TABLES[kind], said)
    if not draft.taken:
        why, remedy = tr("no row of it can be taken"), tr("Nothing is kept of the file.")
        if draft.refused:
            row, problem, remedy = (draft.refused[0][told] for told in ("row", "problem", "remedy"))
            why = tr("no row of it can be taken: row {row}: {problem}", row=row, problem=problem)
        raise UnreadableFileError(file.origin, why, remedy=remedy)
    held = draft.held
    row = {
        "file_id": file_id,
        "file": path.name,
        "kind": "links" if kind == OF_MAKERS else kind,
        "sha256": sha256,
        "loaded_at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "read": draft.taken + len(draft.refused),
        "taken": draft.taken,
        "links": held[SUPPLY_LINKS.name].num_rows if SUPPLY_LINKS.name in held else 0,
        "refused": len(draft.refused),
        "notes": notes,
    }
    return SupplyFile(row, draft.refused, held, draft.makers)


def _table(draft: _Draft, file: Content, kind: SupplyKind, said_of: _Said) -> list[str]:
    """Read a table; what there is to say of it."""
    named, options, today = said_of
    for ours in named:
        if ours not in kind.columns:
            raise UnknownNameError(tr("column of {what}", what=kind.what), ours, kind.columns)
    wide: dict[int, WrongRowError] = {}  # by line, for a table may be gone through more than once

    def too_wide(line: int, problem: str, remedy: str) -> None:
        wide[line] = WrongRowError(problem, remedy)

    options = replace(options, too_wide=too_wide)
    told = _headed(file, kind, options, named, wide)
    may_be_form = not has_all(kind, told.headings, named) or is_of_labels(told.headings)
    if may_be_form and (heads := heads_of_form(kind, file, options, named)):
        return [heads_said(heads), *_table(draft, file, kind, said_of._replace(columns={**named, **heads}))]
    showing = list(islice(told.rows(), _SHOWING))
    found = placed(kind, told.headings, named, showing)
    draft.makers = asked_again(told.headings, found) if kind is not MAKERS else {}
    of_lines = [found.at[c] for c in ("material", "quantity", "value") if c in found.at]
    needed = [found.at[c] for c in kind.needed if c in found.at]
    rows = ContinuedRows(lines_of(told.headings, of_lines), needed[0] if needed else None, total_words())
    places = {c: found.pieces.get(c, (i,)) for c, i in found.at.items()}
    known = KnownWords(words(kind, named).known, is_total, cancelling(told.headings, showing))
    cells = columns_of(rows.read(told.numbered()), places, needed, known)
    cells, signs = _apart(cells, kind, found)
    _refuse_fractions(cells, told.origin)
    if found.group and not rows.heads:  # the first column has no heading, and nothing in it names whom rows are of
        placed(kind, [h or "-" for h in told.headings], named)
    for row, wrong in wide.items():
        draft.refuse(row, wrong)
        draft.lost.add(None, None)
    first = _rows(
        draft, cells, kind, _Columns(found, today, figures_beside(showing, places), options, told.kind != "delimited")
    )
    draft.refused.sort(key=lambda r: r["row"])
    more = len(draft.counts) - _MOST_DOUBTS
    doubts = [
        ntr(n, "{what}: {count} row, row {first}", "{what}: {count} rows, the first of them row {first}",
            what=what, first=first[what])
        for what, n in list(draft.counts.items())[:_MOST_DOUBTS]
    ] + ([tr("{more} more kinds of doubt of this sort", more=more)] if more > 0 else [])  # fmt: skip
    doubts += draft.lost.notes() if kind.amounts else []
    owners = owners_told(told.headings, showing, found.at) if kind is not MAKERS else []
    return [*found.notes(), *owners, *signs, *rows.notes(), *doubts, *draft.notes, *told.notes, *told.late_notes]


def _headed(
    file: Content,
    kind: SupplyKind,
    options: ReadingOptions,
    named: Mapping[str, str],
    wide: dict[int, WrongRowError],
) -> TextTable:
    """The table with its headings, else with those that are known, among which what is missing is told."""
    # By the headings that were named, where any were: one that is needed and missing is then told among its own row.
    looked_for = tuple(h for h in named.values() if not h.startswith(SAID)) or kind.needed
    told = table_of(file, replace(options, headings=looked_for))
    if looked_for == kind.needed and not all(told.headings):  # headings of groups of columns leave gaps
        two = table_of(file, replace(options, words=words(kind, named)))
        told = two if two.first_row > told.first_row and has_all(kind, two.headings, named) else told
    if has_all(kind, told.headings, named):
        return told
    wide.clear()
    below = table_of(file, replace(options, words=words(kind, named)))
    if has_all(kind, below.headings, named):
        return below
    by_few = words(kind, named, least=_FEW)
    # Who supplies may stand in rows of its own in the column of the days: it is given a heading then.
    filled = table_of(file, replace(options, words=replace(by_few, of_value=kind.needed[0]), is_filled=True))
    if has_all(kind, filled.headings, named):
        return filled
    return table_of(file, replace(options, words=by_few)) if looked_for == kind.needed else told


def _said_once(kind: SupplyKind, found: Placed, decimal: str) -> dict[str, float | None]:
    """The amounts that are said of all rows, --column product_quantity==100; None for what is no number."""
    said = {c: found.said[c].strip() for c in kind.amounts if c in found.said}
    plain = {c: text.replace(decimal, ".") if decimal else text for c, text in said.items()}
    return {c: float(text) if _PLAIN.fullmatch(text) else None for c, text in plain.items()}


def _rows(draft: _Draft, cells: pl.DataFrame, kind: SupplyKind, columns: _Columns) -> dict[str, int]:
    """Take or refuse each row; the first row of whatever is read with doubt."""
    found, today, beside, options, _ = columns
    names = [c for c in kind.amounts if c in found.at]
    numbers, draft.notes = amounts(cells, names, beside, options.decimal, is_typed=columns.is_typed)
    proven, once = [c for c in names if numbers[c].count()], _said_once(kind, found, options.decimal)
    day_first = options.date_order == DAY_FIRST if options.date_order else None
    if "date" in found.at and not options.date_order:
        day_first = is_day_first(cells["date"].unique().to_list())
    first: dict[str, int] = {}
    sums, labels = RunningSums(), [c for c in found.at if c not in {*kind.amounts, *UNITS.values()}]
    for begin in range(0, cells.height, _BLOCK):
        block = cells.slice(begin, _BLOCK)
        parts = numbers.slice(begin, _BLOCK).to_dicts() if names else [{}] * block.height
        own_cells = block.drop(_OF_ROWS).iter_rows(named=True)
        for row, told, again, own, amount in zip(*(block[c] for c in _OF_ROWS), own_cells, parts, strict=True):
            said = {**found.said, **own}
            day = written_day(said.get("date", ""), day_first=day_first, is_said=bool(options.date_order))
            if is_no_day(day):
                draft.counts[tr("day of zeros, read as none")] += 1
                day = ""
            what = told or (SUM if sums.is_sum(amount, is_bare=not any(own[ours] for ours in labels)) else "")
            try:
                is_copy = again != row and any(not names_nobody(own.get(c, "")) for c in _PAPERS)
                refuse_row(what, again if is_copy else None)
                refuse_long(said)
                refuse_bare(own, kind, found)
                if again != row:
                    draft.counts[tr("says cell for cell what another row says, and names no paper: counted again")] += 1
                draft.take(row, kind.read(ToldRow({**said, "date": day}, once | amount, proven, today, draft.counts)))
            except WrongRowError as exc:
                draft.refuse(row, exc)
                if what in {"", CANCELLED}:
                    draft.lost.add(*at_stake(said, amount))
            if len(first) < len(draft.counts):
                first |= dict.fromkeys(draft.counts.keys() - first.keys(), row)
    return first


def _refuse_fractions(cells: pl.DataFrame, origin: str) -> None:
    """Stop where shares of an input may be fractions of one: 0.3 read as a percentage would be next to nothing."""
    shares = cells["share"].to_list() if "share" in cells.columns else []
    at = first_fraction(shares)
    if at is not None:
        said, row = fractions_said(shares[at]), cells[_OF_ROWS[0]][at]
        raise UnreadableFileError(origin, said, line=row, allowed=tr("percentages"), remedy=tr(AS_PERCENT))


def _is_currency(word: str) -> bool:
    return currencies.known(word.upper())


def _apart(cells: pl.DataFrame, kind: SupplyKind, found: Placed) -> tuple[pl.DataFrame, list[str]]:
    """The cells with the unit of a figure in a column of its own, where it stands beside the figure: 40 PKG, $40."""
    told = ""
    if "value" in found.at and "currency" in kind.columns:
        cells, told = without_sign(cells, "value", "currency", found.said.get("currency", ""))
    for figures, unit in UNITS.items():
        is_said = unit in found.at or unit in found.said or unit in cells.columns
        if figures in found.at and unit in kind.columns and not is_said:
            cells = apart(cells, figures, unit, _is_currency if unit == "currency" else str.strip)
    for who in kind.needed:
        if who in found.at and f"{who}_id" in kind.columns and not {f"{who}_id"} & {*found.at, *found.said}:
            cells = numbered_apart(cells, who, f"{who}_id")
    return cells, [told] if told else []


def _events(draft: _Draft, file: Content, said_of: _Said) -> list[str]:
    """Read events; what there is to say of them."""
    if said_of.columns:
        named = next(iter(said_of.columns))
        raise UnknownNameError(tr("column of events of EPCIS"), named, (), remedy=tr("Leave --column out."))
    for row, found in read_events(file, said_of.options, said_of.today, draft.counts):
        if isinstance(found, WrongRowError):
            draft.refuse(row, found)
        else:
            draft.take(row, found)
    return [f"{what}: {n}" for what, n in draft.counts.items()]
