"""The language of a block, by script and function words: en, zh, ru, or unknown. See docs/design/13-claims.md."""

from __future__ import annotations

import re
from functools import cache

from entrepot.claims.wordlists import rows

READ = ("en", "zh", "ru")
_HAN = re.compile(r"[\u3400-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
# Letters of Kazakh, Kyrgyz, Uyghur, Tajik, Ukrainian and Belarusian that Russian lacks.
_NOT_RUSSIAN = re.compile(r"[әғқңөұүһіїєўҳӣҷ]", re.IGNORECASE)
_CYRILLIC_WORD = re.compile(r"[\u0400-\u04ff]+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_ACCENTED = re.compile(r"[À-ɏ]")
_WORD = re.compile(r"[a-z]+")
# Articles, prepositions and the like: at least one word in twelve of English prose, few of any other in Latin letters.
_ENGLISH = frozenset(r["word"] for r in rows("stops") if r["use"] == "function")
_SCRIPT = {"zh": _HAN, "ru": _CYRILLIC, "en": _LATIN}
_FEW = 10  # one letter in ten is a name within a sentence of another language
_LEAST = 8  # letters: fewer are a name or a unit, in whatever language the text is
# Of a headline of up to so many words, without an article or preposition, one word in three is of the English lists,
# and two at the least; of French, German or Uzbek ones it is a name or a unit.
_HEADLINE, _LISTED, _LEAST_LISTED = 15, 3, 2
_LISTS = ("words", "numbers", "units", "signals", "changes", "counts", "events", "stops")
_SHORT = 5  # words: a heading or a cell has none of the function words
# One word in eight has letters that Russian lacks: of a Kazakh or Ukrainian text every second or third has. Of a
# heading of four words one may be a name.
_FOREIGN, _NAMED = 8, 4
_SAMPLE = 4_000  # characters; a block of more is in the language of its beginning


def of(text: str) -> str:
    """The language of the text.

    Returns:
        en, zh, ru; or unknown, where the script is another, or the Latin words hold no English function word.
    """
    text = text[:_SAMPLE]
    han, cyrillic = len(_HAN.findall(text)), len(_CYRILLIC.findall(text))
    latin = len(_LATIN.findall(text))
    if _KANA.search(text) and len(_KANA.findall(text)) * 10 > han:
        return "unknown"
    if han * 3 > max(latin, cyrillic):  # a Chinese character says as much as three letters
        return "zh" if han else "unknown"
    if cyrillic >= latin:
        words = _CYRILLIC_WORD.findall(text)
        foreign = sum(_NOT_RUSSIAN.search(w) is not None for w in words)  # a name in Kazakh makes no Kazakh text
        named = foreign == 1 and len(words) >= _NAMED
        return "ru" if words and (named or foreign * _FOREIGN <= len(words)) else "unknown"
    return _latin(text)


def by_letters(text: str) -> str:
    """The language of a heading or a cell, of which a word or two is all there is: by whose letters it has at all.

    >>> by_letters("2019年"), by_letters("I кв. 2024 г."), by_letters("FY2023")
    ('zh', 'ru', 'en')
    """
    return next((name for name in ("zh", "ru") if _SCRIPT[name].search(text)), "en")


def of_sentence(text: str, spoken: str) -> str:
    """The language of a sentence: that of its block, unless hardly a letter of it is in the script of that.

    >>> of_sentence("Через Хоргос прошло 7 тысяч поездов.", "en"), of_sentence("Über Khorgos (霍尔果斯)", "en")
    ('ru', 'en')
    """
    own = _SCRIPT.get(spoken)
    letters = sum(len(script.findall(text)) for script in _SCRIPT.values())
    if own is None or len(own.findall(text)) * _FEW > letters or letters < _LEAST:
        return spoken
    found = of(text)
    return found if found in READ else spoken


def _latin(text: str) -> str:
    words = _WORD.findall(text.lower())
    known = sum(w in _ENGLISH for w in words)
    if len(words) <= _SHORT:
        return "en" if known or not _ACCENTED.search(text) else "unknown"
    return "en" if known * 12 >= len(words) or _is_headline(words) else "unknown"


def _is_headline(words: list[str]) -> bool:
    listed = sum(w in _english() for w in words) if len(words) <= _HEADLINE else 0
    return listed >= _LEAST_LISTED and listed * _LISTED >= len(words)


@cache
def _english() -> frozenset[str]:
    """The words of three letters and more of the English lists."""
    said = (r["word"].lower() for name in _LISTS for r in rows(name) if r.get("language") == "en")
    return frozenset(w for word in said for w in _WORD.findall(word) if len(w) > len("of"))
