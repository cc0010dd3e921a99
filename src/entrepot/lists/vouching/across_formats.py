"""Two versions of a list in different formats: what both carry, so that what a format leaves out is no change.

A field is compared where most entries that stand in both versions say the same of it. One that a format leaves out, or
prints in other words, differs in all of them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from entrepot.core.words.translate import tr
from entrepot.lists.version_names import is_weak
from entrepot.lists.vouching.carried_fields import Carried, carried

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from entrepot.lists.listed_name import ListedName
    from entrepot.lists.versions import Version


_DATES = ("valid_from", "valid_to")
_OF_ENTRY = ("section", "party", *_DATES)
_OF_KIND = ("numbers", "documents")  # each number beside its kind: a format may carry one kind and not another


@dataclass(frozen=True, slots=True, eq=False)
class Levelled:
    """The names of two versions of one list in different formats, with nothing but what both carry.

    Attributes:
        then: of the earlier version.
        now: of the later.
        carried: what is compared.
        said: a sentence on which formats they are, and what is not compared.
    """

    then: tuple[ListedName, ...]
    now: tuple[ListedName, ...]
    carried: Carried
    said: tuple[str, ...] = ()


def levelled(then: Iterable[ListedName], now: Iterable[ListedName]) -> Levelled:
    """Bring the names of two versions of one list in different formats to what both carry.

    Args:
        then: of the earlier version.
        now: of the later.
    """
    before, after = _by_entity(then), _by_entity(now)
    was, new = ({e: _fields(names) for e, names in of.items()} for of in (before, after))
    found = carried(was, new)
    first, second = ([_left(n, found) for names in of.values() for n in names] for of in (before, after))
    return Levelled(tuple(first), tuple(_called_alike(first, second)), found)


def levels_of(
    then: Mapping[str, Version],
    now: Mapping[str, Version],
    names: Iterable[ListedName],
    names_now: Iterable[ListedName],
) -> dict[str, Levelled]:
    """The lists of which two versions are of different formats, each brought to what both carry.

    Args:
        then: list -> the earlier version.
        now: list -> the later.
        names: of the earlier versions.
        names_now: of the later.
    """
    others = {n for n, v in then.items() if n in now and v.row["format"] != now[n].row["format"]}
    if not others:
        return {}
    found = {}
    before, after = (
        {n: [m for m in some if m.list_id == n] for n in others} for some in (list(names), list(names_now))
    )
    for name in sorted(others):
        level = levelled(before[name], after[name])
        found[name] = replace(level, said=(_said(name, then[name].row, now[name].row, level.carried),))
    return found


def _said(name: str, was: Mapping[str, Any], now: Mapping[str, Any], found: Carried) -> str:
    told = found.told() or [tr("all that is read is compared")]
    return tr(
        "The formats of {name} differ ({was} of {day}, {now} of {day_2}): what both carry is compared; {told}.",
        name=name,
        was=was["format"],
        day=was["version"],
        now=now["format"],
        day_2=now["version"],
        told="; ".join(told),
    )


def _by_entity(names: Iterable[ListedName]) -> dict[str, list[ListedName]]:
    found: dict[str, list[ListedName]] = defaultdict(list)
    for name in names:
        found[name.entity_id].append(name)
    return found


def _fields(names: list[ListedName]) -> dict[str, Any]:
    """What an entry says, field by field."""
    first = names[0]
    said: dict[str, Any] = {f: getattr(first, f) for f in _OF_ENTRY}
    said["party"] = "" if first.party == "any" else first.party
    said["weak"] = frozenset(n.text for n in names if is_weak(n))
    beside: dict[str, Any] = json.loads(first.particulars or "{}")
    said |= {f"facts:{k}": v for k, v in beside.pop("facts", {}).items()}
    for word in _OF_KIND:
        by_kind = defaultdict(set)
        for kind, number, _ in beside.pop(word, ()):
            by_kind[kind].add(number)
        said |= {f"{word}:{kind}": numbers for kind, numbers in by_kind.items()}
    return said | beside


def _left(name: ListedName, found: Carried) -> ListedName:
    """A name that says only what is compared."""
    kept = found.fields
    beside = json.loads(name.particulars or "{}")
    facts = {k: v for k, v in beside.pop("facts", {}).items() if f"facts:{k}" in kept}
    # Who issued a number is not in every format.
    numbers = {w: sorted([k, n, ""] for k, n, _ in beside.pop(w, ()) if f"{w}:{k}" in kept) for w in _OF_KIND}
    said = {k: v for k, v in ({k: v for k, v in beside.items() if k in kept} | numbers | {"facts": facts}).items() if v}
    return replace(
        name,
        section=name.section if "section" in kept else None,
        party=name.party if "party" in kept else "any",
        valid_from=name.valid_from if "valid_from" in kept else "",
        valid_to=name.valid_to if "valid_to" in kept else None,
        status=name.status if kept.issuperset(_DATES) else "",
        remark=name.remark if "weak" in kept else "",
        particulars=json.dumps(said, sort_keys=True) if said else "",
    )


def _called_alike(then: list[ListedName], now: list[ListedName]) -> list[ListedName]:
    """The later names, each the first name or an alias as it was: which of its names leads an entry is the format's."""
    kinds = {(n.entity_id, n.text): n.name_kind for n in then}
    leads = {n.entity_id: n.listed_name for n in then}
    texts = {(n.entity_id, n.text) for n in now}
    out = []
    for n in now:
        lead = leads.get(n.entity_id, n.listed_name)
        is_still_there = (n.entity_id, lead) in texts and (n.entity_id, n.listed_name) in kinds
        kind = kinds.get((n.entity_id, n.text), n.name_kind)
        out.append(replace(n, name_kind=kind, listed_name=lead if is_still_there else n.listed_name))
    return out
