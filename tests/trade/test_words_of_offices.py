"""Headings and titles of offices: places under a heading of goods, Armenian, a month with a point in a title."""

from __future__ import annotations

from openpyxl import Workbook


def said(folder, **fixed):
    path = folder / "map.toml"
    path.write_text("[fixed]\n" + "".join(f'{k} = "{v}"\n' for k, v in fixed.items()), "utf-8")
    return path


def test_codes_of_places_are_no_goods_whatever_their_column_is_called(write, tmp_path):
    text = "코드,국가명,period,수출금액\nUZ,우즈베키스탄,2023,70\nTJ,타지키스탄,2023,5\n"
    rows = write(text, mapping=said(tmp_path, reporter="KOR")).table.to_pylist()
    assert sorted((r["importer"], r["product"], r["value_usd"]) for r in rows) == [
        ("TJK", "+TOTAL", 5.0),
        ("UZB", "+TOTAL", 70.0),
    ]


def test_codes_of_goods_under_that_heading_are_goods(write, tmp_path):
    text = "코드,국가명,period,수출금액\n8703,우즈베키스탄,2023,70\n85,우즈베키스탄,2023,5\n"
    rows = write(text, mapping=said(tmp_path, reporter="KOR")).table.to_pylist()
    assert {r["product"] for r in rows} == {"8703", "85"}


def test_headings_and_places_in_armenian(write, tmp_path):
    text = "Երկիր;2023 հազ. ԱՄՆ դոլար;2023 տոննա\nԹուրքիա;1,5;0,25\nԻրան;7,5;3\n"
    mapping = said(tmp_path, reporter="ARM", flow="import", product="520100")
    rows = write(text, mapping=mapping).table.to_pylist()
    assert sorted((r["exporter"], r["value_usd"], r["net_kg"]) for r in rows) == [
        ("IRN", 7_500.0, 3_000.0),
        ("TUR", 1_500.0, 250.0),
    ]


def test_a_table_of_chinas_customs_by_country(tmp_path):
    from entrepot.trade.loading import flow_file

    rows = [
        ["(2) Imports and Exports by Country (Region) of Origin/Destination, 3.2023"],
        [None, None, None, None, "Unit: US$1,000"],
        ["Country (Region) of Origin/Destination", "Exports", None, "Imports", None],
        [None, "3", "1 to 3", "3", "1 to 3"],
        ["Uzbekistan", 400, 1000, 90, 200],
        ["Tajikistan", 70, 150, 8, 20],
    ]
    book = Workbook()
    for row in rows:
        book.active.append([*row, *[None] * (5 - len(row))])
    book.save(tmp_path / "gacc.xlsx")
    loaded = flow_file.read_flows(tmp_path / "gacc.xlsx", mapping=said(tmp_path, reporter="CHN"))
    found = {(r["exporter"], r["importer"]): (r["period"], r["value_usd"]) for r in loaded.table.to_pylist()}
    assert found == {
        ("CHN", "UZB"): ("2023-03", 400_000.0),
        ("UZB", "CHN"): ("2023-03", 90_000.0),
        ("CHN", "TJK"): ("2023-03", 70_000.0),
        ("TJK", "CHN"): ("2023-03", 8_000.0),
    }


def test_thousands_of_dollars_in_kazakh_and_azerbaijani(write, tmp_path):
    kazakh = "Жыл;Ел;Тауар коды;Экспорт, мың АҚШ доллары;Импорт, мың АҚШ доллары\n2023;Қытай;8541;1,5;2000,5\n"
    azeri = "İl;Ölkə;XİF MN kodu;İxrac, min ABŞ dolları;İdxal, min ABŞ dolları\n2023;Çin;8541;1,5;2000,5\n"
    for text, whose in ((kazakh, "KAZ"), (azeri, "AZE")):
        found = {
            r["flow"]: r["value_usd"] for r in write(text, mapping=said(tmp_path, reporter=whose)).table.to_pylist()
        }
        assert found == {"export": 1_500, "import": 2_000_500}
