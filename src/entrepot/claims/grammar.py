"""From a sentence's figures to claims: each figure is bound to quantity, subject, period and comparison."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from entrepot.claims import direction, elliptic, growth, linked, quantity, subject, when
from entrepot.claims.counted import Counted
from entrepot.claims.draft import Draft, unread
from entrepot.claims.units import MONEY

if TYPE_CHECKING:
    from entrepot.claims.context import Context
    from entrepot.claims.figures import Figure
    from entrepot.claims.lexicon import Hit
    from entrepot.claims.sentence import Sentence

_LINK = re.compile(
    r"(?:up from|down from|compared (?:with|to)|against|versus|from"
    r"|по сравнению с|против|с|上年同期的?|去年同期的?|此前的?|从|由)\s?$",
    re.IGNORECASE,
)
_CONVERSION = re.compile(
    r"\s?(?:[,，]?\s?(?:or|или|折合|合|约合|equivalent to|that is)\s?(?:about"
    r"|some|around|около|примерно|约|nearly|roughly)?\s?|[（(/]\s?(?:about"
    r"|some|around|approximately|roughly|nearly|or|около|примерно|порядка"
    r"|折合|约合|约|合|equivalent to)?\s?)",
    re.IGNORECASE,
)
_NOT_LARGEST = re.compile(
    r"\s(?:land |dry |inland |railway |border )?(?:port|trading partner"
    r"|trade partner|city|producer|exporter|importer|market|economy"
    r"|crossing|logistics|hub|source|supplier|buyer|investor)",
    re.IGNORECASE,
)

# A sum beside these is worth of these alone, and would be held against the value of all that was stopped.
_PARTS_OF_STOPPED = frozenset({"shipments_denied", "shipments_released"})


def drafts(sentence: Sentence, context: Context) -> list[Draft]:
    """The claims of the sentence's figures, read and unread, in order."""
    found: list[Draft] = []
    for figure in sentence.figures:
        draft = _linked(sentence, figure, found) or _own(sentence, figure, context, found)
        if draft is not None:
            found.append(draft)
    found = linked.paired(sentence, linked.grown(sentence, found))
    return [_compared(sentence, d, found) for d in found]


def _own(sentence: Sentence, figure: Figure, context: Context, found: list[Draft]) -> Draft | None:
    if figure.reason and figure.form in ("vague", "digits"):
        return unread(figure.start, figure.end, figure.reason)
    counted = elliptic.meant(quantity.counted(sentence, figure), context)
    if figure.form == "zero" and not counted.quantity.startswith("chinese_"):
        return None
    if figure.reason == "ambiguous_multiple":
        return unread(figure.start, figure.end, figure.reason) if growth.change_word(sentence, figure) else None
    if figure.unit in MONEY and counted.quantity in ("", "trade_value") and subject.is_stops(sentence):
        counted = Counted("shipments_value")  # a sum beside stopped shipments is their value
        if any(d.get("quantity") in _PARTS_OF_STOPPED for d in found[-1:]):
            counted = Counted(reason="no_quantity")  # of those denied the record has no sum
    level = next((d for d in reversed(found) if d.figure is not None and d.get("quantity")), None)
    if counted.growth and not counted.quantity and level is not None:
        counted = Counted(level.get("quantity"), growth=True)  # 6.1 million tonnes, 3 % less
    same = elliptic.quantity(sentence, figure, counted, context)
    if same:
        counted = Counted(same, growth=counted.growth)
    if counted.reason or not counted.quantity:
        return _missing(sentence, figure, counted)
    about = elliptic.subject(sentence, context) if same else None
    about = about or subject.find(sentence, counted.quantity, (figure.start, figure.end), context)
    direction_before = elliptic.direction(sentence, context) if same else None
    if not about.kind:
        return unread(figure.start, figure.end, "no_subject", figure) if _listed(sentence, figure) else None
    fields: dict[str, Any] = {
        "subject_kind": about.kind,
        "subject": about.id,
        "where": about.where,
        "partner": about.partner,
        "note": " ".join(filter(None, (elliptic.NOTE if same else "", f"Subject: {about.said}." if about.said else "")))
        or None,
    }
    draft = _draft(sentence, figure, counted, fields, context.home)
    return replace(draft, fields=draft.fields | {"direction": direction_before}) if direction_before else draft


def _missing(sentence: Sentence, figure: Figure, counted: Counted) -> Draft | None:
    reason = counted.reason or "no_quantity"
    if not _listed(sentence, figure) and reason != "ambiguous_unit":
        return None
    if not figure.unit and figure.scaled and reason == "no_quantity":
        reason = "ambiguous_unit" if _worth(sentence) else reason
    return unread(figure.start, figure.end, reason, figure)


def _worth(sentence: Sentence) -> bool:
    return any(h.row["quantity"] == "trade_value" for h in sentence.hits.of("words"))


def _listed(sentence: Sentence, figure: Figure) -> bool:
    """Whether a figure that was not read is worth listing: in digits, or a number in words of a thousand or more."""
    if figure.form in ("digits", "ordinal", "times"):
        return not (not figure.unit and (figure.value or 0) < 10 and not figure.scaled)  # noqa: PLR2004 - "3 of them"
    if figure.form in ("fraction", "multiple"):
        return bool(sentence.hits.of("words", "signals.share", "changes.change"))
    return figure.scaled


def _draft(sentence: Sentence, figure: Figure, counted: Counted, fields: dict[str, Any], home: str) -> Draft:
    name = counted.quantity
    span = when.of(sentence, figure)
    start, end, basis = when.shown(span) if span is not None else when.NEVER
    if span is not None and when.a_year_before(sentence, figure, span):
        start, end, basis = when.moved(span)
    elif span is not None and when.of_this_year(sentence, figure, span):
        start, end, basis = when.moved(span, 1)
    if span is None and name.endswith("_cumulative"):
        start, end, basis = when.cumulative(sentence)
    start, end, basis = when.up_to(sentence, name, span, (start, end, basis))
    if span is not None and not counted.growth and when.reached_over_years(sentence, span, figure):
        start = f"{end[:4]}-01-01" if end else start
    if span is not None and span.kind == "since" and name == "listed_entities":
        start, end, basis = when.NEVER
    status = _status(sentence, figure, name)
    lasting = status == "capacity" or (status == "planned" and name in ("capacity", "routes.km"))
    if status == "rule" or lasting:
        start, end, basis, span = *when.NEVER, None
    fields |= _figures(sentence, figure, counted) | {
        "quantity": name,
        "product": counted.product,
        "direction": direction.of(sentence, figure, counted, home) if subject.directed(name) else None,
        "mode": direction.mode(sentence, figure) if name in direction.MOVED else None,
        "per": quantity.per(sentence, figure, name) if not counted.growth else None,
        "status": status,
        "period_start": start,
        "period_end": end,
        "period_basis": basis,
    }
    if fields["per"] not in (None, "day", "month") and name not in direction.RATED and status != "capacity":
        fields["per"] = None
    return Draft(figure.start, figure.end, fields, figure, span)


def _figures(sentence: Sentence, figure: Figure, counted: Counted) -> dict[str, Any]:
    value, high, unit = figure.value, figure.high, figure.unit or counted.unit
    bound = figure.bound
    if counted.growth and value is not None:
        value = growth.signed(sentence, figure)
        unit = unit or "percent"
    if unit == "persons" and counted.quantity == "measures.threshold":
        unit = "employees"
    return {"value": value, "value_high": high, "unit": unit, "bound": bound}


def _status(sentence: Sentence, figure: Figure, name: str) -> str:
    if name.startswith("rules."):
        return "rule"
    said = [
        h.row["value"]
        for h in sentence.hits.of("signals.status")
        if (h.start < figure.end and not _of_another(sentence, h, figure)) or name in ("capacity", "routes.km")
    ]
    if "planned" in said:
        return "planned"
    if name in ("capacity", "polysilicon_capacity"):
        return "capacity"
    if name.startswith("measures."):
        return "rule"
    if "capacity" in said and quantity.per(sentence, figure, name):
        return "capacity"  # can handle up to 540,000 TEU a year
    return said[-1] if said and said[-1] in ("forecast", "scheduled") else "reported"


def _of_another(sentence: Sentence, hit: Hit, figure: Figure) -> bool:
    """Whether a word of the future is said of a figure before, a clause ahead: is to reach 35, with 29 carried."""
    return bool(
        sentence.counted(hit.end, figure.start) and sentence.apart((hit.start, hit.end), (figure.start, figure.end))[1]
    )


def _linked(sentence: Sentence, figure: Figure, found: list[Draft]) -> Draft | None:
    """A figure that takes what it counts from the one before it: another currency, or "up from 620"."""
    last = next((d for d in reversed(found) if d.figure is not None and d.get("quantity")), None)
    if last is None or last.figure is None or figure.reason or figure.value is None:
        return None
    between = _without_dates(sentence, last.figure.end, figure.start)
    money = figure.unit in MONEY and last.get("unit") in MONEY and figure.unit != last.get("unit")
    if money and (
        _CONVERSION.fullmatch(between)
        or _CONVERSION.fullmatch(_without_dates(sentence, last.figure.end, figure.core_start))
    ):
        own = figure.bound if figure.bound != "exact" else last.get("bound")
        return _copy(last, figure, bound=own, comparison="conversion", unit=figure.unit)
    head = sentence.text[: figure.start]
    sums = figure.scaled and not figure.unit and last.get("unit") in MONEY and last.figure.scaled
    if sums and re.search(r"(?:,|\band|\bto|и|до|、)\s?$", head):  # 1.2 billion euros in 2023, and 900 million in 2022
        return _earlier(sentence, figure, last)
    level = [d for d in found if d.get("quantity") and d.get("unit") not in ("percent", "percentage_points")]
    if figure.unit or figure.form not in ("digits", "words") or not level or not _LINK.search(head):
        return None
    return _earlier(sentence, figure, level[-1])


def _without_dates(sentence: Sentence, start: int, end: int) -> str:
    """The text between two figures without the dates in it."""
    kept = start
    parts = []
    for span in sentence.dates:
        if start <= span.start and span.end <= end:
            parts.append(sentence.text[kept : span.start].rstrip())
            kept = span.end
    return "".join([*parts, sentence.text[kept:end]])


def _copy(draft: Draft, figure: Figure, **changed: Any) -> Draft:
    fields = draft.fields | {"value": figure.value, "value_high": figure.high, "comparison": "none"} | changed
    return Draft(figure.start, figure.end, fields, figure, draft.used)


def _earlier(sentence: Sentence, figure: Figure, level: Draft) -> Draft:
    """The figure that a later one is compared with: its own date where one follows it, the year before where said."""
    changed: dict[str, Any] = {"bound": figure.bound}
    if when.year_before(sentence, figure) and level.used is not None:
        start, end, basis = when.moved(level.used)
        changed |= {"period_start": start, "period_end": end, "period_basis": basis}
    else:
        after = [d for d in sentence.dates if 0 <= d.start - figure.end <= 24 and d.days != (None, None)]  # noqa: PLR2004
        if after:
            start, end, basis = when.shown(after[0])
            changed |= {"period_start": start, "period_end": end, "period_basis": basis}
    return _copy(level, figure, **changed)


def _compared(sentence: Sentence, draft: Draft, found: list[Draft]) -> Draft:
    if draft.get("unread_reason") or draft.figure is None or draft.get("comparison") == "conversion":
        return draft
    changes = _is_change(sentence, draft)
    fields = dict(draft.fields)
    if changes:
        fields |= _base(sentence, draft)
    else:
        fields["comparison"] = _superlative(sentence, draft, found)
    return replace(draft, fields=fields)


def _is_change(sentence: Sentence, draft: Draft) -> bool:
    assert draft.figure is not None
    if draft.figure.form in ("multiple", "times") or draft.get("unit") == "percentage_points":
        return True
    return draft.get("unit") == "percent" and growth.is_growth(sentence, draft.figure)


def _base(sentence: Sentence, draft: Draft) -> dict[str, Any]:
    assert draft.figure is not None
    figure = draft.figure
    at = (figure.start, figure.end)
    year, month = (sentence.nearest(at, sentence.hits.of(k)) for k in ("changes.yoy", "changes.mom"))
    if month is not None and (
        year is None or sentence.apart(at, (month.start, month.end)) < sentence.apart(at, (year.start, year.end))
    ):
        return {"comparison": "mom"}
    named = when.base(sentence, figure, draft.used)
    if named is not None and named[0] == "change" and named[1]:
        return {"comparison": "change", "base_start": named[1], "base_end": named[2]}
    if named is not None or year is not None:
        return {"comparison": "yoy"}
    return {"comparison": "change"}


def _superlative(sentence: Sentence, draft: Draft, found: list[Draft]) -> str:
    levels = [d for d in found if d.figure is not None and d.get("quantity") and not _is_change(sentence, d)]
    levels = [d for d in levels if d.used is None or not d.used.base]
    for kind in ("record", "first", "largest"):
        for hit in sentence.hits.of(f"changes.{kind}"):
            if kind == "largest" and (_NOT_LARGEST.match(sentence.text, hit.end) or draft.get("unit") == "percent"):
                continue
            nearest = min(levels, key=lambda d: sentence.apart((d.start, d.end), (hit.start, hit.end)), default=None)
            if nearest is draft:
                return kind
    return "none"
