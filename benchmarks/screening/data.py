"""The data of the tasks, read from the data shelf; nothing of it is committed."""

from __future__ import annotations

import csv
import gzip
import os
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parents[2]
# list id: where it lies under data/lists of the shelf
FILES = {
    "ofac-sdn": "ofac_json_mirror/ofac-sdn.json",
    "un": "un/UN_consolidated_2026-02-27.xml",
    "uk": "uk",
    "us-csl": "us_csl/us_lists_2022-05-05.csv.gz",
}
# Likewise, not among the names of the labelled sets.
MORE = {"ofac-nonsdn": "ofac_nonsdn_official_2025-12"}
KINDS = {"person": "Person", "organisation": "Company", "vessel": "Vessel", "aircraft": "Vessel"}
_FORM_WORDS = """
ag as ao bv co company corp corporation gmbh inc incorporated jsc jsco limited llc llp lp ltd nv ooo pao
pjsc plc pt sa sarl spa srl zao fze
"""
FORMS = frozenset(_FORM_WORDS.split())


class NoShelfError(Exception):
    """The data shelf is not there."""


@dataclass(frozen=True, slots=True, eq=False)
class Listed:
    """Names to be searched, each with the entity that carries it.

    Attributes:
        names: the names.
        entities: the entity of each name.
        schemas: Person, Company, Vessel or LegalEntity, of each name.

    Compared by identity, so that what is made of it once can be kept.
    """

    names: tuple[str, ...]
    entities: tuple[str, ...]
    schemas: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.names)

    def __add__(self, other: Listed) -> Listed:
        return Listed(self.names + other.names, self.entities + other.entities, self.schemas + other.schemas)

    def only(self, keep: Iterable[bool]) -> Listed:
        """The names for which `keep` is true."""
        chosen = [i for i, k in enumerate(keep) if k]
        several = ([column[i] for i in chosen] for column in (self.names, self.entities, self.schemas))
        return Listed(*(tuple(column) for column in several))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names and whether they are one party; `group` holds what must not be split between folds."""

    left: str
    right: str
    schema: str
    same: bool
    group: str


def shelf() -> Path:
    """The data shelf.

    Raises:
        NoShelfError: it is not there.
    """
    path = Path(os.environ.get("ENTREPOT_SHARED") or ROOT.parent / "shared")
    if not (path / "data").is_dir():
        raise NoShelfError(f"no data shelf at {path}; set ENTREPOT_SHARED to the folder that holds data and embed")
    return path


@cache
def listed(list_id: str) -> Listed:
    """The names of a published list, by the readers of the product."""
    from entrepot.lists.registry import read_list

    reading = read_list(shelf() / "data" / "lists" / (FILES | MORE)[list_id], list_id).reading
    kinds = dict(zip(*(reading.entries[c].to_pylist() for c in ("entity_id", "kind")), strict=True))
    entities = reading.names["entity_id"].to_pylist()
    schemas = tuple(KINDS.get(kinds[e], "LegalEntity") for e in entities)
    return Listed(tuple(reading.names["name"].to_pylist()), tuple(entities), schemas)


@cache
def all_lists(*, latin: bool = True) -> Listed:
    """The names of SDN, UN, UK and the US lists; those in Latin letters only, unless told otherwise."""
    every = Listed((), (), ())
    for list_id in FILES:
        every += listed(list_id)
    return every.only(is_latin(n) for n in every.names) if latin else every


def is_latin(text: str) -> bool:
    """Whether every letter is Latin, and there is one."""
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and all(unicodedata.name(c, "").startswith("LATIN") for c in letters)


def same_text(name: str) -> str:
    """What two spellings of one name share beyond doubt: words in any order, without marks, case and legal forms."""
    folded = unicodedata.normalize("NFKD", name.casefold())
    words = re.findall(r"\w+", "".join(c for c in folded if not unicodedata.combining(c)))
    return " ".join(sorted(w for w in words if w not in FORMS) or sorted(words))


def right_answers(names: Iterable[str], held: Listed) -> list[frozenset[str]]:
    """For each name the entities that carry it on any list: a party listed twice is right under either entry."""
    carriers = _carriers(held)
    return [frozenset(carriers.get(same_text(n), ())) for n in names]


@cache
def _carriers(held: Listed) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for name, entity in zip(held.names, held.entities, strict=True):
        found[same_text(name)].add(entity)
    return found


def cross_script(script: str, schema: str) -> list[tuple[str, str]]:
    """Pairs original, Latin of one script and schema."""
    with (shelf() / "data/names/cross_script_pairs.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            (r["original"], r["latin"]) for r in csv.DictReader(file) if (r["script"], r["schema"]) == (script, schema)
        ]
    return [(a, b) for a, b in rows if b.strip()]


def forms(latin: str, schema: str) -> list[str]:
    """The names that one printed Latin form gives; of a person what stands before a bracket or a stroke is one.

    A bracket in a firm's name is part of it.
    """
    aliases = r"\(?\ba\.?k\.?a\.?:?"
    pattern = r"[(/;)]|\ba\.?k\.?a\.?:?|\bor\b|\bborn\b.*" if schema == "Person" else rf"[/;]|{aliases}"
    found = [p.strip(" ,.") for p in re.split(pattern, latin)]
    return list(dict.fromkeys(p for p in found if len(p.split()) > 1)) or [latin.strip()]


def name_bench() -> list[Pair]:
    """The labelled pairs; those that share a name or a category of cases are one group."""
    with (shelf() / "data/names/name_bench.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    keys = [[same_text(r["name1"]), same_text(r["name2"]), *_case(r["category"])] for r in rows]
    groups = joined(keys)
    return [
        Pair(r["name1"], r["name2"], r["schema"], r["is_match"] == "true", f"{g}")
        for r, g in zip(rows, groups, strict=True)
    ]


def _case(category: str) -> list[str]:
    """obama_tps and obama_fps speak of one party."""
    found = re.fullmatch(r"(\w+)_[tf]ps", category)
    return [f"case {found[1]}"] if found else []


def joined(keys: list[list[str]]) -> list[int]:
    """Numbers of the groups of rows that share a key, directly or through others."""
    parent = list(range(len(keys)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    first: dict[str, int] = {}
    for i, row in enumerate(keys):
        for key in row:
            parent[root(i)] = root(first.setdefault(key, i))
    return [root(i) for i in range(len(keys))]


def un_names() -> list[str]:
    """Names of persons on the UN list, as yente's validation uses them."""
    with (shelf() / "data/names/un_positives_untreated.csv").open(encoding="utf-8", newline="") as file:
        return [r["full_name"] for r in csv.DictReader(file) if r["full_name"].strip()]


def negatives() -> list[str]:
    """50,000 invented names of persons that no list holds on purpose."""
    with gzip.open(shelf() / "data/names/negatives_us.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return [r["full_name"] for r in csv.DictReader(file)]


def chinese_companies() -> list[str]:
    """Full names of listed companies of China."""
    with (shelf() / "data/names/chinese_listed_company_names.csv").open(encoding="utf-8-sig", newline="") as file:
        return [r["公司中文名称"] for r in csv.DictReader(file) if r["公司中文名称"]]


@cache
def uflpa() -> tuple[list[tuple[str, str]], Listed]:
    """Chinese names with their entity, and the Latin names of the UFLPA entities: name and aliases."""
    with (shelf() / "embed/uflpa_entities.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    queries = [(zh.strip(), r["id"]) for r in rows for zh in re.split(r"[;|]", r["name_zh"]) if zh.strip()]
    named = [(n, r["id"]) for r in rows for n in [r["name"], *_aliases(r["aliases"])] if is_latin(n)]
    names, entities = zip(*named, strict=True)
    return queries, Listed(names, entities, ("Company",) * len(names))


def _aliases(text: str) -> list[str]:
    return [re.sub(r"^\w+:", "", part).strip() for part in re.split(r"[;|]", text) if part.strip()]
