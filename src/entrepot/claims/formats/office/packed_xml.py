"""XML packed in a ZIP, as word processors write it, by zipfile and expat; refused where damaged, locked or a bomb."""

from __future__ import annotations

import io
import lzma
import struct
import warnings
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.parsers import expat

from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import marked, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from entrepot.claims.formats.parts import Parts

OLE = b"\xd0\xcf\x11\xe0"  # how an old Office file begins, and one under a password
LARGEST = 200_000_000  # bytes of one part unpacked: twenty times the text that is read
_BOMB = marked("unpacks to more than 200 MB")
# What a file says of itself: the names of Word, then those of OpenDocument.
_NAMES = {
    "dc:title": "title",
    "dc:creator": "author",
    "dcterms:created": "created",
    "dcterms:modified": "modified",
    "meta:initial-creator": "author",
    "meta:creation-date": "created",
    "dc:date": "modified",
}


class _RefusedError(Exception):
    """A document type declaration, which such a file never has."""


# What a damaged archive makes the standard library raise; fuzzing found each.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, expat.ExpatError, _RefusedError, struct.error, EOFError, OSError,
    NotImplementedError, RuntimeError, ValueError, KeyError, OverflowError, UserWarning,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Packed:
    """An open archive.

    Attributes:
        names: of its parts.
    """

    archive: zipfile.ZipFile
    origin: str
    names: frozenset[str]

    def part(self, name: str) -> bytes:
        """The bytes of a part.

        Raises:
            UnreadableFileError: encrypted, or larger than `LARGEST`.
        """
        info = self.archive.getinfo(name)
        if info.flag_bits & 1:
            raise UnreadableFileError(self.origin, tr("encrypted"), remedy=tr("Save it without a password."))
        with self.archive.open(info) as part:
            data = part.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise UnreadableFileError(self.origin, tr(_BOMB), remedy=tr("Save its text as a file of its own."))
        return data


@contextmanager
def opened(data: bytes, origin: str, body: str, allowed: str) -> Iterator[Packed]:
    """The archive of a file, and what goes wrong in reading it said in words.

    Args:
        data: the bytes.
        origin: what a message calls the file.
        body: the part without which it is no such file.
        allowed: what it was expected to be.

    Raises:
        UnreadableFileError: not such a file, or damaged.
    """
    try:
        with warnings.catch_warnings(), zipfile.ZipFile(io.BytesIO(data)) as archive:
            warnings.simplefilter("error")  # parts that overlap are warned of, as of a bomb
            names = frozenset(archive.namelist())
            if body not in names:
                raise UnreadableFileError(origin, tr("no {body} in it", body=body), allowed=allowed)
            yield Packed(archive, origin, names)
    except _BROKEN as exc:
        why = tr("holds a document type declaration") if isinstance(exc, _RefusedError) else tr("damaged")
        raise UnreadableFileError(
            origin,
            tr("cannot be read as {allowed}: {why}", allowed=allowed, why=why),
            remedy=tr("Open it and save it again."),
        ) from exc


def read(
    data: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    characters: Callable[[str], object] | None = None,
) -> None:
    """Read XML element by element; text comes joined, and a document type declaration is refused."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise _RefusedError

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, characters
    parser.Parse(data, True)


def properties(data: bytes, found: Parts) -> None:
    """Title, author and dates as the program wrote them."""
    here: list[str] = []
    text: list[str] = []

    def start(name: str, _: dict[str, str]) -> None:
        here.append(name)
        text.clear()

    def end(name: str) -> None:
        if name in _NAMES:
            found.say(_NAMES[name], "".join(text))
        here.pop()

    read(data, start, end, text.append)
