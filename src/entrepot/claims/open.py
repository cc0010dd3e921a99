"""A file into a `Report`: the format by suffix and first bytes, the parts joined, languages and publication found."""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from entrepot.claims.dates.year_lines import years_of
from entrepot.claims.formats import html, mail, markdown, pdf, text
from entrepot.claims.formats.office import docx, odt, packed_xml, rtf
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
    ".markdown": "markdown", ".docx": "docx", ".docm": "docx", ".odt": "odt", ".rtf": "rtf", ".eml": "mail",
    ".mht": "mail", ".mhtml": "mail", ".pdf": "pdf",
}  # fmt: skip
_KNOWN = marked(
    "text (.txt), HTML (.html), Markdown (.md), Word (.docx), OpenDocument (.odt), RTF (.rtf), PDF (.pdf), "
    "a mail (.eml) or a saved page (.mhtml)"
)
_BEGINNINGS = WordsBy({
    "pdf": "a PDF", "docx": "a ZIP or Word file", "odt": "an OpenDocument text", "rtf": "RTF", "text": "text",
    "binary": "binary data",
})  # fmt: skip
# What to do with a file of another kind that comes often.
_WAYS = WordsBy({
    "document": "Save it as .docx or PDF.", "mail": "Save it as .eml, or save its text.",
    "slides": "Save it as PDF.", "book": "Save the chapter as PDF or text.",
    "picture": "Recognise its characters first (OCR), then give the text.",
    "table": "A report is a text: save it as PDF, or load the table with `entrepot load`.",
    "packed": "Unpack it and give the report in it.",
})  # fmt: skip
_OTHERS = {
    ".doc": "document", ".dot": "document", ".wps": "document", ".pages": "document", ".fodt": "document",
    ".docb": "document", ".wpd": "document", ".tex": "document", ".msg": "mail", ".pst": "mail", ".mbox": "mail",
    ".pptx": "slides", ".ppt": "slides", ".odp": "slides", ".key": "slides", ".epub": "book", ".mobi": "book",
    ".png": "picture", ".jpg": "picture", ".jpeg": "picture", ".tif": "picture", ".tiff": "picture", ".heic": "picture",
    ".xlsx": "table", ".xls": "table", ".ods": "table", ".csv": "table", ".tsv": "table", ".zip": "packed",
    ".gz": "packed", ".7z": "packed", ".rar": "packed",
}  # fmt: skip
_OF_BYTES = {"pdf": pdf.extract, "docx": docx.extract, "odt": odt.extract, "rtf": rtf.extract}  # no text files
STANDARD_INPUT = "-"
_MARKUP = re.compile(rb"\s*(?:<!doctype html|<html|<\?xml)", re.IGNORECASE)
_HEADER = re.compile(rb"(?:[A-Z][A-Za-z0-9-]{1,40}: [^\n]*\n(?:[ \t][^\n]*\n)*){3}")  # a mail begins with such lines


def open_report(
    path: Path, *, published: date | None = None, encoding: str | None = None, limit: int = LIMIT
) -> Report:
    """Open a report.

    Args:
        path: the file; - is standard input, whose first bytes say what it is.
        published: the day of publication; None: from the file or its text.
        encoding: of text, HTML and Markdown; None: by its mark or declaration, else UTF-8.
        limit: the most characters of text that are read.

    Raises:
        UnreadableFileError: missing, empty, unknown, damaged, encrypted, undecodable, without text, or over the limit.
    """
    if str(path) == STANDARD_INPUT:
        return _of_standard_input(published=published, encoding=encoding, limit=limit)
    if path.is_dir():
        raise UnreadableFileError(path, tr("a folder"), remedy=tr("Give the reports in it one by one."))
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


def _of_standard_input(*, published: date | None, encoding: str | None, limit: int) -> Report:
    name = tr("standard input")
    data = b"" if sys.stdin is None else sys.stdin.buffer.read(_LARGEST * limit + 1)
    if len(data) > _LARGEST * limit:
        raise _over(name, limit)
    return _read(_Source(_guessed(data), data, name), published, encoding, limit)


def _guessed(data: bytes) -> str:
    """The format by the first bytes alone; what shows no mark of another is text."""
    begins = _begins(data)
    if begins not in ("text", "binary"):
        return begins
    return "html" if _MARKUP.match(data) else "mail" if _HEADER.match(data.replace(b"\r\n", b"\n")) else "text"


def of_bytes(
    data: bytes, name: str, *, published: date | None = None, encoding: str | None = None, limit: int = LIMIT
) -> Report:
    """The report of a file's bytes; `name` gives the suffix. See `open_report`."""
    return _read(_Source(_kind(data, name), data, name), published, encoding, limit)


class _Source(NamedTuple):
    """The bytes of a report, in what format they are, and what messages call it."""

    kind: str
    data: bytes
    name: str


def _read(source: _Source, published: date | None, encoding: str | None, limit: int) -> Report:
    kind, data, name = source
    if not data.strip():
        raise UnreadableFileError(name, tr("empty"), allowed=tr(_KNOWN))
    parts = _extract(kind, data, name, encoding)
    if not parts.parts:
        items = ", ".join(f"{tr(what)} ({n})" for what, n in parts.left_out.items())
        problem = tr("no text in it but what was left out: {items}", items=items) if items else tr("no text in it")
        raise UnreadableFileError(name, problem, remedy=tr("Check that it is the file you meant."))
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
            name,
            tr("unknown suffix {suffix!r}", suffix=suffix) if suffix else tr("no suffix"),
            allowed=tr(_KNOWN),
            remedy=_WAYS[_OTHERS[suffix]] if suffix in _OTHERS else "",
        )
    begins = _begins(data)
    packed = kind == "odt" and begins == "docx"  # packed again by another program, its type may stand anywhere
    if begins != (kind if kind in _OF_BYTES else "text") and not packed:
        problem = tr("named {suffix} but begins as {said}", suffix=suffix, said=_BEGINNINGS[begins])
        raise UnreadableFileError(name, problem, allowed=tr(_KNOWN))
    return kind


def _begins(data: bytes) -> str:
    """What the first bytes say: pdf, docx (also an encrypted or old one), odt, rtf, text or binary."""
    head = data[:1024]
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(b"PK\x03\x04") and odt.MEDIA in head:
        return "odt"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", packed_xml.OLE)):
        return "docx"
    if head.lstrip().startswith(rtf.BEGINS):
        return "rtf"
    return "binary" if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")) else "text"


def _extract(kind: str, data: bytes, name: str, encoding: str | None) -> Parts:
    if kind in _OF_BYTES:
        return _OF_BYTES[kind](data, name)
    reader = {"text": text.extract, "html": html.extract, "markdown": markdown.extract, "mail": mail.extract}[kind]
    return reader(data, name, encoding)


def _report(kind: str, parts: Parts, published: date | None) -> Report:
    blocks, at = [], 0
    for part in parts.parts:
        said = (part.kind, language.of(part.text), part.origin, part.context, part.decimal)
        blocks.append(Block(at, at + len(part.text), *said))
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
    blocks = [replace(b, year=year) if year else b for b, year in zip(blocks, years_of(blocks, whole), strict=True)]
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
