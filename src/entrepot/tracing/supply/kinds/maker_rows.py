"""Who made the goods that a row sends: a supply of its own, from the maker to who sent them, of the same goods.

A row of a file is one link, so these links are a file of their own, read of the same rows a second time. The goods are
named twice, as what the maker supplied and as what the sender sends, else all that the sender sends would be made of
them. What the row cost is what the importer paid: of what the maker was paid nothing is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.words.translate import marked, tr
from entrepot.intake.reading_options import SAID
from entrepot.tracing.supply.kinds.link_rows import LINKS
from entrepot.tracing.supply.party_headings import party_heading
from entrepot.tracing.supply.supply_row import SupplyKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.tracing.supply.supply_headings import Placed
    from entrepot.tracing.supply.supply_row import Taken, ToldRow

NAME = "makers"
COLUMNS = (
    "supplier", "buyer", "material", "product", "quantity", "unit", "date", "document", "origin",
    "supplier_id", "buyer_id", "supplier_address", "supplier_country",
)  # fmt: skip
_SENDERS = ("exporter", "supplier")  # who sends, as declarations and as supplies call it
# Ours here -> what the first reading calls it, the first that it has.
_AS_READ = {
    "material": ("goods", "material"),
    "product": ("goods", "material"),
    "quantity": ("net_weight", "quantity"),
    "date": ("date",),
    "document": ("document",),
    "origin": ("origin",),
}
_PARTS = {"id": ("id",), "address": ("whole_address", "address"), "country": ("country",)}
_OF_DECLARATIONS = "kg"  # the unit of a net mass that no heading says


def asked_again(headings: Sequence[str], found: Placed) -> dict[str, str]:
    """Our column -> its heading for the second reading; empty where nobody is named who made the goods.

    Args:
        headings: as they stand.
        found: where the columns of the first reading stand.
    """
    sender = next((c for c in _SENDERS if c in found.at or c in found.said), "")
    if not found.makers or not sender:
        return {}
    maker = found.makers[0]
    said = {c: f"{SAID}{value}" for c, value in found.said.items()} | {c: headings[i] for c, i in found.at.items()}
    asked = {c: next((said[o] for o in ours if o in said), SAID) for c, ours in _AS_READ.items()}
    unit = _OF_DECLARATIONS if sender == "exporter" else ""
    asked |= {"supplier": maker, "buyer": said[sender], "buyer_id": said.get(f"{sender}_id", SAID)}
    asked |= {"unit": said.get("unit", f"{SAID}{unit}")}
    return asked | {f"supplier_{part}": _told(headings, maker, roles) for part, roles in _PARTS.items()}


def _told(headings: Sequence[str], maker: str, roles: Sequence[str]) -> str:
    """The heading under which something is told of the maker, and of nobody else."""
    word = party_heading(maker)
    read = ((h, party_heading(h)) for h in headings if h != maker)
    own = {s.part: h for h, s in reversed([*read]) if s is not None and word is not None and s.word == word.word}
    return next((own[role] for role in roles if role in own), SAID)


def _read(told: ToldRow) -> list[Taken]:
    if not told.has_party("supplier"):
        told.counts[tr("who made the goods is not said, so that they are from who sent them")] += 1
        return []
    who, whom = told.party("supplier"), told.party("buyer")
    if who["supplier_id"] == whom["buyer_id"] or who["supplier"].casefold() == whom["buyer"].casefold():
        told.counts[tr("who made the goods sent them")] += 1
        return []
    return LINKS.read(told)


MAKERS = SupplyKind(marked("links of who made the goods"), ("supplier", "buyer"), COLUMNS, ("quantity",), _read)
