"""EPCIS 1.2 as XML in the shape of JSON 2.0: wrappers of extensions opened, words of GS1's URNs bare."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entrepot.lists.formats.xml_tree import Element

# 1.2 keeps what came later inside wrappers, so that older readers pass over it.
_WRAPPERS = ("extension", "baseExtension")
# List of the event -> name of what is in it; what JSON calls it is the same.
_IDS = {"epcList": "epc", "childEPCs": "epc", "inputEPCList": "epc", "outputEPCList": "epc"}
_QUANTITIES = ("quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList")
_TYPED = {"bizTransactionList": "bizTransaction", "sourceList": "source", "destinationList": "destination"}
_PLACES = ("readPoint", "bizLocation")
_TEXTS = (
    "eventTime", "recordTime", "eventTimeZoneOffset", "eventID", "action", "bizStep", "disposition", "parentID",
    "transformationID", "certificationInfo",
)  # fmt: skip
_URNS = ("urn:epcglobal:cbv:bizstep:", "urn:epcglobal:cbv:disp:", "urn:epcglobal:cbv:sdt:", "urn:epcglobal:cbv:btt:")


def document_of(root: Element) -> dict[str, Any]:
    """A document, or an event alone, as JSON has it."""
    if root.name.endswith("Event"):
        return _event(root)
    body = next((c for c in root.children if c.name == "EPCISBody"), None)
    lists = [] if body is None else [e for e in _deep(body, 4) if e.name == "EventList"]
    events = [_event(e) for held in lists for e in _opened(held) if e.name.endswith("Event")]
    return {
        "type": root.name,
        "schemaVersion": root.attributes.get("schemaVersion", ""),
        "epcisBody": {"eventList": events},
        "epcisHeader": {"epcisMasterData": {"vocabularyList": list(_vocabularies(root))}},
    }


def _deep(element: Element, levels: int) -> Iterator[Element]:
    for child in element.children:
        yield child
        if levels:
            yield from _deep(child, levels - 1)


def _opened(element: Element) -> Iterator[Element]:
    """The children, those in wrappers as if they stood outside."""
    for child in element.children:
        if child.name in _WRAPPERS:
            yield from _opened(child)
        else:
            yield child


def _event(element: Element) -> dict[str, Any]:
    event: dict[str, Any] = {"type": element.name}
    for child in _opened(element):
        if child.name in event:
            continue  # what a sender adds under a prefix of its own comes after what the standard names
        found = _value(child)
        if found is not None:
            event[child.name] = found
    return event


def _value(child: Element) -> Any:  # noqa: PLR0911 - one return a kind of part
    """The value of a part of an event; None where it is not read."""
    name = child.name
    if name in _TEXTS:
        return _bare(child.text)
    if name in _IDS:
        return [c.text.strip() for c in child.all(_IDS[name])]
    if name in _QUANTITIES:
        return [_quantity(c) for c in child.all("quantityElement")]
    if name in _TYPED:
        inner = _TYPED[name]
        return [{"type": _bare(c.attributes.get("type", "")) or None, inner: c.text.strip()} for c in child.all(inner)]
    if name in _PLACES:
        return {"id": child.value("id")}
    if name == "errorDeclaration":
        return {k: child.value(k) for k in ("declarationTime", "reason")}
    return [] if name == "sensorElementList" and child.children else None


def _bare(text: str) -> str:
    """A word of GS1's vocabulary without its address."""
    said = text.strip()
    return next((said.removeprefix(u) for u in _URNS if said.startswith(u)), said)


def _quantity(element: Element) -> dict[str, Any]:
    found: dict[str, Any] = {c.name: c.text.strip() for c in element.children if c.attributes.get("xsi:nil") != "true"}
    with contextlib.suppress(KeyError, ValueError):  # none, or a text: judged as one of JSON is
        found["quantity"] = float(found["quantity"])
    return found


def _vocabularies(root: Element) -> Iterator[dict[str, Any]]:
    for element in _deep(root, 5):
        if element.name == "VocabularyElementList":
            yield {
                "vocabularyElementList": [
                    {
                        "id": one.attributes.get("id", ""),
                        "attributes": [
                            {"id": a.attributes.get("id", ""), "attribute": a.text} for a in one.all("attribute")
                        ],
                    }
                    for one in element.all("VocabularyElement")
                ]
            }
