"""Readers that break, each in a way of its own: what sees damage must see these."""

from __future__ import annotations

import os
import time
import warnings

from fuzz.readers import DisagreementError


def loop():
    while True:
        pass


def swallowed():
    try:
        bytearray(3_000_000_000)
    except MemoryError as exc:
        from entrepot.core.errors import UnreadableFileError

        raise UnreadableFileError("t", "not a workbook") from exc


def disagree():
    raise DisagreementError("held 1, in blocks 2")


def breaks():
    raise KeyError("reporter")


def warn():
    warnings.warn("a style is unknown", UserWarning, stacklevel=1)


BROKEN = {
    "error": breaks,
    "time": loop,
    "memory": lambda: bytearray(3_000_000_000),
    "memory that a reader hides": swallowed,
    "disagreement": disagree,
    "a warning": warn,
    "an exit": lambda: (_ for _ in ()).throw(SystemExit(3)),
}


def main():
    """A child that dies, and one that sleeps in a library."""
    import sys

    for line in sys.stdin:
        if "dies" in line:
            os.abort()
        time.sleep(60)


if __name__ == "__main__":
    main()
