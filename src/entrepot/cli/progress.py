"""What a long command shows on a terminal, on stderr; nothing where the output is piped."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


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
            if done % _EVERY == 0 or total < _EVERY:
                shown.update(task, completed=done, total=total)

        try:
            yield advance
        finally:
            shows.cancel()


@contextmanager
def download() -> Iterator[Callable[[str], Callable[[int, int | None], None] | None]]:
    """Bars of bytes after two seconds; yields what opens one by its name, told (so far, in all)."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        begun = time.monotonic()

        def opened(name: str) -> Callable[[int, int | None], None]:
            task = shown.add_task(name, total=None, visible=False)

            def advance(done: int, total: int | None) -> None:
                shown.update(task, completed=done, total=total, visible=time.monotonic() - begun > _PATIENCE)

            return advance

        yield opened
