"""What was ordered and taken back is no supply, and what begins a fraction can be said."""

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
    with pytest.raises(UnreadableFileError, match="by --decimal"):
        read(tmp_path, text)
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
