"""What words of headings and titles say of figures: thousands, dollars, exports, growth. The words are data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from entrepot.core.tables.packaged import packaged_rows
from entrepot.trade.contract import TITLE_WORDS

_WORDS = re.compile(r"\$|€|£|₹|%|[^\W\d_]+|\d[\d,.]*", re.UNICODE)
HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")  # scripts that join words
_LABELS = ("none", "tonne", "kg", "value", "weight", "quantity")  # the first that is named is what it is
_UNCOUNTED = ("weight", "quantity")

# Dollars at current prices are the dollars that were paid; at the prices of another year they are an index.
_AS_PAID = re.compile(r"\b(?:at\s+)?current\s+prices?\b")


@dataclass(frozen=True, slots=True)
class Said:
    """What some words say.

    Attributes:
        scale: what the figures are multiplied by; 1 where nothing says.
        currency: ISO 4217; empty where nothing says.
        flow: export or import; empty where neither is named, or both.
        label: value, kg, tonne, weight (in no unit that is said) or quantity; none for what is no amount (growth,
            shares, prices, balances); empty where nothing says.
        rest: words that are none of these.
    """

    scale: float = 1.0
    currency: str = ""
    flow: str = ""
    label: str = ""
    rest: tuple[str, ...] = ()


def said(text: str) -> Said:
    """What a heading or the title of a table says of its figures.

    >>> said("Values in US $ Million"), said("Стоимость, тыс. долларов США").scale
    (Said(scale=1000000.0, currency='USD', flow='', label='value', rest=()), 1000.0)
    >>> said("2022 Export Growth").label, said("Country").rest
    ('none', ('country',))
    """
    found: dict[str, set[str]] = {"scale": set(), "currency": set(), "flow": set(), "label": set()}
    rest = []
    for word in _cut(text):
        known = _known().get(word, ())
        for kind, means in known:
            found[kind].add(means)
        if not known and not word.isdigit():
            rest.append(word)
    labels = found["label"] - {"joining"}
    one = {kind: next(iter(means)) if len(means) == 1 else "" for kind, means in found.items()}
    currency = "USD" if found["currency"] == {"USD"} else one["currency"]
    label = next((x for x in _LABELS if x in labels), "")
    if currency and label in _UNCOUNTED:
        label = "value"  # Units: thousand dollars
    return Said(float(one["scale"] or 1), currency, one["flow"], label, tuple(rest))


def flows_of(text: str) -> tuple[str, ...]:
    """The flows that a heading names, in its order: `Exp or Imp` says what 1 and 2 are.

    >>> flows_of("Exp or Imp"), flows_of("Import/Export"), flows_of("Flow")
    (('export', 'import'), ('import', 'export'), ())
    """
    named = [means for word in _cut(text) for kind, means in _known().get(word, ()) if kind == "flow"]
    return tuple(dict.fromkeys(named))


def parted(text: str) -> str:
    """Words that are run together under capitals, apart.

    >>> parted("NetWeight in KGM"), parted("TradeValue"), parted("US$ Million")
    ('Net Weight in KGM', 'Trade Value', 'US$ Million')
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)


def undotted(text: str) -> str:
    """Abbreviations of three letters without their points.

    >>> undotted("c.i.f. value, u.s. dollars")
    'cif value, u.s. dollars'
    """
    return re.sub(r"\b([a-z])\.([a-z])\.([a-z])\b\.?", r"\1\2\3", text)


def _cut(text: str) -> list[str]:
    """Words in small letters; digits of a thousand as one word, Chinese by the words that are known."""
    plain = undotted(parted(text).replace("İ", "i").casefold())
    for spelt, plainly in (("us$", "usd"), ("us $", "usd"), ("$us", "usd"), ("u.s.", "us")):
        plain = plain.replace(spelt, plainly)
    plain = _AS_PAID.sub(" ", plain)
    words: list[str] = []
    for word in _WORDS.findall(plain):
        bare = word.strip(".,").replace(",", "").replace(".", "") if word[0].isdigit() else word
        words += _han(bare) if HAN.search(bare) else [bare]
    return [w for w in words if w]


def _han(word: str) -> list[str]:
    """The known words in a run of characters of such a script, in its order; what none explains is one word.

    >>> _han("수출금액"), _han("国名")
    (['수출', '금액'], ['国名'])
    """
    found: list[tuple[int, str]] = []
    for known in sorted((w for w in _known() if HAN.search(w)), key=len, reverse=True):
        while (at := word.find(known)) >= 0:
            found.append((at, known))
            word = word[:at] + " " * len(known) + word[at + len(known) :]
    rest = [(match.start(), match[0]) for match in re.finditer(r"\S+", word)]
    return [one for _, one in sorted([*found, *rest])]


@cache
def _known() -> dict[str, list[tuple[str, str]]]:
    """Word to what it says; a word of several, such as `us dollar`, is each of them."""
    known: dict[str, list[tuple[str, str]]] = {}
    for row in packaged_rows(TITLE_WORDS):
        for text in row["words"]:
            for word in [text] if HAN.search(text) else _WORDS.findall(text):
                pair = (row["kind"], row["means"])
                if word not in {"us", "u", "s"} and pair not in known.setdefault(word, []):
                    known[word].append(pair)
    return known
