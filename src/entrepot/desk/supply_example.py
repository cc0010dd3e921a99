"""The verb: write the worked example of tracing, files of an invented buyer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from entrepot.core.contract import table
from entrepot.core.errors import BadInputError
from entrepot.core.units import counted
from entrepot.core.words.translate import tr
from entrepot.desk.answer import Answer
from entrepot.tracing.example.contract import EXAMPLE_FILES
from entrepot.tracing.example.example import example, written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def supply_example(folder: str | Path, *, seed: int = 1, clean: bool = False, answers: bool = False) -> Answer:
    """Write the files of an invented buyer of shirts, solar kits and tomato sauce: a chain to try tracing on.

    Args:
        folder: where to; made where it is not there, files of the same names are replaced.
        seed: which chain; the same seed writes the same files on every machine.
        clean: the twin: rounded weights, lost moisture, part deliveries and changes of unit, and no fault.
        answers: write too what was planted, and what finds it.

    Returns:
        Under `example_files`, in the order in which they are loaded.

    Raises:
        BadInputError: the folder cannot be written to.
    """
    place = Path(folder)
    papers, events = example(seed, clean=clean)
    try:
        place.mkdir(parents=True, exist_ok=True)
        rows = written(place, papers, events, answers=answers)
    except OSError as exc:
        found = exc.strerror or str(exc)
        raise BadInputError(str(folder), found=found, remedy=tr("Name a folder that can be written to.")) from exc
    return Answer(table(EXAMPLE_FILES, rows), (_counts(papers.documents, papers.rows["links"], clean=clean), _note()))


def _counts(documents: int, links: Sequence[Mapping[str, str]], *, clean: bool) -> str:
    parties = {r[who] for r in links for who in ("supplier", "buyer")}
    faults = tr("no fault is planted") if clean else tr("faults are planted")
    return tr(
        "{documents} between {parties}; {faults}.",
        documents=counted(documents, "document"),
        parties=counted(len(parties), "party", "parties"),
        faults=faults,
    )


def _note() -> str:
    return tr(
        "All is invented, and each paper says so: a few listed names stand on invented papers so that there is "
        "something to find; nothing is said of those firms."
    )
