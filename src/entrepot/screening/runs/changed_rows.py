"""Which parties of a file are those that were screened then, wherever they stand now: rows added, changed, taken out.

Kept of each party is a digest of what it says and its row, so that nothing of it can be read from them; numbers of
documents go into it as keyed hashes. See docs/design/20-rescreening.md.
"""

from __future__ import annotations

import base64
import json
import struct
from collections import deque
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING

from entrepot.core.words.compared import in_any_order, one_form, own_number
from entrepot.screening.matching.particulars import hashed
from entrepot.vocabulary.regions.country_cell import one_country

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from entrepot.screening.parties.parties import Parties, Party

    Place = tuple[int, str]  # row and party column

MOST = 200_000  # parties of which digests are kept: 16 characters each, 3 MB in all
_JSON = json.JSONEncoder(ensure_ascii=False)  # made once: json.dumps makes one for each party
_ONE = struct.Struct("<8sI")
# Begins digests of what says the same in any normal form and order of parts, and digests that read a country by its
# code too; older ones, which begin otherwise, are of the letters as they stood. No base64.
_ALIKE, _CODED = "alike:", "coded:"


@dataclass(frozen=True)  # no slots: who is called how is gathered once
class Moves:
    """Where the parties of then stand now.

    Attributes:
        now: place then -> place now, of those that say the same.
        added: places now of parties that were not there then, or said something else.
        gone: places then of parties that are not there now, or say something else.
        kept: the parties of now that are added, and those that met anything then, in the order of the file.
        renamed: heading then -> heading now, of columns whose parties say the same under another heading.
    """

    now: Mapping[Place, Place] = field(default_factory=dict)
    added: frozenset[Place] = frozenset()
    gone: frozenset[Place] = frozenset()
    kept: tuple[Party, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def called(self) -> dict[tuple[str, str], str]:
        """Column and own number, as it is compared -> the name of a party of now that is added."""
        added = (p for p in self.kept if (p.row, p.column) in self.added and p.key and p.name)
        return {(p.column, own_number(p.key or "")): p.name or "" for p in added}


def may_be_kept(parties: Parties) -> bool:
    """Whether parties are few enough to keep their digests, and can be read again: standard input is read once."""
    return parties.party_count <= MOST and parties.path is not None


class Digesting:
    """The digests of parties, made while these go by on their way to be screened: their file is not read for them.

    Args:
        secret: the key of the store for documents.
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._made = bytearray()

    def passing(self, parties: Iterable[Party]) -> Iterator[Party]:
        """The parties, as they come."""
        for party in parties:
            self._made += _ONE.pack(_digest(party, self._secret, party.column, _CODED), party.row)
            yield party

    @property
    def text(self) -> str:
        """The digests of all that went by, in their order, as text."""
        return _CODED + base64.b64encode(self._made).decode("ascii")


def digests(parties: Iterable[Party], secret: bytes) -> str:
    """The digests of parties in their order, as text.

    Args:
        parties: as read.
        secret: the key of the store for documents.
    """
    made = Digesting(secret)
    deque(made.passing(parties), maxlen=0)
    return made.text


def moves(
    then: str, before: Iterable[Place], parties: Iterable[Party], secret: bytes, headings: Collection[str] = ()
) -> Moves:
    """Where the parties of then stand now; of several that say the same the first is the first.

    Args:
        then: their digests.
        before: the places of the parties that met anything then.
        parties: those of now.
        secret: the key of the store for documents.
        headings: those of the file of now; where one of then is gone, its parties are looked for under another.
    """
    form = next((f for f in (_ALIKE, _CODED) if then.startswith(f)), "")
    known: dict[bytes, deque[int]] = {}
    for digest, row in _ONE.iter_unpack(base64.b64decode(then.removeprefix(form))):
        known.setdefault(digest, deque()).append(row)
    met = frozenset(before)
    now: dict[Place, Place] = {}
    added: set[Place] = set()
    kept: list[Party] = []
    renamed: dict[str, str] = {}
    # The headings that are gone, of columns in which any party met something: of no other is the heading of then known.
    gone = sorted({column for _, column in met}.difference(headings)) if headings else []
    for p in parties:
        for column in (p.column, *gone):
            if rows := known.get(_digest(p, secret, column, form)):
                then_at = rows.popleft(), column
                now[then_at] = (p.row, p.column)
                kept += [p] if then_at in met else []
                if column != p.column:
                    renamed[column] = p.column
                break
        else:
            added.add((p.row, p.column))
            kept.append(p)
    return Moves(now, frozenset(added), met - now.keys(), tuple(kept), renamed)


def _digest(party: Party, secret: bytes, column: str, form: str) -> bytes:
    cells = party.name, party.country, party.address, party.identifier
    numbers, other = list(party.numbers), list(party.other_names)
    if form:
        name, country = (c and one_form(c) for c in cells[:2])
        country = country and one_country(country) if form == _CODED else country
        address, identifier = (c and in_any_order(c) for c in cells[2:])
        cells, numbers, other = (name, country, address, identifier), sorted(numbers), list(map(one_form, other))
    said = (
        *(column, *cells, party.birth_year, party.kind),
        *(numbers, sorted(party.shared), hashed(party, secret)),
    )
    # Said only where there are any, so that parties of earlier runs keep their digests.
    return blake2b(
        _JSON.encode((*said, *((other,) if other else ()))).encode("utf-8", "replace"), digest_size=8
    ).digest()
