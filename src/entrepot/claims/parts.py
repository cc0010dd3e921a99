"""Figures of a part only: of private enterprises, of one good's exports, of "these two commodities"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.claims.cues import cue

if TYPE_CHECKING:
    from entrepot.claims.context import Context
    from entrepot.claims.lexicon import Hit
    from entrepot.claims.sentence import Sentence

_NEAR_SHARE = 40  # characters between "accounting for" and its percentage
_NAMED = ("place", "country", "region", "pair", "scope")
# The good after "exports of", up to a verb, a figure or the end of the clause.
_OF_GOOD = re.compile(
    r"\s(?:value |volumes? )?of (?:its |their |the )?(?P<good>[A-Za-z][\w\-“”\"]*"
    r"(?:,? (?:and )?(?!(?:in|to|from|at|this|last|was|were|has|had|have|via|by|on|for|with|rose|grew|up|down|also|that"
    r"|which|totall?ed|reached|amounted|stood|hit|increased|decreased|jumped|surged|soared|fell|came|accounted"
    r"|exceeded|topped|climbed|expanded|dropped|declined|recorded|valued|worth)\b)[A-Za-z“\"][\w\-”\"]*){0,7})"
)
_CURRENCY = re.compile(r"(?:US|U\.S\.|RMB|CNY|USD|Rs)\s?[$¥€.]?\s?\d", re.IGNORECASE)
_ANY_GOOD = re.compile(
    r"^(?:all |total |these )?(?:goods|products|commodities|merchandise|cargo|freight)\b", re.IGNORECASE
)


def part(sentence: Sentence, quantity: str, at: tuple[int, int], known: Context) -> str:
    """The part of a region or of its trade that a figure is of, in the words of the text; empty: the whole."""
    names = sentence.hits.of("names")
    hit = _scope(sentence, names, at)
    if hit is not None:
        return sentence.text[hit.start : hit.end]
    if known.part and not any(h.row["kind"] in _NAMED for h in names):
        return known.part
    if quantity.startswith("flows.") and "xinjiang" in {known.home, *(h.row["id"] for h in names)}:
        return _good(sentence, at) or next((sentence.text[p.start : p.end] for p in sentence.hits.of("products")), "")
    return _good(sentence, at) if quantity == "trade_value" else ""


def of_total(sentence: Sentence) -> bool:
    """Whether a share of a total is said in the sentence: its other figures then are of the part, not of the total."""
    shares = [f for f in sentence.figures if f.unit == "percent"]
    said = sentence.hits.of("signals.share")
    return any(0 <= f.start - h.end <= _NEAR_SHARE for f in shares for h in said)


def _scope(sentence: Sentence, names: list[Hit], at: tuple[int, int]) -> Hit | None:
    """A part of a region or of its trade (private enterprises, southern Xinjiang) that the figure is of."""
    before = [h for h in names if h.row["kind"] in ("scope", "place") and h.end <= at[0] and h.row["id"] != "xinjiang"]
    if before and all(h.row["kind"] == "scope" for h in before):  # a crossing that lies in a prefecture is itself
        return before[-1]
    after = [h for h in names if h.row["kind"] == "scope" and h.start >= at[1]]
    close = after and not before and sentence.apart(at, (after[0].start, after[0].end))[1] == 0
    return after[0] if close else None


def _good(sentence: Sentence, at: tuple[int, int]) -> str:
    """The good whose exports or imports a sum or a growth is of: exports of electric vehicles rose by 12 percent."""
    these = cue("these_goods").search(sentence.text, 0, at[0])
    if these is not None:
        return these[0]
    flows = [h for h in sentence.hits.of("words") if h.row["direction"] in ("export", "import") and h.end <= at[0]]
    for hit in reversed(flows):
        named = _OF_GOOD.match(sentence.text, hit.end - (len(" of") if hit.row["word"].endswith(" of") else 0))
        countries = [
            h for h in sentence.hits.of("names") if named and named.start("good") <= h.start < named.end("good")
        ]
        if named and _CURRENCY.match(sentence.text, named.start("good")):
            return ""
        if named and not countries and not _ANY_GOOD.match(named["good"]):
            return named["good"]
    return ""
