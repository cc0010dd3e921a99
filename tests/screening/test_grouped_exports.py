"""Reports that are grouped, screened: heads of groups are nobody, and the number of a vendor is no paper's.

1C's list of counterparties with its folders, SAP's list of purchases by vendor (number and name in one cell), Tally's
summary of creditors, Kingdee's, UFIDA's (U8, NC, T+) and Jingdou's exports with their serial and voucher numbers.
"""

import pytest
from openpyxl import Workbook

from entrepot.desk.desk import Desk
from entrepot.screening.parties.parties import read_parties

LISTED = "Xinjiang Zhongtai Chemical Co., Ltd."
LISTED_ZH, WEAVER, TRADER = "新疆中泰化学股份有限公司", "宁波远东纺织有限公司", "青岛海达进出口有限公司"


def book(path, rows):
    made = Workbook()
    for row in rows:
        made.active.append(row)
    made.save(path)
    return path


FOLDERS = [
    ["Контрагенты"],
    [],
    ["Наименование", "ИНН", "Полное наименование", "Страна регистрации"],
    ["Поставщики"],
    ["Альфа Снаб ООО", "7701234567", 'ООО "Альфа Снаб"', "РОССИЯ"],
    ["Zhongtai", None, LISTED, "КИТАЙ"],
    ["Прочие"],
    ["Подотчетные лица"],
    ["Пример Иван Иванович", "770112345678", "Пример Иван Иванович", "РОССИЯ"],
]
TALLY = [
    ["Harrow Trading Pvt Ltd"],
    ["Group Summary"],
    ["1-Apr-26 to 31-Oct-26"],
    ["Particulars", "Closing Balance", None],
    [None, "Debit", "Credit"],
    ["Foreign Suppliers", None, 108700.5],
    [LISTED, None, 96200.5],
    ["Kinetic Drivetrain GmbH", None, 12500],
    ["Local Suppliers", None, 5000],
    ["Vector Transport Pvt. Ltd.", None, 5000],
    ["Grand Total", None, 113700.5],
]


@pytest.mark.parametrize(("rows", "said", "named"), [(FOLDERS, 3, 3), (TALLY, 2, 3)], ids=["1C", "Tally"])
def test_what_parties_are_called_together_is_nobody_and_is_named(tmp_path, rows, said, named):
    parties = read_parties(book(tmp_path / "list.xlsx", rows))
    groups = {"Поставщики", "Прочие", "Подотчетные лица", "Foreign Suppliers", "Local Suppliers"}
    assert not {p.name for p in parties.each()} & groups
    assert len(list(parties.each())) == named
    assert any(f"{said} are headings of groups" in n for n in parties.notes)
    assert any("screened as nobody" in n and rows[3 if rows is FOLDERS else 5][0] in n for n in parties.notes)


def test_a_vendor_that_is_called_as_groups_are_is_one_where_more_is_told(tmp_path):
    rows = [["Наименование", "ИНН", "Адрес"], ["Партнеры", "7701234567", "Москва"], ["Альфа ООО", "7801234567", "Омск"]]
    assert [p.name for p in read_parties(book(tmp_path / "list.xlsx", rows)).each()] == ["Партнеры", "Альфа ООО"]


SAP = [
    ["Purchasing Documents per Vendor"],
    [],
    ["Vendor/supplying plant", "Purchasing Document", "Short Text", "Order Quantity", "Order Unit", "Currency"],
    [f"100231     {LISTED}"],
    [None, "4500001234", "PVC", 20000, "KG", "EUR"],
    [None, "4500001240", "PVC", 5000, "KG", "EUR"],
    ["100377     Kinetic Drivetrain GmbH"],
    [None, "4500001301", "Chain set", 100, "PC", "EUR"],
]


def test_a_listed_vendor_behind_its_number_is_met(tmp_path):
    found = Desk(tmp_path / "store").screen(book(tmp_path / "me2l.xlsx", SAP), lists=["uflpa"])
    met = {(r["party"], r["party_key"], r["row"]) for r in found.table.to_pylist() if r["kind"] == "listing"}
    assert met == {(LISTED, "100231", 5), (LISTED, "100231", 6)}


def test_names_that_begin_with_a_number_of_their_own_are_whole(tmp_path):
    rows = [["Vendor", "City"], ["1000 Islands Ltd", "Gananoque"], ["Alfa Mills", "Kassel"], ["Beta Mills", "Jena"]]
    assert next(read_parties(book(tmp_path / "list.xlsx", rows)).each()).name == "1000 Islands Ltd"


STATEMENT = [
    ["Поставщик", "Приход", "Расход"],
    ["Документ расчетов"],
    [LISTED, "20 000,00", None],
    ["Поступление товаров и услуг 0000-000012 от 03.02.2026 12:00:00", "20 000,00", None],
]


@pytest.mark.parametrize(
    ("rows", "name"), [(SAP, "Vendor/supplying plant"), (STATEMENT, "Поставщик")], ids=["SAP", "1C"]
)
def test_columns_that_were_guessed_can_be_named_and_mapped(tmp_path, rows, name):
    """Headings that the reading gives stand in no row of the file, and are found there again."""
    file, desk = book(tmp_path / "report.xlsx", rows), Desk(tmp_path / "store")
    guessed = read_parties(file)
    named = read_parties(file, [name])
    assert [p.name for p in named.each()] == [p.name for p in guessed.each()]
    mapping = tmp_path / "columns.csv"
    desk.screen(file, lists=["uflpa"], columns=True, out=mapping)
    met = desk.screen(file, lists=["uflpa"], mapping=mapping).table.to_pylist()
    assert {r["party"] for r in met if r["kind"] == "listing"} == {LISTED}


def of(*numbers):
    return dict(zip((LISTED_ZH, WEAVER, TRADER), numbers, strict=True))


CODES = of("GYS-008", "GYS-011", "GYS-013")
U8 = ["序号", "供应商编码", "供应商名称", "所属分类码", "地址"]
CLOUD = ["序号", "编码", "名称", "使用组织"]
LEDGER = ["行号", "日期", "凭证字号", "单据编号", "往来单位编码", "往来单位", "摘要", "金额"]
TPLUS = ["序号", "单位编码", "往来单位", "期初余额", "期末余额"]
JINGDOU = ["采购单据号", "行号", "供应商编号", "供应商", "商品编码", "商品名称", "数量", "购货金额"]
NC = ["凭证号", "序号", "科目编码", "客商编码", "客商", "借方", "贷方"]
VALUES = {
    "所属分类码": "01", "地址": "北仑区", "使用组织": "总公司", "日期": "2026-01-12", "摘要": "采购", "金额": 9770,
    "期初余额": 0, "期末余额": 12, "商品名称": "布", "数量": 3, "购货金额": 9770, "借方": 0, "贷方": 9770,
    "科目编码": "220201",
}  # fmt: skip
OF_PARTY = {"供应商编码", "编码", "往来单位编码", "单位编码", "供应商编号", "客商编码"}
NAMES = {"供应商名称", "名称", "往来单位", "供应商", "客商"}


def cell(heading, at, name):
    if heading in NAMES:
        return name
    if heading in OF_PARTY:
        return CODES[name]
    if heading in VALUES:
        return VALUES[heading]
    return (3, 7, 12)[at] if heading in {"序号", "行号"} else f"{heading[:2]}{(12, 31, 35)[at]:04}"


@pytest.mark.parametrize("head", [U8, CLOUD, LEDGER, TPLUS, JINGDOU, NC], ids=["U8", "cloud", "K/3", "T+", "jd", "NC"])
def test_the_own_number_is_the_code_and_no_serial_or_voucher_number(tmp_path, head):
    rows = [[cell(h, at, name) for h in head] for at, name in enumerate(CODES)]
    parties = read_parties(book(tmp_path / "list.xlsx", [head, *rows]))
    assert {p.name: p.key for p in parties.each()} == CODES


def test_where_only_papers_are_numbered_no_number_is_a_partys(tmp_path):
    head = ["行号", "入库单号", "入库日期", "供应商", "存货名称", "数量", "金额"]
    rows = [
        [at, f"{at:010}", "2026-01-12", name, "布", 3, 9] for at, name in ((3, LISTED_ZH), (7, WEAVER), (9, TRADER))
    ]
    parties = read_parties(book(tmp_path / "receipts.xlsx", [head, *rows]))
    assert [(p.name, p.key) for p in parties.each()] == [(LISTED_ZH, None), (WEAVER, None), (TRADER, None)]
    english = [
        ["Date", "Ref. No.", "Party's Name", "Amount"],
        ["1-Jan-26", "HS-1", LISTED, 2],
        ["2-Jan-26", "K-1", "Ab Ltd", 3],
    ]
    assert {p.key for p in read_parties(book(tmp_path / "bills.xlsx", english)).each()} == {None}


SUMMED = [
    ["Vendor", "Document", "Spend USD"],
    ["Harrow Trading Pvt Ltd", "P1", 1250],
    ["Harrow Trading Pvt Ltd", "P2", 1250],
    ["Harrow Trading Pvt Ltd Total", None, 2500],
    ["Vector", "P3", 125],
    ["Vector Total Logistics", "P4", 125],
    ["Vector Total Logistics Total", None, 125],
    ["Grand Total", None, 2750],
]


def test_the_sums_that_a_spreadsheet_puts_under_each_name_are_nobody(tmp_path):
    parties = read_parties(book(tmp_path / "summed.xlsx", SUMMED))
    assert {p.name for p in parties.each()} == {"Harrow Trading Pvt Ltd", "Vector", "Vector Total Logistics"}
    assert any("3 are totals" in n for n in parties.notes)
