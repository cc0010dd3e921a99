"""Bills of material: a row for each material of a product; one that names its supplier is a link too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.words.translate import marked, tr
from entrepot.ownership.formats.links_draft import by_name
from entrepot.tracing.contract import SUPPLY_LINKS
from entrepot.tracing.supply.contract import SUPPLY_RECIPES
from entrepot.tracing.supply.supply_row import SupplyKind, WrongRowError, without_unit

if TYPE_CHECKING:
    from entrepot.tracing.supply.supply_row import Taken, ToldRow

NEEDED = ("product", "material", "quantity")
COLUMNS = (
    *NEEDED, "unit", "product_quantity", "product_unit", "maker", "maker_id", "supplier", "supplier_id",
    "supplier_address", "supplier_country", "document", "origin", "level",
)  # fmt: skip


def _read(told: ToldRow) -> list[Taken]:
    _refuse_below(told.text("level"))
    product = told.needed("product", tr("Name what is made."))
    material = told.needed("material", tr("Name what goes into it."))
    if product.casefold() == material.casefold():
        raise WrongRowError(
            tr("{product} is made of itself", product=product[:40]),
            tr("Name the material as what it is before the step."),
        )
    quantity = told.needed_amount("quantity")
    without_unit(told, "quantity", "unit", quantity)
    maker = told.party("maker") if told.has_party("maker") else {}
    made = told.amount("product_quantity")
    if made is None:  # SAP prints the base quantity above the list, 100 pieces as often as one
        said = tr(
            "of how much of the product it is, is not said, and one is taken (else --column product_quantity==100)"
        )
        told.counts[said] += 1
    recipe = {
        "maker_id": maker.get("maker_id"),
        "maker": maker.get("maker"),
        "product": product,
        "product_quantity": made or 1.0,
        "product_unit": told.text("product_unit"),
        "material": material,
        "quantity": quantity,
        "unit": told.text("unit"),
        "document": told.text("document"),
    }
    return [(SUPPLY_RECIPES, recipe), *_link(told, recipe)]


def _refuse_below(level: str | None) -> None:
    """Stop at a part of a part: a list of several levels prints them under one head, whose inputs they are not.

    Raises:
        WrongRowError: the level is deeper than the first.
    """
    depth = (level or "").strip(" .*-+")
    if depth.isdigit() and int(depth) > 1:
        raise WrongRowError(
            tr("is of level {level}: it goes into the component above it, and not into the product", level=depth),
            tr(
                "Give the bill of each component by itself, with the component as its product; of how much the "
                "quantity of a deeper level is differs from system to system."
            ),
        )


def _link(told: ToldRow, recipe: dict[str, str | float | None]) -> list[Taken]:
    """The supply that a row says with its supplier: how much is not said, for a recipe is of a unit of the product."""
    if not told.has_party("supplier"):
        return []
    if not recipe["maker"]:
        raise WrongRowError(tr("supplier is given and maker is empty"), tr("Give the maker of the product."))
    who = told.party("supplier")
    if who["supplier_id"] == recipe["maker_id"]:
        raise WrongRowError(
            tr("{supplier} supplies itself", supplier=who["supplier"][:40]),
            tr("Leave supplier empty for what a maker makes."),
        )
    link = {
        **who,
        "buyer": recipe["maker"],
        "buyer_id": recipe["maker_id"] or by_name(str(recipe["maker"])),
        **{c: told.text(c) for c in ("supplier_address", "supplier_country", "document", "origin")},
        "material": recipe["material"],
        "product": recipe["product"],
    }
    return [(SUPPLY_LINKS, link)]


BOM = SupplyKind(marked("bills of material"), NEEDED, COLUMNS, ("quantity", "product_quantity"), _read)
