"""The verb: what changed since an earlier screening."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from entrepot.core.document.hinted import Hinted
from entrepot.core.errors import printable
from entrepot.core.periods import as_of as day_of
from entrepot.core.words.amounts import counted
from entrepot.core.words.translate import ntr, tr
from entrepot.desk.answer import Answer
from entrepot.desk.clearance import signer
from entrepot.desk.decided import decided_or_open, head_said, is_begun
from entrepot.desk.keeping import folder, keep, keep_matches
from entrepot.desk.listed_parties import profiles_met
from entrepot.desk.owners_since import owners_since
from entrepot.desk.renamed_parties import decided_of_run
from entrepot.desk.results_written import keep_run, named_hash, results_form, write_results
from entrepot.screening.contract import QUIET
from entrepot.screening.reports.clearance_record import Filing
from entrepot.screening.runs.from_results import Asked, rescreening

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import pyarrow as pa

    from entrepot.desk.answer import Progress
    from entrepot.desk.clearance import Signer
    from entrepot.desk.decided import Decided
    from entrepot.desk.keeping import Store
    from entrepot.lists.search_set import Searched
    from entrepot.screening.runs.changes import Rescreening
    from entrepot.screening.runs.run import Run

_CHANGES = ("new", "vanished", "changed")


@dataclass(frozen=True, eq=False)
class Rescreened(Answer):
    """What changed; its table is under `rescreened`.

    Attributes:
        alerts: how many matches, parts of listed parties and flags for a region are new or changed.
    """

    beside: ClassVar[tuple[str, ...]] = ("alerts",)
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
    max_age: int | None = None,
    matches: str | Path | None = None,
    record: str | Path | None = None,
    operator: str = "",
    sign_with: str | Path | None = None,
    encoding: str = "",
    store: Store = None,
    progress: Progress | None = None,
) -> Rescreened:
    """Tell what changed since an earlier screening: new matches, parts and flags, vanished ones, changed entries.

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
        max_age: the most days that any list may be old; None for that of the store's settings, else to say of those of
            30 days or more how old they are.
        matches: write all that the parties meet now to this file, as `screen` writes its matches; the next rescreening
            starts from it, and the record prints its hash.
        record: write the record of all that the parties meet now to this file, as `screen` does: a PDF where it ends
            in .pdf, else an HTML page.
        operator: who runs it, for the record; empty for the system's user.
        sign_with: an Ed25519 private key of one's own (PEM), to sign the record with; None for the store's.
        encoding: of results that are not UTF-8, and of parties of which the store recorded nothing, or that are in
            another file than then.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.
        progress: told (parties done, parties in all).

    Returns:
        Under `rescreened`; the matches of now are kept in the store for `explain`.

    Raises:
        BadInputError: parties or lists are not those of then, another rule scored, the results cannot be read, or
            a required list is missing or too old; or a key that is none or without a record.
        MissingExtraError: the record is a PDF, or a key is given, and the packages for it are not installed.
    """
    place, day = folder(store), day_of(as_of)
    page, out = (None if given is None else Path(given) for given in (record, matches))
    chosen = results_form(out)
    signing = signer(place, page, None if sign_with is None else Path(sign_with))
    if page is not None:
        from entrepot.desk.clearance_filing import refuse_unprintable  # typesetting: only a record waits for it

        refuse_unprintable(page)
    asked = Asked(
        None if parties is None else Path(parties),
        tuple(lists),
        min_score,
        tuple(name_columns),
        whole,
        encoding,
        tuple(require),
        partial(_with_owned, place, day),
        max_age,
        is_filed=not (page is None and out is None),
        owners=owners_since(place),
    )
    redone = rescreening(Path(results), asked, day, place, progress)
    found = redone.found
    known = decided_or_open(found.matches.to_pylist(), place) if is_begun(place) else None
    told: tuple[str, ...] = ()
    if found.matches.num_rows:
        cases = None if known is None else known.rows
        told = keep(store, lambda con: keep_matches(con, [found.matches], {}, cases))
    if redone.run is not None:
        told += _written(redone.run, out, chosen, page, Filing(operator), signing)
    shown, quiet = _loud(found, known, with_quiet=with_quiet)
    changes = shown.column("change").to_pylist()
    counts = {c: changes.count(c) for c in _CHANGES}
    line = tr(
        "{changes}{beside}. {entities} listed entities changed.",
        changes=", ".join(f"{counts[c]} {c}" for c in _CHANGES),
        beside=_beside(shown.column("kind").to_pylist()),
        entities=found.entities,
    )
    return Rescreened(shown, (*told, line, *quiet, *redone.notes), counts["new"] + counts["changed"])


def _beside(kinds: Sequence[str]) -> str:
    """How many of the changes are no matches with a listing, for the first line; empty where all are."""
    counts = (kinds.count("part"), kinds.count("region"))
    parts = ntr(counts[0], "{count} part of a listed party", "{count} parts of listed parties")
    flags = ntr(counts[1], "{count} flag for a region", "{count} flags for a region")
    said = [text for text, count in zip((parts, flags), counts, strict=True) if count]
    return tr(" (among them {what})", what=", ".join(said)) if said else ""


def _written(  # noqa: PLR0917 - what, to which two files, by whom
    run: Run, out: Path | None, form: str, page: Path | None, filing: Filing, signing: Signer
) -> tuple[str, ...]:
    """Write all that the parties meet now, with what was decided of it, and the record; what is said of that."""
    profiles, unread = profiles_met(run.parts.tables(), signing.place)
    told = list(unread)
    cases: tuple[dict[str, Any], ...] | None = None
    ledger: tuple[str, ...] = ()
    if is_begun(signing.place):
        known = decided_of_run(run, signing.place)
        run = replace(run, notes=(*run.notes, *known.renamed, *known.notes))
        told += known.renamed
        cases, ledger = known.rows, () if known.ledger is None else head_said(known.ledger)
    if out is not None:
        told.append(
            tr(
                "{write_results} written to {out}",
                write_results=counted(write_results(run, form, out, profiles, cases), "row"),
                out=printable(str(out)),
            )
        )
    if page is not None:
        from entrepot.desk.clearance_filing import filed_run

        filing = replace(filing, results=named_hash(out), profiles=profiles, cases=cases, decided_in=ledger)
        told += filed_run(run, page, filing, signing)
    told += keep(signing.place, lambda con: keep_run(con, run, run.parties.path, out, page, profiles, cases))
    return tuple(told)


def _with_owned(place: Path, day: date, lists: Sequence[str], rules: Sequence[str]) -> tuple[Searched, tuple[str, ...]]:
    from entrepot.desk.owned_listings import searched_with_owned  # only who asks for it waits for it

    return searched_with_owned(place, lists, day, rules)


def _loud(found: Rescreening, known: Decided | None, *, with_quiet: bool) -> tuple[pa.Table, tuple[str, ...]]:
    """The changes without those of quiet cases, unless these are asked for; and what is said of them."""
    if known is None:
        return found.changes, ()
    quiet = {r["case_id"] for r in known.rows if r["state"] in QUIET}
    if with_quiet or not quiet:
        return found.changes, known.notes
    import pyarrow as pa

    loud = [case not in quiet for case in found.changes.column("case_id").to_pylist()]
    return found.changes.filter(pa.array(loud)), (*known.notes, Hinted(tr("--all-cases shows them.")))
