"""What figures of one sentence lend one another: a level its growth, and figures said respectively."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from entrepot.claims import doubtful, growth, subject, when
from entrepot.claims.cues import cue
from entrepot.claims.draft import Draft

if TYPE_CHECKING:
    from entrepot.claims.lexicon import Hit
    from entrepot.claims.sentence import Sentence

_SHARE_OR_GROWTH = ("percent", "percentage_points")
_KEPT = (
    "subject_kind", "subject", "where", "partner", "product", "mode", "direction", "quantity", "per", "status",
    "period_start", "period_end", "period_basis", "note",
)  # fmt: skip
# From a growth to the level it led to: "grew 5 percent year on year to 12 million", 增长5%，达到1200万吨.
_LED = re.compile(
    r"[,，]?\s?(?:(?:year[- ]on[- ]year|yoy|from a year earlier|from the previous year"
    r"|compared (?:with|to) [^,;]{0,60}?|against [^,;]{0,40}?|к уровню [^,;]{0,30}?"
    r"|по сравнению с [^,;]{0,60}?|in [^,;]{0,30}?)[,]?\s?)?"
    r"(?:to(?: reach| hit| a record(?: high)?(?: of)?| some)?|reaching(?: a record)?|hitting|totall?ing|up to"
    r"|amounting to|и (?:составил|достиг)\w*|до|составив|достигнув|[，,]?(?:达到?|增至|至))\s?$",
    re.IGNORECASE,
)
_LIST = re.compile(r"\s?(?:,|，|、|and|, and|и|和|及|与)\s?")


def grown(sentence: Sentence, found: list[Draft]) -> list[Draft]:
    """Growth figures beside a level, with no other word of a quantity or name between: of that level."""
    out: list[Draft] = []
    for number, draft in enumerate(found):
        level = _led_to(sentence, draft, found[number + 1 :]) or _of_level(sentence, draft, out)
        out.append(_as_growth(sentence, draft, level) if level is not None else draft)
    return out


def _is_growth(sentence: Sentence, draft: Draft) -> bool:
    figure = draft.figure
    if figure is not None and (doubtful.compared(sentence, figure) or doubtful.other_thing(sentence, figure)):
        return False
    if figure is None or figure.value is None or figure.unit not in _SHARE_OR_GROWTH:
        return figure is not None and figure.form == "multiple"
    return figure.form not in ("times", "fraction") and growth.is_growth(sentence, figure)


def _is_level(draft: Draft) -> bool:
    return (
        draft.figure is not None
        and bool(draft.get("quantity"))
        and draft.get("unit") not in _SHARE_OR_GROWTH
        and draft.figure.form not in ("times", "fraction", "multiple")
        and draft.get("comparison") != "conversion"
        and not (draft.used is not None and draft.used.base)
    )


def _led_to(sentence: Sentence, draft: Draft, after: list[Draft]) -> Draft | None:
    following = next((d for d in after if d.figure is not None), None)
    if following is None or not _is_level(following) or not _is_growth(sentence, draft):
        return None
    return following if _LED.fullmatch(sentence.text[draft.end : following.start]) else None


def _of_level(sentence: Sentence, draft: Draft, before: list[Draft]) -> Draft | None:
    levels = [d for d in before if d.figure is not None and _is_level(d)]
    levels = [d for d in levels if d.figure is None or not when.held_year_before(sentence, d.figure)]
    last = levels[-1] if levels else None
    if last is None or last.figure is None or not _is_growth(sentence, draft):
        return None
    if ";" in sentence.text[last.end : draft.start] or "；" in sentence.text[last.end : draft.start]:
        return None
    # What stands in the level's own clause belongs to it: 512 trains passed through Bakhty, up 5 percent.
    breaks = [b for b in sentence.breaks if last.end <= b < draft.start]
    if _between(sentence, breaks[-1] if breaks else last.end, draft.start) or _between(
        sentence, draft.end, _clause_end(sentence, draft.end)
    ):
        return None
    return last


def _between(sentence: Sentence, start: int, end: int) -> list[Hit]:
    """The words of quantities and the names of subjects that begin between two offsets, those in figures aside."""
    spans = [(f.start, f.end) for f in sentence.figures]
    hits = [h for h in sentence.hits.of("words") if h.row["quantity"] != "mode"]
    hits += [h for h in sentence.hits.of("names") if h.row["kind"] in ("place", "country", "region", "scope", "pair")]
    return [h for h in hits if start <= h.start < end and not any(a <= h.start < b for a, b in spans)]


def _clause_end(sentence: Sentence, start: int) -> int:
    return next((b for b in sentence.breaks if b >= start), len(sentence.text))


def _as_growth(sentence: Sentence, draft: Draft, level: Draft) -> Draft:
    """The growth with what its level is of; a period of its own stays where one is said beside it."""
    figure = draft.figure
    assert figure is not None
    fields = {k: level.get(k) for k in _KEPT}
    own = [d for d in sentence.dates if not d.base and level.end <= d.start < draft.start and d.days != (None, None)]
    if own and own[-1].kind in ("range", "year", "month", "since"):
        start, end, basis = when.shown(own[-1])
        fields |= {"period_start": start, "period_end": end, "period_basis": basis}
    read = {"unit": draft.get("unit") or "percent", "bound": figure.bound}
    if draft.get("unread_reason"):
        read |= {"value": growth.signed(sentence, figure), "value_high": figure.high}
    else:
        read |= {"value": draft.get("value"), "value_high": draft.get("value_high")}
    return replace(draft, fields=fields | read, used=level.used)


def paired(sentence: Sentence, found: list[Draft]) -> list[Draft]:
    """Percentages said respectively go in order with the levels or names before them; else they are unread."""
    if not cue("respectively").search(sentence.text):
        return found
    runs = _runs(sentence, found)
    out = {id(d): d for d in found}
    for run in runs:
        partners = _levels(run, found) or _names(sentence, run)
        for number, draft in enumerate(run):
            out[id(draft)] = _with(sentence, draft, partners[number]) if partners else _lost(draft)
    return [out[id(d)] for d in found]


def _runs(sentence: Sentence, found: list[Draft]) -> list[list[Draft]]:
    """Runs of two and more percentages side by side."""
    runs: list[list[Draft]] = []
    for draft in found:
        if draft.figure is None or draft.figure.unit != "percent":
            continue
        last = runs[-1][-1] if runs else None
        if last is not None and _LIST.fullmatch(sentence.text[last.end : draft.start]):
            runs[-1].append(draft)
        else:
            runs.append([draft])
    return [r for r in runs if len(r) > 1]


def _levels(run: list[Draft], found: list[Draft]) -> list[Draft | Hit]:
    levels: list[Draft | Hit] = [d for d in found if _is_level(d) and d.end <= run[0].start]
    return levels if len(levels) == len(run) else []


def _names(sentence: Sentence, run: list[Draft]) -> list[Draft | Hit]:
    """As many places, or countries, as figures, in the order of the text."""
    names = [h for h in sentence.hits.of("names") if h.end <= run[0].start]
    for kind in ("scope", "country", "place"):
        chosen = [h for h in names if h.row["kind"] == kind and h.row["id"] not in ("xinjiang", "china", "CN")]
        if len(chosen) == len(run) and kind != "scope":
            return list(chosen)
        if chosen and kind == "scope":
            return []
    return []


def _with(sentence: Sentence, draft: Draft, of: Draft | Hit) -> Draft:
    if isinstance(of, Draft):
        return _as_growth(sentence, replace(draft, fields={**draft.fields}), of)
    if not draft.get("quantity"):
        return draft
    changed: dict[str, Any] = {"subject": of.row["id"]}
    if of.row["kind"] == "country":
        changed = {"partner": subject.partner_of(of.row["id"])}
    return replace(draft, fields=draft.fields | changed)


def _lost(draft: Draft) -> Draft:
    return replace(draft, fields={"unread_reason": "no_subject"})
