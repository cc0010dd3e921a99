"""A name searched on every list that is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.server.page_parts.drawn import drawn, with_refusals
from entrepot.server.pages.page import Page

if TYPE_CHECKING:
    from entrepot.desk.answer import Answer
    from entrepot.server.pages.page import Asked


@with_refusals("search")
def _render(asked: Asked) -> str:
    found = _table(asked) if asked.one("name").strip() else None
    rows, notes = (found.to_pylist(), found.notes) if found else ([], ())
    return drawn(asked, "search", "search.html", rows=rows, notes=notes, is_asked=found is not None)


def _table(asked: Asked) -> Answer:
    kind = asked.one("kind")
    return asked.desk.search(asked.one("name"), country=asked.one("country"), kind=kind or None)  # type: ignore[no-any-return]


page = Page("/search", "search.title", _render, table=_table, heard=("name", "country", "kind"))
