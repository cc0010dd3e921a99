"""Readers on publishers' real files; every count is taken again by another way of reading."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections import defaultdict
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from entrepot.core.errors import UnreadableFileError
from entrepot.lists import registry, versions

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def lists(shared):
    return shared / "data" / "lists"


def raw(path):
    """Rows of an OFAC file by the csv module alone, without the mark at its end."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [r for r in csv.reader(stream) if len(r) > 1]


def spaced(text):
    return " ".join(text.split())


def by_entry(reading):
    found = defaultdict(dict)
    for r in reading.names.to_pylist():
        found[r["entity_id"]][r["name"]] = (r["what"], r["strength"])
    return found


@pytest.mark.parametrize(
    ("folder", "list_id", "main", "alt"),
    [
        ("ofac_official_2021-07", "ofac-sdn", "sdn.csv", "alt.csv"),
        ("ofac_nonsdn_official_2025-12", "ofac-nonsdn", "cons_prim.csv", "cons_alt.csv"),
    ],
)
def test_ofac_csv(lists, folder, list_id, main, alt):
    reading = registry.read_list(lists / folder, list_id).reading
    rows = raw(lists / folder / main)
    assert reading.entries.column("list_entry_id").to_pylist() == [r[0] for r in rows]
    names = {(r[0], spaced(r[1])) for r in rows} | {(r[0], spaced(r[3])) for r in raw(lists / folder / alt)}
    read = {
        (r["entity_id"].rpartition("-")[2], r["name"]) for r in reading.names.to_pylist() if r["strength"] != "weak"
    }
    assert read == names
    kinds = [{"-0-": "organisation", "individual": "person"}.get(k := r[2].strip(), k) for r in rows]
    assert reading.entries.column("kind").to_pylist() == kinds


def test_weak_aliases_of_ofac_are_those_in_quotes(lists):
    folder = lists / "ofac_official_2021-07"
    reading = registry.read_list(folder, "ofac-sdn").reading
    weak = by_entry(reading)["ofac-sdn-306"]
    assert weak["BNC"] == ("alias", "weak")
    overflow = dict(raw(folder / "sdn_comments.csv"))
    text = "\n".join(r[11] + overflow.get(r[0], "") for r in raw(folder / "sdn.csv"))
    printed = len(re.findall(r"[afn]\.k\.a\. '", text))
    held = sum(s == "weak" for names in by_entry(reading).values() for _, s in names.values())
    # A weak alias that is an entry's strong name too, or is printed twice, is held once.
    assert printed * 0.98 < held <= printed


def test_known_entries_of_the_sdn_list(lists):
    reading = registry.read_list(lists / "ofac_official_2021-07", "ofac-sdn").reading
    entries = {r["entity_id"]: r for r in reading.entries.to_pylist()}
    corps, chen = entries["ofac-sdn-29299"], entries["ofac-sdn-29220"]
    assert (corps["name"], corps["kind"]) == ("XINJIANG PRODUCTION AND CONSTRUCTION CORPS", "organisation")
    assert (chen["name"], chen["kind"], chen["programme"], chen["birth_years"], chen["countries"]) == (
        "CHEN, Quanguo",
        "person",
        ["GLOMAG"],
        ["1955"],
        ["China"],
    )
    assert "NATIONAL BANK OF CUBA" in by_entry(reading)["ofac-sdn-306"]


def test_aliases_without_entries_are_refused(lists):
    with pytest.raises(UnreadableFileError, match=r"sdn\.csv is missing"):
        registry.read_list(lists / "ofac_official_2025-12", "ofac-sdn")


def test_mirror_agrees_with_its_own_counts_and_its_csv(lists):
    said = json.loads((lists / "ofac_json_mirror/metadata.json").read_text())
    reading = registry.read_list(lists / "ofac_json_mirror/ofac-sdn.json", "ofac-sdn").reading
    assert reading.entries.num_rows == said["counts"]["entries"]
    assert reading.published == said["published"]
    kinds = reading.entries.column("kind").to_pylist()
    words = {"entity": "organisation", "individual": "person"}
    assert {k: kinds.count(words.get(k, k)) for k in said["typeCounts"]} == said["typeCounts"]
    programmes = [p for row in reading.entries.column("programme").to_pylist() for p in row]
    assert [programmes.count(p) for p, _ in said["topPrograms"]] == [n for _, n in said["topPrograms"]]
    as_csv = registry.read_list(lists / "ofac_json_mirror/ofac-sdn.csv", "ofac-sdn").reading
    assert (as_csv.entries.equals(reading.entries), as_csv.names.equals(reading.names)) == (True, True)


def test_un(lists):
    path = lists / "un/UN_consolidated_2026-02-27.xml"
    reading = registry.read_list(path, "un").reading
    root = ET.parse(path).getroot()
    kinds = reading.entries.column("kind").to_pylist()
    assert kinds.count("person") == len(root.findall("./INDIVIDUALS/INDIVIDUAL"))
    assert kinds.count("organisation") == len(root.findall("./ENTITIES/ENTITY"))
    low = {
        (e.findtext("DATAID"), spaced(a.findtext("ALIAS_NAME")))
        for e in root.iter("INDIVIDUAL")
        for a in e.iter("INDIVIDUAL_ALIAS")
        if a.findtext("QUALITY") == "Low" and (a.findtext("ALIAS_NAME") or "").strip()
    }
    weak = {(r["entity_id"][3:], r["name"]) for r in reading.names.to_pylist() if r["strength"] == "weak"}
    assert weak <= low
    assert len(weak) > 0.98 * len(low)  # the rest are strong names of the same entry too
    assert not [n for n in reading.notes if "never seen" in n]
    nations = {
        (e.findtext("DATAID"), spaced(v.text))
        for e in root.iter("INDIVIDUAL")
        for n in e.iter("NATIONALITY")
        for v in n.iter("VALUE")
        if (v.text or "").strip()
    }
    rows = reading.entries.to_pylist()
    assert {(r["list_entry_id"], spaced(n)) for r in rows for n in r["nationalities"] or ()} == nations


def test_uk(lists):
    reading = registry.read_list(lists / "uk", "uk").reading
    with (lists / "uk/subject_names.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert reading.entries.num_rows == len({r["unique_id"] for r in rows})
    read = {(r["entity_id"][3:], r["name"]) for r in reading.names.to_pylist()}
    assert read == {(r["unique_id"], spaced(r["full_name"])) for r in rows}
    low = {(r["unique_id"], spaced(r["full_name"])) for r in rows if r["alias_strength"] == "low_quality_aka"}
    assert {(r["entity_id"][3:], r["name"]) for r in reading.names.to_pylist() if r["strength"] == "weak"} <= low


def test_us_consolidated(lists):
    path = lists / "us_csl/us_lists_2022-05-05.csv.gz"
    reading = registry.read_list(path, "us-csl").reading
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert reading.entries.num_rows == len({(r["sanction_list"], r["list_internal_id"]) for r in rows})
    names = {(r["sanction_list"], r["list_internal_id"], spaced(r["full_name"])) for r in rows}
    assert reading.names.num_rows == len(names)


def test_no_document_number_of_a_person_is_kept(lists):
    reading = registry.read_list(lists / "ofac_official_2021-07", "ofac-sdn").reading
    persons = {r["entity_id"] for r in reading.entries.to_pylist() if r["kind"] == "person"}
    assert not [r for r in reading.identifiers.to_pylist() if r["entity_id"] in persons]
    uk = registry.read_list(lists / "uk", "uk").reading
    with (lists / "uk/subject_identifiers.csv").open(encoding="utf-8") as stream:
        personal = {
            (r["unique_id"], r["raw_value"])
            for r in csv.DictReader(stream)
            if r["identifier_type"] in {"passport", "national"}
        }
    kept = {(r["entity_id"][3:], r["value"]) for r in uk.identifiers.to_pylist()}
    assert not kept & personal


def mirror_csv(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return {
            r["uid"]: (
                spaced(r["name"]),
                r["type"],
                frozenset(r["programs"].split("; ")),
                frozenset(spaced(a) for a in (r["name"], *r["alternate_names"].split("; ")) if a),
            )
            for r in csv.DictReader(stream)
        }


def test_differences_are_those_of_the_raw_files(lists, tmp_path):
    folder = lists / "ofac_json_mirror"
    files = {
        "2026-07-23": folder / "history/ofac-sdn_published_2026-07-23.csv",
        "2026-08-04": folder / "history/ofac-sdn_published_2026-08-04.csv",
        "2026-08-20": folder / "ofac-sdn.csv",
    }
    for day, path in files.items():
        versions.load(path, "ofac-sdn", tmp_path, version=day)
    for first, second in pairwise(files):
        old, new = mirror_csv(files[first]), mirror_csv(files[second])
        changes, _ = versions.differences("ofac-sdn", first, second, tmp_path)
        found = defaultdict(set)
        for r in changes.to_pylist():
            found[r["change"]].add(r["entity_id"].rpartition("-")[2])
        assert found["added"] == new.keys() - old.keys()
        assert found["removed"] == old.keys() - new.keys()
        assert found["changed"] == {u for u in old.keys() & new.keys() if old[u] != new[u]}
        assert all(found.values())


def facts_of(reading):
    found = defaultdict(set)
    for r in reading.facts.to_pylist():
        found[r["entity_id"], r["what"]].add(r["value"])
    return found


def test_no_cell_of_ofac_is_dropped(lists):
    """Street, city, links and what is said of vessels: as the csv module reads them, each in a fact of its entry."""
    folder = lists / "ofac_official_2021-07"
    reading = registry.read_list(folder, "ofac-sdn").reading
    assert not [n for n in reading.notes if "not read" in n]
    facts = facts_of(reading)
    for number, _, *place in (r[:5] for r in raw(folder / "add.csv")):
        printed = [spaced(p).strip(" ,") for p in place if p.strip() != "-0-"]
        assert not printed or ", ".join(printed) in facts[f"ofac-sdn-{number}", "address"]
    overflow = dict(raw(folder / "sdn_comments.csv"))
    linked = 0
    for row in raw(folder / "sdn.csv"):
        number, cells = f"ofac-sdn-{row[0]}", [c.strip() for c in row]
        for at, what in ((6, "vessel_type"), (9, "vessel_flag"), (10, "vessel_owner"), (5, "call_sign")):
            assert cells[at] == "-0-" or spaced(cells[at]).strip(" ,") in facts[number, what]
        links = re.findall(r"Linked To: ([^;]+)", row[11] + overflow.get(row[0], ""))
        assert {spaced(m).strip(" ,.") for m in links} <= {v.strip(" ,.") for v in facts[number, "linked_to"]}
        linked += len(links)
    assert linked > 3000


def test_the_un_list_is_kept_whole_but_for_numbers_of_documents(lists):
    path = lists / "un/UN_consolidated_2026-02-27.xml"
    reading = registry.read_list(path, "un").reading
    assert not [n for n in reading.notes if "not read" in n]
    facts = facts_of(reading)
    for entry in ET.parse(path).getroot().iter("INDIVIDUAL"):
        number = f"un-{entry.findtext('DATAID')}"
        for comment in filter(str.strip, (entry.findtext("COMMENTS1") or "",)):
            begin = spaced(comment)[:40]
            assert any(v.startswith(begin) or "[number" in v for v in facts[number, "remark"])
        for place in entry.iter("INDIVIDUAL_PLACE_OF_BIRTH"):
            city = spaced(place.findtext("CITY") or "").strip(" ,")
            assert any(city in v for v in facts[number, "birth_place"]) or not city


@pytest.mark.parametrize(
    ("path", "list_id"),
    [
        ("ofac_official_2021-07", "ofac-sdn"),
        ("ofac_nonsdn_official_2025-12", "ofac-nonsdn"),
        ("un/UN_consolidated_2026-02-27.xml", "un"),
        ("uk", "uk"),
    ],
)
def test_no_number_of_a_document_stands_in_a_fact(lists, path, list_id):
    reading = registry.read_list(lists / path, list_id).reading
    texts = "\n".join(
        re.sub(r"[\W_]", "", r["value"]).upper()
        for r in reading.facts.to_pylist()
        if r["what"] in {"document", "remark", "title", "name_note"}
    )
    numbers = {re.sub(r"[\W_]", "", d.value).upper() for d in reading.documents}
    # Numbers of five characters and fewer are also years, days and house numbers.
    assert sorted(n for n in numbers if len(n) > 5 and n in texts) == []
