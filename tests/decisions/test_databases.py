"""SQLite and PostgreSQL hold the same ledger; two who decide at once both stand; kills lose nothing.

A server of PostgreSQL is started for these tests, in a folder of its own, by the programs of Debian's package.
ENTREPOT_KILLS says how often a writer is killed; ENTREPOT_SEED repeats a run.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time

import pytest

from entrepot.core.errors import BadInputError, StoreError, StoreLockedError
from entrepot.decisions.ledger import postgres_ledger
from entrepot.decisions.ledger.chain import as_text
from entrepot.decisions.ledger.kept_ledger import ledger
from entrepot.decisions.ledger.postgres_ledger import PostgresLedger
from entrepot.decisions.redaction import redact
from entrepot.desk.ledger import ledger_verify

KILLS = int(os.environ.get("ENTREPOT_KILLS") or 6)
SEED = int(os.environ.get("ENTREPOT_SEED") or random.randrange(10**6))
CASE, OTHER = "case-00000000000a", "case-00000000000b"

# Decides cases 1, 2, 3, … and prints each number once it is told as written.
WRITER = """
import sys
from pathlib import Path
from entrepot.decisions.case_grounds import Grounds
from entrepot.decisions.decide import decide
from entrepot.decisions.decisions_file import Decision
party = {c: None for c in ("party_key", "country", "address", "identifier", "birth_year")} | {"party": "Zyxwvut"}
place, first, last, by = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
print("ready", flush=True)
sys.stdin.readline()
for number in range(first, last):
    case = f"case-{number:012x}"
    done = decide(place, [Decision(case, "false", by, "a namesake", 0)], {case: Grounds((party,), ())})
    print(number, len(done.told), flush=True)
"""


def writer(place, first, last, by="Ann Bee"):
    """A process that decides; it waits for a line before it begins."""
    words = [sys.executable, "-c", WRITER, str(place), str(first), str(last), by]
    run = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert run.stdout.readline() == "ready\n"
    return run


def told(run):
    """What it printed as written until it ended: number, and of how many others it was told."""
    with run:
        printed = run.stdout.read()
    return [tuple(map(int, line.split())) for line in printed.splitlines() if line.count(" ") == 1]


def go(*runs):
    for run in runs:
        run.stdin.write("\n")
        run.stdin.flush()


def by_driver(url):
    """The URL as SQLAlchemy and pg8000 take it."""
    return url.replace("postgresql:", "postgresql+pg8000:").replace("host=", "unix_sock=") + "/.s.PGSQL.5432"


@pytest.fixture
def shared(postgres, monkeypatch):
    """The ledger of every store of a test lies on the server, and is empty."""
    import sqlalchemy as sa

    engine = sa.create_engine(by_driver(postgres), poolclass=sa.pool.NullPool)
    with engine.begin() as con:
        con.execute(sa.text("DROP TABLE IF EXISTS entrepot_ledger, entrepot_ledger_head"))
    engine.dispose()
    monkeypatch.setenv("ENTREPOT_LEDGER", postgres)
    return postgres


def story(say, row, place):
    """A few decisions of each kind."""
    say("false")
    say("true", row(party="Quellmar Vostrikov \ud800", entity_id="p1", address="Bonn, Straße 5, 北京"), case=OTHER)
    say("unsure", case=OTHER, by="Cy Dee", seen=0)
    redact(place, [CASE], ["why", "party"], by="Gi Ho", why="erasure asked for", early=True)
    return [as_text(e) for e in ledger(place).entries]


@pytest.mark.usefixtures("shared")
def test_both_hold_the_same_ledger(say, row, place, monkeypatch):
    monkeypatch.setattr("entrepot.decisions.ledger.kept_ledger.now", lambda: "2026-01-06T12:00:00Z")
    monkeypatch.setattr("entrepot.decisions.decide.now", lambda: "2026-01-06T12:00:00Z")
    monkeypatch.setattr("entrepot.decisions.redaction.now", lambda: "2026-01-06T12:00:00Z")
    monkeypatch.setattr("entrepot.decisions.ledger.kept_ledger.secrets.token_hex", lambda n: "a" * 2 * n)
    on_server = story(say, row, place)
    assert ledger_verify(store=place).holds
    assert not (place / "ledger.sqlite3").exists()
    (place / "ledger.key").rename(place / ".ledger.key.new")  # the same key, so the same prints
    monkeypatch.delenv("ENTREPOT_LEDGER")
    in_file = story(say, row, place)
    assert ledger_verify(store=place).holds
    assert on_server == in_file
    assert len(in_file) == 5


def test_on_a_server_an_edit_by_hand_is_found_and_a_writer_who_waits_is_told(say, place, shared):
    import sqlalchemy as sa

    say("false")
    engine = sa.create_engine(by_driver(shared), poolclass=sa.pool.NullPool)
    with engine.begin() as con:
        con.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": 0x656E7472})
        with (
            pytest.raises(StoreLockedError, match="another reviewer holds the ledger"),
            PostgresLedger(shared, place, 0.2).writing(),
        ):
            pass
    with engine.begin() as con:
        con.execute(sa.text("UPDATE entrepot_ledger SET body = replace(body, 'false', 'true') WHERE seq = 2"))
    engine.dispose()
    assert [r["seq"] for r in ledger_verify(store=place).to_pylist()] == [2]
    with pytest.raises(StoreError, match="entry 2: changed since it was written"):
        say("true")


def test_a_second_desk_needs_the_key_and_sees_the_decisions(say, place, shared, tmp_path):
    say("false")
    second = tmp_path / "second"
    second.mkdir()
    with pytest.raises(StoreError, match="copy it from their store"):
        ledger(second)
    shutil.copy(place / "ledger.key", second / "ledger.key")
    assert ledger(second).head == ledger(place).head


def test_a_url_that_is_none_and_a_server_that_is_not_there(place, monkeypatch):
    monkeypatch.setenv("ENTREPOT_LEDGER", "mysql://desk:secret@db.example/x")
    with pytest.raises(BadInputError, match="the ledger is kept in PostgreSQL") as failed:
        ledger(place)
    assert "secret" not in str(failed.value)
    monkeypatch.setenv("ENTREPOT_LEDGER", "postgresql://desk:secret@/x?host=/nowhere")
    with pytest.raises(StoreError, match="the ledger cannot be used") as failed:
        ledger(place)
    assert "secret" not in str(failed.value)


@pytest.mark.parametrize("where", ["file", "server"])
def test_two_who_decide_the_same_cases_at_once_both_stand_and_the_second_is_told(place, say, where, request):
    if where == "server":
        request.getfixturevalue("shared")
    say("unsure", case="case-ffffffffffff")  # the ledger is begun
    runs = [writer(place, 0, 8, by) for by in ("Ann Bee", "Cy Dee")]
    go(*runs)
    told_of = [dict(told(run)) for run in runs]
    assert [run.wait() for run in runs] == [0, 0]
    assert ledger_verify(store=place).holds
    assert len(ledger(place).entries) == 2 + 2 * 8
    assert [sum(of[number] for of in told_of) for number in range(8)] == [1] * 8, "of each case the second"


@pytest.mark.slow
def test_a_killed_writer_loses_nothing_that_it_told_as_written(place):
    print("ENTREPOT_SEED =", SEED)  # noqa: T201 - shown where it fails
    chance, said = random.Random(SEED), set()
    run, first = writer(place, 0, 4), 4
    go(run)
    begun = time.monotonic()
    said |= {number for number, _ in told(run)}
    takes = (time.monotonic() - begun) / first  # seconds a decision, on this machine
    for _ in range(KILLS):
        run = writer(place, first, first + 1000)
        go(run)
        time.sleep(chance.uniform(0, 4 * takes))
        os.killpg(run.pid, signal.SIGKILL)
        said |= {number for number, _ in told(run)}
        run.wait()
        found = ledger_verify(store=place)
        assert found.holds, found.to_pylist()
        kept = [int(e.said["case"].removeprefix("case-"), 16) for e in ledger(place).entries[1:]]
        assert said <= set(kept)
        assert kept == list(range(len(kept))), "in order, and each once"
        first = len(kept)
    assert first > 4, "something was written between the kills"


@pytest.mark.slow
def test_a_first_decision_that_is_killed_leaves_a_ledger_or_none(tmp_path):
    chance, begun = random.Random(SEED), 0
    for number in range(KILLS):
        place = tmp_path / f"store-{number}"
        place.mkdir(mode=0o700)
        run = writer(place, 0, 1)
        go(run)
        time.sleep(chance.uniform(0, 0.1))
        os.killpg(run.pid, signal.SIGKILL)
        said = told(run)
        go(again := writer(place, 1, 2))
        assert [n for n, _ in told(again)] == [1], "the next is written whatever was left"
        assert ledger_verify(store=place).holds
        kept = [e.said["case"] for e in ledger(place).entries[1:]]
        assert kept[-1] == "case-000000000001"
        assert len(kept) == 2 or not said
        begun += len(kept) == 2
    print(f"{begun} of {KILLS} had been written")  # noqa: T201 - shown where it fails


@pytest.mark.parametrize(
    ("url", "at"),
    [
        ("postgresql://ann@/desk?host=/run/pg&port=6001", {"unix_sock": "/run/pg/.s.PGSQL.6001", "user": "ann"}),
        ("postgresql://ann@:6002/desk?host=/run/pg", {"unix_sock": "/run/pg/.s.PGSQL.6002", "user": "ann"}),
        ("postgresql://ann@/desk?host=/run/pg", {"unix_sock": "/run/pg/.s.PGSQL.5432", "user": "ann"}),
        ("postgresql://ann@db.example:6003/desk?port=6004", {"host": "db.example", "port": 6004, "user": "ann"}),
        (
            "postgresql:///other?host=db.example&port=6005&user=cy&password=/x&dbname=desk",
            {"host": "db.example", "port": 6005, "user": "cy", "password": "/x"},
        ),
    ],
)
def test_a_url_is_read_as_the_tools_of_postgresql_read_it(url, at):
    sa = pytest.importorskip("sqlalchemy")
    found = postgres_ledger._url(url)
    asked = sa.create_engine(found).dialect.create_connect_args(found)[1]
    assert {
        k: v for k, v in asked.items() if k in {"unix_sock", "host", "user", "password"} or "unix_sock" not in at
    } == {**at, **({} if "unix_sock" in at else {"database": "desk"})}


@pytest.mark.parametrize("url", ["postgresql://ann@/desk?port=six", "postgresql://ann@/desk?host=a&host=b"])
def test_a_url_that_names_no_place_is_refused_without_its_password(url):
    pytest.importorskip("sqlalchemy")
    with pytest.raises(BadInputError, match="of the ledger"):
        postgres_ledger._url(url)
