"""What legal forms, numbers, places and lines of business of two names say."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from entrepot.names.comparing.feature import NOTHING, Measured, bits_of, evidence_of, pair_list, word_list
from entrepot.names.comparing.rarity import RANK
from entrepot.names.reading.lexicon import institutions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from entrepot.names.comparing.align import Alignment
    from entrepot.names.reading.name import Name, Word

_TRADE = 0.25  # weight from which a generic word names a line of business (words.csv)
_FORMS_ALIKE = {"cv": "sa", "llp": "llc"}  # S.A. de C.V., in any order; Kazakhstan's TOO is rendered as either
# Every firm is a company in some translation, and one of limited liability a limited company or an LLC: 有限责任公司 is
# printed as either, and so is ООО.
_GENERAL = {"co", "corp", "inc", "llc", "ltd"}
# A body of public law of which there is one: lists say State Corporation Rostec, its papers Rostec JSC. That form is
# translated as any, so it speaks neither for nor against one that the other name has.
UNTOLD = frozenset({"state"})
_LETTERS_A_SLIP = 3  # a legal form of so many letters is the same one with a letter wrong


def place_left_out(met: Alignment) -> Measured:
    """The shorter name leaves out a place, a rank or a legal form only: {words}."""
    alone = met.left_only or met.right_only
    if (met.left_only and met.right_only) or any(p.alike < 1 for p in met.pairs):
        return NOTHING
    own = [p for p in met.pairs if p.left.kind == "core"]
    if not own or len(met.pairs) == 1 or any(w.kind != "place" and w.weight > RANK for w in alone):
        return NOTHING
    if alone and form_or_word(met).value:
        return NOTHING  # a place at the end, where the other firm has its legal form, is a word like any other
    return Measured(bits_of(p.left for p in met.pairs), {"words": word_list(alone)} if alone else None)


def as_one_form(form: str) -> str:
    """A legal form, or the one that it is rendered as."""
    return _FORMS_ALIKE.get(form, form)


def _told(name: Name) -> frozenset[str]:
    return name.forms - UNTOLD


def is_general(form: str) -> bool:
    """Whether a legal form stands for any in some translation."""
    return as_one_form(form) in _GENERAL


def forms_differ(met: Alignment) -> Measured:
    """The legal forms differ: {left} and {right}."""
    a, b = ({as_one_form(f) for f in _told(n)} for n in (met.left, met.right))
    if not a or not b or a & b or (a & _GENERAL and b & _GENERAL):
        return NOTHING
    if met.left.han != met.right.han:
        return NOTHING  # 股份有限公司 and 有限公司 are both printed as Co., Ltd.
    return Measured(1.0, {"left": ", ".join(sorted(a)), "right": ", ".join(sorted(b))})


def forms_same(met: Alignment) -> Measured:
    """The legal forms are the same: {forms}."""
    same = met.left.forms & met.right.forms
    return Measured(1.0, {"forms": ", ".join(sorted(same))}) if same else NOTHING


def forms_exchanged(met: Alignment) -> Measured:
    """The legal forms are two that are often translated for one another: {left} and {right}."""
    a, b = _told(met.left), _told(met.right)
    if not a or not b or a & b or met.left.han != met.right.han:
        return NOTHING
    # Of two that are no translations of one another forms_differ has said so.
    told = None if forms_differ(met).value else {"left": ", ".join(sorted(a)), "right": ", ".join(sorted(b))}
    return Measured(1.0, told)


def form_or_word(met: Alignment) -> Measured:
    """One name ends in words where the other has its legal form: {words}."""
    if bool(met.left_only) == bool(met.right_only) or met.left.forms == met.right.forms:
        return NOTHING
    longer, shorter = (met.left, met.right) if met.left_only else (met.right, met.left)
    alone = met.left_only or met.right_only
    cut = shorter.written.startswith(longer.written)
    if cut or not shorter.forms or longer.words[-1].shown != alone[-1].shown:
        return NOTHING
    a, b = Counter(longer.written.split()), Counter(shorter.written.split())
    more, gone = a - b, b - a
    # A longer name with a form of its own has exchanged it (forms_exchanged), unless that form is in the other too.
    if longer.forms and more.total() > sum(len(w.shown.split()) for w in alone):
        return NOTHING
    word, form = "".join(sorted(more)), "".join(sorted(gone))
    if not form or OSA.distance(word, form) <= max(1, len(word) // _LETTERS_A_SLIP):
        return NOTHING
    return Measured(1.0, {"words": word_list(alone)})


def form_added(met: Alignment) -> Measured:
    """Only one name says its legal form."""
    return Measured(float(bool(_told(met.left)) != bool(_told(met.right))))


def numbers_differ(met: Alignment) -> Measured:
    """The numbers differ: {words}."""
    a, b = ([w for w in words if w.kind == "number"] for words in (met.left_only, met.right_only))
    return Measured(1.0, {"words": word_list(a + b)}) if a and b else NOTHING


def number_added(met: Alignment) -> Measured:
    """Only one name has a number: {words}."""
    a, b = ([w for w in words if w.kind == "number"] for words in (met.left_only, met.right_only))
    return Measured(1.0, {"words": word_list(a + b)}) if bool(a) != bool(b) else NOTHING


def places_differ(met: Alignment) -> Measured:
    """The places differ: {left} and {right}."""
    a, b = ([w for w in words if w.kind == "place"] for words in (met.left_only, met.right_only))
    return Measured(1.0, {"left": word_list(a), "right": word_list(b)}) if a and b else NOTHING


def place_added(met: Alignment) -> Measured:
    """Only one name has a place: {words}."""
    a, b = ([w for w in words if w.kind == "place"] for words in (met.left_only, met.right_only))
    return Measured(1.0, {"words": word_list(a + b)}) if bool(a) != bool(b) else NOTHING


def trades_differ(met: Alignment) -> Measured:
    """The lines of business differ: {left} and {right}."""
    a, b = _trades(met.left_only), _trades(met.right_only)
    return (
        Measured(min(evidence_of(a), evidence_of(b)), {"left": word_list(a), "right": word_list(b)})
        if a and b
        else NOTHING
    )


def trade_for_none(met: Alignment) -> Measured:
    """One name says a line of business, the other says none: {words}."""
    a, b = _trades(met.left_only), _trades(met.right_only)
    if bool(a) == bool(b) or _trades((met.right if a else met.left).words):
        return NOTHING
    return Measured(max(w.weight for w in a + b), {"words": word_list(a + b)})


def institution_differs(met: Alignment) -> Measured:
    """Only one name is called a bank, a school, a hospital or the like: {words}."""
    a, b = ([w for w in words if is_institution(w)] for words in (met.left_only, met.right_only))
    if not a and not b:
        return NOTHING
    other = met.right if a else met.left
    if (a and b) or any(map(is_institution, other.words)):
        return NOTHING
    return Measured(1.0, {"words": word_list(a + b)})


def is_institution(word: Word) -> bool:
    """Whether a word is bank, school, hospital or the like."""
    return word.kind == "word" and not institutions().isdisjoint((word.text, *word.other))


def _trades(words: Iterable[Word]) -> list[Word]:
    return [w for w in words if w.kind == "word" and w.weight >= _TRADE]


def acronym(met: Alignment) -> Measured:
    """One name is made of the first letters of the other: {pairs}."""
    found = [p for p in met.pairs if p.how == "acronym"]
    return Measured(1.0, {"pairs": pair_list(found)}) if found else NOTHING
