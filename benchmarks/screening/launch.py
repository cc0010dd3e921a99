"""Commands run and measured on their own.

A process inherits the peak memory of the one that started it (Linux carries it across exec), so a small one starts
what is measured, and says what it took.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_LAUNCH = """
import json, os, subprocess, sys, time
begun = time.perf_counter()
child = subprocess.Popen(sys.argv[1:], stdout=2)
_, status, used = os.wait4(child.pid, 0)
spent = used.ru_utime + used.ru_stime, time.perf_counter() - begun, used.ru_maxrss / 1024
print(json.dumps([os.waitstatus_to_exitcode(status), *spent]))
"""
_LOOK_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Spent:
    """What a process took, with the children that it waited for.

    Attributes:
        cpu, wall: seconds of processors and by the clock.
        memory: MB that the largest process held at most, pages of mapped files included.
    """

    cpu: float
    wall: float
    memory: float


def environment(store: Path | None = None) -> dict[str, str]:
    """The environment of a run: a store of its own, and bytecode kept, as it is where packages are installed."""
    found = os.environ | ({"ENTREPOT_STORE": str(store)} if store else {})
    found.pop("PYTHONDONTWRITEBYTECODE", None)
    return found


def run(command: list[str], store: Path | None = None, look: Callable[[int], None] | None = None) -> Spent:
    """Run a command to its end.

    Args:
        command: what to run.
        store: where it keeps its lists.
        look: called ten times a second with the id of its group of processes.

    Raises:
        RuntimeError: it failed; the message holds what it said.
    """
    launch = [sys.executable, "-S", "-c", _LAUNCH, *command]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        launch, env=environment(store), start_new_session=True, text=True, stdout=pipe, stderr=pipe
    ) as child:
        while look is not None and child.poll() is None:
            look(child.pid)
            time.sleep(_LOOK_SECONDS)
        out, said = child.communicate()
    code, cpu, wall, memory = json.loads(out)
    if code:
        raise RuntimeError(f"{command[-3:]} ended with {code}: {said[-500:]}")
    return Spent(cpu, wall, memory)
