"""Memory of a server under load and under what is too large. What it holds is asserted, never how long it took."""

from __future__ import annotations

import importlib.util
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from statistics import median

import pytest

# Requests of a round, ten of each kind: a count, for in a time a busy machine is asked too little to show anything.
REQUESTS = int(os.environ.get("ENTREPOT_LOAD") or 80)
PIECE = b"x" * 1_000_000
LOOK = 25  # pieces between two looks at the memory
SHARE = 0.1  # of what is sent between two moments; a server that holds what it is sent grows by all of it
LONGEST = 3_600  # seconds for a round; it ends by its number of requests
pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")]


@pytest.fixture(scope="module")
def loads():
    """The loads of the benchmark."""
    place = Path(__file__).parents[2] / "benchmarks" / "server_mixed.py"
    spec = importlib.util.spec_from_file_location("server_mixed", place)
    module = importlib.util.module_from_spec(spec)
    sys.modules["server_mixed"] = module  # where its dataclasses look for their names
    spec.loader.exec_module(module)
    yield module
    del sys.modules["server_mixed"]


@pytest.fixture(scope="module")
def alone(tmp_path_factory, isolated):
    """`entrepot serve` in a process of its own, once its first page is there: its port, its process, its home."""
    home = tmp_path_factory.mktemp("home")
    process = subprocess.Popen(
        [sys.executable, "-m", "entrepot", "serve", "--port", "0", "--no-browser"],
        env=isolated(home) | {"PYTHONUNBUFFERED": "1", "TMPDIR": str(home)},
        stderr=subprocess.PIPE,
        text=True,
    )
    port = int(re.search(r":(\d+)/", process.stderr.readline())[1])
    # What it works out when it starts takes most of the memory that it ever has.
    while b'http-equiv="refresh"' in urllib.request.urlopen(f"http://127.0.0.1:{port}/").read():
        time.sleep(2)
    yield port, process.pid, home
    process.terminate()
    process.wait()
    process.stderr.close()


def test_two_gigabytes_that_do_not_say_so_are_refused_and_take_neither_memory_nor_disk(loads, alone):
    port, pid, home = alone
    sent, answer, held = 0, b"", []
    head = "POST /v1/screen HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n"
    part = b'--b\r\nContent-Disposition: form-data; name="parties"; filename="parties.csv"\r\n\r\n'
    with socket.create_connection(("127.0.0.1", port), timeout=120) as connection:
        connection.sendall(f"{head}Content-Type: multipart/form-data; boundary=b\r\n\r\n".encode())
        connection.sendall(b"%x\r\n%s\r\n" % (len(part), part))
        try:
            while sent < 2_000_000_000:
                connection.sendall(b"%x\r\n%s\r\n" % (len(PIECE), PIECE))
                sent += len(PIECE)
                if sent % (LOOK * len(PIECE)) == 0:
                    held.append(loads.resident(pid))
            answer = connection.recv(65536)
        except OSError:  # it has hung up, as it may
            pass
    assert sent < 700_000_000, "it is read to its end"
    assert answer == b"" or answer.startswith(b"HTTP/1.1 413")
    # What is imported for the first form comes in the first half. Between the middles of both half of it is sent.
    half = len(held) // 2
    assert half >= 4, "too few looks to tell"
    assert median(held[half:]) - median(held[:half]) < sent / 2 / 1_000_000 * SHARE
    assert [p for p in home.iterdir() if p.name.startswith(("entrepot-", "tmp"))] == []


def test_memory_stays_flat_under_every_kind_of_request(loads, alone):
    port, pid, _ = alone
    held = []
    for _ in range(4):  # rounds of the same requests: caches of names, imports and what else is made once come first
        done = loads.mixed(port, pid, LONGEST, requests=REQUESTS)
        # On a busy machine one may wait for the store longer than a request may, and is told to come again.
        assert set(done.answers) <= {200, 503}
        assert done.answers[200] >= REQUESTS * 0.9
        held.append(loads.resident(pid))
    # 100 kB a request over the last two rounds: a table that was sent as CSV and is not let go of is that alone.
    assert (held[3] - held[1]) / (2 * REQUESTS) < 0.1, held


def test_parties_are_streamed_back_and_the_memory_does_not_follow_their_number(loads, alone):
    port, pid, _ = alone
    (_, first), (_, half), (_, late) = loads.streamed(port, pid, 6_000, (2_000, 4_000))
    # Names that the matcher remembers take one or two kB each, up to 50,000 of them: no more than twice that a party.
    assert (late - half) * 1000 / 2_000 < 4, (first, half, late)
