"""Papers beside the invoice: whose they may be, and a shipment that is asked for by the number of one."""

from __future__ import annotations

from datetime import date

import pytest

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.desk.desk import Desk
from entrepot.desk.dossier_asked import books_by_day
from entrepot.tracing.dossier.numbered_papers import OTHER_CHAIN, OTHER_ISSUER, numbered
from entrepot.tracing.dossier.shipment_chain import shipment_chain
from entrepot.tracing.dossier.supply_papers import sorts

LINKS = """\
supplier,buyer,material,product,quantity,unit,date,document
Knit Example Ltd,Sewn Example Ltd,knitted fabric,T-shirt,12500,kg,2026-04-01,INV-4
Sewn Example Ltd,Importer Example Inc,T-shirt,,60000,pcs,2026-05-01,INV-5
Other Example Ltd,Importer Example Inc,T-shirt,,100,pcs,2026-05-01,INV-6
"""
BESIDE = """\
document,belongs_to,issuer,sort,language,date
BL-77,INV-5,Sewn Example Ltd,transport,en,2026-05-03
PO-1,INV-5,Importer Example Inc,order,en,2025-12-01
PO-2,INV-5,Other Example Ltd,order,en,2025-12-01
PO-3,INV-4,Sewn Example Ltd,order,en,2025-12-01
BL-9,INV-5,,transport,en,2026-05-03
BL-9,INV-6,,transport,en,2026-05-03
BL-0,INV-0,,transport,en,2026-05-03
KMTU55,INV-5,Example Container Line,transport,en,2026-05-03
CO-5,INV-5,Example Chamber of Commerce,origin,en,2026-05-03
PO-5,INV-5,Unheard Example Ltd,order,en,2026-05-03
BL-6,INV-5,Other Example Ltd,transport,en,2026-05-03
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    at = tmp_path_factory.mktemp("beside")
    made = Desk(at / "store")
    for form, text in (("links", LINKS), ("papers", BESIDE)):
        (at / f"{form}.csv").write_text(text, encoding="utf-8")
        made.load_supply(at / f"{form}.csv", form=form)
    return made


def test_either_end_of_a_supply_may_have_issued_what_goes_with_it(desk):
    """An order is the buyer's; of who is neither, a paper goes with another supply."""
    books = books_by_day(desk.store, date(2026, 6, 1))
    chain = shipment_chain(books.known, "INV-5")
    found = numbered(books.known, books.later, chain)
    steps = {p.paper.name: chain.steps[p.step - 1].party for p in found.papers}
    assert steps["PO-1"] == steps["BL-77"] == "Sewn Example Ltd"
    assert steps["PO-3"] == "Knit Example Ltd"
    assert ("PO-2", OTHER_CHAIN) in {(p.name, why) for p, why in found.aside}
    met = {(r["part"], r["number"]) for r in desk.dossier("INV-5", as_of="2026-06-01").to_pylist()}
    assert ("met", "A10, step 2") in met  # the order


def test_what_a_carrier_or_a_chamber_issued_goes_with_the_number_that_it_names(desk):
    """Neither sells nor buys; an order of nobody known does not, and another seller's bill is of that seller's."""
    books = books_by_day(desk.store, date(2026, 6, 1))
    found = numbered(books.known, books.later, shipment_chain(books.known, "INV-5"))
    assert {"KMTU55", "CO-5"} <= {p.paper.name for p in found.papers}
    aside = {p.name: why for p, why in found.aside}
    assert (aside["PO-5"], aside["BL-6"]) == (OTHER_ISSUER, OTHER_CHAIN)
    rows = desk.dossier("INV-5", as_of="2026-06-01").to_pylist()
    assert any("KMTU55" in r["said"] for r in rows if r["part"] == "transport" and r["status"] == "there")
    (said,) = [r["said"] for r in rows if r["part"] == "set_aside" and r["number"] == "PO-5"]
    assert "is no party of the files" in said
    one = desk.dossier("KMTU55", as_of="2026-06-01").to_pylist()
    assert [r["said"] for r in one if r["part"] == "step"] == [r["said"] for r in rows if r["part"] == "step"]


def test_what_is_no_shipment_is_not_proposed_as_one(desk):
    with pytest.raises(UnknownNameError) as told:
        desk.dossier("PO-5", as_of="2026-06-01")
    assert "PO-5" not in told.value.known


def test_a_row_of_a_paper_with_its_own_number_says_what_it_is(tmp_path):
    desk = Desk(tmp_path / "store")
    told = {
        "links": "supplier,buyer,material,quantity,unit,date,document\nA Mill,B Mill,yarn,10,kg,2026-01-01,4711\n",
        "papers": "document,belongs_to,sort\n4711,4711,packing\n",
    }
    for form, text in told.items():
        (tmp_path / f"{form}.csv").write_text(text, encoding="utf-8")
        desk.load_supply(tmp_path / f"{form}.csv", form=form)
    (said,) = [r["said"] for r in desk.dossier("4711", as_of="2026-06-01").to_pylist() if r["part"] == "paper"]
    assert said.startswith("4711, packing list;")


def test_a_shipment_is_what_a_bill_of_lading_calls_it(desk):
    one, other = (desk.dossier(n, as_of="2026-06-01").to_pylist() for n in ("BL-77", "INV-5"))
    assert [r["said"] for r in one if r["part"] == "step"] == [r["said"] for r in other if r["part"] == "step"]
    with pytest.raises(BadInputError, match="papers between other parties have one number"):
        desk.dossier("BL-9", as_of="2026-06-01")
    assert desk.dossier("BL-9", supplier="Other Example Ltd", as_of="2026-06-01").table.num_rows
    with pytest.raises(UnknownNameError, match="BL-77"):
        desk.dossier("BL-78", as_of="2026-06-01")
    with pytest.raises(UnknownNameError):  # it goes with an invoice that nobody loaded
        desk.dossier("BL-0", as_of="2026-06-01")


def test_what_goes_with_an_invoice_that_customs_alone_tell_of_goes_with_the_declaration(tmp_path):
    desk = Desk(tmp_path / "store")
    told = {
        "shipments": "exporter,importer,goods,net_weight,date,document,invoice\nA,B,yarn,10,2026-01-01,D-1,I-1\n",
        "papers": "document,belongs_to,sort\nBL-1,I-1,transport\n",
    }
    for form, text in told.items():
        (tmp_path / f"{form}.csv").write_text(text, encoding="utf-8")
        desk.load_supply(tmp_path / f"{form}.csv", form=form)
    papers = [r["said"] for r in desk.dossier("D-1", as_of="2026-06-01").to_pylist() if r["part"] == "paper"]
    assert any(said.startswith("BL-1,") for said in papers)


EVENTS = """\
supplier,buyer,material,product,quantity,unit,date,document,supplier_id,supplier_country
Knit Example Ltd,Second Buyer Ltd,knitted fabric,T-shirt,12500,kg,2026-04-01,GLN-4,4001,{country}
Strange Trader Ltd,Strange Buyer Ltd,rice,,1,t,2026-04-01,GLN-5,4002,
"""


@pytest.mark.parametrize(("country", "is_open"), [("PK", True), ("IN", True), ("BD", False)])
def test_papers_that_a_proposed_pair_alone_parts_from_the_chain_are_told_so(tmp_path, country, is_open):
    """By the files one firm sits in two countries: it is proposed as one, and joined by a person alone."""
    desk = Desk(tmp_path / "store")
    first = LINKS.replace("date,document", "date,document,supplier_country").replace("INV-4", "INV-4,BD")
    first = first.replace("INV-5", "INV-5,").replace("INV-6", "INV-6,")
    for name, text in (("first", first), ("events", EVENTS.format(country=country))):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        desk.load_supply(tmp_path / f"{name}.csv")
    made = desk.dossier("INV-5", as_of="2026-06-01")
    aside = {r["number"]: r["said"] for r in made.to_pylist() if r["part"] == "set_aside"}
    assert ("may be the same firm" in aside["GLN-4"]) == is_open
    assert "may be the same firm" not in aside["GLN-5"]
    assert any("1 paper that is set aside names a firm" in n for n in made.notes) == is_open
    told = desk.trace("T-shirt", as_of="2026-06-01").notes
    assert any("1 pair of parties may be one firm" in n for n in told) == is_open
    if is_open:
        (pair,) = [r for r in desk.supply_parties().to_pylist() if r["state"] == "proposed"]
        desk.supply_parties(split=[pair["join_id"]], by="A", why="two firms")
        notes = (*desk.dossier("INV-5", as_of="2026-06-01").notes, *desk.trace("T-shirt", as_of="2026-06-01").notes)
        assert not any("entrepot supply parties" in n for n in notes)


@pytest.mark.parametrize(
    ("name", "sort"),
    [
        ("提单 COSU123", "transport"),
        ("海运提单COSU123", "transport"),
        ("Коносамент № 7", "transport"),
        ("Handelsrechnung 4711", "invoice"),
        ("PACKING LIST / LISTE DE COLISAGE 3", "packing"),
        ("Packzettel 3", "packing"),
        ("采购订单PO8", "order"),
        ("Договор 12-34", "contract"),
        ("CERTIFICAT D'ORIGINE 9", "origin"),
        ("Déclaration d'origine 9", "origin"),
        ("DECLARACION DE ADUANA 5", "declaration"),
        ("报关单 5", "declaration"),
        ("付款凭证 8812", "payment"),
        ("Hóa đơn 17", "invoice"),
        ("Isotopic test report IT-7", "test"),
        ("棉花同位素检测报告 IT-7", "test"),
        # A supplier's word is no declaration to customs.
        ("Supplier's declaration 2025", "statement"),
        ("Lieferantenerklärung 2025", "statement"),
        ("供应商声明 不使用新疆棉", "statement"),
        ("IT-7", None),
    ],
)
def test_what_a_paper_is_is_read_in_many_languages(name, sort):
    assert next(iter(sorts(name)), None) == sort


def test_papers_named_in_other_languages_meet_what_is_asked_and_a_bank_or_a_laboratory_may_issue_them(tmp_path):
    rows = [
        "提单 COSU123,INV-5,COSCO,,zh,2026-05-03",
        "付款凭证 8812,INV-5,Bank of Examples,,zh,2026-05-20",
        "棉花同位素检测报告 IT-7,INV-4,Example Isotope Laboratory,,zh,2026-04-20",
        "Déclaration du fournisseur 3,INV-4,Knit Example Ltd,,fr,2026-04-01",
    ]
    made = Desk(tmp_path / "store")
    for form, text in (("links", LINKS), ("papers", "\n".join([BESIDE.splitlines()[0], *rows]))):
        (tmp_path / f"{form}.csv").write_text(text, encoding="utf-8")
        made.load_supply(tmp_path / f"{form}.csv", form=form)
    lines = made.dossier("INV-5", as_of="2026-06-01").to_pylist()
    met = {r["number"]: r["documents"] for r in lines if r["part"] == "met"}
    assert (met["A12, step 2"], met["A14, step 2"]) == (["付款凭证 8812"], ["提单 COSU123"])
    numbered_to = {r["documents"][0]: r["number"][0] for r in lines if r["part"] == "paper"}
    assert (numbered_to["棉花同位素检测报告 IT-7"], numbered_to["Déclaration du fournisseur 3"]) == ("1", "1")
