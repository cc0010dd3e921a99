"""A real standalone cluster on loopback: a master and workers, each a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BEGINS_WITHIN = 180  # seconds: a Java process on a machine that others use


@dataclass
class Cluster:
    """A cluster that is running.

    Attributes:
        master: its address.
        folder: for its logs and the working folders of its workers.
        workers: the processes of its workers.
        memory: what a worker may give to what runs the parts, as Spark writes it.
    """

    master: str
    folder: Path
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    memory: str = "1g"

    def add_worker(self, **env: str) -> subprocess.Popen[bytes]:
        """Start a worker of one core; `env` stands in its environment and in that of what it runs."""
        number = len(self.workers)
        options = ["--cores", "1", "--memory", self.memory, "--host", "127.0.0.1", "--webui-port", "0"]
        options += ["--work-dir", str(self.folder / f"work{number}"), self.master]
        log = self.folder / f"worker{number}.log"
        self.workers.append(_started("org.apache.spark.deploy.worker.Worker", options, log, env))
        _said(log, r"Successfully registered with master")
        return self.workers[-1]

    def executors(self) -> list[int]:
        """The process ids of what runs the parts: started by the workers, one each."""
        found = subprocess.run(["ps", "-ww", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
        lines = [line.split(maxsplit=2) for line in found.splitlines() if "CoarseGrainedExecutorBackend" in line]
        ours = {worker.pid for worker in self.workers}
        return [int(pid) for pid, parent, _ in lines if int(parent) in ours]


@contextmanager
def cluster(folder: Path, memory: str = "1g") -> Iterator[Cluster]:
    """A master without workers; all that was started ends with the block. `memory` is that of each worker."""
    log = folder / "master.log"
    options = ["--host", "127.0.0.1", "--port", "0", "--webui-port", "0"]
    master = _started("org.apache.spark.deploy.master.Master", options, log, {})
    made = None
    try:
        made = Cluster(_said(log, r"Starting Spark master at (spark://\S+)")[1], folder, memory=memory)
        _said(log, r"I have been elected leader")
        yield made
    finally:
        for process in [*(made.workers if made else []), master]:
            process.terminate()
        for process in [*(made.workers if made else []), master]:
            process.wait(timeout=60)


def _started(of: str, options: Sequence[str], log: Path, env: dict[str, str]) -> subprocess.Popen[bytes]:
    import pyspark

    run = Path(pyspark.__file__).parent / "bin" / "spark-class"
    known = {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_NO_DAEMONIZE": "1", "PYSPARK_PYTHON": sys.executable}
    with log.open("wb") as out:
        return subprocess.Popen([run, of, *options], env=os.environ | known | env, stdout=out, stderr=out)


def _said(log: Path, pattern: str) -> re.Match[str]:
    end = time.monotonic() + _BEGINS_WITHIN
    while True:
        text = log.read_text("utf-8", errors="replace")
        if found := re.search(pattern, text):
            return found
        assert time.monotonic() < end, text[-2000:]
        time.sleep(0.1)
