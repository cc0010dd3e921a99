"""Readers of formats of which no real file is at hand, on files constructed from the published schemas."""

from __future__ import annotations

import csv
import itertools
import json
import re
import zipfile
from collections import Counter
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrepot.core.errors import BadInputError, UnreadableFileError
from entrepot.lists import registry, versions

FOLDER = Path(__file__).parent / "constructed"
FILES = {
    "sdn_advanced.xml": "ofac-sdn",
    "eu.xml": "eu",
    "eu.csv": "eu",
    "UK-Sanctions-List.csv": "uk",
    "consolidated.csv": "us-csl",
    "consolidated.json": "us-csl",
    "title-15-part-744.xml": "bis-entity-list",
    "uflpa-entity-list.html": "dhs-uflpa",
}


def read(name: str, folder: Path = FOLDER):
    return registry.read_list(folder / name, FILES[name]).reading


def entries(reading):
    return {r["name"]: r for r in reading.entries.to_pylist()}


def names_of(reading, name):
    entity = entries(reading)[name]["entity_id"]
    return {(r["name"], r["what"], r["strength"]) for r in reading.names.to_pylist() if r["entity_id"] == entity}


def identified(reading):
    return {(r["kind"], r["normalised"], r["country"]) for r in reading.identifiers.to_pylist()}


def documents(reading):
    return Counter((d.kind, d.value) for d in reading.documents)


def facts(reading, entity):
    return {(r["what"], r["value"]) for r in reading.facts.to_pylist() if r["entity_id"] == entity}


def note(reading, begins):
    return next(n for n in reading.notes if n.startswith(begins))


@pytest.mark.parametrize("name", FILES)
def test_every_reader_here_is_said_to_be_unproven(name):
    assert registry.read_list(FOLDER / name, FILES[name]).format.proven is False


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_says_its_day_is_of_a_format_that_does(name):
    found = registry.read_list(FOLDER / name, FILES[name])
    assert found.format.dated == bool(found.reading.published)


def test_ofac_advanced():
    found = read("sdn_advanced.xml")
    assert found.published == "2026-08-20"
    firm, person, vessel = found.entries.to_pylist()
    assert [r["kind"] for r in (firm, person, vessel)] == ["organisation", "person", "vessel"]
    assert (firm["name"], firm["programme"], firm["section"]) == ("GULMIRA TRADING LLC", ["SDGT"], ["SDN List"])
    assert (firm["valid_from"], firm["countries"]) == ("2012-12-04", ["Nowhere"])
    assert (person["name"], person["birth_years"]) == ("OTARBAY Serik", ["1961", "1963"])
    assert names_of(found, "GULMIRA TRADING LLC") == {
        ("GULMIRA TRADING LLC", "name", None),
        ("ГУЛМИРА ТРЕЙДИНГ", "alias", "good"),
        ("GULMIRA EXPORT", "former_name", "good"),
        ("GTL", "alias", "weak"),
    }
    assert identified(found) == {("tax", "55501", "Elsewhere"), ("imo", "1234567", None)}
    assert documents(found) == {("passport", "N00000001"): 1}
    assert note(found, "programmes never seen before") == "programmes never seen before: NEW-EO99999 1"
    assert note(found, "documents not read") == "documents not read: Moon Pass 1"
    assert note(found, "features not read") == "features not read: Gender 1"
    assert facts(found, "ofac-sdn-101") == {("address", "Nowhere City, Nowhere"), ("legal_basis", "Block")}
    assert facts(found, "ofac-sdn-102") == {
        ("birth_date", "1961-01-01 to 1963-12-31"),
        ("linked_to", "GULMIRA TRADING LLC (Leader or official of, former, until 2020)"),
        ("linked_to", "SEA OTTER (Associate Of)"),
    }
    assert facts(found, "ofac-sdn-103") == {
        ("linked_to", "GULMIRA TRADING LLC (Owned or Controlled By)"),
        ("linked_to", "OTARBAY Serik (Associate Of)"),
    }
    assert note(found, "relations to parties") == "relations to parties that the file lacks: Owned or Controlled By 1"


@pytest.mark.parametrize("name", ["eu.xml", "eu.csv"])
def test_eu(name):
    found = read(name)
    assert found.published == "2026-08-05"
    person, firm = entries(found)["Serik Otarbay"], entries(found)["Gulmira Trading LLC"]
    assert (person["kind"], firm["kind"]) == ("person", "organisation")
    assert (person["birth_years"], person["nationalities"], firm["countries"]) == (["1961"], ["NOWHERE"], ["NOWHERE"])
    assert ("registration", "55501", "NOWHERE") in identified(found)
    assert ("passport", "N00000001") in documents(found)
    assert "MOON 1" in note(found, "programmes never seen before")
    strength = "weak" if name == "eu.xml" else None
    assert ("Uncle", "alias", strength) in names_of(found, "Serik Otarbay")
    assert {("reference", "EU.1.1"), ("birth_date", "1961-04-28")} <= facts(found, "eu-13")


@pytest.mark.parametrize("name", ["eu.xml", "eu.csv"])
@pytest.mark.parametrize(
    ("span", "years"),
    [
        (("1960", "1963"), ["1960", "1961", "1962", "1963"]),
        (("1961", "1961"), ["1961"]),
        (("1940", "1990"), None),
        (("1960", ""), None),
        (("1963", "1960"), None),
    ],
)
def test_a_range_of_years_of_birth_is_each_of_its_years(tmp_path, name, span, years):
    """One that is wide, open or the wrong way round is kept as text, and counted."""
    first, last = span
    path = tmp_path / name
    said = text(name)
    if name == "eu.xml":
        told = f'birthdate="" yearRangeFrom="{first}" yearRangeTo="{last}"'
        said = said.replace('circa="false"', 'circa="true"').replace('birthdate="1961-04-28"', told)
        said = said.replace(' year="1961"', "")
    else:
        heads = said.splitlines()[0].split(";")
        born, at = heads.index("BirthDate_BirthDate"), heads.index("BirthDate_YearRangeFrom")
        rows = [r.split(";") for r in said.splitlines()]
        cells = next(r for r in rows if r[born] == "1961-04-28")
        cells[born : at + 2] = ["", "", "", "", first, last]
        cells[heads.index("BirthDate_Circa")] = "true"
        said = "\n".join(";".join(r) for r in rows) + "\n"
    path.write_text(said, encoding="utf-8")
    found = registry.read_list(path, "eu").reading
    assert entries(found)["Serik Otarbay"]["birth_years"] == years
    assert ("birth_date", "-".join(filter(None, (first, last))) + " (about)") in facts(found, "eu-13")
    assert any(n.startswith("ranges of years of birth kept as text only") for n in found.notes) == (not years)


def test_the_eu_xml_says_more():
    found = read("eu.xml")
    assert entries(found)["Serik Otarbay"]["valid_from"] == "2020-12-07"
    assert ("Серик Отарбай", "alias", "good") in names_of(found, "Serik Otarbay")
    assert note(found, "types of identification never seen") == "types of identification never seen before: moonpass 1"
    assert ("moonpass", "M1") not in documents(found)
    assert ("other", "M1") in documents(found)  # what is not known to be a firm's number is treated as a person's


def spreadsheet(path, rows):
    """An OpenDocument spreadsheet with a sheet of notes before the table; what repeats is written once."""

    def cell(value, times=1):
        repeated = f' table:number-columns-repeated="{times}"' if times > 1 else ""
        if not value:
            return f"<table:table-cell{repeated}/>"
        day = re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", value)
        kind = f' office:date-value="{day[3]}-{day[2]}-{day[1]}T00:00:00"' if day else ""
        shown = escape(value).replace(" ", "<text:s/>", 1)
        return f"<table:table-cell{kind}{repeated}><text:p>{shown}</text:p></table:table-cell>"

    def row(cells):
        inside = "".join(cell(v, len([*some])) for v, some in itertools.groupby([*cells, *[""] * 9000]))
        return f"<table:table-row>{inside}</table:table-row>"

    top, body = "".join(map(row, rows[:2])), "".join(map(row, rows[2:]))
    names = "".join(f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    text = (
        f"<office:document-content{names}><office:body><office:spreadsheet>"
        f"<table:table>{row(['Notes'])}</table:table><table:table><table:table-header-rows>{top}"
        f"</table:table-header-rows><table:table-row-group>{body}</table:table-row-group></table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", text)
    return path


def test_the_uk_list_as_a_spreadsheet_says_what_its_csv_says(tmp_path):
    rows = list(csv.reader(text("UK-Sanctions-List.csv").removeprefix("\ufeff").splitlines()))
    told = registry.read_list(spreadsheet(tmp_path / "UK-Sanctions-List.ods", rows), "uk").reading
    same = read("UK-Sanctions-List.csv")
    assert (told.published, told.notes) == (same.published, same.notes)
    for name in ("entries", "names", "identifiers"):
        assert getattr(told, name).equals(getattr(same, name))
    days = {"birth_date", "updated"}  # the spreadsheet holds them as days
    assert [r for r in told.facts.to_pylist() if r["what"] not in days] == [
        r for r in same.facts.to_pylist() if r["what"] not in days
    ]


def test_what_of_the_uk_list_is_not_read_is_told_with_what_is(tmp_path):
    path = spreadsheet(tmp_path / "list.ods", [["Some"], ["Other heading"], ["x"]])
    with pytest.raises(UnreadableFileError, match="no table has the heading 'Unique ID'"):
        registry.read_list(path, "uk")
    with pytest.raises(UnreadableFileError, match="not a format of the list un; expected the UN"):
        registry.read_list(path, "un")
    with pytest.raises(UnreadableFileError, match="save its table as XLSX or CSV"):
        registry.read_list(path, "own-x")
    other = tmp_path / "UK-Sanctions-List.xml"
    other.write_text("<Designations><Designation><UniqueID>A1</UniqueID></Designation></Designations>")
    with pytest.raises(UnreadableFileError, match="Load the same list as CSV or OpenDocument"):
        registry.read_list(other, "uk")


def test_uk():
    found = read("UK-Sanctions-List.csv")
    assert found.published == "2026-09-23"
    kinds = {r["name"]: r["kind"] for r in found.entries.to_pylist()}
    assert kinds == {"Serik OTARBAY": "person", "SEA OTTER": "vessel", "GULMIRA TRADING LLC": "organisation"}
    assert names_of(found, "Serik OTARBAY") == {
        ("Serik OTARBAY", "name", None),
        ("Serik OTARBAI", "alias", None),
        ("Серик Отарбай", "alias", None),
        ("SHORTY", "alias", "weak"),
    }
    person = entries(found)["Serik OTARBAY"]
    assert person["nationalities"] == ["Nowhere"]
    assert (person["valid_from"], person["birth_years"], person["programme"]) == ("2012-06-29", ["1961"], ["Moon"])
    assert {(k, v) for k, v, _ in identified(found)} == {
        ("imo", "1234567"),
        ("registration", "55501"),
        ("registration", "55502"),
    }
    assert documents(found) == {("passport", "N00000001"): 1, ("national_id", "000111222"): 1}


@pytest.mark.parametrize("name", ["consolidated.csv", "consolidated.json"])
def test_us_consolidated(name):
    found = read(name)
    assert [r["list_entry_id"] for r in found.entries.to_pylist()] == ["EL-ab12", "SDN-102", "SDN-103"]
    assert {n for n, _, _ in names_of(found, "Gulmira Lab")} == {"Gulmira Lab", "Gulmira Laboratory", "GL"}
    lab, person = entries(found)["Gulmira Lab"], entries(found)["OTARBAY, Serik"]
    assert (lab["kind"], lab["countries"], lab["valid_from"]) == ("unknown", ["XX"], "2019-10-09")
    assert (person["programme"], person["birth_years"]) == (["GLOMAG", "NEW-EO99999"], ["1961"])
    assert {(k, v) for k, v, _ in identified(found)} == {("imo", "1234567")}
    assert documents(found) == {("passport", "N00000001"): 1, ("tax", "77"): 1}
    assert "NEW-EO99999 1" in note(found, "programmes never seen before")
    assert ("legal_basis", "federal register notice: 84 FR 1") in facts(found, "us-csl-EL-ab12")
    assert ("address", "1 Long Street, Nowhere City, XX") in facts(found, "us-csl-EL-ab12")
    assert not [n for n in found.notes if n.startswith("columns not read")]


def test_bis():
    found = read("title-15-part-744.xml")
    assert {n: r["countries"] for n, r in entries(found).items()} == {
        "Gulmira Trading Co., Ltd.": ["NOWHERE"],
        "Serik Otarbay": ["NOWHERE"],
        "Qum Institute": ["ELSEWHERE"],
    }
    assert names_of(found, "Gulmira Trading Co., Ltd.") == {
        ("Gulmira Trading Co., Ltd.", "name", None),
        ("Gulmira Export", "alias", None),
        ("Gulmira (Nowhere) Import Co.", "alias", None),
    }
    assert ("Qum School", "former_name", None) in names_of(found, "Qum Institute")


def test_dhs():
    found = read("uflpa-entity-list.html")
    assert found.published == "2026-08-03"
    assert {n: (r["section"], r["valid_from"]) for n, r in entries(found).items()} == {
        "Gulmira Silicon (Nowhere) Co., Ltd.": (["Section 2(d)(2)(B)(i)"], "2022-06-21"),
        "Qum Textile Co., Ltd.": (["Section 2(d)(2)(B)(i)", "Section 2(d)(2)(B)(ii)"], "2023-08-01"),
        "Otarbay Carpet Co., Ltd.": (["Section 2(d)(2)(B)(ii)"], "2022-06-21"),
    }
    assert ("Gulmira Silicon Industry (Nowhere) Co.", "alias", None) in names_of(
        found, "Gulmira Silicon (Nowhere) Co., Ltd."
    )
    assert names_of(found, "Qum Textile Co., Ltd.") == {
        ("Qum Textile Co., Ltd.", "name", None),
        ("Qum Cotton Co., Ltd.", "former_name", None),
        ("Qum Yarn Co., Ltd.", "former_name", None),
        ("Qum Weaving", "alias", None),
        ("Old Qum", "former_name", None),
    }
    assert {n for n, _, _ in names_of(found, "Otarbay Carpet Co., Ltd.")} == {
        "Otarbay Carpet Co., Ltd.",
        "Otarbay Carpets",
        "Otarbay Rugs",
    }
    assert note(found, "entries that include others").endswith("Gulmira Silicon (Nowhere) Co., Ltd. 1")


def text(name):
    return (FOLDER / name).read_text(encoding="utf-8")


CHANGED = {  # file, what is put in place of what, what the message says
    "no table": ("uflpa-entity-list.html", ("table", "div"), "holds no table"),
    "other headings": ("uflpa-entity-list.html", ("Effective Date", "Listed"), "the page has changed"),
    "no section": ("uflpa-entity-list.html", ("2(d)(2)(B)", "Two"), "no section of the Act"),
    "a row too short": ("uflpa-entity-list.html", ("<td>June 21, 2022</td>", ""), "a row of another form"),
    "another date": ("uflpa-entity-list.html", ("June 21, 2022", "soon"), "not a date: 'soon'"),
    "a table in a table": (
        "uflpa-entity-list.html",
        ("<td>August 1, 2023</td>", "<td><table></table></td>"),
        "within another",
    ),
    "no supplement": ("title-15-part-744.xml", ("Supplement No. 4", "Supplement No. 9"), "no Supplement No. 4"),
    "other columns": ("title-15-part-744.xml", ("<TH>Entity</TH>", "<TH>Party</TH>"), "it has changed"),
    "sanctions of nobody": ("sdn_advanced.xml", ('ProfileID="103"', 'ProfileID="999"'), "not in the file"),
    "another root": (
        "sdn_advanced.xml",
        ("Sanctions ", "sdnList "),
        "whose root is sdnList, is not read. Load OFAC's SDN_ADVANCED.XML",
    ),
    "not the EU's": ("eu.xml", ("export", "import"), "the root is 'import'"),
    "EU twice": ("eu.xml", ('logicalId="14"', 'logicalId="13"'), "logicalId 13 stands twice"),
    "EU headings": ("eu.csv", ("NameAlias_WholeName", "NameAlias_Name"), "no heading 'NameAlias_WholeName'"),
    "UK headings": ("UK-Sanctions-List.csv", ("Designation Type", "Type"), "no heading 'Designation Type'"),
    "UK date": ("UK-Sanctions-List.csv", ("29/06/2012", "31/06/2012"), "line 3: Date Designated"),
    "CSL twice": ("consolidated.csv", (",103,", ",102,"), "stands twice"),
}


@pytest.mark.parametrize("case", CHANGED)
def test_what_changed_is_refused_and_the_old_version_stays(tmp_path, case):
    name, (old, new), said = CHANGED[case]
    store = tmp_path / "store"
    day = None if read(name).published else "2026-08-20"
    row = versions.load(FOLDER / name, FILES[name], store, version=day)
    changed = tmp_path / name
    changed.write_text(text(name).replace(old, new), encoding="utf-8")
    with pytest.raises(UnreadableFileError) as caught:
        versions.load(changed, FILES[name], store, version=day)
    assert said in str(caught.value)
    assert versions.held(store) == [row]
    assert versions.opened(row, store).entries.num_rows == row["entries"]


@pytest.mark.parametrize("year", ["99999999999999999999", "0", "٢٠٢٦", "9" * 5_000])
def test_a_day_of_issue_outside_the_calendar_is_none(tmp_path, year):
    changed = tmp_path / "sdn_advanced.xml"
    changed.write_text(
        text("sdn_advanced.xml").replace("<Year>2026</Year>", f"<Year>{year}</Year>", 1), encoding="utf-8"
    )
    assert not registry.read_list(changed, "ofac-sdn").reading.published


XML = [name for name in FILES if name.endswith(".xml")]
DECLARED = {
    "laughs": '<!DOCTYPE z [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>',
    "outside": '<!DOCTYPE z [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
    "an outside type": '<!DOCTYPE z SYSTEM "https://example.org/z.dtd">',
}


@pytest.mark.parametrize("name", XML)
@pytest.mark.parametrize("case", DECLARED)
def test_a_document_type_is_refused(tmp_path, name, case):
    head, _, rest = text(name).partition("?>")
    (tmp_path / name).write_text(head + "?>" + DECLARED[case] + rest, encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="document type"):
        read(name, tmp_path)


@pytest.mark.parametrize("name", FILES)
def test_no_document_number_is_in_what_is_kept(name, tmp_path):
    day = None if read(name).published else "2026-08-20"
    row = versions.load(FOLDER / name, FILES[name], tmp_path, version=day)
    version = versions.opened(row, tmp_path)
    tables = (version.entries, version.names, version.identifiers, version.documents, version.facts)
    kept = json.dumps([t.to_pylist() for t in tables]) + str(row) + repr(read(name))
    assert [n for n in ("N00000001", "000111222") if n in kept] == []
    raw = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())
    assert b"N00000001" not in raw


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("name", FILES)
@given(data=st.data())
def test_no_damage_gets_past_a_reader_as_another_error(tmp_path, name, data):
    raw = (FOLDER / name).read_bytes()
    for _ in range(data.draw(st.integers(1, 3))):
        match data.draw(st.sampled_from(["cut", "junk", "swap", "drop", "double", "random"])):
            case "cut":
                raw = raw[: data.draw(st.integers(0, len(raw)))]
            case "junk":
                at = data.draw(st.integers(0, len(raw)))
                raw = raw[:at] + data.draw(st.binary(max_size=20)) + raw[at:]
            case "swap":
                old, new = (data.draw(st.sampled_from(b',";\n<>{}[]0aZ-/=')) for _ in range(2))
                raw = raw.replace(bytes([old]), bytes([new]))
            case "drop":
                at, size = data.draw(st.integers(0, len(raw))), data.draw(st.integers(1, 400))
                raw = raw[:at] + raw[at + size :]
            case "double":
                at, size = data.draw(st.integers(0, len(raw))), data.draw(st.integers(1, 400))
                raw = raw[:at] + raw[at : at + size] + raw[at:]
            case _:
                raw = data.draw(st.binary(max_size=200))
    (tmp_path / name).write_bytes(raw)
    try:
        found = read(name, tmp_path)
    except BadInputError as exc:
        assert str(exc).endswith((".", "?"))
    else:
        assert found.entries.num_rows > 0


def test_lists_says_that_a_reader_is_unproven(run_cli):
    loaded = run_cli("lists", "load", FOLDER / "eu.xml", "--as", "eu")
    assert (loaded.code, "reader not yet proven on a real file" in loaded.stderr) == (0, True)
    assert "reader not yet proven on a real file" in run_cli("lists", "--format", "csv").stdout
