"""What a contradiction asks for: base, sector, partner, counter and period are read and met by the row.

Each condition gives the reason why it does not hold. A reason costs a contradiction, which the difference still shows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations
from math import inf
from typing import TYPE_CHECKING

from entrepot.claims.evidence.facets import CARRIED
from entrepot.claims.evidence.nearest import scored
from entrepot.claims.indexed.dated_rows import FIRMS
from entrepot.claims.indexed.intervals import meet, same, swapped
from entrepot.claims.indexed.record_entry import was_known
from entrepot.claims.mentions.figures import overlaps
from entrepot.claims.mentions.seen import is_money, units_of
from entrepot.claims.text.unread_words import says, spans, unread
from entrepot.core.words.translate import WordsBy, marked, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from entrepot.claims.evidence.nearest import Offer
    from entrepot.claims.evidence.told import Told
    from entrepot.claims.indexed.record_entry import Entry
    from entrepot.claims.indexed.record_index import RecordIndex
    from entrepot.claims.mentions.seen import Seen
    from entrepot.claims.text.shared_keys import Key

# bases of a period that the words of the sentence give
READ_PERIODS = frozenset({"stated", "relative"})
HELD = marked(
    "Base, sector, partner, counter and period are read in the text and met by the row; the number stands nowhere on "
    "record for the place and year."
)
# Words of the text that say what a date is of, by what the record's date is of.
DATE_WORDS = {"in_force": ("in_force",), "listed": ("listed",), "event": ("occurred",)}
_TWO = 2  # parts of a date, of three, that are right
_TELLING = 3  # digits of a number in which two that changed places tell of a slip
_ORDER = 2  # times: under half of the row is likely a part, over twice a whole
# words not read, enough to see what was passed over
_SHOWN = 3
LISTINGS = "listings"
_SAID = frozenset({"met", "near", "lent"})  # a place that the sentence or the text before it says
_ENOUGH = 1.2  # words that meet a row: two that stand in few others
_IN_FORCE = "in_force"
_EVENT = "event"  # a crossing reopens, a meeting is held, again and again; a law enters into force once
_TRADE, _IN_DOLLARS = "trade_value", "flows.value_usd"
_REVISED = 0.01  # a total of money or tonnes is revised by up to this between two prints; 4,016 shipments are counted
# counted, so that any difference is one
_ONE_BY_ONE = frozenset({"shipments", "trains", "entities", "persons", "vehicles", "percent", "attacks", "TEU"})
_BESIDE = 6  # characters between a date and the word behind it: 于6月21日起生效
_ACROSS = 90  # characters between a verb and its date, or a date that opens a sentence and its verb
_NAME = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-ZА-ЯЁ][\w’'&-]+")
_PERCENT = "percent"
_FIRM = re.compile(r"\b(?:Co|Ltd|Corp|Inc|LLC|Group|Company|GmbH|plc|AG|Limited|JSC|OJSC)\b|公司|集团|ООО|АО|«")

_FACETS = WordsBy(
    {
        "place": "the place",
        "counter": "what is counted",
        "partner": "the other side",
        "direction": "the direction",
        "mode": "the mode",
        "good": "the good",
        "part": "the part",
        "rate": "the rate",
        "period": "the period",
    }
)


def unmet(index: RecordIndex, told: Told, seen: Seen, rows: Sequence[Entry]) -> list[str]:
    """The reasons why a figure that differs from rows of its cell is no contradiction; empty where it is one."""
    return [reason for reason in _reasons(index, told, seen, rows) if reason]


def _reasons(index: RecordIndex, told: Told, seen: Seen, rows: Sequence[Entry]) -> Iterator[str]:
    entry = rows[0]
    yield _subject(told, entry)
    yield _counter(told, entry)
    yield _base(told, seen)
    yield "" if entry.scoped else tr("the row does not say how it moved")
    by_mode = entry.mode and (entry.share or is_money(entry.unit)) and not told.named("mode")
    yield tr("the row is of one mode, and none is said") if by_mode else ""
    yield _offices(index, told, seen, entry)
    yield (
        tr("the direction is not said")
        if entry.direction in {"in", "out"} and f"dir:{entry.direction}" not in told.inside
        else ""
    )
    yield _period(told)
    yield tr("two periods stand beside it") if told.periods > 1 or dates_beside(told) > 1 else ""
    yield tr("the number may number a thing") if seen.kind == "ordinal" else ""
    yield "" if alone(told, seen) else tr("another figure stands beside it")
    yield _unread(told)
    yield _narrowed(told, seen, entry)
    yield _rows_agree(rows)
    yield "" if same_order(seen, entry) else tr("it is so far off that it may be of a part or a whole")
    yield on_record(index, told, seen, entry)
    yield tr("the row is of one code of the customs, and more may be meant") if entry.quantity == _IN_DOLLARS else ""


def _subject(told: Told, entry: Entry) -> str:
    if not any(need <= told.inside for need in entry.met):
        return tr("the sentence does not name what it is of")
    others = [
        n
        for n in sorted(told.inside)
        if n.startswith(("at:", "away:", "who:", "land:", "side:", "part:")) and n not in entry.keys
    ]
    runs = {n.replace("run:", "at:") for n in told.named("run")}  # trains of a programme are counted at its posts
    others = [n for n in others if n not in {"land:CN", entry.partner} | (runs if entry.unit in CARRIED else set())]
    return tr("“{partition}” is named beside it", partition=others[0].partition(":")[2]) if others else ""


def _base(told: Told, seen: Seen) -> str:
    """Growth says on which period; a share says of what."""
    sentence = told.line.sentence
    if seen.grown and not sentence.hits.of("changes.yoy"):
        return tr("the period that it grew on is not said")
    rates = [h for h in sentence.hits.of("signals.per") if told.clause[0] <= h.start < told.clause[1]]
    return tr("it may be a rate") if rates and not seen.per and not seen.grown else ""


def _period(told: Told) -> str:
    if told.basis not in READ_PERIODS:
        return tr("its period is not said")
    published, last = told.line.sentence.published, told.period[1] if told.period else None
    running = told.basis == "relative" and published is not None and last is not None and last >= published
    return tr("its period runs up to the report") if running else ""


def _offices(index: RecordIndex, told: Told, seen: Seen, entry: Entry) -> str:
    """Whether offices that count the same thing were ever as far from one another, in any period."""
    del told
    number = seen.in_unit(entry.unit)
    if not entry.quantity or number is None or entry.number is None:
        return ""
    alike = [
        e for e in index.of_thing(entry) if same_thing(e, entry) and not e.unclear
    ]  # what the record itself doubts, an estimate mostly, tells of no office
    mirrored = entry.quantity == _TRADE and (entry.partner or not entry.met or len(entry.met[-1]) > 1)
    if mirrored and len({e.family for e in alike}) > 1:
        return tr("both sides count it, each its own way")
    periods: defaultdict[tuple[date | None, date | None], list[Entry]] = defaultdict(list)
    for other in alike:
        if other.number is not None and other.number.open.width != inf:
            periods[other.first, other.last].append(other)
    pairs = (p for held in periods.values() for p in combinations(held, 2) if p[0].family != p[1].family)
    gap = _gap(number.value, entry.number.value)
    near = next(
        (p for p in pairs if p[0].number and p[1].number and _gap(p[0].number.value, p[1].number.value) >= gap), None
    )
    if near is not None:
        return tr("offices differ as much ({row_id}, {row_id_2})", row_id=near[0].row_id, row_id_2=near[1].row_id)
    return tr("it differs by no more than a revision") if gap < _REVISED and entry.unit not in _ONE_BY_ONE else ""


def same_thing(a: Entry, b: Entry) -> bool:
    """Whether two rows are of one thing, its period aside; one way is not the same as both."""
    of_a, of_b = ((e.unit, e.kind, e.per, e.status, e.direction, e.good, e.part) for e in (a, b))
    return of_a == of_b and (a.any_partner or a.partner == b.partner)


def _gap(a: float, b: float) -> float:
    """By how much the smaller falls short of the larger, as a share of it; of numbers of two signs all of it."""
    low, high = sorted((abs(a), abs(b)))
    return 1.0 if a * b < 0 else 1 - low / high if high else 0.0


def _counter(told: Told, entry: Entry) -> str:
    named = {k.name for k in told.line.found if told.clause[0] <= k.start < told.clause[1] and not _in_unit(told, k)}
    rivals = {n for n in named if n.startswith("what:")} - entry.quantities
    rivals = {r for r in rivals if entry.unit in units_of(r[5:])}
    return tr("{replace} may be meant", replace=min(rivals)[5:].replace("_", " ")) if rivals else ""


def _in_unit(told: Told, key: Key) -> bool:
    """Whether a word is part of the figure itself: shipments in 2,640 shipments."""
    return key.start < told.end and told.start < key.end


def dates_beside(told: Told) -> int:
    """How many dates and periods the sentence has."""
    return len({(d.first, d.last) for d in told.line.dates})


def alone(told: Told, seen: Seen) -> bool:
    """Whether no second figure of its unit stands in the sentence, whose period, place or whole it could have."""
    others = (s for s in told.line.seen if s.kind == "figure" and s.start != seen.start)
    return not any(s.unit in {seen.unit, ""} and s.numbers for s in others)


def _unread(told: Told) -> str:
    words = unread(told.line.sentence)
    return not_read(words) if words else ""


def not_read(words: Sequence[str]) -> str:
    """The reason that words beside a figure or a date were not read, with the first of them."""
    return tr("not read beside it: {words}", words=", ".join(f"“{w}”" for w in words[:_SHOWN]))


def _narrowed(told: Told, seen: Seen, entry: Entry) -> str:
    """Empty unless a word says of what kind those are that are counted, and the row does not: 5,200 empty trains."""
    printed = told.line.sentence.text[seen.start : seen.end]
    is_part = says(printed, "kind_of") and not says(entry.said.lower(), "kind_of")
    return tr("“{words}” may be a part of them", words=printed) if is_part else ""


def _rows_agree(rows: Sequence[Entry]) -> str:
    for a, b in combinations(rows, 2):
        if a.direction == b.direction and a.number and b.number and not meet(a.number.close, b.number.close):
            return tr("{row_id} and {row_id_2} disagree", row_id=a.row_id, row_id_2=b.row_id)
    return ""


def same_order(seen: Seen, entry: Entry) -> bool:
    """Whether a figure is neither under half nor over twice of the row's, as a part or a whole would be."""
    number = seen.in_unit(entry.unit)
    if number is None or entry.number is None or entry.unit in {"percent", "persons", "entities"}:
        return True
    low, high = sorted((abs(number.value), abs(entry.number.value)))
    return high <= _ORDER * low or swapped(low, high) >= _TELLING


def on_record(index: RecordIndex, told: Told, seen: Seen, entry: Entry) -> str:
    """Whether the number stands anywhere on record for the place, what it is part of or its parts, in that year."""
    row = row_with_it(index, told, seen, entry)
    return tr("{row_id} has the number for the place and year", row_id=row) if row else ""


def row_with_it(index: RecordIndex, told: Told, seen: Seen, entry: Entry) -> str:
    """The row that has a number for the place and year of another, its parts or its whole; empty: none."""
    number = seen.in_unit(entry.unit)
    assert number is not None
    kind = (entry.unit, entry.kind == "growth")
    for other in (*index.of_value(kind, number.value), *index.of_place(kind, told.inside)):
        if other.number is None or not (entry.keys & {k for k in other.keys if k.startswith(("at:", "law:"))}):
            continue
        alike = same(abs(other.number.value), abs(number.value)) or meet(other.number.close, number.close)
        if alike and _of_year(other, entry) and (other.number.value < 0) == (number.value < 0):
            return other.row_id
    return ""


def _of_year(other: Entry, entry: Entry) -> bool:
    """Whether two rows share a year; a row without a day may be of any."""
    if entry.last is None or (other.first is None and other.last is None):
        return True
    first, last = other.first or other.last, other.last or entry.last
    assert first is not None
    return first.year <= entry.last.year and (entry.first or entry.last).year <= last.year


def of_a_firm(told: Told) -> bool:
    """Whether a firm, or a name that no list knows, stands before the figure in its clause."""
    sentence = told.line.sentence
    head = sentence.text[told.clause[0] : told.end]
    if any(k.name.startswith("who:") and told.clause[0] <= k.start < told.end for k in told.line.found):
        return True
    if _FIRM.search(head):
        return True
    known = [(h.start, h.end) for h in sentence.hits.of("names", "words", "products", "units")]
    known += [(d.start, d.end) for d in told.line.dates]
    plain = {w.lower() for w in unread(sentence)}
    names = (m for m in _NAME.finditer(sentence.text, told.clause[0], told.end))
    return any(m[0].lower() in plain and not overlaps(known, *m.span()) for m in names)


def firm_named(told: Told, entry: Entry) -> list[frozenset[str]]:
    """The names, as stems, by which the sentence names the firm that a row is of; none where it is of no firm."""
    if entry.table != FIRMS:
        return []
    return [need for need in entry.met if need <= told.inside and all(n.startswith("w:") for n in need)]


def parts_alike(index: RecordIndex, told: Told, seen: Seen, best: Sequence[Offer]) -> tuple[Offer, ...]:
    """Rows with the other parts of the same law behind them that have the number or day too: the text says no part."""
    entry = best[0].entry
    if entry.table != "measures":
        return tuple(best)
    law = [f"law:{entry.place}"]
    held = index.dated.get(law[0], ()) if entry.kind == "date" else index.of_place((entry.unit, False), law)
    there, published = {o.entry.row_id for o in best}, told.line.sentence.published
    parts = (e for e in held if e.table == entry.table and e.row_id not in there and was_known(e, published))
    others = (scored(index, told, seen, e) for e in parts)
    found: dict[str, Offer] = {}
    for offer in sorted(others, key=lambda o: (-o.points, o.entry.row_id)):
        alike = offer.equal and offer.exact == best[0].exact and not offer.met.others()
        if alike or any(_is_limit(end, offer.entry) for end in _ends(seen)):
            found.setdefault(offer.entry.row_id, offer)
    return (*best, *found.values())


def ends_on_limits(index: RecordIndex, told: Told, seen: Seen, entry: Entry) -> bool:
    """Whether a range beside a law runs from a limit of it to a limit: firms of 1,000 to 3,000 employees."""
    if not entry.of_law:
        return True
    held = [entry, *(e for e in index.of_place((entry.unit, False), told.named("law")) if e.table == entry.table)]
    return all(any(_is_limit(end, e) for e in held) for end in _ends(seen))


def _ends(seen: Seen) -> tuple[float, ...]:
    """The two ends of a range; none of any other figure."""
    number = seen.number if seen.bound == "between" else None
    return () if number is None else (number.close.low, number.close.high)


def _is_limit(end: float, entry: Entry) -> bool:
    return entry.number is not None and same(end, entry.number.value)


def says_passed(told: Told) -> bool:
    """Whether a date is said to be that on which a law was passed."""
    text = told.line.sentence.text[max(0, told.clause[0] - _ACROSS) : told.clause[1]]
    return says(text, "passed") and not says(text, _IN_FORCE)


def said_beside(told: Told, seen: Seen, entry: Entry) -> bool:
    """Whether the word of such a date stands beside it: took effect on 21 June; 于6月21日生效."""
    text = told.line.sentence.text
    for word in DATE_WORDS.get(entry.only, ()):
        for start, end in spans(text, word):
            if 0 <= start - seen.end <= _BESIDE:
                return True
            if 0 <= seen.start - end <= _ACROSS and not any(end <= b < seen.start for b in told.line.sentence.breaks):
                return True
            leads = any(d.start == seen.start for d in told.line.dates[:1])
            if leads and seen.start <= _BESIDE and 0 < start - seen.end <= _ACROSS:
                return True
    return False


def why(offer: Offer) -> str:
    """Which facets of the row the text says, in words; what neither says is not spoken of."""
    named = offer.entry.facets
    met, near = (
        ", ".join(_FACETS[name] for name in named if getattr(offer.met, name) == state) for state in ("met", "near")
    )
    if near:
        return tr("Said as on the row: {met}; said nearby: {near}.", met=met or "–", near=near)
    return tr("Said as on the row: {met}.", met=met) if met else ""


def spared(reasons: Sequence[str]) -> str:
    """Why a difference is no contradiction, in words."""
    return tr("Not called a contradiction, for {reasons}.", reasons="; ".join(reasons))
