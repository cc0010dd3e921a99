"""Files whose rows go on with the row above: Odoo's lines of an order, vendors in rows of their own, SAP's ruled lists.

Each file stands as its system exports it; what it says in links and in value is counted by hand.
"""

import pytest
from openpyxl import Workbook

from entrepot.core.errors import BadInputError
from entrepot.desk.desk import Desk

BUYER = {"buyer": "=Merimont"}
ODOO = """"Order Reference","Vendor/Name","Vendor/Country","Confirmation Date","Currency","Order Lines/Product",\
"Order Lines/Quantity","Order Lines/Unit of Measure","Order Lines/Subtotal","Order Lines/Scheduled Date"
"P00012","Example Gin Co.","China","2024-03-02 08:15:00","USD","[YRN-30] Yarn","1200.0","kg","5040.0","2024-03-20"
"","","","","","[YRN-40] Yarn","800.0","kg","3920.0","2024-03-20"
"P00013","Sample Buttons","Türkiye","2024-03-05 10:00:00","USD","[BTN-1] Buttons","10000.0","Units","450.0","2024-03-25"
"","","","","","[ZIP-2] Zips","5000.0","Units","1250.0","2024-03-25"
"","","","","","[THR-9] Thread","40.0","kg","320.0","2024-03-25"
"P00014","Sample Mills Ltd","Pakistan","2024-03-09 09:30:00","USD","[FAB-7] Poplin","3000.0","m","6600.0","2024-04-01"
"""
QUICKBOOKS = """Example Apparel Inc.
Purchases by Vendor Detail
January - March 2024

,Date,Transaction Type,Num,Product/Service,Memo/Description,Qty,Rate,Amount,Balance
Example Gin Co.,,,,,,,,,
,03/02/2024,Bill,1001,Yarn 30,,1200,4.20,"5,040.00","5,040.00"
,03/18/2024,Bill,1003,Yarn 40,,800,4.90,"3,920.00","8,960.00"
Total for Example Gin Co.,,,,,,2000,,"$8,960.00",
Sample Mills Ltd,,,,,,,,,
,03/19/2024,Bill,1002,Poplin,,3000,2.20,"6,600.00","6,600.00"
Total for Sample Mills Ltd,,,,,,3000,,"$6,600.00",
TOTAL,,,,,,5000,,"$15,560.00",
"""
SAP = """29.11.2024                Einkaufsbelege zum Lieferanten                   1
-------------------------------------------------------------------------------------------------------------
|Lieferant |Name 1          |Einkaufsbeleg|Belegdatum|Kurztext          |Bestellmenge|BME|Nettowert   |Währg|
-------------------------------------------------------------------------------------------------------------
|100045    |Example Gin     |4500001234   |02.03.2024|Garn Ne 30        |   1.200,000|KG |    5.040,00|USD  |
|100045    |Example Gin     |4500001234   |02.03.2024|Garn Ne 40        |     800,000|KG |    3.920,00|USD  |
|100077    |Sample Buttons  |4500001241   |06.03.2024|Knöpfe Rücksendung|     500,000-|ST |       22,50-|USD  |
|*         |                |             |          |                  |            |   |    8.937,50|USD  |
-------------------------------------------------------------------------------------------------------------
"""
RUSSIAN = """Отчет по поступлениям;;;;;;
;;;;;;
Контрагент;Документ поступления;Дата;Номенклатура;Количество;Ед. изм.;Сумма
ООО "Ткани Востока";;;;;;
;Поступление 0001;02.03.2024;Пряжа;1 200,000;кг;453 600,00
;Поступление 0004;12.03.2024;Нить;40,000;кг;12 000,00
АО "Пример";;;;;;
;Поступление 0002;05.03.2024;Смола;20 000,000;кг;1 840 000,00
Итого;;;;21 240,000;;2 305 600,00
"""
KINGDEE = """采购入库单列表,,,,,,
单据日期,单据编号,供应商,物料名称,实收数量,库存单位,价税合计
2024-03-02,CGRK000123,例子色纺有限公司,棉纱,"1,200.00",千克,"36,288.00"
2024-03-05,CGRK000124,例子纽扣有限公司,纽扣,"10,000.00",个,"3,240.00"
合计,,,,"11,200.00",,"39,528.00"
"""


@pytest.fixture
def loaded(tmp_path):
    """What a file says, read into a store of its own."""
    desk = Desk(tmp_path / "store")

    def load(text, encoding="utf-8", columns=BUYER):
        file = tmp_path / "export.csv"
        file.write_bytes(text.encode(encoding))
        answer = desk.load_supply(file, encoding="" if encoding in {"utf-8", "gb18030"} else encoding, columns=columns)
        return answer.table.to_pylist()[0], desk.supply_links().table.to_pylist(), " ".join(answer.notes)

    return load


def totals(links):
    found = {}
    for link in links:
        found[link["supplier"]] = found.get(link["supplier"], 0) + (link["value"] or 0)
    return found


def test_lines_of_an_order_are_of_the_vendor_above_them(loaded):
    row, links, notes = loaded(ODOO)
    assert (row["read"], row["taken"], row["refused"]) == (6, 6, 0)
    assert totals(links) == {"Example Gin Co.": 8_960, "Sample Buttons": 2_020, "Sample Mills Ltd": 6_600}
    assert {x["document"] for x in links if x["supplier"] == "Sample Buttons"} == {"P00013"}
    assert {(x["material"], x["quantity"], x["unit"]) for x in links} >= {("[THR-9] Thread", 40, "kg")}
    assert {x["date"] for x in links} == {"2024-03-02", "2024-03-05", "2024-03-09"}
    assert "3 rows go on with what a row above says" in notes
    assert "Order Lines/Scheduled Date is not read" in notes


def test_a_vendor_in_a_row_of_its_own_is_that_of_the_rows_below(loaded):
    row, links, notes = loaded(QUICKBOOKS)
    assert (row["read"], row["taken"], row["refused"]) == (6, 3, 3)
    assert totals(links) == {"Example Gin Co.": 8_960, "Sample Mills Ltd": 6_600}
    assert {x["document"] for x in links} == {"1001", "1002", "1003"}
    assert "2 rows only name whom those below are of" in notes
    assert "what the refused rows say" not in notes  # sums are worth nothing of their own


def test_when_a_report_was_printed_is_no_vendor(loaded):
    text = QUICKBOOKS + '\n"Sunday, November 29, 2026 10:41 AM GMT-07:00",,,,,,,,,\n'
    row, links, notes = loaded(text)
    assert (row["taken"], row["refused"]) == (3, 3)
    assert totals(links) == {"Example Gin Co.": 8_960, "Sample Mills Ltd": 6_600}
    assert "1 row says when the file was made" in notes


ZOHO = """Purchases by vendor,,,,
date,transaction#,item name,quantity,amount
Example Gin Co.,,,,
2024-03-02,B-1001,Yarn 30,1200,"5,040.00"
2024-03-18,B-1003,Yarn 40,800,"3,920.00"
Sample Mills Ltd,,,,
2024-03-19,B-1002,Poplin,3000,"6,600.00"
Total,,,5000,"15,560.00"
"""
GROUPED = """Vendor,Number,Bill Date,Product,Quantity,Amount
Example Gin Co. (2),,,,2000,8960.00
,B-1001,2024-03-02,Yarn 30,1200,"5,040.00"
,B-1003,2024-03-18,Yarn 40,800,"3,920.00"
Sample Mills Ltd (1),,,,3000,6600.00
,B-1002,2024-03-19,Poplin,3000,"6,600.00"
"""


@pytest.mark.parametrize("text", [ZOHO, GROUPED], ids=["under the days", "with a count and sums"])
def test_a_vendor_over_its_bills_is_theirs_and_nothing_counts_twice(loaded, text):
    _, links, _ = loaded(text)
    assert totals(links) == {"Example Gin Co.": 8_960, "Sample Mills Ltd": 6_600}
    assert {x["date"] for x in links} == {"2024-03-02", "2024-03-18", "2024-03-19"}
    assert sum(x["quantity"] for x in links) == 5_000


def test_a_first_column_without_a_heading_that_names_nobody_is_no_party(loaded):
    text = ",Date,Num,Product/Service,Qty,Amount\n1,03/19/2024,77,Yarn,5,20\n2,03/20/2024,78,Yarn,5,20\n"
    with pytest.raises(BadInputError, match="supplier"):
        loaded(text)


def test_ruled_lists_give_the_name_beside_the_number(loaded):
    row, links, notes = loaded(SAP, "cp1252")
    assert (row["read"], row["taken"], row["refused"]) == (4, 2, 2)
    assert totals(links) == {"Example Gin": 8_960}
    assert {x["supplier_id"] for x in links} == {"100045"}
    assert "2 ruled lines are no rows" in notes
    assert "signs aside: 22.5 USD" in notes


def test_counterparties_of_a_russian_report_go_over_their_documents(loaded):
    row, links, _ = loaded(RUSSIAN, "cp1251")
    assert (row["taken"], row["refused"]) == (3, 1)
    assert totals(links) == {'ООО "Ткани Востока"': 465_600, 'АО "Пример"': 1_840_000}


def test_a_total_under_the_dates_is_a_total(loaded):
    row, links, notes = loaded(KINGDEE, "gb18030")
    assert (row["read"], row["taken"], row["refused"]) == (3, 2, 1)
    assert sum(x["value"] for x in links) == 39_528
    assert {x["unit"] for x in links} == {"千克", "个"}
    assert "what the refused rows say" not in notes


def test_the_same_file_read_otherwise_takes_the_place_of_the_first_reading(tmp_path):
    desk = Desk(tmp_path / "store")
    file = tmp_path / "links.csv"
    file.write_text("supplier,Kunde A,Kunde B,material\nGin,Mill,Works,lint\n", encoding="utf-8")
    desk.load_supply(file, columns={"buyer": "Kunde A"})
    again = desk.load_supply(file, columns={"buyer": "Kunde B"})
    assert any("this reading takes its place" in n for n in again.notes)
    assert [x["buyer"] for x in desk.supply_links().table.to_pylist()] == ["Works"]
    assert any("nothing changed" in n for n in desk.load_supply(file, columns={"buyer": "Kunde B"}).notes)
    assert desk.supply_files().num_rows == 1


def test_a_total_is_none_of_the_rows_where_both_parties_are_said_of_all(loaded):
    text = "PACKING LIST,,,\nMarks,Description of goods,N.W. (kgs),Invoice\n1-50,Poplin,610.5,INV-1\nTOTAL,,610.5,\n"
    columns = {"supplier": "=Sample Mills", "buyer": "=Merimont"}
    row, links, notes = loaded(text, columns=columns)
    assert (row["taken"], row["refused"]) == (1, 1)
    assert [x["material"] for x in links] == ["Poplin"]
    assert "is a line of totals" in notes


def test_edges_of_a_graph_with_the_currency_in_the_heading(loaded):
    text = (
        "src_name,src_country,dst_name,dst_country,hs6,product_desc,first_date,last_date,shipment_count,value_usd\n"
        "Example Gin,CN,Sample Mills,PK,520100,cotton lint,2023-01-02,2024-02-03,12,50000\n"
        "Sample Mills,PK,Merimont,DE,520832,poplin,2023-01-02,2024-02-03,3,70000\n"
    )
    row, links, _ = loaded(text, columns={})
    assert (row["taken"], row["refused"]) == (2, 0)
    assert {(x["supplier"], x["buyer"], x["value"], x["currency"]) for x in links} == {
        ("Example Gin", "Sample Mills", 50_000, "USD"),
        ("Sample Mills", "Merimont", 70_000, "USD"),
    }


def test_a_file_that_is_cut_off_says_so(loaded):
    whole = "supplier,buyer,material,value,currency\nGin,Mill,lint,5000,USD\nMill,Works,yarn,4400.50,USD\n"
    assert "cut off" not in loaded(whole)[2]
    assert "cut off" not in loaded(whole.rstrip("\n"))[2]
    _, _, notes = loaded(whole[:-10])
    assert "The file ends within line 3: it was cut off" in notes
    assert "Line 3 has 4 cells where the heading has 5" in notes


def test_an_export_of_two_hundred_columns_names_the_first_that_are_not_read(loaded):
    more = [f"custom {i}" for i in range(194)]
    text = ",".join(["supplier", "buyer", "material", *more]) + "\n" + ",".join(["Gin", "Mill", "lint", *more]) + "\n"
    row, _, notes = loaded(text, columns={})
    assert row["taken"] == 1
    assert "194 columns are not read, the first of them custom 0" in notes
    assert notes.count("is not read") == 0


def test_a_name_merged_over_rows_is_of_each_and_an_amount_counts_once(tmp_path):
    book = Workbook()
    sheet = book.active
    for row in (
        ["Supplier report"],
        ["Supplier", "Buyer", "Material", "Amount", "Currency"],
        ["Sample Mills", "Merimont", "poplin", 5040.5, "USD"],
        [None, None, "twill", None, None],
        ["Example Gin", "Merimont", "lint", 100, "USD"],
    ):
        sheet.append(row)
    for merged in ("A1:E1", "A3:A4", "B3:B4", "D3:D4", "E3:E4"):
        sheet.merge_cells(merged)
    book.save(tmp_path / "merged.xlsx")
    desk = Desk(tmp_path / "store")
    row = desk.load_supply(tmp_path / "merged.xlsx").table.to_pylist()[0]
    links = desk.supply_links().table.to_pylist()
    assert (row["read"], row["taken"], row["refused"]) == (3, 3, 0)
    assert totals(links) == {"Sample Mills": 5_040.5, "Example Gin": 100}
    assert [x["material"] for x in links if x["supplier"] == "Sample Mills"] == ["poplin", "twill"]


def test_bills_with_lines_are_known_by_their_own_words(loaded):
    text = (
        '"Number","Invoice Partner Display Name","Invoice/Bill Date","Currency","Invoice lines/Product",'
        '"Invoice lines/Label","Invoice lines/Quantity","Invoice lines/Subtotal"\n'
        '"BILL/0001","Example Gin","2024-03-02","USD","[YRN] Yarn","Ne 30","1200","5040.0"\n'
        '"","","","","[YRN] Yarn","Ne 40","800","3920.0"\n'
    )
    row, links, notes = loaded(text)
    assert row["taken"] == 2
    assert totals(links) == {"Example Gin": 8_960}
    assert {(x["material"], x["product"], x["document"]) for x in links} == {("[YRN] Yarn", None, "BILL/0001")}
    assert "Invoice lines/Label is not read" in notes


def test_the_name_of_a_supplier_stands_before_its_number(loaded):
    text = (
        "Purchase Order,Supplier,Name of Supplier,Short Text,Net Order Value,Currency\n45001,100045,Gin,Yarn,5040,USD\n"
    )
    _, links, _ = loaded(text)
    assert [(x["supplier"], x["supplier_id"], x["document"]) for x in links] == [("Gin", "100045", "45001")]


@pytest.mark.parametrize(
    ("days", "read"),
    [
        (("03/02/24", "03/19/24"), ["2024-03-02", "2024-03-19"]),
        (("24/03/02", "24/03/05"), []),  # of which either end may be the year
        (("03/02/24", "04/05/24"), []),
    ],
)
def test_a_short_year_is_read_only_where_the_month_is_known_to_stand_first(loaded, days, read):
    text = "supplier,material,date\n" + "".join(f"Gin,lint,{day}\n" for day in (*days, "2024-01-01"))
    _, links, _ = loaded(text)
    assert sorted(x["date"] for x in links) == ["2024-01-01", *read]
