"""PDF by pypdf, in a child process with 60 seconds and 1 GB: a drawn page can take minutes, or gigabytes.

A page without text is a picture: it is counted and named; a file of such pages only is refused.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any
from unicodedata import normalize

from entrepot.claims.formats import pdf_page, running_lines
from entrepot.claims.formats.parts import HEAD_OR_FOOT, NOTE_MARK, Parts
from entrepot.claims.formats.radicals import as_characters
from entrepot.claims.formats.text import compounds
from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import WordsBy, marked, ntr, tr

SECONDS = 60  # 4,000 pages of text (200 take 3 s); a drawn page can take minutes, and nobody waits longer
MEMORY = 1_000_000_000  # bytes
_LIGATURE = re.compile(r"[\ufb00-\ufb06]")
_MOST_NAMED = 10  # pages in one sentence
_RECOGNISE = marked("Recognise its characters first (OCR), then give the text.")
_REFUSED = WordsBy(
    {
        "encrypted": ("encrypted", "Save it without a password."),
        "memory": ("needs more than 1 GB to read", "Save its text as a file of its own."),
        "damaged": ("not a PDF that can be read", "Print it to PDF again, or save its text."),
    }
)


def extract(data: bytes, origin: str) -> Parts:
    """The paragraphs of a PDF, each with its page.

    Raises:
        UnreadableFileError: encrypted, damaged, without any text, or over time or memory.
    """
    answer = _child(data, origin)
    if answer.get("refused"):
        problem, remedy = _REFUSED[answer["refused"]]
        raise UnreadableFileError(origin, problem, remedy=remedy)
    found = Parts()
    for key, value in answer["metadata"].items():
        found.say(key, value)
    read = [as_characters(_whole(text)) for text in answer["pages"]]
    pages, radicals = [text for text, _ in read], sum(count for _, count in read)
    layouts = [as_characters(_whole(text))[0] for text in answer["layouts"]]
    empty = [number for number, text in enumerate(pages, 1) if not text.strip()]
    if len(empty) == len(pages):
        raise UnreadableFileError(origin, tr("no text in it: its pages are pictures"), remedy=tr(_RECOGNISE))
    if repeated := running_lines.without(pages, layouts):
        found.left_out[HEAD_OR_FOOT] += repeated
    if radicals:
        found.notes.append(
            ntr(
                radicals,
                "{count:,} radical of Chinese characters was read as its character, as in 月 for ⽉.",
                "{count:,} radicals of Chinese characters were read as their characters, as in 月 for ⽉.",
            )
        )
    if answer["marks"]:
        found.left_out[NOTE_MARK] += answer["marks"]
    found.compounds = compounds("\n".join(pages))
    for number, (text, layout) in enumerate(zip(pages, layouts, strict=True), 1):
        pdf_page.add(found, text, layout, number)
    pdf_page.join_over_breaks(found)
    if empty:
        found.left_out["page without text"] = len(empty)
        named = ", ".join(map(str, empty[:_MOST_NAMED]))
        if len(empty) > _MOST_NAMED:
            named = tr("{pages} and more", pages=named)
        found.notes.append(f"{tr('Pages without text were not read: {pages}.', pages=named)} {tr(_RECOGNISE)}")
    return found


def _whole(text: str) -> str:
    """The text with its ligatures taken apart: a font draws ffi as one character, and nobody types it so."""
    return _LIGATURE.sub(lambda m: normalize("NFKC", m[0]), text)


def _child(data: bytes, origin: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "entrepot.claims.formats.pdf_child", str(MEMORY)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as exc:
        raise UnreadableFileError(
            origin,
            tr("takes more than {seconds} seconds to read", seconds=SECONDS),
            remedy=tr("Save its text as a file of its own."),
        ) from exc
    try:
        return dict(json.loads(done.stdout))
    except ValueError:  # killed by the limit on memory before it could say so
        return {"refused": "memory" if done.returncode < 0 else "damaged"}
