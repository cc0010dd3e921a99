"""The headline that stands in no part of a text: a page's title, a mail's subject, a field in the head of a file.

It is what a reader sees first, so it is read as the first heading, but where the text says it again.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import combinations
from typing import TYPE_CHECKING

from entrepot.claims.formats.parts import DESCRIPTION, Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entrepot.claims.formats.parts import Parts

_WORD = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d")
# Between a headline and the name of the site or of its section; a hyphen within a word is none that a site's name
# stands behind, but in a title of Chinese characters it is.
_BETWEEN = re.compile(r"\s*(?:[|｜_»«•·/]+|--+|[–—:：]+)\s*|\s+-\s+|(?<=[\u3000-\u9fff\uff00-\uffef])-")
_BEFORE_SITE = re.compile(r"\s*(?:[|｜_»«]|--+)\s*|\s+[-–—]\s+|(?<=[\u3000-\u9fff\uff00-\uffef])-")
_SITE_WORDS = 5  # of a site's name: The South China Morning Post; what is longer is a part of the headline
_LOOKED_AT = 12  # first parts in which a headline is said again, marked as a heading or not
_MOST_HEADINGS = 40  # of a page that are compared: each title is cut in all ways
_MOST_PIECES = 12  # of a title: one with more is a list of words for search machines


def put_first(found: Parts, key: str = "title", *, of_site: bool = False) -> None:
    """Read what a file says its headline is as the first heading, but where its text says it again.

    Args:
        found: the parts of the text; without one there is nothing that a headline could head.
        key: of the file's words about itself.
        of_site: whether the name of a site may stand beside it, behind a bar or a dash.
    """
    said = found.metadata.get(key, "")
    if not said or not found.parts:
        return
    headings = [p for p in found.parts if p.kind == "heading"][:_MOST_HEADINGS]
    again = {_words(p.text) for p in (*headings, *found.parts[:_LOOKED_AT])}
    if _is_said_again(said, again):
        return
    title = _without_site(said, found.metadata.get("og:site_name", "")) if of_site else said
    if not any(_holds(text, _words(title)) for text in again):
        found.parts.insert(0, Part(title, "heading"))


def count_description(found: Parts, *keys: str) -> None:
    """Count a description that a file has of itself and its text does not say: other programs show it."""
    text = " " + " ".join(" ".join(_words(p.text)) for p in found.parts) + " "
    for key in keys:
        words = _words(found.metadata.get(key, ""))
        if words and " ".join(words[:-1] or words) not in text:  # the last word may be cut
            found.left_out[DESCRIPTION] += 1
            return


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def _is_said_again(title: str, again: set[tuple[str, ...]]) -> bool:
    """Whether a heading is the title, or the title without names beside it, in which no figure stands."""
    pieces = [(_words(piece), piece) for piece in _BETWEEN.split(title)][:_MOST_PIECES]
    for first, last in combinations(range(len(pieces) + 1), 2):
        beside = "".join(piece for _, piece in (*pieces[:first], *pieces[last:]))
        words = tuple(word for held, _ in pieces[first:last] for word in held)
        if words in again and not _DIGIT.search(beside):
            return True
    return False


def _holds(text: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether words stand in a text one behind the other."""
    return any(text[at : at + len(words)] == words for at in range(len(text) - len(words) + 1))


def _without_site(title: str, site: str) -> str:
    """A title without the name of its site: the one that the page says, else a short last piece without a figure."""
    for start, end in _cuts(title):
        for name, rest in ((title[end:], title[:start]), (title[:start], title[end:])):
            if site and _words(name) == _words(site) and rest:
                return rest
    if cuts := list(_cuts(title)):
        start, end = cuts[-1]
        name = title[end:]
        if start and len(_words(name)) <= _SITE_WORDS and not _DIGIT.search(name):
            return title[:start]
    return title


def _cuts(title: str) -> Iterator[tuple[int, int]]:
    return (m.span() for m in _BEFORE_SITE.finditer(title))
