"""No word leaves the machine: every command but fetch is run where a connection is an error, and none is tried.

All run in one process, for each that starts costs a second or two. Python tells of what it resolves and connects to
(its audit events); what a library does beneath Python the kernel ends, on Linux.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from entrepot import cli

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "docs" / "examples"

MIRRORED = "".join(
    f"CHN,KAZ,export,8541,{year},{1000 + year}\nKAZ,CHN,import,8541,{year},{1100 + year}\n"
    for year in range(2015, 2024)
)
# Command -> its arguments and exit code. In order: what one writes the next may read. {ID} is the id of a match.
CALLS: dict[str, tuple[list[str], int]] = {
    "brief": (["eu-flr", "--as-of", "2025-12-31", "--out", "out"], 0),
    "screen": (
        ["suppliers.csv", "--as-of", "2024-11-25", "--out", "hits.csv", "--record", "r.html", "--workers", "2"],
        0,
    ),
    "rescreen": (["hits.csv", "--as-of", "2024-11-26"], 0),
    "review": (["hits.csv", "--good-guy", "{PARTY}", "--by", "A Clerk", "--why", "known"], 0),
    "ledger": ([], 2),
    "ledger verify": (["--record", "r.html"], 2),  # a record that was written before anything was decided
    "ledger decisions": ([], 0),
    "ledger case": (["{CASE}"], 0),
    "ledger redact": (["{CASE}", "--why", "erasure asked for", "--early"], 0),
    "explain": (["{ID}"], 0),
    "check": (["report.txt", "--published", "2024-12-05", "--html", "checked.html"], 0),
    "lists": ([], 0),
    "lists load": (["blocked.csv", "--as", "own-blocked", "--version", "2026-07-23"], 0),
    "lists show": (["uflpa-hetian-taida-apparel-co-ltd"], 0),
    "search": (["Hetian Taida"], 0),
    "lists diff": (["own-blocked", "2026-07-23", "2026-07-23"], 0),
    "own": (["--all", "--as-of", "2024-11-25"], 0),
    "own load": (["owners.csv"], 0),
    "own files": ([], 0),
    "supply": (["--help"], 0),
    "supply load": (["supply-links.csv"], 0),
    "supply files": ([], 0),
    "supply links": (["cotton shirt"], 0),
    "supply refused": (["supply-000000000000"], 2),
    "trace": (["--all", "--as-of", "2025-11-25"], 0),
    "supply balance": ([], 0),
    "supply parties": ([], 0),
    "supply example": (["invented", "--answers"], 0),
    "dossier": (["INV-0005", "--as-of", "2025-11-25", "--html", "dossier.html"], 0),
    "supply remove": (["supply-000000000000"], 2),
    "own remove": (["o-000000000000"], 2),
    "load": (["trade.csv", "--out", "flows.parquet"], 0),
    "flows": (["flows.parquet", "--by-pair"], 0),
    "mirror": (["mirrored.csv"], 0),
    "measures": (["--goods", "8541.43,5201"], 0),
    "clock": (["2024-11-25"], 0),
    "duties": (["--seat", "DE"], 0),
    "divert": (["simulated_flows.csv", "--from", "CHN", "--to", "USA", "--since", "2020-06-01"], 0),
    "simulate": (["--preset", "uflpa", "--draws", "0"], 0),
    "simulate codes": (["preset"], 0),
    "corridor": ([], 2),
    "corridor flow": (["demand.csv"], 0),
    "corridor route": (["--from", "Urumqi", "--to", "Almaty"], 0),
    "corridor network": (["--place", "khorgos"], 0),
    "divert demos": ([], 0),
    "divert event-study": (
        ["simulated_flows.csv", "--measure", "none", "--from", "CHN", "--to", "USA", "--since", "2020-06-01",
         "--placebos", "0", "--plot", "path.svg"],
        0,
    ),
    "corridor trains": (["china-central-asia-trains"], 0),
    "corridor cooperation": (["PK", "--projects", "projects.csv"], 0),
    "corridor risk": (["karachi"], 0),
    "corridor conflicts": (["--place", "khorgos"], 0),
    "corridor effect": (["N011"], 0),
    "corridor series": (["kulma", "--quantity", "passengers"], 0),
    "replicate": (["--data", "."], 2),  # its data are a shelf of their own; that it asks nobody for them is the point
    "record": (["observations", "--where", "place_id=khunjerab"], 0),
    "record add": (["own_rows.csv"], 0),
    "record remove": (["u-000000000000"], 2),
    "record versions": ([], 0),
    "serve": (["--host", "0.0.0.0"], 2),  # without a token; that a server asks nobody is tests/server's
    "doctor": ([], 0),
    "completion": (["bash"], 0),
    "clearance": ([], 2),
    "clearance key": ([], 0),
    "clearance verify": (["r.html", "--results", "hits.csv"], 0),
    "clearance timestamp": (["r.html", "--request", "r.tsq"], 0),  # which asks nobody without --authority
    "store": ([], 2),
    "store where": ([], 0),
    "store check": ([], 0),
    "store repair": ([], 0),
    "store backup": (["store.tar"], 0),
    "store share": (["--private"], 0),
    "store restore": (["store.tar", "--store", "again"], 0),
    "lists remove": (["own-blocked", "2026-07-23"], 0),
    "store remove": (["--yes"], 0),
}  # fmt: skip
FETCHING = {"fetch", "record refresh"}  # whose work it is

# Read by Python before anything else, in the processes that a command starts too.
BLOCK = '''
import os, sys

_TRIED = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr",
          "socket.getnameinfo", "socket.sendto", "socket.sendmsg", "urllib.Request", "webbrowser.open"}

def _refuse(event, args):
    if event not in _TRIED:
        return
    if event == "socket.connect" and isinstance(args[1], (str, bytes)):
        return  # a socket of this machine, by which processes speak to one another
    with open(os.environ["TRIED"], "a") as log:
        log.write(f"{event} {args[1:] if event.startswith('socket') else args}\\n")
    raise RuntimeError(f"no network: {event}")

sys.addaudithook(_refuse)

def _seal():
    """Have the kernel end a process that opens a socket of the internet."""
    import ctypes, platform, struct
    number = {"x86_64": 41, "aarch64": 198}.get(platform.machine())
    if sys.platform != "linux" or number is None:
        return
    # seccomp: load the number of the call; if it is `socket`, its family; 2 and 10 are IPv4 and IPv6.
    steps = [(0x20, 0, 0, 0), (0x15, 0, 3, number), (0x20, 0, 0, 16), (0x15, 2, 0, 2), (0x15, 1, 0, 10),
             (0x06, 0, 0, 0x7FFF0000), (0x06, 0, 0, 0x80000000)]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *s) for s in steps))
    program = ctypes.create_string_buffer(struct.pack("HP", len(steps), ctypes.addressof(code)))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(38, 1, 0, 0, 0)  # no new privileges, which a filter asks for
    if libc.prctl(22, 2, program, 0, 0):
        print("not sealed", file=sys.stderr)

_seal()
'''

DRIVER = """
import contextlib, csv, io, json, os, sys
from entrepot.__main__ import main

def run(words):
    sys.argv = ["entrepot", *words]
    said = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            code = main()
        except SystemExit as exc:
            code = exc.code
    return code or 0, said.buffer.getvalue().decode()[-2000:]

if __name__ == "__main__":
    for words in json.load(open("calls.json")):
        if any(word.startswith("{") for word in words):
            with open("hits.csv", encoding="utf-8") as hits:
                first = next(csv.DictReader(hits))
            named = {"{ID}": first["match_id"], "{CASE}": first["case_id"], "{PARTY}": first["party"]}
            words = [named.get(word, word) for word in words]
        code, said = run(words)
        print(json.dumps([code, said]), flush=True)
"""


def commands() -> set[str]:
    """Every command and subcommand of the command line."""
    context, found = click.Context(cli.group), set()
    for name in cli.COMMANDS:
        command = cli.group.get_command(context, name)
        found.add(name)
        if isinstance(command, click.Group):
            found |= {f"{name} {below}" for below in command.list_commands(click.Context(command))}
    return found


@pytest.fixture
def blocked(tmp_path, isolated):
    """A folder with a space in its name, holding inputs; the environment in which a connection is an error."""
    folder, site = tmp_path / "a desk", tmp_path / "site"
    shutil.copytree(EXAMPLES, folder)
    (folder / "mirrored.csv").write_text("reporter,partner,flow,product,period,value_usd\n" + MIRRORED, "utf-8")
    site.mkdir()
    (site / "sitecustomize.py").write_text(BLOCK, "utf-8")
    environment = isolated(tmp_path)
    environment["PYTHONPATH"] = os.pathsep.join((str(site), environment["PYTHONPATH"]))
    return folder, environment | {"TRIED": str(tmp_path / "tried.log")}


def test_every_command_has_a_call():
    assert set(CALLS) == commands() - FETCHING, "a new command is run without a network here: give it a call in CALLS"


@pytest.mark.slow
def test_every_command_but_fetch_runs_without_a_network(blocked):
    folder, environment = blocked
    (folder / "driver.py").write_text(DRIVER, "utf-8")
    words = {name: [*name.split(), *arguments] for name, (arguments, _) in CALLS.items()}
    (folder / "calls.json").write_text(json.dumps(list(words.values())), "utf-8")
    ran = subprocess.run(
        [sys.executable, "driver.py"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    answers = [json.loads(line) for line in ran.stdout.splitlines()]
    # One that opened a socket beneath Python ends the process: the commands after it have no answer.
    assert len(answers) == len(CALLS), (list(CALLS)[len(answers)], ran.returncode, ran.stderr)
    ended = {n: (code, said) for n, (code, said) in zip(CALLS, answers, strict=True) if code != CALLS[n][1]}
    assert ended == {}
    tried = Path(environment["TRIED"])
    assert not tried.exists(), tried.read_text("utf-8")


@pytest.mark.parametrize(
    "words",
    [["fetch", "un"], ["clearance", "timestamp", "report.txt", "--authority", "https://tsa.example/tsr"]],
    ids=["fetch", "timestamp"],
)
def test_what_is_asked_for_is_seen_to_try(blocked, words):
    folder, environment = blocked
    command = [sys.executable, "-m", "entrepot", *words]
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode != 0
    assert "socket.getaddrinfo" in Path(environment["TRIED"]).read_text("utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's part of the block is Linux's")
def test_a_socket_beneath_python_is_seen(blocked):
    folder, environment = blocked
    for family, ends in ((1, 0), (2, -31), (10, -31)):  # the machine's own; IPv4, IPv6: SIGSYS
        code = f"import ctypes; ctypes.CDLL(None).socket({family}, 1, 0)"
        ran = subprocess.run([sys.executable, "-c", code], cwd=folder, env=environment, check=False)
        assert ran.returncode == ends
