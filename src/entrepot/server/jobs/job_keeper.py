"""Who keeps the jobs of a server: starts them one after the other, ends them, and takes up those of a killed server."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import TYPE_CHECKING

from entrepot.core.store.access import why_read_only
from entrepot.server.jobs.job_folder import CANCELLED, ENDED, INTERRUPTED, JobFolder, clear, known
from entrepot.server.verbs.verb_form import ROLE_OF

if TYPE_CHECKING:
    from pathlib import Path

_PATIENCE = 10.0  # seconds for a job that is told to end: it finishes the part of a file that it writes
MOST_WAITING = 100  # jobs: a desk asks ten a day


class JobKeeper:
    """The jobs of one store.

    Args:
        store: its folder.
    """

    def __init__(self, store: Path) -> None:
        self._store, self._turn = store, threading.Lock()
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._waiting: list[JobFolder] = []
        self._awake = threading.Event()
        self._thread: threading.Thread | None = None

    def take_up(self) -> None:
        """Take up what an earlier server left: what only asks is run again, a screening from where it was.

        What changes the store may have done so before it was cut off: it is said to be interrupted, and left.
        A store that is read only keeps them as they are.
        """
        if why_read_only(self._store):
            return
        clear(self._store)
        for job in known(self._store):
            if job.state()["state"] in ENDED:
                continue
            with job.held() as free:  # else its process outlived the server, and ends by itself
                if free and job.asked()["verb"] in ROLE_OF:
                    job.put_state(INTERRUPTED)
            if free and job.state()["state"] not in ENDED:
                self.add(job)

    def add(self, job: JobFolder) -> None:
        """Have a job run when its turn comes."""
        with self._turn:
            self._waiting.append(job)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True, name="jobs")
                self._thread.start()
        self._awake.set()

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def cancel(self, job: JobFolder) -> None:
        """End a job: one that waits does not begin, one that runs is told to end, and made to where it does not."""
        with self._turn:
            if job in self._waiting:
                self._waiting.remove(job)
                job.put_state(CANCELLED)
                return
            process = self._processes.get(job.id)
        if process is not None:
            process.terminate()
            try:
                process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if job.state()["state"] not in ENDED:
            job.put_state(CANCELLED)

    def stop(self) -> None:
        """End the process that runs; its job is taken up by the next server."""
        with self._turn:
            self._waiting.clear()
            running = list(self._processes.values())
        for process in running:
            process.kill()

    def _run(self) -> None:
        while True:
            self._awake.wait()
            with self._turn:
                job = self._waiting.pop(0) if self._waiting else None
                if job is None:
                    self._awake.clear()
                    continue
                process = subprocess.Popen(  # noqa: S603 - a fixed command, on a folder that we named
                    [sys.executable, "-m", "entrepot.server.jobs.job_run", str(job.path), str(self._store)],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                )
                self._processes[job.id] = process
            process.wait()
            with self._turn:
                del self._processes[job.id]
