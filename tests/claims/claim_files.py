"""Small files of word processors and PDF files, built byte by byte."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CORE = (
    '<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t"><dc:title>Report</dc:title>'
    "<dcterms:created>2025-03-14T09:00:00Z</dcterms:created></cp:coreProperties>"
)


def run(text: str, properties: str = "") -> str:
    """A run of a Word paragraph."""
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def docx(body: str, *, head: str = "", **parts: str) -> bytes:
    """A Word file; `parts` are further parts by name, `__` for the slash and `_xml` for the suffix."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"{head}<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return held.getvalue()


def pdf(*pages: str) -> bytes:
    """A PDF of pages in Helvetica, a line each line; an empty page draws a rectangle and no text."""
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = PdfWriter()
    font = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1")})
    font[NameObject("/BaseFont")] = NameObject("/Helvetica")
    for text in pages:
        page = writer.add_blank_page(600, 800)
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        drawn = "".join(f"({line}) Tj 0 -14 Td " for line in text.split("\n"))
        stream = DecodedStreamObject()
        stream.set_data((f"BT /F1 12 Tf 40 760 Td {drawn} ET" if text else "0 0 9 9 re f").encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(stream)
    writer.add_metadata({"/CreationDate": "D:20250314090000Z"})
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def locked() -> bytes:
    """A PDF under a password."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("Secret."))))
    writer.encrypt("word", algorithm="RC4-128")
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def placed_pdf(*pages: Iterable[tuple[float, float, float, str] | tuple[float, float, float, str, float]]) -> bytes:
    """A PDF whose texts stand at their places: from the left, from below, how large, what, its blanks wider."""
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = PdfWriter()
    font = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1")})
    font[NameObject("/BaseFont")] = NameObject("/Helvetica")
    fonts = DictionaryObject({NameObject("/F1"): font})
    for items in pages:
        page = writer.add_blank_page(612, 792)
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        drawn = "".join(
            f"/F1 {size} Tf {''.join(map(str, wider)) or 0} Tw 1 0 0 1 {x} {y} Tm ({text}) Tj\n"
            for x, y, size, text, *wider in items
        )
        stream.set_data(f"BT\n{drawn}ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(stream)
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def odt(body: str, styles: str = "", **parts: str) -> bytes:
    """An OpenDocument text, its styles and its body as they are written."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        content = f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>{body}</office:body>"
        names = " ".join(f'xmlns:{n}="{n}"' for n in ("office", "text", "table", "style", "dc", "meta", "svg"))
        archive.writestr("content.xml", f"<office:document-content {names}>{content}</office:document-content>")
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return held.getvalue()
