"""A reader without grammar, to hold the other against: number, family of its unit, place words near it, year."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from entrepot.claims.wordlists import rows
from entrepot.record.embedded import load

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

AROUND = 160  # characters on either side of a number in which place words and years count
CLOSE = 0.006  # share by which a number may miss a row's: half a unit of the third digit
SCALES = {"thousand": 1e3, "million": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9, "тыс": 1e3, "млн": 1e6, "млрд": 1e9}
SCALES |= {"миллион": 1e6, "миллиард": 1e9, "万亿": 1e12, "萬億": 1e12, "万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8}
FAMILIES = {"percent": "%|per ?cent|процент", "USD": r"\$|USD|dollar|долл|美元", "CNY": "yuan|RMB|юан|元"}
FAMILIES |= {"tonnes": r"\bton|тонн|吨|噸", "trains": "train|поезд|列", "TEU": "TEU|ДФЭ|标箱|標箱"}
_NUMBER = re.compile(r"\d+(?:[,. ]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?")


class Entry(NamedTuple):
    """One number of a row: its family (none: a plain count), where it is of, when."""

    row: str
    number: float
    family: str
    place: str
    year: str


@cache
def entries() -> list[Entry]:
    """The numbers of observations, shares, batches and of what events came to."""
    tables = {name: table.to_pylist() for name, table in load().tables.items()}
    out = []
    for row in tables["observations"]:
        at = row["place_id"], str(row["period_end"] or "")[:4]
        family = row["unit_norm"] if row["unit_norm"] in FAMILIES else ""
        out.append(Entry(row["id"], float(row["value_norm"]), family, *at))
        if row["yoy_pct"] is not None:
            out.append(Entry(row["id"], abs(row["yoy_pct"]), "percent", *at))
    out += [
        Entry(row["id"], row["value_pct"], "percent", "xinjiang", str(row["period_end"] or "")[:4])
        for row in tables["shares"]
        if row["value_pct"] is not None
    ]
    for row in tables["batches"]:
        numbers = row["added"], row["total_entities"]
        out += [Entry(row["id"], number, "", "uflpa", str(row["date"])[:4]) for number in numbers]
    for row in tables["events"]:
        found = _NUMBER.findall(row["magnitude"] or "")
        at = next(iter(row["place_id"] or ()), ""), str(row["date"])[:4]
        out += [Entry(row["id"], _value(number), "", *at) for number in found]
    return out


@cache
def place_words() -> list[tuple[str, str]]:
    """Names of places and measures in the three languages."""
    named = [(row["word"].lower(), row["id"]) for row in rows("names")]
    return named + [(row["name"].lower(), row["place_id"]) for row in load().tables["places"].to_pylist()]


def _value(number: str) -> float:
    decimal = re.fullmatch(r"\d+,\d{1,2}", number)
    return float(number.replace(",", ".") if decimal else re.sub(r"[, ]", "", number))


def _days(text: str) -> Iterator[Mapping[str, object]]:
    for row in load().tables["events"].to_pylist():
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", str(row["date"])):
            continue
        day = date.fromisoformat(str(row["date"]))
        for words in (f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%B} {day.year}"):
            for met in re.finditer(re.escape(words), text):
                yield _claim(*met.span(), "agrees", [str(row["id"])], [])


def _claim(start: int, end: int, verdict: str, against: list[str], offered: list[str]) -> Mapping[str, object]:
    return {"span_start": start, "span_end": end, "verdict": verdict, "against": against, "offered": offered}


def read_without_grammar(path: Path) -> list[Mapping[str, object]]:
    """Every number of a text with the rows that have it, by place words, unit and year near it."""
    text = path.read_text(encoding="utf-8")
    lower, claims = text.lower(), list(_days(text))
    spots = [(met.start(), place) for word, place in place_words() for met in re.finditer(re.escape(word), lower)]
    for met in _NUMBER.finditer(text):
        start, end = met.span()
        near, after = text[max(0, start - AROUND) : end + AROUND], text[max(0, start - 2) : end + 14]
        scale = next((s for w, s in SCALES.items() if text[end : end + 12].lstrip(" -").startswith(w)), 1.0)
        family = next((f for f, words in FAMILIES.items() if re.search(words, after)), "")
        places = {place for spot, place in spots if abs(spot - start) <= AROUND}
        number = _value(met.group()) * scale
        same = [e for e in entries() if e.family == family and abs(e.number - number) <= CLOSE * max(number, 1)]
        scored = sorted((-2 * (e.place in places) - (e.year in near), e.row) for e in same)
        offered = list(dict.fromkeys(row for points, row in scored if points <= -2))
        sure = bool(scored) and scored[0][0] <= -3
        claims.append(_claim(start, end, "agrees" if sure else "no_record", offered[:1] if sure else [], offered))
    return claims
