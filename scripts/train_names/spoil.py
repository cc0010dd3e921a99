"""Names spoilt as typing, copying and transliterating spoil them, to learn from.

The benchmark spoils names with a generator of its own, so that what is measured is not what was learnt.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SOUNDS = [
    ("ov", "off"), ("ev", "eff"), ("ya", "ia"), ("yu", "iu"), ("kh", "h"), ("sh", "sch"), ("ou", "u"), ("oo", "u"),
    ("ee", "i"), ("ph", "f"), ("y", "i"), ("i", "y"), ("k", "c"), ("q", "k"), ("zh", "j"), ("ck", "k"), ("w", "v"),
    ("dh", "z"), ("j", "dj"), ("ai", "ay"), ("el ", "al "), ("e", "a"), ("o", "u"), ("gh", "g"), ("ss", "s"),
]  # fmt: skip


def spoilt(name: str, rng: random.Random) -> str:
    """The name with one to three harms that leave it the same party's name; empty where none applies."""
    out = name
    for harm in rng.choices(_HARMS, weights=_WEIGHTS, k=rng.choice((1, 1, 1, 2, 2, 3))):
        out = harm(out, rng)
    return " ".join(out.split())


def _typo(name: str, rng: random.Random) -> str:
    spots = [m.start() for m in re.finditer(r"[A-Za-z]", name)]
    if len(spots) < len("abcd"):
        return name
    at = rng.choice(spots)
    what = rng.randrange(4)
    letter = rng.choice(_LETTERS)
    if what == 0:
        return name[:at] + letter + name[at + 1 :]
    if what == 1:
        return name[:at] + name[at + 1 :]
    if what == 2:  # noqa: PLR2004 - the third of four harms
        return name[:at] + letter + name[at:]
    return name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :]


def _order(name: str, rng: random.Random) -> str:
    words = name.replace(",", "").split()
    turn = rng.randrange(len(words)) if words else 0
    return " ".join(words[turn:] + words[:turn])


def _drop(name: str, rng: random.Random) -> str:
    words = name.split()
    if len(words) <= 2:  # noqa: PLR2004 - a name of one word is another name
        return name
    del words[rng.randrange(len(words))]
    return " ".join(words)


def _initial(name: str, rng: random.Random) -> str:
    words = name.split()
    if len(words) <= 2:  # noqa: PLR2004 - likewise
        return name
    at = rng.randrange(len(words))
    words[at] = words[at][:1]
    return " ".join(words)


def _together(name: str, rng: random.Random) -> str:
    gaps = [m.start() for m in re.finditer(r"[ -]", name)]
    if not gaps:
        return name
    at = rng.choice(gaps)
    return name[:at] + name[at + 1 :]


def _apart(name: str, rng: random.Random) -> str:
    spots = [m.start() + 3 for m in re.finditer(r"[A-Za-z]{7,}", name)]
    if not spots:
        return name
    at = rng.choice(spots)
    return name[:at] + " " + name[at:]


def _sound(name: str, rng: random.Random) -> str:
    low = name.lower()
    fits = [(a, b) for a, b in _SOUNDS if a in low]
    if not fits:
        return name
    a, b = rng.choice(fits)
    return low.replace(a, b, 1)


def _added(name: str, rng: random.Random) -> str:
    return rng.choice(("{} group", "the {}", "{} jr", "mr {}", "{} international", "{} ltd")).format(name)


def _cut(name: str, rng: random.Random) -> str:
    return name[: -rng.randint(1, 3)] if len(name) > 12 else name  # noqa: PLR2004 - longer than a short name


_HARMS: tuple[Callable[[str, random.Random], str], ...] = (
    _typo, _order, _drop, _initial, _together, _apart, _sound, _added, _cut,
)  # fmt: skip
_WEIGHTS = (8, 2, 1.5, 1.5, 1.5, 1, 4, 0.7, 0.7)
