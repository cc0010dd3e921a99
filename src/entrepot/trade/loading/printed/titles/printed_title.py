"""What the lines of a title say of the table below: who reports, the flow, the goods, the period, the unit.

Offices sign their sheets (State Bank of Pakistan), and databases say whose trade it is in words: exported by China,
China's imports, China Export Statistics. Words of offices and of by whom are data (heading_words.csv); a name of a
place decides, and where lines name several nothing is taken.
"""

from __future__ import annotations

import re
from dataclasses import replace

from entrepot.core.words.translate import tr
from entrepot.trade.loading.printed.printed_headings import SIDES, key, role_of, title_words
from entrepot.trade.loading.printed.printed_periods import EDITION, period_of
from entrepot.trade.loading.printed.printed_units import Said, flows_of, of_way, said, told_words, words_of
from entrepot.trade.loading.printed.printed_valuation import one_valuation, spoken_valuation
from entrepot.trade.loading.printed.titles.title_period import title_period
from entrepot.vocabulary import goods, partners

_UNIT = re.compile(r"unit|values?\s+in|единиц|unidad|unité|einheit|birim|单位", re.IGNORECASE)
FACT = re.compile(r"\w\s*[:：]\s*\w")  # 商品名称：集成电路, Unit: thousand dollars: a line of a title, no headings
_PARTS = re.compile(r"[;；]")
_CODE = re.compile(r"(?<![^\W\d_])(?:commodity|product|hs|hts|код|товар)\D{0,14}?(\d{2,10})\b", re.IGNORECASE)
_BEHIND = re.compile(r"\[(\d{2,10})\]")
_WHOSE = re.compile(r"(?:\(\d+\)\s*)?([^\W\d_][^'’]*)['’]s?\s")  # (2) China's Total Export & Import Values
_OFFICE = re.compile(r"\b(?:customs|statistics|таможня)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*")
_LONGEST_NAME = 6  # words: the longest names of states have as many (Democratic People's Republic of Korea)
_LONGEST_LINE = 14  # words of a line that an office signs with; a sentence is none
Cells = list[str]


def title_facts(rows: list[Cells]) -> tuple[dict[str, str], Said | None, tuple[str, ...]]:
    """What the lines of a title say: facts by our headings, the unit, and both in words."""
    facts = _signed([" ".join(filter(None, row)) for row in rows])
    flows: set[str] = set()
    unit: Said | None = None
    told = ""
    for number, row in enumerate(rows, 1):
        filled = [c for c in row if c]
        if not filled:
            continue
        text = " ".join(filled)
        for said_of in _lines_of(filled):
            facts |= _fact(said_of)
        spoken = _of_money(filled)
        if (code := _CODE.search(EDITION.sub(" ", text))) and code[1][: goods.SUBHEADING] in goods.known():
            facts.setdefault("product", code[1])
        flows |= {said(text).flow} - {""}
        facts = _whose(text) | facts
        is_alone = not spoken.rest and not spoken.flow and spoken.label in {"", "value"}
        is_named = spoken.scale != 1 and (bool(_UNIT.search(text)) or (is_alone and _is_word(filled)))
        # A title that names dollars gives way to the line of the unit below it: thousands of them.
        if (unit is None and (spoken.currency or is_named)) or (
            unit is not None and unit.scale == 1 and is_named and spoken.currency in {"", unit.currency}
        ):
            unit = replace(spoken, currency=spoken.currency or (unit.currency if unit else ""))
            told = tr(
                "Line {number}, {text!r}: figures are read as {words_of}.",
                number=number,
                text=text[:60],
                words_of=words_of(unit),
            )
    ways = {of_way(flow) for flow in flows}
    if len(ways) == 1:  # of exports that one line calls domestic, and another only exports
        facts.setdefault("flow", max(flows, key=len))
    # Of exports alone (FOB) a line says nothing of imports beside them; of all figures, any line does.
    valued = [c for row in rows for c in row if spoken_valuation(c) and (len(ways) == 1 or not said(c).flow)]
    if way := one_valuation(valued):
        facts.setdefault("valuation", way)
    if period := title_period(tuple(c for row in rows for c in row if c)).period:
        facts.setdefault("period", period)
    notes = [told] if told else []
    if facts:
        notes.append(tr("Of the title: {items}.", items=", ".join(f"{k} {v}" for k, v in sorted(facts.items()))))
    return facts, unit, tuple(notes)


def _is_word(cells: Cells) -> bool:
    """Whether a scale is said in words: 2000 thousand and In millions, not the 1000 of a number."""
    return any("scale" in kinds and word.isalpha() for cell in cells for word, kinds in told_words(cell))


def _whose(text: str) -> dict[str, str]:
    """Who reports, where the line begins with whose exports or imports it is of."""
    found = _WHOSE.match(text)
    return {"reporter": found[1]} if found and flows_of(text) and partners.code_of(found[1]) else {}


def _signed(lines: list[str]) -> dict[str, str]:
    """Who reports, where lines say by whom, or an office signs; nothing where they name several places."""
    names = list(filter(None, (_by_whom(line) or _office(line) for line in lines)))
    return {"reporter": names[0]} if len({partners.code_of(name) for name in names}) == 1 else {}


def _by_whom(text: str) -> str:
    """Whose exports or imports a line says it is of by a word for whom: exported by China; empty where it says none.

    >>> _by_whom("List of markets for a product exported by China in 2023"), _by_whom("Exports by country")
    ('China', '')
    """
    words = _WORD.findall(text)
    plain = [w.casefold() for w in words]
    for at in range(1, len(words)):
        if plain[at] in title_words("by") and flows_of(words[at - 1]):
            behind = words[at + 1 : at + 1 + _LONGEST_NAME]
            return _place_in(behind, [True] * len(behind), is_first=True)
    return ""


def _office(text: str) -> str:
    """The place whose office a line names and says nothing else; empty for another line.

    >>> _office("State Bank of Pakistan"), _office("China Export Statistics"), _office("Exports to China")
    ('Pakistan', 'China', '')
    """
    words = _WORD.findall(text)
    plain = [w.casefold() for w in words]
    known = [w in title_words("office") or w in title_words("of_office") or bool(flows_of(w)) for w in plain]
    if len(words) > _LONGEST_LINE or not title_words("office") & {*plain}:
        return ""
    return _place_in(words, known, is_first=False)


def _place_in(words: list[str], known: list[bool], *, is_first: bool) -> str:
    """The name of a place among words of which the others are known: the longest, without words that add nothing."""
    for many in range(min(_LONGEST_NAME, len(words)), 0, -1):
        for at in range(1 if is_first else len(words) - many + 1):
            code = partners.code_of(" ".join(words[at : at + many]))
            if code and all([*known[:at], *known[at + many :]]):
                return min(_within(words[at : at + many], known[at : at + many], code, is_first=is_first), key=len)
    return ""


def _within(words: list[str], known: list[bool], code: str, *, is_first: bool) -> list[str]:
    """The names of the same place within a name, of which what is left out is known."""
    spans = [(i, j) for i in range(1 if is_first else len(words)) for j in range(i + 1, len(words) + 1)]
    left = [(i, j) for i, j in spans if all([*known[:i], *known[j:]])]
    return [name for i, j in left for name in [" ".join(words[i:j])] if partners.code_of(name) == code]


def _lines_of(cells: Cells) -> list[Cells]:
    """What a line of a title states: the parts of it that say what they are of, or the line as it stands."""
    stated = [part for cell in cells for part in _PARTS.split(cell) if part.strip()]
    return [[part] for part in stated] if len(stated) > 1 and all(map(FACT.search, stated)) else [cells]


def _of_money(cells: Cells) -> Said:
    """What a line says of amounts: of several parts that name a unit each (of goods; of money), the one of money."""
    parts = [said(part) for cell in cells for part in _PARTS.split(cell) if part.strip()]
    amounts = [one for one in parts if one.currency]
    return amounts[0] if len(amounts) == 1 and len(parts) > 1 else said(" ".join(cells))


def _fact(cells: Cells) -> dict[str, str]:
    """What one line of a title says under a heading of ours: `Reporter: China Customs`, `FLOW | | EXPORT`."""
    only = cells[0].replace("：", ":").partition(":")
    head, value = (cells[0], cells[-1]) if len(cells) > 1 else (only[0], only[2])
    role = role_of(head) or ("product" if key(head) in {"product", "commodity", "productproduct"} else "")
    value = value.strip(" :")
    if not role or not value:
        return {}
    if role in SIDES:
        place = _OFFICE.sub("", value).strip()
        return {role: place} if partners.code_of(place) else {}
    if role == "product":
        code = _BEHIND.search(value) or re.match(r"(\d{2,10})\b", value)
        return {role: code[1]} if code else {}
    if role == "flow":
        flow = said(value).flow
        return {role: flow} if flow else {}
    is_said = {
        "quantity_unit": not said(value).currency,
        "valuation": bool(spoken_valuation(value)),
        "period": bool(period_of(value)),
    }
    return {role: value} if is_said.get(role) else {}
