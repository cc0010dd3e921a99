"""A file into a `Report`: the format by suffix and first bytes, the parts joined, languages and publication found."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from entrepot.claims.formats import docx, html, markdown, pdf, text
from entrepot.claims.model import Block, Report
from entrepot.claims.text import language, publication
from entrepot.core.errors import BadInputError, UnreadableFileError
from entrepot.core.runtime import rights
from entrepot.core.words.translate import WordsBy, marked, tr

if TYPE_CHECKING:
    from datetime import date

    from entrepot.claims.formats.parts import Parts

_LETTER = re.compile(r"[^\W\d_]")
_HEADING = 120  # characters: a heading may have no word that tells its language
_EARLIEST = (
    1000  # year of publication: an earlier one is a slip, and the years that a text counts back from it are none
)
LIMIT = 10_000_000  # characters of text
_LARGEST = 20  # bytes of a file a character of its limit: scripts, pictures and markup weigh more than words
_SUFFIXES = {
    ".txt": "text", ".text": "text", ".html": "html", ".htm": "html", ".xhtml": "html", ".md": "markdown",
    ".markdown": "markdown", ".docx": "docx", ".pdf": "pdf",
}  # fmt: skip
_KNOWN = marked("text (.txt), HTML (.html), Markdown (.md), Word (.docx) or PDF (.pdf)")
_BEGINNINGS = WordsBy({"pdf": "a PDF", "docx": "a ZIP or Word file", "text": "text", "binary": "binary data"})


def open_report(
    path: Path, *, published: date | None = None, encoding: str | None = None, limit: int = LIMIT
) -> Report:
    """Open a report.

    Args:
        path: the file.
        published: the day of publication; None: from the file or its text.
        encoding: of text, HTML and Markdown; None: by its mark or declaration, else UTF-8.
        limit: the most characters of text that are read.

    Raises:
        UnreadableFileError: missing, empty, unknown, damaged, encrypted, undecodable, without text, or over the limit.
    """
    try:
        size = path.stat().st_size
        if size > _LARGEST * limit:
            raise _over(str(path), limit)
        data = path.read_bytes()
    except OSError as exc:
        remedy = rights.remedy(exc, path, "", writing=False)
        raise UnreadableFileError(
            path, tr("cannot be read: {strerror}", strerror=exc.strerror or exc), remedy=remedy
        ) from exc
    return of_bytes(data, path.name, published=published, encoding=encoding, limit=limit)


def of_bytes(
    data: bytes, name: str, *, published: date | None = None, encoding: str | None = None, limit: int = LIMIT
) -> Report:
    """The report of a file's bytes; `name` gives the suffix. See `open_report`."""
    kind = _kind(data, name)
    parts = _extract(kind, data, name, encoding)
    if not parts.parts:
        raise UnreadableFileError(name, tr("no text in it"), remedy=tr("Check that it is the file you meant."))
    if sum(len(p.text) + 1 for p in parts.parts) > limit:
        raise _over(name, limit)
    return _report(kind, parts, published)


def _over(name: str, limit: int) -> UnreadableFileError:
    return UnreadableFileError(
        name,
        tr("more than {limit:,} characters of text", limit=limit),
        remedy=tr("Split it, or raise the limit with --limit."),
    )


def _kind(data: bytes, name: str) -> str:
    suffix = Path(name).suffix.lower()
    if not data.strip():
        raise UnreadableFileError(name, tr("empty"), allowed=tr(_KNOWN))
    kind = _SUFFIXES.get(suffix)
    if kind is None:
        raise UnreadableFileError(
            name, tr("unknown suffix {suffix!r}", suffix=suffix) if suffix else tr("no suffix"), allowed=tr(_KNOWN)
        )
    if (kind if kind in ("pdf", "docx") else "text") != (begins := _begins(data)):
        problem = tr("named {suffix} but begins as {said}", suffix=suffix, said=_BEGINNINGS[begins])
        raise UnreadableFileError(name, problem, allowed=tr(_KNOWN))
    return kind


def _begins(data: bytes) -> str:
    """What the first bytes say: pdf, docx (also an encrypted or old one), text or binary."""
    head = data[:1024]
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")):
        return "docx"
    return "binary" if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")) else "text"


def _extract(kind: str, data: bytes, name: str, encoding: str | None) -> Parts:
    if kind == "pdf":
        return pdf.extract(data, name)
    if kind == "docx":
        return docx.extract(data, name)
    reader = {"text": text.extract, "html": html.extract, "markdown": markdown.extract}[kind]
    return reader(data, name, encoding)


def _report(kind: str, parts: Parts, published: date | None) -> Report:
    blocks, at = [], 0
    for part in parts.parts:
        blocks.append(Block(at, at + len(part.text), part.kind, language.of(part.text), part.origin, part.context))
        at += len(part.text) + 1
    whole = "\n".join(p.text for p in parts.parts)
    basis = "given"
    if published is None:
        published, basis = publication.find(whole, blocks, parts.metadata)
        if published is not None and published.year < _EARLIEST:
            published, basis = None, "none"
    elif published.year < _EARLIEST:
        raise BadInputError(
            tr("no day of publication"),
            found=published.isoformat(),
            allowed=tr("{earliest} or later", earliest=_EARLIEST),
        )
    weights: Counter[str] = Counter()
    for block in blocks:
        if _LETTER.search(whole, block.start, block.end):
            weights[block.language] += block.end - block.start
    blocks = [replace(b, language=_of_whole(b, whole, weights)) for b in blocks]
    languages = tuple(name for name, _ in weights.most_common())
    return Report(
        whole,
        tuple(blocks),
        kind,
        parts.metadata,
        languages,
        published,
        basis,
        dict(parts.left_out),
        tuple(parts.notes),
    )


def _of_whole(block: Block, whole: str, weights: Counter[str]) -> str:
    """The language of a block; figures without a letter, and a heading in plain Latin letters, are in the report's."""
    known = [name for name, _ in weights.most_common() if name in language.READ]
    main = known[0] if known else block.language
    if not _LETTER.search(whole, block.start, block.end):
        return main
    short = block.language == "unknown" and block.end - block.start <= _HEADING
    plain = short and main == "en" and whole[block.start : block.end].replace("’", "'").isascii()
    return main if plain else block.language
