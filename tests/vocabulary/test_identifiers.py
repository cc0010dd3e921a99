"""Identifiers: normal form, check digits against published examples, the keyed hash, and counts of real files."""

from __future__ import annotations

import csv
import hashlib
import hmac
import multiprocessing
import os
import re
import stat
from pathlib import Path
from xml.etree import ElementTree as ET

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.core.errors import StoreError
from entrepot.lists import registry, versions
from entrepot.lists.contract import DOCUMENTS, ENTRIES, IDENTIFIERS
from entrepot.vocabulary import identifiers

# Printed by those who give the numbers out: the IMO's own example; GLEIF's own LEI; numbers of firms known to all
# (Huawei Technologies, Gazprom, Sberbank) from their own public pages.
VALID = {
    "imo": ["9074729"],
    "lei": ["506700GE1G29325QX363"],
    "uscc": ["914403001922038216"],
    "inn": ["7736050003", "7707083893", "500100732259"],
    "ogrn": ["1027700070518", "1027700132195"],
}
CASES = [(kind, number) for kind, numbers in VALID.items() for number in numbers]


@pytest.mark.parametrize(("kind", "number"), CASES)
def test_check_digits(kind, number):
    assert identifiers.valid(kind, number) is True
    assert identifiers.valid(kind, number[:-2]) is False


# The other kinds let some errors pass, by their design: IMO weighs by even numbers modulo ten, INN and OGRN take a
# remainder of a remainder.
@pytest.mark.parametrize(("kind", "number"), [c for c in CASES if c[0] in {"lei", "uscc"}])
@given(data=st.data())
def test_one_wrong_digit_is_seen(kind, number, data):
    at = data.draw(st.sampled_from([i for i, c in enumerate(number) if c.isdigit()]))
    other = data.draw(st.sampled_from([c for c in "0123456789" if c != number[at]]))
    wrong = number[:at] + other + number[at + 1 :]
    assert identifiers.valid(kind, wrong) is False


@given(st.text(max_size=40))
def test_the_normal_form_is_its_own_normal_form(text):
    for kind in ("imo", "uscc", "passport", "registration"):
        once = identifiers.normal(kind, text)
        assert identifiers.normal(kind, once) == once
        assert identifiers.same(kind, text, text) in {True, None}


@given(st.text(alphabet="0123456789ABCDEFGH", min_size=5, max_size=20), st.sampled_from([" ", "-", "/", ".", "\u2009"]))
def test_marks_between_and_case_do_not_count(number, mark):
    if identifiers.normal("registration", number):
        assert identifiers.same("registration", number, mark.join(number.lower())) is True


def test_same():
    assert identifiers.same("imo", "IMO 9074729", "9074729") is True
    assert identifiers.same("imo", "9074729", "9074728") is False
    assert identifiers.same("passport", "N/A", "N00000001") is None
    assert identifiers.normal("national_id", "٠١٢٣٤") == "01234"


def test_what_may_be_compared():
    assert identifiers.comparable("uscc", "registration")
    assert identifiers.comparable("national_id", "other")
    assert not identifiers.comparable("imo", "registration")
    assert not identifiers.comparable("passport", "national_id")


def test_the_exact_kind_needs_form_check_digit_and_country():
    assert identifiers.refined("registration", "1027700070518", "Russia") == "ogrn"
    assert identifiers.refined("tax", "7707083893", "Russia") == "inn"
    assert identifiers.refined("tax", "7707083893", "Nowhere") == "tax"
    assert identifiers.refined("tax", "7707083894", "Russia") == "tax"
    assert identifiers.refined("registration", "91110000802100433B", "China") == "uscc"
    assert identifiers.refined("registration", "91110000802100433A", "China") == "registration"


def test_the_hash_is_keyed_and_the_key_is_the_owners_alone(tmp_path):
    first, second = tmp_path / "a", tmp_path / "b"
    digest = identifiers.hashed(first, "N 0000-0001", "passport")
    assert digest == identifiers.hashed(first, "n00000001")
    assert digest != identifiers.hashed(second, "N00000001")
    assert stat.S_IMODE((first / identifiers.KEY_FILE).stat().st_mode) == 0o600
    key = (first / identifiers.KEY_FILE).read_bytes()[:32]
    assert digest == hmac.new(key, b"N00000001", hashlib.sha256).hexdigest()
    assert identifiers.hashed(first, "unknown") == ""
    assert [p.name for p in first.iterdir()] == [identifiers.KEY_FILE]


@pytest.mark.skipif(os.name != "posix", reason="rights of files are POSIX's")
def test_a_key_that_others_may_read_is_refused(tmp_path):
    identifiers.key(tmp_path)
    (tmp_path / identifiers.KEY_FILE).chmod(0o644)
    with pytest.raises(StoreError, match="chmod 600"):
        identifiers.hashed(tmp_path, "N00000001")


def test_a_broken_key_is_refused(tmp_path):
    identifiers.key(tmp_path)
    (tmp_path / identifiers.KEY_FILE).write_bytes(b"short")
    with pytest.raises(StoreError, match="broken"):
        identifiers.hashed(tmp_path, "N00000001")


def test_two_that_make_the_key_at_once_hold_the_same(tmp_path):
    context = multiprocessing.get_context("spawn")
    with context.Pool(4) as pool:
        found = pool.map(identifiers.key, [tmp_path / "store"] * 8)
    assert len(set(found)) == 1


OWN = '{"id": "q-1", "schema": "Person", "properties": {"name": ["Serik Otarbay"], "passportNumber": ["N00000001"]}}\n'
FIRM = '{"id": "q-2", "schema": "Company", "properties": {"name": ["Gulmira"], "innCode": ["7707083893"]}}\n'


@pytest.fixture
def loaded(tmp_path):
    path = tmp_path / "x-2026-01-01.jsonl"
    path.write_text(OWN + FIRM)
    return versions.load(path, "own-x", tmp_path / "store"), tmp_path / "store"


def test_a_version_keeps_identifiers_and_hashes(loaded):
    row, store = loaded
    version = versions.opened(row, store)
    (firm,) = version.identifiers.to_pylist()
    assert (firm["entity_id"], firm["kind"], firm["normalised"]) == ("own-x-q-2", "inn", "7707083893")
    (person,) = version.documents.to_pylist()
    assert (person["entity_id"], person["kind"]) == ("own-x-q-1", "passport")
    assert person["digest"] == identifiers.hashed(store, "n 000 000 01", "passport")
    assert version.documents.schema.names == list(DOCUMENTS.names)
    assert version.identifiers.schema.names == list(IDENTIFIERS.names)


def test_hashes_of_another_key_are_no_silent_difference(loaded):
    row, store = loaded
    (store / identifiers.KEY_FILE).unlink()
    with pytest.raises(StoreError, match="another key"):
        versions.opened(row, store)


def test_a_changed_document_is_a_change_that_shows_no_number(loaded, tmp_path):
    _, store = loaded
    path = tmp_path / "y-2026-02-01.jsonl"
    path.write_text(OWN.replace("N00000001", "N00000002") + FIRM)
    versions.load(path, "own-x", store)
    changes, _ = versions.differences("own-x", "2026-01-01", "2026-02-01", store)
    (change,) = changes.to_pylist()
    assert change["details"] == ["document added: passport", "document removed: passport"]


def test_a_version_of_before_is_still_read(loaded):
    row, store = loaded
    place = versions.home(store, row)
    (place / "hashed_documents.parquet").unlink()
    pq.write_table(pq.read_table(place / "entries.parquet").drop_columns(["nationalities"]), place / "entries.parquet")
    old = pq.read_table(place / "identifiers.parquet").drop_columns(["normalised", "country"])
    pq.write_table(old, place / "identifiers.parquet")
    version = versions.opened({**row, "manifest": None}, store)  # manifests came later
    assert version.identifiers.column("normalised").to_pylist() == ["7707083893"]
    assert version.documents.num_rows == 0
    assert version.entries.schema.names == list(ENTRIES.names)


def test_no_key_is_made_where_nothing_is_hashed(tmp_path):
    path = tmp_path / "x-2026-01-01.jsonl"
    path.write_text(FIRM)
    versions.load(path, "own-x", tmp_path / "store")
    assert not (tmp_path / "store" / identifiers.KEY_FILE).exists()


def kinds(reading, kind):
    return [r for r in reading.identifiers.to_pylist() if r["kind"] == kind]


def remarks(folder):
    """Number of the entry -> its remarks with what ran over, by the csv module alone."""
    main, more = (
        ("sdn.csv", "sdn_comments.csv") if (folder / "sdn.csv").exists() else ("cons_prim.csv", "cons_comments.csv")
    )
    found = {}
    for name, column in ((main, 11), (more, 1)):
        with (folder / name).open(encoding="utf-8", newline="") as stream:
            for row in csv.reader(stream):
                if len(row) > 1:
                    found[row[0]] = found.get(row[0], "") + row[column].rstrip()
    return found


@pytest.mark.shared
def test_imo_numbers_of_ofac_are_those_in_its_text(shared):
    folder = shared / "data/lists/ofac_official_2021-07"
    reading = registry.read_list(folder, "ofac-sdn").reading
    printed = {(i, n) for i, text in remarks(folder).items() for n in re.findall(r"\bIMO (\d+)\b", text)}
    read = {(r["entity_id"].rpartition("-")[2], r["normalised"]) for r in kinds(reading, "imo")}
    assert read == printed
    assert len(printed) > 400


@pytest.mark.shared
@pytest.mark.parametrize("folder", ["ofac_official_2021-07", "ofac_nonsdn_official_2025-12"])
def test_uscc_and_lei_of_ofac_are_those_in_its_text(shared, folder):
    path = shared / "data/lists" / folder
    reading = registry.read_list(path, "ofac-sdn" if (path / "sdn.csv").exists() else "ofac-nonsdn").reading
    text = "\n".join(remarks(path).values())
    lei = set(re.findall(r"Legal Entity Number:? ([A-Z0-9]{20})\b", text))
    assert lei == {r["normalised"] for r in kinds(reading, "lei")}
    uscc = set(re.findall(r"Social Credit Code[^0-9;]*([0-9A-Z]{18})\b", text))
    assert uscc <= {r["normalised"] for r in kinds(reading, "uscc")}
    assert uscc or lei


@pytest.mark.shared
def test_documents_of_the_un_are_those_of_its_xml(shared):
    path = shared / "data/lists/un/UN_consolidated_2026-02-27.xml"
    reading = registry.read_list(path, "un").reading
    printed = {
        (f"un-{e.findtext('DATAID')}", identifiers.normal("other", d.findtext("NUMBER") or ""))
        for e in ET.parse(path).getroot().iter("INDIVIDUAL")
        for d in e.iter("INDIVIDUAL_DOCUMENT")
        if (d.findtext("NUMBER") or "").strip()
    }
    read = {(d.entity_id, identifiers.normal("other", d.value)) for d in reading.documents}
    assert read == {p for p in printed if p[1]}
    assert len(read) > 400


@pytest.mark.shared
def test_identifiers_of_the_uk_are_those_of_its_table(shared):
    folder = shared / "data/lists/uk"
    reading = registry.read_list(folder, "uk").reading
    with (folder / "subject_identifiers.csv").open(encoding="utf-8", newline="") as stream:
        rows = [(r["unique_id"], r["identifier_type"], r["raw_value"]) for r in csv.DictReader(stream)]
    imo = {(i, re.sub(r"\D", "", v)) for i, kind, v in rows if kind == "imo" and re.search(r"\d", v)}
    assert {(r["entity_id"][3:], re.sub(r"\D", "", r["value"])) for r in kinds(reading, "imo")} == imo
    passports = {(i, "".join(re.findall(r"\w", v)).upper()) for i, kind, v in rows if kind == "passport"}
    read = {(d.entity_id[3:], "".join(re.findall(r"\w", d.value)).upper()) for d in reading.documents}
    assert len({p for p in passports if p[1]} - read) <= len(passports) * 0.01  # a few cells say that there is none


@pytest.mark.shared
def test_no_number_of_a_real_person_lies_in_the_store(shared, tmp_path):
    path = shared / "data/lists/un/UN_consolidated_2026-02-27.xml"
    row = versions.load(path, "un", tmp_path)
    version = versions.opened(row, tmp_path)
    assert version.documents.num_rows == len(registry.read_list(path, "un").reading.documents)
    tables = (version.entries, version.names, version.identifiers, version.documents)
    cells = {str(c).upper() for t in tables for r in t.to_pylist() for c in r.values()}
    numbers = {(e.text or "").strip().upper() for e in ET.parse(path).getroot().iter("NUMBER")}
    assert cells & {n for n in numbers if len(n) > 4} == set()
    assert Path(tmp_path / identifiers.KEY_FILE).exists()
