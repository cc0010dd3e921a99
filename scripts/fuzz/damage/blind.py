"""Damage that knows nothing of what the bytes mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

_SPAN = 64  # bytes of most pieces; a few are as long as the file
_REPEATED = 150_000  # bytes of a piece repeated: a reader that takes time by the square of it takes minutes

TOKENS = (
    b"\0", b"\r", b"\n", b"\r\n", b"\x85", b'"', b'""', b"'", b",", b";", b"\t", b"|", b" ", b"=1+1", b"@SUM(A1)",
    b"=cmd|' /C calc'!A0", b"<", b">", b"&", b"&#0;", b"{", b"}", b"[", b"]", b"\\", b"\\u0000", b"\\ud800",
    b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80",
    b"\x1a", b"\x1b[31m", b"\x7f", b"\x9b", "\u202e".encode(), "\u2028".encode(), "\u200b".encode(),
    "\ufeff".encode(), "\ufffd".encode(), "\u0130\u1e9e".encode(), "e\u0301".encode(), "\U0001f469\u200d".encode(),
    b"1e999", b"-1", b"-0", b"NaN", b"inf", b"0x10", b"1_000", b"null", b"true", b"PK\x03\x04", b"PK\x05\x06",
    b"\x1f\x8b\x08", b"PAR1", b"%PDF-1.7", b"<?xml", b"<!DOCTYPE", b"9" * 400, b"\x80\x00\x00\x00", b"\xff" * 8,
)  # fmt: skip


def _at(draw: Random, data: bytes) -> int:
    return draw.randrange(len(data) + 1)


def _span(draw: Random, data: bytes) -> tuple[int, int]:
    start = _at(draw, data)
    most = len(data) if draw.random() < 0.1 else _SPAN
    return start, min(len(data), start + draw.randint(1, max(1, most)))


def flip(draw: Random, data: bytes) -> bytes:
    """One bit turned."""
    if not data:
        return data
    at = draw.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << draw.randrange(8))]) + data[at + 1 :]


def put(draw: Random, data: bytes) -> bytes:
    """Bytes put in: a token that means something to some format, or chance."""
    at = _at(draw, data)
    new = draw.choice(TOKENS) if draw.random() < 0.8 else draw.randbytes(draw.randint(1, 20))
    return data[:at] + new + data[at:]


def overwrite(draw: Random, data: bytes) -> bytes:
    """Bytes written over others."""
    at, new = _at(draw, data), draw.choice(TOKENS)
    return data[:at] + new + data[at + len(new) :]


def drop(draw: Random, data: bytes) -> bytes:
    """A piece left out."""
    start, end = _span(draw, data)
    return data[:start] + data[end:]


def double(draw: Random, data: bytes) -> bytes:
    """A piece twice."""
    start, end = _span(draw, data)
    return data[:end] + data[start:end] + data[end:]


def move(draw: Random, data: bytes) -> bytes:
    """A piece in another place."""
    start, end = _span(draw, data)
    rest = data[:start] + data[end:]
    at = _at(draw, rest)
    return rest[:at] + data[start:end] + rest[at:]


def cut(draw: Random, data: bytes) -> bytes:
    """The beginning alone, or the end."""
    at = _at(draw, data)
    return data[:at] if draw.random() < 0.8 else data[at:]


def repeat(draw: Random, data: bytes) -> bytes:
    """A piece many times."""
    start, end = _span(draw, data)
    times = draw.choice((10, 100, _REPEATED)) if end > start else 0
    return data[:end] + (data[start:end] * min(times, _REPEATED // max(1, end - start))) + data[end:]


def swap(draw: Random, data: bytes) -> bytes:
    """One byte in place of another, everywhere."""
    marks = b',";\n<>{}[]0aZ-/=\t|\r\0 '
    return data.replace(bytes([draw.choice(marks)]), bytes([draw.choice(marks)]))


def splice(draw: Random, data: bytes, other: bytes) -> bytes:
    """The beginning of one file and the end of another."""
    return data[: _at(draw, data)] + other[_at(draw, other) :]


ACTS = (flip, flip, put, put, overwrite, drop, drop, double, move, cut, repeat, swap)
