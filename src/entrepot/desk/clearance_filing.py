"""Filing the record of a screening: as a signed page, or as a PDF with its signature beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.files import write_bytes
from entrepot.core.words.translate import tr
from entrepot.print.html_page import html_page
from entrepot.print.pdf import need_print, pdf
from entrepot.screening.reports.clearance_record import clearance_record

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from entrepot.core.document.blocks import Document
    from entrepot.desk.clearance import Signer
    from entrepot.screening.reports.clearance_record import Filing
    from entrepot.screening.runs.run import Run

PDF_ENDING = ".pdf"


def is_pdf(record: Path | None) -> bool:
    """Whether a record is to be a PDF, by the ending of its name."""
    return record is not None and record.suffix.lower() == PDF_ENDING


def refuse_unprintable(record: Path | None) -> None:
    """Before the work: stop where a PDF is asked for that cannot be made.

    Raises:
        MissingExtraError: the packages of the extra `print` are not installed.
    """
    if is_pdf(record):
        need_print(tr("a record as PDF"))


def filed(
    document: Document, record: Path, signing: Signer, hashes: tuple[str, str], made: datetime
) -> tuple[str, ...]:
    """Write a record, signed; sentences on where it is, how it was signed, and what a PDF could not set.

    Args:
        document: the record.
        record: where to; the ending says whether it is a PDF.
        signing: with what it is signed.
        hashes: of the input and of the results.
        made: when the screening began, UTC: the date of a PDF.
    """
    word = document.title
    if not is_pdf(record):
        return (f"{word}: {record}, {signed_page_to(document, record, signing, hashes)}",)
    how, notes = signed_pdf_to(document, record, signing, hashes, made)
    return (f"{word}: {record}, {how}", *notes)


def signed_page_to(document: Document, record: Path, signing: Signer, hashes: tuple[str, str]) -> str:
    """Write a document as a page, signed; how it was signed, as the end of a sentence.

    Args:
        document: what is written.
        record: where to.
        signing: with what it is signed.
        hashes: of the input and of the results; empty where there is no one file.
    """
    page = html_page(document).encode("utf-8", "backslashreplace")  # bytes of a file's name that are no text
    data, how = signing.signed(page, hashes)
    write_bytes(record, data)
    return how


def signed_pdf_to(
    document: Document, record: Path, signing: Signer, hashes: tuple[str, str], made: datetime
) -> tuple[str, tuple[str, ...]]:
    """Write a document as a PDF and its signature beside it; how it was signed, and what could not be set.

    Args:
        document: what is written.
        record: where to.
        signing: with what it is signed.
        hashes: of the input and of the results; empty where there is no one file.
        made: the date of the PDF, UTC.
    """
    printed = pdf(document, made)
    data, how = signing.signed(printed.data, hashes)
    signature = signature_file(record)
    # The signature first: a PDF without one is found by `clearance verify`, a signature without its PDF is nothing.
    if block := data[len(printed.data) :]:
        write_bytes(signature, block)
    else:
        signature.unlink(missing_ok=True)  # of an earlier record of this name
    write_bytes(record, printed.data)
    beside = tr(", beside it in {name}", name=signature.name) if block else ""
    return f"{how.rstrip('.')}{beside}.", printed.notes


def filed_run(run: Run, record: Path, filing: Filing, signing: Signer) -> tuple[str, ...]:
    """Write the record of a screening; sentences as `filed`.

    Args:
        run: the screening.
        record: where to.
        filing: who files it, with what was decided.
        signing: with what it is signed.
    """
    hashes = (run.parties.sha256, filing.results[1])
    return filed(clearance_record(run, filing), record, signing, hashes, run.started)


def signature_file(record: Path) -> Path:
    """The file of a PDF's signature, beside it."""
    return record.with_name(f"{record.name}.sig")
