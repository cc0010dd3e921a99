"""Names spoilt as typing, copying, scanning, transliterating and disguising spoil them; and names made up beside them.

The benchmark spoils names with generators of its own, so that what is measured is not what was learnt.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SOUNDS = [
    ("ov", "off"), ("ev", "eff"), ("ya", "ia"), ("yu", "iu"), ("kh", "h"), ("sh", "sch"), ("ou", "u"), ("oo", "u"),
    ("ee", "i"), ("ph", "f"), ("y", "i"), ("i", "y"), ("k", "c"), ("q", "k"), ("zh", "j"), ("ck", "k"), ("w", "v"),
    ("dh", "z"), ("j", "dj"), ("ai", "ay"), ("el ", "al "), ("e", "a"), ("o", "u"), ("gh", "g"), ("ss", "s"),
    ("c", "k"), ("s", "z"), ("ei", "ie"),
]  # fmt: skip
_SCANNED = [("rn", "m"), ("m", "rn"), ("cl", "d"), ("l", "1"), ("o", "0"), ("s", "5"), ("b", "8"), ("i", "l")]
_LOOK = str.maketrans("aceopxyiABEKMHOPCTX", "асеорхуіАВЕКМНОРСТХ")
_TITLES = ("{} jr", "mr {}", "dr {}", "haji {}", "sheikh {}", "general {}", "colonel {}", "eng. {}", "prof {}")
_MORE = ("{} group", "the {}", "{} international", "{} ltd", "{} co., ltd.", "{} trading")
_MIDDLE = 3  # words a name has at least that can lose one
_WIDTHS = (18, 24, 30, 35)  # characters of a field


def spoilt(name: str, rng: random.Random) -> str:
    """The name with one to three harms that leave it the same party's name; empty where none applies."""
    out = name
    for harm in rng.choices(_HARMS, weights=_WEIGHTS, k=rng.choice((1, 1, 1, 1, 2, 2, 3))):
        out = harm(out, rng)
    return " ".join(out.split())


def made_up(name: str, others: Sequence[str], rng: random.Random) -> str:
    """Another party's name made of this one: a word exchanged, two halves joined, or a word made another."""
    words, other = name.replace(",", "").split(), rng.choice(others).replace(",", "").split()
    if len(words) <= 1 or len(other) <= 1:
        return ""
    what, at = rng.randrange(3), rng.randrange(len(words))
    if what == 0:
        words[at] = max(other, key=len)
    elif what == 1:
        words = [words[0], other[-1]] if rng.random() < 1 / 2 else [*words[:-1], other[0]]
    else:
        at = max(range(len(words)), key=lambda i: len(words[i]))
        filler = "".join(rng.choice(_LETTERS) for _ in range(max(2, len(words[at]) // 2)))
        words[at] = words[at][:1] + filler + words[at][-1:]
    return " ".join(words)


def _typo(name: str, rng: random.Random) -> str:
    spots = [m.start() for m in re.finditer(r"[A-Za-z]", name)]
    if len(spots) < len("abcd"):
        return name
    at = rng.choice(spots)
    letter = rng.choice(_LETTERS)
    return rng.choice((
        name[:at] + letter + name[at + 1 :],
        name[:at] + name[at + 1 :],
        name[:at] + letter + name[at:],
        name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :],
    ))  # fmt: skip


def _order(name: str, rng: random.Random) -> str:
    words = name.split() if rng.random() < 1 / 2 else name.replace(",", "").split()
    if rng.random() < 1 / 2:
        return " ".join(reversed(words))
    turn = rng.randrange(len(words)) if words else 0
    return " ".join(words[turn:] + words[:turn])


def _drop(name: str, rng: random.Random) -> str:
    words = name.split()
    if len(words) < _MIDDLE:
        return name
    del words[rng.randrange(len(words))]
    return " ".join(words)


def _initial(name: str, rng: random.Random) -> str:
    words = name.split()
    if len(words) < _MIDDLE:
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


def _replaced(name: str, rng: random.Random, pairs: Sequence[tuple[str, str]]) -> str:
    low = name.lower()
    fits = [(a, b) for a, b in pairs if a in low]
    if not fits:
        return name
    a, b = rng.choice(fits)
    return low.replace(a, b, 1)


def _sound(name: str, rng: random.Random) -> str:
    return _replaced(name, rng, _SOUNDS)


def _scanned(name: str, rng: random.Random) -> str:
    return _replaced(name, rng, _SCANNED)


def _doubled(name: str, rng: random.Random) -> str:
    if rng.random() < 1 / 2:
        return re.sub(r"(.)\1", r"\1", name)
    return re.sub(r"([bdlmnprst])", r"\1\1", name, count=1)


def _vowels_out(name: str, rng: random.Random) -> str:
    del rng
    return " ".join(
        w[:1] + re.sub("[aeiouAEIOU]", "", w[1:-1]) + w[-1:] if len(w) > _MIDDLE else w for w in name.split()
    )


def _disguised(name: str, rng: random.Random) -> str:
    if rng.random() < 1 / 2:
        return name.translate(_LOOK)
    at = rng.randrange(len(name))
    return name[:at] + name[at:].translate(_LOOK)


def _titled(name: str, rng: random.Random) -> str:
    return rng.choice(_TITLES).format(name)


def _added(name: str, rng: random.Random) -> str:
    return rng.choice(_MORE).format(name)


def _cut(name: str, rng: random.Random) -> str:
    width = rng.choice((*_WIDTHS, len(name) - rng.randint(1, 3)))
    return name[:width] if len(name) > width > _WIDTHS[0] // 2 else name


_HARMS: tuple[Callable[[str, random.Random], str], ...] = (
    _typo, _order, _drop, _initial, _together, _apart, _sound, _scanned, _doubled, _vowels_out, _disguised, _titled,
    _added, _cut,
)  # fmt: skip
_WEIGHTS = (8, 4, 2, 2, 2, 1, 4, 2, 1, 1.5, 1, 2, 0.5, 2)
