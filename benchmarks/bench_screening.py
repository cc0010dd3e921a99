"""How well and how fast parties are screened, beside its peers, in one call.

The rows of the table are tasks (benchmarks/screening); each runs alone:

    python benchmarks/bench_screening.py                                      # all rows, all contestants
    python benchmarks/bench_screening.py --only name_bench,han --who entrepot
    python benchmarks/bench_screening.py --errors benchmarks/screening-errors.md
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from screening import adapters, errors, labelled, peers, perturbed, reliability, report, scripts, speed, thresholds
from screening.data import NoShelfError

if TYPE_CHECKING:
    from collections.abc import Callable

    from screening.adapters import Contestant
    from screening.figures import Figure

TASKS: dict[str, Callable[[Contestant], list[Figure]]] = {
    "un": perturbed.un,
    "name_bench": labelled.name_bench,
    "sdn_persons": perturbed.sdn_persons,
    "sdn_entities": perturbed.sdn_entities,
    "cyrillic": scripts.cyrillic,
    "arabic": scripts.arabic,
    "han": scripts.han,
    "uflpa": scripts.uflpa,
    "bulk": speed.bulk,
    "query": speed.query,
    "startup": speed.startup,
}
CONTESTANTS: dict[str, Callable[[], Contestant]] = {
    "entrepot": adapters.Entrepot,
    "rapidfuzz": adapters.Rapidfuzz,
    "logic-v2": lambda: peers.Nomenklatura("logic-v2"),
    "logic-v1": lambda: peers.Nomenklatura("logic-v1"),
}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(TASKS), help="tasks, joined by commas: " + ", ".join(TASKS))
    parser.add_argument("--who", default=",".join(CONTESTANTS), help="contestants: " + ", ".join(CONTESTANTS))
    parser.add_argument("--save", type=Path, metavar="PATH", help="write PATH.json and PATH.md")
    parser.add_argument("--errors", type=Path, metavar="PATH", help="write the error analysis instead")
    parser.add_argument("--reliability", type=Path, metavar="PATH", help="write the reliability bins instead")
    parser.add_argument("--thresholds", type=Path, metavar="PATH", help="write what to expect at each score instead")
    parser.add_argument("--quick", action="store_true", help="a sample of the invented names, for everyone")
    given = parser.parse_args()
    for names, known in ((given.only, TASKS), (given.who, CONTESTANTS)):
        if unknown := [n for n in names.split(",") if n not in known]:
            parser.error(f"{', '.join(unknown)}: not one of {', '.join(known)}")
    return given


def measure(who: Contestant, tasks: list[str], *, quick: bool) -> list[Figure]:
    """The figures of the tasks, printed as they come."""
    found = []
    for task in tasks:
        begun = time.perf_counter()
        figures = perturbed.un(who, quick=quick) if task == "un" else TASKS[task](who)
        print(f"{who.name} · {task} · {time.perf_counter() - begun:.1f} s", flush=True)
        for figure in figures:
            print(f"  {figure.shown():>22}  {figure.what}{f' ({figure.note})' if figure.note else ''}", flush=True)
        found += figures
    return found


def _run(given: argparse.Namespace) -> None:
    pages = {errors.write: given.errors, reliability.write: given.reliability, thresholds.write: given.thresholds}
    if any(pages.values()):
        who = adapters.Entrepot()
        for write, path in pages.items():
            if path:
                write(who, path)
        return
    contestants = {name: CONTESTANTS[name]() for name in given.who.split(",")}
    results = {name: measure(who, given.only.split(","), quick=given.quick) for name, who in contestants.items()}
    asked = any(name.startswith("logic") for name in contestants)
    versions = peers.process().ask("versions") if asked else {}
    on = report.machine(versions)
    print(f"\n{on}\n\n{report.table(results)}\n\n{report.notes(results, contestants)}")
    if given.save:
        report.save(given.save, results, contestants, on)


def main() -> None:
    """Run the tasks and print their figures."""
    try:
        _run(_arguments())
    except (NoShelfError, peers.NoPeersError) as exc:
        sys.exit(f"bench_screening: {exc}")


if __name__ == "__main__":
    main()
