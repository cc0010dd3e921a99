"""Which files were written with personal data of cases, so that whoever redacts the ledger is told of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot.core import store as stores
from entrepot.core.contract import batch
from entrepot.core.errors import printable
from entrepot.core.ids import id_of
from entrepot.core.store.store_reading import reading
from entrepot.core.words.translate import tr
from entrepot.desk.contract import WRITTEN
from entrepot.desk.keeping import keep

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pyarrow as pa

    from entrepot.core.store import Connection
    from entrepot.desk.keeping import Store

_DIGITS = 16  # as of the id of a run
_MOST = 50_000  # matches of a file whose cases are kept: 1 MB; a larger file is said to hold perhaps any case


def remember_written(what: str, out: Path | None, data: pa.Table, *, store: Store = None) -> tuple[str, ...]:
    """Keep which cases a file holds to which an answer was written; a note where that cannot be kept.

    Args:
        what: changes, cases or decisions.
        out: where it was written; None where it was not.
        data: the answer: a table with cases.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.
    """
    if out is None or not data.num_rows:
        return ()
    return keep(store, lambda con: keep_written(con, {what: out}, [data]))


def keep_written(con: Connection, files: Mapping[str, Path | None], matches: Iterable[pa.Table]) -> None:
    """Keep which cases files hold.

    Args:
        con: the open store.
        files: what it is -> where it was written; None where it was not.
        matches: what they hold, tables with cases.
    """
    import pyarrow as pa

    found: list[str] = []
    is_whole = True
    for data in matches:
        found += filter(None, data.column("case_id").slice(0, _MOST - len(found)).to_pylist())
        is_whole = is_whole and len(found) < _MOST
    said = {"cases": sorted(set(found)), "is_whole": is_whole, "written_at": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"}
    rows = [{"what": w, **_placed(path), **said} for w, path in files.items() if path is not None]
    if rows and found:
        stores.keep_shown(con, WRITTEN.name, "id", pa.Table.from_batches([batch(WRITTEN, rows)]))


def _placed(path: Path) -> dict[str, str]:
    place = str(path.resolve())
    return {"id": id_of("written", place, _DIGITS), "path": place}


def files_holding(folder: Path, cases: Sequence[str]) -> list[str]:
    """The files that still hold personal data of cases, as far as the store knows, one sentence each.

    Args:
        folder: the store.
        cases: the cases.
    """
    if not stores.is_there(folder):
        return []
    with reading(folder) as con:
        found = con.execute("SELECT row FROM shown WHERE kind = ? ORDER BY id", [WRITTEN.name]).fetchall()
    told = (_said(json.loads(text), frozenset(cases)) for (text,) in found)
    return [sentence for sentence in told if sentence]


def _said(row: Mapping[str, Any], cases: frozenset[str]) -> str:
    held = sorted(cases.intersection(row["cases"]))
    if not held and row["is_whole"]:
        return ""
    where = tr(
        "{what} of {written_at}, {path}",
        what=row["what"],
        written_at=row["written_at"][:10],
        path=printable(row["path"]),
    )
    if not Path(row["path"]).exists():
        return tr("Held {many} when it was written, and is no longer there: {where}.", many=_many(held), where=where)
    return tr("Still holds {many}: {where}.", many=_many(held), where=where)


def _many(held: Sequence[str]) -> str:
    return ", ".join(held) if held else tr("perhaps these cases, for it has too many to be told")
