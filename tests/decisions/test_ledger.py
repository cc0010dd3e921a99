"""The ledger: what is written is chained and sealed as the design says, and every change of it is found."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrepot.core.errors import BadInputError, StoreError, StoreLockedError
from entrepot.decisions.decide import withdraw
from entrepot.decisions.ledger import sqlite_ledger
from entrepot.decisions.ledger.chain import Head, as_text, faults
from entrepot.decisions.ledger.kept_ledger import database_of, ledger
from entrepot.decisions.ledger.ledger_database import lying
from entrepot.decisions.ledger.ledger_key import ledger_key
from entrepot.decisions.redaction import OF_THE_PARTY, redact
from entrepot.desk.ledger import ledger_case, ledger_verify

CASE, OTHER = "case-00000000000a", "case-00000000000b"


def raw(place):
    """The rows of the database, read by nothing of ours."""
    with closing(sqlite3.connect(place / "ledger.sqlite3")) as con:
        return con.execute("SELECT seq, body, hash, seal, personal FROM entrepot_ledger ORDER BY seq").fetchall()


def run(place, *statements):
    """Edit the database by hand."""
    with closing(sqlite3.connect(place / "ledger.sqlite3")) as con:
        for sql in statements:
            con.execute(sql)
        con.commit()


@pytest.fixture
def filled(place, say, row):
    """A ledger of five entries: begun, three decisions, a withdrawal."""
    say("false")
    say("unsure", row(party="Quellmar Vostrikov", entity_id="p1"), case=OTHER)
    say("true", row(country="DE"), case=OTHER, by="Cy Dee")  # a namesake
    withdraw(place, [OTHER], "Ed Fu", "wrong file")
    return place


def test_hash_chain_seal_and_commitments_are_what_the_page_says(filled):
    key, previous = (filled / "ledger.key").read_bytes(), ""
    assert len(key) == 32
    for seq, body, found, seal, personal in raw(filled):
        said = json.loads(body)
        assert (said["seq"], said["previous"]) == (seq, previous)
        assert found == hashlib.sha256(body.encode()).hexdigest()
        assert seal == hmac.new(key, found.encode(), hashlib.sha256).hexdigest()
        for field, (salt, value) in json.loads(personal).items():
            assert said["personal"][field] == hashlib.sha256(f"{salt}\0{value}".encode()).hexdigest()
        previous = found
    assert seq == 5


def test_no_body_holds_what_is_personal(filled):
    bodies = "".join(body for _, body, *_ in raw(filled))
    assert not any(word in bodies for word in ("Zyxwvut", "zyxwvut", "Leeds", "Ann Bee", "another firm", "Vostrikov"))


def test_files_of_the_ledger_are_their_owners_alone_in_a_private_store(filled):
    assert {p.name: p.stat().st_mode & 0o777 for p in filled.glob("ledger.*")} == {
        "ledger.key": 0o600,
        "ledger.sqlite3": 0o600,
    }


EDITS = {
    "a verdict": "UPDATE entrepot_ledger SET body = replace(body, '\"false\"', '\"true\"') WHERE seq = 2",
    "a hash": "UPDATE entrepot_ledger SET hash = replace(hash, substr(hash, 1, 1), 'x') WHERE seq = 3",
    "a seal": "UPDATE entrepot_ledger SET seal = hash WHERE seq = 2",
    "a reason": "UPDATE entrepot_ledger SET personal = replace(personal, 'another firm', 'same firm') WHERE seq = 2",
    "a reviewer": "UPDATE entrepot_ledger SET personal = replace(personal, 'Cy Dee', 'Cy Doe') WHERE seq = 4",
    "personal data taken out": "UPDATE entrepot_ledger SET personal = '{}' WHERE seq = 2",
    "an entry from the middle": "DELETE FROM entrepot_ledger WHERE seq = 3",
    "the last entry": "DELETE FROM entrepot_ledger WHERE seq = 5",
    "the first entry": "DELETE FROM entrepot_ledger WHERE seq = 1",
    "all entries": "DELETE FROM entrepot_ledger",
    "the head": "DELETE FROM entrepot_ledger_head",
    "the head's number": "UPDATE entrepot_ledger_head SET seq = 4",
    "a copy at the end": "INSERT INTO entrepot_ledger SELECT 6, body, hash, seal, personal FROM entrepot_ledger "
    "WHERE seq = 5",
    "numbers": "UPDATE entrepot_ledger SET seq = seq + 10 WHERE seq > 3",
}


@pytest.mark.parametrize("what", EDITS)
def test_every_edit_by_hand_is_found_and_nothing_more_is_written(filled, say, what):
    run(filled, EDITS[what])
    before = raw(filled)
    found = ledger_verify(store=filled)
    assert not found.holds
    assert all(r["remedy"] for r in found.to_pylist())
    with pytest.raises(StoreError, match=r"does not hold|no entry"):
        say("true")
    assert raw(filled) == before


def test_two_entries_exchanged_are_found(filled):
    run(
        filled,
        "UPDATE entrepot_ledger SET seq = 99 WHERE seq = 2",
        "UPDATE entrepot_ledger SET seq = 2 WHERE seq = 3",
        "UPDATE entrepot_ledger SET seq = 3 WHERE seq = 99",
    )
    assert {r["seq"] for r in ledger_verify(store=filled).to_pylist() if "moved" in r["found"]} == {2, 3}


def test_an_older_copy_put_back_is_found_by_a_head_from_elsewhere_alone(place, say, tmp_path):
    say("false")
    shutil.copy(place / "ledger.sqlite3", tmp_path / "older")
    say("true")
    head = ledger(place).head
    shutil.copy(tmp_path / "older", place / "ledger.sqlite3")
    assert ledger_verify(store=place).holds, "nothing in it is wrong"
    (row_,) = ledger_verify(head=[f"{head.seq}:{head.hash}"], store=place).to_pylist()
    assert "cut" in row_["found"]


def test_a_ledger_written_anew_is_found_by_seals_and_with_the_key_by_a_head(place, say, tmp_path):
    say("false")
    said = ledger(place).head
    (place / "ledger.sqlite3").unlink()
    key = (place / "ledger.key").rename(tmp_path / "kept.key")
    say("true")  # anew, under another key
    shutil.copy(key, place / "ledger.key")
    assert any("not sealed" in r["found"] for r in ledger_verify(store=place).to_pylist())
    (place / "ledger.sqlite3").unlink()
    (place / "ledger.key").rename(place / ".ledger.key.new")
    say("true")  # anew, under the same key
    assert ledger_verify(store=place).holds
    found = ledger_verify(head=[f"{said.seq}:{said.hash}"], store=place).to_pylist()
    assert [r["found"] for r in found] == ["written anew: its hash was another when it was the head"]


def test_a_head_that_stood_in_a_record_is_read_from_it(filled, tmp_path):
    book = ledger(filled)
    line = f"Ledger of decisions {book.id}: {book.head.seq} entries, head {book.head.hash}."
    page = tmp_path / "record.html"
    page.write_text(f"<html><p>{line}</p></html>", encoding="utf-8")
    assert ledger_verify(records=[page], store=filled).holds
    page.write_text(line.replace(book.head.hash, "0" * 64), encoding="utf-8")
    assert not ledger_verify(records=[page], store=filled).holds
    page.write_text(line.replace(book.id, "ledger-000000000000"), encoding="utf-8")
    (found,) = ledger_verify(records=[page], store=filled).to_pylist()
    assert "is of ledger-000000000000" in found["found"]


def test_a_clock_that_was_set_back_is_noted_and_the_ledger_holds(filled, say, monkeypatch):
    (said,) = ledger_verify(store=filled).to_pylist()
    assert said["state"] == "holds"
    monkeypatch.setattr("entrepot.decisions.decide.now", lambda: "2019-03-04T05:06:07Z")
    say("false", by="Cy Dee", case="case-00000000000d")  # entry 6
    say("false", by="Cy Dee", case="case-00000000000e")  # entry 7, of the same second: after it
    found = ledger_verify(store=filled)
    assert found.holds
    held, noted = found.to_pylist()
    assert (held["state"], noted["state"], noted["seq"]) == ("holds", "noted", 6)
    assert "dates run backwards at entry 6: it says 2019-03-04T05:06:07Z, and entry 5" in noted["found"]
    assert "set back" in noted["remedy"]


@pytest.mark.parametrize(
    ("kind", "words"),
    [(sqlite3.SQLITE_FULL, "Free space on the disk of"), (sqlite3.SQLITE_READONLY, "read-only|right")],
)
def test_a_full_disk_is_told_as_such_while_deciding(filled, say, monkeypatch, kind, words):
    """SQLite finds the disk full where its file may not grow; a file without the right to write stays another thing."""
    connect = sqlite3.connect

    def small(*args, **more):
        con = connect(*args, **more)
        if kind == sqlite3.SQLITE_FULL:
            con.execute(f"PRAGMA max_page_count = {con.execute('PRAGMA page_count').fetchone()[0]}")
        else:
            con.execute("PRAGMA query_only = ON")
        return con

    monkeypatch.setattr(sqlite_ledger.sqlite3, "connect", small)
    with pytest.raises(StoreError) as refused:
        say("false", case="case-00000000000d", why="w" * 40_000)  # more than what is free in any page
    assert re.search(words, refused.value.remedy)
    assert ("Free space" in refused.value.remedy) is (kind == sqlite3.SQLITE_FULL)
    assert "Nothing was written" in refused.value.remedy


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_changed_letter_is_found(filled, data):
    with database_of(filled).reading() as session:
        entries, head = lying(session)
    key = ledger_key(filled)
    assert faults(entries, head, key) == []
    at = data.draw(st.integers(0, len(entries) - 1))
    column = data.draw(st.sampled_from(["body", "hash", "seal", "personal"]))
    text = getattr(entries[at], column)
    place = data.draw(st.integers(0, max(len(text) - 1, 0)))
    letter = data.draw(st.characters(codec="utf-8").filter(lambda c: c != text[place : place + 1]))
    changed = text[:place] + letter + text[place + 1 :]
    made = [replace(e, **{column: changed}) if i == at else e for i, e in enumerate(entries)]
    try:
        same = column == "personal" and json.loads(changed) == json.loads(text)
    except ValueError:
        same = False
    assert same or faults(made, head, key)


def test_redaction_takes_the_words_out_and_the_chain_holds(filled):
    head = ledger(filled).head
    entry = redact(filled, [CASE], OF_THE_PARTY, by="Gi Ho", why="erasure asked for", early=True)
    assert entry.said["entries"] == [2]
    assert ledger_verify(head=[f"{head.seq}:{head.hash}"], store=filled).holds
    data = (filled / "ledger.sqlite3").read_bytes()
    assert b"1 Mill Lane" in data, "of the other case"
    redact(filled, [OTHER], OF_THE_PARTY, by="Gi Ho", why="erasure asked for", early=True)
    data = (filled / "ledger.sqlite3").read_bytes()
    assert not any(word in data for word in (b"Mill Lane", b"another firm", b"Vostrikov", b"zyxwvut"))
    assert b"Ann Bee" in data, "who decided stays"
    (entry, _) = ledger_case(CASE, store=filled).record["entries"]
    assert entry["redacted"] == ["matches", "party", "why"]
    with pytest.raises(BadInputError, match="nothing to take out"):
        redact(filled, [CASE], OF_THE_PARTY, by="Gi Ho", why="again", early=True)


def test_what_must_be_kept_is_not_redacted_early(filled, monkeypatch):
    with pytest.raises(BadInputError, match=r"kept 10 years: 31 CFR 501\.601"):
        redact(filled, [CASE], OF_THE_PARTY, by="Gi Ho", why="tidying", early=False)
    (filled / "settings.toml").write_text("[decisions]\nkeep_years = 0\n", encoding="utf-8")
    with pytest.raises(BadInputError, match="kept 0 years"):
        redact(filled, [CASE], OF_THE_PARTY, by="Gi Ho", why="tidying", early=False)  # of this very day


def test_a_case_whole_can_be_redone_by_anyone(filled):
    found = json.loads(json.dumps(ledger_case(OTHER, store=filled).record))
    assert [json.loads(e["body"])["kind"] for e in found["entries"]] == ["decided", "decided", "withdrawn"]
    for entry in found["entries"]:
        assert hashlib.sha256(entry["body"].encode()).hexdigest() == entry["hash"]
        for field, said in entry["personal"].items():
            committed = json.loads(entry["body"])["personal"][field]
            assert hashlib.sha256(f"{said['salt']}\0{said['value']}".encode()).hexdigest() == committed


# ---- what can be wrong with the file


@pytest.mark.parametrize("left", [0, 50, 5_000])
def test_a_file_that_was_cut_short_is_named_and_left(filled, say, left):
    path = filled / "ledger.sqlite3"
    data = path.read_bytes()[:left]
    path.write_bytes(data)
    with pytest.raises(StoreError) as failed:
        say("true")
    assert "ledger.sqlite3" in str(failed.value)
    assert "restore" in str(failed.value) or "backup" in str(failed.value)
    assert path.read_bytes() == data


def test_a_file_that_is_gone_is_not_begun_anew(filled, say):
    (filled / "ledger.sqlite3").unlink()
    with pytest.raises(StoreError, match="the ledger is gone, and its key is there"):
        say("true")
    assert not (filled / "ledger.sqlite3").exists()


def test_without_its_key_nothing_is_read(filled, say):
    (filled / "ledger.key").unlink()
    with pytest.raises(StoreError, match="key of the ledger is gone"):
        say("true")


def test_another_reviewer_who_holds_it_is_named(filled, say, monkeypatch):
    kept = "entrepot.decisions.ledger.kept_ledger.SqliteLedger"
    monkeypatch.setattr(kept, lambda folder: sqlite_ledger.SqliteLedger(folder, 0.1))
    before = raw(filled)
    with closing(sqlite3.connect(filled / "ledger.sqlite3", isolation_level=None)) as con:
        con.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreLockedError, match="another reviewer holds the ledger"):
            say("true")
        con.execute("ROLLBACK")
    assert raw(filled) == before


def test_a_file_that_is_read_only_is_named(filled, say, monkeypatch):
    shut, asked = filled / "ledger.sqlite3", os.access
    monkeypatch.setattr(os, "access", lambda p, mode, **k: not (p == shut and mode == os.W_OK) and asked(p, mode, **k))
    with pytest.raises(StoreError, match="the ledger cannot be written"):
        say("true")
    assert ledger(filled).head.seq == 5, "it is read all the same"


def test_what_a_killed_first_decision_left_is_taken_up(place, say):
    (place / ".ledger.key.new").write_bytes(b"k" * 32)
    (place / ".ledger.key.new").chmod(0o600)
    (place / "ledger.sqlite3").touch()
    say("false")
    assert ledger(place).head == Head(2, ledger(place).entries[-1].hash)
    assert (place / "ledger.key").read_bytes() == b"k" * 32


def test_what_is_compared_between_databases_is_all_that_was_said(filled):
    texts = [as_text(e) for e in ledger(filled).entries]
    assert "another firm" in texts[1]
    assert len(set(texts)) == 5
