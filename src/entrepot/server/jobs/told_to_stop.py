"""A process that is told to end: KeyboardInterrupt, as the command line has it, but not within an import."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import CodeType, FrameType


def told_to_stop(run: CodeType) -> None:
    """Have SIGTERM raise KeyboardInterrupt in a run; within an import, which some libraries abort over, end at once.

    Args:
        run: the code that runs.
    """

    def interrupt(_number: int, frame: FrameType | None) -> None:
        while frame is not None and frame.f_code is not run:
            if frame.f_code.co_filename.startswith("<frozen importlib"):
                sys.stderr.flush()
                signal.signal(signal.SIGTERM, signal.SIG_DFL)
                signal.raise_signal(signal.SIGTERM)
            frame = frame.f_back
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's to answer
