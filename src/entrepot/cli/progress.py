"""What a long command shows on a terminal, on stderr; nothing where the output is piped."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Timer
from typing import TYPE_CHECKING

from entrepot.core.errors import printable
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import Progress


@contextmanager
def spinner(title: str) -> Iterator[Callable[[str], None]]:
    """A spinner with the step now running; yields the function that names the step."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    console = Console(stderr=True)
    with console.status(title) as status:
        yield lambda step: status.update(f"{title}: {step}")


_PATIENCE = 2.0  # seconds of work before a bar is shown
_EVERY = 200  # items between two looks at the clock, of long runs; a short one is told of each


@contextmanager
def bar(title: str) -> Iterator[Callable[[int, int], None] | None]:
    """A progress bar after two seconds of work; yields the function told (done, in all), None where nobody looks.

    Before anything is done, as while lists are prepared, it shows that the work goes on.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(title, total=None, visible=False)
        shows = Timer(_PATIENCE, lambda: shown.update(task, visible=True))
        shows.daemon = True
        shows.start()

        def advance(done: int, total: int) -> None:
            if done % _EVERY == 0 or total < _EVERY or done == total:
                shown.update(task, completed=done, total=total)

        try:
            yield advance
        finally:
            shows.cancel()


class Waits:
    """What is told of a download where nobody looks at bars: that it waits, until when, and why.

    Args:
        name: of the file.
        say: prints a line.
    """

    def __init__(self, name: str, say: Callable[[str], None]) -> None:
        self._name, self._say = name, say

    def __call__(self, done: int, total: int | None) -> None:
        """Told how many bytes came, which is shown to a person only."""

    def waits(self, why: str, seconds: float) -> None:
        """Say that it waits: a line of its own, for who reads a log sees no bar."""
        until = datetime.now().astimezone() + timedelta(seconds=seconds)
        self._say(
            printable(
                tr(
                    "{name}: {why}. Waits {seconds:,.0f} seconds, until {until}, and asks again.",
                    name=self._name,
                    why=why,
                    seconds=seconds,
                    until=f"{until:%H:%M:%S}",
                )
            )
        )


class _Bar(Waits):
    """The bar of a download, and the lines above it."""

    def __init__(self, name: str, say: Callable[[str], None], shown: Progress) -> None:
        super().__init__(name, say)
        self._shown, self._begun = shown, time.monotonic()
        self._task = shown.add_task(name, total=None, visible=False)

    def __call__(self, done: int, total: int | None) -> None:
        """Show how many bytes came."""
        is_long = time.monotonic() - self._begun > _PATIENCE
        self._shown.update(self._task, completed=done, total=total, visible=is_long)


def _line(said: str) -> None:
    sys.stderr.write(f"{said}\n")


@contextmanager
def download() -> Iterator[Callable[[str], Waits]]:
    """Bars of bytes after two seconds, to a person; waits to all. Yields what opens one by its name."""
    if not sys.stderr.isatty():
        yield lambda name: Waits(name, _line)
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        yield lambda name: _Bar(name, lambda line: shown.console.print(line, markup=False, highlight=False), shown)
