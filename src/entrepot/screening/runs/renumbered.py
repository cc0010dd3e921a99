"""Listed entities of which one went and one came, and which may be the same: under another number, or on another list.

See docs/design/20-rescreening.md.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from entrepot.core.words.translate import marked, tr
from entrepot.lists.registry import sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from entrepot.lists.listed_name import ListedName

    Entity = tuple[str, str]  # list and entity

_OTHER_LIST = marked(
    "It may be the same entry as {entity}, on another list: the publisher's number and the name agree."
)
_OTHER_NUMBER = marked(
    "It may be the same entry as {entity}: names agree, and so does what else is said of who it is: {what}."
)
# What tells who is listed; programmes, days and sections are of the listing.
_WHO = ("countries", "birth_dates", "birth_years", "numbers", "documents")
_FACTS = ("birth_place", "address", "established", "call_sign")


def renumbered(
    gone: Mapping[Entity, Iterable[ListedName]], came: Mapping[Entity, Iterable[ListedName]]
) -> dict[Entity, str]:
    """A sentence on each entity that may be another one of those that went or came; two that fit alike fit none.

    Args:
        gone: entities that are on their list no longer, with their names.
        came: those that are new.
    """
    found: dict[Entity, str] = {}
    if not (gone and came):
        return found
    for key_of in (_by_number, _by_said):
        went, new = ({k: v for k, v in _keyed(some, key_of).items() if k} for some in (gone, came))
        for key in went.keys() & new.keys():
            one, other = went[key], new[key]
            if len(one) == len(other) == 1 and one[0] != other[0]:
                for a, b in ((one[0], other[0]), (other[0], one[0])):
                    found.setdefault(a, _said(key, b[1]))
    return found


def _keyed(some: Mapping[Entity, Iterable[ListedName]], key_of: Any) -> dict[Any, list[Entity]]:
    found: dict[Any, list[Entity]] = defaultdict(list)
    for entity, names in some.items():
        found[key_of(entity, list(names))].append(entity)
    return found


def _by_number(entity: Entity, names: list[ListedName]) -> tuple[str, str] | None:
    """The publisher's own number with the name, where his numbers are one series over his lists."""
    source = sources().get(entity[0])
    own = source.ids_of(entity[1])[1:] if source is not None else ()
    return (own[0], names[0].listed_name) if own else None


def _by_said(entity: Entity, names: list[ListedName]) -> tuple[Any, ...] | None:
    """The list, all names, and what else tells who it is; None where the list says nothing else."""
    said = json.loads(names[0].particulars or "{}")
    facts = said.get("facts", {})
    told = {k: said[k] for k in _WHO if said.get(k)} | {k: facts[k] for k in _FACTS if k in facts}
    if not told:
        return None
    calls = frozenset((n.text, n.name_kind) for n in names)
    return entity[0], calls, names[0].party, json.dumps(told, sort_keys=True)


def _said(key: tuple[Any, ...], other: str) -> str:
    if len(key) == 2:  # noqa: PLR2004 - number and name
        return tr(_OTHER_LIST, entity=other)
    what = ", ".join(k.replace("_", " ") for k in json.loads(key[3]))
    return tr(_OTHER_NUMBER, entity=other, what=what)
