"""Listed parties that may be planted: names of firms and persons of every list of a store, with who carries each."""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from screening.data import same_text, shelf
from vendors.vendor import Vendor, has_han
from vendors.words import BESIDE, BESIDE_ZH, ELSEWHERE

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence
    from pathlib import Path

WIDTH = 35  # characters of a name field of SAP
_KINDS = ("name", "alias", "former_name", "chinese_name")
_LEAST_WORDS = 2  # one word is many firms' name
# Companies of China's exchanges that stand on a list under their English name, as a person reads the two: of all that
# score .7 or more beside a name of any list. Firms of one group are not among them: they are other parties.
_LISTED_TOO = (
    "海康威视|长城军工|瓦房店轴承|东土科技|北方导航|海光信息|船舶重工|中航西安飞机|合盛硅业|中航重机|中国交通建设|中国电信|"
    "中芯国际|云从科技|内蒙古第一机械|富吉瑞|航新航空|成都天奥电子|亨通光电|大华技术|中国移动|中国铁建|格灵深瞳|商汤|广东光华科技|"
    "武汉天喻|云天励飞|国科微|科大讯飞|立昂技术|航天时代电子|苏州科达|中国海洋石油|中航航空高科技|海格通信|洪都航空|景嘉微|纽威数控|"
    "曙光信息|中天火箭"
)
_LEAST_HAN = 6  # characters of a whole Chinese name


@dataclass(frozen=True, slots=True)
class Listed:
    """A name that may be planted."""

    name: str
    list_id: str
    party: str
    countries: tuple[str, ...]
    entities: frozenset[str]


@cache
def plantable(store: Path) -> tuple[Listed, ...]:
    """The names of a store's lists that a vendor file may hold.

    Vessels are no vendors, weak aliases and single words are no names a vendor is told by, and probable Chinese names
    are no certain ones.
    """
    from datetime import UTC, datetime

    from entrepot.lists.shelf import searched

    rows = searched(store, (), datetime.now(UTC).date()).names.to_pylist()
    carriers: dict[str, set[str]] = defaultdict(set)
    for r in rows:
        carriers[same_text(r["text"])].add(r["entity_id"])
    out: dict[tuple[str, str], Listed] = {}
    for r in rows:
        text = " ".join(r["text"].split())
        if (
            r["name_kind"] in _KINDS
            and r["party"] in {"company", "person"}
            and "weak" not in r["remark"]
            and _tells(text)
        ):
            told = json.loads(r["particulars"] or "{}")
            found = frozenset(carriers[same_text(r["text"])])
            out.setdefault((r["list_id"], text), Listed(text, r["list_id"], r["party"], _iso(told), found))
    return tuple(out.values())


def _tells(text: str) -> bool:
    if has_han(text):
        return len(text) >= _LEAST_HAN and text.isalpha()
    return len(re.findall(r"\w{2,}", text)) >= _LEAST_WORDS and text.isprintable()


def _iso(told: dict[str, list[str]]) -> tuple[str, ...]:
    return tuple(c for c in told.get("countries", ()) if re.fullmatch("[A-Z]{2}", c))


@cache
def names_held(store: Path) -> frozenset[str]:
    """Every name held, in the form in which two spellings are one: what no innocent may be called."""
    from datetime import UTC, datetime

    from entrepot.lists.shelf import searched

    return frozenset(map(same_text, searched(store, (), datetime.now(UTC).date()).names["text"].to_pylist()))


def planted(store: Path, count: int, rng: random.Random, *, han: bool) -> Iterator[Vendor]:
    """Listed parties as vendors.

    A tenth are persons, a fifth of the UFLPA list, the rest firms of all others; two in five fit into one field, as
    many are cut, half of these at a letter and half at a word, and one in ten has something else in the second field.

    Args:
        store: whose lists.
        count: how many.
        rng: the seed's.
        han: whether the file holds Chinese names; a third are Chinese then.
    """
    held = plantable(store)
    groups = {
        "chinese": [x for x in held if has_han(x.name)],
        "uflpa": [x for x in held if x.list_id == "uflpa" and not has_han(x.name)],
        "person": [x for x in held if x.party == "person" and not has_han(x.name)],
        "firm": [x for x in held if x.party == "company" and x.list_id != "uflpa" and not has_han(x.name)],
    }
    for _ in range(count):
        kind = rng.choices(list(groups), (33 if han else 0, 20, 10, 70))[0]
        cut = rng.choices(("whole", "letter", "word", "beside"), (5, 2, 2, 1))[0]
        possible = groups[kind]
        if cut in {"letter", "word"} and kind in {"firm", "uflpa"}:
            possible = [x for x in possible if WIDTH < len(x.name) <= 4 * WIDTH]
        elif cut == "whole" and kind == "firm":
            possible = [x for x in possible if len(x.name) <= WIDTH]
        yield _vendor(rng.choice(possible), kind, cut, rng)


def _vendor(listed: Listed, kind: str, cut: str, rng: random.Random) -> Vendor:
    country = "CN" if kind in {"uflpa", "chinese"} else rng.choice(listed.countries) if listed.countries else ""
    name = listed.name.upper() if rng.random() < 0.5 and not has_han(listed.name) else listed.name
    if kind == "person" and "," in name:
        last, _, first = name.partition(",")
        name = f"{first.strip()} {last.strip()}" if rng.random() < 0.5 else name
    beside = rng.choice(BESIDE_ZH if kind == "chinese" else BESIDE) if cut == "beside" else ""
    city = ELSEWHERE.get(country, "")
    return Vendor(
        name, "planted", f"{kind}, {cut}", country, "", city, beside=beside, cut=cut, entities=listed.entities
    )


@cache
def chinese_companies() -> tuple[str, ...]:
    """Full names of companies of China's exchanges, but those that say Xinjiang or its corps, or stand on a list."""
    path = shelf() / "data" / "names" / "chinese_listed_company_names.csv"
    with path.open(encoding="utf-8-sig") as lines:
        names = {r["公司中文名称"].strip() for r in csv.DictReader(lines)}
    return tuple(sorted(n for n in names if n and not re.search(f"新疆|兵团|乌鲁木齐|天山|{_LISTED_TOO}", n)))


def listed_firms(store: Path) -> Sequence[Listed]:
    """Listed firms in Latin letters, of which near-misses borrow words."""
    return [x for x in plantable(store) if x.party == "company" and not has_han(x.name)]
