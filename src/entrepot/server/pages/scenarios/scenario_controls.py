"""A scenario written by controls: what an address says made into a scenario file, and a scenario made into controls."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.core.ids import digest
from entrepot.core.words.translate import marked, tr
from entrepot.scenarios.asked.scenario import IMPORT_BAN, INSTRUMENTS, LICENCE, TARIFF

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from entrepot.scenarios.asked.scenario import Scenario

_SHARES = {LICENCE: "share_let_through"}  # what a ban calls leakage
_WITH_CONTENT = {IMPORT_BAN, LICENCE}  # what follows input into others' goods
_SIDES = {"by": marked("who acts"), "on": marked("on whom")}
_LETTERS = 90  # of a title: two lines of a page


@dataclass(frozen=True, slots=True)
class Controls:
    """What the controls say, as an address has it.

    Attributes:
        by, on, sectors: codes; no sector: all.
        instrument: what is done.
        percent: of a tariff.
        passes, low, high: per cent of the flow that still passes: likeliest, at least, at most.
        content: whether others' goods are hit by what they hold.
        start: from when.
    """

    by: tuple[str, ...] = ("USA",)
    on: tuple[str, ...] = ("CN-XJ",)
    sectors: tuple[str, ...] = ()
    instrument: str = IMPORT_BAN
    percent: str = "25"
    passes: str = "10"
    low: str = "0"
    high: str = "30"
    content: bool = True
    start: str = ""

    @property
    def address(self) -> str:
        """What says all this behind a question mark."""
        said = {
            "by": self.by, "on": self.on, "sector": self.sectors, "instrument": self.instrument,
            "percent": self.percent, "passes": self.passes, "low": self.low, "high": self.high,
            "content": "1" if self.content else "", "from": self.start,
        }  # fmt: skip
        return urlencode({name: value for name, value in said.items() if value}, doseq=True)


# The names by which an address says them.
NAMES = ("by", "on", "sector", "instrument", "percent", "passes", "low", "high", "content", "from")


def controls_said(query: Mapping[str, Sequence[str]]) -> Controls | None:
    """The controls of an address; None where it names none.

    Args:
        query: names with all their values.
    """
    if not query.keys() & {"by", "on", "instrument"}:
        return None

    def one(name: str, default: str = "") -> str:
        return (query.get(name) or (default,))[-1].strip()

    def several(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(v for v in query.get(name, ()) if v))

    return Controls(
        several("by"), several("on"), several("sector"), one("instrument", IMPORT_BAN), one("percent"),
        one("passes", "0"), one("low"), one("high"), one("content") == "1", one("from"),
    )  # fmt: skip


def controls_within(address: str) -> Controls | None:
    """The controls of a scenario that an address carries within itself.

    Args:
        address: as `Controls.address` has it; the name of a preset has none.
    """
    return controls_said(parse_qs(address)) if "=" in address else None


def controls_of(scenario: Scenario) -> Controls | None:
    """The controls that write a scenario; None where they cannot: it has several acts, or what no control says.

    Args:
        scenario: any.
    """
    act = scenario.acts[0]
    bare = (
        not scenario.elasticities
        and not scenario.ways
        and scenario.deficits == "held"
        and len(scenario.start) == len("2022-06-21")
    )
    if len(scenario.acts) > 1 or not bare or (act.instrument == LICENCE and act.rate):
        return None
    passes, low, high = (f"{100 * share:g}" for share in (act.passes, *act.between))
    is_tariff = act.instrument == TARIFF
    shares = ("0", "", "") if is_tariff else (passes, low, high)
    percent = f"{100 * act.rate:g}" if is_tariff else ""
    return Controls(act.by, act.on, act.sectors, act.instrument, percent, *shares, act.content, scenario.start)


def scenario_toml(said: Controls, names: Mapping[str, str], home: Mapping[str, str]) -> tuple[str, str]:
    """The scenario as a file, and its id.

    Args:
        said: the controls.
        names: of economies and sectors, by code.
        home: region -> the state that it belongs to, which takes part in nothing unless it is named itself.

    Raises:
        BadInputError: a side is left open, a number or a day is none.
        UnknownNameError: no such instrument.
    """
    for side, codes in (("by", said.by), ("on", said.on)):
        if not codes:
            raise BadInputError(
                tr("{side} is not said", side=tr(_SIDES[side])),
                allowed=tr("one economy or more"),
                remedy=tr("Tick one."),
            )
    if said.instrument not in INSTRUMENTS:
        raise UnknownNameError(tr("instrument"), said.instrument, INSTRUMENTS)
    at_home = sorted({home[one] for one in said.on if one in home} - {*said.by, *said.on})
    body = "\n".join(
        [
            f"from = {_day(said.start)}",
            f"home = {_texts(at_home)}",
            "",
            "[[act]]",
            f"by = {_texts(said.by)}",
            f"on = {_texts(said.on)}",
            f"sectors = {_texts(said.sectors or ('all',))}",
            f"instrument = {_text(said.instrument)}",
            *_size(said),
        ]
    )
    name = f"own-{digest((body,), digits=6)}"
    title = _title(said, names)
    says = tr("Written by the controls of the page.")
    if at_home:
        homes = ", ".join(names.get(one, one) for one in at_home)
        says += " " + tr("{homes} takes part in nothing.", homes=homes)
    return f"id = {_text(name)}\ntitle = {_text(title)}\nsays = {_text(says)}\n{body}\n", name


def _size(said: Controls) -> list[str]:
    """The lines that say how much."""
    if said.instrument == TARIFF:
        return [f"percent = {_number(tr('the tariff'), said.percent):g}"]
    key, passes = _SHARES.get(said.instrument, "leakage"), _share(tr("what still passes"), said.passes)
    low, high = _share(tr("at least"), said.low or said.passes), _share(tr("at most"), said.high or said.passes)
    if not low <= passes <= high:
        raise BadInputError(
            tr("what still passes"), found=said.passes,
            allowed=tr(
                "from {low} (at least) to {high} (at most)", low=said.low or said.passes, high=said.high or said.passes
            ),
            remedy=tr("Widen the two ends, or leave them empty where it is taken as known."),
        )  # fmt: skip
    lines = [f"{key} = {passes:g}", f"{key}_between = [{low:.6g}, {high:.6g}]"]
    return [*lines, "content = true"] if said.content and said.instrument in _WITH_CONTENT else lines


def _share(what: str, given: str) -> float:
    value = _number(what, given) / 100
    if not 0 <= value <= 1:
        raise BadInputError(what, found=given, allowed=tr("0 to 100 per cent"))
    return value


def _number(what: str, given: str) -> float:
    try:
        value = float(given)
    except ValueError:
        value = float("nan")
    if value != value or abs(value) == float("inf"):  # noqa: PLR0124 - not a number is not itself
        raise BadInputError(what, found=given, allowed=tr("a number of per cent"))
    return value


def _day(given: str) -> str:
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError as exc:
        raise BadInputError(tr("from when"), found=given, allowed=tr("a day, as 2027-12-14")) from exc


def _title(said: Controls, names: Mapping[str, str]) -> str:
    """What is asked, in a line: two scenarios that differ in a control differ in it too."""
    act = tr(said.instrument).capitalize()
    if said.instrument == TARIFF:
        act = tr("{act} of {percent} per cent", act=act, percent=said.percent)
    goods = _named(said.sectors, names, marked("{count} sectors")) if said.sectors else tr("all sectors, services too")
    by, on = (_named(codes, names, marked("{count} economies")) for codes in (said.by, said.on))
    if said.content and said.instrument in _WITH_CONTENT:
        goods = tr("{goods}, and what others’ goods hold of them", goods=goods)
    title = tr("{act} by {by} on {on}: {goods}", act=act, by=by, on=on, goods=goods)
    low, high = said.low or said.passes, said.high or said.passes
    if said.instrument == TARIFF or {said.passes, said.low or "0", said.high or "0"} == {"0"}:
        return title
    if said.low or said.high:
        passes = tr("{passes} ({low} to {high}) per cent still pass", passes=said.passes, low=low, high=high)
    else:
        passes = tr("{passes} per cent still pass", passes=said.passes)
    return f"{title}; {passes}"


def _named(codes: Sequence[str], names: Mapping[str, str], several: str) -> str:
    if codes == ("all",):
        return tr("all others")
    said = ", ".join(names.get(one, one) for one in codes)
    return said if len(said) <= _LETTERS else tr(several, count=len(codes))


def _text(value: Any) -> str:
    """A text of TOML: codes and names, in which no letter is beyond what JSON and TOML write alike."""
    return json.dumps(str(value), ensure_ascii=False)


def _texts(values: Sequence[str]) -> str:
    return f"[{', '.join(map(_text, values))}]"
