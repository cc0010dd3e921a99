"""Which listed entities a party meets: by name, raised or lowered by what is known beside it; or by a number alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from entrepot.core.words.translate import marked
from entrepot.lists.listed_name import PROBABLE, kind_of
from entrepot.names.similarity import similarity
from entrepot.screening.cases.entries import entries
from entrepot.screening.matching.met_in_full import is_met_in_part
from entrepot.screening.matching.particulars import Particular, across_scripts, compared
from entrepot.screening.matching.weights import LEAST_NAME, at_most, least_name, points, weighed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from entrepot.lists.listed_name import ListedName
    from entrepot.lists.search_set import Searched
    from entrepot.names.comparing.score import Similarity
    from entrepot.names.search.index import Hit
    from entrepot.screening.parties.parties import Party

MEETS_TOO = marked("A Chinese name held beside the listing meets too; it is probable: paired with it by pinyin only.")


@dataclass(frozen=True, slots=True)
class Met:
    """A listed entity that a party meets.

    Attributes:
        listed: with the name that meets best.
        names: how alike the names are; None where the party has none.
        particulars: what is known beside the names.
        part: the part of the party's cell that was compared; empty for the whole.
    """

    listed: ListedName
    names: Similarity | None
    particulars: tuple[Particular, ...]
    part: str = ""

    @property
    def by_number(self) -> bool:
        """Whether a number matched."""
        return any(p.is_number for p in self.particulars)

    @property
    def number_alone(self) -> bool:
        """Whether a number matched and the name does not meet."""
        return self.by_number and (self.names is None or self.names.score < LEAST_NAME)

    @property
    def floor(self) -> float:
        """Log-odds that lift a name which does not meet, where a number matched."""
        return max(0.0, points()["name", "floor"] - self._name_points) if self.by_number and self.names else 0.0

    @property
    def start(self) -> float:
        """Log-odds before any feature; of a party without a name those of a name that does not meet."""
        return self.names.start if self.names else points()["name", "floor"]

    @property
    def _name_points(self) -> float:
        return self.start + sum(c.points for c in self.names.contributions) if self.names else self.start

    @property
    def score(self) -> float:
        """Probability that the two are one party; 1 for one text; bounded where the name met is only probable."""
        added = sum(p.points for p in self.particulars)
        name_score = self.names.score if self.names else 0.0
        return min(weighed(name_score, self._name_points, added + self.floor), self.ceiling)

    @property
    def ceiling(self) -> float:
        """The highest score that the kind of the name met allows; a number that matches stands for itself."""
        return 1.0 if self.by_number else at_most(self.listed.name_kind)


def least(party: Party, min_score: float) -> float:
    """The lowest score of a name that can still be a match, given what else is known of the party."""
    gain = points()["birth_year", "same"] if party.birth_year else 0.0
    gain += points()["country", "same"] if party.country and "country" not in party.shared else 0.0
    return least_name(min_score, gain)


def standing(listed: ListedName, hit: Hit) -> float:
    """What a met name counts for beside the entity's other names: its score, bounded where it is only probable."""
    return min(hit.similarity.score, at_most(listed.name_kind))


def entities(
    name: str, hits: Sequence[Hit], against: Searched, *, is_ship: bool = False
) -> list[tuple[ListedName, Hit]]:
    """Each listed entity that a name meets, with its best-met name, best first.

    Args:
        name: the name that was searched.
        hits: what it met, best first.
        against: the listed names.
        is_ship: whether the name is known to be that of a ship, whose papers may give it in another language.
    """
    known = entries(against)
    best: dict[tuple[str, str], tuple[ListedName, Hit]] = {}
    probable: set[tuple[str, str]] = set()
    for hit in hits:
        listed = against.listed(hit.position)
        if not (is_ship and listed.party == "vessel") and is_met_in_part(name, listed, known):
            continue
        key = listed.list_id, listed.entity_id
        if key not in best or standing(listed, hit) > standing(*best[key]):
            best[key] = listed, hit
        if listed.name_kind == PROBABLE:
            probable.add(key)
    found = [(_beside(n) if k in probable else n, hit) for k, (n, hit) in best.items()]
    return sorted(found, key=lambda pair: -standing(*pair))


def _beside(listed: ListedName) -> ListedName:
    """A name that meets better than the probable Chinese name of its entity, which meets too."""
    if listed.name_kind == PROBABLE:
        return listed
    return replace(listed, remark=" ".join(filter(None, (listed.remark, MEETS_TOO))))


def best_of(found: Iterable[tuple[str, Sequence[tuple[ListedName, Hit]]]]) -> list[tuple[ListedName, Hit, str]]:
    """Each entity that a cell or a part of it meets, with the best of these; of equal ones the first.

    Args:
        found: the part (empty for the whole cell) and what it met.
    """
    best: dict[tuple[str, str], tuple[ListedName, Hit, str]] = {}
    for part, hits in found:
        for listed, hit in hits:
            key = listed.list_id, listed.entity_id
            if key not in best or standing(listed, hit) > standing(*best[key][:2]):
                best[key] = listed, hit, part
    return list(best.values())


def beside_names(party: Party, name: str | None, listed: ListedName) -> tuple[Particular, ...]:
    """What speaks for or against a party and a listed name beside how alike the names are.

    Args:
        party: with its documents as keyed hashes.
        name: what was compared: the party's name, or a part of its cell.
        listed: the name that it met.
    """
    return (*compared(party, listed.particulars), *across_scripts(name, listed.text, kind_of(listed)))


def meetings(
    party: Party, hits: Iterable[tuple[ListedName, Hit, str]], against: Searched, min_score: float
) -> list[Met]:
    """The entities that a party meets, best first.

    Args:
        party: with its documents as keyed hashes.
        hits: what its name, or a part of it, met, from `least` on.
        against: the listed names.
        min_score: lowest score of a match by name; a number that matches is always one.
    """
    found = [Met(n, hit.similarity, beside_names(party, part or party.name, n), part) for n, hit, part in hits]
    seen = {(m.listed.list_id, m.listed.entity_id) for m in found}
    found += [m for m in _by_number(party, against) if (m.listed.list_id, m.listed.entity_id) not in seen]
    return sorted((m for m in found if m.by_number or m.score >= min_score), key=lambda m: -m.score)


def _by_number(party: Party, against: Searched) -> Iterator[Met]:
    """Entities that carry a number of the party, each with its name that meets best."""
    given = [n.split(":", 1)[1] for n in (*party.numbers, *party.documents)]
    for position in sorted({p for n in given for p in against.by_number.get(n, ())}):
        names = against.names_of(position)
        said = tuple(compared(party, names[0].particulars))
        if any(p.is_number for p in said):
            yield Met(*_best(party.name, names), said)


def _best(name: str | None, names: Sequence[ListedName]) -> tuple[ListedName, Similarity | None]:
    if not name:
        return next((n for n in names if n.text == n.listed_name), names[0]), None
    alike = [(n, similarity(name, n.text, kind_of(n))) for n in names]
    return max(alike, key=lambda pair: pair[1].score)
