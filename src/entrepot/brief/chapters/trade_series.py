"""The series of trade that a measure's plan names, their rows on record, and which count of them is followed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.brief import freshness
from entrepot.brief.in_dollars import ONE
from entrepot.brief.report import Sentence, escaped
from entrepot.core.units import MONEY
from entrepot.core.words.translate import tr
from entrepot.corridors import throughput
from entrepot.record import own_places
from entrepot.vocabulary.countries import with_article

if TYPE_CHECKING:
    from entrepot.brief.context import Context
    from entrepot.core.findings import Finding

CURRENCIES = ("CNY", ONE)  # of the trade of the places on record


@dataclass(frozen=True, slots=True)
class Series:
    """One series of reported totals: a place, its partner (empty: all), a label, the currencies that it is drawn in.

    Beside these it is drawn in each that it was printed in.
    """

    place: str
    partner: str
    label: str
    currencies: tuple[str, ...] = CURRENCIES


def series_of(ctx: Context) -> list[Series]:
    """The series that the measure names as `place` or `place/partner`."""
    pairs = [(p.partition("/")[0], p.partition("/")[2]) for p in ctx.focus.trade_pairs]
    rows = ctx.rows("corridors", "observations", places=[p for p, _ in pairs], metrics=["trade_value"])
    names = {r["place_id"]: r["name"] for r in ctx.rows("corridors", "place_names")}
    out = []
    for place, partner in pairs:
        name = names.get(place, place)
        pair = all(r["place_type"] == "country_pair" for r in rows if r["place_id"] == place)
        out.append(
            Series(
                place,
                partner,
                tr("{name}’s trade with {partner}", name=name, partner=with_article(partner))
                if partner and not pair
                else tr("{name} trade", name=name)
                if pair
                else tr("{name}’s trade", name=name),
                (ONE,) if own_places.is_own(place) else CURRENCIES,
            )
        )
    return out


def of_regions(ctx: Context) -> list[Sentence]:
    """What the trade of a region is, where a series is of one."""
    mine = {p.partition("/")[0] for p in ctx.focus.trade_pairs}
    places = ctx.rows("corridors", "place_names")
    named = [escaped(str(r["name"])) for r in places if r["kind"] == "region" and r["place_id"] in mine]
    said = tr("“{name}” is the trade of its firms, not what passes its ports.")
    return [Sentence(said.format(name=name)) for name in named]


def rows_of(ctx: Context, s: Series) -> list[dict[str, Any]]:
    """What is reported of a series, of every count."""
    rows = ctx.rows("corridors", "observations", places=[s.place], metrics=["trade_value"])
    return [
        r
        for r in rows
        if (not s.partner or r["partner"] == s.partner)
        and (s.partner or not r["partner"] or r["place_type"] == "country_pair")
        and r["direction"] == "both"
        and r["mode"] == "all"
        and r["unit_norm"] in MONEY
        and r["value_norm"] is not None
        and r["status"] == "reported"
        and not r["per"]
        and r["period_start"]
        and r["period_end"]
    ]


def one_family(rows: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], str, list[str]]:
    """The rows of the statistics with the most full years; its name; the names of those left out.

    Mirror statistics differ by up to several times, so a series that changes its reporter shows a growth that
    never was.
    """
    years: dict[str, set[str]] = {}
    for row in rows:
        years.setdefault(row["family"], set()).update([row["period_start"][:4]] if throughput.is_full_year(row) else [])
    if not years:
        return [], "", []
    family = min(years, key=lambda f: (-len(years[f]), f))
    return [r for r in rows if r["family"] == family], family, sorted(set(years) - {family})


def counted_otherwise(ctx: Context, rows: list[dict[str, Any]], family: str) -> Finding | None:
    """The latest full year that another count gives, or one of which nobody says who counted; None where none is fresh.

    It is no year of the series, and no reader may be told that there is none on record.
    """
    others = [r for r in rows if r["family"] != family and throughput.is_full_year(r)]
    latest = max(others, key=lambda r: (r["period_end"], r["bound"] == "exact", r["id"]), default=None)
    found = throughput.reported(latest) if latest else None
    return found if found and freshness.fresh(ctx.day, found) else None
