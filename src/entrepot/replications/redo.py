"""Redo published results and lay them beside what was printed. See docs/design/23-replications.md."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from entrepot.core.contract import table
from entrepot.core.errors import BadInputError, UnknownNameError, UnreadableFileError
from entrepot.core.runtime.extras import need
from entrepot.core.shown import row_id
from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import in_english, tr
from entrepot.replications.contract import PUBLISHED, REPLICATIONS, STUDIES
from entrepot.replications.equilibria import EQUILIBRIA
from entrepot.replications.estimates import of_fit
from entrepot.replications.models import MODELS, PANELS
from entrepot.trade.gravity import estimate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    import polars as pl
    import pyarrow as pa

    from entrepot.core.tables.packaged import Row
    from entrepot.replications.estimates import Estimates
    from entrepot.replications.models import Redone


@in_english
def replicate(folder: Path, only: Iterable[str] = (), said: Callable[[str], None] = lambda _: None) -> pa.Table:
    """Redo the published results.

    Args:
        folder: holds the file of each study at the place that the study names (`gravity/agtpa_applications.parquet`).
        only: the studies to redo; none: all.
        said: told what is being estimated.

    Returns:
        A table under `REPLICATIONS`, in the order of the publications.

    Raises:
        MissingExtraError: the packages of the extra `gravity` are not installed.
        UnknownNameError: no such study.
        BadInputError: a file is missing; the message says which and where to get it.
    """
    studies = _asked(only)
    if any(_estimates(s["study"]) for s in studies):
        need("gravity", tr("redoing published estimates"))
    _there(studies, folder)
    rows: list[dict[str, Any]] = []
    for study in studies:
        printed = [r for r in packaged_rows(PUBLISHED) if r["study"] == study["study"]]
        for name, (words, redo) in _ways(study["study"], folder / study["file"]).items():
            said(f"{study['study']}, {words}")
            found = redo()
            rows += [_beside(r, found, words, study["title"]) for r in printed if r["model"] == name]
    return table(REPLICATIONS, rows)


def _estimates(study: str) -> bool:
    return study in PANELS or any(one.estimates for one in EQUILIBRIA[study].values())


def _ways(study: str, path: Path) -> dict[str, tuple[str, Callable[[], Estimates]]]:
    """The estimations of a study, each in words and as what is to be called."""
    if study in EQUILIBRIA:
        return {name: (one.words, partial(one.redo, path)) for name, one in EQUILIBRIA[study].items()}
    panel = _panel(study, path)
    return {name: (one.words, partial(_fitted, one, panel)) for name, one in MODELS[study].items()}


def _fitted(one: Redone, panel: pl.DataFrame) -> Estimates:
    return of_fit(estimate(one.rows(panel), one.model))


def _asked(only: Iterable[str]) -> list[Row]:
    studies, wanted = packaged_rows(STUDIES), tuple(only)
    for name in wanted:
        if name not in PANELS and name not in EQUILIBRIA:
            raise UnknownNameError(tr("study"), name, [*PANELS, *EQUILIBRIA])
    return [s for s in studies if not wanted or s["study"] in wanted]


def _there(studies: list[Row], folder: Path) -> None:
    """Say all that is missing at once, before anything is estimated."""
    missing = [s for s in studies if not (folder / s["file"]).exists()]
    if not missing:
        return
    wanted = {
        s["file"]: tr(
            "{file} is {data_set}, {licence}, from {file_url}",
            file=s["file"],
            data_set=s["data_set"],
            licence=s["licence"],
            file_url=s["file_url"],
        )
        for s in missing
    }
    raise BadInputError(
        tr("{wanted} not found", wanted=" and ".join(wanted)),
        found=str(folder),
        remedy=tr("Get them, and name the folder by --data: {values}.", values="; ".join(wanted.values())),
    )


def _panel(study: str, path: Path) -> pl.DataFrame:
    """The panel of a study.

    Raises:
        UnreadableFileError: the file is no Parquet or CSV file, or lacks a column.
    """
    import polars as pl

    try:
        return PANELS[study](path)
    except pl.exceptions.PolarsError as exc:
        said = str(exc).partition("\n")[0]
        raise UnreadableFileError(
            path, tr("not the data of {study} ({said})", study=study, said=said), remedy=tr("Get the file again.")
        ) from exc


def _beside(printed: Row, found: Estimates, words: str, title: str) -> dict[str, Any]:
    """One row: what was printed, and what was found."""
    term = printed["term"]
    published, tolerance = float(printed["published"]), float(printed["tolerance"])
    ours, ours_se = found.values[term]
    published_se = float(printed["published_se"]) if printed["published_se"] else None
    within = abs(ours - published) <= tolerance
    if published_se is not None and ours_se is not None:
        within = within and abs(ours_se - published_se) <= tolerance
    row = {
        "study": printed["study"],
        "model": printed["model"],
        "term": term,
        "quantity": f"{words}: {term}",
        "published": published,
        "ours": ours,
        "tolerance": tolerance,
        "within": within,
        "published_se": published_se,
        "ours_se": ours_se,
        "n": found.n,
        "method": found.method,
        "source": f"{title}; {printed['source']}",
    }
    return row | {"replication_id": row_id("replication", row, estimates=("ours", "ours_se"))}
