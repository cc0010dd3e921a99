"""Sheets of the CIS head amounts *in physical terms* and *in value terms*, below export and import."""

from __future__ import annotations

import openpyxl
import pytest

from entrepot.desk.load import load

MAP = '[fixed]\nreporter = "KAZ"\n'


@pytest.mark.parametrize(
    "heads",
    [
        ("в натуральном выражении", "нетто, тонн", "тыс. долларов США"),
        ("в натуральном выражении", "вес нетто, тонн", "в стоимостном выражении, тыс. долл. США"),
        ("в физическом выражении", "нетто, тонн", "в стоимостном выражении (тыс. долларов США)"),
        ("у натуральному вираженні", "тонн", "у вартісному вираженні, тис. дол. США"),
    ],
    ids=lambda h: h[0] + "-" + h[2],
)
def test_they_are_the_quantity_and_the_value(tmp_path, heads):
    book = openpyxl.Workbook()
    sheet = book.active
    for line in (
        ["Экспорт и импорт по странам и товарам"],
        ["за 2023 год"],
        ["Код ТН ВЭД", "Страна", "Ед. изм.", "Экспорт", None, None, "Импорт", None, None],
        [None, None, None, *heads, *heads],
        ["8542319009", "Китай", "шт", 100, 0.5, 120.4, 2000, 3.1, 5400.2],
        ["8471300000", "Россия", "шт", 700, 4.4, 980.9, 20, 0.1, 55.5],
    ):
        sheet.append(line)
    book.save(tmp_path / "sheet.xlsx")
    (tmp_path / "map.toml").write_text(MAP, encoding="utf-8")
    rows = load([tmp_path / "sheet.xlsx"], mapping=tmp_path / "map.toml").table.to_pylist()
    found = {(r["flow"], r["exporter"], r["importer"]): (r["quantity"], r["net_kg"], r["value_usd"]) for r in rows}
    assert found == {
        ("export", "KAZ", "CHN"): (100, 500, pytest.approx(120_400)),
        ("import", "CHN", "KAZ"): (2000, 3100, pytest.approx(5_400_200)),
        ("export", "KAZ", "RUS"): (700, 4400, pytest.approx(980_900)),
        ("import", "RUS", "KAZ"): (20, 100, pytest.approx(55_500)),
    }
