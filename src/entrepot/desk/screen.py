"""The verb: screen parties against the lists that a desk holds, and flag those placed in a region under a measure."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias

from entrepot.core.contract import batch, table
from entrepot.core.document.hinted import Hinted
from entrepot.core.errors import BadInputError, printable
from entrepot.core.periods import as_of as day_of
from entrepot.core.tables.sheet import Room
from entrepot.core.words.amounts import still_to_come
from entrepot.core.words.translate import tr
from entrepot.desk.answer import Answer
from entrepot.desk.clearance import signer
from entrepot.desk.columns import columns_read, given_columns
from entrepot.desk.decided import head_said, is_begun
from entrepot.desk.keeping import check_store, folder, keep
from entrepot.desk.listed_parties import hits, profiles_met
from entrepot.desk.renamed_parties import decided_of_run
from entrepot.desk.results_written import keep_run, named_hash, results_form, write_results
from entrepot.desk.screened_share import asked_share, share_said
from entrepot.desk.spark_tables import takes_spark_tables
from entrepot.lists.listed_name import is_owned
from entrepot.lists.required import max_age as oldest
from entrepot.lists.required import refuse_missing, refuse_old, required
from entrepot.lists.shelf import document_key, in_memory_said, searched
from entrepot.screening.cases.gathered import cases
from entrepot.screening.cases.listed_party import with_profiles
from entrepot.screening.contract import CASES, MATCHES, QUIET
from entrepot.screening.reports.run_said import columns_said, probable_said, summary
from entrepot.screening.runs.results import results
from entrepot.screening.runs.run import MIN_SCORE, NOT_LISTED, Keeping, ScreenOptions, parts_folder, screening
from entrepot.screening.runs.shares import shares_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    import pyarrow as pa

    from entrepot.core.store import Connection
    from entrepot.desk.answer import Progress
    from entrepot.desk.clearance import Signer
    from entrepot.desk.decided import Decided
    from entrepot.desk.keeping import Store
    from entrepot.lists.profiles.profile import Profile
    from entrepot.lists.search_set import Searched
    from entrepot.screening.runs.run import Run
    from entrepot.screening.runs.shares import Share

Where: TypeAlias = str | Path | None  # a file's path, as a person writes it or as a program holds it
Kind: TypeAlias = Literal["person", "company", "vessel"]


@dataclass(frozen=True, eq=False)
class Screening(Answer):
    """A screening; its table is under `hits`.

    Attributes:
        run: what was screened, by what and how, for a document that is made of it.
        written: rows that went to `out`; None where there is none.
        decided: the cases with what the ledger of the store says of them; None where nothing was ever decided.
        with_quiet: whether `cases` holds those too that were decided false.
        profiles: entity_id -> what its list says of it, of the listed parties that were met.
        parties: how many the file holds, where only its columns were asked for.
    """

    beside: ClassVar[tuple[str, ...]] = ("cases",)
    run: Run | None = None
    written: int | None = None
    decided: Decided | None = None
    with_quiet: bool = False
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    parties: int | None = None

    @property
    def found(self) -> int:
        """How many matches and flags there are, those of quiet cases left out."""
        if self.decided is not None:
            return self.decided.matches
        return int(self.run.parts.counts["met"]) if self.run else 0

    @cached_property
    def cases(self) -> pa.Table:
        """The matches gathered into cases, worst first, under `cases`; the quiet ones where they are asked for."""
        import pyarrow as pa

        if self.decided is not None:
            rows = self.decided.shown(with_quiet=self.with_quiet)
        else:
            rows = cases(self.to_pylist() if self.run else ())  # without a run the table holds columns, not matches
        # Checked in the tests: the check imports polars, a tenth of what one screening takes.
        return pa.Table.from_batches([batch(CASES, with_profiles(rows, self.profiles))])


@takes_spark_tables
def screen(
    parties: Any,
    listings: Any = None,
    *,
    lists: Sequence[str] = (),
    as_of: str | date | None = None,
    min_score: float | None = None,
    name_columns: Sequence[str] = (),
    address_columns: Sequence[str] = (),
    country_columns: Sequence[str] = (),
    key_columns: Sequence[str] = (),
    keep_columns: Sequence[str] = (),
    mapping: Where = None,
    columns: bool = False,
    sheet: str = "",
    encoding: str = "",
    kind: Kind | None = None,
    regions: Sequence[str] = (),
    require: Sequence[str] = (),
    with_ownership: bool = False,
    ownership_rules: Sequence[str] = (),
    max_age: int | None = None,
    record: Where = None,
    operator: str = "",
    sign_with: Where = None,
    workers: int = 0,
    on: str = "",
    resume: bool = False,
    part: str = "",
    join: Where = None,
    with_quiet: bool = False,
    out: Where = None,
    fmt: str | None = None,
    store: Store = None,
    progress: Progress | None = None,
) -> Screening:
    """Screen parties against the record's lists and those loaded into the store, and flag those placed in a region.

    Args:
        parties: a path (CSV, TSV, XLSX, JSON lines, Parquet; .gz, .zip), a table (Arrow, polars, pandas), or
            spark-table:NAME for a table of the cluster that `on` names.
        listings: a table of one's own with a column `name`, instead of all lists.
        lists: lists to screen against, each LIST or LIST@VERSION; empty for all that are held.
        as_of: the day as of which to screen; today when None.
        min_score: lowest score of a match, in [0, 1]; 0.7 when None.
        name_columns: columns that hold parties; empty to find them.
        address_columns: columns of addresses; empty to find them.
        country_columns: columns of countries; empty to find them.
        key_columns: the column with your own number of a party, such as LIFNR; empty to find it.
        keep_columns: columns that come out with the results as they stand, under `beside`.
        mapping: a file that says what each column holds, as `columns` wrote it and a person corrected it.
        columns: only say what each column is read as, and screen nothing: the table is under `columns`; `out` takes
            it as a mapping.
        sheet: sheet of a workbook; empty for the first shown with a known heading.
        encoding: of a text file that is not UTF-8.
        kind: what all parties are; None for a person where a date of birth stands beside the name, else either.
        regions: look for parties of these regions only; empty for every region under a measure on record.
        require: lists that must be used, each LIST or LIST:DAYS, the most days it may be old; those of the store's
            settings are required too.
        with_ownership: screen against the parties too that fall under a listing of their owners, by the ownership data
            that was loaded; such matches are of the kind owned.
        ownership_rules: the rules by which they do, such as ofac-50 or eu; empty for those whose listed persons stand
            on a list that is screened. Naming one asks for it: `with_ownership` may be left out.
        max_age: the most days that any list may be old; None for that of the store's settings, else to say of those of
            30 days or more how old they are.
        record: write the record of the screening to this file: a PDF where it ends in .pdf, which needs the extra
            `print`, else an HTML page. Its signature stands in the page, beside a PDF in a file that ends in .sig.
        operator: who runs it, for the record; empty for the system's user.
        sign_with: an Ed25519 private key of one's own (PEM), to sign the record with; None for the store's, which is
            made on first need. Without the extra `signing` a record is not signed, and a note says so.
        workers: processes; 0 for one a core. The result does not depend on it.
        on: the address of a Spark cluster that does the work, such as spark://HOST:7077; empty for this machine alone.
            The names are sent to its workers, which need this very version of Entrepot; the result is the same.
        resume: take up the unfinished run of the same `out`.
        part: screen one of many equal parts only, such as 3/40, on one of many machines; what it finds lies in the
            folder `out`.parts until all are joined.
        join: the folder of the parts; they are written to `out` as one run would have written them.
        with_quiet: show the cases too that were decided false and did not change since.
        out: write the matches to this file part by part: there may be more than memory holds. spark-table:NAME puts
            them into a new table of the cluster that `on` names, by way of a Parquet file in the working folder.
        fmt: form of `out`: csv, json, parquet, xlsx or yente; None for that of its ending.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.
        progress: told (parties done, parties in all).

    Returns:
        The matches, under `hits`, each with what its list says of the listed party, by row of the input, then score;
        they are kept in the store for `explain`.

    Raises:
        BadInputError: an unknown list or column, an unreadable file, a bad date, a run that cannot be taken up,
            a list that is required and missing, or too old, a key that is none or without a record.
        MissingExtraError: `sign_with`, and the packages of the extra `signing` are not installed.
        StoreError: the store that was named cannot be used, or its key is broken or others may read it.
    """
    record, sign_with, out, mapping, join = map(_path, (record, sign_with, out, mapping, join))
    share = asked_share(part, join, out, record, resume=resume)
    chosen = results_form(out, fmt)
    place = folder(store)
    if resume and out is None:
        raise BadInputError(tr("--resume without --out"), remedy=tr("Give the --out of the run that was stopped."))
    with_ownership = with_ownership or bool(ownership_rules)
    if listings is not None:
        _refuse_beside_own(require, max_age, with_ownership=with_ownership)
    named = {
        "name_columns": name_columns,
        "address_columns": address_columns,
        "country_columns": country_columns,
        "key_columns": key_columns,
        "keep_columns": keep_columns,
    }
    given = given_columns(named, mapping, sheet, encoding, kind or "")
    if columns:
        rows, read_so, many = columns_read(_input(parties), given, out)
        return Screening(rows, read_so, parties=many)
    _check(store, on)
    signing = signer(place, record, sign_with)
    _refuse_unprintable(record)
    lowest = MIN_SCORE if min_score is None else min_score
    options = ScreenOptions(
        tuple(lists), lowest, tuple(name_columns), workers, given, document_key(place), tuple(regions), on
    )
    day = day_of(as_of)
    notes = [*still_to_come(day), *_nothing_to_resume(out, share, resume=resume)]
    with ExitStack() as stack:
        with _told_how_to_go_on(out, share):
            against = listings
            if listings is None:
                wanted = required(require, place)
                against, owned = _against(place, options.lists, day, ownership_rules if with_ownership else None)
                notes += [*in_memory_said(place, against), *owned]
                notes += refuse_missing(wanted, against.coverage, day)
                notes += refuse_old((c for c in against.coverage if not is_owned(c)), day, *oldest(max_age, place))
            keeping = Keeping(out, resume, Room().take if chosen == "xlsx" else None, share, join)
            made = screening(_input(parties), against, as_of=day, options=options, progress=progress, keeping=keeping)
            run = stack.enter_context(made)
        if share is not None and out is not None:
            return Screening(hits(run.matches, {}), (*notes, *share_said(run, share, out)), run)
        decisions = _decisions(run, place)
        if decisions is not None:
            hint = (Hinted(tr("--all shows them.")),) if any(r["state"] in QUIET for r in decisions.rows) else ()
            run = replace(run, notes=(*run.notes, *decisions.renamed, *decisions.notes, *(() if with_quiet else hint)))
        profiles, unread = profiles_met(run.parts.tables(), place)
        known = None if decisions is None else decisions.rows
        written = None if out is None else write_results(run, chosen, out, profiles, known)
        ledger = () if decisions is None or decisions.ledger is None else head_said(decisions.ledger)
        about = (operator, profiles, known, ledger)
        on_file = () if record is None else _filed(run, record, signing, out, *about)
        said = (*_said(run), *unread, *on_file)
        kept_not = (
            keep(store, partial(_put, run, parties, out, record, decisions, profiles))
            if run.parts.counts["met"] or out
            else ()
        )
        rows = hits(run.matches, profiles) if out is None else partial(_read, out, profiles)
        return Screening(rows, (*notes, *kept_not, *said), run, written, decisions, with_quiet, profiles)


def _check(store: Store, on: str) -> None:
    """Stop before work where the store or the cluster that was named cannot be used."""
    check_store(store)
    if on:
        from entrepot.screening.on_spark.cluster import refuse_unknown_master

        refuse_unknown_master(on)


def _refuse_unprintable(record: Path | None) -> None:
    """Stop before work where a record cannot be printed; only who asks for one waits for what files it."""
    if record is not None:
        from entrepot.desk.clearance_filing import refuse_unprintable

        refuse_unprintable(record)


def _filed(run: Run, record: Path, signing: Signer, out: Path | None, *about: Any) -> tuple[str, ...]:
    """File the record of a screening; what it is about are the attributes of Filing but the hash of the results."""
    from entrepot.desk.clearance_filing import filed_run
    from entrepot.screening.reports.clearance_record import Filing

    operator, *rest = about
    return filed_run(run, record, Filing(operator, named_hash(out), *rest), signing)


def _refuse_beside_own(require: Sequence[str], max_age: int | None, *, with_ownership: bool) -> None:
    """Refuse what goes with the lists where the screening is against a table of one's own."""
    if with_ownership:
        thing = tr("ownership goes with the lists, and the screening is against a table of one's own")
        raise BadInputError(thing, found="with_ownership", remedy=tr("Leave out one of them."))
    if require or max_age is not None:
        thing = tr("lists are required, and the screening is against a table of one's own")
        found = ", ".join((*require, *([] if max_age is None else [f"max_age={max_age}"])))
        raise BadInputError(thing, found=found, remedy=tr("Leave out one of them."))


def _decisions(run: Run, place: Path) -> Decided | None:
    """The cases with what was decided on them; None where nothing ever was, so that nothing is gathered for it."""
    if not is_begun(place):
        return None
    return decided_of_run(run, place)


def _path(given: Where) -> Path | None:
    return Path(given) if isinstance(given, str) else given


def _against(
    place: Path, lists: Sequence[str], day: date, rules: Sequence[str] | None
) -> tuple[Searched, tuple[str, ...]]:
    """The names to screen against, and what to say of those that stand there by their owners; None for none of them."""
    if rules is None:
        return searched(place, lists, day), ()
    from entrepot.desk.owned_listings import searched_with_owned  # only who asks for it waits for it

    return searched_with_owned(place, lists, day, rules)


def _input(parties: Any) -> Any:
    return Path(parties) if isinstance(parties, str) else parties


@contextmanager
def _told_how_to_go_on(out: Path | None, share: Share | None) -> Iterator[None]:
    """Let an interrupted run that can be taken up say so."""
    try:
        yield
    except KeyboardInterrupt as exc:
        if out is None or not _kept_in(out, share).exists():
            raise
        raise KeyboardInterrupt(tr("To take it up, run the same command with --resume.")) from exc


def _kept_in(out: Path, share: Share | None) -> Path:
    """The folder in which an unfinished run lies."""
    return parts_folder(out) if share is None else shares_folder(out) / share.folder


def _nothing_to_resume(out: Path | None, share: Share | None, *, resume: bool) -> Iterator[str]:
    if resume and out is not None and not _kept_in(out, share).exists():
        yield tr("There is no unfinished run of {out}: everything is screened.", out=printable(str(out)))


def _read(out: Path, known: Mapping[str, Profile]) -> pa.Table:
    """The matches that were written."""
    return hits(table(MATCHES, list(results(out))), known)


def _put(  # noqa: PLR0917 - what is kept, and where
    run: Run,
    parties: Any,
    out: Path | None,
    record: Path | None,
    decisions: Decided | None,
    profiles: Mapping[str, Profile],
    con: Connection,
) -> None:
    """Keep what the screening found, with what was decided on its cases."""
    keep_run(con, run, parties, out, record, profiles, None if decisions is None else decisions.rows)


def _many(count: int, one: str, more: str) -> str:
    return f"{count:,} {one if count == 1 else more}"


def _said(run: Run) -> tuple[str, ...]:
    """Counts, coverage and what they do not mean."""
    n = summary(run)
    covered = "; ".join(f"{c['list_id']} {c['sentence']}" for c in run.coverage.to_pylist())
    matched, flags = _many(n["matches"] + n["owned"], "match", "matches"), _many(n["flags"], "flag", "flags")
    part = f", {_many(n['parts'], tr('part of a listed party'), tr('parts of listed parties'))}" if n["parts"] else ""
    owned = tr(" ({owned} with parties that nobody lists, by their owners)", owned=n["owned"]) if n["owned"] else ""
    met = _many(n["parties_matched"], "party", "parties")  # those that are a part of a listed party among them
    of = (tr(", together of {many}", many=met) if part else tr(" of {many}", many=met)) if n["parties_matched"] else ""
    parties = _many(n["parties"], "party", "parties")
    several = len(run.parts.regions)
    region = tr("{several} regions", several=several) if several > 1 else tr("the region")
    screened = tr(
        "{parties} as of {as_of}: {matched}{owned}{part}{of}, {flags} for {region}. {covered}.",
        parties=parties,
        as_of=run.as_of,
        matched=matched,
        owned=owned,
        of=of,
        part=part,
        flags=flags,
        region=region,
        covered=covered,
    )
    return (screened, run.parties.rows_said, columns_said(run), *probable_said(run), NOT_LISTED, *run.notes)
