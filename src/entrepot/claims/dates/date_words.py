"""The words and patterns that dates are made of: rows of `data/periods.csv` and `data/date_patterns.csv`."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from entrepot.claims.wordlists import rows

# Which words a field of a pattern takes; `month` and `weekday` name no field, `m` is months that mean nothing else.
_KINDS = {
    "a": "month", "c": "month", "m": "month", "month": "month", "weekday": "weekday", "o": "ordinal", "n": "count",
    "p": "part", "e": "season", "w": "weekday", "h": "holiday", "r": "relative", "t": "then",
}  # fmt: skip
_YEAR, _DIGITS = r"(?:19|20)\d{2}", r"\d{1,2}"
_FIELD = re.compile(r"\{([a-z]+)\}")
_ENDINGS = {"en": r"(?:st|nd|rd|th)?"}  # of the number of a day
_STOPS = {"en": r"\.?"}  # behind the short name of a month
_SPACED = ("en", "ru")  # languages in which a date begins and ends where words do
# Names of months that are other words too: the verb, names, and the genitive of "May", which is "my" of nobody.
_DOUBTFUL = frozenset({"may", "mar", "sep", "jan", "dec", "мая", "маю"})
_BESIDE = (
    "base",
    "base_with",
    "base_after",
    "base_between",
    "dateline",
    "moved",
    "spoken",
    "spoken_behind",
)  # what makes a date a base, a dateline, a new day, one of a statement
_STEM = r"\w{0,2}"  # endings of case
# What no sentence can lack that a pattern with such a field matches; the other fields' words are many and short.
_NEEDED = {
    "a": "month", "c": "month", "m": "month", "w": "weekday", "h": "holiday", "r": "relative", "t": "then",
    "e": "season", "y": "year", "z": "year", "b": "digit", "d": "digit",
}  # fmt: skip
_ESCAPED = re.compile(r"\\.|\[\^?[^\]]*\]")  # what may hold a bracket that opens no group
_GROUP = re.compile(
    r"\((?:(?P<ahead>\?<?[!=])|\?:|\?P<\w+>|\?-i:)?(?P<inside>[^()]*)\)(?P<maybe>[?*]|\{\d)?|\{[a-z]+\}[?*]"
)


class DatePattern(NamedTuple):
    """A pattern with what it means, and the kinds of words without which no sentence matches it."""

    means: str
    pattern: re.Pattern[str]
    needs: frozenset[str]


@cache
def words(kind: str, language: str) -> dict[str, str]:
    """The words of a kind in a language, as they stand in the file, with what they mean."""
    return {r["word"]: r["value"] for r in rows("periods") if r["kind"] == kind and r["language"] in (language, "*")}


@cache
def entry(kind: str, language: str, printed: str) -> str:
    """What a printed word means; a word of the file that ends in * stands for any ending."""
    plain = printed.lower().rstrip(".")
    known = words(kind, language)
    return known.get(plain) or next(v for w, v in known.items() if w.endswith("*") and plain.startswith(w[:-1]))


def number(field: str, language: str, printed: str) -> int:
    """The number that a field of a match says, in digits (3rd) or in words."""
    digits = re.sub(r"\D", "", printed)
    return int(digits or entry(_KINDS[field], language, printed))


@cache
def patterns(language: str) -> tuple[DatePattern, ...]:
    """The patterns of dates in a language, then those of no language, each with its fields filled in."""
    found = []
    for row in rows("date_patterns"):
        if row["language"] not in (language, "*") or row["means"] in _BESIDE or row["means"].startswith("{"):
            continue
        text = _filled(row["pattern"], language)
        if row["language"] in _SPACED:
            text = rf"\b(?:{text})(?!\w)"
        found.append(DatePattern(row["means"], re.compile(text, re.IGNORECASE), needed(row["pattern"])))
    return tuple(found)


@cache
def patterns_of(language: str, kinds: frozenset[str]) -> tuple[DatePattern, ...]:
    """The patterns that can be met in a sentence with words of these kinds, as `kinds_in` gives them."""
    return tuple(p for p in patterns(language) if p.needs <= kinds)


def needed(pattern: str) -> frozenset[str]:
    """The kinds of the fields that a pattern of the file cannot do without.

    >>> sorted(needed("since {a} {b}(?:,? {y})?")), sorted(needed("(?:{a}|{w}) last")), sorted(needed("{r}"))
    (['digit', 'month'], [], ['relative'])
    """
    plain = _ESCAPED.sub(".", pattern)
    while (shorter := _GROUP.sub(_without_choice, plain)) != plain:
        plain = shorter
    return frozenset() if "|" in plain else frozenset(_NEEDED[f] for f in _FIELD.findall(plain) if f in _NEEDED)


def _without_choice(group: re.Match[str]) -> str:
    """What of a group stands in every match: nothing where it may be left out, looks around, or is a choice."""
    inside = group["inside"] or ""
    return "" if group["maybe"] or group["ahead"] or "|" in inside else inside


def kinds_in(text: str, language: str) -> frozenset[str]:
    """The kinds of `needed` that a sentence may have words of."""
    return frozenset(kind for kind, pattern in _kinds(language) if pattern.search(text))


@cache
def _kinds(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    numbers = (("digit", re.compile(r"\d")), ("year", re.compile(_YEAR)))
    kinds = ("month", "weekday", "holiday", "relative", "then", "season")
    literal = {kind: "|".join(map(_literal, words(kind, language))) or r"\d" for kind in kinds}  # as `_field`
    return (*numbers, *((kind, re.compile(text, re.IGNORECASE)) for kind, text in literal.items()))


@cache
def beside(means: str, language: str) -> tuple[re.Pattern[str], ...]:
    """The patterns of what stands beside a date, `_BESIDE`."""
    flags = re.IGNORECASE if means != "dateline" else 0
    found = (r for r in rows("date_patterns") if r["means"] == means and r["language"] in (language, "*"))
    return tuple(re.compile(_filled(r["pattern"], r["language"]), flags) for r in found)


@cache
def worth(language: str) -> re.Pattern[str]:
    """A sentence without a match of it holds no date."""
    kinds = ("month", "weekday", "holiday", "relative", "then", "part")
    known = [_literal(w) for kind in kinds for w in words(kind, language) if len(w) > 1 or language == "zh"]
    said = {"en": "year|ago", "ru": "год|месяц|назад", "zh": "[年月日前]"}[language]
    return re.compile(rf"\d|{said}|{'|'.join(known)}", re.IGNORECASE)


def _filled(pattern: str, language: str) -> str:
    """A pattern with its fields and parts in place of their names."""
    parts = {r["means"][1:-1]: r["pattern"] for r in rows("date_patterns") if r["language"] == language}

    def put(m: re.Match[str]) -> str:
        name = m[1]
        if name in ("y", "z"):
            return f"(?P<{name}>{_YEAR})"
        if name in ("b", "d"):
            return f"(?P<{name}>{_DIGITS}{_ENDINGS.get(language, '')})"
        if name in _KINDS:
            return _field(name, language)
        return _FIELD.sub(put, parts[name])

    return _FIELD.sub(put, pattern)


def _field(name: str, language: str) -> str:
    kind = _KINDS[name]
    known = words(kind, language)
    kept = [w for w in known if name != "m" or w not in _DOUBTFUL]
    either = "|".join(map(_literal, sorted(kept, key=len, reverse=True)))
    if kind == "count" or not known:
        either = f"{either}|{_DIGITS}".lstrip("|")
    either = f"(?:{either}){_STOPS.get(language, '') if kind == 'month' else ''}"
    return either if name == kind else f"(?P<{'a' if name == 'm' else name}>{either})"


def _literal(word: str) -> str:
    return re.escape(word).replace(r"\*", _STEM)
