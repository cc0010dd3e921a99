"""Real reports with figures and dates changed as a person errs, to see what the reader says of an error.

The change is made in the text, never in what was read. One figure in three is changed at a time, so that what stands
around it is mostly as it was.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

    from real_reports.report_labels import Row

KINDS = ("swapped", "digit", "size", "day", "year")
_AT_A_TIME = 3  # one in so many is changed
_SIZES = (0.8, 0.85, 0.9, 1.1, 1.15, 1.2, 1.3)
_MONTH = re.compile(
    r"January|February|March|April|May|June|July|August|September|October|November|December|[年月日]|"
    r"январ|феврал|март|апрел|мая|май|июн|июл|август|сентябр|октябр|ноябр|декабр"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DAY = re.compile(r"(?<!\d)(?:[12]\d|3[01]|0?[1-9])(?!\d)(?!\s*月)")
_NUMBER = re.compile(r"\d[\d,. ]*\d|\d")
_BY, _LAST_DAY = (1, 2, 3, 7, 10), 28  # days that a day is moved by, within its month
_DAYS = 0.7  # of dates with day and year are changed in the day


def changed_texts(text: str, labels: Sequence[Row], random: Random) -> Iterator[tuple[str, list[tuple[Row, Row, str]]]]:
    """A text with every third of its labelled figures changed, three times.

    Args:
        text: as labelled.
        labels: of the figures that are changed.
        random: chooses the change.

    Yields:
        The text; of each changed figure its label, the label with its new span, and the kind of change.
    """
    for turn in range(_AT_A_TIME):
        new, moved, done = text, 0, []
        for label in sorted(labels[turn::_AT_A_TIME], key=lambda row: int(row["start"])):
            start, end = int(label["start"]), int(label["end"])
            printed, kind = changed(text[start:end], random)
            if not kind:
                continue
            at = start + moved
            new = new[:at] + printed + text[end:]
            moved += len(printed) - (end - start)
            done.append((label, label | {"start": str(at), "end": str(at + len(printed))}, kind))
        if done:
            yield new, done


def changed(printed: str, random: Random) -> tuple[str, str]:
    """A figure or a date as printed with an error, and which; both as they were and empty where it has no digits.

    >>> from random import Random
    >>> changed("4,016", Random(2))[0] != "4,016", changed("two dozen", Random(2))
    (True, ('two dozen', ''))
    """
    found = _NUMBER.search(printed)
    if _MONTH.search(printed) or (found and _YEAR.fullmatch(found[0])):
        return _other_date(printed, random)
    if found is None:
        return printed, ""
    digits = [i for i, char in enumerate(found[0]) if char.isdigit()]
    new, kind = _other_number([found[0][i] for i in digits], random)
    raw = list(found[0])
    for i, char in zip(digits, new, strict=True):
        raw[i] = char
    return printed[: found.start()] + "".join(raw) + printed[found.end() :], kind


def _other_date(printed: str, random: Random) -> tuple[str, str]:
    """A date some days later or sooner in its month, or of the year before or after."""
    years = [m.span() for m in _YEAR.finditer(printed)]
    days = [m for m in _DAY.finditer(printed) if not any(a <= m.start() < b for a, b in years)]
    if days and (not years or random.random() < _DAYS):
        day, by = int(days[0][0]), random.choice(_BY)
        other = day + by if day + by <= _LAST_DAY else day - by
        return printed[: days[0].start()] + str(other) + printed[days[0].end() :], "day"
    if years:
        first, last = years[0]
        return printed[:first] + str(int(printed[first:last]) + random.choice((-1, 1))) + printed[last:], "year"
    return printed, ""


def _other_number(digits: list[str], random: Random) -> tuple[list[str], str]:
    """Digits with two neighbours swapped, one of them another, or of another size; as many as before."""
    kind = random.choice(KINDS[:3])
    if kind == "swapped":
        held = [(i, j) for i, j in pairwise(range(len(digits))) if digits[i] != digits[j]]
        held = [(i, j) for i, j in held if i or digits[j] != "0"]
        if held:
            i, j = random.choice(held)
            return [*digits[:i], digits[j], digits[i], *digits[j + 1 :]], kind
    if kind == "digit" and len(digits) > 1:
        i = random.randrange(len(digits))
        other = random.choice([c for c in "0123456789"[not i :] if c != digits[i]])
        return [*digits[:i], other, *digits[i + 1 :]], kind
    value = int("".join(digits))
    sizes = (round(value * by) for by in random.sample(_SIZES, len(_SIZES)))
    steps = (value + 1, value - 1)
    others = (f"{v:0{len(digits)}d}" for v in (*sizes, *steps) if v not in {value, -1})
    return list(next(text for text in others if len(text) == len(digits))), "size"
