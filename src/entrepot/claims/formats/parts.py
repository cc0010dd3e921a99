"""What every format hands over: parts of text in order, the file's own words about itself, and what was left out."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass, field

from entrepot.core.errors import UnreadableFileError

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SPACE = re.compile(r"[ \t\r\n\f\v\u00a0]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, heading, item, cell or note, with where it stood in the file."""

    text: str
    kind: str = "paragraph"
    origin: str = ""


@dataclass(slots=True)
class Parts:
    """The parts of a file as they are found."""

    parts: list[Part] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    def add(self, text: str, kind: str = "paragraph", origin: str = "") -> None:
        """Add a part with its white space run together; an empty one is no part."""
        text = _SPACE.sub(" ", text).strip()
        if text:
            self.parts.append(Part(text, kind, origin))

    def say(self, key: str, value: str | None) -> None:
        """Keep what the file says of itself; the first word stands."""
        value = _SPACE.sub(" ", value or "").strip()
        if value:
            self.metadata.setdefault(key, value)


def decode(data: bytes, origin: str, encoding: str | None = None) -> str:
    """The text of bytes: by its mark, by the encoding given, else UTF-8.

    Raises:
        UnreadableFileError: the bytes are not text in that encoding; nothing is guessed.
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    name = marked or encoding or "utf-8"
    try:
        return data.decode(name)
    except LookupError as exc:
        raise UnreadableFileError(
            origin, f"unknown encoding {name!r}", allowed="utf-8, gb18030, cp1251 or the like"
        ) from exc
    except UnicodeDecodeError as exc:
        line = data.count(b"\n", 0, exc.start) + 1
        raise UnreadableFileError(
            origin,
            f"not text in {name}",
            line=line,
            remedy="Give its encoding with --encoding, for example gb18030 or cp1251.",
        ) from exc
