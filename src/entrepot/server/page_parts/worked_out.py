"""Answers that take longer than a page may: worked out once beside the page, which says so until they are there."""

from __future__ import annotations

import os
import sys
from collections import OrderedDict
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYetError
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import BoundedSemaphore, Lock, Thread
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError, EntrepotError
from entrepot.core.words.translate import tr
from entrepot.desk.kept_brief import rests_on
from entrepot.server.refusal import STORE_HELD, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from entrepot.desk.desk import Desk

PATIENCE = 0.25  # seconds: what takes longer is said in words, for a page that stands still for 0.3 s looks broken
KEPT = 24  # answers: some megabytes each at most
LONGEST = 5  # seconds: who waits longer for the next look thinks that nothing happens
WAITING = 24  # answers that are not there yet: each holds a thread, and who asks for each day of a year asks too much
WORKERS = 2  # an answer of half a minute must not hold up another person's


class EndedError(BadInputError):
    """Somebody ended what was being worked out before its answer was there."""


@dataclass
class Work:
    """An answer that is being worked out.

    Attributes:
        future: gives it.
        step: how far it has come, as the verb said last; empty before.
        again: seconds after which a page asks again; longer the longer it takes.
        part: what is known of it already, where it tells; None before.
        ended: whether somebody ended it: at its next step it goes no further.
    """

    future: Future[Any] = field(default_factory=Future)
    step: str = ""
    again: int = 0
    part: Any = None
    ended: bool = False

    def told(self, *said: Any) -> None:
        """Note how far it has come: the name of a step, or so many of so many.

        Raises:
            EndedError: somebody ended it.
        """
        if self.ended:
            raise EndedError(tr("this was ended before its answer was there"), remedy=tr("Ask again."))
        self.step = " / ".join(f"{part:,}" if isinstance(part, int) else str(part) for part in said)

    def has(self, part: Any) -> None:
        """Note what is known already."""
        self.part = part


_works: OrderedDict[Hashable, Work] = OrderedDict()
_lock = Lock()
_turns = BoundedSemaphore(WORKERS)


def worked_out(key: Hashable, make: Callable[[Work], Any], patience: float | None = PATIENCE) -> Any:
    """The answer of a key, or how far it has come.

    Args:
        key: what the answer rests on, the day and the store among it.
        make: works it out; is given what it may tell how far it has come.
        patience: seconds to wait; None until it is there.

    Returns:
        The answer, or a `Work` where it is not there yet.

    Raises:
        EntrepotError: what the verb refused; it is asked anew the next time.
        RefusedError: too many answers are being worked out.
    """
    with _lock:
        work = _works.get(key)
        if work is None:
            _refuse_too_many()
            work = _works[key] = Work()
            # A server that is told to stop does not wait for an answer that nobody will see.
            Thread(target=_make, args=(work, make), name="page", daemon=True).start()
            while len(_works) > KEPT and (done := next((k for k, w in _works.items() if w.future.done()), None)):
                del _works[done]
        _works.move_to_end(key)
    try:
        return work.future.result(timeout=patience)
    except NotYetError:
        work.again = min(work.again + 1, LONGEST)
        return work
    except EntrepotError:
        forget(key)
        raise


def _refuse_too_many() -> None:
    """Refuse an answer where too many are being worked out.

    Raises:
        RefusedError: 503, with when to come again.
    """
    many = len([work for work in _works.values() if not work.future.done()])
    if many >= WAITING:
        thing, remedy = tr("too many answers are being worked out"), tr("Come again in a minute.")
        raise RefusedError(STORE_HELD, thing, found=many, remedy=remedy, headers={"Retry-After": "60"})


def held(key: Hashable, patience: float = PATIENCE) -> Any:
    """The answer of a key that was asked for before, or how far it has come; None where it is no longer held.

    Args:
        key: as in `worked_out`.
        patience: seconds to wait.

    Raises:
        EntrepotError: what the verb refused.
    """
    with _lock:
        work = _works.get(key)
    if work is None:
        return None
    try:
        return work.future.result(timeout=patience)
    except NotYetError:
        work.again = min(work.again + 1, LONGEST)
        return work


def is_at_work(key: Hashable) -> bool:
    """Whether the answer of a key is being worked out.

    Args:
        key: as in `worked_out`.
    """
    with _lock:
        work = _works.get(key)
    return work is not None and not work.future.done()


def leave() -> None:
    """End the process of a server without waiting for answers that nobody will see; where there is none, do nothing.

    A thread that is in a library of C++ as Python ends takes the process down with a fault.
    """
    with _lock:
        waiting = any(not work.future.done() for work in _works.values())
    if waiting:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)


def rested(desk: Desk, *, scans: bool = False) -> tuple[str, ...]:
    """What an answer rests on beside what is asked: the day, the store, and what that lays over the record.

    Args:
        desk: whose store.
        scans: whether the answer tells of scans that are kept. A page that makes one and rested on them would never
            find its own answer.
    """
    return (datetime.now(UTC).date().isoformat(), str(desk.store), *rests_on(desk.store, scans=scans))


def _make(work: Work, make: Callable[[Work], Any]) -> None:
    """Work an answer out when its turn comes."""
    with _turns:
        try:
            work.told()
            work.future.set_result(make(work))
        except BaseException as exc:  # noqa: BLE001 - whoever asks for the answer is told
            work.future.set_exception(exc)


def end(key: Hashable) -> None:
    """End what is being worked out at its next step, and drop it; an answer that is there stays.

    Args:
        key: as in `worked_out`.
    """
    with _lock:
        work = _works.get(key)
        if work is not None and not work.future.done():
            work.ended = True
            del _works[key]


def stop(key: Hashable, patience: float) -> bool:
    """End what is being worked out at its next step, and wait until it goes no further; who looks meanwhile sees it.

    Args:
        key: as in `worked_out`.
        patience: seconds to wait for that.

    Returns:
        Whether it goes no further. An answer that is there, or that was past its last step, stays.
    """
    with _lock:
        work = _works.get(key)
    if work is None:
        return True
    work.ended = True
    with suppress(NotYetError):
        return isinstance(work.future.exception(timeout=patience), EntrepotError)
    return False


def forget(key: Hashable) -> None:
    """Drop an answer: what it rests on has changed."""
    with _lock:
        _works.pop(key, None)
