"""What words of headings and titles say of figures: thousands, dollars, exports, growth. The words are data."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from math import prod

from entrepot.core.tables.packaged import packaged_rows
from entrepot.trade.contract import SHARED_CURRENCIES, TITLE_WORDS

# Vowels of India's scripts, U+0900 to U+0DFF, are marks and no letters to the expression of a word.
# A letter and digits, as G38 and T5, are the label of a field and one word: no gram and no tonne.
_LABEL_OF_FIELD = r"(?<![^\W_])[a-z\u00df-\u024f\u0370-\u052f]\d+[^\W_]*"
_WORDS = re.compile(
    rf"\$|€|£|₹|₪|฿|%|{_LABEL_OF_FIELD}|[\u0e01-\u0e4e]+|[\u0900-\u0dff]+|[^\W\d_]+|\d[\d,.]*", re.UNICODE
)
HAN = re.compile(r"[\u0e01-\u0e4e\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")  # scripts that join words
_LABELS = ("none", "tonne", "kg", "value", "weight", "quantity")  # the first that is named is what it is
_UNCOUNTED = ("weight", "quantity")
_SAID = ("scale", "currency", "flow", "label")
_NO_UNIT = "no_unit"  # words that say that something is counted, and not in which unit
TIMES = re.compile(r"(?i)(?<![^\W_])[x×*]\s*(?=\d)|(?<=\d)\s*[x×*](?![^\W_])")  # x1000 kg, 1000 x USD
_EITHER_TONNE = re.compile(r"(?<![^\W_])Mt(?![^\W_])")
_TIMES = re.compile("10+")  # before a word of scale it multiplies that: CNY 100 Million

# Re-exports, in the words of offices.
AGAIN = re.compile(r"\bre[-\s]?(?=(?:ex|im)p)|\bforeign\s+(?=exp)|\bре[-\s]?(?=эк|им)|^\s*[复復再]")
_SENT_WORDS = frozenset({"re", "ре", "foreign"})  # what AGAIN leaves of them when words are cut
_HOME = "domestic-"  # before export: of goods made in the country, without those that are sent on
# The months of a year so far: figures that hold those of the months before.
_SO_FAR = re.compile(r"1\s*[至到~～—–-]\s*(?:1[0-2]|[2-9])\s*[月월](?:份)?(?:累计|累計|누계)?")
# Exports less imports, and no exports; the weight of them may be net.
_NET = re.compile(r"\bnet\s+(?:ex|im)ports?\b(?!\s+(?:weight|mass))")
# Dollars at current prices are the dollars that were paid; at the prices of another year they are an index.
_AS_PAID = re.compile(r"\b(?:at\s+)?current\s+prices?\b")

_SCALES = {
    1e3: "thousand",
    1e4: "10,000",
    1e5: "lakh",
    1e6: "million",
    1e7: "crore",
    1e8: "100 million",
    1e9: "billion",
    1e10: "10 billion",
    1e11: "100 billion",
    1e12: "trillion",
}
_OF = frozenset({"de", "of", "di", "d"})  # between two words of scale: miles de millones


@dataclass(frozen=True, slots=True)
class Said:
    """What some words say.

    Attributes:
        scale: what the figures are multiplied by; 1 where nothing says.
        currency: ISO 4217; empty where nothing says.
        flow: export or import, re-export or re-import, domestic-export; empty where neither is named, or both.
        label: value, kg, tonne, weight (in no unit that is said) or quantity; none for what is no amount (growth,
            shares, prices, balances); empty where nothing says.
        rest: words that are none of these.
        sign: the sign by which alone the currency is told, where several share it: Canada's dollar is one too.
    """

    scale: float = 1.0
    currency: str = ""
    flow: str = ""
    label: str = ""
    rest: tuple[str, ...] = ()
    sign: str = ""

    @property
    def way(self) -> str:
        """The flow, whether it is of all goods or of those made in the country: export, import or another."""
        return of_way(self.flow)

    @property
    def money(self) -> str:
        """The currency, or the sign where that is all that tells it."""
        return self.sign or self.currency


def of_way(flow: str) -> str:
    """A flow, whether it is of all goods or of those made in the country: export, import or another."""
    return flow.removeprefix(_HOME)


@lru_cache(maxsize=20_000)  # the headings and titles of a file are asked for many times
def said(text: str) -> Said:
    """What a heading or the title of a table says of its figures.

    >>> said("Values in US $ Million"), said("Стоимость, тыс. долларов США").scale
    (Said(scale=1000000.0, currency='USD', flow='', label='value', rest=(), sign=''), 1000.0)
    >>> [said(unit).scale for unit in ("CNY 100 Million", "US$ 10,000", "USD1 Million", "1,000 million")]
    [100000000.0, 10000.0, 1000000.0, 1000000000.0]
    >>> said("2022 Export Growth").label, said("Country").rest
    ('none', ('country',))
    """
    found: dict[str, set[str]] = {"scale": set(), "currency": set(), "flow": set(), "label": set()}
    rest = []
    cut = _cut(text)
    for before, word, behind in zip(["", *cut], cut, [*cut[1:], ""], strict=False):
        paired = _pairs("currency_pair")
        money = paired.get(f"{word} {behind}") or paired.get(f"{before} {word}")
        known = [*_known().get(word, ()), *([("currency", money)] if money else [])]
        for kind, means in known:
            found.setdefault(kind, set()).add(means)
        if not known and not word.isdigit() and not _paired_scale(word, behind):
            rest.append(word)
    found["scale"] = set(map(repr, _factors(cut)))
    if len(found["currency"]) > 1:
        found["currency"] = _named_apart(cut) or found["currency"]  # 万元 is of yuan where no other money is named
    if len(found["currency"]) > 1 and not {"usd", "us"} & {*cut}:
        found["currency"] -= {"USD"}  # a bare dollar beside a currency that is named: ($NZD fob)
    labels = found["label"] - {"joining"}
    if _EITHER_TONNE.search(text):
        labels = (labels - {"tonne"}) | {"weight"}  # in no unit that is sure
    one = {kind: next(iter(means)) if len(means) == 1 else "" for kind, means in found.items()}
    currency = "USD" if found["currency"] == {"USD"} else one["currency"]
    label = next((x for x in _LABELS if x in labels), "")
    if currency and label in _UNCOUNTED:
        label = "value"  # Units: thousand dollars
    again = "re-" if one["flow"] and AGAIN.search(text.casefold()) else ""
    named = [w for w in cut if any(kind == "flow" for kind, _ in _known().get(w, ()))]
    if again and len(named) > len(AGAIN.findall(text.casefold())):
        again, one["flow"] = "", ""  # exports and re-exports
    home = _home_words(text, cut) if one["flow"] == "export" and not again else ""
    again = _HOME if home else again
    rest = [w for w in rest if not (again and (w in _SENT_WORDS or w in home)) and not (w in _OF and currency)]
    return Said(float(one["scale"] or 1), currency, again + one["flow"], label, tuple(rest), _sign(cut))


def _home_words(text: str, cut: list[str]) -> str:
    """The words that say that exports are those of goods made in the country alone; empty for none.

    >>> [said(text).flow for text in ("Domestic exports (US$)", "Exports in domestic currency", "港產品出口")]
    ['domestic-export', 'export', 'domestic-export']
    """
    plain, words = _plain(text), f" {' '.join(cut)} "
    rows = (r for r in packaged_rows(TITLE_WORDS) if r["kind"] == "domestic")
    every = (w for row in rows for w in row["words"])
    return next((w for w in every if (w in plain if HAN.search(w) else f" {w} " in words)), "")


def _named_apart(cut: list[str]) -> set[str]:
    """The currencies that words name which say no scale as well: of 港币万元 that is Hong Kong's."""
    told = [_known().get(w, []) for w in cut]
    apart = [of for w, of in zip(cut, told, strict=True) if not (HAN.search(w) and {"scale"} <= {k for k, _ in of})]
    return {means for of in apart for kind, means in of if kind == "currency"}


def is_either_tonne(text: str) -> bool:
    """Whether a weight is in Mt, which is a metric tonne to some and a million tonnes to others.

    >>> is_either_tonne("Net mass (Mt)"), is_either_tonne("Net mass (MT)"), is_either_tonne("Net mass, mt")
    (True, False, False)
    """
    return bool(_EITHER_TONNE.search(text))


def _factors(cut: list[str]) -> set[float]:
    """What words of scale multiply by; two that follow one another, the smaller first, are one: thousand million."""
    runs: list[list[float]] = []
    last = -1
    for at, (before, word, behind) in enumerate(zip(["", *cut], cut, [*cut[1:], ""], strict=False)):
        scale = _scale(word, behind)
        if scale is None or (_TIMES.fullmatch(word) and _scale(behind, "") is not None):
            continue
        factor = scale * (int(before) if _TIMES.fullmatch(before) else 1)
        is_next = bool(runs) and {*cut[last + 1 : at]} <= _OF and runs[-1][-1] < factor
        last = at
        if is_next and not any(w.isdigit() for w in (before, word)):
            runs[-1].append(factor)
        else:
            runs.append([factor])
    return {prod(run) for run in runs}


def _scale(word: str, behind: str) -> float | None:
    """What a word of scale multiplies by; None for another word, and for one that needs the word behind it."""
    one = next((means for kind, means in _known().get(word, ()) if kind == "scale"), None)
    paired = _paired_scale(word, behind)
    return float(paired or one or "nan") if paired or one else None


def _paired_scale(word: str, behind: str) -> str:
    return _pairs("scale_pair").get(f"{word} {behind}", "")


@cache
def _pairs(kind: str) -> dict[str, str]:
    return {
        w: row["means"] for row in packaged_rows(TITLE_WORDS) if row["kind"] == kind for w in map(_plain, row["words"])
    }


def has_several_scales(text: str) -> bool:
    """Whether words say two scales, so that nothing tells which is that of the figures.

    >>> has_several_scales("thousand tonnes, million USD"), has_several_scales("mil millones de dólares")
    (True, False)
    """
    return len(_factors(_cut(text))) > 1


def told_words(text: str) -> list[tuple[str, frozenset[str]]]:
    """The words of a text in their order, each with the kinds of what it says; none for a word that is not known.

    >>> told_words("Xyzzy USD")
    [('xyzzy', frozenset()), ('usd', frozenset({'currency'}))]
    """
    cut = _cut(text)
    found = []
    for before, word, behind in zip(["", *cut], cut, [*cut[1:], ""], strict=False):
        kinds = {kind for kind, _ in _known().get(word, ())} | ({"digits"} if word.isdigit() else set())
        kinds |= {"scale"} if _paired_scale(word, behind) else set()
        pairs = _pairs("currency_pair")
        kinds |= {"currency"} if pairs.keys() & {f"{word} {behind}", f"{before} {word}"} else set()
        kinds |= {"beside"} if word in _beside() else set()
        found.append((word, frozenset(kinds)))
    return found


@cache
def _beside() -> frozenset[str]:
    return frozenset(
        w for row in packaged_rows(TITLE_WORDS) if row["kind"] == "beside" for w in map(_plain, row["words"])
    )


def words_of(unit: Said) -> str:
    """A unit in words by which it is read again: `million USD`."""
    return f"{_SCALES.get(unit.scale, '')} {unit.money or 'USD'}".strip()


def unit_words(heading: str) -> str:
    """The words of a heading of quantities that say their unit, as printed; empty where none does.

    >>> unit_words("Units"), unit_words("İthalat Miktar"), unit_words("Quantity 1 (pairs)"), unit_words("出口数量")
    ('Units', '', 'pairs', '')
    """
    none = {w for r in packaged_rows(TITLE_WORDS) if r["kind"] == _NO_UNIT for w in r["words"]}
    flows = {w for r in packaged_rows(TITLE_WORDS) if r["kind"] == "flow" for w in r["words"]}
    joining = {"of", "in", "de", "в"}
    found = [w for w in re.findall(r"[^\W_]+", heading) if any(c not in none | flows | joining for c in _cut(w))]
    return " ".join(found)


def _sign(words: list[str]) -> str:
    """The sign of several currencies among words, a word before a mark; empty where a word names a currency."""
    signs = {_signs()[w] for w in words if w in _signs()}
    named = any(kind == "currency" for w in words if w not in _signs() for kind, _ in _known().get(w, ()))
    return max(signs, key=len) if signs and not named and not {"us", "сша"} & {*words} else ""


@cache
def _signs() -> dict[str, str]:
    return {word: row["sign"] for row in packaged_rows(SHARED_CURRENCIES) for word in row["words"] or ()}


def shared(sign: str) -> dict[str, str]:
    """Whose own currency a sign is: reporter to ISO 4217, and under nobody what it is taken for elsewhere."""
    rows = packaged_rows(SHARED_CURRENCIES)
    return {row["reporter"] or "": row["currency"] for row in rows if row["sign"] == sign}


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


def _plain(text: str) -> str:
    """Small letters, marks joined to them: Greek ends a word in another s, and Viet Nam's marks come apart."""
    return unicodedata.normalize("NFC", text.replace("İ", "i").casefold())


def _cut(text: str) -> list[str]:
    """Words in small letters; digits of a thousand as one word, Chinese by the words that are known."""
    plain = undotted(_plain(parted(TIMES.sub(" ", text))))
    if _any_spelt().search(plain):
        for spelt, plainly in _spelt():
            plain = spelt.sub(plainly, plain)
    plain = _SO_FAR.sub(" cumulative ", _NET.sub(" balance ", _AS_PAID.sub(" ", plain)))
    words: list[str] = []
    for word in _unsure().findall(plain):
        bare = word.strip(".,").replace(",", "").replace(".", "") if word[0].isdigit() else word
        words += _han(bare) if HAN.search(bare) else [bare]
    return [w for w in words if w]


@cache
def _unsure() -> re.Pattern[str]:
    """What cuts a text into words: those that mean two things with their point, as mil. of Czech and of Spanish."""
    dotted = [re.escape(w) for row in packaged_rows(TITLE_WORDS) if row["kind"] == "unsure" for w in row["words"]]
    return re.compile("|".join([*(rf"(?<![^\W\d_]){w}" for w in dotted), _WORDS.pattern]))


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
def _spelt() -> list[tuple[re.Pattern[str], str]]:
    """How currencies are written in several words or with a sign, and their codes: `hk$`, `canadian dollars`."""
    named = {
        word: row["means"] for row in packaged_rows(TITLE_WORDS) if row["kind"] == "currency" for word in row["words"]
    }
    joined = {w: code for w, code in named.items() if not HAN.search(w) and len(_WORDS.findall(w)) > 1}
    found = []
    for word in sorted(joined, key=len, reverse=True):
        parts = r"[\s.]*".join(re.escape(part) for part in word.replace(".", " ").split())
        found.append((re.compile(rf"(?<![^\W\d_]){parts}(?![^\W\d_])"), f" {joined[word].casefold()} "))
    return [*found, (re.compile(r"u\.s\."), "us")]


@cache
def _any_spelt() -> re.Pattern[str]:
    """What finds any of them, at one look: most of the thousands of headings that a table may have hold none."""
    return re.compile("|".join(pattern.pattern for pattern, _ in _spelt()))


@cache
def _known() -> dict[str, list[tuple[str, str]]]:
    """Word to what it says; a word of several, such as `us dollar`, is each of them."""
    known: dict[str, list[tuple[str, str]]] = {}
    for row in (r for r in packaged_rows(TITLE_WORDS) if r["kind"] in _SAID):
        for text in map(_plain, row["words"]):
            spelt = row["kind"] == "currency" and "$" in text and text != "$"
            for word in [text] if HAN.search(text) else [] if spelt else _WORDS.findall(text):
                if row["means"] != "USD" and row["kind"] == "currency" and len(_WORDS.findall(text)) > 1:
                    continue  # canadian dollars: neither word says it alone
                pair = (row["kind"], row["means"])
                if word not in {"us", "u", "s"} and pair not in known.setdefault(word, []):
                    known[word].append(pair)
    return known
