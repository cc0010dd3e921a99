"""Readers of list files: what is read, what is refused, what is never kept. All names here are invented."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrepot.core.errors import BadInputError, UnknownNameError, UnreadableFileError
from entrepot.lists import registry
from fuzz.seeds import CSL, FTM, MIRROR, MIRROR_CSV, UK

# Constructed after the layout of the real files; no party of them exists.
SDN = (
    '101,"GULMIRA TRADING LLC",-0- ,"SDGT] [NEW-EO99999",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
    "\"a.k.a. 'GTL; SOUTH'; Registration Number 555-01 (Nowhere); Website www.gul\"\r\n"
    '102,"OTARBAY, Serik","individual","GLOMAG","Director",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
    "\"DOB 03 Mar 1961; alt. DOB 1962; Passport N00000001 (Nowhere); Tax ID No. 77 (Nowhere); a.k.a. 'UNCLE'.\"\r\n"
    '103,"SEA OTTER","vessel","IRAN","XX00","Tanker","1","2","Nowhere","GULMIRA",-0- ,'
    '"Vessel Registration Identification IMO 1234567"\r\n\x1a'
)
ALT = '101,1,"fka","GULMIRA EXPORT",-0- \r\n102,2,"aka","OTARBAEV, Serik",-0- \r\n\x1a'
ADD = '101,9,"1 Long Street","Nowhere City","Nowhere",-0- \r\n101,10,-0- ,-0- ,"Elsewhere",-0- \r\n\x1a'
COMMENTS = '101,"mira.example"\r\n\x1a'
OFAC = {"sdn.csv": SDN, "alt.csv": ALT, "add.csv": ADD, "sdn_comments.csv": COMMENTS}

UN = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09Z"><INDIVIDUALS><INDIVIDUAL><DATAID>7</DATAID>
<FIRST_NAME>Aman</FIRST_NAME><SECOND_NAME>Beknazar</SECOND_NAME><UN_LIST_TYPE>Moon</UN_LIST_TYPE>
<LISTED_ON>2012-12-31</LISTED_ON>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>The Tall</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY>Middling</QUALITY><ALIAS_NAME>Amanbek</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_DATE_OF_BIRTH><DATE>1971-04-05</DATE></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>Z0000009</NUMBER></INDIVIDUAL_DOCUMENT>
</INDIVIDUAL></INDIVIDUALS><ENTITIES><ENTITY><DATAID>8</DATAID><FIRST_NAME>Qum Fund</FIRST_NAME>
<ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>Qum Aid</ALIAS_NAME></ENTITY_ALIAS></ENTITY></ENTITIES>
</CONSOLIDATED_LIST>"""

OWN = "name,kind,aliases,weak_aliases,valid_from\nGulmira Trading,company,GTL; Gulmira,G,2024-01\n"

FILES = {  # list, name of the file or folder, content
    "ofac": ("ofac-sdn", "ofac", OFAC),
    "mirror-json": ("ofac-sdn", "mirror.json", json.dumps(MIRROR)),
    "mirror-csv": ("ofac-sdn", "mirror.csv", MIRROR_CSV),
    "un": ("un", "un.xml", UN),
    "uk": ("uk", "uk", UK),
    "csl": ("us-csl", "csl.csv", CSL),
    "ftm": ("own-x", "x.jsonl", FTM),
    "own": ("own-x", "x.csv", OWN),
}


def put(folder: Path, name: str, content) -> Path:
    path = folder / name
    if isinstance(content, dict):
        path.mkdir(exist_ok=True)
        for part, text in content.items():
            put(path, part, text)
    else:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(folder: Path, key: str):
    list_id, name, content = FILES[key]
    return registry.read_list(put(folder, name, content), list_id).reading


def names_of(reading, number):
    rows = reading.names.to_pylist()
    return {(r["name"], r["what"], r["strength"]) for r in rows if r["entity_id"].endswith(f"-{number}")}


def test_ofac_csv(tmp_path):
    found = read(tmp_path, "ofac")
    entries = {r["list_entry_id"]: r for r in found.entries.to_pylist()}
    assert [entries[n]["kind"] for n in ("101", "102", "103")] == ["organisation", "person", "vessel"]
    assert entries["101"]["programme"] == ["SDGT", "NEW-EO99999"]
    assert entries["101"]["countries"] == ["Nowhere", "Elsewhere"]
    assert entries["102"]["birth_years"] == ["1961", "1962"]
    assert ("GULMIRA EXPORT", "former_name", "good") in names_of(found, 101)
    assert ("UNCLE", "alias", "weak") in names_of(found, 102)
    assert [(r["kind"], r["value"]) for r in found.identifiers.to_pylist()] == [
        ("registration", "555-01"),
        ("imo", "1234567"),
    ]
    assert "programmes never seen before: NEW-EO99999 1" in found.notes
    assert "documents of persons kept as a hash only: passport 1, tax 1" in found.notes


def test_a_remark_runs_over_into_the_comments(tmp_path):
    files = OFAC | {"sdn.csv": SDN.replace("Website www.gul", "a.k.a. 'GUL")} | {"sdn_comments.csv": '101,"MI\'."\r\n'}
    found = registry.read_list(put(tmp_path, "o", files), "ofac-sdn").reading
    assert ("GULMI", "alias", "weak") in names_of(found, 101)


def test_mirror(tmp_path):
    found = read(tmp_path, "mirror-json")
    assert found.published == "2026-08-20"
    assert names_of(found, 101) == {("GULMIRA TRADING LLC", "name", None), ("GTL", "alias", None)}
    assert {n for n, _, _ in names_of(read(tmp_path, "mirror-csv"), 101)} == {"GULMIRA TRADING LLC", "GTL", "GULMIRA"}


def test_un(tmp_path):
    found = read(tmp_path, "un")
    assert found.published == "2026-02-27"
    person, fund = found.entries.to_pylist()
    assert (person["name"], person["valid_from"], person["birth_years"]) == ("Aman Beknazar", "2012-12-31", ["1971"])
    assert (fund["kind"], fund["programme"]) == ("organisation", None)
    assert ("The Tall", "alias", "weak") in names_of(found, 7)
    assert ("Qum Aid", "former_name", None) in names_of(found, 8)
    assert "qualities of alias never seen before: Middling 1" in found.notes
    assert "programmes never seen before: Moon 1" in found.notes


def test_uk(tmp_path):
    found = read(tmp_path, "uk")
    assert found.entries.to_pylist()[0]["name"] == "Serik Otarbay"
    assert found.entries.to_pylist()[1]["valid_from"] == "2013-11-05"
    assert names_of(found, "XYZ1") == {("Serik Otarbay", "name", None), ("Shorty", "alias", "weak")}
    assert [r["normalised"] for r in found.identifiers.to_pylist()] == ["1234567"]


def test_csl_gathers_the_names_of_an_entry(tmp_path):
    found = read(tmp_path, "csl")
    assert [r["list_entry_id"] for r in found.entries.to_pylist()] == ["EL-ab12", "SDN-102"]
    assert {n for n, _, _ in names_of(found, "EL-ab12")} == {"Gulmira Lab", "Gulmira Laboratory"}
    assert found.entries.to_pylist()[1]["programme"] == ["GLOMAG", "SDGT"]
    packed = put(tmp_path, "csl.csv.gz", gzip.compress(CSL.encode()))
    assert registry.read_list(packed, "us-csl").reading.entries.equals(found.entries)


def test_ftm(tmp_path):
    found = read(tmp_path, "ftm")
    assert [r["kind"] for r in found.entries.to_pylist()] == ["person", "vessel"]
    assert ("Shorty", "alias", "weak") in names_of(found, "q-1")
    assert "schemata not read: Address 1" in found.notes


def test_own(tmp_path):
    found = read(tmp_path, "own")
    first = found.entries.to_pylist()[0]["list_entry_id"]
    assert names_of(found, first) >= {("GTL", "alias", None), ("G", "alias", "weak")}


@pytest.mark.parametrize("key", FILES)
def test_no_document_number_of_a_person_is_kept(tmp_path, key):
    found = read(tmp_path, key)
    kept = json.dumps([t.to_pylist() for t in (found.entries, found.names, found.identifiers)]) + str(found.notes)
    assert [n for n in ("N00000001", "Z0000009", "000111222", "03 Mar", "04-05") if n in kept] == []


def test_own_identifiers(tmp_path):
    text = (
        "name,kind,country,birth_year,imo,registration_number,passport_number\n"
        "Sea Otter,vessel,,,9074729,,\nGulmira,company,Nowhere,,,55-1; 55-2,\nSerik,person,,1961,,77,N00000001\n"
    )
    found = registry.read_list(put(tmp_path, "x.csv", text), "own-x").reading
    rows = [(r["kind"], r["normalised"], r["country"]) for r in found.identifiers.to_pylist()]
    assert rows == [("imo", "9074729", None), ("registration", "551", "Nowhere"), ("registration", "552", "Nowhere")]
    assert sorted((d.kind, d.value) for d in found.documents) == [("passport", "N00000001"), ("registration", "77")]
    assert found.entries.to_pylist()[2]["birth_years"] == ["1961"]
    with pytest.raises(UnreadableFileError, match="birth_year"):
        registry.read_list(put(tmp_path, "y.csv", text.replace("1961", "61")), "own-x")


BAD = {
    "sdn.csv missing": ("ofac-sdn", {k: v for k, v in OFAC.items() if k != "sdn.csv"}, "sdn.csv is missing"),
    "cut": ("ofac-sdn", OFAC | {"alt.csv": ALT[:-1]}, "alt.csv, line 3: the mark 1A"),
    "of two days": ("ofac-sdn", OFAC | {"alt.csv": ALT.replace("102,", "999,")}, "entries that sdn.csv lacks"),
    "a cell too many": ("ofac-sdn", OFAC | {"add.csv": ADD.replace("101,10", "101,10,1")}, "add.csv, line 2: 7 cells"),
    "twice": ("ofac-sdn", OFAC | {"sdn.csv": SDN.replace("102,", "101,")}, "sdn.csv, line 2: entry 101 stands twice"),
    "a nameless entry": ("ofac-sdn", OFAC | {"sdn.csv": SDN.replace('"SEA OTTER"', '""')}, "line 3: an entry without"),
    "not UTF-8": (
        "ofac-sdn",
        OFAC | {"sdn.csv": SDN.replace("SEA", "SÉA").encode("latin-1")},
        "line 3, column 7",
    ),
    "an empty folder": ("ofac-sdn", {}, "holds no files of the list"),
    "wrong count": ("ofac-sdn", json.dumps(MIRROR | {"counts": {"entries": 2}}), "1 entries, where the file itself"),
    "not JSON": ("ofac-sdn", "{\n x", "line 2, column 2: not JSON"),
    "deep JSON": ("ofac-sdn", "[" * 100_000, "JSON"),
    "wrong root": ("un", "<a/>", "the root is 'a'"),
    "cut XML": ("un", UN[:400], "not well-formed XML"),
    "orphan names": ("uk", UK | {"subjects.csv": UK["subjects.csv"].replace("XYZ2", "XYZ3")}, "has no name"),
    "a bad date": (
        "uk",
        UK | {"subjects.csv": UK["subjects.csv"].replace("29/06", "31/06")},
        "subjects.csv, line 2: date_designated",
    ),
    "wrong columns": ("us-csl", CSL.replace("regime", "programme"), "line 1: no heading 'regime'"),
    "no name column": ("own-x", "firm\nA\n", "line 1: no heading 'name'"),
    "nothing": ("own-x", "", "the file is empty"),
    "headings only": ("own-x", "name\n", "holds no entry"),
}


@pytest.mark.parametrize("case", BAD)
def test_refused(tmp_path, case):
    list_id, content, said = BAD[case]
    ending = {"un": ".xml", "us-csl": ".csv", "own-x": ".csv"}.get(list_id, ".json")
    path = put(tmp_path, "x" if isinstance(content, dict) else f"x{ending}", content)
    with pytest.raises(BadInputError) as caught:
        registry.read_list(path, list_id)
    assert said in str(caught.value)


LAUGHS = """<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<CONSOLIDATED_LIST><X>&b;</X></CONSOLIDATED_LIST>"""
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<CONSOLIDATED_LIST><X>&x;</X></CONSOLIDATED_LIST>"""


@pytest.mark.parametrize("text", [LAUGHS, OUTSIDE, UN.replace("Aman", "<a>" * 100)])
def test_xml_that_could_grow_or_reach_out_is_refused(tmp_path, text):
    with pytest.raises(UnreadableFileError, match=r"document type|deep|not well-formed"):
        registry.read_list(put(tmp_path, "u.xml", text), "un")


def test_a_file_that_unpacks_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(registry, "LARGEST", 10_000)
    with pytest.raises(UnreadableFileError, match="larger than"):
        registry.read_list(put(tmp_path, "c.csv.gz", gzip.compress(b"a" * 1_000_000)), "us-csl")


@pytest.mark.parametrize("packed", [gzip.compress(CSL.encode())[:-20], b"\x1f\x8bxx"])
def test_a_broken_gzip_is_refused(tmp_path, packed):
    with pytest.raises(UnreadableFileError, match="gzip"):
        registry.read_list(put(tmp_path, "c.csv.gz", packed), "us-csl")


def test_a_file_that_is_no_gzip_whatever_its_name_is_read(tmp_path):
    found = registry.read_list(put(tmp_path, "c.csv.gz", CSL), "us-csl").reading
    assert found.names.equals(registry.read_list(put(tmp_path, "c.csv", CSL), "us-csl").reading.names)


def test_an_unknown_list_names_the_nearest(tmp_path):
    with pytest.raises(UnknownNameError, match="ofac-sdn"):
        registry.read_list(put(tmp_path, "x.csv", OWN), "ofac-snd")
    with pytest.raises(BadInputError, match="not an id of a list"):
        registry.read_list(put(tmp_path, "x.csv", OWN), "own-../x")
    with pytest.raises(UnreadableFileError, match="Give the folder"):
        registry.read_list(put(tmp_path, "sdn.csv", SDN), "ofac-sdn")


PARTS = [
    (key, part, (content[part] if part else content))
    for key, (_, _, content) in FILES.items()
    for part in (content if isinstance(content, dict) else [""])
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize(("key", "part", "text"), PARTS, ids=[f"{k}-{p}" for k, p, _ in PARTS])
@given(data=st.data())
def test_no_damage_gets_past_a_reader_as_another_error(tmp_path, key, part, text, data):
    raw = text.encode()
    match data.draw(st.sampled_from(["cut", "junk", "swap", "random"])):
        case "cut":
            raw = raw[: data.draw(st.integers(0, len(raw)))]
        case "junk":
            at = data.draw(st.integers(0, len(raw)))
            raw = raw[:at] + data.draw(st.binary(max_size=20)) + raw[at:]
        case "swap":
            old, new = (data.draw(st.sampled_from(b',";\n<>{}[]0aZ-')) for _ in range(2))
            raw = raw.replace(bytes([old]), bytes([new]))
        case _:
            raw = data.draw(st.binary(max_size=200))
    list_id, name, content = FILES[key]
    path = put(tmp_path, name, content | {part: raw} if part else raw)
    try:
        found = registry.read_list(path, list_id).reading
    except BadInputError as exc:
        assert str(exc).endswith(".")
    else:
        assert found.entries.num_rows > 0


def test_every_reader_is_that_of_a_format_and_every_format_has_one():
    named = {one.reader for one in registry.formats().values()}
    assert all(callable(registry.reader(one)) for one in registry.formats().values())
    folder = Path(registry.__file__).parent / "formats"
    public = re.compile(r"^def (read_\w+)\(files: ", re.MULTILINE)
    written = {f"{f.stem}:{name}" for f in folder.glob("*.py") for name in public.findall(f.read_text("utf-8"))}
    assert written == named, "a reader without a [[format]] in lists/data/lists.toml, or the other way round"
