"""Birth year, country and identifiers raise or lower a score by what is said; all names and numbers are invented."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from importlib.resources import files
from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.screening.matching.particulars import Particular, compared
from entrepot.screening.matching.weights import LEAST_NAME, least_name, points, weighed
from entrepot.screening.parties.cells.birth_cells import born
from entrepot.screening.parties.file_options import Given
from entrepot.screening.parties.identifiers_in_cell import numbers_of
from entrepot.screening.parties.parties import Party, read_parties
from entrepot.vocabulary.countries import code_of

HEAD = "entity_id,name,kind,country,birth_year,uscc,registration_number,passport_number,national_id\n"
PASSPORT, OTHER_PASSPORT, CARD = "AB7654321", "CD1234567", "650104196103240015"
USCC = "91650000MA77X0000U"
LISTED = (
    f"1,Otarbay Serik,person,Kazakhstan,1961,,,{PASSPORT},\n"
    f"2,Gulmira Trading LLC,company,Kyrgyzstan; Iran,,,KG-445566,,\n"
    f"3,Beknazar Shipping,company,China,,{USCC},,,\n"
    f"4,Tursun Alimov,person,China,1970,,,,{CARD}\n"
)


@pytest.fixture
def desk(tmp_path, run_cli):
    path = tmp_path / "blocked-2026-07-23.csv"
    path.write_text(HEAD + LISTED)
    assert run_cli("lists", "load", path, "--as", "own-blocked").code == 0
    return tmp_path


def screened(desk, run_cli, heading, *rows, options=()):
    (desk / "p.csv").write_text("\n".join([heading, *rows]) + "\n", encoding="utf-8")
    done = run_cli("screen", desk / "p.csv", "--list", "own-blocked", "--format", "json", *options)
    assert done.code == 0, done.stderr
    return [r for r in json.loads(done.stdout) if r["kind"] == "listing"]


def facts(row):
    return {f["feature"]: f.get("outcome") for f in json.loads(row["evidence"])["features"] if f.get("outcome")}


def test_the_years_and_countries_raise_and_lower_and_say_by_how_much(desk, run_cli):
    heading = "supplier,date of birth,country"
    rows = (
        "Serik Otarbay,24.03.1961,KZ",
        "Serik Otarbay,1962,KZ",
        "Serik Otarbay,1974-05-01,France",
        "Serik Otarbay,,",
    )
    found = screened(desk, run_cli, heading, *rows, options=("--min-score", "0.3"))
    assert [r["row"] for r in found] == [2, 3, 4, 5]
    same, near, other, bare = found
    assert {r["name_score"] for r in found} == {bare["score"]}
    assert facts(same) == {"birth_year": "same", "country": "same"}
    assert facts(near) == {"birth_year": "within_one", "country": "same"}
    assert facts(other) == {"birth_year": "differs", "country": "differs"}
    assert facts(bare) == {}
    assert same["score"] >= bare["score"] > other["score"]
    assert "The birth years differ: 1974 and 1961. (-2.9)" in other["reasons"]
    assert "The countries differ: France and Kazakhstan. (-1.1)" in other["reasons"]
    assert other["birth_year"] == "1974"
    told = run_cli("explain", other["match_id"]).stdout
    assert "Redone: same score." in told
    assert "birth_year" in told


def test_one_of_several_countries_is_enough(desk, run_cli):
    found = screened(desk, run_cli, "supplier,country", "Gulmira Trading LLC,伊朗", "Gulmira Trading LLC,Германия")
    assert [facts(r)["country"] for r in found] == ["same", "differs"]


def test_a_number_alone_is_a_hit(desk, run_cli):
    heading = "supplier,统一社会信用代码,registration number,country"
    rows = (f"Quite Another Name,{USCC},,", f",{USCC},,", "Wholly Else Ltd,,KG-445566,KG", "Wholly Else Ltd,,445577,KG")
    found = screened(desk, run_cli, heading, *rows)
    assert [(r["row"], r["listed_name"], r["basis"]) for r in found] == [
        (2, "Beknazar Shipping", "identifier"),
        (3, "Beknazar Shipping", "identifier"),
        (4, "Gulmira Trading LLC", "identifier"),
    ]
    assert all(r["score"] > 0.9 for r in found)
    assert found[1]["name_score"] is None
    assert "The credit code matched: 91650000MA77X0000U. (+7.5)" in found[0]["reasons"]
    for r in found:
        assert "Redone: same score." in run_cli("explain", r["match_id"]).stdout


def test_another_number_of_one_type_and_issuer_lowers(desk, run_cli):
    rows = ("Gulmira Trading LLC,KG-445566,KG", "Gulmira Trading LLC,KG-999999,KG", "Gulmira Trading LLC,KG-999999,")
    found = screened(desk, run_cli, "supplier,reg no,country", *rows, options=("--min-score", "0.2"))
    # The list names two countries of the firm, so that whose number it is stays open.
    assert [facts(r).get("identifier") for r in found] == ["matched_issuer_unknown", None, None]
    rows = ("Beknazar Shipping,91110000MA77X0000X", f"Beknazar Shipping,{USCC}")
    found = screened(desk, run_cli, "supplier,uscc", *rows, options=("--min-score", "0.2"))
    assert [facts(r)["identifier"] for r in found] == ["differs_permanent", "matched"]
    assert f"The credit code differs: 91110000MA77X0000X and {USCC}. (-3.9)" in found[0]["reasons"]


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["csv", "json", "parquet"])
def test_no_number_of_a_document_is_printed_or_kept(desk, run_cli, suffix):
    heading = "supplier,passport no,номер паспорта,身份证,identifier,country"
    rows = (
        "Serik Otarbay,ab 7654321,,,,Kazakhstan",
        f"Somebody Quite Else,,{PASSPORT},,,Kazakhstan",
        f"Otarbay Serik,{OTHER_PASSPORT},,,,Kazakhstan",
        f"Nobody Known,,,{CARD},,China",
        f"Nobody Known,,,,{CARD},China",
        f"Nobody Known,,,,{CARD[:-1]}X,China",  # mistyped under a general heading, still a person's
    )
    (desk / "p.csv").write_text("\n".join([heading, *rows]) + "\n", encoding="utf-8")
    out, page = desk / f"hits.{suffix}", desk / "record.html"
    said = [run_cli("screen", desk / "p.csv", "--out", out, "--record", page, "--min-score", "0.2")]
    said += [run_cli("screen", desk / "p.csv", "--format", f) for f in ("yente", "table", "csv")]
    rows = screened_rows(out)
    listed = [r for r in rows if r["list_id"] == "own-blocked"]
    assert [(r["row"], r["listed_name"], facts(r)["document"], r["basis"]) for r in listed] == [
        (2, "Otarbay Serik", "matched", "name"),
        (3, "Otarbay Serik", "matched", "identifier"),
        (4, "Otarbay Serik", "differs", "name"),
        (5, "Tursun Alimov", "matched", "identifier"),
        (6, "Tursun Alimov", "matched", "identifier"),
    ]
    assert [r["identifier"] for r in listed] == [None] * 5
    assert "The passport number differs. (-1.9)" in listed[2]["reasons"]
    assert "The national identity number matched. (+7.5)" in listed[4]["reasons"]
    said += [run_cli("explain", r["match_id"]) for r in listed]
    written = [p for p in desk.rglob("*") if p.is_file() and p.name not in {"p.csv", "blocked-2026-07-23.csv"}]
    texts = [p.read_bytes() for p in written] + [(d.stdout + d.stderr).encode() for d in said]
    for number in (PASSPORT, OTHER_PASSPORT, CARD, "7654321", "1234567", CARD[:-1]):
        assert not [t for t in texts if number.encode() in t], number


def screened_rows(path):
    from entrepot.screening.runs.results import results

    return list(results(path))


def test_documents_meet_as_keyed_hashes_that_need_the_key():
    party = Party(1, "supplier", "A", None, None, None, documents=(f"passport:{PASSPORT}",))
    assert PASSPORT not in repr(party)
    from entrepot.screening.matching.match import as_batch
    from entrepot.vocabulary.identifiers import digest

    assert as_batch([party]).column("documents").to_pylist() == [[]]
    kept = as_batch([party], b"k" * 32).column("documents").to_pylist()
    assert kept == [[f"passport:{digest(b'k' * 32, PASSPORT)}"]]


@pytest.mark.parametrize(
    ("heading", "role", "kind"),
    [
        ("Date of Birth", "birth", ""),
        ("出生日期", "birth", ""),
        ("Год рождения", "birth", ""),
        ("Passport No.", "document", "passport"),
        ("护照号码", "document", "passport"),
        ("Номер паспорта", "document", "passport"),
        ("身份证号", "document", "national_id"),
        ("National ID", "document", "national_id"),
        ("统一社会信用代码", "identifier", "uscc"),
        ("LEI", "identifier", "lei"),
        ("IMO number", "identifier", "imo"),
        ("ИНН", "identifier", "inn"),
        ("ОГРН", "identifier", "ogrn"),
        ("Registration number", "identifier", "registration"),
        ("注册号", "identifier", "registration"),
        ("税号", "identifier", "tax"),
    ],
)
def test_headings_in_three_languages_say_what_a_number_is(heading, role, kind):
    from entrepot.screening.parties.file_options import Given
    from entrepot.screening.parties.party_columns import party_columns

    (column,) = party_columns(["supplier", heading], Given())
    assert getattr(column, role) == (1,)
    assert column.kinds.get(1, "") == kind


@pytest.mark.parametrize(
    ("given", "year"),
    [
        ("1961", "1961"),
        ("24.03.1961", "1961"),
        ("1961-03-24T00:00", "1961"),
        ("19610324", "1961"),
        ("circa 1961", "1961"),
        ("1961年3月24日", "1961"),
        ("1961-1963", None),
        ("24.03.61", "1961"),
        ("24.03.61 00:00", "1961"),
        ("08-Jan-84", "1984"),
        ("61/03/24", "1961"),
        ("Jan 8, 84", "1984"),
        ("08-Jan-12", None),
        ("24.03.08", None),
        ("24.35.61", None),
        ("1984-13-45", None),
        ("45/13/1984", None),
        ("1984-00-00", "1984"),
        ("2527-01-08", None),
        ("30690", None),
        ("unknown", None),
        (None, None),
        ("12345678", None),
    ],
)
def test_a_year_is_read_and_not_guessed(given, year):
    read = born(given or "")
    assert (read.year if read else None) == year


def test_numbers_under_a_general_heading_get_their_exact_kind():
    # The LEI that ISO 17442 prints as its example, and a credit code of GB 32100-2015's form.
    cells = [("other", "5493001KJTIIGC8Y1R12; 91350100M000100Y43"), ("inn", "7707083893")]
    assert numbers_of(cells, "CN") == [
        ("lei", "5493001KJTIIGC8Y1R12"),
        ("uscc", "91350100M000100Y43"),
        ("inn", "7707083893"),
    ]


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("IR", "IR"),
        ("IRN", "IR"),
        ("Iran (Islamic Republic of)", "IR"),
        ("Korea, North", "KP"),
        ("Democratic People's Republic of Korea", "KP"),
        ("中国", "CN"),
        ("Россия", "RU"),
        ("Russian Federation", "RU"),
        ("Türkiye", "TR"),
        ("Côte d’Ivoire", "CI"),
        ("Atlantis", ""),
        ("", ""),
    ],
)
def test_countries_as_lists_print_them(printed, code):
    assert code_of(printed) == code


def test_every_point_has_a_reason_and_follows_the_arithmetic_it_states():
    import re

    text = files("entrepot.screening").joinpath("data/points.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        assert len(row["reason"]) > 20 or row["reason"].startswith("ln(")
        a, b = map(float, re.match(r"ln\(([\d.]+)/([\d.]+)\)", row["reason"]).groups())
        assert float(row["points"]) == pytest.approx(log(a / b), abs=0.06), row


@given(st.floats(0.0001, 0.9999), st.floats(-12, 12))
def test_points_never_turn_the_score_the_wrong_way(score, added):
    found = weighed(score, log(score / (1 - score)), added)
    assert 0 <= found <= 1
    assert found >= score if added >= 0 else found <= score
    assert weighed(1.0, 3.0, abs(added)) == 1.0


@given(st.floats(0.5, 0.99), st.floats(0, 4))
def test_no_name_that_points_can_raise_is_cut_before(min_score, gain):
    lowest = least_name(min_score, gain)
    assert min(LEAST_NAME, min_score) <= lowest <= min_score
    if lowest > LEAST_NAME:
        just_below = log(lowest / (1 - lowest)) - 0.01
        assert 1 / (1 + exp(-(just_below + gain))) < min_score


def test_what_may_be_another_partys_is_not_held_against_one():
    entry = json.dumps({"countries": ["CN"], "numbers": [["uscc", USCC, "CN"]]})
    party = Party(1, "shipper", "A", "France", None, None, numbers=("uscc:91110000MA77X0000X",))
    assert {f.outcome for f in compared(party, entry)} == {"differs", "differs_permanent"}
    assert compared(replace(party, shared=frozenset({"country", "identifier"})), entry) == []
    met = replace(party, numbers=(f"uscc:{USCC}",), shared=frozenset({"country", "identifier"}))
    assert [f.outcome for f in compared(met, entry)] == ["matched"]


def test_a_number_of_another_issuer_says_nothing():
    entry = json.dumps({"numbers": [["registration", "445566", "IR"]]})
    party = Party(1, "supplier", "A", "KG", None, None, numbers=("registration:445566",))
    assert compared(party, entry) == []
    assert isinstance(compared(replace(party, country="Iran"), entry)[0], Particular)


def test_the_points_are_those_of_the_table():
    assert points()["birth_year", "differs"] < 0 < points()["birth_year", "same"]


def test_a_party_read_from_a_file_keeps_its_numbers_apart(tmp_path):
    path = tmp_path / "p.csv"
    path.write_text(f"name,dob,passport,inn,id number\nA,1961,{PASSPORT},7707083893,{CARD}\n")
    (party,) = read_parties(path).each()
    assert (party.birth_year, party.identifier) == ("1961", "7707083893")
    assert set(party.documents) == {f"passport:{PASSPORT}", f"national_id:{CARD}"}


@pytest.mark.parametrize(
    ("column", "number"),
    [
        ("uscc", "9133020087010523HH"),
        ("lei", "529900T8BM49AURSDO55"),
        ("ogrn", "1027700070518"),
        ("imo", "9074729"),
    ],
)
def test_a_number_of_a_firm_matches_where_the_list_does_not_say_the_kind(tmp_path, run_cli, column, number):
    (tmp_path / "ids.csv").write_text(f"name,{column}\nSomething Else Ltd,{number}\n")
    loaded = run_cli("lists", "load", tmp_path / "ids.csv", "--as", "own-blocked", "--version", "2026-01-01")
    assert "hash only" not in loaded.stderr
    (row,) = screened(tmp_path, run_cli, f"name,{column}", f"Acme,{number}")
    assert (row["basis"], facts(row)) == ("identifier", {"identifier": "matched", "name": "floor"})


@pytest.mark.parametrize(
    ("column", "number", "party_column"),
    [("uscc", CARD, "id card"), ("ogrn", "304500116000157", "ogrn"), ("inn", "500100732259", "inn")],
)
def test_a_number_of_a_person_is_hashed_whatever_its_heading_and_still_matches(
    tmp_path, run_cli, column, number, party_column
):
    (tmp_path / "ids.csv").write_text(f"name,{column}\nSomething Else,{number}\n")
    loaded = run_cli("lists", "load", tmp_path / "ids.csv", "--as", "own-blocked", "--version", "2026-01-01")
    assert "documents of persons kept as a hash only" in loaded.stderr
    (row,) = screened(tmp_path, run_cli, f"name,{party_column}", f"Acme,{number}")
    assert facts(row)["document"].startswith("matched")


def test_a_person_is_not_held_against_firms_and_vessels_nor_a_firm_against_persons(tmp_path, run_cli):
    path = tmp_path / "blocked-2026-07-23.csv"
    entries = ("person", "company", "vessel", "aircraft", "")
    names = "".join(f"{i},Otarbay Serikbol,{kind},,,KG-44556{i}\n" for i, kind in enumerate(entries))
    path.write_text("entity_id,name,kind,country,birth_year,registration_number\n" + names)
    assert run_cli("lists", "load", path, "--as", "own-blocked").code == 0

    def met(*options, heading="supplier,date of birth", row="Otarbay Serikbol,"):
        rows = screened(tmp_path, run_cli, heading, row, options=options)
        return {entries[int(r["entity_id"].rsplit("-", 1)[1])] for r in rows}

    assert met() == set(entries)
    assert met(row="Otarbay Serikbol,1961") == {"person", ""}
    assert met("--kind", "person") == {"person", ""}
    assert met("--kind", "company") == set(entries) - {"person"}
    assert met("--kind", "company", row="Otarbay Serikbol,1961") == set(entries) - {"person"}
    assert met("--kind", "vessel") == {"vessel", "aircraft", ""}
    by_number = "supplier,date of birth,registration number"
    assert met(heading=by_number, row="Otarbay Serikbol,1961,KG-445561") == {"person", "company", ""}


def said_of_births(tmp_path, *cells):
    (tmp_path / "p.csv").write_text("name,birth_date\n" + "".join(f'Serik Otarbay,"{c}"\n' for c in cells))
    read = read_parties(tmp_path / "p.csv")
    return [p.birth_year for p in read.each()], [p.kind for p in read.each()], " ".join(read.notes)


@pytest.mark.parametrize("cell", ["30690", "2527-01-08", "not known", "1984-13-45", "08-Jan-12"])
def test_a_date_of_birth_that_is_not_understood_is_said_and_makes_no_person(tmp_path, cell):
    years, kinds, notes = said_of_births(tmp_path, cell)
    assert (years, kinds) == ([None], ["any"])
    assert f"1 row has a date of birth that is not understood and counts as not given: '{cell}'" in notes
    assert "is a person" not in notes


def test_days_as_a_spreadsheet_counts_them_are_read_where_their_column_holds_others(tmp_path):
    # Day 30690 of a spreadsheet is 1984-01-09, 28855 is 1978-12-31: LibreOffice 7.6.
    years, kinds, notes = said_of_births(tmp_path, "30690", "28855", "1961")
    assert years == ["1984", "1978", "1961"]
    assert kinds == ["person"] * 3
    assert "days since 1900" in notes
    assert "'30690' is 1984" in notes
    assert said_of_births(tmp_path, "30690", "130690")[0] == [None, None]  # day, month, year without a sign between
    assert said_of_births(tmp_path, "30690", "n/a")[0] == [None, None]


def test_the_century_that_was_taken_is_said(tmp_path):
    years, _, notes = said_of_births(tmp_path, "08-Jan-84", "24.03.61")
    assert years == ["1984", "1961"]
    assert (
        "read as those of the 1900s, for in the 2000s they lie ahead: '08-Jan-84' is 1984, '24.03.61' is 1961" in notes
    )


def test_the_kind_that_was_said_is_in_the_record_and_held_when_screened_again(desk, run_cli):
    (desk / "p.csv").write_text("supplier,date of birth\nSerik Otarbay,1961\n")
    out, page = desk / "hits.csv", desk / "record.html"
    said = ("--list", "own-blocked", "--kind", "company", "--out", out, "--record", page)
    assert run_cli("screen", desk / "p.csv", *said).code == 0
    assert "--kind company" in page.read_text()
    again = run_cli("rescreen", out)
    assert again.code == 0
    assert "Otarbay" not in again.stdout


def test_a_note_says_why_a_person_is_not_held_against_firms(tmp_path):
    (tmp_path / "p.csv").write_text("supplier,date of birth\nSerik Otarbay,1961\n")
    assert any("a year of birth is a person" in n for n in read_parties(tmp_path / "p.csv").notes)
    assert not any("is a person" in n for n in read_parties(tmp_path / "p.csv", given=Given(kind="company")).notes)


def test_a_ship_is_not_met_by_what_its_name_means(tmp_path, run_cli):
    path = tmp_path / "blocked-2026-07-23.csv"
    path.write_text("entity_id,name,kind\n1,AVANGARD,vessel\n")
    assert run_cli("lists", "load", path, "--as", "own-blocked").code == 0
    found = screened(tmp_path, run_cli, "supplier", "Pioneer Freight", "Avangard", "Авангард")
    assert [row["party"] for row in found] == ["Avangard", "Авангард"]
    known = screened(tmp_path, run_cli, "supplier", "Pioneer Freight", "Avangard", options=("--kind", "vessel"))
    assert [row["party"] for row in known] == ["Pioneer Freight", "Avangard"], "who says that it is a ship is shown it"


def test_ships_and_one_word_of_a_persons_names_are_met_in_full(tmp_path, run_cli):
    path = tmp_path / "blocked-2026-07-23.csv"
    path.write_text(
        "entity_id,name,kind,aliases\n1,MARTINA,vessel,\n2,LONG BAI,vessel,\n3,Otarbay Serik,person,Lukas\n"
    )
    assert run_cli("lists", "load", path, "--as", "own-blocked").code == 0
    more = ("Martina Orvan", "龙佰集团股份有限公司", "Lukas Orvan")
    found = screened(
        tmp_path, run_cli, "supplier", *more, "Martina", "龙佰", "Lukas", "Lukas Otarbay Serik"
    )  # fmt: skip
    met = {row["party"] for row in found}
    assert met >= {"Martina", "龙佰", "Lukas", "Lukas Otarbay Serik"}
    assert not met & set(more)


def test_a_number_that_matched_is_the_first_reason(desk, run_cli):
    """What names it differs from its listing in comes after it: a person sees the first reason alone."""
    heading = "supplier,uscc,country"
    found = screened(desk, run_cli, heading, f"Quite Another Freight GmbH,{USCC},CN", f"Beknazar Shiping,{USCC},CN")
    assert [r["reasons"][0].split(":")[0] for r in found] == ["The credit code matched"] * 2
    (alone,) = screened(desk, run_cli, "supplier,country", "Beknazar Shiping,CN")
    assert "matched" not in alone["reasons"][0]
