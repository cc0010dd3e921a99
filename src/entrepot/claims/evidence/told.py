"""What a report says around a figure or a date: the keys of its clause, its sentence, and of what stands before it.

Words of the figure's own clause weigh most, then those of its sentence, of the sentences before in the paragraph, of
the heading and the title. What one sentence says of itself is worked out once and shared by its figures.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from entrepot.claims.evidence import keys
from entrepot.claims.figures import overlaps

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from entrepot.claims.days import Span
    from entrepot.claims.evidence.keys import Key
    from entrepot.claims.sentence import Sentence

# Of a word in the figure's clause, its sentence, a sentence before, a heading: each step away tells half as surely
# which thing a figure is of. The clause is not worth twice its sentence, since a subject opens the sentence.
CLAUSE, SENTENCE, BEFORE, HEADING = 1.0, 0.8, 0.5, 0.4
_BACK = 4  # sentences before that are still remembered in a paragraph
_PLACES = ("at:", "law:", "who:")
_SIDES = ("land:", "side:")


@dataclass(frozen=True, slots=True)
class Around:
    """What stands before a sentence.

    Attributes:
        weights: of each key, how much it still tells.
        period: the last period that a sentence before stated.
        title: keys of the headings.
    """

    weights: Mapping[str, float] = field(default_factory=dict)
    period: tuple[date, date] | None = None
    title: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with its keys in order.

    Attributes:
        sentence: with the figures and dates found in it.
        found: its keys.
        around: what stands before it.
    """

    sentence: Sentence
    found: tuple[Key, ...]
    around: Around


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of one figure or date.

    Attributes:
        line: its sentence.
        start, end: where it stands.
        clause: where its clause begins and ends.
        weights: of each key in reach, how much it tells.
        own: keys of its clause.
        owner: key of the place, law or party that stands nearest; empty: none in the sentence.
        period: the period said of it, with its basis: stated, relative, or lent; None: none.
        base: whether more than one period stands in its clause.
    """

    line: Line
    start: int
    end: int
    clause: tuple[int, int]
    weights: Mapping[str, float]
    own: frozenset[str]
    inside: frozenset[str]
    owner: str
    period: tuple[date | None, date | None] | None
    basis: str
    periods: int


def line(sentence: Sentence, found: tuple[Key, ...], around: Around) -> Line:
    """A sentence with its keys."""
    return Line(sentence, found, around)


def keys_of(sentence: Sentence) -> tuple[Key, ...]:
    """The keys of a sentence: those of the lists, then the stems of its other words."""
    listed = sentence.hits.of("names", "words", "products", "events")
    named = [(h.start, h.end) for h in listed if h.kind == "names"]
    out = [k for k in keys.of_hits(listed) if not (k.name.startswith("what:") and _within(named, k))]
    return tuple(sorted([*out, *keys.of_words(sentence.text)], key=lambda k: k.start))


def _within(named: list[tuple[int, int]], key: Key) -> bool:
    """Whether the word of a quantity only belongs to a name, as the list in Entity List."""
    return any(a <= key.start and key.end <= b for a, b in named)


def told(line: Line, start: int, end: int) -> Told:
    """What is said of the figure or date at a span of the sentence."""
    clause = clause_of(line.sentence, start, end)
    own = frozenset(k.name for k in line.found if clause[0] <= k.start < clause[1])
    inside = frozenset(k.name for k in line.found)
    weights = dict(line.around.title)
    for name, weight in line.around.weights.items():
        weights[name] = max(weight, weights.get(name, 0.0))
    weights |= dict.fromkeys(inside, SENTENCE)
    weights |= dict.fromkeys(own, CLAUSE)
    period, basis, count = _period(line, start, end, clause)
    return Told(line, start, end, clause, weights, own, inside, _owner(line, start, clause), period, basis, count)


def clause_of(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """From the break before a span to the one after; a comma inside a date breaks nothing."""
    dates = [(d.start, d.end) for d in sentence.dates]
    breaks = [b for b in sentence.breaks if not overlaps(dates, b, b + 1)]
    before, after = bisect_left(breaks, start), bisect_right(breaks, end - 1)
    return breaks[before - 1] + 1 if before else 0, breaks[after] if after < len(breaks) else len(sentence.text)


def _owner(line: Line, start: int, clause: tuple[int, int]) -> str:
    """The place nearest before the figure in its clause, else nearest behind it, else the last of the sentence before."""
    placed = [k for k in line.found if k.name.startswith(_PLACES)]
    own = [k for k in placed if clause[0] <= k.start < clause[1]]
    before = [k for k in own if k.end <= start]
    if before:
        return before[-1].name
    if own:
        return own[0].name
    earlier = [k for k in placed if k.end <= start]
    return earlier[-1].name if earlier else ""


def _period(
    line: Line, start: int, end: int, clause: tuple[int, int]
) -> tuple[tuple[date | None, date | None] | None, str, int]:
    """The period of the clause, else of the sentence, else of the sentence before; and how many stand in the clause."""
    dates = [d for d in line.sentence.dates if not (d.start < end and start < d.end)]
    own = [d for d in dates if clause[0] <= d.start < clause[1]]
    chosen = _nearest([d for d in own if not d.base], start, end) or _nearest([d for d in dates if not d.base], start, end)
    if chosen is not None and chosen.basis != "none":
        return chosen.days, chosen.basis, len(own)
    if line.around.period is not None:
        return line.around.period, "lent", len(own)
    return None, "none", len(own)


def _nearest(found: list[Span], start: int, end: int) -> Span | None:
    return min(found, key=lambda d: max(d.start - end, start - d.end, 0), default=None)


def after(line: Line) -> Around:
    """What stands before the next sentence of the paragraph."""
    weights = {name: weight * BEFORE for name, weight in line.around.weights.items() if weight > BEFORE**_BACK}
    weights |= {k.name: BEFORE for k in line.found}
    stated = [d.days for d in line.sentence.dates if not d.base and d.days[0] and d.days[1] and d.basis != "none"]
    period = line.around.period
    if len(set(stated)) == 1:
        first, last = stated[0]
        period = (first, last) if first and last else period
    return Around(weights, period, line.around.title)


def paragraph(around: Around, *, heading: bool) -> Around:
    """What stands before the next paragraph: of the one before little, of a heading all."""
    if heading:
        return Around(title=around.title | {n: HEADING for n, w in around.weights.items() if w >= BEFORE})
    weights = {n: w * BEFORE for n, w in around.weights.items() if w >= BEFORE and n.startswith((*_PLACES, *_SIDES))}
    return Around(weights, None, around.title)
