"""Names in right-to-left scripts on a page: each is set apart, so that what stands beside it keeps its place.

Without that a browser draws a score or a bracket beside an Arabic or a Uyghur name on its other side, as a part of
the name (UAX 9). What a template has set apart by itself stays as it is.
"""

from __future__ import annotations

import re

# Hebrew, Arabic and their neighbours, with the forms for presentation: the blocks whose letters run from right to left.
_LETTER = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
# From the first letter of a name to its last, with blanks, hyphens, points and apostrophes between them: a bracket, a
# comma or a number stands between two names, or is no part of one.
_RUN = re.compile(rf"[{_LETTER}]+(?:[\s.\u00b7\u200c\u200d'’–-]+[{_LETTER}]+)*")
_ANY = re.compile(f"[{_LETTER}]")
_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"<(/?)([a-zA-Z]+)")
_APART = {"bdi", "textarea", "script", "style"}  # set apart already, or no text that is drawn
_NO_ELEMENTS = {"svg", "option", "title"}  # in which no `bdi` may stand: signs that are not seen set a name apart there
_FIRST_STRONG, _POP = "\u2068", "\u2069"
# Marks that turn the direction of text. Not those two: a page sets names apart by them, and they force no direction.
_TURN = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066\u2067]")


def isolated(page: str) -> str:
    """A page whose names in right-to-left scripts are set apart, each in a `bdi`.

    Args:
        page: HTML in which `>` in an attribute is escaped, as templates do.
    """
    if not _ANY.search(page):
        return page
    open_now: list[str] = []
    return "".join(_part(part, open_now) for part in _TAG.split(page))


def _part(part: str, open_now: list[str]) -> str:
    """A tag as it is, noted where it changes how a text is set apart; a text with its names set apart."""
    if found := _NAME.match(part):
        ends, name = found[1], found[2].lower()
        if name in _APART | _NO_ELEMENTS:
            if not ends and not part.endswith("/>"):
                open_now.append(name)
            elif ends and name in open_now:
                del open_now[len(open_now) - 1 - open_now[::-1].index(name) :]
        return part
    if not _APART.isdisjoint(open_now):
        return part
    before, after = ("<bdi>", "</bdi>") if not open_now else (_FIRST_STRONG, _POP)
    return _RUN.sub(lambda run: f"{before}{run[0]}{after}", part)


def turns_told(page: str) -> str:
    """A page in which marks that turn the direction of text are told, as a printed record tells them.

    Hidden in a name they show another name than the file has. What stands in an attribute or a field that is sent
    again stays as it is.

    Args:
        page: HTML in which `>` in an attribute is escaped, as templates do.
    """
    if not _TURN.search(page):
        return page
    parts = _TAG.split(page)
    for i in range(0, len(parts), 2):
        if not (i and parts[i - 1].startswith("<textarea")):
            parts[i] = _TURN.sub(lambda found: f"\\u{ord(found[0]):04x}", parts[i])
    return "".join(parts)
