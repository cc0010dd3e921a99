"""Numbers in the notations of three languages: digits, scales, words, fractions and multiples.

`cores` finds them in a sentence; what cannot be read without guessing (1.234 vehicles) has no value. Nothing here knows
of units, places or dates.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from entrepot.claims.mentions.figures import Figure, exactly, overlaps
from entrepot.claims.mentions.unit_words import unit_of
from entrepot.claims.text.attribution import patterns
from entrepot.claims.text.fold import HAN_DIGITS
from entrepot.claims.text.lexicon import lexicon, lower
from entrepot.claims.wordlists import rows

if TYPE_CHECKING:
    from entrepot.claims.text.lexicon import Hit, Hits

_SPACES = " \u00a0\u2009\u202f"
# Digits in groups by space or, as the Swiss write them, by apostrophe, or with dots and commas inside; what stands
# before them may make them part of a name.
# A decimal comma may have a blank behind it where a scale follows: 14, 7 млн.
_DIGITS = re.compile(
    rf"(?<![\d,.])\d{{1,3}},[{_SPACES}]\d{{1,2}}(?=[{_SPACES}](?:тыс|млн|млрд|трлн|мил))|\d{{1,3}}(?:[{_SPACES}'’]\d{{3}})+(?:[.,]\d+)?(?!\d)|\d[\d.,]*\d|\d"
)
_NAMED = re.compile(r"(?<!\d(?=[mkb][-–]))[^\W\d_][-–]?$|[\d/#№]$|\d[.,:+]$|\w\+$")  # no scale: 1.2m–1.5m
_CURRENCY = re.compile(r"(?:Rs|RMB|CNY|USD|PKR|EUR|KZT|US)$", re.IGNORECASE)
_MONEY = re.compile(rf"(?:[$€£¥₸₽₹]|{_CURRENCY.pattern[:-1]}) ?$", re.IGNORECASE)
# Behind an m that is of metres: what is measured so, or nothing that millions could count.
_HIGH = re.compile(r"[ -]?(?:high|long|wide|deep|tall|above|asl|in (?:height|elevation|altitude|length|depth))\b")
_UNCOUNTED = re.compile(
    r"(?! ?(?:[A-Z]{3}\b|[$€£¥]))"
    r" ?(?:$|[^ a-z]|(?:pass|tunnel|peak|summit|and|at|from|to|on|over|is|which|that|with|where)\b)"
)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_MILLIONS = re.compile(r" ?(?:mi(?:ll?)?|MM)\b\.?")  # of money or of a weight, where it is no mile: EUR 450 mi.
_WEIGHED = re.compile(r" ?(?:metric )?t(?:ons?|onnes?)?\b")
# signs of a part, each with the part
_SIGNS = {"½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3, "⅕": 1 / 5, "⅛": 1 / 8}
_HAS_PART = re.compile(r"\d/\d|[½¼¾⅓⅔⅕⅛]")
_PART_IN_DIGITS = re.compile(
    r"(?<![\d.,/])(?:(?P<whole>\d{1,3})[ -]?)?(?:(?P<sign>[½¼¾⅓⅔⅕⅛])|(?<!\d)(?P<above>\d)/(?P<below>[2-9]|10)(?![\d/]))"
)
_ROUND_BY_DOT = re.compile(r"\d{1,3}\.000")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,3}\.\d{3},\d+")
# Without 兆, which is a million to some and a trillion to others.
_HAN_SCALES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_HAN_DIGITS = HAN_DIGITS | {"两": 2}  # which stands for 二 before what is counted
_HAN = re.compile(r"[零〇一二两三四五六七八九十百千万亿]{1,14}")
_HAN_IN_ROW = re.compile(r"[零〇一二三四五六七八九]{3,}")
_HAN_ROUND = re.compile(  # beside money only behind a verb: (百万美元) is a unit
    r"(?<![每\d零〇一二两三四五六七八九十百千万亿几数上成])([百千万亿]{1,2})"
    r"(?:([余多])|(?=[列辆吨艘趟]|公里|(?<=[破超过达近逾跨][百千万亿]{2})[美欧]?元))"
)
_HAN_HALF = re.compile(r"个半(?=小时|月|钟头|世纪)")
_HAN_AFTER = re.compile(r"[多余]?(?:[十百千万亿]{1,3})(?:\d[\d.,]{0,8}[百千万亿]{1,2}){0,2}")
_HAN_TAIL = re.compile(r"(\d[\d.,]{0,8})([百千万亿]{1,2})")
_HAN_FRACTION = re.compile(
    r"([一二两三四五六七八九十]{1,3}|百)分之([零〇一二两三四五六七八九十百]{1,5}(?:点[零〇一二三四五六七八九]{1,4})?)"
)
_HAN_TENTHS = re.compile(r"([一二两三四五六七八九]|(?<![\d.])[1-9])成(?:([一二三四五六七八九半])(?![一-鿿]))?")
_FRACTION_ENDS = re.compile(r"\s*(?:$|[,.;:)\]–—])")
# Half is no ordinal, and a part before any word but those that it only lengthens or shortens.
_HALF = ("half", "Half")
_HALF_OF = re.compile(
    r"[\s-]?(?:an?\b|years?\b|year-|days?\b|hours?\b|months?\b|century|decade|times?\b|dozen|million|billion|way\b|term|[a-z]+-)"
)
_PARTS = re.compile(r"[\s-](?:thirds|quarters|fourths|fifths|tenths)\Z")
_OF_WHAT = re.compile(r"\s*of what\b")
# From a thousand on a word closes a part (two thousand | and five), and a number that was not read is worth listing; in
# Chinese from a myriad on. 100 and 1,000 in their place turn no test.
_THOUSAND, _MYRIAD = 1_000, 10_000
_LONGEST = 24  # digits and separators; more is a number of a document, not a figure


def parse_digits(raw: str, *, decimal_comma: bool, scaled: bool, sign: str = "") -> float | None:
    """The value of digits as printed; None where two readings are defensible.

    Args:
        raw: `1,104`, `1 104,5`, `1.234,5`, `1,60,000`.
        decimal_comma: whether the language writes decimals with a comma.
        scaled: whether a scale word follows: 1.234 million is a decimal, 1.234 alone may be a thousand.
        sign: with which the numbers around it surely write decimals, "." or ","; empty: they do not tell.
    """
    text = re.sub(rf"[{_SPACES}'’]", "", raw)
    if "," not in text and "." not in text:
        return float(text)
    if _DOTTED.fullmatch(text):
        return float(text.replace(".", "").replace(",", "."))
    if text != raw:  # grouped by spaces or apostrophes: the only other sign is the decimal one
        return float(text.replace(",", "."))
    single = re.fullmatch(r"(\d+)([.,])(\d+)", text)
    if single is not None:
        return _one_sign(single[1], single[2], single[3], decimal_comma=decimal_comma, scaled=scaled, told=sign)
    if _GROUPED.fullmatch(text) or _INDIAN.fullmatch(text):
        return float(text.replace(",", ""))
    return None


def _one_sign(  # noqa: PLR0913 - the parts of a number and what its text says of them
    whole: str, sign: str, rest: str, *, decimal_comma: bool, scaled: bool, told: str
) -> float | None:
    decimal = float(f"{whole}.{rest}")
    if told == sign:
        return decimal
    if len(rest) != 3 or len(whole) > 3 or whole.startswith("0") or scaled:  # noqa: PLR2004 - no group of thousands
        if sign == "," and not decimal_comma and scaled and len(rest) == 3:  # noqa: PLR2004 - 1,234 million
            return float(whole + rest)
        return decimal
    if told or (sign == "," and not decimal_comma):  # told: decimals have the other sign here
        return float(whole + rest)
    return None


def han(text: str) -> float | None:
    """The value of a Chinese numeral: 二十九, 一千二百万, 两亿三千万; None where it is none.

    Three digits or more side by side are those of a number (一二六); two (三四) are no single number.
    """
    total = section = digit = 0.0
    last = ""
    text = _HAN_IN_ROW.sub(lambda m: "".join(str(_HAN_DIGITS[c]) for c in m[0]), text)
    for char in text:
        if char.isdecimal():
            digit = digit * 10 + int(char)
        elif char in _HAN_DIGITS:
            if last in _HAN_DIGITS and _HAN_DIGITS.get(last):
                return None
            digit = _HAN_DIGITS[char]
        elif char in "十百千":
            section += (digit or (1.0 if char == "十" or not last else 0.0)) * _HAN_SCALES[char]
            digit = 0.0
        else:
            total = (
                (total + section + digit) * _HAN_SCALES[char]
                if char == "亿"
                else total + (section + digit or 1.0) * 10_000
            )
            section = digit = 0.0
        last = char
    return total + section + digit


def cores(text: str, hits: Hits, language: str, sign: str = "") -> list[Figure]:
    """The numbers of a sentence, in order; `sign` as of `parse_digits`."""
    found = [*_special(text, hits, language)]
    if language == "zh":
        found += _han_special(text)
    found += _parts_in_digits(text, language)
    found += _digit_cores(text, language, sign)
    vague = [_figure(h.start, h.end, None, form="vague") for h in hits.of("numbers.vague")]
    if language == "zh":
        found += vague + _han_words(text)
    else:  # две тысячи is a number, тысячи alone is none
        found += _word_cores(text, hits) + vague
    kept: list[Figure] = []
    spans: list[tuple[int, int]] = []
    for figure in found:  # what comes first takes the place
        if not overlaps(spans, figure.core_start, figure.core_end):
            kept.append(figure)
            spans.append((figure.core_start, figure.core_end))
    return sorted(kept, key=lambda f: f.start)


def _figure(start: int, end: int, value: float | None, **more: object) -> Figure:
    return Figure(start, end, start, end, exactly(value), **more)  # type: ignore[arg-type]


def _special(text: str, hits: Hits, language: str) -> list[Figure]:
    """Fractions, multiples and whole words of `numbers.csv`."""
    found = [
        _figure(h.start, h.end, h.row["value"], form="multiple", bound="about") for h in hits.of("numbers.multiple")
    ]
    found += [_figure(h.start, h.end, h.row["value"], form="words", bound="about") for h in hits.of("numbers.whole")]
    whole = {h.start for h in hits.of("numbers.article") if h.row["value"] != 1}  # half a million is no share
    measured = {h.start - 1 for h in hits.of("units") if h.row["place"] == "after"}
    for h in hits.of("numbers.article"):  # half a tonne
        if h.row["value"] != 1 and h.end in measured and text[h.end].isspace():
            found.append(_figure(h.start, h.end, h.row["value"], form="words"))
    for h in hits.of("numbers.fraction"):
        parts = _PARTS.search(text, h.start, h.end) is not None  # two-thirds of anything are no third country
        if h.start in whole or (text[h.start].isascii() and not parts and not _is_fraction(text, h.end)):
            continue  # a third country
        found.append(_figure(h.start, h.end, h.row["value"], form="fraction", bound="about"))
    found += [_figure(h.start, h.end, 0.0, form="zero") for h in hits.of("numbers.zero")]
    for pattern in (*patterns("duration", language), *patterns("one_harmed", language)):  # for a year; a man was killed
        found += [_figure(*m.span(m.lastindex or 0), 1.0, form="article") for m in pattern.finditer(text)]
    scales = {h.start: h for h in hits.of("numbers.scale")}
    for m in chain.from_iterable(p.finditer(text) for p in patterns("bare_scale", language)):  # over a million
        if (scale := scales.get(m.start(1))) is not None:
            found.append(_figure(scale.start, scale.end, scale.row["value"], form="words", bound="about", scaled=True))
    return found


def _is_fraction(text: str, end: int) -> bool:
    """Whether "a third" before this offset is a fraction: no noun of its own follows, as in a third country."""
    if _FRACTION_ENDS.match(text, end) or (text[:end].endswith(_HALF) and not _HALF_OF.match(text, end)):
        return True
    word = re.match(r"\s*([a-z]+)", text[end : end + 24])
    return word is not None and word[1] in _after_fractions() and not _OF_WHAT.match(text, end)


@cache
def _after_fractions() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("stops") if row["use"] == "after_fraction")


def _han_special(text: str) -> list[Figure]:
    """四分之一, 百分之三十, 两成."""
    found = []
    for m in _HAN_FRACTION.finditer(text):
        whole, point, rest = m[2].partition("点")
        part = (han(whole) or 0.0) + (float("0." + "".join(str(_HAN_DIGITS[c]) for c in rest)) if point else 0.0)
        below = 100.0 if m[1] == "百" else han(m[1]) or 1.0
        bound = None if m[1] == "百" else "about"
        found.append(_figure(m.start(), m.end(), 100 * part / below, form="fraction", bound=bound))
    for m in _HAN_TENTHS.finditer(text):
        half = 5.0 if m[2] == "半" else _HAN_DIGITS.get(m[2] or "零", 0)
        value = 10.0 * (_HAN_DIGITS.get(m[1]) or int(m[1])) + half
        found.append(_figure(m.start(), m.end(), value, form="fraction", bound="about"))
    return found


def _parts_in_digits(text: str, language: str) -> list[Figure]:
    """Parts in digits: 2½, 3 1/2 times; of a whole where its words say so, as a day may be printed so: 1/3 of it, ¾."""
    found = []
    for m in _PART_IN_DIGITS.finditer(text) if _HAS_PART.search(text) else ():
        whole, above, below = m["whole"], m["above"], m["below"]
        part = int(above) / int(below) if above else _SIGNS[m["sign"]]
        if part >= 1:
            continue
        if whole:
            found.append(_figure(*m.span(), int(whole) + part))
            continue
        before = (p.search(text[: m.start()]) for p in patterns("part_before", language))
        behind = (p.match(text, m.end()) for p in patterns("part_behind", language))
        if m["sign"] or any(before) or any(behind):
            found.append(_figure(*m.span(), 100 * part, form="fraction", bound="about"))
    return found


def _digit_cores(text: str, language: str, sign: str) -> list[Figure]:
    small, found = lower(text), []
    for m in _DIGITS.finditer(text):
        if len(m[0]) > _LONGEST:
            continue
        head = text[max(0, m.start() - 4) : m.start()]
        bracket = head.endswith(" /")  # 34,91 млрд юаней /5,45 млрд долл. США/
        if language != "zh" and _NAMED.search(head) and not _CURRENCY.search(head) and not bracket:
            continue
        if language == "zh" and re.search(r"[A-Za-z][-–]?$|[\d/#№]$|\d[.,:+]$", head) and not _CURRENCY.search(head):
            continue
        end, scale, rest, over = _scaled(text, small, m.end(), language)
        if language == "en" and not _MONEY.search(head) and _is_length(text, m, end):
            end, scale = m.end(), 1.0
        short = _MILLIONS.match(text, end) if language == "en" and scale == 1 else None
        if short is not None and (_MONEY.search(head) or _WEIGHED.match(text, short.end())):
            end, scale = short.end(), 1e6
        value = parse_digits(m[0], decimal_comma=language == "ru", scaled=scale > 1, sign=sign)
        if value is None and _ROUND_BY_DOT.fullmatch(m[0]) and _counts(text, small, end, language):
            value = float(m[0].replace(".", ""))  # 1.000 employees: nobody counts them in thousandths
        if value is not None and (scale != 1 or rest):
            value = float(f"{value * scale + rest:.12g}")  # 4351.1亿, not its binary shadow
        found.append(_figure(m.start(), end, value, scaled=scale > 1, scale=scale, bound="over" if over else None))
    return found


def _counts(text: str, small: str, end: int, language: str) -> bool:
    """Whether a unit stands behind a number in which whole things are counted."""
    at = end + text.startswith(tuple(_SPACES), end)
    units = (h.row["unit"] for h in lexicon(language).at(text, small, at) if h.kind == "units")
    return any(unit_of(unit).family.startswith("count:") for unit in units)


def _is_length(text: str, number: re.Match[str], end: int) -> bool:
    """Whether an m behind digits is of metres: the 3,752m pass, a tunnel 800 m long; no word counts 3,752 million."""
    if text[number.end() : end].strip(f"-{_SPACES}") != "m":
        return False
    thousands = len(re.sub(r"\D", "", number[0].partition(".")[0])) >= len("1000")
    return _HIGH.match(text, end) is not None or (thousands and _UNCOUNTED.match(text, end) is not None)


def _scaled(text: str, small: str, end: int, language: str) -> tuple[int, float, float, bool]:
    """Where the scale words end, what they multiply by, what is added after them, and 多 or 余 among them."""
    if language == "zh":
        m = _HAN_AFTER.match(text, end)
        if m is None:
            return end, 1.0, 0.0, False
        head = re.match(r"[多余]?([十百千万亿]+)", m[0])
        assert head is not None
        rest = sum(float(a.replace(",", "").rstrip(".") or 0) * _product(b) for a, b in _HAN_TAIL.findall(m[0]))
        return m.end(), _product(head[1]), rest, m[0][0] in "多余"
    scale = 1.0
    for _ in range(2):  # 1 lakh crore
        at = end + (1 if text[end : end + 1] in (*_SPACES, "-") and text[end : end + 1] else 0)
        hit = next((h for h in lexicon(language).at(text, small, at) if h.kind == "numbers.scale"), None)
        if hit is None:
            break
        end, scale = hit.end, scale * hit.row["value"]
    return end, scale, 0.0, False


def _product(scales: str) -> float:
    value = 1.0
    for char in scales:
        value *= _HAN_SCALES[char]
    return value


def _han_words(text: str) -> list[Figure]:
    """Numerals; one that is a single character counts where a measure word follows, which the grammar asks for."""
    found = []
    for m in _HAN_ROUND.finditer(text):  # 百余年, 万列以上: a round number that stands for itself
        over = {"bound": "over"} if m[2] else {"bound": "about"}
        found.append(_figure(m.start(), m.end(), han(m[1]), form="words", scaled=m[1][0] in "万亿", **over))
    for m in _HAN.finditer(text):
        if m[0][0] in "万亿千百" or re.match(r"\d", text[max(0, m.start() - 1) : m.start()]):
            continue
        value = han(m[0])
        if value is None:
            low, high = _han_between(m[0])
            if low is not None:
                ends: dict[str, object] = {"low": exactly(low), "high": exactly(high), "bound": "between"}
                found.append(_figure(m.start(), m.end(), None, form="words", scaled=low >= _MYRIAD, **ends))
        elif _HAN_HALF.match(text, m.end()):
            found.append(_figure(m.start(), m.end() + 2, value + 0.5, form="words"))
        elif text.startswith("几", m.end()):
            found.append(_figure(m.start(), m.end() + 1, None, form="vague"))
        elif not _is_article(text, m):
            found.append(_figure(m.start(), m.end(), value, form="words", scaled=value >= _MYRIAD))
    return found


def _is_article(text: str, match: re.Match[str]) -> bool:
    """Whether 一 before a measure word only says that there is one: not of those killed or wounded, who are counted."""
    if match[0] != "一" or re.match(r"[列辆批艘架趟家名位个]", text[match.end() : match.end() + 1]) is None:
        return False
    return not any(p.match(text, match.end()) for p in patterns("harmed", "zh"))


def _han_between(text: str) -> tuple[float | None, float | None]:
    """一二百 is one to two hundred, 三四十 thirty to forty."""
    m = re.fullmatch(r"([一二两三四五六七八九])([二三四五六七八九])([十百千万亿]*)", text)
    if m is None or _HAN_DIGITS[m[2]] != _HAN_DIGITS[m[1]] + 1:
        return None, None
    scale = _product(m[3])
    return _HAN_DIGITS[m[1]] * scale, _HAN_DIGITS[m[2]] * scale


def _word_cores(text: str, hits: Hits) -> list[Figure]:
    """Number words side by side: twenty-nine, one and a half million, два десятка."""
    found: list[Figure] = []
    run: list[Hit] = []
    for hit in [*hits.of("numbers.word", "numbers.article", "numbers.and", "numbers.scale"), None]:
        if hit is not None and run and hit.start < run[-1].end:
            continue
        if run and (hit is None or not re.fullmatch(r"[\s\-–]{0,2}(?:and\s)?", text[run[-1].end : hit.start])):
            found += _run(run)
            run = []
        if hit is not None:
            run.append(hit)
    return found


def _run(run: list[Hit]) -> list[Figure]:
    while run and run[0].kind in ("numbers.scale", "numbers.and"):
        run = run[1:]
    if len(run) > 1 and [h.kind for h in run[:2]] == ["numbers.article", "numbers.word"]:
        run = run[1:]  # a two-year waiver
    if not run or (run[0].kind == "numbers.article" and (len(run) == 1 or run[1].kind != "numbers.scale")):
        return []
    total = part = 0.0
    for hit in run:
        value = hit.row["value"]
        if hit.kind != "numbers.scale":
            part += value
        elif value < _THOUSAND:  # hundred, dozen, десяток
            part = (part or 1.0) * value
        else:
            total, part = total + (part or 1.0) * value, 0.0
    round_words = run[-1].kind == "numbers.scale" or run[0].kind == "numbers.article"
    scale = max([h.row["value"] for h in run if h.kind == "numbers.scale"], default=1.0)
    bound = "about" if round_words else None
    return [
        _figure(
            run[0].start, run[-1].end, total + part, form="words", bound=bound, scaled=scale >= _THOUSAND, scale=scale
        )
    ]
