"""The blocks of a scenario file that say how a measure may be gone round: `[[way_round]]` and `[[capacity]]`."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import combinations
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError
from entrepot.core.periods import last_day
from entrepot.core.toml_block import near
from entrepot.core.words.translate import tr
from entrepot.scenarios.asked.crossing_room import crossing_room, observation, worth
from entrepot.scenarios.asked.scenario import ALL, EXPORT_BAN, TARIFF, pairs
from entrepot.scenarios.asked.way_round import CROSSING, SHARE, VALUE, Cap, Carried, WayRound

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date

    from entrepot.core.toml_block import Block
    from entrepot.scenarios.asked.crossing_room import CrossingRoom
    from entrepot.scenarios.asked.named_codes import Codes
    from entrepot.scenarios.asked.scenario import Act, Scenario

_DEAREST = 1000.0  # per cent; goods that cost eleven times as much on the way are not sent
_MILLION = 1e6  # the world counts in millions of USD, the record in USD
_WHOLE = 1e-9  # what parts may miss one by
_DISPERSIONS = (
    0.5,
    50.0,
)  # below, half of the goods take a way that costs three times as much; above, all the cheapest


def way_blocks(block: Block, codes: Codes) -> tuple[tuple[WayRound, ...], tuple[Cap, ...]]:
    """The ways round and the capacities of a file.

    Args:
        block: the whole file.
        codes: what it may name.

    Raises:
        UnreadableFileError: a key breaks the rules, with its line, what stands there and what is allowed.
    """
    ways = tuple(_way(one, codes) for one in block.tables("way_round"))
    caps = tuple(_cap(one, codes) for one in block.tables("capacity"))
    _refuse_twice(block, "way_round", [w.id for w in ways])
    _refuse_twice(block, "capacity", [c.id for c in caps])
    for way in ways:
        if way.cap and way.cap not in {c.id for c in caps}:
            raise block.broken(tr("way_round {id}.capacity", id=way.id), way.cap, _near(way.cap, [c.id for c in caps]))
    for cap in caps:
        if cap.id not in {w.cap for w in ways}:
            raise block.broken(
                tr("capacity {id}.id", id=cap.id), cap.id, tr("a capacity that a [[way_round]] names: none passes it")
            )
    return ways, caps


def dispersion(block: Block | None) -> tuple[float, tuple[float, float]]:
    """How alike forwarders find the ways, and between which values it may lie; of `[ways]`."""
    if block is None:
        return 0.0, (0.0, 0.0)
    low, high = _DISPERSIONS
    value = float(block.take("dispersion", (int, float)))
    if not low <= value <= high:
        raise block.broken("dispersion", value, tr("a number from {low:g} to {high:g}", low=low, high=high))
    between = _between(block, "dispersion_between", value, high)
    block.done()
    return value, between


def refuse_contradictory_ways(block: Block, scenario: Scenario) -> None:
    """Ways that go round nothing, or that say a second time how much passes.

    Raises:
        UnreadableFileError: with the line of the key.
    """
    if scenario.ways and not scenario.dispersion:
        raise block.broken(
            "ways.dispersion", None, tr("a number: how alike forwarders find the ways; see docs/scenarios.md")
        )
    if scenario.dispersion and not scenario.ways:
        raise block.broken("ways.dispersion", scenario.dispersion, tr("[[way_round]] beside it: no way is stated"))
    for way in scenario.ways:
        _refuse_round_nothing(block, scenario, way)
    for one, other in combinations(scenario.ways, 2):
        if (one.origin, one.hub, one.destination) == (other.origin, other.hub, other.destination):
            raise block.broken(
                tr("way_round {id}.hub", id=other.id), other.hub, tr("another hub: {id} goes the same way", id=one.id)
            )
    gone = {(w.origin, w.destination) for w in scenario.ways}
    held: set[tuple[str, str]] = set()
    for cap in scenario.caps:
        carried = [pair for one in cap.carried for pair in one.pairs]
        if both := sorted(p for p in carried if p in gone or p in held or carried.count(p) > 1):
            told = tr("{both} to {both_2}", both=both[0][0], both_2=both[0][1])
            raise block.broken(
                tr("capacity {id}.carries", id=cap.id), told, tr("a flow that nobody goes round, and that stands once")
            )
        held |= set(carried)


def _refuse_round_nothing(block: Block, scenario: Scenario, way: WayRound) -> None:
    touching = [a for a in scenario.acts if (way.origin, way.destination) in pairs(a) and _alike(a, way)]
    where = tr("way_round {id}", id=way.id)
    if not touching:
        said = tr(
            "a destination whose goods from {origin} an act holds back: there is nothing to go round", origin=way.origin
        )
        raise block.broken(f"{where}.destination", way.destination, said)
    for act in touching:
        if act.instrument == TARIFF:
            raise block.broken(
                f"{where}.origin", way.origin, tr("goods under a ban or a licence: act {id} is a tariff", id=act.id)
            )
        if act.is_spread or (act.passes > 0 and act.rate == 0):
            raise block.broken(
                f"{where}.id", way.id,
                tr("no leakage and nothing let through in act {id}: how much passes is what the way round "
"answers", id=act.id),
            )  # fmt: skip
        if act.instrument == EXPORT_BAN and way.hub in act.by:
            raise block.broken(
                f"{where}.hub", way.hub, tr("an economy that sells on: act {id} lets it sell nothing", id=act.id)
            )


def _alike(act: Act, way: WayRound) -> bool:
    return not act.sectors or not way.sectors or bool(set(act.sectors) & set(way.sectors))


def _way(block: Block, codes: Codes) -> WayRound:
    ends = {key: _economy(block, key, codes) for key in ("origin", "hub", "destination")}
    if ends["hub"] in {ends["origin"], ends["destination"]}:
        raise block.broken("hub", ends["hub"], tr("a third economy: it is an end of the way"))
    if ends["origin"] == ends["destination"]:
        raise block.broken("destination", ends["destination"], tr("another economy than the origin"))
    percent = float(block.take("cost_percent", (int, float)))
    if not 0 < percent <= _DEAREST:
        raise block.broken(
            "cost_percent",
            percent,
            tr("above 0 and at most {dearest:g}: a cheaper way would be the usual one", dearest=_DEAREST),
        )
    low, high = _between(block, "cost_percent_between", percent, _DEAREST)
    if not low > 0:
        raise block.broken("cost_percent_between", [low, high], tr("two costs above 0"))
    way = WayRound(
        id=block.text("id", block.where.rpartition(" ")[2]),
        **ends,
        sectors=_sectors(block, codes),
        cost=percent / 100,
        between=(low / 100, high / 100),
        cap=_one_cap(block),
    )
    block.done()
    return way


def _one_cap(block: Block) -> str:
    named = block.take("capacity", (str, list), "")
    if isinstance(named, list):
        raise block.broken(
            "capacity", named, tr("one [[capacity]]: a way that passes two holds what the smaller one does")
        )
    return str(named)


def _sectors(block: Block, codes: Codes) -> tuple[str, ...]:
    values = block.texts("sectors", default=(ALL,))
    if values in {(), (ALL,)}:
        return ()
    for value in values:
        if value not in codes.sectors:
            raise block.broken("sectors", value, near(value, codes.sectors))
    return values


def _economy(block: Block, key: str, codes: Codes) -> str:
    value = block.text(key)
    _refuse_unknown(block, key, value, codes)
    return value


def _refuse_unknown(block: Block, key: str, value: str, codes: Codes) -> None:
    if value in codes.absent:
        raise block.broken(
            key, value, tr("an economy of this world, in which {absent} is not", absent=codes.absent[value])
        )
    if value not in codes.economies:
        raise block.broken(key, value, near(value, codes.economies))


def _cap(block: Block, codes: Codes) -> Cap:
    name = block.text("id")
    ways = {"million_usd": VALUE, "share_of_flow": SHARE, "crossing": CROSSING}
    given = [key for key in ways if block.has(key)]
    if len(given) != 1:
        said = tr("one of {ways}: what a way holds is said once", ways=", ".join(ways))
        raise block.broken(given[1] if given else "million_usd", block.take(given[1], object) if given else None, said)
    key = given[0]
    cap = _of_crossing(block, name, codes) if key == "crossing" else _stated(block, name, key, ways[key])
    block.done()
    return cap


def _stated(block: Block, name: str, key: str, kind: str) -> Cap:
    amount = float(block.take(key, (int, float)))
    if not 0 < amount < float("inf"):
        raise block.broken(key, amount, tr("a number above 0; a way that is closed is left out"))
    between = _between(block, f"{key}_between", amount, float("inf"))
    if not between[0] > 0:
        raise block.broken(f"{key}_between", list(between), tr("two numbers above 0"))
    what = (
        tr("{amount:g} million USD a year", amount=amount)
        if kind == VALUE
        else tr("{amount:g} per cent of the flows gone round", amount=100 * amount)
    )
    return Cap(name, kind, amount, between, basis=f"{what}, {block.text('source')}")


def _of_crossing(block: Block, name: str, codes: Codes) -> Cap:
    """A capacity of the record: what crosses a day, and what a unit of it is worth."""
    day = last_day(block.needed_day("as_of"))
    place, mode = block.text("crossing"), block.one_of("mode", ("rail", "road"))
    with _of_the_record(block, "crossing", place):
        room = crossing_room(place, mode, day)
    value, between, said = _worth(block, room, day)
    carried = tuple(_carried(one, codes, day) for one in block.tables("carries"))
    parts = sum(c.part for c in carried)
    if parts > 1 + _WHOLE:
        raise block.broken("carries", parts, tr("parts of what passes, at most 1 together"))
    if room.passing is None:
        raise block.broken("crossing", place, tr("a crossing of which the record knows what passes it"))
    if not carried and room.most <= room.passing:
        raise block.broken(
            "crossing", place, tr("`carries`: it is full today, so that only who passes it can make room")
        )
    basis = tr(
        "{place}: {basis}. One of {unit} is worth {said}", place=room.place, basis=room.basis, unit=room.unit, said=said
    )
    return Cap(name, CROSSING, room.middle, room.between, value, between, room.passing, carried, basis)


@contextmanager
def _of_the_record(block: Block, key: str, found: object) -> Iterator[None]:
    """What the record refuses is told with the key that asked it."""
    try:
        yield
    except BadInputError as exc:
        raise block.broken(key, found, tr("what the record has: {rstrip}", rstrip=str(exc).rstrip("."))) from exc


def _worth(block: Block, room: CrossingRoom, day: date) -> tuple[float, tuple[float, float], str]:
    """Million USD in a unit: stated, or of the record: the middle of what pairs of rows give, and their ends."""
    if block.has("worth_rows") == block.has("usd_a_unit"):
        said = tr("either worth_rows or usd_a_unit: what one of {unit} is worth", unit=room.unit)
        raise block.broken("worth_rows", None, said)
    if block.has("usd_a_unit"):
        value = float(block.take("usd_a_unit", (int, float)))
        if not 0 < value < float("inf"):
            raise block.broken("usd_a_unit", value, tr("a number above 0"))
        low, high = _between(block, "usd_a_unit_between", value, float("inf"))
        said = tr(
            "{value:,.0f} USD ({text}, {needed_day})",
            value=value,
            text=block.text("worth_source"),
            needed_day=block.needed_day("worth_as_of"),
        )
        return value / _MILLION, (low / _MILLION, high / _MILLION), said
    rows: list[Any] = block.take("worth_rows", list)
    if not rows or not all(isinstance(r, list) and len(r) == 2 and all(isinstance(i, str) for i in r) for r in rows):  # noqa: PLR2004
        raise block.broken("worth_rows", rows, tr('pairs of observations, a value and its count: [["O1208", "O0308"]]'))
    with _of_the_record(block, "worth_rows", rows):
        found = [worth(value, amount, room.unit, day) / _MILLION for value, amount in rows]
    told = "; ".join(
        tr(
            "{f:.3g} million USD in {period_start} ({v} over {a})",
            f=f,
            period_start=observation(v, day)["period_start"][:4],
            v=v,
            a=a,
        )
        for f, (v, a) in zip(found, rows, strict=True)
    )
    return (min(found) + max(found)) / 2, (min(found), max(found)), told


def _carried(block: Block, codes: Codes, day: date) -> Carried:
    """A part of what passes today, by the counts of the record or as stated."""
    sides = [block.texts(key) for key in ("origin", "destination")]
    for key, side in zip(("origin", "destination"), sides, strict=True):
        if not side:
            raise block.broken(key, None, tr("one economy or more"))
        for value in side:
            _refuse_unknown(block, key, value, codes)
    if both := [e for e in sides[0] if e in sides[1]]:
        raise block.broken("destination", both, tr("others than the origin"))
    pairs_of = [(a, b) for a in sides[0] for b in sides[1]]
    if block.take("both_ways", bool, False):
        pairs_of += [(b, a) for a, b in pairs_of]
    part = _part(block, day)
    block.done()
    return Carried(tuple(pairs_of), part)


def _part(block: Block, day: date) -> float:
    if block.has("part") == block.has("part_rows"):
        raise block.broken("part", None, tr("either part or part_rows"))
    if block.has("part"):
        part = float(block.take("part", (int, float)))
    else:
        rows: list[Any] = block.take("part_rows", list)
        if len(rows) < 2 or not all(isinstance(r, str) for r in rows):  # noqa: PLR2004 - a part and the rest
            raise block.broken("part_rows", rows, tr("observations: the part, then what else makes the whole"))
        with _of_the_record(block, "part_rows", rows):
            counts = [float(observation(r, day)["value_norm"]) for r in rows]
        part = counts[0] / sum(counts)
    if not 0 < part <= 1:
        raise block.broken("part", part, tr("a share above 0 and at most 1"))
    return part


def _between(block: Block, key: str, value: float, most: float) -> tuple[float, float]:
    ends: list[Any] = block.take(key, list, [value, value])
    is_pair = len(ends) == 2 and all(isinstance(e, int | float) and not isinstance(e, bool) for e in ends)  # noqa: PLR2004
    if not is_pair or not 0 <= ends[0] <= value <= ends[1] <= most or ends[1] == float("inf"):
        raise block.broken(key, ends, tr("two numbers with {value:g} between them", value=value))
    return float(ends[0]), float(ends[1])


def _refuse_twice(block: Block, key: str, ids: Sequence[str]) -> None:
    for name in ids:
        if ids.count(name) > 1:
            raise block.broken(tr("{key} {name}.id", key=key, name=name), name, tr("an id of its own: it stands twice"))


def _near(value: str, known: Collection[str]) -> str:
    return near(value, known) if known else tr("a [[capacity]] of that id: there is none")
