"""The verb: a report held against the record, claim by claim."""

from __future__ import annotations

import os
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from entrepot.claims import check as claims
from entrepot.claims import own
from entrepot.claims.contract import CLAIMS
from entrepot.claims.model import rows
from entrepot.claims.offers import ANSWERS, Choice, Offer, chosen
from entrepot.claims.page.plain_words import row_says
from entrepot.core import findings
from entrepot.core import store as stores
from entrepot.core.contract import table
from entrepot.core.document.hinted import Hinted, hinted
from entrepot.core.errors import printable
from entrepot.core.files import replacing
from entrepot.core.store.access import refuse_read_only
from entrepot.core.words.amounts import counted
from entrepot.core.words.translate import tr
from entrepot.desk.answer import Answer
from entrepot.desk.how_made import today
from entrepot.desk.keeping import check_store, folder, keep, record_held
from entrepot.record import own_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    import pyarrow as pa

    from entrepot.claims.check import Checked
    from entrepot.claims.model import Claim, Report
    from entrepot.claims.reader.asked_model import Reader
    from entrepot.core.store import Connection
    from entrepot.desk.answer import Progress
    from entrepot.desk.keeping import Store

LIMIT = claims.LIMIT
__all__ = ["ANSWERS", "LIMIT", "Check", "Offer", "check"]


@dataclass(frozen=True, eq=False)
class Check(Answer):
    """A checked report; its table is under `claims`.

    Attributes:
        checked: the report as opened, with its claims.
    """

    beside: ClassVar[tuple[str, ...]] = ("summary", "look")
    checked: Checked | None = None

    @property
    def claims(self) -> pa.Table:
        """The claims under `claims`, one row each: the table by the name of its rows."""
        return self.table

    @property
    def report(self) -> Report:
        """The report as opened: its text, its day of publication and where that comes from."""
        return self._checked.report

    @property
    def found(self) -> tuple[Claim, ...]:
        """The claims as objects, in order of their spans."""
        return self._checked.found

    @property
    def verdicts(self) -> dict[str, int]:
        """How many claims have each verdict."""
        return self._checked.verdicts

    @property
    def summary(self) -> str:
        """One line that an editor can quote."""
        return self._checked.summary

    @property
    def look(self) -> tuple[str, ...]:
        """What to look at first, a sentence each: contradictions, then what differs, is superseded or imprecise."""
        return tuple(map(printable, self._checked.look))

    @property
    def html(self) -> str:
        """The annotated page: no script, nothing fetched, the report's text escaped."""
        return self._checked.html

    @property
    def _checked(self) -> Checked:
        assert self.checked is not None
        return self.checked


def check(
    report: str | Path,
    *,
    published: str | date | None = None,
    as_of: str | date | None = None,
    html: str | Path | None = None,
    add: bool = False,
    add_rows: Sequence[str] = (),
    yes: bool = False,
    ask: Callable[[Offer], str] | None = None,
    limit: int = LIMIT,
    encoding: str | None = None,
    reader: str | None = None,
    reader_model: str | None = None,
    sends: Callable[[int, str], bool] | None = None,
    workers: int = 1,
    store: Store = None,
    progress: Progress | None = None,
) -> Check:
    """Hold a report against the record, claim by claim.

    Args:
        report: its file: text, HTML, Markdown, DOCX, ODT, RTF, PDF, a mail or a page saved in one file; - is standard
            input.
        published: its day; None for what the file says of itself, else inferred from its text, never today.
        as_of: leave out rows of the record known later; None for none.
        html: write the report with its claims marked to this file.
        add: offer the claims without a row for one's own record; added is what is confirmed, and judges later reports.
        add_rows: ids of the rows offered that are added, without a question.
        yes: add every row offered, without a question.
        ask: asked for each row offered, with its sentence and what it would say; answers yes, no, all or quit.
        limit: the longest text read, in millions of characters.
        encoding: of text, HTML and Markdown; None for its mark or declaration, else UTF-8.
        reader: a language model asked for figures that stay open, openai-compatible:URL; None for none. It is sent
            their sentences and headings. A key is read from ENTREPOT_READER_KEY.
        reader_model: its name there; None for the server's own choice.
        sends: told (sentences, address) before the first is sent; whether they may be. None: they may.
        workers: processes for a report of more than a dozen pages; 0 for one a core. The claims are the same for any. A
            script that asks for several has to run under `if __name__ == "__main__":`, as processes begin with it.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.
        progress: told (paragraphs judged, paragraphs in all).

    Returns:
        Under `claims`, in order of their place in the text; they are kept in the store for `explain`.

    Raises:
        UnreadableFileError: the file is empty, undecodable, of another kind than it says, without text, over `limit`.
        BadDateError: a date cannot be read.
        BadInputError: an id of `add_rows` is of no row offered, or `reader` is no address that may be asked.
    """
    check_store(store)
    adds = add or yes or bool(add_rows)
    if adds:
        refuse_read_only(folder(store))
    asked = None if reader is None else _reader(reader, reader_model, sends)
    record, said = record_held(store)
    found = claims.check(
        report, published=published, as_of=as_of, encoding=encoding, limit=limit, record=record, progress=progress,
        reader=asked, workers=workers,
    )  # fmt: skip
    found = replace(found, said=(tr("Held against the record as it stood on {day}.", day=today()), *said))
    offered = found.own_rows if adds else None
    taken = None if offered is None else chosen(offered, Choice(yes, tuple(add_rows), ask))
    with replacing(Path(html)) if html is not None else nullcontext() as page:
        if page is not None:
            with page.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as out:
                out.writelines(found.html_parts)
        kept = () if taken is not None and taken.num_rows else _keep(found, store)
        added = () if offered is None or taken is None else _added(found, offered, taken, store)
        if added and ask is not None and taken is not None and not taken.num_rows:
            added = added[:1]  # each was shown with its question
    return Check(found.claims, (*kept, *said, *added, *map(printable, (*found.hints, found.summary))), found)


def _reader(said: str, model: str | None, sends: Callable[[int, str], bool] | None) -> Reader:
    """The reader that is asked; its key comes from the environment and is kept nowhere."""
    from entrepot.claims.reader.asked_model import Reader
    from entrepot.sources.model_endpoint import KEY, endpoint

    at = endpoint(said, model, os.environ.get(KEY, ""))
    before = None if sends is None else lambda count: sends(count, at.url)
    return Reader(printable(at.url), printable(at.model), at.ask, before)


def _keep(checked: Checked, store: Store) -> tuple[str, ...]:
    """Keep claims and findings for `explain`."""
    return keep(store, partial(_put, checked=checked)) if checked.found else ()


def _put(con: Connection, checked: Checked) -> None:
    for part in checked.batches:
        stores.keep_shown(con, "claims", "claim_id", table(CLAIMS, rows(part)))
        if made := checked.findings_of(part):
            stores.keep(con, findings.FINDINGS, table(findings.FINDINGS, findings.rows(made)))
            stores.keep(con, findings.GROUNDS, table(findings.GROUNDS, findings.ground_rows(made)))


def _added(checked: Checked, offered: pa.Table, taken: pa.Table, store: Store) -> tuple[str, ...]:
    """Keep the claims, and the rows that were confirmed as one's own: all of it or nothing. Told is what was done."""
    if not offered.num_rows:
        return (tr("The report offers no row for your own record."),)
    if not taken.num_rows:
        listed = (f"  {row['id']}: {row_says(row)}" for row in offered.to_pylist())
        rows = tr("1 row is") if offered.num_rows == 1 else tr("{num_rows} rows are", num_rows=offered.num_rows)
        head = hinted(
            tr("{rows} offered for your own record; none was added.", rows=rows),
            tr("Add all with --yes, some with --add-rows ID,ID."),
        )
        return (head, *map(printable, listed))
    with stores.opened(folder(store)) as con:
        _put(con, checked)
        new = own_rows.add(con, taken, own.source(checked.report, checked.name))
    ids = taken.column("id").to_pylist()
    of = counted(taken.num_rows, "row")
    vouched = sum(taken.column("reviewed").to_pylist())
    judge = (
        tr("{vouched} that you confirmed one by one will judge later reports", vouched=vouched)
        if vouched
        else tr("none judges a report")
    )
    told = tr(
        "New in your own record: {new} of {of}, {judge}; offered: {num_rows}.",
        new=new,
        of=of,
        judge=judge,
        num_rows=offered.num_rows,
    )
    return (told, *(Hinted(tr("  {i}; entrepot record remove {i} takes it back", i=i), f"  {i}") for i in ids))
