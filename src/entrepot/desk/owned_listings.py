"""Parties that fall under the listing of their owners, as two lists beside those that are screened against."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from entrepot.desk.keeping import keep
from entrepot.desk.own import asked_of, put_verdicts
from entrepot.lists import search_set, shelf
from entrepot.lists.in_force import chosen_lists
from entrepot.ownership.verdicts.verdicts import verdicts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    import pyarrow as pa

    from entrepot.lists.search_set import Searched

RULE = "ofac-50"
# Verdict -> the list on which such parties stand for a screening.
LISTS = {"blocked": f"owned-{RULE}", "cannot_be_excluded": f"perhaps-owned-{RULE}"}
_SAID = {"blocked": "blocked by ownership", "cannot_be_excluded": "that it is blocked by ownership cannot be excluded"}


def searched_with_owned(place: Path, wanted: Sequence[str], day: date) -> tuple[Searched, tuple[str, ...]]:
    """The names of the lists asked for, and of the parties that OFAC's rule adds by the owners on record.

    A match of such a party has the id of its verdict as entity, which `explain` opens.

    Args:
        place: the store.
        wanted: the lists asked for; empty for all.
        day: the day.

    Returns:
        The names, and what a reader must know of how they were added.

    Raises:
        BadInputError: an unknown list.
    """
    data = shelf.listings(place, wanted, day)
    used = chosen_lists(data, shelf.plain(wanted))
    asked, _ = asked_of(place, RULE, day)
    made = verdicts(asked)
    owned = [r for r in made.rows.to_pylist() if r["verdict"] in LISTS and r["basis"] == "owned"]
    kinds = dict(zip(asked.held.ids, asked.held.kinds, strict=True))
    rows = [_listing(r, kinds[r["party_id"]]) for r in owned]
    with_owned = replace(
        data,
        listings=_with(data.listings, rows),
        membership=_with(data.membership, [_section(r) for r in owned]),
    )
    added = tuple(dict.fromkeys(r["list_id"] for r in rows))
    found = search_set.searched(with_owned, (*used, *added), day)
    counts = ", ".join(f"{sum(r['list_id'] == n for r in rows)} on {n}" for n in added) or "none"
    not_kept = keep(str(place), partial(put_verdicts, made)) if owned else ()
    said = f"Parties that fall under a listing of their owners by {RULE}, by the owners on record: {counts}."
    return found, (*not_kept, said)


def _listing(row: dict[str, Any], kind: str) -> dict[str, Any]:
    return {
        "entity_id": row["ownership_id"],
        "list_id": LISTS[row["verdict"]],
        "name": row["party"],
        "kind": "person" if kind == "person" else "company",
        "valid_from": row["as_of"],
    }


def _section(row: dict[str, Any]) -> dict[str, Any]:
    share = f"{row['low_percent']:.10g} to {row['high_percent']:.10g} % with listed or blocked owners"
    return {
        "entity_id": row["ownership_id"],
        "list_id": LISTS[row["verdict"]],
        "what": "section",
        "value": f"{_SAID[row['verdict']]}: {share}",
        "valid_from": row["as_of"],
        "certainty": "dated",
    }


def _with(table: pa.Table, rows: list[dict[str, Any]]) -> pa.Table:
    """A table with rows below it; what they do not say is empty."""
    import pyarrow as pa

    nullable = pa.schema([f.with_nullable(True) for f in table.schema])
    more = pa.Table.from_pylist([{n: r.get(n) for n in nullable.names} for r in rows], schema=nullable)
    return pa.concat_tables([table.cast(nullable), more])
