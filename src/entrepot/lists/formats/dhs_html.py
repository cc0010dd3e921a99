"""The UFLPA Entity List, a web page: a table a section of the Act, a row an entity.

Layout: https://www.dhs.gov/uflpa-entity-list. Each table is headed "Name of Entity" (or "Entity Name") and "Effective
Date"; the paragraph above it names the section. Other names stand in brackets inside the name's cell. The page gives
its entities no numbers: an entry's number is the beginning of the hash of its name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from entrepot.core.errors import UnreadableFileError
from entrepot.core.ids import DIGITS, digest
from entrepot.core.words.translate import tr
from entrepot.lists.formats import headed_csv
from entrepot.lists.formats.reading import Draft, File, Reading, named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from justhtml import Node

# Headings of the tables of the page as it has had them.
_NAME, _DAY = {"name of entity", "entity name", "name"}, {"effective date"}
_SECTION = re.compile(r"2\(d\)\(2\)\(B\)\((i{1,3}|iv|v)\)", re.IGNORECASE)
_UPDATED = re.compile(
    r"Last (?:Updated|Published|Reviewed)(?: Date)?:?\s*([A-Z][a-z]+ \d{1,2}, \d{4}|\d{1,2}/\d{1,2}/\d{4})"
)
_OPENS = re.compile(
    r"(?:and |including )?"
    r"(?:(?:the )?(?:following )?\w+ alias(?:es)?:?|also known as:?|formerly known as:?|a\.k\.a\.,?)\s*",
    re.IGNORECASE,
)
_FORMER = re.compile(r"formerly known as", re.IGNORECASE)
_FARTHEST = 200  # elements between a table and the heading of its section
_BESIDE = re.compile(r",? and (?:its )?(?:\w+ )?(?:[\w-]+-based )?(?:subsidiar|subordinate|affiliat).*$", re.IGNORECASE)
_WORDS_BETWEEN = re.compile(r"\s*;\s*(?:and\s+)?|\s+and\s+(?=(?:formerly|also) known as)", re.IGNORECASE)


def read_dhs_html(files: Mapping[str, File], list_id: str) -> Reading:
    """Every entity of every table of the page, with the sections under which it stands.

    Raises:
        UnreadableFileError: no table of the list, a page that was cut, a table whose headings changed, a row or a date
            of another form.
    """
    from justhtml import JustHTML

    (file,) = files.values()
    draft, text = Draft(list_id), headed_csv.decoded(file)
    page = JustHTML(text, sanitize=False, scripting_enabled=False)
    if found := _UPDATED.search(" ".join(map(_inside, page.query("body")))):
        draft.published = _date(file, found[1])
    tables = page.query("table")
    if not tables:
        problem = tr("the page holds no table: it is another page, or it has changed")
        raise UnreadableFileError(file.path, problem, allowed=tr("tables headed Name of Entity and Effective Date"))
    _refuse_cut(file, text)
    if any(table.query("table") for table in tables):  # whose rows would be read once for each table that they stand in
        raise UnreadableFileError(
            file.path, tr("a table stands within another: the page has changed"), allowed=tr("tables apart")
        )
    above = _Above()
    for table in tables:
        section = above.of(file, table)
        for name, day in _rows(file, table):
            _entry(draft, file, section, name, day)
    return draft.reading()


def _refuse_cut(file: File, text: str) -> None:
    """Refuse a page whose end is missing: who stood below the cut would count as taken off the list.

    A browser closes what is open, and so does the reader of pages; only the text tells.
    """
    small = text.lower()
    open_tables = small.count("<table") - small.count("</table")
    if open_tables > 0 or small.rfind("</html") < small.rfind("<table"):
        lacks = "</table> and " if open_tables > 0 else ""
        raise UnreadableFileError(
            file.path,
            f"the page is cut: it ends without {lacks}</html>"
            if "</html" not in small
            else tr("a table is not closed"),
            allowed="a whole page, to its </html>",
            remedy=tr("Save or download the whole page again."),
        )


@dataclass(slots=True)
class _Above:
    """What stands above the tables of a page, each element read once: there may be thousands of tables.

    Attributes:
        place: of each child of the elements that were passed, by identity.
        section: the last that an element names, by identity; empty for none.
    """

    place: dict[int, int] = field(default_factory=dict)
    section: dict[int, str] = field(default_factory=dict)

    def of(self, file: File, table: Node) -> str:
        """The section of the Act that stands nearest above a table."""
        node: Node | None = table
        for _ in range(_FARTHEST):
            if node is None:
                break
            before = self._before(node)
            node = node.parent if before is None else before
            if before is not None and (found := self._last(before)):
                return tr("Section 2(d)(2)(B)({found})", found=found)
        raise UnreadableFileError(
            file.path,
            tr("no section of the Act stands above a table: the page has changed"),
            allowed=tr("Section 2(d)(2)(B)(i) to (v)"),
        )

    def _before(self, node: Node) -> Node | None:
        """What stands before a node under the same one."""
        beside = (node.parent.children or []) if node.parent else []
        if id(node) not in self.place:
            self.place |= {id(one): at for at, one in enumerate(beside)}
        at = self.place.get(id(node), 0)
        return beside[at - 1] if at else None

    def _last(self, node: Node) -> str:
        if id(node) not in self.section:
            found = _SECTION.findall(_inside(node))
            self.section[id(node)] = found[-1].lower() if found else ""
        return self.section[id(node)]


def _inside(node: Node) -> str:
    """All text of a node, a space between its pieces."""
    found, waiting = [], [node]
    while waiting:
        node = waiting.pop()
        found += [str(node.data or "")] if node.name == "#text" else []
        waiting.extend(reversed(node.children or ()))
    return " ".join(found)


def _rows(file: File, table: Node) -> Iterator[tuple[str, str]]:
    """Name and day of each row under the two headings."""
    rows = [[_text(c) for c in row.query("th, td")] for row in table.query("tr")]
    rows = [r for r in rows if any(r)]
    headings = [h.casefold() for h in rows[0]] if rows else []
    name = next((i for i, h in enumerate(headings) if h in _NAME), None)
    day = next((i for i, h in enumerate(headings) if h in _DAY), None)
    if name is None or day is None:
        shown = ", ".join(headings)[:120]
        raise UnreadableFileError(
            file.path,
            tr("a table is headed {shown!r}: the page has changed", shown=shown),
            allowed=tr("Name of Entity, Effective Date"),
        )
    if len(rows) == 1:
        raise UnreadableFileError(file.path, tr("a table of the list is empty: the page has changed"))
    for row in rows[1:]:
        if len(row) != len(headings) or not row[name] or not row[day]:
            shown = " | ".join(row)[:120]
            raise UnreadableFileError(
                file.path,
                tr("a row of another form: {shown!r}", shown=shown),
                allowed=tr("{count} cells", count=len(headings)),
            )
        yield row[name], row[day]


def _text(cell: Node) -> str:
    return " ".join(_inside(cell).replace("\xa0", " ").split())


def _entry(draft: Draft, file: File, section: str, cell: str, day: str) -> None:
    plain, others = _split(cell)
    name = named(file, None, _BESIDE.sub("", plain).rstrip(" ,;"))
    number = digest(name.casefold(), DIGITS)
    if _BESIDE.search(plain):
        draft.count("entries that include others which the page does not name one by one, or names in a sentence", name)
    if number not in draft:
        draft.add(number, name, "organisation", programme=["UFLPA"])
    draft.extend(number, "section", [section])
    draft.since(number, _date(file, day))
    for other, what in others:
        draft.name(number, named(file, None, other), what)


def _split(cell: str) -> tuple[str, list[tuple[str, str]]]:
    """The name without the brackets that hold other names, and those names; a bracket may hold brackets."""
    plain: list[str] = []
    others: list[tuple[str, str]] = []
    at = 0
    for start, end in _brackets(cell):
        inside = cell[start + 1 : end]
        if opens := _OPENS.match(inside):
            plain.append(cell[at:start])
            at = end + 1
            others += _names(inside, opens)
    plain.append(cell[at:])
    return " ".join("".join(plain).split()), others


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    """Where each outermost bracket opens and closes."""
    depth = start = 0
    for i, c in enumerate(text):
        if c == "(":
            start = i if depth == 0 else start
            depth += 1
        elif c == ")" and depth:
            depth -= 1
            if depth == 0:
                yield start, i


def _names(inside: str, opens: re.Match[str]) -> Iterator[tuple[str, str]]:
    what = "former_name" if _FORMER.search(opens[0]) else "alias"
    rest = inside[opens.end() :]
    parts = _WORDS_BETWEEN.split(rest)
    if len(parts) == 1 and re.search(r"\btwo aliases", opens[0], re.IGNORECASE):
        parts = rest.split(" and ")
    for part in parts:
        if again := _OPENS.match(part):
            what = "former_name" if _FORMER.search(again[0]) else "alias"
        if name := part[again.end() if again else 0 :].strip(" ,;"):
            yield name, what


def _date(file: File, text: str) -> str:
    for form in ("%B %d, %Y", "%m/%d/%Y", "%b %d, %Y"):
        try:
            return datetime.strptime(text.strip(), form).date().isoformat()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise UnreadableFileError(file.path, tr("not a date: {text!r}", text=text[:40]), allowed=tr("June 21, 2022"))
