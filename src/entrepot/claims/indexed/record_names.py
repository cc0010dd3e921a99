"""What the record calls its places, countries, laws and lists, as keys that a report and the record share."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from entrepot.claims.text import shared_keys as keys
from entrepot.claims.text.lexicon import lexicon
from entrepot.claims.wordlists import rows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from entrepot.record.embedded import Record

    Row = Mapping[str, Any]

_COUNTED_SO = re.compile(r"_(?:cumulative|per_day)$")  # how a quantity was counted, behind its name
_WORDS = re.compile(r"[^\W\d_]{3,}")
# Kinds of places that have posts, ports and zones in them or at their border.
_AROUND = frozenset({"region", "country", "country_pair", "programme", "corridor", "route"})
_BY_NAME = 2  # words of a party's name in a row: one may be a town
_REGION = "region"  # one within another is the same counted otherwise: what crosses at its ports
_PAIRED = frozenset({"country_pair"})  # places that both countries' names say


# What is said of one place (itself and around it, what is wider, what says it): thousands of rows are of one place.
_Keys = tuple[frozenset[str], frozenset[str], tuple[frozenset[str], ...]]


@dataclass(frozen=True, slots=True)
class RecordNames:
    """What the record calls its places, countries and laws.

    Attributes:
        lands: country by name, as a key.
        places: rows of `places` by id.
        laws: ids of measures.
        lists: of each list of parties, the place that stands for it.
        parts: of each group of places its members, which say it where all of them are named.
        also: of each quantity, others that the record uses for the same thing.
        directed: quantities that have a direction.
        families: of each reporter, whose statistics it prints.
        acts: of each row of the record that a part of a law rests on, the laws.
        territories: of each law, the keys of the places that it is about.
        wholes: of a quantity that is a part of another, the other.
        pieces: of a quantity its parts.
        replaced: of each event in whose place another stands, since when.
        towns: of each place within a region, by its name, the key of the region.
        later: rules of the table of requirements that another gave way to: nobody knew them while that one held.
        alone: places with units in which one quantity of the place is counted: its tonnes are of its cargo.
    """

    lands: Mapping[str, str]
    places: Mapping[str, Row]
    laws: frozenset[str]
    lists: Mapping[str, str]
    parts: Mapping[str, tuple[str, ...]]
    also: Mapping[str, tuple[str, ...]]
    directed: frozenset[str]
    families: Mapping[str, str]
    acts: Mapping[str, frozenset[str]]
    posts: Mapping[str, frozenset[str]]
    territories: Mapping[str, frozenset[str]]
    towns: Mapping[str, str]
    wholes: Mapping[str, str]
    pieces: Mapping[str, tuple[str, ...]]
    replaced: Mapping[str, str]
    later: frozenset[str]
    alone: frozenset[tuple[str, str]]
    _kept: dict[str, _Keys] = field(default_factory=dict, repr=False, compare=False)

    def of(self, place: str) -> frozenset[str]:
        """The keys of a place: itself, what it is part of, its countries; of a list the law that makes it."""
        return self._keys(place)[0]

    def wider(self, place: str) -> frozenset[str]:
        """The keys of what lies around a post, a port or a zone: its region, its border, its programme."""
        return self._keys(place)[1]

    def met(self, place: str) -> tuple[frozenset[str], ...]:
        """The sets of keys of which one suffices to say the place."""
        return self._keys(place)[2]

    def _keys(self, place: str) -> _Keys:
        if place not in self._kept:
            self._kept[place] = self._of(place), self._wider(place), self._met(place)
        return self._kept[place]

    def _of(self, place: str) -> frozenset[str]:
        found = {f"at:{place}"}
        row = self.places.get(place)
        if row:
            found |= {f"land:{c}" for c in row["countries"] or ()}
            if row["parent"]:
                found.add(f"at:{row['parent']}")
        found |= {f"at:{post}" for post in self.posts.get(place, ())}
        laws = self._laws(place)
        kin = {f"at:{p}" for p in self.places for law in laws if p.startswith(f"{law}-")}  # its list and its stops
        return frozenset(found | kin | {f"law:{law}" for law in laws})

    def _wider(self, place: str) -> frozenset[str]:
        row = self.places.get(place)
        if row is None:
            return frozenset()
        found = {row["parent"]} if row["parent"] else set()
        if row["kind"] not in _AROUND:
            lands = set(row["countries"] or ())
            found |= {p for p, r in self.places.items() if r["kind"] in _AROUND and lands & set(r["countries"] or ())}
        views = (p for p, r in self.places.items() if r["parent"] == place and r["kind"] == _REGION == row["kind"])
        about = (n for law in self._laws(place) for n in self.territories.get(law, ()))
        return frozenset((*(f"at:{p}" for p in (*found, *views)), *about))

    def _met(self, place: str) -> tuple[frozenset[str], ...]:
        row = self.places.get(place)
        found = [frozenset({f"at:{place}"}), *(frozenset({f"law:{law}"}) for law in self._laws(place))]
        lands = frozenset(f"land:{c}" for c in ((row["countries"] or ()) if row else ()))
        if row and row["kind"] == "country":
            found.append(lands)
        if row and row["kind"] in _PAIRED:
            found.append(lands)
        own = _called(row["name"].replace("-", " , ")) if row else frozenset()
        if len(own) > 1:
            found.append(own)
        found += [frozenset({f"at:{post}"}) for post in self.posts.get(place, ())]
        if parts := self.parts.get(place):
            found.append(frozenset(f"at:{part}" for part in parts))
        return tuple(found)

    def _laws(self, place: str) -> list[str]:
        return [law for law in self.laws if place.startswith(f"{law}-")]


def calls(words: AbstractSet[str], party: str) -> bool:
    """Whether the words of a row name a party, by its key, by the short: COFCO, Jingweida and Anhui Xinya.

    >>> calls({"w:huafu", "w:zijin", "w:mining"}, "who:zijin-mining-group-co-ltd")
    True
    """
    said = (keys.stem(word) for word in party.partition(":")[2].split("-"))
    return sum(bool(w) and f"w:{w}" in words for w in said) >= _BY_NAME


@lru_cache(maxsize=600)
def _called(name: str) -> frozenset[str]:
    """The countries, the group and the mode that a place's own name says: Kazakhstan-China rail."""
    found = {k.name for k in keys.of_hits(lexicon("en").scan(name))}
    whole = any(n.startswith("land:") for n in found) and not any(n.startswith("dir:") for n in found)
    return frozenset(n for n in found if n.startswith(("land:", "side:", "mode:"))) if whole else frozenset()


@lru_cache(maxsize=4_096)
def stems(text: str) -> frozenset[str]:
    """The stems of the words of a text, as keys."""
    return frozenset(f"w:{s}" for w in _WORDS.findall(text.lower()) if (s := keys.stem(w)))


def first_words(name: str) -> list[frozenset[str]]:
    """The first two words of a firm's name, by which texts call it."""
    found = [f"w:{s}" for w in _WORDS.findall(name.lower()) if (s := keys.stem(w))]
    return [frozenset(found[:2])] if len(found) > 2 else []  # noqa: PLR2004 - of two words the name is all


def record_names(record: Record) -> RecordNames:
    """What a record calls its things."""
    tables = record.tables
    measures = tables["measures"].to_pylist()
    laws = frozenset(r["measure_id"] for r in measures)
    acts: defaultdict[str, set[str]] = defaultdict(set)
    territories: defaultdict[str, set[str]] = defaultdict(set)
    for row in measures:
        territories[row["measure_id"]] |= {f"at:{p}" for p in row["territory"] or ()}
        for row_id in row["record_rows"] or ():
            acts[row_id].add(row["measure_id"])
    lists = {r["id"] for r in rows("names") if r["kind"] == "list"}
    listed = {r["list_id"] for r in tables["listings"].to_pylist()}
    parts: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows("groups"):
        parts[row["group"]].append(row["part"])
    posts: defaultdict[str, set[str]] = defaultdict(set)
    counted = set(tables["observations"].column("place_id").to_pylist())
    measured: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in tables["observations"].select(["place_id", "unit_norm", "metric"]).to_pylist():
        measured[row["place_id"], row["unit_norm"]].add(_COUNTED_SO.sub("", row["metric"]))
    for row in tables["places"].to_pylist():
        if row["kind"] == "partner_post" and row["place_id"] not in counted:
            posts[row["parent"]].add(row["place_id"])
    events = tables["events"].to_pylist()
    dates = {r["id"]: str(r["date"]) for r in events}
    wholes = {r["quantity"]: r["part_of"] for r in rows("quantities") if r["part_of"]}
    reporters = tables["reporters"].to_pylist() if "reporters" in tables else []
    return RecordNames(
        lands={r["name"]: f"land:{r['iso2']}" for r in tables["countries"].to_pylist()},
        places={r["place_id"]: r for r in tables["places"].to_pylist()},
        laws=laws,
        lists={h: place for h in listed for place in lists if place.startswith(f"{h}-")},
        parts={group: tuple(held) for group, held in parts.items()},
        also={r["quantity"]: tuple(r["also"]) for r in rows("quantities") if r["also"]},
        directed=frozenset(r["quantity"] for r in rows("quantities") if r["directed"] == "yes"),
        wholes=wholes,
        pieces={w: tuple(part for part, of in wholes.items() if of == w) for w in set(wholes.values())},
        replaced={r["id"]: dates[r["superseded_by"]] for r in events if r["superseded_by"] in dates},
        families={r["reported_by"]: r["family"] for r in reporters},
        acts={row_id: frozenset(held) for row_id, held in acts.items()},
        posts={place: frozenset(held) for place, held in posts.items()},
        towns={r["name"]: f"at:{r['region']}" for r in tables["region_places"].to_pylist()},
        later=frozenset(r["superseded_by"] for r in tables["requirements"].to_pylist() if r["superseded_by"]),
        alone=frozenset(where for where, quantities in measured.items() if len(quantities) == 1),
        territories={law: frozenset(held) for law, held in territories.items()},
    )
