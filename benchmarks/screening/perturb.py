"""Names written as they arrive: a seeded generator of the changes that names suffer on their way to a desk.

Each name gets one to three changes of different classes: one with probability 0.6, two with 0.3, three with 0.1.
A class is drawn by its weight among those that apply to the name; a change that leaves the name as it was is drawn
again. The same name, number and seed give the same text on every machine.

The weights are assumptions, not measured shares of any desk's traffic; they stand in CLASSES.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

COUNTS = {1: 0.6, 2: 0.3, 3: 0.1}
# Spellings that stand for one sound in Latin forms of Arabic, Persian, Pashto and Slavic names.
VARIANTS = (
    ("mohammed", "muhammad"), ("mohammad", "mohamed"), ("abdul", "abd al-"), ("abdel", "abdul"), ("hussein", "husayn"),
    ("hussain", "hussein"), ("ahmad", "ahmed"), ("yusuf", "youssef"), ("omar", "umar"), ("osama", "usama"), ("ou", "u"),
    ("oo", "u"), ("ee", "i"), ("iy", "y"), ("ii", "i"), ("aa", "a"), ("q", "k"), ("kh", "h"), ("dh", "d"), ("th", "t"),
    ("ph", "f"), ("ay", "ai"), ("ey", "ei"), ("ya", "ia"), ("yu", "iu"), ("ov", "off"), ("sh", "ch"), ("w", "v"),
    ("dj", "j"), ("gh", "g"), ("zh", "j"), ("ks", "x"), ("tz", "ts"), ("ck", "k"), ("bin", "ibn"), ("al-", "el-"),
)  # fmt: skip
HOMOGLYPHS = dict(zip("aceopxyABCEHKMOPTX", "асеорхуАВСЕНКМОРТХ", strict=True))
NEIGHBOURS = {
    k: n for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm") for k, n in zip(row, row[1:] + row[-2], strict=True)
}
ADDED = ("Mr", "Dr", "Haji", "Ali", "Khan", "Jr", "General", "Ahmad", "Sheikh", "Abu")
CUT = 0.7  # least share of the letters that a cut name keeps
SHORTEST = 5  # letters of a name that can be cut

Rng = random.Random


@dataclass(frozen=True, slots=True)
class Perturbed:
    """A changed name.

    Attributes:
        text: as changed.
        original: as it was.
        classes: the changes, in the order made.
    """

    text: str
    original: str
    classes: tuple[str, ...]


def typo(name: str, rng: Rng) -> str:
    """One letter left out, doubled, or replaced by its neighbour on the keyboard; never the first of the name."""
    places = [i for i, c in enumerate(name) if c.isalpha() and i]
    if not places:
        return name
    i = rng.choice(places)
    near = NEIGHBOURS.get(name[i].lower(), name[i])
    near = near.upper() if name[i].isupper() else near
    return name[:i] + rng.choice(["", name[i] * 2, near]) + name[i + 1 :]


def swap(name: str, rng: Rng) -> str:
    """Two letters that stand side by side exchanged."""
    places = [i for i in range(1, len(name) - 1) if name[i : i + 2].isalpha() and name[i] != name[i + 1]]
    if not places:
        return name
    i = rng.choice(places)
    return name[:i] + name[i + 1] + name[i] + name[i + 2 :]


def variant(name: str, rng: Rng) -> str:
    """One or two sounds written in another romanisation, in either direction."""
    low = name.lower()
    found = [(a, b) for pair in VARIANTS for a, b in (pair, pair[::-1]) if len(a) > 1 or a in "qw" if a in low]
    for a, b in rng.sample(found, min(len(found), rng.choice([1, 2]))):
        low = low.replace(a, b, 1)
    return low.title() if not name.isupper() else low.upper()


def dropped(name: str, rng: Rng) -> str:
    """A word left out; of two words none."""
    words = name.split()
    if len(words) < 3:
        return name
    words.pop(rng.randrange(len(words)))
    return " ".join(words)


def added(name: str, rng: Rng) -> str:
    """A title or a further name put before, within or after."""
    words = name.split()
    words.insert(rng.randrange(len(words) + 1), rng.choice(ADDED))
    return " ".join(words)


def initial(name: str, rng: Rng) -> str:
    """A word but the last cut to its first letter, with or without a full stop."""
    words = name.split()
    places = [i for i, w in enumerate(words[:-1]) if len(w) > 2]
    if len(words) < 3 or not places:
        return name  # of two words an initial and a surname remain: too little to name a party
    i = rng.choice(places)
    words[i] = words[i][0] + rng.choice([".", ""])
    return " ".join(words)


def together(name: str, rng: Rng) -> str:
    """Two words written as one."""
    words = name.split()
    if len(words) < 2:
        return name
    i = rng.randrange(len(words) - 1)
    words[i : i + 2] = [words[i] + words[i + 1].lower()]
    return " ".join(words)


def order(name: str, rng: Rng) -> str:
    """The last word first, with or without a comma, or the words in any order."""
    words = name.split()
    if len(words) < 2:
        return name
    if rng.random() < 0.7:
        return f"{words[-1]}{rng.choice([',', ''])} {' '.join(words[:-1])}"
    rng.shuffle(words)
    return " ".join(words)


def homoglyph(name: str, rng: Rng) -> str:
    """One to three Latin letters replaced by Cyrillic ones that look alike."""
    places = [i for i, c in enumerate(name) if c in HOMOGLYPHS]
    chosen = set(rng.sample(places, min(len(places), rng.randint(1, 3))))
    return "".join(HOMOGLYPHS[c] if i in chosen else c for i, c in enumerate(name))


def cut(name: str, rng: Rng) -> str:
    """The end cut off, as by a field of fixed width; seven letters in ten are kept at least."""
    if len(name) < SHORTEST:
        return name
    return name[: rng.randint(int(CUT * len(name)) + 1, len(name) - 1)].rstrip()


CLASSES: dict[Callable[[str, Rng], str], float] = {
    typo: 0.20,
    variant: 0.20,
    order: 0.14,
    swap: 0.10,
    dropped: 0.09,
    added: 0.07,
    together: 0.07,
    initial: 0.05,
    homoglyph: 0.04,
    cut: 0.04,
}


def perturbed(name: str, number: int, seed: int = 0) -> Perturbed:
    """A name changed.

    Args:
        name: in Latin letters.
        number: which of its changed forms.
        seed: of the set.
    """
    rng = random.Random(f"{seed}/{number}/{name}")
    changes = rng.choices(list(COUNTS), list(COUNTS.values()))[0]
    text, done, left = name, list[str](), dict(CLASSES)
    while len(done) < changes and left:
        change = rng.choices(list(left), list(left.values()))[0]
        del left[change]
        after = change(text, rng)
        if after != text:
            text = after
            done.append(change.__name__)
    return Perturbed(text, name, tuple(done))


def perturbed_set(names: Sequence[str], each: int, seed: int = 0) -> list[Perturbed]:
    """`each` changed forms of every name."""
    return [perturbed(n, i, seed) for n in names for i in range(each)]
