"""A firm's name without the part of it that a cell names beside it: Hong Kong Office, (Factory), 驻北京办事处.

A branch, an office or a works is no other firm, and its words and its town weigh as words of the firm's own. What is
left of the name is compared by itself. Some words say a part whatever stands beside them (`part` of `labels.csv`); a
firm is called by others too (`site`: Tarbagan Wool Factory), so those need a town or a mark before them.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from entrepot.names.reading import lexicon
from entrepot.names.reading.han import simplified
from entrepot.names.reading.prepare import prepare
from entrepot.screening.parties.cells.ships_in_cell import either
from entrepot.screening.parties.contract import labels
from entrepot.vocabulary.countries import code_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_HAN = re.compile(r"[\u3400-\u9fff]")
_EDGES = " \u00a0()（）[]【】,，;；:：*/_–-"  # what divides a name from its part
_MARK = re.compile(r"[(（\[【,，;:：*/–]\s*$|\s-\s*$")
_WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*")
_LETTERS = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"(?:(?:no|nr|№|#)[.\s]*)?\d{0,3}[a-z]?\.?", re.IGNORECASE)  # Plant 2, Branch No. 3
_LONGEST_PLACE = 4  # words of a town: Ho Chi Minh City
_LONGEST_HAN = 8  # characters of a place or of the words for a part
_LEAST_HAN = 2  # characters of a firm's name
_FAR = 3  # words behind "in" and its kin that may name a town in another case: в Пекине
_CODE = (2, 3)  # letters of a country in short: HK Office, UAE branch
_DATIVE = "驻駐"  # "stationed at", before the town of a Chinese office


@lru_cache(maxsize=20_000)
def without_part(text: str) -> tuple[str, ...]:
    """What a cell says of a firm beside a branch, an office or a works of it; mostly nothing.

    Args:
        text: a name of a cell, as it stands.
    """
    found: list[str] = []
    for said in _parts().finditer(text):
        found += _beside(text[: said.start()], text[said.end() :], is_part=said.lastgroup == "part")
    if _HAN.search(text):
        found += _chinese(text)
    return tuple(n for n in dict.fromkeys(found) if n != text.strip())


def names_part(text: str) -> bool:
    """Whether a text may name a part of a firm, at a glance."""
    words = _LETTERS.findall(text.casefold().replace("\u0307", ""))  # of a small i that was a Turkish capital
    return not _first_words().isdisjoint(words) or (_HAN.search(text) is not None and any(_chinese(text)))


def is_part_alone(text: str) -> bool:
    """Whether a text says a part of a firm and its town, and no firm: what a bracket behind a name may hold."""
    said = _parts().search(text)
    if said is None:
        return False
    rest = (text[: said.start()].strip(_EDGES), text[said.end() :].strip(_EDGES))
    return all(not r or _is_place(r) or _NUMBER.fullmatch(r) or _is_at_place(r) for r in rest)


def _beside(before: str, behind: str, *, is_part: bool) -> Iterator[str]:
    """The firm before the words for its part, or, where nothing but a town stands there, behind them."""
    town, _ = _split_place(before.strip(_EDGES))
    rest = behind.strip(_EDGES)
    if not town:
        yield from _behind(rest, is_part=is_part)
        return
    is_ended = bool(_NUMBER.fullmatch(rest))
    if not (is_ended or _is_place(rest) or (is_part and _is_at_place(rest))):
        return
    yield from _before(before, is_part=is_part, is_placed=not is_ended)


def _before(before: str, *, is_part: bool, is_placed: bool) -> Iterator[str]:
    whole = before.strip(_EDGES)
    name, place = _split_place(whole)
    is_set_off = _MARK.search(before) is not None or _MARK.search(whole[: len(whole) - len(place)]) is not None
    is_ended = _ends_firm().search(name) is not None or name.endswith(tuple(labels("ends_before")))
    if is_part or is_set_off or is_ended or place or is_placed:
        sure = bool(place) or is_set_off or (is_part and is_placed)
        yield from (n for n in (name, whole) if _says_firm(n, sure=sure))


def _behind(rest: str, *, is_part: bool) -> Iterator[str]:
    """The firm of "Beijing Office of X in Y", and of "Филиал АО X", whose legal form says where the name begins."""
    of = _of().match(rest)
    name = rest[of.end() :].strip(_EDGES) if of else rest
    if not name or not (of or (is_part and prepare(name, "company").forms)):
        return
    at = _at().search(name)
    near = name[: at.start()].strip(_EDGES) if at and _is_at_place(name[at.start() :].strip(_EDGES)) else ""
    yield from (n for n in (near, name) if n and _says_firm(n, sure=is_part))


def _chinese(text: str) -> Iterator[str]:
    """The firm before 驻北京办事处; 工厂 needs a town before it, for firms are called so."""
    said = text.rstrip(_EDGES)
    is_part, end = next(((p, w) for p, w in _han_parts() if said.endswith(w)), (False, ""))
    if not end:
        return
    whole = said[: -len(end)]
    name = _without_han_place(whole.rstrip(_EDGES))
    placed = name != whole.rstrip(_EDGES) or _MARK.search(whole) is not None
    if is_part or placed:
        found = (n.strip(_EDGES).rstrip(_DATIVE).strip(_EDGES) for n in (name, whole))
        yield from (n for n in found if len(n) >= _LEAST_HAN and not _is_place(n))


def _without_han_place(text: str) -> str:
    known = lexicon.han()
    for size in range(min(_LONGEST_HAN, len(text) - _LEAST_HAN), 1, -1):
        entry = known.get(simplified(text[-size:]))
        if entry is not None and entry.role == "place":
            return text[:-size]
    return text


def _split_place(text: str) -> tuple[str, str]:
    """A text without the places that end it, and those places; a legal form is none of them."""
    name = text
    while name:
        words = list(_WORD.finditer(name))[-_LONGEST_PLACE:]
        cut = next((w.start() for w in words if _is_place(name[w.start() :])), None)
        if cut is None:
            break
        name = _at_end().sub("", name[:cut]).rstrip(_EDGES)
    return name, text[len(name) :]


@lru_cache(maxsize=20_000)
def _is_place(text: str) -> bool:
    """Whether a text is a place: one of the tables of names, a town where offices are, or a country."""
    said = text.strip(_EDGES)
    if not said:
        return False
    if said.casefold() in _towns():
        return True
    if code_of(said) and (not said.isascii() or len(said) > _CODE[1] or (said.isupper() and len(said) in _CODE)):
        return True
    read = prepare(f"x {said}", "company")
    return len(read.words) > 1 and not read.forms and all(w.kind == "place" for w in read.words[1:])


def _is_at_place(text: str) -> bool:
    """Whether a text is "in" and a few words: a town may stand in any case and need not be known."""
    at = _at().match(text)
    return at is not None and 0 < len(_WORD.findall(text[at.end() :])) <= _FAR


def _says_firm(text: str, *, sure: bool) -> bool:
    """Whether a text names a firm: by a word of its own beside another, or alone where a town says that one is meant.

    One word of trade is no firm's name, and one word alone is too many firms' and persons'.
    """
    read = prepare(text, "company")
    own = [w for w in read.words if w.kind != "place"]
    english = lexicon.english()
    is_own = any(w.kind == "core" or (w.shown.isalpha() and w.shown not in english) for w in own)  # Sberbank is a bank
    if not own or (len(read.words) == 1 and not is_own):
        return False
    return bool(read.forms) or len(own) > 1 or sure or (is_own and len(read.words) > 1)


@cache
def _parts() -> re.Pattern[str]:
    words = ((kind, [w for w in labels(kind) if not _HAN.search(w)]) for kind in ("part", "site"))
    named = (f"(?P<{kind}>{either(sorted(each, key=len, reverse=True))})" for kind, each in words)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(named)})(?![^\W_])\.?", re.IGNORECASE)


@cache
def _first_words() -> frozenset[str]:
    """The first word of each: looked for at a glance, for the pattern takes ten times as long."""
    return frozenset(_LETTERS.findall(w)[0] for kind in ("part", "site") for w in labels(kind) if not _HAN.search(w))


@cache
def _han_parts() -> tuple[tuple[bool, str], ...]:
    """Chinese words for a part, the longest first, and whether each says one whatever stands before it."""
    found = [(kind == "part", w) for kind in ("part", "site") for w in labels(kind) if _HAN.search(w)]
    return tuple(sorted(found, key=lambda f: len(f[1]), reverse=True))


@cache
def _ends_firm() -> re.Pattern[str]:
    """A legal form or a group where a text ends: what stands behind it is no word of the name."""
    words = sorted((*labels("ends"), *labels("loose")), key=len, reverse=True)
    return re.compile(rf"(?<![^\W_])(?:{either(words)})\W*$", re.IGNORECASE)


@cache
def _towns() -> frozenset[str]:
    return frozenset(labels("town"))


@cache
def _at() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{either(sorted(labels('at'), key=len, reverse=True))})(?![^\W_])", re.IGNORECASE)


@cache
def _at_end() -> re.Pattern[str]:
    """Where a text ends, a word that stands between a part and its town."""
    return re.compile(rf"{_at().pattern}[\s.,]*$", re.IGNORECASE)


@cache
def _of() -> re.Pattern[str]:
    words = either(sorted(labels("of"), key=len, reverse=True))
    return re.compile(rf"(?:{words})(?![^\W_])[\s:.]*", re.IGNORECASE)
