"""The verb: published results redone, each beside what was printed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from entrepot.core import store as stores
from entrepot.core.words.translate import tr
from entrepot.desk.answer import Answer, unheard
from entrepot.desk.keeping import check_store, keep
from entrepot.replications import redo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.desk.answer import Step
    from entrepot.desk.keeping import Store


@dataclass(frozen=True, eq=False)
class Replication(Answer):
    """Published results redone; the table is under `replications`.

    Attributes:
        within: whether all are within their tolerance.
    """

    within: bool = True


def replicate(
    data: str | Path = Path("../shared/data"),
    *,
    studies: Sequence[str] = (),
    store: Store = None,
    progress: Step = unheard,
) -> Replication:
    """Redo published results by the engine that `divert` estimates with.

    Args:
        data: folder of the studies' data.
        studies: redo these only; empty for all.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.
        progress: told what is being estimated.

    Returns:
        Under `replications`, in the order of the publications; they are kept in the store for `explain`.

    Raises:
        MissingExtraError: the packages of the extra `gravity` are not installed.
        UnknownNameError: no such study.
        BadInputError: a file of a study is missing.
    """
    check_store(store)
    rows = redo.replicate(Path(data), tuple(studies), progress)
    not_kept = keep(store, lambda con: stores.keep_shown(con, "replications", "replication_id", rows))
    within = rows.column("within").to_pylist()
    told = tr("{count} of {num_rows} within their tolerance.", count=within.count(True), num_rows=rows.num_rows)
    return Replication(rows, (*not_kept, told), all(within))
