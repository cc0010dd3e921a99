"""One thread for linear algebra, where matrices are small: more of them only wait for each other."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_ASKED = "OPENBLAS_NUM_THREADS"


def one_thread() -> None:
    """Ask the library under numpy for one thread, unless the person has said how many.

    Only before numpy is imported does it hear: call it first in a command. A brief with series of 27 to 32 reports took
    29 s of processor time with two threads and 8.5 s with one.
    """
    os.environ.setdefault(_ASKED, "1")


@contextmanager
def small_matrices() -> Iterator[None]:
    """As `one_thread`, for as long as it lasts, whoever imported numpy before: a caller from Python too.

    By threadpoolctl, which finds the libraries that the process has loaded: a millisecond each time.
    """
    if _ASKED in os.environ:
        yield
        return
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1, user_api="blas"):
        yield
