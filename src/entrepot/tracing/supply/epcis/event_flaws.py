"""What an event may not be by EPCIS 2.0: each flaw with what the standard asks for."""

from __future__ import annotations

import math
import re
from datetime import datetime
from functools import cache
from typing import Any

from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import marked, tr
from entrepot.tracing.supply.contract import EPCIS_WORDS
from entrepot.tracing.supply.supply_row import WrongRowError

_ACTIONS = ("ADD", "OBSERVE", "DELETE")
_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(\.\d+)?(Z|[+-]\d{2}:\d{2})")
_OFFSET = re.compile(r"[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00")
_UOM = re.compile(r"[A-Z0-9]{2,3}")  # UN/CEFACT Recommendation 20
_PARTS_OF_QUANTITY = frozenset({"epcClass", "quantity", "uom"})  # the standard's, which takes no other
_LONGEST = 2_000  # characters of an id, as of a listed name
# Type of event -> lists of which it must have one with something in it.
_NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "ObjectEvent": (("epcList", "quantityList", "sensorElementList"),),
    "AggregationEvent": (("parentID", "childEPCs", "childQuantityList"),),
    "AssociationEvent": (("parentID",), ("childEPCs", "childQuantityList")),
    "TransactionEvent": (("bizTransactionList",), ("epcList", "quantityList", "parentID")),
    "TransformationEvent": (),
}
_INPUTS, _OUTPUTS = ("inputEPCList", "inputQuantityList"), ("outputEPCList", "outputQuantityList")
_IDS = ("epcList", "childEPCs", "inputEPCList", "outputEPCList")
_QUANTITIES = ("quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList")
_REMEDY = marked("Ask the sender to correct the event.")


def refuse_flawed(event: Any, *, is_xml: bool) -> None:
    """Refuse an event that the standard does not allow.

    Args:
        event: in the shape of JSON 2.0.
        is_xml: of XML, where prefixes are not kept, so that what stands under one is not judged.

    Raises:
        WrongRowError: with the first flaw.
    """
    if not isinstance(event, dict):
        raise _wrong(tr("the event is no object"), tr("An object with type, eventTime and eventTimeZoneOffset."))
    kind = event.get("type")
    if not isinstance(kind, str) or kind not in _NEEDED:
        raise _wrong(
            tr("type is {kind}", kind=_shown(kind)),
            tr("One of {needed}; extensions are not read.", needed=", ".join(_NEEDED)),
        )
    _times(event)
    if kind != "TransformationEvent" and event.get("action") not in _ACTIONS:
        raise _wrong(
            tr("action is {action}", action=_shown(event.get("action"))),
            tr("One of {actions}.", actions=", ".join(_ACTIONS)),
        )
    for field in ("eventID", "parentID", "transformationID"):
        if event.get(field) is not None:
            _identifier(field, event[field])
    _lists(event, kind)
    _parts(event)
    if not is_xml:
        _extras(event)


def _parts(event: dict[str, Any]) -> None:
    for field in ("bizStep", "disposition"):
        _word(field, event.get(field), field)
    for field in _IDS:
        for one in _listed(event, field):
            _identifier(field, one)
    for field in _QUANTITIES:
        for one in _listed(event, field):
            _quantity(field, one)
    _ends(event)


def _wrong(problem: str, remedy: str = _REMEDY) -> WrongRowError:
    return WrongRowError(problem, remedy)


def _shown(value: Any) -> str:
    return "missing" if value is None else repr(value)[:60]


def _times(event: dict[str, Any]) -> None:
    said = event.get("eventTime")
    if not isinstance(said, str) or not _is_moment(said):
        raise _wrong(
            tr("eventTime is {said}", said=_shown(said)), tr("A moment with its offset: 2024-11-25T10:00:00+02:00.")
        )
    offset = event.get("eventTimeZoneOffset")
    if not isinstance(offset, str) or not _OFFSET.fullmatch(offset):
        raise _wrong(tr("eventTimeZoneOffset is {offset}", offset=_shown(offset)), tr("An offset such as +02:00."))


def _is_moment(text: str) -> bool:
    found = _TIME.fullmatch(text)
    try:
        return found is not None and bool(datetime.fromisoformat(f"{found[1]}T{found[2]}"))
    except ValueError:
        return False


def _lists(event: dict[str, Any], kind: str) -> None:
    needed = _NEEDED[kind]
    if kind == "AssociationEvent" and event.get("action") == "DELETE":
        needed = needed[:1]  # without children it parts all of them
    if kind == "TransformationEvent":
        # Events under one transformationID may tell inputs and outputs apart.
        needed = ((*_INPUTS, *_OUTPUTS),) if event.get("transformationID") else (_INPUTS, _OUTPUTS)
    for some in needed:
        if not any(event.get(name) or (name == "sensorElementList" and name in event) for name in some):
            raise _wrong(
                tr("{kind} has none of {some}", kind=kind, some=", ".join(some)), tr("An event names what it is about.")
            )


def _listed(event: dict[str, Any], field: str) -> list[Any]:
    found = event.get(field, [])
    if not isinstance(found, list):
        raise _wrong(tr("{field} is {found}", field=field, found=_shown(found)), "A list.")
    return found


def _identifier(field: str, value: Any) -> None:
    if not isinstance(value, str) or ":" not in value or " " in value or len(value) > _LONGEST:
        raise _wrong(
            tr("{field} holds {value}", field=field, value=_shown(value)),
            tr("An address of an object: a URN or a GS1 Digital Link."),
        )


def _quantity(field: str, value: Any) -> None:
    if not isinstance(value, dict):
        raise _wrong(
            tr("{field} holds {value}", field=field, value=_shown(value)),
            tr("Objects with epcClass, quantity and uom."),
        )
    _identifier(tr("epcClass in {field}", field=field), value.get("epcClass"))
    if more := sorted(set(value) - _PARTS_OF_QUANTITY):
        raise _wrong(
            tr("{field} has the unknown part {more!r}", field=field, more=more[0][:40]),
            tr("epcClass, quantity and uom alone."),
        )
    amount, unit = value.get("quantity"), value.get("uom")
    if amount is not None and not _is_positive(amount):
        raise _wrong(
            tr("quantity in {field} is {amount}", field=field, amount=_shown(amount)), tr("A number more than nothing.")
        )
    if unit is not None and (not isinstance(unit, str) or not _UOM.fullmatch(unit) or amount is None):
        raise _wrong(
            tr("uom in {field} is {unit}", field=field, unit=_shown(unit)),
            tr("A code of UN/CEFACT such as KGM, beside a quantity."),
        )


def _is_positive(amount: Any) -> bool:
    try:
        return not isinstance(amount, bool | str) and math.isfinite(amount) and amount > 0
    except (OverflowError, TypeError):
        return False


def _word(field: str, value: Any, where: str) -> None:
    """A word is of the standard's vocabulary, or an address, or stands under a prefix."""
    if value is None:
        return
    if not isinstance(value, str) or not value or len(value) > _LONGEST:
        raise _wrong(
            tr("{where} is {value}", where=where, value=_shown(value)), tr("A word of GS1's vocabulary, or an address.")
        )
    if ":" not in value and value not in _words()[field]:
        near = ", ".join(sorted(_words()[field])[:4])
        raise _wrong(
            tr("{where} is {value}", where=where, value=_shown(value)),
            tr("A word of GS1's vocabulary ({near}, …), or an address.", near=near),
        )


def _ends(event: dict[str, Any]) -> None:
    for field in ("sourceList", "destinationList"):
        for one in _listed(event, field):
            if not isinstance(one, dict):
                raise _wrong(
                    tr("{field} holds {one}", field=field, one=_shown(one)), tr("Objects with type and an address.")
                )
            _word("sourceOrDestination", one.get("type"), tr("type in {field}", field=field))
            _identifier(field, one.get(field.removesuffix("List")))
    for one in _listed(event, "bizTransactionList"):
        if not isinstance(one, dict):
            raise _wrong(tr("bizTransactionList holds {one}", one=_shown(one)), tr("Objects with bizTransaction."))
        _identifier("bizTransactionList", one.get("bizTransaction"))
    for field in ("readPoint", "bizLocation"):
        if (place := event.get(field)) is not None:
            _identifier(field, place.get("id") if isinstance(place, dict) else place)


def _extras(event: dict[str, Any]) -> None:
    master = event.get("ilmd", {})
    if not isinstance(master, dict):
        raise _wrong(tr("ilmd is {master}", master=_shown(master)), tr("An object whose parts stand under prefixes."))
    if bare := [k for k in master if ":" not in k and not k.startswith("@")]:
        raise _wrong(
            tr("ilmd has {bare!r} without a prefix", bare=bare[0][:40]),
            tr("A part under a prefix, as in cbvmda:lotNumber."),
        )
    given = event.get("certificationInfo")
    for one in given if isinstance(given, list) else [given] if given is not None else []:
        _identifier("certificationInfo", one)
    declared = event.get("errorDeclaration")
    if declared is not None and not isinstance(declared, dict):
        raise _wrong(
            tr("errorDeclaration is {declared}", declared=_shown(declared)), tr("An object with declarationTime.")
        )


@cache
def _words() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in packaged_rows(EPCIS_WORDS):
        found.setdefault(row["field"], set()).add(row["word"])
    return {field: frozenset(words) for field, words in found.items()}
