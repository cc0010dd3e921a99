"""A process in which Entrepot is loaded, and that forks for each command: as a person starts it, short of imports.

To load Python, DuckDB, Arrow and a few hundred modules takes longer than most commands work, and so does to read the
tables that ship, which cannot change: modules are loaded here and those tables read, nothing else. No store is opened
and polars only imported, for its threads do not outlive a fork. What a command finds when it starts is as under `python
-m entrepot`: its arguments, folder, environment, three streams, nothing on the path but what is asked for.

Started with the number of a socket and the path of an empty store, of which new ones are copies. A request is a line of
JSON with the streams beside it; the answer is the id of the process, then how it ended, as `subprocess` says it.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import io
import json
import os
import pkgutil
import random
import runpy
import socket
import sys
import tempfile
import threading
import time
import warnings
from datetime import date
from pathlib import Path

import ready_stores

NOT_LOADED = ("server", "print")  # they bring much, and few commands load them
PACKAGES = ("numpy", "pyarrow.csv", "pyarrow.compute", "pyarrow.parquet", "duckdb", "polars", "rapidfuzz.fuzz")
STREAMS = 3
DAY = date(2026, 1, 1)  # any on which lists hold names


def load() -> None:
    """Import what commands import, pandas barred as in each of them."""
    from entrepot.core.runtime.extras import bar_pandas
    from entrepot.core.runtime.memory_returned import give_back

    bar_pandas()
    give_back()
    for name in PACKAGES:
        importlib.import_module(name)
    for room in pkgutil.iter_modules(importlib.import_module("entrepot").__path__, "entrepot."):
        if room.ispkg and room.name.partition(".")[2] not in NOT_LOADED:
            found = importlib.import_module(room.name)
            for module in pkgutil.walk_packages(found.__path__, f"{room.name}."):
                importlib.import_module(module.name)


def read_what_ships() -> None:
    """Read the record and its index, the measures, the words of names: once a process, as each command does."""
    from entrepot.claims.indexed.record_index import record_index
    from entrepot.lists.in_force import embedded
    from entrepot.lists.search_set import searched
    from entrepot.measures.measure import measures
    from entrepot.record.embedded import load as record

    record_index(record(), None)  # as `check` asks for it
    searched(embedded(), (), DAY)
    measures()


def serve(requests: socket.socket) -> dict[str, object]:
    """Fork for each request; returns in the fork alone, with what is asked."""
    while True:
        asked, streams, _, _ = socket.recv_fds(requests, 1 << 20, STREAMS)
        if not asked:
            os._exit(0)  # whoever asked is gone
        with warnings.catch_warnings():
            # Python 3.12 warns of a fork beside threads. The one that is there is jemalloc's, which minds forks itself.
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
        if not child:
            requests.close()
            for number, stream in enumerate(streams):
                os.dup2(stream, number)
                os.close(stream)
            return dict(json.loads(asked))
        for stream in streams:
            os.close(stream)
        requests.sendall(b"%d\n" % child)
        requests.sendall(b"%d\n" % os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def become(asked: dict[str, object]) -> None:
    """Stand where a process that has just begun stands."""
    os.chdir(str(asked["cwd"]))
    os.environ.clear()
    os.environ.update(dict(asked["env"]))  # type: ignore[call-overload]
    sys.argv = ["entrepot", *map(str, asked["arguments"])]  # type: ignore[call-overload]
    sys.path[0] = str(asked["cwd"])
    sys.stdin, sys.stdout, sys.stderr = (
        io.TextIOWrapper(open(n, mode, closefd=False), "utf-8", errors, "\n", write_through=through)  # noqa: SIM115
        for n, mode, errors, through in (
            (0, "rb", "surrogateescape", False),
            (1, "wb", "surrogateescape", False),
            (2, "wb", "backslashreplace", True),
        )
    )
    sys.__stdin__, sys.__stdout__, sys.__stderr__ = sys.stdin, sys.stdout, sys.stderr
    random.seed()
    tempfile.tempdir = None
    time.tzset()


def run() -> int:
    """Run the command; the code that it leaves with. What is more than a number is left to Python to say."""
    try:
        runpy.run_module("entrepot", run_name="__main__", alter_sys=True)
    except SystemExit as exc:
        if not isinstance(exc.code, int | None):
            raise
        return exc.code or 0
    return 0


def leave(code: int) -> None:
    """End as Python ends: threads, what was put off to the end, the streams; but for taking apart what was loaded.

    To free each object of a few hundred modules takes a fifth of a second, for memory that the system frees at once.
    """
    threading._shutdown()  # type: ignore[attr-defined]  # as Python calls it
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        sys.exit(code)  # the reader is gone: Python has words for it
    os._exit(code)


if __name__ == "__main__":
    load()
    read_what_ships()
    ready_stores.copy_new_ones(Path(sys.argv[2]))
    gc.collect()
    gc.freeze()  # memory that no fork's search for garbage touches stays shared by all of them
    become(serve(socket.socket(fileno=int(sys.argv[1]))))
    leave(run())
