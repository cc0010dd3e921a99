"""Many parties on one machine: cut into parts, met on all cores, put together in their order.

Where the cuts fall depends on the input alone, so the result is the same for any number of processes, resumed or not.
See docs/design/08-bulk-screening.md.
"""

from __future__ import annotations

import gc
from collections import deque
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from entrepot.core.runtime.garbage import COLLECTED_AFTER, seldom_collected
from entrepot.core.runtime.workers import cores, spread
from entrepot.screening.matching.match import Terms, as_batch, match, wrong_codes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pyarrow as pa

    from entrepot.lists.search_set import Searched
    from entrepot.screening.parties.parties import Parties, Party
    from entrepot.screening.runs.changed_rows import Digesting
    from entrepot.screening.runs.checkpoint import Parts

    Progress = Callable[[int, int], None]
    Made = tuple[pa.RecordBatch, list[str]]

PART = 2_000  # parties a part: half a second of work, so that little is lost where a run is killed
_WORTH_A_PROCESS = 3 * PART  # parties; starting a process takes as long as a thousand parties


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
    if progress is not None:
        progress(done, parties.party_count)  # the first part takes seconds, and who waits wants to know of how many
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
    workers = min(job.workers or cores(), -(-parties.party_count // PART))
    if workers <= 1 or parties.party_count < _WORTH_A_PROCESS:
        for batch, known in todo:
            yield len(batch), None if known else _meet(as_batch(batch, job.secret), job.against, job.terms)
        return
    yield from _spread(todo, job, workers)


def _spread(todo: Iterator[tuple[list[Party], bool]], job: Job, workers: int) -> Iterator[tuple[int, Made | None]]:
    """On several cores; the store's key stays in this process, where every part is made ready."""
    sizes: deque[int] = deque()

    def batches() -> Iterator[pa.RecordBatch | None]:
        for batch, known in todo:
            sizes.append(len(batch))
            yield None if known else as_batch(batch, job.secret)

    here = partial(_meet, against=job.against, terms=job.terms)
    held = (_hold, (job.against, job.terms))
    for made in spread(batches(), here=here, there=_meet_held, workers=workers, held=held):
        yield sizes.popleft(), made


def _cut(each: Iterator[Party]) -> Iterator[list[Party]]:
    while batch := list(islice(each, PART)):
        yield batch


def _meet(batch: pa.RecordBatch, against: Searched, terms: Terms) -> Made:
    return match(batch, against, terms), wrong_codes(batch)


_held: list[tuple[Searched, Terms]] = []


def _hold(against: Searched, terms: Terms) -> None:
    """In a worker: what every part is met with, received once."""
    gc.set_threshold(COLLECTED_AFTER, *gc.get_threshold()[1:])
    _held[:] = [(against, terms)]


def _meet_held(batch: pa.RecordBatch) -> Made:
    against, terms = _held[0]
    return _meet(batch, against, terms)
