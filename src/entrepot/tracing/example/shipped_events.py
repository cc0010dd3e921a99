"""Deliveries that no invoice tells one by one: events of EPCIS 2.0, as the weighbridge of a cannery sends them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.tracing.example.made_papers import NOTE, day

if TYPE_CHECKING:
    from entrepot.tracing.example.invented_parties import Party
    from entrepot.tracing.example.made_papers import Papers
    from entrepot.tracing.example.sale import Sale

GOODS = ("fresh tomatoes",)  # whose deliveries are events
_PREFIX = "4099999"  # of a company; GS1 gives out 409 to none but its example firms
_ITEM = "010001"
_CONTEXT = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"


def lot_urn(number: str) -> str:
    """The number of a lot, as a label of GS1 has it."""
    return f"urn:epc:class:lgtin:{_PREFIX}.{_ITEM}.{number}"


def shipped(papers: Papers, sale: Sale, ids: dict[Party, str]) -> None:
    """A delivery as an event between two parties.

    Args:
        papers: to which it is added.
        sale: who hands what to whom.
        ids: party -> its number at GS1; a party without one is given the next.
    """
    ends = [ids.setdefault(p, f"urn:epc:id:pgln:{_PREFIX}.{len(ids) + 1:05}") for p in (sale.lot.holder, sale.buyer)]
    papers.events.append(
        {
            "type": "ObjectEvent", "eventTime": f"{day(sale.day)}T06:00:00Z", "eventTimeZoneOffset": "+00:00",
            "action": "OBSERVE", "bizStep": "shipping", "eventID": f"urn:invented:{papers.number('EVENT').lower()}",
            "quantityList": [{"epcClass": sale.lot.number, "quantity": sale.lot.amount, "uom": "KGM"}],
            "bizTransactionList": [{"type": "desadv", "bizTransaction": f"urn:invented:{papers.number('WT').lower()}"}],
            "sourceList": [{"type": "owning_party", "source": ends[0]}],
            "destinationList": [{"type": "owning_party", "destination": ends[1]}],
        }
    )  # fmt: skip


def document(events: list[dict[str, Any]], ids: dict[Party, str]) -> dict[str, Any]:
    """A file of events, its parties named in the header."""
    parties = [
        {"id": number, "attributes": [
            {"id": "cbvmda:name", "attribute": p.name},
            {"id": "cbvmda:streetAddressOne", "attribute": p.address},
            {"id": "cbvmda:countryCode", "attribute": p.country},
        ]}
        for p, number in ids.items()
    ]  # fmt: skip
    goods = {"id": f"urn:epc:idpat:sgtin:{_PREFIX}.{_ITEM}.*",
             "attributes": [{"id": "cbvmda:descriptionShort", "attribute": GOODS[0]}]}  # fmt: skip
    vocabularies = [
        {"type": "urn:epcglobal:epcis:vtype:Party", "vocabularyElementList": parties},
        {"type": "urn:epcglobal:epcis:vtype:EPCClass", "vocabularyElementList": [goods]},
    ]
    return {
        "@context": [_CONTEXT, {"invented": "urn:invented:"}],
        "type": "EPCISDocument",
        "schemaVersion": "2.0",
        "creationDate": f"{day(0)}T00:00:00Z",
        "invented:note": NOTE,
        "epcisHeader": {"epcisMasterData": {"vocabularyList": vocabularies}},
        "epcisBody": {"eventList": events},
    }
