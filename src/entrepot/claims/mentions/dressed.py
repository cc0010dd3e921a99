"""A number with what stands around it: its unit, its bound, what it is per, and a second number of a range."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from entrepot.claims.mentions import counted
from entrepot.claims.mentions.figures import Figure, exactly, overlaps
from entrepot.claims.mentions.unit_words import Unit, is_money, unit_of
from entrepot.claims.text.attribution import patterns
from entrepot.claims.text.lexicon import Hit, lexicon, lower
from entrepot.claims.text.unread_words import led

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entrepot.claims.text.lexicon import Hits

_CONVERTED = 10  # significant digits of a float that a factor such as a sixtieth was applied to
_GAP = re.compile(r"[ \u00a0\u2009\u202f]{0,2}-?|\s?[-–]\s?(?=\w)")
_JOIN = {
    "en": re.compile(r"\s?(?:to|and|or|-|–|—|~)\s?"),
    "ru": re.compile(r"\s?(?:до|или|и|-|–|—)\s?"),
    "zh": re.compile(r"\s?(?:至|到|-|–|—|－|~|～)\s?"),
}
_MOVED_TO = re.compile(r"[提增上升扩跃下降减][^\d，。,]{0,3}[至到]\s?")  # 从2800提高到4800万吨
# What stands between two figures that are said side by side.
SIDE = re.compile(r"\s?(?:,|，|、|and|or|и|или|和|及|与|/|, and)\s?", re.IGNORECASE)
_OPENING = re.compile(r"(?:between|from|от|между|с|从|由|在)\s?$", re.IGNORECASE)
_AMONG = re.compile(r"(?:between|между|от)\s?$", re.IGNORECASE)
_FROM = re.compile(r"(?:from|(?<!\w)с|从|由)\s?$", re.IGNORECASE)
_SHARE = "share"  # family of percent
_LED_UP = re.compile(r"\b(?:from|by|со?|на)\s|[从由]")  # before the first end of a change
_APART = 20  # times by which the ends of one change are apart at the most, where one lends the other its scale
_CLAUSE = 140  # characters in which "rose from 28 to 48" has its verb
_CHANGES = ("changes.change", "numbers.multiple")  # words of a change
_CLOSE = 40  # characters before a figure in which its rate may be said: a daily average of
_PER = re.compile(r"\s?(?:/|per\s|an?\s|each\s|за\s|на\s|每)\s?(?:one\s|1\s|одну?\s)?", re.IGNORECASE)
_BREAK = re.compile(r"[;；。:：]|[,，](?!\d)")
# In capitals these are metric tons; Mt and mt are a million of them.
_METRIC_TONS = "MT"
_MOST_MEGATONNES = 1_000  # million tonnes that are written Mt; 95,000mt are tonnes
# Before a multiple: в 2,5 раза, в более чем три раза, в 2–3 раза.
_BY_RU = re.compile(r"(?<!\w)во?\s(?:[^\W\d]+\s){0,2}(?:[\w,.]+\s?(?:[-–—]|до|или)\s?)?$", re.IGNORECASE)
_COMMAS = frozenset({",", "，"})  # between a count and its growth as well as within a list
_MOST_PERCENT = 1_000  # growth of more is said as a multiple
_RELATIVE = ("share", "points", "times")  # a percentage is per nothing
# "A year earlier" says when, and not per what.
_WHEN = re.compile(r"\s(?:earlier|ago|before|later|prior|back|on\b|and a half)|[\s-]long", re.IGNORECASE)


def dressed(text: str, hits: Hits, language: str, figures: list[Figure]) -> list[Figure]:
    """The figures with all that stands around them, in order; `figures` as `numbers.cores` gives them."""
    small = lower(text)
    spans = [(f.core_start, f.core_end) for f in figures]
    alone = (f for f in counted.one_harmed(text, small, language, hits) if not overlaps(spans, f.start, f.end))
    figures = sorted([*figures, *alone], key=lambda f: f.start)
    found = [_with_unit(text, small, hits, language, f) for f in figures]
    joined = _shared(text, language, _ranges(text, hits, language, found))
    return [_with_rate(text, small, hits, language, _with_bound(text, small, hits, language, d)) for d in joined]


def _with_unit(text: str, small: str, hits: Hits, language: str, plain: Figure) -> Figure:
    if plain.form == "multiple":
        ratio = None if plain.value is None else 1 + plain.value / 100
        return replace(plain, value=ratio, unit=unit_of("times"))
    if plain.form == "fraction":
        return replace(plain, unit=unit_of("percent"))
    head = hits.before("units", plain.core_start, within=1)
    if head is not None and head.row["place"] != "after" and is_money(head.row["unit"]):
        return _money(text, small, language, plain, head)
    return _after(text, small, language, plain)


def counted_behind(text: str, language: str, end: int) -> Unit | None:
    """What is counted by an ordinal: the 7,000th train."""
    found = _after(text, lower(text), language, Figure(end, end, end, end, None, "ordinal"))
    return found.unit if found.unit is not None and found.listed else None


def _money(text: str, small: str, language: str, plain: Figure, head: Hit) -> Figure:
    """A figure after its currency, which may be said twice: RMB 5 billion yuan."""
    found = replace(plain, start=head.start, core_start=head.start, unit=unit_of(head.row["unit"]))
    again = unit_at(text, small, language, _skip(text, plain.core_end, language))
    if again is not None and again.row.get("unit") == head.row["unit"]:
        found = replace(found, end=again.end)
    return found


def _after(text: str, small: str, language: str, plain: Figure) -> Figure:
    if plain.form == "words" and any(p.match(text, plain.core_end) for p in patterns("harmed", language)):
        return replace(plain, unit=unit_of("persons"))  # two killed, one was wounded: of whom is not said
    begin = _behind_bound(text, small, language, plain.core_end)
    at = _skip(text, begin, language)
    hit = unit_at(text, small, language, at)
    if hit is not None and (meant := _meant(text, language, plain, hit)):
        return replace(plain, end=hit.end, unit=unit_of(meant))
    if hit is not None and (language != "en" or plain.value == 1 or not counted.singular(text, hit)):
        return _of_hit(plain, hit)
    noun = counted.noun(text, small, language, begin) or hit
    if noun is None:
        return plain
    if isinstance(noun, Hit):
        return _of_hit(plain, noun)
    end, unit = noun
    return replace(plain, end=end, unit=unit, listed=False)


def _meant(text: str, language: str, plain: Figure, hit: Hit) -> str:
    """The unit that a word is of where it is printed so; empty: that of the lists.

    Behind a number раз says how often, and no multiple: посетили 2,72 млн раз, and not выросло в 2,5 раза.
    """
    printed = text[hit.start : hit.end]
    many = plain.value is not None and plain.value >= _MOST_MEGATONNES
    if printed == _METRIC_TONS or (printed.upper() == _METRIC_TONS and many):
        return "tonnes"
    often = language == "ru" and hit.kind.startswith("numbers.times")
    return "visits" if often and _BY_RU.search(text[: plain.core_start]) is None else ""


def _behind_bound(text: str, small: str, language: str, end: int) -> int:
    """Where what is counted may begin: behind the bound in 1,000 or more employees."""
    return max((h.end for h in _bounds_behind(text, small, language, end)), default=end)


def _bounds_behind(text: str, small: str, language: str, end: int) -> Iterator[Hit]:
    """The words for a bound that begin behind a number: 1,000 or more, 1,000+; in 2 + 3 there is none."""
    at = end + (text[end : end + 1] == " " and text[end + 1 : end + 2] != "+")
    return (h for h in lexicon(language).at(text, small, at) if h.kind == "bounds" and h.row["place"] == "after")


def _of_hit(plain: Figure, hit: Hit) -> Figure:
    if hit.kind.startswith("numbers.times"):
        return replace(plain, end=hit.end, core_end=hit.end, unit=unit_of("times"))
    unit = unit_of(hit.row["unit"])
    factor = Decimal(str(hit.row["factor"])) * unit.factor
    return replace(
        plain,
        end=hit.end,
        unit=unit,
        value=_times(plain.value, factor),
        low=_times(plain.low, factor),
        high=_times(plain.high, factor),
    )


def _times(value: Decimal | None, factor: Decimal) -> Decimal | None:
    if value is None or factor == 1:
        return value
    return exactly(float(f"{value * factor:.{_CONVERTED}g}"))


def _skip(text: str, position: int, language: str) -> int:
    if language == "zh":
        while text[position : position + 1] and text[position] in " 多余來来":
            position += 1
        return position
    gap = _GAP.match(text, position)
    return gap.end() if gap is not None else position


def unit_at(text: str, small: str, language: str, position: int) -> Hit | None:
    """The longest unit, or word of multiples, that begins at a position."""
    best: Hit | None = None
    for hit in lexicon(language).at(text, small, position):
        fits = (hit.kind == "units" and hit.row["place"] != "before") or hit.kind.startswith("numbers.times")
        if fits and (best is None or hit.end > best.end):
            best = hit
    if best is None and language == "zh":
        if text[position : position + 1] == "个":
            return unit_at(text, small, language, position + 1)
        if text[position : position + 1] == "倍":
            return Hit(position, position + 1, "numbers.times_as", {"word": "倍"})
    return None if best is not None and counted.is_adjective(text, language, best) else best


def _ranges(text: str, hits: Hits, language: str, found: list[Figure]) -> list[Figure]:
    """Two numbers joined by a word of range become one, the scale and unit of the second holding for both."""
    kept: list[Figure] = []
    for one in found:
        both = (_summed(text, kept[-1], one) or _joined(text, hits, language, kept[-1], one)) if kept else None
        if both is not None:
            kept[-1] = both
        else:
            kept.append(one)
    return kept


def _summed(text: str, a: Figure, b: Figure) -> Figure | None:
    """Two scales of one number: 5 млн 871 тыс., 2 crore 50 lakh."""
    if a.value is None or b.value is None or a.unit is not None or not (a.scaled and b.scaled) or a.scale <= b.scale:
        return None
    if not text[a.core_end : b.core_start].isspace() or b.value >= Decimal(str(a.scale)):
        return None
    return replace(b, start=a.start, core_start=a.core_start, value=a.value + b.value, bound=a.bound)


def _joined(text: str, hits: Hits, language: str, a: Figure, b: Figure) -> Figure | None:
    if a.value is None or b.value is None or not {a.form, b.form} <= {"digits", "words"}:
        return None
    if a.unit is not None and b.unit is not None and a.unit != b.unit and a.listed:
        return None
    gap = text[a.end if a.unit is not None and a.listed else a.core_end : b.core_start]
    if _JOIN[language].fullmatch(gap) is None or _two(gap.strip(), text, hits, a, b):
        return None
    low = a.value
    if not a.scaled and b.scaled and a.value < 1000:  # noqa: PLR2004 - 5 to 7 million, not 5,000 to 7 million
        low = _times(low, Decimal(str(b.scale))) or low
    if (a.unit is None or not a.listed) and b.unit is not None:
        low = _scaled_as(text, low, b, language)
    if low >= b.value:
        return None
    opening = _OPENING.search(text[: a.core_start])
    start = opening.start() if opening and language != "zh" else a.start
    unit = b.unit or (a.unit if a.listed else None)
    return replace(
        b, start=start, core_start=a.core_start, value=None, low=low, high=b.value, bound="between", unit=unit
    )


def _scaled_as(text: str, low: Decimal, b: Figure, language: str) -> Decimal:
    """The lower end in the unit of the upper: 5 to 7 kg."""
    hit = unit_at(text, lower(text), language, _skip(text, b.core_end, language))
    if hit is None or hit.kind != "units" or b.end == b.core_end:
        return low
    return _times(low, Decimal(str(hit.row["factor"])) * unit_of(hit.row["unit"]).factor) or low


def _two(word: str, text: str, hits: Hits, a: Figure, b: Figure) -> bool:
    """Whether what joins two numbers is no range: the ends of a change, or two things side by side."""
    head = text[max(0, a.core_start - 24) : a.core_start]
    if word in ("or", "или"):  # three or four; not seven or twelve
        return a.value is None or b.value != a.value + 1 or a.unit is not None
    if word in ("and", "и"):
        return _AMONG.search(head) is None
    if word in ("-", "–", "—", "－", "~", "～"):
        return b.unit is None and a.unit is None and not (a.scaled or b.scaled) and bool(re.search(r"\d\s*$", head))
    if a.unit is None and b.unit is not None and b.unit.family == _SHARE and _LED_UP.search(head) is None:
        return False  # rose 20 to 25 percent; not: rose by 3, or from 3, to 25 percent
    # rose from 28 to 48, rose by 3 billion to 13 billion, rose 3 percent to 79.4 percent, doubled from 25 to 50
    said = (hits.before(kind, a.core_start, within=_CLAUSE) for kind in _CHANGES)
    return any(c is not None and _BREAK.search(text, c.end, a.core_start) is None for c in said)


def _shared(text: str, language: str, found: list[Figure]) -> list[Figure]:
    """A number beside one with a unit takes it: 280 million and 220 million dollars, from 17.7 to 24.1 percent.

    Behind a bare comma a percentage may be of the number before it: 8,730, 12.5 percent more. It is lent only down a
    list that ends with "and", and to no number that is too large for one.
    """
    kept = list(found)
    for i in range(len(kept) - 2, -1, -1):
        a, b = kept[i], kept[i + 1]
        gap = text[a.core_end : b.core_start]
        ends = (_JOIN[language].fullmatch(gap) or _MOVED_TO.fullmatch(gap)) and _FROM.search(text[: a.core_start])
        if ends and _of_its_scale(a, b):
            a = kept[i] = replace(a, value=_times(a.value, Decimal(str(b.scale))), scaled=True, scale=b.scale)
        beside = ends or SIDE.fullmatch(text[a.core_end : b.start]) is not None
        bare = text[a.core_end : b.start].strip() in _COMMAS
        if (
            beside
            and a.form == b.form == "digits"
            and a.unit is None
            and b.unit is not None
            and b.listed
            and a.bound is None
            and not (b.unit.family in _RELATIVE and (_is_level(a) or (bare and found[i + 1].unit is not None)))
        ):
            kept[i] = replace(a, unit=b.unit)
    return kept


def _of_its_scale(a: Figure, b: Figure) -> bool:
    """Whether the first end of a change is printed without the scale behind the last: from 28 to 48 million.

    Left as printed is what is no less than the scale (from 3,000 to 250 thousand), or would then be far from the other.
    """
    if not (a.form == b.form == "digits" and b.scaled and a.value and b.value) or a.scaled or a.bound or not a.listed:
        return False
    scale = Decimal(str(b.scale))
    low, high = sorted((a.value * scale, b.value))
    same = a.unit is None or b.unit is None or a.unit == b.unit
    return same and a.value < scale and 0 < high <= _APART * low


def _is_level(one: Figure) -> bool:
    """Whether a number is too large for a percentage."""
    return one.scaled or (one.value is not None and one.value >= _MOST_PERCENT)


def _with_bound(text: str, small: str, hits: Hits, language: str, one: Figure) -> Figure:
    if one.bound == "between":
        return one
    at = one.start
    if language == "ru":
        at = len(re.sub(r"\s(?:в|на)\s$", " ", text[:at]))  # почти в три раза, более чем на 2 млрд
    before = hits.before("bounds", at, within=1)
    if before is not None and before.row["place"] == "before" and not _result(text, before, hits):
        earlier = hits.before("bounds", before.start, within=1)  # not more than about
        doubled = earlier is not None and earlier.row["place"] == "before" and language != "zh"
        outer = earlier if earlier is not None and doubled and not _of_its_verb(text, earlier) else before
        return _bounded(replace(one, start=outer.start), outer.row["bound"])
    for position in dict.fromkeys((one.core_end, one.end)):
        for hit in _bounds_behind(text, small, language, position):
            return _bounded(replace(one, end=max(one.end, hit.end)), hit.row["bound"])
    return one


def _bounded(one: Figure, bound: str) -> Figure:
    if bound == "exact":
        return one
    low = one.value if bound in ("over", "at_least") else None
    high = one.value if bound in ("nearly", "up_to") else None
    return replace(one, bound=bound, low=low, high=high)


def _of_its_verb(text: str, bound: Hit) -> bool:
    """Whether a word of a bound only belongs to the verb before it: turned over 18 million, adds up to 18 million."""
    return led(text, bound.start, f"verb_{bound.row['word'].replace(' ', '_')}", 1)


def _result(text: str, bound: Hit, hits: Hits) -> bool:
    """Whether "до" or "up to" gives the result of a change and no bound: вырос на 5% до 12 тыс."""
    if _of_its_verb(text, bound):
        return True
    if bound.row["word"] == "up to":
        return re.search(r"(?:%|percent|per cent)\s?$", text[: bound.start]) is not None
    if bound.row["word"] != "до":
        return False
    if re.search(r"%,?\s\(?$", text[: bound.start]):
        return True  # выросло на 7,1%, до 4,3 млн
    change = hits.before("changes.change", bound.start, within=_CLAUSE)
    return change is not None and _BREAK.search(text, change.end, bound.start) is None


def _with_rate(text: str, small: str, hits: Hits, language: str, one: Figure) -> Figure:
    """What the figure is per: a day, or a unit as of a price: 80 dollars a barrel, 1200元/吨, 550 trucks a day."""
    if one.form in ("multiple", "fraction", "article") or (one.unit is not None and one.unit.family in _RELATIVE):
        return one
    sign = _PER.match(text, one.end)
    if sign is not None and sign.end() > one.end:
        hit = unit_at(text, small, language, sign.end())
        other = hit is not None and hit.kind == "units" and (one.unit is None or _rate(hit) != one.unit.name)
        if hit is not None and other and _rate(hit) is not None and not _WHEN.match(text, hit.end):
            return _per(one, hit)
    for hit in _rates(hits, text, one):
        return replace(one, per=hit.row["value"], end=hit.end if 0 <= hit.start - one.end <= 1 else one.end)
    return one


def _per(one: Figure, hit: Hit) -> Figure:
    """The figure as a rate, in the base unit of what it is per: 35 dollars a kilogram are 35,000 a tonne."""
    unit = unit_of(hit.row["unit"])
    factor = Decimal(1) if unit.family.startswith("time:") else Decimal(str(hit.row["factor"])) * unit.factor
    value, low, high = (_times(v, 1 / factor) for v in (one.value, one.low, one.high))
    return replace(one, end=hit.end, per=_rate(hit), value=value, low=low, high=high)


def _rate(hit: Hit) -> str | None:
    """What a rate is per: a stretch of time in the singular, else the unit; nothing is per a currency."""
    base = hit.row["unit"]
    if is_money(base):
        return None
    unit = unit_of(base)
    return str(base).removesuffix("s") if unit.family.startswith("time:") else unit.name


def _rates(hits: Hits, text: str, one: Figure) -> Iterator[Hit]:
    for hit in hits.of("signals.per"):
        if _WHEN.match(text, hit.end):
            continue
        if 0 <= hit.start - one.end <= 1 or (one.start <= hit.start and hit.end <= one.end):
            yield hit
        elif 0 <= one.start - hit.end <= _CLOSE:
            between = text[hit.end : one.start]
            if not re.search(r"\d", between) and not _BREAK.search(between):
                yield hit
