"""Whether a figure is a change (up 12 percent, 增长3亿元) and not a level, and its sign."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from entrepot.claims.mentions.figures import Figure
    from entrepot.claims.text.lexicon import Hit, Hits

# A hyphen or a dash with a blank behind it opens an item of a list, or the half of a sentence: no minus.
_SIGN = re.compile(r"(?:^|[\s(（:：,，])(?:([+−＋])\s?|([\-–]))$")
_BEFORE, _AFTER = 60, 26  # characters between a word of change and its figure
_BREAK = re.compile(r"[;；。:：()（）]|[,，、](?!\d)|\.\s")
_RESULT = re.compile(r"(?:\b(?:to|at|from|reach\w*|totall?\w*|of)|\bдо|\bс|至|到|为|达到?)\s?$", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:почти|около|более|almost|nearly|about|some)\s?(?=$|на\b|by\b)", re.IGNORECASE)
_BY = re.compile(r"(?:\bby|\bна)\s?$", re.IGNORECASE)
_OF_RATE = re.compile(r"(?:\s(?:rate|target|pace)s?)?\sof(?:\s(?:about|around|over|nearly))?$", re.IGNORECASE)
_BESIDE = re.compile(
    r"(?:, )?\s?(?:(?:annual|yearly|year[- ]on[- ]year|yoy|y/y|monthly|real|的|同比|годовой|the) ?){0,2}", re.IGNORECASE
)
_OF_WHOLE = re.compile(r"\s?(?:of|от)\s|\s?的(?:全国|全球|世界)", re.IGNORECASE)
_RELATIVE = ("share", "points", "times")


def change(text: str, hits: Hits, one: Figure, room: tuple[int, int]) -> int:
    """The sign of a change: 1, -1, or 0 where the figure is a level.

    Args:
        text: the sentence.
        hits: its words.
        one: the figure.
        room: where the figure before it ends and the one after it begins; no word is taken from beyond them.
    """
    relative = one.unit is not None and one.unit.family in _RELATIVE
    printed = _SIGN.search(text[max(0, one.core_start - 4) : one.core_start])
    if printed and relative:
        return 1 if (printed[1] or "") in {"+", "＋"} else -1
    if one.form == "multiple":
        before = hits.before("changes.change", one.start, within=_BEFORE)
        return _sign(before) if before is not None and not _BREAK.search(text[before.end : one.start]) else 1
    head = text[: one.start].rstrip()
    if _RESULT.search(text[max(0, one.start - 12) : one.start]) and not _BY.search(head):
        of = _OF_RATE.search(head)
        hit = hits.before("changes.change", of.start(), within=1) if of is not None else None
        return _sign(hit) if hit is not None else 0
    for hit in _candidates(text, hits, one, room, relative=relative):
        return _sign(hit)
    return 0


def _sign(hit: Hit) -> int:
    return -1 if hit.row["value"] == -1 else 1


def _candidates(text: str, hits: Hits, one: Figure, room: tuple[int, int], *, relative: bool) -> list[Hit]:
    found: list[tuple[int, Hit]] = []
    shares, fates = hits.of("signals.share"), hits.of("signals.became")
    for hit in hits.of("changes.change"):
        if one.start <= hit.start and hit.end <= one.end:
            continue
        if any(h.start < hit.end and hit.start < h.end for h in fates):  # gunned down eight
            continue
        if any(h.start < hit.start and hit.end <= h.end for h in shares):  # made up 86 percent of it
            continue
        level = hit.row["amount"] == "none"  # more, ниже: of a change only by so much, or so much more
        if hit.end <= one.start and hit.start >= room[0] and one.start - hit.end <= _BEFORE:
            between = text[hit.end : one.start]
            between = _ABOUT.sub("", between)
            bare = not between.strip() or _BY.search(between.rstrip())
            led = _BY.search(between.rstrip()) is not None if level else relative or bare
            if not _BREAK.search(between) and led and not any(hit.end <= h.start < one.start for h in shares):
                found.append((len(between), hit))
        elif relative and hit.start >= one.end and hit.end <= room[1] and hit.start - one.end <= _AFTER:
            between = text[one.end : hit.start]
            if _BESIDE.fullmatch(between) and not _OF_WHOLE.match(text, one.end):
                found.append((len(between) + 4, hit))
    return [h for _, h in sorted(found, key=lambda p: p[0])]
