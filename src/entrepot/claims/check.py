"""The verb of the room: a report held against the record, claim by claim."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from entrepot.claims import language, own, render
from entrepot.claims.contract import CLAIMS
from entrepot.claims.held import held
from entrepot.claims.judge import judge
from entrepot.claims.model import Block, Report, rows
from entrepot.claims.read import read
from entrepot.core.contract import table
from entrepot.core.errors import UnreadableFileError
from entrepot.core.periods import as_of as day_of
from entrepot.record.record import load

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    import pyarrow as pa

    from entrepot.claims.model import Claim
    from entrepot.core.findings import Finding

LIMIT = 10  # megabytes of text; one takes about 20 s
_MEGABYTE = 1_000_000
_PARAGRAPH = re.compile(r"[^\n]+")


@dataclass(frozen=True)
class Checked:
    """A report with its claims and their verdicts.

    Attributes:
        report: as opened.
        found: the claims, in order of their spans.
        name: what the report is called: its file's name.
        as_of: rows known later were left out; None: none were.
    """

    report: Report
    found: tuple[Claim, ...]
    name: str
    as_of: date | None = None

    @property
    def _day(self) -> str | None:
        return None if self.as_of is None else self.as_of.isoformat()

    @cached_property
    def claims(self) -> pa.Table:
        """The claims under `CLAIMS`, one row each."""
        return table(CLAIMS, rows(list(self.found)))

    @property
    def verdicts(self) -> dict[str, int]:
        """How many claims have each verdict."""
        return render.counts(self.found)

    @property
    def own_rows(self) -> pa.Table:
        """The claims that the record does not have and that can be observations, under `OWN_OBSERVATIONS`."""
        return own.offered(self.report, self.found, self.name, load())

    @property
    def summary(self) -> str:
        """One line that an editor can quote."""
        return render.summary(self.report, self.found, self._day)

    @property
    def findings(self) -> list[Finding]:
        """Each judged claim as a finding, with its grounds."""
        return render.claim_findings(self.found, load())

    @property
    def html(self) -> str:
        """The annotated page: no script, nothing fetched, the report's text escaped."""
        return render.page(self.report, self.found, load(), self.name, self._day)


def check(  # noqa: PLR0913 - what the person may say of a report, all keyword-only
    path: str | Path,
    *,
    published: str | date | None = None,
    as_of: str | date | None = None,
    encoding: str | None = None,
    limit: int = LIMIT,
    progress: Callable[[int, int], None] | None = None,
) -> Checked:
    """Hold a report against the record, claim by claim.

    Args:
        path: the report's file.
        published: its day; None: what the file says of itself, else inferred from its text, never today.
        as_of: leave out rows of the record known later; None: none.
        encoding: of a text file; None: UTF-8, or UTF-16 with its mark.
        limit: the longest text read, in megabytes.
        progress: told (done, in all) while the claims are judged.

    Returns:
        The report, its claims under `CLAIMS` (`.claims`), the line to quote (`.summary`), the page (`.html`).

    Raises:
        UnreadableFileError: the file is empty, undecodable, of another kind than it says, or longer than `limit`.
        BadDateError: a date cannot be read.
    """
    day = None if published is None else day_of(published)
    until = None if as_of is None else day_of(as_of)
    file = Path(path)
    report = opened(file, day, encoding, limit * _MEGABYTE)
    return against_record(report, read(report), file.name, until, progress)


def opened(file: Path, published: date | None, encoding: str | None, limit: int) -> Report:
    """A text file as a report; each paragraph is a block.

    Raises:
        UnreadableFileError: as `check` says.
    """
    try:
        data = file.read_bytes()
    except OSError as exc:
        raise UnreadableFileError(file, exc.strerror or "it cannot be opened", remedy="Give a file.") from exc
    if len(data) > limit:
        raise UnreadableFileError(
            file, f"{len(data)} bytes", allowed=f"at most {limit}", remedy="Cut it, or raise --limit."
        )
    chosen = encoding or ("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    try:
        text = data.decode(chosen)
    except (UnicodeDecodeError, LookupError) as exc:
        raise UnreadableFileError(file, f"it is not {chosen}: {exc}", remedy="Give its encoding: --encoding.") from exc
    if not text.strip():
        raise UnreadableFileError(file, "it is empty", remedy="Give a report with text.")
    spans = [(m.start(), m.end()) for m in _PARAGRAPH.finditer(text)]
    blocks = tuple(Block(a, b, language=language.of(text[a:b])) for a, b in spans)
    languages = tuple(dict.fromkeys(b.language for b in blocks))
    return Report(text, blocks, "text", {}, languages, published, "given" if published else "none", {})


def against_record(
    report: Report,
    claims: Sequence[Claim],
    name: str,
    as_of: date | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Checked:
    """The claims of an opened report, judged.

    Args:
        report: as opened.
        claims: as read in it.
        name: what the report is called.
        as_of: leave out rows known later.
        progress: told (done, in all).
    """
    found = judge(claims, held(load(), as_of), report.published, report.text, progress)
    return Checked(report, tuple(found), name, as_of)
