"""Files of shipments as sellers of customs data, customs, forwarders and SAP export them, in their own headings.

Headings are those of the exports (Panjiva, declarations of Kazakhstan as they are sold, CBP's report ES-003, CargoWise,
SAP's MB51 and ME2L); firms but the listed one and all figures are invented.
"""

from __future__ import annotations

import csv
from datetime import date

import pytest

from entrepot.core.errors import UnknownNameError
from entrepot.desk.desk import Desk
from entrepot.tracing.supply.party_headings import party_heading
from entrepot.tracing.supply.read_supply import read_supply

TODAY = date(2026, 1, 1)
LISTED = "XINJIANG ZHONGTAI CHEMICAL CO LTD"


def written(folder, rows, name="file.csv", separator=",", above=()):
    """Rows given as dicts, under their headings in order of first mention, below lines of a title."""
    headings = list(dict.fromkeys(h for row in rows for h in row))
    file = folder / name
    with file.open("w", encoding="utf-8", newline="") as out:
        write = csv.writer(out, delimiter=separator)
        write.writerows([[line, *[""] * (len(headings) - 1)] for line in above])
        write.writerows([headings, *([row.get(h, "") for h in headings] for row in rows)])
    return file


def read(folder, rows, kind="shipments", separator=",", above=(), **columns):
    return read_supply(written(folder, rows, separator=separator, above=above), columns, kind=kind, today=TODAY)


def links(found, *columns):
    return [tuple(r[c] for c in columns) for r in found.links]


BILL = {
    "Bill of Lading Number": "COSU1",
    "Arrival Date": "2024-03-14",
    "Consignee": "Merimont Inc",
    "Consignee (Original Format)": "MERIMONT INC 1 MAIN ST",
    "Shipper": LISTED,
    "Shipper Full Address": "No.39 Yangchenghu Rd, Urumqi, Xinjiang, China",
    "Shipper Address": "",
    "Shipper City": "",
    "Shipper Country": "China",
    "Shipper Profile": "",
    "Quantity": "40 PKG",
    "Weight (kg)": "24000",
    "Value of Goods (USD)": "36000",
    "HS Code": "3904.10",
    "Goods Shipped": "PVC RESIN",
}


def test_a_bill_of_lading_of_a_database_keeps_the_shippers_whole_address_day_number_and_value(tmp_path):
    found = read(tmp_path, [BILL, BILL | {"Bill of Lading Number": "COSU2", "HS Code": "5602.10; 5602.21"}])
    assert links(
        found, "supplier", "supplier_address", "supplier_country", "buyer", "date", "document", "value", "currency"
    ) == [
        (LISTED, BILL["Shipper Full Address"], "China", "Merimont Inc", "2024-03-14", number, 36000, "USD")
        for number in ("COSU1", "COSU2")
    ]
    # Two codes in a cell have four digits in common; the second row is none the less a supply.
    assert [d["hs"] for d in found.tables["supply_declarations"]] == ["390410", "5602"]
    assert any(n.startswith("several codes of goods in one cell") for n in found.row["notes"])


def test_an_address_in_pieces_is_joined_and_one_that_is_whole_is_not(tmp_path):
    pieces = {"Shipper Full Address": "", "Shipper Address": "39 Yangchenghu Rd", "Shipper City": "Urumqi"}
    assert links(read(tmp_path, [BILL | pieces]), "supplier_address") == [("39 Yangchenghu Rd, Urumqi",)]
    both = pieces | {"Shipper Full Address": "39 Yangchenghu Rd, Urumqi, China"}
    assert links(read(tmp_path, [BILL | both]), "supplier_address") == [("39 Yangchenghu Rd, Urumqi, China",)]


def test_the_same_file_is_read_as_links_with_the_unit_that_stands_behind_the_figure(tmp_path):
    found = read(tmp_path, [BILL, BILL | {"Quantity": "1200"}], kind="links")
    assert links(found, "supplier", "buyer", "quantity", "unit") == [
        (LISTED, "Merimont Inc", 40, "PKG"),
        (LISTED, "Merimont Inc", 1200, None),
    ]


def test_columns_that_name_somebody_are_the_first_of_those_that_are_not_read(tmp_path):
    notes = read(tmp_path, [BILL | {f"Field {n}": "1" for n in range(12)} | {"Seller": LISTED}]).row["notes"]
    said = next(n for n in notes if "are not read, the first of them" in n)
    assert "Seller" in said


def test_what_is_told_of_one_party_is_not_told_of_another(tmp_path):
    row = {"Exporter": "Torvik AS", "Importer": "Merimont Inc", "Seller Address": "Urumqi", "Seller Country": "China"}
    assert links(read(tmp_path, [row]), "supplier_address", "supplier_country") == [(None, None)]


DECLARED = {
    "DECLARANT_NAME": "ТОО Брокер",
    "IMPORTER_CODE": "040440001234",
    "IMPORTER_NAME": "ТОО Меримонт",
    "IMPORTER_NAME_EN": "MERIMONT LLP",
    "SUPPLIER_ADDRESS": "Урумчи",
    "SUPPLIER_ADDRESS_EN": "",
    "SUPPLIER_NAME": "СИНЬЦЗЯН ЧЖУНТАЙ КЕМИКАЛ",
    "SUPPLIER_NAME_EN": LISTED,
    "PRODUCT_DESCRIPTION": "ПВХ",
    "HS_CODE": "3904100009",
    "CUSTOMS_VALUE_USD": "37000",
    "REGISTRATION_DATE": "2024-03-14",
    "DECLARATION_NUMBER": "50001/140324/0001234",
}


def test_a_declaration_is_read_below_a_title_by_the_names_that_lists_have(tmp_path):
    found = read(tmp_path, [DECLARED], above=("KAZAKHSTAN IMPORT DATA", "", "Records: 1", ""))
    assert links(found, "supplier", "supplier_address", "buyer", "buyer_id", "value", "currency", "date") == [
        (LISTED, "Урумчи", "MERIMONT LLP", "040440001234", 37000, "USD", "2024-03-14")
    ]


def test_a_name_that_is_not_always_given_in_english_is_read_as_it_stands(tmp_path):
    found = read(tmp_path, [DECLARED, DECLARED | {"SUPPLIER_NAME_EN": ""}])
    assert links(found, "supplier") == [(DECLARED["SUPPLIER_NAME"],)] * 2


def test_a_report_of_entries_of_american_customs_names_the_manufacturer(tmp_path):
    row = {
        "Entry Summary Number": "XYZ-1234567-8",
        "Entry Date": "3/14/2025",
        "Importer Number": "12-3456789",
        "Importer Name": "MERIMONT INC",
        "Country of Origin Code": "CN",
        "Manufacturer ID": "CNXINZHO39URU",
        "Manufacturer Name": LISTED,
        "HTS Number - Full": "3904100000",
        "Line Tariff Goods Value Amount": "36000.00",
    }
    total = {"HTS Number - Full": "Sum:", "Line Tariff Goods Value Amount": "36000.00"}
    found = read(tmp_path, [row, total], above=("ES-003 Entry Summary Line Tariff Details", ""))
    assert links(found, "supplier", "supplier_id", "buyer", "value", "date", "document", "origin") == [
        (LISTED, "CNXINZHO39URU", "MERIMONT INC", 36000, "2025-03-14", "XYZ-1234567-8", "CN")
    ]
    assert not any("refused rows say" in n for n in found.row["notes"])


RECEIPT = {
    "Material Description": "Cotton yarn",
    "MvT": "101",
    "Vendor": "100234",
    "Name 1 of Vendor": "Spinnerei Belirin GmbH",
    "Mat. Doc.": "5000000001",
    "Pstng Date": "31.01.2025",
    "Quantity": "1.200,000",
    "BUn": "KG",
    "Amt.in loc.cur.": "4.812,50",
    "Crcy": "EUR",
}


def test_the_number_of_a_vendor_is_not_its_name(tmp_path):
    found = read(tmp_path, [RECEIPT], kind="links", separator=";", buyer="=Merimont")
    assert links(found, "supplier", "supplier_id", "quantity", "unit", "value", "currency", "date", "document") == [
        ("Spinnerei Belirin GmbH", "100234", 1200, "KG", 4812.5, "EUR", "2025-01-31", "5000000001")
    ]


def test_a_file_with_numbers_for_names_says_that_no_list_could_meet_them(tmp_path):
    rows = [{k: v for k, v in RECEIPT.items() if k != "Name 1 of Vendor"}]
    found = read(tmp_path, rows, kind="links", separator=";", buyer="=Merimont")
    assert links(found, "supplier") == [("100234",)]
    assert any("supplier: no cell has a letter" in n for n in found.row["notes"])


ORDER = {
    "Purchasing Document": "4500000001",
    "Supplier/Supplying Plant": "100234     Spinnerei Belirin GmbH",
    "Short Text": "Cotton yarn",
    "Order Quantity": "1.200,000",
    "Order Unit": "KG",
    "Net Order Value": "4.812,50",
    "Currency": "EUR",
}
SECOND = {
    "Supplier/Supplying Plant": f"100377     {LISTED}",
    "Order Quantity": "500,000",
    "Net Order Value": "1.000,00",
}


def test_a_number_before_each_name_and_sums_without_a_word_are_told_apart(tmp_path):
    units = {"Order Unit": "KG", "Currency": "EUR"}
    total = {"Order Quantity": "1.700,000", "Net Order Value": "5.812,50", **units}
    found = read(tmp_path, [ORDER, ORDER | SECOND, total], kind="links", separator=";", buyer="=Merimont")
    assert links(found, "supplier_id", "supplier") == [("100234", "Spinnerei Belirin GmbH"), ("100377", LISTED)]
    assert [r["problem"] for r in found.refused] == ["is a line of totals: its parts are read"]
    assert not any("refused rows say" in n for n in found.row["notes"])
    # One cent more than rounding: a row of unknown parties, and its value is said.
    other = total | {"Net Order Value": "5.812,60"}
    found = read(tmp_path, [ORDER, ORDER | SECOND, other], kind="links", separator=";", buyer="=Merimont")
    assert any("refused rows say, signs aside: 5,812.6 EUR" in n for n in found.row["notes"])


@pytest.mark.parametrize(
    "heading",
    ["Shipper Email 1", "Supplier rating", "Port of Lading", "Notify Party", "Importer Exporter", "Vendor (old)"],
)
def test_a_heading_that_says_more_than_known_words_is_none_of_a_party(heading):
    assert party_heading(heading) is None


def test_the_currency_of_a_heading_is_that_of_its_figures_whatever_an_invoice_was_in(tmp_path):
    row = {"IMPORTER": "A", "SUPPLIER": "B", "TOTAL VALUE_INR": "3000000", "INVOICE CURRENCY": "USD"}
    assert links(read(tmp_path, [row]), "value", "currency") == [(3_000_000, "INR")]
    price = {"EXPORTER_NAME": "B", "IMPORTER_NAME": "A", "TOTAL_PRICE_IN_USD": "36000", "Currency": "CNY"}
    assert links(read(tmp_path, [price]), "value", "currency") == [(36_000, "USD")]


MADE = {
    "SUPPLIER_NAME": "SHANGHAI TRADE",
    "SUPPLIER_ADDRESS": "1 Bund, Shanghai",
    "IMPORTER_NAME": "Merimont",
    "MANUFACTURER": LISTED,
    "MANUFACTURER_ADDRESS": "Urumqi, Xinjiang",
    "PRODUCT_DESCRIPTION": "PVC",
    "NET_WEIGHT_KG": "20000",
    "TOTAL_VALUE_USD": "16000",
    "DATE": "2025-03-01",
    "INVOICE_NUMBER": "TC-1",
}
OTHERS = (
    MADE | {"MANUFACTURER": "Shanghai Trade", "PRODUCT_DESCRIPTION": "Yarn", "INVOICE_NUMBER": "TC-2"},
    MADE | {"MANUFACTURER": "", "PRODUCT_DESCRIPTION": "Cloth", "INVOICE_NUMBER": "TC-3"},
)


@pytest.mark.parametrize("form", ["shipments", "links"])
def test_who_made_the_goods_supplies_who_sent_them(tmp_path, form):
    path = written(tmp_path, [MADE, *OTHERS])
    desk = Desk(tmp_path / "store")
    loaded = desk.load_supply(path, form=form)
    first, second = loaded.table.to_pylist()
    assert (first["links"], second["links"], second["refused"]) == (3, 1, 0)
    assert any("MANUFACTURER names who made the goods: 1 link" in n and second["file_id"] in n for n in loaded.notes)
    assert not any("MANUFACTURER_ADDRESS is not read" in n for n in loaded.notes)  # the second reading has it
    (link,) = desk.supply_links(file_id=second["file_id"]).table.to_pylist()
    assert (link["supplier"], link["buyer"], link["supplier_address"]) == (LISTED, "SHANGHAI TRADE", "Urumqi, Xinjiang")
    assert (link["material"], link["product"]) == ("PVC", "PVC")
    assert (link["quantity"], link["unit"].casefold(), link["value"]) == (20_000, "kg", None)
    sent = desk.supply_links(file_id=first["file_id"]).table.to_pylist()
    assert {r["supplier_id"] for r in sent} == {link["buyer_id"]}  # so that a path leads through
    assert sum(r["value"] or 0 for r in sent) == 3 * 16_000
    assert len(desk.load_supply(path, form=form).table) == 2
    assert len(desk.supply_files().table) == 2  # loaded twice, it is held once


def test_where_nobody_else_made_the_goods_there_is_no_second_file(tmp_path):
    desk = Desk(tmp_path / "store")
    loaded = desk.load_supply(written(tmp_path, OTHERS), form="shipments")
    assert len(loaded.table) == 1
    said = "who sent them, in each row. What MANUFACTURER_ADDRESS says is not read"
    assert any(said in n for n in loaded.notes)
    unnamed = desk.load_supply(written(tmp_path, [OTHERS[1]], "unnamed.csv"), form="shipments")
    assert not any("who made the goods" in n for n in unnamed.notes)


INVOICE = """\
COMMERCIAL INVOICE,,,,,
Seller:,"Tarim Chemical Co., Ltd.",,Invoice No.:,TC-2025-014,
,No.39 Yangchenghu Rd,,Date:,2025-03-01,
,,,,,
No.,Description of Goods,HS Code,Quantity (KG),Unit Price (USD),Amount (USD)
1,PVC resin SG-5,390410,"24,000",1.50,"36,000.00"
2,PVC resin SG-3,390410,"1,000",1.40,"1,400.00"
TOTAL,,,"25,000",,"37,400.00"
"""


def test_the_rows_of_an_invoice_are_those_below_its_headings_and_no_line_above(tmp_path):
    file = tmp_path / "invoice.csv"
    file.write_text(INVOICE, encoding="utf-8")
    with pytest.raises(UnknownNameError, match="Description of Goods") as refused:
        read_supply(file, {}, kind="links", today=TODAY)
    assert "--column buyer==NAME" in str(refused.value), "who sells stands behind its label"
    sold = read_supply(file, {"buyer": "=Merimont"}, kind="links", today=TODAY)
    assert {(r["supplier"], r["buyer"], r["document"]) for r in sold.links} == {
        ("Tarim Chemical Co., Ltd.", "Merimont", "TC-2025-014")
    }
    found = read_supply(file, {"supplier": "=Tarim", "buyer": "=Merimont"}, kind="links", today=TODAY)
    assert links(found, "material", "quantity", "unit", "value", "currency") == [
        ("PVC resin SG-5", 24_000, "KG", 36_000, "USD"),
        ("PVC resin SG-3", 1_000, "KG", 1_400, "USD"),
    ]
    assert [r["row"] for r in found.refused] == [8]


def test_lines_without_headings_are_no_links_though_both_parties_are_said(tmp_path):
    file = tmp_path / "invoice.csv"
    file.write_text("Invoice No.:,14,,\nGoods of all kinds,,,7\n", encoding="utf-8")
    with pytest.raises(UnknownNameError, match="No row of headings is known"):
        read_supply(file, {"supplier": "=Tarim", "buyer": "=Merimont"}, kind="links", today=TODAY)


@pytest.mark.parametrize(
    "headings", [("Address", "City", "Country"), ("Straße", "Ort", "Land"), ("地址", "城市", "国家")]
)
def test_an_address_that_does_not_say_whose_is_that_of_the_one_party_of_the_file(tmp_path, headings):
    street, city, country = headings
    row = {"Vendor": "Tarim Chemical", "Material": "PVC", "Quantity": "10", "UoM": "kg"}
    row |= {street: "39 Yangchenghu Rd", city: "Urumqi", country: "China", "Country of Origin": "Kazakhstan"}
    found = read(tmp_path, [row], kind="links", buyer="=Merimont")
    assert links(found, "supplier_address", "supplier_country", "origin", "unit") == [
        ("39 Yangchenghu Rd, Urumqi", "China", "Kazakhstan", "kg")
    ]
    # Beside a buyer of the file's own it may be either's.
    both = read(tmp_path, [row | {"Buyer": "Merimont"}], kind="links")
    assert links(both, "supplier_address", "supplier_country") == [(None, None)]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"CardCode": "V1", "CardName": "Tarim", "DocNum": "1001", "DocDate": "2025-01-31", "Dscription": "PVC",
          "Quantity": "24000", "UomCode": "KG", "LineTotal": "36000"}, ("Tarim", "PVC", "KG", 36_000, "1001")),
        ({"Bill Date": "2025-01-31", "Bill Number": "B-1", "Vendor Name": "Tarim", "Item Name": "PVC",
          "Description": "", "Usage unit": "kg", "Quantity": "24000", "Item Total": "36000", "Total": "37400"},
         ("Tarim", "PVC", "kg", 36_000, "B-1")),
        ({"*ContactName": "Tarim", "*InvoiceNumber": "I-1", "*InvoiceDate": "31/01/2025", "Description": "PVC",
          "*Quantity": "24000", "Total": "37400"}, ("Tarim", "PVC", None, None, "I-1")),
    ],
    ids=["SAP Business One", "Zoho Books", "Xero"],
)  # fmt: skip
def test_lines_of_orders_and_bills_are_read_and_the_total_of_a_bill_is_no_value_of_a_line(tmp_path, row, said):
    found = read(tmp_path, [row], kind="links", buyer="=Merimont")
    assert links(found, "supplier", "material", "unit", "value", "document") == [said]
    assert links(found, "date") == [("2025-01-31",)]


def test_the_second_reading_names_the_goods_of_both_links(tmp_path):
    rows = [
        {"Exporter": "Delta", "Importer": "Merimont", "Manufacturer": LISTED, "Goods": "PVC resin", "Value": "900"},
        {"Exporter": "Delta", "Importer": "Merimont", "Manufacturer": "Alfa Mills", "Goods": "Yarn", "Value": "100"},
    ]
    again = read(tmp_path, rows, kind="makers", **read(tmp_path, rows).makers)
    # What the maker supplied goes into what the exporter sent of it, and into nothing else that the exporter sends.
    assert links(again, "supplier", "buyer", "product") == [
        (LISTED, "Delta", "PVC resin"),
        ("Alfa Mills", "Delta", "Yarn"),
    ]


def test_an_option_with_a_space_is_said_as_a_shell_takes_it(tmp_path):
    with pytest.raises(UnknownNameError) as refused:
        read(tmp_path, [{"Exporter ID": "4711", "Importer": "Merimont", "Goods": "PVC"}])
    assert '--column "exporter=Exporter ID"' in str(refused.value)


ITEM = {
    "Acceptance Date": "14/03/2025", "Commodity code": "3904100000", "Consignor name": LISTED, "Entry number": "12A",
    "Importer": "GB987654321000", "Importer name": "MERIMONT LTD", "Invoice currency": "USD",
    "Invoice value": "10500.00", "Item net mass": "1000.000", "Item price": "900.00", "Item price currency": "USD",
    "Goods description": "PVC",
}  # fmt: skip


@pytest.mark.parametrize("kind", ["shipments", "links"])
def test_an_item_of_a_customs_report_has_its_own_price_and_a_named_importer(tmp_path, kind):
    """Items of one invoice each say the whole invoice too, and the importer by a number with letters."""
    second = {"Acceptance Date": "15/03/2025", "Item price": "9600.00", "Item net mass": "7000.000"}
    found = read(tmp_path, [ITEM, ITEM | second], kind=kind)
    assert links(found, "buyer", "value", "currency") == [("MERIMONT LTD", 900, "USD"), ("MERIMONT LTD", 9600, "USD")]
    assert [r["date"] for r in found.links] == ["2025-03-14", "2025-03-15"]


def test_pieces_beside_a_weight_are_not_its_unit(tmp_path):
    row = {
        "Shipper Name": LISTED, "Consignee Name": "Merimont", "Quantity": "40", "Quantity Unit": "BAG",
        "Net Weight": "1000",
    }  # fmt: skip
    assert links(read(tmp_path, [row]), "quantity", "unit") == [(1000, "kg")]
    behind = {"Exporter": LISTED, "Importer": "Merimont", "Net Weight": "1000", "Quantity": "40", "UOM": "PCS"}
    assert links(read(tmp_path, [behind]), "quantity", "unit") == [(1000, "kg")]
    tonnes = {"Exporter": LISTED, "Importer": "Merimont", "Quantity": "40", "Net Weight": "24", "Unit": "t"}
    assert links(read(tmp_path, [tonnes]), "quantity", "unit") == [(24, "t")]


def test_parties_as_declared_and_boxes_of_a_form_are_read_by_their_words(tmp_path):
    row = {
        "Date": "2025-03-14", "BOL Number": "ABCD1", "Consignee Declared": "Merimont", "Shipper Declared": LISTED,
        "Shipper Declared Address": "Urumqi", "HS Code": "390410", "Product Description Declared": "PVC",
    }  # fmt: skip
    found = read(tmp_path, [row])
    assert links(found, "supplier", "supplier_address", "buyer", "document", "material") == [
        (LISTED, "Urumqi", "Merimont", "ABCD1", "PVC")
    ]
    form = {
        "13. Manufacturer ID": "CNXINZHO1URU",
        "26. Importer of Record Name": "Merimont",
        "29. A. HTSUS No.": "3904",
    }
    with pytest.raises(UnknownNameError, match=r"13\. Manufacturer ID holds a number of who it is") as refused:
        read(tmp_path, [form])
    assert '--column "exporter=13. Manufacturer ID"' in str(refused.value)


EDGES = [
    {"source_entity_id": "e1", "source_label": LISTED, "relationship_type": "ships_to", "target_label": "Merimont"},
    {
        "source_entity_id": "e2",
        "source_label": "Merimont",
        "relationship_type": "receives_from",
        "target_label": "Beta",
    },
    {"source_entity_id": "e9", "source_label": "Zhang", "relationship_type": "director_of", "target_label": LISTED},
]


def test_relations_of_a_graph_are_links_in_the_way_that_the_goods_went_and_others_are_refused(tmp_path):
    found = read(tmp_path, EDGES, kind="links")
    assert links(found, "supplier", "buyer") == [(LISTED, "Merimont"), ("Beta", "Merimont")]
    assert [(r["row"], r["problem"]) for r in found.refused] == [(4, "relation 'director of' is no supply")]
    assert found.row["read"] == 3
    taken = read(tmp_path, EDGES, kind="links", relation="=supplies")
    assert len(taken.links) == 3


@pytest.mark.parametrize(
    ("who", "owner"),
    [("Shipper", "Shipper Ultimate Parent"), ("Consignee", "Consignee Parent Company"), ("Shipper", "Shipper Owner")],
)
@pytest.mark.parametrize("kind", ["links", "shipments"])
def test_who_owns_a_party_is_told_with_how_to_have_it_read(kind, who, owner, tmp_path):
    row = {
        "Consignee": "Bar Mills Inc",
        "Shipper": "Foo JSC",
        owner: LISTED,
        "Goods Shipped": "YARN",
        "HS Code": "5205",
    }
    told = [n for n in read(tmp_path, [row], kind).row["notes"] if owner in n and "ownership" in n]
    assert len(told) == 1
    assert LISTED[:30] in told[0]
    assert f'--column owner="{owner}" --column owned="{who}"' in told[0]


def test_an_owner_is_no_supplier_and_no_owner_is_told_where_none_is_named(tmp_path):
    found = read(tmp_path, [{"Shipper Ultimate Parent": LISTED, "Shipper": "Foo JSC", "Consignee": "Bar"}], "links")
    assert links(found, "supplier", "buyer") == [("Foo JSC", "Bar")]
    plain = read(tmp_path, [{"Shipper": "Foo JSC", "Consignee": "Bar"}], "links")
    assert not any("ownership" in n for n in plain.row["notes"])


def test_a_list_of_declarations_of_atlas_is_read(tmp_path):
    row = {"MRN": "26DE7301B000012345", "Datum der Überlassung": "03.11.2025", "Versender/Ausführer": "Foo Yarn",
           "Versender Land": "HK", "Empfänger": "Muster GmbH", "Warentarifnummer": "52052200", "Ursprungsland": "CN",
           "Eigenmasse kg": "5200,5", "Rechnungspreis": "21000,00", "Währung": "USD"}  # fmt: skip
    found = read(tmp_path, [row], separator=";")
    assert links(found, "supplier", "buyer", "quantity", "value", "currency", "date", "origin") == [
        ("Foo Yarn", "Muster GmbH", 5200.5, 21000.0, "USD", "2025-11-03", "CN")
    ]


@pytest.mark.parametrize("kind", ["links", "shipments"])
def test_a_heading_that_says_a_name_stands_as_it_was_given_is_that_of_the_party(kind, tmp_path):
    """Vendors of bills of lading print "Shipper (Original Format)" beside a name that they have made uniform."""
    row = {"Shipper (Original Format)": "Foo JSC", "Consignee (Original Format)": "Bar", "Goods Shipped": "YARN"}
    assert links(read(tmp_path, [row | {"HS Code": "5205"}], kind), "supplier", "buyer") == [("Foo JSC", "Bar")]
