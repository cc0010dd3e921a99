"""What is carried of the word tables is what follows from them, and counts beside these tables only."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import lexicon as script
from entrepot.names.reading import carried, lexicon, prepare
from entrepot.vocabulary.regions import in_names

ROOT = Path(__file__).parents[2]

# Data files that an interpreter opens while the tables are worked out.
WATCHED = """
import json, sys
seen = set()
sys.addaudithook(lambda event, given: seen.add(str(given[0])) if event == "open" else None)
from entrepot.names.reading import carried, lexicon
lexicon.typed_of(lexicon.worked_out())
print(json.dumps(sorted(p for p in seen if "entrepot" in p and "/data/" in p)))
"""


def test_the_file_says_what_the_tables_say_today():
    assert gzip.decompress(script.FILE.read_bytes()).decode("utf-8") == script.text(), "Run: python scripts/lexicon.py"


def test_what_is_carried_is_what_is_worked_out():
    table = lexicon.worked_out()
    assert lexicon.latin() == table
    assert lexicon.typed() == lexicon.typed_of(table)


def test_its_hash_is_of_all_that_it_is_worked_out_from():
    done = subprocess.run([sys.executable, "-c", WATCHED], capture_output=True, text=True, check=True, cwd=ROOT)
    opened = {Path(p).name for p in json.loads(done.stdout)}
    assert opened == {*carried.WORKED_OUT_FROM, *in_names.made_of()}


def test_beside_a_changed_table_the_file_is_passed_over(monkeypatch):
    was = carried.packaged_content

    def content(package: str, name: str) -> bytes:
        return was(package, name).replace(b"polysilicon", b"polysilikon")

    assert carried.carried.__wrapped__() is not None
    monkeypatch.setattr(carried, "packaged_content", content)
    assert carried.carried.__wrapped__() is None


def test_without_the_file_the_same_is_read(monkeypatch):
    monkeypatch.setattr(lexicon, "carried", lambda: None)
    assert lexicon.latin.__wrapped__() == lexicon.latin()
    assert lexicon.typed.__wrapped__() == lexicon.typed()


def test_with_the_file_nothing_is_worked_out(monkeypatch):
    monkeypatch.setattr(lexicon, "packaged_rows", lambda _: (_ for _ in ()).throw(AssertionError("a table is read")))
    assert "limited" in lexicon.latin.__wrapped__()
    assert "trading" in lexicon.typed.__wrapped__()


def test_lengths_are_those_of_the_entries_that_begin_with_a_word():
    every: dict[str, set[int]] = {}
    for key in lexicon.latin():
        every.setdefault(key.split()[0], set()).add(len(key.split()))
    assert prepare._begins(is_person=False) == {w: tuple(sorted(f, reverse=True)) for w, f in every.items()}
    words = {k for k, e in lexicon.latin().items() if e.role == "word" and e.meaning in lexicon.PARTICLES}
    assert set(prepare._begins(is_person=True)) == {k.split()[0] for k in words}
