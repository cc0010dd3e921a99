"""A table of one's own: a row a link, with columns owner, owned and share; CSV and its kin, workbook, JSON, Parquet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from entrepot.core.errors import UnknownNameError, UnreadableFileError
from entrepot.core.words.translate import tr
from entrepot.intake.open_table import table_of
from entrepot.ownership.contract import INTERESTS
from entrepot.ownership.formats.links_draft import Link, LinkDraft, by_name, by_number
from entrepot.ownership.stake import PERCENT, UNKNOWN, read_stake

if TYPE_CHECKING:
    from entrepot.intake.reading_options import ReadingOptions
    from entrepot.intake.unpack import Content

NEEDED = ("owner", "owned", "share")
COLUMNS = (*NEEDED, "interest", "from", "to", "owner_id", "owned_id", "owner_kind", "owned_kind")
_KINDS = ("person", "company", "unknown")
_ROWS = {"workbook": "row", "delimited": "line"}
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

    table = table_of(content, replace(options, headings=NEEDED[:2], too_wide=too_wide))
    headings = [" ".join(h.casefold().split()).replace(" ", "_") for h in table.headings]
    missing = [c for c in NEEDED if c not in headings]
    if missing:
        raise UnknownNameError(
            tr("column of ownership"), missing[0], headings, remedy=tr("Give {needed}.", needed=", ".join(NEEDED))
        )
    at = {c: headings.index(c) for c in COLUMNS if c in headings}
    draft = LinkDraft(content.origin, _ROWS.get(table.kind, "row"), is_own=True)
    for row, cells in table.numbered():
        if any(cells):
            draft.read += 1
            try:
                _link(draft, row, {c: (cells[i] or "").strip() for c, i in at.items()})
            except UnreadableFileError as exc:
                draft.set_aside(row, exc)
    draft.read += len(wide)
    for row, (problem, remedy) in wide.items():
        draft.set_aside(row, draft.refuse(row, problem, remedy=remedy))
    unread = [h for h, name in zip(table.headings, headings, strict=True) if name not in COLUMNS]
    for heading in unread:
        draft.counts[f"the column {heading[:60]} is not read"] += 1
    for note in (*table.notes, *table.late_notes):
        draft.told.append(note)
    _refuse_fractions(draft)
    return draft


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
    """Shares that are all at most 1 are fractions of one, or a table of tiny stakes: we do not guess which."""
    exact = [x for x in draft.links if x.stake.is_exact and x.stake.high]
    if exact and all(x.stake.high <= PERCENT for x in exact) and any(x.stake.high < PERCENT for x in exact):
        first = exact[0]
        problem = tr("share is {said!r}, and no share of the table is above 1", said=first.said[:40])
        remedy = tr("Write 0.5 of the whole as 50; stakes of less than one per cent need one row above 1 or a range.")
        raise draft.refuse(first.row, problem, allowed=tr("percentages"), remedy=remedy)
