"""Made-up reports: the words that `check` knows, numbers and marks, drawn at random into each format that it reads."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from fuzz.damage.odd import NUMBERS
from fuzz.made_files import drawing, letter, opendocument, rich_text, word

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

_WORDS = 40  # of a paragraph at most
_TAGS = ("p", "div", "span", "table", "td", "h1", "li", "script", "style", "template", "title", "time", "svg", "br")
_ATTRIBUTES = ("", "", " hidden", ' style="display:none"', ' datetime="2024-13-40"', ' name="date" content="x"')
_SIGNS = (
    "", "# ", "- ", "> ", "```\n", "| a | b |\n|---|---|\n| ", "1. ", "    ", "[^1]: ", "<div>", "![x](", "***",
    "---\ndate: 2024-01-01\n---\n",
)  # fmt: skip
_BREAKS = (*",.;:()%$€¥-–—/'\"«»（）、。；", "\n\n", "\u200b", "\u202e", "US$", "per cent", "in 2024", "December 2024")


@cache
def known_words() -> tuple[str, ...]:
    """The words that the reader of claims knows, of each of its lists."""
    from entrepot.claims.word_tables import TABLES
    from entrepot.claims.wordlists import rows

    found = {row["word"].strip("*") for table in TABLES for row in rows(table) if "word" in row}
    return tuple(sorted(w for w in found if w))


def paragraph(draw: Random) -> str:
    """Words, numbers and marks in a row."""
    words = known_words()
    made = []
    for _ in range(draw.randrange(1, _WORDS)):
        kind = draw.random()
        if kind < 0.55:
            made.append(draw.choice(words))
        elif kind < 0.7:
            made.append(draw.choice((str(draw.randrange(10**6)), f"{draw.randrange(10**9):,}", f"{draw.random():.2f}")))
        else:
            made.append(draw.choice(NUMBERS) if kind < 0.8 else draw.choice(_BREAKS))
    return draw.choice((" ", " ", " ", "")).join(made)


def _paragraphs(draw: Random) -> list[str]:
    return [paragraph(draw) for _ in range(draw.randrange(1, 6))]


def _text(draw: Random) -> bytes:
    return "\n\n".join(_paragraphs(draw)).encode()


def _page(draw: Random) -> bytes:
    made = []
    for text in _paragraphs(draw):
        tag = draw.choice(_TAGS)
        made.append(f"<{tag}{draw.choice(_ATTRIBUTES)}>{text}{draw.choice((f'</{tag}>', f'</{tag}>', '', '<!--'))}")
    return "".join(made).encode()


def _marked(draw: Random) -> bytes:
    lines = [draw.choice(_SIGNS) + text for text in _paragraphs(draw)]
    return draw.choice(("\n", "\n\n", "\r\n")).join(lines).encode()


MADE: dict[str, Callable[[Random], bytes]] = {
    ".txt": _text,
    ".html": _page,
    ".md": _marked,
    ".docx": lambda draw: word(_paragraphs(draw)),
    ".odt": lambda draw: opendocument(_paragraphs(draw)),
    ".rtf": lambda draw: rich_text(_paragraphs(draw)),
    ".eml": lambda draw: letter(_paragraphs(draw), is_saved=False),
    ".mhtml": lambda draw: letter(_paragraphs(draw), is_saved=True),
    ".pdf": lambda draw: drawing(_paragraphs(draw)),
}


def seeds(sentences: Sequence[str]) -> dict[str, bytes]:
    """The same sentences as a report of each format."""
    page = "".join(f"<p>{s}</p>" for s in sentences)
    head = '<head><meta charset="utf-8"><title>Report</title><meta name="date" content="2024-12-05"></head>'
    return {
        ".txt": "\n\n".join(sentences).encode(),
        ".html": f"<!doctype html><html lang=en>{head}<body><h1>Report</h1>{page}</body></html>".encode(),
        ".md": ("---\ndate: 2024-12-05\n---\n# Report\n\n" + "\n\n- ".join(sentences)).encode(),
        ".docx": word(sentences),
        ".odt": opendocument(sentences),
        ".rtf": rich_text(sentences),
        ".eml": letter(sentences, is_saved=False),
        ".mhtml": letter(sentences, is_saved=True),
        ".pdf": drawing(sentences),
    }
