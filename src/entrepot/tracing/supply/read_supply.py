"""Read a table of supply links: each row is a link, or refused with its reason; both together are the rows read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadDateError, UnknownNameError, UnreadableFileError
from entrepot.core.ids import DIGITS, digest
from entrepot.core.periods import first_day, parse
from entrepot.intake.open_table import table_of
from entrepot.intake.reading_options import ReadingOptions
from entrepot.intake.unpack import CHUNK, content
from entrepot.ownership.formats.links_draft import by_name
from entrepot.ownership.stake import percent, read_stake
from entrepot.tracing.supply.supply_cells import AMOUNTS, amounts, is_absent, is_day_first, written_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

NEEDED = ("supplier", "buyer")
COLUMNS = (
    *NEEDED, "material", "product", "quantity", "unit", "value", "currency", "share", "date", "document", "origin",
    "supplier_id", "buyer_id", "supplier_address", "supplier_country",
)  # fmt: skip
_LONGEST = 2_000  # characters of a cell, as of a listed name
_DAYS = "A day such as 2024-11-25 or 25.11.2024, a month or a year; between strokes only where a row tells the order."
_SHARES = "a percentage such as 50, 33.3, 25-50, >50, or nothing where it is not known"


@dataclass(frozen=True, slots=True, eq=False)
class SupplyFile:
    """A file of supply links as rows.

    Attributes:
        row: under SUPPLY_FILES.
        links: under SUPPLY_LINKS.
        refused: under SUPPLY_REFUSED.
    """

    row: dict[str, Any]
    links: list[dict[str, Any]]
    refused: list[dict[str, Any]]


class _WrongRowError(ValueError):
    """A row that cannot be, with what would be right."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.remedy = remedy


def read_supply(
    path: Path, columns: Mapping[str, str] | None = None, options: ReadingOptions | None = None, *, today: date
) -> SupplyFile:
    """A file of supply links.

    Args:
        path: the file, packed or not: CSV and its kin, a workbook, JSON, Parquet.
        columns: our column -> the heading under which the file has it, where they differ.
        options: what the person says of the file: encoding, sheet.
        today: the day after which no date of the file may lie.

    Raises:
        UnknownNameError: a column is missing, or one that is named is none.
        UnreadableFileError: the file cannot be read, or no row of it is a link.
    """
    file = content(path)
    named = dict(columns or {})
    for ours in named:
        if ours not in COLUMNS:
            raise UnknownNameError("column of supply links", ours, COLUMNS)
    looked = tuple(named.get(c, c) for c in NEEDED)
    table = table_of(file, replace(options or ReadingOptions(), headings=looked))
    at, unread = _placed(table.headings, named)
    with file.open() as data:
        sha256 = digest(iter(lambda: data.read(CHUNK), b""))
    file_id = f"supply-{sha256[:DIGITS]}"
    links: list[dict[str, Any]] = []
    refused: list[dict[str, Any]] = []
    counts: Counter[str] = Counter()
    told = [
        (row, {c: " ".join((cells[i] or "").split()) for c, i in at.items()})
        for row, cells in table.numbered()
        if any(cells)
    ]
    numbers, notes = amounts(told)
    day_first = is_day_first(said.get("date", "") for _, said in told)
    for row, said in told:
        day = written_day(said.get("date", ""), day_first=day_first)
        try:
            links.append({"file_id": file_id, "row": row, **_link({**said, "date": day}, numbers[row], today, counts)})
        except _WrongRowError as exc:
            refused.append({"file_id": file_id, "row": row, "problem": str(exc), "remedy": exc.remedy})
    if not links:
        first = f": row {refused[0]['row']}: {refused[0]['problem']}" if refused else ""
        raise UnreadableFileError(file.origin, f"no row of it is a link{first}", remedy="Nothing is kept of the file.")
    return SupplyFile(
        {
            "file_id": file_id,
            "file": path.name,
            "sha256": sha256,
            "loaded_at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "read": len(links) + len(refused),
            "links": len(links),
            "refused": len(refused),
            "notes": [f"the column {h[:60]} is not read" for h in unread]
            + [f"{what}: {n} row{'s' * (n > 1)}" for what, n in counts.items()]
            + [*notes, *table.notes],
        },
        links,
        refused,
    )


def _placed(headings: list[str], named: Mapping[str, str]) -> tuple[dict[str, int], list[str]]:
    folded = [" ".join(h.casefold().split()).replace(" ", "_") for h in headings]
    at = {}
    for ours in COLUMNS:
        wanted = "_".join(named.get(ours, ours).casefold().split())
        if wanted in folded:
            at[ours] = folded.index(wanted)
        elif ours in named or ours in NEEDED:
            remedy = f"Name it: --column {ours}=HEADING."
            raise UnknownNameError("column of supply links", named.get(ours, ours), headings, remedy=remedy)
    return at, [h for i, h in enumerate(headings) if i not in at.values() and h.strip()]


def _link(
    said: Mapping[str, str], numbers: Mapping[str, float | None], today: date, counts: Counter[str]
) -> dict[str, Any]:
    for name, cell in said.items():
        if len(cell) > _LONGEST:
            raise _WrongRowError(f"{name} has {len(cell):,} characters", f"At most {_LONGEST:,}.")
    ids: dict[str, str] = {}
    for who in NEEDED:
        name = said[who] or said.get(f"{who}_id", "")
        if not name:
            raise _WrongRowError(f"{who} is empty", f"Give the {who}'s name.")
        ids |= {who: name, f"{who}_id": said.get(f"{who}_id") or by_name(name)}
    if ids["supplier_id"] == ids["buyer_id"] and _same_good(said):
        raise _WrongRowError(
            f"{ids['buyer']} supplies itself with what it makes of it",
            "Name in product what is made of the material, or leave the row out.",
        )
    held = {c: _amount(c, said.get(c, ""), numbers[c]) for c in AMOUNTS}
    for amount, unit in (("quantity", "unit"), ("value", "currency")):
        if held[amount] is not None and not said.get(unit):
            counts[f"{amount} without {unit}, compared with nothing"] += 1
    return {
        **ids,
        "supplier_address": said.get("supplier_address") or None,
        "supplier_country": said.get("supplier_country") or None,
        "material": said.get("material") or None,
        "product": said.get("product") or None,
        "quantity": held["quantity"],
        "unit": said.get("unit") or None,
        "value": held["value"],
        "currency": said.get("currency") or None,
        **_share(said.get("share", "")),
        "date": _day(said.get("date", ""), today),
        "document": said.get("document") or None,
        "origin": said.get("origin") or None,
    }


def _same_good(said: Mapping[str, str]) -> bool:
    return said.get("material", "").casefold() == said.get("product", "").casefold()


def _amount(name: str, text: str, found: float | None) -> float | None:
    if not text or is_absent(text):
        return None
    if found is None:
        raise _WrongRowError(
            f"{name} is {text[:40]!r}", "A number such as 41200, 41,200.5 or 41.200,5, told by its column."
        )
    if found <= 0:
        raise _WrongRowError(f"{name} is {text[:40]!r}", "More than nothing; leave it empty where it is not known.")
    return found


def _share(text: str) -> dict[str, float | None]:
    if not text:
        return {"low_percent": None, "high_percent": None}
    try:
        stake = read_stake(text)
    except ValueError as exc:
        raise _WrongRowError(f"share is {text[:40]!r}", f"Write {_SHARES}.") from exc
    return {"low_percent": percent(stake.low), "high_percent": percent(stake.high)}


def _day(text: str, today: date) -> str | None:
    if not text:
        return None
    try:
        found = parse(text)
    except BadDateError as exc:
        raise _WrongRowError(f"date is {text[:40]!r}", _DAYS) from exc
    if found.start is None or found.precision not in {"day", "month", "year"}:
        raise _WrongRowError(f"date is {text[:40]!r}", _DAYS)
    if first_day(text) > today:
        raise _WrongRowError(f"date is {text[:40]!r}, after today", "A link is of what was supplied: correct the date.")
    return text
