"""What a report says around a figure or a date: the keys of its clause, its sentence, and of what stands before it.

Words of the figure's own clause weigh most, then those of its sentence, of the sentences before in the paragraph, of
the heading and the title. What one sentence says of itself is worked out once and shared by its figures.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from entrepot.claims.dates.date_words import beside
from entrepot.claims.dates.days import year
from entrepot.claims.dates.fiscal_years import begins
from entrepot.claims.dates.meant_days import as_meant, is_in_a_name, moved, since
from entrepot.claims.indexed.persons_counted import toll_of
from entrepot.claims.text import shared_keys as keys
from entrepot.claims.text.acts import agent_of, by_office
from entrepot.claims.text.attribution import patterns
from entrepot.claims.text.lexicon import lexicon
from entrepot.claims.text.shared_keys import AWAY, Key
from entrepot.claims.text.unread_words import led, says, spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from entrepot.claims.mentions.seen import Seen
    from entrepot.claims.mentions.sentence import Sentence
    from entrepot.claims.text.tolls import Toll

# Of a word in the figure's clause, its sentence, a sentence before, a heading: each step away tells half as surely
# which thing a figure is of. The clause is not worth twice its sentence, since a subject opens the sentence.
CLAUSE, SENTENCE, BEFORE, HEADING = 1.0, 0.8, 0.5, 0.4
_BACK, _DATED = 4, 6  # sentences before that a paragraph still remembers; characters between a figure and its date
_HEAD, _PASSED = 72, 24  # characters before a figure or date with words that make it a base, or a law's passing
_YEAR, _HALF, _QUARTER = 12, 6, 3  # months: by a half year or a quarter fiscal years differ from the calendar's
# words behind a figure, and the months by which it is earlier
_BEFORE_IT = {"month_before": 1, "quarter_before": _QUARTER, "year_before": _YEAR}
# words for the time of the sentence before, and of how many days that can be
_THAT = {"that_year": (300, 366), "that_quarter": (80, 100), "that_month": (27, 31), "that_period": (27, 400)}
_FROM, _TO = 6, 30  # characters between "from" and a figure, and between it and what it rose to
_JUST_BEHIND, _NEXT = 24, 2  # characters behind a figure in which they end, and within which they begin
_PLACED, _SIDED, _CHINA = ("at", "who", "law", "land", "away"), ("land", "side"), "land:CN"
_LAW, _AS_OF = "law:", 12  # characters before a day with words that make it the last of a total
_PLACES, _SIDES = ("at:", "law:", "who:"), ("land:", "side:")
_NONE = frozenset[str]()


@dataclass(frozen=True, slots=True)
class Around:
    """What stands before a sentence.

    Attributes:
        weights: of each key, how much it still tells.
        period: the last period that a sentence before stated.
        title: keys of the headings.
        alone: whether that period is all that the sentence before says, as over an entry of a chronicle.
        headings: of a cell of a table the keys of its headings, which say what it is as words beside it would.
        speaker: key of the country or group that the last sentence with one names first: whose exports follow.
        two: keys of the two places, laws or countries that the last sentence with two names: the former, the latter.
        fiscal: month in which the fiscal year begins of whom the text named last; 0: of nobody.
    """

    weights: Mapping[str, float] = field(default_factory=dict)
    period: tuple[date, date] | None = None
    title: Mapping[str, float] = field(default_factory=dict)
    alone: bool = False
    headings: frozenset[str] = frozenset()
    speaker: str = ""
    two: tuple[str, ...] = ()
    fiscal: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with its keys in order.

    Attributes:
        sentence: with the figures and dates found in it.
        found: its keys.
        around: what stands before it.
        dates: its dates and periods; no day on which somebody only spoke, for that is of no figure.
        by_office: keys of laws to which only the name of an office leads.
    """

    sentence: Sentence
    found: tuple[Key, ...]
    around: Around
    dates: tuple[Seen, ...] = field(init=False)
    by_office: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Work out once what each figure asks for."""
        of, said = self.sentence.text, (d for d in self.sentence.dates if not d.spoken)
        object.__setattr__(self, "dates", tuple(d for d in said if not is_in_a_name(of, d.start)))
        object.__setattr__(self, "by_office", by_office(of, self.found))

    @property
    def seen(self) -> tuple[Seen, ...]:
        """Its figures, dates and numbers of numbering."""
        return self.sentence.seen


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
        periods: how many stand in its clause.
        periods_beside: those that may be meant instead.
        statuses: words of a forecast, a plan or a capacity in the clause.
        toll: of a number of persons what became of them, and who they were.
        kinds, kinds_own: the keys of the sentence and of the clause by their sort.
        placed: keys of places, laws, parties and countries in the sentence.
        sides, sides_own: keys of countries and groups in the sentence and in the clause, China aside.
        agent: key of the country or group that acts in the sentence; empty: none.
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
    periods_beside: tuple[tuple[date | None, date | None], ...]
    statuses: frozenset[str]
    toll: Toll
    kinds: Mapping[str, frozenset[str]] = field(init=False)
    kinds_own: Mapping[str, frozenset[str]] = field(init=False)
    placed: frozenset[str] = field(init=False)
    sides: frozenset[str] = field(init=False)
    sides_own: frozenset[str] = field(init=False)
    agent: str = field(init=False)

    def __post_init__(self) -> None:
        """Work out once what each row asks for."""
        kinds, own = _by_sort(self.inside), _by_sort(self.own)
        found = {
            "kinds": kinds,
            "kinds_own": own,
            "placed": frozenset(n for sort in _PLACED for n in kinds.get(sort, ())),
            "sides": frozenset(n for sort in _SIDED for n in kinds.get(sort, ())) - {_CHINA},
            "sides_own": frozenset(n for sort in _SIDED for n in own.get(sort, ())) - {_CHINA},
            "agent": agent_of(self.line.sentence, self.line.found, self.end),
        }
        for name, value in found.items():
            object.__setattr__(self, name, value)

    def named(self, prefix: str, *, own: bool = False) -> frozenset[str]:
        """The keys of one sort in the sentence, or in the clause."""
        return (self.kinds_own if own else self.kinds).get(prefix, _NONE)


def places_of(line: Line) -> list[str]:
    """The keys of places that the sentence names, then of those that the text before it named, the nearest first."""
    here = [k.name for k in line.found if k.name.startswith("at:")]
    before = sorted((n for n in line.around.weights if n.startswith("at:")), key=lambda n: -line.around.weights[n])
    return list(dict.fromkeys([*here, *before]))


def line(sentence: Sentence, around: Around) -> Line:
    """A sentence with its keys; "the law" is the one that the text before it names most of late."""
    found = keys.of_sentence(sentence)
    more = list(keys.of_two(sentence, found, around.two))
    if not any(k.name.startswith(_LAW) for k in found):
        more += _the_law(sentence, around)
    if more:
        found = tuple(sorted((*found, *more), key=lambda k: k.start))
    if around.period is None and sentence.year:
        around = replace(around, period=year(sentence.year))
    return Line(as_meant(sentence, around.period, around.fiscal), found, around)


def _the_law(sentence: Sentence, around: Around) -> Iterator[Key]:
    """The law that a sentence speaks of by no name: the Act will apply."""
    said = next((m for p in patterns("the_law", sentence.language) if (m := p.search(sentence.text))), None)
    held = sorted(((w, n) for n, w in {**around.title, **around.weights}.items() if n.startswith(_LAW)), reverse=True)
    if said is not None and held and (len(held) == 1 or held[0][0] > held[1][0]):
        yield Key(*said.span(), held[0][1])


def told(line: Line, seen: Seen) -> Told:
    """What is said of a figure or date of the sentence."""
    start, end = seen.start, seen.end
    clause = line.sentence.clause(start, end)
    own = frozenset(k.name for k in line.found if clause[0] <= k.start < clause[1]) | line.around.headings
    inside = frozenset(k.name for k in line.found) | line.around.headings
    weights = weights_of(line) | dict.fromkeys(own, CLAUSE)
    period, basis, count = (seen.given, "stated", 1) if seen.given else _period(line, seen, clause)
    return Told(
        line,
        start,
        end,
        clause,
        weights,
        own,
        inside,
        _owner(line, (start, end), clause),
        period,
        basis,
        count,
        _beside(line, seen, period),
        frozenset(h.row["value"] for h in line.sentence.hits.of("signals.status") if clause[0] <= h.start < clause[1]),
        toll_of(line.sentence, seen),
    )


def otherwise(
    told: Told, gone: frozenset[str], more: frozenset[str], period: tuple[date, date] | None, owner: str
) -> Told:
    """What is said of a figure where somebody has read its clause otherwise.

    Args:
        told: as read.
        gone: keys that are of another figure.
        more: keys that are of this one.
        period: its period, as stated; None: as read.
        owner: key of its place, law or party; empty: as read.
    """
    return replace(
        told,
        own=(told.own - gone) | more,
        inside=(told.inside - gone) | more,
        weights={n: w for n, w in told.weights.items() if n not in gone} | dict.fromkeys(more, CLAUSE),
        owner=owner or told.owner,
        period=period or told.period,
        basis="stated" if period else told.basis,
    )


def weights_of(line: Line) -> dict[str, float]:
    """Of each key in reach of a sentence, how much it tells."""
    weights = dict(line.around.title)
    for name, weight in line.around.weights.items():
        weights[name] = max(weight, weights.get(name, 0.0))
    return weights | dict.fromkeys((k.name for k in line.found), SENTENCE)


def _by_sort(names: frozenset[str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name in names:
        found.setdefault(name.partition(":")[0], set()).add(name)
    return {sort: frozenset(held) for sort, held in found.items()}


def _owner(line: Line, at: tuple[int, int], clause: tuple[int, int]) -> str:
    """The place nearest before the figure in its clause, else nearest behind it, else the last before."""
    start, end = at
    placed = [k for k in line.found if k.name.startswith((*_PLACES, AWAY)) and not (k.start < end and start < k.end)]
    runs = {k.name.replace("run:", "at:") for k in line.found if k.name.startswith("run:")}
    placed = [k for k in placed if k.name not in runs] or placed  # the post, not the programme whose trains pass it
    own, earlier = [k for k in placed if clause[0] <= k.start < clause[1]], [k for k in placed if k.end <= start]
    nearest = [k for k in own if k.end <= start][-1:] or own[:1] or earlier[-1:]
    return nearest[0].name if nearest else ""


def _period(line: Line, seen: Seen, clause: tuple[int, int]) -> tuple[tuple[date | None, date | None] | None, str, int]:
    """The period of a figure, as `_period_said`; of one behind which it is said, the month or year before that."""
    behind = line.sentence.text[seen.end : seen.end + _JUST_BEHIND]
    moves = (by for word, by in _BEFORE_IT.items() for at, _ in spans(behind, word) if at <= _NEXT)
    back = 0 if seen.grown else next(moves, 0)  # 354 the month before; not: up to 402 from the month before
    before = [d for d in line.dates if d.end <= seen.start and not d.base and d.basis != "none"]
    last = before[-1].period if before else line.around.period
    if back and last is not None:
        return moved(last, -back), before[-1].basis if before else "relative", len(before)
    return _period_said(line, seen, clause)


def _period_said(
    line: Line, seen: Seen, clause: tuple[int, int]
) -> tuple[tuple[date | None, date | None] | None, str, int]:
    """The period of the clause, else of the sentence, else of the sentence before; and how many stand in the clause."""
    start, end = seen.start, seen.end
    dates = [d for d in line.dates if not (d.start < end and start < d.end)]
    own = [d for d in dates if clause[0] <= d.start < clause[1]]
    free = [d for d in dates if not d.base and not led(line.sentence.text, d.start, "passed", _PASSED)]
    before = [d for d in free if d.end <= start]  # January to August, and behind the figure: in August alone
    parted = {d.start for d in free if ";" in line.sentence.text[end : d.start].replace("；", ";")}
    free = [d for d in free if d.start not in parted or d in own]  # what is told behind a semicolon is another thing
    text = line.sentence.text
    joined = {d.start for d in dates if 0 <= start - d.end <= 1 and text[d.end : start] != " "}  # 2021年的
    behind = [d for d in dates if d.base and d.basis == "stated" and d.start in joined and not seen.grown]
    behind += [d for d in dates if d.basis == "stated" and 0 <= d.start - end <= _DATED]  # up from 342 in 2023
    if behind and behind[0].base and not any(end <= b < behind[0].start for b in line.sentence.breaks):
        following = moved(behind[0].period, _YEAR)  # growth from 2023 is that of 2024, or of several years
        if seen.grown and free and following not in [d.period for d in free]:
            return since(behind[0].period, free), "stated", len(own)
        if not seen.grown:
            return behind[0].period, "stated", len(own)
        if not free:
            return following, "relative", len(own)
    ways = [d for d in free if clause[0] <= d.start < clause[1]], before or free, [d for d in own if not d.base]
    chosen = next((found for held in ways if (found := _nearest(held, start, end)) is not None), None)
    between = [d for d in own if chosen is not None and not d.base and chosen.end <= d.start and d.end <= start]
    chosen = between[-1] if between else chosen  # passed with 555 votes: of the day on which it was
    bases = [d.period for d in dates if seen.grown and chosen and d.base and end <= d.start < chosen.start]
    if bases and chosen and moved(bases[0], _YEAR) != chosen.period:  # from 25 in 2021 to 43.8 in 2024
        return since(bases[0], [chosen]), "stated", len(own)
    if chosen is not None and chosen.basis != "none":
        return _up_to(line, chosen.period), chosen.basis, len(own)
    lent = line.around.period
    same = lent is not None and _is_that_time(line, lent)
    return lent, "none" if lent is None else "relative" if same else "lent", len(own)


def _is_that_time(line: Line, lent: tuple[date | None, date | None]) -> bool:
    """Whether the sentence says that it is of the time of the one before: that year, in those months."""
    first, last = lent
    if first is None or last is None or line.sentence.hits.of("changes.yoy"):
        return False  # the same period of the year before is another
    days = (last - first).days
    return any(least <= days <= most and says(line.sentence.text, word) for word, (least, most) in _THAT.items())


def _up_to(line: Line, period: tuple[date | None, date | None]) -> tuple[date | None, date | None]:
    """A year up to the day that the sentence names: as of 4 June, this year."""
    if not (first := period[0]) or not (last := period[1]) or first != date(last.year, 1, 1):
        return period
    text, days = line.sentence.text, (d for d in line.dates if d.first and d.first == d.last and first < d.first < last)
    said = [d.first for d in days if says(text[max(0, d.start - _AS_OF) : d.end], "as_of")]
    return (first, said[0]) if len(said) == 1 else period


def _beside(
    line: Line, seen: Seen, period: tuple[date | None, date | None] | None
) -> tuple[tuple[date | None, date | None], ...]:
    """The base of a comparison, and what it is of: the year before, in against 9.6 billion last year; a fiscal part."""
    head = line.sentence.text[max(0, seen.start - _HEAD) : seen.start]
    led_by = any(p.search(head) for p in beside("base", line.sentence.language))
    compared = not seen.grown and (led_by or _begins_a_change(line, seen))
    if compared and any(0 <= d.start - seen.end <= _DATED and d.basis == "stated" for d in line.dates):
        return ()  # its own year: against 70.2 billion in 2022
    bases = (d for d in line.dates if d.first and d.base and (compared or d.start < seen.start))
    found = [] if seen.grown else [d.period for d in bases]  # one behind the figure is none: more than in 2020
    if compared or (not seen.grown and any(d.base and d.start < seen.start for d in line.dates)):
        found += [moved(p, -_YEAR) for p in (period, *found) if p and p[0] and p[1]]
    if period and period[0] and period[1] and says(line.sentence.text, "fiscal"):
        found += [moved(period, by) for by in (_HALF, -_HALF, _QUARTER, -_QUARTER)]
    if period and period[0] and period[1] and period[0].year < period[1].year:  # from 17.7 to 24.1 in 2020 to 2024
        found += [year(period[0].year), year(period[1].year)]
    return tuple(dict.fromkeys(p for p in found if p != period))


def _begins_a_change(line: Line, seen: Seen) -> bool:
    """Whether a figure is what another of its unit in the sentence rose or fell from: from 70 to 89, to 89 from 70."""
    if seen.kind != "figure" or not led(line.sentence.text, seen.start, "change_from", _FROM):
        return False
    others = [s for s in line.seen if s.kind == "figure" and s.unit == seen.unit and s is not seen and not s.grown]
    return any(0 <= seen.start - s.end <= _HEAD or 0 <= s.start - seen.end <= _TO for s in others)


def _nearest(found: list[Seen], start: int, end: int) -> Seen | None:
    return min(found, key=lambda d: max(d.start - end, start - d.end, 0), default=None)


def headed(around: Around, context: str, language: str) -> Around:
    """What stands before a cell of a table: its headings, as near as the sentence before."""
    if not context:
        return around
    found = {k.name: BEFORE for k in (*keys.of_hits(lexicon(language).scan(context)), *keys.of_words(context))}
    fiscal = begins(context, language) or around.fiscal
    return Around({**around.weights, **found}, around.period, around.title, headings=frozenset(found), fiscal=fiscal)


def after(line: Line) -> Around:
    """What stands before the next sentence of the paragraph."""
    weights = {name: weight * BEFORE for name, weight in line.around.weights.items() if weight > BEFORE**_BACK}
    weights |= {k.name: BEFORE for k in line.found}
    stated = {d.period for d in line.dates if not d.base and d.first and d.last and d.basis != "none"}
    ends = [(first, last) for first, last in stated if first and last]
    around = [p for p in ends if all(p[0] <= first and last <= p[1] for first, last in ends)]  # 2018 around 5 May 2018
    period = around[0] if around and len(ends) == len(stated) else line.around.period
    alone = any(d.first and d.end - d.start >= len(line.sentence.text.strip(" .:")) for d in line.dates)
    speaker = next((k.name for k in line.found if k.name.startswith(_SIDES)), line.around.speaker)
    two = keys.two_named(line.found) or line.around.two
    fiscal = begins(line.sentence.text, line.sentence.language) or line.around.fiscal
    return Around(weights, period, line.around.title, alone, speaker=speaker, two=two, fiscal=fiscal)


def paragraph(around: Around, *, heading: bool) -> Around:
    """What stands before the next paragraph: of the one before little, of a heading all."""
    if heading:
        named = {n: HEADING for n, w in around.weights.items() if w >= BEFORE}
        return Around(title={**around.title, **named}, fiscal=around.fiscal)
    weights = {n: w * BEFORE for n, w in around.weights.items() if w >= BEFORE and n.startswith((*_PLACES, *_SIDES))}
    laws = {n: BEFORE**2 for n in around.weights if n.startswith("law:")}  # what a text is about to its end
    return Around(weights, around.period if around.alone else None, {**laws, **around.title}, fiscal=around.fiscal)
