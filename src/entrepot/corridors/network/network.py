"""The network on a day: places, links in both directions, and what closes them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import UnknownNameError
from entrepot.core.periods import first_day
from entrepot.core.words.translate import in_english, marked, tr
from entrepot.corridors.network.assumed import Assumptions
from entrepot.corridors.network.leg import Leg, legs
from entrepot.corridors.place_spellings import place_spelled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import pyarrow as pa

    Row = dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """The links that stand on a day.

    Attributes:
        day: the day.
        places: place_id -> row of `network_places`.
        legs: each link in both directions, in the order of the record.
        not_open: rows of single links left out, by their status.
        seasons: rows of `network_seasons`.
        assumptions: what stands in where no report tells.
        sources: row id -> source_id, of every row that a link can rest on.
    """

    day: date
    places: Mapping[str, Row]
    legs: tuple[Leg, ...]
    not_open: Mapping[str, int]
    seasons: Sequence[Row]
    assumptions: Assumptions
    sources: Mapping[str, str]


@in_english
def network(tables: Mapping[str, pa.Table], day: date, *, planned: bool = False) -> Network:
    """The network of the record on a day.

    Links that are not open yet by then, or that are planned, being built or closed, are left out and counted.

    Args:
        tables: of the record, by name.
        day: the day.
        planned: whether what is planned or being built is taken in.
    """
    rows = {name: tables[name].to_pylist() for name in _READ}
    places = {r["place_id"]: r for r in rows["network_places"]}
    assumptions = Assumptions(rows["network_assumptions"], rows["border_times"], day.year)
    lines: dict[tuple[str, str, str, int], list[Row]] = defaultdict(list)
    not_open: dict[str, int] = defaultdict(int)
    for row in rows["network_links"]:
        if row["spans"] != "one":
            continue
        status = _status(row, day)
        if status == "open" or (planned and status in _TO_COME):
            a, b = sorted((row["from"], row["to"]))
            lines[a, b, row["mode"], row["line"]].append(row)
        else:
            not_open[status] += 1
    both = [leg for told in lines.values() for leg in legs(told, places, assumptions)]
    sources = {r["id"]: r["source_id"] for name in _READ for r in rows[name] if "id" in r}
    return Network(day, places, tuple(both), dict(not_open), rows["network_seasons"], assumptions, sources)


_READ = ("network_places", "network_links", "network_seasons", "network_assumptions", "border_times")


_TO_COME = ("planned", "under_construction", marked("not open yet"))


def _status(row: Row, day: date) -> str:
    if row["status"] == "open" and row["opened"] and first_day(row["opened"]) > day:
        return tr("not open yet")
    return str(row["status"])


def place(net: Network, word: str, option: str) -> str:
    """The place that a person names, by its id, its name or another spelling on record.

    Args:
        net: the network.
        word: as given.
        option: for the message.

    Raises:
        UnknownNameError: no place of the network; carries the nearest.
    """
    said = word.strip().casefold()
    by_word = {r["name"].casefold(): i for i, r in net.places.items()} | {i: i for i in net.places}
    if said in by_word:
        return by_word[said]
    if spelled := place_spelled(word, {r["name"]: i for i, r in net.places.items()}):
        return spelled
    near = [i for name, i in by_word.items() if name.startswith(said) and said]
    if len(set(near)) == 1:
        return near[0]
    names = [r["name"] for r in net.places.values()]
    raise UnknownNameError(
        tr("place of the network ({option})", option=option),
        word,
        names,
        remedy=tr("See entrepot record network_places."),
    )


def closed_places(net: Network, words: Sequence[str]) -> tuple[str, ...]:
    """The places that a person closes, each once; one word may name several by commas.

    Args:
        net: the network.
        words: as given with --close.

    Raises:
        UnknownNameError: no place of the network; carries the nearest.
    """
    named = (one for word in words for one in word.split(","))
    return tuple(dict.fromkeys(place(net, one, "--close") for one in named))
