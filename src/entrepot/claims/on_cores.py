"""A long report held on all cores, stretch by stretch; the text says where to cut, so the number of cores does not."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from entrepot.claims.evidence.made import held_stretch
from entrepot.claims.indexed.record_index import record_index
from entrepot.claims.mentions.mentions import read_blocks, remember, stretches
from entrepot.core.runtime.workers import cores, spread
from entrepot.record.embedded import Record, load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from entrepot.claims.evidence.made import Held
    from entrepot.claims.indexed.record_index import RecordIndex
    from entrepot.claims.mentions.mentions import Line
    from entrepot.claims.model import Report

    Part = tuple[int, int]

WORTH = 3  # stretches from which on another process, which starts in some three seconds, saves as much


def held_on_cores(
    report: Report,
    record: Record,
    as_of: date | None,
    *,
    workers: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[Held] | None:
    """What `held_stretch` gives of each stretch, in order; None where one process is as fast.

    Args:
        report: as opened.
        record: what it is held against.
        as_of: leave out rows known later.
        workers: processes; 0 for as many as there are cores.
        progress: told (paragraphs done, in all).
    """
    parts = stretches(report)
    processes = min(workers or cores(), len(parts))
    return (
        _spread(report, parts, (record, as_of), processes, progress) if len(parts) >= WORTH and processes > 1 else None
    )


def _spread(
    report: Report,
    parts: list[Part],
    of: tuple[Record, date | None],
    processes: int,
    progress: Callable[[int, int], None] | None,
) -> Iterator[Held]:
    record, as_of = of
    # A worker reads the packaged record itself; of another it is sent the tables, for a mapping proxy cannot be.
    sent = None if record is load() else (dict(record.tables), dict(record.contracts))
    here = partial(_held_here, report, record_index(record, as_of))
    made = spread(parts, here=here, there=_held_there, workers=processes, held=(_hold, (report, sent, as_of)))
    for part, one in zip(parts, made, strict=True):
        assert one is not None
        found, read = one
        remember(report, *part, read)
        if progress is not None:
            progress(part[1], len(report.blocks))
        yield found


def _held_here(report: Report, index: RecordIndex, part: Part) -> tuple[Held, tuple[Line, ...]]:
    """The claims of a stretch, and its sentences, which are read but once."""
    return held_stretch(report, index, part), read_blocks(report, *part)


_held: list[tuple[Report, RecordIndex]] = []


def _hold(report: Report, sent: tuple[dict[str, Any], dict[str, Any]] | None, as_of: date | None) -> None:
    """In another process: what every stretch is held against."""
    record = load() if sent is None else Record(*map(MappingProxyType, sent))
    _held[:] = [(report, record_index(record, as_of))]


def _held_there(part: Part) -> tuple[Held, tuple[Line, ...]]:
    return _held_here(*_held[0], part)
