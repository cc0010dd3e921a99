"""Claims of states: what a measure does, when a crossing is open, what is the largest so far."""

from __future__ import annotations

import re
from calendar import month_name
from datetime import date
from typing import TYPE_CHECKING, Any

from entrepot.claims import cells
from entrepot.claims.facts import day
from entrepot.claims.intervals import meet, same
from entrepot.claims.verdict import DIFFERS, Verdict
from entrepot.claims.wording import says, shown
from entrepot.claims.wordlists import rows
from entrepot.core import units

if TYPE_CHECKING:
    from entrepot.claims.cells import Cell, Fact
    from entrepot.claims.held import Held
    from entrepot.claims.model import Claim

    Row = dict[str, Any]

_LEAP = 1  # day by which the same months of two years differ
_AROUND = 45  # characters beside a span in which the months of a season may stand
_YEAR = frozenset(range(1, 13))  # open in every month is no season
_ZH_MONTH = re.compile(r"(\d{1,2})月")
_RU_MONTHS = (
    "январ",
    "феврал",
    "март",
    "апрел",
    "ма[йяе]",
    "июн",
    "июл",
    "август",
    "сентябр",
    "октябр",
    "ноябр",
    "декабр",
)


def effect(held: Held, claim: Claim, published: date | None) -> Verdict | None:
    """Whether a measure does what the claim says; None where the record has no such measure."""
    kind = (claim.quantity or "").removeprefix("effect.")
    parts = [m for m in held.measures if m["measure_id"] == claim.subject]
    if not parts:
        return None
    if parts[0]["kind"] == kind:
        return _in_force(parts, published)
    # What is confined to a territory that this measure does not name is about something else.
    named = set(parts[0]["territory"] or ())
    meant = [m for m in held.measures if not m["territory"] or named & set(m["territory"])]
    others = [m for m in meant if m["jurisdiction"] == parts[0]["jurisdiction"] and m["kind"] == kind]
    own = [m for m in parts if not published or str(m["valid_from"]) <= published.isoformat()] or parts
    working = [m for m in others if m["goods"] != "none"] or others
    notes = [f"On record {parts[0]['short']} is a measure of {_words(parts[0]['kind'])}: {own[0]['text']}"]
    notes += [
        f"What does it is {m['title']}: {m['name']}, from {m['valid_from']}."
        for m in {m["measure_id"]: m for m in reversed(working)}.values()
    ]
    ids = [_key(own[0]), *(_key(m) for m in {m["measure_id"]: m for m in reversed(working)}.values())]
    return Verdict(DIFFERS, tuple(ids), notes=tuple(notes), evidence="statement")


def _in_force(parts: list[Row], published: date | None) -> Verdict:
    """A measure of the kind said: in force on the day of publication, or not yet."""
    bearing = [m for m in parts if m["goods"] != "none"]
    working = [m for m in bearing if m["part_kind"] == "provision"] or bearing or parts
    first = min(working, key=lambda m: str(m["valid_from"]))
    note = f"{first['short']}: {first['name']}, from {first['valid_from']}."
    if published and str(first["valid_from"]) > published.isoformat():
        return Verdict("imprecise", (_key(first),), notes=(f"Not before {first['valid_from']}. {note}",))
    return Verdict("agrees", (_key(first),), notes=(note,))


def _words(kind: str) -> str:
    return kind.replace("_", " ")


def _key(part: Row) -> str:
    return f"{part['measure_id']}/{part['part_id']}"


def season(  # noqa: PLR0911 - each way a season can be said is answered
    held: Held, claim: Claim, published: date | None
) -> Verdict | None:
    """Whether a crossing is open, or was closed, in the months the claim says.

    A season said without its exceptions on record, such as temporary openings, is imprecise.
    """
    said = open_months(claim)
    if said is None:
        return None
    rules = [(row, months) for row, months in _seasons(held) if row["place_id"] == claim.subject]
    agreeing = [row for row, months in rules if months == said and _overlaps(claim, row, published, said)]
    if not agreeing:
        if (early := _announced(claim, rules, said, published)) is not None:
            return early
        others = [row for row, _ in rules if _overlaps(claim, row, published, said) and _known(row, published)]
        if said != _YEAR and (near := [r for r, months in rules if len(months ^ said) == 1 and r in others]):
            off = ("A month off at one end.", *(f"On record: {_rule(row)}" for row in near))
            return Verdict("imprecise", tuple(r["id"] for r in near), notes=off)
        if says(claim.sentence, "to_come"):  # what is agreed or planned is not yet so
            return None
        instead = tuple(f"On record: {_rule(row)}" for row in others)
        known = tuple(r["id"] for r in others)
        return Verdict(DIFFERS, known, notes=instead, evidence="statement") if others else None
    ids = [row["id"] for row in agreeing]
    notes = [f"On record: {_rule(row)}" for row in agreeing]
    if len({row["valid_from"] for row in agreeing if row["valid_from"]}) > 1:
        notes.insert(0, "Reports disagree on since when.")
    if said != _YEAR and (exceptions := _exceptions(held, claim, said, published)):
        notes += [f"Opened all the same: {e['date']}, {e['title']} ({e['id']})." for e in exceptions]
        return Verdict("imprecise", (*ids, *(e["id"] for e in exceptions)), notes=tuple(notes))
    dates = {row["valid_from"] for row in agreeing}
    now = published is not None and claim.period_start == published.isoformat()
    if said == _YEAR and claim.period_start and not now and claim.period_start not in dates:
        notes.append(f"The text says since {claim.period_start}.")
        return Verdict("imprecise", tuple(ids), notes=tuple(notes))
    return Verdict("agrees", tuple(ids), notes=tuple(notes))


def _known(rule: Row, published: date | None) -> bool:
    """Whether the rule was there by publication."""
    first = day(rule["valid_from"])
    return published is None or first is None or first <= published


def _announced(
    claim: Claim, rules: list[tuple[Row, frozenset[int]]], said: frozenset[int], published: date | None
) -> Verdict | None:
    """A season that the text announces: the rule came after publication."""
    later = [row for row, months in rules if months == said and not _known(row, published)]
    if not later or not says(claim.sentence, "to_come"):
        return None
    return Verdict("agrees", tuple(r["id"] for r in later), notes=tuple(f"It came: {_rule(row)}" for row in later))


def open_months(claim: Claim) -> frozenset[int] | None:
    """The months in which the claim says it is open; None where it does not say."""
    if says(claim.text, "all_year"):
        return _YEAR
    months = _months(claim)
    if months is None:
        return _YEAR if says(claim.sentence, "all_year") and not says(claim.text, "closed") else None
    closed = claim.quantity == "event.closure" or says(claim.text, "closed") or says(claim.sentence, "closed")
    return _YEAR - months if closed else months


def _beside(claim: Claim) -> str:
    """What stands around the span in the sentence, up to the next figure: months farther off are of something else."""
    at = claim.sentence.find(claim.text)
    if at < 0:
        return claim.sentence
    head, tail = claim.sentence[max(0, at - _AROUND) : at], claim.sentence[at + len(claim.text) :][:_AROUND]
    return head + claim.text + tail


def _months(claim: Claim) -> frozenset[int] | None:
    """The first and the last month named in the span or the sentence, with those between; over the year's end too."""
    for text in (claim.text, _beside(claim)):
        named = _named_months(text)
        if len(named) > 1:
            first, last = _whole(text, named[0], named[1])
            return (
                frozenset(range(first, last + 1))
                if first <= last
                else frozenset({*range(first, 13), *range(1, last + 1)})
            )
    return None


_FROM_LAST = re.compile(
    r"(?:(?:28|29|30|31)(?:st|th)? (?:of )?{m}|{m} (?:28|29|30|31)\b)".replace("{m}", "(?:[A-Z][a-z]+)")
)
_TO_FIRST = re.compile(r"(?:\b1(?:st)? (?:of )?[A-Z][a-z]+|[A-Z][a-z]+ 1\b(?!,? \d{4}))")


def _whole(text: str, first: int, last: int) -> tuple[int, int]:
    """The whole months of a stretch: from 30 November to 1 April are December to March."""
    ends = [m.start() for m in re.finditer("|".join(month_name[1:]), text)]
    if len(ends) < 2:  # noqa: PLR2004 - in English only
        return first, last
    starts_late = any(m.start() <= ends[0] < m.end() for m in _FROM_LAST.finditer(text))
    ends_early = any(m.start() <= ends[1] < m.end() for m in _TO_FIRST.finditer(text))
    return first % 12 + 1 if starts_late else first, (last - 2) % 12 + 1 if ends_early else last


def _named_months(text: str) -> list[int]:
    found = [(m.start(), i) for i in range(1, 13) for m in re.finditer(rf"\b{month_name[i]}\b", text)]
    found += [(m.start(), int(m[1])) for m in _ZH_MONTH.finditer(text)]
    found += [(m.start(), i) for i, w in enumerate(_RU_MONTHS, 1) for m in re.finditer(rf"\b{w}\w*", text.lower())]
    return [month for _, month in sorted(set(found)) if month in _YEAR]


def _seasons(held: Held) -> list[tuple[Row, frozenset[int]]]:
    found = []
    for row in rows("seasons"):
        if row["rule_id"] in held.rules:
            first, last = int(row["opens"][:2]), int(row["closes"][:2])
            found.append((held.rules[row["rule_id"]], frozenset(range(first, last + 1))))
    return found


def _overlaps(claim: Claim, rule: Row, published: date | None, said: frozenset[int]) -> bool:
    """Whether the rule held in the time the claim speaks of: before, where it names months; at its end, else."""
    if said != _YEAR:
        return True
    at = claim.period_end or (published.isoformat() if published else None)
    first, last = day(rule["valid_from"]), day(rule["valid_to"], last=True)
    return at is None or ((not first or first.isoformat() <= at) and (not last or at <= last.isoformat()))


def _exceptions(held: Held, claim: Claim, said: frozenset[int], published: date | None) -> list[Row]:
    """Openings on record in the months in which it is said to be closed, before publication."""
    until = published.isoformat() if published else "9999"
    return [
        e
        for e in held.events
        if e["kind"] == "opening"
        and e["status"] == "occurred"
        and claim.subject in (e["place_id"] or ())
        and len(e["date"]) > len("2023")
        and int(e["date"][5:7]) not in said
        and "emporary" in e["title"]
        and e["date"] <= until
    ]


def _rule(row: Row) -> str:
    since = f", from {row['valid_from']}" if row["valid_from"] else ""
    return f"{row['rule']}{since} ({row['id']})."


def rank(  # noqa: PLR0911 - each way a superlative can fail is said
    held: Held, claim: Claim, value: float | None, published: date | None
) -> Verdict | None:
    """Whether the figure was the largest on record when the report was published, and whether it still is.

    Args:
        held: the record.
        claim: a claim with comparison record, largest or first.
        value: its figure, or the one it points to; None: the largest known then.
        published: the report's day.
    """
    cell = cells.cell_of(claim)
    rows = [f for f in cells.of(held.index, cell) if cells.same_thing(held.index, cell, f) and f.cell.start]
    rows = [f for f in rows if not cell.days or f.table != "observations" or abs(f.cell.days - cell.days) <= _LEAP]
    if value is not None and claim.comparison != "first":  # another count of the same period is a conflict
        number = cells.number_of(claim)
        alike = [f for f in rows if not number or meet(f.number.open, number.open)]
        rows = [f for f in rows if f in alike or not _of_period(cell, f)]
        if number and claim.bound != "exact" and (own := [f for f in alike if _of_period(cell, f)]):
            value = max(f.number.value for f in own)
    end = published or cell.end
    then = [f for f in rows if end is None or _known_by(f) <= end]
    if len(then) < 2:  # noqa: PLR2004 - one row has nothing to be larger than
        return None
    top = max(then, key=lambda f: f.number.value)
    if value is None and cell.end is not None and not cells.same_period(cell, top):
        return _outranked(f"Larger on record by then: {shown(top)}.", top)
    said = top.number.value if value is None else value
    if claim.comparison == "first":
        return _first_of(then, top, said)
    if said < top.number.value and not same(said, top.number.value):
        return _outranked(f"Larger on record by then: {shown(top)}.", top)
    if value is not None and not same(said, top.number.value):
        return None
    after = sorted((f for f in rows if end and _known_by(f) > end and f.number.value > said), key=_first)
    dated = {(f.cell.start, f.number.value): f for f in after if f.table != "events"}
    if not dated:
        return Verdict("agrees", (top.row_id,), notes=(f"The largest on record: {shown(top)}.",))
    steps = list(dated.values())
    words = ", and on ".join(f"{f.cell.start} by {units.with_unit(f.number.value, cell.unit or '')}" for f in steps)
    ids = (top.row_id, *(f.row_id for f in steps))
    return Verdict("superseded", ids, notes=(f"The largest then: {shown(top)}. Passed on {words}.",))


def _outranked(note: str, by: Fact) -> Verdict:
    return Verdict(DIFFERS, (by.row_id,), notes=(note,), evidence="rank")


def _of_period(cell: Cell, fact: Fact) -> bool:
    return cells.same_period(cell, fact) or cells.near_period(cell, fact.cell)


def _known_by(fact: Fact) -> date:
    """When the figure could be compared: a count at the end of its period, a state from its first day."""
    return (fact.cell.end if fact.table == "observations" and not fact.state else None) or _first(fact)


def _first(fact: Fact) -> date:
    return fact.cell.start or date.min


def _first_of(then: list[Fact], top: Fact, said: float) -> Verdict | None:
    """Whether a threshold was passed for the first time in the last of the rows."""
    last = max(then, key=_first)
    if last.number.value < said:
        return None
    earlier = [f for f in then if f.number.value >= said and _first(f) < _first(last)]
    if earlier:
        return _outranked(f"Reached before on record: {shown(earlier[0])}.", earlier[0])
    return Verdict("consistent", (top.row_id,), notes=(f"No earlier row reaches it; {shown(last)}.",))
