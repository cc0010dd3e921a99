"""Declarations of ASYCUDA World as XML, item by item, for screening and tracing.

The structure is that of the files which programs for brokers of Trinidad and Tobago, Saint Vincent, Zimbabwe, Albania
and Cote d'Ivoire write for import into the system, or read from it; parties but the listed one are invented.
"""

from datetime import date

import pytest

from entrepot.core.errors import UnreadableFileError
from entrepot.intake.open_table import opened
from entrepot.screening.parties.parties import read_parties
from entrepot.tracing.supply.read_supply import read_supply

LISTED = "XINJIANG ZHONGTAI CHEMICAL CO., LTD."
ITEM = """<Item><Attached_documents><Attached_document_code>IV05</Attached_document_code></Attached_documents>
<Packages><Number_of_packages>10</Number_of_packages></Packages>
<Tarification><HScode><Commodity_code>{hs}</Commodity_code><Precision_1>000</Precision_1><Precision_2><null/></Precision_2>
</HScode><Supplementary_unit><Suppplementary_unit_code>KGM</Suppplementary_unit_code></Supplementary_unit>
<Item_price>{price}</Item_price></Tarification>
<Goods_description><Country_of_origin_code>CN</Country_of_origin_code><Description_of_goods>Other</Description_of_goods>
<Commercial_Description>{goods}</Commercial_Description></Goods_description>
<Valuation_item><Weight_itm><Gross_weight_itm>{gross}</Gross_weight_itm><Net_weight_itm>{net}</Net_weight_itm></Weight_itm>
<Item_Invoice><Amount_national_currency>9</Amount_national_currency><Amount_foreign_currency>{price}</Amount_foreign_currency>
<Currency_code>USD</Currency_code></Item_Invoice></Valuation_item></Item>"""
ITEMS = (
    {"hs": "39041000", "goods": "PVC SG-5", "net": "20000.0", "gross": "20800.0", "price": "16000.0"},
    {"hs": "39042100", "goods": "PVC PASTE", "net": "500.5", "gross": "520.0", "price": "900.0"},
)


def declaration(items=ITEMS, day="9/14/26", number="10231", supplier="", head='<?xml version="1.0" encoding="UTF-8"?>'):
    number = f"<Number>{number}</Number>" if number else "<Number/>"
    return f"""{head}
<ASYCUDA id="1"><Property><Sad_flow>I</Sad_flow><Date_of_declaration/></Property>
<Identification><Office_segment><Customs_clearance_office_code>VCKTN</Customs_clearance_office_code></Office_segment>
<Registration><Serial_number>C</Serial_number>{number}<Date>{day}</Date></Registration></Identification>
<Traders><Exporter><Exporter_code><null/></Exporter_code><Exporter_name>{LISTED}
39 YANGCHENGHU RD
URUMQI, CHINA</Exporter_name></Exporter>
<Consignee><Consignee_code>1000231</Consignee_code><Consignee_name>HARROW IMPORTS LTD</Consignee_name></Consignee>
<Financial><Financial_code><null/></Financial_code><Financial_name><null/></Financial_name></Financial></Traders>
<Declarant><Declarant_name>Sample Brokers</Declarant_name><Reference><Number>2026 #17</Number></Reference></Declarant>
<General_information><Country><Export><Export_country_code>CN</Export_country_code></Export></Country></General_information>
<Valuation><Gs_Invoice><Currency_code>USD</Currency_code></Gs_Invoice></Valuation>
{"".join(ITEM.format(**one) for one in items)}{supplier}</ASYCUDA>"""


def written(path, text, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    return path


def test_each_item_is_a_supply_with_its_weight_and_value(tmp_path):
    found = read_supply(written(tmp_path / "sad.xml", declaration()), kind="shipments", today=date(2026, 11, 29))
    told = [(r["material"], r["quantity"], r["unit"], r["value"], r["currency"]) for r in found.links]
    assert told == [("PVC SG-5", 20_000, "kg", 16_000, "USD"), ("PVC PASTE", 500.5, "kg", 900, "USD")]
    for link in found.links:
        assert (link["supplier"], link["supplier_address"]) == (LISTED, "39 YANGCHENGHU RD, URUMQI, CHINA")
        assert (link["buyer"], link["buyer_id"]) == ("HARROW IMPORTS LTD", "1000231")
        assert (link["date"], link["document"], link["origin"]) == ("2026-09-14", "VCKTN C10231", "CN")
    assert [r["hs"] for r in found.tables["supply_declarations"]] == ["39041000000", "39042100000"]
    assert any("2 items" in n and "taxes, transport and banks" in n for n in found.row["notes"])


def test_all_its_parties_are_screened(tmp_path):
    supplier = """<Suppliers_documents><Suppliers_document_name>TARIM TRADING</Suppliers_document_name>
<Suppliers_document_city>KASHGAR</Suppliers_document_city><Suppliers_document_country>China</Suppliers_document_country>
</Suppliers_documents>"""
    parties = read_parties(written(tmp_path / "sad.xml", declaration(ITEMS[:1], supplier=supplier)))
    assert {(p.column, p.name, p.address) for p in parties.each()} == {
        ("Exporter", LISTED, "39 YANGCHENGHU RD, URUMQI, CHINA"),
        ("Consignee", "HARROW IMPORTS LTD", None),
        ("Declarant", "Sample Brokers", None),
        ("Supplier", "TARIM TRADING", "KASHGAR, China"),
    }
    older = supplier.replace("Suppliers_document_", "Invoice_supplier_")
    again = read_parties(written(tmp_path / "older.xml", declaration(ITEMS[:1], supplier=older)))
    assert [p.name for p in again.each()] == [p.name for p in parties.each()]


@pytest.mark.parametrize(
    ("day", "read"),
    [
        ("9/14/26", "2026-09-14"),
        ("14/09/2026", "2026-09-14"),
        ("2026-09-14", "2026-09-14"),
        ("0/0/00", ""),
        ("9/4/26", "9/4/26"),
    ],
)
def test_a_day_is_read_in_the_order_that_it_proves(tmp_path, day, read):
    (row, *_) = [
        dict(zip(t.headings, r, strict=True))
        for t in [opened(written(tmp_path / "s.xml", declaration(day=day)))]
        for r in t.rows()
    ]
    assert (row["Date"] or "") == read


def test_a_declaration_that_is_not_registered_has_the_declarants_reference(tmp_path):
    table = opened(written(tmp_path / "sad.xml", declaration(number="")))
    assert {r[table.headings.index("Declaration number")] for r in table.rows()} == {"2026 #17"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_the_encoding_is_the_files_own(tmp_path, encoding):
    head = f'<?xml version="1.0" encoding="{encoding.upper()}"?>'
    table = opened(written(tmp_path / "sad.xml", declaration(head=head).replace("HARROW", "HÄRROW"), encoding))
    assert any("HÄRROW IMPORTS LTD" in row for row in table.rows())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (declaration([]), "without an item"),
        (declaration()[:900], "is broken"),
        (
            declaration(head='<?xml version="1.0"?>').replace("<ASYCUDA", '<!DOCTYPE a [<!ENTITY b "c">]><ASYCUDA', 1),
            "files that end in",
        ),
        ("<ASYCUDA>" + "<a>" * 100 + "</a>" * 100 + "</ASYCUDA>", "within one another"),
        ("<ASYCUDA><Item/></ASYCUDA><b/>", "is broken"),
    ],
    ids=["no item", "cut off", "document type", "deep", "two roots"],
)
def test_what_is_no_whole_declaration_is_refused_with_what_to_do(tmp_path, text, said):
    with pytest.raises(UnreadableFileError, match=said) as refused:
        list(opened(written(tmp_path / "sad.xml", text)).rows())
    assert refused.value.remedy
