"""The verb: what changed since an earlier screening."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from entrepot.core.periods import as_of as day_of
from entrepot.desk.answer import Answer
from entrepot.desk.decided import decided_or_open, is_begun
from entrepot.desk.keeping import folder, keep, keep_matches
from entrepot.screening.contract import QUIET
from entrepot.screening.runs.from_results import Asked, rescreening

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import pyarrow as pa

    from entrepot.desk.answer import Progress
    from entrepot.desk.keeping import Store
    from entrepot.lists.search_set import Searched
    from entrepot.screening.runs.changes import Rescreening

_CHANGES = ("new", "vanished", "changed")


@dataclass(frozen=True, eq=False)
class Rescreened(Answer):
    """What changed; its table is under `rescreened`.

    Attributes:
        alerts: how many matches are new or changed.
    """

    alerts: int = 0


def rescreen(
    results: str | Path,
    *,
    parties: str | Path | None = None,
    lists: Sequence[str] = (),
    as_of: str | date | None = None,
    min_score: float | None = None,
    name_columns: Sequence[str] = (),
    whole: bool = False,
    with_quiet: bool = False,
    require: Sequence[str] = (),
    encoding: str = "",
    store: Store = None,
    progress: Progress | None = None,
) -> Rescreened:
    """Tell what changed since an earlier screening: new matches, vanished ones, changed entries.

    Where parties were met by their owners, they are judged again by the same rules, with the ownership data held now.

    Args:
        results: the file that `screen` wrote (CSV, JSON, Parquet, XLSX).
        parties: the file that was screened; None for the one that the store recorded.
        lists: lists that were screened against; empty for those recorded, else all.
        as_of: the day as of which to screen now; today when None.
        min_score: lowest score of a match; None for the recorded one, else 0.7.
        name_columns: columns that hold parties; empty for those recorded.
        whole: screen everything again; needed where the rule changed.
        with_quiet: tell also of the cases that were decided false and did not change since.
        require: lists that must be used, each LIST or LIST:DAYS; those of the store's settings are required too.
        encoding: of results that are not UTF-8, and of parties of which the store recorded nothing.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.
        progress: told (parties done, parties in all).

    Returns:
        Under `rescreened`; the matches of now are kept in the store for `explain`.

    Raises:
        BadInputError: parties or lists are not those of then, another rule scored, the results cannot be read, or
            a required list is missing or too old.
    """
    place, day = folder(store), day_of(as_of)
    asked = Asked(
        None if parties is None else Path(parties),
        tuple(lists),
        min_score,
        tuple(name_columns),
        whole,
        encoding,
        tuple(require),
        partial(_with_owned, place, day),
    )
    found, said = rescreening(Path(results), asked, day, place, progress)
    told: tuple[str, ...] = ()
    if found.matches.num_rows:
        told = keep(store, lambda con: keep_matches(con, found.matches))
    shown, quiet = _loud(found, place, with_quiet=with_quiet)
    changes = shown.column("change").to_pylist()
    counts = {c: changes.count(c) for c in _CHANGES}
    line = f"{', '.join(f'{counts[c]} {c}' for c in _CHANGES)}. {found.entities} listed entities changed."
    return Rescreened(shown, (*told, line, *quiet, *said), counts["new"] + counts["changed"])


def _with_owned(place: Path, day: date, lists: Sequence[str], rules: Sequence[str]) -> tuple[Searched, tuple[str, ...]]:
    from entrepot.desk.owned_listings import searched_with_owned  # only who asks for it waits for it

    return searched_with_owned(place, lists, day, rules)


def _loud(found: Rescreening, place: Path, *, with_quiet: bool) -> tuple[pa.Table, tuple[str, ...]]:
    """The changes without those of quiet cases, unless these are asked for; and what is said of them."""
    if not is_begun(place):
        return found.changes, ()
    known = decided_or_open(found.matches.to_pylist(), place)
    quiet = {r["case_id"] for r in known.rows if r["state"] in QUIET}
    if with_quiet or not quiet:
        return found.changes, known.notes
    import pyarrow as pa

    loud = [case not in quiet for case in found.changes.column("case_id").to_pylist()]
    return found.changes.filter(pa.array(loud)), (*known.notes, "--all-cases shows them.")
