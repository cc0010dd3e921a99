"""The BIS Entity List as the Code of Federal Regulations prints it: supplement no. 4 to part 744 of title 15, XML.

Layout: https://www.ecfr.gov/developers/documentation/api/v1 (full XML of a part; the supplement is a DIV9 with a table
of five columns). One cell holds name, other names and addresses as prose: names are cut from it by its marks ("a.k.a.",
a line that begins with a dash), and the table says neither who is a person nor when an entry was added.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.core.errors import UnreadableFileError
from entrepot.core.ids import DIGITS, digest
from entrepot.core.words.translate import tr
from entrepot.lists.formats import xml_tree
from entrepot.lists.formats.reading import Draft, File, Reading, named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from entrepot.lists.formats.xml_tree import Element

_SUPPLEMENT = "Supplement No. 4 to Part 744"
_HEADINGS = ("country", "entity", "license requirement", "license review policy", "federal register citation")
_MARK = re.compile(
    r",?\s*(a\.k\.a\.?|f\.k\.a\.?),?\s*(?:the\s+following\s+[\w-]+\s+alias(?:es)?\s*:?)?\s*", re.IGNORECASE
)
_DASH = re.compile(r"^\s*[—–-]+\s*")
_AND = re.compile(r"[;,]?\s*(?:\band\b)?\s*$")
_SHORTENED = re.compile(r"\b(?:co|corp|inc|ltd|pte|pty|pvt|[a-z])\.$", re.IGNORECASE)
# What may follow a comma inside a name: legal forms, in full or short.
_FORM = re.compile(
    r"\s*(?:co|company|corp|corporation|inc|ltd|limited|llc|llp|lp|l\.l\.c|plc|pte|pty|pvt|private|gmbh|ag|sa|s\.a|s\.r\.l|"
    r"srl|bv|b\.v|nv|jsc|pjsc|ojsc|cjsc|ooo|ao|zao|oao|fze|fzc|fzco|fz-llc|sdn|bhd|kft|oy|ab|as|a\.s|spa|sas|group)\b\.?",
    re.IGNORECASE,
)
_PROGRAMME = "EAR"


def read_bis_xml(files: Mapping[str, File], list_id: str) -> Reading:
    """Every row of the supplement's table; the number of an entry is the beginning of the hash of country and name.

    Raises:
        UnreadableFileError: the supplement or its table is missing, or the table is headed otherwise.
    """
    (file,) = files.values()
    draft = Draft(list_id)
    draft.say(tr("the table does not say who is a person and when an entry was added"))
    root = xml_tree.parsed(file)
    supplements = [e for e in _all(root) if e.attributes.get("N", "").casefold() == _SUPPLEMENT.casefold()]
    if not supplements:
        raise UnreadableFileError(
            file.path, tr("no {supplement}", supplement=_SUPPLEMENT), allowed=tr("the XML of part 744 of title 15")
        )
    rows = [r for s in supplements for t in _all(s) if t.name == "TABLE" for r in _all(t) if r.name == "TR"]
    _check(file, supplements[0], rows)
    country = ""
    for row in rows:
        if cells := row.all("TD"):
            country = _row(draft, file, row, cells, country)
    return draft.reading()


def _all(element: Element) -> Iterator[Element]:
    yield element
    for child in element.children:
        yield from _all(child)


def _check(file: File, supplement: Element, rows: list[Element]) -> None:
    heads = [tuple(h.whole().casefold() for h in row.all("TH")) for row in rows if row.all("TH")]
    if not heads or any(h != _HEADINGS for h in heads):
        found = ", ".join(next((h for h in heads if h != _HEADINGS), ()))[:120]
        problem = (
            tr("the table is headed {found!r}: it has changed", found=found)
            if heads
            else tr("the supplement holds no table")
        )
        raise UnreadableFileError(file.path, problem, line=supplement.line, allowed=", ".join(_HEADINGS))


def _row(draft: Draft, file: File, row: Element, cells: list[Element], country: str) -> str:
    """Read one row; gives the country that holds for the next, for the table prints it once."""
    if len(cells) != len(_HEADINGS):
        problem = tr("{count} cells in a row", count=len(cells))
        raise UnreadableFileError(file.path, problem, line=row.line, allowed=str(len(_HEADINGS)))
    country = cells[0].whole() or country
    lines = cells[1].lines()
    if not lines or lines[0].strip("[].").casefold() == "reserved":
        return country
    name, others = _names(lines)
    name = named(file, row.line, name)
    number = digest(f"{country}|{name}".casefold(), DIGITS)
    if number not in draft:
        draft.add(number, name, "unknown", programme=[_PROGRAMME], countries=[country] if country else [])
    for other, what in others:
        draft.name(number, named(file, row.line, other), what)
    # The cell holds the addresses as prose behind the names: it is kept whole.
    draft.fact(number, "address", " ".join(lines))
    for heading, cell in zip(_HEADINGS[2:], cells[2:], strict=True):
        if cell.whole():
            draft.fact(number, "legal_basis", f"{heading}: {cell.whole()}")
    return country


def _names(lines: list[str]) -> tuple[str, list[tuple[str, str]]]:
    """The name and the other names of a cell; what follows them is its addresses."""
    mark = _MARK.search(lines[0])
    if not mark:
        return _first(lines[0]), []
    what = "former_name" if mark[1].lower().startswith("f") else "alias"
    name, rest = lines[0][: mark.start()].strip(" ,"), lines[0][mark.end() :]
    listed = [_DASH.sub("", line) for line in lines[1:] if _DASH.match(line)]
    if not listed:
        listed = re.split(r";\s*", rest) if ";" in rest else [_first(rest)]
    found = [_ended(_AND.sub("", part).strip(" ,")) for part in listed]
    return name or _first(lines[0]), [(f, what) for f in found if f]


def _ended(text: str) -> str:
    """Without the full stop that ends the list of names; that of a shortened word stays."""
    return text if _SHORTENED.search(text) else text.removesuffix(".")


def _first(text: str) -> str:
    """The text to its first comma outside brackets that no legal form follows."""
    depth = 0
    for i, c in enumerate(text):
        depth += (c == "(") - (c == ")")
        if c == "," and depth <= 0 and not _FORM.match(text[i + 1 :]):
            return text[:i].strip()
    return text.strip(" .")
