"""Sheets as national offices export them, with invented figures: titles, two languages, periods and flows in headings.

Each builder writes one file and gives its sums: `export 2023` to the value in the currency of the file. The layouts are
those of the offices; places are real, figures are drawn.
"""

from __future__ import annotations

import calendar
import csv
import io
import random
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MONTHS = tuple(calendar.month_name)[1:]
CODES = (("854231", "Processors"), ("870323", "Motor cars"), ("080251", "Nuts"))


@dataclass
class Sheet:
    """A file: its cells, and what it holds.

    Attributes:
        name: of the file.
        currency: of its values.
        map: lines of the map that it needs.
        encoding: where it has to be told.
        sums: flow and year to value, in the currency.
        kg: net weight of all rows; 0 where the file has none.
    """

    name: str
    currency: str = "USD"
    map: tuple[str, ...] = ()
    encoding: str = ""
    rows: list[list[Any]] = field(default_factory=list)
    sums: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    kg: float = 0.0

    def value(self, key: str, scale: float = 1, digits: int = 1, most: int = 90_000) -> float:
        """A drawn figure, counted under a flow and a year."""
        drawn = round(DRAW.uniform(1, most), digits) if digits else DRAW.randint(1, most)
        self.sums[key] += drawn * scale
        return drawn

    def weight(self, scale: float = 1) -> int:
        """A drawn weight, counted in kilograms."""
        drawn = DRAW.randint(300, 999)
        self.kg += drawn * scale
        return drawn

    def write(self, folder: Path, separator: str = ",") -> Path:
        """The file, a workbook or a text by its name."""
        path = folder / self.name
        if path.suffix == ".xlsx":
            from openpyxl import Workbook

            book = Workbook()
            for row in self.rows:
                book.active.append(row)
            book.save(path)
        else:
            text = io.StringIO()
            csv.writer(text, delimiter=separator).writerows(self.rows)
            path.write_bytes(text.getvalue().encode(self.encoding or "utf-8"))
        return path


DRAW = random.Random(16)


def fixed(**facts: str) -> tuple[str, ...]:
    """The lines of a map that say what holds of all rows."""
    return ("[fixed]", *(f'{k} = "{v}"' for k, v in facts.items()))


def kazakhstan() -> Sheet:
    """The Bureau of National Statistics of Kazakhstan: years over number and value."""
    sheet = Sheet("kaz.xlsx", map=fixed(reporter="KAZ"))
    sheet.rows = [
        ["Импорт Республики Казахстан по странам в разрезе 4 знаков ТН ВЭД ЕАЭС"],
        ["январь-декабрь 2021-2022 годов"],
        [],
        ["Код ТН ВЭД", "Наименование товара", "Страна", "Ед. изм.", "2021 год", None, "2022 год", None],
        [None] * 4 + ["количество", "тыс. долл. США"] * 2,
    ]
    for place in ("Россия", "Китай", "Кыргызстан", "Корея, Республика", "Соединенные Штаты Америки"):
        cells = [x for y in (2021, 2022) for x in (DRAW.randint(1, 999), sheet.value(f"import {y}", 1000))]
        sheet.rows.append(["8542", "Схемы электронные", place, "шт", *cells])
    sheet.rows += [[], ["Примечание: данные предварительные."], ["© Бюро национальной статистики"]]
    return sheet


def kyrgyzstan() -> Sheet:
    """The statistical committee of Kyrgyzstan: three languages, years, groups of countries."""
    sheet = Sheet("kgz.xlsx", map=fixed(reporter="KGZ"))
    near = [("Казакстан", "Казахстан", "Kazakhstan"), ("Өзбекстан", "Узбекистан", "Uzbekistan")]
    far = [
        ("Кытай", "Китай", "China"),
        ("Түштүк Корея", "Республика Корея", "Republic of Korea"),
        ("АКШ", "США", "USA"),
    ]
    years = (2021, 2022, 2023)
    body = {names: [sheet.value(f"import {y}", 1000) for y in years] for names in (*near, *far)}
    total = [[round(sum(body[n][i] for n in group), 1) for i in range(3)] for group in (near + far, near, far)]
    sheet.rows = [
        ["Импорттун географиялык бөлүштүрүлүшү"],
        ["Географическое распределение импорта"],
        ["(тыс. долларов США)"],
        ["Көрсөткүчтөрдүн аталышы", "Наименование показателей", "Items", *years],
        ["Бардыгы", "Всего", "Total", *total[0]],
        ["КМШ", "СНГ", "CIS", *total[1]],
        ["анын ичинде:", "в том числе:", "including:"],
        *([*n, *body[n]] for n in near),
        ["КМШдан тышкары", "Вне СНГ", "Outside CIS", *total[2]],
        *([*n, *body[n]] for n in far),
    ]
    return sheet


def georgia() -> Sheet:
    """Geostat: cars, months over number and value, both flows."""
    sheet = Sheet("geo.xlsx", map=fixed(reporter="GEO"))
    heads = [x for month in MONTHS for x in (month, None)]
    sheet.rows = [
        ["Motor cars (HS 8703): exports and imports by countries, 2023*"],
        [],
        ["Flow", "Country", *heads],
        [None, None, *["Units", "Thsd. USD"] * 12],
    ]
    sides = {"Import": ("United States", "Germany", "Korea, Republic of"), "Export": ("Kazakhstan", "Kyrgyz Republic")}
    for flow, places in sides.items():
        for place in places:
            key = f"{flow.lower()} 2023"
            cells = [x for _ in MONTHS for x in (DRAW.randint(1, 900), sheet.value(key, 1000))]
            sheet.rows.append([flow, place, *cells])
    sheet.rows += [["* Data for 2023 are preliminary."], ["Source: an invented office."]]
    return sheet


def turkey() -> Sheet:
    """TÜİK: flows side by side, decimal commas."""
    sheet = Sheet("tur.csv", map=fixed(reporter="TUR"))
    heads = "Yıl;Ay;Ülke;Ülke adı;HS6;Madde adı;Ölçü adı;İhracat Dolar;İhracat Miktar 1;İthalat Dolar;İthalat Miktar 1"
    sheet.rows = [heads.split(";")]
    places = {"75": "Rusya Federasyonu", "720": "Çin", "4": "Almanya", "83": "Kırgızistan", "400": "ABD"}
    for code, goods in CODES:
        for number, place in places.items():
            out, into = (sheet.value(f"{flow} 2022", 1, 2, 9_000_000) for flow in ("export", "import"))
            cells = [european(out), DRAW.randint(1, 999), european(into), DRAW.randint(1, 999)]
            sheet.rows.append([2022, 1, number, place, code, goods, "KG/ADET", *cells])
    return sheet


def european(number: float) -> str:
    """A number with points between thousands."""
    return f"{number:,.2f}".replace(",", "_").replace(".", ",").replace("_", ".")


def japan() -> Sheet:
    """The Ministry of Finance of Japan: months by measure, its own numbers of countries and of flows."""
    sheet = Sheet("jpn.csv", "JPY", (*fixed(reporter="JPN", currency="JPY"), "[scale]", "value = 1000"))
    short = [m[:3] for m in MONTHS]
    measures = ("Quantity1", "Quantity2", "Value")
    heads = ["Exp or Imp", "Year", "HS", "Country", "Unit1", "Unit2", *(f"{m}-Year" for m in measures)]
    sheet.rows = [[*heads, *(f"{m}-{month}" for month in short for m in measures)]]
    for flow, key in (("1", "export 2023"), ("2", "import 2023")):
        for number in ("224", "105", "103", "304", "213", "153"):
            values = [sheet.value(key, 1000, 0) for _ in short]
            cells = [x for value in values for x in (DRAW.randint(0, 99), DRAW.randint(0, 99), value)]
            sheet.kg += sum(cells[1::3])
            sheet.rows.append([flow, "2023", "'870322910'", f"'{number}'", "'NO'", "'KG'", 0, 0, sum(values), *cells])
    return sheet


def korea() -> Sheet:
    """The customs service of Korea: flows side by side, the units in a line above, a row of the sum."""
    sheet = Sheet("kor.xlsx", map=fixed(reporter="KOR"))
    body: list[list[Any]] = []
    for month in ("2022.11", "2022.12", "2023.01"):
        for place in ("중국", "미국", "러시아 연방", "키르기스스탄", "홍콩", "대만"):
            out, into = (sheet.value(f"{flow} {month[:4]}", 1000, 0) for flow in ("export", "import"))
            body.append(
                [month, "8542.31", "프로세서", place, sheet.weight(1000), out, sheet.weight(1000), into, out - into]
            )
    total: list[Any] = [sum(row[i] for row in body) for i in range(4, 9)]
    sheet.rows = [
        ["품목별 국가별 수출입실적"],
        ["(단위 : 천불(USD 1,000), 톤(TON))"],
        ["기간", "HS코드", "품목명", "국가", "수출 중량", "수출 금액", "수입 중량", "수입 금액", "무역수지"],
        ["총계", "-", "-", "-", *total],
        *body,
    ]
    return sheet


def united_kingdom() -> Sheet:
    """HM Revenue & Customs: pounds in the heading."""
    sheet = Sheet("gbr.csv", "GBP", fixed(reporter="GBR"))
    heads = "Flow Type|Year|Month|Commodity Code|Country|Country Code|Value (£)|Net Mass (Kg)|Supplementary Unit"
    sheet.rows = [heads.split("|")]
    for flow in ("Exports", "Imports"):
        for place, code in (("Russia", "RU"), ("Irish Republic", "IE"), ("Kosovo", "XK"), ("China", "CN")):
            value = f"{sheet.value(f'{flow.lower()[:-1]} 2023', 1, 0, 9_000_000):,}"
            sheet.rows.append([flow, 2023, "March", "85423190", place, code, value, f"{sheet.weight():,}", 3])
    return sheet


def switzerland() -> Sheet:
    """Swiss-Impex: years over flow and measure, thousands divided by apostrophes."""
    sheet = Sheet("che.csv", "CHF", fixed(reporter="CHE"))
    sheet.rows = [
        ["Swiss-Impex"],
        ["Handelspartner nach Tarifnummer, Total 1 (Konjunkturtotal)"],
        [],
        ["Tarifnummer", "Handelspartner", "2022", "", "", "", "2023", "", "", ""],
        ["", "", *["Import Menge (kg)", "Import Wert (CHF)", "Export Menge (kg)", "Export Wert (CHF)"] * 2],
    ]
    for place in ("Deutschland", "Russische Föderation", "Kirgisistan", "Korea, Republik", "Türkei"):
        cells = []
        for year in (2022, 2023):
            for flow in ("import", "export"):
                cells += [sheet.weight(), f"{sheet.value(f'{flow} {year}', 1, 0, 9_000_000):,}".replace(",", "’")]
        sheet.rows.append(["8542.3190", place, *cells])
    sheet.rows += [[], ["Quelle: BAZG, Swiss-Impex"], ["Abfragedatum: 12.02.2024"]]
    return sheet


def canada() -> Sheet:
    """Statistics Canada: two languages in each heading, rows by province."""
    sheet = Sheet("can.csv", "CAD", (*fixed(reporter="CAN", flow="export", currency="CAD"), "[file]", 'rows = "parts"'))
    heads = "YearMonth/AnnéeMois|HS8|Country/Pays|Province|State/État|Value/Valeur|Quantity/Quantité"
    sheet.rows = [[*heads.split("|"), "Unit of Measure/Unité de Mesure"]]
    for code in ("85423100", "1019000", "01019000"):
        for place in ("US", "CN", "RU", "KG"):
            for province in ("ON", "QC"):
                cells = [sheet.value("export 2023", 1, 0), DRAW.randint(0, 99), "NMB"]
                sheet.rows.append(["202301" if len(code) == 8 else "202302", code, place, province, "", *cells])
    return sheet


def brazil() -> Sheet:
    """Comex Stat: its own numbers of countries, rows by state."""
    sheet = Sheet("bra.csv", map=(*fixed(reporter="BRA", flow="export"), "[file]", 'rows = "parts"'))
    heads = "CO_ANO;CO_MES;CO_NCM;CO_UNID;CO_PAIS;SG_UF_NCM;CO_VIA;CO_URF;QT_ESTAT;KG_LIQUIDO;VL_FOB"
    sheet.rows = [heads.split(";")]
    for place in ("160", "249", "676", "023", "625"):
        for state in ("SP", "RS"):
            cells = [DRAW.randint(1, 900), sheet.weight(), sheet.value("export 2023", 1, 0)]
            sheet.rows.append(["2023", "01", "02023000", "10", place, state, "04", "0817600", *cells])
    return sheet


def india() -> Sheet:
    """The Department of Commerce of India: years from April, millions of dollars."""
    sheet = Sheet("ind.xlsx", map=fixed(reporter="IND"))
    sheet.rows = [
        ["Export :: Commodity-wise all countries"],
        ["Commodity: 8542 ELECTRONIC INTEGRATED CIRCUITS"],
        ["Values in US$ Million"],
        ["S.No.", "Country", "2021-2022", "2022-2023", "%Growth"],
    ]
    body = [[sheet.value(f"export {y}", 1e6, 2, 400) for y in (2021, 2022)] for _ in range(4)]
    for number, (place, cells) in enumerate(
        zip(("RUSSIA", "CHINA P RP", "U S A", "KYRGHYZSTAN"), body, strict=True), 1
    ):
        sheet.rows.append([number, place, *cells, round(100 * (cells[1] / cells[0] - 1), 2)])
    sheet.rows.append([None, "Total", *(round(sum(column), 2) for column in zip(*body, strict=True)), None])
    sheet.rows.append(["Data Source: an invented office"])
    return sheet


def china() -> Sheet:
    """China Customs: GB 18030, thousands divided by commas."""
    sheet = Sheet("chn.csv", map=fixed(reporter="CHN", flow="export"), encoding="gb18030")
    heads = "数据年月,商品编码,商品名称,贸易伙伴编码,贸易伙伴名称,第一数量,第一计量单位,第二数量,第二计量单位,美元,"
    sheet.rows = [heads.split(",")]
    for number, place in (("344", "俄罗斯联邦"), ("145", "吉尔吉斯斯坦"), ("110", "中国香港"), ("133", "韩国")):
        value = f"{sheet.value('export 2023', 1, 0, 90_000_000):,}"
        drawn = DRAW.randint(1000, 90_000)
        sheet.kg += drawn
        cells = [number, place, f"{drawn:,}", "千克", f"{DRAW.randint(1, 9000):,}", "个", value, ""]
        sheet.rows.append(["202301", "03061700", "其他冻小虾", *cells])
    return sheet


def trade_map() -> Sheet:
    """ITC Trade Map: ten years of one product."""
    sheet = Sheet("itc.xlsx", map=fixed(reporter="DEU"))
    years = range(2013, 2023)
    places = ("China", "Viet Nam", "Taipei, Chinese", "Korea, Republic of", "Hong Kong, China")
    body = [[sheet.value(f"export {y}", 1000, 0) for y in years] for _ in places]
    sheet.rows = [
        ["List of importing markets for a product exported by Germany"],
        ["Product: 280461 Silicon containing >= 99,99% by weight of silicon"],
        [],
        ["Unit : US Dollar thousand"],
        [],
        ["Importers", *(f"Exported value in {year}" for year in years)],
        ["World", *map(sum, zip(*body, strict=True))],
        *([place, *cells] for place, cells in zip(places, body, strict=True)),
        [],
        ["Sources: an invented office."],
    ]
    return sheet


def germany() -> Sheet:
    """Destatis: no heading over labels, months in words, what is counted and its unit in two rows."""
    sheet = Sheet("deu.csv", "EUR", fixed(reporter="DEU"), "cp1252")
    sheet.rows = [
        ["Tabelle: 51000-0016"],
        ["Aus- und Einfuhr (Außenhandel): Deutschland, Monate, Land,", *[""] * 7],
        [*[""] * 4, "Ausfuhr: Gewicht", "Ausfuhr: Wert", "Einfuhr: Gewicht", "Einfuhr: Wert"],
        [*[""] * 4, *["t", "Tsd. EUR"] * 2],
    ]
    for place in ("Russische Föderation (ab 1992)", "China (einschl. Tibet)", "Frankreich (einschl. Monaco)"):
        for month in ("Januar", "Februar", "März"):
            cells = [x for f in ("export", "import") for x in (sheet.weight(1000), sheet.value(f"{f} 2023", 1000, 0))]
            sheet.rows.append(["WA85423190", place, 2023, month, *cells])
    sheet.rows += [["__________"], ["© Ein erfundenes Amt, 2024"], ["Stand: 12.02.2024 / 10:11:12"]]
    return sheet


BUILDERS = (
    kazakhstan,
    kyrgyzstan,
    georgia,
    turkey,
    japan,
    korea,
    united_kingdom,
    switzerland,
    canada,
    brazil,
    india,
    china,
    trade_map,
    germany,
)
SEPARATORS = {"tur.csv": ";", "che.csv": ";", "bra.csv": ";", "deu.csv": ";", "coeweb.csv": ";"}


def written(builder: Callable[[], Sheet], folder: Path, *, is_told: bool = True) -> tuple[Sheet, Path, Path]:
    """A sheet and its file, and the file of its map; the same figures on every run.

    Args:
        builder: one of BUILDERS.
        folder: where to write.
        is_told: whether the reader is told the encoding; else what needs that is written in UTF-8.
    """
    DRAW.seed(builder.__name__)
    sheet = builder()
    sheet.encoding = "" if sheet.encoding == "cp1252" and not is_told else sheet.encoding
    path = sheet.write(folder, SEPARATORS.get(sheet.name, ","))
    mapping = folder / f"{sheet.name}.toml"
    nothing = ("[scale]", "quantity = 1")  # a map says something
    mapping.write_text("\n".join(sheet.map or nothing) + "\n", encoding="utf-8")
    return sheet, path, mapping
