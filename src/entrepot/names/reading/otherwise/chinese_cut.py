"""A Chinese name that a field cut within its legal form, with that form whole: 骆驼集团股份有 is 骆驼集团股份有限公司.

Chinese has no spaces, so what is left of a form is read as the firm's own: 有 becomes a word that no listed name has.
A field of 20 bytes holds ten characters, and most firms' names are longer. It is a further reading, for a brand may end
in such a character. See docs/design/04-screening.md.
"""

from __future__ import annotations

from functools import cache

from entrepot.names.reading import lexicon
from entrepot.names.reading.chinese import looks_personal, segments
from entrepot.names.reading.clean import is_han
from entrepot.names.reading.han import simplified

_ENDS_IN = "公司"  # the forms that nearly every firm has; of others what is left is too often a word (会 of 会社)
_FAMILIES = frozenset({"ltd", "jsc", "co"})  # what these forms are read as
_SURE = 3  # characters of a form that end no brand: 有限公, 股份有
_LEAST, _LEAST_SHORT = 2, 4  # characters before what is left of a form, and before one or two characters of it


def with_form(text: str, kind: str) -> tuple[str, str, str]:
    """A name with its legal form whole, what was left of that, and the form; empty texts where none was cut.

    Args:
        text: a cleaned name.
        kind: what it names, as in `prepare`.
    """
    left = _left_of_form(simplified(text[-_longest() :])) if text and is_han(text[-1]) else ""
    if not left or (kind == "any" and looks_personal(text)):
        return "", "", ""
    before = text[: -len(left)]
    if len(before) < (_LEAST if len(left) >= _SURE else _LEAST_SHORT):
        return "", "", ""
    if len(left) < _SURE and not _ends_in_own_word(text):
        return "", "", ""
    form = _begun()[left]
    return before + form, left, form


def _ends_in_own_word(text: str) -> bool:
    """Whether the characters at the end are no word of the tables: 国有 and 控股 are."""
    at = next((i for i in range(len(text), 0, -1) if not is_han(text[i - 1])), 0)
    return segments(text[at:])[-1].entry is None


def _left_of_form(end: str) -> str:
    """The longest beginning of a form, short of the whole of any, in which a text ends; empty where there is none."""
    for size in range(len(end), 0, -1):
        if (found := end[-size:]) in _begun():
            return found
        if found in _whole():
            return ""
    return ""


@cache
def _whole() -> frozenset[str]:
    return frozenset(k for k, e in lexicon.han().items() if e.role == "form")


@cache
def _begun() -> dict[str, str]:
    """Beginnings of legal forms -> the shortest form that begins so."""
    forms = {f for f in _whole() if f.endswith(_ENDS_IN) and lexicon.han()[f].meaning in _FAMILIES}
    out: dict[str, str] = {}
    for form in sorted(forms, key=lambda f: (len(f), f)):
        for size in range(1, len(form)):
            out.setdefault(form[:size], form)
    return {begun: form for begun, form in out.items() if begun not in _whole()}


@cache
def _longest() -> int:
    return max(map(len, (*_begun(), *_whole())))
