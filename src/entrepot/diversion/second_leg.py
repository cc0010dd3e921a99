"""The second leg of one year beside a scan of the first: who bought what of the origin, and who sold what on.

A cross-section shows who sold, and no rise: it makes no possible hub. It is put beside what a partner took more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.core.contract import Column, Contract, table
from entrepot.core.words import amounts
from entrepot.core.words.translate import tr
from entrepot.trade.panels import panel_rows
from entrepot.vocabulary import countries

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pyarrow as pa

_MILLION = 1e6  # USD: flows of one year are told to the million, as the trade offices' own summaries are

SECOND_LEGS = Contract(
    name="second_legs",
    meaning="What each place bought of the origin and sold to the destination in one year; no rise is seen in it.",
    grain=("place", "leg", "goods"),
    columns=(
        Column("place", "text", "ISO alpha-3", pattern="^[A-Z]{3}$"),
        Column("leg", "text", "from the origin to it, or from it to the destination", allowed=("in", "out")),
        Column("goods", "text", "what they are called"),
        Column("codes", "texts", "codes that were added up, or their first digits"),
        Column("period", "text", "year"),
        Column("value_usd", "number", "value of both together", unit="USD", low=0),
        Column("source_id", "text", "who counted"),
    ),
)


@dataclass(frozen=True, slots=True)
class Goods:
    """Goods under one name: the codes that are added up, or their first digits."""

    name: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SecondLeg:
    """Which flows of one year stand beside a scan.

    Attributes:
        panel: of the second leg.
        year: of both.
        enters, leaves: goods of the first and of the second leg.
    """

    panel: str
    year: str
    enters: tuple[Goods, ...]
    leaves: tuple[Goods, ...]


def second_legs(asked: SecondLeg, first: pa.Table, origin: str) -> pa.Table:
    """Both legs of the year under `SECOND_LEGS`; a place has a row for each of the goods that it traded.

    Args:
        asked: what is added up.
        first: flows of the first leg, under `trade_flows`.
        origin: whose exports they are.
    """
    bought = [
        (r["importer"], r["product"], r["value_usd"], r["source_id"])
        for r in first.to_pylist()
        if r["exporter"] == origin and r["period"].startswith(asked.year) and r["value_usd"] is not None
    ]
    sold = [
        (r["exporter"], r["product"], r["value"], r["source"])
        for r in panel_rows(asked.panel)
        if not r["exporter"].startswith("+") and r["exporter"] != origin and r["period"] == asked.year
    ]
    rows = [*_summed(asked, "in", asked.enters, bought), *_summed(asked, "out", asked.leaves, sold)]
    return table(SECOND_LEGS, sorted(rows, key=lambda r: (r["place"], r["leg"], r["goods"])))


def _summed(
    asked: SecondLeg, leg: str, goods: Sequence[Goods], flows: Iterable[tuple[str, str, float, str]]
) -> list[dict[str, object]]:
    found: dict[tuple[str, str], list[tuple[float, str]]] = {}
    codes = {g.name: g.codes for g in goods}
    for place, product, value, source in flows:
        for g in goods:
            if product.startswith(g.codes):
                found.setdefault((place, g.name), []).append((value, source))
    return [
        {
            "place": place,
            "leg": leg,
            "goods": name,
            "codes": list(codes[name]),
            "period": asked.year,
            "value_usd": sum(v for v, _ in parts),
            "source_id": parts[0][1],
        }
        for (place, name), parts in found.items()
    ]


def in_words(legs: pa.Table, most: int) -> tuple[str, ...]:
    """A sentence for each of the places that sold most: what it bought, and what it sold on."""
    rows = legs.to_pylist()
    sold: dict[str, float] = {}
    for r in rows:
        if r["leg"] == "out":
            sold[r["place"]] = sold.get(r["place"], 0.0) + r["value_usd"]
    told = []
    for place in sorted(sold, key=lambda p: -sold[p])[:most]:
        parts = {leg: [r for r in rows if r["place"] == place and r["leg"] == leg] for leg in ("in", "out")}
        told.append(
            tr(
                "{place} in {period}: bought {bought}; sold {sold}.",
                place=countries.name_of(place, place),
                period=rows[0]["period"],
                bought=_listed(parts["in"]) or tr("nothing of these"),
                sold=_listed(parts["out"]),
            )
        )
    return tuple(told)


def _listed(rows: Sequence[dict[str, object]]) -> str:
    return ", ".join(
        tr("{goods} {amount}", goods=tr(str(r["goods"])), amount=_amount(float(str(r["value_usd"])))) for r in rows
    )


def _amount(value: float) -> str:
    """An amount to the million, which no amount of a year's trade is too small to say."""
    millions = round(value / _MILLION)
    return amounts.with_unit(millions * _MILLION, "USD") if millions else tr("under USD 1 million")
