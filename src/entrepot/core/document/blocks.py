"""A document as blocks of text, of which a page and a PDF are made alike: what is said, never how it looks.

See docs/design/42-print.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Mono:
    """Text in letters of one width: an id, a hash, a command."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Text that stands out."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads to an address; the address is printed too where the text is another."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Raised:
    """A small raised text, such as the number of a source."""

    text: str


Span: TypeAlias = str | Mono | Strong | Link | Raised
Line: TypeAlias = Span | tuple[Span, ...]  # spans that stand on one line
Cell: TypeAlias = Line | list[Line]  # lines of a cell, one below the other


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 2 begins a part of the document, 3 a part of a part."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; one that `stands_out` is set on a ground of its own."""

    text: Line
    stands_out: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with what they say, a row each."""

    rows: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a grid.

    Attributes:
        title: its heading.
        share: of the width, beside the shares of the others.
        is_number: set to the right.
    """

    title: str
    share: float = 1.0
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose head stands on every printed page; `ids` name its rows, for a link into the page."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """Short lines in columns, each with the word before it, such as a number of a row."""

    rows: tuple[tuple[str, Line], ...]
    columns: int = 2


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing.

    Attributes:
        title: what it shows, above it.
        svg: the drawing.
        caption: what it rests on, below it.
    """

    title: str
    svg: str
    caption: Line = ""


@dataclass(frozen=True, slots=True)
class Pictures:
    """Drawings side by side, so many in a row."""

    pictures: tuple[Picture, ...]
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Beside:
    """Blocks in two columns, the left ones first."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Signatures:
    """Lines to be signed by hand, each with what is to stand under it."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a page of its own when it is printed."""


Block: TypeAlias = Heading | Paragraph | Facts | Grid | Items | Pictures | Beside | Signatures | NewPage


@dataclass(frozen=True, slots=True)
class Document:
    """A document.

    Attributes:
        title: its first heading.
        subtitle: of what it is, below the title.
        footer: stands at the foot of every printed page, beside the page's number.
        blocks: in order.
        keywords: words that a PDF carries beside its pages, which can be read without setting it.
        is_dense: printed small, for a document of many tables and pictures.
    """

    title: str
    subtitle: str
    footer: str
    blocks: tuple[Block, ...]
    keywords: tuple[str, ...] = ()
    is_dense: bool = False


def lines_of(cell: Cell) -> list[tuple[Span, ...]]:
    """A cell as lines of spans."""
    lines = cell if isinstance(cell, list) else [cell]
    return [line if isinstance(line, tuple) else (line,) for line in lines]


def text_of(span: Span) -> str:
    """The characters of a span; of a link its address too, where its text is another."""
    if isinstance(span, str):
        return span
    if isinstance(span, Link) and span.url not in {"", span.text}:
        return f"{span.text} ({span.url})" if span.text else span.url
    return span.text


def texts(document: Document) -> list[str]:
    """Every text of a document, in order: what a page and a PDF of it must both say."""
    return [t for t in [document.title, document.subtitle, *_of_blocks(document.blocks)] if t]


def _of_blocks(blocks: tuple[Block, ...]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        match block:
            case Heading():
                found.append(block.text)
            case Paragraph():
                found += [text_of(s) for line in lines_of(block.text) for s in line]
            case Facts():
                found += [t for label, cell in block.rows for t in (label, *_of_cell(cell))]
            case Grid():
                found += [c.title for c in block.columns]
                found += [t for row in block.rows for cell in row for t in _of_cell(cell)]
            case Items():
                found += [t for word, text in block.rows for t in (word, *_of_cell(text))]
            case Pictures():
                found += [t for p in block.pictures for t in (p.title, *_of_cell(p.caption))]
            case Beside():
                found += _of_blocks(block.left + block.right)
            case Signatures():
                found += block.labels
    return found


def _of_cell(cell: Cell) -> list[str]:
    return [text_of(s) for line in lines_of(cell) for s in line]
