"""The file of all matches of a screening: written part by part, its hash, and what the store keeps of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot.core import output
from entrepot.core import store as stores
from entrepot.core.contract import arrow_schema
from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import tr
from entrepot.desk.clearance import file_sha256
from entrepot.desk.contract import HITS
from entrepot.desk.keeping import keep_matches
from entrepot.desk.listed_parties import hits
from entrepot.desk.written_files import keep_written
from entrepot.screening.runs.earlier import kept

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from entrepot.core.store import Connection
    from entrepot.lists.profiles.profile import Profile
    from entrepot.screening.runs.run import Run

YENTE = "yente"  # a form in which matches are written beside those of every table
_FORMS = ", ".join((*(f for f in output.FORMATS if f != "table"), YENTE))


def results_form(out: Path | None, fmt: str | None = None) -> str:
    """The form of the file of all matches, by its ending unless it is said.

    Raises:
        BadInputError: it is that of a table drawn for a terminal, which cannot be read again.
    """
    chosen = output.format_of(out, fmt)
    if out is not None and chosen == "table":
        raise BadInputError(tr("a table of text is drawn for a terminal"), found=chosen, allowed=_FORMS)
    return chosen


def write_results(
    run: Run, fmt: str, out: Path, known: Mapping[str, Profile], cases: Sequence[dict[str, Any]] | None
) -> int:
    """Write all matches of a screening part by part; a workbook has its cases first.

    Args:
        run: the screening.
        fmt: csv, json, parquet, xlsx or yente.
        out: where to.
        known: entity_id -> what its list says of it.
        cases: the cases with what was decided; None where nothing ever was.

    Returns:
        How many rows were written.
    """
    if fmt == YENTE:
        from entrepot.screening.reports.yente import write_answer  # as below: only who asks for a form waits for it

        return write_answer(run, out)
    if fmt == "xlsx":
        from entrepot.screening.reports.case_book import case_sheets

        return output.write_workbook(case_sheets(run, known, cases), out)[-1]
    return output.write_parts((hits(data, known) for data in run.parts.tables()), arrow_schema(HITS), out, fmt)


def named_hash(out: Path | None) -> tuple[str, str]:
    """Name and sha256 of the file of all matches, for a clearance record; empty where none was written."""
    if out is None:
        return "", ""
    return out.name, file_sha256(out)


def keep_run(  # noqa: PLR0917 - what is kept, and where it was written
    con: Connection,
    run: Run,
    parties: Any,
    out: Path | None,
    record: Path | None,
    profiles: Mapping[str, Profile],
    decided: Sequence[Mapping[str, Any]] | None,
) -> None:
    """Keep the matches for `explain`, what they are of for `rescreen`, and which files hold them.

    Args:
        con: the open store.
        run: the screening.
        parties: what was screened; only a file can be screened again.
        out: its file of all matches; None for none.
        record: its record; None for none.
        profiles: entity_id -> what its list says of it.
        decided: its cases with what was decided on them; None where nothing ever was.
    """
    keep_written(con, {"results": out, "record": record}, run.parts.tables())
    if out is not None and isinstance(parties, (str, Path)):
        stores.keep_shown(con, "runs", "id", kept(run, Path(parties), out))
    keep_matches(con, run.parts.tables(), profiles, decided)
