"""Many parties on one machine: cut into parts, met on all cores, put together in their order.

Where the cuts fall depends on the input alone, so the result is the same for any number of processes, resumed or not.
See docs/design/08-bulk-screening.md.
"""

from __future__ import annotations

import gc
import os
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from threading import Thread, current_thread, main_thread
from typing import TYPE_CHECKING

from entrepot.core.runtime.garbage import COLLECTED_AFTER, seldom_collected
from entrepot.screening.matching.match import Terms, as_batch, match, wrong_codes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future
    from types import FrameType

    import pyarrow as pa

    from entrepot.lists.search_set import Searched
    from entrepot.screening.parties.parties import Parties, Party
    from entrepot.screening.runs.changed_rows import Digesting
    from entrepot.screening.runs.checkpoint import Parts

    Progress = Callable[[int, int], None]
    Made = tuple[pa.RecordBatch, list[str]]

PART = 2_000  # parties a part: half a second of work, so that little is lost where a run is killed
_WORTH_A_PROCESS = 3 * PART  # parties; starting a process takes as long as a thousand parties
_AHEAD = 2  # parts handed to each other process ahead
_MOST_WAITING = 8  # parts for each process that wait for one before them


@dataclass(frozen=True, slots=True)
class Job:
    """What is done with every part.

    Attributes:
        against: the listed names.
        terms: how parties are met.
        workers: processes; 0 for as many as there are cores.
        secret: the store's key, under which documents are compared; it stays in this process.
        on: the address of a Spark cluster that does it instead of processes here; empty for none.
    """

    against: Searched
    terms: Terms
    workers: int = 1
    secret: bytes = field(default=b"", repr=False)
    on: str = ""


def screen_parts(
    parties: Parties, job: Job, parts: Parts, progress: Progress | None = None, digesting: Digesting | None = None
) -> None:
    """Meet all parties, part by part.

    Args:
        parties: what is screened.
        job: with what, and how.
        parts: takes what each part gives; those that it recovers are not done again.
        progress: called with (parties done, parties in all).
        digesting: takes the digest of every party that goes by; None where none is kept.
    """
    done = 0
    each = parties.each() if digesting is None else digesting.passing(parties.each())
    with seldom_collected():
        for number, (size, made) in enumerate(_made(parties, each, job, parts)):
            if made is not None:
                parts.add(number, *made)
            done += size
            if progress is not None:
                progress(done, parties.party_count)


def _made(parties: Parties, each: Iterator[Party], job: Job, parts: Parts) -> Iterator[tuple[int, Made | None]]:
    """Size and result of each part in order; no result where it was recovered."""
    todo = ((batch, parts.recover(n)) for n, batch in enumerate(_cut(each)))
    if job.on:
        from entrepot.screening.on_spark.waves import spread_on_cluster

        yield from spread_on_cluster(todo, job.on, job.against, job.terms, job.secret)
        return
    workers = min(job.workers or _cores(), -(-parties.party_count // PART))
    if workers <= 1 or parties.party_count < _WORTH_A_PROCESS:
        for batch, known in todo:
            yield len(batch), None if known else _meet(as_batch(batch, job.secret), job.against, job.terms)
        return
    yield from _spread(todo, job, workers)


def _spread(todo: Iterator[tuple[list[Party], bool]], job: Job, workers: int) -> Iterator[tuple[int, Made | None]]:
    """This process is one of the workers: it holds the names already, and meets what the others have no hands for."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Spawned, not forked: a fork copies the locks of threads that Arrow runs.
    others = workers - 1
    pool = ProcessPoolExecutor(others, get_context("spawn"), _hold, (job.against, job.terms))
    waiting: deque[tuple[int, Future[Made] | Made | None]] = deque()
    try:
        for batch, known in todo:
            busy = sum(not _is_done(w) for _, w in waiting)
            if known:
                waiting.append((len(batch), None))
            elif busy < _AHEAD * others:
                with _not_interrupted():
                    waiting.append((len(batch), pool.submit(_meet_held, as_batch(batch, job.secret))))
            else:
                waiting.append((len(batch), _meet(as_batch(batch, job.secret), job.against, job.terms)))
            while len(waiting) > _MOST_WAITING * workers or (waiting and _is_done(waiting[0][1])):
                yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _is_done(waited: Future[Made] | Made | None) -> bool:
    return waited is None or isinstance(waited, tuple) or waited.done()


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


def _result(waited: tuple[int, Future[Made] | Made | None]) -> tuple[int, Made | None]:
    size, made = waited
    return size, made if made is None or isinstance(made, tuple) else made.result()


def _cut(each: Iterator[Party]) -> Iterator[list[Party]]:
    while batch := list(islice(each, PART)):
        yield batch


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


def _meet(batch: pa.RecordBatch, against: Searched, terms: Terms) -> Made:
    return match(batch, against, terms), wrong_codes(batch)


_held: list[tuple[Searched, Terms]] = []


def _hold(against: Searched, terms: Terms) -> None:
    """In a worker: what every part is met with, received once."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its workers
    Thread(target=_end_with_parent, daemon=True).start()
    gc.set_threshold(COLLECTED_AFTER, *gc.get_threshold()[1:])
    _held[:] = [(against, terms)]


def _end_with_parent() -> None:
    """A parent that was killed ends nobody, and its workers would wait for work for ever."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _meet_held(batch: pa.RecordBatch) -> Made:
    against, terms = _held[0]
    return _meet(batch, against, terms)
