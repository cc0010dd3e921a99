"""What `trace` answers of a firm: what ties it to a region, from the record, the lists and the person's files."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from entrepot.core.contract import table
from entrepot.core.errors import BadInputError
from entrepot.core.periods import as_of as day_of
from entrepot.core.units import counted
from entrepot.core.words.translate import marked, tr
from entrepot.desk.answer import Answer
from entrepot.desk.keeping import check_store, folder, record_held
from entrepot.desk.search import search
from entrepot.lists.profiles.profile import profiles
from entrepot.ownership import kept_links
from entrepot.ownership.contract import OWNERSHIP_LINKS, OWNERSHIP_PARTIES
from entrepot.record.embedded import known
from entrepot.tracing.contract import SUPPLY_LINKS
from entrepot.tracing.firm.contract import FIRM_TIES
from entrepot.tracing.firm.firm_ties import FirmRows, firm_ties, holds, words_of
from entrepot.tracing.supply import kept_supply
from entrepot.vocabulary.regions.region_files import region, regions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from entrepot.core.contract import Contract
    from entrepot.core.store.whole_files import WholeFiles
    from entrepot.desk.supply_asked import Given

_MANY = 50  # listings of one name: a person reads no more


def trace_party(party: str, given: Given) -> Answer:
    """What ties a firm to a region under a measure: stakes, plants, suppliers, customers, exits, listings.

    Args:
        party: the firm; a row is of it where a name holds these words.
        given: regions, lists, day and store.

    Returns:
        Under `firm_ties`: what is known by kind and day, then what is not.

    Raises:
        BadInputError: no name.
        UnknownNameError: no such list or region.
        StoreError: the store that was named cannot be used.
    """
    within, lists, store = given.within, given.lists, given.store
    wanted = words_of(party)
    if not wanted:
        raise BadInputError(
            tr("no firm to trace"), found=repr(party), remedy=tr('entrepot trace --party "Volkswagen".')
        )
    check_store(store)
    day = day_of(given.as_of)
    places = {r.id for r in (tuple(map(region, within)) or regions())}
    held, warned = record_held(store)
    record = known(held, day).record
    found = search(party, lists=lists, as_of=day, limit=_MANY, store=store)
    rows = FirmRows(
        [r for r in record.tables["firms"].to_pylist() if r["territory"] in places],
        record.tables["events"].to_pylist(),
        {s["source_id"]: s for s in record.tables["sources"].to_pylist()},
        _dated(
            [r for r in found.to_pylist() if holds(r["met_name"], wanted) or holds(r["name"], wanted)], folder(store)
        ),
        _of_files(folder(store), kept_supply.KEPT, SUPPLY_LINKS),
        _stakes(folder(store)),
    )
    ties = firm_ties(" ".join(party.split()), rows)
    return Answer(table(FIRM_TIES, ties), (*_said(party, ties, day), *warned))


def _dated(listings: list[dict[str, Any]], place: Path) -> list[dict[str, Any]]:
    """Listings, each with the day since which it is listed, where its list says."""
    told = profiles(place, [(r["list_id"], r["entity_id"]) for r in listings], {})
    since = {i: next(iter(p.said(marked("listed since"))), None) for i, p in told.items()}
    return [{**r, "since": since.get(r["entity_id"])} for r in listings]


def _of_files(place: Path, kept: WholeFiles, links: Contract) -> list[dict[str, Any]]:
    names = {f["file_id"]: f["file"] for f in kept.files(place)}
    return [{**r, "file": names[r["file_id"]]} for r in kept.held(place, links).to_pylist()]


def _stakes(place: Path) -> list[dict[str, Any]]:
    """The ownership links of the person's files, with the names of both ends."""
    names = {
        (p["file_id"], p["party_id"]): p["name"] for p in kept_links.KEPT.held(place, OWNERSHIP_PARTIES).to_pylist()
    }
    return [
        {**r, **{side: names.get((r["file_id"], r[f"{side}_id"]), r[f"{side}_id"]) for side in ("owner", "owned")}}
        for r in _of_files(place, kept_links.KEPT, OWNERSHIP_LINKS)
    ]


def _said(party: str, ties: Sequence[dict[str, Any]], day: date) -> list[str]:
    counts = Counter(t["ground"] for t in ties)
    alleged = sum(t["status"] == "alleged" for t in ties)
    told = (
        tr(
            "{split} as of {day}: {record} of the record, {list} of lists, {your_file} of your files",
            split=" ".join(party.split()),
            day=day,
            record=counted(counts["record"], "row"),
            list=counts["list"],
            your_file=counts["your_file"],
        )
        + (tr("; {alleged} of them alleged", alleged=alleged) if alleged else "")
        + tr(". Several reports may tell one event.")
    )
    how = tr(
        "A row is of the firm where a name in it holds these words: subsidiaries of other names are not "
        "found. What is not on record is not known, and never 'none'. Not legal advice."
    )
    return [told, how]
