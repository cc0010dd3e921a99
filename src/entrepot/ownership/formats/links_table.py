"""A table of one's own: a row a link, with columns owner, owned and share; CSV and its kin, workbook, JSON, Parquet."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from entrepot.core.errors import UnknownNameError, UnreadableFileError
from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import tr
from entrepot.intake.heading_row import folded
from entrepot.intake.open_table import table_of
from entrepot.intake.reading_options import Words
from entrepot.ownership.contract import INTERESTS, LINKS_HEADINGS
from entrepot.ownership.formats.links_draft import Link, LinkDraft, by_name, by_number
from entrepot.ownership.stake import AS_PERCENT, UNKNOWN, first_fraction, fractions_said, read_stake

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from entrepot.intake.reading_options import ReadingOptions
    from entrepot.intake.text_table import TextTable
    from entrepot.intake.unpack import Content

NEEDED = ("owner", "owned", "share")
COLUMNS = (*NEEDED, "interest", "from", "to", "owner_id", "owned_id", "owner_kind", "owned_kind")
_KINDS = ("person", "company", "unknown")
_ROWS = {"workbook": "row", "delimited": "line"}
_NAMED = 4  # headings of a column that a message gives
_SEEN = 20  # headings of a file that it repeats: an export has some hundred
_SHARES = "a percentage such as 50, 33.3 or 25-50, >50, at least 25, or nothing where it is not known"


def read_links_table(content: Content, options: ReadingOptions) -> LinkDraft:
    """One's own table of links; a row that cannot be is refused with its number and remedy, the rest is taken.

    Raises:
        UnknownNameError: a column is missing.
        UnreadableFileError: it is no table, or its shares are fractions.
    """
    wide: dict[int, tuple[str, str]] = {}  # by line, for a table may be gone through more than once

    def too_wide(line: int, problem: str, remedy: str) -> None:
        wide[line] = problem, remedy

    table = _opened(content, replace(options, too_wide=too_wide), wide)
    at = _placed(table.headings)
    draft = LinkDraft(content.origin, _ROWS.get(table.kind, "row"), is_own=True)
    once = _Once(table, at)
    for row, cells in table.numbered():
        if any(cells):
            draft.read += 1
            try:
                _link(draft, row, once.filled({c: (cells[i] or "").strip() for c, i in at.items()}))
            except UnreadableFileError as exc:
                draft.set_aside(row, exc)
    draft.read += len(wide)
    for row, (problem, remedy) in wide.items():
        draft.set_aside(row, draft.refuse(row, problem, remedy=remedy))
    for heading in (h for i, h in enumerate(table.headings) if i not in at.values() and h.strip()):
        draft.counts[f"the column {heading[:60]} is not read"] += 1
    by_name_of = {c: table.headings[i] for c, i in at.items() if _ours(table.headings[i]) != c}
    if by_name_of:
        told = ", ".join(f"{heading[:60]} = {c}" for c, heading in by_name_of.items())
        draft.told.append(tr("columns known by their headings: {told}", told=told))
    draft.told.extend(once.notes())
    for note in (*table.notes, *table.late_notes):
        draft.told.append(note)
    _refuse_fractions(draft)
    return draft


def _opened(content: Content, options: ReadingOptions, wide: dict[int, tuple[str, str]]) -> TextTable:
    """The table below its headings, which are ours or on record.

    Raises:
        UnknownNameError: a column that is needed is missing.
    """
    table = table_of(content, replace(options, headings=NEEDED[:2]))
    if not _has_all(table.headings):
        wide.clear()
        words = Words(frozenset(h for some in _on_record().values() for h in some), _has_all)
        table = table_of(content, replace(options, words=words))
    missing = [c for c in NEEDED if c not in _placed(table.headings)]
    if missing:
        seen = list(filter(None, table.headings))
        raise UnknownNameError(tr("column of ownership"), missing[0], seen, remedy=_remedy(missing, table.headings))
    return table


def _called(column: str) -> list[str]:
    """Headings of a column as they are on record."""
    return [h for row in packaged_rows(LINKS_HEADINGS) if row["column"] == column for h in row["headings"]]


def _remedy(missing: Sequence[str], headings: Sequence[str]) -> str:
    """What to do about columns that are not there: which are known, which headings each would have, which were seen."""
    known = ", ".join(f"{headings[i][:60]} = {c}" for c, i in _placed(headings).items())
    asked = "; ".join(
        tr("{column}, also called {names}", column=c, names=", ".join(_called(c)[:_NAMED])) for c in missing
    )
    parts = [tr("Needed: {asked}.", asked=asked)]
    parts += [tr("Known: {known}.", known=known)] if known else []
    parts.append(tr("Seen: {seen}.", seen=", ".join(h[:60] for h in headings[:_SEEN] if h.strip())))
    if missing == ["share"]:
        parts.append(
            tr(
                "A list of parents without shares says nothing of 50 %: add a column share, with >50 where the "
                "database says that a parent holds more than half, and nothing where it is not known."
            )
        )
    return " ".join([*parts, tr("Call the columns {needed}, and load the file again.", needed=", ".join(NEEDED))])


def _ours(heading: str) -> str:
    return " ".join(heading.casefold().split()).replace(" ", "_")


def _placed(headings: Sequence[str]) -> dict[str, int]:
    """Our columns by where they stand: under our own names, else under headings on record."""
    plain, words = [_ours(h) for h in headings], [folded(h) for h in headings]
    at = {c: plain.index(c) for c in COLUMNS if c in plain}
    for column, known in _of_layout(words).items():
        place = next((words.index(h) for h in known if h in words and words.index(h) not in at.values()), None)
        if column not in at and place is not None:
            at[column] = place
    return at


def _of_layout(words: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """Our column -> headings on record; where a table lists subsidiaries, the company beside them is their owner."""
    found = {column: list(known) for column, known in _on_record().items()}
    below = {column: found.pop(f"subsidiary{of}", []) for column, of in (("owned", ""), ("owned_id", "_id"))}
    if not any(h in words for h in below["owned"]):
        return found
    for column, above in (("owned", "owner"), ("owned_id", "owner_id")):
        found[above] = [*found.get(above, ()), *found.get(column, ())]
        found[column] = below[column]
    return found


def _has_all(headings: Sequence[str]) -> bool:
    return {*NEEDED} <= _placed(headings).keys()


@cache
def _on_record() -> dict[str, tuple[str, ...]]:
    """Our column -> headings on record, the one to prefer first."""
    found: dict[str, list[str]] = {}
    for row in packaged_rows(LINKS_HEADINGS):
        found.setdefault(row["column"], []).extend(map(folded, row["headings"]))
    return {c: tuple(dict.fromkeys(some)) for c, some in found.items()}


class _Once:
    """A company that is printed once for all its shareholders, or its subsidiaries: rows below it are of it.

    So only where no two rows after one another repeat a company: in a table that prints each, a blank is a blank.
    """

    def __init__(self, table: TextTable, at: Mapping[str, int]) -> None:
        below = {*_on_record().get("subsidiary", ())}
        is_above = "owned" in at and folded(table.headings[at["owned"]]) in below
        company, self._others = ("owner", "owned") if is_above else ("owned", "owner")
        self._keys = [c for c in (company, f"{company}_id") if c in at]
        self._held: dict[str, str] = {}
        self._count = 0
        rows = (tuple((row[at[c]] or "").strip() for c in self._keys) for row in table.rows() if any(row))
        self._is_once = not any(one == other and any(one) for one, other in pairwise(rows))

    def filled(self, said: dict[str, str]) -> dict[str, str]:
        """The cells of a row, with the company above it where it has none and names an owner."""
        if any(said.get(c) for c in self._keys):
            self._held = {c: said.get(c, "") for c in self._keys}
        elif self._is_once and self._held and (said.get(self._others) or said.get(f"{self._others}_id")):
            self._count += 1
            return said | self._held
        return said

    def notes(self) -> list[str]:
        """What there is to say of it."""
        told = tr("{count} rows without a company are of the one above them, which is printed once", count=self._count)
        return [told] if self._count else []


def _link(draft: LinkDraft, row: int, said: dict[str, str]) -> None:
    interest = said.get("interest", "").casefold() or "shares"
    if interest not in INTERESTS:
        raise draft.refuse(row, tr("interest is {interest!r}", interest=interest[:40]), allowed=", ".join(INTERESTS))
    try:
        stake = UNKNOWN if interest in {"control", "linked"} else read_stake(said["share"])
    except ValueError as exc:
        remedy = (
            tr("A share above 100 % is an error of the table: correct it, and load the file again.")
            if _is_number(said["share"])
            else ""
        )
        raise draft.refuse(
            row,
            tr(
                "share is {share!r}, of {owner} in {owned}",
                share=said["share"][:40],
                owner=(said["owner"] or said.get("owner_id", ""))[:60],
                owned=(said["owned"] or said.get("owned_id", ""))[:60],
            ),
            allowed=_SHARES,
            remedy=remedy,
        ) from exc
    sides = [_party(draft, row, said, who) for who in ("owner", "owned")]
    days = (draft.day(row, said.get("from"), "from"), draft.day(row, said.get("to"), "to"))
    ids = [draft.party(*side) for side in sides]  # once nothing of the row can be refused any more
    draft.links.append(Link(row, ids[0], ids[1], interest, stake, said["share"], *days))


def _party(draft: LinkDraft, row: int, said: dict[str, str], who: str) -> tuple[str, str, str]:
    """Id, name and kind of a party of a row."""
    given = said.get(f"{who}_id", "")
    kind = said.get(f"{who}_kind", "").casefold() or "unknown"
    if kind not in _KINDS:
        raise draft.refuse(row, tr("{who}_kind is {kind!r}", who=who, kind=kind[:40]), allowed=", ".join(_KINDS))
    name = draft.named(row, said[who] or given)
    scheme, _, number = given.partition(":")
    party_id = (by_number(scheme, number) if number else " ".join(given.split())[:300]) or by_name(name)
    return party_id, name, kind


def _is_number(text: str) -> bool:
    return text.replace(",", "").replace(".", "").rstrip("% ").isdigit()


def _refuse_fractions(draft: LinkDraft) -> None:
    """Shares that are all at most 1 are fractions of one, or tiny stakes: we do not guess which."""
    at = first_fraction([x.said if x.stake.is_exact else None for x in draft.links])
    if at is not None:
        first = draft.links[at]
        raise draft.refuse(first.row, fractions_said(first.said), allowed=tr("percentages"), remedy=tr(AS_PERCENT))
