"""OFAC's `Linked To` in the remarks of sdn.csv: a tie that OFAC names without a share, and often without its kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import tr
from entrepot.intake.decode import examine
from entrepot.intake.delimited import file_records
from entrepot.ownership.formats.links_draft import Link, LinkDraft, by_name, folded
from entrepot.ownership.stake import UNKNOWN

if TYPE_CHECKING:
    from entrepot.intake.reading_options import ReadingOptions
    from entrepot.intake.unpack import Content

LIST = "ofac-sdn"  # under which the entries stand as a loaded list
_WIDTH, _REMARKS = 12, 11  # cells of a row of sdn.csv, and the place of its remarks (OFAC's data specification)
_END = "\x1a"
_LINKED = re.compile(r"Linked To: *((?:[^;()]|\([^()]*\))+)")


def read_linked_to(content: Content, options: ReadingOptions) -> LinkDraft:
    """The links that remarks name, from whom is named to the entry.

    Raises:
        UnreadableFileError: a row that is not of sdn.csv.
    """
    draft = LinkDraft(content.origin, "line")
    rows = [r for r in _rows(content, options, draft) if r]
    ids = {folded(cells[1]): f"{LIST}-{cells[0]}" for _, cells in rows}
    for line, cells in rows:
        for name in _LINKED.findall(cells[_REMARKS]):
            said = draft.named(line, name)
            owned = draft.party(f"{LIST}-{cells[0]}", cells[1], _kind(cells[2]))
            listed = ids.get(folded(said))
            owner = draft.party(listed or by_name(said), said)
            if not listed:
                draft.counts["parties that remarks link to are no entry of the file by that name"] += 1
            if owner != owned:
                draft.links.append(
                    Link(line, owner, owned, "linked", UNKNOWN, tr("Linked To: {said}", said=said)[:300], "", "")
                )
    draft.counts["entries whose remarks link to nobody"] += len(rows) - len({x.row for x in draft.links})
    return draft


def _kind(word: str) -> str:
    return {"individual": "person", "-0-": "company"}.get(word.strip(), "unknown")


def _rows(content: Content, options: ReadingOptions, draft: LinkDraft) -> list[tuple[int, list[str]]]:
    out = []
    for line, cells in file_records(examine(content, options.encoding), ",", width=_WIDTH):
        if not cells or (len(cells) == 1 and cells[0].strip() in {"", _END}):
            continue
        if len(cells) != _WIDTH or not cells[0].strip().isdigit():
            raise draft.refuse(
                line,
                tr("{count} cells, the first {cells!r}", count=len(cells), cells=cells[0][:20]),
                allowed=tr("the 12 of sdn.csv"),
            )
        out.append((line, [c.strip() for c in cells]))
    if not out:
        raise UnreadableFileError(content.origin, tr("no entry"), line=1, allowed=tr("OFAC's sdn.csv"))
    return out
