"""Tasks: names a second and core from file to file, one query, start-up and memory; on the UN and SDN lists."""

from __future__ import annotations

import csv
import json
import random
import statistics
import sys
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from screening import data, perturb
from screening.figures import Figure
from screening.launch import Spent, run
from screening.perturbed import un_and_sdn

if TYPE_CHECKING:
    from screening.adapters import Contestant

SEED = 11
PARTIES = {
    "entrepot": 20_000,
    "rapidfuzz": 5_000,
}  # of the file screened; more for who is faster, so that start-up fades
PARTIES_ELSE = 1_000
QUERIES = 200
LEAST = 0.7


@cache
def parties(count: int) -> list[str]:
    """Names as a desk gets them: nine in ten invented or of firms on no list, one in ten a listed name changed."""
    rng = random.Random(SEED)
    persons, held = data.negatives(), un_and_sdn().names
    firms = data.chinese_companies()
    chosen = [rng.choice(persons) if rng.random() < 0.5 else rng.choice(firms) for _ in range(count)]
    for i in range(0, count, 10):
        chosen[i] = perturb.perturbed(rng.choice(held), i, SEED).text
    return chosen


def bulk(who: Contestant) -> list[Figure]:
    """File in, file out, in a fresh process: start, index, reading, search, reasons and writing within the clock."""
    count = PARTIES.get(who.name, PARTIES_ELSE)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "parties.csv"
        _write(parties(count), path)
        if who.name == "entrepot":
            spent = _screened(path, Path(folder))
            what = "start, index, reading, search, reasons, writing"
        else:
            begun, before = time.process_time(), sum(who.clock.seconds.values())
            _peer(who, path, Path(folder) / "hits.json")
            own = time.process_time() - begun
            elsewhere = sum(who.clock.seconds.values()) - before if who.name.startswith("logic") else 0.0
            spent = Spent(own + elsewhere, 0.0, 0.0)
            what = "index, reading, search, writing; no start-up, no explanation"
    note = f"{count:,} parties, {len(un_and_sdn()):,} names; {spent.cpu:.1f} s CPU: {what}"
    return [Figure("bulk", "end to end", count / spent.cpu, "names/s/core", count, note=note)]


def _write(names: list[str], path: Path) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["supplier"])
        out.writerows([n] for n in names)


def _screened(path: Path, folder: Path) -> Spent:
    store = loaded_store(folder)
    command = [sys.executable, "-m", "entrepot", "screen", str(path), "--list", "ofac-sdn", "--list", "un"]
    return run([*command, "--out", str(folder / "hits.parquet")], store)


def loaded_store(folder: Path) -> Path:
    """A store that holds the SDN and the UN list."""
    store = folder / "store"
    for list_id in ("ofac-sdn", "un"):
        file = data.shelf() / "data" / "lists" / data.FILES[list_id]
        run([sys.executable, "-m", "entrepot", "lists", "load", str(file), "--as", list_id], store)
    return store


def _peer(who: Contestant, path: Path, out: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        names = [row["supplier"] for row in csv.DictReader(file)]
    held = data.Listed(*(tuple(c) for c in (un_and_sdn().names, un_and_sdn().entities, un_and_sdn().schemas)))
    found = who.search(names, held, "LegalEntity", least=LEAST)
    hits = [(n, a.entities[0], a.best) for n, a in zip(names, found, strict=True) if a.best >= LEAST]
    out.write_text(json.dumps(hits), encoding="utf-8")


def query(who: Contestant) -> list[Figure]:
    """One query after another in a process that holds the index."""
    held = un_and_sdn()
    who.search(["warm"], held, "LegalEntity", least=LEAST)
    times = []
    for name in parties(1_000)[:QUERIES]:
        before = sum(who.clock.seconds.values())
        begun = time.process_time()
        who.search([name], held, "LegalEntity", least=LEAST)
        own = time.process_time() - begun
        times.append(own + (sum(who.clock.seconds.values()) - before if who.name.startswith("logic") else 0.0))
    note = f"median of {QUERIES}; 95th percentile {1000 * statistics.quantiles(times, n=20)[-1]:.2f} ms"
    return [Figure("query", "one query, warm", 1000 * statistics.median(times), "ms CPU", QUERIES, note=note)]


STARTS = {
    "rapidfuzz": "from rapidfuzz import fuzz; from anyascii import anyascii; print(fuzz.token_sort_ratio('a', 'b'))",
    "logic": (
        "from followthemoney import model; from nomenklatura.matching import get_algorithm\n"
        "proxies = [model.get_proxy({'id': i, 'schema': 'Person', 'properties': {'name': [n]}})"
        " for i, n in (('a', 'Vladimir Putin'), ('b', 'Vladimir V. Putin'))]\n"
        "algorithm = get_algorithm('%s'); print(algorithm.compare(*proxies, algorithm.default_config()).score)"
    ),
}


def startup(who: Contestant) -> list[Figure]:
    """A fresh process to the first answer: one party against the two lists; of peers the first comparison only."""
    if who.name == "entrepot":
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "parties.csv"
            _write(["Hoshine Silicon"], path)
            store = loaded_store(Path(folder))
            command = [sys.executable, "-m", "entrepot", "screen", str(path), "--list", "ofac-sdn", "--list", "un"]
            run([*command, "--out", str(Path(folder) / "first.parquet")], store)  # writes bytecode and what is kept
            spent = run([*command, "--out", str(Path(folder) / "hits.parquet")], store)
        note = "entrepot screen: one party against UN and SDN, second run"
    elif who.name == "rapidfuzz":
        spent, note = run([sys.executable, "-c", STARTS["rapidfuzz"]]), "import and one comparison, no list"
    else:
        from screening.peers import peers_python

        command = [str(peers_python()), "-c", STARTS["logic"] % who.name]
        run(command)
        spent, note = run(command), "import and one comparison, no list"
    note += f"; {spent.wall:.1f} s by the clock"
    return [
        Figure("startup", "fresh process to its answer", spent.cpu, "s CPU", note=note),
        Figure("startup", "peak memory", spent.memory, "MB", note=note),
    ]
