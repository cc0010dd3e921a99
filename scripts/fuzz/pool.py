"""Children that read cases, started again when one breaks; and the count of what they found."""

from __future__ import annotations

import json
import os
import queue
import select
import shutil
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from fuzz.seeds import ROOT
from fuzz.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# Seconds of the clock after which a child is ended: several times those of the processor that `verdict` allows, of
# which a loop inside a library of C does not hear. The first case of a reader waits for its imports and its seeds.
_PATIENCE = 240.0
_READ_BEFORE_NEW = 4_000  # cases of a child: what libraries keep is then given back
# One thread a library: the limit on memory counts what threads reserve, and the children share the cores.
_THREADS = ("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Asked:
    """A case to be read, through the command line where `by_command`."""

    reader: str
    number: int
    by_command: bool = False


@dataclass(slots=True)
class Tally:
    """What one reader did with its cases."""

    verdicts: Counter[str] = field(default_factory=Counter)
    commands: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    memory: int = 0

    def take(self, asked: Asked, found: Verdict) -> None:
        """One more verdict."""
        self.verdicts[found.kind] += 1
        self.commands += asked.by_command
        self.seconds += found.seconds
        self.slowest, self.memory = max(self.slowest, found.seconds), max(self.memory, found.memory)

    @property
    def faults(self) -> int:
        """How many cases were neither read nor refused."""
        return sum(n for kind, n in self.verdicts.items() if Verdict(kind).is_fault)


class _Child:
    """A process that answers one case at a time."""

    def __init__(self, shelf: Path | None) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the child
        command = [sys.executable, "-m", "fuzz.child", str(self._folder), str(shelf or "")]
        paths = os.pathsep.join(map(str, (ROOT / "src", ROOT / "scripts")))
        home = {"HOME": str(self._folder), "ENTREPOT_STORE": str(self._folder / "store"), "PYTHONPATH": paths}
        settings = {**os.environ, **dict.fromkeys(_THREADS, "1"), **home, "MALLOC_ARENA_MAX": "2", "PYTHONUTF8": "1"}
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=self._errors, env=settings)
        self.done = 0

    def ask(self, asked: Asked) -> Verdict:
        """The verdict on a case; a child that breaks or hangs is one too, and of no further use."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        line = f"{asked.reader} {asked.number}{' command' if asked.by_command else ''}\n"
        self.done += 1
        try:
            self._process.stdin.write(line.encode())
            self._process.stdin.flush()
            if not select.select([self._process.stdout], [], [], _PATIENCE)[0]:
                return Verdict("hang", f"no answer in {_PATIENCE:.0f} s", f"hang of {asked.reader}")
            answer = self._process.stdout.readline()
        except BrokenPipeError:
            answer = b""
        return Verdict(**json.loads(answer)) if answer else self._crashed()

    def _crashed(self) -> Verdict:
        code = self._process.wait()
        self._errors.seek(0)
        said = self._errors.read().decode("utf-8", "replace")[-4_000:]
        last = next((x for x in reversed(said.splitlines()) if x.strip()), "")
        return Verdict("crash", f"exit {code}: {last[:300]}", f"exit {code}: {last[:60]}", said)

    def end(self) -> None:
        """End it, whatever it does, and remove its folder."""
        self._process.kill()
        self._process.communicate()
        self._errors.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def run(
    asked: Iterable[Asked], shelf: Path | None, jobs: int, told: Callable[[Asked, Verdict], None]
) -> dict[str, Tally]:
    """Have cases read.

    Args:
        asked: the cases.
        shelf: the data shelf; None for seeds constructed here alone.
        jobs: children at a time.
        told: called with each verdict, one at a time.

    Returns:
        Reader to what it did.
    """
    waiting: queue.SimpleQueue[Asked] = queue.SimpleQueue()
    for one in asked:
        waiting.put(one)
    tallies: dict[str, Tally] = {}
    lock = threading.Lock()

    def work() -> None:
        child = None
        try:
            while True:
                one = waiting.get_nowait()
                child = child or _Child(shelf)
                found = child.ask(one)
                with lock:
                    tallies.setdefault(one.reader, Tally()).take(one, found)
                    told(one, found)
                if found.kind in {"crash", "hang"} or child.done >= _READ_BEFORE_NEW:
                    child.end()
                    child = None
        except queue.Empty:
            pass
        finally:
            if child:
                child.end()

    threads = [threading.Thread(target=work, daemon=True) for _ in range(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return dict(sorted(tallies.items()))
