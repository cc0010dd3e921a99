"""A name as it was read: its words with their weight, its legal forms, and what was done to read it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["any", "person", "company", "vessel"]
KINDS: tuple[Kind, ...] = ("any", "person", "company", "vessel")
WordKind = Literal["core", "word", "place", "number"]

_TELLING = 2  # distinctive words of a name, and inner letters of them, in which a vowel would stand
_VOWELS = frozenset("aeiou")  # of a romanised name; y stands for one and for a consonant


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a prepared name.

    Attributes:
        text: the form that is compared.
        kind: core (distinctive), word (generic), place, number.
        weight: evidence it carries, in (0, 1].
        shown: the word as the name has it.
        initials: first letters of its pinyin syllables; empty where it is not Chinese.
        other: further forms of `text`: Cantonese, Wade-Giles, a translation; of a generic word, further meanings.
        letters: the word in Arabic letters, where the script leaves the vowels out.
        brand: whether Chinese characters of it may have been translated or written by ear.
    """

    text: str
    kind: WordKind
    weight: float
    shown: str
    initials: str = ""
    other: tuple[str, ...] = ()
    letters: str = ""
    brand: bool = False


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
        written: all its words in Latin letters, legal forms included; empty where it has Chinese characters.
        cut, disguised: as in `clean`.
        kind: the kind it was read as.
        further: the name as it may be spelt otherwise (`spelt_otherwise`); None where it may not.
        read_back, is_form_slip: whether this is such a reading; whether a slip in its legal form was put right.
        respaced: as it is written, where but for its spaces it is the other name, and the words are that one's.
        completed: what was left of its last word, and the whole as the other name has it (`comparing.completing`), or
            as the tables have a Chinese legal form (`otherwise.chinese_cut`).
        is_form_cut: whether that word belongs to a legal form.
        firms_too: whether a name of any kind is surely read the same as that of a firm.
    """

    original: str
    words: tuple[Word, ...]
    forms: frozenset[str]
    han: bool
    script: str
    plain: str
    written: str
    cut: bool
    disguised: bool
    kind: Kind
    further: Name | None = None
    read_back: bool = False
    respaced: str = ""
    completed: tuple[str, str] | tuple[()] = ()
    is_form_cut: bool = False
    is_form_slip: bool = False
    firms_too: bool = field(default=False, compare=False)

    @property
    def vowels(self) -> bool:
        """Whether the name is written with its vowels: not in Arabic letters, nor with the vowels left out."""
        if any(word.letters for word in self.words):
            return False
        inner = [w.text[1:-1] for w in self.words if w.kind == "core"]
        letters = "".join(inner)
        return len(inner) < _TELLING or len(letters) < _TELLING or not _VOWELS.isdisjoint(letters)
