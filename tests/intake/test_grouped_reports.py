"""Reports grouped by whom they are of: heads are no rows, sums are none, and the figures of what is read add up.

The layouts are those that systems print: QuickBooks Online's "Transaction List by Vendor" (a column without a heading,
"Total for" behind each vendor), QuickBooks' of the desk, Zoho's and Xero's (the vendor in the column of the days),
Odoo's lists by group ("Foo (2)"), 1C's turnover by account, counterparty and contract (three headings over one column,
levels in the outline of the sheet). Names are invented but for a listed one.
"""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from entrepot.intake.groups.headed_rows import under_heads
from entrepot.intake.open_table import opened
from entrepot.intake.reading_options import ReadingOptions
from entrepot.intake.text_table import TextTable
from entrepot.screening.parties.party_columns import heading_words

SILICON, CHAINS = "Example Silicon Co., Ltd.", "Kinetic Drivetrain GmbH"
QUICKBOOKS = f"""Transaction List by Vendor,,,,,
Harrow Trading LLC,,,,,
"January 1-October 31, 2026",,,,,

,Date,Transaction type,Num,Memo/Description,Amount
"{SILICON} (2)",,,,,
,01/12/2026,Bill,HS-1001,Silicon metal,"48,200.00"
,03/02/2026,Bill,HS-1002,Silicon metal,"12,500.00"
"Total for {SILICON}",,,,,"$60,700.00"
{CHAINS},,,,,
,02/03/2026,Bill,KD-1,Chains,977.10
Total for {CHAINS},,,,,$977.10
"""
QUICKBOOKS_DESK = f""","",Type,Date,Num,Debit
"{SILICON}",,,,,
,,Bill,01/12/2026,HS-1001,"48,200.00"
,,Bill,03/02/2026,HS-1002,"12,500.00"
{CHAINS},,,,,
,,Bill,02/03/2026,KD-1,977.10
"""
ZOHO = f"""Vendor Balance Details,,,,,
Harrow Trading,,,,,
date,transaction_type,transaction#,status,due_date,amount
"{SILICON}",,,,,
2026-01-12,Bill,HS-1001,Overdue,2026-02-12,"48,200.00"
2026-02-03,Bill,HS-1002,Open,2026-03-03,"12,500.00"
{CHAINS},,,,,
2026-02-03,Bill,KD-1,Open,2026-03-03,977.10
Total,,,,,"61,677.10"
"""
XERO = f"""Payable Invoice Detail,,,,,
Harrow Ltd,,,,,

Invoice Date,Source,Reference,Description,Quantity,Gross

"{SILICON}",,,,,
12 Jan 2026,Payable Invoice,HS-1001,Silicon metal,20.00,"48,200.00"
3 Feb 2026,Payable Invoice,HS-1002,Silicon metal,5.00,"12,500.00"
"Total {SILICON}",,,,25.00,"60,700.00"

{CHAINS},,,,,
12 May 2026,Payable Invoice,KD-1,Chains,1.00,977.10
Total {CHAINS},,,,1.00,977.10

Total,,,,26.00,"61,677.10"
"""
ODOO = f"""Vendor,Number,Bill Date,Due,Total in Currency
"{SILICON} (2)",,,,60700.0
,BILL/2026/0001,2026-01-12,2026-02-12,"48,200.00"
,BILL/2026/0002,2026-02-03,2026-03-03,"12,500.00"
{CHAINS} (1),,,,977.1
,BILL/2026/0003,2026-05-12,2026-06-12,977.10
"""
NETSUITE = f"""Harrow Inc,,,,,
A/P Aging Detail,,,,,
As of October 31,,,,,

Vendor/Transaction Type,Date,Document Number,Due Date,Age,Open Balance
"{SILICON}",,,,,
Bill,1/12/2026,HS-1001,2/12/2026,261,"48,200.00"
Bill,2/3/2026,HS-1002,3/3/2026,242,"12,500.00"
"Total - {SILICON}",,,,,"60,700.00"
{CHAINS},,,,,
Bill,2/3/2026,KD-1,3/3/2026,242,977.10
Total - {CHAINS},,,,,977.10
Total,,,,,"61,677.10"
"""
WORTH = {SILICON: 60_700.00, CHAINS: 977.10}


def read(path, text):
    path.write_text(text, encoding="utf-8")
    return opened(path, ReadingOptions(words=heading_words(), is_filled=True))


def worth(table, name_at=0):
    """What the rows of each party say together, in the last column."""
    found = {}
    for row in table.rows():
        if row[name_at]:
            found[row[name_at]] = found.get(row[name_at], 0.0) + float((row[-1] or "0").replace(",", ""))
    return {n: round(v, 2) for n, v in found.items()}


@pytest.mark.parametrize(
    "text", [QUICKBOOKS, QUICKBOOKS_DESK, ZOHO, XERO, ODOO, NETSUITE], ids=["online", "desk", "z", "x", "o", "n"]
)
def test_each_row_has_the_party_that_heads_it_and_the_values_add_up(tmp_path, text):
    table = read(tmp_path / "report.csv", text)
    assert worth(table) == WORTH
    assert any("2 rows only name whom those below them are of: 3 rows have their names." in n for n in table.notes)
    filled = [r for r in table.rows() if any(r)]
    assert sum(r[0] in WORTH for r in filled) == 3
    below = text.splitlines()[text[: text.index(SILICON)].count("\n") :]
    held = sum(any(cell for cell in line.split(",")) for line in below)
    assert len(filled) + table.emptied == held  # no line is lost


def test_who_has_a_name_and_nothing_below_stays(tmp_path):
    more = (
        "Lone Vendor Ltd,,,,,\nBare Vendor Ltd,,,,,\nTotal for Bare Vendor Ltd,,,,,$0.00\n"
        f"{CHAINS},,,,,\n,02/03/2026,Bill,KD-2,Chains,5\n{CHAINS} Trading,03/04/2026,Bill,D-1,,5\n"
    )
    rows = QUICKBOOKS.split("Num,Memo/Description,Amount\n")[1]
    table = read(tmp_path / "report.csv", QUICKBOOKS + more + rows * 4)
    names = [r[0] for r in table.rows() if r[0]]
    assert {"Lone Vendor Ltd", "Bare Vendor Ltd", f"{CHAINS} Trading"} <= {*names}
    assert "Total for Bare Vendor Ltd" not in names


def test_a_row_keeps_its_number(tmp_path):
    table = read(tmp_path / "report.csv", QUICKBOOKS)
    lines = QUICKBOOKS.splitlines()
    told = {n: row for n, row in table.numbered() if row[0] == CHAINS}
    assert list(told) == [next(i for i, line in enumerate(lines, 1) if "KD-1" in line)]


@pytest.mark.parametrize(
    "text",
    [
        "Vendor,Address,City\nAlfa Mills Ltd,12 Mill Rd,Faisalabad\n,Plot 4,\nBeta Mills,,\nGamma Ltd,1 St,Kassel\n",
        "Vendor,Country,City\nAlfa Mills Ltd,,\nBeta Mills Ltd,China,Kassel\nGamma,,\nDelta,China,Urumqi\n",
        ",Vendor,City\n1,Alfa Mills Ltd,Kassel\n2,Beta Mills Ltd,Jena\n",
    ],
    ids=["an address that goes on", "vendors of whom only the name is known", "numbers without a heading"],
)
def test_a_list_that_is_not_grouped_stays_as_it_is(tmp_path, text):
    table = read(tmp_path / "list.csv", text)
    assert [[c or "" for c in r] for r in table.rows()] == [line.split(",") for line in text.splitlines()[1:]]
    assert table.emptied == 0


def test_a_row_with_a_firm_is_none_of_headings(tmp_path):
    """Sage prints labels and values of a supplier over its papers: whoever stands there is lost as a heading."""
    rows = f"Supplier Activity,,,\nA/C:,EX01,Name:,{CHAINS}\nNo,Type,Date,Details\n1,PI,12/01/2026,Chains\n"
    assert read(tmp_path / "activity.csv", rows).headings == ["No", "Type", "Date", "Details"]


def test_a_reader_that_fills_rows_itself_gets_them_as_they_stand(tmp_path):
    path = tmp_path / "report.csv"
    path.write_text(QUICKBOOKS, encoding="utf-8")
    table = opened(path, ReadingOptions(words=heading_words()))
    assert sum(bool(r[0]) for r in table.rows()) == 4  # two heads and their sums


TURNOVER = [
    ['ООО "Пример Импорт"'],
    ["Оборотно-сальдовая ведомость по счету 60 за Январь 2026 г. - Октябрь 2026 г."],
    ["Выводимые данные: БУ (данные бухгалтерского учета)"],
    [],
    ["Счет", None, "Сальдо на начало периода", None, "Обороты за период", None, "Сальдо на конец периода", None],
    ["Контрагенты", None, "Дебет", "Кредит", "Дебет", "Кредит", "Дебет", "Кредит"],
    ["Договоры"],
    ["60", None, None, 70000.0, 30000.0, 121200.5, None, 161200.5],
    ["60.01", None, None, 70000.0, 30000.0, 121200.5, None, 161200.5],
    ["Пример Силикон Ко., Лтд", None, None, None, None, 96200.5, None, 96200.5],
    ["Контракт № HS-2025/01 от 12.01.2026", None, None, None, None, 96200.5, None, 96200.5],
    ['ООО "Альфа Снаб"', None, None, 70000.0, 30000.0, 20000.0, None, 60000.0],
    ["Договор поставки № 14 от 01.02.2025", None, None, 50000.0, 30000.0, 20000.0, None, 40000.0],
    ["Основной договор", None, None, 20000.0, None, None, None, 20000.0],
    ['АО "Вектор-Транс"', None, None, None, None, 5000.0, None, 5000.0],
    ["Без договора", None, None, None, None, 5000.0, None, 5000.0],
    ["Итого", None, None, 70000.0, 30000.0, 121200.5, None, 161200.5],
]
LEVELS = [0] * 8 + [1, 2, 3, 2, 3, 3, 2, 3, 0]
CLOSING = {"Пример Силикон Ко., Лтд": 96200.5, 'ООО "Альфа Снаб"': 60000.0, 'АО "Вектор-Транс"': 5000.0}


def turnover(path, rows=TURNOVER, levels=LEVELS):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for number, level in enumerate(levels, 1):
        if level:
            book.active.row_dimensions[number].outline_level = level
    book.save(path)
    return opened(path, ReadingOptions(words=heading_words(), is_filled=True))


@pytest.mark.parametrize("levels", [LEVELS, []], ids=["by the outline", "by the words"])
def test_kinds_of_rows_in_one_column_are_told_apart(tmp_path, levels):
    table = turnover(tmp_path / "osv.xlsx", levels=levels)
    assert table.headings[:3] == ["Счет", "Контрагенты", "Договоры"]
    assert worth(table, 1) == CLOSING
    rows = {r[2]: r for r in table.rows() if r[2]}
    assert set(rows) == {TURNOVER[i][0] for i in (10, 12, 13, 15)}
    assert rows["Основной договор"][:2] == ["60.01", 'ООО "Альфа Снаб"']
    assert table.emptied == 5
    assert not any("other figures" in n for n in table.notes)


def test_a_sum_that_is_none_is_told(tmp_path):
    rows = [list(r) for r in TURNOVER]
    rows[11][7] = 60000.5
    table = turnover(tmp_path / "osv.xlsx", rows)
    assert any("1 such row has other figures than those below it together: row 12." in n for n in table.notes)


def test_two_headings_in_one_cell_are_two(tmp_path):
    rows = [
        ["Поставщик, Документ", "Приход", "Расход"],
        ["Альфа Снаб ООО", "20 000,00", "30 000,00"],
        ["Поступление товаров и услуг 0000-000012 от 03.02.2026 12:00:00", "20 000,00", None],
        ["Списание безналичных ДС 0000-000044 от 10.02.2026 12:00:01", None, "30 000,00"],
        ["Итого", "20 000,00", "30 000,00"],
    ]
    table = turnover(tmp_path / "statement.xlsx", rows, [])
    told = [r for r in table.rows() if any(r)]
    assert [r[0] for r in told] == ["Альфа Снаб ООО", "Альфа Снаб ООО", "Итого"]
    assert table.emptied == 1
    assert not any("other figures" in n for n in table.notes)


def test_where_nothing_says_which_row_is_which_that_is_said(tmp_path):
    rows = [["Поставщик", "Количество", "Сумма"], ["Номенклатура"], ["Альфа Снаб ООО", 5, 10], ["Кремний", 5, 10]]
    table = turnover(tmp_path / "purchases.xlsx", rows, [])
    assert any("nothing says which is which" in n and ".xlsx" in n for n in table.notes)
    table = turnover(tmp_path / "purchases2.xlsx", rows, [0, 0, 0, 1])
    assert [r for r in table.rows() if any(r)] == [["Альфа Снаб ООО", "Кремний", "5", "10"]]


CELL = st.sampled_from(
    ["", "", "Alfa Ltd", "Beta Ltd (2)", "Alfa Ltd Trading", "Total for Alfa Ltd", "2026-01-12", "12", "x"]
)
HEADINGS = st.sampled_from([["", "date", "amount"], ["date", "number", "amount"], ["vendor", "number", "amount"]])


@settings(max_examples=300, deadline=None)
@given(HEADINGS, st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=12))
@example(
    ["", "date", "amount"],
    [
        ("Alfa Ltd", "", ""),
        ("Total for Alfa Ltd", "Alfa Ltd", "Alfa Ltd"),
        ("Beta Ltd (2)", "Beta Ltd (2)", "Beta Ltd (2)"),
    ],
)
def test_no_row_and_no_name_is_lost_whatever_stands_where(headings, rows):
    held = [(n, [c or None for c in row]) for n, row in enumerate(rows, 2)]
    table = under_heads(TextTable("t", "delimited", headings, lambda: iter(held)), heading_words())
    read = list(table.numbered())
    assert [n for n, _ in read] == [n for n, _ in held]
    assert sum(any(r) for _, r in read) + table.emptied == sum(any(r) for _, r in held)
    assert all(len(r) == len(table.headings) for _, r in read)
    names = {c.removesuffix(" (2)") for _, r in read for c in r if c}
    lost = {r[0] for _, r in held if r[0]} - {c for _, r in read for c in r if c}
    assert {c.removesuffix(" (2)") for c in lost if not c.startswith("Total")} <= names
