"""Bills of lading as sellers of customs data export them: found by their number, a container, and what EPCIS holds."""

from __future__ import annotations

from datetime import date

import pytest

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.desk.desk import Desk
from entrepot.tracing.balance.books import Books
from entrepot.tracing.dossier.shipment_chain import shipment_chain
from entrepot.tracing.supply.contract import SUPPLY_DECLARATIONS
from entrepot.tracing.supply.read_supply import read_supply

TODAY = date(2026, 11, 1)
SHIPPER, CONSIGNEE = "Saigon Weaving JSC", "Merimont Apparel Inc"


def read(folder, headings, *rows):
    file = folder / "bills.csv"
    lines = [headings, *rows]
    file.write_text("\n".join(",".join(f'"{c}"' for c in row) for row in lines) + "\n", encoding="utf-8")
    return read_supply(file, kind="shipments", today=TODAY)


@pytest.mark.parametrize(
    "heading",
    ["B/L Nbr", "BL Nbr", "House B/L Nbr", "HBL No", "BOL #", "Bill of Lading", "Bill of Lading Number", "B/L No."],
)
def test_the_number_of_a_bill_is_its_paper(tmp_path, heading):
    found = read(tmp_path, ["Shipper", "Consignee", heading], [SHIPPER, CONSIGNEE, "ONEYA1"])
    assert [r["document"] for r in found.links] == ["ONEYA1"]


@pytest.mark.parametrize("heading", ["Product Details", "Goods Shipped", "Commodity Description", "Cargo Description"])
def test_the_goods_of_a_bill_are_read(tmp_path, heading):
    found = read(tmp_path, ["Shipper", "Consignee", heading], [SHIPPER, CONSIGNEE, "men's shirts"])
    assert [r["material"] for r in found.links] == ["men's shirts"]


@pytest.mark.parametrize(
    "heading", ["Container Number", "Container Numbers", "Container Nbr", "Container No", "箱号", "Номер контейнера"]
)
def test_the_containers_of_a_bill_are_kept(tmp_path, heading):
    found = read(tmp_path, ["Shipper", "Consignee", heading], [SHIPPER, CONSIGNEE, "MSKU1234565"])
    assert [r["container"] for r in found.tables[SUPPLY_DECLARATIONS.name]] == ["MSKU1234565"]


@pytest.mark.parametrize(
    "heading",
    ["Master of Vessel", "Number of Containers", "Container Count", "Bill Type", "Product Weight", "Goods Class"],
)
def test_what_only_looks_alike_is_not_read(tmp_path, heading):
    found = read(tmp_path, ["Shipper", "Consignee", heading], [SHIPPER, CONSIGNEE, "7"])
    (link,) = found.links
    assert (link["document"], link["material"]) == (None, None)
    assert found.tables[SUPPLY_DECLARATIONS.name][0]["container"] is None
    assert f"the column {heading} is not read" in found.row["notes"]


def link(number, document, **more):
    return {
        "file_id": "f", "row": number, "supplier_id": f"s{number}", "supplier": f"Mill {number}", "buyer_id": "b",
        "buyer": "Merimont", "material": "yarn", "product": None, "date": "2025-03-04", "document": document, **more,
    }  # fmt: skip


def declared(number, document, container):
    beside = {"hs": None, "invoice": None, "lot": None, "crossing": None, "container": container}
    return link(number, document, **beside)


CELLS = ("MSKU1234565", "TCLU 765432-1; MSKU7654321", "OOLU1111111 OOLU2222222", "BOX 17")


@pytest.fixture
def books():
    declarations = [declared(n, f"BOL-{n}", cell) for n, cell in enumerate(CELLS, 1)]
    links = [
        link(7, "urn:epcglobal:cbv:bt:8931234000001:BOL-77"),
        link(8, "https://id.example.org/253/8931234000001INV-9"),
        link(9, "urn:uuid:404d95fc-9457-4a51-bd6a-0bba133845a8"),
    ]
    return Books(links, declarations, [], [], [], [], [])


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("MSKU1234565", 1), ("msku 123456-5", 1), ("TCLU7654321", 2), ("MSKU7654321", 2), ("OOLU2222222", 3),
        ("box 17", 4), ("BOL-1", 1), ("BOL-77", 7), ("bol-77", 7), ("INV-9", 8),
        ("urn:epcglobal:cbv:bt:8931234000001:BOL-77", 7),
    ],
)  # fmt: skip
def test_a_shipment_is_found_by_its_container_and_by_what_stands_on_its_paper(books, asked, number):
    assert [s.first["row"] for s in shipment_chain(books, asked).shipped] == [number]


@pytest.mark.parametrize("asked", ["MSKU123456", "1234565", "77", "8931234000001", "0bba133845a8", ""])
def test_a_part_of_a_number_is_none(books, asked):
    with pytest.raises(UnknownNameError):
        shipment_chain(books, asked)


def test_a_container_of_several_shippers_asks_whose_it_is(books):
    books.declarations.append(declared(5, "BOL-5", "MSKU1234565"))
    with pytest.raises(BadInputError, match="--supplier"):
        shipment_chain(books, "MSKU1234565")
    assert [s.first["row"] for s in shipment_chain(books, "MSKU1234565", "Mill 5").shipped] == [5]


def test_a_container_is_kept_and_its_dossier_written(tmp_path):
    head = ["Shipper", "Consignee", "Goods", "Date", "B/L Nbr", "Container Nbr"]
    read(tmp_path, head, [SHIPPER, CONSIGNEE, "yarn", "2025-03-04", "SHA1", "MSKU1234565"])
    desk = Desk(tmp_path / "store")
    desk.load_supply(tmp_path / "bills.csv", form="shipments")
    assert desk.dossier("MSKU1234565").table.num_rows == desk.dossier("SHA1").table.num_rows


def test_a_declaration_and_its_bill_of_lading_both_lead_to_the_shipment(tmp_path):
    from entrepot.desk.desk import Desk

    file = tmp_path / "customs.csv"
    file.write_text(
        "Exporter,Importer,Goods,Net weight (kg),Date,Declaration No.,Invoice,B/L No.\n"
        'Sample Shirts Ltd,Sample Retail Inc,shirt,"52,000",2026-04-25,CD-778,INV-5,MODL999\n',
        encoding="utf-8",
    )
    desk = Desk(tmp_path / "store")
    answer = desk.load_supply(file, form="shipments")
    assert (answer.to_pylist()[0]["links"], answer.to_pylist()[0]["refused"]) == (1, 0)
    assert any("net_weight" in n and "the row is taken without it" in n for n in answer.notes)
    for number in ("CD-778", "MODL999", "INV-5"):
        assert desk.dossier(number, as_of="2026-06-01").to_pylist()


@pytest.mark.parametrize("heading", ["B/L No.", "HBL No", "Bill of Lading Number", "Waybill No"])
def test_a_bill_that_is_the_only_number_of_a_row_is_a_paper_of_transport(tmp_path, heading):
    """It is no customs declaration, and the leg that it is of has its paper."""
    desk = Desk(tmp_path / "store")
    (tmp_path / "links.csv").write_text(
        "supplier,buyer,material,quantity,unit,date,document\n"
        f"{SHIPPER},{CONSIGNEE},yarn,100,kg,2025-03-04,INV-1\n", encoding="utf-8"
    )  # fmt: skip
    read(
        tmp_path, ["Shipper", "Consignee", "Goods", "Net Weight (kg)", "Date", heading, "Invoice No"],
        [SHIPPER, CONSIGNEE, "yarn", "100", "2025-03-05", "SHA1", "INV-1"],
    )  # fmt: skip
    desk.load_supply(tmp_path / "links.csv")
    desk.load_supply(tmp_path / "bills.csv", form="shipments")
    rows = desk.dossier("INV-1", as_of="2025-06-01").to_pylist()
    (paper,) = [r["said"] for r in rows if r["part"] == "paper" and "SHA1" in r["said"]]
    assert paper.startswith("SHA1, paper of transport;")
    (leg,) = [r for r in rows if r["part"] == "transport"]
    assert (leg["status"], "SHA1" in leg["said"]) == ("there", True)


@pytest.mark.parametrize("heading", ["Declaration No.", "MRN", "Entry Number"])
def test_a_number_of_customs_is_no_paper_of_transport(tmp_path, heading):
    desk = Desk(tmp_path / "store")
    read(
        tmp_path, ["Shipper", "Consignee", "Goods", "Net Weight (kg)", "Date", heading],
        [SHIPPER, CONSIGNEE, "yarn", "100", "2025-03-05", "SHA1"],
    )  # fmt: skip
    desk.load_supply(tmp_path / "bills.csv", form="shipments")
    rows = desk.dossier("SHA1", as_of="2025-06-01").to_pylist()
    (paper,) = [r["said"] for r in rows if r["part"] == "paper"]
    assert paper.startswith("SHA1, customs declaration;")
    assert [r["status"] for r in rows if r["part"] == "transport"] == ["missing"]


# A bill to the order of a bank or of the shipper names nobody who gets the goods: the carrier notifies who does.
@pytest.mark.parametrize(
    "consignee",
    ["TO THE ORDER OF EXAMPLE BANK", "ORDER OF EXAMPLE BANK LTD", "ORDER OF EXAMPLEBANK NA", "Order of Shipper", ""],
)
@pytest.mark.parametrize("heading", ["Notify Party", "Notify Party Name", "NOTIFY NAME", "通知人"])
def test_who_is_notified_stands_for_a_consignee_that_names_nobody(tmp_path, consignee, heading):
    rows = [SHIPPER, consignee, CONSIGNEE], [SHIPPER, "Other Inc", "A Broker Ltd"]
    found = read(tmp_path, ["Shipper", "Consignee", heading], *rows)
    assert [r["buyer"] for r in found.links] == [CONSIGNEE, "Other Inc"]
    assert not found.refused
    assert any("the party to notify is taken for the importer: 1 row, row 2" in n for n in found.row["notes"])


def test_a_bill_that_names_neither_consignee_nor_whom_to_notify_is_refused(tmp_path):
    rows = [SHIPPER, "ORDER OF EXAMPLE BANK", "SAME AS CONSIGNEE"], [SHIPPER, CONSIGNEE, ""]
    found = read(tmp_path, ["Shipper", "Consignee", "Notify Party"], *rows)
    assert [r["row"] for r in found.refused] == [2]
    assert [r["buyer"] for r in found.links] == [CONSIGNEE]


@pytest.mark.parametrize(
    ("notified", "counted"),
    [
        ("Xinjiang Zhongtai Chemical Co Ltd", True),
        (CONSIGNEE.upper(), False),
        ("", False),
        ("SAME AS CONSIGNEE", False),
    ],
)
def test_a_party_to_notify_that_is_no_end_of_the_supply_is_counted_for_no_list_is_asked_about_it(
    notified, counted, tmp_path
):
    rows = [[SHIPPER, CONSIGNEE, notified, "BL-1"], [SHIPPER, CONSIGNEE, CONSIGNEE, "BL-2"]]
    found = read(tmp_path, ["Shipper", "Consignee", "Notify Party", "Bill of Lading"], *rows)
    told = [n for n in found.row["notes"] if "no list is asked about it here" in n]
    assert [n.rpartition(": ")[2] for n in told] == ["1 row, row 2"] * counted
    assert {r["buyer"] for r in found.links} == {CONSIGNEE}
