"""Screen again, and tell only what changed: parties are held against the listed names that changed, no others.

See docs/design/20-rescreening.md.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from functools import partial
from itertools import islice
from operator import attrgetter
from shlex import quote
from typing import TYPE_CHECKING, Any

from entrepot.core.contract import batch
from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import marked, tr
from entrepot.lists.listed_name import ListedName
from entrepot.lists.version_names import is_weak
from entrepot.names.search.subset import narrowed
from entrepot.screening.contract import MATCHES, RESCREENED
from entrepot.screening.matching.match import Terms, as_batch, compared_by, match, wrong_codes
from entrepot.screening.matching.part_of_listed import parts_of_listed, wholes_listed
from entrepot.screening.matching.particulars import hashed
from entrepot.screening.matching.presumed_region import placed
from entrepot.screening.matching.scoring_rule import earlier_name, rule
from entrepot.screening.runs.bulk import PART
from entrepot.screening.runs.checkpoint import Parts
from entrepot.screening.runs.renumbered import renumbered
from entrepot.screening.runs.screenings_compared import by_key, differences, paired

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import pyarrow as pa

    from entrepot.core.contract import Contract
    from entrepot.lists.search_set import Searched
    from entrepot.lists.vouching.across_formats import Levelled
    from entrepot.measures.by_region import UnderMeasure
    from entrepot.names.search.index import Index
    from entrepot.screening.parties.parties import Parties, Party
    from entrepot.screening.runs.bulk import Progress
    from entrepot.screening.runs.changed_rows import Moves
    from entrepot.screening.runs.earlier import Earlier
    from entrepot.screening.runs.screenings_compared import Entity, Found, Place, Row

_SAYS = attrgetter(*(f.name for f in fields(ListedName) if f.name not in ("origin", "list_as_of")))
# What came and what went, by the kind of a name; whole sentences, for a pattern of one word takes titles for its own.
_CHANGES = {
    "name": (marked("Name added: {text}."), marked("Name removed: {text}.")),
    "alias": (marked("Alias added: {text}."), marked("Alias removed: {text}.")),
    "former_name": (marked("Former name added: {text}."), marked("Former name removed: {text}.")),
    "chinese_name": (marked("Chinese name added: {text}."), marked("Chinese name removed: {text}.")),
    "probable_chinese_name": (
        marked("Probable chinese name added: {text}."),
        marked("Probable chinese name removed: {text}."),
    ),
}
# A name that stays and is another kind of name now.
_BECAME = {
    "name": marked("First name now: {text}."),
    "alias": marked("Alias now: {text}."),
    "former_name": marked("Former name now: {text}."),
    "chinese_name": marked("Chinese name now: {text}."),
    "probable_chinese_name": marked("Probable chinese name now: {text}."),
}
_WEAK = marked("The list marks the alias as weak now: {text}.")
_STRONG = marked("The list no longer marks the alias as weak: {text}.")


@dataclass(frozen=True, slots=True, eq=False)
class Rescreening:
    """What changed.

    Attributes:
        changes: under RESCREENED.
        matches: the new and changed matches, parts and flags, rows of MATCHES.
        entities: listed entities that changed.
        screened: parties that were held against all names, because a changed one may meet them.
        parts: all that the parties meet now, as a whole screening finds it, where that is to be filed.
    """

    changes: pa.Table
    matches: pa.Table
    entities: int
    screened: int
    parts: Parts


@dataclass(frozen=True, slots=True)
class Again:
    """How to screen again.

    Attributes:
        min_score: lowest score of a match.
        as_of: the day, ISO.
        secret: the store's key for documents.
        whole: whether all parties are held against all names.
        moved: where the parties of then stand now; None where the file is the same.
        regions: the regions to look for.
        is_filed: whether all that the parties meet now is to be filed.
        other_formats: lists whose version of now is of another format than that of then: what an entry says there is
            told of the entry alone, as far as both carry it.
        owners: tells two verdicts on a party's owners apart, by their ids.
    """

    min_score: float
    as_of: str
    secret: bytes = b""
    whole: bool = False
    moved: Moves | None = None
    regions: tuple[UnderMeasure, ...] = ()
    is_filed: bool = False
    other_formats: frozenset[str] = frozenset()
    owners: Callable[[str, str], Sequence[str]] | None = None


def changed_entities(
    then: Iterable[ListedName], now: Iterable[ListedName], levels: Iterable[Levelled] = ()
) -> dict[Entity, list[str]]:
    """Entities of which a list says something else, with a sentence on each difference.

    Args:
        then: the names in force on the earlier day.
        now: those of the later.
        levels: of lists whose versions are of different formats what both carry: nothing is said of an entity that
            says something else in no more than its format.
    """
    before, after = _by_entity(then), _by_entity(now)
    out = {}
    for entity in sorted({*before, *after}):
        old, new = before.get(entity, {}), after.get(entity, {})
        if old.keys() != new.keys():
            out[entity] = list(_told(tuple(old.values()), tuple(new.values())))
    for level in levels:
        was, later = _by_entity(level.then), _by_entity(level.now)
        both = [e for e in was if e in later and e in out]
        out |= {e: list(_told(tuple(was[e].values()), tuple(later[e].values()))) for e in both}
    gone, came = ({e: list(a[e].values()) for e in a.keys() - b.keys()} for a, b in ((before, after), (after, before)))
    for entity, said in renumbered(gone, came).items():
        out[entity].append(said)
    return out


def _by_entity(names: Iterable[ListedName]) -> dict[Entity, dict[tuple[Any, ...], ListedName]]:
    """What each entity is called and what the list says of it, without the file that says it -> a name that says so."""
    found: dict[Entity, dict[tuple[Any, ...], ListedName]] = {}
    for n in names:
        found.setdefault((n.list_id, n.entity_id), {})[_SAYS(n)] = n
    return found


def _told(old: Sequence[ListedName], new: Sequence[ListedName]) -> Iterator[str]:
    if not old or not new:
        yield tr("The entity is new on the list.") if new else tr("The entity is no longer on the list.")
        return
    was, now = ({n.text: n.name_kind for n in names} for names in (old, new))
    for text in sorted(now.keys() - was.keys()):
        yield tr(_CHANGES[now[text]][0], text=text)
    for text in sorted(was.keys() - now.keys()):
        yield tr(_CHANGES[was[text]][1], text=text)
    for text in sorted(t for t in now.keys() & was.keys() if now[t] != was[t]):
        yield tr(_BECAME[now[text]], text=text)
    first, second = min(old, key=_order), min(new, key=_order)
    for name in ("listed_name", "section", "valid_from", "valid_to", "status", "party"):
        a, b = getattr(first, name), getattr(second, name)
        if a != b:
            yield tr("{name} was {a}, is {b}.", name=name, a=a or "empty", b=b or "empty")
    marks = [{n.text: is_weak(n) for n in names} for names in (old, new)]
    for text in sorted(t for t in marks[0].keys() & marks[1].keys() if marks[0][t] != marks[1][t]):
        yield tr(_WEAK if marks[1][text] else _STRONG, text=text)
    if first.particulars != second.particulars:
        yield from _beside_told(*(json.loads(n.particulars or "{}") for n in (first, second)))


def _beside_told(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """What of an entry changed beside its names: of what the list prints else the kind, of which a hash is held."""
    if any(was.get(k) != now.get(k) for k in {*was, *now} - {"facts", "birth_dates"}):
        yield tr("Years of birth, countries or numbers of the entry changed.")
    before, after = was.get("facts", {}), now.get("facts", {})
    kinds = sorted(k for k in {*before, *after} if before.get(k) != after.get(k))
    if kinds:
        shown = ", ".join(k.replace("_", " ") for k in kinds)
        yield tr("Changed on the list: {shown}; entrepot lists diff says how.", shown=shown)
    elif was.get("birth_dates") != now.get("birth_dates"):
        yield tr("Changed on the list: {shown}; entrepot lists diff says how.", shown="birth date")


def _order(name: ListedName) -> tuple[str, str]:
    return name.text, name.name_kind


def rescreen(  # noqa: PLR0913, PLR0917 - what was, what is, how, and who looks on
    before: Earlier,
    parties: Parties,
    changed: Mapping[Entity, Sequence[str]],
    against: Searched,
    again: Again,
    progress: Progress | None = None,
) -> Rescreening:
    """What changed in the matches of an earlier screening, in its parts of listed parties and its flags for a region.

    Args:
        before: the earlier screening.
        parties: what it was of.
        changed: the entities that changed since, from `changed_entities`.
        against: the names now.
        again: how to screen.
        progress: called with (parties done, parties in all).

    Raises:
        BadInputError: another rule scored then and not all is screened; or these are other parties.
    """
    _refuse_other_rule(before, again)
    met_then = _met_then(before, again)
    before, gone = _as_they_stand(before, again.moved)
    touched = _Touched(before, changed, against, again)
    terms = Terms(again.min_score, again.as_of, regions=again.regions)
    now: list[Row] = []
    done, parts = 0, Parts()
    seen: set[Place] = set()
    for number, some in enumerate(_cut(_looked_at(parties, touched, again))):
        if again.moved is None and not (again.whole and before.run):
            _refuse_other_party(some, touched.then, is_same_file=before.run is not None)
        chosen = {(p.row, p.column) for p in touched.of(some)}
        # What a party that met something then meets now says of the lists of now what it said of those of then.
        if wanted := [p for p in some if (p.row, p.column) in chosen or (p.row, p.column) in met_then]:
            held = as_batch(wanted, again.secret)
            found = match(held, against, terms)
            parts.add(number, found, wrong_codes(held) if again.is_filed else ())
            now += (r for r in found.to_pylist() if (r["row"], r["party_column"]) in chosen)
        seen |= chosen
        done += len(some)
        if progress is not None:
            progress(done, parties.party_count)
    met = by_key(now)
    stay = (r for r in (*before.matches, *before.beside) if (r["row"], r["party_column"]) in seen)
    # A party that is gone is compared with the one that was added in its row; one that only moved there is another.
    replaced, lost = _replaced(gone, again.moved)
    was = paired(replaced | by_key(stay), met)
    days = {"as_of": again.as_of, "as_of_before": before.as_of.isoformat()}
    differ = partial(differences, other_formats=again.other_formats, owners=again.owners)
    rows = [r for then, at in ((was, met), (lost, {})) for r in differ(then, at, changed, days, again.moved)]
    rows.sort(key=lambda r: r["row"])
    told = {r["match_id"] for r in rows} - {None}
    kept = [r for of_key in met.values() if of_key[0]["match_id"] in told for r in of_key]
    return Rescreening(_unchecked(RESCREENED, rows), _unchecked(MATCHES, kept), len(changed), len(seen), parts)


def _unchecked(contract: Contract, rows: Sequence[Row]) -> pa.Table:
    """Rows as a table; not checked, as matches are not: the check imports polars, an eighth of the time of a run."""
    import pyarrow as pa

    return pa.Table.from_batches([batch(contract, rows)])


def _met_then(before: Earlier, again: Again) -> set[Place]:
    """Where the parties stand now that met anything then, where all that they meet is filed; else nowhere."""
    if not again.is_filed:
        return set()
    then = {(r["row"], r["party_column"]) for r in (*before.matches, *before.beside)}
    return then if again.moved is None else {again.moved.now[p] for p in then if p in again.moved.now}


def _as_they_stand(before: Earlier, moved: Moves | None) -> tuple[Earlier, Found]:
    """What was met then, each at the row at which its party stands now; what parties met that are gone apart.

    The latter keep the row of then. Where another party stands there now that was added, the two are compared: a cell
    was changed.
    """
    if moved is None:
        return before, {}
    gone: list[Row] = []
    stay = []
    for rows in (before.matches, before.beside):
        at = [(r, moved.now.get((r["row"], r["party_column"]))) for r in rows]
        stay.append(tuple(r | {"row": place[0], "party_column": place[1]} for r, place in at if place is not None))
        gone += (r for r, place in at if place is None)
    return replace(before, matches=stay[0], beside=stay[1]), by_key(gone)


def _replaced(gone: Found, moved: Moves | None) -> tuple[Found, Found]:
    """What parties met that are gone: of those in whose row one was added, and of the others."""
    added = moved.added if moved else frozenset()
    replaced = {k: r for k, r in gone.items() if k[:2] in added}
    return replaced, {k: r for k, r in gone.items() if k not in replaced}


class _Touched:
    """Which parties a changed entity may concern: those it met then, and those that may meet it now."""

    def __init__(
        self, before: Earlier, changed: Mapping[Entity, Sequence[str]], against: Searched, again: Again
    ) -> None:
        self._again = again
        self.then = {(r["row"], r["party_column"]): r["party"] for r in before.matches}
        every = (*before.matches, *before.beside)
        self._met = {
            (r["row"], r["party_column"])
            for r in every
            if r["kind"] == "owned" or (r["list_id"], r["entity_id"]) in changed
        }
        # Where nothing is known of the file of then, whoever is placed in a region or is a part of a listed party is
        # held against all names: only the names of then can be compared, not the addresses.
        self._flagged = {(r["row"], r["party_column"]) for r in before.beside} if before.run is None else set()
        self._is_unknown = before.run is None
        # A whole that changed may have parts among those that met nothing, in no word of its name.
        self._is_whole_changed = any(e in changed for e in wholes_listed(against, again.regions))
        self._against = against
        lists, entities, owned = (against.names.column(c).to_pylist() for c in ("list_id", "entity_id", "owned"))
        # What was known of shares then is not kept: whoever owners bring in now may be new.
        at = {i for i, (*e, by) in enumerate(zip(lists, entities, owned, strict=True)) if by or tuple(e) in changed}
        self._index: Index | None = narrowed(against.index.compiled, at) if at else None
        self._numbers = {n for n, places in against.by_number.items() if at.intersection(places)} if at else set()

    @property
    def is_by_place(self) -> bool:
        """Whether no changed name or number is looked for, so that the places of then say which parties are touched."""
        return not (self._index or self._numbers or self._is_whole_changed or self._is_unknown)

    def of(self, some: Sequence[Party]) -> list[Party]:
        """Those of some parties, in order."""
        if self._again.whole:
            return list(some)
        names = list(dict.fromkeys(n for p in some for n in compared_by(p))) if self._index else []
        # From 0: whatever is retrieved may stand in another's place, and what beside the name raises is not known here.
        hits = self._index.search_many(names, least=0.0) if self._index else []
        near = {n for n, h in zip(names, hits, strict=True) if h}
        added = self._again.moved.added if self._again.moved else frozenset()
        wanted = self._met | self._flagged | added
        return [
            p
            for p in some
            if (p.row, p.column) in wanted
            or not near.isdisjoint(compared_by(p))
            or self._by_number(p)
            or self._beside(p)
        ]

    def _beside(self, party: Party) -> bool:
        """Whether a party is a part of a whole that changed; or is flagged, where the file of then is not known."""
        regions, at_all = self._again.regions, self._is_whole_changed or self._is_unknown
        if at_all and next(parts_of_listed(party, self._against, regions), None) is not None:
            return True
        return self._is_unknown and bool(placed(party, regions))

    def _by_number(self, party: Party) -> bool:
        if not self._numbers or not (party.numbers or party.documents):
            return False
        given = {n.split(":", 1)[1] for n in (*party.numbers, *hashed(party, self._again.secret))}
        return not given.isdisjoint(self._numbers)


def _refuse_other_rule(before: Earlier, again: Again) -> None:
    other = sorted(before.rules - {rule()})
    if other and not again.whole:
        raise BadInputError(
            tr("the earlier screening was scored by another rule, so that any match may differ"),
            found=" ".join((*(earlier_name(r) or r for r in other), *_written_by(before))),
            allowed=rule(),
            remedy=tr(
                "Add --all: entrepot rescreen {path} --all. All is screened again, and what the rule "
                "changed is told with what the lists did.",
                path=quote(str(before.path)),
            ),
        )


def _written_by(before: Earlier) -> list[str]:
    return [tr("(written by Entrepot {releases})", releases=" and ".join(before.releases))] if before.releases else []


def _refuse_other_party(some: Iterable[Party], then: Mapping[Place, str | None], *, is_same_file: bool) -> None:
    """Refuse parties that are not those of then; the same file may be read otherwise now, and is then taken whole."""
    for p in some:
        known = then.get((p.row, p.column), p.name)
        if known != p.name:
            raise BadInputError(
                tr("row {row} of the parties is not what was screened then", row=p.row),
                found=p.name or tr("no name"),
                allowed=known or tr("no name"),
                remedy=tr("The same file is read otherwise now: add --all.")
                if is_same_file
                else tr("Give the file that was screened: --parties FILE."),
            )


def _looked_at(parties: Parties, touched: _Touched, again: Again) -> Iterator[Party]:
    """The parties that must be looked at: where no list changed, those that were added or met anything then."""
    if again.moved is not None and not again.whole and touched.is_by_place:
        return iter(again.moved.kept)
    return parties.each()


def _cut(each: Iterator[Party]) -> Iterator[list[Party]]:
    while some := list(islice(each, PART)):
        yield some
