"""Cells that a workbook shows as percentages are read as it shows them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from entrepot.intake.open_table import table_of
from entrepot.intake.reading_options import ReadingOptions
from entrepot.intake.unpack import content

if TYPE_CHECKING:
    from pathlib import Path

SHOWN = [
    (0.51, "0%", "51%"),
    (0.3333, "0.00%", "33.33%"),
    (1, "0%", "100%"),
    (0.07, "0%;[Red]-0%", "7%"),  # 7.000000000000001 by floats
    (0.51, "General", "0.51"),
    (51, '0" %"', "51"),  # a sign that is only printed
    (51, r"0\%", "51"),
    ("60%", "0%", "60%"),
    (None, "0%", None),
    (True, "0%", "True"),
]


def _rows(tmp_path: Path, formats: list[str]) -> list[str | None]:
    book = Workbook()
    sheet = book.active
    sheet.append(["owner", "share"])
    for at, (value, _, _) in enumerate(SHOWN, 2):
        sheet.cell(at, 1, f"Owner {at}")
        sheet.cell(at, 2, value).number_format = formats[at - 2]
    data = io.BytesIO()
    book.save(data)
    path = tmp_path / "shares.xlsx"
    path.write_bytes(data.getvalue())
    return [row[1] for row in table_of(content(path), ReadingOptions()).rows()]


def test_a_number_is_read_as_its_cell_shows_it(tmp_path):
    assert _rows(tmp_path, [shown for _, shown, _ in SHOWN]) == [text for _, _, text in SHOWN]


@pytest.mark.parametrize("plain", ["General", "0.00"])
def test_without_such_a_format_a_number_is_a_number(tmp_path, plain):
    assert _rows(tmp_path, [plain] * len(SHOWN))[:3] == ["0.51", "0.3333", "1"]
