"""Which of the columns that may name a party do, and which numbers it: by headings, then by what the cells show."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from entrepot.screening.parties.headings.heading_role import BANK, CONTACT, GROUP, OWNER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from entrepot.screening.parties.headings.column_cells import ColumnCells
    from entrepot.screening.parties.headings.heading_role import HeadingRole

# Of the cells of a column that names parties one in ten says a legal form, in every vendor file looked at; groups,
# sites and terms say none.
_FIRMS = 0.1
_NO_NUMBER = (0.5, 0.0)  # cells with a digit of a column that is no number; where all its heading says one
_CLERKS = frozenset({"buyer", "agent"})  # stems of those who may be the clerk of a firm, too
# A buyer of whom one of these is told is a party.
_DESCRIBING = frozenset({"address", "country", "identifier", "birth", "document"})
# Under a heading that says nothing: of the names of vendors half say a legal form in every file looked at, of remarks,
# banks and groups few do.
_UNKNOWN_FIRMS, _LEAST_FIRMS = 0.5, 3
_MANY_FIRMS = 0.3  # what is a list of firms and not of persons: forms that are not known leave a third
_CHECKED = ("uscc", "lei", "ogrn", "imo")  # numbers that a check digit tells from others whatever the heading says
EMPTY = "empty"  # the stem of a column in which nobody stands yet
SHIPS = ("vessel", "ocean_vessel", "feeder_vessel")  # stems of columns in which nothing but ships stands
SECOND = (OWNER, EMPTY, *SHIPS)  # stems of parties that have no part in what the others are described by
_FEW = 10  # cells of which that share can be taken
_MOST_NAMES = 20  # columns held against one another: a file that names more parties a row is no list of vendors


def named(read: Sequence[HeadingRole], cells: ColumnCells) -> list[HeadingRole]:
    """The roles with those of the names as the cells bear them out.

    Args:
        read: what the headings say.
        cells: the first rows.
    """
    out = _described(read, cells)
    for leave in (_ticks, _not_whole, _clerks):
        for i in leave(out, cells):
            out[i] = replace(out[i], role="other")
    for i in _unlettered(out, cells):
        out[i] = replace(out[i], role="number" if out[i].is_whole else "other", series="")
    for i in (*_codes(out, cells), *_numbers(out, cells)):
        out[i] = replace(out[i], role="number")
    for i in _rest(out, cells):
        out[i] = replace(out[i], series="", number=0, stem="")
    for i in _last_names(out, cells):
        out[i] = replace(out[i], series="person", number=0)
    for i in _empty(out, cells):
        out[i] = replace(out[i], stem=EMPTY)
    out = _with_head(out, cells)
    for i in _of_others(out, cells):
        out[i] = replace(out[i], role="party")
    return _with_other_names(out, cells)


def _of_others(read: Sequence[HeadingRole], cells: ColumnCells) -> list[int]:
    """Other names whose party no column names: "Supplier legal name" beside "Factory" is no name of the factory's.

    The first of each such party names it. Cells must show firms, and none that the party beside is called alike.
    """
    places = _parties(read)
    known = {read[i].stem for i in places}
    likely = [i for i, r in enumerate(read) if r.role == "alias" and r.stem and not is_apart(r.stem)]
    likely = [] if "" in known else [i for i in likely if read[i].stem not in known and cells.firms(i)]
    apart = [i for i in likely if not any(cells.is_alike(i, other) for other in places)]
    return list({read[i].stem: i for i in reversed(apart)}.values())


def _with_other_names(read: Sequence[HeadingRole], cells: ColumnCells) -> list[HeadingRole]:
    """The roles with the columns that name the party of another a second time."""
    out = list(read)
    for i, one in _in_pieces(out, cells).items():
        out[i] = one
    for i in (*_again(out, cells), *_persons(out, cells)):
        out[i] = replace(out[i], role="alias")
    return out


def _described(read: Sequence[HeadingRole], cells: ColumnCells) -> list[HeadingRole]:
    """The roles of what describes a party as the cells bear them out, where the headings say more than is known.

    "Vergi dairesi" holds words, so it is no number; an address in which only countries stand is the country.
    """
    out = list(read)
    for i, one in enumerate(read):
        if one.role == "identifier" and cells.is_spelled(i, _NO_NUMBER[one.is_whole]):
            out[i] = replace(one, role="other", kind="")
        if one.role == "address" and not one.is_whole and cells.is_country(i):
            out[i] = replace(one, role="country")
    for i in _unknown(out):
        kind = next((k for k in _CHECKED if cells.is_number(i, k)), "")
        if kind:
            out[i] = replace(out[i], role="identifier", kind=kind)
    if not any(r.role == "country" for r in out):
        places = {i for i, r in enumerate(out) if r.role == "address"}
        told = next((i for i in _unknown(out) if places & {i - 1, i + 1} and cells.is_country(i)), None)
        if told is not None:
            out[told] = replace(out[told], role="country")
    return out


def _unknown(read: Sequence[HeadingRole]) -> list[int]:
    """The columns of whose headings no word is known, so that their cells alone can say what they hold."""
    return [i for i, r in enumerate(read) if r.role == "other" and r.is_unknown]


def is_apart(stem: str) -> bool:
    """Whether a party is described by its own columns alone: a parent, one of several owners, nobody yet."""
    return stem in SECOND or stem.startswith(GROUP)


def is_second(one: HeadingRole) -> bool:
    """Whether a party stands beside the one that the file is of: its parent, or one that is not sure to be a party."""
    return is_apart(one.stem) or not one.is_whole


def first_of(read: Sequence[HeadingRole], heads: Sequence[int]) -> set[int]:
    """The parties that the file is of: all but those that stand beside them."""
    sure = {i for i in heads if not is_second(read[i])}
    return sure or {i for i in heads if not is_apart(read[i].stem)} or set(heads)


def _parties(read: Sequence[HeadingRole]) -> list[int]:
    return [i for i, r in enumerate(read) if r.role == "party"]


def _ticks(read: Sequence[HeadingRole], cells: ColumnCells) -> list[int]:
    """Columns that hold a yes or a no, or say one thing of all rows, where another names the parties."""
    places, names = _parties(read), [i for i, r in enumerate(read) if r.role in {"party", "alias"}]
    none = [i for i in places if cells.is_tick(i) or (not read[i].stem and cells.is_one_thing(i))]
    return none if len(none) < len(names) else []


def _unlettered(read: Sequence[HeadingRole], cells: ColumnCells) -> list[int]:
    """Columns in which no cell has a letter, where another names the party: "Supplier rank"."""
    named = [i for i, r in enumerate(read) if r.role in {"party", "alias"}]
    none = [i for i in named if cells.is_unlettered(i)]
    return [i for i in none if read[i].role == "party"] if len(none) < len(named) else []


def _codes(read: Sequence[HeadingRole], cells: ColumnCells) -> list[int]:
    """Columns of codes under a word for the party, where another says a name: "Fournisseur" beside "Raison sociale".

    A heading that says a name is none of codes unless firms stand in another of no other party: "Name" of NetSuite.
    """
    places = _parties(read)
    said = [i for i in places if read[i].series]
    codes = [i for i in said if read[i].number == 1 and cells.is_code(i)] if len(said) > 1 else []
    firms = {read[i].stem for i in said if i not in codes and cells.firms(i)}
    return [
        i
        for i in places
        if (said and not read[i].series and cells.is_code(i)) or (i in codes and read[i].stem in firms)
    ]


def _numbers(read: Sequence[HeadingRole], cells: ColumnCells) -> list[int]:
    """Columns of numbers under a word for the party that says no name, beside another name of it: "Partner" of SAP."""
    told = [i for i, r in enumerate(read) if r.role == "alias" or r.series == "person"]
    stems = {read[i].stem for i in told if cells.is_lettered(i)}
    bare = [i for i in _parties(read) if not read[i].series and cells.of(i) and not cells.is_lettered(i)]
    return [i for i in bare if {read[i].stem, ""} & stems or (not read[i].stem and stems)]


def _empty(read: Sequence[HeadingRole], cells: ColumnCells) -> list[int]:
    """Columns in which nothing stands yet: whoever comes in them has no part in what the others are described by."""
    places = _parties(read) if len(cells.rows) >= _FEW else []
    none = [i for i in places if read[i].number == 1 and not cells.of(i)]
    return none if len(none) < len(places) else []


def _not_whole(read: Sequence[HeadingRole], cells: ColumnCells) -> Iterable[int]:
    """Columns whose headings say more than is known, where the name of the same party is told: "Vendor hold"."""
    sure = {read[i].stem for i in _parties(read) if read[i].is_whole and read[i].series != "person"}
    for i in _parties(read):
        if read[i].is_whole or not sure:
            continue
        filled, says_name = len(cells.of(i)), bool(read[i].series)
        is_firm = cells.firms(i) >= max(1, _FIRMS * filled)
        if not is_firm and filled and (read[i].stem in sure or filled >= _FEW) and not (says_name and filled < _FEW):
            yield i


def _firms(read: Sequence[HeadingRole], cells: ColumnCells) -> list[int]:
    """The columns of names of which a good part are firms'."""
    return [i for i in _parties(read) if (n := len(cells.of(i))) >= _FEW and cells.firms(i) >= _MANY_FIRMS * n]


def _clerks(read: Sequence[HeadingRole], cells: ColumnCells) -> list[int]:
    """Columns of a few persons who come again and again in a list of suppliers: the buyer who looks after each.

    A buyer of whom the file says more, or in whose column one firm stands, is a party.
    """
    described = {r.stem for r in read if r.role in _DESCRIBING}
    if not any(read[i].series and read[i].stem in {"", "supplier"} for i in _firms(read, cells)):
        return []
    likely = [i for i in _parties(read) if read[i].stem in _CLERKS - described and not read[i].series]
    return [i for i in likely if cells.is_few_persons(i)]


def _persons(read: Sequence[HeadingRole], cells: ColumnCells) -> list[int]:
    """Columns of names without a firm beside firms, whosoever they are: who stands for the firm, "Name" by "Firma"."""
    firms = [i for i in _firms(read, cells) if not read[i].stem]
    rest = [i for i in _parties(read) if i not in firms and not read[i].stem and read[i].series != "person"]
    many = [i for i in rest if read[i].number == 1 and len(cells.of(i)) >= _FEW and not cells.firms(i)]
    return many if len(firms) == 1 else []


def _rest(read: Sequence[HeadingRole], cells: ColumnCells) -> list[int]:
    """Columns that go on with the name before them: the same words and more, filled only where that is.

    A heading that stands a second time, or with "(2)", goes on where its cells are no firms: "Co., Ltd.".
    """
    places = _parties(read)
    out = []
    for before, i in pairwise(places):
        one, other = read[before].series, read[i].series
        is_more = bool(one) and one != "person" and other.startswith(f"{one} ") and read[i].number == 1
        is_again = read[i].is_counted and bool(read[before].series) and one != "person" and cells.is_rest(i, before)
        is_rest = is_more and not read[i].is_whole and cells.is_beside(i, before)
        if i == before + 1 and read[i].stem == read[before].stem and (is_rest or is_again):
            out.append(i)
    return out


def _last_names(read: Sequence[HeadingRole], cells: ColumnCells) -> list[int]:
    """The column "Name" beside the only one of a first name is the last name, where it holds no firms."""
    persons = [i for i in _parties(read) if read[i].series == "person"]
    if len(persons) != 1:
        return []
    beside = [i for i in (persons[0] - 1, persons[0] + 1) if 0 <= i < len(read) and read[i].role == "party"]
    return [i for i in beside if read[i].number == 1 and cells.firms(i) < max(1, _FIRMS * len(cells.of(i)))][:1]


def _with_head(read: Sequence[HeadingRole], cells: ColumnCells) -> list[HeadingRole]:
    """The roles with the party where only another heading names it: nobody comes under those that stand empty then."""
    out, head = list(read), _head(read, cells)
    if head is None:
        return out
    for i in (p for p in _parties(out) if not cells.of(p)):
        out[i] = replace(out[i], stem=EMPTY)
    stem = "" if out[head].stem == CONTACT else out[head].stem
    out[head] = replace(out[head], role="party", stem=stem, series="", number=1)
    return out


def _head(read: Sequence[HeadingRole], cells: ColumnCells) -> int | None:
    """The column that names the parties where only other names do, or first and last names that are mostly empty.

    So does the contact's name in which more firms stand than rows have a name in all columns of names: there the system
    calls its vendors contacts, and what is called a name besides is none of theirs.
    """
    places = _parties(read)
    likely = [i for i, r in enumerate(read) if r.role == "alias" or (r.role == "other" and r.is_named)]
    if sure := [i for i in places if read[i].series != "person" and not read[i].stem.startswith((OWNER, GROUP))]:
        naming = {*sure, *(i for i in likely if read[i].role == "alias")}
        told = sum(any(row[i] for i in naming) for row in cells.rows)
        firms = [i for i in likely if i not in naming and cells.firms(i) > told]
        return max(firms, key=lambda i: (cells.firms(i), -i), default=None)
    if places and not cells.rows:
        return None
    if not likely:
        return None if places else _of_firms(read, cells)
    aliases = [i for i in likely if read[i].role == "alias"]
    if not cells.rows:
        return aliases[0] if aliases else None
    best = max(likely, key=lambda i: (cells.firms(i), len(cells.of(i)), -i))
    persons = max((len(cells.of(i)) for i in places if read[i].series == "person"), default=0)
    is_better = cells.firms(best) > 0 or len(cells.of(best)) > persons
    return best if is_better and (read[best].role == "alias" or cells.of(best)) else None


def _of_firms(read: Sequence[HeadingRole], cells: ColumnCells) -> int | None:
    """The column with the most firms' names, where no heading is known to name a party."""
    unknown = [i for i, r in enumerate(read) if r.role == "other" and not r.is_whole]
    best = max(unknown, key=lambda i: (cells.firms(i), -i), default=None)
    is_named = best is not None and cells.firms(best) >= max(_LEAST_FIRMS, _UNKNOWN_FIRMS * len(cells.of(best)))
    return best if is_named else None


def _again(read: Sequence[HeadingRole], cells: ColumnCells) -> list[int]:
    """Columns that name the party of another a second time, as their cells show.

    "Company" beside "Vendor" says the same; of one for firms and one for others either is filled.
    """
    whole = [i for i in _parties(read) if read[i].number == 1 and read[i].series != "person"]
    persons = [i for i in _parties(read) if read[i].series == "person"]
    out: list[int] = []
    if len(whole) > _MOST_NAMES:
        return out
    for n, i in enumerate(whole):
        for before in whole[:n]:
            is_same = read[i].stem == read[before].stem or "" in (read[i].stem, read[before].stem)
            if before in out or i in out or not is_same:
                continue
            if cells.is_alike(before, i) or (read[i].stem == read[before].stem and cells.is_either(before, i, persons)):
                # "Shipper (Original Format)" stands before "Shipper", and is the same again.
                out.append(before if read[i].is_whole and not read[before].is_whole else i)
    return out


def _in_pieces(read: Sequence[HeadingRole], cells: ColumnCells) -> dict[int, HeadingRole]:
    """Numbered columns that say in pieces what another says whole, by position, as another name of the same party.

    SAP has SupplierName beside OrganizationBPName1 and 2. What follows the first piece may be no name at all.
    """
    places = [i for i in _parties(read) if read[i].series != "person"]
    out: dict[int, HeadingRole] = {}
    for first in (i for i in places if read[i].number == 1):
        pieces = [first]
        while (i := pieces[-1] + 1) in places and _goes_on(read[first], read[i], len(pieces)):
            pieces.append(i)
        series, stem = read[pieces[-1]].series, read[first].stem
        others = [i for i in places if i not in pieces and read[i].number == 1 and read[i].series != series]
        others = [i for i in others if not is_apart(read[i].stem) and (not stem or read[i].stem in {stem, ""})]
        whole = next((i for i in others if cells.is_joined(i, pieces) or cells.is_alike(i, first)), None)
        if len(pieces) > 1 and whole is not None and whole not in out:
            out |= {i: replace(read[i], role="alias", stem=read[whole].stem, series=series) for i in pieces}
    return out


def _goes_on(first: HeadingRole, one: HeadingRole, before: int) -> bool:
    """Whether a column is the next piece of a name: NAME2 behind NAME1."""
    return one.number == before + 1 and one.stem == first.stem and first.series in {"", one.series}


def _is_of_bank(read: Sequence[HeadingRole], at: int) -> bool:
    """Whether a column of numbers stands by a bank's, or in a row of such: the account's, shown to nobody."""
    before = next((r for r in reversed(read[:at]) if r.role != "number"), None)
    after = next((r for r in read[at + 1 :] if r.role != "number"), None)
    return any(r is not None and r.stem == BANK for r in (before, after))


def with_key(read: Sequence[HeadingRole], heads: Sequence[int], cells: ColumnCells) -> list[HeadingRole]:
    """The roles with the column of the user's own number, where no heading says it outright: "No.", "ID", "Konto".

    Args:
        read: what the headings say, names settled.
        heads: positions of the names.
        cells: the first rows.
    """
    out = list(read)
    first = sorted(first_of(read, heads))
    all_stems = {read[i].stem for i in first}
    if bare := [i for i in first if not read[i].stem]:
        first = bare  # "Name" beside "Ship-to party": the file is of those, and so is its number
    stems = {read[i].stem for i in first}
    if len(stems) > 1 or any(r.role == "key" and r.stem != OWNER for r in read):
        return out
    likely = [i for i, r in enumerate(read) if r.role == "number" and (r.stem in stems or r.stem != OWNER)]
    likely = [i for i in likely if not _is_of_bank(read, i)]
    if len(all_stems) > 1:  # of several parties "Shipment ID" is none's
        likely = [i for i in likely if read[i].is_whole]
    # Beside the day of a paper, "No." and "Ref." are the paper's, and a party with one paper seems to have a number.
    if any(r.role == "other" and r.kind == "day" and r.is_whole for r in read):
        likely = [i for i in likely if read[i].stem or read[i].kind != "document"]
    # "Número" behind "Endereço" is the house's.
    likely = [i for i in likely if not (read[i].kind == "document" and i and read[i - 1].role == "address")]
    likely.sort(key=lambda i: (read[i].stem not in stems - {""}, not read[i].is_whole))
    # A column of unknown words before the name, with a code for each party, is its number in whatever language.
    unknown = _unknown(read) if len(all_stems) == 1 else []
    likely += [i for i in unknown if i < min(first, default=0) and cells.is_code(i)]
    beside = [i for i in _parties(read) if read[i].series == "person" and i not in first]
    found = next((i for i in likely if cells.is_key(i, [*first, *beside])), None)
    if found is not None:
        out[found] = replace(out[found], role="key", stem="")
    return out
