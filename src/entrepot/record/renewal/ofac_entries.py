"""The designations of the record, held against the SDN list: who is still on it, under which names.

Which new designations are over the region the list does not say: its programme covers the whole world. Entries with an
address there that the record does not have are counted and named in a note; a person decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.words.translate import tr
from entrepot.record.renewal.row_changes import Page, Renewed, folded

if TYPE_CHECKING:
    from entrepot.lists.formats.reading import Reading
    from entrepot.record.embedded import Record

Row = dict[str, Any]
LIST = "ofac-xinjiang"
_THERE = ("xinjiang", "urumqi", "uyghur autonomous")  # words of addresses of the region, as the list writes them
_MOST_NAMED = 5  # in a note; the list itself has them all


def renew(record: Record, reading: Reading, page: Page) -> Renewed:
    """The designations and their names, as the list would have them.

    Args:
        record: as it stands.
        reading: of the list.
        page: where it was read.
    """
    keys = {"listings": "entity_id", "membership": "id"}
    renewed = Renewed(page, {n: {r[k]: r for r in record.tables[n].to_pylist()} for n, k in keys.items()})
    entries = {r["list_entry_id"]: r for r in reading.entries.to_pylist()}
    names = reading.names.to_pylist()
    held = [r for r in renewed.rows["listings"].values() if r["list_id"] == LIST and not r["valid_to"]]
    for listing in held:
        history = [r for r in renewed.rows["membership"].values() if r["entity_id"] == listing["entity_id"]]
        entry = entries.get(listing["list_entry_id"])
        if entry is None:
            _gone(renewed, listing, history)
            continue
        known = {folded(r["value"]) for r in history if r["value"]} | {folded(listing["name"])}
        for row in names:
            if row["entity_id"] == entry["entity_id"] and folded(row["name"]) not in known:
                what = "alias" if row["what"] == "name" else row["what"]
                note = tr("first seen on the SDN list as read on {day}; it may have stood there before", day=page.day)
                renewed.member(listing, what, row["name"], note=note)
    renewed.notes += _others(reading, {r["list_entry_id"] for r in held})
    return renewed


def held(record: Record) -> int:
    """How many designations the record holds as in force."""
    return sum(r["list_id"] == LIST and not r["valid_to"] for r in record.tables["listings"].to_pylist())


def _gone(renewed: Renewed, listing: Row, history: list[Row]) -> None:
    day = renewed.page.day
    note = tr("Not on the SDN list as read on {day}; the day on which it was taken off is not known.", day=day)
    ended = listing | {"valid_to": day, "note": f"{listing['note']}; {note}" if listing["note"] else note}
    renewed.put(
        "listings", listing["entity_id"], ended, "gone", listing["name"], tr("not on the list of {day}", day=day)
    )
    for row in history:
        if not row["valid_to"]:
            renewed.end(row, listing["name"])


def _others(reading: Reading, known: set[str]) -> list[str]:
    """A sentence on the entries with an address in the region that the record does not have."""
    there = {
        r["entity_id"]
        for r in reading.facts.to_pylist()
        if r["what"] == "address" and any(w in r["value"].casefold() for w in _THERE)
    }
    others = [
        f"{r['name']} ({r['list_entry_id']})"
        for r in reading.entries.to_pylist()
        if r["entity_id"] in there and r["list_entry_id"] not in known
    ]
    if not others:
        return []
    more = tr(" and {count} more", count=len(others) - _MOST_NAMED) if len(others) > _MOST_NAMED else ""
    said = "; ".join(others[:_MOST_NAMED])
    return [
        tr(
            "{count} entries of the list have an address in the region and are not in the record: {said}{more}.",
            count=len(others),
            said=said,
            more=more,
        )
    ]
