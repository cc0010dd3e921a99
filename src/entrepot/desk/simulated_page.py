"""A simulation as a page: what the verb simulate writes where --html is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.files import write_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from entrepot.scenarios.answered_scenario import Answered


def write_page(path: Path, found: Sequence[Answered]) -> None:
    """Write the page, whole or not at all.

    Args:
        path: of the page.
        found: scenarios answered.
    """
    from entrepot.brief.scenario_page.scenario_document import scenario_document
    from entrepot.print.html_page import html_page

    write_text(path, html_page(scenario_document(found)))
