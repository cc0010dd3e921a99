"""The dossier of a shipment: its chain, its papers, what is asked of it; on an invented chain of solar modules."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.core.document.blocks import texts
from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.core.words.translate import speaking
from entrepot.desk.desk import Desk
from entrepot.desk.dossier_asked import books_by_day
from entrepot.tracing.balance.books import Books
from entrepot.tracing.dossier.asked_papers import Held, asked_papers
from entrepot.tracing.dossier.numbered_papers import numbered
from entrepot.tracing.dossier.paid_invoices import by_supply, paid_invoices
from entrepot.tracing.dossier.shipment_chain import CAME_AFTER, OTHER_LOT, shipment_chain
from entrepot.tracing.dossier.step_quantities import step_quantities
from entrepot.tracing.dossier.supply_papers import _said_of, not_latin, papers, sorts

DAY = "2025-12-01"
LINKS = """\
supplier,buyer,material,product,quantity,unit,value,currency,date,document,lot,origin,supplier_address,supplier_country
Invented Quarry AS,Model Silicon AS,quartz,silicon metal,300,t,30000,USD,2025-01-05,INV-Q1,Q-1,Norway,Quarry 1,Norway
Model Silicon AS,Sample Poly GmbH,silicon metal,polysilicon,90,t,200000,USD,2025-02-05,INV-S1,S-1,,,Norway
Other Silicon Ltd,Sample Poly GmbH,silicon metal,polysilicon,50,t,90000,USD,2025-02-06,INV-S2,S-2,,,
Late Silicon Ltd,Sample Poly GmbH,silicon metal,polysilicon,50,t,90000,USD,2025-09-06,INV-S3,,,,
Sample Poly GmbH,Model Wafers Sdn,polysilicon,silicon wafer,40,t,900000,USD,2025-03-05,Bill of lading 77,P-1,,,Germany
Model Wafers Sdn,Model Modules Sdn,silicon wafer,solar module,1000,pcs,500000,USD,2025-04-05,发票-9,,,,Malaysia
Glass Example Bhd,Model Modules Sdn,solar glass,solar module,50,t,50000,USD,2025-04-06,,,Malaysia,,Malaysia
Model Modules Sdn,Example Importer Inc,solar module,,500,pcs,700000,USD,2025-05-05,INV-M1,,,,Malaysia
Strange Trader,Strange Buyer,rice,,1,t,,,2025-05-05,INV-X,,,,
Model Modules Sdn,Example Importer Inc,solar module,,500,pcs,700000,USD,2026-01-05,INV-M2,,,,Malaysia
"""
MAKING = """\
maker,act,step,lot,material,quantity,unit,date,document
Sample Poly GmbH,used,PO-1,S-1,silicon metal,90,t,2025-02-10,BATCH-1
Sample Poly GmbH,made,PO-1,P-1,polysilicon,70,t,2025-02-20,BATCH-1
"""
PAID = """\
payer,payee,value,currency,date,document,invoice
Example Importer Inc,Model Modules Sdn,700000,USD,2025-06-01,PAY-1,INV-M1
Sample Poly GmbH,Invented Haven Ltd,200000,USD,2025-03-01,PAY-2,INV-S1
Model Silicon AS,Invented Quarry AS,10000,USD,2025-03-01,PAY-3,INV-Q1
Sample Poly GmbH,Model Silicon AS,5,USD,2025-03-01,PAY-4,INV-none
"""
CUSTOMS = """\
exporter,importer,goods,hs,net_weight,date,document,invoice
Model Modules Sdn,Example Importer Inc,solar module,8541430000,9000,2025-05-20,ENTRY-5,INV-M1
"""


BESIDE = """\
document,belongs_to,sort,language,translation_of,issuer
PO-9,INV-S1,order,en,,Model Silicon AS
PO-10,INV-S1,order,en,,Somebody Else
Packing list 1,INV-S1,,en,,
Frachtbrief 3,INV-S1,transport,de,,
BATCH-1 analysis,BATCH-1,,,,
INV-S1,INV-S1,,English,,
发票-9 EN,发票-9,translation,English,发票-9,
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    at = tmp_path_factory.mktemp("dossier")
    made = Desk(at / "store")
    for form, text in (("links", LINKS), ("production", MAKING), ("payments", PAID), ("shipments", CUSTOMS)):
        path = at / f"{form}.csv"
        path.write_text(text, encoding="utf-8")
        made.load_supply(path, form=form)
    return made


@pytest.fixture(scope="module")
def books(desk):
    from datetime import date

    return books_by_day(desk.store, date.fromisoformat(DAY))


@pytest.fixture(scope="module")
def chain(books):
    return shipment_chain(books.known, "ENTRY-5")


@pytest.fixture(scope="module")
def lines(desk):
    return desk.dossier("ENTRY-5", as_of=DAY, presented="2025-05-22", kind="applicability").to_pylist()


def of(lines, part):
    return [r for r in lines if r["part"] == part]


def test_steps_run_from_raw_material_to_the_shipment(chain):
    said = [(s.party, s.goods) for s in chain.steps]
    assert said[-1] == ("Model Modules Sdn", "solar module")
    assert said.index(("Invented Quarry AS", "quartz")) < said.index(("Model Silicon AS", "silicon metal"))
    assert said.index(("Sample Poly GmbH", "polysilicon")) < said.index(("Model Wafers Sdn", "silicon wafer"))
    assert [s.number for s in chain.steps] == list(range(1, len(chain.steps) + 1))
    assert "Strange Trader" not in {s.party for s in chain.steps}


def test_lots_and_days_leave_out_what_cannot_be_in_it(chain):
    left = {s.first["supplier"]: why for s, why in chain.left_out}
    # P-1 was made of S-1 alone, and what came in September is in nothing that was supplied in March.
    assert left == {"Other Silicon Ltd": OTHER_LOT, "Late Silicon Ltd": CAME_AFTER}


def test_a_declaration_of_an_invoice_is_a_paper_of_its_supply(chain, books):
    (shipped,) = chain.shipped
    assert shipped.first["document"] == "INV-M1"
    assert [r["document"] for r in shipped.declared] == ["ENTRY-5"]
    by_invoice = shipment_chain(books.known, "inv-m1")
    assert [s.key for s in by_invoice.steps] == [s.key for s in chain.steps]
    assert shipment_chain(books.known, "P-1").steps[-1].party == "Sample Poly GmbH"


def test_papers_given_are_numbered_and_set_aside(chain, books):
    found = numbered(books.known, books.later, chain)
    whole = {*papers(books.known), *papers(books.later)}
    assert found.given == len(whole) == len(found.papers) + len(found.aside)
    assert len({p.number for p in found.papers}) == len(found.papers)
    why = {p.name: w for p, w in found.aside}
    assert why == {
        "INV-S2": "other_lot", "INV-S3": "came_after", "INV-X": "other_chain", "INV-M2": "later",
        "PAY-4": "other_invoice",
    }  # fmt: skip
    assert {p.paper.name for p in found.of_step(len(chain.steps))} == {"INV-M1", "ENTRY-5", "PAY-1"}


def test_what_a_paper_is_is_told_by_its_number_alone():
    assert sorts("INV-5") == ["invoice"]
    assert sorts("Bill of Lading 7") == ["transport"]
    assert sorts("B/L 7") == ["transport"]
    assert sorts("SAMPLE-7") == []
    assert sorts("invoice 5, translation")[-1] in {"translation", "invoice"}
    assert not_latin("发票")
    assert not_latin("Счёт")
    assert not not_latin("Überweisung µ Ω é 5")


def test_asked_is_met_and_gaps_and_each_gap_says_what_asks(lines):
    asked = [r for r in lines if r["part"] in {"gap", "met"}]
    assert all(r["asked"] >= r["there"] >= 0 for r in asked)
    assert all((r["part"] == "met") == (r["asked"] == r["there"]) for r in asked)
    assert all(r["source_id"] and r["basis"] for r in asked)
    counts = next(r["said"] for r in lines if r["number"] == "counts")
    total, there = (sum(r[c] for r in asked) for c in ("asked", "there"))
    assert f"{total}; {there} there, {total - there} not" in counts


def test_what_is_not_there_is_named(lines):
    gaps = {(r["number"], r["status"]) for r in of(lines, "gap")}
    chain = {
        r["said"].split(":")[1].split(" makes")[0].split(" supplies")[0].strip(): r["number"] for r in of(lines, "step")
    }
    wafers, poly, glass = (chain[n] for n in ("Model Wafers Sdn", "Sample Poly GmbH", "Glass Example Bhd"))
    assert (f"A09, step {wafers}", "missing") in gaps  # a number in Chinese, no translation
    assert (f"A11, step {poly}", "missing") in gaps  # a bill of lading is no invoice
    assert f"A14, step {poly}" in {r["number"] for r in of(lines, "met")}
    assert (f"A06, step {glass}", "missing") in gaps  # a step without a numbered paper
    assert any(r["number"] == f"P01, step {chain['Invented Quarry AS']}" for r in of(lines, "met"))


def test_papers_beside_an_invoice_go_with_its_supply(tmp_path):
    """Orders, packing lists and translations meet what asks for them, at the step of the paper that they go with."""
    desk = Desk(tmp_path / "store")
    for form, text in (("links", LINKS), ("production", MAKING), ("papers", BESIDE)):
        (tmp_path / f"{form}.csv").write_text(text, encoding="utf-8")
        desk.load_supply(tmp_path / f"{form}.csv", form=form)
    rows = desk.dossier("INV-M1", as_of=DAY).to_pylist()
    steps = {re.split(": | makes | supplies ", r["said"])[1]: r["number"] for r in of(rows, "step")}
    silicon, poly, wafers = (steps[n] for n in ("Model Silicon AS", "Sample Poly GmbH", "Model Wafers Sdn"))
    papers_of = {r["said"].split(",")[0]: r["number"] for r in of(rows, "paper")}
    met = {r["number"] for r in of(rows, "met")}
    assert {f"A10, step {silicon}", f"A15, step {silicon}", f"A14, step {silicon}"} <= met
    gaps = {(r["number"], r["status"]) for r in of(rows, "gap")}
    assert (f"A09, step {silicon}", "missing") in gaps  # the waybill is in German, and nothing translates it
    assert f"A09, step {wafers}" in met
    assert [r["number"] for r in of(rows, "translation")] == [papers_of["Frachtbrief 3"]]
    assert papers_of["BATCH-1 analysis"].split(".")[0] == poly
    assert [r["number"] for r in of(rows, "set_aside") if r["number"] == "PO-10"] == ["PO-10"]  # of another issuer


def test_payments_are_matched(lines):
    said = {r["documents"][0]: r for r in of(lines, "payment") if r["documents"]}
    assert said["INV-M1"]["status"] == "there"
    assert said["INV-S1"]["status"] == "fault"
    assert "Invented Haven Ltd" in said["INV-S1"]["said"]
    assert "paid in part" in said["INV-Q1"]["said"]


def test_the_clock_counts_from_presentation_and_is_missing_without(desk, lines):
    # Thursday 22 May 2025: 23, (26 Memorial Day), 27, 28, 29, 30 May.
    assert of(lines, "clock")[0]["number"] == "2025-05-30"
    assert "Memorial Day" in of(lines, "clock")[0]["said"]
    (none,) = of(desk.dossier("ENTRY-5", as_of=DAY).to_pylist(), "clock")
    assert none["status"] == "not_told"


def test_the_two_requests_are_kept_apart(desk, lines):
    asked = {r["number"][0] for r in lines if r["part"] in {"gap", "met"}}
    assert asked == {"A", "P", "Z"}
    other = desk.dossier("ENTRY-5", as_of=DAY, kind="exception").to_pylist()
    assert "E" in {r["number"][0] for r in other if r["part"] == "gap"}
    assert {r["request"] for r in other} == {"exception"}
    assert {r["line_id"] for r in of(other, "summary")}.isdisjoint(r["line_id"] for r in of(lines, "summary"))


def test_the_goods_say_which_list_is_taken(desk):
    rows = desk.dossier("ENTRY-5", as_of=DAY, commodity="steel").to_pylist()
    assert "Z06" in {r["number"] for r in rows}
    assert not [r for r in rows if str(r["number"]).startswith("P0")]


def test_any_amount_stands_first_and_no_word_lets_goods_in(desk, lines):
    assert lines[0]["said"].startswith("Any amount counts")
    exception = desk.dossier("ENTRY-5", as_of=DAY, kind="exception", like="INV-Q1").to_pylist()
    for row in (*lines, *exception):
        assert not re.search(r"\b(clear(ed|s|ance)|complian(t|ce)|compl(y|ies)|innocent)\b", row["said"], re.IGNORECASE)


def test_a_chain_against_another(desk):
    other = of(desk.dossier("ENTRY-5", as_of=DAY, like="P-1").to_pylist(), "compared")
    assert "what differs is named" in other[0]["said"]
    assert {r["said"].split(",")[0] for r in other if "only in this chain" in r["said"]} == {
        "Model Wafers Sdn", "Glass Example Bhd", "Model Modules Sdn",
    }  # fmt: skip
    # Half a year later, of the same steps: what is the same is said, and that nobody here knows what CBP decided.
    same = of(desk.dossier("INV-M2", as_of="2026-02-01", like="ENTRY-5").to_pylist(), "compared")
    assert same[0]["said"].startswith("Every step of this chain is one of the chain of ENTRY-5")
    assert "What CBP decided on that shipment is in no file here" in same[0]["said"]


def test_every_statement_is_explained_by_its_rows(desk, lines):
    for row in lines[::7]:
        (found,) = desk.explain(row["line_id"])
        assert found.kind == "dossier_lines"
        assert len(found.rows) == len(row["rows"] or ())
        assert bool(found.sources) == bool(row["source_id"])


def test_an_unknown_shipment_names_the_nearest(desk):
    with pytest.raises(UnknownNameError, match="INV-M1"):
        desk.dossier("INV-M11", as_of=DAY)
    with pytest.raises(UnknownNameError, match="applicability"):
        desk.dossier("INV-M1", kind="aplicability", as_of=DAY)
    with pytest.raises(UnknownNameError, match="polysilicon"):
        desk.dossier("INV-M1", commodity="polisilicon", as_of=DAY)
    with pytest.raises(UnknownNameError):  # of a later day, so that it is not known yet
        desk.dossier("INV-M2", as_of=DAY)
    with pytest.raises(UnknownNameError, match="INV-Q1"):
        desk.dossier("INV-M1", like="INV-Q11", as_of=DAY)


def test_one_number_of_two_suppliers_is_refused_until_one_is_named(tmp_path):
    file = tmp_path / "links.csv"
    file.write_text(
        "supplier,buyer,material,document\nFirst Mill,Model Buyer,yarn,INV-1\nSecond Mill,Other Buyer,yarn,INV-1\n",
        encoding="utf-8",
    )
    desk = Desk(tmp_path / "store")
    with pytest.raises(BadInputError, match="supply load"):
        desk.dossier("INV-1", as_of=DAY)
    desk.load_supply(file)
    with pytest.raises(BadInputError, match="First Mill to Model Buyer; Second Mill to Other Buyer"):
        desk.dossier("INV-1", as_of=DAY)
    rows = desk.dossier("INV-1", supplier="second mill", as_of=DAY).to_pylist()
    assert "Second Mill" in of(rows, "step")[0]["said"]
    assert "another paper has this number" in of(rows, "paper")[0]["said"]


def test_rows_are_the_same_in_every_language(desk, lines):
    with speaking("en-XA"):
        told = desk.dossier("ENTRY-5", as_of=DAY, presented="2025-05-22").to_pylist()
    assert told == lines


def test_page_and_pdf_are_the_same_bytes_again(desk, tmp_path):
    pytest.importorskip("typst")
    made = []
    for name in "ab":
        html, pdf = tmp_path / f"{name}.html", tmp_path / f"{name}.pdf"
        desk.dossier("ENTRY-5", as_of=DAY, html=html, pdf=pdf)
        made.append((html.read_bytes().partition(b"\n<!-- signature of")[0], pdf.read_bytes()))
    assert made[0] == made[1]  # but for when each was signed
    assert made[0][1].startswith(b"%PDF")
    assert b"<script" not in made[0][0]


def test_the_document_names_every_paper_and_every_gap(desk, books, tmp_path, monkeypatch):
    from entrepot.desk import dossier as verb

    seen = []
    inner = verb._document
    monkeypatch.setattr(verb, "_document", lambda *a: seen.append(inner(*a)) or seen[0])
    rows = desk.dossier("ENTRY-5", as_of=DAY, html=tmp_path / "page.html").to_pylist()
    said = texts(seen[0])
    for row in of(rows, "paper"):
        assert row["number"] in said
    assert {r["number"].split(",")[0] for r in of(rows, "gap")} <= set(said)
    for aside in of(rows, "set_aside"):
        assert any(aside["number"] in t for t in said)


# --- any chain -------------------------------------------------------------------------------------------------------

_NAMES = "ABCDEF"
_LINK = st.tuples(
    st.sampled_from(_NAMES), st.sampled_from(_NAMES),
    st.sampled_from(["x", "y", None]), st.sampled_from(["x", "y", None]),
    st.sampled_from(["2025-01-01", "2025-02-01", None]), st.sampled_from(["D1", "D2", "D3", None]),
)  # fmt: skip


def link(at, row):
    supplier, buyer, material, product, day, document = row
    cells = {
        "supplier_id": supplier, "supplier": supplier, "buyer_id": buyer, "buyer": buyer, "material": material,
        "product": product, "date": day, "document": document, "quantity": None, "unit": None, "value": None,
        "currency": None, "origin": None, "supplier_address": None, "supplier_country": None,
    }  # fmt: skip
    return {"file_id": "supply-1", "row": at + 1, **cells}


def of_links(rows):
    shipped = link(998, ("A", "Z", "x", None, "2025-03-01", "SHIP"))
    return Books([*rows, shipped], [], [], [], [], [], {})


@settings(max_examples=60, deadline=None)
@given(st.lists(_LINK.filter(lambda r: r[0] != r[1]), max_size=14), st.randoms(use_true_random=False))
def test_any_chain_is_numbered_counted_and_told_alike_in_any_order(rows, order):
    links = [link(i, r) for i, r in enumerate(rows)]
    books = of_links(links)
    chain = shipment_chain(books, "ship")
    numbers = {s.key: s.number for s in chain.steps}
    circles = [set(c) for c in chain.loops]
    for step in chain.steps:
        for supply in step.inputs:
            before = numbers[supply.made_by]
            assert before < step.number or any({before, step.number} <= c for c in circles)
    for one, other in itertools.combinations(circles, 2):
        assert not one & other
    found = numbered(books, of_links([]), chain)
    assert found.given == len(papers(books))
    paid = paid_invoices(chain, ())
    held = Held(
        chain, found, {s.number: step_quantities(s, books) for s in chain.steps}, dict(by_supply(paid, chain)), {}, {}
    )
    for request in ("applicability", "exception"):
        for one in asked_papers(held, "cotton", request, is_same=True):
            assert 0 <= one.there <= one.asked
            assert one.untold <= one.gaps
            assert one.asked == one.there + one.gaps
    order.shuffle(links)
    again = shipment_chain(of_links(links), "SHIP")
    assert [(s.number, s.key, s.tier) for s in again.steps] == [(s.number, s.key, s.tier) for s in chain.steps]


def test_a_chain_with_a_loop_is_numbered_and_says_so():
    rows = [("B", "A", "x", "x"), ("C", "B", "x", "x"), ("B", "C", "x", "x"), ("D", "C", "x", "x")]
    links = [link(i, (*r, None, f"D{i}")) for i, r in enumerate(rows)]
    chain = shipment_chain(of_links(links), "SHIP")
    numbers = {s.party: s.number for s in chain.steps}
    assert numbers["D"] == 1
    assert numbers["A"] == 4
    assert chain.loops == (tuple(sorted((numbers["B"], numbers["C"]))),)


HEAD = "supplier,buyer,material,product,quantity,unit,value,currency,date,document,origin,supplier_country\n"
ONE_NUMBER = """\
Quux Gin Ltd,Blarf Shirts Inc,cotton lint,shirt,10,t,100,USD,2025-01-01,1001,{origin},
Zorb Button Ltd,Blarf Shirts Inc,buttons,shirt,9,t,200,USD,2025-01-01,1001,Italy,
Blarf Shirts Inc,Sample Shop Inc,shirt,,9,t,200,USD,2025-02-01,S-1,{made},{place}
Other Mill Inc,Sample Shop Inc,shirt,,9,t,200,USD,2025-02-01,S-2,,
"""
BOTH_PAID = """\
payer,payee,value,currency,date,document,invoice
Blarf Shirts Inc,Quux Gin Ltd,100,USD,2025-02-01,P-1,1001
Blarf Shirts Inc,Zorb Button Ltd,200,USD,2025-02-01,P-2,1001
"""


def shirts(folder, origin, paid="", place="Vietnam", made=""):
    desk = Desk(folder / "store")
    (folder / "links.csv").write_text(HEAD + ONE_NUMBER.format(origin=origin, place=place, made=made), encoding="utf-8")
    desk.load_supply(folder / "links.csv", form="links")
    if paid:
        (folder / "paid.csv").write_text(paid, encoding="utf-8")
        desk.load_supply(folder / "paid.csv", form="payments")
    return desk


@pytest.mark.parametrize(("origin", "is_excluded"), [("Brazil", True), ("China", False), ("", False)])
def test_an_origin_that_may_lie_in_the_region_excludes_nothing(tmp_path, origin, is_excluded):
    first = shirts(tmp_path, origin).dossier("S-1", as_of=DAY).to_pylist()[0]["said"]
    assert ("no paper leads to any" in first) == is_excluded
    assert ("cannot be excluded" in first) == (not is_excluded)


@pytest.mark.parametrize(
    ("place", "made", "is_told"),
    [("", "", False), ("China", "", False), ("", "China", False), ("Vietnam", "", True), ("", "Vietnam", True)],
)
def test_a_step_of_making_in_an_unknown_place_excludes_nothing(tmp_path, place, made, is_told):
    """Cotton of Brazil may have been sewn in the region."""
    desk = shirts(tmp_path, "Brazil", place=place, made=made)
    first = desk.dossier("S-1", as_of=DAY).to_pylist()[0]["said"]
    assert ("no paper leads to any" in first) == is_told
    assert ("No file tells where step" in first) == (not is_told)
    rows = [r for r in desk.trace("shirt", as_of=DAY).to_pylist() if r["party"] == "Blarf Shirts Inc"]
    assert {r["touches"] for r in rows} == {"no"}  # who asks what goes into its own product knows where that is made


def test_parties_of_supplies_that_are_left_out_are_counted_and_screened(tmp_path):
    """Who supplied a step after it had supplied this chain is in none of it, and an officer asks who that was."""
    desk = Desk(tmp_path / "store")
    late = (
        "Hoshine Silicon Industry Co. Ltd,Blarf Shirts Inc,cotton lint,shirt,1,t,9,USD,2025-06-01,L-1,China,China\n"
        "Late Gin Ltd,Blarf Shirts Inc,cotton lint,shirt,1,t,9,USD,2025-07-01,L-2,Brazil,Brazil\n"
    )
    text = HEAD + ONE_NUMBER.format(origin="Brazil", place="Vietnam", made="") + late
    (tmp_path / "links.csv").write_text(text, encoding="utf-8")
    desk.load_supply(tmp_path / "links.csv")
    rows = desk.dossier("S-1", as_of=DAY).to_pylist()
    (said,) = [r for r in of(rows, "summary") if r["number"] == "suppliers"]
    assert "handed over other lots: 2. " in said["said"]
    assert "that may be so: 1: Hoshine" in said["said"]
    assert said["documents"] == ["L-1"]
    told = {r["subject"]: r for r in of(rows, "party") if "in no part of the chain" in r["said"]}
    assert set(told) == {"Hoshine Silicon Industry Co. Ltd", "Late Gin Ltd"}
    assert told["Late Gin Ltd"]["said"].endswith("no match.")


def test_two_suppliers_of_one_number_are_each_paid(tmp_path):
    rows = shirts(tmp_path, "Brazil", BOTH_PAID).dossier("S-1", as_of=DAY).to_pylist()
    said = [r for r in of(rows, "payment") if "1001" in r["said"]]
    assert [r["status"] for r in said] == ["there", "there"]
    steps = {re.split(": | makes | supplies ", r["said"])[1]: r["number"] for r in of(rows, "step")}
    papers_of = {r["said"].split(",")[0]: r["number"].split(".")[0] for r in of(rows, "paper")}
    assert (papers_of["P-1"], papers_of["P-2"]) == (steps["Quux Gin Ltd"], steps["Zorb Button Ltd"])


def test_what_is_asked_of_a_chain_like_another_is_there_only_where_it_is_alike(tmp_path):
    made = shirts(tmp_path, "Brazil")
    for like, part in (("S-1", "met"), ("S-2", "gap")):
        rows = made.dossier("S-1", like=like, as_of=DAY).to_pylist()
        assert "A17" in {r["number"] for r in of(rows, part)}


@pytest.mark.parametrize(
    ("told", "language"),
    [
        ([("", "en")], "en"),
        ([("somebody else", "en")], ""),
        ([("model silicon as", "de"), ("somebody else", "en")], "de"),
        ([("somebody else", "en"), ("", "no")], "no"),
        ([("", "en"), ("", "de")], ""),
    ],
)
def test_a_language_is_that_of_the_issuers_paper(told, language):
    """One number of two issuers is two papers, and the one may be in English and the other not."""
    assert _said_of(told, {"supplier": "Model Silicon AS", "supplier_id": "p-1"}) == language
