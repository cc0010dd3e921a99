"""Units beside numbers, bounds around them, and ranges of two numbers."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from entrepot.claims.by_how_much import by_how_much
from entrepot.claims.lexicon import lexicon, lower
from entrepot.claims.wordlists import rows

if TYPE_CHECKING:
    from entrepot.claims.figures import Figure
    from entrepot.claims.lexicon import Hit, Hits
    from entrepot.core.tables.packaged import Row

# All currencies of units.csv: a word of money that is not there makes a figure without a unit.
MONEY = frozenset({"USD", "CNY", "PKR", "EUR", "KZT", "GBP"})
_GAP = 3  # words between a number and what it counts: 33 more Chinese textile companies
_WORD = re.compile(r"[\s]{1,2}([^\W\d_][\w'’\-]*)")
# Words over which a number's noun is not looked for.
_STOP = frozenset(r["word"] for r in rows("stops") if r["use"] == "gap")
# Of these a number of that language may be followed by the word "more" or "other" before its noun.
_MORE = frozenset({"more", "other", "new", "additional"})
_HAN = "⺀"  # from here on characters are written without spaces
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b|-(?:й|го|м|е|ый|ая)\b")
_PAIRED = re.compile(
    r"[\s]{1,2}\([A-Z][A-Za-z ]{2,20}\)|[\s]{1,2}(?:inbound and outbound|outbound and inbound|incoming and outgoing"
    r"|entry and exit|import and export)\b"
)
# "80 train routes": the noun counted stands after the one of the unit.
_COMPOUND = re.compile(
    r"\s(?:transport |freight |transit )?(?:routes?|lines?|operators?|drivers?|stations?|manufacturers?"
    r"|tickets?|schedules?|companies|makers?)\b"
)
# Units whose word also begins a compound: 80 train routes are no trains.
_CARRIERS = frozenset({"trains", "vehicles", "containers", "wagons"})
_JOIN = {
    "en": re.compile(r"\s?(?:to|and|or|-|–|—)\s?"),
    "ru": re.compile(r"\s?(?:до|и|-|–|—)\s?"),
    "zh": re.compile(r"(?:至|到|-|–|—|~|～)"),
}


def with_units(text: str, hits: Hits, language: str, figures: list[Figure]) -> list[Figure]:
    """The figures with their units, bounds and ranges; `figures` as `numbers.cores` gives them."""
    small = lower(text)
    dressed = [f for f in (_unit(text, small, hits, language, f) for f in figures) if not _within_word(text, f)]
    return [_bound(text, small, hits, language, f) for f in _ranges(text, hits, language, dressed)]


def _within_word(text: str, figure: Figure) -> bool:
    """Whether letters that are no unit follow without a space: 11pm, 40ft; such digits are part of a word."""
    after = text[figure.end : figure.end + 1]
    inside = text[figure.end - 1].isalnum() and after.isalpha() and after < _HAN
    return inside and figure.form == "digits" and _ORDINAL.match(text, figure.core_end) is None


def _unit(text: str, small: str, hits: Hits, language: str, figure: Figure) -> Figure:
    if figure.unit or figure.form in ("multiple", "vague"):
        return figure
    head = hits.before("units", figure.core_start, within=1)
    currency = head is not None and head.row["place"] != "after" and head.row["unit"] in MONEY
    if currency:
        assert head is not None
        figure = replace(figure, start=head.start, core_start=head.start, unit=head.row["unit"])
        return replace(figure, end=_repeated(text, small, language, figure))
    ordinal = _ORDINAL.match(text, figure.core_end)  # the 7,000th train
    hit, near = _after(text, small, language, ordinal.end() if ordinal else figure.core_end)
    if hit is None:
        return figure
    if hit.kind in ("numbers.times_as", "numbers.times"):
        reason = "ambiguous_multiple" if hit.kind == "numbers.times" else ""
        return replace(figure, end=hit.end, core_end=hit.end, form="times", unit="percent", reason=reason)
    if hit.row["word"] == "trips" and any(n.row["kind"] == "trains" for n in hits.of("names")):
        return replace(figure, end=hit.end, unit="trains", near=near)
    factor = hit.row["factor"]
    value = None if figure.value is None else figure.value * factor
    return replace(figure, end=hit.end, value=value, unit=hit.row["unit"], near=near)


def _repeated(text: str, small: str, language: str, figure: Figure) -> int:
    """The end of the figure, with a currency said twice: RMB 5 billion yuan."""
    hit, near = _after(text, small, language, figure.core_end)
    again = hit is not None and near and hit.kind == "units" and hit.row["unit"] == figure.unit
    return hit.end if again and hit is not None else figure.end


def _after(text: str, small: str, language: str, position: int) -> tuple[Hit | None, bool]:
    """The unit after a number, and whether it is the next word."""
    position = _skip(text, position, language)
    hit = _unit_at(text, small, language, position)
    if hit is not None:
        return (None, False) if _compound(text, hit) else (hit, True)
    if language == "zh":
        return None, False
    end = position if position and text[position - 1 : position] != " " else position - 1
    for _ in range(_GAP + 1):
        pair = _PAIRED.match(text, end)
        end = pair.end() if pair else end
        word = _WORD.match(text, end)
        if word is None or (word[1].lower() in _STOP and word[1].lower() not in _MORE):
            return None, False
        hit = _unit_at(text, small, language, word.start(1))
        if hit is not None and hit.row.get("place") != "before" and hit.kind == "units":
            return (None, False) if _compound(text, hit) else (hit, False)
        end = word.end()
    return None, False


def _compound(text: str, hit: Hit) -> bool:
    return hit.row.get("unit") in _CARRIERS and _COMPOUND.match(text, hit.end) is not None


def _skip(text: str, position: int, language: str) -> int:
    while position < len(text) and text[position] in " \u00a0\u202f\u2009-" and language != "zh":
        position += 1
        if position < len(text) and text[position] in " \u00a0":
            continue
        break
    if language == "zh":
        while text[position : position + 1] and text[position] in " 多余个":
            position += 1
        if text[position - 1 : position] == "个" and position:
            position -= 1
    return position


def _unit_at(text: str, small: str, language: str, position: int) -> Hit | None:
    best: Hit | None = None
    for hit in lexicon(language).at(text, small, position):
        fits = (hit.kind == "units" and hit.row["place"] != "before") or hit.kind.startswith("numbers.times")
        if fits and (best is None or hit.end > best.end):
            best = hit
    if best is None and language == "zh" and text[position : position + 1] == "个":
        return _unit_at(text, small, language, position + 1)
    return _multiple_of(text, position) if best is None and language == "zh" else best


def _multiple_of(text: str, position: int) -> Hit | None:
    from entrepot.claims.lexicon import Hit

    if text[position : position + 1] == "倍":
        return Hit(position, position + 1, "numbers.times_as", {"word": "倍", "value": "1"})
    return None


def _ranges(text: str, hits: Hits, language: str, figures: list[Figure]) -> list[Figure]:
    """Two numbers joined by a word of range are one figure, the scale and unit of the second holding for both."""
    found: list[Figure] = []
    for figure in figures:
        last = found[-1] if found else None
        joined = _joined(text, hits, language, last, figure) if last is not None else None
        if joined is not None:
            found[-1] = joined
        else:
            found.append(figure)
    return found


def _joined(text: str, hits: Hits, language: str, a: Figure | None, b: Figure) -> Figure | None:
    if a is None or a.value is None or b.value is None or a.high is not None or b.form not in ("digits", "words"):
        return None
    join = text[a.core_end : b.core_start] if not a.unit or not a.near else text[max(a.core_end, a.end) : b.core_start]
    beside = _JOIN[language].fullmatch(join)
    if beside is None or (a.unit and b.unit and a.unit != b.unit) or not b.unit:
        return None
    if _no_range(join.strip(), text, hits, a):
        return None
    low = a.value * (b.scale if not a.scaled else 1.0)
    if not a.unit:
        low *= _factor(text, b, language)
    if low >= b.value:
        return None
    opening = re.search(r"(?:between|from|от|между)\s$", text[: a.core_start], re.IGNORECASE)
    start = opening.start() if opening else a.start
    return replace(b, start=start, core_start=a.core_start, value=low, high=b.value, bound="between")


def _no_range(word: str, text: str, hits: Hits, a: Figure) -> bool:
    """Whether what joins two numbers is no range: the ends of a change, or two things side by side."""
    before = lower(text[max(0, a.core_start - 24) : a.core_start]).rstrip()
    if word in ("and", "и"):
        return not before.endswith(("between", "между", "от"))
    if word in ("至", "到"):
        return before.endswith(("从", "由"))  # where something began and where it led: 从2000亿元到5000亿元
    if word not in ("to", "до"):
        return False
    begins = before.endswith(("from", "с"))
    if begins and hits.before("changes.change", a.core_start, within=70):
        return True  # to increase capacity from 28 to 48 million tons
    bound = hits.before("bounds", a.core_start, within=1)
    if a.unit and by_how_much(text, hits, bound.start if bound is not None else a.core_start):
        return True  # rose by nearly 3 billion yuan to 435 billion yuan
    changed = hits.before("changes.change", a.core_start, within=8) is not None
    # rose by one million tons to 13.7 million tons, rose 3 percent to 79.4 percent
    return changed and (bool(a.unit) or begins or before.endswith(("by", "на")))


def _factor(text: str, figure: Figure, language: str) -> float:
    """What the unit of the figure multiplies by: a day of 24 hours holds for both ends of a range."""
    hit, _ = _after(text, lower(text), language, figure.core_end)
    return hit.row["factor"] if hit is not None and hit.kind == "units" and figure.core_end != figure.end else 1.0


def _bound(text: str, small: str, hits: Hits, language: str, figure: Figure) -> Figure:
    if figure.bound == "between":
        return figure
    before = hits.before("bounds", figure.start, within=0 if language == "zh" else 1)
    if before is not None and before.row["place"] == "before" and not _result(text, before, hits):
        start = before.start
        earlier = hits.before("bounds", start, within=1)  # not more than about
        bound = before.row["bound"]
        if earlier is not None and earlier.row["place"] == "before" and language != "zh":
            start, bound = earlier.start, earlier.row["bound"]
        return replace(figure, start=start, bound=bound)
    for position in dict.fromkeys((figure.core_end, figure.end)):
        at = position + (1 if text[position : position + 1] == " " else 0)
        hit = next((h for h in lexicon(language).at(text, small, at) if h.kind == "bounds"), None)
        if hit is not None and hit.row["place"] == "after":
            return replace(figure, end=max(figure.end, hit.end), bound=hit.row["bound"])
    return figure


def _result(text: str, bound: Hit, hits: Hits) -> bool:
    """Whether "до" or "up to" gives the result of a change and no bound: вырос на 5% до 12 тыс., rose 5 % up to 12."""
    if bound.row["word"] == "up to":
        return re.search(r"(?:%|percent|per cent)\s?$", text[: bound.start]) is not None
    if bound.row["word"] != "до":
        return False
    change = hits.before("changes.change", bound.start, within=60)
    return change is not None and not re.search(r";\s|\.\s+[A-ZА-ЯЁ]", text[change.end : bound.start])


@cache
def quantity_rows() -> dict[str, Row]:
    """The rows of quantities.csv by quantity."""
    return {r["quantity"]: r for r in rows("quantities")}
