"""How well and how fast parties are screened, beside its peers, in one call.

The rows of the table are tasks (benchmarks/screening); each runs alone:

    python benchmarks/bench_screening.py                       # all rows, all contestants
    python benchmarks/bench_screening.py --only name_bench,han --who entrepot
"""

from __future__ import annotations

import argparse
import sys
import time
from typing import TYPE_CHECKING

from screening import adapters, labelled, peers, perturbed, scripts
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
}
CONTESTANTS: dict[str, Callable[[], Contestant]] = {"entrepot": adapters.Entrepot, "rapidfuzz": adapters.Rapidfuzz,
    "logic-v2": lambda: peers.Nomenklatura("logic-v2"),
    "logic-v1": lambda: peers.Nomenklatura("logic-v1"),
}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(TASKS), help="tasks, joined by commas: " + ", ".join(TASKS))
    parser.add_argument("--who", default=",".join(CONTESTANTS), help="contestants: " + ", ".join(CONTESTANTS))
    return parser.parse_args()


def main() -> None:
    """Run the tasks and print their figures."""
    given = _arguments()
    for name in given.who.split(","):
        who = CONTESTANTS[name]()
        for task in given.only.split(","):
            begun = time.process_time()
            try:
                figures = TASKS[task](who)
            except NoShelfError as exc:
                sys.exit(f"bench_screening: {exc}")
            print(f"{name} · {task} · {time.process_time() - begun:.1f} s CPU")
            for figure in figures:
                print(f"  {figure.shown():>22}  {figure.what}{f' ({figure.note})' if figure.note else ''}")


if __name__ == "__main__":
    main()
