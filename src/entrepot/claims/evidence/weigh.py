"""The verb of the evidence: every figure and date of a report with its nearest rows and how it stands to them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from entrepot.claims.evidence import told as around
from entrepot.claims.evidence.case import NEARBY, Case, of_an_unknown_law
from entrepot.claims.evidence.derived import exchanged, growth_of_level, moved_too, said_again
from entrepot.claims.evidence.facets import BY_UNIT, may_be_of
from entrepot.claims.evidence.nearest import SURE, beside, nearest, worth
from entrepot.claims.evidence.relation import related
from entrepot.claims.evidence.statements import statements
from entrepot.claims.evidence.sure import parts_alike
from entrepot.claims.mentions.figures import overlaps
from entrepot.claims.mentions.mentions import read_blocks
from entrepot.claims.mentions.seen import units_of
from entrepot.claims.mentions.sentence import analyse
from entrepot.claims.text.aligned import aligned
from entrepot.claims.text.unread_words import says

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from datetime import date

    from entrepot.claims.evidence.case import Related
    from entrepot.claims.evidence.nearest import Offer
    from entrepot.claims.evidence.statements import Stated
    from entrepot.claims.evidence.told import Told
    from entrepot.claims.indexed.record_entry import Entry
    from entrepot.claims.indexed.record_index import RecordIndex
    from entrepot.claims.mentions.mentions import Line
    from entrepot.claims.mentions.seen import Seen
    from entrepot.claims.model import Report
    from entrepot.claims.text.shared_keys import Key

_DONE = "了"  # behind a Chinese verb of what was done
_PERCENT = "percent"
_PLACES = ("at:", "land:")  # sorts of keys that a sentence says figures of, respectively
_TOGETHER = 300  # figures held beside one another at a time, so that memory does not grow with the report
AROUND = 6  # figures on either side whose rows are looked at
_BEHIND = 90  # characters behind a level in which its growth stands: its months, an increase on the year of 3 percent
# keys of what a level may be of
_THINGS = ("what:", "at:", "land:", "side:", "dir:", "mode:", "good:")
_AND = re.compile(r"[\s,，、和与及и]*(?:and|и)?\s*")  # between rates in a row
_OF = re.compile(r"\s(?:in|of|for|в|по)\s(?:[^\W\d_]+\s){0,2}")  # between a rate and what it is of
_PARTED = re.compile(r"[;；。]|\.\s")  # parts a level from growth
# Between a rate and the level that it led to: rose 12 percent, to 5 million tonnes.
_LEADS_TO = re.compile(
    r"[^\d.;；。]{0,40}?(?:\bto|\bдо|至|到|达)\s?(?:about|around|over|more than|about|近|约)?\s?", re.IGNORECASE
)
_KEPT = 6  # rows kept of each, of which a reader is shown the first few
_HEAD, _BEFORE = 4, 20  # blocks of the report's head, and before a stretch, that tell what it is about


@dataclass(frozen=True, slots=True)
class Weighed:
    """A figure or a date of a report with what the record has of it.

    Attributes:
        start, end: offsets in the report's text.
        text, sentence: as printed.
        seen: what was read.
        told: what is said of it.
        offers: the nearest rows, the best first.
        related: how it stands to them; None where nothing is sure.
    """

    start: int
    end: int
    text: str
    sentence: str
    seen: Seen
    told: Told
    offers: tuple[Offer, ...]
    related: Related | None
    read: Line

    def place(self, at: int) -> int:
        """Where an offset of the sentence as read stands in the report's text."""
        return self.read.start + self.read.folded.original(at)


def weigh(
    report: Report,
    index: RecordIndex,
    stretch: tuple[int, int],
    said: list[Stated] | None = None,
    progress: Callable[[], None] | None = None,
) -> Iterator[Weighed]:
    """Every figure and date of a stretch in the order of its text, with the rows of the record nearest to it.

    Args:
        report: as opened.
        index: of the record.
        stretch: of the report, a run of its blocks.
        said: takes the statements that have no figure.
        progress: told with each block.
    """
    kept: list[ToldFigure] = []
    for one in told_figures(report, index, stretch, said, progress):
        if len(kept) >= _TOGETHER and one.read is not kept[-1].read:
            yield from _together(report, kept, index)
            kept = []
        kept.append(one)
    yield from _together(report, kept, index)


@dataclass(frozen=True, slots=True)
class ToldFigure:
    """A figure or date with its rows, before it is held beside those around it."""

    read: Line
    told: Told
    seen: Seen
    offers: list[Offer]
    worded: Sequence[Entry]
    named: Collection[str]


def told_figures(
    report: Report,
    index: RecordIndex,
    stretch: tuple[int, int],
    said: list[Stated] | None = None,
    progress: Callable[[], None] | None = None,
) -> Iterator[ToldFigure]:
    """Every figure and date with its rows, before it is held beside those around it; arguments as of `weigh`."""
    before, block = around.Around(), None
    named: set[str] = set()  # what the text has named so far, and the rest of a run of figures too
    lead = _led(report, stretch[0])
    for at, read in enumerate((*lead, *read_blocks(report, *stretch))):
        if block is not None and read.block is not block:
            before = around.paragraph(before, heading=block.kind == "heading")
        if progress is not None and at >= len(lead) and read.block is not block:
            progress()
        block = read.block
        if read.foreign:
            continue
        sentence = analyse(read.folded.text, read.language, report.published, read.mentions, year=read.block.year)
        line = around.line(sentence, around.headed(before, read.block.context, read.language))
        named.update(k.name for k in line.found)
        named |= line.around.headings
        if at < len(lead):
            before = around.after(line)
            continue
        offers: list[Offer] = []
        worded = index.of_words(around.weights_of(line)) if line.seen else []
        for seen in line.seen:
            told = _of_its_own(around.told(line, seen), seen, index.parts)
            offers = offers if seen.aside else nearest(index, told, seen, worded)
            yield ToldFigure(read, told, seen, offers, worded, named)
        if said is not None:
            said += [_said(report, read, stated) for stated in statements(line, index)]
        before = around.after(line)


def _of_its_own(told: around.Told, seen: Seen, parts: frozenset[str]) -> around.Told:
    """What is said of a figure without the words of its clause that go with another figure: released 196, denied 234.

    Of a quantity only figures of one unit are held beside one another, and only words that can be of it; a word in the
    figure itself (196 shipments) says what all are of. `parts` are the keys of the record's sectors and origins.
    """
    if seen.kind != "figure" or seen.aside:
        return told
    text = told.line.sentence.text
    ordered = says(text, "respectively")  # of the places of all the sentence each has its figure
    first, last = (0, len(text)) if ordered else told.clause
    figures = [s for s in told.line.seen if s.kind == "figure" and not s.aside and first <= s.start < last]
    counted = next((k.name for k in told.line.found if _is_counted_behind(text, seen, k)), "")
    if counted:
        what = frozenset(k.name for k in told.line.found if k.name.startswith("what:") and k.name != counted)
        return around.otherwise(told, what, frozenset(), None, "")
    if touching := _right_before(told, seen):
        what = frozenset(k.name for k in told.line.found if k.name.startswith("what:")) - touching
        return around.otherwise(told, what, frozenset(), None, "")
    if len(figures) == 1:
        return told
    words = [k for k in told.line.found if first <= k.start < last]
    runs = {
        k.name.replace("run:", "at:") for k in words if k.name.startswith("run:")
    }  # trains of a programme are of none of its posts
    spans = [(f.start, f.end) for f in figures]
    alike = [f for f in figures if f.unit == seen.unit or (not (f.unit and seen.unit) and f.grown == seen.grown)]
    said = [k for k in words if k.name.startswith("what:") and may_be_of(seen, k.name)]
    parted = [k for k in said if k.start > figures[0].start]
    if says(text[first : figures[0].start], "parted") and len({k.name for k in parted}) > 1:
        said = parted  # of the detentions 234 were released and 196 denied: what they are parts of is none of them
    sorts = (
        ([k for k in said if not overlaps(spans, k.start, k.end)], alike),
        ([k for k in words if k.name.startswith("dir:")], figures),
        ([k for k in words if k.name in parts], figures),
        ([k for k in words if k.name in told.sides_own], alike),
        *(
            ([k for k in words if ordered and k.name.startswith(sort) and k.name not in runs], alike)
            for sort in _PLACES
        ),
    )
    others: set[Key] = set()
    owner, (period, basis) = "", _its_period(told, alike, seen) if ordered else (None, "")
    for of_sort, held in sorts:
        if len({k.name for k in of_sort}) > 1 and len(held) > 1:
            own = aligned([(k.start, k.name) for k in of_sort], [f.start for f in held], seen.start)
            owner = next((n for n in own if n.startswith("at:")), owner)
            strange = [(k.start, k.end) for k in of_sort if own and k.name not in own]
            bare = [k for k in words if k.name.startswith("w:") and overlaps(strange, k.start, k.end)]
            others |= {*bare, *(k for k in of_sort if own and k.name not in own)}
    gone = {k.name for k in others} - {k.name for k in words if k not in others}
    if not gone and period is None:
        return told
    other = around.otherwise(told, frozenset(gone), frozenset(), period, owner)
    return replace(other, basis=basis) if period else other


def _its_period(told: Told, figures: Sequence[Seen], seen: Seen) -> tuple[tuple[date, date] | None, str]:
    """Of as many periods as figures that of the one: 15.36 and 16.17 billion in 2020 and 2019, respectively."""
    dates = {str(d.start): d for d in told.line.dates if not d.base}
    own = aligned([(d.start, name) for name, d in dates.items()], [f.start for f in figures], seen.start)
    said = dates[next(iter(own))] if own else None
    first, last = said.period if said else (None, None)
    return ((first, last), said.basis) if said and first and last else (None, "")


def _right_before(told: Told, seen: Seen) -> frozenset[str]:
    """What is counted by a word right before a figure: the list 新增了78家, whose members they are not."""
    text, at = told.line.sentence.text, seen.start
    beside = (k for k in told.line.found if at - len(_DONE) <= k.end <= at and text[k.end : at] in {"", _DONE})
    return frozenset(k.name for k in beside if k.name.startswith("what:") and may_be_of(seen, k.name))


def _is_counted_behind(text: str, seen: Seen, key: Key) -> bool:
    """Whether a rate is of what is named right behind it and counted in pieces: 42.6 percent in vehicle traffic."""
    counted = (
        seen.unit == _PERCENT
        and key.name.startswith("what:")
        and BY_UNIT.intersection(units_of(key.name.partition(":")[2]))
    )
    return bool(counted) and key.start >= seen.end and _OF.fullmatch(text, seen.end, key.start) is not None


def _led(report: Report, first: int) -> tuple[Line, ...]:
    """The sentences that tell what a stretch is about: of the report's head and of the blocks before it."""
    head = min(first, _HEAD)
    return read_blocks(report, 0, head) + read_blocks(report, max(head, first - _BEFORE), first) if first else ()


def _said(report: Report, read: Line, stated: Stated) -> Stated:
    first, last = read.start + read.folded.original(stated.start), read.start + read.folded.original(stated.end - 1) + 1
    sentence = report.text[read.start : read.end].strip()
    return replace(stated, start=first, end=last, text=report.text[first:last], sentence=sentence)


def _together(report: Report, kept: Sequence[ToldFigure], index: RecordIndex) -> Iterator[Weighed]:
    """Figures and dates of a stretch of the text, each held beside the rows that those around it are surely of."""
    days = frozenset(s.first for k in kept if (s := k.seen).kind == "date" and s.first and s.first == s.last)
    sure = [next((o.entry for o in one.offers[:1] if o.chance >= SURE), None) for one in kept]
    others = frozenset(e for e in sure if e is not None)
    near = [range(max(0, i - AROUND), min(len(kept), i + AROUND + 1)) for i in range(len(kept))]
    hows: list[Related | None] = []
    rows: list[list[Offer]] = []
    moved: tuple[Line, Entry] | None = None  # a sentence one figure of which is a row's of another period
    for i, one in enumerate(kept):
        around = [e for j in near[i] if j != i and (e := sure[j]) is not None]
        offers = beside(one.offers, around)
        how = related(Case(index, one.told, one.seen, offers, days, one.worded, around, others, one.named))
        if how is not None and how.verdict == NEARBY:
            (meant,), how = how.offers, None
            offers = [meant, *(o for o in offers if o.entry.row_id != meant.entry.row_id)]
        if how is not None and how.rule == "elsewhere" and how.offers[0].met.period == "other":
            moved = one.read, how.offers[0].entry
        elif how is None and moved is not None and moved[0] is one.read:
            how = moved_too(index, one.told, one.seen, moved[1])
        hows.append(how)
        rows.append(offers)
    agreeing = [(k.seen, h) for k, h in zip(kept, hows, strict=True) if h is not None and h.verdict == "agrees"]
    for i, one in enumerate(kept):
        read, seen, offers, how = one.read, one.seen, rows[i], hows[i]
        first, last = read.start + read.folded.original(seen.start), read.start + read.folded.original(seen.end - 1) + 1
        if seen.kind == "figure" and seen.grown and (at := _level_of(kept, i)) is not None:
            how = growth_of_level(index, one.told, seen, hows[at], how)
        if how is None and seen.kind == "figure":
            toll = one.told.toll  # five attackers are not the five that they killed
            same = ((t, h) for t, h in agreeing if t is not seen and not toll.is_other_than(h.offers[0].entry.toll))
            again = (said_again(seen, offers, t, h) for t, h in same)
            how = next((r for r in again if r and not of_an_unknown_law(one.told, r.offers)), None)
        if how is None and seen.kind == "figure":
            twins = (kept[j] for j in near[i] if j != i and kept[j].read is read and kept[j].seen.kind == "figure")
            how = next((r for t in twins if (r := exchanged(one.told, offers, t.told, t.offers))), None)
        shown = [o for o in offers if worth(o)]
        if how is None and shown and shown[0].equal:  # which part of the law is meant is for the reader to say
            shown = [*parts_alike(index, one.told, seen, shown[:1]), *shown[1:]]
        printed = report.text[read.start : read.end].strip()
        yield Weighed(first, last, report.text[first:last], printed, seen, one.told, tuple(shown[:_KEPT]), how, read)


def _level_of(kept: Sequence[ToldFigure], at: int) -> int | None:
    """Which figure a rate is the growth of: the level that it stands right behind, or leads to; None where none is.

    What is named between the two, or parts them, makes it growth of something else; of rates in a row behind as many
    levels each is of the one that stands where it stands.
    """
    one, seen = kept[at], kept[at].seen
    text = one.told.line.sentence.text
    here = [j for j, k in enumerate(kept) if k.read is one.read and k.seen.kind == "figure" and not k.seen.aside]
    here = [j for j in here if kept[j].seen.grown or kept[j].seen.unit != _PERCENT]  # a share is no level that grows
    behind = next((j for j in here if j > at), None)
    leads = behind is not None and _LEADS_TO.fullmatch(text, seen.end, kept[behind].seen.start)
    if leads and behind is not None and not kept[behind].seen.grown:
        return behind
    rates = _in_a_row(kept, here, at, text)
    before = [j for j in here if j < rates[0]]
    place = len(rates) - rates.index(at)  # counted from the last
    levels = [j for j in before[-len(rates) :] if not kept[j].seen.grown]
    alike = len(rates) > 1 and len({kept[j].seen.unit for j in levels}) < len(rates) and not says(text, "respectively")
    if len(levels) < len(rates) or alike:
        levels, place = [j for j in before[-1:] if not kept[j].seen.grown], 1 if at == rates[0] else 0
    if not levels or not place:
        return None
    level, end = levels[-place], kept[before[-1]].seen.end
    found = one.told.line.found
    named = {k.name for k in found if k.start < end}.union(*(kept[j].told.own for j in levels))
    start = kept[rates[0]].seen.start
    strange = [k for k in found if k.name.startswith(_THINGS) and k.name not in named]
    own = (text[seen.end : k.start] for k in strange if k.name.startswith("what:") and k.start >= seen.end)
    other = any(end <= k.start < start for k in strange) or any(_OF.fullmatch(between) for between in own)
    return None if other or start - end > _BEHIND or _PARTED.search(text, end, start) else level


def _in_a_row(kept: Sequence[ToldFigure], here: Sequence[int], at: int, text: str) -> list[int]:
    """The rates around one between which nothing but a word for "and" stands: up 12.5 and 10.9 percent."""
    run = [at]
    for step in (1, -1):
        for j in here[here.index(at) + step :: step]:
            first, last = sorted((kept[j].seen, kept[run[-1] if step == 1 else run[0]].seen), key=lambda s: s.start)
            if not kept[j].seen.grown or not _AND.fullmatch(text, first.end, last.start):
                break
            run = [*run, j] if step == 1 else [j, *run]
    return run
