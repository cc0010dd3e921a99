"""The verb: which parties of files of supply are taken for one firm, and what a person says of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from entrepot.core.contract import table
from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.core.store import is_there
from entrepot.core.units import counted
from entrepot.core.words.translate import ntr, tr
from entrepot.decisions.case_grounds import Grounds
from entrepot.decisions.decide import decide, withdraw
from entrepot.decisions.decision_settings import decision_settings
from entrepot.decisions.decisions_file import Decision
from entrepot.decisions.ledger.kept_ledger import ledger
from entrepot.decisions.standing import docket
from entrepot.desk.answer import Answer
from entrepot.desk.keeping import check_store, folder
from entrepot.tracing.parties import kept_joins
from entrepot.tracing.parties.contract import JOINED, PROPOSED, SPLIT, SUPPLY_JOINS
from entrepot.tracing.parties.joins import (
    LEAST_ALIKE,
    LEAST_AT_ONE_ADDRESS,
    MOST_NAMES,
    decided_join,
    in_several,
    join_id,
)
from entrepot.tracing.supply.kept_supply import KEPT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from entrepot.decisions.standing import Docket
    from entrepot.desk.keeping import Store
    from entrepot.tracing.parties.joins import Join
    from entrepot.tracing.parties.kept_joins import Found
    from entrepot.tracing.parties.named_parties import Mention

    Pairs = Mapping[str, tuple[str, str]]

_MOST_AT_ONCE = 300  # parties whose names alone are searched for while something else is asked: a second or so
_MOST_PROPOSED = 20_000  # parties whose names are read while something else is asked: two seconds
_BETWEEN = "="  # between the ids of two parties that no row proposes
_STATES = {"true": True, "false": False}
_SIDES = ("party", "other")


def supply_parties(
    *,
    join: Sequence[str] = (),
    split: Sequence[str] = (),
    undo: Sequence[str] = (),
    by: str = "",
    why: str = "",
    store: Store = None,
) -> Answer:
    """List which parties of the files of supply are one firm, and which may be; decide on them.

    Joined by themselves are parties whose names have the same words, read in one script, where no legal form, country
    or number tells them apart, and parties at one address whose names are alike. Names that are alike without more are
    proposed, and are two firms until a person joins them.

    Args:
        join: joins that are right: the id of a row, or the ids of two parties with = between.
        split: joins that are wrong: as above.
        undo: joins of which a decision is taken back: as above.
        by: who decides.
        why: why, in their words.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        Under `supply_joins`, joined ones first; decisions stand in the ledger, and every answer follows them.

    Raises:
        BadInputError: a decision without who and why; no files of supply are held.
        UnknownNameError: no such join or party.
        StoreError: the store cannot be used, or the ledger cannot be read or written.
    """
    check_store(store)
    place = folder(store)
    parties, are_all = kept_joins.parties(place, KEPT)
    if not KEPT.files(place):
        problem = tr("no files of supply are held")
        raise BadInputError(problem, remedy=tr("Load some: entrepot supply load FILE --as KIND."))
    pairs = _known(place, parties)
    said = {"true": _asked(join, pairs, parties), "false": _asked(split, pairs, parties)}
    back = _asked(undo, pairs, parties)
    if any((*said.values(), back)):
        if not by.strip() or not why.strip():
            raise BadInputError(
                tr("who decides, or why, is not said"), remedy=tr("Give both: --by NAME --because WHY.")
            )
        _write(place, said, back, parties, _Who(by, why))
    found = _found(place, parties, search=True)
    kept_joins.put(place, found.rows)
    return Answer(table(SUPPLY_JOINS, found.rows), tuple(_notes(found, are_all=are_all)))


def joined_again(place: Path) -> tuple[str, ...]:
    """Make the joins anew after a file came or went; a sentence where some parties are joined.

    Args:
        place: the store.
    """
    parties, are_all = kept_joins.parties(place, KEPT)
    before = {r["join_id"] for r in kept_joins.kept(place) if r["state"] == JOINED}
    found = _found(place, parties, search=False)
    kept_joins.put(place, found.rows)
    now = {r["join_id"] for r in found.rows if r["state"] == JOINED}
    if not are_all:
        return (_too_many(),)
    new = len(now - before)
    if not new:
        return ()
    return (
        tr(
            "{new} of parties that are written in several ways joined as one firm each: entrepot supply parties.",
            new=counted(new, "pair"),
        ),
    )


def proposed_with(place: Path) -> dict[str, frozenset[str]]:
    """Parties that may be one firm with others and are followed as two: by the id that stands for each, of the others.

    Args:
        place: the store.

    Returns:
        None of more parties than can be read while something else is asked.
    """
    parties, are_all = kept_joins.parties(place, KEPT)
    if len(parties) > _MOST_PROPOSED or not are_all:
        return {}
    found = _found(place, parties, search=len(parties) <= _MOST_AT_ONCE).rows
    stands = {r[who]: r["one_id"] for r in found if r["one_id"] for who in ("party_id", "other_id")}
    others: dict[str, set[str]] = defaultdict(set)
    for row in found:
        one, other = (stands.get(row[who], row[who]) for who in ("party_id", "other_id"))
        if row["state"] == PROPOSED and one != other:
            others[one].add(other)
            others[other].add(one)
    return {one: frozenset(some) for one, some in others.items()}


def proposed_said(place: Path, names: Mapping[str, str]) -> tuple[str, ...]:
    """That parties are followed as two firms that may be one; nothing where none are, or too many to look at.

    Args:
        place: the store.
        names: of the parties that were followed, by id.
    """
    if len(names) > MOST_NAMES:
        return (_too_many(),)
    if len(names) > _MOST_PROPOSED:
        return ()
    pairs = {tuple(sorted((a, b))) for a, some in proposed_with(place).items() for b in some if {a, b} <= names.keys()}
    if not pairs:
        return ()
    first = min(pairs, key=lambda pair: (names[pair[0]], pair))
    return (
        ntr(
            len(pairs),
            "{count} pair of parties may be one firm and is followed as two: {one} and {other}. Confirm it or split it "
            "in entrepot supply parties.",
            "{count} pairs of parties may be one firm each and are followed as two, such as {one} and {other}. Confirm "
            "or split them in entrepot supply parties.",
            one=names[first[0]],
            other=names[first[1]],
        ),
    )


def _found(place: Path, parties: Mapping[str, Mention], *, search: bool) -> Found:
    """The joins with what was decided; what a ledger that cannot be read says is not guessed."""
    known = docket(ledger(place), four_eyes=decision_settings(place).four_eyes) if is_there(place) else None
    decided: dict[str, bool] = {}
    asked: list[Join] = []
    for case, pair in _cases(known).items():
        if all(i in parties for i in pair):
            state = _STATES.get(known.standing(case, _grounds(parties, pair)).state) if known else None
            if state is not None:
                decided[case] = state
                asked.append(decided_join(parties[pair[0]], parties[pair[1]], is_one=state))
    return kept_joins.found(parties, decided, asked, search=search)


def _cases(known: Docket | None) -> dict[str, tuple[str, str]]:
    """Cases of the ledger that are joins, with the ids of the parties as its entries name them."""
    found: dict[str, tuple[str, str]] = {}
    for case, entries in (known.by_case if known else {}).items():
        if case.startswith("join-"):
            told = [p["party_key"] for e in entries for p in e.fields.get("party", ())]
            pair = sorted(set(told))
            if len(pair) == len(_SIDES):
                found[case] = (pair[0], pair[1])
    return found


def _known(place: Path, parties: Mapping[str, Mention]) -> dict[str, tuple[str, str]]:
    """Joins that a person can name, with the ids of their parties."""
    found = _found(place, parties, search=True)
    return {r["join_id"]: (r["party_id"], r["other_id"]) for r in found.rows}


def _asked(names: Sequence[str], known: Pairs, parties: Mapping[str, Mention]) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for name in names:
        if name in known:
            found[name] = known[name]
            continue
        pair = [i.strip() for i in name.split(_BETWEEN)]
        wrong = [i for i in pair if i not in parties] if len(pair) == len(_SIDES) else [name]
        if wrong or pair[0] == pair[1]:
            remedy = tr("Give the id of a row, or the ids of two parties with = between: entrepot supply parties.")
            raise UnknownNameError(tr("join"), name, known, remedy=remedy)
        found[join_id(*pair)] = (pair[0], pair[1])
    return found


class _Who(NamedTuple):
    """Who decides, and why."""

    by: str
    why: str


def _write(place: Path, said: Mapping[str, Pairs], back: Pairs, parties: Mapping[str, Mention], who: _Who) -> None:
    pairs = {case: pair for some in said.values() for case, pair in some.items()}
    if len(pairs.keys() | back.keys()) < sum(map(len, (*said.values(), back))):
        raise BadInputError(tr("one join is decided twice"), remedy=tr("Join, split or undo it."))
    decisions = [Decision(case, verdict, *who) for verdict, some in said.items() for case in some]
    if decisions:
        decide(place, decisions, {case: _grounds(parties, pair) for case, pair in pairs.items()})
    if back:
        withdraw(place, list(back), *who)


def _grounds(parties: Mapping[str, Mention], pair: tuple[str, str]) -> Grounds:
    """What a decision rests on: both parties as they are called, so that another name asks anew."""
    both = tuple({"party_key": i, "party": parties[i].name} for i in sorted(pair))
    match = dict.fromkeys(("met_name", "name_kind", "basis", "span", "strength", "score"))
    return Grounds(both, ({**match, "met_name": both[1]["party"], "listed": f"supply:{both[1]['party_key']}",
                           "entry": "", "features": []},))  # fmt: skip


def _too_many() -> str:
    """That no names are read: who is written in two ways is two parties, and a chain through them ends."""
    return tr(
        "No parties are joined but those that a person joined: the files name more than {most}. A firm that is written "
        "in two ways, or numbered by one file alone, is followed as two: give both one id, or hold fewer files.",
        most=f"{MOST_NAMES:,}",
    )


def _notes(found: Found, *, are_all: bool) -> Iterator[str]:
    if not are_all:
        yield _too_many()
        return
    states = Counter(r["state"] for r in found.rows)
    several = [m.name for m in found.parties.values() if not m.is_numbered and in_several(m)]
    if several:
        yield tr(
            "{names} in several countries by the files, and one party here, for the letters are the same: give such "
            "parties ids of their own (supplier_id). First: {first}.",
            names=counted(len(several), "name is", "names are"),
            first=several[0],
        )
    yield tr(
        "{parties} by id; pairs: {joined} joined, {proposed} proposed, {split} split by a decision.",
        parties=counted(len(found.parties), "party", "parties"),
        joined=states[JOINED],
        proposed=states[PROPOSED],
        split=states[SPLIT],
    )
    yield tr(
        "Joined are the same words in any script and legal form, and names that score {at_one} or more at one address; "
        "names alone that score {alike} or more are proposed, and are two firms until --join.",
        at_one=LEAST_AT_ONE_ADDRESS,
        alike=LEAST_ALIKE,
    )
