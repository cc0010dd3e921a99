"""What an entry says otherwise since a case was decided, where its list has come in another format since."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import EntrepotError
from entrepot.lists.version_names import names
from entrepot.lists.versions import opened, with_hash
from entrepot.lists.vouching.across_formats import levelled
from entrepot.lists.vouching.version_rows import held
from entrepot.screening.runs.changes import changed_entities

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from entrepot.decisions.case_grounds import AcrossFormats
    from entrepot.lists.versions import Row


def across_formats(place: Path) -> AcrossFormats:
    """Tells what both formats carry of an entry and say otherwise; nothing is read before it is asked.

    Args:
        place: the store.
    """

    @cache
    def rows() -> list[Row]:
        return held(place)

    @cache
    def told(list_id: str, was: str, now: str) -> Mapping[tuple[str, str], Sequence[str]] | None:
        first, second = (with_hash(rows(), list_id, sha256) for sha256 in (was, now))
        if first is None or second is None or first["format"] == second["format"]:
            return None
        day = date.fromisoformat(second["version"])  # one day for both: what a date made of an entry is no format's
        then, later = (names(opened(row, place), day) for row in (first, second))
        return changed_entities(then, later, (levelled(then, later),))

    def across(lists: Sequence[Sequence[str | None]], match: Mapping[str, Any]) -> Sequence[str] | None:
        list_id, _, entity_id = match["listed"].partition(":")
        hashes = {sha256 for name, _, sha256 in lists if name == list_id and sha256}
        if len(hashes) != 1 or not match["list_sha256"] or hashes == {match["list_sha256"]}:
            return None
        try:
            found = told(list_id, hashes.pop(), match["list_sha256"])
        except EntrepotError:  # a version that cannot be used tells nothing: the digests do
            return None
        return None if found is None else found.get((list_id, entity_id), ())

    return across
