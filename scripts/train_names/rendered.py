"""Chinese firms as they are called in English: made by rule, since the open lists carry hardly a Chinese name.

A firm's own name is spelt in pinyin (by pypinyin, not by the product), its place, trade and rank are translated by the
product's table, by one of the meanings of each word; parts are left out, spaced and exchanged as registers and bills of
lading do.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from pypinyin import lazy_pinyin

from entrepot.names.brands.brand_pair import glosses
from entrepot.names.reading.chinese import Segment, segments
from entrepot.names.reading.lexicon import han, institutions
from entrepot.names.reading.prepare import prepare
from entrepot.names.search.index import Index
from train_names.pairs import Entry, Pair

_FORMS = ("Co., Ltd.", "Co., Ltd", "Company Limited", "Limited", "Corporation", "Ltd.", "")
_NEAREST = 3
_PROBABLY_SAME = 0.9  # of a stranger: some of the firms stand on a list themselves
_TRADE = 0.25  # weight from which a word tells a line of business, as in names/comparing/features.py
_WORD = 4  # letters of a word that is taken for a foreign one
# Shares, by judgement: brands that are half translated and half heard (Ninestar), and words translated as no table has
# it. A brand of no relation (Esquel) is not learnt: no comparison can find it, it would teach that brands may differ.
_COINED, _FREE = 0.2, 0.12
_NAMELESS = 0.3  # firms of which nothing but place, trade and rank is told
_INSTITUTIONS = 0.4  # of the brothers, by judgement
_BY_MEANING = 0.6  # of the characters of a coined brand that have a common translation
# As an English ear writes Chinese; the last letter of a syllable is often lost.
_EAR = (("zh", "j"), ("q", "ch"), ("x", "s"), ("c", "ts"), ("ui", "ue"), ("ao", "o"), ("ou", "o"), ("ng", "n"))


def firms(shared: Path, listed: Sequence[Entry], rng: random.Random, most: int) -> Iterator[Pair]:
    """Chinese names with their own English name, and with the nearest names of others.

    Args:
        shared: the data shelf.
        listed: entries of a list that holds hardly one of these firms; their names stand among the others.
        rng: draws.
        most: firms asked about.
    """
    with (shared / "data/names/chinese_listed_company_names.csv").open(encoding="utf-8-sig", newline="") as file:
        named = list(dict.fromkeys(r["公司中文名称"] for r in csv.DictReader(file) if r["公司中文名称"]))
    companies = [(n, e.key) for e in listed if e.kind == "company" for n in e.names]
    foreign = [w.title() for n, _ in companies for w in n.split() if w.isalpha() and len(w) >= _WORD]
    english = [(rendered(n, rng, foreign), f"zh-{n}") for n in named] + companies
    index = Index([n for n, _ in english], ["company"] * len(english))
    asked = rng.sample(range(len(named)), min(most, len(named)))
    hits = index.search_many([named[i] for i in asked], least=0.0, kinds=["company"] * len(asked))
    groups = [f"zh-{named[i]}" for i in asked]
    chinese = [_nameless(named[i]) if rng.random() < _NAMELESS else named[i] for i in asked]
    yield from _strangers(chinese, groups, companies, "Chinese firms and others")
    suppliers = [_generic(english[i][0]) if rng.random() < _NAMELESS else english[i][0] for i in asked]
    yield from _strangers(suppliers, groups, companies, "invented firms and others")
    for i in asked:
        name, brother = _brothers(named[i], named[rng.choice(asked)], rng)
        if brother:
            said, group = rendered(brother, rng, foreign, whole=True), f"zh-{named[i]}"
            yield Pair(name, said, "company", same=False, source="brothers of Chinese firms", group=group)
    for i, found in zip(asked, hits, strict=True):
        group = f"zh-{named[i]}"
        yield Pair(named[i], english[i][0], "company", same=True, source="Chinese firms in English", group=group)
        others = [english[h.position] for h in found if english[h.position][1] != group][:_NEAREST]
        for name, _ in others:
            yield Pair(named[i], name, "company", same=False, source="Chinese firms in English", group=group)


def _strangers(
    asked: Sequence[str], groups: Sequence[str], companies: Sequence[tuple[str, str]], source: str
) -> Iterator[Pair]:
    """What a search brings up for firms that are not listed: others, alike in generic words."""
    index = Index([n for n, _ in companies], ["company"] * len(companies))
    hits = index.search_many(asked, least=0.0, kinds=["company"] * len(asked))
    for name, group, found in zip(asked, groups, hits, strict=True):
        for hit in [h for h in found if h.similarity.score < _PROBABLY_SAME][:_NEAREST]:
            yield Pair(name, companies[hit.position][0], "company", same=False, source=source, group=group)


def _generic(name: str) -> str:
    """The name without its own word, as careless records have it: General Trading Ltd."""
    kept = [w.shown for w in prepare(name, "company").words if w.kind != "core"]
    return f"{' '.join(kept).title()} Ltd." if kept else name


def _brothers(name: str, other: str, rng: random.Random) -> tuple[str, str]:
    """A firm and another of the same place and own name; the second is empty where the first has no name of its own.

    The other is in another line of business, or a house of its own kind (a bank, a hospital); the firm is told by its
    own line, as a group, or by nothing more.
    """
    own = [s for s in segments(_characters(name)) if s.entry is None or s.entry.role in {"place", "core"}]
    if all(s.entry is not None and s.entry.role != "core" for s in own):
        return name, ""
    kept = "".join(s.text for s in own)
    first = rng.choice((name, name, f"{kept}集团", f"{kept}集团有限公司", kept))
    if rng.random() < _INSTITUTIONS:
        here = {s.entry.meaning for s in segments(_characters(first)) if s.entry is not None}
        house = rng.choice(_houses())
        return first, "" if here & institutions() else kept + house
    theirs, ours = ({s.entry for s in _trades(n)} for n in (other, first))
    if not theirs or theirs & ours or (first == name and not ours):
        return first, ""
    return first, "".join([kept, *(s.text for s in _trades(other)), "有限公司"])


@cache
def _houses() -> list[str]:
    return sorted(w for w, e in han().items() if e.role == "word" and e.meaning in institutions() and len(w) > 1)


def _trades(name: str) -> list[Segment]:
    """The words of a name that tell a line of business; a rank (集团) tells none."""
    found = segments(_characters(name))
    return [s for s in found if s.entry is not None and s.entry.role == "word" and s.entry.weight >= _TRADE]


def _nameless(name: str) -> str:
    """Likewise in Chinese: 国际贸易有限公司."""
    kept = [s.text for s in segments(_characters(name)) if s.entry is not None and s.entry.role != "core"]
    return "".join(kept) or name


def _characters(name: str) -> str:
    return "".join(c for c in name if "\u4e00" <= c <= "\u9fff")


def rendered(name: str, rng: random.Random, foreign: Sequence[str], *, whole: bool = False) -> str:
    """One English name of a Chinese firm; now and then a word of it is one that no table knows, unless it is whole."""
    words = []
    for segment in segments(_characters(name)):
        entry = segment.entry
        if entry is not None and entry.role == "form":
            continue
        own_name = entry is None or entry.role == "core"
        if not own_name and not whole and rng.random() < _FREE:
            words.append(rng.choice(foreign))
        elif own_name and rng.random() < _COINED:
            words.append(_coined(segment.text, rng).title())
        elif entry is None or entry.role == "core":
            own = (
                entry.also[0]
                if entry is not None and entry.also and rng.random() < 1 / 3
                else _spelt(segment.text, rng)
            )
            words.append(own.title())
        elif not whole and rng.random() < {"place": 0.1, "word": 0.12}[entry.role]:
            continue
        else:
            words.append(rng.choice((entry.meaning, entry.meaning, *entry.also)).title())
    if len(words) > 1 and rng.random() < 1 / 10:
        words = [*words[1:], words[0]]
    return " ".join([*words, rng.choice(_FORMS)]).strip() or _spelt(name, rng)


def _coined(text: str, rng: random.Random) -> str:
    """A brand made of a firm's own name: a character by its meaning, or as it is heard."""
    return "".join(
        rng.choice(glosses(c)) if glosses(c) and rng.random() < _BY_MEANING else _heard(lazy_pinyin(c)[0], rng)
        for c in text
    )


def _heard(syllable: str, rng: random.Random) -> str:
    for said, written in _EAR:
        if rng.random() < 1 / 2:
            syllable = syllable.replace(said, written)
    return syllable


def _spelt(text: str, rng: random.Random) -> str:
    return rng.choice(("", "", "", " ", "-")).join(lazy_pinyin(text))
