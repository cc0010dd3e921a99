"""A run that is told to end: the interrupt is raised where code of ours runs, and never within an import.

Libraries in C++ have Python code run while they are loaded, and DuckDB's aborts the process where that code raises. So
what comes during an import waits until that is over.
"""

from __future__ import annotations

import _thread
import signal
import sys
import time
from threading import main_thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import CodeType, FrameType

_PAUSE = 0.02  # seconds between two looks whether an import is over: a person does not notice them
_IMPORTS = "<frozen importlib"  # how the files are called in which Python keeps its own code for imports


def told_to_end(run: CodeType) -> list[int]:
    """Have SIGINT and SIGTERM raise KeyboardInterrupt, so that a run that is told to end cleans up.

    Args:
        run: the code that runs the command: what imports that is no concern of the run's.

    Returns:
        A list that fills with the signals that were raised.
    """
    seen: list[int] = []

    def interrupt(number: int, frame: FrameType | None) -> None:
        if _imports(frame, run):
            # Not a Timer: a lock of `threading` may be held where the signal came.
            _thread.start_new_thread(_once_more, (number,))
            return
        seen.append(number)
        raise KeyboardInterrupt

    def not_lost(told: sys.UnraisableHookArgs) -> None:
        # It came where a library in C calls Python, and such code passes over what is raised.
        if isinstance(told.exc_value, KeyboardInterrupt) and seen:
            _thread.start_new_thread(_once_more, (seen.pop(),))
        else:
            sys.__unraisablehook__(told)

    signal.signal(signal.SIGINT, interrupt)
    signal.signal(signal.SIGTERM, interrupt)
    sys.unraisablehook = not_lost
    return seen


def _imports(frame: FrameType | None, run: CodeType) -> bool:
    """Whether the run is within an import."""
    while frame is not None and frame.f_code is not run:
        if frame.f_code.co_filename.startswith(_IMPORTS):
            return True
        frame = frame.f_back
    return False


def _once_more(number: int) -> None:
    time.sleep(_PAUSE)
    # A signal of the system, which ends a wait for a key too; `interrupt_main` only leaves a note for when it is over.
    if main := hasattr(signal, "pthread_kill") and main_thread().ident:
        signal.pthread_kill(main, number)
    else:
        _thread.interrupt_main(signal.Signals(number))
