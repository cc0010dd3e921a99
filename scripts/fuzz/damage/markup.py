"""Damage to XML and HTML: entities, declarations, attributes, elements, depth."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fuzz.damage.odd import NUMBERS, TEXTS_ODD

if TYPE_CHECKING:
    from random import Random

_TAG = re.compile(rb"<[^<>]*>")
_ATTRIBUTE = re.compile(rb"""\s[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*')""")
_ELEMENT = re.compile(rb"<(\w[\w:.-]*)\b[^<>]*>[^<]*(?:<(?!/?\1\b)[^<>]*>[^<]*)*</\1\s*>")
_WORDS = re.compile(rb">([^<>]+)<")
_DECLARED = re.compile(rb"""encoding\s*=\s*["'][^"']*["']|charset\s*=\s*["']?[\w-]*""")
_ENCODINGS = (b"utf-8", b"utf-16", b"iso-8859-1", b"windows-1251", b"x-none", b"us-ascii", b"gb18030", b"utf-32", b"")
_DEPTHS = (30, 300, 30_000)  # elements in one another
_ENTITIES = (
    b"&#0;", b"&#x0;", b"&#1114112;", b"&#xD800;", b"&x;", b"&amp", b"&lt;", b"&nbsp;", b"&#;", b"&#99999999999;", b"&",
    b"]]>", b"<![CDATA[x]]>", b"<![CDATA[", b"<!-- x -->", b"<!--", b"-->", b"<?x y?>", b"<?", b"</", b"<", b"<a", b">",
)  # fmt: skip
_TYPES = (
    b'<!DOCTYPE z [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    b'<!DOCTYPE z [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
    b"<!DOCTYPE html>",
    b'<!DOCTYPE z SYSTEM "z.dtd">',
    b"<!DOCTYPE z [<!ATTLIST z a CDATA 'x'>]>",
    b'<?xml version="1.0"?>',
    b'<?xml version="1.1" encoding="UTF-8"?>',
)


def _odd(draw: Random) -> bytes:
    return draw.choice((*NUMBERS, *TEXTS_ODD)).encode("utf-8", "surrogatepass")


def _replaced(data: bytes, found: re.Match[bytes], new: bytes, group: int = 0) -> bytes:
    return data[: found.start(group)] + new + data[found.end(group) :]


def entity(draw: Random, data: bytes) -> bytes:
    """An entity, or a mark of XML, somewhere between tags."""
    ends = [m.end() for m in _TAG.finditer(data)] or [0]
    at = draw.choice(ends)
    return data[:at] + draw.choice(_ENTITIES) + data[at:]


def declare(draw: Random, data: bytes) -> bytes:
    """A document type or another declaration, or an encoding that the bytes do not have."""
    found = _DECLARED.search(data)
    if found and draw.random() < 0.5:
        name = found[0].partition(b"=")[0]
        return _replaced(data, found, name + b'="' + draw.choice(_ENCODINGS) + b'"')
    at = data.find(b"?>") + 2 if data.startswith(b"<?xml") else 0
    return data[:at] + draw.choice(_TYPES) + data[at:]


def attribute(draw: Random, data: bytes) -> bytes:
    """An attribute left out, doubled, renamed, or with an odd value."""
    found = list(_ATTRIBUTE.finditer(data))
    if not found:
        return data
    one = draw.choice(found)
    name, _, value = one[0].partition(b"=")
    odd = b'="' + _odd(draw).replace(b'"', b"") + b'"'
    return _replaced(data, one, draw.choice((b"", one[0] * 2, name + b"x=" + value, name + odd, name + odd, name)))


def element(draw: Random, data: bytes) -> bytes:
    """An element left out, doubled, repeated, moved to another's place."""
    found = list(_ELEMENT.finditer(data))
    if not found:
        return data
    one, other = draw.choice(found), draw.choice(found)
    return _replaced(data, one, draw.choice((b"", one[0] * 2, one[0] * 200, other[0], one[0] + other[0])))


def tag(draw: Random, data: bytes) -> bytes:
    """A tag left out, doubled, renamed, closed at once, with a prefix, or another's."""
    found = list(_TAG.finditer(data))
    if not found:
        return data
    one, other = draw.choice(found), draw.choice(found)
    inner = one[0][1:-1]
    new = (b"", one[0] * 2, b"<x:" + inner + b">", b"<" + inner + b"/>", other[0], b"</" + inner + b">", b"<x>")
    return _replaced(data, one, draw.choice(new))


def words(draw: Random, data: bytes) -> bytes:
    """The text of an element: odd, none, or that of another; escaped so that it is still well-formed, mostly."""
    found = list(_WORDS.finditer(data))
    if not found:
        return data
    odd = _odd(draw)
    if draw.random() < 0.8:
        odd = odd.replace(b"&", b"&amp;").replace(b"<", b"&lt;")
    return _replaced(data, draw.choice(found), draw.choice((odd, odd, odd, b"", draw.choice(found)[1])), 1)


def nest(draw: Random, data: bytes) -> bytes:
    """Elements in one another, deeper than any reader needs; closed or not."""
    ends = [m.end() for m in _TAG.finditer(data)] or [0]
    at, depth, name = draw.choice(ends), draw.choice(_DEPTHS), draw.choice((b"a", b"div", b"b", b"table", b"w:p", b"x"))
    closed = b"</" + name + b">" if draw.random() < 0.7 else b""
    return data[:at] + (b"<" + name + b">") * depth + closed * depth + data[at:]


ACTS = (entity, declare, attribute, attribute, element, element, tag, tag, words, words, words, nest)
