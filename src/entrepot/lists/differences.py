"""What differs between two versions of a list, entry by entry."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from entrepot.core.words.translate import marked, tr

if TYPE_CHECKING:
    import pyarrow as pa

Tables = tuple["pa.Table", "pa.Table", "pa.Table", "pa.Table", "pa.Table | None"]
_LESS = marked("the formats differ ({value}, {value_2}): name, kind, programmes and names not marked weak are compared")
_NO_FACTS = marked(
    "every field is compared that both versions hold: one was loaded before addresses, flags, remarks and what else a "
    "list prints were kept; load it again"
)
_ALWAYS = ("kind", "programme")
_SAME_FORMAT = ("section", "countries", "nationalities", "birth_years", "valid_from", "valid_to")
_WORDS = {
    "birth_years": marked("years of birth"),
    "valid_from": marked("first day"),
    "valid_to": marked("last day"),
}


def compare(first: Tables, second: Tables, *, whole: bool) -> list[dict[str, Any]]:
    """Rows of LIST_CHANGES by entity: added, removed, changed.

    Args:
        first: entries, names, identifiers, documents and facts of the earlier version; None for facts not kept.
        second: of the later.
        whole: compare every field; else those that every format carries.
    """
    with_facts = whole and None not in (first[4], second[4])
    before, after = (_entities(t, whole=whole, with_facts=with_facts) for t in (first, second))
    rows = []
    for entity in sorted(before.keys() | after.keys()):
        old, new = before.get(entity), after.get(entity)
        if old is None or new is None:
            change = "added" if old is None else "removed"
            rows.append({"change": change, "entity_id": entity, "name": (new or old or {})["name"]})
        elif details := _details(old, new):
            rows.append({"change": "changed", "entity_id": entity, "name": new["name"], "details": details})
    return sorted(rows, key=lambda r: (r["change"], r["entity_id"]))


def compared_said(first: Tables, second: Tables, formats: tuple[str, str]) -> str:
    """What of two versions was compared.

    Args:
        first: as in `compare`.
        second: as in `compare`.
        formats: in which each was read.
    """
    if formats[0] != formats[1]:
        return tr(_LESS, value=formats[0], value_2=formats[1])
    return tr("every field is compared") if None not in (first[4], second[4]) else tr(_NO_FACTS)


def _entities(tables: Tables, *, whole: bool, with_facts: bool) -> dict[str, dict[str, Any]]:
    entries, names, identifiers, documents, facts = tables
    fields = (*_ALWAYS, *_SAME_FORMAT) if whole else _ALWAYS
    found = {
        r["entity_id"]: {
            "name": r["name"],
            "fields": {f: _set(r[f]) for f in fields},
            "names": set(),
            "ids": set(),
            "papers": set(),
            "facts": defaultdict(set),
        }
        for r in entries.to_pylist()
    }
    marks: dict[str | None, str] = defaultdict(str, {"weak": " (weak)"})
    for r in names.to_pylist():
        if whole or r["strength"] != "weak":
            # The UN prints several names in one alias: each of them is weak.
            each = (part + marks[r["strength"]] for part in r["name"].split("; "))
            found[r["entity_id"]]["names"].add("; ".join(each))
    for r in identifiers.to_pylist() if whole else ():
        found[r["entity_id"]]["ids"].add(f"{r['kind']} {r['value']}")
    for r in documents.to_pylist() if whole else ():
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
