"""Older mail that an answer quotes below its own text: another's words, left out and counted.

Mail programs set its sender, day, addressee and subject above it, as paragraphs like any other; or a line that says so.
What is sent on is the report itself and is read: under a subject that says so, or below nothing of one's own.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from entrepot.claims.formats.parts import QUOTED
from entrepot.claims.wordlists import rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.claims.formats.parts import Part, Parts

_MOST_PARTS = 14  # in which the head of a mail stands: seven fields, each name in a cell of its own
_LONGEST = 1_000  # characters of a part that are looked at: addressees may be many, and stand behind the day
_FIELDS = 2  # beside the sender that tell a head: one alone may be any line with a colon
_OWN = 100  # characters of what is said to something sent on: more, or a figure in it, is a text of one's own
_RULE = re.compile(r"[\s_=*-]*")
_SIGNED = re.compile(r"--(?:\s|\Z)")  # a signature begins so in mail of plain text


def leave_out(found: Parts, subject: str) -> None:
    """Leave out the older mail below an answer.

    Args:
        found: the parts of a mail, its subject not among them.
        subject: of the mail; of those below it nothing tells whether they are answers.
    """
    begins = at = 0
    while at < len(found.parts):
        end = _head_ends(found.parts, at)
        if not end:
            at += 1
        elif _is_forwarded(found.parts[max(0, at - 1) : at + 1]) or _is_sent_on(found.parts[begins:at], subject):
            begins, at, subject = end, end, ""
        else:
            while at > begins and _RULE.fullmatch(found.parts[at - 1].text):
                at -= 1
            del found.parts[at:]
            found.left_out[QUOTED] += 1


def is_forwarded(text: str) -> bool:
    """Whether a text begins with the line that mail programs set above what is forwarded."""
    return re.match(rf"[\W_]*(?:begin )?(?:{_words('forwarded')})", text, re.IGNORECASE) is not None


def _is_forwarded(parts: Sequence[Part]) -> bool:
    return any(is_forwarded(part.text) for part in parts)


def _head_ends(parts: Sequence[Part], at: int) -> int:
    """Where the head of an older mail ends that begins at a part; 0: none does."""
    marker, sender, field = _patterns()
    marked = marker.match(parts[at].text)
    if marked is None and sender.match(parts[at].text) is None:
        return 0
    whole, ends = "", []
    for part in parts[at : at + _MOST_PARTS]:
        whole += part.text[:_LONGEST] + "\n"
        ends.append(len(whole))
    began = sender.match(whole, marked.end() if marked else 0)
    if began is None:
        return at + 1 if marked else 0
    seen: dict[str, int] = {}
    for found in field.finditer(whole, began.end()):
        seen.setdefault(str(found.lastgroup), found.end())
    if len(seen) < _FIELDS:
        return at + 1 if marked else 0
    last = max(seen.values())
    return at + 1 + sum(end < last for end in ends)


def _is_sent_on(own: Sequence[Part], subject: str) -> bool:
    """Whether a mail only sends on what stands below its own text."""
    said = []
    for part in own:
        if _SIGNED.match(part.text):
            break
        said.append(part.text)
    text = " ".join(said).strip()
    if not _RULE.sub("", text) or re.fullmatch(rf"\W*(?:{_words('sent_on')})\W*", text, re.IGNORECASE):
        return True
    if _begins(subject, "forward"):
        return True
    return not _begins(subject, "answer") and len(text) <= _OWN and not re.search(r"\d", text)


def _begins(line: str, means: str) -> bool:
    return re.match(rf"\W*(?:{_words(means)})(?:\[\d+\])?\s?[:：]", line, re.IGNORECASE) is not None


@cache
def _words(means: str) -> str:
    """A pattern of the words of a sort, the longest first."""
    words = {row["word"] for row in rows("mail_words") if row["means"] == means}
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """The line between two mails, the sender at the beginning of a head, and its other fields."""
    fields = "|".join(rf"(?P<{name}>{_words(name)})" for name in ("sent", "to", "subject"))
    return (
        re.compile(rf"\s*-{{2,}}\s*(?:{_words('original')})\s*-{{2,}}\s*", re.IGNORECASE),
        re.compile(rf"[^\w\n]{{0,4}}(?:{_words('from')})[*\s]{{0,2}}[:：]", re.IGNORECASE),
        re.compile(rf"(?<=\s)\*?(?:{fields})[*\s]{{0,2}}[:：]", re.IGNORECASE),
    )
