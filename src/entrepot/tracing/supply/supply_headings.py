"""Which column of a table of supply is which of ours: by our own name, by what a person says, by headings on record."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from entrepot.core.errors import UnknownNameError
from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import tr
from entrepot.intake.groups import row_words
from entrepot.intake.heading_row import folded
from entrepot.intake.reading_options import SAID, Words
from entrepot.tracing.balance.quantity_range import weighs
from entrepot.tracing.supply.continued_rows import prefix_of
from entrepot.tracing.supply.contract import SUPPLY_HEADINGS, SUPPLY_WORDS
from entrepot.tracing.supply.heading_units import (
    UNITS,
    bases,
    is_counted,
    put_unit_of_weight,
    unit_of,
    unit_words,
    units_beside,
    units_said,
)
from entrepot.tracing.supply.party_headings import (
    candidates,
    chosen,
    further,
    has_letters,
    is_party,
    makers,
    names_a_party,
    numbers_of,
    of_nobody,
    told_of,
    without_box,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from entrepot.tracing.supply.supply_row import SupplyKind

_OF_PAPER = {"document", "invoice", "date", "currency"}  # what a line above the table of an invoice says of the whole
_FEWEST = 2  # known columns of a row of headings: of a line above the table a cell may be one
_KNOWN_BESIDE = 3  # columns: a first one without a heading may count the rows of any table
_OF_LINES = ("quantity", "value")  # what a line of a document counts
_OF_HEAD = ("date", "document")  # what its head says, which a list of lines repeats
_BILL = "transport_paper"
_LATE = {"document": 1, _BILL: 2}  # any paper, after `invoice`; then a bill that is not the only number of a row
_MOST_UNREAD = 12  # columns that are named a line each: an export of 200 columns says nothing by 190 lines
_HEADING = 60  # characters of a heading that a note repeats


@dataclass(frozen=True, slots=True)
class Placed:
    """Where our columns stand.

    Attributes:
        at: our column -> its position.
        said: our column -> what is said of all rows.
        unread: headings that are not read, with why where they stand twice.
        told: our column -> the heading by which it was found, where it is not called as ours is and nobody named it.
        group: our column that is needed and has no heading: rows of its own may name whom those below are of.
        pieces: our column of an address that stands in several -> where they stand.
        numbered: our columns of names under which no cell has a letter.
        makers: headings under which somebody else made the goods.
    """

    at: dict[str, int]
    said: dict[str, str]
    unread: list[str]
    told: dict[str, str] = field(default_factory=dict)
    group: str = ""
    pieces: dict[str, tuple[int, ...]] = field(default_factory=dict)
    numbered: tuple[str, ...] = ()
    makers: tuple[str, ...] = ()

    def notes(self) -> list[str]:
        """What there is to say of them."""
        by_name = ", ".join(f"{heading[:_HEADING]} = {ours}" for ours, heading in self.told.items())
        found = [tr("columns known by their headings: {by_name}", by_name=by_name)] if by_name else []
        unread = [tr("the column {h} is not read", h=h) for h in self.unread[:_MOST_UNREAD]]
        if len(self.unread) > _MOST_UNREAD:
            shown = ", ".join(self.unread[:_MOST_UNREAD])
            count = len(self.unread)
            unread = [tr("{count} columns are not read, the first of them {shown}", count=count, shown=shown)]
        joined = [
            tr("{ours} is joined from {count} columns", ours=ours, count=len(some))
            for ours, some in self.pieces.items()
        ]
        numbered = [_without_letters(c) for c in self.numbered]
        return unread + found + joined + numbered


def _without_letters(ours: str) -> str:
    """What to say of a column of names that holds numbers: no list is asked about a number."""
    return tr(
        "{ours}: no cell has a letter, so there is no name that a list could meet; say where: --column {ours}=HEADING",
        ours=ours,
    )


def _option(ours: str, heading: str) -> str:
    """The option that says where a column of ours stands, as a shell takes it."""
    said = f"{ours}={heading[:_HEADING]}"
    return " ".join(("--column", f'"{said}"' if " " in said else said))


def placed(
    kind: SupplyKind, headings: Sequence[str], named: Mapping[str, str], rows: Sequence[Sequence[str | None]] = ()
) -> Placed:
    """Where the columns of a kind of table stand among headings.

    Args:
        kind: of the table.
        headings: as they stand.
        named: our column -> the heading that a person names, or = and what they say of all rows.
        rows: the first rows, which decide between columns that may be the same one of ours.

    Raises:
        UnknownNameError: a column that is named, or needed, is not there.
    """
    found = _found(kind, headings, named, rows)
    for ours in kind.columns:
        if ours not in found.at and ours not in found.said and (ours in named or ours in kind.needed):
            remedy = tr("Name it: --column {ours}=HEADING.", ours=ours)
            if number := next((headings[i] for i in numbers_of(ours, headings) if ours not in named), ""):
                remedy = tr(
                    "{number} holds a number of who it is: {option}. No list is met by a number: join the names to it "
                    "where you have them.",
                    number=number[:_HEADING],
                    option=_option(ours, number),
                )
            elif ours not in named:
                remedy = tr(
                    "Name it: --column {ours}=HEADING; or say it of all rows: --column {ours}==NAME.", ours=ours
                )
            raise UnknownNameError(
                tr("column of {what}", what=kind.what),
                named.get(ours, ours),
                list(filter(None, headings)),
                remedy=remedy,
            )
    if not _is_row(found, headings):
        raise UnknownNameError(
            tr("column of {what}", what=kind.what),
            next(c for c in kind.columns if c not in found.at and c not in found.said),
            list(filter(None, headings)),
            remedy=tr("No row of headings is known: name two of its columns, as --column quantity=HEADING."),
        )
    return found


def has_all(kind: SupplyKind, headings: Sequence[str], named: Mapping[str, str]) -> bool:
    """Whether headings have every column that is needed or named."""
    found = _found(kind, headings, named)
    # Where both parties are said of all rows a title has all that is needed and no column, and a line above the table
    # of an invoice, as Invoice No.: 014, has one.
    return _is_row(found, headings) and all(c in found.at or c in found.said for c in (*kind.needed, *named))


def _is_row(found: Placed, headings: Sequence[str]) -> bool:
    """Whether so many columns are known that the row is one of headings, or one that no line above a table has."""
    return bool(found.at.keys() - _OF_PAPER) or len(found.at) >= min(_FEWEST, max(1, sum(map(bool, headings))))


def words(kind: SupplyKind, named: Mapping[str, str], *, least: int = 0) -> Words:
    """The words by which the row of headings of a table is found, below the lines of a title.

    Args:
        kind: of the table.
        named: what a person says of its columns.
        least: how many known columns make a row of headings, for the message where one that is needed is not there; 0
            asks for all that are needed.
    """
    theirs = [h for c in kind.columns for h in _by_column().get(c, ())]
    known = {folded(h) for h in (*theirs, *kind.columns, *named.values())} | unit_words()
    if least:
        return Words(frozenset(known), lambda cells: len(_found(kind, cells, named).at) >= least)
    return Words(frozenset(known), lambda cells: has_all(kind, cells, named))


def means(meaning: str, cell: str) -> bool:
    """Whether a cell is one of the words on record for a meaning, such as a line of totals."""
    return "".join(cell.casefold().split()).strip(":：") in _cells()[meaning]


def _found(
    kind: SupplyKind, headings: Sequence[str], named: Mapping[str, str], rows: Sequence[Sequence[str | None]] = ()
) -> Placed:
    bare = _spellings(headings)
    plain = ["_".join(h.casefold().split()) for h in headings]
    said = {c: h[len(SAID) :].strip() for c, h in named.items() if h.startswith(SAID)}
    own = {c: "_".join(named.get(c, c).casefold().split()) for c in kind.columns if c not in said}
    at = {c: plain.index(wanted) for c, wanted in own.items() if wanted in plain}
    told: dict[str, str] = {}
    for ours in sorted((c for c in kind.columns if c not in said and c not in named), key=lambda c: _LATE.get(c, 0)):
        taken = {i for c, i in at.items() if c != ours}
        likely = [i for i in _likely(ours, at, headings, bare) if i not in taken]
        if ours in UNITS and likely and is_counted(headings[likely[0]]):
            likely.sort(key=lambda i: weighs(unit_of(headings[i])), reverse=True)  # what is weighed adds up
        if likely and (place := chosen(ours, likely, headings, rows)) != at.get(ours):
            at[ours], told[ours] = place, headings[place]
    if _BILL in kind.columns and at.get("document") in _likely(_BILL, {}, headings, bare):
        at[_BILL] = at["document"]  # one bill is the number already: a master's is of many shipments
        told.pop(_BILL, None)
    has_none = "quantity" not in kind.columns and "unit" not in named
    if has_none and "unit" in at and _is_of_quantity(at["unit"], headings):
        del at["unit"]  # pieces and bags are none of the net weight's
        told.pop("unit", None)
    put_unit_of_weight(at, told, named, headings, rows)
    if told_by := _weighed(kind, headings, at, named, rows):
        at |= told_by
        told |= {c: headings[i] for c, i in told_by.items()}
    units = {
        c: u for c, u in units_said(headings, at).items() if c in kind.columns and c not in said and c not in named
    }
    # A currency in the heading of the figures is theirs, whatever column says one: TOTAL VALUE_INR, INVOICE CURRENCY.
    if "currency" in units and at.pop("currency", None) is not None:
        told.pop("currency", None)
    said |= {c: u for c, u in units.items() if c not in at}
    beside = units_beside({c: i for c, i in at.items() if c in kind.columns}, rows)
    beside = {c: i for c, i in beside.items() if c in kind.columns and c not in {*at, *said, *named}}
    at |= beside
    told |= {c: headings[i] for c, i in beside.items()}
    group = _without_heading(kind, headings, at, said)
    at |= {group: 0} if group else {}
    pieces = {c: some for c, i in at.items() if (some := further(c, i, headings, rows))}
    pieces |= _of_the_one(kind, headings, at, told, rows)
    read = {*at.values(), *(i for some in pieces.values() for i in some)}
    numbered = [
        c for c, i in at.items() if rows and is_party(c) and any(r[i] for r in rows) and not has_letters(i, rows)
    ]
    made = tuple(makers(headings, read, rows)) if {"exporter", "supplier"} & at.keys() else ()
    # Those of a second reading, and of what was taken back, are read elsewhere; State may be of an address.
    marks = row_words.cancelling(headings, rows)
    taken_back = {i for i, said in marks.items() if any(folded(r[i] or "") in said for r in rows)}
    unread = _unread(headings, read | {i for h in made[:1] for i in told_of(h, headings)} | taken_back)
    return Placed(at, said, unread, told, group, pieces, tuple(numbered), made)


def _of_the_one(
    kind: SupplyKind,
    headings: Sequence[str],
    at: dict[str, int],
    told: dict[str, str],
    rows: Sequence[Sequence[str | None]],
) -> dict[str, tuple[int, ...]]:
    """Address and country that do not say whose they are, in a file that names one party: they are its own.

    Returns:
        The columns of an address in several; what was found is put into `at` and `told`.
    """
    one, *others = [c for c in kind.needed if c in at] or [""]
    pieces: dict[str, tuple[int, ...]] = {}
    for part in ("address", "country") if one and not others and len(kind.needed) > 1 else ():
        ours, found = f"{one}_{part}", of_nobody(part, headings, rows)
        found = tuple(i for i in found if i not in at.values())
        if found and ours in kind.columns and ours not in at:
            at[ours], told[ours] = found[0], headings[found[0]]
            pieces |= {ours: found} if part == "address" and len(found) > 1 else {}
    return pieces


def _weighed(
    kind: SupplyKind,
    headings: Sequence[str],
    at: Mapping[str, int],
    named: Mapping[str, str],
    rows: Sequence[Sequence[str | None]],
) -> dict[str, int]:
    """Where a declaration tells its weight as a quantity: in each of the first rows its unit is one of mass."""
    is_asked = "net_weight" in kind.columns and "quantity" not in kind.columns
    if not is_asked or "net_weight" in {*at, *named} or "unit" in named:
        return {}
    bare, taken = _spellings(headings), {i for c, i in at.items() if c != "unit"}
    quantity, unit = (
        next((i for h in _by_column()[c] for i, b in enumerate(bare) if h in b and i not in taken), None)
        for c in ("quantity", "unit")
    )
    if quantity is None or unit is None:
        return {}
    said = {row[unit] for row in rows if row[quantity]}
    is_mass = bool(said) and all(word and weighs(word) for word in said)
    return {"net_weight": quantity, "unit": unit} if is_mass else {}


def _is_of_quantity(at: int, headings: Sequence[str]) -> bool:
    """Whether a column of units is of a quantity: it says so, or stands behind one."""
    quantities = {*_by_column()["quantity"], *_by_column()["product_quantity"]} - {*_by_column()["net_weight"]}
    before = _bare(headings[at - 1]) if at else ""
    said = _bare(headings[at])
    return before in quantities or any(f" {q} " in f" {said} " for q in quantities)


def _likely(ours: str, at: Mapping[str, int], headings: Sequence[str], bare: Sequence[tuple[str, ...]]) -> list[int]:
    """Where one of our columns may stand, the likeliest first: on record, by our own name, by the words of the heading.

    Where ours is on record too, what stands before it says more: a material's text before its number.
    """
    before = _before().get(ours, ()) if ours in at else _by_column().get(ours, ())
    after = [h for h in _by_column().get(ours, ()) if h not in before] if is_party(ours) else []
    name_at = at.get(ours.rpartition("_")[0])
    order = [i for h in before for i, b in enumerate(bare) if h in b]
    order += [at[ours]] if ours in at else []
    order += [i for h in after for i, b in enumerate(bare) if h in b]
    return list(dict.fromkeys([*order, *candidates(ours, headings, name_at)]))


def _unread(headings: Sequence[str], read: Collection[int]) -> list[str]:
    """The headings of which nothing is read, those with a word for a party first: somebody stands under them."""
    plain = ["_".join(h.casefold().split()) for h in headings]
    twice = {plain[i] for i in read}
    left = [i for i, h in enumerate(headings) if i not in read and h.strip()]
    return [
        tr("{heading}, which stands in the headings again: the first is read", heading=headings[i][:_HEADING])
        if plain[i] in twice
        else headings[i][:_HEADING]
        for i in sorted(left, key=lambda i: not names_a_party(headings[i]))
    ]


def _without_heading(kind: SupplyKind, headings: Sequence[str], at: Mapping[str, int], said: Mapping[str, str]) -> str:
    """The one column that is needed and not there, where the first column has no heading and others are known."""
    lacking = [c for c in kind.needed if c not in at and c not in said]
    is_blank = bool(headings) and not headings[0].strip()
    return lacking[0] if is_blank and len(lacking) == 1 and len(at) >= _KNOWN_BESIDE else ""


def _spellings(headings: Sequence[str]) -> list[tuple[str, ...]]:
    """By heading, what it may be on record as: its words; of a line of a document those behind the stroke too."""
    found: list[tuple[str, ...]] = []
    for heading in headings:
        before = prefix_of(heading)
        last = folded(heading.rpartition("/")[2])
        is_line = before and any(
            prefix_of(h) == before and folded(h.rpartition("/")[2]) in _of(*_OF_LINES) for h in headings
        )
        told = dict.fromkeys((folded(without_box(heading)), *bases(without_box(heading))))
        of_head = (last,) if before and last in _of(*_OF_HEAD) else ()
        found.append((*told, folded(f"lines/{last}"), last) if is_line else (*told, *of_head))
    return found


@cache
def _of(*columns: str) -> frozenset[str]:
    """All headings of some columns of ours."""
    return frozenset(h for c in columns for h in _by_column()[c])


def _bare(heading: str) -> str:
    """The words of a heading, without what says its unit, or the number of a form's box before it."""
    return bases(without_box(heading))[0]


@cache
def _by_column() -> dict[str, tuple[str, ...]]:
    """Our column -> the words of its headings in all languages, the one to prefer first."""
    found: dict[str, list[str]] = {}
    for row in packaged_rows(SUPPLY_HEADINGS):
        found.setdefault(row["column"], []).extend(map(folded, row["headings"]))
    return {c: tuple(dict.fromkeys(some)) for c, some in found.items()}


@cache
def _before() -> dict[str, tuple[str, ...]]:
    """Our column -> the headings that are preferred to its own name, language by language."""
    found: dict[str, list[str]] = {}
    for row in packaged_rows(SUPPLY_HEADINGS):
        theirs, own = list(map(folded, row["headings"])), folded(row["column"])
        if own in theirs:
            found.setdefault(row["column"], []).extend(theirs[: theirs.index(own)])
    return {c: tuple(some) for c, some in found.items()}


@cache
def _cells() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    rows = [*packaged_rows(SUPPLY_WORDS), {"meaning": "total", "words": row_words.total_words()}]
    for row in rows:
        found.setdefault(row["meaning"], set()).update("".join(w.casefold().split()) for w in row["words"])
    return {meaning: frozenset(some) for meaning, some in found.items()}


def total_words() -> frozenset[str]:
    """The words on record for a line of totals."""
    return _cells()["total"]


def is_total(cells: Iterable[str]) -> bool:
    """Whether a row is a line of totals: one of its cells says so, and no more than a word or whose rows it sums."""
    return any(means("total", c) or row_words.is_subtotal(c) for c in cells if c)
