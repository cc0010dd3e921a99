"""A simulation as a page: what the verb simulate writes where --html is given."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from entrepot.core.files import write_text
from entrepot.core.words.translate import tr
from entrepot.desk.how_made import how_made

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from entrepot.scenarios.answered_scenario import Answered


def write_page(path: Path, found: Sequence[Answered], files: Sequence[str | Path | None], drawn: str) -> None:
    """Write the page, whole or not at all.

    Args:
        path: of the page.
        found: scenarios answered.
        files: of the person's own that were read: scenarios, a world, its mapping; what is None was not given.
        drawn: how often what is not known was drawn, and from which seed.
    """
    from entrepot.brief.scenario_page.scenario_document import scenario_document
    from entrepot.print.html_page import html_page

    document = scenario_document(found)
    write_text(path, html_page(replace(document, blocks=(*document.blocks, *how_made(files, [(tr("Draws"), drawn)])))))
