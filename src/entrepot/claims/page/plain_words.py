"""A claim and a row of the record in words that a person uses, and never by the names of tables and columns."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from entrepot.claims.wordlists import rows
from entrepot.core import findings, periods, units
from entrepot.core.words.translate import apart, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.claims.model import Claim

# Columns that say nothing to a reader, or say again what another does.
_INTERNAL = frozenset({
    "id", "source_id", "source_ids", "place_id", "value_norm", "unit_norm", "known_on_basis", "place_type", "list_id",
    "claim_id", "corrected",
})  # fmt: skip
_TITLES = (
    "title",
    "rule",
    "name",
    "text",
    "measure",
    "party",
    "instrument",
    "note",
)  # the first that a row has is what it says
# Comparisons that say something beside the quantity's own words.
_CHANGES = frozenset({"yoy", "mom", "record", "largest", "first", "conversion"})


@cache
def _words() -> Mapping[str, str]:
    return {r["term"]: r["words"] for r in rows("shown_words")}


def words(term: str) -> str:
    """What a person calls a quantity, a comparison or a table."""
    return _words().get(term) or term.rpartition(".")[2].replace("_", " ")


def said(claim: Claim, names: Mapping[str, str]) -> str:
    """What was read in the claim, on one line.

    Args:
        claim: read.
        names: of places by their ids.
    """
    value = ""
    if claim.value is not None:
        value = units.with_unit(claim.value, claim.unit or "", per=claim.per or "")
        value = (
            tr("between {value} and {value_high}", value=value, value_high=units.number(claim.value_high))
            if claim.value_high is not None
            else value
        )
    bound = "" if claim.bound in {"exact", "between"} else claim.bound.replace("_", " ")
    subject = names.get(claim.subject or "", claim.subject or "")
    side = tr(" with {partner}", partner=claim.partner) if claim.partner else ""
    compared = f" ({words(claim.comparison)})" if claim.comparison in _CHANGES else ""
    at = claim.where and tr("at {where}", where=claim.where)
    what = words(claim.quantity) + compared if claim.quantity else ""
    parts = (f"{subject}{side}", at, what, f"{bound} {value}".strip(), _when(claim))
    return ", ".join(p for p in parts if p)


def _when(claim: Claim) -> str:
    if claim.period_start and claim.period_end:
        return periods.words(periods.span(claim.period_start, claim.period_end))
    return tr("until {period_end}", period_end=claim.period_end) if claim.period_end else ""


def row_says(row: Mapping[str, Any], *, abroad: bool = False) -> str:
    """What a row of the record says, on one line.

    Args:
        row: of any table.
        abroad: whether its place lies outside China, which else the record sees goods from.
    """
    if row.get("metric") and row.get("value") is not None:
        return _figure(row, abroad=abroad)
    if "value_pct" in row:
        return _share(row)
    if "value_usd" in row:
        return _flow(row)
    title = next((str(row[t]) for t in _TITLES if row.get(t)), "")
    day = row.get("date") or row.get("start") or row.get("period_start") or ""
    added = (
        tr(
            "{added} added, {total_entities} in all",
            added=row["added"],
            total_entities=row.get("total_entities") or "?",
        )
        if row.get("added") is not None
        else ""
    )
    parts = (str(day), added or title, _of_rule(row))
    return ", ".join(p for p in parts if p)


def _share(row: Mapping[str, Any]) -> str:
    """Whose share it is, of what, how large, when: a row of `shares` has its figure in columns of its own."""
    value, low, high = row.get("value_pct"), row.get("low_pct"), row.get("high_pct")
    bound = "" if value is not None else "at_least" if low is not None else "at_most"
    shown = next((units.with_unit(float(v), "percent", bound=bound) for v in (value, low, high) if v is not None), "")
    if value is None and low is not None and high is not None:
        shown = tr(
            "between {value} and {value_high}",
            value=units.number(low),
            value_high=units.with_unit(float(high), "percent"),
        )
    whole, product = str(row.get("of_what") or ""), str(row.get("product") or "")
    good = "" if product.lower() in whole.lower() else product  # of exports as of all output it has to be said
    what = (
        tr("share of {whole}: {figure}", whole=whole, figure=shown) if whole else f"{words(str(row['metric']))} {shown}"
    )
    who = tr("said by {reported_by}", reported_by=row["source_org"]) if row.get("source_org") else ""
    return ", ".join(p for p in (str(row.get("region") or ""), good, what, _days(row), who) if p)


def _flow(row: Mapping[str, Any]) -> str:
    """Between whom a good was traded, how much of it, when."""
    amounts = ((row.get("value_usd"), "USD"), (row.get("net_kg"), "kg"), (row.get("capacity_mw"), "MW"))
    shown = (units.with_unit(float(value), unit) for value, unit in amounts if value is not None)
    side = tr(" with {partner}", partner=row["partner"]) if row.get("partner") else ""
    parts = (f"{row.get('reporter') or ''}{side}", str(row.get("flow") or ""), str(row.get("product") or ""))
    return ", ".join(p for p in (*parts, *shown, _days(row)) if p)


def _of_rule(row: Mapping[str, Any]) -> str:
    """The figure of a rule; other rows have none in these columns."""
    value, unit = row.get("quantity_norm"), row.get("unit_norm")
    if value is None:
        return ""
    since = tr("from {day}", day=row["valid_from"]) if row.get("valid_from") else ""
    until = tr("until {period_end}", period_end=row["valid_to"]) if row.get("valid_to") else ""
    return ", ".join(p for p in (units.with_unit(float(value), str(unit or "")), since, until) if p)


def _days(row: Mapping[str, Any]) -> str:
    start, end = row.get("period_start"), row.get("period_end")
    return periods.words(periods.span(str(start), str(end))) if start and end else str(end or start or "")


def _figure(row: Mapping[str, Any], *, abroad: bool) -> str:
    bound, per = str(row.get("bound") or "exact"), str(row.get("per") or "")
    value, unit = row.get("value_norm"), row.get("unit_norm")
    value, unit = (row["value"], row.get("unit")) if value is None else (value, unit)
    shown = units.with_unit(float(value), str(unit or ""), bound="" if bound == "exact" else bound, per=per)
    place = str(row.get("place") or row.get("subject") or "")
    partner = str(row.get("partner") or "")
    side = tr(" with {partner}", partner=partner) if partner and partner not in place else ""  # a pair names both
    when = _days(row) if row.get("period_start") and row.get("period_end") else ""
    ways = (tr("inbound"), tr("outbound")) if abroad else (tr("into China"), tr("out of China"))
    way = {"in": ways[0], "out": ways[1], "both": tr("both directions")}
    mode = {"rail": tr("by rail"), "road": tr("by road")}
    status = "" if row.get("status") == "reported" else str(row.get("status") or "")
    growth = row.get("yoy_pct")
    grown = tr("{percent} on the year before", percent=units.with_unit(growth, "percent")) if growth is not None else ""
    who = tr("said by {reported_by}", reported_by=row["reported_by"]) if row.get("reported_by") else ""
    moved = way.get(str(row.get("direction")), ""), mode.get(str(row.get("mode")), "")
    parts = (f"{apart(place)}{side}", f"{apart(words(str(row['metric'])))} {shown}", when, *moved, status, grown, who)
    return ", ".join(p for p in parts if p)


def fields(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The rest of a row, each column by its words; what is empty or internal is left out."""
    kept = [(k, v) for k, v in row.items() if v not in (None, "", []) and k not in _INTERNAL]
    shown = [(k, "; ".join(map(str, v)) if isinstance(v, list) else _plain(v)) for k, v in kept]
    return [(words(k), words(v) if k == "metric" else v) for k, v in shown]


def _plain(value: Any) -> str:
    return findings.plain(value) if isinstance(value, float) else str(value)
