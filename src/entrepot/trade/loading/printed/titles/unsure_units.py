"""Words beside a currency that are not known, so that figures may be thousands or millions of it.

A word of scale that is in no list was read as if it were not there, and the figures were a thousand to a billion times
too small. Where such a word stands directly beside a currency, nothing is read until a map says what figures count.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import tr
from entrepot.trade.loading.printed.printed_headings import title_words
from entrepot.trade.loading.printed.printed_units import has_several_scales, said, told_words
from entrepot.vocabulary import partners

if TYPE_CHECKING:
    from collections.abc import Iterable

_CLAUSES = re.compile(r"(?<!\d),|,(?!\d)|[;:()\[\]{}，；：（）、|]|\s[-–—]\s")
_PARTS = re.compile(r"[;；]")  # of goods in pieces; of money in dollars
_MADE = re.compile(r"[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+")  # names of columns of a database
_ABBREVIATED = 4  # letters of an abbreviated scale, at most: mill, mrd, m
# Between a scale and its currency: millones de dólares.
_GENITIVE = frozenset({"de", "of", "di", "d", "'"})
_LONGEST = 300  # characters of a line that says a unit
_SHORT = 4  # words of a cell that is nothing but a unit: million tomans
_LETTERS = 3  # of a code of a country, at most
# Kinds of words that are known.
_NEITHER = ("scale", "currency", "flow", "label", "digits", "beside")


def unsure_words(text: str) -> tuple[str, ...]:
    """The words because of which nothing tells what figures are counted in; none where the text tells, or is no unit.

    >>> unsure_words("Xyzzy USD"), unsure_words("Exports of Kazakhstan in USD"), unsure_words("Xyzzy million USD")
    (('xyzzy',), (), ())
    >>> unsure_words("Trade by country, USD"), unsure_words("million toman")
    ((), ('toman',))
    >>> unsure_words("thousand tonnes, million USD")
    ('thousand tonnes, million USD',)
    """
    spoken = said(text)
    parts = _PARTS.split(text)
    if len(parts) > 1 and sum(bool(said(part).currency) for part in parts) == 1:
        return next(unsure_words(part) for part in parts if said(part).currency)
    if has_several_scales(text):
        return (text,) if spoken.currency else ()
    if spoken.scale != 1:
        return _of_no_currency(text)
    found: list[str] = []
    for clause in _CLAUSES.split(text):
        words = told_words(clause)
        for at, (_, kinds) in enumerate(words):
            if "currency" in kinds:
                found += [w for w in (_before(words, at), _behind(words, at)) if w and not _is_named(w)]
    return tuple(dict.fromkeys(found))


def unsure_in_heading(heading: str) -> tuple[str, ...]:
    """The words of a column's heading because of which nothing tells what its figures are counted in.

    Of a name that a program made only short words may be a scale: usd_m and not usd_before.

    >>> unsure_in_heading("export_usd_m"), unsure_in_heading("usd_before_tariff"), unsure_in_heading("Value (zoll USD)")
    (('m',), (), ('zoll',))
    """
    found = unsure_words(heading.replace("_", " "))
    return tuple(w for w in found if len(w) <= _ABBREVIATED) if _MADE.fullmatch(heading) else found


def _of_no_currency(text: str) -> tuple[str, ...]:
    """Words beside a scale in a short text that names no currency and nothing else: million tomans."""
    words = told_words(text)
    spoken = said(text)
    is_word = any("scale" in kinds and word.isalpha() for word, kinds in words)
    is_word = is_word or (len(words) == 2 and "scale" in words[0][1])  # noqa: PLR2004 - 1 000 kr
    if spoken.currency or spoken.flow or spoken.label not in {"", "value"} or not is_word or len(words) > _SHORT:
        return ()
    return tuple(word for word in spoken.rest if not _is_named(word))


def _before(words: list[tuple[str, frozenset[str]]], at: int) -> str:
    while at and words[at - 1][0] in _GENITIVE:
        at -= 1
    return _unknown(words[at - 1]) if at else ""


def _behind(words: list[tuple[str, frozenset[str]]], at: int) -> str:
    return _unknown(words[at + 1]) if at + 1 < len(words) else ""


def _unknown(told: tuple[str, frozenset[str]]) -> str:
    word, kinds = told
    return "" if kinds & {*_NEITHER} or word in {"us", "u", "s"} else word


def _is_named(word: str) -> bool:
    """Whether a word is of an office, or names a place: neither is a scale."""
    is_place = len(word) > _LETTERS and bool(partners.code_of(word))  # kr is Korea's code, and a currency's sign
    return is_place or word in title_words("office") | title_words("of_office")


def unsure_line(cells: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """The first cell of a title in which a word is not known beside a currency, and those words; empty for none."""
    for cell in (one for one in cells if len(one) <= _LONGEST):
        if words := unsure_words(cell):
            return cell, words
    return "", ()


def refuse_unsure(text: str, words: tuple[str, ...]) -> None:
    """Stop where nothing tells what figures are counted in.

    Args:
        text: what stands there: a line of the title, or a heading.
        words: those that are not known.

    Raises:
        BadInputError: with the lines of a map by which it is said.
    """
    raise BadInputError(
        tr("what the figures are counted in is not understood: thousands, millions or one"),
        found=tr("{text!r}; not known: {words}", text=text[:80], words=", ".join(map(repr, words))),
        remedy=tr(
            "Say it in a map, --map FILE.toml: [scale], then value = 1000 for thousands, 1000000 for millions, 1 where "
            'figures are as they stand; and [fixed], then currency = "USD" or another.'
        ),
    )
