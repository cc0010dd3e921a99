"""Which matches are one case: one party and one listed entity, whatever lists and aliases name it; and the case's id.

See docs/design/35-cases.md.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations, groupby
from typing import TYPE_CHECKING, Any

from entrepot.core.shown import row_id
from entrepot.screening.cases.entries import Entry, entry_of
from entrepot.vocabulary.regions.region_files import region_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    Row = dict[str, Any]

CASE = "case"
_BESIDE = ("country", "identifier", "birth_year")  # tells two parties of one name apart, where they have no key


def with_cases(rows: Iterable[Row], look: Callable[[Row], Entry] = entry_of) -> Iterator[Row]:
    """Rows of MATCHES, each with the id of its case and, where it is known, the digest of the list's entry.

    Args:
        rows: those of a party together.
        look: gives the entity that a match names.
    """
    for _, of_party in groupby(rows, lambda r: (r["row"], r["party_column"])):
        yield from _of_party(list(of_party), look)


def _of_party(rows: list[Row], look: Callable[[Row], Entry]) -> Iterator[Row]:
    met = {(e.list_id, e.entity_id): e for e in (look(r) for r in rows if r["kind"] != "region")}
    called = called_of(list(met.values()))
    for row in rows:
        if row["kind"] != "region":
            key = row["list_id"], row["entity_id"]
            yield {**row, "case_id": case_id(row, called[key]), "entry": met[key].digest or None}
        else:
            place = row["place_id"] or ""
            yield {**row, "case_id": case_id(row, f"region:{region_of(place) or place}"), "entry": None}


def case_id(row: Mapping[str, Any], listed: str) -> str:
    """The id of the case of a party and a listed entity.

    Args:
        row: of MATCHES, or any with the party.
        listed: by what the entity is known.
    """
    return row_id(CASE, {"party": party_said(row), "listed": listed})


def party_said(row: Mapping[str, Any]) -> dict[str, str]:
    """By what a party is known from one run to the next: its key and name, else its name and what tells it apart."""
    said = {"name": " ".join((row.get("party") or "").split()).casefold()}
    if key := (row.get("party_key") or "").strip():
        return said | {"key": key}
    return said | {c: row[c] for c in _BESIDE if row.get(c)}


def called_of(met: Sequence[Entry]) -> dict[tuple[str, str], str]:
    """By what each of the entities that a party met is known: entries that are one entity by the same words.

    Args:
        met: each entity once.
    """
    groups = _groups(met)
    shared = Counter(min(e.name for e in group) for group in groups)
    out = {}
    for group in groups:
        name = min(e.name for e in group)
        is_one = _is_one(group) and shared[name] == 1  # two groups of one name have something that speaks against
        out.update({_key(e): name if is_one else f"{e.list_id}:{e.entity_id}" for e in group})
    return out


def _key(entry: Entry) -> tuple[str, str]:
    return entry.list_id, entry.entity_id


def _groups(met: Sequence[Entry]) -> list[list[Entry]]:
    """Entries that are linked, one to the next, as the same entity."""
    group_of = {_key(e): [e] for e in met}
    for a, b in combinations(met, 2):
        one, other = group_of[_key(a)], group_of[_key(b)]
        if one is not other and _linked(a, b):
            one.extend(other)
            group_of.update({_key(e): one for e in other})
    return list({id(g): g for g in group_of.values()}.values())


def _linked(a: Entry, b: Entry) -> bool:
    """Whether two entries name one entity: the first name of one is a name of the other, and nothing speaks against."""
    if a.kind != b.kind and "any" not in (a.kind, b.kind):
        return False
    if a.births and b.births and a.births.isdisjoint(b.births):
        return False
    if a.list_id == b.list_id:
        return a.name == b.name
    return a.name in b.names or b.name in a.names


def _is_one(group: Sequence[Entry]) -> bool:
    """Whether linked entries can be one entity: a list holds a person or a ship once, a firm once for each measure."""
    by_list: dict[str, list[Entry]] = {}
    for e in group:
        by_list.setdefault(e.list_id, []).append(e)
    several = [es for es in by_list.values() if len(es) > 1]
    return all(e.kind == "company" and e.name == es[0].name for es in several for e in es)
