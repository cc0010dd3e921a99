"""PDF by pypdf, in a child process with 60 seconds and 1 GB: a drawn page can take minutes, or gigabytes.

A page without text is a picture: it is counted and named; a file of such pages only is refused.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from entrepot.claims.formats import pdf_page
from entrepot.claims.formats.parts import Parts
from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import WordsBy, marked, tr

SECONDS = 60  # 4,000 pages of text (200 take 3 s); a drawn page can take minutes, and nobody waits longer
MEMORY = 1_000_000_000  # bytes
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
    empty = [number for number, text in enumerate(answer["pages"], 1) if not text.strip()]
    if len(empty) == len(answer["pages"]):
        raise UnreadableFileError(origin, tr("no text in it: its pages are pictures"), remedy=tr(_RECOGNISE))
    for number, (text, layout) in enumerate(zip(answer["pages"], answer["layouts"], strict=True), 1):
        pdf_page.add(found, text, layout, number)
    if empty:
        found.left_out["page without text"] = len(empty)
        pages = ", ".join(map(str, empty[:_MOST_NAMED]))
        if len(empty) > _MOST_NAMED:
            pages = tr("{pages} and more", pages=pages)
        found.notes.append(f"{tr('Pages without text were not read: {pages}.', pages=pages)} {tr(_RECOGNISE)}")
    return found


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
