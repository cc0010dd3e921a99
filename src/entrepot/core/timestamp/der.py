"""DER (X.690): the encoding of requests, stamps and certificates. Read strictly, so that no byte has two meanings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

# Tags of X.690 and X.680; the bit 0x20 says that a value is made of others.
BOOLEAN, INTEGER, OCTETS, NULL, OID, UTF8, TIME, SEQUENCE, SET = 0x01, 0x02, 0x04, 0x05, 0x06, 0x0C, 0x18, 0x30, 0x31
CONTEXT, MADE = 1 << 7, 0x20  # bits of a tag: it is of its context; it is made of other values (X.690, 8.1.2)
_LOW, _LONG = 0x1F, 1 << 7  # a tag of several bytes, and a length of several: X.690, 8.1.2.4 and 8.1.3.5
_MOST_LENGTH_BYTES = 4  # 4 GB: far more than is ever read here


class DerError(ValueError):
    """Bytes that are not DER, or other than expected; its argument is a clause for a message."""


@dataclass(frozen=True, slots=True)
class Node:
    """A value with its tag.

    Attributes:
        tag: the tag, one byte.
        content: what stands in it.
        raw: tag, length and content.
    """

    tag: int
    content: bytes
    raw: bytes

    def parts(self) -> Parts:
        """The values in it.

        Raises:
            DerError: it holds something else.
        """
        return Parts(self.content)

    def number(self) -> int:
        """A whole number.

        Raises:
            DerError: it is none, or not written in the shortest way.
        """
        data = self.content
        if not data or (len(data) > 1 and data[0] in {0, 0xFF} and (data[0] ^ data[1]) < _LONG):
            raise DerError(tr("a number is not written in the shortest way"))
        return int.from_bytes(data, signed=True)

    def oid(self) -> str:
        """The identifier of an object, dotted.

        Raises:
            DerError: it is cut, or not written in the shortest way.
        """
        arcs, arc, begins = [], 0, True
        for byte in self.content:
            if begins and byte == _LONG:
                raise DerError(tr("an identifier is not written in the shortest way"))
            arc, begins = arc << 7 | byte & 0x7F, byte < _LONG
            if begins:
                arcs.append(arc)
                arc = 0
        if not arcs or not begins:
            raise DerError(tr("an identifier is cut"))
        first = min(arcs[0] // 40, 2)  # the two first arcs share a number: X.690, 8.19.4
        return ".".join(map(str, (first, arcs[0] - 40 * first, *arcs[1:])))


class Parts:
    """Values one after the other, taken from the front."""

    def __init__(self, data: bytes) -> None:
        self._left = data

    def __bool__(self) -> bool:
        return bool(self._left)

    def take(self, *tags: int) -> Node:
        """The next value, of one of these tags; of any where none is named.

        Raises:
            DerError: there is none, or another.
        """
        node, self._left = _first(self._left)
        if tags and node.tag not in tags:
            raise DerError(
                tr("tag {tag:#04x} where {tags} is due", tag=node.tag, tags=" or ".join(f"{t:#04x}" for t in tags))
            )
        return node

    def optional(self, tag: int) -> Node | None:
        """The next value where it has this tag, else None.

        Raises:
            DerError: it is cut.
        """
        return self.take() if self._left[:1] == bytes((tag,)) else None

    def each(self, *tags: int) -> list[Node]:
        """All that is left, each of one of these tags.

        Raises:
            DerError: one is another.
        """
        found = []
        while self:
            found.append(self.take(*tags))
        return found

    def end(self) -> None:
        """Nothing is left.

        Raises:
            DerError: something is.
        """
        if self:
            raise DerError(tr("{count} bytes more than are due", count=len(self._left)))


def whole(data: bytes, tag: int) -> Node:
    """The one value that data is.

    Raises:
        DerError: it is none, or another, or something follows.
    """
    parts = Parts(data)
    node = parts.take(tag)
    parts.end()
    return node


def written(tag: int, content: bytes | Iterable[bytes]) -> bytes:
    """A value with its tag and length."""
    data = content if isinstance(content, bytes) else b"".join(content)
    size = len(data)
    if size < _LONG:
        return bytes((tag, size)) + data
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes((tag, _LONG | len(length))) + length + data


def written_number(number: int) -> bytes:
    """A whole number, not negative, in the shortest way."""
    return written(INTEGER, number.to_bytes(number.bit_length() // 8 + 1))


def written_oid(dotted: str) -> bytes:
    """The identifier of an object."""
    first, second, *more = map(int, dotted.split("."))
    content = bytearray()
    for arc in (40 * first + second, *more):
        septets = [arc & 0x7F]
        while arc := arc >> 7:
            septets.append(arc & 0x7F | _LONG)
        content += bytes(reversed(septets))
    return written(OID, bytes(content))


def _first(data: bytes) -> tuple[Node, bytes]:
    """The first value and what follows."""
    if not data:
        raise DerError(tr("it ends where more is due"))
    if data[0] & _LOW == _LOW:
        raise DerError(tr("a tag of several bytes"))
    at, size = _length(data)
    if at + size > len(data):
        raise DerError(tr("it is cut: {at} bytes are missing", at=at + size - len(data)))
    return Node(data[0], data[at : at + size], data[: at + size]), data[at + size :]


def _length(data: bytes) -> tuple[int, int]:
    """Where the content begins, and its length: definite, and written in the shortest way."""
    said = data[1] if len(data) > 1 else None
    if said is None:
        raise DerError(tr("it ends where more is due"))
    if said < _LONG:
        return 2, said
    count = said & 0x7F
    if not count:
        raise DerError(tr("a length that is left open, as BER allows and DER does not"))
    length = data[2 : 2 + count]
    if count > _MOST_LENGTH_BYTES or len(length) < count:
        raise DerError(tr("it is cut, or a length is out of reach"))
    size = int.from_bytes(length)
    if size < _LONG or not length[0]:
        raise DerError(tr("a length that is not written in the shortest way"))
    return 2 + count, size
