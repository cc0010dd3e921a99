"""A scenario file: TOML that says who acts on whom, by what, under which assumptions. See docs/scenarios.md."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import UnreadableFileError
from entrepot.core.runtime import rights
from entrepot.core.toml_block import Block, near, toml_of, with_line
from entrepot.core.words.translate import marked, tr
from entrepot.scenarios.asked.scenario import (
    ALL,
    DEFICITS,
    HELD,
    INSTRUMENTS,
    LICENCE,
    TARIFF,
    Act,
    Scenario,
    pairs,
)
from entrepot.scenarios.asked.way_blocks import dispersion, refuse_contradictory_ways, way_blocks

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from entrepot.scenarios.asked.named_codes import Codes

REMEDY = marked("docs/scenarios.md explains the keys; `entrepot simulate codes` names economies and sectors.")
_LARGEST = 1_000_000  # bytes; a scenario has some 2,000, a table of trade given by mistake has millions
_A_REGION = re.compile(r"^[A-Z]{2}-[A-Z0-9]{1,3}$")  # as ISO 3166-2 writes it
_ID = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
_WIDEST = 1.5  # an elasticity that is 20 times too large or too small in one of 20 draws: nothing is known then
_HIGHEST = 1000.0  # per cent: above it a tariff stops trade, and the file means a ban or has lost its decimal point


def scenario_file(path: Path, codes: Codes) -> Scenario:
    """Read a scenario of one's own.

    Args:
        path: the file.
        codes: what it may name.

    Raises:
        UnreadableFileError: no such file, no TOML, or a key that breaks the rules, with its line, what stands there and
            what is allowed.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise UnreadableFileError(
                path, tr("is too large for a scenario"), allowed=tr("{largest:,} bytes", largest=_LARGEST)
            )
        text = path.read_text(encoding="utf-8-sig")
    except OSError as exc:
        remedy = rights.remedy(exc, path, tr("Give the path of a scenario file, or --preset with a name."))
        raise UnreadableFileError(
            path, tr("cannot be read ({strerror})", strerror=exc.strerror or exc), remedy=remedy
        ) from exc
    except UnicodeDecodeError as exc:
        raise UnreadableFileError(path, tr("is not UTF-8 ({exc})", exc=exc), remedy=tr("Save it as UTF-8.")) from exc
    return read_scenario(text, str(path), path.stem, codes)


def read_scenario(text: str, file: str, stem: str, codes: Codes) -> Scenario:
    """The scenario of a text.

    Args:
        text: of the file.
        file: its name, for errors.
        stem: its id where it gives none.
        codes: what it may name.

    Raises:
        UnreadableFileError: as `scenario_file` says.
    """
    raw = toml_of(text, file, remedy=REMEDY)
    try:
        return _scenario(Block(file, "", raw, REMEDY), stem, codes.of_file(raw))
    except UnreadableFileError as exc:
        raise with_line(exc, text) from exc


def _scenario(block: Block, stem: str, codes: Codes) -> Scenario:
    name = block.text("id", re.sub(r"[^a-z0-9]+", "-", stem.casefold()).strip("-") or "scenario")
    if not _ID.match(name):
        raise block.broken("id", name, tr("small letters, digits and hyphens"))
    home = _economies(block, "home", codes, needed=False)
    acts = tuple(_act(one, codes, home) for one in block.tables("act"))
    if not acts:
        raise block.broken("act", None, tr("one [[act]] or more"))
    given, spread = _elasticities(block.table("elasticities"), codes.sectors)
    ways, caps = way_blocks(block, codes)
    alike, alike_between = dispersion(block.table("ways"))
    found = Scenario(
        id=name,
        title=block.text("title"),
        says=block.text("says", ""),
        hypothesis=block.text("hypothesis", ""),
        start=block.needed_day("from"),
        acts=acts,
        home=home,
        elasticities=given,
        spread=spread,
        deficits=block.one_of("deficits", DEFICITS, HELD),
        source=block.text("source", ""),
        measure=block.text("measure", ""),
        ways=ways,
        caps=caps,
        dispersion=alike,
        dispersion_between=alike_between,
        region=codes.region if codes.region in codes.economies else "",
    )
    block.done()
    _refuse_contradictions(block, found)
    refuse_contradictory_ways(block, found)
    return found


def _act(block: Block, codes: Codes, home: Sequence[str]) -> Act:
    instrument = block.one_of("instrument", INSTRUMENTS)
    by, on = (_economies(block, key, codes) for key in ("by", "on"))
    if by == on == (ALL,):
        raise block.broken("on", [ALL], tr('economies by name where "by" is "all"'))
    by, on = _everybody(by, on, codes, home), _everybody(on, by, codes, home)
    if both := [one for one in by if one in on]:
        raise block.broken(
            "on", both, tr("others than those who act: {both} would sanction itself", both=", ".join(both))
        )
    if at_home := [one for one in by if one in home]:
        raise block.broken("by", at_home, tr("others than `home`, which takes part in nothing"))
    passes, between = _passing(block, instrument)
    act = Act(
        id=block.text("id", block.where.rpartition(" ")[2]),
        by=by,
        on=on,
        sectors=_named(block, "sectors", codes.sectors),
        instrument=instrument,
        rate=_rate(block, instrument),
        passes=passes,
        between=between,
        content=bool(block.take("content", bool, False)),
    )
    if act.content and instrument not in {"import ban", LICENCE}:
        raise block.broken(
            "content", True, tr("false: only an import ban or a licence follows input into others' goods")
        )
    block.done()
    return act


def _economies(block: Block, key: str, codes: Codes, *, needed: bool = True) -> tuple[str, ...]:
    """Economies; `all` alone stands for all others."""
    values = block.texts(key, default=... if needed else ())
    if needed and not values:
        raise block.broken(key, [], tr("one economy or more"))
    if values != (ALL,) or not needed:
        for value in values:
            if value in codes.absent:
                raise block.broken(
                    key, value, tr("an economy of this world, in which {absent} is not", absent=codes.absent[value])
                )
            if whole := codes.parts.get(value):
                allowed = tr(
                    "an economy that stands alone: it is a part of {whole} here, with others that are meant too then",
                    whole=whole,
                )
                raise block.broken(key, value, allowed)
            if codes.region and value not in codes.economies and _A_REGION.match(value):
                allowed = tr(
                    "an economy, or {region}: of no other region are shares on record by which it could be cut out",
                    region=codes.region,
                )
                raise block.broken(key, value, allowed)
        _refuse_unknown(block, key, values, codes.economies)
    return values


def _everybody(side: tuple[str, ...], other: tuple[str, ...], codes: Codes, home: Sequence[str]) -> tuple[str, ...]:
    if side != (ALL,):
        return side
    return tuple(one for one in codes.economies if one not in other and one not in home)


def _named(block: Block, key: str, known: Sequence[str]) -> tuple[str, ...]:
    """Sectors; empty where all are meant."""
    values = block.texts(key, default=(ALL,))
    if values in {(), (ALL,)}:
        return ()
    _refuse_unknown(block, key, values, known)
    return values


def _refuse_unknown(block: Block, key: str, values: Sequence[str], known: Collection[str]) -> None:
    for value in values:
        if value not in known:
            raise block.broken(key, value, near(value, known))


def _rate(block: Block, instrument: str) -> float:
    """The rate as a share of the value; 0 where the instrument has none."""
    key = {TARIFF: "percent", LICENCE: "tariff_equivalent_percent"}.get(instrument)
    for other in {"percent", "tariff_equivalent_percent"} - {key}:
        if block.has(other):
            raise block.broken(
                other, block.take(other, (int, float)), tr("no such key under {instrument!r}", instrument=instrument)
            )
    if key is None or (instrument == LICENCE and not block.has(key)):
        return 0.0
    value = _number(block, key, None)
    if not 0 < value <= _HIGHEST:
        raise block.broken(
            key, value, tr("above 0 and at most {highest:g} per cent; a ban is `import ban`", highest=_HIGHEST)
        )
    return value / 100


def _number(block: Block, key: str, default: float | None) -> float:
    value = block.take(key, (int, float), ... if default is None else default)
    return float(value)


def _passing(block: Block, instrument: str) -> tuple[float, tuple[float, float]]:
    """The share that passes, and between which shares it may lie."""
    key = "share_let_through" if instrument == LICENCE else "leakage"
    for other in ("share_let_through", "leakage"):
        wrong = other != key or instrument == TARIFF
        for name in (other, f"{other}_between"):
            if wrong and block.has(name):
                raise block.broken(
                    name, block.take(name, object), tr("no such key under {instrument!r}", instrument=instrument)
                )
    if instrument == TARIFF:
        return 1.0, (1.0, 1.0)
    said = block.has(key) or block.has(f"{key}_between")
    if instrument == LICENCE and said == block.has("tariff_equivalent_percent"):
        raise block.broken(key, None, tr("either share_let_through or tariff_equivalent_percent, and one of them"))
    if instrument == LICENCE and not said:
        return 1.0, (1.0, 1.0)
    if said and not block.has(key):
        # What is drawn evenly between two ends is likeliest nowhere: their middle is its mean and its median.
        low, high = _ends(block, f"{key}_between", tr("two shares from 0 to 1, the lower first"))
        return (low + high) / 2, (low, high)
    value = _number(block, key, 0.0)
    if not 0 <= value <= 1:
        raise block.broken(key, value, tr("a share from 0 to 1"))
    return value, _between(block, f"{key}_between", value)


def _between(block: Block, key: str, value: float) -> tuple[float, float]:
    allowed = tr("two shares from 0 to 1 with {value:g} between them", value=value)
    low, high = _ends(block, key, allowed, [value, value])
    if not low <= value <= high:
        raise block.broken(key, [low, high], allowed)
    return low, high


def _ends(block: Block, key: str, allowed: str, usual: Any = ...) -> tuple[float, float]:
    ends: list[Any] = block.take(key, list, usual)
    is_pair = len(ends) == 2 and all(isinstance(e, int | float) and not isinstance(e, bool) for e in ends)  # noqa: PLR2004
    if not is_pair or not 0 <= ends[0] <= ends[1] <= 1:
        raise block.broken(key, ends, allowed)
    return float(ends[0]), float(ends[1])


def _elasticities(block: Block | None, sectors: Sequence[str]) -> tuple[dict[str, float], float | None]:
    """Elasticities by sector, and the standard deviation of their logarithms."""
    if block is None:
        return {}, None
    found: dict[str, float] = {}
    for name in (ALL, *sectors):
        value = block.take(name, (int, float), None)
        if value is None:
            continue
        if not 0 < value < float("inf"):
            raise block.broken(name, value, tr("a number above 0"))
        found |= {one: float(value) for one in (sectors if name == ALL else (name,))}
    spread = block.take("spread", (int, float), None)
    if spread is not None and not 0 <= spread <= _WIDEST:
        raise block.broken(
            "spread", spread, tr("a standard deviation of the logarithm, from 0 to {widest:g}", widest=_WIDEST)
        )
    block.done()
    return found, None if spread is None else float(spread)


def _refuse_contradictions(block: Block, scenario: Scenario) -> None:
    """Instruments that cannot hold together on one flow."""
    for one, other in combinations(scenario.acts, 2):
        shared = _shared_flow(one, other)
        if shared and (why := _why_not(one, other)):
            seller, buyer, sector = shared
            raise block.broken(
                tr("act {id}.instrument", id=other.id), other.instrument,
                tr(
                    "instruments that hold together: {why} on {sector} from {seller} to {buyer}, where act {id} is "
                    "{instrument!r}",
                    why=why, sector=sector or tr("all sectors, services too"), seller=seller, buyer=buyer, id=one.id,
                    instrument=one.instrument,
                ),
            )  # fmt: skip


def _shared_flow(one: Act, other: Act) -> tuple[str, str, str] | None:
    """A flow that both touch: seller, buyer, sector."""
    sectors = [s for s in one.sectors if s in other.sectors] if one.sectors and other.sectors else None
    if sectors == []:
        return None
    sector = (sectors or one.sectors or other.sectors or ("",))[0]
    for seller, buyer in pairs(one):
        if (seller, buyer) in set(pairs(other)):
            return seller, buyer, sector
    return None


def _why_not(one: Act, other: Act) -> str:
    """Why two instruments cannot hold together on one flow; empty where they can."""
    kinds = {one.instrument, other.instrument}
    if TARIFF in kinds:
        if kinds == {TARIFF}:
            return tr("two tariffs stand")
        return tr("a tariff stands beside a ban that lets nothing pass") if 0 in {one.passes, other.passes} else ""
    if LICENCE in kinds:
        return tr("two licences stand") if kinds == {LICENCE} else tr("a licence stands beside a ban")
    if len(kinds) == 1:
        return tr("the same ban stands twice")
    return tr("two bans leak differently") if (one.passes, one.between) != (other.passes, other.between) else ""
