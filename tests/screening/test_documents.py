"""Bills of lading and letters given to `screen` as text: parties under labels are read, sentences are refused."""

import pytest

from entrepot.core.errors import UnreadableFileError
from entrepot.screening.parties.parties import read_parties

# Invented, in the layout in which carriers print them.
BILL = """BILL OF LADING                                   B/L No. ORLV6391827450

SHIPPER:
Tarbagan Orlova Chemical Co., Ltd.
No. 39 Harbour Road, Industrial Zone
Zelmira, China

CONSIGNEE:
Brodanka Polymer Trade LLP
Lantern Avenue 57, Almaty, Kazakhstan

NOTIFY PARTY:
Same as consignee

Vessel / Voyage: HARBOUR LANTERN / 041W
Description of goods: PVC RESIN SG-5, 40 PALLETS
FREIGHT PREPAID
"""
INVOICE = """2. Consignor: Tarbagan Orlova Chemical Co., Ltd.
Address: 39 Harbour Road
Country: China
3. Consignee (not negotiable unless to order): Brodanka Polymer Trade LLP
Invoice No.: 17
"""
CHINESE = """提单
托运人：塔尔巴干化工有限公司
地址：某某路39号
收货人：
Brodanka Polymer Trade LLP
Almaty
"""
LETTER = """Dear Sirs,

please find below the details of our shipment. The shipper is Tarbagan Orlova Chemical Co., Ltd., Zelmira, and the
consignee is Brodanka Polymer Trade LLP, Almaty.

Kind regards,
Anna
"""
LISTS = {
    "one column": 'Supplier\n"Tarbagan Orlova Chemical Co., Ltd."\nConsignee Services LLP\n',
    "headings": "Shipper,Consignee\nTarbagan Orlova,Brodanka Polymer\n",
    "one label": "Shipper:\nTarbagan Orlova Chemical Co.\nBrodanka Polymer Trade LLP\n",
}


def read(text, folder, name="bill.txt"):
    (folder / name).write_text(text, "utf-8")
    return read_parties(folder / name)


def told(parties):
    return [(p.column, p.name, p.address) for p in parties.each()]


@pytest.mark.parametrize("name", ["bill.txt", "bill.csv", "bill"])
def test_parties_of_a_bill_of_lading_are_read_with_their_addresses(name, tmp_path):
    assert told(read(BILL, tmp_path, name)) == [
        ("SHIPPER", "Tarbagan Orlova Chemical Co., Ltd.", "No. 39 Harbour Road, Industrial Zone, Zelmira, China"),
        ("CONSIGNEE", "Brodanka Polymer Trade LLP", "Lantern Avenue 57, Almaty, Kazakhstan"),
        ("Vessel / Voyage", "HARBOUR LANTERN / 041W", None),
    ]


def test_the_ships_of_a_bill_are_ships_and_one_of_each_leg_is_in_its_row(tmp_path):
    text = BILL.replace("FREIGHT PREPAID", "Ocean Vessel: MV ZELMIRA STAR V.12")
    found = [(p.row, p.column, p.name, p.kind) for p in read(text, tmp_path).each()]
    assert found[2:] == [
        (1, "Vessel / Voyage", "HARBOUR LANTERN / 041W", "vessel"),
        (1, "Ocean Vessel", "MV ZELMIRA STAR V.12", "vessel"),
    ]


def test_what_is_no_party_is_told(tmp_path):
    notes = " ".join(read(BILL, tmp_path).notes)
    assert "'Same as consignee'" in notes
    assert "'BILL OF LADING'" in notes
    assert "and 1 more" in notes  # four lines, of which three are shown


def test_labels_with_numbers_and_brackets_and_a_name_behind_them(tmp_path):
    assert told(read(INVOICE, tmp_path)) == [
        ("Consignor", "Tarbagan Orlova Chemical Co., Ltd.", "39 Harbour Road, China"),
        ("Consignee", "Brodanka Polymer Trade LLP", None),
    ]


def test_labels_in_another_language(tmp_path):
    assert told(read(CHINESE, tmp_path)) == [
        ("托运人", "塔尔巴干化工有限公司", "某某路39号"),
        ("收货人", "Brodanka Polymer Trade LLP", "Almaty"),
    ]


def test_a_label_that_comes_again_begins_another_document(tmp_path):
    parties = read(BILL + BILL.replace("Tarbagan", "Zelmira"), tmp_path)
    assert [(p.row, p.name.split()[0]) for p in parties.each()] == [
        (1, "Tarbagan"), (1, "Brodanka"), (1, "HARBOUR"), (2, "Zelmira"), (2, "Brodanka"), (2, "HARBOUR")
    ]  # fmt: skip


def test_the_hash_is_that_of_the_file_and_a_change_in_between_is_refused(tmp_path):
    parties = read(BILL, tmp_path)
    parties.refuse_changed()
    (tmp_path / "bill.txt").write_text(INVOICE, "utf-8")
    with pytest.raises(UnreadableFileError, match="was changed"):
        parties.refuse_changed()


def test_a_letter_is_refused_with_what_to_write(tmp_path):
    with pytest.raises(UnreadableFileError, match="text in sentences") as refused:
        read(LETTER, tmp_path)
    assert "behind its label" in str(refused.value)


def test_a_text_of_lines_without_known_labels_is_refused_with_both_remedies(tmp_path):
    with pytest.raises(UnreadableFileError, match="cells where the heading has 1") as refused:
        read("SHIPMENT NOTE\n\nSent by\nTarbagan Orlova Chemical Co., Ltd.\n", tmp_path)
    assert "into quotes" in str(refused.value)
    assert "behind its label" in str(refused.value)


# Invented, in the two columns of a printed form: labels without a colon, names a character out of line, one gap of two.
FORM = """BILL OF LADING                      No. ORLV6391827450
CONSIGNOR (NAME AND ADDRESS)        EXPORT REFERENCES
Tarbagan Orlova Chemical             Pier 9 Storage Co., Ltd.
No. 39 Harbour Road

CONSIGNEE (NAME AND ADDRESS)        FORWARDING AGENT
Brodanka Polymer and Packaging LLP  Selwick Freight GmbH
Almaty                               Quay 4, Oststadt

NOTIFY PARTY                        ALSO NOTIFY
Same as consignee                    Vellmar Resins Kft.
                                     Budapest
Place of receipt: ZELMIRA    Port of loading: LANTERN BAY
"""


def test_a_form_of_two_columns_is_read_column_by_column(tmp_path):
    assert told(read(FORM, tmp_path)) == [
        ("CONSIGNOR", "Tarbagan Orlova Chemical", "No. 39 Harbour Road"),
        ("CONSIGNEE", "Brodanka Polymer and Packaging LLP", "Almaty"),
        ("FORWARDING AGENT", "Selwick Freight GmbH", "Quay 4, Oststadt"),
        ("ALSO NOTIFY", "Vellmar Resins Kft.", "Budapest"),
        ("unlabelled", "Pier 9 Storage Co., Ltd.", None),
    ]


def test_a_firm_under_no_known_label_is_screened_and_told(tmp_path):
    notes = " ".join(read(FORM, tmp_path).notes)
    assert "under no label that is known: 'Pier 9 Storage Co., Ltd.'" in notes
    assert "unknown role" in notes
    assert "'EXPORT REFERENCES'" in notes  # what is neither is named as not read
    behind = BILL.replace("FREIGHT PREPAID", "Stevedore: Quayhand Labour GmbH")
    assert ("unlabelled", "Quayhand Labour GmbH", None) in told(read(behind, tmp_path))


def test_a_name_that_runs_into_the_right_column_stays_whole_and_is_told(tmp_path):
    long = FORM.replace("Brodanka Polymer and Packaging LLP  Selwick", "Brodanka Polymer and Packaging Ltd Co Selwick")
    parties = read(long, tmp_path)
    assert [p.name for p in parties.each() if p.column == "CONSIGNEE"] == [
        "Brodanka Polymer and Packaging Ltd Co Selwick Freight GmbH"
    ]
    assert any("Lines 7 run into the right column" in n for n in parties.notes)


def test_two_labels_with_a_colon_side_by_side_are_two_columns(tmp_path):
    beside = "SHIPPER:                    CONSIGNEE:\nTarbagan Orlova Co.         Brodanka LLP\nZelmira\n"
    assert told(read(beside, tmp_path)) == [
        ("SHIPPER", "Tarbagan Orlova Co.", "Zelmira"),
        ("CONSIGNEE", "Brodanka LLP", None),
    ]
    tabs = "SHIPPER:\tCONSIGNEE:\nTarbagan\tBrodanka LLP\n"
    assert [name for _, name, _ in told(read(tabs, tmp_path))] == ["Tarbagan", "Brodanka LLP"]


def test_labels_in_no_column_have_their_names_behind_them_or_are_refused(tmp_path):
    line = "Shipper: Tarbagan Orlova Co.     Consignee: Brodanka LLP\nNotify: Vellmar     Manufacturer: Orlova Works\n"
    names = ["Tarbagan Orlova Co.", "Brodanka LLP", "Vellmar", "Orlova Works"]
    assert [name for _, name, _ in told(read(line, tmp_path))] == names
    three = "SHIPPER:         CONSIGNEE:         NOTIFY PARTY:\nTarbagan Co.     Brodanka LLP       Vellmar Kft.\n"
    with pytest.raises(UnreadableFileError, match=r"line 1.*side by side"):
        read(three, tmp_path)


def test_headings_of_a_list_in_columns_of_fixed_width_are_no_form(tmp_path):
    page = "No.   Shipper                  Consignee\n1     Tarbagan Orlova Co.      Brodanka LLP\n"
    parties = read(page + page.replace("1", "2"), tmp_path)
    assert not any("no table" in note for note in parties.notes)
    assert [p.name for p in parties.each()] == ["Tarbagan Orlova Co.", "Brodanka LLP"] * 2


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_stays_a_table(kind, tmp_path):
    parties = read(LISTS[kind], tmp_path, "list.csv")
    assert not any("no table" in note for note in parties.notes)
    assert parties.party_count == 2


# Invented lists in which words for parties are cells: what a supplier is, or which of its sites a row tells.
TYPES = {
    "tabs": "Supplier Name\tType\tAddress\nTarbagan Orlova\tProducer\tZelmira\nBrodanka LLP\tProducer\tAlmaty\n",
    "one row": "Supplier Name\tType\tAddress\nTarbagan Orlova\tManufacturer\tZelmira\n\n",
    "a title above": "Vendors\n\nVendor\tKind\tCity\nTarbagan Orlova\tMill\tZelmira\nBrodanka LLP\tTrader\tAlmaty\n",
    "another language": "Lieferant\tTyp\tOrt\nTarbagan Orlova\tHersteller\tZelmira\nBrodanka LLP\tHersteller\tAlmaty\n",
    "empty last cells": "Supplier\tType\tCity\tFax\nTarbagan Orlova\tMill\tZelmira\nBrodanka LLP\tBuyer\tAlmaty\t\n",
    "fixed width": (
        "Supplier Name     Type           Address\n"
        "Tarbagan Orlova   Manufacturer   Zelmira\n"
        "Brodanka LLP      Supplier       Almaty\n"
    ),
    "upright": (
        "Supplier Name\tTarbagan Orlova\nType\tManufacturer\nCountry\tCN\nAddress\tZelmira\n\n"
        "Supplier Name\tBrodanka LLP\nType\tSupplier\nCountry\tKZ\nAddress\tAlmaty\n"
    ),
}


@pytest.mark.parametrize("kind", TYPES)
def test_a_word_for_a_party_in_a_cell_makes_no_document_of_a_list(kind, tmp_path):
    parties = read(TYPES[kind], tmp_path, "list.txt")
    assert not any("no table" in note for note in parties.notes)
    whole = [("Tarbagan Orlova", "Zelmira"), ("Brodanka LLP", "Almaty")]
    assert [(p.name, p.address) for p in parties.each()] == whole[: parties.party_count]
    assert parties.party_count == (1 if kind == "one row" else 2)


def test_sites_of_a_supplier_in_the_rows_below_it_are_those_of_a_list(tmp_path):
    text = (
        "Supplier Name\tNumber\tSite\tAddress\nTarbagan Orlova\t7\tMAIN\tZelmira 1\n\t\tMILL\tZelmira 2\n"
        "Brodanka LLP\t8\tMAIN\tAlmaty 1\n\t\tMILL\tAlmaty 2\n"
    )
    parties = read(text, tmp_path, "sites.txt")
    assert not any("no table" in note for note in parties.notes)
    assert [p.address for p in parties.each()] == ["Zelmira 1", "Zelmira 2", "Almaty 1", "Almaty 2"]
    assert {p.name for p in parties.each()} >= {"Tarbagan Orlova", "Brodanka LLP"}


# Forms as a spreadsheet saves them, with as many tabs in each line, and such as a table of goods stands in.
FORMS = {
    "tabs": (
        "INVOICE\t\t\nExporter\t\tInvoice No\nTarbagan Orlova\t\t17\nZelmira\t\t\n\t\t\n"
        "Consignee\tBuyer\t\nBrodanka LLP\tBrodanka LLP\t\nAlmaty\tAlmaty\t\n"
    ),
    "two columns": (
        "SHIPPER\tEXPORT REFERENCES\nTarbagan Orlova\t17\nZelmira\t\n\t\nCONSIGNEE\tFORWARDING AGENT\n"
        "Brodanka LLP\tBrodanka LLP\nAlmaty\tAlmaty\n"
    ),
    "three boxes": (
        "SHIPPER            REFERENCE NO.   DATE\nTarbagan Orlova    17              2 May\nZelmira\n\n"
        "CONSIGNEE          TERMS           PORT\nBrodanka LLP       CIF             LANTERN\nAlmaty\n"
    ),
    "goods below": (
        "SHIPPER\nTarbagan Orlova\nZelmira\n\nCONSIGNEE\nBrodanka LLP\nAlmaty\n\n"
        "Item\tGoods\tManufacturer\n1\tPVC\tOrlova Works\n2\tPE\tOrlova Works\n"
    ),
    "goods and colons": (
        "Seller:\nTarbagan Orlova\nZelmira\n\nBuyer:\nBrodanka LLP\nAlmaty\n\n"
        "No\tSupplier\tGoods\n1\tOrlova Works\tPVC\n2\tOrlova Works\tPE\n"
    ),
}


@pytest.mark.parametrize("kind", FORMS)
def test_a_form_with_cells_stays_a_document(kind, tmp_path):
    parties = read(FORMS[kind], tmp_path, "form.txt")
    assert any("no table" in note for note in parties.notes)
    found = {(p.name, p.address) for p in parties.each()}
    assert {("Tarbagan Orlova", "Zelmira"), ("Brodanka LLP", "Almaty")} <= found


# As `pdftotext -layout` writes a form of two columns whose lines stand half a line apart.
OFFSET = """BILL OF LADING

Shipper
Tarbagan Orlova Chemical Industry (Zelmira) Co.,
                                                   B/L No. ORLV6391827450
Ltd.
                                                   Booking No. 6391827450
No. 39 Harbour Road
Shihezi, Xinjiang, China
Consignee                                          Notify Party
Brodanka Polymer Trade LLP                         Quellmar Works GmbH
Lantern Avenue 57
                                                   2 Mill Lane
Almaty
                                                   Hamburg
"""


def test_lines_of_two_columns_that_stand_half_a_line_apart_end_no_block(tmp_path):
    file = tmp_path / "bill.txt"
    file.write_text(OFFSET, encoding="utf-8")
    found = {p.column: (p.name, p.address) for p in read_parties(file).each()}
    name, address = found["Shipper"]
    assert name.startswith("Tarbagan Orlova Chemical Industry (Zelmira) Co.")
    assert address.endswith("No. 39 Harbour Road, Shihezi, Xinjiang, China")
    assert found["Consignee"] == ("Brodanka Polymer Trade LLP", "Lantern Avenue 57, Almaty")
    assert found["Notify Party"] == ("Quellmar Works GmbH", "2 Mill Lane, Hamburg")
    assert "unlabelled" not in found


def test_two_lines_with_nothing_in_a_column_end_its_block(tmp_path):
    file = tmp_path / "bill.txt"
    more = [" " * 51 + "B/L No. 1", " " * 51 + "Booking No. 2", "FREIGHT PREPAID"]
    lines = OFFSET.splitlines()
    file.write_text("\n".join([*lines[:9], *more, *lines[9:]]), encoding="utf-8")
    shipper = next(p for p in read_parties(file).each() if p.column == "Shipper")
    assert shipper.address.endswith("Xinjiang, China")


def test_a_pdf_is_refused_with_how_its_text_is_had(tmp_path):
    file = tmp_path / "bill.pdf"
    file.write_bytes(b"%PDF-1.7\n1 0 obj\n")
    with pytest.raises(UnreadableFileError, match="pdftotext -layout"):
        read_parties(file)
