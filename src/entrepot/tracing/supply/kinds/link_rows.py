"""A table of supplies: who supplied what to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.words.translate import marked, tr
from entrepot.ownership.stake import percent, read_stake
from entrepot.tracing.contract import SUPPLY_LINKS
from entrepot.tracing.supply.contract import SUPPLY_LOTS
from entrepot.tracing.supply.supply_headings import means
from entrepot.tracing.supply.supply_row import SupplyKind, WrongRowError, without_unit

if TYPE_CHECKING:
    from entrepot.tracing.supply.supply_row import Taken, ToldRow

NEEDED = ("supplier", "buyer")
COLUMNS = (
    *NEEDED, "material", "product", "quantity", "unit", "value", "currency", "share", "date", "document", "origin",
    "lot", "supplier_id", "buyer_id", "supplier_address", "supplier_country", "relation", "notify",
)  # fmt: skip
_TURNED = {"supplier": "buyer", "supplier_id": "buyer_id", "buyer": "supplier", "buyer_id": "supplier_id"}
_SHOWN = 40  # characters of a cell that a message repeats
_SHARES = marked("a percentage such as 50, 33.3, 25-50, >50, or nothing where it is not known")


def _read(told: ToldRow) -> list[Taken]:
    ids = told.party("supplier") | told.party("buyer", "notify")
    where = {c: told.text(c) for c in ("supplier_address", "supplier_country")}
    if _is_turned_round(told.text("relation")):
        ids = {_TURNED[c]: said for c, said in ids.items()}
        where = dict.fromkeys(where)  # what is told of the first is the buyer's
    if ids["supplier_id"] == ids["buyer_id"] and _same_good(told):
        raise WrongRowError(
            tr("{buyer} supplies itself with what it makes of it", buyer=ids["buyer"]),
            tr("Name in product what is made of the material, or leave the row out."),
        )
    quantity = told.amount_or_none("quantity")
    value = told.amount_or_none("value", may_be_nothing=quantity is not None)
    without_unit(told, "quantity", "unit", quantity)
    without_unit(told, "value", "currency", value)
    link = {
        **ids,
        **where,
        **{c: told.text(c) for c in ("material", "product")},
        "quantity": quantity,
        "unit": told.text("unit"),
        "value": value,
        "currency": told.text("currency"),
        **_share(told.text("share")),
        "date": told.day(),
        "document": told.text("document"),
        "origin": told.text("origin"),
    }
    return [(SUPPLY_LINKS, link), *handed_over(link, told.text("lot"))]


def _is_turned_round(relation: str | None) -> bool:
    """Whether a row of a graph names the buyer first, as its relation says; a row without one names the supplier.

    Raises:
        WrongRowError: the relation is none of supply: a stake, an office, a family.
    """
    plain = (relation or "").replace("_", " ")
    if not plain or means("supplies", plain):
        return False
    if means("supplied", plain):
        return True
    raise WrongRowError(
        tr("relation {relation!r} is no supply", relation=plain[:_SHOWN]),
        tr("Stakes are loaded with entrepot own load. Where it is a supply: --column relation==supplies."),
    )


def handed_over(link: dict[str, Any], lot: str | None) -> list[Taken]:
    """The lot that a link hands over, where it names one."""
    if not lot:
        return []
    return [
        (
            SUPPLY_LOTS,
            {
                "entry": 1,
                "act": "supplied",
                "lot": lot,
                "party_id": link["supplier_id"],
                "party": link["supplier"],
                **{c: link[c] for c in _SHARED},
            },
        )
    ]


_SHARED = ("material", "buyer_id", "buyer", "quantity", "unit", "date", "document", "origin")


def _same_good(told: ToldRow) -> bool:
    return told.cells.get("material", "").casefold() == told.cells.get("product", "").casefold()


def _share(text: str | None) -> dict[str, float | None]:
    if text is None:
        return {"low_percent": None, "high_percent": None}
    try:
        stake = read_stake(text)
    except ValueError as exc:
        raise WrongRowError(tr("share is {text!r}", text=text[:40]), tr("Write {shares}.", shares=_SHARES)) from exc
    return {"low_percent": percent(stake.low), "high_percent": percent(stake.high)}


LINKS = SupplyKind(marked("supply links"), NEEDED, COLUMNS, ("quantity", "value"), _read)
