"""The links that the record knows itself: subsidiaries that a notice lists with their parent, without a share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.contract import arrow_schema
from entrepot.core.words.translate import marked, tr
from entrepot.lists.in_force import embedded
from entrepot.ownership.contract import OWNERSHIP_LINKS, OWNERSHIP_PARTIES
from entrepot.ownership.formats.links_draft import by_name, folded

if TYPE_CHECKING:
    import pyarrow as pa

RECORD = "record"  # the file of these links
NAMED = marked("the packaged record of listings")


def recorded_links() -> tuple[pa.Table, pa.Table]:
    """Parties and links of the record, under OWNERSHIP_PARTIES and OWNERSHIP_LINKS.

    A notice says that a firm is a subsidiary; it does not say of what share. The parent is the listing of that name on
    the same list where there is one.
    """
    import pyarrow as pa

    rows = embedded().listings.to_pylist()
    ids = {(r["list_id"], folded(r["name"])): r["entity_id"] for r in rows}
    parties: dict[str, dict[str, object]] = {}
    links: list[dict[str, object]] = []
    for at, row in enumerate(rows, 1):
        if parent := row.get("subsidiary_of"):
            owner = ids.get((row["list_id"], folded(parent)), by_name(parent))
            for party_id, name in ((owner, parent), (row["entity_id"], row["name"])):
                parties[party_id] = _party(party_id, name)
            links.append(_link(len(links) + 1, at, (owner, row["entity_id"]), row["valid_from"]))
    return (
        pa.Table.from_pylist(list(parties.values()), schema=arrow_schema(OWNERSHIP_PARTIES)),
        pa.Table.from_pylist(links, schema=arrow_schema(OWNERSHIP_LINKS)),
    )


def _party(party_id: str, name: str) -> dict[str, object]:
    return {"file_id": RECORD, "party_id": party_id, "name": name, "kind": "company", "numbers": None}


def _link(nth: int, row: int, ends: tuple[str, str], since: str) -> dict[str, object]:
    return {
        "file_id": RECORD,
        "nth": nth,
        "row": row,
        "owner_id": ends[0],
        "owned_id": ends[1],
        "interest": "linked",
        "low_percent": 0.0,
        "high_percent": 100.0,
        "said": tr("subsidiary, as the notice says; no share stated"),
        "valid_from": since or None,
        "valid_to": None,
    }
