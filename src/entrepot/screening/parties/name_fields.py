"""A name that stands in several fields: joined, for its pieces are no parties.

SAP's vendors have NAME1 to NAME4 of 35 letters each. A longer name is cut there by a program, in the middle of a word,
or by a clerk, at a word; which of the two an export does not say, so it is compared both ways. What stands in a later
field may also be no name at all (a department, a branch): then the first alone is compared too.
See docs/design/38-vendor-files.md.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise, product
from typing import TYPE_CHECKING

from entrepot.intake.heading_row import is_han
from entrepot.names.reading.prepare import prepare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.intake.text_table import Row

_WIDTH = 35  # letters of a name field of SAP (NAME1 of LFA1, KNA1): what would have fitted was not cut there
# A field narrower than this holds no name of a firm in any system known: nothing shorter was cut within a word.
_LEAST_CUT = 20
_LAST = 2  # characters of 公司, with which the legal forms of China end
_LEAST_HAN = 4  # characters of a Chinese short name: a place and a brand of two each; fewer are a brand alone
_EDGES = ".,;()'\"«»“”"
_MOST = 8  # ways of joining: two at each of three ends


def name_of(row: Row, at: Sequence[int]) -> tuple[str | None, tuple[str, ...]]:
    """The name of a row, joined, and the other ways in which it may be put together.

    Args:
        row: its cells.
        at: positions of the fields, in order.
    """
    pieces = tuple(cell for i in at if (cell := row[i]))
    if len(pieces) < 2:  # noqa: PLR2004 - one field is the name
        return (pieces[0] if pieces else None), ()
    return _joined(pieces)


@lru_cache(maxsize=20_000)
def _joined(pieces: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    whole = _put(pieces, [_between(a, b) for a, b in pairwise(pieces)])
    ends = [_ways(a, b) for a, b in pairwise(pieces)]
    ways = [_put(pieces, between) for between in list(product(*ends))[:_MOST]]
    return whole, tuple(w for w in dict.fromkeys((*ways, *_alone(pieces))) if w != whole)


def other_names(
    row: Row, at: Sequence[Sequence[int]], headings: Sequence[str], name: str | None
) -> tuple[tuple[str, str], ...]:
    """The other names of a party with the columns that they stand in, those left out that say less than its name.

    Args:
        row: its cells.
        at: positions of the fields of each other name.
        headings: of the table.
        name: the name; None where it is empty.
    """
    found: dict[str, str] = {}
    for fields in at:
        text, _ = name_of(row, fields)
        if text and text not in found and not (name and _says_less(text, name)):
            found[text] = " + ".join(headings[i] for i in fields)
    return tuple((column, text) for text, column in found.items())


@lru_cache(maxsize=20_000)
def _says_less(other: str, name: str) -> bool:
    """Whether another name only shortens the name: it is a word of it, or is cut within one, as search names are.

    The name is compared whole, and a word alone is the name of too many others. Two whole words of it are compared:
    what follows them in the name may be a branch.
    """
    short, whole = " ".join(other.casefold().split()), " ".join(name.casefold().split())
    if short == whole:
        return True
    if is_han(short):
        return len(short) <= _LEAST_HAN and short in whole
    words = whole.split()
    is_cut = whole.startswith(short) and whole[len(short)].isalnum()
    return short in {w.strip(_EDGES) for w in words} | set(words) or is_cut


def _put(pieces: Sequence[str], between: Sequence[str]) -> str:
    return pieces[0] + "".join(b + p for b, p in zip(between, pieces[1:], strict=True))


def _between(left: str, right: str) -> str:
    """A space, but between Chinese characters, which have none."""
    return "" if is_han(left[-1]) and is_han(right[0]) else " "


def _ways(left: str, right: str) -> tuple[str, ...]:
    """What may have stood between two pieces: a space, or nothing where a word may have been cut."""
    usual = _between(left, right)
    was_cut = len(left) >= _LEAST_CUT and not right[0].isspace()
    return (usual, "") if usual and was_cut else (usual,)


def _alone(pieces: tuple[str, ...]) -> list[str]:
    """Pieces that are names by themselves: what is before one that needed no field of its own, or ends a firm's name.

    A firm's name that begins in the first field and ends in the second ("Zhongtai Chemical", "Co., Ltd.") is neither.
    What a later field says is one where it has two words and one that tells a name from others: of a group and its
    member ("Nordmole", "Sommer Textile") the listed one may stand there whole.
    """
    out = []
    for n in range(1, len(pieces)):
        before, rest = pieces[:n], pieces[n]
        head = _put(before, [_between(a, b) for a, b in pairwise(before)])
        fitted = len(pieces[n - 1]) + 1 + len(rest.split()[0]) <= _WIDTH
        if _ends_a_firm(head) or (fitted and not prepare(rest, "company").forms):
            out.append(head)
            if prepare(rest, "company").forms and _is_more_than_form(rest):
                out.append(rest)
    tails = (_put(pieces[n:], [_between(a, b) for a, b in pairwise(pieces[n:])]) for n in range(1, len(pieces)))
    return [*out, *(text for text in (*pieces[1:], *tails) if _says_name(text))]


def _says_name(text: str) -> bool:
    """Whether a text has two words without its legal form, one of them neither a place nor of a trade."""
    read = prepare(text, "company").words
    return len(read) > 1 and any(w.kind == "core" for w in read)


def _ends_a_firm(text: str) -> bool:
    """Whether a text ends with a legal form: its last word is one, or what is left without its last characters none."""
    forms = prepare(text, "company").forms
    if is_han(text[-1]):
        return bool(forms) and prepare(text[:-_LAST], "company").forms != forms
    return bool(forms) and " " in text and not _is_more_than_form(text.rsplit(maxsplit=1)[-1])


def _is_more_than_form(text: str) -> bool:
    return len(prepare(f"x {text}", "company").words) > 1
