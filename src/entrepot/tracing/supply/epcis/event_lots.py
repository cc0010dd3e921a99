"""What an event says, as lots and links: what a transformation used and made, who handed what to whom.

Where a quantity has no unit it counts pieces, by the standard; one list may hold both. Events under one
transformationID are one step. An error declaration withdraws the event that it repeats, in any file.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from entrepot.core.ids import digest
from entrepot.core.words.translate import tr
from entrepot.tracing.contract import SUPPLY_LINKS
from entrepot.tracing.supply.contract import SUPPLY_LOTS, SUPPLY_WITHDRAWN
from entrepot.tracing.supply.supply_row import day_not_after

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator
    from datetime import date

    from entrepot.tracing.supply.supply_row import Taken

    Event = dict[str, Any]
    Thing = dict[str, Any]

_PIECES = "EA"  # UN/CEFACT's code of a piece
_ENDS = ("owning_party", "possessing_party", "location")  # who hands over: who owns it before who holds it
# A lot of a class, an instance of one, a class alone; as URN and as GS1 Digital Link.
_URN = re.compile(r"urn:epc:(?:id|idpat|class):(?:sgtin|lgtin):(\d+)\.(\d)(\d+)\.(.+)")
_LINK = re.compile(r"https?://[^ ]+?/01/(\d{8,14})(?:/(?:10|21|22)/[^ ]*)?")
_GTIN = 14  # digits
_BEGINS = ("commissioning", "creating_class_instance")  # steps by which a lot begins
_NOT_SAID = frozenset({"recordTime", "errorDeclaration", "eventID"})  # in which an event and its declaration differ


@dataclass(slots=True)
class Said:
    """The events of a file, one after the other.

    Attributes:
        names: name, address and country by id, of the master data.
        today: the day after which no event can lie.
        counts: what is read with doubt, and how often.
        placed: address and country by id of a party, as `placed_by` has them.
        told: supplies that an event said, so that receipt does not say them a second time.
    """

    names: dict[str, dict[str, str]]
    today: date
    counts: Counter[str]
    placed: dict[str, dict[str, str]]
    told: set[tuple[str, str, str]] = field(default_factory=set)

    def taken(self, event: Event) -> list[Taken]:
        """What an event says.

        Raises:
            WrongRowError: it lies after today.
        """
        event_id = _event_id(event)
        day = day_not_after(event["eventTime"][:10], self.today, "eventTime")
        if "errorDeclaration" in event:
            self.counts[tr("events withdrawn by an error declaration, which count for nothing")] += 1
            return [(SUPPLY_WITHDRAWN, {"event_id": event_id})]
        shared = {"date": day, "document": self._document(event, event_id), "event_id": event_id}
        found: list[Taken] = []
        two = ends(event)
        for act, thing in things(event):
            if two is not None and act == "seen":
                act = "supplied"  # noqa: PLW2901 - an event between two parties hands over what it names
            found.append((SUPPLY_LOTS, {"entry": len(found) + 1, **self._lot(event, act, thing, two), **shared}))
        return [*found, *self._links(found, two, shared)]

    def _lot(self, event: Event, act: str, thing: Thing, between: tuple[str, str] | None) -> dict[str, Any]:
        lot, material = lot_and_material(thing["id"])
        step = event.get("transformationID") or _event_id(event) if act in {"used", "made"} else None
        party = between[0] if between is not None and act == "supplied" else place(event)
        buyer = between[1] if between is not None and act == "supplied" else None
        return {
            "act": act,
            "step": step if event["type"] == "TransformationEvent" else None,
            "lot": lot,
            "material": self._name(material) if material else None,
            "party_id": party,
            "party": self._name(party) if party else None,
            "buyer_id": buyer,
            "buyer": self._name(buyer) if buyer else None,
            "quantity": thing["quantity"],
            "unit": thing["unit"],
        }

    def _name(self, identifier: str) -> str:
        return self.names.get(identifier, {}).get("name") or identifier

    def _document(self, event: Event, event_id: str) -> str:
        """The paper that an event names, else the event."""
        for one in event.get("bizTransactionList") or ():
            return str(one["bizTransaction"])
        return event_id

    def _links(self, found: list[Taken], between: tuple[str, str] | None, shared: dict[str, Any]) -> Iterator[Taken]:
        """A supply for what is handed over, once: receipt says what shipping said."""
        if between is None:
            return
        lots = [said for _, said in found if said["act"] == "supplied"]
        new = [r for r in lots if (*between, r["lot"] or r["material"] or "") not in self.told]
        self.told |= {(*between, r["lot"] or r["material"] or "") for r in new}
        if not new:
            self.counts[tr("supplies that an event says a second time, counted once")] += 1
            return
        materials, units = {r["material"] for r in new}, {r["unit"] for r in new}
        if len(materials) > 1:
            self.counts[tr("supplies of several goods in one event, linked without naming them")] += 1
        is_one = len(materials) == len(units) == 1 and all(r["quantity"] is not None for r in new)
        yield (
            SUPPLY_LINKS,
            {
                "supplier_id": between[0],
                "supplier": self._name(between[0]),
                "supplier_address": self.placed.get(between[0], {}).get("address"),
                "supplier_country": self.placed.get(between[0], {}).get("country"),
                "buyer_id": between[1],
                "buyer": self._name(between[1]),
                "material": next(iter(materials)) if len(materials) == 1 else None,
                "quantity": sum(r["quantity"] for r in new) if is_one else None,
                "unit": next(iter(units)) if is_one else None,
                "date": shared["date"],
                "document": shared["document"],
            },
        )


def _event_id(event: Event) -> str:
    """The event's own id, else one made of all that it says, so that a declaration that repeats it has the same."""
    given = event.get("eventID")
    if isinstance(given, str) and given.strip():
        return given.strip()[:2000]
    said = {k: v for k, v in event.items() if k not in _NOT_SAID}
    return "event:" + digest(json.dumps(said, sort_keys=True, default=str), 32)


def ends(event: Event) -> tuple[str, str] | None:
    """Who hands over to whom; None where the event does not say, or says one party twice."""
    if event["type"] == "TransformationEvent":
        return None
    source, destination = (_by_type(event.get(f"{e}List"), e) for e in ("source", "destination"))
    for kind in _ENDS:
        if source.get(kind) and destination.get(kind) and source[kind] != destination[kind]:
            return source[kind], destination[kind]
    return None


def things(event: Event) -> Iterator[tuple[str, Thing]]:
    """What an event names, with what is done with it."""
    if event["type"] == "TransformationEvent":
        for act, ids, amounts in (
            ("used", "inputEPCList", "inputQuantityList"),
            ("made", "outputEPCList", "outputQuantityList"),
        ):
            yield from ((act, thing) for thing in _named(event, ids, amounts))
        return
    act = "seen"
    if event["type"] == "ObjectEvent":
        begins = event["action"] == "ADD" and event.get("bizStep", _BEGINS[0]) in _BEGINS
        act = "made" if begins else "ended" if event["action"] == "DELETE" else "seen"
    for ids, amounts in (("epcList", "quantityList"), ("childEPCs", "childQuantityList")):
        yield from ((act, thing) for thing in _named(event, ids, amounts))


def _named(event: Event, ids: str, amounts: str) -> Iterator[Thing]:
    for one in event.get(ids) or ():
        yield {"id": one, "quantity": 1.0, "unit": _PIECES}
    for one in event.get(amounts) or ():
        amount = one.get("quantity")
        unit = None if amount is None else one.get("uom", _PIECES)
        yield {"id": one["epcClass"], "quantity": None if amount is None else float(amount), "unit": unit}


def lot_and_material(identifier: str) -> tuple[str | None, str | None]:
    """The lot, where it is one, and the trade item that it is of, as its number of fourteen digits.

    Args:
        identifier: a URN or a GS1 Digital Link.
    """
    if found := _URN.fullmatch(identifier):
        number = found[2] + found[1] + found[3]
        return (None if found[4] == "*" else identifier), f"gtin:{number}{_check_digit(number)}"
    if found := _LINK.fullmatch(identifier):
        return (None if identifier.endswith(f"/01/{found[1]}") else identifier), f"gtin:{found[1].zfill(_GTIN)}"
    return identifier, None


def _check_digit(number: str) -> int:
    """The last digit of a GTIN, by weights of three and one from the right."""
    return -sum(int(d) * (3 if i % 2 == 0 else 1) for i, d in enumerate(reversed(number))) % 10


def place(event: Event) -> str | None:
    """Where it happened: the business location, else the point of reading."""
    return next(iter(places(event)), None)


def places(event: Event) -> list[str]:
    """The business location and the point of reading, those that it names."""
    given = [event.get(name) for name in ("bizLocation", "readPoint")]
    found = [place.get("id") if isinstance(place, dict) else place for place in given]
    return [str(one) for one in found if one]


def _by_type(given: Any, name: str) -> dict[str, str]:
    """Source or destination -> its address, by the last part of its type."""
    found: dict[str, str] = {}
    for one in given or ():
        kind = str(one.get("type") or "").replace("SDT-", ":").rpartition(":")[2]
        found.setdefault(kind, one[name])
    return found
