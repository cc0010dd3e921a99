"""Which sheet of a workbook holds the table: the first with known headings over rows, and no cover of the others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from entrepot.intake.groups.stacked_heading import heading_above
from entrepot.intake.heading_row import FURTHEST, LOOKED_AT, Heading, folded, likely_heading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from entrepot.intake.reading_options import ReadingOptions
    from entrepot.intake.text_table import Row

_OF_SETTINGS = 2  # cells of a row: what is set, and to what


def chosen_sheet(tops: Iterable[tuple[str, Sequence[Row]]], options: ReadingOptions) -> tuple[str, Heading | None]:
    """The sheet that is read with its headings; none where all are empty.

    A sheet of headings and nothing below is read where no other has any: it is a cover that speaks of what is behind.
    So is one of two columns that says how the others were made (Vendor Name, <>Foo*), and one of single cells whose
    first is a title and no heading (Supplier master, over who made it).

    Args:
        tops: of each sheet its name and its first rows, from where headings may stand.
        options: by which words headings are known.
    """
    covers: list[tuple[str, Heading]] = []
    fallback: tuple[str, Heading | None] | None = None
    first_name = ""
    for name, top in tops:
        first_name = first_name or name
        if heading := heading_above(top[:FURTHEST], options):
            found = name, replace(heading, at=heading.at + options.skip)
            shown = top[: max(LOOKED_AT, heading.at + 1) + 1]
            is_cover = _is_of_settings(heading, shown, options) or _is_title_page(heading, shown, options)
            if any(any(r) for r in top[heading.at + 1 :]) and not is_cover:
                return found
            covers.append(found)
            continue
        first = next((i for i, r in enumerate(top) if any(r)), None)
        if fallback is None and first is not None:
            at = likely_heading(top, options.words) or first
            fallback = name, Heading(tuple(c or "" for c in top[at]), at + options.skip)
    return covers[0] if covers else fallback or (first_name, None)


def _is_title_page(heading: Heading, top: Sequence[Row], options: ReadingOptions) -> bool:
    """Whether a sheet has single cells, of which the heading is none on record and no other is a firm's name."""
    if options.words is None or any(sum(map(bool, r)) > 1 for r in top) or sum(map(bool, heading.cells)) != 1:
        return False
    said, is_value = next(filter(None, heading.cells)), options.words.is_value
    values = (c for r in top for c in r if c and c != said)
    return folded(said) not in options.words.known and not (is_value and any(map(is_value, values)))


def _is_of_settings(heading: Heading, top: Sequence[Row], options: ReadingOptions) -> bool:
    """Whether a sheet has two columns, and beside the heading that is known stands none: what it is set to."""
    if options.words is None or any(sum(map(bool, r)) > _OF_SETTINGS for r in top):
        return False
    said = [c for c in heading.cells if c]
    return len(said) == _OF_SETTINGS and folded(said[1]) not in options.words.known
