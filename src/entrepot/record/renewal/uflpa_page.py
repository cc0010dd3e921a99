"""The UFLPA Entity List of the record, brought to what the publisher's page says.

The page says who is listed, under which sections and since when; it numbers nobody, and one row may name a parent with
its subsidiaries in a sentence. So a party is met by its names, and gone only where none of them stands anywhere on the
page. See docs/design/44-a-record-of-ones-own.md.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from entrepot.core.words.translate import marked, tr
from entrepot.record.renewal.row_changes import Page, Renewed, folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from entrepot.lists.formats.reading import Reading
    from entrepot.record.embedded import Record

Row = dict[str, Any]
LIST = "uflpa"
# What a row of the history dates that is a name.
_NAMES = frozenset({"name", "alias", "former_name"})
_SECTION = re.compile(r"\((i{1,3}|iv|v)\)$")
_HAN = re.compile(r"[\u3400-\u9fff]")
_FIRST_SEEN = marked("first seen on the page as read on {day}; it may have stood there before")


@dataclass(slots=True)
class _Entry:
    """A party of the page.

    Attributes:
        name: as it puts first.
        since: the day that it gives.
        sections: under which it stands.
        others: its other names -> alias or former_name.
    """

    name: str
    since: str
    sections: set[str]
    others: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Work:
    """What a comparison needs.

    Attributes:
        renewed: the tables as they become.
        history: of each listed party its rows of the history.
        by_name: names of the listed, folded, to their ids.
        first: the first names of the page's rows, folded.
        met: who was met on the page.
    """

    renewed: Renewed
    history: dict[str, list[Row]]
    by_name: dict[str, str]
    first: frozenset[str] = frozenset()
    met: set[str] = field(default_factory=set)


def renew(record: Record, reading: Reading, page: Page) -> Renewed:
    """The listings, their history and the notices, as the page would have them.

    Args:
        record: as it stands.
        reading: of the page.
        page: the page.
    """
    work, entries = _begun(record, page), _entries(reading)
    work.first = frozenset(folded(entry.name) for entry in entries)
    new = [entry for entry in entries if not _met(work, entry)]
    _gone(work)
    for since, some in _by_notice(work, new).items():
        _added(work, some, since)
    _last(work, new)
    return work.renewed


def held(record: Record) -> int:
    """How many parties of the list the record holds as listed."""
    return sum(r["list_id"] == LIST and not r["valid_to"] for r in record.tables["listings"].to_pylist())


def _begun(record: Record, page: Page) -> _Work:
    keys = {"listings": "entity_id", "membership": "id", "batches": "id"}
    renewed = Renewed(page, {n: {r[k]: r for r in record.tables[n].to_pylist()} for n, k in keys.items()})
    listed = {i: r for i, r in renewed.rows["listings"].items() if r["list_id"] == LIST and not r["valid_to"]}
    history: dict[str, list[Row]] = defaultdict(list)
    for row in renewed.rows["membership"].values():
        if row["entity_id"] in listed:
            history[row["entity_id"]].append(row)
    by_name: dict[str, str] = {}
    for entity, rows in history.items():  # other names first: where one is another party's own name, that party is met
        by_name |= {folded(r["value"]): entity for r in rows if r["what"] in _NAMES and r["value"]}
    by_name |= {folded(r["name"]): i for i, r in listed.items()}
    return _Work(renewed, history, by_name)


def _entries(reading: Reading) -> list[_Entry]:
    """The parties of the page; rows that name one party are one."""
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for row in reading.names.to_pylist():
        names[row["entity_id"]][row["name"]] = row["what"]
    found = []
    for row in reading.entries.to_pylist():
        sections = {s[1] for text in row["section"] or () if (s := _SECTION.search(text))}
        others = {n: what for n, what in names[row["entity_id"]].items() if what != "name"}
        found.append(_Entry(row["name"], row["valid_from"], sections, others))
    return found


def _met(work: _Work, entry: _Entry) -> bool:
    """Whether the record lists the party; then what the page says otherwise of it is set."""
    entity = _entity(work, entry)
    if entity is None:
        return False
    if entity in work.met:  # two rows of one party under two names
        work.renewed.notes.append(
            tr("{name} is met with {entity}, as another row of the page is.", name=entry.name, entity=entity)
        )
    work.met.add(entity)
    listing = work.renewed.rows["listings"][entity]
    details = [*_renamed(work, listing, entry), *_moved(work, listing, entry), *_confirmed(work, listing)]
    _further_names(work, listing, entry)
    if details:
        work.renewed.put("listings", entity, listing, "changed", listing["name"], *details)
    return True


def _entity(work: _Work, entry: _Entry) -> str | None:
    """The party of the record that an entry is; one that has a row of its own on the page is nobody else's."""
    for name in map(folded, (entry.name, *entry.others)):
        entity = work.by_name.get(name)
        if entity is None:
            continue
        own = folded(work.renewed.rows["listings"][entity]["name"])
        if own == folded(entry.name) or own not in work.first:
            return entity
    return None


def _renamed(work: _Work, listing: Row, entry: _Entry) -> list[str]:
    """A party whose first name on the page is another than on record: the old one ends, the new one begins."""
    if folded(entry.name) == folded(listing["name"]):
        return []
    page, before = work.renewed.page, listing["name"]
    named = [r for r in work.history[listing["entity_id"]] if r["what"] == "name" and not r["valid_to"]]
    for row in named:
        work.renewed.end(row, before)
    if not named:
        first = listing["valid_from"]
        work.renewed.member(
            listing, "name", before, since=first, note=tr("until the page as read on {day}", day=page.day)
        )
        key = next(reversed(work.renewed.rows["membership"]))
        work.renewed.rows["membership"][key]["valid_to"] = page.day
    listing["name"] = entry.name
    work.renewed.member(listing, "name", entry.name, note=_FIRST_SEEN.format(day=page.day))
    return [tr("renamed from {before}", before=before)]


def _moved(work: _Work, listing: Row, entry: _Entry) -> list[str]:
    """Sections that the page has and the record has not, or the other way."""
    now = set(listing["section"] or ())
    if not entry.sections or now == entry.sections:
        return []
    day = work.renewed.page.day
    for row in work.history[listing["entity_id"]]:
        if row["what"] == "section" and not row["valid_to"] and row["value"] not in entry.sections:
            work.renewed.end(row, listing["name"])
    for section in sorted(entry.sections - now):
        work.renewed.member(listing, "section", section, note=_FIRST_SEEN.format(day=day))
    listing["section"] = sorted(entry.sections)
    return [
        tr("section {now} becomes {sections}", now="; ".join(sorted(now)), sections="; ".join(sorted(entry.sections)))
    ]


def _confirmed(work: _Work, listing: Row) -> list[str]:
    """A party that stood on one copy of the page and nowhere else stands on the page itself."""
    if listing["name_basis"] != "one_copy":
        return []
    listing |= {"name_basis": "page", "evidence": "official"}
    listing["source_ids"] = [*(listing["source_ids"] or ()), work.renewed.page.source["source_id"]]
    return [tr("stood on one copy of the page; now read from the page itself")]


def _further_names(work: _Work, listing: Row, entry: _Entry) -> None:
    known = {folded(r["value"]) for r in work.history[listing["entity_id"]] if r["value"]} | {folded(listing["name"])}
    for name, what in entry.others.items():
        if folded(name) not in known:
            work.renewed.member(listing, what, name, note=_FIRST_SEEN.format(day=work.renewed.page.day))


def _gone(work: _Work) -> None:
    """End the listings of which no name stands anywhere on the page."""
    page = work.renewed.page
    for entity, rows in work.history.items():
        listing = work.renewed.rows["listings"][entity]
        names = {listing["name"], *(r["value"] for r in rows if r["what"] in _NAMES and r["value"])}
        printed = {folded(n) for n in names if not _HAN.search(n)}
        if entity in work.met or any(n in page.text for n in printed):
            continue
        note = tr(
            "Not on the publisher's page as read on {day}; the notice that took it off is not known.", day=page.day
        )
        ended = listing | {"valid_to": page.day, "note": f"{listing['note']}; {note}" if listing["note"] else note}
        work.renewed.put(
            "listings", entity, ended, "gone", listing["name"], tr("not on the page of {day}", day=page.day)
        )
        for row in rows:
            if not row["valid_to"]:
                work.renewed.end(row, listing["name"])


def _by_notice(work: _Work, new: Sequence[_Entry]) -> dict[str, list[_Entry]]:
    """New parties by the day of their notice; those of a day whose notice is on record, by the day of the page.

    A notice on record is complete, so the page has dated such a party anew, or it was missed: which, the page does not
    say.
    """
    last = max((r["date"] for r in _notices(work)), default="")
    found: dict[str, list[_Entry]] = defaultdict(list)
    for entry in new:
        found[entry.since if entry.since > last else work.renewed.page.day].append(entry)
    return dict(sorted(found.items()))


def _notices(work: _Work) -> list[Row]:
    return [r for r in work.renewed.rows["batches"].values() if r["list_id"] == LIST]


def _added(work: _Work, some: Iterable[_Entry], notice: str) -> None:
    """New listings with their history."""
    page = work.renewed.page
    for entry in some:
        entity = _id(entry.name, work.renewed.rows["listings"])
        seen = tr(
            "listed since {since} as the page says; {value}", since=entry.since, value=_FIRST_SEEN.format(day=page.day)
        )
        listing = {
            "entity_id": entity,
            "list_id": LIST,
            "name": entry.name,
            "kind": "company",
            "section": sorted(entry.sections) or None,
            "programme": ["UFLPA"],
            "valid_from": entry.since,
            "xinjiang": "yes",
            "evidence": "official",
            "name_basis": "page",
            "source_scope": "row",
            "source_id": page.source["source_id"],
            "source_ids": [page.source["source_id"]],
            "note": seen if notice == page.day != entry.since else None,
        }
        blank = dict.fromkeys(next(iter(work.renewed.rows["listings"].values())))
        work.renewed.put(
            "listings", entity, blank | listing, "added", entry.name, tr("listed from {since}", since=entry.since)
        )
        for what, value in (("listing", None), *(("section", s) for s in sorted(entry.sections))):
            work.renewed.member(listing, what, value, since=entry.since)
        for name, what in entry.others.items():
            work.renewed.member(listing, what, name, since=entry.since)


def _id(name: str, known: Iterable[str]) -> str:
    """An id as those of the record are made; a second party of one spelling has a number behind it."""
    begin = f"{LIST}-{re.sub(r'[^a-z0-9]+', '-', name.lower()).strip('-') or 'unnamed'}"
    taken, found, number = set(known), begin, 2
    while found in taken:
        found, number = f"{begin}-{number}", number + 1
    return found


def _last(work: _Work, new: Sequence[_Entry]) -> None:
    """The notices: one for each day on which parties came, and one of the page where some are gone."""
    page = work.renewed.page
    gone = sum(c["change"] == "gone" and c["table"] == "listings" for c in work.renewed.changes)
    days = {day: len(some) for day, some in _by_notice(work, new).items()}
    if gone:
        days.setdefault(page.day, 0)
    total = max(_notices(work), key=lambda r: r["date"])["total_entities"] if _notices(work) else 0
    for day, added in sorted(days.items()):
        removed = gone if day == page.day else 0
        total += added - removed
        _notice(work, day, (added, removed, total))


def _notice(work: _Work, day: str, counts: tuple[int, int, int]) -> None:
    """The row of a notice, or what the page adds to that of its day: parties added, gone, and listed after it."""
    page, (added, removed, total) = work.renewed.page, counts
    key = f"batch-{LIST}-{day}"
    before = work.renewed.rows["batches"].get(key)
    first = {
        "id": key,
        "list_id": LIST,
        "date": day,
        "added": 0,
        "removed": 0,
        "total_dhs": None,
        "rows_in_table": 0,
        "rows_missing": 0,
        "complete": "yes",
        "names_from": tr("the DHS page as read on {day}", day=page.day),
        "notice": tr("not known: read from the page on {day}", day=page.day),
        "source_id": page.source["source_id"],
        "corrected": None,
        "note": None,
    }
    row = before or first
    row |= {"added": row["added"] + added, "removed": row["removed"] + removed, "total_entities": total}
    row["rows_in_table"] += added
    said = tr("{added} added, {removed} gone, {total} listed", added=added, removed=removed, total=total)
    work.renewed.put("batches", key, row, "changed" if before else "added", tr("notice of {day}", day=day), said)
