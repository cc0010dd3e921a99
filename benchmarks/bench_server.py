"""The server under load: `POST /match` at 1, 8 and 64 clients, beside a plain FastAPI echo in the same call.

What it measures: seconds from the start of `entrepot serve` to its first page; p50, p99 and answers a second of
`/match` with one name that the record lists, and of an echo of the same body by FastAPI under the same uvicorn, each
server in a process of its own; the memory of the server before and after. Clients are one process of asyncio that keeps
its connections and shares the machine, so figures are of the pair. All on loopback.

`--mixed SECONDS` loads it with every kind of request (`server_mixed.py`) and tells its memory meanwhile: 120 by
`make bench-server`, 3600 by `make bench-server LOAD=3600`. `--streamed 10000 100000` posts so many parties to one
stream, and tells its memory after each count.

Run: python benchmarks/bench_server.py [--seconds 10] [--clients 1 8 64] [--mixed 120] [--streamed 10000]
    [--save PATH.md]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from server_mixed import mixed, resident, streamed

ECHO = """
import socket, sys, uvicorn
from fastapi import FastAPI, Request
app = FastAPI()
@app.post("/match/default")
async def echo(request: Request):
    return await request.json()
@app.get("/")
async def first():
    return {}
held = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
held.bind(("127.0.0.1", 0)); held.listen(2048)
print(f"http://127.0.0.1:{held.getsockname()[1]}/", file=sys.stderr, flush=True)
uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False, ws="none")).run(sockets=[held])
"""
BODY = json.dumps(
    {"queries": {"q": {"schema": "Company", "properties": {"name": ["Hetian Taida Apparel"], "jurisdiction": ["cn"]}}}}
).encode()


@contextmanager
def served(*command: str) -> Iterator[tuple[subprocess.Popen[str], str, float]]:
    """A server in a process of its own: the process, its address, seconds to its first page."""
    with tempfile.TemporaryDirectory() as home:
        env = os.environ | {"ENTREPOT_STORE": f"{home}/store", "PYTHONUNBUFFERED": "1"}
        begun = time.perf_counter()
        process = subprocess.Popen([sys.executable, *command], stderr=subprocess.PIPE, text=True, env=env)
        try:
            assert process.stderr is not None
            found = re.search(r"http://127\.0\.0\.1:(\d+)/", process.stderr.readline())
            assert found, "the server has not begun"
            urllib.request.urlopen(found[0], timeout=30).read()
            yield process, found[1], time.perf_counter() - begun
        finally:
            process.terminate()
            process.wait()


def processor(pid: int) -> float:
    """Seconds of the processor that a process has taken; 0 where the system does not say."""
    try:
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


async def client(port: str, end: float, seconds: list[float]) -> None:
    """One client: asks, waits for the answer, asks again."""
    reader, writer = await asyncio.open_connection("127.0.0.1", int(port))
    head = "POST /match/default HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    request = f"{head}Content-Length: {len(BODY)}\r\n\r\n".encode() + BODY
    while (begun := time.perf_counter()) < end:
        writer.write(request)
        told = await reader.readuntil(b"\r\n\r\n")
        assert told.startswith(b"HTTP/1.1 200"), told
        length = int(re.findall(rb"(?i)content-length: (\d+)", told)[0])
        await reader.readexactly(length)
        seconds.append(time.perf_counter() - begun)
    writer.close()
    await writer.wait_closed()


async def load(port: str, clients: int, for_seconds: float) -> list[float]:
    """Seconds of each answer, of so many clients at once."""
    seconds: list[float] = []
    end = time.perf_counter() + for_seconds
    await asyncio.gather(*(client(port, end, seconds) for _ in range(clients)))
    return sorted(seconds)


def row(name: str, clients: int, seconds: list[float], lasted: float) -> str:
    p50, p99 = seconds[len(seconds) // 2], seconds[int(len(seconds) * 0.99)]
    return f"| {name} | {clients} | {p50 * 1000:.1f} | {p99 * 1000:.1f} | {len(seconds) / lasted:.0f} |"


BESIDE = " Other work ran on the machine: the speeds are not those of a quiet one, what it held is its own."
SERVE = ("-m", "entrepot", "serve", "--port", "0", "--no-browser")
_TOLD = 60  # times at most that the memory is told over the whole load: by the minute, where that is an hour


def of_mixed(seconds: float) -> list[str]:
    """Memory under a mixed load, in lines; none of none."""
    if not seconds:
        return []
    with served(*SERVE) as (process, port, _):
        done = mixed(int(port), process.pid, seconds)
    times = [seconds * number / _TOLD for number in range(_TOLD + 1)]
    told_at = [next((one for one in done.memory if one[0] >= at), done.memory[-1]) for at in times]
    answers = ", ".join(f"{count:,} of status {status}" for status, count in sorted(done.answers.items()))
    told = f"from the third quarter to the last the memory changed by {done.grown():+.0f} MB."
    return [
        f"Mixed load of {seconds:,.0f} s by four clients: {answers}; {told}",
        "",
        "| seconds | MB |",
        "|---|---|",
        *(f"| {at:,.0f} | {mb:.0f} |" for at, mb in dict.fromkeys(told_at)),
    ]


def of_streams(counts: list[int]) -> list[str]:
    """Memory after so many parties of one stream, in lines; none of none."""
    if not counts:
        return []
    with served(*SERVE) as (process, port, _):
        begun = processor(process.pid)
        held = streamed(int(port), process.pid, max(counts), tuple(counts))
        took = processor(process.pid) - begun
    told = ", ".join(f"{mb:.0f} MB after {number:,}" for number, mb in held)
    return ["", f"Parties by one stream: {told}; {took:.0f} s of the processor for all."]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--clients", type=int, nargs="*", default=[1, 8, 64])
    parser.add_argument("--mixed", type=float, default=0, help="seconds of mixed load")
    parser.add_argument("--streamed", type=int, nargs="*", default=[], help="parties, fewest first")
    parser.add_argument("--beside", action="store_true", help="other work ran beside it: say so")
    parser.add_argument("--save", type=Path)
    given = parser.parse_args()
    lines = ["| server | clients | p50 ms | p99 ms | answers a second |", "|---|---|---|---|---|"]
    said = []
    servers = {
        "entrepot /match": SERVE,
        "FastAPI echo": ("-c", ECHO),
    }
    for name, command in servers.items() if given.clients else ():
        with served(*command) as (process, port, first):
            cpu = processor(process.pid)
            asyncio.run(load(port, 1, 1.0))  # lists are made ready, code is loaded
            before = resident(process.pid)
            for clients in given.clients:
                lines.append(row(name, clients, asyncio.run(load(port, clients, given.seconds)), given.seconds))
                print(lines[-1], flush=True)
            said.append(
                f"{name}: first page {first:.2f} s after its start ({cpu:.2f} s of the processor); "
                f"memory {before:.0f} MB before the load, "
                f"{resident(process.pid):.0f} MB after it."
            )
    said += [*of_mixed(given.mixed), *of_streams(given.streamed)]
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    text = "\n".join(
        [
            "# The server under load",
            "",
            (
                f"{datetime.now(UTC):%Y-%m-%d}, {machine}; load average {os.getloadavg()[0]:.1f} at the end. One name "
                "a request, met by the record's lists; `make bench-server`."
                f"{BESIDE if given.beside else ''}"
            ),
            "",
            *lines,
            "",
            *said,
            "",
        ]
    )
    print(text)
    if given.save:
        given.save.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
