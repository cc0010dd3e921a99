"""The master data in the header of a file of EPCIS: name, address and country of parties, places and goods, by id.

GS1 gives an address in parts (Core Business Vocabulary, attributes of locations and parties): any of them may be the
one that names the place. What is not read is counted by the name of its attribute.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from entrepot.core.words.translate import tr
from entrepot.tracing.supply.epcis.event_lots import lot_and_material

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable

# The last part of an attribute's id: the first that is given is the name; a provider of data may be a mere number.
_NAMES = ("name", "descriptionShort", "informationProvider")
# The parts of an address, as an envelope has them.
_ADDRESS = (
    "streetAddressOne", "streetAddressTwo", "streetAddressThree", "postOfficeBox", "city", "county", "state",
    "postalCode",
)  # fmt: skip
_COUNTRY = "countryCode"
# All of these; what else is told is counted.
_READ = frozenset({*_NAMES, *_ADDRESS, _COUNTRY})
_LONGEST = 2_000  # characters, as of a cell of a table


def master_data(document: Any, counts: Counter[str]) -> dict[str, dict[str, str]]:
    """Name, address and country by id, of the vocabularies of a header.

    Args:
        document: the document.
        counts: what is not read, and how often.
    """
    found: dict[str, dict[str, str]] = {}
    header = document.get("epcisHeader")
    held = header.get("epcisMasterData") if isinstance(header, dict) else None
    for vocabulary in _listed(held, "vocabularyList"):
        for element in _listed(vocabulary, "vocabularyElementList"):
            attributes = _listed(element, "attributes")
            if attributes and isinstance(element.get("id"), str):
                found[element["id"]] = _said(attributes, counts)
                if material := lot_and_material(element["id"])[1]:
                    found.setdefault(material, found[element["id"]])  # a trade item, whatever lots of it are named
    return found


def joined(parts: Iterable[str], separator: str = ", ") -> str:
    """Parts of an address as one text, each said once: a street may end in its town already."""
    text = ""
    for part in parts:
        if part and not re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text, re.IGNORECASE):
            text = f"{text}{separator}{part}" if text else part
    return text[:_LONGEST]


def _listed(held: Any, name: str) -> list[Any]:
    found = held.get(name) if isinstance(held, dict) else None
    return found if isinstance(found, list) else []


def _said(attributes: list[Any], counts: Counter[str]) -> dict[str, str]:
    told: dict[str, str] = {}
    for one in attributes:
        if not isinstance(one, dict):
            continue
        name, value = re.split(r"[#:/]", str(one.get("id", "")))[-1], one.get("attribute")
        if name in _READ and isinstance(value, str):
            told.setdefault(name, " ".join(value.split())[:_LONGEST])
        elif value not in (None, "", [], {}) and not (isinstance(value, str) and not value.strip()):
            counts[tr("{name} of the master data is not read", name=name[:60])] += 1
    said = {
        "name": next((told[n] for n in _NAMES if told.get(n)), ""),
        "address": joined(told.get(part, "") for part in _ADDRESS),
        "country": told.get(_COUNTRY, ""),
    }
    return {ours: value for ours, value in said.items() if value}
