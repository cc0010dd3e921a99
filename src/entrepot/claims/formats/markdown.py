"""Markdown, read by markdown-it-py under CommonMark with tables; raw HTML in it goes through the HTML reader."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.claims.formats import html
from entrepot.claims.formats.parts import NOTE_MARK, Parts
from entrepot.claims.formats.tables import Grid

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(r"\A---[ \t]*\r?\n(.{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z_-]{1,30})\s*:\s*[\"']?(.{1,333}?)[\"']?\s*$", re.MULTILINE)
# The marks of notes, which CommonMark does not know, and where a note begins.
_MARK = re.compile(r"\[\^[^\]\s]{1,40}\](?!:)")
_NOTE = re.compile(r"\[\^[^\]\s]{1,40}\]:\s*")
_DATES = ("date", "published", "pubdate", "publish_date", "published_at")
_KINDS = {
    "heading_open": "heading",
    "list_item_open": "item",
    "td_open": "cell",
    "th_open": "cell",
    "paragraph_open": "paragraph",
}


def extract(data: bytes, origin: str, encoding: str | None = None) -> Parts:
    """The paragraphs of a Markdown file, each with its first line; code is left out and counted.

    Raises:
        UnreadableFileError: not text in its encoding.
    """
    from markdown_it import MarkdownIt

    found = Parts()
    text = found.decoded(data, origin, encoding)
    front = _FRONT.match(text)
    if front is not None:
        _front(front[1], found)
        text = "\n" * front[0].count("\n") + text[front.end() :]  # so that lines keep their numbers
    kinds: list[str] = []
    grid = Grid(found)
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type == "table_open":
            grid = Grid(found)
        _token(token, kinds, found, origin)
        _cell(token.type, grid)
    return found


def _cell(kind: str, grid: Grid) -> None:
    """Keep count of the cells of a table."""
    if kind == "tr_open":
        grid.row()
    elif kind in ("th_open", "td_open"):
        grid.cell(header=kind == "th_open")
    elif kind in ("th_close", "td_close"):
        grid.end()
    elif kind == "table_close":
        grid.done()


def _front(text: str, found: Parts) -> None:
    for key, value in _FIELD.findall(text):
        found.say("published" if key.lower() in _DATES else key.lower(), value)


def _token(token: Token, kinds: list[str], found: Parts, origin: str) -> None:
    where = f"line {token.map[0] + 1}" if token.map else ""
    if token.type in _KINDS:
        outer = kinds[-1] if kinds else ""
        kinds.append("item" if outer == "item" and token.type == "paragraph_open" else _KINDS[token.type])
    elif token.type.endswith("_close") and token.type.replace("_close", "_open") in _KINDS:
        if kinds:
            kinds.pop()
    elif token.type == "inline":
        _paragraph(_inline(token, origin), kinds[-1] if kinds else "paragraph", where, found)
    elif token.type == "html_block":
        _html(html.extract_text(token.content, origin), found, where)
    elif token.type in ("fence", "code_block"):
        found.left_out["code"] += 1


def _paragraph(text: str, kind: str, where: str, found: Parts) -> None:
    """Add a paragraph without the marks of notes, and what notes stand in it."""
    text, marks = _MARK.subn("", text)
    found.left_out.update({NOTE_MARK: marks} if marks else {})
    first, *notes = _NOTE.split(text)
    found.add(first, kind, where)
    for note in notes:
        found.add(note, "note", where)


def _inline(token: Token, origin: str) -> str:
    children = token.children or []
    if any(c.type == "html_inline" for c in children):
        raw = "".join(c.content if c.type != "softbreak" else " " for c in children if c.type != "image")
        return " ".join(p.text for p in html.extract_text(raw, origin).parts)
    return "".join(" " if c.type in ("softbreak", "hardbreak") else c.content for c in children if c.type != "image")


def _html(inner: Parts, found: Parts, where: str) -> None:
    for part in inner.parts:
        found.add(part.text, part.kind, where)
    found.left_out.update(inner.left_out)
    if "published" in inner.metadata:
        found.say("published", inner.metadata["published"])
