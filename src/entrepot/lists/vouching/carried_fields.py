"""The fields that two versions of a list in different formats carry alike, and those that one leaves out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core.words.translate import marked, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    Said = Mapping[str, Mapping[str, Any]]  # entry -> field -> what it says

# Entries that say something of a field in both versions, from which on they can show that a format prints it otherwise;
# of fewer each may have changed in truth.
_FEW = 4
_WORDS = {
    "section": marked("programme"),
    "party": marked("kind"),
    "valid_from": marked("first day"),
    "valid_to": marked("last day"),
    "birth_years": marked("years of birth"),
    "weak": marked("which name is weak"),
}


@dataclass(frozen=True, slots=True)
class Carried:
    """What two versions carry.

    Attributes:
        fields: those that are compared.
        gone: fields of which the later version says nothing of any entry, and the earlier does.
        came: the reverse.
        otherwise: fields that the two print in other words.
    """

    fields: frozenset[str]
    gone: tuple[str, ...] = ()
    came: tuple[str, ...] = ()
    otherwise: tuple[str, ...] = ()

    def told(self) -> list[str]:
        """Clauses on what is not compared, and why; none where all is."""
        each = (
            (self.gone, marked("not in the later file: {fields}")),
            (self.came, marked("not in the earlier file: {fields}")),
            (self.otherwise, marked("printed otherwise: {fields}")),
        )
        return [tr(said, fields=", ".join(map(_worded, fields))) for fields, said in each if fields]


def _worded(field: str) -> str:
    kind = field.rpartition(":")[2].replace("_", " ")
    return tr(_WORDS.get(field, kind))


def carried(then: Said, now: Said) -> Carried:
    """What two versions of a list in different formats carry alike.

    Args:
        then: what the earlier version says of each entry; a field that says nothing is left out or empty.
        now: the later.
    """
    alike: Counter[str] = Counter()
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    both: Counter[str] = Counter()
    either: Counter[str] = Counter()
    for entry in then.keys() & now.keys():
        old, new = then[entry], now[entry]
        for field in {*old, *new}:
            a, b = old.get(field), new.get(field)
            before[field] += bool(a)
            after[field] += bool(b)
            both[field] += bool(a and b)
            either[field] += bool(a or b)
            alike[field] += bool(a) and a == b
    gone = [f for f in either if before[f] and not after[f]]
    came = [f for f in either if after[f] and not before[f]]
    one_sided = {*gone, *came}
    otherwise = [
        f
        for f, count in either.items()
        if count and f not in one_sided and alike[f] * 2 < count and (both[f] >= _FEW or both[f] * 2 < count)
    ]
    kept = either.keys() - one_sided - {*otherwise}
    return Carried(frozenset(kept), *(tuple(sorted(fields)) for fields in (gone, came, otherwise)))
