"""Dated events without a figure, seasons of a crossing, and what a measure is said to do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from entrepot.claims import gazetteer, subject, when
from entrepot.claims.cues import cue
from entrepot.claims.draft import Draft, unread
from entrepot.claims.wordlists import rows

if TYPE_CHECKING:
    from entrepot.claims.context import Context
    from entrepot.claims.days import Span
    from entrepot.claims.lexicon import Hit
    from entrepot.claims.sentence import Sentence

_SEASON = re.compile(
    r"\ball[- ]year(?:[- ]round)?\b|\byear[- ]round\b|\bthroughout the year\b"
    r"|круглый год|круглогодичн\w*|全年(?:通关|开放|通行|运行|开关)"
    r"|\b(?:closed|shut) (?:during|in|for|from|every|each)[^.;]{0,60}?(?:winter|from \w+ to \w+|between \w+ and \w+)"
    r"[^.,;]{0,40}(?<!\s)(?!\w)"
    r"|\b(?:used to be|usually|normally|traditionally|previously) closed[^.,;]{0,60}(?<!\s)(?!\w)"
    r"|\bopen (?:only )?from \w+ to \w+|冬季(?:闭关|关闭)|закрыт\w* на зиму",
    re.IGNORECASE,
)
_LOOKED_BACK = re.compile(
    r"\b(?:probe|investigat\w+|inquiry|response|reaction|mourn\w*|condemn\w*|after|following|previous|similar|past)\b",
    re.IGNORECASE,
)
_SPOKEN = re.compile(r"\b(?:according to|said|says|announced|reported|release|statement|told|showed)\b", re.IGNORECASE)
_FIRM = re.compile(r"\b[A-Z][\w&.\-]+(?: [A-Z][\w&.\-]+){0,3}")
# A firm is told by its capital alone; so begin countries, peoples and the first word of a sentence too.
_NOT_FIRM = frozenset(r["word"] for r in rows("stops") if r["use"] == "no_firm")
_HAN_FIRM = re.compile(r"[\u4e00-\u9fff]{2,8}(?:集团|公司|汽车)|大众")


def events(sentence: Sentence, context: Context, found: list[Draft]) -> list[Draft]:
    """Events at dates that no figure of the sentence took, effects of measures, seasons."""
    spans = [(d.used.start, d.used.end) for d in found if d.used is not None]
    result = [*_seasons(sentence, context), *_effects(sentence)]
    seasonal = any(d.get("quantity") == "rules.season" for d in result)
    for span in sentence.dates:
        if span.kind == "ambiguous":
            result.append(unread(span.start, span.end, "ambiguous_period"))
        elif span.basis == "inferred" and len(sentence.dates) > 1:
            continue  # closed from 21 January to 3 February for the Spring Festival
        elif (span.start, span.end) not in spans and not span.base and not seasonal:
            draft = _event(sentence, span, context)
            if draft is not None:
                result.append(draft)
            elif _happened(sentence, span):
                result.append(unread(span.start, span.end, "no_subject"))
    return result


def _event(sentence: Sentence, span: Span, context: Context) -> Draft | None:
    if span.days == (None, None) or (span.kind == "day" and when.as_of(sentence, span)):
        return None  # as of a day something is counted, and nothing happens
    kinds = [h for h in sentence.hits.of("events") if not h.row["quantity"].startswith("effect.")]
    for hit in sorted(kinds, key=lambda h: _cost(sentence, span, h)):
        if _of_another(sentence, span, hit):
            continue
        about = _subject(sentence, hit, context)
        if about is not None:
            return Draft(span.start, span.end, _fields(sentence, span, hit, about), None, span)
    return None


def _happened(sentence: Sentence, span: Span) -> bool:
    """Whether a stated day is that of an event which could not be read: it is listed, and not dropped."""
    stated = span.kind == "day" and span.basis == "stated" and not when.as_of(sentence, span)
    kinds = [h for h in sentence.hits.of("events") if not h.row["quantity"].startswith("effect.")]
    return stated and any(not _of_another(sentence, span, hit) for hit in kinds)


def _of_another(sentence: Sentence, span: Span, hit: Hit) -> bool:
    """Whether the day is not the event's: it has a date of its own, is looked back at, or the day is of who speaks."""
    if any(d.start <= hit.start and hit.end <= d.end for d in sentence.dates):
        return True
    back = hit.row["needs"] == "attack" and span.end <= hit.start
    if back and _LOOKED_BACK.search(sentence.text[span.end : hit.start]):
        return True
    clause = max([b for b in sentence.breaks if b < span.start], default=0)
    return (
        span.kind == "weekday"
        and hit.row["needs"] == "place"
        and _SPOKEN.search(sentence.text[clause : span.start]) is not None
    )


def _cost(sentence: Sentence, span: Span, hit: Hit) -> int:
    gap, breaks = sentence.apart((span.start, span.end), (hit.start, hit.end))
    # "to apply" and the like say little beside a verb of the same clause
    return gap + 40 * breaks + (20 if hit.start > span.end and breaks else 0)


def _fields(sentence: Sentence, span: Span, hit: Hit, about: dict[str, Any]) -> dict[str, Any]:
    start, end, basis = when.shown(span)
    if span.kind == "since":  # since a day: the event is of that day
        end, basis = start, "stated" if re.search(r"(?:19|20)\d{2}", sentence.text[span.start : span.end]) else basis
    later = sentence.published is not None and start is not None and start > sentence.published.isoformat()
    said = any(h.row["value"] in ("scheduled", "forecast") for h in sentence.hits.of("signals.status"))
    return about | {
        "quantity": hit.row["quantity"],
        "period_start": start,
        "period_end": end,
        "period_basis": basis,
        "status": "scheduled" if later or (said and sentence.published is None) else "reported",
    }


def _subject(sentence: Sentence, hit: Hit, context: Context) -> dict[str, Any] | None:
    needs, at, names = hit.row["needs"], (hit.start, hit.end), sentence.hits.of("names")
    if needs == "firm":
        return _firm(sentence, names, at)
    if needs == "sanction":
        return _sanction(sentence, names)
    party = [h for h in names if h.row["kind"] == "party"]
    if hit.row["quantity"] == "event.listing" and party:
        return _firm(sentence, names, at)
    if needs == "measure":
        found = subject.find(sentence, "measures.event", at, context)
    elif needs == "attack":
        found = subject.find(sentence, "event.attack", at, context)
    else:
        found = subject.find(sentence, hit.row["quantity"], at, context)
        if found.said or found.id in ("xinjiang", "china"):
            return None
    return {"subject_kind": found.kind, "subject": found.id, "where": found.where} if found.kind else None


def _sanction(sentence: Sentence, names: list[Hit]) -> dict[str, Any] | None:
    if cue("officials").search(sentence.text) is None or not any(h.row["id"] == "xinjiang" for h in names):
        return None
    return {"subject_kind": "measure", "subject": "ofac-xinjiang"}


def _firm(sentence: Sentence, names: list[Hit], at: tuple[int, int]) -> dict[str, Any] | None:
    party = [h for h in names if h.row["kind"] == "party"]
    if party:
        hit = sentence.nearest(at, party)
        assert hit is not None
        return {"subject_kind": "party", "subject": hit.row["id"]}
    known = [(h.start, h.end) for h in names]
    pattern = _HAN_FIRM if sentence.language == "zh" else _FIRM
    taken = [(s.start, s.end) for s in sentence.dates]
    for m in pattern.finditer(sentence.text):
        span = next(((m.start(), m.end()) for a, b in [*known, *taken] if a < m.end() and m.start() < b), None)
        if span is None and m[0].split()[0] not in _NOT_FIRM:
            return {"subject_kind": "outside", "subject": m[0]}
    return None


def undated(sentence: Sentence, firms: set[str]) -> list[Draft]:
    """What else is said of a firm that the report has a dated event of: "by closing its factory"."""
    named = next((f for f in sorted(firms) if f in sentence.text), None)
    kinds = [h for h in sentence.hits.of("events") if h.row["needs"] == "firm"]
    if named is None or not kinds or sentence.dates:
        return []
    hit = kinds[0]
    fields = {"subject_kind": "outside", "subject": named, "quantity": hit.row["quantity"], "period_basis": "none"}
    return [Draft(hit.start, hit.end, fields)]


def _seasons(sentence: Sentence, context: Context) -> list[Draft]:
    m = _SEASON.search(sentence.text)
    if m is None:
        return []
    about = subject.find(sentence, "rules.season", m.span(), context)
    if not about.kind or about.id not in gazetteer.crossings():
        return []
    said: dict[str, Any] = {"quantity": "rules.season", "status": "rule"}
    note = f"Subject: {about.said}." if about.said else None
    fields = said | {"subject_kind": about.kind, "subject": about.id, "note": note}
    since = [d for d in sentence.dates if d.kind == "since" and not m.start() <= d.start < m.end()]
    if since:
        start, end, basis = when.shown(since[0])
        fields |= {"period_start": start, "period_end": end, "period_basis": basis}
    return [Draft(m.start(), m.end(), fields, None, since[0] if since else None)]


def _effects(sentence: Sentence) -> list[Draft]:
    """What a measure is said to do; of measures joined by "and", each is said to do it."""
    named = [h for h in sentence.hits.of("names") if h.row["kind"] in ("measure", "list")]
    measures = [h for h in named if h.row["kind"] == "measure" or cue("a_list").search(h.row["word"])]  # no agency
    kinds = [h for h in sentence.hits.of("events") if h.row["needs"] == "effect"]
    found = []
    for hit in kinds:
        before = [m for m in measures if m.end <= hit.start]
        if not before or any(m.start <= hit.start < m.end for m in measures):
            continue
        chosen = dict.fromkeys(_id(m) for m in _joined(sentence, before))
        for one in chosen:
            fields = {"subject_kind": "measure", "subject": one, "quantity": hit.row["quantity"], "status": "rule"}
            found.append(Draft(hit.start, _end(sentence, hit), fields))
    return found


def _joined(sentence: Sentence, before: list[Hit]) -> list[Hit]:
    """The last measure before the word, with those joined to it."""
    chosen = [before[-1]]
    for one in reversed(before[:-1]):
        between = sentence.text[one.end : chosen[0].start]
        if len(between) > 32 or not re.search(r"\band\b|\bи\b|和|、|\($|（$", between):  # noqa: PLR2004 - "(UFLPA) and EU's"
            break
        chosen.insert(0, one)
    return chosen


def _id(measure: Hit) -> str:
    return "uflpa" if measure.row["kind"] == "list" else measure.row["id"]


def _end(sentence: Sentence, hit: Hit) -> int:
    """The word of effect with the two words after it, which say on what."""
    m = re.match(r"(?:\s[\w’'\-]+){0,2}", sentence.text[hit.end : hit.end + 48])
    return hit.end + (m.end() if m else 0)
