"""The files of parties on the desk: each in a folder of the store that is called by what the file holds."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import secrets
import shutil
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from entrepot.core import store as stores
from entrepot.core.document.hinted import Hinted, on_page
from entrepot.core.files import is_older, write_text
from entrepot.core.ids import digest
from entrepot.core.store.access import is_asked_read_only
from entrepot.core.words.translate import tr
from entrepot.server.refusal import writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from entrepot.desk.desk import Desk
    from entrepot.server.pages.page import Sent

FOLDER = "served"
_ID_DIGITS = 16  # of SHA-256, 64 bits: no two files of a desk meet by chance
_ID = re.compile(rf"[0-9a-f]{{{_ID_DIGITS}}}")
_UNSAFE = re.compile(r"[^\w.()+ -]+")
# Letters of a file's name that are kept, and of its ending: every file system takes them, and a page shows them whole.
_STEM, _ENDING = 70, 9
_BLOCK = 1_000_000  # bytes read at a time, so that a large file is never held whole
_QUOTE_SENT = "%22"  # as browsers write a quotation mark in the name of a file (WHATWG HTML, multipart/form-data)
_PART = ".part"
_LONGEST_SENDING = 86_400  # seconds, a day: what is older was cut off
# Beside what was sent: which reading of it this is, its other names, the encoding named, that it cannot be read.
_GIVEN, _READING, _NAMES, _ENCODING, _UNREAD = "given", "reading.json", "names.txt", "encoding.txt", "unread"
_NOTED = "noted.json"  # what its screening told
_BEGUN = "begun.json"  # who had it screened and when, as long as that screening is not whole
PASTED = "pasted.csv"
RECORDS = ("record.pdf", "record.html")


@dataclass(frozen=True, slots=True)
class DeskFile:
    """A file of parties.

    Attributes:
        id: of what it holds.
        folder: where it lies, with what was made of it.
    """

    id: str
    folder: Path

    @property
    def given(self) -> Path:
        """The file as it was sent."""
        return next(p for p in sorted((self.folder.joinpath(_GIVEN)).iterdir()) if p.is_file())

    @property
    def name(self) -> str:
        """What it is called."""
        return self.given.name

    @property
    def results(self) -> Path:
        """What the screening found."""
        return self.folder.joinpath("results.json")

    @property
    def mapping(self) -> Path:
        """What each column holds, as a person has confirmed it."""
        return self.folder.joinpath("columns.csv")

    @property
    def record(self) -> Path | None:
        """The record of the screening; None before there is one."""
        return next((p for n in RECORDS if (p := self.folder.joinpath(n)).is_file()), None)

    @property
    def signature(self) -> Path | None:
        """That of the record, without which nobody elsewhere can tell whether it was changed; None without one."""
        signed = self.record and self.record.with_name(f"{self.record.name}.sig")
        return signed if signed is not None and signed.is_file() else None

    @property
    def told(self) -> Path:
        """The number of the last entry of the ledger that the record tells; not there where it tells none."""
        return self.folder.joinpath("record.told")

    @property
    def noted(self) -> tuple[str, ...]:
        """What its screening told beside what it found; where that is not there, that the record tells it."""
        held = self.folder.joinpath(_NOTED)
        if held.is_file():
            return tuple(Hinted(n["said"], n["plain"]) for n in json.loads(held.read_text(encoding="utf-8")))
        from entrepot.screening.runs.run import NOT_LISTED  # what screens is not imported for the list of the desk

        return (
            tr("What was noted when this file was screened is not kept beside it: its record says it."),
            tr(NOT_LISTED),
        )

    @property
    def reading(self) -> tuple[str, int]:
        """Of which file on the desk it is another reading, and which, from 2; of the first itself its id and 1."""
        said = self.folder.joinpath(_READING)
        if not said.is_file():
            return self.id, 1
        held = json.loads(said.read_text(encoding="utf-8"))
        return str(held["of"]), int(held["number"])

    @property
    def names(self) -> tuple[str, ...]:
        """What it was called each time that it was sent, once each, the first one first."""
        held = self.folder.joinpath(_NAMES)
        more = held.read_text(encoding="utf-8").splitlines() if held.is_file() else ()
        return tuple(dict.fromkeys((self.name, *more)))

    @property
    def encoding(self) -> str:
        """The encoding that a person has named; empty where nobody had to."""
        held = self.folder.joinpath(_ENCODING)
        return held.read_text(encoding="utf-8") if held.is_file() else ""

    @property
    def is_unread(self) -> bool:
        """Whether it could not be read when it was last tried."""
        return self.folder.joinpath(_UNREAD).is_file()

    @property
    def number(self) -> int:
        """Which reading of its file it is, from 1."""
        return self.reading[1]

    @property
    def begun(self) -> Path:
        """Who had it screened, and when: there until results, record and notes are, so that a kill leaves no half."""
        return self.folder.joinpath(_BEGUN)

    @property
    def is_screened(self) -> bool:
        """Whether a whole screening of it is there, which nothing may write over."""
        return self.results.is_file() and self.record is not None and not self.begun.is_file()


@dataclass(frozen=True, slots=True)
class Staged:
    """A file that was sent and is not on the desk yet.

    Attributes:
        given: where it lies meanwhile.
        sha256: of what it holds.
        size: its bytes.
        file: what it becomes.
    """

    given: Path
    sha256: str
    size: int
    file: DeskFile


def _shelf(desk: Desk, called: str) -> Path:
    place = stores.location(None if desk.store is None else str(desk.store))
    return place.joinpath(called)


def desk_files(desk: Desk, called: str = FOLDER) -> list[DeskFile]:
    """The files on the desk, the newest first.

    Args:
        desk: the desk.
        called: the folder of the store in which they lie.
    """
    shelf = _shelf(desk, called)
    folders = [p for p in shelf.iterdir() if _ID.fullmatch(p.name)] if shelf.is_dir() else []
    return [DeskFile(p.name, p) for p in sorted(folders, key=lambda p: p.stat().st_mtime, reverse=True)]


def desk_file(desk: Desk, file_id: str, called: str = FOLDER) -> DeskFile | None:
    """The file of an id; None where there is none: an id is digits, never a path."""
    folder = _shelf(desk, called).joinpath(file_id)
    return DeskFile(file_id, folder) if _ID.fullmatch(file_id) and folder.is_dir() else None


def _nothing_around(_staged: Staged) -> AbstractContextManager[None]:
    return nullcontext()


def kept_file(
    desk: Desk,
    sent: Sent,
    around: Callable[[Staged], AbstractContextManager[None]] = _nothing_around,
    called: str = FOLDER,
) -> DeskFile:
    """A file that was sent, kept on the desk; the same file twice is one. It is there whole, or not at all.

    Args:
        desk: the desk.
        sent: the file.
        around: what is done around putting it there; what it refuses is not kept.
        called: the folder of the store in which it lies.
    """
    shelf = _shelf(desk, called)
    with writing(shelf):
        shelf.mkdir(parents=True, exist_ok=True)
    _clear(shelf)
    part = shelf.joinpath(f".{secrets.token_hex(8)}{_PART}")  # two may send files of one name at once
    given = part.joinpath(_GIVEN, safe_name(sent.name))
    try:
        held, size = hashlib.sha256(), 0
        with writing(given), _opened(given) as out:
            while block := sent.file.read(_BLOCK):
                held.update(block)
                size += out.write(block)
        file_id = held.hexdigest()[:_ID_DIGITS]
        file = DeskFile(file_id, shelf.joinpath(file_id))
        with around(Staged(given, held.hexdigest(), size, file)):
            _put(part, file.folder)
            _call_too(file, given.name)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return file


def _opened(given: Path) -> BinaryIO:
    given.parent.mkdir(parents=True)
    return given.open("wb")


def _call_too(file: DeskFile, name: str) -> None:
    """Note a name under which the same bytes were sent again: whoever sent them looks for it."""
    if name not in file.names:
        with writing(file.folder), file.folder.joinpath(_NAMES).open("a", encoding="utf-8") as out:
            out.write(f"{name}\n")


def name_encoding(file: DeskFile, encoding: str) -> None:
    """Note the encoding that a person names for a file.

    Args:
        file: the file.
        encoding: as they write it; empty for none.
    """
    with writing(file.folder):
        file.folder.joinpath(_ENCODING).write_text(encoding, encoding="utf-8")


def keep_noted(file: DeskFile, notes: Iterable[str]) -> None:
    """Keep what a screening told: a server that is started anew says it too.

    Args:
        file: the file that was screened.
        notes: each with what of it a page shows.
    """
    said = [{"said": str(note), "plain": on_page(note)} for note in notes]
    write_text(file.folder.joinpath(_NOTED), json.dumps(said, ensure_ascii=False))


def note_unread(file: DeskFile, *, is_unread: bool) -> None:
    """Note whether a file can be read, for the list of the desk; a store that cannot be written is left as it is.

    Args:
        file: the file.
        is_unread: whether it cannot.
    """
    if is_asked_read_only():
        return
    mark = file.folder.joinpath(_UNREAD)
    with suppress(OSError):
        if is_unread:
            mark.touch()
        elif mark.is_file():
            mark.unlink(missing_ok=True)


def _put(part: Path, folder: Path) -> None:
    """Put a folder in its place, unless it is there: the same file was sent before, or a moment ago."""
    if folder.is_dir():
        return
    try:
        part.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise


def _clear(shelf: Path) -> None:
    """Remove what was being sent when a server was killed."""
    for part in shelf.glob(f".*{_PART}"):
        with suppress(OSError):  # another removes it
            if is_older(part, _LONGEST_SENDING):
                shutil.rmtree(part, ignore_errors=True)


def pasted(text: str) -> bytes:
    """Pasted names as a file: rows with their headings as they are, a bare list under the heading `name`."""
    lines = [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    if any("\t" in line for line in lines):
        return "\n".join(lines).encode()
    out = io.StringIO()
    csv.writer(out).writerows([["name"], *([line.strip()] for line in lines)])
    return out.getvalue().encode()


def write_mapping(file: DeskFile, rows: Sequence[Mapping[str, object]]) -> None:
    """What each column holds, for `screen`."""
    names = ("column", "heading", "holds", "of", "number")
    with writing(file.mapping), file.mapping.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, names, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def forget_columns(file: DeskFile) -> None:
    """Take away the columns that were confirmed of a file, and what a screening that broke off has left.

    Args:
        file: one of which there is no screening.
    """
    for path in file.folder.iterdir():
        if path.name in {_GIVEN, _READING, _NAMES}:
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def remove(file: DeskFile) -> None:
    """Take a file off the desk, out of sight first: one that a kill leaves half removed is none.

    Args:
        file: one of which there is no screening.
    """
    part = file.folder.with_name(f".{secrets.token_hex(8)}{_PART}")
    with writing(file.folder):
        file.folder.rename(part)
    shutil.rmtree(part, ignore_errors=True)


def another_reading(file: DeskFile, around: Callable[[DeskFile], AbstractContextManager[None]]) -> DeskFile:
    """The same file once more on the desk, for its columns to be read anew: what was screened stays as it is.

    Args:
        file: one that was screened.
        around: what is done around putting it there; what it refuses is not kept.

    Returns:
        The new one; where one waits already for its columns, that one.
    """
    of, shelf, number = file.reading[0], file.folder.parent, 2
    while (one := _nth_reading(shelf, of, number)).folder.is_dir():
        if not one.is_screened and not one.mapping.is_file():
            return one
        number += 1
    part = shelf.joinpath(f".{secrets.token_hex(8)}{_PART}")
    try:
        with writing(part):
            part.joinpath(_GIVEN).mkdir(parents=True)
            shutil.copyfile(file.given, part.joinpath(_GIVEN, file.given.name))
            part.joinpath(_READING).write_text(json.dumps({"of": of, "number": number}), encoding="utf-8")
        with around(one):
            _put(part, one.folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return one


def _nth_reading(shelf: Path, of: str, number: int) -> DeskFile:
    file_id = digest((of, str(number)), _ID_DIGITS)
    return DeskFile(file_id, shelf.joinpath(file_id))


def safe_name(name: str) -> str:
    """A name without a folder and without signs that a file system or a shell reads; quotation marks go."""
    last = name.replace("\\", "/").rpartition("/")[2]
    for mark in ('"', _QUOTE_SENT):
        last = last.replace(mark, "")
    last = _UNSAFE.sub("_", last).strip(" .")
    stem, dot, ending = last.rpartition(".")
    return f"{stem[:_STEM]}{dot}{ending[:_ENDING]}" if stem else last[:_STEM] or "parties"
