"""The verb: the file on a shipment that a customs officer asks for. See docs/design/62-the-dossier.md."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot.core import store as stores
from entrepot.core.contract import table
from entrepot.core.errors import UnknownNameError
from entrepot.core.periods import as_of as day_of
from entrepot.core.words.translate import tr
from entrepot.desk.answer import Answer
from entrepot.desk.clearance import signer
from entrepot.desk.dossier_asked import books_by_day, known_of
from entrepot.desk.keeping import check_store, folder, keep, record_held
from entrepot.desk.supply_asked import Given
from entrepot.tracing.contract import EXPOSURE_LINKS, EXPOSURES
from entrepot.tracing.dossier.contract import COMMODITIES, DOSSIER_LINES, DOSSIER_ROWS, REQUESTS
from entrepot.tracing.dossier.file_pages import file_words as words
from entrepot.tracing.dossier.file_pages import summary_words
from entrepot.tracing.dossier.file_pages.file_lines import file_lines
from entrepot.tracing.dossier.file_pages.flow_chart import flow_chart, is_grouped
from entrepot.tracing.dossier.file_pages.lines_by_step import AskedLines, StepLines, lines_by_asked, lines_by_step
from entrepot.tracing.dossier.shipment_file import FileAsked, shipment_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from entrepot.core.document.blocks import Document
    from entrepot.core.store import Connection
    from entrepot.desk.answer import Progress
    from entrepot.desk.keeping import Store
    from entrepot.tracing.dossier.shipment_file import ShipmentFile
    from entrepot.tracing.exposures import Exposures


KINDS, GOODS = REQUESTS, COMMODITIES  # what a form offers for `kind` and `commodity`
ACROSS = (7, 2)  # boxes in a row of the drawings for a screen: a wide one, and a phone of 390 px


@dataclass(frozen=True, eq=False)
class Dossier(Answer):
    """The statements of a dossier, and what a page shows of them.

    Attributes:
        charts: the chain drawn, by boxes in a row; each box leads to `#step-N`.
        grouped: whether steps are drawn together there.
        steps: the rows by step; those of the whole file have the number 0.
        asked: the rows by what is asked.
    """

    charts: Mapping[int, str] = field(default_factory=dict)
    grouped: bool = False
    steps: Sequence[StepLines] = ()
    asked: Sequence[AskedLines] = ()


def dossier(
    shipment: str,
    *,
    supplier: str = "",
    kind: str = "applicability",
    commodity: str = "",
    like: str = "",
    presented: str | date | None = None,
    seat: str | None = None,
    employees: float | str | None = None,
    turnover: str | None = None,
    turnover_eu: str | None = None,
    sells_in: Sequence[str] = (),
    within: Sequence[str] = (),
    lists: Sequence[str] = (),
    as_of: str | date | None = None,
    html: Path | None = None,
    pdf: Path | None = None,
    store: Store = None,
    progress: Progress | None = None,
) -> Dossier:
    """Write the file on a shipment that a customs officer asks for, from the files of supply that were loaded.

    Args:
        shipment: the number of a customs declaration, of an invoice or another paper of a supply, a lot
            or a container.
        supplier: name or id of who supplies it, where papers of several have the number.
        kind: what is requested of CBP: applicability or exception.
        commodity: whose list of CBP is taken beside the general one: cotton, polysilicon, tomatoes, aluminium, PVC,
            batteries, steel or tyres; empty: told by the goods of the chain.
        like: another shipment, whose chain this one is compared with.
        presented: the day on which the goods were presented to CBP in a state to be examined: begins the clock.
        seat: country of the company's seat, for the rules of the European Union.
        employees: how many in the whole world.
        turnover: of a year in the whole world, CURRENCY:AMOUNT.
        turnover_eu: the same in the European Union.
        sells_in: countries and groups in which it sells.
        within: regions that count; empty for every region under a measure on record.
        lists: lists to screen the parties against, each LIST or LIST@VERSION; empty for all that are held.
        as_of: the day: later papers and listings are not known; today when None.
        html: write a page.
        pdf: write a PDF; needs the extra `print`.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.
        progress: told (parties screened, parties in all).

    Returns:
        Under `dossier_lines`, in the order of the dossier; they are kept in the store for `explain`.

    Raises:
        BadInputError: no supplies are held; papers between other parties have one number.
        UnknownNameError: no such shipment, request, commodity, list or region; names the nearest.
        MissingExtraError: a PDF is asked for, and the packages of the extra `print` are not installed.
        StoreError: the store cannot be used.
    """
    for thing, chosen, allowed in ((tr("request"), kind, REQUESTS), (tr("commodity"), commodity, COMMODITIES)):
        if chosen and chosen not in allowed:
            raise UnknownNameError(thing, chosen, allowed)
    if pdf is not None:
        from entrepot.print.pdf import need_print

        need_print(tr("a dossier as PDF"))
    check_store(store)
    day = day_of(as_of)
    books = books_by_day(store, day)
    company = {
        "seat": seat, "employees": employees, "turnover": turnover, "turnover_eu": turnover_eu, "sells_in": sells_in,
    }  # fmt: skip
    known = known_of(Given(within, lists, as_of=day, store=store, progress=progress), books.known, presented, company)
    asked = FileAsked(shipment, supplier, kind or REQUESTS[0], commodity, like, day)
    made = shipment_file(books.known, books.later, asked, known)
    lines, rests = file_lines(made)
    rows = table(DOSSIER_LINES, lines)
    kept = keep(store, partial(_put, rows, table(DOSSIER_ROWS, rests), made.shares))
    written = _written(made, html, pdf, store)
    said = (summary_words.counts(made), *written, tr(words.NOT_ADVICE), *kept)
    charts = {across: flow_chart(made, across, "#step-{}") for across in ACROSS}
    return Dossier(rows, said, charts, is_grouped(made), lines_by_step(lines), lines_by_asked(lines))


_OF_NO_FILE = ("", "")  # a dossier is of several files: the hash of each stands on its page


def _written(file: ShipmentFile, html: Path | None, pdf: Path | None, store: Store) -> list[str]:
    if html is None and pdf is None:
        return []
    document = _document(file, store)
    said = []
    from entrepot.desk.clearance_filing import signed_page_to, signed_pdf_to  # typesetting: only a document waits

    # The day that was asked for, so that the same papers on the same day are the same bytes but for the signature.
    made = datetime.combine(file.asked.day, time(), UTC)
    place = folder(store)
    if html is not None:
        how = signed_page_to(document, Path(html), signer(place, Path(html), None), _OF_NO_FILE)
        said.append(tr("Page: {html}, {how}", html=html, how=how))
    if pdf is not None:
        how, notes = signed_pdf_to(document, Path(pdf), signer(place, Path(pdf), None), _OF_NO_FILE, made)
        said += [tr("PDF: {pdf}, {how}", pdf=pdf, how=how), *notes]
    return said


def _document(file: ShipmentFile, store: Store) -> Document:
    from entrepot.sources.register import by_id
    from entrepot.tracing.dossier.file_pages.file_document import file_document

    return file_document(file, by_id(record_held(store)[0].tables["sources"]))


def _put(rows: Any, told: Any, shares: Exposures, con: Connection) -> None:
    stores.keep_shown(con, DOSSIER_LINES.name, "line_id", rows)
    stores.keep(con, DOSSIER_ROWS, told)
    stores.keep_shown(con, EXPOSURES.name, "exposure_id", table(EXPOSURES, shares.rows))
    stores.keep(con, EXPOSURE_LINKS, table(EXPOSURE_LINKS, shares.links))
