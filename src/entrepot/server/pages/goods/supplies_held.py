"""What answers on supplies rest on: the files that are held, owners, decisions, lists; where one changes, all do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.server.page_parts.worked_out import rested

if TYPE_CHECKING:
    from entrepot.server.pages.page import Asked


def supplies_held(asked: Asked) -> tuple[object, ...]:
    """The part of a key that is another one as soon as what is held of supplies, or said of their parties, is.

    Args:
        asked: what a page is asked for.
    """
    desk = asked.desk
    files = tuple(f["file_id"] for f in desk.supply_files().to_pylist())
    owners = tuple(f["file_id"] for f in desk.ownership_files().to_pylist())
    listed = tuple(f"{r['list_id']}@{r.get('version')}" for r in desk.lists().to_pylist())
    return (*rested(desk), files, owners, desk.ledger_decisions().num_rows, listed)
