"""Files of supply links: every row is a link or refused with its reason, and the counts add up."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.core.contract import table
from entrepot.core.errors import UnknownNameError, UnreadableFileError
from entrepot.tracing.contract import SUPPLY_LINKS, SUPPLY_REFUSED
from entrepot.tracing.supply.kinds.link_rows import COLUMNS
from entrepot.tracing.supply.read_supply import read_supply

TODAY = date(2026, 1, 1)


def read(folder, text, **columns):
    file = folder / "links.csv"
    file.write_text(text, encoding="utf-8")
    return read_supply(file, columns, today=TODAY)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ("A,B,0,,", "quantity is '0'"),
        ("A,B,-3,,", "quantity is '-3'"),
        ("A,B,,120,", "share is '120'"),
        ("A,B,,many,", "share is 'many'"),
        ("A,B,,,2031-01-01", "after today"),
        ("A,B,,,the day after", "date is"),
        ("A,B,,,20250231", "date is '20250231'"),
        ("A,B,,,45322", "as spreadsheets count it"),
        ("A,B,5,,2025-01-01,more", "6 cells where the heading has 5"),
        (",B,,,", "supplier is empty"),
        ("A,A,,,", "supplies itself"),
    ],
)
def test_a_row_that_cannot_be_is_refused_and_the_rest_taken(tmp_path, cells, words):
    found = read(tmp_path, f"supplier,buyer,quantity,share,date\nX,Y,,,\n{cells}\n")
    assert (found.row["read"], found.row["links"], found.row["refused"]) == (2, 1, 1)
    assert found.refused[0]["row"] == 3
    assert words in found.refused[0]["problem"]
    assert found.refused[0]["remedy"]


def test_headings_of_ones_own(tmp_path):
    found = read(tmp_path, "Lieferant;Kunde;Menge\nA;B;5\n", supplier="Lieferant", buyer="kunde", quantity="Menge")
    assert found.links[0]["quantity"] == 5
    assert any(n.startswith("quantity without unit, compared with nothing") for n in found.row["notes"])


def test_numbers_and_days_are_read_as_their_column_proves(tmp_path):
    """Cells of a system in Germany: what 1.250,000 is, 12.500 takes from it; days stand first between points."""
    found = read(
        tmp_path,
        "supplier;buyer;quantity;unit;value;currency;date\nA;B;1.250,000;KG;4.812,50;EUR;31.01.2025\n"
        "C;B;12.500;ST;300,00;EUR;05.02.2025\nD;B;-;ST;;;2025-02-06T10:00\n",
    )
    told = [(r["quantity"], r["value"], r["date"]) for r in found.links]
    assert told == [
        (1250, 4812.5, "2025-01-31"),
        (12500, 300, "2025-02-05"),
        (None, None, "2025-02-06"),
    ]


@pytest.mark.parametrize(
    ("days", "read_as"),
    [
        (("03/04/2025", "25/04/2025"), ["2025-04-03", "2025-04-25"]),
        (("03/04/2025", "04/25/2025"), ["2025-03-04", "2025-04-25"]),
        (("03/04/2025", "2025-04-25"), ["2025-04-25"]),
        (("13/04/2025", "04/25/2025"), []),
    ],
)
def test_the_order_of_a_day_is_told_by_its_column_or_refused(tmp_path, days, read_as):
    text = "".join(f"A{i},B,{d}\n" for i, d in enumerate(days))
    found = read(tmp_path, f"supplier,buyer,date\nZ,B,\n{text}")
    assert [r["date"] for r in found.links if r["date"]] == read_as
    assert found.row["refused"] == 2 - len(read_as)


def test_a_missing_column_says_how_to_name_it(tmp_path):
    with pytest.raises(UnknownNameError, match="--column supplier=HEADING"):
        read(tmp_path, "Wer,buyer\nA,B\n")
    with pytest.raises(UnknownNameError):
        read(tmp_path, "supplier,buyer\nA,B\n", seller="supplier")


def test_below_a_title_the_headings_are_those_that_were_named(tmp_path):
    text = "PO History;Plant 1000;\nQ1;Q2;Q3\nA;77;B\n"
    with pytest.raises(UnknownNameError, match=r"'buyer'; one of Q1, Q2, Q3"):
        read(tmp_path, text, supplier="Q1")
    found = read(tmp_path, text, supplier="Q1", buyer="Q3", document="Q2")
    assert [(r["supplier"], r["buyer"], r["document"]) for r in found.links] == [("A", "B", "77")]


def test_a_file_without_any_link_is_refused_whole(tmp_path):
    with pytest.raises(UnreadableFileError, match="no row of it can be taken: row 2: supplier is empty"):
        read(tmp_path, "supplier,buyer\n,B\n")


def test_columns_that_are_not_read_are_named(tmp_path):
    assert "the column colour is not read" in read(tmp_path, "supplier,buyer,colour\nA,B,red\n").row["notes"]


def test_days_of_a_system_are_read_run_together_and_zeros_are_none(tmp_path):
    """As SAP writes them."""
    found = read(tmp_path, "supplier;buyer;date\nA;B;20240131\nC;B;00000000\nD;B;00.00.0000\n")
    assert [r["date"] for r in found.links] == ["2024-01-31", None, None]
    assert "day of zeros, read as none: 2 rows, the first of them row 3" in found.row["notes"]


def test_a_unit_that_does_not_convert_is_named_with_its_first_row(tmp_path):
    found = read(tmp_path, "supplier,buyer,quantity,unit\nA,B,5,KG\nA,B,5,furlong\nA,C,6,furlong\n")
    said = "unit 'furlong' converts to no other, compared with itself alone: 2 rows, the first of them row 3"
    assert found.row["notes"] == [said]


def test_units_of_garbage_do_not_fill_the_answer(tmp_path):
    rows = "".join(f"A,B,5,unit{n}\n" for n in range(300))
    notes = read(tmp_path, f"supplier,buyer,quantity,unit\n{rows}").row["notes"]
    assert len(notes) < 30
    assert "280 more kinds of doubt of this sort" in notes


def test_a_heading_that_stands_twice_is_said(tmp_path):
    found = read(tmp_path, "supplier,buyer,quantity,unit,Quantity\nA,B,5,t,6\n")
    assert found.links[0]["quantity"] == 5
    assert any("Quantity, which stands in the headings again: the first is read" in n for n in found.row["notes"])


@pytest.mark.parametrize("every", [100, 7])
def test_malformed_rows_are_refused_by_number_and_the_rest_taken(tmp_path, every):
    kinds = (
        "A,B,-1,t,2025-01-01",
        "A,B,5,t,31-31-31",
        ",,5,t,2025-01-01",
        "A,B,5,t,2025-01-01,x,y",
        "A,A,5,t,2025-01-01",
    )
    rows = [
        kinds[n // every % len(kinds)] if n % every == 0 else f"Supplier {n % 50},B,{n % 9 + 1},t,2025-01-01"
        for n in range(5_000)
    ]
    found = read(tmp_path, "supplier,buyer,quantity,unit,date\n" + "\n".join(rows) + "\n")
    assert (found.row["read"], found.row["taken"] + found.row["refused"]) == (5_000, 5_000)
    assert [r["row"] for r in found.refused] == [n + 2 for n in range(5_000) if n % every == 0]
    assert all(r["problem"] and r["remedy"] for r in found.refused)


def test_a_firm_does_not_pay_itself(tmp_path):
    file = tmp_path / "p.csv"
    file.write_text("payer,payee,value,currency\nA,B,5,USD\nA,a,5,USD\n", encoding="utf-8")
    found = read_supply(file, kind="payments", today=TODAY)
    assert [r["problem"] for r in found.refused] == ["A pays itself"]


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=12)
MEANT = ["5", "12.5", "20-30", ">50", "2025-03", "t", "EUR", "A", "B"]
ROW = st.lists(CELL | st.sampled_from(MEANT), min_size=7, max_size=7)


@settings(max_examples=150)
@given(st.lists(ROW, min_size=1, max_size=8))
def test_rows_read_are_links_and_refused_together(tmp_path_factory, rows):
    headings = ("supplier", "buyer", "quantity", "unit", "share", "date", "origin")
    text = io.StringIO()
    csv.writer(text).writerows([headings, *rows])
    folder = tmp_path_factory.mktemp("rows")
    try:
        found = read(folder, text.getvalue())
    except (UnreadableFileError, UnknownNameError):
        return
    assert found.row["read"] == len(found.links) + len(found.refused)
    assert len({r["row"] for r in (*found.links, *found.refused)}) == found.row["read"]
    table(SUPPLY_LINKS, found.links)
    table(SUPPLY_REFUSED, found.refused)
    assert set(headings) <= set(COLUMNS)


def test_a_paper_that_is_said_again_counts_once_and_is_told(tmp_path):
    """Data vendors print one bill of lading twice, cell for cell; two lines of one paper differ in some cell."""
    row = "A,B,shirts,18000,USD,ONEY002"
    found = read(tmp_path, f"supplier,buyer,material,value,currency,document,line\n{row},1\n{row},1\n{row},2\n")
    assert (found.row["read"], found.row["links"], found.row["refused"]) == (3, 2, 1)
    assert "is row 2 again" in found.refused[0]["problem"]
    assert any("what the refused rows say, signs aside: 18,000 USD" in n for n in found.row["notes"])


def test_rows_whose_paper_is_not_known_are_no_copies(tmp_path):
    row = "A,B,shirts,5,N/A"
    found = read(tmp_path, f"supplier,buyer,material,value,document\n{row}\n{row}\n")
    assert (found.row["links"], found.row["refused"]) == (2, 0)


def test_supplies_without_a_paper_that_are_alike_count_and_are_told(tmp_path):
    found = read(tmp_path, "supplier,buyer,material,value\nA,B,shirts,5\nA,B,shirts,5\n")
    assert found.row["links"] == 2
    assert any("cell for cell" in n for n in found.row["notes"])


@pytest.mark.parametrize(
    "word", ["Genel Toplam", "総計", "Барлығы", "Jami", "Общо", "Tổng cộng", "المجموع", "합계", "Subtotal Esquel"]
)
def test_a_total_in_another_language_is_no_supplier(tmp_path, word):
    found = read(tmp_path, f"supplier,buyer,material,value\nEsquel,Gap,shirt,100\n{word},Gap,,100\n")
    assert [(r["supplier"], r["value"]) for r in found.links] == [("Esquel", 100)]
    assert "line of totals" in found.refused[0]["problem"]


def test_headings_below_headings_are_no_supply(tmp_path):
    found = read(tmp_path, "Supplier,Buyer,Material\nVendor name,Buyer,Material\nEsquel,Gap,shirt\n")
    assert [r["supplier"] for r in found.links] == ["Esquel"]
    assert "holds headings" in found.refused[0]["problem"]


@pytest.mark.parametrize(
    "whom",
    [
        "To Order", "TO THE ORDER OF HSBC BANK", "unto order of Foo", "TO THE ORDER OF: EXAMPLE BANK AG", "Order",
        "ORDER OF SHIPPER", "CONSIGNED TO ORDER OF EXAMPLE BANK AG", "TO BEARER", "TO THE HOLDER OF ORIGINAL BILL",
        "A LA ORDEN DE BANCO EJEMPLO SA", "À L'ORDRE DE BANQUE EXEMPLE", "A L'ORDRE DE BANQUE EXEMPLE",
        "AN DIE ORDER DER BEISPIELBANK AG", "ПО ПРИКАЗУ ПРИМЕР БАНКА", "凭示例银行指示", "ÖRNEK BANKASI A.Ş. EMRİNE",
    ],
)  # fmt: skip
def test_whom_goods_are_handed_to_later_is_no_buyer(tmp_path, whom):
    found = read(tmp_path, f"supplier,buyer\nA,B\nA,{whom}\n")
    assert [r["buyer"] for r in found.links] == ["B"]
    assert "no name" in found.refused[0]["problem"]
    assert "party to notify" in found.refused[0]["remedy"]


@pytest.mark.parametrize(
    "buyer",
    ["Order Trading Ltd", "Order of Example Nurses", "Bearer Bearings Inc", "Toorder Ltd", "Ordre Bleu SARL",
     "Orden Textil SA", "Ander Order GmbH", "Emrine Tekstil", "指示示例纺织有限公司", "Приказчиков и Ко"],
)  # fmt: skip
def test_a_firm_with_such_a_word_in_its_name_buys(tmp_path, buyer):
    found = read(tmp_path, f"supplier,buyer\nA,{buyer}\n")
    assert [r["buyer"] for r in found.links] == [buyer]


@pytest.mark.parametrize(
    ("cell", "value", "currency"),
    [
        ("$3,000.50", 3000.5, "USD"),
        ("250.00 USD", 250, "USD"),
        ("€ 3.000,50", 3000.5, "EUR"),
        ("12,50 €", 12.5, "EUR"),
        ("US$5", 5, "USD"),
        ("₽1 200", 1200, "RUB"),
    ],
)
def test_a_currency_beside_its_figure_is_read_apart(tmp_path, cell, value, currency):
    found = read(tmp_path, f'supplier,buyer,value\nA,B,"{cell}"\n')
    assert [(r["value"], r["currency"]) for r in found.links] == [(value, currency)]


def test_a_dollar_sign_is_told_and_a_currency_that_is_said_stands(tmp_path):
    assert any("read as US dollars" in n for n in read(tmp_path, "supplier,buyer,value\nA,B,$5\n").row["notes"])
    text = "supplier,buyer,value,currency\nA,B,$5,CAD\nA,C,€ 6,Euro\nA,D,€ 7,\nA,E,8,\n"
    found = read(tmp_path, text)
    assert [(r["value"], r["currency"]) for r in found.links][:3] == [(5, "CAD"), (6, "Euro"), (7, "EUR")]


def test_a_figure_with_the_sign_of_another_currency_than_the_row_says_is_not_read(tmp_path):
    found = read(tmp_path, "supplier,buyer,value,currency\nA,B,€ 500,USD\nA,B,$ 500,EUR\nA,C,5,USD\n")
    assert [(r["buyer"], r["value"], r["currency"]) for r in found.links] == [
        ("B", None, "USD"),
        ("B", None, "EUR"),
        ("C", 5, "USD"),
    ]
    assert "value is no number: the row is taken without it: 2 rows, the first of them row 2" in found.row["notes"]


def test_a_column_that_is_not_read_shows_how_the_file_divides_thousands(tmp_path):
    text = 'supplier,buyer,value,currency,weight of it\nA,B,"52,000",USD,"1,250.5"\nA,C,"1,000",USD,900\n'
    assert [r["value"] for r in read(tmp_path, text).links] == [52000, 1000]


def test_codes_and_days_do_not_show_how_a_file_divides_thousands(tmp_path):
    """8541.43 and 12.05.2024 have points that begin no fraction, so that 1.000 stays undecided."""
    rows = "A,B,1.000,EUR,8541.43,12.05.2024\nA,C,5,EUR,8541.42,1.2.2024\n"
    text = f"supplier,buyer,value,currency,tariff line,seen on\n{rows}"
    found = read(tmp_path, text)
    assert [r["value"] for r in found.links] == [None, 5]
    assert any("the point in '1.000' may divide thousands" in n and "--decimal" in n for n in found.row["notes"])


def test_the_total_of_an_item_goes_before_its_price(tmp_path):
    text = "Vendor Name,Buyer,Item Name,Quantity,Item Price,Item Total,Currency Code\nA,B,Shirt,100,5,500,USD\n"
    assert [r["value"] for r in read(tmp_path, text).links] == [500]


def test_a_figure_of_which_nothing_tells_what_its_mark_is_leaves_its_row_standing(tmp_path):
    found = read(tmp_path, "supplier,buyer,quantity\nA,B,1.200\n")
    assert (found.row["links"], found.row["refused"]) == (1, 0)
    assert any("the row is taken without it" in note for note in found.row["notes"])
