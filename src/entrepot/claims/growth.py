"""Whether a percentage is a change, and which way: the word of change beside it, its sign, what it led to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from entrepot.claims.figures import Figure
    from entrepot.claims.lexicon import Hit
    from entrepot.claims.sentence import Sentence

# "Up from 46 percent" gives what was before, not the change.
_FORMER = re.compile(r"(?:\bfrom|(?<![А-яё])с|从|由)\s?$", re.IGNORECASE)
# Characters between a percentage and its word of change: after it, before it, and before it across two breaks.
_AFTER, _BEFORE, _NEAR = 30, 70, 40
OF = re.compile(
    r"\s?(?:of|in) (?:the |all |china|world|global|its|total|xinjiang)"
    r"|\sот (?:обще|всего|всей)|的?(?:全国|全球|世界)|\s(?:of)\s|\s(?:миров|всего|всей|кита)",
    re.IGNORECASE,
)


_BESIDE = re.compile(r"\s?(?:(?:annual|yearly|year[- ]on[- ]year|yoy|y/y|monthly|的|同比|годовой) ?)?", re.IGNORECASE)
_OF_TOTAL = re.compile(r"\s(?:of|от) (?:the |its |\w+['’]s )*(?:total|overall|entire|общ)", re.IGNORECASE)


def is_growth(sentence: Sentence, figure: Figure) -> bool:
    """Whether a percentage is a change: a word of change beside it, and not the result of one."""
    if sign(sentence, figure):
        return True
    if _FORMER.search(sentence.text[: figure.start]) or _OF_TOTAL.match(sentence.text, figure.end):
        return False
    if result_of_change(sentence, figure):
        return False
    hit = change_word(sentence, figure)
    return hit is not None and _goes_with(sentence, figure, hit)


def _goes_with(sentence: Sentence, figure: Figure, hit: Hit) -> bool:
    """Whether a word of change outweighs a word of share beside the same percentage."""
    if hit.end <= figure.start and OF.match(sentence.text, figure.end) and sentence.counted(hit.end, figure.start):
        return False  # surged 98 percent, representing 12.9 percent of the region's trade
    share = sentence.hits.before("signals.share", figure.start, within=24)
    if hit.start >= figure.end and _BESIDE.fullmatch(sentence.text[figure.end : hit.start]):
        return True  # represents a 32 % increase, 437.1 % growth
    if hit.start >= figure.end:
        return share is None and not OF.match(sentence.text, figure.end)
    return share is None or hit.start > share.start


def sign(sentence: Sentence, figure: Figure) -> str:
    """The plus or minus before a percentage in brackets or after a space: (+7.3%), −6 %."""
    m = re.search(r"(?:^|[\s(（])([+\-−–])\s?$", sentence.text[max(0, figure.core_start - 4) : figure.core_start])
    return m[1] if m and figure.unit == "percent" and figure.form == "digits" else ""


def change_word(sentence: Sentence, figure: Figure) -> Hit | None:
    """The word of change that goes with a percentage, before it in its clause or right after it."""
    inside = [h for h in sentence.hits.of("changes.change") if h.end <= figure.core_start or h.start >= figure.core_end]
    near = []
    for hit in inside:
        if figure.start - hit.end > _BEFORE or hit.start - figure.end > _AFTER:
            continue
        gap, breaks = sentence.apart((figure.start, figure.end), (hit.start, hit.end))
        after = hit.start >= figure.end
        bound = figure.start <= hit.start and hit.end <= figure.end  # "more than" in more than 40 percent, 多 in 五成多
        close = gap <= _AFTER and not breaks if after else gap <= _BEFORE and breaks <= 1 + (gap < _NEAR)
        if close and not bound:
            near.append((gap + 30 * breaks + (4 if after else 0), hit))
    return min(near, key=lambda p: p[0])[1] if near else None


def signed(sentence: Sentence, figure: Figure) -> float | None:
    """A change with its sign; a multiple of the base as growth: 2.3 times the base is +130 percent."""
    value = figure.value
    if value is None:
        return None
    hit = change_word(sentence, figure)
    falls = hit is not None and hit.row["value"] == -1
    printed = sign(sentence, figure)
    if printed:
        return value if printed == "+" else -value
    if figure.form == "times":
        if sentence.language == "zh" and hit is not None and not _of_base(sentence, figure):
            return 100 * value * (-1 if falls else 1)
        return 100 * (1 / value - 1 if falls and value else value - 1)
    if figure.form == "multiple":
        return -50.0 if falls and value == 100 else value  # noqa: PLR2004 - сократился вдвое
    return -abs(value) if falls else value


def _of_base(sentence: Sentence, figure: Figure) -> bool:
    """Whether 2.3倍 is said of the base (是去年同期的2.3倍, 增至2.3倍) and not of the growth (增长1.4倍)."""
    return re.search(r"(?:的|至|到|为|达)$", sentence.text[: figure.core_start]) is not None


def result_of_change(sentence: Sentence, figure: Figure) -> bool:
    """Whether the figure is where a change led: "to 91.9 percent", 升至5.4%, до 12%."""
    head = sentence.text[: figure.start].rstrip().lower()
    if sentence.language == "zh":
        return bool(sentence.hits.before("changes.result", figure.start, within=0)) or head.endswith("个百分点至")
    if sentence.language == "ru":
        start = sentence.text[: figure.core_start].rstrip().lower()
        return head.endswith(" до") or (
            start.endswith(" до") and bool(sentence.hits.before("changes.change", figure.start, within=60))
        )
    return head.endswith((" to", " at", " reaching", " reached", " stood at"))
