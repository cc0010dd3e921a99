"""Vendor files of many systems, as they export them: who is named, by what else, and whose the other columns are."""

from __future__ import annotations

import csv
import io
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from entrepot.core.errors import UnreadableFileError
from entrepot.desk.screen import screen
from entrepot.intake.signs.encoding_hint import suggested
from entrepot.screening.parties.file_options import Given
from entrepot.screening.parties.name_fields import other_names
from entrepot.screening.parties.parties import read_parties
from entrepot.screening.parties.party_columns import PartyColumn

LISTED = "Xinjiang Zhongtai Chemical Co., Ltd."  # on the UFLPA Entity List since 2023-06-12
FIRMS = ["Brightwater Fasteners Ltd", "Marlow Packaging Inc.", "Kestrel Supplies LLC", "Oakfield Textiles GmbH"]
ROWS = 12  # from ten rows on a column is known by its cells


def vendors(*columns):
    """Rows of vendors: of each column its name, or what gives the cell of the nth vendor."""
    known = {
        "key": lambda n: f"{100_000 + 7 * n:010d}",
        "name": lambda n: f"{FIRMS[n % 4].replace(' ', f' {chr(65 + n)} ', 1)}",
        "short": lambda n: FIRMS[n % 4].split()[0].upper(),
        "street": lambda n: f"{n} Mill Lane",
        "city": lambda _: "Leeds",
        "land": lambda _: "GB",
        "tax": lambda n: f"GB{123_456_789 + n}",
        "bank": lambda _: "Commerzbank AG",
        "yes": lambda _: "No",
        "group": lambda n: ("10", "40")[n % 2],
        "parent": lambda n: "Alpine Holding AG" if n % 2 else "",
        "": lambda _: "",
    }
    return [[known[c](n) if c in known else c for c in columns] for n in range(ROWS)]


def text(folder, rows, name="v.csv", separator=",", **how):
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    path = folder / name
    path.write_text(out.getvalue(), **({"encoding": "utf-8"} | how))
    return path


def sheet(folder, rows):
    book = Workbook()
    for row in rows:
        book.active.append([c or None for c in row])
    book.save(folder / "v.xlsx")
    return folder / "v.xlsx"


def shown(path, **given_):
    """For each party column: headings of its further fields, other names, address, country, numbers and key."""
    read = read_parties(path, given=Given(**given_))
    roles = ("further", "address", "country", "identifier", "key")
    out = {}
    for c in read.columns:
        said = {role: [read.headings[i] for i in getattr(c, role)] for role in roles}
        out[c.name] = {k: v for k, v in said.items() if v}
        if c.others:
            out[c.name]["others"] = [[read.headings[i] for i in other] for other in c.others]
    return out, read


LAYOUTS = {
    "Dynamics 365": (
        (
            "Vendor account=key|Vendor name=name|Search name=short|Name alias=short|Vendor group=group|"
            "Country/region=land|Street=street|City=city|Tax exempt number=tax|Vendor hold=yes|One-time supplier=yes"
        ),
        {
            "Vendor name": {
                "address": ["Street", "City"],
                "country": ["Country/region"],
                "identifier": ["Tax exempt number"],
                "key": ["Vendor account"],
                "others": [["Search name"], ["Name alias"]],
            }
        },
    ),
    "Business Central": (
        (
            "No.=key|Name=name|Name 2=|Search Name=short|Address=street|City=city|Country/Region Code=land|"
            "Vendor Posting Group=group|VAT Registration No.=tax"
        ),
        {
            "Name": {
                "further": ["Name 2"],
                "address": ["Address", "City"],
                "country": ["Country/Region Code"],
                "identifier": ["VAT Registration No."],
                "key": ["No."],
                "others": [["Search Name"]],
            }
        },
    ),
    "Oracle Fusion": (
        (
            "Supplier Name=name|Supplier Number=key|Alternate Name=short|Parent Supplier=parent|"
            "Parent Supplier Number=|Business Relationship=group|Taxpayer Country=land|Taxpayer ID=tax|"
            "Address Line 1=street|City=city|Supplier Site=group|Parent Tax ID=|Bank Name=bank|Bank Country=land"
        ),
        {
            "Supplier Name": {
                "address": ["Address Line 1", "City"],
                "country": ["Taxpayer Country"],
                "identifier": ["Taxpayer ID"],
                "key": ["Supplier Number"],
                "others": [["Alternate Name"]],
            },
            "Parent Supplier": {"identifier": ["Parent Tax ID"], "key": ["Parent Supplier Number"]},
        },
    ),
    "Xero": (
        (
            "*ContactName=name|AccountNumber=key|EmailAddress=group|FirstName=|LastName=|POAddressLine1=street|POCity=city|"
            "POCountry=land|BankAccountName=bank|TaxNumber=tax"
        ),
        {
            "*ContactName": {
                "address": ["POAddressLine1", "POCity"],
                "country": ["POCountry"],
                "identifier": ["TaxNumber"],
                "key": ["AccountNumber"],
                "others": [["FirstName", "LastName"]],
            }
        },
    ),
    "QuickBooks": (
        "Vendor=name|Company=name|Main Phone=group|Account No.=key|Tax ID=tax",
        {"Vendor": {"identifier": ["Tax ID"], "key": ["Account No."], "others": [["Company"]]}},
    ),
    "1C": (
        (
            "Код=key|Наименование=short|Полное наименование=name|Юр./физ. лицо=group|ИНН=tax|Юридический адрес=street|"
            "Страна регистрации=land|Головной контрагент=parent|Основной банковский счет=bank|Пометка удаления=yes"
        ),
        {
            "Наименование": {
                "address": ["Юридический адрес"],
                "country": ["Страна регистрации"],
                "identifier": ["ИНН"],
                "key": ["Код"],
                "others": [["Полное наименование"]],
            },
            "Головной контрагент": {"key": ["Код"]},
        },
    ),
    "Yonyou U8": (
        "供应商编码=key|供应商名称=name|供应商简称=short|分类名称=group|税号=tax|开户银行=bank|地址=street",
        {
            "供应商名称": {
                "address": ["地址"],
                "identifier": ["税号"],
                "key": ["供应商编码"],
                "others": [["供应商简称"]],
            }
        },
    ),
    "DATEV": (
        (
            "Konto=key|Name (Adressattyp Unternehmen)=name|Unternehmensgegenstand=|Name (Adressattyp natürl. Person)=|"
            "Vorname (Adressattyp natürl. Person)=|Name (Adressattyp keine Angabe)=|Adressattyp=group|"
            "Kurzbezeichnung=short|EU-UStID=tax|Straße=street|Ort=city|Land=land"
        ),
        {
            "Name (Adressattyp Unternehmen)": {
                "address": ["Straße", "Ort"],
                "country": ["Land"],
                "identifier": ["EU-UStID"],
                "key": ["Konto"],
                "others": [
                    ["Name (Adressattyp natürl. Person)", "Vorname (Adressattyp natürl. Person)"],
                    ["Name (Adressattyp keine Angabe)"],
                    ["Kurzbezeichnung"],
                ],
            }
        },
    ),
    "Oracle E-Business": (
        (
            "SEGMENT1=key|VENDOR_NAME=name|VENDOR_SITE_CODE=group|ADDRESS_LINE1=street|CITY=city|COUNTRY=land|"
            "VAT_REGISTRATION_NUM=tax"
        ),
        {
            "VENDOR_NAME": {
                "address": ["ADDRESS_LINE1", "CITY"],
                "country": ["COUNTRY"],
                "identifier": ["VAT_REGISTRATION_NUM"],
                "key": ["SEGMENT1"],
            }
        },
    ),
    "Lexware": (
        "Lieferantennr.=key|Matchcode=short|Firma=name|Name=|Vorname=|Straße=street|Ort=city|Land=land|Bankname=bank",
        {
            "Firma": {
                "address": ["Straße", "Ort"],
                "country": ["Land"],
                "key": ["Lieferantennr."],
                "others": [["Matchcode"], ["Name", "Vorname"]],
            }
        },
    ),
}


@pytest.mark.parametrize("system", LAYOUTS)
@pytest.mark.parametrize("put", [text, sheet])
def test_one_party_a_row_has_its_names_numbers_and_places(tmp_path, system, put):
    said, expected = LAYOUTS[system]
    headings, kinds = zip(*(c.rsplit("=", 1) for c in said.split("|")), strict=True)
    found, read = shown(put(tmp_path, [list(headings), *vendors(*kinds)]))
    assert found == expected
    assert [p.name for p in read.each() if p.column == next(iter(expected))] == [v[0] for v in vendors("name")] or (
        system == "1C"
    )


# What stands above the headings in a file of DATEV's format: its kind, versions, days and lengths of numbers.
DATEV = ["EXTF", "700", "16", "Debitoren/Kreditoren", "5", "20261101", "", "RE", "", "", "29098", "55003", "20260101"]


def test_a_line_of_numbers_above_the_headings_is_no_part_of_them(tmp_path):
    said, expected = LAYOUTS["DATEV"]
    headings, kinds = zip(*(c.rsplit("=", 1) for c in said.split("|")), strict=True)
    found, read = shown(text(tmp_path, [DATEV, list(headings), *vendors(*kinds)]))
    assert found == expected
    assert [p.name for p in read.each()] == [v[0] for v in vendors("name")]


@pytest.fixture
def desk(tmp_path_factory):
    return partial(screen, lists=("uflpa",), workers=1, store=tmp_path_factory.mktemp("store"))


def test_another_name_is_met_says_its_column_and_is_one_case(tmp_path, desk):
    rows = [
        ["Vendor account", "Vendor name", "Search name", "Name alias", "Country/region"],
        ["7", "Fukang Trading House", LISTED, LISTED, "CN"],
        ["8", LISTED, "XINJIANG ZHONGTAI CH", "XINJIANG", "CN"],
        ["9", "", LISTED, "", "CN"],
    ]
    found = desk(text(tmp_path, rows))
    by_row = {}
    for r in found.to_pylist():
        if r["listed_name"] == LISTED:
            by_row.setdefault(r["row"], []).append(r)
    assert [(n, len(met), met[0]["party"], met[0]["party_key"]) for n, met in sorted(by_row.items())] == [
        (2, 1, "Fukang Trading House", "7"),
        (3, 1, LISTED, "8"),
        (4, 1, LISTED, "9"),
    ]
    said = f"Another name of the party stands in the column Search name; compared was “{LISTED}”."
    assert said in by_row[2][0]["reasons"]
    assert by_row[2][0]["score"] > 0.99
    assert len({r["case_id"] for r in found.to_pylist() if r["row"] == 2 and r["kind"] == "listing"}) == 1
    assert any(
        "Another name of the same party stands in Search name, Name alias beside Vendor name" in n for n in found.notes
    )


def test_a_mapping_says_another_name_and_takes_it_back(tmp_path, desk):
    path = text(tmp_path, [["A", "B", "C", "D"], ["1", "Fukang Trading House", LISTED, "Urumqi"]])
    heads = ["heading", "holds", "of", "number"]
    rows = [["A", "key", "", ""], ["B", "name", "", ""], ["C", "other name", "B", ""], ["D", "address", "", ""]]
    mapping = text(tmp_path, [heads, *rows], "m.csv")
    said = desk(path, mapping=mapping, columns=True).to_pylist()
    assert [(r["holds"], r["of"]) for r in said] == [("key", "B"), ("name", "B"), ("other name", "B"), ("address", "B")]
    met = [r for r in desk(path, mapping=mapping).to_pylist() if r["listed_name"] == LISTED]
    assert [(r["party"], r["party_column"], r["address"]) for r in met] == [("Fukang Trading House", "B", "Urumqi")]


@pytest.mark.parametrize(
    ("name", "term"),
    [
        ("Hansen & Marten K.K.", "HANSEN & "),
        ("River Park Glass JSC", "RIVER PARK"),
        ("River Park Glass JSC", "RIVERPARKG"),
        ("Şahin Yıldız Steel A.Ş.", "SAHIN YILD"),
        ("Öller Glas GmbH", "OELLER GLA"),
        ("Öller Glas GmbH", "OLLER GLAS"),
        ("Example Mills Ltd", "LEEDS"),
    ],
)
@pytest.mark.parametrize("heading", ["SORTL", "MCOD1", "MCOD3", "Search Term 1", "Suchbegriff", "Search name"])
def test_a_search_term_that_begins_the_name_or_a_place_is_not_compared(tmp_path, heading, name, term):
    path = text(tmp_path, [["LIFNR", "NAME1", "ORT01", heading], ["V7", name, "Leeds", term]])
    read = read_parties(path)
    assert [(p.name, p.other_names) for p in read.each()] == [(name, ())]
    assert any(f"1 search term in {heading} only begins the name or the address" in n for n in read.notes)
    assert not any("Another name" in n for n in read.notes)


@pytest.mark.parametrize(
    ("heading", "term"),
    [
        ("SORTL", "OLDFIRM"),
        ("SORTL", "EMTG"),
        ("MCOD1", "MILLS TRAD"),
        ("Search name", "Fukang Trading House"),
        ("Trading name", "Example Mills"),
        ("Short name", "Example Mills"),
    ],
)
def test_a_search_term_that_says_something_else_is_another_name(tmp_path, heading, term):
    name = "Example Mills Trading Group Ltd"
    read = read_parties(text(tmp_path, [["LIFNR", "NAME1", "ORT01", heading], ["V7", name, "Leeds", term]]))
    assert [(p.name, p.other_names) for p in read.each()] == [(name, (term,))]
    assert any(f"stands in {heading} beside NAME1: 1 row" in n for n in read.notes)


@given(st.lists(st.text("abcdefgh", min_size=3, max_size=9), min_size=3, max_size=6, unique=True), st.data())
def test_what_only_shortens_the_name_is_not_compared_and_two_whole_words_are(words, data):
    name = " ".join(words)
    cut = data.draw(st.integers(1, len(words[0]) - 1))
    for short in (name[:cut], words[-1], name.upper()):
        assert other_names([name, short], PartyColumn("Name", 0, others=((1,),)), ["Name", "Short name"], name) == ()
    whole = " ".join(words[:2])
    assert other_names([name, whole], PartyColumn("Name", 0, others=((1,),)), ["Name", "Short name"], name) == (
        ("Short name", whole),
    )


def test_rows_that_name_no_party_are_set_aside_and_counted(tmp_path):
    heads = ["Name", "Vendor no.", "Street", "Balance"]
    rows = [
        ["Vendor list"],
        heads,
        ["Acme", "1", "Bonn", "3"],
        ["-----", "---", "-----", "----"],
        heads,
        ["Total", "2", "Ulm", "4"],  # a vendor of that name
        [],
        ["Total", "", "", "7"],
        ["Friday, Nov 27, 2026 10:31 AM", "", "", ""],
    ]
    read = read_parties(text(tmp_path, rows))
    assert [(p.row, p.name) for p in read.each()] == [(3, "Acme"), (6, "Total")]
    assert (read.row_count, read.nameless, read.blank, read.aside) == (2, 0, 1, 4)
    assert read.rows_said == "7 rows in the file: 2 with a party, 0 without one, 1 blank, 4 set aside."
    assert any("1 is a total" in n and "1 is a ruled line" in n for n in read.notes)


@given(
    st.lists(
        st.lists(st.sampled_from(["", "Acme", "Total", "---", "Name", "City", "7", "Итого: 5"]), min_size=3, max_size=3)
    )
)
def test_rows_add_up_whatever_they_hold(rows):
    import polars as pl

    frame = pl.DataFrame([["Acme", "Bonn", "1"], *rows], ["Name", "City", "Vendor no."], orient="row")
    try:
        read = read_parties(frame)
        with_party = {p.row for p in read.each() if p.name}
    except UnreadableFileError as refused:  # headings of other columns below: nothing is screened by the first ones
        assert "a second table with other headings" in str(refused)
        assert any({"Name", "City"} <= {*row} for row in rows)
        return
    assert read.row_count + read.blank + read.aside == 1 + len(rows)
    assert len(with_party) == read.row_count - read.nameless


def test_a_list_printed_in_columns_of_fixed_width_is_read(tmp_path):
    lines = [
        "27.11.2026   Kreditorenverzeichnis",
        "",
        "Kreditor    Land  Name 1                               Ort",
        "-" * 70,
        f"0000100001  DE    {'Müller, Söhne & Co. KG':35}  Bad Homburg v. d. H.",
        f"0000100002  CN    {LISTED:35}  Fukang",
    ]
    path = tmp_path / "list.txt"
    path.write_text("\r\n".join(lines), encoding="utf-8")
    read = read_parties(path)
    assert [(p.row, p.key, p.name, p.country, p.address) for p in read.each()] == [
        (5, "0000100001", "Müller, Söhne & Co. KG", "DE", "Bad Homburg v. d. H."),
        (6, "0000100002", LISTED, "CN", "Fukang"),
    ]
    assert "Columns have a fixed width." in read.notes


def test_a_list_between_bars_with_a_title_is_read(tmp_path):
    rows = ["27.11.2026          Dynamic List Display       1", "-" * 40, "Table:     LFA1", "-" * 40]
    rows += ["|LIFNR     |NAME1     |SORTL|LAND1|", "-" * 40, f"|0000100001|{LISTED}|XINJI|CN   |", "-" * 40]
    path = tmp_path / "lfa1.txt"
    path.write_text("\n".join(rows), encoding="utf-8")
    read = read_parties(path)
    assert [(p.row, p.key, p.name, p.country) for p in read.each()] == [(7, "0000100001", LISTED, "CN")]
    assert read.aside == 2


ENCODED = [
    ("cp1252", "Lieferant;Straße\nMüller GmbH;Hauptstraße 5\n", "cp1252"),
    ("cp1252", "Nom;Ville\nSociété Générale;Orléans\n", "cp1252"),
    ("cp1250", "Nazwa;Miejscowość\nŁęcki Sp. z o.o.;Łódź\n", "cp1250"),
    ("cp1254", "Cari Hesap Unvanı;İlçe\nYıldız Tekstil A.Ş.;Eskişehir\n", "cp1254"),
    ("cp1251", "Поставщик;Город\nООО Ромашка;Пермь\n", "cp1251"),
    ("koi8-r", "Поставщик;Город\nООО Ромашка;Пермь\n", "koi8-r"),
    ("cp866", "Поставщик;Город\nООО Ромашка;Пермь\n", "cp866"),
    ("cp1253", "Προμηθευτής;Πόλη\nΑθηναϊκή ΑΕ;Αθήνα\n", "cp1253"),
    ("cp932", "仕入先コード;仕入先名\n1;山田商事株式会社\n", "cp932"),
    ("cp932", "仕入先コード,仕入先名１,郵便番号,住所１,国\n1,Orvan,322000,Yiwu,中国\n", "cp932"),
    ("euc-kr", "거래처명;주소\n한국무역;서울시\n", "cp949"),
    ("big5", "供應商;地址\n中泰化學股份有限公司;台北市信義區\n", "big5"),
]


@pytest.mark.parametrize(("encoding", "said", "first"), ENCODED)
def test_of_a_file_that_is_not_decoded_the_encoding_that_it_is_in_is_proposed_first(tmp_path, encoding, said, first):
    path = tmp_path / "v.csv"
    path.write_bytes(said.encode(encoding))
    with pytest.raises(UnreadableFileError) as refused:
        read_parties(path)
    assert f"--encoding {first} (reads “" in refused.value.remedy.split(", or ")[1]


@given(st.binary(max_size=300))
def test_any_bytes_have_a_hint_or_none(data):
    for name, word in suggested(data):
        assert word in data.decode(name, "ignore")


def test_a_cell_of_a_hundred_thousand_letters_is_a_party_and_no_time_of_print(tmp_path):
    """Minutes, were a time of print looked for in all of it."""
    path = tmp_path / "p.csv"
    path.write_text("name,country\nOrvan Works,CN\n" + "2026 " * 20_000 + ",\n", encoding="utf-8")
    read = read_parties(path)
    assert (read.party_count, read.aside) == (2, 0)
