"""Scans that answer with no file to find: flows that lie in the package, each with the question asked of them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from entrepot.core.contract import Column, Contract
from entrepot.core.errors import UnknownNameError
from entrepot.core.periods import first_day
from entrepot.core.toml_block import Block
from entrepot.core.words.translate import tr
from entrepot.diversion.second_leg import Goods, SecondLeg
from entrepot.measures.effect import took_effect
from entrepot.sources.tables import read_table
from entrepot.trade.contract import FLOWS, TABLES
from entrepot.trade.panels import panel, panel_flows, panel_rows
from entrepot.trade.recorded import as_trade_flows
from entrepot.vocabulary import countries

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    import pyarrow as pa

DEMOS = Contract(
    name="demos",
    meaning="The scans that need no file: flows that lie in the package, and the question asked of them.",
    grain=("demo",),
    columns=(
        Column("demo", "text", "its name, for --demo", pattern=r"^[a-z0-9-]+$"),
        Column("title", "text", "what it looks at"),
        Column("measure", "text", "id of the measure"),
        Column("missing", "text", "which leg is not there, and where to get it"),
        Column("credit", "text", "whom to credit"),
    ),
)
_RECORD = "record"  # as demos.toml calls the flows that the brief reads


@dataclass(frozen=True, slots=True)
class Fact:
    """A printed figure beside a scan.

    Attributes:
        what, period, unit: of what, when, in what.
        value: as printed.
        source: id of the register.
    """

    what: str
    period: str
    value: float
    unit: str
    source: str

    @property
    def said(self) -> str:
        """As a sentence."""
        return tr(
            "{upper}{what}: {value:,.10g} {unit} in {period} ({source}).",
            upper=self.what[:1].upper(),
            what=self.what[1:],
            value=self.value,
            unit=self.unit,
            period=self.period,
            source=self.source,
        )


@dataclass(frozen=True, slots=True)
class Growth:
    """Growth of an origin's sales between two years, as printed: in the currency of the panel.

    Attributes:
        panel: name of the panel.
        years: the earlier and the later.
        places: ISO alpha-3, in the order in which they are told.
    """

    panel: str
    years: tuple[str, ...]
    places: tuple[str, ...]

    @property
    def said(self) -> str:
        """As a sentence; a place without both years is left out."""
        first, last = self.years
        sold = {(r["importer"], r["period"]): float(r["value"]) for r in panel_rows(self.panel)}
        told = [
            f"{countries.name_of(place, place)} {100 * (sold[place, last] / sold[place, first] - 1):+,.1f} %"
            for place in self.places
            if (place, first) in sold and (place, last) in sold
        ]
        return tr(
            "From {first} to {last}, in {currency}: {told}.",
            first=first,
            last=last,
            currency=panel(self.panel)["currency"],
            told=", ".join(told),
        )


@dataclass(frozen=True, slots=True)
class Demo:
    """A scan of flows that lie in the package.

    Attributes:
        id, title: its names.
        flows: a panel of the room trade, or `record`.
        measure: id of the measure.
        since, until: days that win over the measure; empty where it has its own.
        credit: whom to credit, as a source line has it.
        says: what is looked at, and why so.
        missing: which leg is not there, and where to get it.
        products: code to its name.
        second: what is known of the other leg, of one year; None where nothing is.
        growth: of which places the growth between two years is told, as the publisher's own currency has it.
        facts: printed figures beside it.
    """

    id: str
    title: str
    flows: str
    measure: str
    since: str
    until: str
    credit: str
    says: str
    missing: str
    products: dict[str, str]
    second: SecondLeg | None
    growth: Growth | None
    facts: tuple[Fact, ...]

    @property
    def day(self) -> date:
        """The day that it looks at: its own, else that of its measure."""
        return first_day(self.since) if self.since else took_effect(self.measure)

    def table(self) -> pa.Table:
        """Its flows, under `trade_flows`."""
        if self.flows != _RECORD:
            return panel_flows(self.flows)
        recorded = next(t for t in TABLES if t.contract is FLOWS)
        return as_trade_flows(read_table(recorded))


@cache
def demos() -> dict[str, Demo]:
    """Every demo by its name, in the order of `data/demos.toml`."""
    text = files("entrepot.diversion").joinpath("data", "demos.toml").read_text(encoding="utf-8")
    whole = Block("demos.toml", "", tomllib.loads(text))
    whole.text("source")
    found = [_demo(b) for b in whole.tables("demo")]
    whole.done()
    return {d.id: d for d in found}


def scans_of(measure: str, named: Collection[str] = (), *, by: date) -> list[Demo]:
    """The scans of a measure, and those named, that look at no day after one.

    Args:
        measure: its id.
        named: ids of scans of other measures that bear on it.
        by: the day.
    """
    return [d for d in demos().values() if (d.measure == measure or d.id in named) and d.day <= by]


def demo(name: str) -> Demo:
    """One demo.

    Raises:
        UnknownNameError: with those that there are.
    """
    found = demos().get(name.strip().casefold())
    if found is None:
        raise UnknownNameError(tr("demo"), name, demos(), remedy=tr("`entrepot divert --demo` lists them."))
    return found


def _demo(block: Block) -> Demo:
    second, growth = block.table("second"), block.table("growth")
    products: dict[str, str] = block.take("products", dict)
    found = Demo(
        id=block.text("id"),
        title=block.text("title"),
        flows=block.text("flows"),
        measure=block.text("measure"),
        since=block.text("since", ""),
        until=block.text("until", ""),
        credit=block.text("credit"),
        says=block.text("says"),
        missing=block.text("missing"),
        products=products,
        second=_second(second) if second else None,
        growth=_growth(growth) if growth else None,
        facts=tuple(_fact(b) for b in block.tables("fact")),
    )
    block.done()
    return found


def _second(block: Block) -> SecondLeg:
    ways = [tuple(Goods(b.text("goods"), b.texts("codes")) for b in block.tables(k)) for k in ("enters", "leaves")]
    found = SecondLeg(block.text("panel"), block.text("year"), *ways)
    block.done()
    return found


def _growth(block: Block) -> Growth:
    found = Growth(block.text("panel"), block.texts("years"), block.texts("places"))
    block.done()
    return found


def _fact(block: Block) -> Fact:
    value = float(block.take("value", (int, float)))
    found = Fact(block.text("what"), block.text("period"), value, block.text("unit"), block.text("source"))
    block.done()
    return found
