"""What of two verdicts on one party's owners is another: the shares, the chain, the listings that they rest on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import EntrepotError
from entrepot.core.store.store_reading import reading
from entrepot.core.words.translate import marked, tr
from entrepot.ownership.contract import OWNERSHIP_VERDICTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from entrepot.decisions.case_grounds import OfOwners

_WAS = (
    ("verdict", marked("The verdict was {old}, is {new}.")),
    ("low_percent", marked("The least share of listed owners was {old} %, is {new} %.")),
    ("high_percent", marked("The most share of listed owners was {old} %, is {new} %.")),
    ("state_id", marked("The state of the rule was {old}, is {new}.")),
)
_SAID = {  # what came and what went of each
    "listings": (
        marked("Listed among its owners now: {text}."),
        marked("Listed among its owners no longer: {text}."),
    ),
    "programmes": (
        marked("Programme of its owners' listings added: {text}."),
        marked("Programme of its owners' listings removed: {text}."),
    ),
    "chains": (marked("Chain of owners added: {text}."), marked("Chain of owners removed: {text}.")),
    "controlled_by": (marked("Controlled now by {text}."), marked("Controlled no longer by {text}.")),
    "to_confirm": (marked("To confirm now: {text}."), marked("To confirm no longer: {text}.")),
}


def owners_since(place: Path) -> OfOwners:
    """Tells two verdicts apart that were shown; nothing is read before it is asked.

    Args:
        place: the store.
    """

    def told(was: str, now: str) -> tuple[str, ...]:
        try:
            with reading(place) as con:
                asked = "SELECT id, row FROM shown WHERE kind = ? AND id IN (?, ?)"
                rows = con.execute(asked, [OWNERSHIP_VERDICTS.name, was, now]).fetchall()
        except EntrepotError:  # the two ids say that something changed
            return ()
        found = {key: json.loads(row) for key, row in rows}
        return tuple(_told(found[was], found[now])) if {was, now} <= found.keys() else ()

    return told


def _told(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for name, said in _WAS:
        if was[name] != now[name]:
            yield tr(said, old=_worded(was[name]), new=_worded(now[name]))
    for name, (came, went) in _SAID.items():
        before, after = was.get(name) or [], now.get(name) or []
        yield from (tr(came, text=text) for text in after if text not in before)
        yield from (tr(went, text=text) for text in before if text not in after)


def _worded(value: str | float) -> str:
    return value.replace("_", " ") if isinstance(value, str) else f"{value:g}"
