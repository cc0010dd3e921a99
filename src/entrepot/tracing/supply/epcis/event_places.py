"""The addresses of suppliers: their own in the master data, and those of the places where they made and handed over.

A firm and its mill are two numbers in EPCIS. Whoever hands a lot over first is whose it was at the places of the
events until then: where it was made, and where it was sent from. A place under the firm's own number is its own too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from entrepot.core.words.translate import tr
from entrepot.tracing.supply.epcis.event_lots import ends, place, places, things
from entrepot.tracing.supply.epcis.master_data import joined

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Mapping

    Event = dict[str, Any]
    Names = Mapping[str, Mapping[str, str]]

# Steps of the standard's list by which the buyer tells of a hand-over: they happen at its place.
_AT_RECEIPT = frozenset({"receiving", "accepting", "arriving", "storing", "stocking", "unloading"})
_POINT = "geo:"  # RFC 5870: a latitude and a longitude
# A party's and a place's number as URN, and as GS1 Digital Link: one and the same where their digits are.
_NUMBER = re.compile(r"urn:epc:id:(?:pgln|sgln):(\d+\.\d*)(?:\..*)?|https?://[^ ]+?/41[47]/(\d{13})(?:/254/.*)?")


def placed_by(events: Iterable[Event], names: Names, counts: Counter[str]) -> dict[str, dict[str, str]]:
    """Address and country by id of a party, where anything tells of either.

    Args:
        events: those that the standard allows.
        names: what the master data says, by id.
        counts: what is not used, and how often.
    """
    events = list(events)
    told = {i for i, said in names.items() if {"address", "country"} & set(said)}
    numbered: dict[str, list[str]] = {}
    for i in sorted(told):
        if number := _number(i):
            numbered.setdefault(number, []).append(i)
    placed: dict[str, dict[str, str]] = {}
    used: set[str] = set()
    for party, at in _sites(events, told).items():
        own = [i for i in numbered.get(_number(party), ()) if i != party]
        some = list(dict.fromkeys((*at, *own)))
        used |= {party, *some}
        placed[party] = _said(names.get(party, {}), [names[i] for i in some if i != party])
    if unused := sum("address" in names[i] for i in told - used):
        counts[tr("addresses of the master data that are of no supplier and no place of one, not used")] = unused
    points = sorted({p for e in events for p in places(e) if p.startswith(_POINT)} - told)
    if points:
        said = tr("places told by coordinates alone, such as {point}, are held against no region", point=points[0])
        counts[said] = len(points)
    return placed


def _sites(events: Iterable[Event], told: set[str]) -> dict[str, list[str]]:
    """Supplier -> the places where its lots were made and sent, of those that are told of."""
    found: dict[str, list[str]] = {}
    first: dict[str, str] = {}  # lot -> who handed it over first
    at: dict[str, list[str]] = {}  # lot -> places of events until then
    for event in sorted(events, key=lambda e: str(e["eventTime"])):
        if "errorDeclaration" in event:
            continue
        where, between = place(event), ends(event)
        is_told = where in told and (between is None or str(event.get("bizStep") or "") not in _AT_RECEIPT)
        for act, thing in things(event):
            lot = str(thing["id"])
            if lot not in first and where and is_told and act != "used":
                at.setdefault(lot, []).append(where)
            if between is not None:
                first.setdefault(lot, between[0])
                found.setdefault(between[0], [])
    for lot, party in first.items():
        known = found[party]
        known.extend(p for p in dict.fromkeys(at.get(lot, ())) if p not in known)
    return found


def _number(identifier: str) -> str:
    found = _NUMBER.fullmatch(identifier)
    return "" if found is None else found[1] or found[2]


def _said(own: Mapping[str, str], sites: list[Mapping[str, str]]) -> dict[str, str]:
    """One address and country: a place in another country than the party names it."""
    countries = {s["country"] for s in sites if "country" in s}
    country = own.get("country") or (next(iter(countries)) if len(countries) == 1 else "")
    abroad = [s.get("country", "") if s.get("country") != country else "" for s in sites]
    told = [joined((s.get("address", ""), of)) for s, of in zip(sites, abroad, strict=True)]
    said = {"address": joined((own.get("address", ""), *told), "; "), "country": country}
    return {ours: value for ours, value in said.items() if value}
