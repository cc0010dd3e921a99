"""Where the table stands on a printed sheet: a title above it, headings in two rows or three, periods as columns.

Eurostat's workbooks have the periods in one row and the labels of the sides two rows below; India's ministry prints
five lines of a title; Trade Data Monitor the unit above the years. What a title says of the figures (unit, flow, code)
is taken where the table does not say it, and is told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from entrepot.core.tables.packaged import packaged_rows
from entrepot.trade.contract import FLOW_HEADINGS
from entrepot.trade.loading.printed.printed_periods import period_of
from entrepot.trade.loading.printed.printed_units import Said, said
from entrepot.vocabulary import partners

LOOKED_AT = 40  # rows: Eurostat has ten above its table
_DEEP = 3  # rows of headings, at most
_FEWEST = 2  # cells of a heading, and periods that make a row of them
_SIDES = ("reporter", "partner", "exporter", "importer")
_ROLES = (*_SIDES, "flow", "product", "period", "value", "net_kg", "quantity")
_UNIT = re.compile(r"unit|values?\s+in|единиц|unidad|unité|einheit|birim|单位", re.IGNORECASE)
_CODE = re.compile(r"(?:commodity|product|hs|hts|код|товар)\D{0,14}?(\d{2,10})\b", re.IGNORECASE)
_BEHIND = re.compile(r"\[(\d{2,10})\]")
_OFFICE = re.compile(r"\b(?:customs|statistics|таможня)\b", re.IGNORECASE)
_WHAT_A_LABEL_IS = re.compile(r"\s*\((?:labels?|codes?|names?)\)\s*$|\s*\[[A-Z_]+\]\s*$", re.IGNORECASE)
_SCALES = {1e3: "thousand", 1e4: "万", 1e5: "lakh", 1e6: "million", 1e7: "crore", 1e8: "亿", 1e9: "billion"}

Cells = list[str]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a table stands.

    Attributes:
        skip: lines, or rows of a sheet, above the first row of headings.
        below: rows of headings under it.
        names: the headings, those of several rows as one.
        facts: heading of ours to what the title says: reporter, partner, flow, product, period.
        unit: what the title says of the figures; None where nothing.
        notes: what was found, in words.
        is_plain: whether the headings are the first row and nothing else.
    """

    skip: int
    below: int
    names: tuple[str, ...]
    facts: dict[str, str] = field(default_factory=dict)
    unit: Said | None = None
    notes: tuple[str, ...] = ()
    is_plain: bool = False


def role_of(heading: str) -> str:
    """What a column of this heading holds, in our words; empty where that is not known.

    >>> role_of("PARTNER (Labels)"), role_of("Код ТН ВЭД"), role_of("Share")
    ('partner', 'product', '')
    """
    return _roles().get(_key(_WHAT_A_LABEL_IS.sub("", heading)), "")


@cache
def _roles() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in packaged_rows(FLOW_HEADINGS):
        if row["role"] in _ROLES:
            for heading in row["headings"]:
                found.setdefault(heading, row["role"])
    return found


def _key(heading: str) -> str:
    return re.sub(r"[\W_]+", "", heading.casefold())


def layout_of(rows: list[Cells], wanted: tuple[str, ...] = ()) -> Layout | None:
    """Where the table stands among the first rows of a sheet; None where no row is one of headings.

    Args:
        rows: the first rows, cells stripped, from the first line on.
        wanted: headings that a map names: they stand in the row that is looked for.
    """
    first = next((i for i, row in enumerate(rows) if any(row)), 0)
    for at in range(min(len(rows), LOOKED_AT)):
        below = _depth(rows, at, wanted)
        if below is None:
            continue
        names = _merged(rows[at : at + below + 1])
        if at == first and not below:
            return Layout(at, below, names, is_plain=True)
        facts, unit, notes = _title(rows[:at])
        where = f"row {at + 1}" if not below else f"rows {at + 1} to {at + below + 1}"
        return Layout(at, below, names, facts, unit, (f"The headings stand in {where}.", *notes))
    return None


def _depth(rows: list[Cells], at: int, wanted: tuple[str, ...]) -> int | None:
    """How many rows of headings stand under one; None where the row is none of headings."""
    row = rows[at]
    if wanted:
        return 0 if {*wanted} <= {*row} else None
    if sum(map(bool, row)) < _FEWEST:
        return None
    if _is_of_periods(row):
        for more in range(1, _DEEP):
            if at + more < len(rows) and _stands_under(rows[at + more], row):
                return more
    if not _tells(row):
        return None
    under = rows[at + 1] if at + 1 < len(rows) else []
    return 1 if _is_of_periods(under) and not any(c and role_of(r) for c, r in zip(under, row, strict=False)) else 0


def _tells(row: Cells) -> bool:
    """Whether a row names a side of a flow, and a value or a period beside it."""
    roles = {role_of(c) for c in row if c} - {""}
    if not roles & {*_SIDES}:
        return False
    amounts = any(said(c).label == "value" or said(c).currency or said(c).flow for c in row if c and not role_of(c))
    return bool(roles & {"value", "period", "flow"}) or amounts or any(period_in(c)[0] for c in row if c)


def _is_of_periods(row: Cells) -> bool:
    """Whether a row holds periods, at least two, all others being words for a column of periods."""
    filled = [c for c in row if c]
    found = [period_of(c) for c in filled if period_of(c)]
    others = [c for c in filled if not period_of(c)]
    return len(found) >= _FEWEST and len({*found}) > 1 and all(role_of(c) == "period" for c in others)


def _stands_under(row: Cells, above: Cells) -> bool:
    """Whether a row names sides of flows, and nothing under the periods above."""
    named = any(role_of(c) in _SIDES for c in row if c)
    return named and not any(c for c, over in zip(row, above, strict=False) if period_of(over))


def _merged(rows: list[Cells]) -> tuple[str, ...]:
    """One heading a column: the lowest that says anything, behind the one that spans it where it is a period."""
    if len(rows) == 1:
        return tuple(rows[0])
    width = max(map(len, rows))
    full = [[*row, *[""] * (width - len(row))] for row in rows]
    names, group = [], ""
    for column in zip(*full, strict=True):
        group = column[0] or group  # a merged cell stands in its first column only
        period = next((c for c in column if period_of(c)), "")
        lowest = column[-1] or period or next((c for c in reversed(column) if c), "")
        spans = period_of(lowest) and group not in {lowest, ""} and not period_of(group) and role_of(group) != "period"
        names.append(f"{group} {lowest}" if spans else lowest)
    return tuple(names)


def _title(rows: list[Cells]) -> tuple[dict[str, str], Said | None, tuple[str, ...]]:
    """What the lines of a title say: facts by our headings, the unit, and both in words."""
    facts: dict[str, str] = {}
    flows: set[str] = set()
    unit: Said | None = None
    notes = []
    for number, row in enumerate(rows, 1):
        filled = [c for c in row if c]
        if not filled:
            continue
        text = " ".join(filled)
        facts |= _fact(filled)
        spoken = said(text)
        if code := _CODE.search(text):
            facts.setdefault("product", code[1])
        flows |= {spoken.flow} - {""}
        if unit is None and (spoken.currency or (spoken.scale != 1 and _UNIT.search(text))):
            unit = spoken
            notes.append(f"Line {number}, {text[:60]!r}: figures are read as {words_of(spoken)}.")
    if len(flows) == 1:
        facts.setdefault("flow", flows.pop())
    if facts:
        notes.append(f"Of the title: {', '.join(f'{k} {v}' for k, v in sorted(facts.items()))}.")
    return facts, unit, tuple(notes)


def words_of(unit: Said) -> str:
    """A unit in words by which it is read again: `million USD`."""
    return f"{_SCALES.get(unit.scale, '')} {unit.currency or 'USD'}".strip()


def _fact(cells: Cells) -> dict[str, str]:
    """What one line of a title says under a heading of ours: `Reporter: China Customs`, `FLOW | | EXPORT`."""
    head, value = (cells[0], cells[-1]) if len(cells) > 1 else (cells[0].partition(":")[0], cells[0].partition(":")[2])
    role = role_of(head) or ("product" if _key(head) in {"product", "commodity", "productproduct"} else "")
    value = value.strip(" :")
    if not role or not value:
        return {}
    if role in _SIDES:
        place = _OFFICE.sub("", value).strip()
        return {role: place} if partners.code_of(place) else {}
    if role == "product":
        code = _BEHIND.search(value) or re.match(r"(\d{2,10})\b", value)
        return {role: code[1]} if code else {}
    if role == "flow":
        flow = said(value).flow
        return {role: flow} if flow else {}
    return {role: value} if role == "period" and period_of(value) else {}


_YEARISH = re.compile(
    r"(?<!\d)(?:fy\s*)?(?:19|20)\d{2}(?:\s*[-–/]\s*(?:(?:19|20)\d{2}|\d{2})(?!\d))?(?:[-_ ]?[mq]\d{1,2})?(?!\d)",
    re.IGNORECASE,
)


@cache
def period_in(heading: str) -> tuple[str, str]:
    """The period of which a column holds figures, as printed, and what else its heading says; both empty for none.

    >>> period_in("2021 Export Amount"), period_in("Value exported in 2020"), period_in("HS 2017")
    (('2021', 'Export Amount'), ('2020', 'Value exported in'), ('', ''))
    """
    if period_of(heading):
        return heading, ""
    found = list(_YEARISH.finditer(heading))
    if len(found) != 1 or not period_of(found[0][0]):
        return "", ""
    label = (heading[: found[0].start()] + " " + heading[found[0].end() :]).strip(" -–_:,.()[]")
    spoken = said(label)
    tells = spoken.label or spoken.currency or spoken.flow
    return (found[0][0], label) if tells and not spoken.rest else ("", "")
