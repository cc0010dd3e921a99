"""What files of supply say twice: rows that count once, and supplies that may be one and count twice."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from entrepot.core.words.translate import ntr, tr
from entrepot.tracing.balance.books import folded
from entrepot.tracing.balance.quantity_range import exactly
from entrepot.tracing.supply import kept_supply

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    Row = dict[str, Any]
    Place = tuple[str, int]

_MOST_SHOWN = 3  # papers that are named: who loads a year again reads that all of it counts once
_SAME = 1e-6  # of an amount: what a unit's factor leaves, as pounds do, and no rounding of a paper


def told_again(place: Path, file_id: str = "") -> tuple[str, ...]:
    """What there is to say of supplies that two files hold.

    Args:
        place: the store.
        file_id: a file that was loaded, of which alone it is said; empty for all.
    """
    files = {f["file_id"]: f["file"] for f in kept_supply.KEPT.files(place)}
    if len(files) < 2:  # noqa: PLR2004 - one file says nothing a second time
        return ()
    unnumbered = kept_supply.unnumbered_again(place, file_id) if file_id else 0
    both = ntr(
        unnumbered,
        "{count} row that names no paper says what a row of another file says: both count.",
        "{count} rows that name no paper say what rows of other files say: all count.",
    )
    again = kept_supply.said_again(place)
    return (*_once(again, file_id, files), *_twice(place, again, file_id, files), *([both] if unnumbered else []))


def _once(again: Mapping[Place, Place], file_id: str, files: dict[str, str]) -> Iterator[str]:
    found = [(a[0], b[0]) for a, b in again.items() if file_id in {"", a[0], b[0]}]
    if found:
        named = sorted({files[f] for both in found for f in both if f != file_id})
        yield ntr(
            len(found),
            "{count} row says a paper again, cell for cell, and counts once: {files}.",
            "{count} rows say papers again, cell for cell, and count once: {files}.",
            files=", ".join([*named[:_MOST_SHOWN], *(["…"] if len(named) > _MOST_SHOWN else [])]),
        )


def _twice(place: Path, again: Mapping[Place, Place], file_id: str, files: dict[str, str]) -> Iterator[str]:
    papers: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in kept_supply.of_several_files(place, again):
        papers[row["supplier_id"], row["buyer_id"], folded(row["document"])].append(row)
    found = [
        some for rows in papers.values() if (some := _alike(rows)) and file_id in {"", *(r["file_id"] for r in some)}
    ]
    for rows in found[:_MOST_SHOWN]:
        one, other = (tr("{file} row {row}", file=files[r["file_id"]], row=r["row"]) for r in rows)
        yield tr(
            "{document} of {supplier} stands in {one} and in {other} with one amount and other cells, and counts "
            "twice. Where it is one supply, take the row out of one of the files.",
            document=rows[0]["document"],
            supplier=rows[0]["supplier"],
            one=one,
            other=other,
        )
    if len(found) > _MOST_SHOWN:
        more = len(found) - _MOST_SHOWN
        yield ntr(more, "So does {count} more paper.", "So do {count} more papers.")


def _alike(rows: Sequence[Row]) -> list[Row]:
    """The first row of a paper, and one of another file with its amount, or where either tells none."""
    for i, one in enumerate(rows):
        for other in rows[i + 1 :]:
            if other["file_id"] != one["file_id"] and _is_one_amount(one, other):
                return [one, other]
    return []


def _is_one_amount(one: Row, other: Row) -> bool:
    return any(
        a is not None and b is not None and a[0] == b[0] and abs(a[1] - b[1]) <= _SAME * max(abs(a[1]), abs(b[1]))
        for a, b in ((_quantity(one), _quantity(other)), (_value(one), _value(other)))
    )


def _quantity(row: Row) -> tuple[str, float] | None:
    if row["quantity"] is None:
        return None
    unit, factor = exactly(row["unit"] or "") or (folded(row["unit"]), 1.0)
    return unit, row["quantity"] * factor


def _value(row: Row) -> tuple[str, float] | None:
    return None if row["value"] is None else (folded(row["currency"]), row["value"])
