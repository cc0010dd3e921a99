"""What every format hands over: parts of text in order, the file's own words about itself, and what was left out."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from entrepot.core.words.translate import marked
from entrepot.intake.decode import decode, encoding_note

_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡§]{1,3}|[a-z])[\])]?")
_POWER = re.compile(
    r"(?:(?<![\d.,])(?:10|2)|(?<![^\W\d_])(?:[kcdm]?m|ft|in|mi|[A-Z]))\s*\Z"
)  # 10⁶, km², CO₂ written high
_SPACE = re.compile(r"[ \t\r\n\f\v\u00a0]+")


# What is counted where it is left out, as it is said to people.
NOTE_MARK, HEAD_OR_FOOT = marked("mark of a note"), marked("head or foot of pages")
CONTENTS, COMMENT, ATTACHMENT = marked("table of contents"), "comment", "attachment"
DELETED, DESCRIPTION = "deleted", marked("description in the head of the file")
QUOTED, CONSENT, READERS = marked("quoted mail"), marked("question for consent"), marked("comments of readers")


def is_note_mark(raised: str, before: str) -> bool:
    """Whether what stands raised behind a text is the mark of a note: "year.¹" is not the figure 1, nor a power.

    Args:
        raised: the raised text.
        before: the text before it, on its line.
    """
    said = raised.strip()
    marks = _MARK.fullmatch(said) is not None and not (len(said) == 1 and said.isalpha())
    return marks and _POWER.search(before) is None


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, heading, item, cell or note, with where it stood in the file.

    A cell has its headings, and the sign with which its column writes decimals, where that tells.
    """

    text: str
    kind: str = "paragraph"
    origin: str = ""
    context: str = ""
    decimal: str = ""


@dataclass(slots=True)
class Parts:
    """The parts of a file as they are found."""

    parts: list[Part] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    compounds: frozenset[str] = frozenset()  # words with a hyphen that stand on one line of the file

    def add(self, text: str, kind: str = "paragraph", origin: str = "") -> None:
        """Add a part with its white space run together; an empty one is no part."""
        text = _SPACE.sub(" ", text).strip()
        if text:
            self.parts.append(Part(text, kind, origin))

    def decoded(self, data: bytes, origin: str, encoding: str | None) -> str:
        """The text of the file, by the rules of `intake`; that an encoding was found by the text alone is noted.

        Raises:
            BadInputError: no such encoding.
            UnreadableFileError: the bytes are not text in it.
        """
        text, found = decode(data, origin, encoding or "")
        self.notes += encoding_note(found, encoding or "")
        return text

    def say(self, key: str, value: str | None) -> None:
        """Keep what the file says of itself; the first word stands."""
        value = _SPACE.sub(" ", value or "").strip()
        if value:
            self.metadata.setdefault(key, value)
