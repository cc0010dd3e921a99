"""What runs on a machine of the cluster: the very `match` of one machine, on parts that arrive as Arrow."""

from __future__ import annotations

import io
import json
import platform
from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import pyarrow as pa

    from entrepot.lists.search_set import Searched
    from entrepot.screening.matching.match import Terms
    from entrepot.screening.on_spark.sent_names import SentNames

# What a part is on its way, there and back: its number, a record batch as an Arrow stream, the wrong codes as JSON.
PART_SENT = "number long, parties binary"
PART_BACK = "number long, matches binary, codes string, refused string"
# Rooms whose code or data decide a result: a machine that has others would give other rows.
_DECIDE = tuple(f"entrepot.{r}" for r in ("core", "intake", "lists", "measures", "names", "screening", "vocabulary"))


def code_sha256() -> str:
    """The hash of the code and data that decide a result."""
    from entrepot.core.fingerprint import fingerprint

    return fingerprint(*_DECIDE)


@dataclass(frozen=True, slots=True)
class Meeting:
    """Parts of parties, met with names that were sent.

    Attributes:
        names: the files of the names.
        terms: how parties are met.
        code: the hash of the code that decides, of the machine that sends.
    """

    names: SentNames
    terms: Terms
    code: str

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Meet the parts of a partition, under PART_SENT, and give them back under PART_BACK.

        A machine that came later than the first look and has another version says so in place of matches.
        """
        import pyarrow as pa

        from entrepot.core.runtime.garbage import seldom_collected
        from entrepot.screening.matching.match import match, wrong_codes

        with seldom_collected():
            for batch in batches:
                for number, sent in zip(*(c.to_pylist() for c in batch.columns), strict=True):
                    against, fault = _held(self)
                    if against is None:
                        back = (number, b"", "[]", fault)
                    else:
                        parties = unpacked(sent)
                        codes = json.dumps(wrong_codes(parties))
                        back = (number, packed(match(parties, against, self.terms)), codes, "")
                    columns = [pa.array([v]) for v in back]
                    yield pa.RecordBatch.from_arrays(columns, ["number", "matches", "codes", "refused"])


_known: list[tuple[str, Searched | None, str]] = []  # one worker process is used for one set of names at a time


def _held(meeting: Meeting) -> tuple[Searched | None, str]:
    """The names of a meeting, read once a process; else what is wrong with this machine."""
    from pyspark import SparkFiles

    key = json.dumps([meeting.code, meeting.names.sha256], sort_keys=True)
    if not _known or _known[0][0] != key:
        if code_sha256() != meeting.code:
            _known[:] = [(key, None, tr("{node}: another version of Entrepot", node=platform.node()))]
        else:
            try:
                _known[:] = [(key, meeting.names.read(SparkFiles.get), "")]
            except (LookupError, OSError, ValueError) as exc:
                return None, f"{platform.node()}: {exc}"
    return _known[0][1:]


def packed(batch: pa.RecordBatch) -> bytes:
    """A record batch as an Arrow stream."""
    import pyarrow as pa

    held = io.BytesIO()
    with pa.ipc.new_stream(held, batch.schema) as out:
        out.write_batch(batch)
    return held.getvalue()


def unpacked(data: bytes) -> pa.RecordBatch:
    """The record batch of an Arrow stream."""
    import pyarrow as pa

    found: pa.RecordBatch = pa.ipc.open_stream(pa.py_buffer(data)).read_next_batch()
    return found


def look_of(sha256: dict[str, str]) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """What looks at a machine before work starts: what it has of Entrepot, and of what was sent.

    A function within a function, for it has to run where Entrepot is another or is not there: its code travels with it.

    Args:
        sha256: name -> hash of each file that was sent.
    """

    def look(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import json
        import platform
        from pathlib import Path

        import pyarrow as pa
        from pyspark import SparkFiles

        found = {"host": platform.node(), "version": "", "code": "", "fault": ""}
        try:
            from entrepot import __version__

            found["version"] = __version__
            from entrepot.screening.on_spark.sent_names import not_as_sent
            from entrepot.screening.on_spark.worker import code_sha256

            found["code"] = code_sha256()
            faults = (not_as_sent(Path(SparkFiles.get(name)), wanted) for name, wanted in sha256.items())
            found["fault"] = "; ".join(filter(None, faults))
        except ImportError as exc:
            found["fault"] = found["version"] and str(exc)
        for _ in batches:
            pass
        yield pa.RecordBatch.from_pydict({"seen": [json.dumps(found)]})

    return look
