"""Vendor files as ERP systems export them: names over several fields, headings of systems, one's own number."""

from __future__ import annotations

import csv
import io
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.desk.rescreen import rescreen
from entrepot.desk.screen import screen
from entrepot.screening.parties.contract import COLUMNS
from entrepot.screening.parties.file_options import Given
from entrepot.screening.parties.name_fields import name_of
from entrepot.screening.parties.parties import read_parties
from entrepot.screening.parties.party_columns import party_columns
from entrepot.screening.runs.results import results

LISTED = "Xinjiang Zhongtai Chemical Co., Ltd."  # on the UFLPA Entity List since 2023-06-12
SAP = ["LIFNR", "LAND1", "NAME1", "NAME2", "NAME3", "NAME4", "ORT01", "PSTLZ", "STRAS", "STCD1"]
WIDTH = 35


def book(folder, rows, name="vendors.csv", **how):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    path = folder / name
    path.write_text(out.getvalue(), **({"encoding": "utf-8"} | how))
    return path


@pytest.fixture
def desk(tmp_path_factory):
    """Screens against the UFLPA list, in a store of its own."""
    return partial(screen, lists=("uflpa",), workers=1, store=tmp_path_factory.mktemp("store"))


def met(desk, path, **options):
    """Rows of the results that met the listed name, and the notes."""
    found = desk(path, **options)
    return [r for r in found.to_pylist() if r["listed_name"] == LISTED], found.notes


@pytest.mark.parametrize(
    "fields",
    [
        ("Xinjiang Zhongtai Chemic", "al Co., Ltd."),
        ("Xinjiang Zhongtai", "Chemical Co., Ltd."),
        ("Xinjiang", "Zhongtai", "Chemical", "Co., Ltd."),
        (LISTED, "Accounts Payable"),
        (LISTED, "z. Hd. Frau Meier"),
        ("XINJIANG ZHONGTAI CHEMICAL LTD. CO", "Accounts Payable"),  # full to the width, and ends with a legal form
    ],
)
def test_a_name_over_several_fields_is_one_party(tmp_path, desk, fields):
    cells = [*fields, *[""] * (4 - len(fields))]
    path = book(tmp_path, [SAP, ["4711", "CN", *cells, "Fukang", "831500", "Huaye Road 1", ""]])
    (party,) = read_parties(path).each()
    assert party.name == " ".join(fields)
    (row,), said = met(desk, path)
    assert row["score"] > 0.99
    assert (row["party"], row["party_key"]) == (" ".join(fields), "4711")
    assert any("in NAME1 + NAME2 + NAME3 + NAME4: 1 row is joined, and no piece is a party." in s for s in said)


def test_the_address_number_and_country_belong_to_the_joined_name(tmp_path):
    heads = ["供应商编码", "供应商名称", "名称2", "地址", "邮政编码", "国家", "统一社会信用代码"]
    path = book(
        tmp_path, [heads, ["7", "新疆中泰化学", "股份有限公司", "阜康市", "831500", "CN", "91650000636871270N"]]
    )
    (party,) = read_parties(path).each()
    assert (party.name, party.address) == ("新疆中泰化学股份有限公司", "阜康市, 831500")
    assert (party.country, party.identifier, party.key) == ("CN", "91650000636871270N", "7")


@given(
    st.text("abcdefgh XYZ.&,", min_size=1, max_size=100).filter(lambda t: t.strip() and "  " not in t), st.booleans()
)
def test_every_name_cut_at_the_width_is_among_the_ways_of_joining_it(text, at_a_word):
    """However a name of up to 100 letters is laid over three fields of 35, one way of joining gives it back."""
    name, left, fields = text.strip(), text.strip(), []
    while len(left) > WIDTH:
        space = left.rfind(" ", 0, WIDTH + 1)
        at = space if at_a_word and space > 0 else WIDTH
        fields.append(left[:at].strip())
        left = left[at:].strip()
    fields.append(left)
    if all(len(f) >= WIDTH - 1 for f in fields[:-1]) or at_a_word:
        whole, ways = name_of(fields, range(len(fields)))
        assert name in {whole, *ways}


def test_several_suppliers_are_no_name_over_several_fields():
    found = party_columns(["Supplier 1", "Supplier 2", "Maker 1", "Maker 2"], Given())
    assert [c.name for c in found] == ["Supplier 1", "Supplier 2", "Maker 1", "Maker 2"]
    assert [c.further for c in party_columns(["Shipper name", "Shipper name 2", "Consignee name"], Given())] == [
        (1,),
        (),
    ]
    assert [c.further for c in party_columns(["Name", "Name (2)"], Given())] == [
        (),
        (),
    ]  # one heading that stands twice


@pytest.mark.parametrize(
    ("headings", "read"),
    [
        (SAP, {"key": [0], "country": [1], "further": [3, 4, 5], "address": [6, 7, 8], "identifier": [9]}),
        (
            ["Kreditorennummer", "Name 1", "Name 2", "Straße", "PLZ", "Ort", "Land", "Steuernummer 1"],
            {"key": [0], "further": [2], "address": [3, 4, 5], "country": [6], "identifier": [7]},
        ),
        (
            ["Vendor no.", "Vendor name", "Postal Code", "Province", "Country/Region", "Tax ID"],
            {"key": [0], "address": [2, 3], "country": [4], "identifier": [5]},
        ),
        (["Код поставщика", "Поставщик", "Улица", "Индекс", "Страна", "ИНН"], {"key": [0], "address": [2, 3]}),
        (["Payee", "CNPJ"], {"identifier": [1]}),
        (["姓名", "护照号码"], {"document": [1]}),
        (["First name", "Last name", "Date of birth"], {"further": [1], "birth": [2]}),
    ],
)
def test_headings_of_systems_are_read_as_who_knows_the_system_reads_them(headings, read):
    (column,) = party_columns(headings, Given())
    assert {role: list(getattr(column, role)) for role in read} == read


def test_a_column_of_numbers_beside_the_names_is_ones_own_number(tmp_path):
    path = book(tmp_path, [["Vendor", "Name 1", "City"], ["100001", "Acme", "Bonn"], ["100002", "Beta", "Ulm"]])
    assert [(p.key, p.name) for p in read_parties(path).each()] == [("100001", "Acme"), ("100002", "Beta")]


@pytest.mark.parametrize("ending", ["csv", "json", "xlsx", "parquet"])
def test_the_own_number_and_chosen_columns_come_out_in_every_form(tmp_path, desk, ending):
    path = book(tmp_path, [["Lieferantennummer", "Name", "Sachgruppe"], ["0042", LISTED, "A; 7"]])
    out, page = tmp_path / f"hits.{ending}", tmp_path / "r.html"
    desk(path, keep_columns=("sachgruppe",), out=out, record=page)
    row = next(r for r in results(out) if r["listed_name"] == LISTED)
    assert row["party_key"] == "0042"
    assert "".join(row["beside"]) == "Sachgruppe: A; 7"
    assert "0042" in page.read_text("utf-8")
    assert "Sachgruppe: A; 7" in page.read_text("utf-8")


def test_ones_own_number_is_shown_on_the_terminal(tmp_path, run_cli):
    path = book(tmp_path, [["Lieferantennummer", "Name"], ["0042", LISTED]])
    assert "0042" in run_cli("screen", path, "--list", "uflpa").stdout


def test_a_mapping_is_written_corrected_and_taken_back(tmp_path, desk):
    path = book(tmp_path, [["Nummer", "Name 1", "Name 2"], ["1", LISTED, "Acme GmbH"]])
    saved = tmp_path / "m.csv"
    desk(path, columns=True, out=saved)
    rows = list(csv.DictReader(saved.read_text("utf-8").splitlines()))
    assert list(rows[0]) == list(COLUMNS.names)
    assert [(r["heading"], r["holds"], r["of"]) for r in rows] == [
        ("Nummer", "nothing", ""),
        ("Name 1", "name", "Name 1"),
        ("Name 2", "name", "Name 1"),
    ]
    rows[0]["holds"], rows[2]["of"] = "key", "Name 2"
    book(tmp_path, [list(rows[0]), *[list(r.values()) for r in rows]], "m.csv")
    again = desk(path, mapping=saved, columns=True).to_pylist()
    assert [(r["holds"], r["of"]) for r in again] == [("key", "Name 1; Name 2"), ("name", "Name 1"), ("name", "Name 2")]
    (row,), said = met(desk, path, mapping=saved)
    assert (row["party"], row["party_key"]) == (LISTED, "1")
    assert not any("joined" in s for s in said)
    with pytest.raises(BadInputError, match="not written over"):  # it may hold corrections
        desk(path, columns=True, out=saved)


HEADS = ["heading", "holds", "of", "number"]


@pytest.mark.parametrize(
    ("rows", "row", "said"),
    [
        ([["Name", "name"], ["Ort", "address"], ["Name", "key"]], 4, "the column stands in row 2 already"),
        ([["Name", "name"], ["Ort", "adress"]], 3, "holds says what no column can be"),
        ([["Name", "name"], ["Ort", "address", "Firma"]], 3, "'Ort' is said to belong to what holds no name"),
        ([["Name", "name"], ["Town", "address"]], 3, "the file has no such column"),
        ([["Name", "name"], ["Firma", "name"], ["Ort", "other name"]], 4, "'Ort' names a party again, and not which"),
        ([["Name", "name"], ["Ort", "identifier", "", "vat"]], 3, "number says what no column can be"),
    ],
)
def test_a_mapping_that_is_wrong_is_refused_with_its_row(tmp_path, desk, rows, row, said):
    path = book(tmp_path, [["Name", "Ort", "Firma"], ["Acme", "Bonn", "Beta"]])
    mapping = book(tmp_path, [HEADS, *[[*r, *[""] * (4 - len(r))] for r in rows]], "m.csv")
    with pytest.raises(BadInputError) as refused:
        desk(path, mapping=mapping, out=tmp_path / "hits.csv")
    assert f"m.csv, row {row}: {said}" in str(refused.value)
    assert refused.value.remedy
    assert not (tmp_path / "hits.csv").exists()


def test_columns_are_not_named_beside_a_mapping(tmp_path, desk):
    path = book(tmp_path, [["Name", "Ort"], ["Acme", "Bonn"]])
    mapping = book(tmp_path, [HEADS, ["Name", "name", "", ""]], "m.csv")
    with pytest.raises(BadInputError, match="beside a mapping"):
        desk(path, mapping=mapping, name_columns=("Ort",))


def test_a_later_screening_knows_the_mapping_of_the_first(tmp_path, desk):
    path = book(tmp_path, [["A", "B"], ["x", LISTED]])
    mapping = book(tmp_path, [HEADS, ["A", "key", "", ""], ["B", "name", "", ""]], "m.csv")
    desk(path, mapping=mapping, out=tmp_path / "hits.csv")
    mapping.unlink()
    assert rescreen(tmp_path / "hits.csv", store=desk.keywords["store"]).num_rows == 0


def test_a_column_that_is_not_there_is_named(tmp_path):
    path = book(tmp_path, [["Name", "Ort"], ["Acme", "Bonn"]])
    with pytest.raises(UnknownNameError):
        read_parties(path, given=Given(key_columns=("Nr",)))


@pytest.mark.parametrize(
    "heading",
    [
        "Auftraggeber/Begünstigter",
        "Beguenstigter/Zahlungspflichtiger",
        "Payer",
        "Bénéficiaire",
        "Donneur d'ordre",
        "Ordenante",
        "Odbiorca",
        "付款单位",
        "开票方",
        "Sold-to party",
    ],
)
def test_who_pays_and_who_is_paid_is_a_party_of_a_bank_statement(heading):
    """As banks call them; a file whose only party column was called so was refused."""
    found = party_columns(["Datum", heading, "IBAN", "Betrag"], Given())
    assert [column.name for column in found] == [heading]


def test_who_looks_after_an_account_is_no_number_of_a_party(tmp_path):
    """Salesforce calls a user of the system the owner of an account."""
    rows = [["001A", "Clean GmbH", "DE", LISTED, "Anna Smith"], ["001B", "Other GmbH", "DE", LISTED, "Bob Jones"]]
    path = book(tmp_path, [["Account ID", "Account Name", "Billing Country", "Parent Account", "Account Owner"], *rows])
    found = [(p.column, p.name, p.key) for p in read_parties(path).each()]
    assert found == [
        (column, row[at], row[0]) for row in rows for column, at in (("Account Name", 1), ("Parent Account", 3))
    ]


@pytest.mark.parametrize("notify", [[], ["EXPEDITORS"]])
def test_an_address_stays_with_its_shipper_beside_a_party_to_notify(tmp_path, notify):
    """Panjiva prints a name twice, as it came and as it is meant; neither loses its address to another party."""
    headings = ["Shipper (Original Format)", "Shipper", "Shipper Full Address", *["Notify Party"] * len(notify)]
    firms = ["Great Wall Foods", "Tianshan Wool", "Arvind"]
    path = tmp_path / "p.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(headings)
        out.writerows([f"{f.upper()} CO LTD", f"{f} Co., Ltd.", "88 Renmin Rd, Urumqi, China", *notify] for f in firms)
    shippers = [p for p in read_parties(path).each() if p.column.startswith("Shipper")]
    assert [(p.name, p.address) for p in shippers] == [(f"{f} Co., Ltd.", "88 Renmin Rd, Urumqi, China") for f in firms]
