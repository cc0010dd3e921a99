"""Markdown, read by markdown-it-py under CommonMark with tables and struck text; HTML in it by the HTML reader."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.claims.formats import headline, html
from entrepot.claims.formats.parts import DELETED, NOTE_MARK, Parts
from entrepot.claims.formats.tables import Grid

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(r"\A---[ \t]*\r?\n(.{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
# A field on its line, or on indented lines below it; longer than a long description none is.
_FIELD = re.compile(
    r"^([A-Za-z_-]{1,30})[ \t]*:[ \t]*(?:[>|][+-]?[ \t]*\r?\n((?:[ \t]+\S.{0,999}(?:\n|\Z)){1,20})|(\S.{0,1999}))",
    re.MULTILINE,
)
# The marks of notes, which CommonMark does not know, and where a note begins.
_MARK = re.compile(r"\[\^[^\]\s]{1,40}\](?!:)")
_NOTE = re.compile(r"\[\^[^\]\s]{1,40}\]:\s*")
_STRUCK = {"s_open": "<s>", "s_close": "</s>"}  # as HTML has them
_DATES = ("date", "published", "pubdate", "publish_date", "published_at")
_HEADLINES = ("title", "subtitle")  # fields that programs set above the text,
_DESCRIPTIONS = ("description", "summary", "excerpt", "abstract")  # and those that they show elsewhere
_KINDS = {
    "heading_open": "heading",
    "list_item_open": "item",
    "td_open": "cell",
    "th_open": "cell",
    "paragraph_open": "paragraph",
}


def extract(data: bytes, origin: str, encoding: str | None = None) -> Parts:
    """The paragraphs of a Markdown file, each with its first line, and the title in its head.

    Code and what is struck through are left out and counted.

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
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text):
        if token.type == "table_open":
            grid = Grid(found)
        _token(token, kinds, found, origin)
        _cell(token.type, grid)
    for key in reversed(_HEADLINES):
        headline.put_first(found, key)
    headline.count_description(found, *_DESCRIPTIONS)
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
    for key, below, beside in _FIELD.findall(text):
        value = below or beside.strip()
        if value[:1] in ("'", '"') and value[-1:] == value[:1]:
            value = value[1:-1]
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
        _paragraph(_inline(token, origin, found), kinds[-1] if kinds else "paragraph", where, found)
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


def _inline(token: Token, origin: str, found: Parts) -> str:
    children = token.children or []
    if any(c.type == "html_inline" for c in children):
        inner = html.extract_text("".join(_STRUCK.get(c.type) or _shown(c) for c in children), origin)
        found.left_out.update(inner.left_out)
        return " ".join(p.text for p in inner.parts)
    text, within = "", 0
    for child in children:
        within += (child.type == "s_open") - (child.type == "s_close")
        found.left_out.update([DELETED] if child.type == "s_open" and within == 1 else [])
        text += "" if within else _shown(child)
    return text


def _shown(token: Token) -> str:
    return {"softbreak": " ", "hardbreak": " ", "image": ""}.get(token.type, token.content)


def _html(inner: Parts, found: Parts, where: str) -> None:
    for part in inner.parts:
        found.add(part.text, part.kind, where)
    found.left_out.update(inner.left_out)
    if "published" in inner.metadata:
        found.say("published", inner.metadata["published"])
