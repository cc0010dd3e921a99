"""Units of quantities and currencies of values where the heading says them, or a column beside; else what to add.

The headings are those of customs forms (box 38, net mass), of tariffs with two quantities, of ERP systems in several
languages, and of 1C, which writes the unit behind a comma.
"""

from datetime import date

import pytest

from entrepot.tracing.supply.read_supply import read_supply

TODAY = date(2026, 11, 29)


def read(tmp_path, heading, more="", cells="20000", kind="links"):
    parties = ("Exporter", "Importer") if kind == "shipments" else ("Supplier", "Buyer")
    path = tmp_path / "file.csv"
    told = f"{parties[0]};{parties[1]};Goods;{heading};{more}".strip(";")
    path.write_text(f"{told}\nAlfa Mills Ltd;Beta Garments;yarn;{cells}\n", encoding="utf-8")
    found = read_supply(path, kind=kind, today=TODAY)
    return found.links[0], found.row["notes"]


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("Quantity (KG)", "KG"),
        ("Menge in kg", "kg"),
        ("Количество, кг", "кг"),
        ("数量(千克)", "千克"),
        ("Miktar (KG)", "KG"),
        ("Net Wt (MT)", "MT"),
        ("Net weight kg", "kg"),
        ("Quantité, t", "t"),
    ],
)
def test_a_quantity_has_the_unit_of_its_heading(tmp_path, heading, unit):
    link, notes = read(tmp_path, heading)
    assert (link["quantity"], link["unit"]) == (20000.0, unit)
    assert not any("without unit" in n for n in notes)


@pytest.mark.parametrize(
    ("heading", "currency"),
    [
        ("Amount (USD)", "USD"),
        ("Wert in EUR", "EUR"),
        ("Сумма, руб.", "RUB"),
        ("Tutar (TL)", "TRY"),
        ("Importe €", "EUR"),
    ],
)
def test_a_value_has_the_currency_of_its_heading(tmp_path, heading, currency):
    link, notes = read(tmp_path, heading)
    assert (link["value"], link["currency"]) == (20000.0, currency)
    assert not any("without currency" in n for n in notes)


def test_a_sign_that_several_currencies_share_is_none(tmp_path):
    link, notes = read(tmp_path, "Amount ($)")
    assert (link["value"], link["currency"]) == (20000.0, None)
    assert any("value without currency" in n and "--column currency==USD" in n for n in notes)


def test_of_two_quantities_the_one_that_is_weighed_is_read_and_the_other_told(tmp_path):
    link, notes = read(tmp_path, "Quantity 1 (PCS);Quantity 2 (KG)", cells="1200;240.5")
    assert (link["quantity"], link["unit"]) == (240.5, "KG")
    assert "the column Quantity 1 (PCS) is not read" in notes


def test_a_weight_is_the_quantity_where_no_other_is_told(tmp_path):
    link, _ = read(tmp_path, "Net Mass", "Weight Unit", "20000;LB")
    assert (link["quantity"], link["unit"]) == (20000.0, "LB")
    link, _ = read(tmp_path, "Qty;UOM;Net Weight", cells="40;BALES;9000")
    assert (link["quantity"], link["unit"]) == (40.0, "BALES")


@pytest.mark.parametrize(
    ("heading", "cells", "unit"),
    [
        ("UOM;Net Weight;Weight Unit", "DRUMS;20000;LB", "LB"),
        ("UOM;Net Weight (kg)", "DRUMS;20000", "kg"),
        ("UOM;Net Weight", "DRUMS;20000", None),  # of what the weight is, nothing says
        ("UOM;Net Weight", "KG;20000", "KG"),
        ("UOM;Net Weight;Weight Unit", "t;20000;KG", "KG"),  # a thousand times as much otherwise
    ],
)
def test_a_weight_has_no_unit_of_drums_or_of_what_was_ordered(tmp_path, heading, cells, unit):
    link, _ = read(tmp_path, heading, cells=cells)
    assert (link["quantity"], link["unit"]) == (20000.0, unit)


def test_what_was_shipped_or_invoiced_is_the_quantity_before_its_weight(tmp_path):
    for heading in ("Delivered Qty", "Qty Invoiced", "Shipped Qty"):
        link, _ = read(tmp_path, f"{heading};UOM;Net Weight;Weight Unit", cells="40;DRUMS;9000;KG")
        assert (link["quantity"], link["unit"]) == (40.0, "DRUMS")


def test_where_nothing_says_the_unit_the_remedy_is_told(tmp_path):
    link, notes = read(tmp_path, "Net Mass")
    assert (link["quantity"], link["unit"]) == (20000.0, None)
    assert any("quantity without unit" in n and "--column unit==kg" in n for n in notes)


def test_the_net_mass_of_a_declaration_is_in_kilograms_unless_its_heading_says_another(tmp_path):
    assert read(tmp_path, "Net Mass", kind="shipments")[0]["unit"] == "kg"
    assert read(tmp_path, "Net Mass (LB)", kind="shipments")[0]["unit"] == "LB"


@pytest.mark.parametrize(
    ("heading", "cells", "unit"),
    [
        ("Quantity;UoM;Net Weight;Net Weight Unit", "100;CTN;20;t", "t"),
        ("UoM;Net Weight;Gross Weight;Gross Weight Unit", "CTN;20;22;kg", "kg"),
        ("Net Weight (t);UoM", "20;CTN", "t"),
    ],
)
def test_the_net_weight_of_a_declaration_is_in_the_unit_that_stands_beside_it(tmp_path, heading, cells, unit):
    """Two tonnes were two kilograms."""
    link, _ = read(tmp_path, heading, cells=cells, kind="shipments")
    assert (link["quantity"], link["unit"]) == (20.0, unit)


@pytest.mark.parametrize(("unit", "weight"), [("KGS", (24000.0, "KGS")), ("PKG", (None, None))])
def test_a_declaration_tells_its_weight_as_a_quantity_in_a_unit_of_mass(tmp_path, unit, weight):
    """Sellers of India's declarations print quantity and unit; bags and pieces are no weight."""
    link, _ = read(tmp_path, "Unit;Quantity", cells=f"{unit};24000", kind="shipments")
    assert (link["quantity"], link["unit"]) == weight


@pytest.mark.parametrize(
    ("heads", "cells", "kind", "found"),
    [
        # SAP GTS cuts its headings to the width of the cells; a broker's sheet; kinds of file that have a quantity.
        ("Net Weight;WUn", ("10.5;TO", "21.5;KG"), "shipments", [(10.5, "TO"), (21.5, "KG")]),
        ("Net Wt.;U.W.", ("70;TNE", "30000;KG"), "shipments", [(70.0, "TNE"), (30000.0, "KG")]),
        ("Qty.;Q.U.", ("70;T", "30000;KG"), "links", [(70.0, "T"), (30000.0, "KG")]),
        ("数量;计量", ("70;吨", "30000;千克"), "links", [(70.0, "吨"), (30000.0, "千克")]),
        # Packages are no unit of a net weight, a letter may be a status, and a column further on is another's.
        ("Net Weight;Pk.", ("70;PCS", "30000;PCS"), "shipments", [(70.0, "kg"), (30000.0, "kg")]),
        ("Qty.;Status", ("70;M", "30000;M"), "links", [(70.0, None), (30000.0, None)]),
        ("Qty.;Status;Q.U.", ("70;new;KG", "30000;old;KG"), "links", [(70.0, None), (30000.0, None)]),
    ],
)
def test_a_column_behind_figures_whose_cells_are_all_units_is_their_unit(tmp_path, heads, cells, kind, found):
    parties = ("Exporter", "Importer") if kind == "shipments" else ("Supplier", "Buyer")
    rows = [";".join((*parties, "Goods", heads)), *(f"Alfa Mills Ltd;Beta Garments;lint;{c}" for c in cells)]
    (tmp_path / "file.csv").write_text("\n".join(rows), encoding="utf-8")
    links = read_supply(tmp_path / "file.csv", kind=kind, today=TODAY).links
    assert [(one["quantity"], one["unit"]) for one in links] == found


def test_a_column_of_currencies_behind_values_is_theirs_whatever_its_heading(tmp_path):
    found = [
        read(tmp_path, heads, cells=cells)[0] for heads, cells in (("Value;Crr.", "5;EUR"), ("Value;Crr.", "5;abc"))
    ]
    assert [(one["value"], one["currency"]) for one in found] == [(5.0, "EUR"), (5.0, None)]
