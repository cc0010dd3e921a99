"""Tables as databases of trade export them, with invented figures: long by measure, codes beside names, regions.

Headings of WITS, the WTO, the IMF, GENESIS and Russia's customs are those of publishers' documents or of programs that
read their files; those of UN Comtrade, KITA, Coeweb, Taiwan and Trade Map in Spanish are more or less as remembered.
"""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Any

from fuzz.national_sheets import Sheet, european, fixed

if TYPE_CHECKING:
    from pathlib import Path

CODES = ("854231", "870323")
_COMTRADE = (
    "typeCode", "freqCode", "refPeriodId", "refYear", "refMonth", "period", "reporterCode", "reporterISO",
    "reporterDesc", "flowCode", "flowDesc", "partnerCode", "partnerISO", "partnerDesc", "partner2Code", "partner2ISO",
    "partner2Desc", "classificationCode", "classificationSearchCode", "isOriginalClassification", "cmdCode",
    "cmdDesc", "aggrLevel", "isLeaf", "customsCode", "customsDesc", "mosCode", "motCode", "motDesc", "qtyUnitCode",
    "qtyUnitAbbr", "qty", "isQtyEstimated", "altQtyUnitCode", "altQtyUnitAbbr", "altQty", "isAltQtyEstimated",
    "netWgt", "isNetWgtEstimated", "grossWgt", "isGrossWgtEstimated", "cifvalue", "fobvalue", "primaryValue",
    "legacyEstimationFlag", "isReported", "isAggregate",
)  # fmt: skip


def wits() -> Sheet:
    """World Bank, WITS advanced query: thousands of dollars in the heading, names of flows shortened."""
    sheet = Sheet("wits.csv")
    heads = (
        "Nomenclature|ReporterISO3|ProductCode|ReporterName|PartnerISO3|PartnerName|Year|TradeFlowName|TradeFlowCode"
    )
    sheet.rows = [[*heads.split("|"), "TradeValue in 1000 USD", "NetWeight in KGM", "Quantity", "QtyUnit"]]
    for flow, number, key in (("Gross Imp.", 1, "import"), ("Gross Exp.", 2, "export")):
        for place, name in (("RUS", "Russian Federation"), ("CHN", "China"), ("KGZ", "Kyrgyz Republic")):
            for code in CODES:
                value, weight = sheet.value(f"{key} 2022", 1000, 3), sheet.weight()
                sheet.rows.append(
                    ["H5", "KAZ", code, "Kazakhstan", place, name, 2022, flow, number, value, weight, 3, "Kg"]
                )
    return sheet


def comtrade_api() -> Sheet:
    """UN Comtrade, the API of 2023 asked without descriptions: numbers only, names empty."""
    sheet = Sheet("comtrade_api.csv")
    heads = list(_COMTRADE)
    sheet.rows = [heads]
    for flow, key in (("M", "import"), ("X", "export"), ("RX", "re-export")):
        for partner in (156, 643, 417, 842):
            for code in CODES:
                value, kg = sheet.value(f"{key} 2023", 1, 3), sheet.weight()
                is_import = flow == "M"
                cells = dict.fromkeys(heads, "") | {
                    "typeCode": "C", "freqCode": "A", "refPeriodId": 20230101, "refYear": 2023, "refMonth": 52,
                    "period": 2023,
                    "reporterCode": 398, "flowCode": flow, "partnerCode": partner, "partner2Code": 0,
                    "classificationCode": "H6", "classificationSearchCode": "HS", "isOriginalClassification": "True",
                    "cmdCode": code, "aggrLevel": 6, "isLeaf": "True", "customsCode": "C00", "mosCode": 0, "motCode": 0,
                    "qtyUnitCode": 8, "qty": kg, "isQtyEstimated": "False", "netWgt": kg, "isNetWgtEstimated": "False",
                    "grossWgt": 0, "cifvalue": value if is_import else "", "fobvalue": "" if is_import else value,
                    "primaryValue": value, "legacyEstimationFlag": 0, "isReported": "True", "isAggregate": "False",
                }  # fmt: skip
                sheet.rows.append([cells[h] for h in heads])
    return sheet


def wto() -> Sheet:
    """World Trade Organization, data portal: the indicator with its unit above, years side by side."""
    sheet = Sheet("wto.xlsx", map=fixed(flow="import"))
    sheet.rows = [
        ["Indicator", "  Bilateral imports by HS subheading – annual (Million US dollar)"],
        [],
        ["Reporting Economy", "Product/Sector", "Partner Economy", "2021", "2022", "2023"],
    ]
    for place in ("China", "Russian Federation", "Korea, Republic of"):
        cells = [sheet.value(f"import {y}", 1e6, 3, 900) for y in (2021, 2022, 2023)]
        sheet.rows.append(["Kazakhstan", "HS - 854231 - Processors and controllers", place, *cells])
    return sheet


class Zipped(Sheet):
    """A sheet in a ZIP, as GENESIS gives it."""

    def write(self, folder: Path, separator: str = ";") -> Path:
        """The archive that holds the file."""
        path = super().write(folder, separator)
        with zipfile.ZipFile(folder / "genesis.zip", "w") as out:
            out.write(path, path.name)
        path.unlink()
        return folder / "genesis.zip"


def genesis() -> Sheet:
    """Destatis, GENESIS flat file of 2025: a row a figure, what it counts and its unit beside it."""
    sheet = Zipped("51000-0016_de_flat.csv", "EUR", fixed(reporter="DEU"))
    heads = ["statistics_code", "statistics_label", "time_code", "time_label", "time"]
    for n in (1, 2):
        heads += [f"{n}_variable_{what}" for what in ("code", "label", "attribute_code", "attribute_label")]
    sheet.rows = [[*heads, "value", "value_unit", "value_variable_code", "value_variable_label"]]
    places = (("STLAND075", "Russische Föderation (ab 1992)"), ("STLAND720", "China (einschl. Tibet)"))
    for code, label in places:
        for flow, name in (("export", "Ausfuhr"), ("import", "Einfuhr")):
            for year in (2022, 2023):
                first = ["51000", "Außenhandel", "JAHR", "Jahr", year, "LAENDER", "Länder", code, label]
                first += ["WAM6", "Warenverzeichnis (6-Steller)", "WA854231", "Prozessoren"]
                kg, value = sheet.weight(1000), european(sheet.value(f"{flow} {year}", 1000, 2)).replace(".", "")
                sheet.rows.append([*first, kg, "t", f"{name[:2].upper()}GEW", f"{name}: Gewicht"])
                sheet.rows.append([*first, value, "Tsd. EUR", f"{name[:2].upper()}WERT", f"{name}: Wert"])
    return sheet


def russia() -> Sheet:
    """The Federal Customs Service of Russia, until 2022: months as 01/2015, a row a region."""
    sheet = Sheet("fcs.csv", map=(*fixed(reporter="RUS"), "[file]", 'rows = "parts"'))
    heads = "DIRECTION|PERIOD|COUNTRY|HS|UM|VALUE|NETWEIGHT|QUANTITY|REGION|REGION_S"
    sheet.rows = [heads.split("|")]
    regions = (
        ("46000 - MOSCOW REGION", "01-CENTRAL FEDERAL DISTRICT"),
        ("04000 - KRASNOYARSK TERRITORY", "06-SIBERIAN"),
    )
    for flow, key in (("IMP", "import"), ("EXP", "export")):
        for place in ("DE", "CN", "KG"):
            for region in regions:
                value = sheet.value(f"{key} 2015", 1, 0)
                sheet.rows.append([flow, "01/2015", place, "8542399019", "PCE  NMB", value, sheet.weight(), 4, *region])
    return sheet


def imf() -> Sheet:
    """International Monetary Fund, Direction of Trade: both ends by name and code, the flow in an indicator."""
    sheet = Sheet("imf.csv")
    heads = "Country Name|Country Code|Indicator Name|Indicator Code|Counterpart Country Name|Counterpart Country Code"
    sheet.rows = [[*heads.split("|"), "Time Period", "Value", "Status"]]
    out = "Goods, Value of Exports, Free on board (FOB), US Dollars"
    into = "Goods, Value of Imports, Cost, Insurance, Freight (CIF), US Dollars"
    for name, code, key in ((out, "TXG_FOB_USD", "export"), (into, "TMG_CIF_USD", "import")):
        for place, number in (("Russian Federation", 922), ("Kyrgyz Republic", 917), ("China, P.R.: Mainland", 924)):
            for year in (2021, 2022):
                value = sheet.value(f"{key} {year}", 1, 0)
                sheet.rows.append(["Kazakhstan, Rep. of", 916, name, code, place, number, year, value, ""])
    return sheet


def trade_map_spanish() -> Sheet:
    """ITC Trade Map in Spanish, a list of products: one pair, codes as text with an apostrophe."""
    sheet = Sheet("mapa.xlsx", map=fixed(reporter="DEU", partner="KAZ", flow="export"))
    sheet.rows = [
        ["Comercio bilateral entre Alemania y Kazajstán"],
        ["Producto: 85 Máquinas, aparatos y material eléctrico"],
        ["Unidad : miles Dólar Americano"],
        [],
        ["Código del producto", "Descripción del producto", *(f"Valor en {y}" for y in (2021, 2022, 2023))],
    ]
    for code, name in (("'854231", "Procesadores"), ("'850440", "Convertidores estáticos")):
        cells = [sheet.value(f"export {y}", 1000, 0) for y in (2021, 2022, 2023)]
        sheet.rows.append([code, name, *cells])
    sheet.rows.append(["Fuentes: una oficina inventada."])
    return sheet


def kita() -> Sheet:
    """Korea International Trade Association: amount and growth under each year, thousands of dollars above."""
    sheet = Sheet("kita.xlsx", map=fixed(reporter="KOR", flow="export", product="854231"))
    sheet.rows = [
        ["품목별 국가 수출 (HSK 854231)"],
        ["(단위 : 천불, %)"],
        ["순번", "국가명", "2022년", None, "2023년", None],
        [None, None, "금액", "증감률", "금액", "증감률"],
    ]
    for number, place in enumerate(("중국", "베트남", "러시아연방", "키르기스스탄"), 1):
        cells = [sheet.value(f"export {y}", 1000, 0) for y in (2022, 2023)]
        sheet.rows.append([number, place, cells[0], 12.4, cells[1], -3.1])
    return sheet


def coeweb() -> Sheet:
    """ISTAT, Coeweb: both flows by year in one heading each, points between thousands, a row of the world."""
    sheet = Sheet("coeweb.csv", "EUR", fixed(reporter="ITA"))
    heads = [f"{flow}{year}" for year in (2022, 2023) for flow in ("IMP", "EXP")]
    sheet.rows = [
        ["Interscambio commerciale in valore (euro) per paese e merce"],
        ["SH6 854231 - Processori e unità di controllo"],
        ["PAESE", "MERCE", *heads],
    ]
    body: list[list[Any]] = []
    for place in ("Russia", "Kirghizistan", "Cina", "Corea del Sud"):
        drawn = [sheet.value(f"{f} {y}", 1, 0, 9_000_000) for y in (2022, 2023) for f in ("import", "export")]
        body.append([place, *drawn])
    total = ["Mondo", *map(sum, zip(*(r[1:] for r in body), strict=True))]
    sheet.rows += [[r[0], "854231", *(f"{x:,}".replace(",", ".") for x in r[1:])] for r in (*body, total)]
    return sheet


def taiwan() -> Sheet:
    """Taiwan Customs: flows and units in words, years of the Republic from 1912."""
    sheet = Sheet("taiwan.csv", map=fixed(reporter="TWN"))
    heads = "進出口別,日期,貨品號列,中文貨名,英文貨名,國家,重量(公斤),價值(美元千元)"
    sheet.rows = [heads.split(",")]
    for flow, key in (("出口總值(含復出口)", "export"), ("進口總值(含復進口)", "import")):
        for place in ("中國大陸", "俄羅斯", "吉爾吉斯", "美國"):
            for year in (111, 112):
                value = f"{sheet.value(f'{key} {year + 1911}', 1000, 0, 9_000_000):,}"
                cells = [f"{year}年", "854231", "處理器", "PROCESSORS", place, f"{sheet.weight():,}", value]
                sheet.rows.append([flow, *cells])
    return sheet


BUILDERS = (wits, comtrade_api, wto, russia, imf, trade_map_spanish, kita, coeweb, taiwan)
