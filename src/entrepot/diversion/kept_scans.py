"""Scans that are kept: what each was asked, whether it is of a measure, and whether a newer one has taken its place.

A signal says what was found and not what was asked. A file of one's own is named by its file name, and another file may
have the same; a file of flows is corrected and scanned again. Both are told by what is kept of the scan itself.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core.contract import table
from entrepot.core.ids import digest, id_of
from entrepot.diversion.contract import KEPT_SCANS
from entrepot.measures.measure import measures

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pyarrow as pa

    from entrepot.diversion.flows.united import Partial
    from entrepot.diversion.question import Question
    from entrepot.measures.act import Measure

    Row = Mapping[str, Any]

_ASKED = ("measure", "measure_text", "files", "origin", "destination", "since", "until", "counted", "chain", "controls")


def kept_scan(question: Question, signals: pa.Table, kept_at: str, partial: Sequence[Partial] = ()) -> pa.Table:
    """A scan as it is kept.

    Args:
        question: what was asked.
        signals: under SIGNALS, those that are kept of it.
        kept_at: the moment, in UTC, so that a later one sorts behind it.
        partial: groups read as one place, of which the flows lack some members.

    Returns:
        One row under KEPT_SCANS.
    """
    named = {name for ids in signals.column("source_ids").to_pylist() for name in ids or ()}
    row: dict[str, Any] = {
        "measure": question.measure,
        "measure_text": None if question.act is None else text_of(question.act),
        "files": sorted(named) or None,
        "origin": question.origin,
        "destination": question.destination,
        "since": question.since.isoformat(),
        "until": None if question.until is None else question.until.isoformat(),
        "counted": question.counted,
        "chain": question.chain,
        "products": sorted(question.products) if question.products else None,
        "hubs": sorted(question.hubs) if question.hubs else None,
        "controls": sorted((*question.control_goods, *question.control_places)) or None,
        "partial": [f"{g.group}/{g.of} {' '.join(g.inside)}" for g in partial] or None,
        "signals": signals.column("signal_id").to_pylist(),
    }
    return table(KEPT_SCANS, [row | {"scan_id": id_of("scan", json.dumps(row, sort_keys=True)), "kept_at": kept_at}])


def partial_groups(scan: Row) -> dict[str, tuple[tuple[str, ...], int]]:
    """Of the groups of which a kept scan has some members alone: who they are, and how many it has in all."""
    found = {}
    for cell in scan.get("partial") or ():  # scans of before the column was kept do not say
        head, *inside = str(cell).split()
        group, _, of = head.partition("/")
        found[group] = (tuple(inside), int(of))
    return found


def text_of(act: Measure) -> str | None:
    """The digest of what a measure of one's own touches: its places, days and goods; None of one on record.

    An id on record is of one measure alone. What a file says besides, such as its title, changes no scan.
    """
    if act.id in {m.id for m in measures()}:
        return None
    parts = [(p.start, p.end, p.goods, sorted(g.prefix for g in p.hs), p.countries) for p in act.parts]
    said = act.jurisdiction, act.direction, sorted(act.countries), parts
    return digest(json.dumps(said, sort_keys=True), _DIGITS)


_DIGITS = 12  # hexadecimal, as the ids of rows: files of one name are few


@dataclass(frozen=True, slots=True)
class Standing:
    """Signals of a measure, and those of its name that are none.

    Attributes:
        rows: under SIGNALS, those that stand.
        other_text: scan to its signals, of scans of another text of a measure of this name.
        replaced: likewise, of signals in whose place a newer scan stands.
        unknown: signals of a measure of one's own that were kept without their scan.
    """

    rows: tuple[Row, ...]
    other_text: Mapping[str, tuple[Row, ...]]
    replaced: Mapping[str, tuple[Row, ...]]
    unknown: tuple[Row, ...]


def standing(signals: Sequence[Row], scans: Iterable[Row], act: Measure) -> Standing:
    """The signals of a measure that stand.

    Args:
        signals: under SIGNALS, as a store holds them.
        scans: under KEPT_SCANS, likewise.
        act: the measure, whole.
    """
    text, rows = text_of(act), {r["signal_id"]: r for r in signals if r["measure"] == act.id}
    newest_first = sorted((s for s in scans if s["measure"] == act.id), key=lambda s: str(s["kept_at"]), reverse=True)
    mine = [s for s in newest_first if s["measure_text"] == text]
    other: dict[str, tuple[Row, ...]] = {}
    replaced: dict[str, tuple[Row, ...]] = {}
    stand: dict[str, Row] = {}
    seen: set[str] = set()
    for i, scan in enumerate(mine):
        held = [rows[n] for n in scan["signals"] if n in rows and n not in seen]
        seen.update(r["signal_id"] for r in held)
        newer = [n for n in mine[:i] if all(n[k] == scan[k] for k in _ASKED)]
        gone = tuple(r for r in held if any(_looked_at(n, r) for n in newer))
        if gone:
            replaced[scan["scan_id"]] = gone
        stand |= {r["signal_id"]: r for r in held if r not in gone}
    for scan in newest_first:
        if scan["measure_text"] != text:
            other[scan["scan_id"]] = tuple(rows[n] for n in scan["signals"] if n in rows and n not in seen)
            seen.update(scan["signals"])
    bare = [r for name, r in rows.items() if name not in seen]
    if text is None:
        stand |= {r["signal_id"]: r for r in bare}
    every = tuple(r for r in rows.values() if r["signal_id"] in stand)
    return Standing(every, other, replaced, tuple(bare) if text is not None else ())


def _looked_at(scan: Row, row: Row) -> bool:
    """Whether a scan looked at the goods and the place of a row.

    A scan through named places looks at nothing of the others, nor at all places together.
    """
    goods = scan["products"] is None or str(row["product"]).startswith(tuple(scan["products"]))
    return goods and (scan["hubs"] is None or row["hub"] in scan["hubs"])
