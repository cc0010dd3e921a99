"""A process in which Entrepot is loaded, and that forks for each command: as a person starts it, short of imports.

To load Python, DuckDB, Arrow and a few hundred modules takes longer than most commands work. Only modules are loaded
here; no table is read and no file opened. What a command finds when it starts is as under `python -m entrepot`: its
arguments, folder, environment, three streams, nothing on the path but what is asked for.

Started with the number of a socket. A request is a line of JSON with the streams beside it; the answer is the id of the
process, then how it ended, as `subprocess` says it.
"""

from __future__ import annotations

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
import time
import warnings

# Rooms that most commands load; those of the rest load theirs as they always do. The server and print bring much.
ROOMS = ("core", "sources", "intake", "vocabulary", "names", "lists", "measures", "record", "screening", "cli")
PACKAGES = ("numpy", "pyarrow.csv", "pyarrow.compute", "pyarrow.parquet", "duckdb", "rapidfuzz.fuzz")
STREAMS = 3


def load() -> None:
    """Import what commands import, pandas barred as in each of them."""
    from entrepot.core.runtime.extras import bar_pandas
    from entrepot.core.runtime.memory_returned import give_back

    bar_pandas()
    give_back()
    for name in PACKAGES:
        importlib.import_module(name)
    for room in ROOMS:
        found = importlib.import_module(f"entrepot.{room}")
        for module in pkgutil.walk_packages(found.__path__, f"entrepot.{room}."):
            importlib.import_module(module.name)
    importlib.import_module("entrepot.desk")


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


if __name__ == "__main__":
    load()
    gc.collect()
    gc.freeze()  # memory that no fork's search for garbage touches stays shared by all of them
    become(serve(socket.socket(fileno=int(sys.argv[1]))))
    runpy.run_module("entrepot", run_name="__main__", alter_sys=True)
