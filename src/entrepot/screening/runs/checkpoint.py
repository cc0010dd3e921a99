"""The matches of a screening, part by part: in memory, or in a folder from which a killed run is taken up again."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError
from entrepot.core.files import write_bytes, write_text
from entrepot.core.ids import WHOLE, digest
from entrepot.core.runtime import rights
from entrepot.core.words.translate import tr
from entrepot.vocabulary.regions.region_files import region_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    import pyarrow as pa

MANIFEST, _LOCK = "manifest.json", "lock"
DONE = "done.json"  # of a share (runs/shares.py): all of it is there
# What a run writes into its folder: its parts, the two above, and files that are being written (core/files.py).
_OURS = re.compile(
    r"manifest\.json|done\.json|lock|part-\d{6}\.arrow|\.(?:manifest\.json|done\.json|part-\d{6}\.arrow)\.[^.]+\.part"
)
_PRIVATE = 0o700  # matches of an unfinished run are nobody else's
_SHOWN = 60  # characters of a value in a message
_MOST_CODES = 1_000  # sentences on wrong codes that are kept; more are counted


@dataclass(slots=True)
class Parts:
    """What each part of the parties gave, in order.

    Attributes:
        folder: where the parts lie; None where they are kept in memory.
        counts: rows by kind, parties that met a listing, an owned party or a part, those that met anything, flags by
            strength.
        regions: flags by region.
        wrong_codes: sentences on credit codes that are not used, each once.
        room: told of each part's matches, to stop a run whose output cannot hold them.
    """

    folder: Path | None = None
    counts: Counter[str] = field(default_factory=Counter)
    regions: Counter[str] = field(default_factory=Counter)
    wrong_codes: dict[str, None] = field(default_factory=dict)
    room: Callable[[pa.RecordBatch], None] | None = None
    _held: list[pa.RecordBatch | Path] = field(default_factory=list)

    def add(self, number: int, matches: pa.RecordBatch, codes: Iterable[str]) -> None:
        """Take the next part; in a folder it is written whole or not at all."""
        found = list(codes)
        if self.folder is None:
            self._held.append(matches)
        else:
            path = part_file(self.folder, number)
            _write(path, matches, found)
            self._held.append(path)
        self._count(matches, found)

    def recover(self, number: int) -> bool:
        """Take a part that an earlier run finished; False where there is none."""
        return self.folder is not None and self.take(part_file(self.folder, number))

    def take(self, path: Path) -> bool:
        """Take a finished part where it lies; False where it is missing or not what was written."""
        try:
            matches, codes = _read(path)
        except (OSError, ValueError, KeyError):
            return False
        self._held.append(path)
        self._count(matches, codes)
        return True

    def _count(self, matches: pa.RecordBatch, codes: Iterable[str]) -> None:
        if self.room is not None:
            self.room(matches)
        for code in codes:
            if len(self.wrong_codes) < _MOST_CODES or code in self.wrong_codes:
                self.wrong_codes[code] = None
            else:
                self.counts["more_codes"] += 1
        wanted = ("row", "party_column", "kind", "strength", "place_id")
        rows = zip(*(matches.column(c).to_pylist() for c in wanted), strict=True)
        parties: dict[tuple[int, str], bool] = {}
        for row, column, kind, strength, place_id in rows:
            self.counts[kind] += 1
            if kind == "region":
                self.counts[f"strength {strength}"] += 1
                self.regions[region_of(place_id)] += 1
            parties[row, column] = parties.get((row, column), False) or kind != "region"
        self.counts["met"] += len(parties)
        self.counts["listed"] += sum(parties.values())

    def tables(self) -> Iterator[pa.Table]:
        """The matches, part by part."""
        import pyarrow as pa

        for held in self._held:
            yield pa.Table.from_batches([held if isinstance(held, pa.RecordBatch) else _read_again(held)])


def _read_again(path: Path) -> pa.RecordBatch:
    """The matches of a part of this very run.

    Raises:
        BadInputError: somebody changed or removed it.
    """
    try:
        return _read(path)[0]
    except (OSError, ValueError, KeyError) as exc:
        remedy = tr("Nothing is written. Screen again, without --resume.")
        raise BadInputError(tr("a part of this run was changed while it ran"), found=str(path), remedy=remedy) from exc


@contextmanager
def taken_up(folder: Path, manifest: Mapping[str, Any], *, resume: bool, stays: bool = False) -> Iterator[Parts]:
    """A folder of parts beside the output, held by one run; removed once the run is done, kept where it is stopped.

    Args:
        folder: where the parts lie.
        manifest: what decides the result; an unfinished run under another one is not taken up.
        resume: whether to take up an unfinished run; otherwise what it left is removed.
        stays: whether the folder stays when the run is done.

    Raises:
        BadInputError: another run holds the folder, or the unfinished run was of something else.
    """
    from filelock import FileLock, Timeout

    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=_PRIVATE, exist_ok=True)
        _refuse_foreign(folder)
        lock = FileLock(folder / _LOCK, timeout=0)
        lock.acquire()
    except Timeout as exc:
        remedy = tr("Wait for it, or choose another --out.")
        raise BadInputError(tr("another run is writing this output"), found=str(folder), remedy=remedy) from exc
    except OSError as exc:
        reason = exc.strerror or str(exc)
        remedy = rights.remedy(exc, folder, tr("Or choose another --out."))
        raise BadInputError(tr("cannot write ({reason})", reason=reason), found=str(folder), remedy=remedy) from exc
    try:
        if resume:
            _refuse_other(folder / MANIFEST, manifest)
        else:
            _empty(folder)
        write_text(folder / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True))
        yield Parts(folder)
    finally:
        lock.release()
    if stays:
        return
    _empty(folder)
    with suppress(OSError):  # a file of somebody else's keeps it
        (folder / _LOCK).unlink()
        folder.rmdir()


def is_left(folder: Path) -> bool:
    """Whether an unfinished run left its parts in a folder."""
    try:
        return not folder.is_symlink() and (folder / MANIFEST).is_file()
    except (OSError, ValueError):  # a name that no file can have: said where it is written
        return False


def _refuse_foreign(folder: Path) -> None:
    """Refuse a folder that is a link, or that holds something and no manifest of ours: nothing in it is touched.

    Raises:
        BadInputError: names what lies there.
    """
    remedy = tr("Move it away, or choose another --out. Nothing in it was touched.")
    if folder.is_symlink():
        raise BadInputError(tr("a link stands where the parts of this run would lie"), found=str(folder), remedy=remedy)
    others = sorted(p.name for p in folder.iterdir() if not _OURS.fullmatch(p.name) or p.is_symlink() or p.is_dir())
    if others:
        thing = tr("files that are not of a screening lie where the parts of this run would lie")
        raise BadInputError(thing, found=f"{folder}: {', '.join(others[:3])}", remedy=remedy)


def _empty(folder: Path) -> None:
    """Remove what runs of ours leave, and nothing else."""
    for path in folder.iterdir():
        if path.name != _LOCK and _OURS.fullmatch(path.name):
            with suppress(OSError):
                path.unlink()


def _refuse_other(path: Path, manifest: Mapping[str, Any]) -> None:
    """Compare with the unfinished run; where there is none, all is still to do."""
    try:
        before = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        _empty(path.parent)
        return
    except (OSError, ValueError):
        before = {}
    if said := named_differences(before, manifest):
        raise BadInputError(
            tr("the unfinished run was of something else"),
            found=said,
            remedy=tr("Give what it was given, or leave out --resume to begin anew."),
        )


def named_differences(before: Mapping[str, Any], manifest: Mapping[str, Any]) -> str:
    """What a run was of and this one is not; empty where both are of the same."""
    now = json.loads(json.dumps(manifest, default=str))
    different = [k for k in sorted({*before, *now}) if before.get(k) != now.get(k)]
    return "; ".join(
        tr("{k} was {get}, is {get_2}", k=k, get=_shown(before.get(k)), get_2=_shown(now.get(k))) for k in different
    )


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def part_file(folder: Path, number: int) -> Path:
    """Where a part lies in its folder."""
    return folder / f"part-{number:06}.arrow"


def _write(path: Path, matches: pa.RecordBatch, codes: list[str]) -> None:
    """A part, after the hash of its bytes."""
    import pyarrow as pa

    schema = matches.schema.with_metadata({"codes": json.dumps(codes)})
    held = io.BytesIO()
    with pa.ipc.new_file(held, schema) as out:
        out.write_batch(matches.replace_schema_metadata(schema.metadata))
    data = held.getvalue()
    write_bytes(path, digest(data).encode() + data)


def _read(path: Path) -> tuple[pa.RecordBatch, list[str]]:
    """A finished part.

    Raises:
        OSError, ValueError, KeyError: there is none, or it is not what was written.
    """
    import pyarrow as pa

    whole = path.read_bytes()
    data = whole[WHOLE:]
    if digest(data).encode() != whole[:WHOLE]:
        raise ValueError(f"{path.name} is not what was written")
    opened = pa.ipc.open_file(pa.BufferReader(pa.py_buffer(data)))
    codes = json.loads((opened.schema.metadata or {})[b"codes"])
    return opened.get_batch(0).replace_schema_metadata(None), codes
