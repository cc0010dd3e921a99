"""Names of ships within a cell: what stands behind MV, M/T, motor vessel, "Vessel:", and before (tanker), 轮, a voyage.

The marks are data (names/data/ship_marks.csv). A firm may bear the same letters (MT Hansen, SS Steel), so what is left
of a cell is compared with ships, and the cell itself with everybody. See docs/design/04-screening.md.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from entrepot.names.reading.lexicon import HONORIFICS, ship_marks
from entrepot.names.reading.prepare import prepare

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LINES = re.compile(r"[\r\n\t;|；]+| / ")
_WORD = re.compile(r"[^\W\d_]+")
_SAID_VOYAGE = re.compile(r"[\s,/]+[^\W\d_]{3}|[\s,/]+[\u3400-\u9fff]")  # a word for it, and not V alone
_SIGN = re.compile(r"[^\W_]")
_HAN = re.compile(r"[\u3400-\u9fff]")
# Letters and figures of a name, a Chinese character for two: 7-28 is a listed ship, "Tug 9" says no more than its mark.
_LEAST_SIGNS = 3
_QUOTES = "\"'“”„«»‘’`"  # about a ship's name
_EDGES = f" \u00a0,，:;/{_QUOTES}"


@lru_cache(maxsize=4_096)
def ships_in(text: str) -> tuple[str, ...]:
    """The names of ships that a cell may hold, without what says that they are ships.

    Args:
        text: a cell that names a party.
    """
    if not _ship_marks().search(text):
        return ()
    return _found(text, is_ship=False)


@lru_cache(maxsize=4_096)
def called_as_ship(text: str) -> tuple[str, ...]:
    """As `ships_in`, of a cell that is known to name a ship: a voyage behind the name needs no mark before it.

    Args:
        text: a cell of a column of ships: "HARBOUR LANTERN / 041W".
    """
    return _found(text, is_ship=True)


def _found(text: str, *, is_ship: bool) -> tuple[str, ...]:
    found = (name for line in (text, *_LINES.split(text)) for name in _of_ship(line, is_ship=is_ship))
    return tuple(n for n in dict.fromkeys(found) if n != text.strip())


def _of_ship(line: str, *, is_ship: bool) -> Iterator[str]:
    """What is left of a line, mark by mark; nothing of it where it says a legal form, which no ship has."""
    said = line.strip()
    for mark in (_ship_label(), _ship_prefix(), _ship_voyage(), _ship_aside()):
        found = mark.search(said)
        if not found or not _may_be_mark(found.group(), line):
            continue
        is_bare = said == line.strip() and not is_ship
        if mark is _ship_voyage() and is_bare and not _SAID_VOYAGE.match(found.group()):
            continue  # Audi V 8
        said = (said[: found.start()] + said[found.end() :]).strip(_EDGES)
        signs = len(_SIGN.findall(said)) + len(_HAN.findall(said))
        if signs >= _LEAST_SIGNS and not prepare(said, "company").forms:
            yield said


def _may_be_mark(mark: str, line: str) -> bool:
    """Whether letters that are a form of address too (Ms) are written as a ship's are: in capitals."""
    letters = "".join(_WORD.findall(mark))
    return letters.lower() not in HONORIFICS or letters.isupper() or line.islower()


def either(words: Sequence[str]) -> str:
    """Alternatives by their first letters, of which most words of a text have none; a blank may be a point or comma.

    Args:
        words: in small letters, none of them empty.
    """
    by_first: dict[str, list[str]] = {}
    for word in words:
        by_first.setdefault(word[0], []).append(re.escape(word[1:]).replace(r"\ ", r"[\s.,]+"))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in by_first.items())


@cache
def _ship_prefix() -> re.Pattern[str]:
    """MV, M/V, M.V., motor vessel before a name, or before the mark that quotes it."""
    letters = (_apart_or_not(mark) for mark in ship_marks("letters"))
    words = (re.escape(mark).replace(r"\ ", r"\s+") for mark in ship_marks("word"))
    return re.compile(rf"^(?:{'|'.join((*letters, *words))})(?:\.?[\s:]+|\.?(?=[{_QUOTES}]))", re.IGNORECASE)


def _apart_or_not(mark: str) -> str:
    """Letters with a point, a stroke or a space behind each, or none; where the mark has strokes, there alone."""
    pieces = mark.split("/") if "/" in mark else list(mark)
    return r"[./\\]?\s?".join(map(re.escape, pieces))


@cache
def _ship_label() -> re.Pattern[str]:
    return re.compile(rf"^(?:{either(ship_marks('label'))})\s*[:：]\s*", re.IGNORECASE)


@cache
def _ship_aside() -> re.Pattern[str]:
    """(tanker) behind a name, or 轮 behind Chinese characters."""
    aside, behind = either(ship_marks("aside")), either(ship_marks("behind"))
    return re.compile(rf"\s*[(（\[](?:{aside})[)）\]]\s*$|(?<=[\u3400-\u9fff])(?:{behind})$", re.IGNORECASE)


@cache
def _ship_voyage() -> re.Pattern[str]:
    """A voyage behind a ship's name: V.123E, VOY NO 12, 航次 3, / 123W."""
    said = rf"[\s,/]+(?:{either(ship_marks('voyage'))})[\s.:：#]*"
    return re.compile(rf"(?:{said}|\s*/\s*)[a-z]{{0,3}}\d\w*\s*$", re.IGNORECASE)


@cache
def _ship_marks() -> re.Pattern[str]:
    """Any mark of a ship, at a glance."""
    patterns = (_ship_label(), _ship_prefix(), _ship_aside(), _ship_voyage())
    return re.compile("|".join(f"(?:{p.pattern})" for p in patterns), re.IGNORECASE | re.MULTILINE)
