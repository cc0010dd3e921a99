"""The history of a list as findings: its size on each day it changed and the day before, and what is held of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core import findings
from entrepot.core.findings import Finding, Ground
from entrepot.core.words.translate import in_english, tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@in_english
def size(row: Mapping[str, Any], subject: str) -> Finding:
    """The number of entities on the list on a day, counted one by one."""
    how = tr("on the day the list changed") if row["changed"] else tr("on the day before the list changed")
    basis = tr("sum of the batches up to {batch}, entities counted one by one; {how}", batch=row["batch"], how=how)
    total = float(row["entities"])
    return _count(row, subject, tr("entities listed"), total, basis, bounds=(total, total))


@in_english
def added(row: Mapping[str, Any], subject: str) -> Finding:
    """The number of entities that a batch added."""
    basis = tr("as the notice of that day adds them, counted one by one")
    return _count(row, subject, tr("entities added"), float(row["added"]), basis)


@in_english
def publisher_count(row: Mapping[str, Any], subject: str) -> Finding:
    """The publisher's own total on a day, as printed."""
    basis = tr("as printed; a parent and its subsidiaries counted as one where this is below the count one by one")
    return _count(row, subject, tr("entities listed, as the publisher counted"), float(row["publisher_count"]), basis)


@in_english
def _count(  # noqa: PLR0913 - what three findings of one row differ in
    row: Mapping[str, Any],
    subject: str,
    quantity: str,
    value: float,
    basis: str,
    *,
    bounds: tuple[float | None, float | None] = (None, None),
) -> Finding:
    """A number of entities on the day of a row of the step `list_size`, resting on its batch."""
    return findings.make(
        kind="number",
        subject=subject,
        quantity=quantity,
        value=value,
        unit="entities",
        period=(row["day"], row["day"]),
        as_of=row["batch"],
        basis=basis,
        grounds=[Ground("batches", str(row["id"]), row["source_id"])],
        low=bounds[0],
        high=bounds[1],
    )


@in_english
def publisher_size(row: Mapping[str, Any], subject: str) -> Finding | None:
    """The publisher's own total where it differs from the count one by one; else None."""
    if row["publisher_count"] is None or row["publisher_count"] == row["entities"]:
        return None
    return findings.make(
        kind="conflict",
        subject=subject,
        quantity="two ways of counting the list",
        value=f"{row['publisher_count']} as its publisher printed it; {row['entities']} entities one by one",
        unit="entities",
        period=(row["day"], row["day"]),
        as_of=row["batch"],
        low=float(min(row["publisher_count"], row["entities"])),
        high=float(max(row["publisher_count"], row["entities"])),
        basis="the publisher counted a parent and its subsidiaries as one; the table counts each",
        grounds=[Ground("batches", str(row["id"]), row["source_id"])],
    )


@in_english
def held(rows: Sequence[Mapping[str, Any]], subject: str, day: str, total: int | None) -> Finding:
    """How many of the listed entities the record holds, computed from the table of listings."""
    of = (
        tr(" of {total} listed", total=total)
        if total is not None
        else tr("; the full size of the list is not in the record")
    )
    return findings.make(
        kind="number",
        subject=subject,
        quantity="listed parties held in the record",
        value=float(len(rows)),
        unit="parties",
        period=(day, day),
        as_of=day,
        low=float(len(rows)),
        high=float(len(rows)),
        basis=f"count of the listings in force on the day: {len(rows)}{of}",
        grounds=[Ground("listings", str(r["entity_id"]), r["source_id"]) for r in rows],
    )


@in_english
def last_read(copies: Sequence[Mapping[str, Any]], subject: str) -> Finding | None:
    """The day of the newest copy of the list that the record was read from; None where there is none.

    Args:
        copies: rows of the step `copies`, oldest first.
        subject: what the list is called.
    """
    if not copies:
        return None
    newest = copies[-1]
    return findings.make(
        kind="date",
        subject=subject,
        quantity="list last read",
        value=newest["day"],
        period=(newest["day"], newest["day"]),
        as_of=newest["day"],
        basis="day of the newest copy of the list, as its publisher offers it, that stands in the register of sources",
        grounds=[Ground("sources", str(newest["source_id"]), newest["source_id"])],
    )
