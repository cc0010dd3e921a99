"""Names of any script but Chinese as Latin words, with the other ways a word can be read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from entrepot.core.tables.packaged import packaged_rows
from entrepot.names.contract import PINYIN_SYLLABLES
from entrepot.names.reading import arabic

# Of a word in Arabic letters; each costs a comparison. No measurement: chosen when Arabic was first read.
_MOST_READINGS = 4
_MOST_HELD = 50_000  # words read, which come again in other names
_CAMEL = re.compile(r"(?<=[a-z]{3})(?=[A-Z][a-z]{2})|(?<=[a-z]{3})(?=[A-Z]{2,3}\b)")
_INITIALS = re.compile(r"\b((?:[a-z0-9]\.){2,}[a-z0-9]?)(?![a-z0-9])")
_ABD = re.compile(r"\babd[ -]?[aeu]([lrnsztd])[ -](?=[a-z])")
_ABD_JOINED = re.compile(r"^abd(?:u|e|a|i|o|oo|ou)(?:l|([rnsztd])(?=\1))([a-z]{4,})$")
_ALLAH = re.compile(r"^abd(?:u|e|a|oo|ou)?ll?ah?$")
_WORD = re.compile(r"[a-z0-9]+")
_READ_AS_L = re.compile(r"\b(?=[A-Zl]*[A-Z]{2}|[A-Z]l[A-Z]\b)[A-Z]*l[A-Zl]*\b")
_L_BY_CAPITAL, _INNER_CAPITAL = re.compile("[A-Z]l|l[A-Z]"), re.compile("[a-z][A-Z]")  # as the patterns need, sooner
_QUOTES = "'`\""
_ARABIC = re.compile(r"[\u0600-\u06ff\ufb50-\ufeff]")  # as arabic.is_arabic
_DIGIT_LETTERS = str.maketrans("01345789", "oleasbgg")
_UYGHUR = re.compile(r"[\u06d5\u06c7\u06c6\u06c8\u06d0\u06cb\u06ad]|\u0626[\u0627\u0648\u0649]")
_UYGHUR_LETTERS = {
    **dict(zip("ابپتخدرزسفقكگلمنھۋي", "abptxdrzsfqkglmnhwy", strict=True)),
    **dict(zip("ەىوۇۆۈې", "eiououe", strict=True)),
    **dict(zip("ئجچژشغڭ", ("", "j", "ch", "zh", "sh", "gh", "ng"), strict=True)),
}


@dataclass(frozen=True, slots=True)
class Spelt:
    """One word of a name.

    Attributes:
        text: Latin lower-case letters and digits.
        other: other Latin readings: digits read as the letters they stand in for, Wade-Giles read as pinyin.
        letters: Arabic letters, where the script leaves the vowels out.
    """

    text: str
    other: tuple[str, ...] = ()
    letters: str = ""


def ascii_words(text: str) -> list[str]:
    """Latin words of a text in any script but Chinese: transliterated, lower case, initials closed up."""
    return [w.text for w in words(text)]


def words(text: str) -> list[Spelt]:
    """The words of a text in any script but Chinese."""
    if text.isascii() or not _ARABIC.search(text):
        return _latin(text)
    out: list[Spelt] = []
    for piece in re.split(r"((?:[\u0600-\u06ff\ufb50-\ufeff\u200c\u200d]+\s*)+)", text):
        if not _ARABIC.search(piece):
            out += _latin(piece)
        elif _UYGHUR.search(piece):
            out += _latin("".join(_UYGHUR_LETTERS.get(c, " " if c.isspace() else "") for c in piece))
        else:
            out += [Spelt(arabic.latin(w) or "a", (), w) for w in arabic.tokens(piece)]
    return out


def _latin(text: str) -> list[Spelt]:
    # In one case, or as a title, no capital stands after a small letter, nor a small l between capitals.
    if not (text.isupper() or text.islower() or text.istitle()):
        if _L_BY_CAPITAL.search(text):  # of a scan: AlRLINES
            text = _READ_AS_L.sub(lambda m: m.group().replace("l", "I"), text)
        text = _CAMEL.sub(" ", text) if _INNER_CAPITAL.search(text) else text
    folded = (text if text.isascii() else _folded(text)).lower()
    if not folded.replace(" ", "").isalnum():
        if "." in folded:
            folded = _INITIALS.sub(lambda m: m.group().replace(".", "") + " ", folded)
        for quote in _QUOTES:
            folded = folded.replace(quote, "")
        folded = folded.replace("&", " and ").replace("+", " and ")
    if "abd" not in folded:
        return [_spelt(word) for word in _WORD.findall(folded)]
    folded = _ABD.sub("abdul ", folded)
    out: list[Spelt] = []
    for word in _WORD.findall(folded):
        joined = _ABD_JOINED.match(word) if word.startswith("abd") and not _ALLAH.match(word) else None
        out += [Spelt("abdul"), Spelt(joined[2])] if joined else [_spelt(word)]
    return _allah(out)


def _folded(text: str) -> str:
    """The text in ASCII; each word read once, for the same ones come again."""
    return " ".join(map(_ascii, text.split(" ")))


@lru_cache(maxsize=_MOST_HELD)
def _ascii(word: str) -> str:
    from anyascii import anyascii

    return anyascii(word)


@lru_cache(maxsize=_MOST_HELD)
def _spelt(word: str) -> Spelt:
    others = _others(word)
    # Digits that a scanner read in pinyin leave nothing open: j1nsheng is jinsheng, and 1 there is i, never l.
    pinyin = next((o for o in others if syllables().fullmatch(o)), "") if not word.isalpha() else ""
    return Spelt(pinyin) if pinyin else Spelt(_umlauts(word), others)


def _allah(found: list[Spelt]) -> list[Spelt]:
    """Abd Allah, Abdallah, Abdullah: one word."""
    out: list[Spelt] = []
    for word in found:
        if out and word.text in {"allah", "ullah"} and out[-1].text in {"abd", "abdul"}:
            out[-1] = Spelt("abdullah")
        else:
            out.append(Spelt("abdullah") if _ALLAH.match(word.text) else word)
    return out


def _umlauts(word: str) -> str:
    """One spelling for the pinyin ü: lv, lyu, nv, nyu are written lu and nu; Runyuan is run and yuan.

    v is ü in whole pinyin only: Olvera is a name, and lvg is a word without its vowels.
    """
    if ("v" not in word and "yu" not in word) or syllables().fullmatch(word):
        return word
    word = re.sub(r"([ln])yu", r"\1u", word)
    plain = re.sub(r"([ln])v(?=[^aeiou]|$|e)", r"\1u", word)
    return plain if syllables().fullmatch(plain) else word


def as_letters(word: str) -> str:
    """A word with its digits read as the letters that print like them."""
    return word.translate(_DIGIT_LETTERS)


def _others(word: str) -> tuple[str, ...]:
    if word.isalpha():
        return _as_pinyin(word)
    # A model number ("k2", "5g", "no9") is not a disguised word.
    if sum(c.isalpha() for c in word) >= len("sec") and not re.fullmatch(r"[a-z]+\d+|\d+[a-z]+", word):
        return tuple(dict.fromkeys((as_letters(word.replace("1", "i")), as_letters(word))))
    return ()


@cache
def syllables() -> re.Pattern[str]:
    """Matches a word made of whole pinyin syllables."""
    return re.compile("(?:" + "|".join(sorted(pinyin_syllables(), key=len, reverse=True)) + ")+")


@cache
def pinyin_syllables() -> tuple[str, ...]:
    """Every syllable of pinyin, without its tone."""
    return tuple(r["syllable"] for r in packaged_rows(PINYIN_SYLLABLES))


def _as_pinyin(word: str) -> tuple[str, ...]:
    """Pinyin for a syllable in Wade-Giles, without its apostrophes; nothing for a word that is pinyin itself."""
    read = _wade_giles().get(word, ())
    return () if not read or syllables().fullmatch(word) else read[:_MOST_READINGS]


@cache
def _wade_giles() -> dict[str, tuple[str, ...]]:
    """Wade-Giles syllable -> pinyin, by the rules of the system."""
    out: dict[str, list[str]] = {}
    for syllable in pinyin_syllables():
        for spelt in in_wade_giles(syllable):
            if spelt != syllable:
                out.setdefault(spelt, []).append(syllable)
    return {k: tuple(v) for k, v in out.items()}


_FINALS = (
    (r"^(z|c)i$", r"\1u"),
    (r"^si$", "ssu"),
    (r"^(zh|ch|sh|r)i$", r"\1ih"),
    (r"^yi$", "i"),
    (r"^you$", "yu"),
    (r"^er$", "erh"),
    (r"ong$", "ung"),
    (r"(?<=[iy])an$", "en"),
    (r"(?<=[iuy])e$", "eh"),
    (r"(?<=[gkh])e$", "o"),
    (r"(?<=[dtnlzcsr])uo$", "o"),
    (r"(?<=zh|ch)uo$", "o"),
    (r"(?<=[gk])ui$", "uei"),
)
_STARTS = dict(
    pair.split()
    for pair in ("zh ch", "ch ch", "sh sh", "b p", "d t", "g k", "j ch", "q ch", "x hs", "r j", "z ts", "c ts")
)


@cache
def _finals() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), to) for pattern, to in _FINALS)


def in_wade_giles(syllable: str) -> list[str]:
    """The ways to write a syllable of pinyin in Wade-Giles, without apostrophes and marks."""
    spelt = syllable
    for pattern, to in _finals():
        spelt = pattern.sub(to, spelt)
    start = next((s for s in _STARTS if spelt.startswith(s)), "")
    spelt = _STARTS.get(start, "") + spelt[len(start) :]
    return [spelt, "tz" + spelt[2:]] if spelt.startswith("ts") else [spelt]
