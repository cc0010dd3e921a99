"""The heads and feet that stand on page after page of a PDF: read where they stand first, left out where repeated.

Without this they run into the text, the tables and the notes of each page, and their figures count as often as there
are pages.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_EDGE = 3  # lines at the top and at the foot of a page among which its head and foot are
_SHARE = 0.4  # of the pages on which it stands: books have one for the left and one for the right
_LEAST = 2  # pages
_NUMBER = re.compile(r"\d+")
_NUMBERS = 4  # of a line, of which one may be that of the page
_NAMED = 8  # characters of a line that is looked for within a longer one
_SHORT = 160  # characters: a longer line is text
# What a browser prints around a page: when it was printed, and the title; where it came from, and which page it is.
_STAMP = re.compile(r"\s*\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s+\d{1,2}:\d\d(?::\d\d)?(?:\s?[AP]M)?\s+\S.*", re.IGNORECASE)
_ADDRESS = re.compile(r"\s*(?:file|https?)://\S+\s+\d+/\d+\s*", re.IGNORECASE)


def without(pages: list[str], layouts: list[str]) -> int:
    """Leave the lines that are repeated out of all pages but the first that has them, where they stand apart.

    Args:
        pages: the text of each page in the order of the file; changed.
        layouts: the same as laid out, top to bottom; changed. A page that could not be laid out is not looked at.

    Returns:
        How many lines were left out.
    """
    count = _printed_around(pages, layouts)
    seen: dict[str, dict[int, str]] = defaultdict(dict)
    for page, layout in enumerate(layouts):
        for edge, line in _edges(layout):
            for shape in _shapes(line, page):
                seen[edge + shape].setdefault(page, line)
    least = max(_LEAST, _SHARE * len(pages))
    done: set[tuple[int, str]] = set()
    for held in seen.values():
        if len(held) < least:
            continue
        for number, (page, line) in enumerate(held.items()):
            if (page, line) not in done:
                done.add((page, line))
                apart = f"\n\n{line.strip()}\n\n" if number == 0 else "\n"
                layouts[page] = _put(layouts[page], line, apart)
                before, pages[page] = pages[page], _put(pages[page], line, apart)
                count += number > 0 and before != pages[page]
    return count


def _printed_around(pages: list[str], layouts: list[str]) -> int:
    """Leave out what a browser printed around each page: it is no text of the report, and its day is no dateline."""
    count = 0
    for page, layout in enumerate(layouts):
        edges = list(_edges(layout))
        stamp = [line for edge, line in edges if edge == "head" and _STAMP.fullmatch(line)][:1]
        address = [line for edge, line in edges if edge == "foot" and _ADDRESS.fullmatch(line)][-1:]
        for line in [*stamp, *address] if stamp and address else ():
            layouts[page] = _put(layouts[page], line, "\n")
            before, pages[page] = pages[page], _put(pages[page], line, "\n")
            count += before != pages[page]
    return count


def _edges(layout: str) -> Iterator[tuple[str, str]]:
    """The lines among which the head and the foot of a page are, each with which of the two."""
    lines = [line for line in layout.splitlines() if line.strip()]
    half = min(_EDGE, (len(lines) + 1) // 2)
    near = [*(("head", line) for line in lines[:half]), *(("foot", line) for line in lines[half:][-_EDGE:])]
    return ((edge, line) for edge, line in near if len(line.strip()) <= _SHORT)


def _shapes(line: str, page: int) -> Iterator[str]:
    """What lines that are repeated have in common: all, or all but one number that goes up by one a page."""
    words = " ".join(line.split())
    yield words
    for number in islice(_NUMBER.finditer(words), _NUMBERS):
        if len(number[0]) < len("10000"):
            yield f"{words[: number.start()]}\0{int(number[0]) - page}\0{words[number.end() :]}"


def _put(text: str, line: str, apart: str) -> str:
    """The text with something else in place of a line that stands in it once, its blanks as they come."""
    pattern = r"\s*".join(re.escape(word) for word in line.split())
    whole = rf"(?m)^[ \t]*{pattern}[ \t]*$"
    # In the order of the file a foot may follow a text without a break; a number alone may be any number.
    within = rf"(?<!\d){pattern}(?!\d)" if len(line.strip()) >= _NAMED else ""
    found = next((p for p in (whole, within) if p and len(re.findall(p, text)) == 1), "")
    return re.sub(found, lambda _: apart, text) if found else text
