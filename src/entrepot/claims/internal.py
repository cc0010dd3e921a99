"""Checks within a report, whatever the record says: claims against one another, and against the calendar."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from entrepot.claims import cells, dated, intervals
from entrepot.claims.derive import WIDEST
from entrepot.claims.verdict import DIFFERS
from entrepot.claims.wording import says
from entrepot.core import units
from entrepot.core.findings import plain
from entrepot.core.periods import Period, same_length
from entrepot.vocabulary.currencies import rates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from entrepot.claims.cells import Cell
    from entrepot.claims.intervals import Interval
    from entrepot.claims.model import Claim

# A whole month and some days: rates that a writer has at hand, and months that adjoin. 20 or 80 days turn no test.
_MONTH_BEFORE = timedelta(days=40)
_ONE_THING = 1.6  # times
_OTHER_RATE = 0.03  # a yuan moves by about as much within a quarter
_HUNDRED = intervals.Interval(100, 100)
# Those of reports from the corridors. The ECB has no rate of the last two: a sum in them is said to be unchecked.
_MONEY = frozenset({"USD", "CNY", "EUR", "PKR", "KZT"})
# What is said under these may lie after the day of publication; what was reported may not.
_FUTURE = frozenset({"forecast", "planned", "scheduled", "capacity", "rule"})
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_REACH = 600  # code points between claims that are held against one another: a paragraph
_MOST = 12  # claims either side; a paragraph with more figures is a table
_MOST_EVENTS = 20  # exits and closures held against one another and against the text
_LIST = re.compile(r"[^:：]{0,60}[:：](.+?)[.。]?$", re.DOTALL)
_BETWEEN = re.compile(r"[,;，；、]\s*(?:and\s|и\s)?|\s(?:and|и)\s|和|及")
_SUFFIX = re.compile(r",\s*(?:Ltd|Inc|LLC|Limited|Corp)\b\.?")  # a comma inside a name
_SENTENCE = re.compile(r"[^.!?。！？\n]+")


@dataclass(frozen=True, slots=True)
class Check:
    """What a check found on one claim.

    Attributes:
        claim_id: the claim.
        word: consistent, differs or note.
        against: ids of other claims.
        working: the arithmetic.
        note: one sentence.
        evidence: what a claim that differs rests on, as `contradiction` has it.
    """

    claim_id: str
    word: str
    against: tuple[str, ...] = ()
    working: str | None = None
    note: str | None = None
    evidence: str = "figures"


def checks(claims: Sequence[Claim], published: date | None, text: str = "") -> list[Check]:
    """Every check of the design that these claims allow.

    Args:
        claims: of one report, in order.
        published: the report's day.
        text: the report's text, for words on an event that were not read as a claim.
    """
    read = [c for c in claims if c.unread_reason is None]
    sure = [c for c in read if not cells.lent(c)]
    found = [*_conversions(read, published), *_growths(sure), *_shares(sure), *_one_cell(read, published)]
    found += [*_words(read, text), *_weekdays(read), *_not_yet(read, published), *_named(read)]
    return found


def _paragraph(claims: Sequence[Claim], i: int) -> list[Claim]:
    """The claims around one, itself included: bounded, so that the checks take time linear in the claims."""
    around = claims[max(0, i - _MOST) : i + _MOST + 1]
    return [c for c in around if abs(c.span_start - claims[i].span_start) <= _REACH]


def _conversions(claims: Sequence[Claim], published: date | None) -> Iterator[Check]:
    """A sum in another currency against the sum before it, at the rates of the period."""
    for i, claim in enumerate(claims):
        if claim.comparison != "conversion" or claim.unit not in _MONEY:
            continue
        pair = next((c for c in reversed(claims[max(0, i - _MOST) : i]) if _other_currency(c, claim)), None)
        if pair is None or claim.value is None or pair.value is None:
            continue
        period = _rate_period(claim, published)
        held = rates(str(pair.unit), claim.unit, period) if period else None
        if held is None or period is None:
            yield Check(claim.claim_id, "note", (pair.claim_id,), note="Conversion not checked: no rate is at hand.")
            continue
        worth = intervals.times(_sum(pair), intervals.Interval(held.low, held.high))
        value = units.with_unit(units.rounded(pair.value * held.mean.value, 5), claim.unit)
        working = (
            f"{units.with_unit(pair.value, str(pair.unit))} x {plain(units.rounded(held.mean.value, 5))} = {value} at "
            f"the mean rate of {period.start} to {period.end}; {_limits(worth, claim.unit)} at those of its days"
        )
        check = _converted(claim, worth, (pair.claim_id,), working)
        yield _at_publication(check, claim, pair, published) if check.word == DIFFERS else check


def _other_currency(c: Claim, claim: Claim) -> bool:
    return (
        (c.subject, c.quantity, c.sentence) == (claim.subject, claim.quantity, claim.sentence)
        and (c.period_start, c.period_end) == (claim.period_start, claim.period_end)
        and c.unit in _MONEY
        and c.unit != claim.unit
        and c.comparison != "conversion"
    )


def _sum(claim: Claim) -> Interval:
    """A rule's sum is exact to the last digit; any other is as printed."""
    number = cells.number_of(claim)
    assert number is not None
    return intervals.Interval(number.value, number.value) if claim.status == "rule" else number.open


def _rate_period(claim: Claim, published: date | None) -> Period | None:
    """The claim's period; for a rule the last whole month before publication, whose rates its writer could know."""
    cell = cells.cell_of(claim)
    if cell.start and cell.end and claim.status != "rule":
        return Period(cell.start, cell.end, "span")
    if published is None:
        return None
    end = published.replace(day=1) - timedelta(days=1)
    return Period(end.replace(day=1), end, "month")


def _limits(a: Interval, unit: str | None) -> str:
    return (
        f"{units.number(units.rounded(a.low, 6), unit or '')} to {units.number(units.rounded(a.high, 6), unit or '')}"
    )


def _converted(claim: Claim, worth: Interval, against: tuple[str, ...], working: str) -> Check:
    """A sum converted: its writer may have taken a rate of other days, a little off those of the period."""
    check = replace(_verdict(claim, worth, against, working), evidence="arithmetic")
    wide = intervals.Interval(worth.low * (1 - _OTHER_RATE), worth.high * (1 + _OTHER_RATE))
    number = cells.number_of(claim)
    if check.word == DIFFERS and number is not None and intervals.meet(wide, number.close):
        return replace(check, word="note", note="Not at the rates of the period's days, though near them.")
    return check


def _at_publication(check: Check, claim: Claim, pair: Claim, published: date | None) -> Check:
    """A sum of years ago that was converted at the rate of the day it was printed: a note, and no contradiction."""
    if published is None:
        return check
    period = Period(published - _MONTH_BEFORE, published, "span")
    held, number = rates(str(pair.unit), claim.unit or "", period), cells.number_of(claim)
    if held is None or number is None:
        return check
    worth = intervals.times(_sum(pair), intervals.Interval(held.low, held.high))
    wide = intervals.Interval(worth.low * (1 - _OTHER_RATE), worth.high * (1 + _OTHER_RATE))
    if not intervals.meet(wide, number.close):
        return check
    return replace(check, word="note", note="Converted at the rate of the report's day, not at that of the period.")


def _verdict(claim: Claim, implied: Interval, against: tuple[str, ...], working: str) -> Check:
    number = cells.number_of(claim)
    assert number is not None
    if implied.width > WIDEST:
        return Check(claim.claim_id, "note", against, working, "Too wide to support or contradict.")
    if intervals.meet(implied, number.close):
        return Check(claim.claim_id, "consistent", against, working)
    word = "note" if intervals.meet(implied, number.open) else DIFFERS
    return Check(claim.claim_id, word, against, working, "The text's own figures do not give it.")


def _growths(claims: Sequence[Claim]) -> Iterator[Check]:
    """A percentage against two absolutes of the text."""
    for i, claim in enumerate(claims):
        if claim.comparison not in {"yoy", "change", "mom"} or claim.unit != "percent" or claim.value is None:
            continue
        cell = cells.cell_of(claim)
        near = _paragraph(claims, i)
        for now in near:
            base = _base(near, claim, cell, now)
            if base is None:
                continue
            a, b = cells.number_of(now), cells.number_of(base)
            ratio = intervals.over(a.open, b.open) if a and b else None
            if a is None or b is None or ratio is None:
                continue
            implied = intervals.minus(intervals.scaled(ratio, 100), _HUNDRED)
            result = units.with_unit(units.rounded(100 * (a.value / b.value - 1), 4), "percent")
            working = f"{_shown(now)} / {_shown(base)} − 1 = {result}"
            yield _verdict(claim, implied, (now.claim_id, base.claim_id), working)


def _base(claims: Sequence[Claim], claim: Claim, cell: Cell, now: Claim) -> Claim | None:
    """The claim of the base of a growth whose result is `now`; None where the text has none."""
    other = cells.cell_of(now)
    same = (now.subject, now.quantity, now.partner) == (claim.subject, claim.quantity, claim.partner)
    if not same or now.unit == "percent" or (other.start, other.end) != (cell.start, cell.end):
        return None
    for base in claims:
        before = cells.cell_of(base)
        named = claim.base_start is not None and base.period_start == claim.base_start
        if replace(before, start=None, end=None) != replace(other, start=None, end=None):
            continue
        if claim.comparison == "mom":
            if _a_month_apart(before, other):
                return base
        elif named or (not claim.base_start and _a_year_apart(before, other)):
            return base
    return None


def _a_year_apart(a: Cell, b: Cell) -> bool:
    """Whether the first is the same stretch of the calendar a year before the second."""
    if a.start is None or a.end is None or b.start is None or b.end is None or a.start.year != b.start.year - 1:
        return False
    return same_length(Period(a.start, a.end, "span"), Period(b.start, b.end, "span"))


def _a_month_apart(a: Cell, b: Cell) -> bool:
    """Whether the first is the month right before the second, both whole."""
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return False
    return a.end + timedelta(days=1) == b.start and (b.end - b.start).days <= _MONTH_BEFORE.days


def _shares(claims: Sequence[Claim]) -> Iterator[Check]:
    """A share against its part and its total."""
    for i, claim in enumerate(claims):
        if "share" not in (claim.quantity or "") or claim.unit != "percent" or claim.comparison != "none":
            continue
        near = [c for c in _paragraph(claims, i) if c.subject == claim.subject and c.value and c.unit in _MONEY]
        near = [c for c in near if (c.period_start, c.period_end) == (claim.period_start, claim.period_end)]
        for part, whole in combinations(near, 2):
            if part.partner is None:
                part, whole = whole, part  # noqa: PLW2901 - the one with a partner is the part
            if part.partner is None or part.quantity != whole.quantity:
                continue
            if part.partner != claim.partner or whole.partner is not None or part.unit != whole.unit:
                continue
            a, b = cells.number_of(part), cells.number_of(whole)
            ratio = intervals.over(a.open, b.open) if a and b else None
            if ratio is not None and claim.value is not None:
                working = f"{_shown(part)} / {_shown(whole)}"
                yield _verdict(claim, intervals.scaled(ratio, 100), (part.claim_id, whole.claim_id), working)


def _comparable(a: float, b: float) -> bool:
    """Whether two figures are near enough to be of one thing: of two far apart one is of a part."""
    low, high = sorted((abs(a), abs(b)))
    return high <= _ONE_THING * low


def _one_cell(claims: Sequence[Claim], published: date | None) -> Iterator[Check]:
    """Two claims of one cell with different numbers."""
    groups: defaultdict[tuple[Cell, str | None], list[Claim]] = defaultdict(list)
    for claim in claims:
        cell = cells.cell_of(claim)
        if claim.value is None or claim.quantity == "batches.added" or claim.comparison == "conversion":
            continue
        # Of a part of a region, or points between two growths, or a period that the reader inferred, nothing is sure.
        if claim.subject_kind == "outside" or claim.unit == "percentage_points" or claim.period_basis == "inferred":
            continue
        if (cell.end is None and claim.status != "rule") or cells.lent(claim):
            continue
        groups[cell, claim.where].append(claim)
    for cell_where, held in groups.items():
        if published is not None and cell_where[0].end == published and {c.period_basis for c in held} - {"stated"}:
            continue  # "so far this year", said of two days
        for a, b in combinations(held[:20], 2):  # a cell that a text names more often is a table
            first, second = cells.number_of(a), cells.number_of(b)
            # In one sentence two figures of one thing are its change, or of parts that the reader did not tell apart.
            apart = a.sentence != b.sentence
            if (
                first
                and second
                and apart
                and _comparable(first.value, second.value)
                and not intervals.meet(first.open, second.open)
            ):
                note = f"The text gives two figures for one thing: {_shown(a)} and {_shown(b)}."
                yield Check(a.claim_id, DIFFERS, (b.claim_id,), note=note)
                yield Check(b.claim_id, DIFFERS, (a.claim_id,), note=note)


def _words(claims: Sequence[Claim], text: str) -> Iterator[Check]:
    """Two words for one event that cannot both be right: sold, and closed."""
    kinds = {"event.exit", "event.corporate", "event.closure"}
    told = [(c, dated.conflicting_words(c)) for c in claims if c.quantity in kinds and c.subject_kind != "place"]
    for (a, first), (b, second) in combinations(told[:_MOST_EVENTS], 2):
        if a.subject == b.subject and first and second and first != second:
            note = "The text has two words for one event: a {} here, a {} elsewhere."
            yield Check(a.claim_id, DIFFERS, (b.claim_id,), note=note.format(first, second), evidence="word")
            yield Check(b.claim_id, DIFFERS, (a.claim_id,), note=note.format(second, first), evidence="word")
    read = {c.sentence for c in claims}
    for claim, word in told[:_MOST_EVENTS]:
        other = {"sale": "shutdown", "shutdown": "sale"}.get(word or "")
        for match in _SENTENCE.finditer(text) if other else ():
            said = match[0].strip()
            named = (claim.subject or "").casefold() in said.casefold()
            if named and says(said, str(other)) and not says(said, str(word)) and not any(said in r for r in read):
                note = f"Elsewhere the text speaks of a {other}, not a {word}, at {match.start()}: {said[:90]}…"
                yield Check(claim.claim_id, "note", note=note)
                break


def _weekdays(claims: Sequence[Claim]) -> Iterator[Check]:
    """A day of the week against the date beside it."""
    for claim in claims:
        if claim.period_start is None or claim.period_start != claim.period_end:
            continue
        day = date.fromisoformat(claim.period_start)
        said = [i for i in range(7) if says(claim.sentence, f"weekday_{i}")]
        stated = re.search(rf"(?<!\d){day.day}(?!\d)", claim.sentence)
        if len(said) == 1 and stated and said[0] != day.weekday():
            note = f"{day} was a {_WEEKDAYS[day.weekday()]}, not a {_WEEKDAYS[said[0]]}."
            yield Check(claim.claim_id, "note", note=note)


def _not_yet(claims: Iterable[Claim], published: date | None) -> Iterator[Check]:
    """A period that ends after publication and is no forecast."""
    for claim in claims:
        if published and claim.period_end and claim.status not in _FUTURE and claim.period_end > published.isoformat():
            note = f"The period ends on {claim.period_end}, after publication on {published}, and is no forecast."
            yield Check(claim.claim_id, "note", note=note)


def _named(claims: Sequence[Claim]) -> Iterator[Check]:
    """A count against the names listed after it, where a colon opens the list and the sentence ends it."""
    for claim in claims:
        if claim.unit != "entities" or claim.bound != "exact" or claim.value is None or claim.comparison != "none":
            continue
        after = claim.sentence[claim.sentence.find(claim.text) + len(claim.text) :]
        opened = _LIST.match(after)
        names = [n for n in _BETWEEN.split(_SUFFIX.sub("", opened[1])) if n.strip()] if opened else []
        if len(names) > 1 and len(names) != claim.value:
            note = f"The text counts {units.number(claim.value)} and names {len(names)} after it."
            yield Check(claim.claim_id, "note", note=note)


def _shown(claim: Claim) -> str:
    return units.with_unit(claim.value or 0, claim.unit or "")
