"""Messages between systems under the name of a table: EDIFACT, X12, TRADACOMS, IDoc, XML. Their first characters tell.

Read as a table, each line of such a message is a cell, and no party in it is met.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from entrepot.intake.unpack import Content

_LOOKED_AT = 4096  # bytes in which a message shows what it is
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")  # of encodings
# How each begins: the mark of an X12 message is followed by its separator, that of EDIFACT by a plus or six characters.
_BEGINS = {
    "EDI (EDIFACT)": re.compile(rb"UNB\+|UNA.{6}\s*UN[BGH]", re.DOTALL),
    "EDI (X12)": re.compile(rb"ISA([^\w\s])\d\d\1"),
    "EDI (TRADACOMS)": re.compile(rb"STX=[A-Z]+:\d"),
    "an IDoc": re.compile(rb"EDI_DC40"),
    # An element with another or its own end behind it: headings such as <Name>,<Country> are none.
    "XML": re.compile(rb"<\?xml\s|<!DOCTYPE\s|<[A-Za-z_][\w.:-]*(?:\s[^<>]*)?>(?:\s*<[A-Za-z_!]|[^<>]*</)"),
}


def message_kind(begins: bytes) -> str:
    """What a message is called; empty for a file that is none.

    Args:
        begins: its first bytes.
    """
    head = begins[:_LOOKED_AT]
    for mark in _MARKS:
        head = head.removeprefix(mark)
    head = head.replace(b"\0", b"").lstrip()  # UTF-16 has one beside each of these characters
    return next((kind for kind, begin in _BEGINS.items() if begin.match(head)), "")


def refuse_message(file: Content) -> None:
    """Refuse a message between systems.

    Raises:
        UnreadableFileError: it is one.
    """
    if kind := message_kind(file.begins(_LOOKED_AT)):
        raise UnreadableFileError(
            file.origin,
            tr("is {kind}, a message between systems, and no table", kind=kind),
            allowed=tr("a table with a heading and a row a party"),
            remedy=tr("Export it from your system as CSV or XLSX, with a row a party or a column for each role."),
        )
