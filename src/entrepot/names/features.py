"""What speaks for and against two names being one. The docstring of a feature is the sentence the user sees."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from entrepot.names.align import Alignment, Pair

if TYPE_CHECKING:
    from entrepot.names.prepare import Word

_TRADE = 0.25  # weight from which a generic word names a line of business (words.csv)
_NO_CORE = 0.75  # highest score where one name has no distinctive word
_NOTHING_DISTINCTIVE = 0.4  # highest score where distinctive words stand on both sides and none meet
_FEW_LETTERS = 5  # distinctive letters met, below which a name is short
_SHORT = 0.7  # highest score of short names that are not equal
_RUN_TOGETHER = 90  # percent of letters in order, from which names run together count as spelt alike


@dataclass(frozen=True, slots=True)
class Effect:
    """What a feature does to the score: bounds, a factor, and the sentence that says so (empty: nothing to say)."""

    sentence: str
    least: float = 0.0
    most: float = 1.0
    factor: float = 1.0


Feature = Callable[[Alignment], Effect | None]


def _say(feature: Feature, **values: object) -> str:
    return _sentence(feature).format(**values)


@cache
def _sentence(feature: Feature) -> str:
    return (inspect.getdoc(feature) or "").splitlines()[0]


def _list(words: Iterable[Word]) -> str:
    return ", ".join(f"“{w.shown}”" for w in words)


def _pairs(pairs: Iterable[Pair]) -> str:
    return ", ".join(f"“{p.left.shown}” and “{p.right.shown}”" for p in pairs)


def same_words(met: Alignment) -> Effect | None:
    """The same words stand in both: {words}."""
    same = [p.left for p in met.pairs if p.alike == 1 and p.left.shown == p.right.shown]
    return Effect(_say(same_words, words=_list(same))) if same else None


def same_meaning(met: Alignment) -> Effect | None:
    """Two ways of writing one word, by translation, pinyin or place name: {pairs}."""
    same = [p for p in met.pairs if p.alike == 1 and p.left.shown != p.right.shown]
    return Effect(_say(same_meaning, pairs=_pairs(same))) if same else None


def near_words(met: Alignment) -> Effect | None:
    """Words that differ by a few letters or by the spelling of a sound: {pairs}."""
    near = [p for p in met.pairs if p.alike < 1]
    return Effect(_say(near_words, pairs=_pairs(near))) if near else None


def written_together(met: Alignment) -> Effect | None:
    """One name writes together what the other writes apart: {words}."""
    return Effect(_say(written_together, words=", ".join(f"“{w}”" for w in met.joined))) if met.joined else None


def run_together(met: Alignment) -> Effect | None:
    """Written without spaces, the names agree in {percent} of 100 letters."""
    a, b = ("".join(w.text for w in n.words if w.kind in {"core", "number"}) for n in (met.left, met.right))
    if not met.left_only or not met.right_only or min(len(a), len(b)) < 2 * _FEW_LETTERS:
        return None
    if not _same_numbers(met) or any(w.kind != "core" for w in met.left_only + met.right_only):
        return None
    percent = fuzz.ratio(a, b)
    if percent < _RUN_TOGETHER:
        return None
    return Effect(_say(run_together, percent=round(percent)), least=0.92 * percent / 100)


def stands_alone(met: Alignment) -> Effect | None:
    """In one name only: {words}."""
    alone = met.left_only + met.right_only
    return Effect(_say(stands_alone, words=_list(alone))) if alone else None


def order_differs(met: Alignment) -> Effect | None:
    """The words stand in another order."""
    if met.ordered:
        return None
    # A person's surname may stand first or last; firms change the order of their words less often.
    person = "person" in (met.left.kind, met.right.kind)
    return Effect(_say(order_differs), factor=0.99 if person else 0.97)


def forms_differ(met: Alignment) -> Effect | None:
    """The legal forms differ: {left} and {right}."""
    a, b = met.left.forms, met.right.forms
    general = {"co", "corp", "inc", "ltd"}  # every firm is a company in some translation
    if not a or not b or a & b or (a & general and b & general):
        return None
    if met.left.han != met.right.han:
        return None  # 股份有限公司 and 有限公司 are both printed as Co., Ltd.
    return Effect(_say(forms_differ, left=", ".join(sorted(a)), right=", ".join(sorted(b))), factor=0.96)


def numbers_differ(met: Alignment) -> Effect | None:
    """The numbers differ: {words}."""
    if _same_numbers(met):
        return None
    alone = [w for w in met.left_only + met.right_only if w.kind == "number"]
    both = any(w.kind == "number" for w in met.left_only) and any(w.kind == "number" for w in met.right_only)
    return Effect(_say(numbers_differ, words=_list(alone)), most=0.7 if both else 0.88)


def _same_numbers(met: Alignment) -> bool:
    return not any(w.kind == "number" for w in met.left_only + met.right_only)


def places_differ(met: Alignment) -> Effect | None:
    """The places differ: {left} and {right}."""
    a, b = ([w for w in words if w.kind == "place"] for words in (met.left_only, met.right_only))
    return Effect(_say(places_differ, left=_list(a), right=_list(b)), most=0.72) if a and b else None


def trades_differ(met: Alignment) -> Effect | None:
    """The lines of business differ: {left} and {right}."""
    a, b = ([w for w in words if w.kind == "word" and w.weight >= _TRADE] for words in (met.left_only, met.right_only))
    return Effect(_say(trades_differ, left=_list(a), right=_list(b)), most=0.85) if a and b else None


def nothing_distinctive(met: Alignment) -> Effect | None:
    """No distinctive word meets another: what meets is generic or a place."""
    if any("core" in (p.left.kind, p.right.kind) or p.left.weight == 1 for p in met.pairs):
        return None
    cores = [any(w.kind == "core" for w in n.words) for n in (met.left, met.right)]
    if not any(cores):
        return None
    return Effect(_say(nothing_distinctive), most=_NOTHING_DISTINCTIVE if all(cores) else _NO_CORE)


def short_name(met: Alignment) -> Effect | None:
    """The names are short, so only equal ones can score high."""
    letters = sum(len(p.left.text) for p in met.pairs if p.left.kind == "core")
    equal = not met.left_only and not met.right_only and all(p.alike == 1 for p in met.pairs)
    if equal or letters >= _FEW_LETTERS or not any(w.kind == "core" for w in met.left.words + met.right.words):
        return None
    return Effect(_say(short_name), most=_SHORT)


def other_characters(met: Alignment) -> Effect | None:
    """The names sound alike but are written with other Chinese characters: {pairs}."""
    if not (met.left.han and met.right.han):
        return None
    other = [p for p in met.pairs if p.left.kind == "core" == p.right.kind and p.left.initials and p.right.initials]
    other = [p for p in other if p.alike == 1 and p.left.shown != p.right.shown]
    return Effect(_say(other_characters, pairs=_pairs(other)), most=0.78) if other else None


def cut_short(met: Alignment) -> Effect | None:
    """A name is longer than is compared: only its first 300 characters and 24 words were read."""
    return Effect(_say(cut_short)) if met.left.cut or met.right.cut else None


def disguised(met: Alignment) -> Effect | None:
    """Letters of another script that look Latin were read as Latin."""
    return Effect(_say(disguised)) if met.left.disguised or met.right.disguised else None


FEATURES: tuple[Feature, ...] = (
    same_words,
    same_meaning,
    written_together,
    near_words,
    stands_alone,
    run_together,
    order_differs,
    forms_differ,
    numbers_differ,
    places_differ,
    trades_differ,
    nothing_distinctive,
    short_name,
    other_characters,
    cut_short,
    disguised,
)
