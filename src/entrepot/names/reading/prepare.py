"""A name made ready to compare: its words with their weight, its legal forms, and what was done to read it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from entrepot.names.reading import latin, lexicon
from entrepot.names.reading.chinese import (
    is_southern,
    looks_personal,
    ordinals_in_digits,
    segments,
    units_in_digits,
)
from entrepot.names.reading.clean import clean, is_han, runs, script
from entrepot.names.reading.han import cantonese, pinyin, simplified, surname_length, wade_giles
from entrepot.names.reading.misspelt import mended, phrases, typos
from entrepot.names.reading.name import Name, Word
from entrepot.names.reading.otherwise.spelt_otherwise import spelt_otherwise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.names.reading.latin import Spelt
    from entrepot.names.reading.name import Kind


MOST_WORDS = 24  # words of a name that are compared; the longest listed name has 14
_SPELLED = {"any", "company"}  # kinds of names whose generic words may be misspelt; persons and ships have none
_MOST_HELD = 50_000  # words read, which come again in other names
# A short word says little: evidence of a distinctive word by its length in letters.
_BY_LENGTH = {1: 0.3, 2: 0.6, 3: 0.85}
# Evidence of a number, in distinctive words. No measurement: chosen when the matcher was written.
_NUMBER_WEIGHT = 0.5
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
NAMES_TOO = frozenset({"xi", "vi"})  # Roman numbers that are names as well, of a person and where a name begins
_SHARED = {"word", "place"}  # kinds of words that firms have and persons seldom
_SHORT_FORM = 2  # letters; a form as short is a word in the middle of a name
_ONE = (1,)  # the length of a spelling of one word
_DOT = "·"  # between the names of a foreigner in Chinese
_PERSON_LONGEST = 4  # characters of a Chinese personal name, compound surname included


@dataclass(slots=True)
class _Part:
    """A Latin word still to be looked up, or a word already read from Chinese."""

    latin: str = ""
    spelt: Spelt | None = None
    word: Word | None = None
    form: str = ""
    written: str = ""  # the word as the name has it, where it is looked up as another


@lru_cache(maxsize=20_000)
def prepare(text: str, kind: Kind = "any") -> Name:
    """Read a name; any text is accepted.

    Args:
        text: the name in any script.
        kind: what it names; `any` reads legal forms and generic words, `person` does not.
    """
    name, written, words = _read(text, kind)
    spelt = spelt_otherwise(written, name, words)
    if not spelt.text:
        return name
    is_cut = bool(spelt.completed)
    read = replace(
        _read(spelt.text, kind)[0],
        plain=name.plain,  # the text that is the same stays the one that was given
        read_back=not (spelt.is_form_slip or is_cut),
        is_form_slip=spelt.is_form_slip,
        completed=spelt.completed,
        is_form_cut=is_cut,
    )
    return replace(name, further=read)


def _read(text: str, kind: Kind) -> tuple[Name, str, list[str]]:
    """A name as it is written; the text without what is not seen, and its Latin words."""
    cleaned = clean(text)
    parts: list[_Part] = []
    plain = cleaned.text.isascii()
    stretches = [(False, cleaned.text)] if plain else runs(ordinals_in_digits(units_in_digits(cleaned.text)))
    for han, stretch in stretches:
        if han:
            parts += _read_han(stretch, kind, southern=is_southern(cleaned.text), foreign=_DOT in cleaned.text)
        else:
            parts += [_Part(w.text, w) for w in latin.words(stretch)]
    parts_read = _mended(parts) if kind in _SPELLED else parts
    words, forms = _look_up(parts_read, kind)
    chinese = any(han for han, _ in stretches)
    name = Name(
        original=text,
        words=tuple(words[:MOST_WORDS]),
        forms=frozenset(forms),
        han=chinese,
        script=script(cleaned.text),
        plain=cleaned.text.lower() if plain else simplified(cleaned.text.casefold()),
        written="" if chinese else " ".join([p.latin for p in parts]),
        cut=cleaned.cut or len(words) > MOST_WORDS,
        disguised=cleaned.disguised,
        kind=kind,
        firms_too=kind == "any" and _is_read_as_firm(stretches, parts_read, foreign=_DOT in cleaned.text),
    )
    return name, cleaned.text, [p.latin for p in parts]


def _is_read_as_firm(stretches: Sequence[tuple[bool, str]], parts: list[_Part], *, foreign: bool) -> bool:
    """Whether no characters of a name of any kind may be a person's, and no words a form where a firm's name ends."""
    if any(is_chinese and (foreign or looks_personal(text)) for is_chinese, text in stretches):
        return False
    ends = lexicon.endings()
    return not any(len(p.latin) == 1 or p.latin in ends for p in parts[1:])


def _mended(parts: list[_Part]) -> list[_Part]:
    """Words of trade and legal form put right, stretch by stretch between words read from Chinese characters."""
    words = [p.latin for p in parts]
    if all(words):
        return _stretch_mended(parts, words)
    out: list[_Part] = []
    for is_read, stretch in groupby(parts, lambda p: not p.latin):
        held = list(stretch)
        out += held if is_read else _stretch_mended(held, [p.latin for p in held])
    return out


def _stretch_mended(parts: list[_Part], words: list[str]) -> list[_Part]:
    found = mended.mended(words)
    if found is None:
        return parts
    known = {p.latin: p for p in parts}
    return [known.get(w) or _Part(w, written=was) for w, was in found]


def _look_up(parts: list[_Part], kind: Kind) -> tuple[list[Word], list[str]]:
    """Legal forms, generic words and places found by their longest sequence; the rest is distinctive."""
    words: list[Word] = []
    forms: list[str] = [p.form for p in parts if p.form]
    parts = [p for p in parts if not p.form] if forms else parts
    dropped: list[Word] = []
    known, begins = lexicon.latin(), _begins(is_person=kind == "person")
    at = 0
    while at < len(parts):
        part = parts[at]
        if part.word is not None:
            words.append(part.word)
            at += 1
            continue
        latin = part.latin
        ending = _ending(parts, at, kind, words) if at else 0
        if ending:
            shown = "".join([p.latin for p in parts[at : at + ending]])
            forms.append(lexicon.endings()[shown])
            dropped.append(_distinctive(shown))
            at += ending
            continue
        lengths = begins.get(latin)
        key, length = _key(parts, at, kind, lengths) if lengths else ("", 1)
        if kind in _SPELLED and at + length < len(parts) and ((lengths or _ONE) != _ONE or phrases.meant(latin)):
            key, length = _key_with_slip(parts, at, length) or (key, length)
        if not key and kind in _SPELLED:
            key = typos.meant(latin)
        shown = " ".join([p.written or p.latin for p in parts[at : at + length]])
        if kind == "vessel" and at == 0 and shown in lexicon.ship_prefixes():
            dropped.append(_distinctive(shown))
        elif not key:
            named = latin in NAMES_TOO and (kind == "person" or at == 0)
            words.append(_named(latin) if named else _spelt(latin, part.spelt))
        elif known[key].role == "form":
            forms.append(known[key].meaning)
            dropped.append(_distinctive(shown.replace(" ", "")))
        else:
            words.append(_known(key, shown))
        at += length
    return words or dropped, forms


def _ending(parts: list[_Part], at: int, kind: Kind, words: list[Word]) -> int:
    """In how many words a legal form begins here that counts where a name ends (a.s., k. s., S.A.L.); 0 for none.

    A name of no known kind must say a trade or a place before it: Sal and As are persons' names too. A word of the
    firm's own must stand there, or a place and a trade that it is called by: AE Group is called so.
    """
    length = 1
    if len(parts[at].latin) == 1:  # letters apart: v. o. s.
        length = next((i for i, p in enumerate(parts[at:]) if len(p.latin) != 1), len(parts) - at)
    if "".join([p.latin for p in parts[at : at + length]]) not in lexicon.endings() or kind not in _SPELLED:
        return 0
    kinds = {w.kind for w in words if w.text not in lexicon.PARTICLES}
    is_firm = kind == "company" or not kinds.isdisjoint(_SHARED)
    is_named = "core" in kinds or kinds >= _SHARED
    return length if is_firm and is_named and _only_ends(parts[at + length :]) else 0


def _only_ends(parts: list[_Part]) -> bool:
    """Whether nothing but forms, particles and forms of address stands there."""
    known, ends = lexicon.latin(), lexicon.PARTICLES | lexicon.HONORIFICS | lexicon.endings().keys()
    return all(p.latin in ends or (p.latin in known and known[p.latin].role == "form") for p in parts)


@cache
def _begins(*, is_person: bool) -> dict[str, tuple[int, ...]]:
    """First words of the spellings that count -> in how many words those are, the most first."""
    table = lexicon.latin()
    keys = [k for k, e in table.items() if _is_persons(e)] if is_person else table
    found: dict[str, tuple[int, ...]] = dict.fromkeys((k for k in keys if " " not in k), _ONE)
    # In how many words and with which: sorted, the shorter ones of a word come first.
    several = {(k.count(" ") + 1, k[: k.index(" ")]) for k in keys if " " in k}
    for length, word in sorted(several):
        found[word] = (length, *found.get(word, ()))
    return found


def _is_persons(entry: lexicon.Entry) -> bool:
    """Whether a word of the tables is read as such in the name of a person."""
    return entry.role == "word" and entry.meaning in lexicon.PARTICLES


def _key(parts: list[_Part], at: int, kind: Kind, lengths: tuple[int, ...]) -> tuple[str, int]:
    """The longest spelling of the tables that begins here, and in how many words; empty where there is none."""
    known = lexicon.latin()
    for length in lengths:
        if length <= len(parts) - at:
            key = parts[at].latin if length == 1 else " ".join([p.latin for p in parts[at : at + length]])
            entry = known.get(key)
            if entry and _applies(entry, parts, at, length, kind) and not _cuts_form(entry, parts, at + length):
                return key, length
    return "", 1


def _cuts_form(entry: lexicon.Entry, parts: list[_Part], end: int) -> bool:
    """Whether a phrase would take the first word of a legal form: a trading company limited is a trading co., ltd."""
    if entry.role == "form" or end >= len(parts):
        return False
    form = lexicon.latin().get(f"{parts[end - 1].latin} {parts[end].latin}")
    return form is not None and form.role == "form"


def _key_with_slip(parts: list[_Part], at: int, least: int) -> tuple[str, int] | None:
    """A longer phrase of the tables that begins here where a word of it is put right: hair prodcts."""
    return phrases.with_slip([p.latin for p in parts[at : at + phrases.LONGEST]], least)


@lru_cache(maxsize=_MOST_HELD)
def _known(key: str, shown: str) -> Word:
    """A word that the tables know, no legal form."""
    entry = lexicon.latin()[key]
    assert entry.role != "form"
    other = (*entry.also, shown) if entry.role == "core" and " " not in shown else entry.also
    return Word(entry.meaning.casefold(), entry.role, entry.weight, shown, other=other)


def _applies(entry: lexicon.Entry, parts: list[_Part], at: int, length: int, kind: Kind) -> bool:
    if kind == "person":
        return _is_persons(entry)
    if entry.role != "form":
        return True
    # "AS", "SA", "CO" are forms at either end of a name; in its middle they are words.
    if at == 0 or length > 1 or len(parts[at].latin) > _SHORT_FORM:
        return True
    known = lexicon.latin()
    after = [p.latin for p in parts[at + 1 :]]
    ends = lexicon.PARTICLES | lexicon.HONORIFICS
    return all(w in ends or (w in known and known[w].role == "form") for w in after)


def _spelt(text: str, spelt: Spelt | None) -> Word:
    if spelt is None or not (spelt.other or spelt.letters):
        return _distinctive(text)
    return _in_readings(text, spelt.other, spelt.letters)


@lru_cache(maxsize=_MOST_HELD)
def _in_readings(text: str, other: tuple[str, ...], letters: str) -> Word:
    word = _distinctive(text)
    return replace(word, other=other, letters=letters, shown=letters or word.shown)


def _named(text: str) -> Word:
    return Word(text, "core", _BY_LENGTH[len(text)], text)


@lru_cache(maxsize=_MOST_HELD)
def _distinctive(text: str) -> Word:
    if text[:1].isdigit() and _ORDINAL.fullmatch(text):
        text = text[:-2]  # 54th Research Institute is 第五十四研究所
    if text in lexicon.NUMBERS or text.isdigit():
        return Word(lexicon.NUMBERS.get(text, text.lstrip("0") or "0"), "number", _NUMBER_WEIGHT, text)
    if text in lexicon.HONORIFICS:
        return Word(text, "core", 0.1, text)
    return Word(text, "core", _BY_LENGTH.get(len(text), 1.0) * lexicon.rarity().get(text, 1.0), text)


def _read_han(text: str, kind: Kind, *, southern: bool, foreign: bool) -> list[_Part]:
    """Chinese characters cut into forms, places, generic words and the rest, the rest read as pinyin."""
    if foreign and kind != "company":
        return [_pinyin(text, southern=southern)]
    if kind == "person" or (kind == "any" and looks_personal(text)):
        return _read_person(text, southern=southern)
    parts: list[_Part] = []
    for segment in segments(text):
        entry = segment.entry
        if entry is None:
            parts.append(_pinyin(segment.text, southern=southern))
        elif entry.role == "form":
            parts.append(_Part(form=entry.meaning))
        elif entry.role == "core":
            parts.append(_pinyin(segment.text, southern=southern, also=entry.also))
        else:
            also = tuple(a.casefold() for a in entry.also)
            word = Word(entry.meaning.casefold(), entry.role, entry.weight, segment.text, other=also)
            parts.append(_Part(word=word))
    return parts


def _read_person(text: str, *, southern: bool) -> list[_Part]:
    """Surname and given name."""
    cut = surname_length(text)
    if len(text) > _PERSON_LONGEST:
        return [_pinyin(text, southern=southern)]  # a foreign name, written as it sounds
    surname = _pinyin(text[:cut], southern=southern, own=False, surname=True)
    return [surname, _pinyin(text[cut:], southern=southern, own=False)] if text[cut:] else [surname]


def _pinyin(text: str, *, southern: bool, own: bool = True, surname: bool = False, also: tuple[str, ...] = ()) -> _Part:
    """A distinctive word: its pinyin, and beside it how it is spelt in the south or translated.

    Args:
        text: Chinese characters.
        southern: whether it may be spelt as in Hong Kong or Taiwan.
        own: whether it is a firm's own name or a foreign one; that of a person is spelt, and never translated.
        surname: whether it is read as surnames are.
        also: what it is translated to.
    """
    read = pinyin(text, surname=surname)
    word = "".join(read) or "".join(f"u{ord(c):x}" for c in text if is_han(c))
    other = [*also, *(["".join(pinyin(text))] if surname else [])]
    if southern:
        other += [cantonese(text, surname=surname), wade_giles(text)]
    other = [o for o in dict.fromkeys(other) if o and o != word]
    weight = _BY_LENGTH.get(len(word), 1.0)
    initials = "".join(r[0] for r in read)
    return _Part(word=Word(word, "core", weight, text, initials, tuple(other), brand=own))
