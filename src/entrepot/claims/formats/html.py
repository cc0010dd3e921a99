"""HTML, read by justhtml under the HTML5 rules; nothing of it is run or fetched.

Left out and counted: scripts, styles, templates, navigation, asides, dialogs (a banner that asks for consent is one),
the head and foot of the site, comments of readers, what is deleted or struck through, and what `hidden` or an inline
style hides. A page whose article is only in its data (JSON-LD), and is written by a script that is not run here, is
read from that. The title of a page is its headline.
"""

from __future__ import annotations

import json
import re
from itertools import count
from typing import TYPE_CHECKING, Any

from entrepot.claims.formats import headline
from entrepot.claims.formats.parts import NOTE_MARK, Parts, is_note_mark
from entrepot.claims.formats.set_aside.of_site import hidden
from entrepot.claims.formats.tables import Grid
from entrepot.core.errors import BadInputError, UnreadableFileError
from entrepot.core.words.translate import tr
from entrepot.intake.decode import known

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from justhtml import Node

_ARTICLE = 200  # characters of an article in JSON-LD: a shorter one is its teaser
_BEGINS = 60  # characters by which it is known again in the page
_KINDS = {
    "paragraph": "p div section article main body blockquote pre figure header hr",
    "heading": "h1 h2 h3 h4 h5 h6 caption",
    "item": "li dt dd ul ol dl",
    "cell": "td th tr table thead tbody",
    "note": "figcaption footer address",
}
# What a table is made of; the rest of it (thead, tbody) says nothing of where a cell stands.
_TABLE = frozenset({"table", "caption", "tr", "td", "th"})
_WITHIN = frozenset({"p", "div"})  # what a word processor sets within a cell, which stays one
_BLOCKS = {tag: kind for kind, tags in _KINDS.items() for tag in tags.split()}
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]{2,20})", re.IGNORECASE)
_DATES = (
    "article:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "dc.date",
    "dc.date.issued",
    "og:published_time",
)
_TEXT = "#text"
_BEFORE = 4  # pieces of text before a raised one, which tell a mark from a power
_DEEPEST = 100  # levels of JSON-LD
_BODY = "articleBody"  # of JSON-LD


def extract(data: bytes, origin: str, encoding: str | None = None) -> Parts:
    """The paragraphs of a page, its title first where its text does not say it.

    Raises:
        UnreadableFileError: not text in the encoding that it declares, or in the one given.
    """
    found = extract_body(data, origin, encoding)
    put_headline(found)
    return found


def put_headline(found: Parts) -> None:
    """Read the title of a page as its first heading; that its description is not read is counted."""
    found.say("title", found.metadata.get("og:title"))
    headline.put_first(found, of_site=True)
    headline.count_description(found, "description", "og:description")


def extract_body(data: bytes, origin: str, encoding: str | None = None) -> Parts:
    """The paragraphs of a page without its title, which a mail does not show.

    Raises:
        UnreadableFileError: not text in the encoding that it declares, or in the one given.
    """
    declared = _CHARSET.search(data[:4096])
    found = Parts()
    if declared and not encoding:
        encoding = as_declared(declared[1].decode("ascii"), origin)
    return _extracted(found.decoded(data, origin, encoding), origin, found)


def extract_text(text: str, origin: str) -> Parts:
    """The paragraphs of markup that was decoded already and is no page by itself."""
    return _extracted(text, origin, Parts())


def as_declared(declared: str, origin: str) -> str:
    """The encoding that a file says it is in.

    Raises:
        UnreadableFileError: there is no such encoding.
    """
    try:
        return known(declared)
    except BadInputError as exc:
        problem, remedy = (
            tr("it declares an unknown encoding, {declared!r}", declared=declared),
            tr("Give its encoding with --encoding."),
        )
        raise UnreadableFileError(origin, problem, allowed=exc.allowed, remedy=remedy) from exc


def _extracted(text: str, origin: str, found: Parts) -> Parts:
    from justhtml import JustHTML

    try:
        # Nothing is shown as HTML, so nothing need be made harmless; and of a page without scripts the rest is read.
        page = JustHTML(text, sanitize=False, scripting_enabled=False)
    except (ValueError, RuntimeError) as exc:
        raise UnreadableFileError(
            origin, tr("not HTML that can be parsed"), remedy=tr("Save the page again as HTML or text.")
        ) from exc
    for root in page.root.children or ():
        if root.name == "html":
            _walk(root, found)
    _from_data(found)
    return found


def _from_data(found: Parts) -> None:
    """Read the article of JSON-LD where the page does not show it."""
    article = found.metadata.pop(_BODY, "")
    begins = "".join(article.split())[:_BEGINS]
    if (
        not article
        or (found.parts and len(article) < _ARTICLE)
        or begins in "".join("".join(p.text.split()) for p in found.parts)
    ):
        return
    found.parts.clear()
    for line in re.split(r"\s*\n\s*|\s{3,}", article):
        found.add(line)
    found.notes.append(tr("The page does not show its article: it was read from the data in it (JSON-LD)."))


def _walk(root: Node, found: Parts) -> None:
    """Down the tree without recursion, for a page may be nested as deeply as it likes."""
    buffer: list[str] = []
    kinds = ["paragraph"]
    grids: list[Grid] = []
    raised = -1  # where in the buffer a raised text begins
    for node, entering in _steps(root, found):
        tag = node.name
        if tag == _TEXT:
            buffer.append(str(node.data or ""))
        elif tag == "sup":
            raised = _raised(buffer, raised, found) if not entering else len(buffer)
        elif tag == "br":  # one breaks a line, two end a paragraph
            if buffer and buffer[-1] == "\n":
                found.add("".join(buffer), kinds[-1])
                buffer.clear()
            buffer.append("\n")
        elif tag in _BLOCKS:
            found.add("".join(buffer), kinds[-1])
            buffer.clear()
            raised = -1
            if entering:
                kinds.append("cell" if kinds[-1] == "cell" and tag in _WITHIN else _BLOCKS[tag])
            elif len(kinds) > 1:
                kinds.pop()
            if tag in _TABLE:
                _table(node, found, grids, entering=entering)
    found.add("".join(buffer), kinds[-1])


def _raised(buffer: list[str], begins: int, found: Parts) -> int:
    """Take the mark of a note out of the text before it; where the next raised text begins: not yet."""
    if 0 <= begins <= len(buffer):
        before = "".join(buffer[max(0, begins - _BEFORE) : begins])
        if is_note_mark("".join(buffer[begins:]), before):
            del buffer[begins:]
            found.left_out[NOTE_MARK] += 1
    return -1


def _table(node: Node, found: Parts, grids: list[Grid], *, entering: bool) -> None:
    """Keep count of the cells of the innermost table."""
    tag, attributes = node.name, node.attrs or {}
    if tag == "table":
        if entering:
            grids.append(Grid(found))
        elif grids:
            grids.pop().done()
    elif not grids:
        return
    elif tag == "caption" and not entering:
        grids[-1].caption = found.parts[-1].text if found.parts else ""
    elif tag == "tr" and entering:
        grids[-1].row()
    elif tag in ("td", "th") and entering:
        grids[-1].cell(header=tag == "th", columns=_span(attributes, "colspan"), lines=_span(attributes, "rowspan"))
    elif tag in ("td", "th"):
        grids[-1].end()


def _span(attributes: Mapping[str, str | None], name: str) -> int:
    said = re.match(r"\s*(\d{1,3})", attributes.get(name) or "")
    return int(said[1]) if said else 1


def _steps(root: Node, found: Parts) -> Iterator[tuple[Node, bool]]:
    """Each node that is shown, and again when it is left."""
    waiting: list[tuple[Node, bool]] = [(root, True)]
    looks = count()
    while waiting:
        node, entering = waiting.pop()
        if entering and node.name != _TEXT:
            _metadata(node, found)
            why = hidden(node, looks, found.parts)
            if why or node.name == "title":  # pages say it again as a heading: see `headline`
                found.left_out.update([why] if why else [])
                continue
        yield node, entering
        if entering and node.name != _TEXT:
            if node.name != "br":
                waiting.append((node, False))
            waiting.extend((child, True) for child in reversed(node.children or ()))


def _metadata(node: Node, found: Parts) -> None:
    tag, attributes = node.name, node.attrs or {}
    if tag == "meta":
        key = (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").lower()
        if key in _DATES:
            found.say("published", attributes.get("content"))
        elif key in ("author", "og:title", "og:site_name", "description", "og:description"):
            found.say(key, attributes.get("content"))
    elif tag == "time" and attributes.get("datetime"):
        found.say("time", attributes.get("datetime"))
    elif tag == "html":
        found.say("language", attributes.get("lang"))
    elif tag == "title":
        found.say("title", _inside(node))
    elif tag == "script" and "ld+json" in (attributes.get("type") or ""):
        said = _json(_inside(node))
        found.say("published", _first(said, "datePublished"))
        if body := _first(said, _BODY):
            found.metadata.setdefault(_BODY, body)


def _inside(node: Node) -> str:
    """The text of an element that holds nothing else."""
    return "".join(str(child.data or "") for child in node.children or () if child.name == _TEXT)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _first(said: Any, key: str) -> str | None:
    """The first text under a key, wherever it stands."""
    waiting: list[tuple[Any, int]] = [(said, 0)]
    while waiting:
        value, depth = waiting.pop()
        if isinstance(value, dict):
            if isinstance(value.get(key), str):
                return str(value[key])
            value = list(value.values())
        if isinstance(value, list) and depth < _DEEPEST:
            waiting.extend((v, depth + 1) for v in value)
    return None
