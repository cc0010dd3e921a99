"""Which columns hold parties, and which say more about them: guessed from headings (data/headings.csv)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping  # noqa: TC003 - of a field of a dataclass
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from entrepot.core.document.hinted import hinted
from entrepot.core.errors import NobodyNamedError, UnknownNameError
from entrepot.core.words.translate import tr
from entrepot.intake.heading_row import FURTHEST, folded
from entrepot.intake.reading_options import Words
from entrepot.screening.parties.headings.column_cells import NO_CELLS, is_firm
from entrepot.screening.parties.headings.heading_role import GROUP, OF_GOODS, OWNER, heading_role, heading_roles
from entrepot.screening.parties.headings.known_words import words
from entrepot.screening.parties.headings.naming_columns import SHIPS, first_of, is_apart, named, with_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.screening.parties.file_options import Given
    from entrepot.screening.parties.headings.column_cells import ColumnCells
    from entrepot.screening.parties.headings.heading_role import HeadingRole

# A factory's address beside one party is where that party makes: it may place it in a region, and nobody else has it.
_SITES = ("maker",)
# Who takes goods, carries them or clears them: what says where they come from says nothing of these.
_TAKES = frozenset(
    (
        *("consignee", "master_consignee", "importer", "buyer", "notify", "also_notify"),
        *("ship_to", "sold_to", "bill_to"),
        *("agent", "forwarder", "abroad", "applicant", "credit_bank", "target"),
    )
)
# Of these, who takes the goods where they go: the country that they go to is theirs, and nobody else's.
_RECEIVES = frozenset(("consignee", "master_consignee", "importer", "buyer", "ship_to"))
_KINDS = dict.fromkeys(SHIPS, "vessel")  # whose column -> what stands in it, where that is nothing else
ROLES = ("address", "country", "identifier", "birth", "document", "key")  # of columns that describe a party
_MOST_NAMED, _MOST_SHOWN = 20, 60  # headings in a message, characters of each


@dataclass(frozen=True, slots=True)
class PartyColumn:
    """A column that holds parties, and the positions of the columns that belong to it.

    Attributes:
        name: its heading.
        position: where it stands, from 0.
        address, country, identifier, birth, document: positions of the columns that describe the same party.
        kinds: what the numbers of identifier and document columns are, and which addresses end with their country.
        shared: of these, those whose headings do not say which of several parties they describe.
        further: positions of the columns that go on with the same name: Name 2 to Name 4.
        key: position of the column with the number by which the user's system knows the party.
        others: positions of the columns of each other name of the same party: a search name, a trading name.
        places: positions of the columns that say where goods of the row come from or were loaded.
        serial: of the columns of birth those whose bare numbers are days as a spreadsheet counts them.
    """

    name: str
    position: int
    address: tuple[int, ...] = ()
    country: tuple[int, ...] = ()
    identifier: tuple[int, ...] = ()
    birth: tuple[int, ...] = ()
    document: tuple[int, ...] = ()
    kinds: Mapping[int, str] = field(default_factory=dict)
    shared: frozenset[str] = frozenset()
    further: tuple[int, ...] = ()
    key: tuple[int, ...] = ()
    others: tuple[tuple[int, ...], ...] = ()
    places: tuple[int, ...] = ()
    serial: tuple[int, ...] = ()

    @property
    def more(self) -> bool:
        """Whether columns tell more of the party than address, country and identifier."""
        return bool(self.birth or self.document)

    @property
    def fields(self) -> tuple[int, ...]:
        """Positions of all columns of the name, in order."""
        return (self.position, *self.further)

    @property
    def names(self) -> tuple[int, ...]:
        """Positions of all columns that name the party."""
        return (*self.fields, *(i for other in self.others for i in other))

    @property
    def used(self) -> frozenset[int]:
        """Positions of all columns that the party is read from."""
        return frozenset((*self.names, *self.places)).union(*(getattr(self, role) for role in ROLES))


@cache
def kind_under(heading: str) -> str:
    """What the parties under a heading are: vessel under that of a ship, any under most.

    Args:
        heading: of a column of names.
    """
    return _KINDS.get(heading_role(heading).stem or "", "any")


def party_columns(
    headings: Sequence[str],
    given: Given,
    place: str = "",
    numbers: frozenset[int] = frozenset(),
    cells: ColumnCells = NO_CELLS,
) -> tuple[PartyColumn, ...]:
    """The party columns of a table.

    Args:
        headings: all headings, in order.
        given: which of them hold parties, addresses, countries and the user's own number; what it does not name is
            guessed.
        place: where in the file they stand, for the message.
        numbers: positions of columns whose cells have no letter: whatever their headings say, they name nobody.
        cells: the first rows, for what the headings do not say.

    Raises:
        UnknownNameError: a named heading is not in the table.
        NobodyNamedError: no heading can be read as a party.
    """
    read = _roles(headings, given, numbers)
    if given.name_columns:
        places = [find_heading(c, headings) for c in dict.fromkeys(given.name_columns)]
        read = [replace(r, role="other") if r.role == "alias" else r for r in read]
    else:
        read = _owners_apart(named(read, cells))
        places = [i for i, r in enumerate(read) if r.role == "party"]
    if not places:
        raise NobodyNamedError(
            tr("no column can be read as the name of a party"),
            found=", ".join(h[:_MOST_SHOWN] for h in headings) + place,
            allowed=tr("a heading such as name, supplier, shipper, consignee, manufacturer, 供应商 or поставщик"),
            remedy=hinted(
                tr("Headings below row {rows} are not found: delete the rows above.", rows=FURTHEST),
                tr("Name it with --name-column."),
            ),
        )
    further = _further(read, places)
    heads = [i for i in places if not any(i in more for more in further.values())]
    others = {} if given.name_columns else _others(read, heads, further)
    heads = [i for i in heads if not any(i in group for groups in others.values() for group in groups)]
    if not given.key_columns:
        read = with_key(read, heads, cells)
    found = _described(headings, read, heads)
    loaded = tuple(i for i, r in enumerate(read) if r.role == "place")
    first = set(_senders(read, sorted(first_of(read, heads))))
    found = [replace(c, places=loaded) if c.position in first else c for c in found]
    pieces = ((c, further.get(c.position, ()), others.get(c.position, ())) for c in found)
    return tuple(replace(c, further=more, others=tuple(other)) for c, more, other in pieces)


def _roles(headings: Sequence[str], given: Given, numbers: frozenset[int]) -> list[HeadingRole]:
    """What each column holds, as its heading says or the user."""
    read = heading_roles(headings)
    for at in numbers:
        read[at] = replace(read[at], role="number")
    described = (("address", given.address_columns), ("country", given.country_columns), ("key", given.key_columns))
    for role, columns in described:
        for at in [find_heading(n, headings) for n in columns]:
            read[at] = replace(read[at], role=role, kind="", stem="" if role == "key" else read[at].stem)
    return read


def _owners_apart(read: Sequence[HeadingRole]) -> list[HeadingRole]:
    """The roles with each other name of an owner whom no other column names as a party: "Parent/HQ Business Name"."""
    out = list(read)
    for i, one in enumerate(read):
        heads = [r for r in out if r.role == "party" and r.stem == OWNER]
        if one.role == "alias" and one.stem == OWNER and not any(one.speaks_of(r) for r in heads):
            out[i] = replace(one, role="party")
    return out


def _further(read: Sequence[HeadingRole], places: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """The columns that go on with the name that begins in another: position of its first -> those of the others.

    A field goes on with the nearest before it of the same series. "名称2" has no party of its own, so it goes on with
    the nearest party before it, whatever that is called.
    """
    out: dict[int, tuple[int, ...]] = {}
    for i, one in enumerate(read):
        if one.role != "party" or (one.number == 1 and one.series != "person"):
            continue
        before = [h for h in places if h < i and not any(h in more for more in out.values())]
        same = [h for h in before if one.series and (read[h].series, read[h].stem) == (one.series, one.stem)]
        if not same and not one.stem and one.series != "person":
            same = [h for h in before if read[h].series != "person"]
        if same:
            out[same[-1]] = (*out.get(same[-1], ()), i)
    return out


def _others(
    read: Sequence[HeadingRole], heads: Sequence[int], further: Mapping[int, tuple[int, ...]]
) -> dict[int, list[tuple[int, ...]]]:
    """The columns that name a party again: position of its first column -> those of each other name.

    Another name is that of the party of its own stem, else of the nearest before it, those first of whose heading all
    is known ("Supplier name" before "Chief executive name"); first and last names beside a
    firm's are a person's who stands for it, or who it is where the firm's name is empty.
    """
    firms = [i for i in heads if read[i].series != "person"]
    out: dict[int, list[tuple[int, ...]]] = defaultdict(list)
    for i, one in enumerate(read):
        is_person = i in heads and one.series == "person"
        if (one.role != "alias" and not is_person) or not firms or (one.role == "alias" and one.number > 1):
            continue
        own = [h for h in firms if read[h].stem == one.stem and (one.stem or (read[h].is_whole and h <= i + 1))]
        own = own or ([] if one.stem and len(firms) > 1 else [h for h in firms if read[h].is_whole] or firms)
        own = own or ([] if one.stem == OWNER else firms)
        first = [h for h in own if not is_apart(read[h].stem) or one.stem == OWNER] or own
        if first:
            before = [h for h in first if h < i]
            more = (j for j, r in enumerate(read) if one.series and (r.role, r.series) == (one.role, one.series))
            pieces = further.get(i, ()) if is_person else tuple(j for j in more if read[j].number > 1)
            out[before[-1] if before else first[0]].append((i, *pieces))
    return out


def _senders(read: Sequence[HeadingRole], heads: Sequence[int]) -> Sequence[int]:
    """The parties that make or sell, of which it is told where goods come from; all where none is."""
    return [i for i in heads if read[i].stem not in _TAKES] or heads


def _described(headings: Sequence[str], read: Sequence[HeadingRole], heads: Sequence[int]) -> list[PartyColumn]:
    """The party columns with the columns that describe them; a parent beside its subsidiary has only its own."""
    roles: dict[tuple[str, str], list[int]] = defaultdict(list)
    first = first_of(read, heads)
    stems = Counter(read[i].stem for i in first)
    second = {read[i].stem for i in heads if i not in first} - set(stems)
    told = _of_nearest(read, heads)
    for i, r in enumerate(read):
        roles[r.role, told.get(i) or (r.stem if r.stem in second else _owner(r, read, stems))].append(i)
    origins, goes_to = ([i for i in roles["country", ""] if read[i].kind == kind] for kind in OF_GOODS)
    roles["country", ""] = [i for i in roles["country", ""] if i not in goes_to]
    senders = _senders(read, sorted(first)) if len(first) > 1 else ()
    beside = [i for i in heads if i not in first and not is_apart(read[i].stem) and read[i].stem not in {"", *_TAKES}]
    if (senders and len(senders) < len(first)) or (beside and all(read[i].stem in _TAKES for i in first)):
        roles["country", ""] = [i for i in roles["country", ""] if i not in origins]
    out = []
    for i in heads:
        if i not in first:
            is_own = read[i].stem in second or read[i].stem.startswith((OWNER, GROUP))
            alike = [h for h in heads if read[h].stem == read[i].stem]
            out.append(_of_second(headings[i], i, read, roles, alike if is_own else ()))
            continue
        described, shared = _of_party(read[i].stem, roles, stems - Counter([read[i].stem]))
        if i in senders and not (described["country"] and "country" not in shared):
            described["country"] = tuple(sorted({*described["country"], *origins}))
            shared |= {"country"} if origins else set()
        if goes_to and read[i].stem in _RECEIVES and not described["country"]:
            described["country"], shared = tuple(goes_to), shared | {"country"}
        kinds = {at: read[at].kind for role in ("address", "identifier", "document") for at in described[role]}
        out.append(PartyColumn(headings[i], i, **described, kinds=kinds, shared=shared, others=()))
    return out


def _of_nearest(read: Sequence[HeadingRole], heads: Sequence[int]) -> dict[int, str]:
    """Whose the number of a firm is that stands right before the first name of several: position -> stem.

    A number is one firm's, while a country may be that of all.
    """
    at = min(heads) - 1
    if len(heads) == 1 or at < 0 or read[at].role != "identifier" or read[at].stem or not read[at + 1].stem:
        return {}
    return {at: read[at + 1].stem}


def _of_second(
    heading: str,
    at: int,
    read: Sequence[HeadingRole],
    roles: Mapping[tuple[str, str], Sequence[int]],
    alike: Sequence[int],
) -> PartyColumn:
    """A party beside the one that the file is of, with what says that it is its own where that can be said.

    `alike` are the parties of its stem, itself among them; none where no column can be said to be its own.
    """
    own = {
        role: tuple(i for i in roles.get((role, read[at].stem), ()) if _is_of(i, at, read, alike))
        if read[at].stem and alike
        else ()
        for role in ROLES
        if role != "key"
    }
    # A parent is met beside its subsidiary, by whose number the row is known; who has a role has a number of its own.
    mine = None if is_apart(read[at].stem) or not read[at].stem else ("", read[at].stem)
    keys = [
        i
        for (role, stem), found in roles.items()
        if role == "key" and stem != OWNER and (mine is None or stem in mine)
        for i in found
    ]
    own["key"] = (*(roles.get(("key", OWNER), ()) if read[at].stem == OWNER else ()), *keys)[:1]
    kinds = {i: read[i].kind for role in ("address", "identifier", "document") for i in own[role]}
    return PartyColumn(heading, at, **own, kinds=kinds, shared=frozenset(), others=())


def _is_of(at: int, head: int, read: Sequence[HeadingRole], alike: Sequence[int]) -> bool:
    """Whether a column describes one of several owners: the one that its heading names.

    "Global Ultimate LEI" is not the domestic ultimate's. A number that names none of them is nobody's, for by a
    number a party is met whatever it is called.
    """
    named_by = [h for h in alike if read[at].speaks_of(read[h])]
    if len(alike) > 1 and not named_by:
        return read[at].role not in {"identifier", "document"}
    return len(alike) == 1 or head in named_by


def _owner(one: HeadingRole, read: Sequence[HeadingRole], stems: Counter[str]) -> str:
    """Whose a column is. "Vendor address" beside a single "Name 1" is that name's, where nobody else is spoken of."""
    if len(stems) > 1 or one.stem in stems:
        return one.stem
    spoken = {r.stem for r in read if r.stem and r.role in ROLES and not r.stem.startswith(GROUP)} - {OWNER}
    if one.stem in _SITES and stems.total() == 1 and OWNER not in stems:
        stem = next(iter(stems))
        if one.role == "address" or (one.role == "country" and _is_of_site(one, read, stem)):
            return stem
    if one.stem != OWNER and (one.role == "key" or (stems.total() == 1 and "" in stems and spoken == {one.stem})):
        return next(iter(stems))
    return one.stem


def _is_of_site(one: HeadingRole, read: Sequence[HeadingRole], stem: str) -> bool:
    """Whether a country belongs to the address of a site that is read as the party's, which has no other country."""
    own = [r for r in read if r.role == "country" and r.stem in {"", stem} and r.kind not in OF_GOODS]
    return not own and any(r.role == "address" and r.stem == one.stem for r in read)


def _of_party(
    stem: str, roles: Mapping[tuple[str, str], Sequence[int]], others: Counter[str]
) -> tuple[dict[str, tuple[int, ...]], frozenset[str]]:
    """The columns that describe a party, and the roles of which it is not said whose they are.

    `others` are the stems of the other party columns. A column with the party's own stem (shipper address) is its own.
    One without a stem is the party's if the party has none either; it is nobody else's then. Where every party has a
    stem, a column without belongs to no known one: shared. The user's number is of the row: any party may show it.
    """
    found: dict[str, tuple[int, ...]] = {}
    shared: set[str] = set()
    for role in ROLES:
        own = tuple(roles.get((role, stem), ())) if stem else ()
        loose = tuple(roles.get((role, ""), ()))
        if not own and loose and not (stem and "" in others):
            own = loose
            if others and (stem or "" in others):
                shared.add(role)
        if role == "address" and not others:  # "Supplier address" and "City": the same single supplier's
            own = tuple(sorted({*own, *loose}))
        found[role] = own[:1] if role == "key" else own
    return found, frozenset(shared - {"key"})


def unread(headings: Sequence[str], columns: Sequence[PartyColumn]) -> tuple[str, ...]:
    """The headings of the columns that no party is read from."""
    used = frozenset[int]().union(*(c.used for c in columns))
    return tuple(h for i, h in enumerate(headings) if i not in used)


def has_party(headings: Sequence[str]) -> bool:
    """Whether any heading can be read as a party."""
    read = [heading_role(h) for h in headings if h]
    return any(r.role in {"party", "alias"} or (r.kind == "name" and r.is_named) for r in read)


def find_heading(name: str, headings: Sequence[str]) -> int:
    """The position of a named heading.

    Raises:
        UnknownNameError: it is not in the table.
    """
    if name in headings:
        return headings.index(name)
    known = [folded(h) for h in headings]
    if folded(name) in known:
        return known.index(folded(name))
    more = tr(" and {count} more", count=len(headings) - _MOST_NAMED) if len(headings) > _MOST_NAMED else ""
    named = ", ".join(h[:_MOST_SHOWN] for h in headings[:_MOST_NAMED])
    raise UnknownNameError(
        tr("column"), name, headings, remedy=tr("The table has: {named}{more}.", named=named, more=more)
    )


@cache
def heading_words() -> Words:
    """The words of headings of parties, by which their row is found."""
    return Words(frozenset(w.text for w in words()), has_party, is_firm, "name")
