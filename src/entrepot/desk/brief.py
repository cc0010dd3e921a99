"""The verb: brief a person on a measure."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from entrepot.brief.answer.own_scans import Kept
from entrepot.brief.compose import brief as compose
from entrepot.brief.on_paper import on_paper
from entrepot.brief.render import PDF, finding_table, ground_table, write
from entrepot.core import store as stores
from entrepot.core.errors import BadInputError, StoreError, UnknownNameError
from entrepot.core.findings import FINDINGS, GROUNDS
from entrepot.core.periods import as_of as day_of
from entrepot.core.store.store_reading import reading
from entrepot.core.words.amounts import still_to_come
from entrepot.core.words.languages import ENGLISH, held
from entrepot.core.words.translate import speaking, tr
from entrepot.desk.answer import Answer, unheard
from entrepot.desk.keeping import check_store, folder, keep, record_held
from entrepot.diversion.contract import KEPT_SCANS, SIGNALS
from entrepot.measures.measure import measure as lookup
from entrepot.measures.own.cited_measure import keep_cited
from entrepot.print.pdf import need_print
from entrepot.print.pdf import pdf as as_pdf
from entrepot.record.layers import with_measure
from entrepot.sources.contract import SOURCES
from entrepot.sources.register import by_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date
    from typing import Any

    import pyarrow as pa

    from entrepot.brief.report import Report
    from entrepot.core.store import Connection
    from entrepot.desk.answer import Step
    from entrepot.desk.keeping import Store
    from entrepot.measures.act import Measure


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
    pdf: bool = False,
    answer_only: bool = False,
    record_version: str | None = None,
    language: str = "",
    store: Store = None,
    progress: Step = unheard,
) -> Brief:
    """Brief a person on a measure: the question, the answer test by test, and every figure with its source.

    Args:
        measure: id of the measure, or a file of your own.
        as_of: answer with what could be known on this day; today when None.
        beside: other days whose answers stand beside that of the brief.
        out: folder for report.html, answer.md, answer.json, findings.json, findings.csv and grounds.csv; None
            writes nothing.
        pdf: write report.pdf too, to be printed: at most twelve pages for the measures that come with Entrepot, every
            figure with the number of its source.
        answer_only: the answer, its chart and its map, without the chapters: it takes a tenth of the time. Nothing
            is written, so neither `out` nor `pdf` goes with it.
        record_version: of the record, by its day or its hash; `packaged` for the one that ships; None for the newest.
        language: of what is written, `en` or one that there is a catalogue of; empty for the one that is spoken. The
            findings are English in each.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.
        progress: told the name of each chapter.

    Returns:
        Under `findings`; they are kept in the store for `explain`.

    Raises:
        UnknownNameError: no such measure, version or language.
        BadDateError: `as_of` is no date.
        BadInputError: the folder cannot be written, a PDF is asked for without one, or either with `answer_only`; a
            source of a measure of your own has the id of another one.
        MissingExtraError: a PDF is asked for, and the packages of the extra `print` are not installed.
    """
    check_store(store)
    if language not in (known := ["", ENGLISH, *held()]):
        raise UnknownNameError(tr("language"), language, known[1:])
    if answer_only and (pdf or out is not None):
        remedy = tr("Leave out one of them: what is written has all chapters.")
        raise BadInputError(tr("the answer alone is not written"), found="answer_only", remedy=remedy)
    if pdf:
        _refuse_unprintable(out)
    act = lookup(measure)
    base, unread = record_held(store, record_version)
    record = with_measure(base, act)
    scans = _scans(store)
    sources = by_id(record.tables["sources"])
    with speaking(language):
        report = compose(
            measure, as_of=as_of, beside=beside, record=record, scans=scans, answer_only=answer_only, progress=progress
        )
        printed = as_pdf(on_paper(report, sources), datetime.now(UTC)) if pdf else None
        tables = finding_table(report), ground_table(report)
        data = printed.data if printed else None
        page = None if out is None else write(report, sources, Path(out), data, tables)
    told = Told(store, sources, unread, act)
    made = told.kept(report, tables)
    said = (*still_to_come(day_of(as_of)), *(printed.notes if printed else ()), *_older(page, pdf=pdf))
    return replace(made, notes=(*made.notes, *said), page=page)


def short_brief(
    measure: str, *, as_of: str | date | None, store: Store, progress: Step, first: Callable[[Brief], None]
) -> Brief:
    """The answer of a brief, as `answer_only` gives it, and before it, as soon as it is known, without its map.

    Args:
        measure: as in `brief`.
        as_of: likewise.
        store: likewise.
        progress: likewise.
        first: given what is known before the map is drawn; its findings are kept by then.

    Raises:
        UnknownNameError: no such measure.
        BadDateError: `as_of` is no date.
    """
    check_store(store)
    act = lookup(measure)
    base, unread = record_held(store, None)
    record = with_measure(base, act)
    told = Told(store, by_id(record.tables["sources"]), unread, act)
    report = compose(
        measure, as_of=as_of, record=record, scans=_scans(store), answer_only=True, progress=progress,
        first=lambda early: first(told.kept(early)),
    )  # fmt: skip
    return told.kept(report)


@dataclass(frozen=True, slots=True)
class Told:
    """Where the findings of a brief are kept, and what is said with them."""

    store: Store
    sources: Mapping[str, Mapping[str, Any]]
    unread: tuple[str, ...]
    act: Measure

    def kept(self, report: Report, tables: tuple[pa.Table, pa.Table] | None = None) -> Brief:
        """A report as the answer of the verb, its findings in the store: they are what its figures open."""
        found, grounds = tables or (finding_table(report), ground_table(report))

        said = [(str(g["finding_id"]), str(g["table"]), str(g["row_id"])) for g in grounds.to_pylist()]
        said += [(str(f["id"]), SOURCES.name, str(s)) for f in found.to_pylist() for s in f["sources"] or ()]

        def put(con: Connection) -> None:
            stores.keep(con, FINDINGS, found)
            stores.keep(con, GROUNDS, grounds)
            keep_cited(con, self.act, self.sources, said)

        return Brief(found, (*self.unread, *keep(self.store, put)), report, self.sources)


def _scans(store: Store) -> Kept:
    """The signals and scans that the store holds; none where it cannot be read, which the note on the record says."""
    if not stores.is_there(folder(store)):
        return Kept()
    with suppress(StoreError), reading(folder(store)) as con:
        return Kept(stores.shown_rows(con, SIGNALS.name), stores.shown_rows(con, KEPT_SCANS.name))
    return Kept()


def _refuse_unprintable(out: str | Path | None) -> None:
    need_print(tr("a brief as PDF"))
    if out is None:
        raise BadInputError(
            tr("a PDF is written into a folder, and none is given"), found="pdf", remedy=tr("Give out.")
        )


def _older(page: Path | None, *, pdf: bool) -> tuple[str, ...]:
    """A sentence on the PDF of an earlier run, which is not of this one."""
    if page is None or pdf or not page.with_name(PDF).exists():
        return ()
    return (tr("{pdf} beside the page is of an earlier run; --pdf writes it anew.", pdf=PDF),)
