"""The verb: every figure and date of a text as a mention; every run of digits lies in exactly one."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING

from entrepot.claims.dates import days, found_dates
from entrepot.claims.mentions import numbering, numbers
from entrepot.claims.mentions.changed import change
from entrepot.claims.mentions.dressed import SIDE, counted_behind, dressed
from entrepot.claims.mentions.headed import headed
from entrepot.claims.mentions.mention import Mention
from entrepot.claims.model import Block
from entrepot.claims.text import fold, language, sentences
from entrepot.claims.text.language import of_sentence
from entrepot.claims.text.lexicon import found as words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from entrepot.claims.mentions.figures import Figure
    from entrepot.claims.model import Report
    from entrepot.claims.text.lexicon import Hits

# Characters from which on a block ends a stretch: a second or two of work, and a dozen pages, beyond which a paragraph
# tells little of what another is about.
LONGEST = 50_000
RUN = re.compile(r"\d+")
_BEHIND = re.compile(r"(?<=[¦\s])/(?=\d)")
_LETTERS = re.compile(r"[^\W\d_]{3}")
_GLUED = re.compile(r"[^\W\d_\u2e80-\U0010ffff]*")  # letters right behind a number
_PARTED = re.compile(r"\d[.,]\d")  # a number with decimals or thousands
_ENDLESS = re.compile(r"\d{25,}")  # digits: of a trillion with its hundredths there are fifteen
_MASK = "¦"  # in place of what is read already, so that no figure is read across it
# Of these words a figure is only where a unit of the lists follows: one train, and not one of the largest.
_NO_FIGURE = frozenset({"one", "один", "одна", "одно", "одной", "одного", "一", "no", "none of"})
_YEAR_DIGITS = 4  # and without a unit: 2024 is a year, 2,024 is none
_MANY = 50  # from which on an ordinal counts: the 20th day is a day
_OF_THEM = re.compile(r"\s(?:of|из)\s(?:them|the|its|their|his|her|these|those|which|whom|ни[хм]|которых)\b")
_ENDS = re.compile(r"\s?(?:[.;:)—]|$)")
# one other update, not one of them; killed one, and added
_ONE_MORE = re.compile(r" (?:other|more|new|additional|further|specific) [a-z]{3}")
_ONE_DONE = re.compile(r"[a-z]{2}(?:ed|ing) (?=one(?:[.,;:)]|$))|ещ[её] (?=од[ин])", re.IGNORECASE)
_DONE = 16  # characters of what was done to one: abducted one
# Behind a number in words below ten that has no unit: two-way says how and 四川 where, 两座 and nine alone how many.
_NAMES = re.compile(r"[-–]\w|(?![个個座次条家名位艘架项种批类台所处间份支起件笔场段死伤])[\u4e00-\u9fff]")
_BY_TIMES = "倍"  # behind a word of growth by how many times the base, and not to how many
_TEN = 10  # from here on a number in words is no figure of speech


def mentions(
    text: str, language: str | None = None, *, published: date | None = None, blocks: Sequence[Block] = ()
) -> list[Mention]:
    """The figures, dates and numbering of a text, in order.

    Args:
        text: a report's; a line is a paragraph.
        language: en, zh or ru, where it is known; None: each paragraph's by its script.
        published: day of publication, for dates without a year; None: those have no days.
        blocks: paragraphs with their language; none: the lines of the text.

    Returns:
        Mentions that do not overlap and that cover each run of digits.
    """
    found = [m for one in lines(text, language, published=published, blocks=blocks) for m in one.located(text)]
    return list(_covered(text, found))


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence where it stands, with its mentions.

    Attributes:
        block: its paragraph or cell.
        start, end: offsets in the text.
        language: in which it was read.
        folded: its text as read.
        mentions: what was found; offsets are those of `folded`.
    """

    block: Block
    start: int
    end: int
    language: str
    folded: fold.Folded
    mentions: tuple[Mention, ...]

    @property
    def foreign(self) -> bool:
        """Whether its words are of a language that is not read; figures alone are of none."""
        return self.block.language not in language.READ and _LETTERS.search(self.folded.text) is not None

    def located(self, text: str) -> Iterator[Mention]:
        """The mentions at their place in the text."""
        for one in self.mentions:
            first = self.start + self.folded.original(one.start)
            last = self.start + self.folded.original(one.end - 1) + 1
            yield replace(one, start=first, end=last, printed=text[first:last], sentence=self.start)


@dataclass(slots=True)
class _Read:
    """The report that was read last, and its sentences by the run of blocks that they were read of."""

    report: Report
    parts: dict[tuple[int, int], tuple[Line, ...]] = field(default_factory=dict)

    def is_of(self, report: Report) -> bool:
        """Whether it is this report's; its notes may be others."""
        own = self.report
        return (own.text, own.blocks, own.published) == (report.text, report.blocks, report.published)


_latest: list[_Read] = []


def stretches(report: Report) -> list[tuple[int, int]]:
    """The runs of blocks in which a report is read, first and last, this excluded: most are one. The text says them."""
    found, first, begins = [], 0, 0
    for at, block in enumerate(report.blocks, 1):
        if block.end - begins >= LONGEST or at == len(report.blocks):
            found.append((first, at))
            first, begins = at, block.end
    return found


def read_blocks(report: Report, first: int, last: int) -> tuple[Line, ...]:
    """The sentences of a run of blocks with their mentions, read once while the report is the last one asked for."""
    held = _held(report)
    found = held.parts.get((first, last))
    if found is None:
        blocks = report.blocks[first:last]
        found = tuple(lines(report.text, published=report.published, blocks=blocks)) if blocks else ()
        held.parts[first, last] = found
    return found


def remember(report: Report, first: int, last: int, read: tuple[Line, ...]) -> None:
    """Keep what `read_blocks` gave in another process."""
    _held(report).parts[first, last] = read


def _held(report: Report) -> _Read:
    """The sentences of a report that are kept, or a new place for them: of another report they go."""
    held = next((one for one in (*_latest,) if one.is_of(report)), None)
    if held is None:
        held = _Read(report)
        _latest[:] = [held]
    return held


def read_report(report: Report) -> tuple[Line, ...]:
    """The sentences of a report with their mentions."""
    return tuple(chain.from_iterable(read_blocks(report, *part) for part in stretches(report)))


def of_report(report: Report) -> Iterator[Mention]:
    """The mentions of a report, in order, at their place in its text."""
    return _covered(report.text, [m for one in read_report(report) for m in one.located(report.text)])


def lines(
    text: str, language: str | None = None, *, published: date | None = None, blocks: Sequence[Block] = ()
) -> Iterator[Line]:
    """The sentences of a text with their mentions; arguments as of `mentions`."""
    items = numbering.Sequence()
    main = language or _main(text)
    for block in blocks or _lines(text):
        spoken = language or _spoken(text, block, main)
        for start, end in _pieces(text, sentences.cut(text, block)):
            folded = fold.fold(text[start:end])
            said = language or of_sentence(folded.text, spoken)
            here = read(folded.text, said, published, items, sign=block.decimal)
            if block.context:
                here = [headed(m, folded.text, block.context, published) for m in here]
            yield Line(block, start, end, said, folded, tuple(here))


def _pieces(text: str, cut: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Sentences, what is too long for one cut at blanks and never within a run of digits, so that time is linear."""
    for first, end in cut:
        start = first
        while end - start > sentences.LONGEST:
            at = text.rfind(" ", start + 1, start + sentences.LONGEST)
            if at < 0:
                run = RUN.match(text, start + sentences.LONGEST)
                at = run.end() if run else start + sentences.LONGEST
            yield start, at
            start = at
        yield start, end


def _lines(text: str) -> Iterator[Block]:
    for m in re.finditer(r"[^\n]+", text):
        yield Block(m.start(), m.end())


def _main(text: str) -> str:
    known = Counter(language.of(line) for line in text.split("\n")[:400])
    return next((name for name, _ in known.most_common() if name in language.READ), "en")


def _spoken(text: str, block: Block, main: str) -> str:
    if block.language in language.READ:
        return block.language
    found = language.of(text[block.start : block.end])
    return found if found in language.READ else main


def read(text: str, spoken: str, published: date | None, items: numbering.Sequence, *, sign: str = "") -> list[Mention]:
    """The mentions of one sentence, folded for reading; offsets are those of the sentence.

    `sign` is that with which the column of a cell writes decimals, where it tells.
    """
    kept: list[Mention] = []
    free = text
    for m in _ENDLESS.finditer(text):  # no pattern meets what would take it the square of its length
        free = _keep(kept, free, Mention(*m.span(), "", "ordinal", form="untold"))
    text, hits = free, words_of(free, spoken)
    for a, b, form in sorted(numbering.named(text, hits, spoken, items), key=lambda s: (s[0], -s[1], s[2] == "item")):
        free = _keep(kept, free, Mention(a, b, text[a:b], "ordinal", form=form))
    for day in found_dates.find(free, spoken, published):
        one = Mention(
            day.start, day.end, "", "date", first=day.first, last=day.last, precision=day.precision, form=day.form,
            basis=day.basis, base=day.base, spoken=day.spoken,
        )  # fmt: skip
        free = _keep(kept, free, one)
    for a, b, form in numbering.ordinals(free, spoken):
        free = _keep(kept, free, _ordinal(text, (a, b), form, spoken))
    for _ in range(2):  # the second time for what stands behind a slash: 23 million/36 shipments
        figures = dressed(free, hits, spoken, numbers.cores(free, hits, spoken, sign))
        for one in _figures(free, hits, figures):
            free = _keep(kept, free, one)
        if _BEHIND.search(free) is None:
            break
        free = _BEHIND.sub(" ", free)
    for m in RUN.finditer(free):
        free = _keep(kept, free, _left(free, *m.span()))
    return sorted(kept, key=lambda m: m.start)


def _keep(kept: list[Mention], free: str, one: Mention) -> str:
    """Keep a mention that meets nothing read before and cuts no run of digits; the text with it masked."""
    if _MASK in free[one.start : one.end] or _cuts(free, one.start) or _cuts(free, one.end):
        return free
    kept.append(one)
    return free[: one.start] + _MASK * (one.end - one.start) + free[one.end :]


def _cuts(text: str, at: int) -> bool:
    return 0 < at < len(text) and RUN.match(text[at - 1]) is not None and RUN.match(text[at]) is not None


def _ordinal(text: str, span: tuple[int, int], form: str, spoken: str) -> Mention:
    """An ordinal; one of many things counted says how many there were by then: the 7,000th train."""
    digits = "".join(RUN.findall(text[slice(*span)]))
    value = Decimal(int(digits)) if digits and len(digits) < 16 else None  # noqa: PLR2004 - more is no count
    unit = counted_behind(text, spoken, span[1]) if value is not None and value >= _MANY else None
    if unit is None:
        return Mention(*span, "", "ordinal", value=value, form=form)
    return Mention(*span, "", "figure", value=value, unit=unit.name, family=unit.family, form=form)


def _figures(text: str, hits: Hits, figures: list[Figure]) -> Iterator[Mention]:
    last: tuple[Figure, int] | None = None
    for i, one in enumerate(figures):
        if _alone_year(text, one):
            number = int(text[one.core_start : one.core_end])
            day = found_dates.year(one.core_start, one.core_end, number)
            stated = Mention(day.start, day.end, "", "date", first=day.first, last=day.last, basis="stated")
            yield replace(stated, precision="year", form="year")
            continue
        if _within_word(text, one) or not _says_how_many(text, one):
            continue
        before = figures[i - 1].end if i else 0
        after = figures[i + 1].start if i + 1 < len(figures) else len(text)
        sign = change(text, hits, one, (before, after))
        if not sign and last is not None and SIDE.fullmatch(text[last[0].end : one.start]) and one.unit == last[0].unit:
            sign = last[1]  # rose 7 % and 19 %
        last = (one, sign) if one.unit is not None and one.unit.family == "share" else None
        yield _figure(_whole(text, _risen_by(text, one) if sign > 0 else one), sign)


def _whole(text: str, one: Figure) -> Figure:
    """A figure with the letters glued to it that no list has: 2,000pcs."""
    letters = _GLUED.match(text, one.end) if text[one.end - 1 : one.end].isdigit() else None
    return replace(one, end=letters.end()) if letters else one


def _risen_by(text: str, one: Figure) -> Figure:
    """A multiple by which something rose as that of the base: 增长1.4倍 is 2.4 times as much."""
    if one.form == "multiple" or _BY_TIMES not in text[one.core_start : one.core_end]:
        return one
    value, low, high = (None if v is None else v + 1 for v in (one.value, one.low, one.high))
    return replace(one, value=value, low=low, high=high)


def _figure(one: Figure, sign: int) -> Mention:
    relative = one.unit is not None and one.unit.family in ("share", "points")
    value = one.value
    if sign < 0 and relative and value is not None:
        value = -abs(value)
    if sign < 0 and one.form == "multiple" and value is not None:
        value = 1 / value
    return Mention(
        one.start,
        one.end,
        "",
        "figure",
        value=value,
        low=one.low,
        high=one.high,
        bound=one.bound,
        unit=one.unit.name if one.unit else None,
        family=one.unit.family if one.unit else None,
        per=one.per,
        grown=sign != 0,
        form=one.form,
    )


def _alone_year(text: str, one: Figure) -> bool:
    """Whether four digits without a unit of the lists are a year."""
    printed = text[one.core_start : one.core_end]
    plain = len(printed) == _YEAR_DIGITS and printed.isdecimal() and one.form == "digits"
    counts = (one.unit is not None and one.listed) or one.bound is not None or one.per is not None
    return plain and not counts and days.is_year(int(printed))


def _within_word(text: str, one: Figure) -> bool:
    """Whether letters that are no unit follow without a space: 40ft is one, 5G is none."""
    after = text[one.core_end : one.core_end + 1]
    glued = after.isalpha() and after < "⺀" and text[one.core_end - 1].isalnum()
    parted = _PARTED.search(text, one.core_start, one.core_end)  # 2.5MTPA, 2,000pcs: no name has such a number
    return glued and not parted and one.form == "digits" and (one.unit is None or not one.listed)


def _says_how_many(text: str, one: Figure) -> bool:
    """Whether a number in words is a figure: two countries, eleven; not "one of the" or "no comment"."""
    if one.form == "digits" or RUN.search(text[one.start : one.end]):
        return True
    printed = text[one.core_start : one.core_end].strip().lower()
    if one.form == "zero" or printed in _NO_FIGURE:
        more = _ONE_MORE.match(text, one.core_end) or _ONE_DONE.search(
            text, max(0, one.core_start - _DONE), one.core_end
        )
        which = _OF_THEM.match(text, one.core_end)  # one of their bombers: which of many, and not how many
        known = (one.unit is not None and one.listed) or one.bound is not None or one.form == "article"
        return (known or more is not None) and which is None and one.form != "zero"
    if one.form in ("vague", "multiple", "fraction") or _OF_THEM.match(text, one.core_end):
        return True
    if one.unit is not None or one.scaled:
        return True
    ends = _ENDS.match(text, one.core_end) is not None  # the number of new entities to four
    if one.value is None or one.value >= _TEN:
        return one.value is not None or (ends and one.start > 0)
    known = text.endswith("the ", 0, one.core_start)  # the two met: who they are was said before
    alone = ends and not one.start  # a word in a line of its own
    return not (known or alone) and (ends or _NAMES.match(text, one.core_end) is None)


def _left(text: str, start: int, end: int) -> Mention:
    """Digits that nothing read: part of a name (A-380, 5G), or a number that cannot be told."""
    first, last = start, end
    while first > 0 and _joins(text, first - 1):
        first -= 1
    while last < len(text) and _joins(text, last):
        last += 1
    while first < start and not text[first].isalnum():
        first += 1
    while last > end and not text[last - 1].isalnum():
        last -= 1
    letters = any(c.isalpha() for c in text[first:last])
    if letters:
        return Mention(first, last, "", "ordinal", form="name")
    return Mention(first, last, "", "ordinal", form="untold")


def _joins(text: str, at: int) -> bool:
    char = text[at]
    return char != _MASK and char < "⺀" and (char.isalnum() or char in "-–./:+#_&,") and not char.isspace()


def _covered(text: str, found: list[Mention]) -> Iterator[Mention]:
    """The mentions in order, with a mention for each run of digits that lies between sentences."""
    found.sort(key=lambda m: m.start)
    at = 0
    for one in [*found, None]:
        upto = len(text) if one is None else one.start
        for m in RUN.finditer(text, at, upto):
            yield Mention(*m.span(), m[0], "ordinal", form="untold")
        if one is not None:
            yield one
            at = one.end
