"""Tables of supply that are no links: each row is taken or refused with its reason, and the counts add up."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.core.contract import table
from entrepot.core.errors import UnknownNameError, UnreadableFileError
from entrepot.desk.desk import Desk
from entrepot.tracing.contract import SUPPLY_REFUSED
from entrepot.tracing.supply import kept_supply
from entrepot.tracing.supply.contract import SUPPLY_LOTS
from entrepot.tracing.supply.kept_supply import TABLES
from entrepot.tracing.supply.placed_parties import placed
from entrepot.tracing.supply.read_supply import TABLES as KINDS
from entrepot.tracing.supply.read_supply import read_supply

TODAY = date(2026, 1, 1)


def read(folder, kind, text, **columns):
    file = folder / "table.csv"
    file.write_text(text, encoding="utf-8")
    found = read_supply(file, columns, kind=kind, today=TODAY)
    assert found.row["read"] == found.row["taken"] + found.row["refused"]
    for contract in (SUPPLY_REFUSED, *TABLES):
        table(contract, found.refused if contract is SUPPLY_REFUSED else found.tables.get(contract.name, []))
    return found


def test_a_declaration_is_a_supply_from_exporter_to_importer(tmp_path):
    text = (
        "Exporteur;Importeur;HS10;Wert;Waehrung;Eigenmasse;Datum\n"
        "Tarim Yarn;Weaver Ltd;5205.12.00.00;4.812,50;EUR;1.250,5;31.01.2025\n"
        "Tarim Yarn;Weaver Ltd;52;4.812,50;EUR;1.250,5;31.01.2025\n"
    )
    columns = {"exporter": "Exporteur", "importer": "Importeur", "hs": "HS10", "value": "Wert"}
    columns |= {"currency": "Waehrung", "net_weight": "Eigenmasse", "date": "Datum"}
    found = read(tmp_path, "shipments", text, **columns)
    (link,) = found.links
    assert (link["supplier"], link["buyer"], link["material"]) == ("Tarim Yarn", "Weaver Ltd", "HS 5205120000")
    assert (link["quantity"], link["unit"], link["value"], link["date"]) == (1250.5, "kg", 4812.5, "2025-01-31")
    assert "hs is '52'" in found.refused[0]["problem"]


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("shipments", "exporter,importer\nA,B\nA,A\n", "exporter and importer"),
        ("production", "maker,act,step,lot\nA,used,S1,L1\nA,stored,S1,L1\n", "act is 'stored'"),
        ("production", "maker,act,step,lot\nA,made,,L1\nA,used,,L1\n", "step is empty"),
        ("production", "maker,act,step,lot,quantity\nA,made,S,L1,1\nA,made,S,,1\n", "neither lot nor material"),
        ("production", "maker,act,step,lot,quantity\nA,made,S,L1,1\nA,made,S,L1,-1\n", "quantity is '-1'"),
        ("bom", "product,material,quantity\nshirt,fabric,2\nshirt,Shirt,2\n", "made of itself"),
        ("bom", "product,material,quantity,supplier\nshirt,fabric,2,\nshirt,fabric,2,Mill\n", "maker is empty"),
        ("payments", "payer,payee,value\nA,B,5\nA,B,\n", "value is empty"),
        ("papers", "document,belongs_to\nPO-1,INV-1\nPO-2,\n", "belongs_to is empty"),
        ("papers", "document,belongs_to,sort\nPO-1,INV-1,order\nPO-2,INV-1,thing\n", "sort is 'thing'"),
        ("payments", "payer,payee,value,date\nA,B,5,2025-01-01\nA,B,5,2027-01-01\n", "after today"),
        ("facilities", "name,country\nA,China\n,China\n", "name is empty"),
        ("facilities", "name,country\nA,China\nN/A,China\n", "name is 'N/A', no name"),
        ("links", "supplier,buyer\nA,B\nне указан,B\n", "supplier is 'не указан', no name"),
        ("links", "supplier,buyer\nA,B\nA,-\n", "buyer is '-', no name"),
    ],
)
def test_a_row_that_cannot_be_is_refused_and_the_rest_taken(tmp_path, kind, text, words):
    found = read(tmp_path, kind, text)
    assert (found.row["read"], found.row["taken"], found.row["refused"]) == (2, 1, 1)
    assert words in found.refused[0]["problem"]
    assert found.refused[0]["row"] == 3
    assert found.refused[0]["remedy"]


def test_rows_that_name_no_lot_and_no_paper_share_none(tmp_path):
    """N/A for a lot or an invoice is none: read as one, it would join what two firms supplied."""
    text = "supplier,buyer,product,lot,document\nA,B,N/A,N/A,-\nC,B,yarn,tbd,n.a.\n"
    found = read(tmp_path, "links", text)
    assert [(r["product"], r["document"]) for r in found.links] == [(None, None), ("yarn", None)]
    assert set(found.tables) == {"supply_links"}


def test_a_country_that_is_written_na_is_namibia(tmp_path):
    found = read(tmp_path, "links", "supplier,buyer,origin\nA,B,NA\n")
    assert found.links[0]["origin"] == "NA"


def test_one_file_may_be_read_as_two_kinds(tmp_path):
    text = "supplier,buyer,exporter,importer\nA,B,A,B\n"
    first, second = read(tmp_path, "links", text), read(tmp_path, "shipments", text)
    assert first.row["sha256"] == second.row["sha256"]
    assert first.row["file_id"] != second.row["file_id"]


def test_a_kind_and_a_column_that_do_not_exist_are_named(tmp_path):
    with pytest.raises(UnknownNameError, match="facilities"):
        read(tmp_path, "facilitys", "name\nA\n")
    with pytest.raises(UnknownNameError, match="column of payments"):
        read(tmp_path, "payments", "payer,payee,value\nA,B,5\n", lot="payer")
    with pytest.raises(UnreadableFileError, match="no row of it can be taken"):
        read(tmp_path, "payments", "payer,payee,value\nA,,5\n")


def test_a_declaration_that_names_the_invoice_of_a_link_is_no_second_supply(tmp_path):
    desk = Desk(tmp_path / "store")
    (tmp_path / "l.csv").write_text(
        "supplier,buyer,material,product,value,currency,document,origin\nA,B,yarn,cloth,5,USD,INV-1,Brazil\n"
    )
    (tmp_path / "d.csv").write_text(
        "exporter,importer,goods,product,value,currency,document,invoice\n"
        "A,B,yarn,cloth,5,USD,D-1,inv-1\nC,B,thread,cloth,5,USD,D-2,INV-1\n"
    )
    desk.load_supply(tmp_path / "l.csv")
    desk.load_supply(tmp_path / "d.csv", form="shipments")
    (row,) = desk.trace("cloth", as_of="2026-01-01", lists=["uflpa"]).to_pylist()
    assert row["untraced_percent"] == 50  # C is not known further; A is said twice and counts once
    assert len(kept_supply.links(tmp_path / "store")) == 2
    kinds = [f["kind"] for f in desk.supply_files().to_pylist()]
    assert sorted(kinds) == ["links", "shipments"]
    for held in desk.supply_files().to_pylist():
        desk.remove_supply(held["file_id"])
    assert desk.supply_files().to_pylist() == []


def test_a_declaration_without_an_invoice_is_a_supply_of_its_own(tmp_path):
    desk = Desk(tmp_path / "store")
    (tmp_path / "l.csv").write_text("supplier,buyer,material\nA,B,yarn\n")
    (tmp_path / "d.csv").write_text("exporter,importer,goods\nA,B,yarn\n")
    desk.load_supply(tmp_path / "l.csv")
    desk.load_supply(tmp_path / "d.csv", form="shipments")
    assert len(kept_supply.links(tmp_path / "store")) == 2


def test_a_facility_gives_a_party_its_address_where_it_is_the_only_one():
    who = [{"id": "a", "name": "Aksu Gin", "address": None, "country": None}]
    one = {"name": "AKSU  GIN", "address": "Aksu, Xinjiang", "country": "China"}
    assert placed(who, [one])[0]["address"] == "Aksu, Xinjiang"
    two = placed(who, [one, {**one, "address": "Urumqi, Xinjiang"}])[0]
    assert (two["address"], two["country"]) == (None, "China")


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_whatever_the_cells_hold_the_counts_add_up(tmp_path_factory, data):
    kind = data.draw(st.sampled_from(sorted(KINDS)))
    columns = KINDS[kind].columns
    cell = st.one_of(st.sampled_from(["A", "B", "made", "used", "5", "1,5", "-", "2024-05", "x" * 30, ""]), st.text(
        st.characters(exclude_categories=["Cs", "Cc"]), max_size=8))  # fmt: skip
    rows = data.draw(st.lists(st.lists(cell, min_size=len(columns), max_size=len(columns)), min_size=1, max_size=6))
    out = io.StringIO()
    csv.writer(out).writerows([columns, *rows])
    try:
        found = read(tmp_path_factory.mktemp("any"), kind, out.getvalue())
    except UnreadableFileError:
        return
    assert {r["row"] for rows in found.tables.values() for r in rows}.isdisjoint(r["row"] for r in found.refused)


@pytest.mark.shared
def test_real_lists_of_facilities_load_as_they_are(shared):
    files = sorted(f for f in (shared / "data/facilities").rglob("*.*") if f.is_file())
    told = {f.name: read_supply(f, kind="facilities", today=TODAY).row for f in files}
    assert len(told) == 16
    assert {n for n, r in told.items() if r["refused"] or r["read"] != r["taken"]} == set()
    assert told["12.csv"]["read"] == told["12.xls"]["read"] == told["12.xlsx"]["read"]


def test_a_load_that_ends_midway_leaves_the_store_as_it_was(tmp_path, monkeypatch):
    """The file's row and its links are written before its payments: neither stays."""
    from entrepot.core.store import whole_files

    desk = Desk(tmp_path / "store")
    (tmp_path / "p.csv").write_text("payer,payee,value\nA,B,5\n")
    (tmp_path / "l.csv").write_text("supplier,buyer,lot\nA,B,L\n")
    desk.load_supply(tmp_path / "p.csv", form="payments")
    before = desk.supply_files().to_pylist()
    schema = whole_files.arrow_schema

    def ended(contract):
        if contract.name == "supply_payments":
            raise KeyboardInterrupt
        return schema(contract)

    monkeypatch.setattr(whole_files, "arrow_schema", ended)
    with pytest.raises(KeyboardInterrupt):
        desk.load_supply(tmp_path / "l.csv")
    monkeypatch.undo()
    assert desk.supply_files().to_pylist() == before
    assert kept_supply.held(tmp_path / "store", SUPPLY_LOTS) == []
    assert kept_supply.links(tmp_path / "store") == []


def test_a_part_of_a_part_is_no_part_of_the_product(tmp_path):
    """As SAP prints a bill of several levels: the parts of a component stand under it, with the head beside them."""
    (tmp_path / "bom.txt").write_text(
        "Lv\tItem\tComponent number\tComp. Qty (CUn)\tUn\tMaterial\n1\t0010\tR-100\t1250\tKG\tFLOOR-1\n"
        "..2\t0010\tR-200\t900\tKG\tFLOOR-1\n1\t0020\tR-300\t10\tKG\tFLOOR-1\n",
        encoding="utf-8",
    )
    found = read_supply(tmp_path / "bom.txt", {"product": "Material"}, kind="bom", today=date(2026, 11, 1))
    recipes = [(r["product"], r["material"], r["quantity"]) for r in found.tables["supply_recipes"]]
    assert recipes == [("FLOOR-1", "R-100", 1250), ("FLOOR-1", "R-300", 10)]
    (refused,) = found.refused
    assert (refused["row"], "is of level 2" in refused["problem"]) == (3, True)


def test_a_bill_that_does_not_say_of_how_much_it_is_is_counted_and_can_be_told(tmp_path):
    """SAP prints the base quantity above its list: 180 m of poplin are for a hundred shirts, and not for one."""
    (tmp_path / "bom.csv").write_text("product,material,quantity,unit\nshirt,poplin,180,m\nshirt,button,700,pcs\n")
    told = {"product_quantity": "=100", "product_unit": "=PC"}
    bare, said = (read_supply(tmp_path / "bom.csv", c, kind="bom", today=date(2026, 11, 1)) for c in ({}, told))
    recipes = [f.tables["supply_recipes"] for f in (bare, said)]
    assert [[r["product_quantity"] for r in some] for some in recipes] == [[1.0, 1.0], [100.0, 100.0]]
    assert any("is not said, and one is taken" in n and "2 rows" in n for n in bare.row["notes"])
    assert not any("is not said, and one is taken" in n for n in said.row["notes"])


@pytest.mark.parametrize(("said", "quantity"), [("=20", 20.0), ("= 20.5 ", 20.5)])
def test_an_amount_may_be_said_of_all_rows(said, quantity, tmp_path):
    (tmp_path / "links.csv").write_text("supplier,buyer,material\nGin,Mill,lint\nFarm,Gin,cotton\n")
    found = read_supply(tmp_path / "links.csv", {"quantity": said, "unit": "=kg"}, today=date(2026, 11, 1))
    assert [r["quantity"] for r in found.links] == [quantity, quantity]


def test_an_amount_that_is_said_of_all_rows_and_is_no_number_is_refused(tmp_path):
    (tmp_path / "bom.csv").write_text("product,material,quantity,unit\nshirt,poplin,180,m\n")
    with pytest.raises(UnreadableFileError, match="product_quantity is 'many'"):
        read_supply(tmp_path / "bom.csv", {"product_quantity": "=many"}, kind="bom", today=date(2026, 11, 1))
