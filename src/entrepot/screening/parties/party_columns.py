"""Which columns hold parties, and which say more about them: guessed from headings (data/headings.csv)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping  # noqa: TC003 - of a field of a dataclass
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.intake.heading_row import folded
from entrepot.intake.reading_options import Words
from entrepot.names.reading.prepare import prepare
from entrepot.screening.parties.heading_role import heading_role, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.screening.parties.file_options import Given
    from entrepot.screening.parties.heading_role import HeadingRole

ROLES = ("address", "country", "identifier", "birth", "document", "key")  # of columns that describe a party
_MOST_NAMED, _MOST_SHOWN = 20, 60  # headings in a message, characters of each
_LONGEST = 500  # characters of a cell that is looked at for a firm's name
_OF_HEADINGS = {"co", "cv"}  # families of legal forms with the words company, firm: "Company name" is no company


@dataclass(frozen=True, slots=True)
class PartyColumn:
    """A column that holds parties, and the positions of the columns that belong to it.

    Attributes:
        name: its heading.
        position: where it stands, from 0.
        address, country, identifier, birth, document: positions of the columns that describe the same party.
        kinds: what the numbers of identifier and document columns are, by position.
        shared: of these, those whose headings do not say which of several parties they describe.
        further: positions of the columns that go on with the same name: Name 2 to Name 4.
        key: position of the column with the number by which the user's system knows the party.
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

    @property
    def more(self) -> bool:
        """Whether columns tell more of the party than address, country and identifier."""
        return bool(self.birth or self.document)

    @property
    def fields(self) -> tuple[int, ...]:
        """Positions of all columns of the name, in order."""
        return (self.position, *self.further)

    @property
    def used(self) -> frozenset[int]:
        """Positions of all columns that the party is read from."""
        return frozenset(self.fields).union(*(getattr(self, role) for role in ROLES))


def party_columns(
    headings: Sequence[str], given: Given, place: str = "", numbers: frozenset[int] = frozenset()
) -> tuple[PartyColumn, ...]:
    """The party columns of a table.

    Args:
        headings: all headings, in order.
        given: which of them hold parties, addresses, countries and the user's own number; what it does not name is
            guessed.
        place: where in the file they stand, for the message.
        numbers: positions of columns whose cells have no letter: whatever their headings say, they name nobody.

    Raises:
        UnknownNameError: a named heading is not in the table.
        BadInputError: no heading can be read as a party.
    """
    read = _roles(headings, given, numbers)
    if given.name_columns:
        places = [find_heading(c, headings) for c in dict.fromkeys(given.name_columns)]
    else:
        places = [i for i, r in enumerate(read) if r.role == "party"]
    if not places:
        raise BadInputError(
            "no column can be read as the name of a party",
            found=", ".join(h[:_MOST_SHOWN] for h in headings) + place,
            allowed="a heading such as name, supplier, shipper, consignee, manufacturer, 供应商 or поставщик",
            remedy="Name it with --name-column.",
        )
    further = _further(read, places)
    heads = [i for i in places if not any(i in more for more in further.values())]
    found = _described(headings, read, heads)
    return tuple(replace(c, further=further.get(c.position, ())) for c in found)


def _roles(headings: Sequence[str], given: Given, numbers: frozenset[int]) -> list[HeadingRole]:
    """What each column holds, as its heading says or the user."""
    read = [heading_role(h) for h in headings]
    for at in numbers:
        read[at] = replace(read[at], role="key")
    named = (("address", given.address_columns), ("country", given.country_columns), ("key", given.key_columns))
    for role, columns in named:
        for at in [find_heading(n, headings) for n in columns]:
            read[at] = replace(read[at], role=role, kind="", stem="" if role == "key" else read[at].stem)
    return read


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
        same = [h for h in before if one.series and read[h].series == one.series]
        if not same and not one.stem and one.series != "person":
            same = [h for h in before if read[h].series != "person"]
        if same:
            out[same[-1]] = (*out.get(same[-1], ()), i)
    return out


def _described(headings: Sequence[str], read: Sequence[HeadingRole], heads: Sequence[int]) -> list[PartyColumn]:
    """The party columns with the columns that describe them."""
    roles: dict[tuple[str, str], list[int]] = defaultdict(list)
    stems = Counter(read[i].stem for i in heads)
    for i, r in enumerate(read):
        roles[r.role, _owner(r, read, stems)].append(i)
    out = []
    for i in heads:
        described, shared = _of_party(read[i].stem, roles, stems - Counter([read[i].stem]))
        kinds = {at: read[at].kind for role in ("identifier", "document") for at in described[role]}
        out.append(PartyColumn(headings[i], i, **described, kinds=kinds, shared=shared))
    return out


def _owner(one: HeadingRole, read: Sequence[HeadingRole], stems: Counter[str]) -> str:
    """Whose a column is. "Vendor address" beside a single "Name 1" is that name's, where nobody else is spoken of."""
    if len(stems) > 1 or one.stem in stems:
        return one.stem
    spoken = {r.stem for r in read if r.stem and r.role in ROLES}
    if one.role == "key" or (stems.total() == 1 and "" in stems and spoken == {one.stem}):
        return next(iter(stems))
    return one.stem


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
        if not own and loose and (role == "key" or not (stem and "" in others)):
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
    return any(heading_role(h).role == "party" for h in headings if h)


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
    more = f" and {len(headings) - _MOST_NAMED} more" if len(headings) > _MOST_NAMED else ""
    named = ", ".join(h[:_MOST_SHOWN] for h in headings[:_MOST_NAMED])
    raise UnknownNameError("column", name, headings, remedy=f"The table has: {named}{more}.")


@cache
def heading_words() -> Words:
    """The words of headings of parties, by which their row is found."""
    return Words(frozenset(w for *_, w in words()), has_party, _is_party, "name")


def _is_party(cell: str) -> bool:
    """Whether a cell is a firm's name: it has a legal form that no heading has, and more."""
    name = prepare(cell[:_LONGEST])
    return bool(name.words) and bool(name.forms - _OF_HEADINGS)
