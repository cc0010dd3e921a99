"""The child process that reads a PDF: bytes on standard input, JSON on standard output. See `pdf`.

python -m entrepot.claims.formats.pdf_child 1000000000
"""

from __future__ import annotations

import io
import json
import logging
import re
import sys
from contextlib import suppress
from itertools import pairwise
from statistics import median_low
from typing import TYPE_CHECKING, Any, NamedTuple

from entrepot.claims.formats.parts import is_note_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

_KEYS = {"/Title": "title", "/Author": "author", "/CreationDate": "created", "/ModDate": "modified"}

_BEFORE = 4  # pieces of text before a mark, in which the word stands that it is of
# Of the size of a line: a smaller step down is none. Of the usual step: a wider one parts paragraphs, whose space is
# half a line at least.
_LEAST, _APART = 0.5, 1.4
_LONGEST_MARK = 5  # characters: (123)
# Of the size of the text beside it: a mark is smaller than the first, and raised by between the others.
_SMALL, _LOW, _HIGH = 0.9, 0.15, 0.8


class _Piece(NamedTuple):
    """A text that is drawn at once: how high on the page, and how large."""

    text: str
    y: float
    size: float


def limit(memory: int) -> None:
    """Ask the system to refuse more memory than this; where it cannot, the time limit stands alone."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def read(data: bytes) -> dict[str, Any]:
    """Pages and metadata, or why the file is refused: encrypted, memory, damaged."""
    from pypdf import PdfReader
    from pypdf.errors import FileNotDecryptedError, LimitReachedError

    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return {"refused": "encrypted"}
        drawn = [_page(page) for page in reader.pages]
        if not drawn:
            return {"refused": "damaged"}
        pages, layouts, marks = zip(*drawn, strict=True)
        return {"pages": pages, "layouts": layouts, "marks": sum(marks), "metadata": _metadata(reader)}
    except FileNotDecryptedError:
        return {"refused": "encrypted"}
    except (MemoryError, LimitReachedError):
        return {"refused": "memory"}
    except Exception:  # noqa: BLE001 - a broken file breaks pypdf in any way, and each means the same
        return {"refused": "damaged"}


def _page(page: Any) -> tuple[str, str, int]:
    """The text of a page in the order of the file, the same as laid out, and how many marks of notes were left out."""
    pieces: list[_Piece] = []

    def visit(text: str, cm: Sequence[float], tm: Sequence[float], _font: Any, size: float) -> None:
        pieces.append(_Piece(text, tm[5] * cm[3] + cm[5], abs(size * tm[3] * cm[3])))

    text = str(page.extract_text(visitor_text=visit))
    layout = _layout(page, text)
    if "".join(p.text for p in pieces) != text:  # the pieces are not all of it: the marks stay
        return text, layout, 0
    marks = _marks(pieces)
    for at in marks:
        before = "".join(p.text for p in pieces[max(0, at - _BEFORE) : at]).split()
        mark = pieces[at].text.strip()  # as many blanks take its place, so that columns stay where they are
        layout = _without_mark(layout, before[-1] if before else "", mark)
    return _parted([p for i, p in enumerate(pieces) if i not in marks]), layout, len(marks)


def _without_mark(layout: str, near: str, mark: str) -> str:
    """A page as laid out without a mark, and the word before it whole where the mark has pulled that apart."""
    behind = rf"{re.escape(mark)}(?!\d)"
    found, count = re.subn(rf"({re.escape(near)}\s*){behind}", rf"\g<1>{' ' * len(mark)}", layout, count=1)
    if count or not near:
        return found
    apart = r"[ ]*".join(map(re.escape, near))
    return re.sub(rf"{apart}[ ]*{behind}", lambda _: near, layout, count=1)


def _parted(pieces: Sequence[_Piece]) -> str:
    """A text with a blank line where the next line is of another size, or stands further below than lines do."""
    lines: list[list[_Piece]] = [[]]
    for piece in pieces:
        for number, text in enumerate(piece.text.split("\n")):
            lines += [[]] if number else []
            lines[-1].append(piece._replace(text=text))
    drawn = [max(line, key=lambda p: len(p.text.strip())) if line else None for line in lines]
    pairs = [(a, b) for a, b in pairwise(drawn) if a and b and a.text.strip() and b.text.strip()]
    steps = [a.y - b.y for a, b in pairs if _alike(a, b) and a.y - b.y > _LEAST * b.size]
    usual = median_low(steps) if steps else 0.0
    whole = "".join(p.text for p in lines[0])
    for (a, b), line in zip(pairwise(drawn), lines[1:], strict=True):
        apart = a and b and a.text.strip() and b.text.strip()
        if apart and a and b and (not _alike(a, b) or (usual and a.y - b.y > _APART * usual)):
            whole += "\n"
        whole += "\n" + "".join(p.text for p in line)
    return whole


def _alike(a: _Piece, b: _Piece) -> bool:
    return min(a.size, b.size) >= _SMALL * max(a.size, b.size)


def _marks(pieces: Sequence[_Piece]) -> set[int]:
    """The pieces that are marks of notes: smaller than the text beside them and raised over its line."""
    drawn = [i for i, p in enumerate(pieces) if p.text.strip()]
    found = set()
    for place, at in enumerate(drawn):
        one = pieces[at]
        if len(one.text.strip()) > _LONGEST_MARK:
            continue
        beside = [pieces[drawn[i]] for i in (place - 1, place + 1) if 0 <= i < len(drawn)]
        raised = [p for p in beside if one.size < _SMALL * p.size and _LOW * p.size < one.y - p.y < _HIGH * p.size]
        before = pieces[drawn[place - 1]].text if raised and place and raised[0] is beside[0] else ""
        if raised and is_note_mark(one.text, before):
            found.add(at)
    return found


def _layout(page: Any, text: str) -> str:
    """The page with blanks where it has them, which tells columns and tables; empty where that cannot be done."""
    if not text.strip():
        return ""
    with suppress(Exception):
        return str(page.extract_text(extraction_mode="layout", layout_mode_strip_rotated=False))
    return ""


def _metadata(reader: Any) -> dict[str, str]:
    with suppress(Exception):
        return {
            name: str(reader.metadata[key]) for key, name in _KEYS.items() if reader.metadata and key in reader.metadata
        }
    return {}


if __name__ == "__main__":
    limit(int(sys.argv[1]))
    logging.disable(logging.CRITICAL)
    sys.stdout.write(json.dumps(read(sys.stdin.buffer.read())))
