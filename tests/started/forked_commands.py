"""Commands of Entrepot as a person runs them, each in a process of its own."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

# What Python and its libraries read while they start: a command given one of these gets an interpreter of its own.
AT_START = ("PYTHON", "LC_", "LANG", "OPENBLAS", "OMP_", "ARROW_", "_RJEM", "MALLOC")


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left behind."""

    code: int
    stdout: str
    stderr: str


def run_started(arguments: list[str], cwd: Path, env: dict[str, str], stdin: bytes, timeout: float) -> Ran:
    """Run a command in an interpreter that is started for it."""
    command = [sys.executable, "-m", "entrepot", *arguments]
    done = subprocess.run(command, cwd=cwd, env=env, input=stdin, capture_output=True, timeout=timeout, check=False)
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


class LoadedCommands:
    """Runs commands one after the other in forks of one process that has loaded Entrepot."""

    def __init__(self, env: dict[str, str], store: Path) -> None:
        """Start it; a new store is a copy of the file given."""
        self._asks, theirs = socket.socketpair()
        script = str(Path(__file__).with_name("loaded_commands.py"))
        with theirs:
            number = theirs.fileno()
            command = [sys.executable, script, str(number), str(store)]
            self._process = subprocess.Popen(command, env=env, pass_fds=[number])
        self._answers = self._asks.makefile("rb")
        self._one_at_a_time = threading.Lock()

    def close(self) -> None:
        self._answers.close()
        self._asks.close()
        self._process.wait(20)

    def run(self, arguments: list[str], cwd: Path, env: dict[str, str], stdin: bytes, timeout: float) -> Ran:
        """Run a command in a fork."""
        asked = json.dumps({"arguments": arguments, "cwd": str(cwd), "env": env}).encode()
        pipes = [os.pipe() for _ in range(3)]
        theirs, ours = [pipes[0][0], pipes[1][1], pipes[2][1]], [pipes[0][1], pipes[1][0], pipes[2][0]]
        said: list[bytes] = [b"", b"", b""]

        def write() -> None:
            # One that does not read its standard input has ended before all is written.
            with contextlib.suppress(BrokenPipeError), os.fdopen(ours[0], "wb") as stream:
                stream.write(stdin)

        def read(number: int) -> None:
            with os.fdopen(ours[number], "rb") as stream:
                said[number] = stream.read()

        pumps = [threading.Thread(target=write), *(threading.Thread(target=read, args=[n]) for n in (1, 2))]
        with self._one_at_a_time:
            socket.send_fds(self._asks, [asked], theirs)
            for stream in theirs:
                os.close(stream)
            for pump in pumps:
                pump.start()
            process, late = int(self._answers.readline()), threading.Event()

            def end() -> None:
                late.set()
                os.kill(process, signal.SIGKILL)

            clock = threading.Timer(timeout, end)
            clock.start()
            code = int(self._answers.readline())
            clock.cancel()
        for pump in pumps:
            pump.join()
        if late.is_set():
            raise subprocess.TimeoutExpired(["entrepot", *arguments], timeout)
        return Ran(code, said[1].decode(), said[2].decode())
