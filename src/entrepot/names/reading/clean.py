"""Names freed of what the eye does not see: invisible marks, look-alike letters, forms Unicode holds equal."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import groupby

LONGEST = 300  # characters of a name that are compared; the longest name on the lists we hold has under 200
_RAW = 2_000  # characters read before normalising; NFKC can make one character into eighteen
# Letters of Cyrillic and Greek that look like a Latin letter (Unicode confusables, the ones with the same shape).
_LIKE_LATIN = dict(
    zip(
        "АВЕЅІЈКМНОРСТХУԚԜаеѕіјорсухһԛԝ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
        "ABESIJKMHOPCTXYQWaesijopcyxhqw" + "ABEZHIKMNOPTYXo",
        strict=True,
    )
)
_HAN = "[\u3400-\u9fff\U00020000-\U0003134f]"
_ALONE = rf"(?<!{_HAN}){_HAN}(?!{_HAN})"
# Three Chinese characters or more, each apart from the next, as justified print and tables of a PDF have them; two may
# be the surname and the given name of a person.
_SET_APART = re.compile(rf"{_ALONE}(?:(?: ?[()] ?| ){_ALONE}){{2,}}(?: \))?")
_LIKE_CYRILLIC = {v: k for k, v in _LIKE_LATIN.items() if "\u0400" <= k <= "\u052f"}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A name made readable.

    Attributes:
        text: NFKC, without control, format and private characters, spaces single; Chinese characters that stand apart
            from one another closed up.
        cut: whether the name was longer than is compared.
        disguised: whether letters of another script that look Latin were read as Latin.
    """

    text: str
    cut: bool
    disguised: bool


def clean(text: str) -> Cleaned:
    """Make a name readable; any text at all is accepted.

    Args:
        text: a name; null bytes, right-to-left marks, zero-width characters and lone surrogates are dropped.
    """
    if text.isascii() and text.isprintable() and len(text) <= LONGEST:
        return Cleaned(" ".join(text.split()), cut=False, disguised=False)
    normal = unicodedata.normalize("NFKC", text[:_RAW])
    seen = "".join(_seen(c) for c in normal)
    words = seen.split()
    plain = [_unmask(w) for w in words]
    if any(_is_latin(c) for w in plain for c in w):
        plain = [_unmask_whole(w) for w in plain]
    joined = _SET_APART.sub(_closed_up, " ".join(plain))
    cut = len(text) > _RAW or len(joined) > LONGEST
    return Cleaned(joined[:LONGEST], cut, disguised=plain != words)


def _closed_up(match: re.Match[str]) -> str:
    return match.group().replace(" ", "")


def _seen(char: str) -> str:
    category = unicodedata.category(char)
    if category in {"Cf", "Cs", "Co", "Cn"}:
        return ""
    return " " if category == "Cc" and char.isspace() else "" if category == "Cc" else char


def _is_latin(char: str) -> bool:
    return char.isalpha() and (char.isascii() or "\u00c0" <= char <= "\u024f" or "\u1e00" <= char <= "\u1eff")


def _unmask(word: str) -> str:
    """A word of two scripts, read as Latin where all its other letters look Latin, else in the script of most."""
    latin = sum(_is_latin(c) for c in word)
    other = [c for c in word if "\u0370" <= c <= "\u052f"]
    if not latin or not other:
        return word
    if latin >= len(other) or all(c in _LIKE_LATIN for c in other):
        return "".join(_LIKE_LATIN.get(c, c) for c in word)
    return "".join(_LIKE_CYRILLIC.get(c, c) for c in word)


def _unmask_whole(word: str) -> str:
    """A word made only of look-alikes, among words of Latin letters."""
    letters = [c for c in word if c.isalpha()]
    return "".join(_LIKE_LATIN.get(c, c) for c in word) if letters and all(c in _LIKE_LATIN for c in letters) else word


def is_han(char: str) -> bool:
    """Whether a character is Chinese."""
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003134f"


def runs(text: str) -> list[tuple[bool, str]]:
    """The text cut into stretches of Chinese characters (True) and of anything else (False)."""
    return [(han, "".join(chars)) for han, chars in groupby(text, is_han)]


_SCRIPTS = (
    ("latin", "\u0000", "\u024f"),
    ("cyrillic", "\u0400", "\u052f"),
    ("arabic", "\u0600", "\u06ff"),
    ("hangul", "\uac00", "\ud7a3"),
)


def script(text: str) -> str:
    """latin, cyrillic, arabic, hangul, han or other: the script of most letters; the first of equals."""
    if text.isascii():
        return "latin" if any(map(str.isalpha, text)) else "other"
    counts: dict[str, int] = {}
    for char in filter(str.isalpha, text):
        found = next((name for name, low, high in _SCRIPTS if low <= char <= high), "han" if is_han(char) else "other")
        counts[found] = counts.get(found, 0) + 1
    return max(counts, key=counts.__getitem__, default="other")
