"""The score of two names: the probability that they are written for one party, from features and trained points."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import islice, product
from math import inf, log
from typing import TYPE_CHECKING

from entrepot.names.comparing.align import align
from entrepot.names.comparing.completing import completed
from entrepot.names.comparing.feature import Measured, kept, sentences, words_of
from entrepot.names.comparing.features import FEATURES
from entrepot.names.comparing.one_spelling import one_spelling
from entrepot.names.comparing.scoring_model import Relation, model, probability
from entrepot.names.comparing.spacing import evenly_spaced

if TYPE_CHECKING:
    from entrepot.names.comparing.align import Alignment
    from entrepot.names.comparing.scoring_model import Curve
    from entrepot.names.reading.name import Kind, Name

_HIGHEST = 0.999999  # of names that are not the same text
_DIGITS = 6  # as many as tell _HIGHEST from 1
_NO_LETTERS = "One of the names has no letters or digits to compare."
_ROUNDING = 1e-3  # log-odds; more than a score changes when it is rounded


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one feature did to a score.

    Attributes:
        feature: its name.
        value: what it measured.
        points: log-odds it added, to four digits.
        shown: the same to one digit, as its sentence has it; rounding twice would at times give another.
        said: what fills the places of its sentence: words, pairs of words of the one name and the other, or a text;
            None where it has nothing to say.
    """

    feature: str
    value: float
    points: float
    shown: float = 0.0
    said: tuple[tuple[str, object], ...] | None = None

    @property
    def counts(self) -> bool:
        """Whether it measured or added anything; one that did not may still have something to say."""
        return bool(self.value or self.points)

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the two names that it speaks of, in the order of its sentence."""
        return tuple(w for _, told in self.said or () for w in words_of(told))

    @property
    def sentence(self) -> str:
        """What it says, with the log-odds that it added; empty where it has nothing to say."""
        if self.said is None:
            return ""
        added = f" ({self.shown:+.1f})" if self.shown else ""
        return sentences()[self.feature].format(**dict(self.said)) + added


@dataclass(frozen=True, slots=True)
class Similarity:
    """How alike two names are.

    Attributes:
        score: in [0, 1]; 1 for the same text, else the probability that the two are written for one party, judged
            by the names alone (docs/screening.md says for which pairs it is calibrated).
        contributions: the features that were measured or have something to say; empty below the floor.
        start: log-odds before any feature speaks.
        remark: why nothing was compared; empty where it was.
    """

    score: float
    contributions: tuple[Contribution, ...] = ()
    start: float = 0.0
    remark: str = ""

    @property
    def reasons(self) -> tuple[str, ...]:
        """Sentences on what met and what did not, each with the log-odds it added."""
        if self.remark:
            return (self.remark,)
        return tuple(c.sentence for c in self.contributions if c.said is not None)


def compare(left: Name, right: Name, *, floor: float = 0.0) -> Similarity:
    """Compare two prepared names; of their readings the ones that fit best count.

    Args:
        left: a name from `prepare`.
        right: the other.
        floor: what a search drops: of a pair that scores less the score may be 0, and no reasons are written.
    """
    best = _compared(left, right, floor)
    if left.further is None and right.further is None:
        return best
    readings = product(*([n, n.further] if n.further else [n] for n in (left, right)))
    others = ((a, b) for a, b in islice(readings, 1, None) if _may_count(a, b))
    return max([best, *(_compared(a, b, floor) for a, b in others)], key=lambda s: s.score)


def _may_count(left: Name, right: Name) -> bool:
    """A slip in a legal form is one where all else is the same: of another firm it may be a word of its own."""
    if not (left.is_form_slip or right.is_form_slip):
        return True
    return [w.text for w in left.words] == [w.text for w in right.words]


def _compared(left: Name, right: Name, floor: float) -> Similarity:
    if not left.words or not right.words:
        return Similarity(0.0, remark=_NO_LETTERS)
    left, right = completed(*evenly_spaced(*one_spelling(left, right)))
    judged = _kind(left, right), relation(left, right)
    same = left.plain == right.plain
    measured = _measured(align(left, right), *judged, floor=0.0 if same else floor)
    if measured is None:
        return Similarity(0.0)
    known = model(*judged)
    points = known.points([m.value for m in measured])
    chance = probability(known.start + sum(points))
    score = 1.0 if same else round(min(_HIGHEST, chance), _DIGITS)
    if score < floor:
        return Similarity(score)
    return Similarity(score, _contributions(measured, points), known.start)


def _measured(met: Alignment, kind: Kind, written: Relation, *, floor: float) -> list[Measured] | None:
    """The value of every feature, in the order of FEATURES; None once nothing left can lift a pair to the floor."""
    start, order = _telling_first(kind, written)
    least = log(floor / (1 - floor)) - _ROUNDING if 0 < floor < 1 else -inf
    highest = start
    found: dict[int, Measured] = {}
    for at, curve, most in order:
        m = found[at] = FEATURES[at](met)
        if curve is not None:
            highest += (curve.at(m.value) if m.value else 0.0) - most
            if highest < least:
                return None
    return [found[at] for at in range(len(FEATURES))]


@cache
def _telling_first(kind: Kind, written: Relation) -> tuple[float, tuple[tuple[int, Curve | None, float], ...]]:
    """The log-odds that a pair can have at most, and the features, those first that take most of it away.

    Of each feature its place in FEATURES, its curve, and the most that it adds.
    """
    known = model(kind, written)
    ends = [(min(0.0, *c.points), max(0.0, *c.points)) if c else (0.0, 0.0) for c in known.curves]
    order = sorted(range(len(ends)), key=lambda i: (ends[i][0] - ends[i][1], i))
    return known.start + sum(most for _, most in ends), tuple((i, known.curves[i], ends[i][1]) for i in order)


def relation(left: Name, right: Name) -> Relation:
    """How two names are written to one another: what holds for spelling errors does not hold for characters read."""
    if left.han != right.han:
        return "chinese"
    if left.han and "person" not in {left.kind, right.kind}:
        return "characters"  # firms are called by parts of their names; persons never are
    return "vowelless" if _has_letters(left) != _has_letters(right) else "same"


def _has_letters(name: Name) -> bool:
    return any(w.letters for w in name.words)


def measure(left: Name, right: Name) -> list[Measured]:
    """The value of every feature, in the order of FEATURES; the same for (a, b) and (b, a)."""
    met = align(*evenly_spaced(left, right))
    return [feature(met) for feature in FEATURES]


def _kind(left: Name, right: Name) -> Kind:
    """As what two names are judged: a name of no known kind that says its legal form is a firm's."""
    kinds = {left.kind, right.kind}
    if kinds <= {"any", "company"} and (left.forms or right.forms):
        return "company"
    return left.kind if len(kinds) == 1 else "any"


def _contributions(measured: list[Measured], points: list[float]) -> tuple[Contribution, ...]:
    return tuple(
        Contribution(f.__name__, round(m.value, 4), round(p, 4), round(p, 1), _kept(m))
        for f, m, p in zip(FEATURES, measured, points, strict=True)
        if m.value or p or m.said is not None
    )


def _kept(found: Measured) -> tuple[tuple[str, object], ...] | None:
    return None if found.said is None else tuple((place, kept(told)) for place, told in found.said.items())
