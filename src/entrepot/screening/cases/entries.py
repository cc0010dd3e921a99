"""What the lists say of the entities that a party met: whether two entries are one, and whether one changed."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError
from entrepot.core.ids import digest, id_of
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from entrepot.lists.search_set import Searched

    Row = Mapping[str, Any]

_WORD = re.compile(r"\w+")
_REMARK = "remark"  # says of a name that its list warns of it
# What a list says of an entity. Left out: its file and day, and sentences of ours.
_SAID = ("text", "name_kind", "certainty", "party", "listed_name", "section", "valid_from", "valid_to", "status")
_JSON = json.JSONEncoder(ensure_ascii=False)  # made once: json.dumps makes one for each row
_SHOWN = 60  # letters of a cell that an error shows
_WORLDWIDE = frozenset(("imo", "lei", "uscc", "ogrn", "duns", "swift"))  # one register gives each out, once
_LEAST_DIGITS = 6  # of a number of an authority: shorter ones are given out by many offices, and are misread more often
_KEPT = 50_000  # entries; a party meets few, and the same ones again


@dataclass(frozen=True, slots=True)
class Entry:
    """A listed entity, as its list has it.

    Attributes:
        list_id: the list.
        entity_id: the entity.
        kind: person, company, vessel, or any where the list does not say.
        name: the words of its first name.
        names: the words of each of its names.
        births: years in which it may be born, as the list has them.
        digest: of all that the list says of it; empty where only a match is at hand.
        texts: its names as the list has them.
        birth_dates: its days of birth, ISO, those that are whole.
        numbers: what no two firms, vessels or persons have alike, each kind, number and, where it needs one, country.
    """

    list_id: str
    entity_id: str
    kind: str
    name: str
    names: frozenset[str]
    births: frozenset[str] = frozenset()
    digest: str = ""
    texts: tuple[str, ...] = ()
    birth_dates: frozenset[str] = frozenset()
    numbers: frozenset[tuple[str, str, str]] = frozenset()


def words(name: str) -> str:
    """A name as it is held against another of the same entity: its words in small letters, in order of the alphabet."""
    return " ".join(sorted(_WORD.findall(unicodedata.normalize("NFKC", name).casefold())))


def entry_of(match: Row) -> Entry:
    """The entity that a match names, as far as the match says.

    Args:
        match: a row of MATCHES that names a listed entity.

    Raises:
        BadInputError: its evidence is none that a screening wrote: it was read from a file that somebody changed.
    """
    said = words(match["listed_name"])
    try:
        kind = json.loads(match["evidence"])["kind"] if match["evidence"] else "any"
    except (ValueError, TypeError, KeyError, RecursionError) as exc:
        raise BadInputError(
            tr("the evidence of the match {match_id} is none that a screening wrote", match_id=match["match_id"]),
            found=str(match["evidence"])[:_SHOWN],
            remedy=tr("Take the file as `entrepot screen --out` wrote it, or screen again."),
        ) from exc
    return Entry(match["list_id"], match["entity_id"], kind, said, frozenset((said,)), digest=match.get("entry") or "")


class Entries:
    """The entities of the names that are searched, each looked up once."""

    def __init__(self, against: Searched) -> None:
        self._ids = against.names.select(["list_id", "entity_id"])
        # what is read of a row; it has twice as many
        self._names = against.names.select([*_SAID, _REMARK, "particulars"])
        self._known: dict[tuple[str, str], Entry] = {}

    def of(self, match: Row) -> Entry:
        """The entity that a match names, with all that its list says of it.

        Args:
            match: a row of MATCHES that names a listed entity, met in these names.
        """
        key = match["list_id"], match["entity_id"]
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            found = self._known[key] = self._read(*key)
        return found

    def _read(self, list_id: str, entity_id: str) -> Entry:
        start, stop = self._spans[list_id, entity_id]
        rows = self._names.slice(start, stop - start).to_pylist()
        first = rows[0]
        named = frozenset(words(r["text"]) for r in rows)
        beside = json.loads(first["particulars"]) if first["particulars"] else {}
        births = frozenset(map(str, beside.get("birth_years", ())))
        return Entry(
            list_id,
            entity_id,
            first["party"],
            words(first["listed_name"]),
            named,
            births,
            digest_of(rows),
            tuple(dict.fromkeys(r["text"] for r in rows)),
            frozenset(beside.get("birth_dates", ())),
            _numbers(beside),
        )

    @cached_property
    def _spans(self) -> dict[tuple[str, str], tuple[int, int]]:
        """The places at which the names of each entity stand, [from, to): they stand together."""
        spans: dict[tuple[str, str], tuple[int, int]] = {}
        columns = (c.to_pylist() for c in self._ids.columns)
        for at, key in enumerate(zip(*columns, strict=True)):
            spans[key] = spans.get(key, (at, at))[0], at + 1
        return spans


@lru_cache(maxsize=1)
def entries(against: Searched) -> Entries:
    """The entities of names that are searched; those of the last ones asked for are kept."""
    return Entries(against)


def digest_of(rows: Iterable[Row]) -> str:
    """One digest of all that the rows of an entity say, in whatever order they stand.

    Args:
        rows: of the names that are searched.
    """
    held = list(rows)
    said = sorted(_JSON.encode([*(r[c] for c in _SAID), _beside(r["particulars"])]) for r in held)
    more = sorted(_JSON.encode([r["text"], r.get(_REMARK) or "", _later(r["particulars"])]) for r in held)
    return f"{id_of('entry', _NEXT.join(said))}-{digest(_NEXT.join(more), _DIGITS)}"


# What was read beside the names only later. Decisions rest on digests that were made before: it stands in a second half
# of the digest, so that they do not all come back, and what changes from now on is seen.
_LATER = ("birth_dates", "facts")
_DIGITS = 12  # of the second half, as many as ids have
_NEXT = "\n"  # between names: no name holds one


def _beside(particulars: str | None) -> str | None:
    """What is said beside the names, without what was read only later."""
    if not particulars or not any(f'"{word}"' in particulars for word in _LATER):
        return particulars
    left = {k: v for k, v in json.loads(particulars).items() if k not in _LATER}
    # As it was before facts were read: an entry of which nothing else was said had no text at all.
    return json.dumps(left, sort_keys=True) if left or '"birth_dates"' in particulars else ""


def _later(particulars: str | None) -> str:
    """What else the list prints; days of birth stand among it as they are printed."""
    return json.dumps(json.loads(particulars).get("facts", {}) if particulars else {}, sort_keys=True)


def _numbers(beside: Mapping[str, Any]) -> frozenset[tuple[str, str, str]]:
    """Numbers that stand for one party: some in the whole world, those of an authority beside its country."""
    found = [*beside.get("numbers", ()), *beside.get("documents", ())]
    whole = {(kind, number, "") for kind, number, _ in found if kind in _WORLDWIDE}
    return frozenset(whole | {(k, n, c) for k, n, c in found if c and k not in _WORLDWIDE and len(n) >= _LEAST_DIGITS})
