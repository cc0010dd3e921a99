"""Loads on a server that is running: every kind of request mixed for a time, and parties by the stream; its memory.

A load is asked for by `bench_server.py`, and by the slow tests of the server. What grows is told by the memory that
the process holds, never by time: a busy machine makes a server slow and not large.
"""

from __future__ import annotations

import http.client
import itertools
import json
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

SEED = 20261127
FIRMS = ("Harbour", "Meadow", "Granite", "Willow", "Copper", "Lantern", "Orchard", "Summit", "Falcon", "Juniper")
TRADES = ("Bakery", "Textiles", "Trading", "Logistics", "Foods", "Metals", "Shipping", "Paper", "Tools", "Seeds")
LISTED = "Hetian Taida Apparel Co., Ltd."  # on the UFLPA Entity List
LINES = 100  # of a stream within the mix
NAMES = 2_000  # different ones within the mix


def invented(number: int) -> str:
    """The name of a firm that there is not; no two are alike."""
    chance = random.Random(number)
    return f"{chance.choice(FIRMS)} {chance.choice(FIRMS)} {chance.choice(TRADES)} {number} Ltd"


def resident(pid: int) -> float:
    """Memory of a process in MB; 0 where the system does not say."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: a method, an address, a body and what it is."""

    method: str
    path: str
    body: bytes = b""
    kind: str = ""


def request_of(number: int) -> Request:
    """The request of a number: each kind in turn.

    Names come again: what the matcher remembers of them is full soon, and what grows behind it is a leak.
    """
    name = LISTED if number % 7 == 0 else invented(number % NAMES)
    match number % 8:
        case 0 | 1 | 2:
            query = {"schema": "Company", "properties": {"name": [name]}}
            return Request("POST", "/match/default", json.dumps({"queries": {"q": query}}).encode(), "application/json")
        case 3:
            return Request("GET", f"/search/default?{urlencode({'q': name})}")
        case 4:
            asked = json.dumps({"q0": {"query": name, "limit": 3}})
            kind = "application/x-www-form-urlencoded"
            return Request("POST", "/reconcile", urlencode({"queries": asked}).encode(), kind)
        case 5:
            return Request("GET", "/v1/record/crossings?format=csv")
        case 6:
            lines = "".join(
                json.dumps({"id": n, "name": invented((number * LINES + n) % NAMES)}) + "\n" for n in range(LINES)
            )
            return Request("POST", "/v1/screen/stream", lines.encode(), "application/x-ndjson")
        case _:
            return Request("GET", random.Random(number).choice(("/parties?q=cotton", "/healthz", "/static/pages.css")))


@dataclass
class Mixed:
    """What a mixed load did.

    Attributes:
        answers: by status.
        memory: seconds since its begin, MB that the server held.
    """

    answers: Counter[int] = field(default_factory=Counter)
    memory: list[tuple[float, float]] = field(default_factory=list)

    def grown(self) -> float:
        """MB from the median of the third quarter to that of the last: what a leak adds, once all is loaded."""
        held = [mb for _, mb in self.memory]
        quarter = len(held) // 4
        third, last = sorted(held[2 * quarter : 3 * quarter]), sorted(held[3 * quarter :])
        return last[len(last) // 2] - third[len(third) // 2]


def mixed(port: int, pid: int, seconds: float, clients: int = 4, requests: int | None = None) -> Mixed:
    """Load a server with every kind of request for some seconds.

    Args:
        port: where it listens on loopback.
        pid: its process.
        seconds: for how long.
        clients: how many at once.
        requests: how many at most, whatever the seconds; None for as many as there are.
    """
    done, begun = Mixed(), time.monotonic()
    numbers = itertools.islice(itertools.count(SEED), requests)

    lock = threading.Lock()

    def take() -> int | None:
        with lock:
            return next(numbers, None)

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        while time.monotonic() < begun + seconds and (number := take()) is not None:
            one = request_of(number)
            connection.request(one.method, one.path, one.body or None, {"Content-Type": one.kind} if one.kind else {})
            answer = connection.getresponse()
            answer.read()
            done.answers[answer.status] += 1
        connection.close()

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    while alive := [thread for thread in threads if thread.is_alive()]:
        done.memory.append((time.monotonic() - begun, resident(pid)))
        alive[0].join(max(seconds / 200, 0.05))
    return done


def streamed(port: int, pid: int, parties: int, looks: tuple[int, ...] = ()) -> list[tuple[int, float]]:
    """Post parties to the stream, and read the answers meanwhile.

    Args:
        port: where it listens on loopback.
        pid: its process.
        parties: how many.
        looks: after how many answers its memory is looked at; the last beside them.

    Returns:
        Answers so far, and the MB that the server held.
    """
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    connection.putrequest("POST", "/v1/screen/stream")
    connection.putheader("Transfer-Encoding", "chunked")
    connection.endheaders()

    def send() -> None:
        for first in range(0, parties, LINES):
            numbers = range(first, min(first + LINES, parties))
            block = b"".join(json.dumps({"id": n, "name": invented(n)}).encode() + b"\n" for n in numbers)
            connection.send(b"%x\r\n%s\r\n" % (len(block), block))
        connection.send(b"0\r\n\r\n")

    sender = threading.Thread(target=send, daemon=True)
    sender.start()
    answer, found = connection.getresponse(), []
    for number in range(1, parties + 1):
        said = json.loads(answer.readline())
        assert said["id"] == number - 1, "in the order in which they were sent"
        if number in looks or number == parties:
            found.append((number, resident(pid)))
    assert answer.readline() == b"", "a line for each and no more"
    sender.join()
    connection.close()
    return found
