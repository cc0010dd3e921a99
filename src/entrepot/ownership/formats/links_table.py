"""A table of one's own: a row a link, with columns owner, owned and share; CSV and its kin, workbook, JSON, Parquet."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from entrepot.core.errors import UnreadableFileError
from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import tr
from entrepot.intake.heading_row import folded
from entrepot.intake.open_table import table_of
from entrepot.ownership.contract import INTEREST_WORDS, INTERESTS
from entrepot.ownership.formats.links_columns import ENDS, has_all, on_record, placed, refuse_unplaced, words
from entrepot.ownership.formats.links_draft import Link, LinkDraft, by_name, by_number
from entrepot.ownership.stake import AS_PERCENT, UNKNOWN, Stake, first_fraction, fractions_said, read_stake

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.intake.reading_options import ReadingOptions
    from entrepot.intake.text_table import TextTable
    from entrepot.intake.unpack import Content

_PARTIES = ("owner", "owned")
_OF_OWNERS = ("owner", "owner_id", "share", *ENDS)  # a list of vendors has none of these where no owner is known
_FORMER = frozenset(("true", "1", "yes", "y", "former", "historical"))  # what databases write under such a heading
_KINDS = ("person", "company", "unknown")
_ROWS = {"workbook": "row", "delimited": "line"}
_BETWEEN = " to "  # the two ends of a share that stand in columns of their own
_SHARES = "a percentage such as 50, 33.3 or 25-50, >50, at least 25, or nothing where it is not known"


def read_links_table(content: Content, options: ReadingOptions, named: Mapping[str, str]) -> LinkDraft:
    """One's own table of links; a row that cannot be is refused with its number and remedy, the rest is taken.

    Args:
        content: the file.
        options: what the person says of how it is to be read.
        named: our column -> the heading that they name, or = and what they say of all rows.

    Raises:
        UnknownNameError: a column is missing.
        UnreadableFileError: it is no table, or its shares are fractions.
    """
    wide: dict[int, tuple[str, str]] = {}  # by line, for a table may be gone through more than once

    def too_wide(line: int, problem: str, remedy: str) -> None:
        wide[line] = problem, remedy

    table = _opened(content, replace(options, too_wide=too_wide), named, wide)
    columns = placed(table.headings, named)
    at = columns.at
    draft = LinkDraft(content.origin, _ROWS.get(table.kind, "row"), is_own=True)
    once = _Once(table, at)
    for row, cells in table.numbered():
        if any(cells):
            found = once.filled({c: (cells[i] or "").strip() for c, i in at.items()})
            if not any((columns.said | found).get(c) for c in _OF_OWNERS):
                draft.count(tr("rows that name no owner and no share: nothing is read of them"), row)
                continue
            draft.read += 1
            try:
                _link(draft, row, columns.said | found)
            except UnreadableFileError as exc:
                draft.set_aside(row, exc)
    draft.read += len(wide)
    for row, (problem, remedy) in wide.items():
        draft.set_aside(row, draft.refuse(row, problem, remedy=remedy))
    for heading in (h for i, h in enumerate(table.headings) if i not in at.values() and h.strip()):
        draft.counts[f"the column {heading[:60]} is not read"] += 1
    draft.told.extend(columns.notes(table.headings))
    draft.told.extend(once.notes())
    for note in (*table.notes, *table.late_notes):
        draft.told.append(note)
    _refuse_fractions(draft)
    return draft


def _opened(
    content: Content, options: ReadingOptions, named: Mapping[str, str], wide: dict[int, tuple[str, str]]
) -> TextTable:
    """The table below its headings, which are ours, on record, or named.

    Raises:
        UnknownNameError: a column that is needed is missing.
    """
    table = table_of(content, options if named else replace(options, headings=_PARTIES))
    if named or not has_all(table.headings, named):
        wide.clear()
        table = table_of(content, replace(options, words=words(named)))
    refuse_unplaced(table.headings, named)
    return table


class _Once:
    """A company that is printed once for all its shareholders, or its subsidiaries: rows below it are of it.

    So only where no two rows after one another repeat a company: in a table that prints each, a blank is a blank.
    """

    def __init__(self, table: TextTable, at: Mapping[str, int]) -> None:
        below = {*on_record().get("subsidiary", ())}
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


def _link(draft: LinkDraft, row: int, said: Mapping[str, str]) -> None:
    told = " ".join(said.get("interest", "").casefold().replace("_", " ").split()) or "shares"
    interest = _interests().get(told, told)
    if interest not in INTERESTS:
        raise draft.refuse(
            row,
            tr("interest is {interest!r}", interest=said["interest"][:40]),
            allowed=", ".join(INTERESTS),
            remedy=tr("Where every row is one of these, say it: --column interest==shares."),
        )
    share = _share(said)
    try:
        stake = UNKNOWN if interest in {"control", "linked"} else _stake(said)
    except ValueError as exc:
        remedy = (
            tr("A share above 100 % is an error of the table: correct it, and load the file again.")
            if _is_number(share)
            else ""
        )
        raise draft.refuse(
            row,
            tr(
                "share is {share!r}, of {owner} in {owned}",
                share=share[:40],
                owner=(said.get("owner") or said.get("owner_id", ""))[:60],
                owned=(said.get("owned") or said.get("owned_id", ""))[:60],
            ),
            allowed=_SHARES,
            remedy=remedy,
        ) from exc
    sides = [_party(draft, row, said, who) for who in _PARTIES]
    days = (draft.day(row, said.get("from"), "from"), draft.day(row, said.get("to"), "to"))
    if said.get("former", "").casefold() in _FORMER and not days[1]:
        raise draft.refuse(
            row,
            tr("the link is said to be a former one, and no day on which it ended"),
            remedy=tr("Write that day, or the year, under to, and load the file again."),
        )
    ids = [draft.party(*side) for side in sides]  # once nothing of the row can be refused any more
    draft.links.append(Link(row, ids[0], ids[1], interest, stake, share, *days))


@cache
def _interests() -> dict[str, str]:
    """Words on record for an interest -> ours."""
    return {word: row["interest"] for row in packaged_rows(INTEREST_WORDS) for word in row["words"]}


def _share(said: Mapping[str, str]) -> str:
    """The share as it stands in a row: its one cell, or where that has none the cells of both its ends."""
    ends = [said.get(c, "") for c in ENDS]
    return said.get("share", "") or (_BETWEEN.join(ends) if any(ends) else "")


def _stake(said: Mapping[str, str]) -> Stake:
    """What a row says of the share.

    Raises:
        ValueError: it is none, or its ends are in the wrong order.
    """
    if said.get("share") or not any(said.get(c) for c in ENDS):
        return read_stake(said.get("share"))
    least, most = (read_stake(said.get(c)) for c in ENDS)
    if least.low > most.high:
        raise ValueError(_share(said))
    return Stake(least.low, most.high)


def _party(draft: LinkDraft, row: int, said: Mapping[str, str], who: str) -> tuple[str, str, str]:
    """Id, name and kind of a party of a row."""
    given = said.get(f"{who}_id", "")
    kind = said.get(f"{who}_kind", "").casefold() or "unknown"
    if kind not in _KINDS:
        raise draft.refuse(row, tr("{who}_kind is {kind!r}", who=who, kind=kind[:40]), allowed=", ".join(_KINDS))
    name = draft.named(row, said.get(who) or given)
    scheme, _, number = given.partition(":")
    party_id = (by_number(scheme, number) if number else " ".join(given.split())[:300]) or by_name(name)
    return party_id, name, kind


def _is_number(text: str) -> bool:
    return text.replace(",", "").replace(".", "").rstrip("% ").isdigit()


def _refuse_fractions(draft: LinkDraft) -> None:
    """Shares that are all at most 1 are fractions of one, or tiny stakes: we do not guess which."""
    cells = [(x, cell) for x in draft.links for cell in (x.said.split(_BETWEEN) if _BETWEEN in x.said else (x.said,))]
    at = first_fraction([cell if x.stake.is_exact or _BETWEEN in x.said else None for x, cell in cells])
    if at is not None:
        first, cell = cells[at]
        raise draft.refuse(first.row, fractions_said(cell), allowed=tr("percentages"), remedy=tr(AS_PERCENT))
