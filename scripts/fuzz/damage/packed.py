"""Damage to archives: to what is packed in them, then packed again; and to how it is packed."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    Inside = Callable[[Random, bytes, Sequence[bytes]], tuple[bytes, list[str]]]
    Act = Callable[[Random, bytes, Inside], bytes]

_DAY = (2024, 1, 1, 0, 0, 0)  # a fixed time in archives: a case is the same bytes whenever it is made
_MOST = 5_000_000  # bytes that a member is unpacked to here
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
_NAMES = (
    "xl/worksheets/sheet1.xml", "word/document.xml", "a.csv", "../a.csv", "/a.csv", "a/", "", "é.csv", "a\\b.csv",
    "__MACOSX/a.csv", "readme.txt", "country_codes_x.csv", "b.json", "c.parquet", "[Content_Types].xml", "a" * 300,
)  # fmt: skip

Members = list[tuple[str, bytes]]


def zipped(members: Members, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of members, the same bytes each time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name, _DAY), data, method)
    return out.getvalue()


def gzipped(data: bytes) -> bytes:
    """Packed by gzip, the same bytes each time."""
    return gzip.compress(data, mtime=0)


def unzipped(data: bytes) -> Members:
    """The members of a zip; none where it cannot be unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [(i.filename, archive.open(i).read(_MOST)) for i in archive.infolist()]
    except Exception:  # noqa: BLE001 - damaged before: then it is damaged blindly only
        return []


def member(draw: Random, data: bytes, inside: Inside) -> bytes:
    """What is packed is damaged, and packed again."""
    held = unzipped(data)
    if not held:
        return data
    told = [i for i, (name, _) in enumerate(held) if "sheet" in name or "document" in name or "shared" in name]
    at = draw.choice(told or range(len(held))) if draw.random() < 0.7 else draw.randrange(len(held))
    name, one = held[at]
    held[at] = (name, inside(draw, one, ())[0])
    return zipped(held)


def listing(draw: Random, data: bytes, _: Inside) -> bytes:
    """A member left out, renamed, doubled, emptied, added, exchanged with another."""
    held = unzipped(data)
    if not held:
        return data
    at, other = draw.randrange(len(held)), draw.randrange(len(held))
    match draw.choice(("drop", "rename", "double", "empty", "add", "exchange", "turn")):
        case "drop":
            del held[at]
        case "rename":
            held[at] = (draw.choice(_NAMES), held[at][1])
        case "double":
            held.append((draw.choice((held[at][0], draw.choice(_NAMES))), held[at][1]))
        case "empty":
            held[at] = (held[at][0], b"")
        case "add":
            held.append((draw.choice(_NAMES), draw.randbytes(20)))
        case "exchange":
            held[at], held[other] = (held[at][0], held[other][1]), (held[other][0], held[at][1])
        case _:
            held.reverse()
    return _quietly(held, zipfile.ZIP_DEFLATED)


def _quietly(held: Members, method: int) -> bytes:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # two members of one name are what is wanted
        return zipped(held, method)


def method(draw: Random, data: bytes, _: Inside) -> bytes:
    """Packed by another method, or said to be encrypted, or of another size than it is."""
    held = unzipped(data)
    if held and draw.random() < 0.4:
        return _quietly(held, draw.choice(_METHODS))
    at, mark = draw.choice((6, 8, 14, 18, 22, 26)), draw.choice((b"PK\x03\x04", b"PK\x01\x02"))
    start = data.rfind(mark) if draw.random() < 0.5 else data.find(mark)
    new = draw.choice((b"\x01", b"\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f", b"\x09", b"\x0c", b"\x0e"))
    return data[: start + at] + new + data[start + at + len(new) :] if start >= 0 else data


def nested(_: Random, data: bytes, __: Inside) -> bytes:
    """A zip in a zip."""
    return zipped([("inner.zip", data)])


def content(draw: Random, data: bytes, inside: Inside) -> bytes:
    """What gzip packed is damaged, and packed again."""
    try:
        plain = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, _MOST)
    except zlib.error:
        return data
    return gzipped(inside(draw, plain, ())[0])


def again(draw: Random, data: bytes, _: Inside) -> bytes:
    """Packed twice, two files after one another, something after the end, no end."""
    return draw.choice(
        (gzipped(data), data + data, data + b"\0" * 40, data + b"x", data[:-4], data[:10], data + data[:9])
    )


ZIP = (member, member, member, member, member, listing, method, nested)
GZIP = (content, content, content, content, again)
