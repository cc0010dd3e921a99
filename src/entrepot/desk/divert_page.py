"""A scan as a page of plots: what the verb divert writes where --html is given."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from entrepot.core.files import write_text
from entrepot.core.words.translate import tr
from entrepot.desk.how_made import how_made
from entrepot.diversion.chains import chain
from entrepot.diversion.modes.diverted import unjudged

if TYPE_CHECKING:
    import pyarrow as pa

    from entrepot.core.document.blocks import Cell
    from entrepot.desk.demos import Given
    from entrepot.diversion.modes.diverted import Scan
    from entrepot.diversion.question import Question


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A scan with what it was of: the question, the flows as they were read, their faults, what else was read."""

    scan: Scan
    asked: Question
    flows: pa.Table | Path
    faults: tuple[str, ...]
    beside: tuple[str | Path, ...] = ()


def write_page(path: Path, found: Found, use: Given, second: pa.Table | None) -> None:
    """Write the page, whole or not at all.

    Args:
        path: of the page.
        found: the scan.
        use: what it was given: a file, or a demo.
        second: both legs of one year, beside a demo.

    Raises:
        BadInputError: the scan has no rows.
    """
    from entrepot.brief.scan_page.scan_document import scan_document
    from entrepot.brief.scan_page.scanned import Scanned
    from entrepot.print.html_page import html_page

    demo, signals = use.demo, found.scan.signals
    name = tr("the flows") if not isinstance(use.flows, (str, Path)) else Path(use.flows).name
    shown = Scanned(
        signals,
        found.asked,
        found.flows,
        title=demo.title if demo else tr("Where the trade of {name} may have gone", name=name),
        credit=demo.credit if demo else tr("{name}, as read by Entrepot", name=name),
        notes=(*found.faults, *unjudged(signals), *found.scan.told),
        says=demo.says if demo else "",
        missing=demo.missing if demo else "",
        names=_names(found.asked) | (demo.products if demo else {}),
        second=second,
        facts=use.figures(),
    )
    document = scan_document(shown)
    made = how_made((*(() if demo else (use.flows,)), *found.beside), _told(found, use))
    write_text(path, html_page(replace(document, blocks=(*document.blocks, *made))))


def _told(found: Found, use: Given) -> list[tuple[str, Cell]]:
    """Of which periods the rows are, and the flows where they are of no file of the person's."""
    ends = [str(day) for column in ("since", "until") for day in found.scan.signals.column(column).to_pylist()]
    after = " – ".join(dict.fromkeys((min(ends), max(ends))))
    ours = [(tr("Flows"), tr("of the demo {name}, which come with Entrepot", name=use.demo.id))] if use.demo else []
    return [(tr("Periods from the day on"), after), *ours]


def _names(asked: Question) -> dict[str, str]:
    """The stages of the chain that is followed, by their codes."""
    return {s.code: s.name for s in chain(asked.chain).stages} if asked.chain else {}
