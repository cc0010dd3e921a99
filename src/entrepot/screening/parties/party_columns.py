"""Which columns hold parties, and which say more about them: guessed from headings (data/headings.csv)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping  # noqa: TC003 - of a field of a dataclass
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.core.tables.packaged import packaged_rows
from entrepot.intake.heading_row import folded, is_han
from entrepot.intake.reading_options import Words
from entrepot.names.reading.prepare import prepare
from entrepot.screening.contract import PARTY_HEADINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.screening.parties.file_options import Given

_MOST_NAMED, _MOST_SHOWN = 20, 60  # headings in a message, characters of each
_LONGEST = 500  # characters of a heading that are read: a title has fewer, and each word is looked for in all of them
_OF_HEADINGS = {"co", "cv"}  # families of legal forms with the words company, firm: "Company name" is no company
_ORDER = ("document", "birth", "identifier", "address", "country", "other", "thing", "party")


@dataclass(frozen=True, slots=True)
class PartyColumn:
    """A column that holds parties, and the positions of the columns that belong to it.

    Attributes:
        name: its heading.
        position: where it stands, from 0.
        address, country, identifier, birth, document: positions of the columns that describe the same party.
        kinds: what the numbers of identifier and document columns are, by position.
        shared: of these, those whose headings do not say which of several parties they describe.
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

    @property
    def more(self) -> bool:
        """Whether columns tell more of the party than address, country and identifier."""
        return bool(self.birth or self.document)


@dataclass(frozen=True, slots=True)
class _Read:
    role: str
    stem: str
    kind: str = ""


def party_columns(headings: Sequence[str], given: Given, place: str = "") -> tuple[PartyColumn, ...]:
    """The party columns of a table.

    Args:
        headings: all headings, in order.
        given: which of them hold parties, addresses and countries; what it does not name is guessed.
        place: where in the file they stand, for the message.

    Raises:
        UnknownNameError: a named heading is not in the table.
        BadInputError: no heading can be read as a party.
    """
    read = [_read(h) for h in headings]
    for role, named in (("address", given.address_columns), ("country", given.country_columns)):
        for at in [_find(n, headings) for n in named]:
            read[at] = replace(read[at], role=role, kind="")
    if given.name_columns:
        places = [_find(c, headings) for c in dict.fromkeys(given.name_columns)]
    else:
        places = [i for i, r in enumerate(read) if r.role == "party"]
    if not places:
        raise BadInputError(
            "no column can be read as the name of a party",
            found=", ".join(h[:_MOST_SHOWN] for h in headings) + place,
            allowed="a heading such as name, supplier, shipper, consignee, manufacturer, 供应商 or поставщик",
            remedy="Name it with --name-column.",
        )
    roles: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, r in enumerate(read):
        roles[r.role, r.stem].append(i)
    stems = Counter(read[i].stem for i in places)
    found = [_described(headings[i], i, read[i].stem, roles, stems - Counter([read[i].stem])) for i in places]
    return tuple(replace(c, kinds={i: read[i].kind for i in (*c.identifier, *c.document)}) for c in found)


def unread(headings: Sequence[str], columns: Sequence[PartyColumn]) -> tuple[str, ...]:
    """The headings of the columns that no party is read from."""
    used = {i for c in columns for i in (c.position, *c.address, *c.country, *c.identifier, *c.birth, *c.document)}
    return tuple(h for i, h in enumerate(headings) if i not in used)


def has_party(headings: Sequence[str]) -> bool:
    """Whether any heading can be read as a party."""
    return any(_read(h).role == "party" for h in headings if h)


def _described(
    name: str, at: int, stem: str, roles: Mapping[tuple[str, str], Sequence[int]], others: Counter[str]
) -> PartyColumn:
    """A party column with the columns that describe it; `others` are the stems of the other party columns.

    A column with the party's own stem (shipper address) is its own. One without a stem is the party's if the party
    has none
    either; it is nobody else's then. Where every party has a stem, a column without belongs to no known one: shared.
    """
    found: dict[str, tuple[int, ...]] = {}
    shared: set[str] = set()
    for role in ("address", "country", "identifier", "birth", "document"):
        own = tuple(roles.get((role, stem), ())) if stem else ()
        loose = tuple(roles.get((role, ""), ()))
        if not own and loose and not (stem and "" in others):
            own = loose
            if others and (stem or "" in others):
                shared.add(role)
        found[role] = own
    return PartyColumn(
        name,
        at,
        found["address"],
        found["country"],
        found["identifier"],
        found["birth"],
        found["document"],
        shared=frozenset(shared),
    )


def _find(name: str, headings: Sequence[str]) -> int:
    if name in headings:
        return headings.index(name)
    known = [folded(h) for h in headings]
    if folded(name) in known:
        return known.index(folded(name))
    more = f" and {len(headings) - _MOST_NAMED} more" if len(headings) > _MOST_NAMED else ""
    named = ", ".join(h[:_MOST_SHOWN] for h in headings[:_MOST_NAMED])
    raise UnknownNameError("column", name, headings, remedy=f"The table has: {named}{more}.")


@lru_cache(maxsize=20_000)
def _read(heading: str) -> _Read:
    """What a heading says: the role that its words name, and whose it is."""
    text = folded(heading[:_LONGEST])
    found: dict[str, str] = {}
    stem = ""
    if not _any_word().search(text):
        return _Read("other", stem)
    for role, whose, kind, word in words():
        if word in text if is_han(word) else re.search(rf"\b{word}\d*\b", text):
            found.setdefault(role, kind)
            stem = stem or whose
    for role in _ORDER:
        # "Product name" is no party, "product supplier" is one.
        if role in found and not (role == "thing" and stem):
            return _Read(role, stem, found[role])
    return _Read("other", stem)


@cache
def _any_word() -> re.Pattern[str]:
    """Any of the words: most headings of a wide table have none."""
    han = [re.escape(w) for *_, w in words() if is_han(w)]
    return re.compile("|".join([*han, rf"\b(?:{'|'.join(w for *_, w in words() if not is_han(w))})\d*\b"]))


@cache
def heading_words() -> Words:
    """The words of headings of parties, by which their row is found."""
    return Words(frozenset(w for *_, w in words()), has_party, _is_party, "name")


def _is_party(cell: str) -> bool:
    """Whether a cell is a firm's name: it has a legal form that no heading has, and more."""
    name = prepare(cell[:_LONGEST])
    return bool(name.words) and bool(name.forms - _OF_HEADINGS)


@cache
def words() -> tuple[tuple[str, str, str, str], ...]:
    """Role, stem, kind and word of each word of headings that is known."""
    return tuple((r["role"], r["stem"], r["kind"], w) for r in packaged_rows(PARTY_HEADINGS) for w in r["words"])
