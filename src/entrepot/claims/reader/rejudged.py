"""A proposed reading put before the rules: what it changes of what is said of a figure, and which verdict that gives.

A reader judges nothing. Its pieces of the text are read by the same lists as all else, the rules are run again, and
their verdict is taken within bounds: see docs/design/13-claims.md, The optional reader.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from entrepot.claims.evidence.case import CONTRADICTS, DIFFERS, Case, Related
from entrepot.claims.evidence.nearest import nearest, scored, worth
from entrepot.claims.evidence.relation import related
from entrepot.claims.evidence.told import otherwise
from entrepot.claims.mentions.mentions import lines, mentions
from entrepot.claims.mentions.sentence import analyse
from entrepot.claims.reader.proposals import FIELDS
from entrepot.claims.text import shared_keys as keys
from entrepot.claims.text.fold import fold
from entrepot.claims.text.lexicon import lexicon
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from entrepot.claims.evidence.nearest import Offer
    from entrepot.claims.evidence.told import Told
    from entrepot.claims.evidence.weigh import Weighed
    from entrepot.claims.indexed.record_index import RecordIndex
    from entrepot.claims.mentions.seen import Seen
    from entrepot.claims.reader.proposals import Piece, Proposal

_OWNERS = FIELDS["subject"][:4]  # a figure has one of them; a country may be the other side of its trade
_KEPT = 6  # rows kept of each figure, as of those that no reader was asked of
_ENGLISH, _FIGURE = "en", "figure"
_DIGITS = re.compile(r"\d[\d.,/\- ]*\d")


def rejudged(weighed: Weighed, proposal: Proposal, index: RecordIndex) -> Weighed:
    """A figure with the verdict that a reading gives it; itself where that may not or does not change it."""
    told, seen, meant = _reread(weighed, proposal)
    worded = index.of_words(told.weights)
    offers = nearest(index, told, seen, worded)
    how = related(Case(index, told, seen, offers, worded=worded))
    before, said = weighed.related, _said(proposal)
    new = replace(weighed, told=told, seen=seen)
    if before is None:
        nothing = how is None and (seen.unread or not weighed.seen.unread)
        return weighed if nothing else _filled(new, offers, how, said, meant=meant)
    if before.verdict == DIFFERS:
        if how is None or how.verdict != CONTRADICTS or meant:
            return weighed  # a difference is not explained away by a reader
        return replace(new, related=replace(how, note=f"{how.note} {said}"))
    if how is not None and how.verdict not in {CONTRADICTS, DIFFERS}:
        return weighed
    if how is None and not scored(index, told, seen, before.offers[0].entry).met.others():
        return weighed  # nothing else is said of it: the rows around it made it sure
    return replace(new, related=Related(before.rule, DIFFERS, before.offers if how is None else how.offers, said))


def _filled(weighed: Weighed, offers: Sequence[Offer], how: Related | None, said: str, *, meant: bool) -> Weighed:
    """A figure of which nothing was sure, as the rules judge it now; a contradiction needs words that lists know."""
    if how is not None:
        verdict = DIFFERS if how.verdict == CONTRADICTS and meant else how.verdict
        how = replace(how, verdict=verdict, note=f"{how.note} {said}")
    shown = tuple(o for o in offers if worth(o))[:_KEPT]
    return replace(weighed, offers=shown, related=how)


def _said(proposal: Proposal) -> str:
    read = ", ".join(
        f"{name} “{piece.text}”" + (f" ({piece.means})" if piece.means else "")
        for name, piece in proposal.pieces.items()
    )
    return tr("By the reader: {read}. Look.", read=read or proposal.written)


def _reread(weighed: Weighed, proposal: Proposal) -> tuple[Told, Seen, bool]:
    """What is said of a figure, itself, and whether something rests on the reader's word.

    That is what a piece means whose words the lists do not know, or in which notation a figure is written.
    """
    told, meant = weighed.told, False
    period, owner = None, ""
    more: set[str] = set()
    gone: set[str] = set()
    for name, piece in proposal.pieces.items():
        if name == "period":
            period, by_meaning = _period(told, proposal)
        else:
            found, by_meaning = _keys(told, name, piece)
            if name == "direction" and (own := told.named("dir", own=True)) and not found & own:
                continue  # the clause says which way: of words that the lists know a reader knows no better
            more |= found
            sorts = {n.partition(":")[0] for n in found} - {"w"}
            if name == "subject" and sorts & set(_OWNERS):
                sorts |= set(_OWNERS)
                owner = min((n for n in found if n.startswith(("at:", "law:", "who:"))), default="")
            gone |= {n for n in told.weights.keys() | told.inside if n.partition(":")[0] in sorts}
        meant |= by_meaning
    new = otherwise(told, frozenset(gone - more), frozenset(more), period, owner)
    seen = _written(weighed, proposal.written)
    return new, seen, meant or seen != weighed.seen


def _keys(told: Told, name: str, piece: Piece) -> tuple[set[str], bool]:
    """The keys of a piece of the text of the sorts that its field has; else of its meaning, which is then said."""
    sentence, text = told.line.sentence, fold(piece.text).text
    places = [m.span() for m in re.finditer(re.escape(text), sentence.text)]
    found = {k.name for k in told.line.found for start, end in places if start <= k.start and k.end <= end}
    if found := _of(name, found | _scanned(text, sentence.language)):
        return found, False
    found = _of(name, _scanned(piece.means, _ENGLISH))
    return found, bool(found)


def _of(name: str, found: set[str]) -> set[str]:
    """Those of the sorts of a field; stems of words alone say nothing of it."""
    kept = {n for n in found if n.partition(":")[0] in FIELDS[name]}
    return kept if any(not n.startswith("w:") for n in kept) else set()


def _scanned(text: str, language: str) -> set[str]:
    return {k.name for k in (*keys.of_hits(lexicon(language).scan(text)), *keys.of_words(text))}


def _period(told: Told, proposal: Proposal) -> tuple[tuple[date, date] | None, bool]:
    """The days of a period, of its piece or else of its meaning; whose fiscal year it is the words around it say."""
    sentence, whose = told.line.sentence, proposal.pieces.get("subject")
    piece, around = proposal.pieces["period"], "" if whose is None else f" {whose.text} {whose.means}"
    for text, language, by_meaning in ((piece.text, sentence.language, False), (piece.means, _ENGLISH, True)):
        read = mentions(f"{text}; {sentence.text}{around}", language, published=sentence.published) if text else ()
        for one in read:
            if one.end <= len(text) and one.kind == "date" and one.first and one.last and one.basis != "none":
                return (one.first, one.last), by_meaning
    return None, False


def _written(weighed: Weighed, written: str) -> Seen:
    """A figure or date that could be read in two ways, read in the one that is proposed."""
    seen, sentence = weighed.seen, weighed.told.line.sentence
    if not written or not seen.unread:
        return seen
    printed = sentence.text[seen.start : seen.end]
    # Four decimals are no thousands in any notation.
    plain = f"{written}0" if seen.kind == _FIGURE and "." in written else written
    text = sentence.text[: seen.start] + _DIGITS.sub(plain, printed, count=1) + sentence.text[seen.end :]
    read = next(lines(text, sentence.language, published=sentence.published), None)
    again = analyse(text, sentence.language, sentence.published, read.mentions).seen if read else ()
    found = next((s for s in again if s.start == seen.start and s.kind == seen.kind and not s.unread), None)
    return seen if found is None else replace(found, end=seen.end)
