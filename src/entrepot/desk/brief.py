"""The verb: brief a person on a measure."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from entrepot.brief.compose import brief as compose
from entrepot.brief.render import finding_table, ground_table, write
from entrepot.core import store as stores
from entrepot.core.findings import FINDINGS, GROUNDS
from entrepot.desk.answer import Answer, unheard
from entrepot.desk.keeping import check_store, keep
from entrepot.record.embedded import load
from entrepot.sources.register import by_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from typing import Any

    from entrepot.brief.report import Report
    from entrepot.core.store import Connection
    from entrepot.desk.answer import Step
    from entrepot.desk.keeping import Store


@dataclass(frozen=True, eq=False)
class Brief(Answer):
    """A brief; its table is under `findings`.

    Attributes:
        report: sentences, tables and charts, all of findings.
        sources: the register by source id.
        page: the HTML page that was written; None where no folder was given.
    """

    report: Report | None = None
    sources: Mapping[str, Mapping[str, Any]] | None = None
    page: Path | None = None


def brief(
    measure: str,
    *,
    as_of: str | date | None = None,
    beside: Iterable[str | date] = (),
    out: str | Path | None = None,
    store: Store = None,
    progress: Step = unheard,
) -> Brief:
    """Brief a person on a measure: the question, the answer test by test, and every figure with its source.

    Args:
        measure: id of the measure.
        as_of: answer with what could be known on this day; today when None.
        beside: other days whose answers stand beside that of the brief.
        out: folder for report.html, answer.md, answer.json, findings.json, findings.csv and grounds.csv; None
            writes nothing.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.
        progress: told the name of each chapter.

    Returns:
        Under `findings`; they are kept in the store for `explain`.

    Raises:
        UnknownNameError: no such measure.
        BadDateError: `as_of` is no date.
        BadInputError: the folder cannot be written.
    """
    check_store(store)
    record = load()
    report = compose(measure, as_of=as_of, beside=beside, record=record, progress=progress)
    sources = by_id(record.tables["sources"])
    page = None if out is None else write(report, sources, Path(out))
    found = finding_table(report)

    def put(con: Connection) -> None:
        stores.keep(con, FINDINGS, found)
        stores.keep(con, GROUNDS, ground_table(report))

    return Brief(found, keep(store, put), report, sources, page)
