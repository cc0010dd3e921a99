"""The days of a detention clock as rows, and what stands behind one. See docs/design/03-measures.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core import findings
from entrepot.core.contract import table
from entrepot.core.findings import Ground
from entrepot.core.shown import Stated, row_id
from entrepot.core.words.translate import in_english, tr
from entrepot.measures.act import VERIFIED
from entrepot.measures.contract import DEADLINES
from entrepot.measures.measure import measures

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pyarrow as pa

    from entrepot.core.shown import Look
    from entrepot.measures.act import Measure, Step
    from entrepot.measures.detention_clock import DueStep

    Row = Mapping[str, Any]

_STEPS = "clock_steps"  # as rows are called that stand in the file of a measure and in no table


@in_english
def deadlines(steps: Sequence[DueStep], measure_id: str) -> pa.Table:
    """The steps of a detention clock under `DEADLINES`.

    Args:
        steps: in order.
        measure_id: the measure whose clock it is.
    """
    rows = [_row(step) for step in steps]
    ids = [_id(row, measure_id, step.id) for row, step in zip(rows, steps, strict=True)]
    return table(DEADLINES, [row | {"clock_id": i} for row, i in zip(rows, ids, strict=True)])


def _row(step: DueStep) -> dict[str, Any]:
    return {
        "step": step.name,
        "due": step.due.isoformat(),
        "counted_from": step.counted_from.isoformat(),
        "days": step.days or None,
        "months": step.months or None,
        "day_kind": step.day_kind,
        "skipped": [f"{d} {name}" for d, name in step.skipped] or None,
        "rule": step.rule,
        "citation": step.citation,
        "verified": step.verified,
    }


def _id(row: Row, measure_id: str, step_id: str) -> str:
    return row_id("clock", row, (measure_id, step_id))


@in_english
def finding(row: Row, look: Look) -> Stated:
    """A day of a clock as a finding: a date, which rests on the step of the measure and on rows that say the same.

    Args:
        row: a row of `deadlines`.
        look: where the rows of the record are found.
    """
    act, step = _step(row)
    rows, grounds = {}, [Ground(_STEPS, row["step"], None)]
    if act is not None and step is not None:
        key = f"{act.id}/{step.id}"
        rows = {(_STEPS, key): _as_row(act, step)}
        grounds = [Ground(_STEPS, key, step.sources[0])]
        grounds += [Ground("sources", s, s) for s in step.sources[1:]]
        grounds += _said_too(act, look)
    found = findings.make(
        kind="date",
        subject=act.id if act else "a measure",
        quantity=f"last day: {row['step']}",
        value=row["due"],
        period=(row["counted_from"], row["due"]),
        status="estimated",  # counted here; what the authority does is not known
        basis=_rule(row),
        grounds=grounds,
    )
    return Stated(found, rows)


def _step(row: Row) -> tuple[Measure | None, Step | None]:
    """The step that the row was counted by; none where the words of the measure's file have changed since."""
    said = {name: row[name] for name in DEADLINES.names if name != "clock_id"}
    for act in measures():
        for step in act.clock.steps if act.clock else ():
            if _id(said, act.id, step.id) == row["clock_id"]:
                return act, step
    return None, None


def _as_row(act: Measure, step: Step) -> dict[str, Any]:
    return {
        "measure_id": act.id,
        "step_id": step.id,
        "name": step.name,
        "days": step.days or None,
        "months": step.months or None,
        "day_kind": step.day_kind,
        "counts_from": step.counts_from,
        "rule": step.rule,
        "citation": step.citation,
        "verified": step.verified,
        "source_ids": list(step.sources),
    }


def _said_too(act: Measure, look: Look) -> Iterator[Ground]:
    """The rows of the record that carry the clock."""
    for key in act.clock.rows if act.clock else ():
        for name, row in look.rows(key):
            yield Ground(name, key, row.get("source_id"))


def _rule(row: Row) -> str:
    """What the rule says, and how the day was counted."""
    over = tr(", passing over {skipped}", skipped=", ".join(row["skipped"])) if row["skipped"] else ""
    kind = tr("working days (Monday to Friday without US federal holidays)") if row["day_kind"] == "working" else "days"
    checked = f"{row['verified']}: {VERIFIED[row['verified']]}"
    length = tr("{months} calendar months", months=row["months"]) if row["months"] else f"{row['days']} {kind}"
    counted = tr(
        "{length} from {counted_from}, which is day zero{over}",
        length=length,
        counted_from=row["counted_from"],
        over=over,
    )
    return tr(
        "{rule} {citation}; {checked}. Counted: {counted}. Not legal advice: confirm the date with counsel.",
        rule=row["rule"],
        citation=row["citation"],
        checked=checked,
        counted=counted,
    )
