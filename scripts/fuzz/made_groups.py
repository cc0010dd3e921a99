"""Reports grouped by party and a declaration of ASYCUDA, as seeds: what is damaged is heads, sums, levels, elements."""

from __future__ import annotations

import csv
import io

QUICKBOOKS = """Transaction List by Vendor,,,,,
Harrow Trading LLC,,,,,

,Date,Transaction type,Num,Memo/Description,Amount
"Example Silicon Co., Ltd. (2)",,,,,
,01/12/2026,Bill,HS-1001,Silicon metal,"48,200.00"
,03/02/2026,Bill,HS-1002,Silicon metal,"12,500.00"
"Total for Example Silicon Co., Ltd.",,,,,"$60,700.00"
Kinetic Drivetrain GmbH,,,,,
,02/03/2026,Bill,KD-1,Chains,977.10
Total for Kinetic Drivetrain GmbH,,,,,$977.10
"""
XERO = """Invoice Date,Source,Reference,Description,Gross
"Example Silicon Co., Ltd.",,,,
12 Jan 2026,Payable Invoice,HS-1001,Silicon metal,"48,200.00"
3 Feb 2026,Payable Invoice,HS-1002,Silicon metal,"12,500.00"
"Total Example Silicon Co., Ltd.",,,,"60,700.00"
Total,,,,"60,700.00"
"""
TURNOVER = """Счет,Сальдо на начало периода,,Обороты за период,
Контрагенты,Дебет,Кредит,Дебет,Кредит
Договоры,,,,
60,,70 000,"30 000,00","20 000,00"
60.01,,70 000,"30 000,00","20 000,00"
ООО Альфа Снаб,,70 000,"30 000,00","20 000,00"
Договор поставки № 14 от 01.02.2025,,70 000,"30 000,00",
Основной договор,,,,"20 000,00"
Итого,,70 000,"30 000,00","20 000,00"
"""
PARTS = """29.11.2026          Vendor Line Item Display          1

Vendor               100231
Name                 Example Silicon Co., Ltd.
City                 Urumqi

------------------------------------------------------
|St|Assignment|DocumentNo|   Amt in loc.cur.|LCurr|
------------------------------------------------------
|  |ZT-1001   |1900000012|        48.200,00-|EUR  |
|* |          |          |        48.200,00-|EUR  |

Vendor               100377
Name                 Kinetic Drivetrain GmbH

|St|Assignment|DocumentNo|   Amt in loc.cur.|LCurr|
|  |KD-1      |1900000044|           977,10-|EUR  |
"""
DECLARATION = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<ASYCUDA><Property><Sad_flow>I</Sad_flow><Date_of_declaration/></Property>
<Identification><Office_segment><Customs_clearance_office_code>VCKTN</Customs_clearance_office_code></Office_segment>
<Registration><Serial_number>C</Serial_number><Number>10231</Number><Date>9/14/26</Date></Registration></Identification>
<Traders><Exporter><Exporter_code><null/></Exporter_code><Exporter_name>EXAMPLE SILICON CO., LTD
88 GONGYE RD
URUMQI, CHINA</Exporter_name></Exporter>
<Consignee><Consignee_code>1000231</Consignee_code><Consignee_name>HARROW IMPORTS LTD</Consignee_name></Consignee>
</Traders>
<Declarant><Declarant_name>Sample Brokers</Declarant_name><Reference><Number>2026 #17</Number></Reference></Declarant>
<General_information><Country><Export><Export_country_code>CN</Export_country_code></Export></Country></General_information>
<Valuation><Gs_Invoice><Currency_code>USD</Currency_code></Gs_Invoice></Valuation>
<Item><Tarification><HScode><Commodity_code>28046900</Commodity_code><Precision_1>00</Precision_1></HScode>
<Item_price>48200.0</Item_price></Tarification><Goods_description><Country_of_origin_code>CN</Country_of_origin_code>
<Commercial_Description>SILICON METAL 441</Commercial_Description></Goods_description>
<Valuation_item><Weight_itm><Gross_weight_itm>21000.0</Gross_weight_itm><Net_weight_itm>20000.0</Net_weight_itm>
</Weight_itm>
<Item_Invoice><Amount_foreign_currency>48200.0</Amount_foreign_currency><Currency_code>USD</Currency_code></Item_Invoice>
</Valuation_item></Item>
<Suppliers_documents><Suppliers_document_name>EXAMPLE TRADING</Suppliers_document_name></Suppliers_documents></ASYCUDA>
"""


def outlined() -> bytes:
    """The turnover as a workbook whose rows have levels."""
    from openpyxl import Workbook

    book = Workbook()
    levels = (0, 0, 0, 0, 1, 2, 3, 3, 0)  # of the rows above: headings, account and its part, party, contracts, sum
    for number, (level, row) in enumerate(zip(levels, csv.reader(io.StringIO(TURNOVER)), strict=True), 1):
        book.active.append(row)
        book.active.row_dimensions[number].outline_level = level
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
