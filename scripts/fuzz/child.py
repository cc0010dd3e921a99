"""A child that reads cases: `READER NUMBER` a line on standard input, a verdict as JSON a line on standard output."""

from __future__ import annotations

import faulthandler
import json
import logging
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from entrepot.core.runtime.scratch import lasting
from fuzz.cases import case, seeds, whole
from fuzz.readers import prepare, readers
from fuzz.verdict import Verdict, judged

if TYPE_CHECKING:
    from fuzz.cases import Case
    from fuzz.readers import Reader

_COMMAND_SECONDS = 120  # of the clock: a command of a small file takes two, and the machine may be busy
_ANSWERS = (0, 2, 3)  # what a command may end with: done, bad input, as --fail-on asks


def _laid(one: Case, folder: Path) -> Path:
    """The case on the disk, in an empty folder, with an empty one beside it for what is written."""
    for name in ("given", "out"):
        shutil.rmtree(folder / name, ignore_errors=True)
    (folder / "out").mkdir()
    return one.lay(folder / "given")


def _tidied() -> None:
    """Remove what a process keeps until it ends: here a process reads thousands of files."""
    for one in lasting().iterdir():
        if one.is_dir():
            shutil.rmtree(one)


def read(reader: Reader, one: Case, folder: Path) -> Verdict:
    """Lay a case down and read it."""
    path = _laid(one, folder)
    found = judged(lambda: reader.read(path, folder / "out", one.number), lasting(), sum(map(len, one.files.values())))
    _tidied()
    return found


def by_command(reader: Reader, one: Case, folder: Path) -> Verdict:
    """The same through the command line: it ends with an answer, and prints no traceback."""
    path = _laid(one, folder)
    command = [sys.executable, "-m", "entrepot", *reader.command(path, folder / "out")]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_COMMAND_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return Verdict("command", f"more than {_COMMAND_SECONDS} s", f"hang of {command[3]}")
    said = done.stderr.decode("utf-8", "replace")
    if done.returncode not in _ANSWERS or "Traceback" in said:
        last = said.strip().splitlines()[-1:] or [""]
        return Verdict("command", f"exit {done.returncode}: {last[0][:300]}", f"{command[3]} {last[0][:60]}", said)
    return Verdict("read" if done.returncode != _ANSWERS[1] else "refused")


def _checked_seeds(reader: Reader, shelf: Path | None, folder: Path) -> None:
    """Every seed is read: else its damaged kin would all be refused at its first fault, and nothing be learnt."""
    for number, seed in enumerate(seeds(shelf)[reader.name]):
        one = whole(reader.name, seed)
        if not number:
            path = _laid(one, folder)
            with suppress(Exception):  # libraries reserve memory when they are first used: that is not the file's
                reader.read(path, folder / "out", 0)
        found = read(reader, one, folder)
        if found.kind not in {"read", "disagreement"}:
            raise SystemExit(f"{reader.name}: the seed {seed.name} is not read: {found.what}\n{found.trace}")


def main(shelf: Path | None, folder: Path) -> None:
    """Answer until there is no more input."""
    logging.disable(logging.CRITICAL)
    sys.set_int_max_str_digits(4300)
    faulthandler.enable()
    prepare()
    (folder / "temporary").mkdir()
    os.environ["TMPDIR"] = str(folder / "temporary")
    known, warm = readers(), set[str]()
    for line in sys.stdin:
        name, number, *how = line.split()
        reader = known[name]
        if name not in warm:
            _checked_seeds(reader, shelf, folder)
            warm.add(name)
        one = case(name, int(number), seeds(shelf)[name])
        found = (by_command if how else read)(reader, one, folder)
        print(json.dumps(asdict(found)), flush=True)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(Path(sys.argv[2]) if sys.argv[2] else None, Path(sys.argv[1]))
