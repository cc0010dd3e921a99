"""A name made ready to compare: its words with their weight, its legal forms, and what was done to read it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from entrepot.names import latin, lexicon
from entrepot.names.clean import clean, is_han, runs, script

if TYPE_CHECKING:
    from entrepot.names.latin import Spelt

Kind = Literal["any", "person", "company", "vessel"]
KINDS: tuple[Kind, ...] = ("any", "person", "company", "vessel")
WordKind = Literal["core", "word", "place", "number"]

MOST_WORDS = 24  # words of a name that are compared; the longest listed name has 14
# A short word says little: evidence of a distinctive word by its length in letters.
_BY_LENGTH = {1: 0.3, 2: 0.6, 3: 0.85}
_NUMBER_WEIGHT = 0.5
_SHORT_FORM = 2  # letters; a form as short is a word in the middle of a name
_PERSON_SHORTEST = 2
_PERSON_LONGEST = 4  # characters of a Chinese personal name, compound surname included
_COMPOUND = frozenset(
    {"欧阳", "司马", "上官", "诸葛", "夏侯", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "阿不"}
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a prepared name.

    Attributes:
        text: the form that is compared.
        kind: core (distinctive), word (generic), place, number.
        weight: evidence it carries, in (0, 1].
        shown: the word as the name has it.
        initials: first letters of its pinyin syllables; empty where it is not Chinese.
        other: further readings of the word, in the same letters.
        letters: the word in Arabic letters, where the script leaves the vowels out.
    """

    text: str
    kind: WordKind
    weight: float
    shown: str
    initials: str = ""
    other: tuple[str, ...] = ()
    letters: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A name ready to compare.

    Attributes:
        original: as given.
        words: in order, legal forms taken out.
        forms: families of its legal forms.
        han: whether Chinese characters were read as pinyin or translated.
        script: latin, cyrillic, arabic, han or other: of the first letter.
        plain: the text freed of case and spacing, for names that are the same text.
        cut, disguised: as in `clean`.
        kind: the kind it was read as.
    """

    original: str
    words: tuple[Word, ...]
    forms: frozenset[str]
    han: bool
    script: str
    plain: str
    cut: bool
    disguised: bool
    kind: Kind


@dataclass(slots=True)
class _Part:
    """A Latin word still to be looked up, or a word already read from Chinese."""

    latin: str = ""
    spelt: Spelt | None = None
    word: Word | None = None
    form: str = ""


@lru_cache(maxsize=20_000)
def prepare(text: str, kind: Kind = "any") -> Name:
    """Read a name; any text is accepted.

    Args:
        text: the name in any script.
        kind: what it names; `any` reads legal forms and generic words, `person` does not.
    """
    cleaned = clean(text)
    parts: list[_Part] = []
    stretches = runs(cleaned.text)
    for han, stretch in stretches:
        parts += _read_han(stretch, kind) if han else [_Part(w.text, w) for w in latin.words(stretch)]
    words, forms = _look_up(parts, kind)
    return Name(
        original=text,
        words=tuple(words[:MOST_WORDS]),
        forms=frozenset(forms),
        han=any(han for han, _ in stretches),
        script=script(cleaned.text),
        plain=cleaned.text.casefold(),
        cut=cleaned.cut or len(words) > MOST_WORDS,
        disguised=cleaned.disguised,
        kind=kind,
    )


def _look_up(parts: list[_Part], kind: Kind) -> tuple[list[Word], list[str]]:
    """Legal forms, generic words and places found by their longest sequence; the rest is distinctive."""
    words: list[Word] = []
    forms: list[str] = [p.form for p in parts if p.form]
    parts = [p for p in parts if not p.form]
    dropped: list[Word] = []
    at = 0
    while at < len(parts):
        entry, length = _entry(parts, at, kind)
        shown = " ".join(p.latin for p in parts[at : at + length])
        read = parts[at].word
        if read is not None:
            words.append(read)
        elif kind == "vessel" and at == 0 and shown in lexicon.VESSEL_PREFIXES:
            dropped.append(_distinctive(shown))
        elif entry is None:
            words.append(_spelt(parts[at]))
        elif entry.role == "form":
            forms.append(entry.meaning)
            dropped.append(_distinctive(shown.replace(" ", "")))
        else:
            words.append(Word(entry.meaning.casefold(), entry.role, entry.weight, shown))
        at += length
    return words or dropped, forms


def _entry(parts: list[_Part], at: int, kind: Kind) -> tuple[lexicon.Entry | None, int]:
    first = parts[at].latin
    if not first or first not in lexicon.first_words():
        return None, 1
    for length in range(min(lexicon.longest()[0], len(parts) - at), 0, -1):
        entry = lexicon.latin().get(tuple(p.latin for p in parts[at : at + length]))
        if entry and _applies(entry, parts, at, length, kind):
            return entry, length
    return None, 1


def _applies(entry: lexicon.Entry, parts: list[_Part], at: int, length: int, kind: Kind) -> bool:
    if kind == "person":
        return entry.role == "word" and entry.meaning in lexicon.PARTICLES
    if entry.role != "form":
        return True
    # "AS", "SA", "CO" are forms at either end of a name; in its middle they are words.
    short = length == 1 and len(parts[at].latin) <= _SHORT_FORM
    after = {p.latin for p in parts[at + length :]}
    edge = at == 0 or all((w,) in lexicon.latin() and lexicon.latin()[(w,)].role == "form" for w in after)
    return edge or not short


def _spelt(part: _Part) -> Word:
    word = _distinctive(part.latin)
    if part.spelt is None or not (part.spelt.other or part.spelt.letters):
        return word
    return replace(word, other=part.spelt.other, letters=part.spelt.letters, shown=part.spelt.letters or word.shown)


def _distinctive(text: str) -> Word:
    if text in lexicon.NUMBERS or text.isdigit():
        return Word(lexicon.NUMBERS.get(text, text.lstrip("0") or "0"), "number", _NUMBER_WEIGHT, text)
    if text in lexicon.HONORIFICS:
        return Word(text, "core", 0.2, text)
    return Word(text, "core", _BY_LENGTH.get(len(text), 1.0) * lexicon.rarity().get(text, 1.0), text)


def _read_han(text: str, kind: Kind) -> list[_Part]:
    """Chinese characters cut into forms, places, generic words and the rest, the rest read as pinyin."""
    if kind == "person" or (kind == "any" and _looks_personal(text)):
        return _read_person(text)
    parts: list[_Part] = []
    rest = ""
    at = 0
    while at < len(text):
        found = next(
            (text[at : at + n] for n in range(lexicon.longest()[1], 0, -1) if text[at : at + n] in lexicon.han()), ""
        )
        if not found:
            rest += text[at]
            at += 1
            continue
        if rest:
            parts.append(_pinyin(rest))
            rest = ""
        entry = lexicon.han()[found]
        if entry.role == "form":
            parts.append(_Part(form=entry.meaning))
        else:
            parts.append(_Part(word=Word(entry.meaning.casefold(), entry.role, entry.weight, found)))
        at += len(found)
    return [*parts, _pinyin(rest)] if rest else parts


def _looks_personal(text: str) -> bool:
    """Two to four characters without a place, form or generic word."""
    known = lexicon.han()
    return _PERSON_SHORTEST <= len(text) <= _PERSON_LONGEST and not any(
        text[i:j] in known for i in range(len(text)) for j in range(i + 1, len(text) + 1)
    )


def _read_person(text: str) -> list[_Part]:
    """Surname and given name."""
    cut = 2 if text[:2] in _COMPOUND else 1
    return [_pinyin(t) for t in ((text[:cut], text[cut:]) if len(text) <= _PERSON_LONGEST else (text,)) if t]


def _pinyin(text: str) -> _Part:
    from pypinyin import lazy_pinyin

    read = lazy_pinyin(text, errors="ignore")
    word = "".join(read).replace("lv", "lu").replace("nv", "nu")
    if not word:
        word = "".join(f"u{ord(c):x}" for c in text if is_han(c))
    weight = _BY_LENGTH.get(len(word), 1.0)
    return _Part(word=Word(word, "core", weight, text, "".join(r[0] for r in read if r)))
