"""The pairs that the matcher learns from: where each comes from, how it is made, and which belong together.

Public-domain and open lists only, read with the product's own readers, and the MIT-licensed name_bench. Nothing is
drawn from the UFLPA table, nor from the cross-script pairs that the benchmark tests with.
"""

from __future__ import annotations

import csv
import gzip
import random
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
from rapidfuzz import fuzz
from sklearn.feature_extraction.text import TfidfVectorizer

from entrepot.lists import registry
from entrepot.names.comparing.rarity import RANK
from entrepot.names.reading import lexicon
from entrepot.names.reading.lexicon import institutions
from entrepot.names.reading.prepare import prepare
from entrepot.names.search.index import Index
from train_names.spoil import made_up, spoilt

if TYPE_CHECKING:
    from entrepot.names.reading.name import Kind

_LISTS = (
    ("ofac_json_mirror/ofac-sdn.json", "ofac-sdn"),
    ("un/UN_consolidated_2026-02-27.xml", "un"),
    ("uk", "uk"),
    ("us_csl/us_lists_2022-05-05.csv.gz", "us-csl"),
)
_LEAST_ALIKE = 55  # an alias further from its name than this is another name, which no comparison can find
_NEIGHBOURS = 4
_TRADE_KEPT = 0.8  # share of generic words that stand in a short name, by judgement
_SHORTEST = 4  # characters of a short name: two or three are many firms'
_MINED = 3
_SON_OF = re.compile(r"\b(\w{3,})([ -](?:bin|ben|ibn)[ -](?:al[ -]|abd al[ -])?)(\w{3,})\b(?=.*\w)", re.IGNORECASE)
_SURNAME_FIRST, _MISSPELT = 0.8, 0.25  # shares of Chinese names in Latin letters, by judgement


@dataclass(frozen=True)
class Pair:
    """Two names, whether they are one party, and where the pair comes from.

    Attributes:
        group: pairs that share a name share a group, so that no name is both learnt from and tested on.
    """

    left: str
    right: str
    kind: str
    same: bool
    source: str
    group: str


@dataclass(frozen=True)
class Entry:
    """A listed party: its names, the first being the main one."""

    key: str
    kind: str
    names: tuple[str, ...]


def entries(shared: Path) -> dict[str, list[Entry]]:
    """Entries of each list, with strong names only."""
    out = {}
    for path, list_id in _LISTS:
        read = registry.read_list(shared / "data" / "lists" / path, list_id).reading
        kinds = {r["entity_id"]: r["kind"] for r in read.entries.to_pylist()}
        names: dict[str, list[str]] = defaultdict(list)
        for row in read.names.to_pylist():
            if row["strength"] != "weak":
                names[row["entity_id"]].append(row["name"])
        out[list_id] = [Entry(k, _kind(kinds[k]), tuple(v)) for k, v in names.items()]
    return out


def _kind(kind: str) -> str:
    return "person" if kind == "person" else "vessel" if kind == "vessel" else "company"


def aliases(found: Sequence[Entry], list_id: str, rng: random.Random, most: int) -> Iterator[Pair]:
    """Two names of one entry that are renderings of one another; names in two scripts always count."""
    several = [e for e in found if len(e.names) > 1 and e.kind != "vessel"]
    for entry in rng.sample(several, min(most, len(several))):
        a = entry.names[0]
        for b in rng.sample(entry.names[1:], min(2, len(entry.names) - 1)):
            other_script = a.isascii() != b.isascii() and not b.isascii() and any(ord(c) > 0x2FF for c in b)  # noqa: PLR2004
            if a.casefold() != b.casefold() and (other_script or fuzz.token_sort_ratio(a, b) >= _LEAST_ALIKE):
                yield Pair(a, b, entry.kind, same=True, source=f"aliases of {list_id}", group=entry.key)


def damaged(found: Sequence[Entry], list_id: str, rng: random.Random, most: int) -> Iterator[Pair]:
    """A listed name and the same name spoilt."""
    for entry in rng.sample(found, min(most, len(found))):
        name = rng.choice(entry.names)
        spoil = spoilt(name, rng)
        if spoil and spoil != name:
            yield Pair(spoil, name, entry.kind, same=True, source=f"spoilt names of {list_id}", group=entry.key)


def called(found: Sequence[Entry], list_id: str, rng: random.Random, most: int) -> Iterator[Pair]:
    """A listed firm and what people call it: its own name, without its place, its rank or its legal form."""
    firms = [(e, rng.choice(e.names)) for e in found if e.kind == "company"]
    placed = [(e, n) for e, n in firms if any(w.kind == "place" for w in prepare(n, "company").words)]
    chosen = [(firms, min(most, len(firms))), (placed, min(most, len(placed)))]
    for entry, name in dict.fromkeys(x for some, count in chosen for x in rng.sample(some, count)):
        words = prepare(name, "company").words
        kept = [w for w in words if w.kind != "place" and (w.kind == "core" or rng.random() < _TRADE_KEPT)]
        short = " ".join(w.shown for w in kept)
        if any(w.kind == "core" for w in kept) and len(kept) > 1 and short != name:
            yield Pair(short, name, "company", same=True, source=f"short names on {list_id}", group=entry.key)


def beside(found: Sequence[Entry], list_id: str, rng: random.Random, most: int) -> Iterator[Pair]:
    """A listed name and a name made up of it; where only a legal form or a rank was exchanged nobody can tell."""
    everyone = {n.casefold() for e in found for n in e.names}
    kinds = {kind: [e for e in found if e.kind == kind] for kind in {e.kind for e in found}}
    for entry in rng.sample(found, min(most, len(found))):
        name, other = rng.choice(entry.names), rng.choice(kinds[entry.kind])
        new = made_up(name, other.names, rng)
        if new and new.casefold() not in everyone and _telling(new) != _telling(name):
            yield Pair(new, name, entry.kind, same=False, source=f"made up beside {list_id}", group=entry.key)


def houses(found: Sequence[Entry], list_id: str, rng: random.Random, most: int) -> Iterator[Pair]:
    """A listed firm and a bank, school or hospital of the same place and own name."""
    firms = [e for e in found if e.kind == "company"]
    kinds = sorted(w.title() for w in institutions() if " " not in w)
    for entry in rng.sample(firms, min(most, len(firms))):
        name = rng.choice(entry.names)
        words = prepare(name, "company").words
        kept = [w.shown.title() for w in words if w.kind in {"core", "place"}]
        if any(w.kind == "core" for w in words) and not institutions() & {t for w in words for t in (w.text, *w.other)}:
            left = rng.choice((name, " ".join(kept), " ".join([*kept, "Group"])))
            right = " ".join([*kept, rng.choice(kinds)])
            yield Pair(left, right, "company", same=False, source=f"houses beside {list_id}", group=entry.key)


def sons(found: Sequence[Entry], list_id: str, rng: random.Random, most: int) -> Iterator[Pair]:
    """A listed person and one whose father has the son's name: Hasan bin Ahmad beside Ahmad bin Hasan."""
    named = [(e, n) for e in found if e.kind == "person" for n in e.names if _SON_OF.search(n)]
    for entry, name in rng.sample(named, min(most, len(named))):
        other = _SON_OF.sub(r"\3\2\1", name, count=1)
        if other.casefold() not in {n.casefold() for n in entry.names}:
            yield Pair(other, name, "person", same=False, source=f"sons beside {list_id}", group=entry.key)


def nicknamed(found: Sequence[Entry], list_id: str, rng: random.Random, most: int) -> Iterator[Pair]:
    """A listed person and what people call them: Bill for William."""
    persons = [(e, n) for e in found if e.kind == "person" for n in e.names]
    known = [(e, n, at) for e, n in persons for at, w in enumerate(n.split()) if w.lower() in lexicon.called()]
    for entry, name, at in rng.sample(known, min(most, len(known))):
        words = name.split()
        words[at] = rng.choice(sorted(lexicon.called()[words[at].lower()])).title()
        yield Pair(" ".join(words), name, "person", same=True, source=f"given names on {list_id}", group=entry.key)


def nameless(found: Sequence[Entry], list_id: str, rng: random.Random, most: int) -> Iterator[Pair]:
    """A listed firm and its place and trade without a name, which are any firm's there: General Trading Ltd."""
    firms = [e for e in found if e.kind == "company"]
    for entry in rng.sample(firms, min(most, len(firms))):
        name = rng.choice(entry.names)
        words = prepare(name, "company").words
        kept = [w.shown.title() for w in words if w.kind != "core"]
        if len(kept) < len(words) and any(w.kind == "word" and w.weight > RANK for w in words):
            bare = " ".join([*kept, rng.choice(("Ltd.", "Co., Ltd.", "Company", ""))]).strip()
            yield Pair(bare, name, "company", same=False, source=f"nameless beside {list_id}", group=entry.key)


def _telling(name: str) -> set[str]:
    """The words that tell a name from others: all but ranks and particles."""
    return {w.text for w in prepare(name, "company").words if w.kind == "core" or w.weight > RANK}


def _one_party_twice(a: str, b: str, kind: str) -> bool:
    """Whether two entries of a list are more likely one party listed twice, as it happens under two programmes.

    Their words are the same but for legal form, rank, spacing and order: such pairs teach nothing, and are left out.
    """
    return _letters(a, kind) == _letters(b, kind)


@lru_cache(maxsize=200_000)
def _letters(name: str, kind: str) -> str:
    words = prepare(name, cast("Kind", kind)).words
    return "".join(sorted("".join(w.text for w in words if w.kind == "core" or w.weight > RANK)))


def mined(found: Sequence[Entry], queries: Sequence[tuple[str, str, str]], source: str) -> Iterator[Pair]:
    """What the product's own search brings up for each query, of another party: as in use, whatever the scripts.

    Args:
        found: the entries searched.
        queries: (name, kind, key of the party).
        source: said of the pairs.
    """
    named = [(n, e) for e in found for n in e.names]
    index = Index([n for n, _ in named], [cast("Kind", e.kind) for _, e in named])
    own = {e.key: {n.casefold() for n in e.names} for e in found}
    met = index.search_many([q[0] for q in queries], least=0.0, kinds=[cast("Kind", q[1]) for q in queries])
    for (name, kind, key), hits in zip(queries, met, strict=True):
        others = [named[h.position] for h in hits]
        others = [(n, e) for n, e in others if e.key != key and e.kind == kind and name.casefold() not in own[e.key]]
        for other, _ in [x for x in others if not _one_party_twice(name, x[0], kind)][:_MINED]:
            yield Pair(name, other, kind, same=False, source=source, group=key)


def neighbours(
    queries: Sequence[tuple[str, str, str]], listed: Sequence[tuple[str, str, str]], source: str
) -> Iterator[Pair]:
    """The listed names nearest in letters to each query that belong to another party.

    Args:
        queries: (name, kind, key of the party).
        listed: likewise; names of one key are one party.
        source: said of the pairs.
    """
    from anyascii import anyascii

    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), min_df=1, sublinear_tf=True, dtype=np.float32)
    matrix = vectors.fit_transform(anyascii(n).lower() for n, _, _ in listed)
    names_of = defaultdict(set)
    for name, _, key in listed:
        names_of[key].add(name.casefold())
    for start in range(0, len(queries), 500):
        part = queries[start : start + 500]
        near = (vectors.transform(anyascii(n).lower() for n, _, _ in part) @ matrix.T).tocsr()
        for row, (name, kind, key) in enumerate(part):
            lo, hi = near.indptr[row], near.indptr[row + 1]
            order = near.indices[lo:hi][np.argsort(-near.data[lo:hi])][: 5 * _NEIGHBOURS]
            others = [listed[i] for i in order if listed[i][2] != key and name.casefold() not in names_of[listed[i][2]]]
            others = [x for x in others if not _one_party_twice(name, x[0], kind)]
            for other, other_kind, _ in others[:_NEIGHBOURS]:
                yield Pair(name, other, kind if kind == other_kind else "any", same=False, source=source, group=key)


def bench(shared: Path) -> Iterator[Pair]:
    """name_bench, visible half; pairs that share a name are one group."""
    rows = list(csv.DictReader((shared / "data/names/name_bench.csv").open(encoding="utf-8")))
    for row, group in zip(rows, joined([(r["name1"], r["name2"]) for r in rows]), strict=True):
        kind = {"Person": "person", "Company": "company", "Organization": "company", "Vessel": "vessel"}
        yield Pair(
            row["name1"],
            row["name2"],
            kind.get(row["schema"], "any"),
            same=row["is_match"] == "true",
            source="name_bench",
            group=f"bench-{group}",
        )


def joined(pairs: Iterable[tuple[str, str]]) -> list[int]:
    """A number for each pair, the same for pairs that hang together by a name."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    pairs = list(pairs)
    for a, b in pairs:
        parent[root(a.casefold())] = root(b.casefold())
    numbers: dict[str, int] = {}
    return [numbers.setdefault(root(a.casefold()), len(numbers)) for a, _ in pairs]


def chinese(shared: Path, rng: random.Random, most: int) -> Iterator[Pair]:
    """Short and full names of Chinese companies, and the nearest full name of another company."""
    with (shared / "data/names/chinese_listed_company_names.csv").open(encoding="utf-8") as file:
        rows = [(r["证券简称"], r["公司中文名称"]) for r in csv.DictReader(file) if r["公司中文名称"]]
    chosen = rng.sample(rows, most)
    called = [(short, full) for short, full in chosen if len(short) >= _SHORTEST and _within(short, full)]
    for short, full in called:
        yield Pair(short, full, "company", same=True, source="Chinese companies", group=f"zh-{full}")
    for _, full in chosen:
        spoil = full.replace("股份有限公司", rng.choice(["", "有限公司", "股份公司", "集团"]))
        if spoil != full:
            yield Pair(spoil, full, "company", same=True, source="Chinese companies", group=f"zh-{full}")
    listed = [(full, "company", f"zh-{full}") for _, full in rows]
    yield from neighbours([(full, "company", f"zh-{full}") for _, full in chosen], listed, "Chinese companies")
    yield from neighbours([(short, "company", f"zh-{full}") for short, full in called], listed, "Chinese companies")


def _within(short: str, full: str) -> bool:
    """Whether the characters of one stand in the other in their order: a firm is called by some of its name."""
    rest = iter(full)
    return all(c in rest for c in short)


def strangers(shared: Path, rng: random.Random, most: int | None) -> list[tuple[str, str, str]]:
    """Invented persons of yente's benchmark, on no list."""
    with gzip.open(shared / "data/names/negatives_us.csv.gz", "rt", encoding="utf-8") as file:
        rows = [r["full_name"] for r in csv.DictReader(file)]
    learnt = [n for n in rows if zlib.crc32(n.encode()) % 2]  # the other half is only tested on
    return [(n, "person", f"us-{n}") for n in (learnt if most is None else rng.sample(learnt, most))]


def _is_latin(name: str) -> bool:
    return all(ord(c) <= 0x24F or not c.isalpha() for c in name)  # noqa: PLR2004 - the end of Latin Extended-B


def romanised(shared: Path, rng: random.Random, most: int) -> Iterator[Pair]:
    """Chinese characters of the invented persons, and the same in pinyin."""
    from pypinyin import lazy_pinyin

    names = [n for n, _, _ in strangers(shared, rng, None) if re.fullmatch(r"[\u4e00-\u9fff ]{3,}", n)]
    for name in rng.sample(names, min(most, len(names))):
        given, _, surname = name.rpartition(" ")
        apart = rng.choice(("", "", " ", "-"))
        read = ["".join(lazy_pinyin(surname)), apart.join(lazy_pinyin(given.replace(" ", "")))]
        latin = rng.choice((" ", ", ")).join(r.title() for r in (read if rng.random() < _SURNAME_FIRST else read[::-1]))
        if rng.random() < _MISSPELT:
            latin = spoilt(latin, rng) or latin
        yield Pair(name, latin, "person", same=True, source="pinyin", group=f"us-{name}")


def recipe(shared: Path, seed: int = 20261125) -> list[Pair]:
    """All training pairs, the same for the same data, seed and model in place."""
    rng = random.Random(seed)  # noqa: S311 - samples, not secrets
    out: list[Pair] = []
    known = entries(shared)
    for list_id, found in known.items():
        own = [e for e in found if e.kind != "vessel"]
        out += aliases(found, list_id, rng, 3_000)
        out += damaged(own, list_id, rng, 4_000)
        out += called(own, list_id, rng, 1_500)
        out += beside(own, list_id, rng, 6_000)
        out += sons(own, list_id, random.Random(f"sons {seed} {list_id}"), 400)  # noqa: S311
        out += nicknamed(own, list_id, random.Random(f"called {seed} {list_id}"), 200)  # noqa: S311
        out += nameless(own, list_id, random.Random(f"nameless {seed} {list_id}"), 500)  # noqa: S311
        out += houses(own, list_id, random.Random(f"houses {seed} {list_id}"), 500)  # noqa: S311
        listed = [(n, e.kind, e.key) for e in own for n in e.names]
        queries = rng.sample(listed, min(1_500, len(listed)))
        out += neighbours(queries, listed, f"neighbours on {list_id}")
        out += mined(own, queries, f"found on {list_id}")
        if list_id in {"ofac-sdn", "un"}:
            out += mined(own, strangers(shared, rng, 12_000), f"invented persons found on {list_id}")
            foreign = [s for s in strangers(shared, rng, None) if not _is_latin(s[0])]
            out += mined(own, foreign, f"invented persons of other scripts found on {list_id}")
    out += romanised(shared, rng, 1_500)
    out += chinese(shared, rng, 1_600)
    out += bench(shared)
    return list(dict.fromkeys(out))
