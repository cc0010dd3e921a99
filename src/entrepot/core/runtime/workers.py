"""Work on all cores: tasks spread over processes that end with this one, their results in the order of the tasks."""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from threading import Thread, current_thread, main_thread
from typing import TYPE_CHECKING, Any, TypeVar

from entrepot.core.errors import BadInputError
from entrepot.core.runtime.scratch import scratch
from entrepot.core.words.translate import marked, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import FrameType

    Task = TypeVar("Task")
    Made = TypeVar("Made")

_GUARD = marked(
    "Ask for one process (workers=1). A script that asks for several calls Entrepot under "
    'if __name__ == "__main__":, for each process begins by reading the script.'
)
_AHEAD = 2  # tasks handed to each other process ahead
_MOST_WAITING = 8  # results for each process that wait for one before them


def cores() -> int:
    """How many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


def spread(
    tasks: Iterable[Task | None],
    *,
    here: Callable[[Task], Made],
    there: Callable[[Task], Made],
    workers: int,
    held: tuple[Callable[..., None], tuple[Any, ...]],
) -> Iterator[Made | None]:
    """The results in the order of the tasks; of a task that is None, because it was done before, None.

    This process is one of the workers: it does what the others have no hands for.

    Args:
        tasks: taken one by one, as there is room.
        here: does a task in this process.
        there: does one in another: a function that can be imported.
        workers: processes, this one among them; two at least.
        held: what is called once in each other process, and with what: what all tasks need.

    Raises:
        BadInputError: a process ended before it was done: it was killed, or the script that asks begins it anew.
    """
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import current_process, get_context
    from multiprocessing.reduction import ForkingPickler

    if getattr(current_process(), "_inheriting", False):  # a pool begun while the script is read anew never ends
        raise RuntimeError(_GUARD)
    others = workers - 1
    waiting: deque[Future[Any]] = deque()
    with scratch() as folder:
        # By a file: into a pipe whose reader ended before it read, more than a pipe holds would be written for ever.
        needed = folder / "needed"
        with needed.open("wb") as file:
            ForkingPickler(file).dump(held)
        # Spawned, not forked: a fork copies the locks of threads that Arrow runs.
        pool = ProcessPoolExecutor(others, get_context("spawn"), _begin, (str(needed),))
        try:
            for task in tasks:
                if task is None or sum(not w.done() for w in waiting) >= _AHEAD * others:
                    done: Future[Any] = Future()
                    done.set_result(None if task is None else here(task))
                    waiting.append(done)
                else:
                    with _not_interrupted():
                        waiting.append(pool.submit(there, task))
                while len(waiting) > _MOST_WAITING * workers or (waiting and waiting[0].done()):
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as exc:
            problem = tr("a process that was begun for a part of the work ended before it was done")
            raise BadInputError(problem, remedy=tr(_GUARD)) from exc
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _not_interrupted() -> Iterator[None]:
    """Hold an interrupt back while work is handed over and workers may start; it comes when that is done.

    Ctrl-C goes to all processes of a terminal. A worker inherits that it is blocked, and so is not stopped half made;
    here another thread may receive it, so the handler waits too: a pool that is stopped half made never ends.
    """
    import signal

    if current_thread() is not main_thread() or not hasattr(signal, "pthread_sigmask"):  # the latter on Windows
        yield
        return
    came: list[tuple[int, FrameType | None]] = []
    handler = signal.signal(signal.SIGINT, lambda *told: came.append(told))
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        signal.signal(signal.SIGINT, handler)
    if came and callable(handler):
        handler(*came[0])


def _begin(needed: str) -> None:
    """In another process, before its first task."""
    import pickle

    ends_with_parent()
    hold, held = pickle.loads(Path(needed).read_bytes())  # noqa: S301 - what this very run has written
    hold(*held)


def ends_with_parent() -> None:
    """In another process: Ctrl-C is the parent's to answer, and a parent that was killed ends this process too.

    It would wait for work for ever, or do it for nobody.
    """
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
