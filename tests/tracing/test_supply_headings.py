"""Files of supply as systems export them, in their own headings: what is read, refused, and what that is worth."""

from __future__ import annotations

from datetime import date

import pytest

from entrepot.core.errors import UnknownNameError
from entrepot.core.tables.packaged import packaged_rows
from entrepot.intake.heading_row import folded
from entrepot.tracing.supply.contract import SUPPLY_HEADINGS
from entrepot.tracing.supply.read_supply import TABLES, read_supply

TODAY = date(2026, 1, 1)

# A list of goods receipts of an SAP system in Germany: a title, an empty line, semicolons, commas of fractions, minus
# behind, days between points, lines of sums with an asterisk.
SAP = """\
Materialbelegliste;;;;;;;;;;
Werk 1000   31.12.2025   10:02:11;;;;;;;;;;

Lieferant;Name des Lieferanten;Material;Materialkurztext;Menge;BME;Nettowert;Währg;Buchungsdatum;Materialbeleg;Herkunft
100234;Spinnerei Belirin GmbH;4711;Baumwollgarn Nm 40;1.200,000;KG;4.812,50;EUR;31.01.2025;5000001;TR
100234;Spinnerei Belirin GmbH;4711;Baumwollgarn Nm 40;200,000-;KG;802,08-;EUR;05.02.2025;5000002;TR
100377;Knopf & Mehr KG;4790;Knöpfe;12.500;ST;1.300,00;EUR;00.00.0000;5000003;IT
*;;;;;;5.310,42;EUR;;;
**;;;;;;5.310,42;EUR;;;
"""

# A report of receipts of Oracle: headings of fields, days with the name of the month, negatives in brackets.
ORACLE = """\
Receiving Transactions Report,,,,,,,,
Supplier,Supplier Number,Item Description,Quantity Received,UOM,Amount,Currency,Transaction Date,PO Number,Customer
Yaravik Garments Ltd,30021,Cotton shirt,"1,200.00",EA,"14,400.00",USD,31-JAN-2025,PO-77,Merimont
Yaravik Garments Ltd,30021,Cotton shirt,(50.00),EA,(600.00),USD,03-FEB-25,PO-78,Merimont
Kasavik Cells JSC,30022,Solar cell,900.50,EA,"8,100.00",USD,14-MAR-25,PO-79,Merimont
,,,Total,,"21,900.00",,,,
"""

# A list of receipts of a system in China, with the line of sums under each page.
CHINA = """\
采购入库单列表,,,,,,,
供应商编码,供应商名称,物料名称,实收数量(千克),价税合计,币别,入库日期,单据编号,客户名称
V001,阿克苏 Example 纺织有限公司,棉纱,"1,200.00","33,600.00",CNY,2025-01-31,RK2501001,青岛 Example 服装有限公司
V002,江苏 Example 染整有限公司,染料,300,"9,000.50",CNY,2025年2月3日,RK2502007,青岛 Example 服装有限公司
V002,江苏 Example 染整有限公司,染料,0,0,CNY,2025/2/4,RK2502008,青岛 Example 服装有限公司
,合计,,"1,500.00","42,600.50",,,,
"""


def read(folder, text, kind="links", **columns):
    file = folder / "file.csv"
    file.write_text(text, encoding="utf-8")
    return read_supply(file, columns, kind=kind, today=TODAY)


def links(found, *columns):
    return [tuple(r[c] for c in columns) for r in found.links]


def test_a_list_of_sap_is_read_by_its_own_headings(tmp_path):
    found = read(tmp_path, SAP, buyer="=Merimont GmbH")
    assert links(
        found, "row", "supplier", "supplier_id", "material", "quantity", "unit", "value", "date", "origin"
    ) == [
        (5, "Spinnerei Belirin GmbH", "100234", "Baumwollgarn Nm 40", 1200, "KG", 4812.5, "2025-01-31", "TR"),
        (7, "Knopf & Mehr KG", "100377", "Knöpfe", 12500, "ST", 1300, None, "IT"),
    ]
    assert {r["buyer"] for r in found.links} == {"Merimont GmbH"}
    assert (found.row["read"], found.row["taken"], found.row["refused"]) == (5, 2, 3)
    assert [(r["row"], r["problem"]) for r in found.refused] == [
        (6, "quantity is '200,000-'"),
        (8, "is a line of totals: its parts are read"),
        (9, "is a line of totals: its parts are read"),
    ]
    # The return is worth something, the sums are not: each counts what is counted already.
    assert "what the refused rows say, signs aside: 802.08 EUR" in found.row["notes"]
    assert "the column Material is not read" in found.row["notes"]


def test_a_report_of_oracle_is_read_by_its_own_headings(tmp_path):
    found = read(tmp_path, ORACLE)
    assert links(found, "supplier", "supplier_id", "material", "quantity", "value", "date", "document", "buyer") == [
        ("Yaravik Garments Ltd", "30021", "Cotton shirt", 1200, 14400, "2025-01-31", "PO-77", "Merimont"),
        ("Kasavik Cells JSC", "30022", "Solar cell", 900.5, 8100, "2025-03-14", "PO-79", "Merimont"),
    ]
    assert [r["row"] for r in found.refused] == [4, 6]
    assert "what the refused rows say, signs aside: 600 USD" in found.row["notes"]


def test_a_list_of_a_chinese_system_is_read_by_its_own_headings(tmp_path):
    found = read(tmp_path, CHINA)
    assert links(found, "supplier_id", "material", "quantity", "unit", "value", "date", "document") == [
        ("V001", "棉纱", 1200, "千克", 33600, "2025-01-31", "RK2501001"),
        ("V002", "染料", 300, "千克", 9000.5, "2025-02-03", "RK2502007"),
    ]
    assert [(r["row"], r["problem"]) for r in found.refused] == [
        (5, "quantity is '0'"),
        (6, "is a line of totals: its parts are read"),
    ]


@pytest.mark.parametrize(
    ("headings", "cells"),
    [
        ("Fournisseur;Client;Désignation;Quantité;Unité;Montant HT;Devise;Date facture;N° facture", "31/01/2025"),
        ("PROVEEDOR;CLIENTE;DESCRIPCIÓN DEL MATERIAL;CANTIDAD;UM;IMPORTE;MONEDA;FECHA;Nº FACTURA", "31.01.2025"),
        ("Поставщик;Покупатель;Номенклатура;Количество;Ед. изм.;Сумма;Валюта;Дата документа;Номер документа",
         "31.01.2025"),
        ("Lieferant;Kunde;Artikelbezeichnung;Menge;Mengeneinheit;Betrag;Währung;Belegdatum;Belegnummer", "31.01.2025"),
    ],
)  # fmt: skip
def test_headings_of_other_languages(tmp_path, headings, cells):
    found = read(tmp_path, f"{headings}\nA GmbH;B S.A.;yarn;1,5;kg;3,25;EUR;{cells};77\n")
    assert links(
        found, "supplier", "buyer", "material", "quantity", "unit", "value", "currency", "date", "document"
    ) == [("A GmbH", "B S.A.", "yarn", 1.5, "kg", 3.25, "EUR", "2025-01-31", "77")]


def test_other_kinds_of_file_have_headings_too(tmp_path):
    found = read(
        tmp_path, "付款人,收款人,金额,币种,付款日期,发票号码\n甲公司,乙公司,100.5,CNY,2025-01-31,F1\n", "payments"
    )
    assert found.tables["supply_payments"][0]["invoice"] == "F1"
    made = read(tmp_path, "Werk;Bewegungsart;Auftrag;Charge;Material;Menge;ME;Buchungsdatum\n"
                          "1000;261;A1;C1;Garn;10;KG;31.01.2025\n1000;101;A1;C2;Gewebe;9,5;KG;31.01.2025\n"
                          "1000;999;A1;C2;Gewebe;9,5;KG;31.01.2025\n", "production")  # fmt: skip
    assert [(r["act"], r["lot"]) for r in made.tables["supply_lots"]] == [("used", "C1"), ("made", "C2")]
    assert made.refused[0]["problem"] == "act is '999'"
    declared = read(tmp_path, "Отправитель;Получатель;Код ТН ВЭД;Вес нетто, кг;Страна происхождения\n"
                              "А;Б;5205120000;1000;Узбекистан\n", "shipments")  # fmt: skip
    assert (declared.links[0]["quantity"], declared.links[0]["unit"]) == (1000, "кг")  # as the heading says


def test_our_own_names_go_before_headings_on_record(tmp_path):
    found = read(tmp_path, "supplier,vendor,buyer,customer name,date,order date\nA,X,B,Y,2025-01-01,2024-01-01\n")
    assert links(found, "supplier", "buyer", "date") == [("A", "B", "2025-01-01")]


def test_what_is_not_on_record_is_asked_for(tmp_path):
    with pytest.raises(UnknownNameError, match="--column buyer==NAME"):
        read(tmp_path, "Lieferant;Betrag\nA;5\n")


def test_a_party_that_is_called_as_a_sum_is_taken_where_a_paper_tells_of_it(tmp_path):
    found = read(tmp_path, "supplier,buyer,document,value\nTotal,B,F1,5\nTotal,B,,5\n")
    assert (found.row["links"], found.row["refused"]) == (1, 1)


def test_no_heading_on_record_is_of_two_columns_that_one_kind_needs():
    """Else one file could be read in two ways."""
    told = {}
    for row in packaged_rows(SUPPLY_HEADINGS):
        for heading in row["headings"]:
            told.setdefault(folded(heading), set()).add(row["column"])
    for kind in TABLES.values():
        assert not [h for h, some in told.items() if len(some & set(kind.needed)) > 1]
    assert {c for some in told.values() for c in some} <= {c for k in TABLES.values() for c in k.columns}
