"""What speaks for and against two names being one. The docstring of a feature is the sentence the user sees.

It stands in data/features.toml too, from which it is said (`feature.sentences`).

A feature measures one thing of two names laid side by side as a number of at least 0; what the number is worth is in
data/model.json. Evidence is counted in distinctive words: a rare word of four letters or more is 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.names.comparing.feature import (
    NOTHING,
    Feature,
    Measured,
    Pairs,
    Words,
    bits_of,
    evidence_of,
    pair_list,
    weight,
    word_list,
)
from entrepot.names.comparing.form_features import (
    acronym,
    form_added,
    form_or_word,
    forms_differ,
    forms_exchanged,
    forms_same,
    institution_differs,
    number_added,
    numbers_differ,
    place_added,
    place_left_out,
    places_differ,
    trade_for_none,
    trades_differ,
)
from entrepot.names.comparing.letter_features import (
    beginning,
    consonants_alike,
    letters_changed,
    run_together,
    text_alike,
)
from entrepot.names.comparing.rarity import bits
from entrepot.names.reading.han import simplified
from entrepot.names.reading.keys import ARTICLES
from entrepot.names.reading.lexicon import HONORIFICS, frequent

if TYPE_CHECKING:
    from entrepot.names.comparing.align import Alignment
    from entrepot.names.reading.name import Name

_LONG_ENOUGH = 9  # distinctive letters met, from which a name is not short
_SON_OF = frozenset({"bin", "ben", "bn", "ibn", "bint"})  # of ARTICLES, those that stand between son and father
_MOST_BITS, _RAREST = 30, "1,000,000,000 or more"  # what is rarer is not told apart


def same_words(met: Alignment) -> Measured:
    """The same words stand in both: {words}."""
    same = [p for p in met.pairs if p.alike == 1 and p.left.shown == p.right.shown]
    return Measured(sum(map(weight, same)), {"words": word_list(p.left for p in same)}) if same else NOTHING


def same_meaning(met: Alignment) -> Measured:
    """Two ways of writing one word, by translation, pinyin or place name: {pairs}."""
    same = [p for p in met.pairs if p.alike == 1 and p.left.shown != p.right.shown]
    return Measured(sum(map(weight, same)), {"pairs": pair_list(same)}) if same else NOTHING


def near_words(met: Alignment) -> Measured:
    """Words that differ by a few letters or by the spelling of a sound: {pairs}."""
    near = [p for p in met.pairs if p.alike < 1 and p.how == "spelling"]
    return Measured(sum((1 - p.alike) * weight(p) for p in near), {"pairs": pair_list(near)}) if near else NOTHING


def farthest_words(met: Alignment) -> Measured:
    """The words that meet least are {pair}."""
    near = [p for p in met.pairs if p.alike < 1 and p.how == "spelling"]
    if not near:
        return NOTHING
    worst = max(near, key=lambda p: ((1 - p.alike) * min(1.0, weight(p)), p.left.text, p.right.text))
    return Measured(1 - worst.alike, {"pair": pair_list([worst])} if len(near) > 1 else None)


def initials(met: Alignment) -> Measured:
    """A word stands for its first letter only: {pairs}."""
    found = [p for p in met.pairs if p.how == "initial"]
    return Measured(float(len(found)), {"pairs": pair_list(found)}) if found else NOTHING


def met_share(met: Alignment) -> Measured:
    """The share of all evidence that meets."""
    together = sum(p.alike * weight(p) for p in met.pairs)
    whole = sum(map(weight, met.pairs)) + (evidence_of(met.left_only) + evidence_of(met.right_only)) / 2
    return Measured(together / whole if whole else 0.0)


def met_evidence(met: Alignment) -> Measured:
    """How much evidence meets in all."""
    return Measured(sum(p.alike * weight(p) for p in met.pairs))


def vowels_left_out(met: Alignment) -> Measured:
    """One word is the other without its vowels: {pairs}."""
    found = [p for p in met.pairs if p.how == "bare"]
    return Measured(float(len(found)), {"pairs": pair_list(found)}) if found else NOTHING


def called_otherwise(met: Alignment) -> Measured:
    """A given name stands against what its bearers are called: {pairs}."""
    found = [p for p in met.pairs if p.how == "called"]
    return Measured(float(len(found)), {"pairs": pair_list(found)}) if found else NOTHING


def cut_word(met: Alignment) -> Measured:
    """The last word is the beginning of the other: {pairs}."""
    if whole := met.left.completed or met.right.completed:
        start, word = whole
        is_form = met.left.is_form_cut or met.right.is_form_cut  # who says it or not says the same
        said = {"pairs": Pairs([(start, word) if met.left.completed else (word, start)])}
        return Measured(0.0 if is_form else 1 - len(start) / len(word), said)
    found = [p for p in met.pairs if p.how == "cut"]
    sizes = [sorted((len(p.left.text), len(p.right.text))) for p in found]
    missing = sum(1 - short / long for short, long in sizes)
    return Measured(missing, {"pairs": pair_list(found)}) if found else NOTHING


def met_bits(met: Alignment) -> Measured:
    """What meets is as rare as one name in {times}."""
    found = sum(p.alike * min(bits(p.left), bits(p.right)) for p in met.pairs)
    times = f"{round(2**found):,}" if found < _MOST_BITS else _RAREST
    return Measured(found, {"times": times} if found >= 1 else None)


def exchanged_bits(met: Alignment) -> Measured:
    """How much the words say that stand in one name only, where the other has different ones."""
    if not met.left_only or not met.right_only:
        return NOTHING
    return Measured(min(bits_of(met.left_only), bits_of(met.right_only)))


def added_bits(met: Alignment) -> Measured:
    """How much the words say that one name has beyond the other."""
    return Measured(abs(bits_of(met.left_only) - bits_of(met.right_only)))


def all_met(met: Alignment) -> Measured:
    """Every word of each name meets the same word of the other, titles left aside."""
    alone = any(w.text not in HONORIFICS for w in met.left_only + met.right_only)
    return Measured(float(not alone and all(p.alike == 1 for p in met.pairs)))


def none_alone(met: Alignment) -> Measured:
    """Every word of each name meets one of the other, however damaged, titles left aside."""
    return Measured(float(all(w.text in HONORIFICS for w in met.left_only + met.right_only)))


def known_words_differ(met: Alignment) -> Measured:
    """Words a few letters apart that are both in common use, so that neither is a misspelling: {pairs}."""
    common = frequent()
    near = [p for p in met.pairs if p.alike < 1 and p.how == "spelling"]
    both = [p for p in near if p.left.text in common and p.right.text in common]
    return Measured(float(len(both)), {"pairs": pair_list(both)}) if both else NOTHING


def exchanged(met: Alignment) -> Measured:
    """Each name has words where the other has different ones: {left} and {right}."""
    if not met.left_only or not met.right_only:
        return NOTHING
    both = min(evidence_of(met.left_only), evidence_of(met.right_only))
    return Measured(both, {"left": word_list(met.left_only), "right": word_list(met.right_only)})


def added(met: Alignment) -> Measured:
    """In one name only: {words}."""
    alone = met.left_only + met.right_only
    if not alone:
        return NOTHING
    more = abs(evidence_of(met.left_only) - evidence_of(met.right_only))
    one_sided = not met.left_only or not met.right_only
    return Measured(more, {"words": word_list(alone)} if one_sided else None)


def added_share(met: Alignment) -> Measured:
    """The longer name's further words as a share of its evidence."""
    if not met.left_only and not met.right_only:
        return NOTHING
    more = abs(evidence_of(met.left_only) - evidence_of(met.right_only))
    whole = more + sum(map(weight, met.pairs))
    return Measured(more / whole if whole else 0.0)


def written_together(met: Alignment) -> Measured:
    """One name writes together what the other writes apart: {words}."""
    apart = met.joined or tuple(filter(None, (met.left.respaced, met.right.respaced)))
    return Measured(1.0, {"words": Words(apart)}) if apart else NOTHING


def order_differs(met: Alignment) -> Measured:
    """The words stand in another order."""
    if met.ordered:
        return NOTHING
    order = _order(met)
    return NOTHING if order == sorted(order) else Measured(1.0, {})


def _order(met: Alignment) -> list[int]:
    """Where the words of the left name stand in the right one; articles go with the word behind them."""
    pairs = zip(met.order, met.pairs, strict=True)
    return [at for at, p in pairs if p.left.text not in ARTICLES and p.right.text not in ARTICLES]


def order_scrambled(met: Alignment) -> Measured:
    """The words stand in an order that neither turning the name round nor moving one part of it explains."""
    if met.ordered:
        return NOTHING
    order = _order(met)
    ranked = sorted(order)
    if order in (ranked, ranked[::-1]) or any(
        order[:i] + order[j:k] + order[i:j] + order[k:] == ranked
        for i in range(len(order))
        for j in range(i + 1, len(order))
        for k in range(j + 1, len(order) + 1)
    ):
        return NOTHING
    return Measured(1.0, {})


def descent_differs(met: Alignment) -> Measured:
    """Who is the father in one name is the son in the other: {words}."""
    if met.ordered or _turned(met):
        return NOTHING
    ours, theirs = _descents(met.left), _descents(met.right)
    if not ours or not theirs:
        return NOTHING
    there = {p.left.text: p.right.text for p in met.pairs}
    carried = [(there.get(son, ""), there.get(father, "")) for son, father in ours]
    swapped = [(son, father) for son, father in carried if (father, son) in theirs and (son, father) not in theirs]
    return Measured(1.0, {"words": Words(swapped[0])}) if swapped else NOTHING


def _turned(met: Alignment) -> bool:
    """Whether the whole name is written backwards, as by one who sorts by the last word."""
    order = _order(met)
    return len(order) == sum(w.text not in ARTICLES for w in met.left.words) and order == sorted(order)[::-1]


def _descents(name: Name) -> list[tuple[str, str]]:
    """(son, father) around each word that stands between the two."""
    texts = [w.text for w in name.words]
    found: list[tuple[str, str]] = []
    for at, text in enumerate(texts):
        if text in _SON_OF:
            before = [t for t in texts[:at] if t not in ARTICLES]
            after = [t for t in texts[at + 1 :] if t not in ARTICLES]
            found += [(before[-1], after[0])] if before and after else []
    return found


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
    return Measured(1.0, {"pairs": pair_list(other)}) if other else NOTHING


def cut_short(met: Alignment) -> Measured:
    """A name is longer than is compared: only its first 300 characters and 24 words were read."""
    return Measured(1.0, {}) if met.left.cut or met.right.cut else NOTHING


def disguised(met: Alignment) -> Measured:
    """Letters of another script that look Latin were read as Latin."""
    return Measured(1.0, {}) if met.left.disguised or met.right.disguised else NOTHING


def read_back(met: Alignment) -> Measured:
    """Read as if spelt otherwise: Chinese by Palladius, Wade-Giles or syllables, Russian as in English: {names}."""
    read = [n for n in (met.left, met.right) if n.read_back]
    return Measured(1.0, {"names": Words(n.original for n in read)}) if read else NOTHING


FEATURES: tuple[Feature, ...] = (
    same_words,
    same_meaning,
    written_together,
    near_words,
    farthest_words,
    letters_changed,
    initials,
    vowels_left_out,
    called_otherwise,
    cut_word,
    met_bits,
    exchanged_bits,
    added_bits,
    all_met,
    place_left_out,
    none_alone,
    text_alike,
    consonants_alike,
    beginning,
    known_words_differ,
    exchanged,
    added,
    added_share,
    met_share,
    met_evidence,
    run_together,
    order_differs,
    order_scrambled,
    descent_differs,
    forms_differ,
    forms_same,
    forms_exchanged,
    form_or_word,
    form_added,
    numbers_differ,
    number_added,
    places_differ,
    place_added,
    trades_differ,
    trade_for_none,
    institution_differs,
    nothing_distinctive,
    short_name,
    other_characters,
    acronym,
    cut_short,
    disguised,
    read_back,
)
