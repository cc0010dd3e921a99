"""One thread for linear algebra, where matrices are small: more of them only wait for each other."""

from __future__ import annotations

import os


def one_thread() -> None:
    """Ask the library under numpy for one thread, unless the person has said how many.

    Only before numpy is imported does it hear: call it first in a command. A brief with series of 27 to 32 reports took
    29 s of processor time with two threads and 8.5 s with one.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
