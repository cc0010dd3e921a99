"""Which matches are one case: one party and one listed entity, whatever lists and aliases name it; and the case's id.

See docs/design/35-cases.md.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations, groupby
from typing import TYPE_CHECKING, Any

from entrepot.core.shown import row_id
from entrepot.core.units import two_decimals
from entrepot.core.words.compared import one_form, own_number
from entrepot.core.words.translate import tr
from entrepot.screening.cases.entries import Entry, entry_of
from entrepot.vocabulary.regions.region_files import region_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    Row = dict[str, Any]

CASE = "case"
# 0.8: of labelled pairs of names with such a score eight in ten are one party by the names alone; two persons of unlike
# identity are born on one day once in some 15,000 pairs of the same forty years.
_ALIKE = 0.8
_FIRM = "company"  # the kind of an entry that is a firm or any other organisation
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
    called, whys = called_of(list(met.values())), joined_by(list(met.values()))
    for row in rows:
        if row["kind"] != "region":
            key = row["list_id"], row["entity_id"]
            joined = whys.get(key) or row.get("joined")
            yield {**row, "case_id": case_id(row, called[key]), "entry": met[key].digest or None, "joined": joined}
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
    said = {"name": " ".join(one_form(row.get("party") or "").split()).casefold()}
    if key := own_number(row.get("party_key") or ""):
        return said | {"key": key}
    return said | {c: one_form(v) if isinstance(v := row[c], str) else v for c in _BESIDE if row.get(c)}


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


def joined_by(met: Sequence[Entry]) -> dict[tuple[str, str], str]:
    """Why an entry is taken to be the one of another list, where it is: one sentence.

    Args:
        met: each entity once.
    """
    out: dict[tuple[str, str], str] = {}
    called = called_of(met)
    for a, b in combinations(met, 2):
        if called[_key(a)] == called[_key(b)] and (why := _linked(a, b)):
            for one, other in ((a, b), (b, a)):
                said = tr("Taken as one with {entity_id}: {why}.", entity_id=other.entity_id, why=why)
                out.setdefault(_key(one), said)
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


def _linked(a: Entry, b: Entry) -> str:
    """Why two entries name one entity; empty where something speaks against it, or nothing for it."""
    if a.kind != b.kind and "any" not in (a.kind, b.kind):
        return ""
    if a.births and b.births and a.births.isdisjoint(b.births):
        return ""
    if a.list_id == b.list_id:
        return tr("the same name") if a.name == b.name else ""
    if a.name in b.names or b.name in a.names:
        return tr("the first name of one is a name of the other")
    if shared := a.numbers & b.numbers:
        return tr("the same number ({replace})", replace=min(shared)[0].replace("_", " "))
    return _same_birth(a, b)


def _same_birth(a: Entry, b: Entry) -> str:
    """Why two entries are one person though neither list has the other's spelling: the day of birth, and like names."""
    days = a.birth_dates & b.birth_dates
    if not days or "person" not in (a.kind, b.kind):
        return ""
    from entrepot.names.similarity import similarity

    alike = max((similarity(x, y, "person").score for x in a.texts for y in b.texts), default=0.0)
    return (
        tr(
            "born on the same day, {days}, and names alike ({two_decimals})",
            days=min(days),
            two_decimals=two_decimals(alike),
        )
        if alike >= _ALIKE
        else ""
    )


def _is_one(group: Sequence[Entry]) -> bool:
    """Whether linked entries can be one entity: a list holds a person or a ship once, a firm once for each measure.

    A list that does not say what an entry is may mean a person: of two of its entries one must be said to be a firm.
    Two first names of one list are one firm's where an entry of another list has both.
    """
    by_list: dict[str, list[Entry]] = {}
    for e in group:
        by_list.setdefault(e.list_id, []).append(e)
    pairs = [pair for entries in by_list.values() for pair in combinations(entries, 2)]
    are_firms = all(_FIRM in (a.kind, b.kind) and {a.kind, b.kind} <= {_FIRM, "any"} for a, b in pairs)
    return are_firms and all(a.name == b.name or _has_both(group, a, b) for a, b in pairs)


def _has_both(group: Sequence[Entry], a: Entry, b: Entry) -> bool:
    return any(e.list_id != a.list_id and {a.name, b.name} <= e.names for e in group)
