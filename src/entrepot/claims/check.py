"""The verb of the room: a report held against the record, claim by claim."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot.claims import own, render
from entrepot.claims.contract import CLAIMS
from entrepot.claims.evidence.made import claims_of
from entrepot.claims.indexed.record_index import record_index
from entrepot.claims.model import rows
from entrepot.claims.on_cores import held_on_cores
from entrepot.claims.open import LIMIT as DEFAULT_LIMIT
from entrepot.claims.open import open_report
from entrepot.claims.page import annotated, tally
from entrepot.claims.page.said_when import periods
from entrepot.core.contract import table
from entrepot.core.document.hinted import Hinted
from entrepot.core.periods import as_of as day_of
from entrepot.core.words.translate import tr
from entrepot.record.embedded import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    import pyarrow as pa

    from entrepot.claims.model import Claim, Report
    from entrepot.claims.reader.asked_model import Reader
    from entrepot.core.findings import Finding
    from entrepot.record.embedded import Record

_BATCH = 1_000  # claims made into rows at a time: two megabytes of them
_MILLION = 1_000_000  # `--limit` is given in millions of characters: a unit, and no choice
LIMIT = DEFAULT_LIMIT // _MILLION  # millions of characters of text; one takes about half a minute


@dataclass(frozen=True)
class Checked:
    """A report with its claims and their verdicts.

    Attributes:
        report: as opened.
        found: the claims, in order of their spans.
        name: what the report is called: its file's name.
        as_of: rows known later were left out; None: none were.
        record: what it was held against; None: the packaged one.
        said: what a page that is kept has to say of that record, a sentence each: of which day it is, what it lacks.
    """

    report: Report
    found: tuple[Claim, ...]
    name: str
    as_of: date | None = None
    record: Record | None = field(default=None, repr=False)
    said: tuple[str, ...] = ()

    @property
    def _record(self) -> Record:
        return self.record or load()

    @property
    def _day(self) -> str | None:
        return None if self.as_of is None else self.as_of.isoformat()

    @cached_property
    def claims(self) -> pa.Table:
        """The claims under `CLAIMS`, one row each, and a row for each date that only says of when."""
        from pyarrow import concat_tables

        parts = [table(CLAIMS, rows(part)) for part in self.batches] or [table(CLAIMS, [])]
        return concat_tables(parts)

    @property
    def batches(self) -> Iterator[list[Claim]]:
        """The claims, some at a time: what is made of a claim on its way into a table is several times its size."""
        return (list(self._rows[i : i + _BATCH]) for i in range(0, len(self._rows), _BATCH))

    @cached_property
    def _rows(self) -> list[Claim]:
        """The claims and the dates that only say of when, in the order of their spans."""
        return sorted((*self.found, *periods(self.report, self.found)), key=lambda c: (c.span_start, c.span_end))

    @property
    def verdicts(self) -> dict[str, int]:
        """How many claims have each verdict."""
        return render.counts(self.found)

    @property
    def own_rows(self) -> pa.Table:
        """The claims that the record does not have and that can be observations, under `OWN_OBSERVATIONS`."""
        return own.offered(self.report, self.found, self.name, self._record)

    @property
    def summary(self) -> str:
        """One line that an editor can quote."""
        return tally.summary(self.report, self.found, self._day)

    @property
    def look(self) -> list[str]:
        """What an editor looks at first, a sentence each."""
        return annotated.look_lines(self.report, self.found)

    @property
    def hints(self) -> list[str]:
        """What a reader of the answer must know, one sentence each: notes on the file, what was left out, no date."""
        said = list(self.report.notes)
        if self.report.left_out:
            items = ", ".join(f"{tr(what)} ({n})" for what, n in self.report.left_out.items())
            said.append(tr("Not read: {items}.", items=items))
        if self.report.published is None:
            asked = tr("The day of publication is not known, so relative dates stay open: give it with --published.")
            said.append(Hinted(asked, tr("The day of publication is not known, so relative dates stay open.")))
        return said

    @property
    def findings(self) -> list[Finding]:
        """Each judged claim as a finding, with its grounds."""
        return self.findings_of(self.found)

    def findings_of(self, claims: Sequence[Claim]) -> list[Finding]:
        """Some of the claims as findings."""
        return render.claim_findings(claims, self._record)

    @property
    def html(self) -> str:
        """The annotated page: no script, nothing fetched, the report's text escaped."""
        return "".join(self.html_parts)

    @property
    def html_parts(self) -> Iterator[str]:
        """The annotated page a part at a time, for a report of thousands of figures."""
        return annotated.page_parts(self.shown)

    @property
    def shown(self) -> dict[str, Any]:
        """What the annotated page shows, for a page of somebody else's."""
        return annotated.shown(self.report, self.found, self._record, self.name, as_of=self._day, said=self.said)


def check(  # noqa: PLR0913 - what the person may say of a report, all keyword-only
    path: str | Path,
    *,
    published: str | date | None = None,
    as_of: str | date | None = None,
    encoding: str | None = None,
    limit: int = LIMIT,
    record: Record | None = None,
    progress: Callable[[int, int], None] | None = None,
    reader: Reader | None = None,
    workers: int = 1,
) -> Checked:
    """Hold a report against the record, claim by claim.

    Args:
        path: the report's file.
        published: its day; None: what the file says of itself, else inferred from its text, never today.
        as_of: leave out rows of the record known later; None: none.
        encoding: of text, HTML and Markdown; None: by its mark or declaration, else UTF-8.
        limit: the longest text read, in millions of characters.
        record: what it is held against; the packaged one when None.
        progress: told (done, in all) while the claims are judged.
        reader: asked for what the rules leave open; None: nobody is.
        workers: processes for a long report; 0 for as many as there are cores. The claims do not depend on it.

    Returns:
        The report, its claims under `CLAIMS` (`.claims`), the line to quote (`.summary`), the page (`.html`).

    Raises:
        UnreadableFileError: the file is empty, undecodable, of another kind than it says, without text, over `limit`.
        BadDateError: a date cannot be read.
    """
    day = None if published is None else day_of(published)
    until = None if as_of is None else day_of(as_of)
    file = Path(path)
    report = open_report(file, published=day, encoding=encoding, limit=limit * _MILLION)
    whole = None if record is None else own.without(record, report)
    return against_record(report, file.name, until, record=whole, progress=progress, reader=reader, workers=workers)


def against_record(  # noqa: PLR0913 - as `check`
    report: Report,
    name: str,
    as_of: date | None = None,
    *,
    record: Record | None = None,
    progress: Callable[[int, int], None] | None = None,
    reader: Reader | None = None,
    workers: int = 1,
) -> Checked:
    """An opened report, held against the record.

    Args:
        report: as opened.
        name: what the report is called.
        as_of: leave out rows known later.
        record: what it is held against; the packaged one when None.
        progress: told (sentences done, in all).
        reader: asked for what the rules leave open; its notes are then those of the report.
        workers: processes for a long report, as in `check`; with a reader there is one.
    """
    whole = record or load()
    held = None if reader else held_on_cores(report, whole, as_of, workers=workers, progress=progress)
    reread = reader.reread if reader else None
    found = tuple(claims_of(report, record_index(whole, as_of), held=held, reread=reread, progress=progress))
    if reader is not None:
        report = replace(report, notes=(*report.notes, *reader.notes))
    return Checked(report, found, name, as_of, record)
