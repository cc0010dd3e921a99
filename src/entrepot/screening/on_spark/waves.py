"""Parts given to a cluster in waves, and taken back in their order."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import tr
from entrepot.screening.matching.match import as_batch
from entrepot.screening.on_spark.cluster import cluster

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

    import pyarrow as pa

    from entrepot.lists.search_set import Searched
    from entrepot.screening.matching.match import Terms
    from entrepot.screening.on_spark.cluster import Workers
    from entrepot.screening.parties.parties import Party

    Made = tuple[pa.RecordBatch, list[str]]
    Wave = tuple[list[tuple[int, int | None]], "Future[dict[int, Made]] | None"]

# Of a wave: a job of Spark's takes a tenth of a second of the driver, whatever it holds, and a part a third of one of a
# worker: with 2 the driver took 1.3 s of processor time for 24,000 parties, with 8 0.8. Few enough to lose little.
_PARTS_A_SLOT = 8
_WAVES = 2  # on their way at a time: the next stands ready where the last ends
_LOOK = 5.0  # seconds after which a wave that is waited for makes one ask whether any worker is left


def spread_on_cluster(
    todo: Iterator[tuple[list[Party], bool]], master: str, against: Searched, terms: Terms, secret: bytes
) -> Iterator[tuple[int, Made | None]]:
    """Size and result of each part in order; no result where it was recovered.

    Args:
        todo: the parties of each part, and whether it was recovered.
        master: the address of the cluster.
        against: the listed names.
        terms: how parties are met.
        secret: the store's key, under which documents are compared; it stays in this process.

    Raises:
        BadInputError: the cluster cannot take part or did not do its work; parts that came back before are given.
    """
    with cluster(master, against, terms) as workers, ThreadPoolExecutor(_WAVES) as pool:
        on_their_way: deque[Wave] = deque()
        try:
            numbered = enumerate(todo)
            while wave := list(islice(numbered, _PARTS_A_SLOT * workers.slots)):
                parts = [(n, as_batch(b, secret)) for n, (b, known) in wave if not known]
                sizes = [(len(b), None if known else n) for n, (b, known) in wave]
                on_their_way.append((sizes, pool.submit(workers.meet, parts) if parts else None))
                while len(on_their_way) > _WAVES:
                    yield from _back(on_their_way.popleft(), workers)
            while on_their_way:
                yield from _back(on_their_way.popleft(), workers)
        finally:
            workers.stop_work()
            pool.shutdown(wait=True, cancel_futures=True)


def _back(wave: Wave, workers: Workers) -> Iterator[tuple[int, Made | None]]:
    sizes, future = wave
    made = {} if future is None else _waited(future, workers)
    for size, number in sizes:
        yield size, None if number is None else made[number]


def _waited(future: Future[dict[int, Made]], workers: Workers) -> dict[int, Made]:
    """What a wave gave. Spark waits for ever where no worker is left; this does not."""
    while True:
        try:
            return future.result(timeout=_LOOK)
        except TimeoutError:
            if future.done():  # it ended with an error of that name
                raise
            if workers.are_gone():
                remedy = tr(
                    "What is finished is kept beside --out: start workers, and run the same command with --resume."
                )
                found = ", ".join(workers.hosts)
                raise BadInputError(tr("no worker of the cluster is left"), found=found, remedy=remedy) from None
