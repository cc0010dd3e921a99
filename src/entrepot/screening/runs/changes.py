"""Screen again, and tell only what changed: parties are held against the listed names that changed, no others.

See docs/design/20-rescreening.md.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields, replace
from itertools import islice
from operator import attrgetter
from shlex import quote
from typing import TYPE_CHECKING, Any

from entrepot.core.contract import batch
from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import marked, tr
from entrepot.lists.listed_name import ListedName
from entrepot.names.search.subset import narrowed
from entrepot.screening.contract import COMPARED, MATCHES, RESCREENED
from entrepot.screening.matching.match import Terms, as_batch, compared_by, match, wrong_codes
from entrepot.screening.matching.particulars import hashed
from entrepot.screening.matching.scoring_rule import earlier_name, rule
from entrepot.screening.runs.bulk import PART
from entrepot.screening.runs.checkpoint import Parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import pyarrow as pa

    from entrepot.core.contract import Contract
    from entrepot.lists.search_set import Searched
    from entrepot.measures.by_region import UnderMeasure
    from entrepot.names.search.index import Index
    from entrepot.screening.parties.parties import Parties, Party
    from entrepot.screening.runs.bulk import Progress
    from entrepot.screening.runs.changed_rows import Moves
    from entrepot.screening.runs.earlier import Earlier

Row = dict[str, Any]
Entity = tuple[str, str]  # list and entity
Place = tuple[int, str]  # row and column
Key = tuple[int, str, str, str]  # row, column, list, entity
# Columns that say where and when a match was made, or follow from the others.
_OF_THE_FILE = frozenset(("match_id", "case_id", "entry", "joined", "as_of", "list_as_of", "list_sha256"))
_OF_THE_FILE |= {"reasons", "kind", "row", "party_column", "rule"}
_OF_THE_FILE |= {"party_key", "beside"}  # what stands beside the party says nothing of whom it meets
_OF_THE_FILE |= {"entity_id"}  # of an owned party it is another once the share is, which is told
_SAYS = attrgetter(*(f.name for f in fields(ListedName) if f.name not in ("origin", "list_as_of")))
_NO_ENTRY = marked("No entry changed: another rule scores, or other names stand nearer.")
_OWNERS = marked("The shares of its owners, the listings of these or the rule's state changed.")
_PARTY = marked("The party was added, changed or taken out of the file.")
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


@dataclass(frozen=True, slots=True, eq=False)
class Rescreening:
    """What changed.

    Attributes:
        changes: under RESCREENED.
        matches: the new and changed matches, rows of MATCHES.
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
        filed: the regions to look for where all that the parties meet now is to be filed; None where it is not.
    """

    min_score: float
    as_of: str
    secret: bytes = b""
    whole: bool = False
    moved: Moves | None = None
    filed: tuple[UnderMeasure, ...] | None = None


def changed_entities(then: Iterable[ListedName], now: Iterable[ListedName]) -> dict[Entity, list[str]]:
    """Entities of which a list says something else, with a sentence on each difference.

    Args:
        then: the names in force on the earlier day.
        now: those of the later.
    """
    before, after = _by_entity(then), _by_entity(now)
    out = {}
    for entity in sorted({*before, *after}):
        old, new = before.get(entity, {}), after.get(entity, {})
        if old.keys() != new.keys():
            out[entity] = list(_told(tuple(old.values()), tuple(new.values())))
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
    first, second = min(old, key=_order), min(new, key=_order)
    for name in ("listed_name", "section", "valid_from", "valid_to", "status", "party"):
        a, b = getattr(first, name), getattr(second, name)
        if a != b:
            yield tr("{name} was {a}, is {b}.", name=name, a=a or "empty", b=b or "empty")
    if first.particulars != second.particulars:
        yield tr("Years of birth, countries or numbers of the entry changed.")


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
    """What changed in the matches of an earlier screening.

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
    terms = Terms(again.min_score, again.as_of, regions=again.filed or ())
    was, now, done, parts = {_key(r): r for r in before.matches}, {}, 0, Parts()
    seen: set[Place] = set()
    for number, some in enumerate(_cut(_looked_at(parties, touched, again))):
        if again.moved is None and not (again.whole and before.run):
            _refuse_other_party(some, touched.then, is_same_file=before.run is not None)
        chosen = {(p.row, p.column) for p in touched.of(some)}
        # What a party that met something then meets now says of the lists of now what it said of those of then.
        if wanted := [p for p in some if (p.row, p.column) in chosen or (p.row, p.column) in met_then]:
            held = as_batch(wanted, again.secret)
            found = match(held, against, terms)
            parts.add(number, found, wrong_codes(held) if again.filed is not None else ())
            here = (r for r in found.to_pylist() if r["kind"] in COMPARED)
            now.update({_key(r): r for r in here if (r["row"], r["party_column"]) in chosen})
        seen |= chosen
        done += len(some)
        if progress is not None:
            progress(done, parties.party_count)
    was = _paired(gone | {k: r for k, r in was.items() if k[:2] in seen}, now)
    rows = list(_differences(was, now, changed, before, again))
    kept = [now[k] for k in (_key(r) for r in rows) if k in now]
    return Rescreening(_unchecked(RESCREENED, rows), _unchecked(MATCHES, kept), len(changed), len(seen), parts)


def _paired(was: Mapping[Key, Row], now: Mapping[Key, Row]) -> dict[Key, Row]:
    """What was, under the keys of now: an owned party with another verdict is known again by its name."""
    fresh: dict[Key, list[Key]] = defaultdict(list)
    for key, row in now.items():
        if row["kind"] == "owned" and key not in was:
            fresh[*key[:3], row["listed_name"]].append(key)
    out: dict[Key, Row] = {}
    for key, row in was.items():
        alike = fresh[*key[:3], row["listed_name"]] if row["kind"] == "owned" and key not in now else []
        out[alike.pop(0) if alike else key] = row
    return out


def _unchecked(contract: Contract, rows: Sequence[Row]) -> pa.Table:
    """Rows as a table; not checked, as matches are not: the check imports polars, an eighth of the time of a run."""
    import pyarrow as pa

    return pa.Table.from_batches([batch(contract, rows)])


def _met_then(before: Earlier, again: Again) -> set[Place]:
    """Where the parties stand now that met anything then, where all that they meet is filed; else nowhere."""
    if again.filed is None:
        return set()
    then = {(r["row"], r["party_column"]) for r in (*before.matches, *before.beside)}
    return then if again.moved is None else {again.moved.now[p] for p in then if p in again.moved.now}


def _as_they_stand(before: Earlier, moved: Moves | None) -> tuple[Earlier, dict[Key, Row]]:
    """The matches of then, each at the row at which its party stands now; those of parties that are gone apart.

    The latter keep the row of then. Where another party stands there now that was added, the two are compared: a cell
    was changed.
    """
    if moved is None:
        return before, {}
    at = [(r, moved.now.get((r["row"], r["party_column"]))) for r in before.matches]
    stay = tuple(r | {"row": place[0]} for r, place in at if place is not None)
    return replace(before, matches=stay), {_key(r): r for r, place in at if place is None}


class _Touched:
    """Which parties a changed entity may concern: those it met then, and those that may meet it now."""

    def __init__(
        self, before: Earlier, changed: Mapping[Entity, Sequence[str]], against: Searched, again: Again
    ) -> None:
        self._again = again
        self.then = {(r["row"], r["party_column"]): r["party"] for r in before.matches}
        self._met = {
            (r["row"], r["party_column"])
            for r in before.matches
            if r["kind"] == "owned" or (r["list_id"], r["entity_id"]) in changed
        }
        lists, entities, owned = (against.names.column(c).to_pylist() for c in ("list_id", "entity_id", "owned"))
        # What was known of shares then is not kept: whoever owners bring in now may be new.
        at = {i for i, (*e, by) in enumerate(zip(lists, entities, owned, strict=True)) if by or tuple(e) in changed}
        self._index: Index | None = narrowed(against.index.compiled, at) if at else None
        self._numbers = {n for n, places in against.by_number.items() if at.intersection(places)} if at else set()

    @property
    def is_by_place(self) -> bool:
        """Whether no changed name or number is looked for, so that the places of then say which parties are touched."""
        return not self._index and not self._numbers

    def of(self, some: Sequence[Party]) -> list[Party]:
        """Those of some parties, in order."""
        if self._again.whole:
            return list(some)
        names = list(dict.fromkeys(n for p in some for n in compared_by(p))) if self._index else []
        # From 0: whatever is retrieved may stand in another's place, and what beside the name raises is not known here.
        hits = self._index.search_many(names, least=0.0) if self._index else []
        near = {n for n, h in zip(names, hits, strict=True) if h}
        added = self._again.moved.added if self._again.moved else frozenset()
        wanted = self._met | added
        return [
            p for p in some if (p.row, p.column) in wanted or not near.isdisjoint(compared_by(p)) or self._by_number(p)
        ]

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


def _key(row: Row) -> Key:
    return row["row"], row["party_column"], row["list_id"], row["entity_id"]


def _differences(
    was: Mapping[Key, Row],
    now: Mapping[Key, Row],
    changed: Mapping[Entity, Sequence[str]],
    before: Earlier,
    again: Again,
) -> Iterator[Row]:
    days = {"as_of": again.as_of, "as_of_before": before.as_of.isoformat()}
    for key in sorted({*was, *now}):
        old, new = was.get(key), now.get(key)
        told = (*changed.get(key[2:], ()), *(_match_differs(old, new) if old and new else ()))
        details = list(dict.fromkeys(told))  # the entry and the match may say the same
        if old and new and not details:
            continue
        row = new or old or {}
        yield {
            "change": "changed" if old and new else "new" if new else "vanished",
            **{
                c: row[c]
                for c in (
                    "row",
                    "party_column",
                    "party",
                    "party_key",
                    "list_id",
                    "entity_id",
                    "listed_name",
                    "met_name",
                )
            },
            "score": new["score"] if new else None,
            "score_before": old["score"] if old else None,
            "details": details or [_unsaid(key, row, again.moved)],
            "match_id": new["match_id"] if new else None,
            "match_id_before": old["match_id"] if old else None,
            "case_id": row["case_id"],
            **days,
        }


def _unsaid(key: Key, row: Row, moved: Moves | None) -> str:
    """Why a match came or went, where neither the entry nor the match says it."""
    if _is_other(key, moved):
        return _PARTY
    return _OWNERS if row["kind"] == "owned" else _NO_ENTRY


def _is_other(key: Key, moved: Moves | None) -> bool:
    return moved is not None and (key[:2] in moved.added or key[:2] in moved.gone)


def _match_differs(old: Row, new: Row) -> Iterator[str]:
    """What two matches of one party and entity say differently, but for the file and the day that say it."""
    for name in new:
        if name in _OF_THE_FILE or old[name] == new[name]:
            continue
        if name == "evidence":
            yield tr("The evidence of the score differs.")
        else:
            yield tr("{name} was {old}, is {new}.", name=name, old=old[name] or "empty", new=new[name] or "empty")
