"""What differs between two versions of a list, entry by entry."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from entrepot.core.words.translate import marked, tr
from entrepot.lists.vouching.carried_fields import carried

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyarrow as pa

Tables = tuple["pa.Table", "pa.Table", "pa.Table", "pa.Table", "pa.Table | None"]
_LESS = marked("the formats differ ({value}, {value_2}): names and what else both carry are compared")
_WEAK = " (weak)"
_NO_FACTS = marked(
    "every field that is read is compared where both versions hold it: one was loaded before addresses, flags, remarks "
    "and what else a list prints were kept; load it again"
)
_ONE_SIDED = marked(
    "every field that is read is compared; of {kinds} one version holds none at all: where it was loaded by an earlier "
    "Entrepot, load it again"
)
_SAME = marked("may be the same entry: {entity}, which has the same names and agrees in {what}")
# Facts of a kind that one version holds and the other none of: as many are no change of a list but of its reading.
_MANY_FACTS = 20
_FIELDS = ("kind", "programme", "section", "countries", "nationalities", "birth_years", "valid_from", "valid_to")
_WORDS = {
    "birth_years": marked("years of birth"),
    "valid_from": marked("first day"),
    "valid_to": marked("last day"),
}
_BECAME = {
    "name": marked("{name!r} became the first name"),
    "alias": marked("{name!r} became an alias"),
    "former_name": marked("{name!r} became a former name"),
}
# What tells two entries of one name apart beside its numbers: agreeing in one of these, and differing in none, they may
# be one under another number. Programmes and days are of the listing and not of who is listed.
_FURTHER = ("countries", "nationalities", "birth_years")
_FURTHER_FACTS = (marked("birth date"), marked("birth place"), "address", "established", marked("call sign"))


def compare(first: Tables, second: Tables, formats: tuple[str, str]) -> tuple[list[dict[str, Any]], str]:
    """Rows of LIST_CHANGES by entity, added, removed, changed; and what was compared.

    Args:
        first: entries, names, identifiers, documents and facts of the earlier version; None for facts not kept.
        second: of the later.
        formats: in which each was read: of two that differ what both carry is compared.
    """
    with_facts = None not in (first[4], second[4])
    before, after = (_entities(t, with_facts=with_facts) for t in (first, second))
    is_one_format = formats[0] == formats[1]
    same = _renumbered(before, after) if is_one_format else {}
    said = _compared_said(first, second) if is_one_format else _levelled(before, after, formats)
    return _rows(before, after, same), said


def _rows(
    before: dict[str, dict[str, Any]], after: dict[str, dict[str, Any]], same: dict[str, str]
) -> list[dict[str, Any]]:
    rows = []
    for entity in sorted(before.keys() | after.keys()):
        old, new = before.get(entity), after.get(entity)
        if old is None or new is None:
            change = "added" if old is None else "removed"
            told = {"details": [same[entity]]} if entity in same else {}
            rows.append({"change": change, "entity_id": entity, "name": (new or old or {})["name"], **told})
        elif details := _details(old, new):
            rows.append({"change": "changed", "entity_id": entity, "name": new["name"], "details": details})
    return sorted(rows, key=lambda r: (r["change"], r["entity_id"]))


def _levelled(before: dict[str, dict[str, Any]], after: dict[str, dict[str, Any]], formats: tuple[str, str]) -> str:
    """Leave of two versions in different formats what both carry, and say what was left out."""
    found = carried(*({i: _said(e) for i, e in of.items()} for of in (before, after)))
    for of in (before, after):
        for e in of.values():
            _leave(e, found.fields)
    for i in before.keys() & after.keys():
        old, new = before[i], after[i]
        if {old["name"], new["name"]} <= _plain(old["names"]) & _plain(new["names"]):
            old["name"] = new["name"]  # which of its names leads an entry is the format's
    return "; ".join([tr(_LESS, value=formats[0], value_2=formats[1]), *found.told()])


def _plain(names: Iterable[str]) -> set[str]:
    return {n.removesuffix(_WEAK) for n in names}


def _said(entity: dict[str, Any]) -> dict[str, Any]:
    """What an entry says, field by field."""
    said: dict[str, Any] = {**entity["fields"], **{f"facts:{k}": v for k, v in entity["facts"].items()}}
    for word, of in (("numbers", ((i.partition(" ")[0], i) for i in entity["ids"])), ("documents", entity["papers"])):
        for kind, value in of:
            said.setdefault(f"{word}:{kind}", set()).add(value)
    return said | {"weak": {n for n in entity["names"] if n.endswith(_WEAK)}}


def _leave(entity: dict[str, Any], kept: frozenset[str]) -> None:
    """Take out of an entry what is not compared."""
    entity["fields"] = {f: v for f, v in entity["fields"].items() if f in kept}
    facts = {k: v for k, v in entity["facts"].items() if f"facts:{k}" in kept}
    entity["facts"] = defaultdict(set, facts)
    entity["ids"] = {i for i in entity["ids"] if f"numbers:{i.partition(' ')[0]}" in kept}
    entity["papers"] = {p for p in entity["papers"] if f"documents:{p[0]}" in kept}
    entity["whats"] = {}
    if "weak" not in kept:
        entity["names"] = _plain(entity["names"])


def _compared_said(first: Tables, second: Tables) -> str:
    """What of two versions in one format was compared."""
    if first[4] is None or second[4] is None:
        return tr(_NO_FACTS)
    counts = [Counter(facts.column("what").to_pylist()) for facts in (first[4], second[4])]
    one_sided = {k for a, b in (counts, counts[::-1]) for k, n in a.items() if n >= _MANY_FACTS and not b[k]}
    if one_sided:
        return tr(_ONE_SIDED, kinds=", ".join(sorted(k.replace("_", " ") for k in one_sided)))
    return tr("every field that is read is compared")


def _renumbered(before: dict[str, dict[str, Any]], after: dict[str, dict[str, Any]]) -> dict[str, str]:
    """Entries that are gone or came, each with the one of the other version that may be the same under another number.

    Names, numbers and what else tells who it is are the same, and one of these beside the names is on record; an entry
    of which there are two such is told of none.
    """
    gone, came = (_by_said(these, these.keys() - others.keys()) for these, others in ((before, after), (after, before)))
    found = {}
    for key, old in gone.items():
        new = came.get(key, [])
        if len(old) == len(new) == 1 and (what := _agreeing(before[old[0]])):
            found[old[0]] = tr(_SAME, entity=new[0], what=what)
            found[new[0]] = tr(_SAME, entity=old[0], what=what)
    return found


def _by_said(entities: dict[str, dict[str, Any]], some: Iterable[str]) -> dict[Any, list[str]]:
    found = defaultdict(list)
    for i in some:
        e = entities[i]
        names, ids, papers = (frozenset(e[c]) for c in ("names", "ids", "papers"))
        fields = (*(e["fields"][f] for f in ("kind", *_FURTHER)), *(frozenset(e["facts"][f]) for f in _FURTHER_FACTS))
        found[names, ids, papers, fields].append(i)
    return found


def _agreeing(entity: dict[str, Any]) -> str:
    """What an entry has beside its names that tells who it is; empty where it has nothing."""
    has = {
        tr("identifiers"): entity["ids"],
        tr("documents"): entity["papers"],
        **{tr(_WORDS.get(f, f)): entity["fields"][f] for f in _FURTHER},
        **{tr(f): entity["facts"][f] for f in _FURTHER_FACTS},
    }
    return ", ".join(word for word, values in has.items() if values)


def _entities(tables: Tables, *, with_facts: bool) -> dict[str, dict[str, Any]]:
    entries, names, identifiers, documents, facts = tables
    found = {
        r["entity_id"]: {
            "name": r["name"],
            "fields": {f: _set(r[f]) for f in _FIELDS},
            "names": set(),
            "whats": {},
            "ids": set(),
            "papers": set(),
            "facts": defaultdict(set),
        }
        for r in entries.to_pylist()
    }
    marks: dict[str | None, str] = defaultdict(str, {"weak": _WEAK})
    for r in names.to_pylist():
        # The UN prints several names in one alias: each of them is weak.
        each = (part + marks[r["strength"]] for part in r["name"].split("; "))
        found[r["entity_id"]]["names"].add("; ".join(each))
        found[r["entity_id"]]["whats"][r["name"]] = r["what"]
    for r in identifiers.to_pylist():
        found[r["entity_id"]]["ids"].add(f"{r['kind']} {r['value']}")
    for r in documents.to_pylist():
        found[r["entity_id"]]["papers"].add((r["kind"], r["digest"]))
    for r in facts.to_pylist() if with_facts and facts is not None else ():
        found[r["entity_id"]]["facts"][r["what"].replace("_", " ")].add(r["value"])
    return found


def _set(value: Any) -> frozenset[str]:
    if value is None:
        return frozenset()
    return frozenset(value) if isinstance(value, list) else frozenset([value])


def _details(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    said = (
        [tr("name {name!r} became {name_2!r}", name=old["name"], name_2=new["name"])]
        if old["name"] != new["name"]
        else []
    )
    # What the first name was is said already; of a name that only came the kind is said where it is a former one.
    kinds = [(n, old["whats"][n], w) for n, w in sorted(new["whats"].items()) if n in old["whats"]]
    said += [tr(_BECAME[now], name=n) for n, was, now in kinds if was != now and n != new["name"]]
    former = sorted(n for n, w in new["whats"].items() if w == "former_name" and n not in old["whats"])
    said += [tr("{name!r} is a former name", name=n) for n in former]
    pairs = [(_WORDS.get(f, f), old["fields"][f], new["fields"][f]) for f in old["fields"]]
    pairs += [("name", old["names"], new["names"]), ("identifier", old["ids"], new["ids"])]
    told = sorted({*old["facts"], *new["facts"]})
    pairs += [(word, old["facts"].get(word, set()), new["facts"].get(word, set())) for word in told]
    for word, was, now in pairs:
        said += [tr("{word} added: {v}", word=word, v=v) for v in sorted(now - was)]
        said += [tr("{word} removed: {v}", word=word, v=v) for v in sorted(was - now)]
    was, now = old["papers"], new["papers"]  # of a hash only the kind is shown: the digest says nothing to a reader
    said += [tr("document added: {kind}", kind=kind) for kind, _ in sorted(now - was)]
    return said + [tr("document removed: {kind}", kind=kind) for kind, _ in sorted(was - now)]
