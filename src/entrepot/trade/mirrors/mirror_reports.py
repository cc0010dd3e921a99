"""The reports under a mirrored flow: its id, and what stands behind it. See docs/design/21-flows.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core import findings, periods
from entrepot.core.findings import Ground
from entrepot.core.shown import Stated, row_id
from entrepot.core.words.translate import in_english, marked
from entrepot.sources.register import unregistered
from entrepot.trade.contract import MIRROR_REPORTS, MIRRORED, TRADE_FLOWS
from entrepot.trade.margins import FREIGHT_AT_MOST
from entrepot.trade.mirrors.gap_words import BEYOND_FREIGHT
from entrepot.trade.mirrors.mirror_gaps import USUAL

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from entrepot.core.shown import Look

    Row = Mapping[str, Any]

# What comes out of the margins and spreads of all flows; the figures of both sides are as reported.
_ESTIMATES = ("margin", "value_usd", "low_usd", "high_usd", "gap_usd", "z", "mirror_gap_usd")
_ESTIMATED = marked("what importers' figures lie above exporters' by, estimated from all flows of the file")
_WITH_FREIGHT = marked("freight and insurance are in it")
_SIDES = {"exporter_only": "exporter", "importer_only": "importer"}


def identified(flows: pa.Table, table: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Mirrored flows with their ids, and the reports that they rest on.

    Args:
        flows: as `mirror_gaps.shown` gives them.
        table: the flows that were reconciled, under `trade_flows`.

    Returns:
        The flows under `mirrored`, in their order; the reports under `mirror_reports`.
    """
    import pyarrow as pa

    from entrepot.core import contract, engine

    placed = flows.append_column("place", pa.array(range(flows.num_rows), pa.int64()))
    with engine.engine({"trade_flows": table, "mirrored": placed}) as con:
        found = engine.run(con, engine.step("entrepot.trade", "mirror_reports"))
    places = found.column("place").to_pylist()
    keys: list[list[tuple[str, str]]] = [[] for _ in range(flows.num_rows)]
    for place, row in zip(places, found.select([*TRADE_FLOWS.grain, "source_id"]).to_pylist(), strict=True):
        keys[place].append((_key(row), row["source_id"]))
    ids = [row_id("mirror", row, sorted(rests), _ESTIMATES) for row, rests in zip(flows.to_pylist(), keys, strict=True)]
    reports = found.append_column("mirror_id", pa.array([ids[p] for p in places], pa.string()))
    return (
        contract.check(MIRRORED, flows.append_column("mirror_id", pa.array(ids, pa.string()))),
        contract.check(MIRROR_REPORTS, reports.select(MIRROR_REPORTS.names)),
    )


def _key(report: Row) -> str:
    return "/".join(str(report[n]) for n in TRADE_FLOWS.grain)


@in_english
def finding(row: Row, look: Look) -> Stated:
    """A mirrored flow as a finding: two reports that disagree are a conflict, else the value between them.

    Args:
        row: a row of `mirrored`.
        look: where its reports are found.
    """
    reports = {("trade_flows", _key(r)): r for r in look.given()}
    gap = row["mirror_gap_usd"]
    said: dict[str, Any] = {"kind": "conflict", "quantity": "mirror gap", "value": gap}
    if not gap:
        said = {"kind": "number", "quantity": "value of the goods, FOB", "value": row["value_usd"]}
        said |= {"low": row["low_usd"], "high": row["high_usd"]}
    first, last = periods.first_day(row["period"]).isoformat(), periods.last_day(row["period"]).isoformat()
    found = findings.make(
        **said,
        subject=f"{row['exporter']} to {row['importer']}, {row['product']} ({row['hs_vintage']}), {row['period']}",
        unit="USD",
        period=(first, last),
        as_of=last,  # when the file was published is not known
        status="estimated",
        basis=_rule(row),
        grounds=[Ground(*key, r["source_id"]) for key, r in reports.items()],
    )
    own = {s: unregistered(s) for s in found.sources if s not in look.sources}
    return Stated(found, reports, own)


def _margin(row: Row) -> str:
    """What a margin is: what was estimated, and whether freight can be all of it."""
    return f"{_ESTIMATED}; {BEYOND_FREIGHT if row['margin'] > FREIGHT_AT_MOST else _WITH_FREIGHT}"


def _rule(row: Row) -> str:
    """How the row came about, with its working."""
    margin = f"the margin of {row['margin']:.1%} ({_margin(row)})"
    value = f"The value, FOB, is {row['value_usd']:,.0f} USD, between {row['low_usd']:,.0f} and {row['high_usd']:,.0f}"
    if row["sides"] != "both":
        side = _SIDES[row["sides"]]
        less = f" less {margin}" if side == "importer" else ""
        return f"Only the {side} reports the flow: there is no mirror. {value}: the {side}'s figure alone{less}."
    usual = f"{abs(row['z']):.2f} times what the errors of both reporters make usual"
    apart = f"{abs(row['gap_usd']):,.0f} USD {'above' if row['gap_usd'] >= 0 else 'below'} the exporter's"
    beyond = f"What lies beyond {USUAL} times is the mirror gap: {row['mirror_gap_usd']:,.0f} USD"
    return (
        f"The importer's figure less {margin} is {apart}, which is {usual}. {beyond}. It is a sign, not a proof: "
        f"goods may be counted by origin on one side. {value}: both figures by their reliability."
    )
