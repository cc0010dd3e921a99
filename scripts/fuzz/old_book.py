"""Workbooks of before 2007, written from Microsoft's [MS-XLS] and [MS-CFB]: the least that is one."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

Cell = str | float | tuple[str, float] | None
_SECTOR, _FREE, _END, _FAT = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SHOWN = {"date": 14, "percent": 9}  # formats that Excel has from the start: 14-6-2020, 51%
_LEAST = 4096  # bytes of a stream that lies in sectors of its own


def old_book(
    sheets: Mapping[str, Sequence[Sequence[Cell]]],
    hidden: Collection[str] = (),
    merged: Sequence[tuple[int, int, int]] = (),
    levels: Mapping[int, int] | None = None,
) -> bytes:
    """The bytes of a workbook.

    Args:
        sheets: name -> rows of cells: text, numbers, or ("date", days since 1899-12-30), ("percent", share of one).
        hidden: names of sheets that are not shown.
        merged: first row, last row and column of merged cells of each sheet, from 0.
        levels: of each sheet, row from 0 -> how deep it lies below others.
    """
    formats = b"".join(
        _record(0xE0, struct.pack("<HHHBBBBIiH", 0, f, 0, 0, 0, 0, 0, 0, 0, 0)) for f in (0, *_SHOWN.values())
    )
    head = _begin(0x05) + _record(0x42, struct.pack("<H", 1200)) + formats
    looks = b"".join(_row(at, level) for at, level in (levels or {}).items())
    joined = struct.pack("<H", len(merged)) + b"".join(struct.pack("<HHHH", a, b, c, c) for a, b, c in merged)
    looks += _record(0xE5, joined) if merged else b""
    bodies = [_begin(0x10) + looks + b"".join(_cells(rows)) + _record(0x0A) for rows in sheets.values()]
    names = [_text(n, "<B") for n in sheets]
    at = len(head) + sum(4 + 6 + len(n) for n in names) + len(_record(0x0A))
    out = head
    for name, written, body in zip(sheets, names, bodies, strict=True):
        out += _record(0x85, struct.pack("<IBB", at, int(name in hidden), 0) + written)
        at += len(body)
    return _container(out + _record(0x0A) + b"".join(bodies))


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _begin(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def _row(at: int, level: int) -> bytes:
    return _record(0x0208, struct.pack("<HHHHHHI", at, 0, 1, 255, 0, 0, level))


def _text(text: str, count: str) -> bytes:
    return struct.pack(count, len(text)) + b"\x01" + text.encode("utf-16-le")


def _cells(rows: Sequence[Sequence[Cell]]) -> Iterator[bytes]:
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if isinstance(cell, str) and cell:
                yield _record(0x0204, struct.pack("<HHH", r, c, 0) + _text(cell, "<H"))
            elif isinstance(cell, tuple):
                yield _record(0x0203, struct.pack("<HHHd", r, c, 1 + list(_SHOWN).index(cell[0]), cell[1]))
            elif isinstance(cell, (int, float)):
                yield _record(0x0203, struct.pack("<HHHd", r, c, 0, cell))


def _container(stream: bytes) -> bytes:
    stream = stream.ljust(max(_LEAST, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    count = len(stream) // _SECTOR
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, 1, count, 0, _LEAST, _END, 0, _END, 0) + struct.pack("<I", count + 1)
    folder = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, 0, len(stream)) + bytes(256)
    chain = [*range(1, count), _END, _END, _FAT]
    table = struct.pack(f"<{len(chain)}I", *chain)
    return head.ljust(_SECTOR, b"\xff") + stream + folder + table.ljust(_SECTOR, b"\xff")


def _entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
    written = name.encode("utf-16-le")
    named = written.ljust(64, b"\0") + struct.pack("<H", len(written) + 2)
    return named + struct.pack("<BBIII", kind, 1, _FREE, _FREE, child) + bytes(36) + struct.pack("<IQ", first, size)
