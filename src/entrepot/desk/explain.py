"""The verb: what stands behind an id."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot.core import store as stores
from entrepot.core.errors import BadInputError, StoreError, UnknownNameError
from entrepot.core.periods import last_day
from entrepot.core.store.store_reading import reads_together
from entrepot.core.words.translate import tr
from entrepot.desk.keeping import folder
from entrepot.lists.in_force import coverage, titles
from entrepot.lists.profiles.profile import gone, profile, profiles
from entrepot.lists.profiles.profile_lines import profile_lines
from entrepot.lists.shelf import of_record
from entrepot.record.look_up import explanation_of, explanations
from entrepot.screening.runs.results import result
from entrepot.sources.explanation import Explanation
from entrepot.sources.register import unregistered

_VERDICT_CELLS = ("chains", "missing", "worst_case", "controlled_by", "listings")  # of a verdict on ownership

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from entrepot.desk.keeping import Store


def explain(row_id: str, *, results: str | Path | None = None, store: Store = None) -> tuple[Explanation, ...]:
    """Explain what a verb has shown, or a row of a record: the rule, the rows it rests on, the sources.

    Args:
        row_id: the id of a finding, or of a row of any kind that is shown (f-…, match-…, mirror-…), or of a row of the
            record, or of an entry of a loaded list.
        results: take the match from this file, which `screen` wrote, not from the store.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        One explanation; several where the id stands in several tables.

    Raises:
        BadInputError: neither the record nor the store knows it.
        UnknownNameError: the file of results has no such match.
    """
    wanted = row_id.strip()
    place = folder(store)
    if results:
        return (_with_profile(explanation_of("matches", result(Path(results), wanted), place), place),)
    try:
        with reads_together(place):
            found = explanations(wanted, place)
    except BadInputError:
        if listed := _listed(wanted, place):
            return (listed,)
        raise
    return tuple(_with_profile(one, place) for one in found)


def _listed(wanted: str, place: Path) -> Explanation | None:
    """What stands behind an entry of a loaded list: its profile, and the publisher's file; None where it is none."""
    if not stores.is_there(place):
        return None
    try:
        found = profile(place, wanted)
    except UnknownNameError:
        return None
    source = unregistered(found.list_id) | {
        "publisher": found.said("publisher")[0],
        "title": found.said("list")[0],
        "url": found.link,
        "url_basis": "seen",
        "source_kind": "original",
        "sha256": found.sha256,
    }
    says = {"entity_id": wanted, "list_id": found.list_id, "name": found.name, "profile": found.line()}
    rule = tr("As the publisher's file says, sha256 {sha256}.", sha256=found.sha256)
    return Explanation(wanted, tr("listed party"), says, rule, (), (source,), told=tuple(profile_lines(found)))


def _with_profile(one: Explanation, place: Path) -> Explanation:
    """A match, with what the list says of the listed party."""
    entity, list_id = one.says.get("entity_id"), one.says.get("list_id")
    if one.kind != "match" or not entity:
        return one
    if one.says.get("kind") == "owned":
        return _with_verdict(one, str(entity), place)
    hashes = {str(list_id): str(one.says.get("list_sha256") or "")}
    days = {str(list_id): str(one.says.get("list_as_of") or "")}
    try:
        found = profiles(place, [(str(list_id), str(entity))], hashes, days).get(str(entity))
        one = replace(one, checks=(*one.checks, *_of_another_version(one.says, place)))
    except StoreError as exc:  # the match is explained by its own row: a list that cannot be read does not hide it
        return replace(one, checks=(*one.checks, f"The listed party's profile cannot be read: {exc}"))
    return one if found is None else replace(one, told=(*one.told, *([""] if one.told else []), *profile_lines(found)))


def _of_another_version(match: Mapping[str, Any], place: Path) -> Iterator[str]:
    """What is said where the list that was searched is not the one that stands here now."""
    list_id, used = str(match["list_id"]), str(match.get("list_sha256") or "")
    if gone(place, {list_id: used}):
        yield tr(
            "{list_id} of {day}, sha256 {used}, is not held in this store: what it said of the listed party is not "
            "shown. The evidence, the score and the reasons are those of the day. What a version that is held says: "
            "entrepot explain {entity}.",
            list_id=list_id,
            day=match.get("list_as_of") or tr("an unknown day"),
            used=used,
            entity=match["entity_id"],
        )
    elif used and match.get("as_of") and list_id in titles():
        (now,) = coverage(of_record(place), [list_id], last_day(str(match["as_of"])))
        if now["sha256"] != used:
            yield tr(
                "The names of {list_id} as of {day} are others in the record that is held now, sha256 {now}, than "
                "those that were searched, sha256 {used}: the listed party and its row are as the record has them now. "
                "The evidence, the score and the reasons are those of the day.",
                list_id=list_id,
                day=match["as_of"],
                now=now["sha256"],
                used=used,
            )


def _with_verdict(one: Explanation, verdict_id: str, place: Path) -> Explanation:
    """A match with an owned party, with the verdict that it stands for: its links, its rule's sources, its words."""
    try:
        (verdict,) = explanations(verdict_id, place)
    except BadInputError:  # a file of results that was made with another store
        said = tr("The verdict {verdict_id} is not kept in this store: its links are not shown.", verdict_id=verdict_id)
        return replace(one, checks=(*one.checks, said))
    lines = [f"  {said}" for c in _VERDICT_CELLS for said in verdict.says[c] or ()]
    told = (
        *one.told,
        *([""] if one.told else []),
        tr("Owned, verdict {verdict_id}", verdict_id=verdict_id),
        f"  {verdict.rule}",
        *lines,
    )
    return replace(
        one,
        rows=(*one.rows, *verdict.rows),
        sources=(*one.sources, *verdict.sources),
        checks=(*one.checks, *verdict.checks),
        told=told,
    )
