"""What became of a case: read, refused by an error of ours, or a fault; under a limit of time and one of memory."""

from __future__ import annotations

import resource
import signal
import sys
import traceback
import warnings
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

from entrepot.core.errors import EntrepotError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

# Of the processor, not of the clock: a busy machine is no fault. Most damaged files have some hundred bytes; for each
# further SIZE bytes as many seconds again, for a report of nothing but claims takes a millisecond for each of them.
SECONDS, SIZE = 10.0, 100_000
MEMORY = 1_000_000_000  # bytes beyond what the process has when the case begins
_PAGE = resource.getpagesize()


class OverTimeError(BaseException):
    """Longer than any small file may take; no `except Exception` of a reader catches it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a case.

    Attributes:
        kind: read, refused, or the kind of the fault: error, disagreement, time, memory, left behind, crash, hang,
            command.
        what: the words of the error.
        place: where a fault arose, to tell one from another.
        trace: of a fault.
        seconds: of the processor.
        memory: bytes that were added at most.
    """

    kind: str
    what: str = ""
    place: str = ""
    trace: str = ""
    seconds: float = 0.0
    memory: int = 0

    @property
    def is_fault(self) -> bool:
        """Whether it is neither an answer nor a refusal."""
        return self.kind not in {"read", "refused"}


def judged(act: Callable[[], None], left: Path | None = None, size: int = 0) -> Verdict:
    """Run an act under the limits and judge it.

    Args:
        act: reads a file.
        left: a temporary folder that stays; nothing else may be left beside it.
        size: bytes of what is read.
    """
    began, before = process_time(), _resident()
    _forget_peak()
    kind = "read"
    error: BaseException | None = None
    try:
        with _limited(SECONDS * max(1.0, size / SIZE)), warnings.catch_warnings():
            warnings.simplefilter("error")  # a warning would reach the terminal of whoever reads the file
            act()
    except EntrepotError as exc:
        error, kind = exc, "memory" if _from_memory(exc) else "refused"
    except KeyboardInterrupt:
        raise
    except BaseException as exc:  # noqa: BLE001 - whatever breaks is looked for; a panic of Rust is no Exception
        error, kind = exc, _kind(exc)
    took, memory = process_time() - began, max(0, _peak() - before)
    if kind in {"read", "refused"} and memory > MEMORY:
        kind = "memory"
    names = {p.name for p in left.parent.iterdir()} - {left.name} if left else set()
    if kind in {"read", "refused"} and names:
        return Verdict("left behind", ", ".join(sorted(names)), seconds=took, memory=memory)
    if error is None or kind == "refused":
        return Verdict(kind, _words(error), seconds=took, memory=memory)
    trace = "".join(traceback.format_exception(error))
    return Verdict(kind, _words(error), _place(error), trace, took, memory)


def _kind(exc: BaseException) -> str:
    from fuzz.readers import DisagreementError

    if isinstance(exc, OverTimeError):
        return "time"
    if isinstance(exc, DisagreementError):
        return "disagreement"
    return "memory" if isinstance(exc, MemoryError) or _from_memory(exc) else "error"


def _from_memory(exc: BaseException) -> bool:
    """Whether an error of memory lies behind it: a reader that catches everything hides it."""
    seen: set[int] = set()
    link: BaseException | None = exc
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        if isinstance(link, MemoryError):
            return True
        link = link.__cause__ or link.__context__
    return False


def _words(exc: BaseException | None) -> str:
    return "" if exc is None else f"{type(exc).__name__}: {exc}".encode("utf-8", "backslashreplace").decode()[:400]


def _place(exc: BaseException) -> str:
    """Kind of the error, and the last line of ours that it passed."""
    ours = [f for f in traceback.extract_tb(exc.__traceback__) if "entrepot" in Path(f.filename).parts]
    at = ours[-1] if ours else None
    where = "" if at is None else f"{'/'.join(Path(at.filename).parts[-2:])}:{at.name}"
    return f"{type(exc).__name__} in {where}"


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    def over(_: int, __: FrameType | None) -> None:
        raise OverTimeError(f"more than {seconds:.0f} seconds of the processor")

    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = int(Path("/proc/self/statm").read_text().split()[0]) * _PAGE + MEMORY
    signal.signal(signal.SIGPROF, over)
    signal.setitimer(signal.ITIMER_PROF, seconds, 1.0)  # and again, where the first was lost in a __del__
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE


def _peak() -> int:
    text = Path("/proc/self/status").read_text()
    return int(text.partition("VmHWM:")[2].split()[0]) * 1024


def _forget_peak() -> None:
    with suppress(OSError):  # not everywhere may a process do so: the peak is then that of all before
        Path("/proc/self/clear_refs").write_text("5")


if sys.platform != "linux":
    raise SystemExit("the limits on memory are those of Linux")
