"""What speaks for and against two names being one. The docstring of a feature is the sentence the user sees.

A feature measures one thing of two names laid side by side as a number of at least 0; what the number is worth is in
data/model.json. Evidence is counted in distinctive words: a rare word of four letters or more is 1.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from entrepot.names.align import Alignment, Pair
from entrepot.names.han import simplified
from entrepot.names.keys import ARTICLES, skeleton
from entrepot.names.rarity import bits
from entrepot.names.spelling import SAME_SOUND

if TYPE_CHECKING:
    from entrepot.names.prepare import Word

_TRADE = 0.25  # weight from which a generic word names a line of business (words.csv)
_LONG_ENOUGH = 9  # distinctive letters met, from which a name is not short
_LEAST_RUN = 6  # letters from which names run together are compared
_SOUND_ALIKE = 0.5  # of a letter that differs where the words sound the same
_BONES = 3  # consonants that two words share where only their vowels differ
_CHARACTER = 3  # letters that a Chinese character counts for
_TYPICAL = 7  # letters of a word, where spellings of two scripts are compared
_MOST_BITS = 30  # rarer than one name in a thousand million is not said
_FORMS_ALIKE = {"cv": "sa", "llp": "llc"}  # S.A. de C.V., in any order; Kazakhstan's TOO is rendered as either
_GENERAL = {"co", "corp", "inc", "ltd"}  # every firm is a company in some translation


@dataclass(frozen=True, slots=True)
class Measured:
    """A feature of two names: its value, and what fills its sentence (None: nothing to say)."""

    value: float
    said: dict[str, object] | None = None


Feature = Callable[[Alignment], Measured]
NOTHING = Measured(0.0)


def sentence(feature: Feature, said: dict[str, object]) -> str:
    """The feature's sentence with its words filled in."""
    return _sentence(feature).format(**said)


@cache
def _sentence(feature: Feature) -> str:
    return (inspect.getdoc(feature) or "").splitlines()[0]


def _list(words: Iterable[Word]) -> str:
    return ", ".join(f"“{w.shown}”" for w in words)


def _pairs(pairs: Iterable[Pair]) -> str:
    return ", ".join(f"“{p.left.shown}” and “{p.right.shown}”" for p in pairs)


def _weight(p: Pair) -> float:
    return (p.left.weight + p.right.weight) / 2


def _bits_of(words: Iterable[Word]) -> float:
    return sum(map(bits, words))


def _of(words: Iterable[Word]) -> float:
    return sum(w.weight for w in words)


def same_words(met: Alignment) -> Measured:
    """The same words stand in both: {words}."""
    same = [p for p in met.pairs if p.alike == 1 and p.left.shown == p.right.shown]
    return Measured(sum(map(_weight, same)), {"words": _list(p.left for p in same)}) if same else NOTHING


def same_meaning(met: Alignment) -> Measured:
    """Two ways of writing one word, by translation, pinyin or place name: {pairs}."""
    same = [p for p in met.pairs if p.alike == 1 and p.left.shown != p.right.shown]
    return Measured(sum(map(_weight, same)), {"pairs": _pairs(same)}) if same else NOTHING


def near_words(met: Alignment) -> Measured:
    """Words that differ by a few letters or by the spelling of a sound: {pairs}."""
    near = [p for p in met.pairs if p.alike < 1 and p.how == "spelling"]
    return Measured(sum((1 - p.alike) * _weight(p) for p in near), {"pairs": _pairs(near)}) if near else NOTHING


def farthest_words(met: Alignment) -> Measured:
    """The words that meet least are {pair}."""
    near = [p for p in met.pairs if p.alike < 1 and p.how == "spelling"]
    if not near:
        return NOTHING
    worst = max(near, key=lambda p: ((1 - p.alike) * min(1.0, _weight(p)), p.left.text, p.right.text))
    return Measured(1 - worst.alike, {"pair": _pairs([worst])} if len(near) > 1 else None)


def letters_changed(met: Alignment) -> Measured:
    """Letters that differ between the words that stand against each other: {letters}."""
    near = sum(_changed(p) for p in met.pairs if p.alike < 1 and p.how == "spelling")
    a, b = ("".join(_letters(w) for w in words) for words in (met.left_only, met.right_only))
    # Chinese that was neither translated nor met has no letters that could be compared with a translation.
    translated = met.left.han != met.right.han
    apart = OSA.distance(a, b) if a and b and not translated else 0
    whole = max(near + apart, _characters_changed(met))
    return Measured(float(whole), {"letters": round(whole)}) if whole else NOTHING


def _changed(pair: Pair) -> float:
    """Letters that differ between two words; a letter counts less where the sound, or the script, leaves it open."""
    if pair.left.initials and pair.right.initials:
        return _CHARACTER * OSA.distance(simplified(pair.left.shown), simplified(pair.right.shown))
    if bool(pair.left.letters) != bool(pair.right.letters):
        return (1 - pair.alike) * len(pair.left.letters or pair.right.letters)
    if bool(pair.left.initials) != bool(pair.right.initials):
        return (1 - pair.alike) * _TYPICAL
    apart = OSA.distance(_letters(pair.left), _letters(pair.right))
    a, b = pair.left.text, pair.right.text
    if pair.alike < SAME_SOUND and (skeleton(a) != skeleton(b) or len(skeleton(a)) < _BONES):
        return apart
    return apart * _SOUND_ALIKE


def _characters_changed(met: Alignment) -> float:
    """Of two persons' names in one script of syllables, where a character is a third of the name."""
    scripts = {met.left.script, met.right.script}
    if scripts not in ({"han"}, {"hangul"}) or met.left.kind != "person" or met.right.kind != "person":
        return 0.0
    return _CHARACTER * OSA.distance(met.left.plain, met.right.plain)


def _letters(word: Word) -> str:
    """The letters that were written, where they can be compared."""
    if word.letters:
        return word.letters
    return word.shown.replace(" ", "") if word.shown.isascii() else word.text


def initials(met: Alignment) -> Measured:
    """A word stands for its first letter only: {pairs}."""
    found = [p for p in met.pairs if p.how == "initial"]
    return Measured(float(len(found)), {"pairs": _pairs(found)}) if found else NOTHING


def met_share(met: Alignment) -> Measured:
    """The share of all evidence that meets."""
    together = sum(p.alike * _weight(p) for p in met.pairs)
    whole = sum(map(_weight, met.pairs)) + (_of(met.left_only) + _of(met.right_only)) / 2
    return Measured(together / whole if whole else 0.0)


def met_evidence(met: Alignment) -> Measured:
    """How much evidence meets in all."""
    return Measured(sum(p.alike * _weight(p) for p in met.pairs))


def vowels_left_out(met: Alignment) -> Measured:
    """One word is the other without its vowels: {pairs}."""
    found = [p for p in met.pairs if p.how == "bare"]
    return Measured(float(len(found)), {"pairs": _pairs(found)}) if found else NOTHING


def cut_word(met: Alignment) -> Measured:
    """The last word is the beginning of the other: {pairs}."""
    found = [p for p in met.pairs if p.how == "cut"]
    sizes = [sorted((len(p.left.text), len(p.right.text))) for p in found]
    missing = sum(1 - short / long for short, long in sizes)
    return Measured(missing, {"pairs": _pairs(found)}) if found else NOTHING


def met_bits(met: Alignment) -> Measured:
    """What meets is as rare as one name in {times}."""
    found = sum(p.alike * min(bits(p.left), bits(p.right)) for p in met.pairs)
    return Measured(found, {"times": f"{round(2 ** min(found, _MOST_BITS)):,}"} if found >= 1 else None)


def exchanged_bits(met: Alignment) -> Measured:
    """How much the words say that stand in one name only, where the other has different ones."""
    return Measured(min(_bits_of(met.left_only), _bits_of(met.right_only)))


def added_bits(met: Alignment) -> Measured:
    """How much the words say that one name has beyond the other."""
    return Measured(abs(_bits_of(met.left_only) - _bits_of(met.right_only)))


def all_met(met: Alignment) -> Measured:
    """Every word of each name meets the same word of the other."""
    return Measured(float(not met.left_only and not met.right_only and all(p.alike == 1 for p in met.pairs)))


def exchanged(met: Alignment) -> Measured:
    """Each name has words where the other has different ones: {left} and {right}."""
    a, b = _of(met.left_only), _of(met.right_only)
    both = min(a, b)
    return Measured(both, {"left": _list(met.left_only), "right": _list(met.right_only)}) if both else NOTHING


def added(met: Alignment) -> Measured:
    """In one name only: {words}."""
    more = abs(_of(met.left_only) - _of(met.right_only))
    alone = met.left_only + met.right_only
    one_sided = not met.left_only or not met.right_only
    return Measured(more, {"words": _list(alone)} if alone and one_sided else None)


def added_share(met: Alignment) -> Measured:
    """The longer name's further words as a share of its evidence."""
    more = abs(_of(met.left_only) - _of(met.right_only))
    whole = more + sum(map(_weight, met.pairs))
    return Measured(more / whole if whole else 0.0)


def written_together(met: Alignment) -> Measured:
    """One name writes together what the other writes apart: {words}."""
    return Measured(1.0, {"words": ", ".join(f"“{w}”" for w in met.joined)}) if met.joined else NOTHING


def run_together(met: Alignment) -> Measured:
    """Written without spaces, in any order of words, the names agree in {percent} of 100 letters."""
    a, b = (sorted(w.text for w in n.words if w.kind in {"core", "number"}) for n in (met.left, met.right))
    whole = min(sum(map(len, a)), sum(map(len, b)))
    if whole < _LEAST_RUN:
        return NOTHING
    in_order = ("".join(w.text for w in n.words if w.kind in {"core", "number"}) for n in (met.left, met.right))
    percent = max(fuzz.ratio("".join(a), "".join(b)), fuzz.ratio(*in_order))
    say = bool(met.left_only and met.right_only)
    return Measured(percent / 100, {"percent": round(percent)} if say else None)


def order_differs(met: Alignment) -> Measured:
    """The words stand in another order."""
    order = _order(met)
    return NOTHING if order == sorted(order) else Measured(1.0, {})


def _order(met: Alignment) -> list[int]:
    """Where the words of the left name stand in the right one; articles go with the word behind them."""
    return [at for at, p in zip(met.order, met.pairs, strict=True) if not ARTICLES & {p.left.text, p.right.text}]


def order_scrambled(met: Alignment) -> Measured:
    """The words stand in an order that neither turning the name round nor moving one part of it explains."""
    order, ranked = _order(met), sorted(_order(met))
    if order in (ranked, ranked[::-1]) or any(
        order[:i] + order[j:k] + order[i:j] + order[k:] == ranked
        for i in range(len(order))
        for j in range(i + 1, len(order))
        for k in range(j + 1, len(order) + 1)
    ):
        return NOTHING
    return Measured(1.0, {})


def forms_differ(met: Alignment) -> Measured:
    """The legal forms differ: {left} and {right}."""
    a, b = ({_FORMS_ALIKE.get(f, f) for f in n.forms} for n in (met.left, met.right))
    if not a or not b or a & b or (a & _GENERAL and b & _GENERAL):
        return NOTHING
    if met.left.han != met.right.han:
        return NOTHING  # 股份有限公司 and 有限公司 are both printed as Co., Ltd.
    return Measured(1.0, {"left": ", ".join(sorted(a)), "right": ", ".join(sorted(b))})


def forms_same(met: Alignment) -> Measured:
    """The legal forms are the same: {forms}."""
    same = met.left.forms & met.right.forms
    return Measured(1.0, {"forms": ", ".join(sorted(same))}) if same else NOTHING


def form_added(met: Alignment) -> Measured:
    """Only one name says its legal form."""
    return Measured(float(bool(met.left.forms) != bool(met.right.forms)))


def numbers_differ(met: Alignment) -> Measured:
    """The numbers differ: {words}."""
    a, b = ([w for w in words if w.kind == "number"] for words in (met.left_only, met.right_only))
    return Measured(1.0, {"words": _list(a + b)}) if a and b else NOTHING


def number_added(met: Alignment) -> Measured:
    """Only one name has a number: {words}."""
    a, b = ([w for w in words if w.kind == "number"] for words in (met.left_only, met.right_only))
    return Measured(1.0, {"words": _list(a + b)}) if bool(a) != bool(b) else NOTHING


def places_differ(met: Alignment) -> Measured:
    """The places differ: {left} and {right}."""
    a, b = ([w for w in words if w.kind == "place"] for words in (met.left_only, met.right_only))
    return Measured(1.0, {"left": _list(a), "right": _list(b)}) if a and b else NOTHING


def place_added(met: Alignment) -> Measured:
    """Only one name has a place: {words}."""
    a, b = ([w for w in words if w.kind == "place"] for words in (met.left_only, met.right_only))
    return Measured(1.0, {"words": _list(a + b)}) if bool(a) != bool(b) else NOTHING


def trades_differ(met: Alignment) -> Measured:
    """The lines of business differ: {left} and {right}."""
    a, b = _trades(met.left_only), _trades(met.right_only)
    return Measured(min(_of(a), _of(b)), {"left": _list(a), "right": _list(b)}) if a and b else NOTHING


def _trades(words: Iterable[Word]) -> list[Word]:
    return [w for w in words if w.kind == "word" and w.weight >= _TRADE]


def nothing_distinctive(met: Alignment) -> Measured:
    """No distinctive word meets another: what meets is generic or a place."""
    if any("core" in (p.left.kind, p.right.kind) or p.left.weight == 1 for p in met.pairs):
        return NOTHING
    cores = [any(w.kind == "core" for w in n.words) for n in (met.left, met.right)]
    return Measured(float(sum(cores)), {}) if any(cores) else NOTHING


def short_name(met: Alignment) -> Measured:
    """Little is met: {letters} distinctive letters."""
    core = [p for p in met.pairs if "core" in (p.left.kind, p.right.kind)]
    letters = sum(min(len(w.letters or w.text) for w in (p.left, p.right)) for p in core)
    missing = max(0, _LONG_ENOUGH - letters) / _LONG_ENOUGH
    return Measured(missing, {"letters": letters}) if missing else NOTHING


def other_characters(met: Alignment) -> Measured:
    """The names sound alike but are written with other Chinese characters: {pairs}."""
    if not (met.left.han and met.right.han):
        return NOTHING
    other = [p for p in met.pairs if p.left.kind == "core" == p.right.kind and p.left.initials and p.right.initials]
    other = [p for p in other if simplified(p.left.shown) != simplified(p.right.shown)]
    return Measured(1.0, {"pairs": _pairs(other)}) if other else NOTHING


def acronym(met: Alignment) -> Measured:
    """One name is made of the first letters of the other: {pairs}."""
    found = [p for p in met.pairs if p.how == "acronym"]
    return Measured(1.0, {"pairs": _pairs(found)}) if found else NOTHING


def cut_short(met: Alignment) -> Measured:
    """A name is longer than is compared: only its first 300 characters and 24 words were read."""
    return Measured(1.0, {}) if met.left.cut or met.right.cut else NOTHING


def disguised(met: Alignment) -> Measured:
    """Letters of another script that look Latin were read as Latin."""
    return Measured(1.0, {}) if met.left.disguised or met.right.disguised else NOTHING


FEATURES: tuple[Feature, ...] = (
    same_words,
    same_meaning,
    written_together,
    near_words,
    farthest_words,
    letters_changed,
    initials,
    vowels_left_out,
    cut_word,
    met_bits,
    exchanged_bits,
    added_bits,
    all_met,
    exchanged,
    added,
    added_share,
    met_share,
    met_evidence,
    run_together,
    order_differs,
    order_scrambled,
    forms_differ,
    forms_same,
    form_added,
    numbers_differ,
    number_added,
    places_differ,
    place_added,
    trades_differ,
    nothing_distinctive,
    short_name,
    other_characters,
    acronym,
    cut_short,
    disguised,
)
