"""What of a page is not shown, or is of the site and not of the report: left out, each with why."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.claims.formats.parts import CONSENT, DELETED, QUOTED, READERS
from entrepot.claims.formats.set_aside.quoted_mail import is_forwarded
from entrepot.core.words.translate import marked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from justhtml import Node

    from entrepot.claims.formats.parts import Part

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
_HIDES = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?![.\d])|font-size\s*:\s*0(?![.\d])", re.IGNORECASE
)
# Text that is struck through: what was taken back is no statement of the report.
_DELETED = frozenset({"del", "s", "strike"})
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]*\bline-through\b", re.IGNORECASE)
# What readers wrote below a report: by what holds it, by the words of its names, and by words beside those that say
# something else: that comments are open, that the report itself is a comment.
_THREADS = frozenset({"div", "section", "ul", "ol", "li", "details", "footer", "p"})
# Words of names that hold what readers wrote.
_COMMENT_WORDS = frozenset({"comment", "comments", "disqus"})
_NO_THREAD = frozenset({
    "has", "no", "with", "without", "open", "closed", "enabled", "disabled", "allow", "status", "tone", "type", "theme",
    "style", "format", "category", "cat", "tag", "topic", "pillar", "editor", "editors", "expert", "analyst",
})  # fmt: skip
_SCHEMA = re.compile(r"schema\.org/(?:User)?Comments?\b", re.IGNORECASE)
# A question for consent that no role tells: by its own name,
_ASKS = re.compile(r"(?<![a-z])(?:cookie|consent|gdpr)", re.IGNORECASE)
# by what it is made of, and by its words.
_ASKING, _ASKED = frozenset({"div", "section", "p"}), re.compile(r"cookie|consent|同意|согла[шс]", re.IGNORECASE)
_LONGEST_QUESTION = 3_000  # characters of one; what has more holds a part of the report
_TEXT = "#text"


def hidden(node: Node, looks: Iterator[int], read: Sequence[Part]) -> str:
    """Why a node is not shown, or is of the site and not of the text; empty: it is read.

    Args:
        node: the node.
        looks: counts how often the inside of one was looked through.
        read: what was read before it.
    """
    tag = node.name
    attributes = node.attrs or {}
    role = (attributes.get("role") or "").strip().lower()
    if tag in _LEFT_OUT and role not in _NOTES:
        return tag
    if tag.startswith(("#", "!")):
        return "" if str(node.data or "").startswith("?") else "comment"  # <?xml ...?> says nothing to a reader
    if tag in ("head", "meta", "link", "title"):
        return ""
    if why := _dressed(tag, role, attributes):
        return why
    if tag == "blockquote" and _is_quoted_mail(node, attributes):
        return QUOTED
    below = any(part.kind != "heading" for part in read)
    return READERS if below and _is_of_readers(node, role, looks) else _beside(node, role, looks)


def _dressed(tag: str, role: str, attributes: Mapping[str, str | None]) -> str:
    """Whether an element is hidden or struck through; empty: neither."""
    style = attributes.get("style") or ""
    if "hidden" in attributes or _HIDES.search(style):
        return "hidden"
    return DELETED if tag in _DELETED or role == "deletion" or _STRUCK.search(style) else ""


def _is_quoted_mail(node: Node, attributes: Mapping[str, str | None]) -> bool:
    """Whether a mail program set here what an answer quotes, and not what is forwarded."""
    around = (node.parent.attrs or {}) if node.parent is not None else {}
    answered = (attributes.get("type") or "").lower() == "cite" or any(
        "gmail_quote" in (held.get("class") or "") for held in (attributes, around)
    )
    return answered and not is_forwarded(_text_within(node))


def _is_of_readers(node: Node, role: str, looks: Iterator[int]) -> bool:
    """Whether an element is called after comments and does not hold the report, as what readers wrote below it."""
    attributes = node.attrs or {}
    said = role == "comment" or attributes.get("itemprop") == "comment"
    if not said and not _SCHEMA.search(attributes.get("itemtype") or "") and not _is_named_so(node, attributes):
        return False
    return next(looks) <= _LOOKS and not any(n.name in ("h1", "main") for n in _within(node))


def _is_named_so(node: Node, attributes: Mapping[str, str | None]) -> bool:
    if node.name not in _THREADS:
        return False
    names = f"{attributes.get('id') or ''} {attributes.get('class') or ''}".lower().split()
    parts = (set(re.split(r"[-_:]", name.partition("--")[0])) for name in names)
    return any(part & _COMMENT_WORDS and not part & _NO_THREAD for part in parts)


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
