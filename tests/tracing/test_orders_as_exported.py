"""Orders as systems export them: what was taken back, sums, figures that are not read, days, units, two headings."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.core.errors import UnreadableFileError
from entrepot.core.tables.packaged import packaged_rows
from entrepot.intake.groups.contract import ROW_WORDS
from entrepot.intake.groups.row_words import cancelling
from entrepot.intake.heading_row import folded
from entrepot.intake.reading_options import ReadingOptions
from entrepot.tracing.link_columns import columns_of
from entrepot.tracing.supply.read_supply import read_supply

TODAY = date(2026, 1, 1)
WORDS = {r["meaning"]: r["words"] for r in packaged_rows(ROW_WORDS)}


def read(folder, text, **options):
    file = folder / "orders.csv"
    file.write_text(text, encoding="utf-8")
    return read_supply(file, options=ReadingOptions(**options), today=TODAY)


def test_a_cancelled_order_is_refused_with_its_value(tmp_path):
    found = read(
        tmp_path,
        "Vendor,Buyer,Item Description,Qty,UOM,Amount,Currency,PO Number,PO Status\n"
        "Aral Spinning,Merimont,yarn,100,kg,1250.50,USD,P1,Open\n"
        "Belirin,Merimont,yarn,100,kg,900,USD,P2,Cancelled\n"
        "Cagan Mills,Merimont,yarn,50,kg,125.50,USD,P3,\n",
    )
    assert [r["supplier"] for r in found.links] == ["Aral Spinning", "Cagan Mills"]
    assert [(r["row"], r["problem"]) for r in found.refused] == [
        (3, "is cancelled, as the file says of it: it is no supply")
    ]
    notes = " ".join(found.row["notes"])
    assert "900 USD" in notes
    assert "PO Status is not read" not in notes


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("Deletion Indicator", "L"),
        ("Löschkennzeichen", "X"),
        ("Bestellstatus", "storniert"),
        ("Statut", "Annulée"),
        ("Статус заказа", "Отменён"),
        ("单据状态", "已作废"),
        ("Cancelled", "TRUE"),
        ("Cancelled", "1"),
        ("Durum", "İptal"),
    ],
)
def test_systems_say_it_in_their_own_words(tmp_path, heading, cell):
    found = read(tmp_path, f"supplier,buyer,material,{heading}\nAral,Merimont,yarn,\nBelirin,Merimont,yarn,{cell}\n")
    assert [r["supplier"] for r in found.links] == ["Aral"]
    assert found.row["refused"] == 1


def test_a_quantity_that_was_cancelled_cancels_no_row(tmp_path):
    found = read(tmp_path, "supplier,buyer,material,Cancelled\nAral,Merimont,yarn,0\nBelirin,Merimont,yarn,250\n")
    assert found.row["links"] == 2
    assert "the column Cancelled is not read" in found.row["notes"]


def test_a_material_of_such_a_name_cancels_nothing(tmp_path):
    found = read(tmp_path, "supplier,buyer,material,Status\nVoid,Merimont,cancelled,Open\nX,Merimont,void,Closed\n")
    assert found.row["links"] == 2


@given(st.sampled_from(WORDS["state"] + WORDS["deletion"]), st.sampled_from(WORDS["cancelled"]))
def test_every_word_on_record_is_met_under_every_heading_on_record(heading, word):
    assert folded(word) in cancelling(["supplier", heading])[1]
    assert folded(word) in cancelling(["supplier", heading.upper()], [["A", word]])[1]


@pytest.mark.parametrize(("decimal", "quantity"), [(",", 1234.0), (".", 1.234)])
def test_what_begins_a_fraction_can_be_said(tmp_path, decimal, quantity):
    text = "supplier;buyer;material;quantity;unit\nAral;Merimont;yarn;1.234;kg\n"
    unsaid = read(tmp_path, text)
    assert [r["quantity"] for r in unsaid.links] == [None]
    assert any("--decimal" in note for note in unsaid.row["notes"])
    assert [r["quantity"] for r in read(tmp_path, text, decimal=decimal).links] == [quantity]


SUMMED = """\
Vendor,Item Description,Qty,UOM,Amount,Currency,PO Number
Aral Spinning,cotton yarn,100,kg,1250,USD,P1
Aral Spinning,cotton yarn,100,kg,1250,USD,P2
Aral Spinning Total,,200,,2500,,
Belirin,cotton yarn,50,kg,125,USD,P3
Belirin Total Care,cotton yarn,50,kg,125,USD,P4
Belirin Total Care Total,,50,,125,,
Grand Total,,300,,2750,,
"""


def test_the_sums_that_a_spreadsheet_puts_under_each_name_are_no_supplies(tmp_path):
    file = tmp_path / "summed.csv"
    file.write_text(SUMMED, encoding="utf-8")
    found = read_supply(file, {"buyer": "=Merimont"}, today=TODAY)
    assert sum(r["value"] for r in found.links) == 2750
    assert [r["row"] for r in found.refused] == [4, 7, 8]
    assert not any("refused rows say" in n for n in found.row["notes"])


def test_a_figure_that_is_not_read_hides_nobody(tmp_path):
    found = read(
        tmp_path,
        "supplier,buyer,material,quantity,unit,value,currency\n"
        'Aral,Merimont,yarn,"1,000",kg,,\n'
        "Belirin,Merimont,yarn,500,kg,0,USD\n"
        "Cagan,Merimont,yarn,0,kg,7,USD\n"
        "Dorun,Merimont,yarn,-5,kg,7,USD\n",
    )
    assert [(r["supplier"], r["quantity"], r["value"]) for r in found.links] == [
        ("Aral", None, None),
        ("Belirin", 500, None),
    ]
    assert [r["row"] for r in found.refused] == [4, 5]  # nothing was supplied; what was taken back is no supply
    notes = "\n".join(found.row["notes"])
    assert "quantity is no number: the row is taken without it: 1 row, row 2" in notes
    assert "value of nothing, read as not told: 1 row, row 3" in notes


@given(st.integers(0, 10**9 - 1), st.integers(0, 99))
def test_india_divides_by_lakhs(tmp_path_factory, whole, paise):
    digits = str(whole)
    head, tail = digits[:-3], digits[-3:]
    pairs = [head[max(0, i - 2) : i] for i in range(len(head), 0, -2)][::-1]
    printed = ",".join([*pairs, tail])
    folder = tmp_path_factory.mktemp("lakhs")
    found = read(
        folder,
        "supplier,buyer,value,currency\n"
        f'Aral,Merimont,"{printed}.{paise:02}",INR\n'
        'Belirin,Merimont,"2,08,500.00",INR\nCagan,Merimont,"1,000",INR\n',
    )
    said = {r["supplier"]: r["value"] for r in found.links}
    assert (said["Belirin"], said["Cagan"]) == (208500, 1000)
    if whole or paise:
        assert said["Aral"] == pytest.approx(whole + paise / 100 or None)


@pytest.mark.parametrize(("order", "day"), [("dmy", "2025-04-03"), ("mdy", "2025-03-04")])
def test_the_order_of_days_can_be_said(tmp_path, order, day):
    text = "Fournisseur;Client;Date de facture\nAral;Merimont;03/04/2025\nBelirin;Merimont;03/04/25\n"
    with pytest.raises(UnreadableFileError) as said:
        read(tmp_path, text)
    assert "--date-order" in said.value.remedy
    assert [r["date"] for r in read(tmp_path, text, date_order=order).links] == [day, day]


def test_a_day_that_is_none_in_the_order_that_is_said_is_refused(tmp_path):
    text = "supplier,buyer,date\nAral,Merimont,03/04/2025\nBelirin,Merimont,31/04/2025\nCagan,Merimont,30/04/2025\n"
    assert [r["row"] for r in read(tmp_path, text, date_order="dmy").refused] == [3]
    assert [r["row"] for r in read(tmp_path, text, date_order="mdy").refused] == [3, 4]


GROUPED = """\
Vendor,,Buyer,Goods,,,Order,
Name,Country,Name,Name,Qty,UoM,Date,No
Aral Spinning,TR,Merimont,Yarn,1000,kg,2025-03-04,P1
Belirin,IN,Merimont,Yarn,3000,kg,2025-03-05,P3
"""


def test_headings_under_groups_of_columns_are_no_supply(tmp_path):
    found = read(tmp_path, GROUPED)
    assert found.row["refused"] == 0
    assert [
        tuple(
            r[c] for c in ("supplier", "supplier_country", "buyer", "material", "quantity", "unit", "date", "document")
        )
        for r in found.links
    ] == [
        ("Aral Spinning", "TR", "Merimont", "Yarn", 1000, "kg", "2025-03-04", "P1"),
        ("Belirin", "IN", "Merimont", "Yarn", 3000, "kg", "2025-03-05", "P3"),
    ]


def test_a_first_supply_in_words_of_headings_is_a_supply(tmp_path):
    found = read(tmp_path, "Supplier,,Buyer,Material\nGoods Ltd,x,Merimont,Yarn\nQuantity,y,Name,Material\n")
    assert [r["supplier"] for r in found.links] == ["Goods Ltd", "Quantity"]


def test_shares_by_quantity_are_of_one_unit_that_each_converts_to(tmp_path):
    found = read(
        tmp_path,
        "supplier,buyer,product,material,quantity,unit\nAral,M,Tee,Yarn,1000,kg\nBelirin,M,Tee,Yarn,2,MT\n"
        "Cagan,M,Tee,Yarn,2204.62262185,LB\nDorun,M,Cap,Yarn,1,bale\nErden,M,Cap,Yarn,160,kg\n",
    )
    seen = columns_of(found.held["supply_links"])
    assert seen.quantity[:3] == pytest.approx([1000, 2000, 1000])
    assert seen.measure[0] == seen.measure[1] == seen.measure[2] == seen.measure[4]
    assert seen.measure[3] != seen.measure[4]  # bales are of many weights


def test_a_point_before_two_digits_shows_that_commas_divide_thousands(tmp_path):
    text = 'supplier,buyer,quantity,unit,value,currency\nAral,M,2.5,t,"1,000",USD\nBelirin,M,3,t,250.50,USD\n'
    assert [r["value"] for r in read(tmp_path, text).links] == [1000, 250.5]
    told = text.replace("2.5,t", '"2,5",t')  # the other column has a comma that begins one
    assert [(r["quantity"], r["value"]) for r in read(tmp_path, told).links] == [(2.5, 1000), (3, 250.5)]
    unsure = told.replace("250.50", "250")
    assert [r["value"] for r in read(tmp_path, unsure).links] == [1, 250]  # one file has one mark for fractions


def test_lines_of_a_document_are_told_by_its_head(tmp_path):
    text = (
        "Order Reference/Order Reference,Partner,Company,Description,Quantity,Unit of Measure,Subtotal,Currency,"
        "Order Reference/Confirmation Date\nP00001,Aral,Merimont,Yarn,1000.00,kg,2500.00,USD,2025-03-04 10:11:12\n"
    )
    (link,) = read(tmp_path, text).links
    assert (link["document"], link["date"], link["value"]) == ("P00001", "2025-03-04", 2500)


def test_headings_under_two_groups_are_headings_too(tmp_path):
    file = tmp_path / "grouped.csv"
    file.write_text(
        "Purchase Order,,,Supplier,\nNumber,Date,Item,Name,Country\nP1,2025-03-04,Yarn,Aral Spinning,TR\n", "utf-8"
    )
    (link,) = read_supply(file, {"buyer": "=Merimont"}, today=TODAY).links
    assert [link[c] for c in ("supplier", "supplier_country", "material", "date", "document")] == [
        "Aral Spinning", "TR", "Yarn", "2025-03-04", "P1",
    ]  # fmt: skip


def test_the_state_of_an_address_is_told_as_not_read(tmp_path):
    found = read(tmp_path, "supplier,State,buyer\nAral,Jiangsu,Merimont\n")
    assert "the column State is not read" in found.row["notes"]
    taken_back = read(tmp_path, "supplier,State,buyer\nAral,done,Merimont\nBelirin,Cancelled,Merimont\n")
    assert "the column State is not read" not in taken_back.row["notes"]


# A list of orders of a system in Brazil: a title, the time, and the number of a line, which is no material.
BRAZIL = """\
Relação de Pedidos de Compra
Emissão: 28/11/2025  Hora: 10:11:12

Filial;Num. PC;Item;Fornecedor;Razão Social;Descrição;Quantidade;UM;Vlr. Total;Moeda;Dt. Emissão;Situação
01;000123;0001;000045;Fiação Exemplo S.A.;Fio de algodão;1.250,000;KG;4.000,00;BRL;03/02/2025;Aprovado
01;000123;0002;000045;Fiação Exemplo S.A.;Fio de algodão;3.000,000;KG;9.300,00;BRL;14/02/2025;Aprovado
01;000125;0001;000046;Tecelagem Exemplo Ltda;Tecido;500,000;KG;1.550,00;BRL;15/02/2025;Cancelado
Total Geral;;;;;;4.750,000;;14.850,00;;;
"""


def test_the_number_of_a_line_is_no_material_and_a_total_loses_nothing(tmp_path):
    file = tmp_path / "pedidos.csv"
    file.write_text(BRAZIL, encoding="utf-8")
    found = read_supply(file, {"buyer": "=Merimont"}, today=TODAY)
    assert [(r["material"], r["quantity"], r["value"], r["date"]) for r in found.links] == [
        ("Fio de algodão", 1250, 4000, "2025-02-03"),
        ("Fio de algodão", 3000, 9300, "2025-02-14"),
    ]
    assert "what the refused rows say, signs aside: 1,550 BRL" in found.row["notes"]
