"""Damage to PDF: numbers, references, names, streams and the table of objects."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fuzz.damage.odd import NUMBERS, TEXTS_ODD

if TYPE_CHECKING:
    from random import Random

_NUMBER = re.compile(rb"(?<![\w.])-?\d+\.?\d*")
_REFERENCE = re.compile(rb"\d+ \d+ R")
_NAME = re.compile(rb"/\w+")
_OBJECT = re.compile(rb"\d+ \d+ obj.*?endobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_NAMES = (
    b"/Encrypt", b"/Filter/FlateDecode", b"/Kids", b"/Parent", b"/Type", b"/Length", b"/ObjStm", b"/XRef",
    b"/JBIG2Decode", b"/Filter[/ASCII85Decode/LZWDecode]", b"/ToUnicode",
    b"/Identity-H", b"/Count", b"/Prev", b"/F1", b"/DCTDecode",
)  # fmt: skip
_MARKS = (b"(", b")", b"<<", b">>", b"[", b"]", b" Tj", b" TJ", b" cm", b" Do", b" BT ", b" ET ", b" q " * 300, b" Td ")


def _put(draw: Random, data: bytes, found: re.Pattern[bytes], new: bytes, group: int = 0) -> bytes:
    places = list(found.finditer(data))
    if not places:
        return data
    one = draw.choice(places)
    return data[: one.start(group)] + new + data[one.end(group) :]


def number(draw: Random, data: bytes) -> bytes:
    """An odd number."""
    return _put(draw, data, _NUMBER, draw.choice((*NUMBERS, "0", "1", "2", "3", "4", "2147483647")).encode())


def reference(draw: Random, data: bytes) -> bytes:
    """A reference to another object, or to none."""
    return _put(draw, data, _REFERENCE, b"%d 0 R" % draw.choice((0, 1, 2, 3, 4, 5, 999_999)))


def name(draw: Random, data: bytes) -> bytes:
    """Another name."""
    return _put(draw, data, _NAME, draw.choice(_NAMES))


def thing(draw: Random, data: bytes) -> bytes:
    """An object left out, doubled or in another's place."""
    found = _OBJECT.findall(data)
    return _put(draw, data, _OBJECT, draw.choice((b"", *found, found[0] * 2)) if found else b"")


def stream(draw: Random, data: bytes) -> bytes:
    """Other marks or words in a stream; its length is then no longer as said."""
    odd = draw.choice(TEXTS_ODD).encode("utf-8", "replace")
    found = _STREAM.search(data)
    held = found[1] if found else b""
    at = draw.randrange(len(held) + 1)
    return _put(draw, data, _STREAM, held[:at] + draw.choice((*_MARKS, odd)) + held[at:], 1)


ACTS = (number, number, reference, name, thing, stream, stream)
