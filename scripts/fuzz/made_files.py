"""Small workbooks, Word files and PDFs written by hand: the same bytes each time, whatever library is installed."""

from __future__ import annotations

from email.message import EmailMessage
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from fuzz.damage.packed import zipped

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

Cell = str | int | float | None


def workbook(*sheets: Sequence[Sequence[Cell]]) -> bytes:
    """A workbook of sheets: text shared or inline, numbers, a formula where text begins with =."""
    shared: dict[str, int] = {}
    made = [_sheet(rows, shared) for rows in sheets]
    numbers = range(1, len(sheets) + 1)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' + _kinds(numbers) + "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_RELATIONS}"><sheets>'
        + "".join(f'<sheet name="Sheet {n}" sheetId="{n}" r:id="r{n}"/>' for n in numbers)
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="r{n}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
        )
        + f'<Relationship Id="s" Type="{_RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="t" Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>',
        "xl/sharedStrings.xml": f"<sst {_MAIN}>" + "".join(f"<si><t>{escape(t)}</t></si>" for t in shared) + "</sst>",
        "xl/styles.xml": f'<styleSheet {_MAIN}><fonts count="1"><font/></fonts>'
        '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/>'
        '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
    }
    parts |= {f"xl/worksheets/sheet{n}.xml": text for n, text in zip(numbers, made, strict=True)}
    return zipped([(name, (_HEAD + text).encode()) for name, text in parts.items()])


def _kinds(numbers: range) -> str:
    base = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    told = {"/xl/workbook.xml": "sheet.main", "/xl/sharedStrings.xml": "sharedStrings", "/xl/styles.xml": "styles"}
    told |= {f"/xl/worksheets/sheet{n}.xml": "worksheet" for n in numbers}
    return "".join(f'<Override PartName="{p}" ContentType="{base}{k}+xml"/>' for p, k in told.items())


def _sheet(rows: Sequence[Sequence[Cell]], shared: dict[str, int]) -> str:
    lines = []
    for number, row in enumerate(rows, 1):
        cells = "".join(_cell(f"{chr(65 + i)}{number}", c, shared) for i, c in enumerate(row) if c is not None)
        lines.append(f'<row r="{number}">{cells}</row>')
    last = f"{chr(64 + max(map(len, rows), default=1))}{len(rows)}"
    return f'<worksheet {_MAIN}><dimension ref="A1:{last}"/><sheetData>{"".join(lines)}</sheetData></worksheet>'


def _cell(place: str, value: Cell, shared: dict[str, int]) -> str:
    if isinstance(value, (int, float)):
        return f'<c r="{place}" s="{int(isinstance(value, float))}"><v>{value}</v></c>'
    text = value or ""
    if text.startswith("="):
        return f'<c r="{place}"><f>{escape(text[1:])}</f><v>3</v></c>'
    if len(text) % 2:
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
    return f'<c r="{place}" t="s"><v>{shared.setdefault(text, len(shared))}</v></c>'


def word(paragraphs: Sequence[str]) -> bytes:
    """A Word file: paragraphs, the second as a table, the third deleted, the fourth also as a note; properties."""
    runs = [f'<w:p><w:r><w:t xml:space="preserve">{escape(_printed(p))}</w:t></w:r></w:p>' for p in paragraphs]
    if len(runs) > 1:
        runs[1] = f"<w:tbl><w:tr><w:tc>{runs[1]}</w:tc></w:tr></w:tbl>"
    if len(runs) > 2:
        runs[2] = f"<w:p><w:del>{runs[2]}</w:del></w:p>"
    notes = "".join(runs[3:4])
    core = (
        '<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t"><dc:title>Report</dc:title>'
        "<dcterms:created>2025-03-14T09:00:00Z</dcterms:created></cp:coreProperties>"
    )
    parts = {
        "word/document.xml": f"<w:document {_W}><w:body>{''.join(runs)}</w:body></w:document>",
        "word/footnotes.xml": f"<w:footnotes {_W}><w:footnote>{notes}</w:footnote></w:footnotes>",
        "docProps/core.xml": core,
    }
    return zipped([(name, text.encode("utf-8", "ignore")) for name, text in parts.items()])


def opendocument(paragraphs: Sequence[str]) -> bytes:
    """An OpenDocument text: paragraphs, the second in a table, the third as a note; an inserted and a deleted one."""
    runs = [f"<text:p>{escape(_printed(p))}</text:p>" for p in paragraphs]
    if len(runs) > 1:
        cell = f"<table:table-cell>{runs[1]}</table:table-cell>"
        runs[1] = f"<table:table><table:table-row>{cell * 2}</table:table-row></table:table>"
    if len(runs) > 2:
        runs[2] = f"<text:p>Said<text:note><text:note-body>{runs[2]}</text:note-body></text:note></text:p>"
    gone = f"<text:tracked-changes><text:deletion>{''.join(runs[:1])}</text:deletion></text:tracked-changes>"
    body = f"<office:body><office:text>{gone}{''.join(runs)}</office:text></office:body>"
    names = " ".join(f'xmlns:{n}="{n}"' for n in ("office", "text", "table"))
    made = "<dc:title>Report</dc:title><meta:creation-date>2025-03-14</meta:creation-date>"
    meta = f'<office:document-meta xmlns:office="o" xmlns:dc="d" xmlns:meta="m">{made}</office:document-meta>'
    parts = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {names}>{body}</office:document-content>",
        "meta.xml": meta,
    }
    return zipped([(name, text.encode("utf-8", "ignore")) for name, text in parts.items()])


def rich_text(paragraphs: Sequence[str]) -> bytes:
    """An RTF file: paragraphs in Unicode, the second in a table, the third as a note."""
    runs = ["".join(_as_rtf(c) for c in _printed(p)) for p in paragraphs]
    made = [rf"\pard {run}\par " for run in runs]
    if len(runs) > 1:
        made[1] = rf"\trowd\cellx1\cellx2\intbl Said\cell {runs[1]}\cell\row\pard "
    if len(runs) > 2:
        made[2] = rf"\pard Said{{\super\chftn}}{{\footnote\pard {runs[2]}\par}}\par "
    fonts = r"{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Times;}}{\info{\creatim\yr2025\mo3\dy14}}"
    return (rf"{{\rtf1\ansi\ansicpg1252\deff0{fonts}" + "".join(made) + "}").encode("ascii", "ignore")


def _as_rtf(character: str) -> str:
    if character in "\\{}":
        return f"\\{character}"
    return character if character.isascii() else f"\\u{ord(character) % 65_536}?"


def letter(paragraphs: Sequence[str], *, is_saved: bool) -> bytes:
    """A mail of plain text and HTML, or a page that a browser saved in one file."""
    page = "".join(f"<p>{escape(_printed(p))}</p>" for p in paragraphs).encode("utf-8", "ignore").decode()
    held = EmailMessage()
    held["Subject"], held["Date"] = "Report", "Fri, 14 Mar 2025 09:00:00 +0100"
    if is_saved:
        held["Snapshot-Content-Location"] = "https://a.example/"
        held.set_content(page, subtype="html")
        held.make_related()
        return _bounded(held)
    held.set_content("Report")
    held.add_alternative(page, subtype="html")
    held.add_attachment(b"rows", maintype="application", subtype="pdf", filename="notice.pdf")
    return _bounded(held)


def _bounded(held: EmailMessage) -> bytes:
    """The bytes of a mail, its boundaries the same each time."""
    for number, part in enumerate(p for p in held.walk() if p.is_multipart()):
        part.set_boundary(f"between-{number}")
    return bytes(held)


def _printed(text: str) -> str:
    """What XML may hold of a text."""
    return "".join(c for c in text if c >= " " or c in "\t\n")


def drawing(lines: Sequence[str]) -> bytes:
    """A PDF of one page with lines in Helvetica."""
    shown = [t.encode("latin-1", "ignore").replace(b"(", b"[").replace(b")", b"]").replace(b"\\", b"/") for t in lines]
    stream = b"BT /F1 12 Tf 40 760 Td " + b"".join(b"(" + t + b") Tj 0 -14 Td " for t in shown) + b" ET"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )  # fmt: skip
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in offsets)
    return body + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)
