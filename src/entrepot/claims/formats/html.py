"""HTML, read by justhtml under the HTML5 rules; nothing of it is run or fetched.

Left out and counted: scripts, styles, templates, navigation, asides, dialogs (a banner that asks for consent is one),
the head and foot of the site, and what `hidden` or an inline style hides. A page whose article is only in its data
(JSON-LD), and is written by a script that is not run here, is read from that.
"""

from __future__ import annotations

import json
import re
from itertools import count
from typing import TYPE_CHECKING, Any

from entrepot.claims.formats.parts import CONSENT, NOTE_MARK, QUOTED, Parts, is_note_mark
from entrepot.claims.formats.tables import Grid
from entrepot.core.errors import BadInputError, UnreadableFileError
from entrepot.core.words.translate import marked, tr
from entrepot.intake.decode import known

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from justhtml import Node

# What a browser never shows as text, and what is of the site and not of the report: a figure there is no claim. What is
# left out is counted and said; a tag too many hides claims, one too few reads those of other articles.
_LEFT_OUT = frozenset({
    "script", "style", "template", "nav", "aside", "noscript", "svg", "iframe", "object", "button", "select",
    "textarea", "datalist", "dialog", "amp-consent", "amp-sidebar", "amp-ad",
})  # fmt: skip
# The same said by a role, as HTML Accessibility API Mappings has them; notes are of the text, whatever holds them.
_ROLES = {
    "navigation": "nav", "complementary": "aside", "search": "form", "dialog": "dialog", "alertdialog": "dialog",
    "banner": marked("head of the site"), "contentinfo": marked("foot of the site"),
}  # fmt: skip
_SITE = {"header": "banner", "footer": "contentinfo"}  # what stands in no part of the text has these roles by itself
# Elements within which a head or foot is that of a part of the text, by the same mappings.
_PARTS_OF_TEXT = frozenset({"article", "main", "section", "aside", "nav", "blockquote", "td"})
# Roles of notes, by Digital Publishing WAI-ARIA.
_NOTES = frozenset({"doc-endnotes", "doc-footnotes", "doc-footnote", "note"})
_UP = 60  # elements around one that are looked at: a page may be nested as deeply as it likes
_MOST_WITHIN = 2_000  # nodes looked through for that
_LINKS = marked("list of links")  # as it is counted
_LOOKS = 200  # elements of a page so looked through: no page has more, and one that is nested in itself may
_FORM = 600  # characters of text in a form: one with more holds the page, as some servers write it
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
_HIDES = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?![.\d])|font-size\s*:\s*0(?![.\d])", re.IGNORECASE
)
# A question for consent that no role tells: by its own name,
_ASKS = re.compile(r"(?<![a-z])(?:cookie|consent|gdpr)", re.IGNORECASE)
# by what it is made of, and by its words.
_ASKING, _ASKED = frozenset({"div", "section", "p"}), re.compile(r"cookie|consent|同意|согла[шс]", re.IGNORECASE)
_LONGEST_QUESTION = 3_000  # characters of one; what has more holds a part of the report
_FORWARDED = re.compile(r"\s*\W*(?:begin )?forwarded message|\s*\W*(?:пересыл|转发)", re.IGNORECASE)
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
    """The paragraphs of a page.

    Raises:
        UnreadableFileError: not text in the encoding that it declares, or in the one given.
    """
    declared = _CHARSET.search(data[:4096])
    found = Parts()
    if declared and not encoding:
        encoding = as_declared(declared[1].decode("ascii"), origin)
    return _extracted(found.decoded(data, origin, encoding), origin, found)


def extract_text(text: str, origin: str) -> Parts:
    """The paragraphs of a page that was decoded already."""
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
            why = _hidden(node, looks)
            if why or node.name == "title":  # the title is metadata: pages say it again as a heading
                found.left_out.update([why] if why else [])
                continue
        yield node, entering
        if entering and node.name != _TEXT:
            if node.name != "br":
                waiting.append((node, False))
            waiting.extend((child, True) for child in reversed(node.children or ()))


def _hidden(node: Node, looks: Iterator[int]) -> str:
    """Why a node is not shown, or is of the site and not of the text; empty: it is read."""
    tag = node.name
    attributes = node.attrs or {}
    role = (attributes.get("role") or "").strip().lower()
    if tag in _LEFT_OUT and role not in _NOTES:
        return tag
    if tag.startswith(("#", "!")):
        return "" if str(node.data or "").startswith("?") else "comment"  # <?xml ...?> says nothing to a reader
    if tag in ("head", "meta", "link", "title"):
        return ""
    if "hidden" in attributes or _HIDES.search(attributes.get("style") or ""):
        return "hidden"
    if tag == "blockquote" and _is_quoted_mail(node, attributes):
        return QUOTED
    return _beside(node, role, looks)


def _is_quoted_mail(node: Node, attributes: Mapping[str, str | None]) -> bool:
    """Whether a mail program set here what an answer quotes, and not what is forwarded."""
    answered = (attributes.get("type") or "").lower() == "cite" or "gmail_quote" in (attributes.get("class") or "")
    return answered and _FORWARDED.match(_text_within(node)) is None


def _asks_for_consent(node: Node) -> bool:
    """Whether an element is called after cookies or consent, speaks of them, and holds no part of the report."""
    attributes = node.attrs or {}
    if node.name not in _ASKING or not _ASKS.search(f"{attributes.get('id') or ''} {attributes.get('class') or ''}"):
        return False
    said = _text_within(node)
    return len(said) <= _LONGEST_QUESTION and bool(_ASKED.search(said)) and not _names_the_report(node)


def _text_within(node: Node) -> str:
    return "".join(str(n.data or "") for n in _within(node) if n.name == _TEXT)


def _beside(node: Node, role: str, looks: Iterator[int]) -> str:
    """Why a node is of the site and not of the text; empty: it is not."""
    tag = node.name
    if tag in ("ul", "ol"):
        return _LINKS if _is_of_links(node) else ""
    if tag in _ASKING and _asks_for_consent(node):
        return CONSENT
    role = role or (_SITE.get(tag, "") if _of_site(node) else "")
    if (role not in _ROLES and tag != "form") or next(looks) > _LOOKS:
        return ""
    kept = _holds_text(node) if tag == "form" else _names_the_report(node)
    return "" if kept else _ROLES.get(role, tag)


def _is_of_links(node: Node) -> bool:
    """Whether each item of a list is a link and no more, as of related news: headlines of other reports."""
    items = [n for n in node.children or () if n.name != _TEXT]
    return len(items) > 1 and all(n.name == "li" and _is_link(n) for n in items)


def _is_link(item: Node) -> bool:
    held = [n for n in item.children or () if n.name != _TEXT or str(n.data or "").strip()]
    return len(held) == 1 and held[0].name == "a"


def _holds_text(form: Node) -> bool:
    """Whether a form holds more text than its fields need."""
    return sum(len(str(n.data).strip()) for n in _within(form) if n.name == _TEXT and n.data) > _FORM


def _names_the_report(node: Node) -> bool:
    """Whether a head, foot or dialog holds the heading of the page, or all of it."""
    return any(n.name in ("h1", "article", "main") for n in _within(node))


def _of_site(node: Node) -> bool:
    """Whether a head or foot stands in no part of the text."""
    around = node.parent
    for _ in range(_UP):
        if around is None or around.name in ("body", "html"):
            return True
        if around.name in _PARTS_OF_TEXT:
            return False
        around = around.parent
    return False


def _within(node: Node) -> Iterator[Node]:
    """All that is shown in an element, some thousands of nodes at most."""
    waiting = list(reversed(node.children or ()))
    for _ in range(_MOST_WITHIN):
        if not waiting:
            return
        here = waiting.pop()
        if here.name not in _LEFT_OUT:
            yield here
            waiting.extend(reversed(here.children or ()))


def _metadata(node: Node, found: Parts) -> None:
    tag, attributes = node.name, node.attrs or {}
    if tag == "meta":
        key = (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").lower()
        if key in _DATES:
            found.say("published", attributes.get("content"))
        elif key in ("author", "og:title", "description"):
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
