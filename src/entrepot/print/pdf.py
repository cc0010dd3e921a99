"""A document as PDF. Its texts reach the typesetter as data, never as markup: no name can be an instruction."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from entrepot.core.document.blocks import (
    Beside,
    Facts,
    Grid,
    Heading,
    Items,
    Link,
    Mono,
    NewPage,
    Paragraph,
    Pictures,
    Raised,
    Signatures,
    Strong,
    lines_of,
    texts,
)
from entrepot.core.errors import plain
from entrepot.core.runtime.extras import need
from entrepot.core.words.translate import ntr, tr
from entrepot.print.fonts import FAMILIES, folders, not_held

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from entrepot.core.document.blocks import Block, Cell, Document, Span

EXTRA = "print"
_SPACES = re.compile(r"[ \t\n\r]+")
# A longer run of letters without a space is given places to break: an id or a hash must not run out of its column.
_LONG = re.compile(r"[^\s\u200b]{16,}")
_STEP = 8  # letters between two places: the narrowest column of the record holds them
_BREAK = "\u200b"  # zero width space
_SHOWN = 3  # scripts that a note names
# A page as large as the picture with a little around it; a px is three quarters of a point, of which 72 are an inch.
_PICTURE = b"""#set page(width: auto, height: auto, margin: 6pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg")"""
_SHARP = 2 * 96.0  # dots an inch: two a px are sharp in print and on a dense screen
_HTTPS = "https://"  # goes without saying where one address stands below another


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF.

    Attributes:
        data: its bytes.
        notes: what could not be set as it is written, one sentence each.
    """

    data: bytes
    notes: tuple[str, ...]


def need_print(thing: str) -> None:
    """Stop unless the packages of the extra `print` are installed.

    Args:
        thing: what needs them, as the subject of a sentence.

    Raises:
        MissingExtraError: says how to install them.
    """
    need(EXTRA, thing)


def pdf(document: Document, made: datetime) -> Printed:
    """A document as PDF: A4, pages numbered, heads of tables on every page, long words broken, nothing cut.

    Args:
        document: what it says.
        made: when it was made, UTC; stands in the PDF as its date.

    Raises:
        MissingExtraError: the packages of the extra `print` are not installed.
    """
    gone = not_held([document.footer, *(plain(t) for t in texts(document))])
    data = _set(document, _Say(gone), format="pdf", timestamp=int(made.timestamp()))
    return Printed(data, tuple(_not_set(gone)))


def pages_as_png(document: Document, dots: int = 80) -> list[bytes]:
    """The pages of a document as pictures, for the documentation.

    Args:
        document: what it says.
        dots: an inch.

    Raises:
        MissingExtraError: the packages of the extra `print` are not installed.
    """
    found = _set(document, _Say(not_held(plain(t) for t in texts(document))), format="png", ppi=dots)
    return found if isinstance(found, list) else [found]


def picture_png(svg: str) -> bytes:
    """A picture as PNG on white: one that is transparent cannot be read on a dark page.

    Args:
        svg: an `<svg>` element that stands alone, its size in px.

    Raises:
        MissingExtraError: the packages of the extra `print` are not installed.
    """
    need_print(tr("a picture as PNG"))
    import typst

    fonts: Any = [str(f) for f in folders()]  # behind those of the machine, which the picture names first
    data = typst.compile(
        _PICTURE,
        sys_inputs={"svg": svg},
        font_paths=fonts,
        format="png",
        ppi=_SHARP,
    )
    assert isinstance(data, bytes)
    return data


def _set(document: Document, say: _Say, **how: Any) -> Any:
    """The document, set by the template; `how` is given to the typesetter."""
    need_print("a PDF")
    import typst

    whole = {
        "title": say(document.title),
        "subtitle": say(document.subtitle),
        "footer": say(document.footer),
        "keywords": [plain(k) for k in document.keywords],
        "dense": document.is_dense,
        "fonts": list(FAMILIES),
        "blocks": [_block(b, say) for b in document.blocks],
    }
    return typst.compile(
        files("entrepot.print").joinpath("document.typ").read_bytes(),
        sys_inputs={"document": json.dumps(whole, ensure_ascii=False)},
        font_paths=[str(f) for f in folders()],
        ignore_system_fonts=True,  # the same document is the same PDF on every machine
        **how,
    )


class _Say:
    """Texts as they are set: control characters shown, long words breakable, characters without a font as numbers."""

    def __init__(self, gone: Mapping[str, int]) -> None:
        self.numbers = {ord(c): f"[U+{ord(c):04X}]" for c in gone}

    def __call__(self, text: str) -> str:
        seen = plain(_SPACES.sub(" ", text.encode("utf-8", "backslashreplace").decode()))
        return _LONG.sub(_breakable, seen.translate(self.numbers))


def _breakable(found: re.Match[str]) -> str:
    word = found[0]
    return _BREAK.join(word[i : i + _STEP] for i in range(0, len(word), _STEP))


def _not_set(gone: Mapping[str, int]) -> list[str]:
    """A sentence on the characters for which there is no font, by script."""
    if not gone:
        return []
    scripts = Counter[str]()
    for c, n in gone.items():
        scripts[unicodedata.name(c, "unnamed").split()[0].title()] += n
    named = ", ".join(s for s, _ in scripts.most_common(_SHOWN))
    count = sum(gone.values())
    return [
        ntr(
            count,
            "{count} character of the PDF ({named}) has no font at hand and stands as its number, such as "
            "[U+0915]; the HTML page shows it.",
            "{count} characters of the PDF ({named}) have no font at hand and stand as their numbers, such as "
            "[U+0915]; the HTML page shows them.",
            named=named,
        )
    ]


def _block(block: Block, say: _Say) -> dict[str, Any]:  # noqa: PLR0911 - a kind of block a line
    match block:
        case Heading():
            return {"is": "heading", "text": say(block.text), "level": block.level}
        case Paragraph():
            return {"is": "paragraph", "lines": _cell(block.text, say), "note": block.stands_out}
        case Facts():
            return {"is": "facts", "rows": [[[[say(k)]], _cell(v, say)] for k, v in block.rows]}
        case Grid():
            columns = [{"title": say(c.title), "share": c.share, "number": c.is_number} for c in block.columns]
            return {"is": "grid", "columns": columns, "rows": [[_cell(c, say) for c in row] for row in block.rows]}
        case Items():
            rows = [[say(w), _cell(t, say, _HTTPS)] for w, t in block.rows]
            return {"is": "items", "columns": block.columns, "rows": rows}
        case Pictures():
            shown = [{"title": say(p.title), "svg": p.svg, "lines": _cell(p.caption, say)} for p in block.pictures]
            return {"is": "pictures", "columns": block.columns, "pictures": shown}
        case Beside():
            return {"is": "beside", "columns": [[_block(b, say) for b in bs] for bs in (block.left, block.right)]}
        case Signatures():
            return {"is": "signatures", "labels": [say(x) for x in block.labels]}
        case NewPage():
            return {"is": "page"}


def _cell(cell: Cell, say: _Say, scheme: str = "") -> list[list[Any]]:
    """The lines of a cell; `scheme` is what addresses are printed without."""
    return [[_span(s, say, scheme) for s in line] for line in lines_of(cell)]


def _span(span: Span, say: _Say, scheme: str) -> Any:
    match span:
        case Mono():
            return {"is": "mono", "text": say(span.text)}
        case Strong():
            return {"is": "strong", "text": say(span.text)}
        case Raised():
            return {"is": "raised", "text": say(span.text)}
        case Link():
            url = span.url if span.url.startswith(("https://", "http://")) else ""
            shown = span.text if span.text != span.url else ""
            return {"is": "link", "text": say(shown), "url": url, "address": say(url.removeprefix(scheme))}
        case _:
            return say(span)
