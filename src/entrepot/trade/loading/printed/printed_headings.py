"""What a heading says: which column it is, in our words and theirs, and of which period it holds figures.

Offices print two languages with a stroke between them (`Country/Pays`), the unit in brackets (`Value (£)`), a number
behind the first of several quantities (`Unit1`), and periods in headings of figures (`2021 Export`, `Value-Feb`).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from entrepot.core.tables.packaged import packaged_rows
from entrepot.trade.contract import FLOW_HEADINGS
from entrepot.trade.loading.printed.printed_periods import period_of
from entrepot.trade.loading.printed.printed_units import HAN, Said, parted, said
from entrepot.trade.loading.printed.titles.contract import HEADING_WORDS

SIDES = ("reporter", "partner", "exporter", "importer")
_ROLES = (*SIDES, "flow", "valuation", "product", "period", "value", "net_kg", "quantity", "quantity_unit")
_WORDS = 10_000  # of headings that are kept with the month that they name: those of many tables repeat
_STROKES = re.compile(r"\s*/\s*|\s+\|\s+|\n")
_NOTE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_FIRST = re.compile(r"(?<=[^\W\d_]{3})\s*1$")  # of several by number: Qty1, Unit1; T1 and KG1 are labels of fields
_WORD = re.compile(r"[^\W\d_]+\d?")
# SDMX-CSV with its names: COUNTRY_DEST: Country of destination.
_CODED = re.compile(r"([A-Z][A-Z0-9_]*):\s+(\S.*)")
_WHAT_A_LABEL_IS = re.compile(r"\s*\((?:labels?|codes?|names?)\)\s*$|\s*\[[A-Z_]+\]\s*$", re.IGNORECASE)


@cache
def role_of(heading: str) -> str:
    """What a column of this heading holds, in our words; empty where that is not known, or two languages disagree.

    >>> role_of("PARTNER (Labels)"), role_of("Код ТН ВЭД"), role_of("Share"), role_of("Country/Pays")
    ('partner', 'product', '', 'partner')
    """
    whole = _roles().get(key(_WHAT_A_LABEL_IS.sub("", heading)), "")
    if whole:
        return whole
    roles = {_roles().get(one, "") for one in spellings(heading)} - {""}
    return roles.pop() if len(roles) == 1 else ""


def spellings(heading: str) -> tuple[str, ...]:
    """A heading as it is compared, with what else it is called: each of two languages, without its unit or its number.

    >>> spellings("Value/Valeur"), spellings("Net Mass (Kg)"), spellings("Unit1")
    (('valuevaleur', 'value', 'valeur'), ('netmasskg', 'netmass'), ('unit1', 'unit'))
    >>> spellings("T1")
    ('t1',)
    """
    found = [heading, *(_STROKES.split(heading) if _STROKES.search(heading) else ())]
    bare = _NOTE.sub("", heading)
    inside = [one.strip("()[] ") for one in _NOTE.findall(heading)]
    if bare != heading and all(is_unit(said(one)) for one in inside):
        found.append(bare)
    found.append(_FIRST.sub("", heading))
    if both := _CODED.fullmatch(heading):
        found += both.groups()
    found.append(_side(heading))
    return tuple(dict.fromkeys(filter(None, map(key, found))))


def _side(heading: str) -> str:
    """The side that a heading names in words that say nothing else; empty for none.

    >>> _side("Reporting Economy"), _side("Counterpart Country Code"), _side("Partner type"), _side("País socio")
    ('reporter', 'partner', '', 'partner')
    """
    told, is_whole = _meanings(heading, ("side", "named"))
    sides = {means for kind, means in told if kind == "side"}
    return sides.pop() if len(sides) == 1 and is_whole else ""


@cache
def goods_in(heading: str) -> tuple[bool, str]:
    """Whether a heading says goods and nothing else, and the classification that it names beside the HS.

    >>> goods_in("COMMODITY_SITC: Commodity by SITC"), goods_in("Product group"), goods_in("Product price")
    ((True, 'SITC'), (True, ''), (False, ''))
    >>> goods_in("Productos según CUCI"), goods_in("Товарная группа СМТК"), goods_in("商品国际贸易标准分类")
    ((True, 'SITC'), (True, 'SITC'), (True, 'SITC'))
    """
    both = _CODED.fullmatch(heading)
    for one in both.groups()[::-1] if both else (heading,):
        told, is_whole = _meanings(one.replace("_", " "), ("goods", "classed", "scheme"))
        if is_whole and any(kind in {"goods", "scheme"} for kind, _ in told):
            return True, next((means for kind, means in told if kind == "scheme"), "")
    return False, ""


@cache
def is_of_amounts(heading: str) -> bool:
    """Whether a heading says that figures stand below: it names a scale or a currency, or a flow and no code of goods.

    >>> is_of_amounts("Exports (thousand USD)"), is_of_amounts("当月出口"), is_of_amounts("Export HS code")
    (True, True, False)
    """
    spoken = said(heading)
    if spoken.scale != 1 or spoken.currency:
        return True
    if not spoken.rest:
        return bool(spoken.flow or spoken.label)
    words = _words_of(("goods", "classed", "scheme"))
    parts = (p for word in spoken.rest for p in (_joined(word, words) if HAN.search(word) else [word]))
    return bool(spoken.flow) and not any(p in words for p in parts)


def _meanings(heading: str, kinds: tuple[str, ...]) -> tuple[list[tuple[str, str]], bool]:
    """What the words of a heading are, of these kinds and in their order, and whether each is one."""
    words = _words_of(kinds)
    found: list[tuple[str, str]] = []
    is_whole = True
    for token in _WORD.findall(parted(heading).casefold()):
        for word in _joined(token, words) if HAN.search(token) else [token]:
            found += [words[word]] if word in words else []
            is_whole = is_whole and word in words
    return found, is_whole


def _joined(token: str, words: dict[str, tuple[str, str]]) -> list[str]:
    """The known words in a run of characters that are written without spaces, the longest first."""
    known = sorted((w for w in words if HAN.search(w)), key=len, reverse=True)
    return re.findall("|".join([*map(re.escape, known), "."]), token)


@cache
def _words_of(kinds: tuple[str, ...]) -> dict[str, tuple[str, str]]:
    rows = [row for row in packaged_rows(HEADING_WORDS) if row["kind"] in kinds]
    return {word: (row["kind"], row["means"]) for row in rows for word in row["words"]}


@cache
def title_words(kind: str) -> frozenset[str]:
    """Words on record by which titles say whose figures they are: by, office, of_office."""
    return frozenset(_words_of((kind,)))


def is_unit(spoken: Said) -> bool:
    """Whether words say a currency, a scale or what is counted, and nothing else."""
    return not spoken.rest and bool(spoken.currency or spoken.label or spoken.scale != 1)


@cache
def _roles() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in packaged_rows(FLOW_HEADINGS):
        if row["role"] in _ROLES:
            for heading in row["headings"]:
                found.setdefault(heading, row["role"])
    return found


def key(heading: str) -> str:
    """A heading as it is compared: lower case, letters and digits only."""
    return re.sub(r"[\W_]+", "", heading.casefold())


# A month by its number, of no span: China's customs print 11月 beside 1至11月, which is the year so far.
NUMBERED_MONTH = re.compile(r"(?<![\d至到~～—–-])(1[0-2]|0?[1-9])\s*[月월](?:份)?(?![\d至到~～—–-])", re.ASCII)
_YEARISH = re.compile(
    r"(?<![\d/.-])(?:0?[1-9]|1[0-2])[/.-](?:19|20)\d{2}(?![\d/-])"
    r"|(?<!\d)(?:19|20)\d{2}\s*[年년]\s*\d{1,2}\s*[月월]"
    r"|(?<![^\W_])q[1-4]\s*[-/]?\s*(?:19|20)\d{2}(?![\d/.-])"
    r"|(?<!\d)(?<!\d[/.-])(?:fy\s*)?(?:19|20)\d{2}(?:\s*[-–/]\s*(?:(?:19|20)\d{2}|\d{2})(?!\d))?(?:[-_ ]?[mq]\d{1,2})?"
    r"(?:\s*(?:년|年|г\.|год[ау]?))?(?![/.]?\d)",
    re.IGNORECASE,
)


# A word is looked at from its beginning alone: a heading may be one of 100,000 letters.
_SPANNED = re.compile(
    r"(?<![^\W\d_])[^\W\d_]{3,}\.?\s*[-–—]\s*[^\W\d_]{3,}\.?\s+(?:19|20)\d{2}(?:\s*[-–/]\s*(?:(?:19|20)\d{2}|\d{2}))?(?!\d)(?:\s*(?:г\.|год[ау]?|г\b))?",
    re.IGNORECASE,
)


@cache
def period_in(heading: str) -> tuple[str, str]:
    """The period of which a column holds figures, as printed, and what else its heading says; both empty for none.

    >>> period_in("2021 Export Amount"), period_in("Value exported in 2020"), period_in("HS 2017")
    (('2021', 'Export Amount'), ('2020', 'Value exported in'), ('', ''))
    >>> period_in("USD 01/2024"), period_in("Value 3.2024"), period_in("Import 1-9/2024")
    (('01/2024', 'USD'), ('3.2024', 'Value'), ('', ''))
    """
    if period_of(heading):
        return heading, ""
    span = _SPANNED.search(heading)  # Январь-декабрь 2024 г. экспорт: a year or a quarter in months
    if span and period_of(span[0]):
        label = " ".join((heading[: span.start()] + " " + heading[span.end() :]).split()).strip(" -–_:,.()[]")
        return (span[0].strip(), label) if _is_of_figures(label) else ("", "")
    found = list(_YEARISH.finditer(heading))
    if len(found) != 1 or not period_of(found[0][0]):
        return "", ""
    label = (heading[: found[0].start()] + " " + heading[found[0].end() :]).strip(" -–_:,.()[]")
    return (found[0][0], label) if _is_of_figures(label) else ("", "")


@cache
def is_dated(heading: str) -> bool:
    """Whether a column is of a period's figures, or of both flows of one, of which every word is known.

    >>> is_dated("2022 г. Товарооборот"), is_dated("2021 Export"), is_dated("HS 2017"), is_dated("Period")
    (True, True, False, False)
    """
    year = _YEARISH.search(heading)
    if year is None or role_of(heading):
        return bool(period_in(heading)[0])
    return bool(period_in(heading)[0] or not said(heading.replace(year[0], " ")).rest)


@cache
def when_in(heading: str) -> tuple[str, str, str]:
    """The period of a column of figures, its month where the year stands elsewhere, and what else its heading says.

    >>> when_in("2021 Export Amount"), when_in("January Thsd. USD"), when_in("March 2022 Value, EUR")
    (('2021', '', 'Export Amount'), ('', '01', 'Thsd. USD'), ('March 2022', '', 'Value, EUR'))
    >>> when_in("11月 金额"), when_in("1至11月 金额")
    (('', '11', '金额'), ('', '', ''))
    """
    period, label = period_in(heading)
    if period:
        return period, "", label
    words = [*re.finditer(r"[^\W\d_]+", heading), *NUMBERED_MONTH.finditer(heading)]
    months = [w for w in words if _number_of(w[0])]
    if len(months) != 1:
        return "", "", ""
    year = _YEARISH.search(heading)
    label = (heading[: months[0].start()] + " " + heading[months[0].end() :]).replace(year[0] if year else "\0", " ")
    label = " ".join(re.sub(r"(?<!\w)[.,](?!\w)|^[\s\-–_:,.()\[\]]+|[\s\-–_:,()\[\]]+$", " ", label).split())
    if label and not _is_of_figures(label):
        return "", "", ""
    if year:
        return f"{months[0][0]} {year[0]}", "", label
    return "", _number_of(months[0][0]), label


@lru_cache(maxsize=_WORDS)
def _number_of(month: str) -> str:
    """The number of a month, in words or with the sign of a month behind it; empty where it is none.

    >>> _number_of("January"), _number_of("11月"), _number_of("Value")
    ('01', '11', '')
    """
    if numbered := NUMBERED_MONTH.fullmatch(month):
        return f"{int(numbered[1]):02}"
    return period_of(f"{month} 2000")[5:]


def _is_of_figures(label: str) -> bool:
    spoken = said(label)
    return bool(spoken.label or spoken.currency or spoken.flow) and not spoken.rest
