"""An earlier screening: its matches, and what it was of, from its file of results and from what the store kept."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

from entrepot.core import store
from entrepot.core.contract import batch
from entrepot.core.errors import BadInputError
from entrepot.core.ids import id_of
from entrepot.core.periods import as_of
from entrepot.core.store.store_reading import reading
from entrepot.core.words.translate import in_english, tr
from entrepot.intake.unpack import STANDARD_INPUT
from entrepot.screening.contract import COMPARED, RUNS
from entrepot.screening.matching.scoring_rule import rule
from entrepot.screening.parties.file_options import Given, Mapped
from entrepot.screening.runs.changed_rows import digests, may_be_kept
from entrepot.screening.runs.results import counts_without_headings, release_of, results

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    import pyarrow as pa

    from entrepot.intake.reading_options import ReadingOptions
    from entrepot.screening.runs.run import Run

Row = dict[str, Any]
_BLOCK = 1 << 20  # bytes: results may be larger than memory
_COLUMNS = ("name_columns", "address_columns", "country_columns", "key_columns", "keep_columns")
_DIGITS = 16  # of the id of a run, as stores hold it since 0.1.0


@dataclass(frozen=True, slots=True, eq=False)
class Earlier:
    """An earlier screening.

    Attributes:
        matches: its matches with listings and with owned parties, rows of MATCHES.
        as_of: the day as of which it was screened.
        rules: the rules that scored it; one, unless files were joined.
        hashes: list_id -> hash of the list; of an unrecorded run only lists that were met.
        run: its row of RUNS; None where the store does not know the file.
        path: its file of results.
        beside: its other rows of MATCHES: parts of listed parties, flags for a region.
        counts_without_headings: whether its rows are counted from the first below the headings.
    """

    matches: tuple[Row, ...]
    as_of: date
    rules: frozenset[str]
    hashes: Mapping[str, str]
    run: Row | None
    path: Path
    beside: tuple[Row, ...] = ()
    counts_without_headings: bool = False

    def further_down(self, count: int) -> Earlier:
        """The same with each row a number of rows further down."""
        matches, beside = (tuple(r | {"row": r["row"] + count} for r in rows) for rows in (self.matches, self.beside))
        return replace(self, matches=matches, beside=beside, counts_without_headings=False)

    @property
    def releases(self) -> tuple[str, ...]:
        """The releases that wrote its matches, as their evidence names them."""
        return tuple(sorted({release_of(m["evidence"] or "") for m in self.matches} - {""}))


@in_english
def kept(run: Run, parties: Path, out: Path) -> pa.Table:
    """What a screening was of, under RUNS, for the store.

    Args:
        run: the screening.
        parties: the file that was screened.
        out: its file of results.
    """
    given = run.options.given
    import pyarrow as pa

    row = {
        "id": _id(out),
        "parties": str(parties.resolve()) if str(parties) != STANDARD_INPUT else None,
        "parties_sha256": run.parties.sha256,
        "name_columns": list(run.options.name_columns),
        "address_columns": list(given.address_columns),
        "country_columns": list(given.country_columns),
        "key_columns": list(given.key_columns),
        "keep_columns": list(given.keep_columns),
        "mapping": [json.dumps(asdict(one), ensure_ascii=False) for one in given.mapping],
        "sheet": given.sheet or None,
        "encoding": given.encoding or None,
        "kind": given.kind or None,
        "min_score": run.options.min_score,
        "as_of": run.as_of.isoformat(),
        "rule": rule(),
        "regions": list(run.options.regions),
        "lists": [f"{c['list_id']}:{c['sha256']}" for c in run.coverage.to_pylist()],
        "digests": _digests(run) if may_be_kept(run.parties) else None,
    }
    # Not checked, as results are not: the check imports polars, which takes a quarter of a second.
    return pa.Table.from_batches([batch(RUNS, [row])])


def _digests(run: Run) -> str:
    return run.digests or digests(run.parties.each(), run.options.document_key)


def _id(path: Path) -> str:
    """Of the file and its place: two screenings that find the same may have been of other parties."""
    with path.open("rb") as data:
        return id_of("run", chain(iter(partial(data.read, _BLOCK), b""), [str(path.resolve())]), _DIGITS)


def given_then(run: Row) -> Given:
    """What was said of the file of an earlier screening."""
    columns: Row = {n: tuple(run.get(n) or ()) for n in _COLUMNS}
    said: Row = {n: run.get(n) or "" for n in ("sheet", "encoding", "kind")}
    mapping = tuple(_mapped(json.loads(text)) for text in run.get("mapping") or ())
    return Given(**columns, **said, mapping=mapping, map_file=tr("the mapping of then") if mapping else "")


def _mapped(row: Row) -> Mapped:
    return Mapped(**row | {"of": tuple(row["of"])})


def earlier(path: Path, folder: Path, options: ReadingOptions | None = None) -> Earlier:
    """An earlier screening.

    Args:
        path: its file of results.
        folder: the store.
        options: how the file is to be read.

    Raises:
        UnreadableFileError: the file is no output of a screening.
        BadInputError: it holds matches of several days, or none and the store does not know it.
    """
    every = tuple(results(path, options))
    rows = tuple(r for r in every if r["kind"] in COMPARED)
    run = _run(path, folder)
    days = {run["as_of"]} if run else {r["as_of"] for r in rows}
    if len(days) != 1:
        raise BadInputError(
            tr("the results do not say as of which day they are"),
            found=", ".join(sorted(days)) or tr("no match with a listing"),
            allowed=tr("matches of one day, or results that the store knows"),
            remedy=tr("Screen again with entrepot screen."),
        )
    hashes = dict(x.rsplit(":", 1) for x in run["lists"]) if run else {r["list_id"]: r["list_sha256"] for r in rows}
    rules = frozenset({run["rule"]} if run else {r["rule"] for r in rows})
    beside = tuple(r for r in every if r["kind"] not in COMPARED)
    is_old = bool(every) and not any(r["party_key"] for r in every) and counts_without_headings(path, options)
    return Earlier(rows, as_of(days.pop()), rules, hashes, run, path, beside, is_old)


def _run(path: Path, folder: Path) -> Row | None:
    if not store.is_there(folder):
        return None
    with reading(folder) as con:
        found = con.execute("SELECT row FROM shown WHERE id = ? AND kind = 'runs'", [_id(path)]).fetchall()
    return json.loads(found[0][0]) if found else None
