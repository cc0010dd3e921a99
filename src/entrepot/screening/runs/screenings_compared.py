"""What two screenings of the same parties say differently: matches, parts of listed parties, flags for a region.

See docs/design/20-rescreening.md.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from entrepot.core.words.compared import in_any_order, one_form, own_number
from entrepot.core.words.translate import marked, tr
from entrepot.screening.contract import COMPARED
from entrepot.vocabulary.regions.country_cell import one_country
from entrepot.vocabulary.regions.region_files import region_of

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from entrepot.screening.runs.changed_rows import Moves

Row = dict[str, Any]
Entity = tuple[str, str]  # list and entity
Place = tuple[int, str]  # row and column
# Row, column, list and entity, and empty; of a part and of a flag its kind. A flag has its region and its place.
Key = tuple[int, str, str, str, str]
Found = dict[Key, list[Row]]  # one row a match; of a flag one a ground: the address and the name may say one place

# Columns that say where and when a match was made, or follow from the others.
_OF_THE_FILE = frozenset(("match_id", "case_id", "entry", "joined", "as_of", "list_as_of", "list_sha256"))
_OF_THE_FILE |= {"reasons", "kind", "row", "party_column", "rule"}
_OF_THE_FILE |= {"party_key", "beside"}  # what stands beside the party says nothing of whom it meets
_OF_THE_FILE |= {"entity_id"}  # of an owned party it is another once the share is, which is told
# A file may have several columns of these, which are joined as they stand in it.
_OF_PARTS = frozenset(("address", "identifier"))
_OF_THE_PARTY = _OF_PARTS | {
    "party",
    "country",
}  # cells as the file has them: their normal form is none of what they say
# What a match says of the entry, which is told of the entry itself.
_OF_THE_ENTRY = frozenset(("listed_name", "name_kind", "section", "valid_from", "valid_to", "status"))
_OTHER_FORMAT = marked("No entry changed but for what its list's other format leaves out or prints otherwise.")
_NO_ENTRY = marked("No entry changed: another rule scores, or other names stand nearer.")
_OWNERS = marked("The shares of its owners, the listings of these or the rule's state changed.")
_PARTY = marked("The party was added, changed or taken out of the file.")
_CALLED = marked("The party of this number is called {name} now.")
_READ = marked(
    "The party says what it said then: it is read otherwise now, by other data of the region or another rule."
)
_NO_MORE = marked("No longer said: {reason}")


def key_of(row: Row) -> Key:
    """What a row of MATCHES is compared by: the party, and what it met.

    Args:
        row: of MATCHES.
    """
    at = row["row"], row["party_column"]
    if row["kind"] == "region":
        return *at, region_of(row["place_id"]), row["place_id"], "region"
    return *at, row["list_id"], row["entity_id"], "" if row["kind"] in COMPARED else row["kind"]


def by_key(rows: Iterable[Row]) -> Found:
    """Rows of MATCHES by what they are compared by, in their order.

    Args:
        rows: of MATCHES.
    """
    out: Found = defaultdict(list)
    for row in rows:
        out[key_of(row)].append(row)
    return dict(out)


def paired(was: Found, now: Found) -> Found:
    """What was, under the keys of now: an owned party with another verdict is known again by its name.

    Args:
        was: the rows of then.
        now: those of now.
    """
    fresh: dict[tuple[Any, ...], list[Key]] = defaultdict(list)
    for key, rows in now.items():
        if rows[0]["kind"] == "owned" and key not in was:
            fresh[*key[:3], rows[0]["listed_name"]].append(key)
    out: Found = {}
    for key, rows in was.items():
        is_lost = rows[0]["kind"] == "owned" and key not in now
        alike = fresh[*key[:3], rows[0]["listed_name"]] if is_lost else []
        out[alike.pop(0) if alike else key] = rows
    return out


def differences(  # noqa: PLR0913 - what was, what is, what changed, and how the two are held together
    was: Found,
    now: Found,
    changed: Mapping[Entity, Sequence[str]],
    days: Mapping[str, str],
    moved: Moves | None,
    *,
    other_formats: Container[str] = (),
    owners: Callable[[str, str], Sequence[str]] | None = None,
) -> Iterator[Row]:
    """Rows of RESCREENED: what came, what went, and what says something else.

    Args:
        was: the rows of then, from `by_key` and `paired`.
        now: those of now.
        changed: the entities that changed, with a sentence on each difference.
        days: `as_of` and `as_of_before`.
        moved: where the parties of then stand now; None where the file is the same.
        owners: the ids of two verdicts on a party's owners -> what is another; None where nothing tells.
        other_formats: lists whose version of now is of another format than that of then.
    """
    for key in sorted({*was, *now}):
        old, new = was.get(key, []), now.get(key, [])
        entity = changed.get(key[2:4])
        unread = _OF_THE_ENTRY if key[2] in other_formats else frozenset()
        told = (*(entity or ()), *(_differ(old, new, unread, owners) if old and new else ()))
        details = list(dict.fromkeys(told))  # the entry and the match may say the same
        if old and new and not details:
            continue
        row = (new or old)[0]
        yield {
            "change": "changed" if old and new else "new" if new else "vanished",
            **{c: row[c] for c in ("row", "party_column", "party", "party_key", "met_name")},
            "list_id": key[2],
            "entity_id": row["place_id"] if row["kind"] == "region" else row["entity_id"],
            "listed_name": row["place"] if row["kind"] == "region" else row["listed_name"],
            "score": new[0]["score"] if new else None,
            "score_before": old[0]["score"] if old else None,
            "details": [
                *_grounds(key, old, new),
                *(details or [_OTHER_FORMAT if entity == [] else _unsaid(key, row, moved)]),
            ],
            "match_id": new[0]["match_id"] if new else None,
            "match_id_before": old[0]["match_id"] if old else None,
            "case_id": row["case_id"],
            "kind": row["kind"],
            **days,
        }


def _grounds(key: Key, old: Sequence[Row], new: Sequence[Row]) -> list[str]:
    """On what a part or a flag that came or went rests: it has no score that would say how it was met."""
    if not key[4] or (old and new):
        return []
    said = [tr(_NO_MORE, reason=r["reasons"][0]) if old else r["reasons"][0] for r in (new or old) if r["reasons"]]
    return list(dict.fromkeys(said))


def _unsaid(key: Key, row: Row, moved: Moves | None) -> str:
    """Why a match came or went, where neither the entry nor the match says it."""
    if moved is not None and (key[:2] in moved.added or key[:2] in moved.gone):
        now = moved.called.get((row["party_column"], own_number(row["party_key"] or "")))
        return tr(_CALLED, name=now) if now and now != row["party"] and key[:2] in moved.gone else _PARTY
    if key[4]:
        return _READ
    return _OWNERS if row["kind"] == "owned" else _NO_ENTRY


def _differ(
    old: Sequence[Row],
    new: Sequence[Row],
    unread: frozenset[str],
    owners: Callable[[str, str], Sequence[str]] | None,
) -> Iterator[str]:
    """What the rows of one key say differently; of a flag ground by ground."""
    before, after = ({(r["basis"] if r["kind"] == "region" else ""): r for r in rows} for rows in (old, new))
    for basis in [b for b in after if b in before]:
        told = list(_row_differs(before[basis], after[basis], unread))
        yield from told or _verdict_differs(before[basis], after[basis], owners)
    for basis in [b for b in after if b not in before]:
        yield from after[basis]["reasons"][:1]
    for basis in [b for b in before if b not in after]:
        yield from (tr(_NO_MORE, reason=reason) for reason in before[basis]["reasons"][:1])


def _verdict_differs(old: Row, new: Row, owners: Callable[[str, str], Sequence[str]] | None) -> Iterator[str]:
    """What a verdict on owners says that is another by its id alone: who owns what stands in its reason, in no cell."""
    if old["kind"] != "owned" or new["kind"] != "owned" or old["entity_id"] == new["entity_id"]:
        return
    if owners is not None and (told := owners(old["entity_id"], new["entity_id"])):
        yield from told
        return
    was, now = (" ".join((row["reasons"] or ())[:1]) for row in (old, new))
    yield (
        _OWNERS
        if was == now
        else tr("{name} was {old}, is {new}.", name="chain", old=was or "empty", new=now or "empty")
    )


def _alike(name: str, value: Any) -> Any:
    """A value as it is compared: a cell of the party in one normal form, one of several parts in any order of them."""
    if not isinstance(value, str) or name not in _OF_THE_PARTY:
        return value
    if name == "country":  # next month's export may print the code where this one printed the name
        return one_country(one_form(value))
    return in_any_order(value) if name in _OF_PARTS else one_form(value)


def _row_differs(old: Row, new: Row, unread: frozenset[str]) -> Iterator[str]:
    """What two matches of one party and entity say differently, but for the file and the day that say it."""
    for name in new:
        if name in _OF_THE_FILE or name in unread or _alike(name, old[name]) == _alike(name, new[name]):
            continue
        if name == "evidence":
            yield tr("The evidence of the score differs.")
        else:
            yield tr("{name} was {old}, is {new}.", name=name, old=old[name] or "empty", new=new[name] or "empty")
