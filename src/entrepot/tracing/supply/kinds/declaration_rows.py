"""A table of customs declarations: each is a supply from the exporter to the importer, said a second time."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from entrepot.core.words.translate import marked, tr
from entrepot.tracing.contract import SUPPLY_LINKS
from entrepot.tracing.supply.contract import SUPPLY_DECLARATIONS, SUPPLY_PAPERS
from entrepot.tracing.supply.supply_row import SupplyKind, WrongRowError, without_unit

if TYPE_CHECKING:
    from collections import Counter

    from entrepot.tracing.supply.supply_row import Taken, ToldRow

NEEDED = ("exporter", "importer")
COLUMNS = (
    *NEEDED, "goods", "hs", "net_weight", "unit", "value", "currency", "date", "document", "invoice", "lot", "origin",
    "product", "crossing", "exporter_id", "importer_id", "exporter_address", "exporter_country",
    "container", "transport_paper", "notify",
)  # fmt: skip
_CODE = re.compile(r"[0-9]{4,14}")  # a heading has four digits; the longest national code, China's, has thirteen
_KILOGRAMS = "kg"


def _read(told: ToldRow) -> list[Taken]:
    who, whom = told.party("exporter"), told.party("importer", "notify")
    ids = {"supplier": who["exporter"], "supplier_id": who["exporter_id"]}
    ids |= {"buyer": whom["importer"], "buyer_id": whom["importer_id"]}
    if ids["supplier_id"] == ids["buyer_id"]:
        raise WrongRowError(
            tr("{buyer} is exporter and importer", buyer=ids["buyer"]),
            tr("Name the party abroad, or leave the row out."),
        )
    code = _digits(told.text("hs"), told.counts)
    weight = told.amount_or_none("net_weight")
    value = told.amount_or_none("value", may_be_nothing=weight is not None)
    without_unit(told, "value", "currency", value)
    goods = told.text("goods") or (f"HS {code}" if code else None)
    link = {
        **ids,
        "supplier_address": told.text("exporter_address"),
        "supplier_country": told.text("exporter_country"),
        "material": goods,
        "product": told.text("product"),
        "quantity": weight,
        "unit": (told.text("unit") or _KILOGRAMS) if weight is not None else None,
        "value": value,
        "currency": told.text("currency"),
        "low_percent": None,
        "high_percent": None,
        "date": told.day(),
        "document": told.text("document"),
        "origin": told.text("origin"),
    }
    said = {"hs": code, **{c: told.text(c) for c in ("invoice", "lot", "crossing", "container")}}
    return [(SUPPLY_LINKS, link), (SUPPLY_DECLARATIONS, said), *_bill_of_lading(told, told.text("document"))]


def _bill_of_lading(told: ToldRow, document: str | None) -> list[Taken]:
    """The bill of lading that a row names: a paper that goes with the declaration, or what its only number is."""
    number = told.text("transport_paper")
    if not number or not document:
        return []
    paper = {"document": number, "belongs_to": document, "issuer": None, "sort": "transport", "language": None,
             "translation_of": None, "date": None}  # fmt: skip
    return [(SUPPLY_PAPERS, paper)]


def _digits(text: str | None, counts: Counter[str]) -> str | None:
    """The digits of a code; of several in a cell what they have in common, for a bill of lading names all its goods."""
    if text is None:
        return None
    found = re.sub(r"[\s.\-]", "", text)
    several = [re.sub(r"[\s.\-]", "", code) for code in re.split(r"[;,|/\n]+", text) if code.strip()]
    if len(several) > 1 and all(map(_CODE.fullmatch, several)):
        counts[tr("several codes of goods in one cell: what they have in common is read, four digits or more")] += 1
        # To the end of the shortest.
        same = takewhile(lambda digits: len(set(digits)) == 1, zip(*several, strict=False))
        common = "".join(digits[0] for digits in same)
        return common if _CODE.fullmatch(common) else None
    if not _CODE.fullmatch(found):
        raise WrongRowError(
            tr("hs is {text!r}", text=text[:40]), tr("A code of four digits or more, with points or without.")
        )
    return found


SHIPMENTS = SupplyKind(marked("customs declarations"), NEEDED, COLUMNS, ("net_weight", "value"), _read)
