"""Reports that span several links, against the sum of the links, and which source is wrong where they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.contract import table
from entrepot.core.shown import row_id
from entrepot.core.words.translate import in_english, marked, tr
from entrepot.corridors.network.contract import NETWORK_SUMS
from entrepot.corridors.network.great_circle import great_circle_km
from entrepot.corridors.routing.way import Search, least_way

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from entrepot.corridors.network.leg import Leg
    from entrepot.corridors.network.network import Network

    Row = dict[str, Any]

_AGREE = (
    5.0  # percent: lengths of one road in two texts of the record differ by this much (413 and 420 km, 653 and 683)
)
_MOST_ASSUMED = 20.0  # percent of the sum: beyond, the factor and not a source would be judged
_MILE = 1.609344  # km; the statute mile by definition
_ROUNDED = 0.98  # of the great circle: points are rounded to 0.1 degree, some 8 km
_ALSO = {
    "ferry": ("ferry", "ferries", "via Aktau"),
    "road": (marked("then road"), marked("road and ferry")),
}  # words of a note: mixed ways


@in_english
def sums(rows: Sequence[Row], net: Network, planned: Network) -> pa.Table:
    """Each row that spans several links against the shortest chain of links of its mode.

    Args:
        rows: of `network_links`.
        net: the network of open links.
        planned: the network with what is planned or being built, for rows that are so themselves.

    Returns:
        Under `network_sums`, in the order of the record.
    """
    several = [r for r in rows if r["spans"] == "several"]
    made = [_judged(row, several, net if row["status"] == "open" else planned) for row in several]
    return table(NETWORK_SUMS, [r | {"sum_id": row_id("sum", r)} for r in made])


def _judged(row: Row, several: Sequence[Row], net: Network) -> Row:
    modes = {row["mode"], *(m for m, words in _ALSO.items() if any(w in (row["note"] or "") for w in words))}
    allowed = [leg for leg in net.legs if leg.mode in modes]
    chain = least_way(allowed, row["from"], row["to"], Search(lambda leg: leg.km.value))
    points = [(net.places[row[end]]["lat"], net.places[row[end]]["lon"]) for end in ("from", "to")]
    said = {
        "id": row["id"],
        "from": row["from"],
        "to": row["to"],
        "mode": row["mode"],
        "printed_km": row["km"],
        "straight_km": round(great_circle_km(*points)),
        "printed_hours": _mean(row),
        "source_id": row["source_id"],
        "rests_on": [row["id"]],
    }
    if chain:
        said |= _summed(row, chain)
    verdict, reason = _verdict(row, said, chain, several)
    return said | {"verdict": verdict, "reason": reason}


def _summed(row: Row, chain: Sequence[Leg]) -> Row:
    km = sum(leg.km.value for leg in chain)
    assumed = sum(leg.km.value for leg in chain if leg.km.basis == "assumed")
    return {
        "sum_km": round(km, 1),
        "difference_percent": None if row["km"] is None else round(100 * (row["km"] - km) / km, 1),
        "assumed_percent": round(100 * assumed / km, 1),
        "sum_hours": round(sum(leg.hours for leg in chain), 1),
        "chain": [chain[0].start, *(leg.end for leg in chain)],
        "rests_on": [row["id"], *dict.fromkeys(i for leg in chain for i in leg.km.rows)],
    }


def _verdict(row: Row, said: Row, chain: Sequence[Leg] | None, several: Sequence[Row]) -> tuple[str, str]:
    """Which source is wrong: what proves it comes before what only points to it."""
    if row["km"] is None:
        return tr("no length"), tr("no length is printed; its hours are those of a service, with its waits")
    if row["km"] < _ROUNDED * said["straight_km"]:
        mile = (
            tr("; were it miles, it is {km:,.0f} km", km=row["km"] * _MILE)
            if "miles" in (row["corrected"] or "")
            else ""
        )
        return tr("printed wrong"), tr(
            "shorter than the great circle, {straight_km} km{mile}", straight_km=said["straight_km"], mile=mile
        )
    if not chain:
        return tr("no chain"), tr("no chain of open links of its mode joins its ends")
    # A row of which a link of the chain was made agrees with the sum whatever is true.
    apart = [r for r in several if not any(_is_made_from(leg, r) for leg in chain)]
    return _made_or_near(row, said, chain) or _in_miles_or_torn(row, said, chain) or _others_say(row, said, apart)


def _made_or_near(row: Row, said: Row, chain: Sequence[Leg]) -> tuple[str, str] | None:
    """Where nothing is to be judged: a link was made from the row, the sum is ours, or the two agree."""
    made = [leg for leg in chain if _is_made_from(leg, row)]
    if made:
        return tr("made from it"), tr(
            "the length of {start} to {end} was computed from this row", start=made[0].start, end=made[0].end
        )
    near = abs(said["difference_percent"]) <= _AGREE
    if said["assumed_percent"] > _MOST_ASSUMED:
        return (
            tr("not tested"),
            tr(
                "{assumed_percent:g} percent of the sum is assumed{which}",
                assumed_percent=said["assumed_percent"],
                which=tr("; they agree") if near else "",
            ),
        )
    return ("agrees", tr("within {agree:g} percent", agree=_AGREE)) if near else None


def _is_made_from(leg: Leg, row: Row) -> bool:
    """Whether a length of a link is a difference from this row."""
    return any(r["km_basis"] == "computed" and row["id"] in (r["note"] or "") for r in leg.rows)


def _in_miles_or_torn(row: Row, said: Row, chain: Sequence[Leg]) -> tuple[str, str] | None:
    """A slip of the unit, or a link on which reports differ and one of them agrees with the row."""
    if _near(row["km"] * _MILE, said["sum_km"]):
        return tr("printed wrong"), tr("the figure is in miles")
    low, high = sum(leg.km_low for leg in chain), sum(leg.km_high for leg in chain)
    if not low * (1 - _AGREE / 100) <= row["km"] <= high * (1 + _AGREE / 100):
        return None
    torn = [leg for leg in chain if leg.km_high > leg.km_low]
    names = "; ".join(
        tr(
            "{start} to {end}, {km_low:g} or {km_high:g} km",
            start=leg.start,
            end=leg.end,
            km_low=leg.km_low,
            km_high=leg.km_high,
        )
        for leg in torn
    )
    return tr("link wrong"), tr("agrees with another report of a link: {names}", names=names)


def _others_say(row: Row, said: Row, several: Sequence[Row]) -> tuple[str, str]:
    """What other rows between the same ends point to."""
    km, total = row["km"], said["sum_km"]
    others = [r for r in several if _same_ends(r, row) and r["km"] is not None]
    backing = ", ".join(r["id"] for r in others if _near(r["km"], total))
    agreeing = ", ".join(r["id"] for r in others if _near(r["km"], km))
    if backing:
        verdict = tr("printed wrong"), tr("{backing} and the sum agree against it", backing=backing)
    elif agreeing and km < total:
        verdict = (
            tr("link wrong"),
            tr("{agreeing} prints the same, shorter than every chain of links", agreeing=agreeing),
        )
    elif km > total:
        so = tr("{agreeing} prints the same: ", agreeing=agreeing) if agreeing else ""
        verdict = (
            tr("other way"),
            tr("{so}the way printed may be another than the shortest chain, or a link is too short", so=so),
        )
    else:
        verdict = (
            "either",
            tr("shorter than every chain of links: the row or a link is wrong, nothing on record says which"),
        )
    return verdict


def _near(one: float, other: float) -> bool:
    return abs(one / other - 1) * 100 <= _AGREE


def _same_ends(a: Row, b: Row) -> bool:
    return a is not b and {a["from"], a["to"]} == {b["from"], b["to"]} and a["mode"] == b["mode"]


def _mean(row: Row) -> float | None:
    ends = [h for h in (row["hours_low"], row["hours_high"]) if h is not None]
    return sum(ends) / len(ends) if ends else None
