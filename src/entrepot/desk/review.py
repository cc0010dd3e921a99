"""The verbs on cases: list the open ones of a screening, decide, withdraw."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias

from entrepot.core.contract import table
from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.core.words.translate import marked, ntr, tr
from entrepot.decisions import decide as writing
from entrepot.decisions.decisions_file import Decision, decisions_from
from entrepot.decisions.person import person
from entrepot.decisions.standing import FALSE, VERDICTS
from entrepot.desk.answer import Answer
from entrepot.desk.contract import REVIEWED
from entrepot.desk.decided import Decided, decided
from entrepot.desk.keeping import folder, keep, keep_cases
from entrepot.desk.listed_parties import profiles_of
from entrepot.intake.reading_options import ReadingOptions
from entrepot.screening.cases.gathered import matches_by_case
from entrepot.screening.cases.listed_party import with_profiles
from entrepot.screening.contract import UNDECIDED
from entrepot.screening.runs.results import results as read_results

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from entrepot.desk.keeping import Store
    from entrepot.lists.profiles.profile import Profile

Verdict: TypeAlias = Literal["true", "false", "unsure"]
_FORM = marked("CASE=true, CASE=false or CASE=unsure")
# Of a file of results: whoever decides asks for the same one with every case, and to read 20,000 matches takes a third
# of the time of a page. What is read of one of this size has some 200 MB; a larger one is read anew each time.
_HELD_BYTES = 50_000_000
_WHY = marked("Say why: --why TEXT. Nothing was written.")


@dataclass(frozen=True, eq=False)
class Review(Answer):
    """Cases of a screening; its table is under `reviewed`.

    Attributes:
        matches: by case, the rows of MATCHES, the worst first.
        written: how many entries went to the ledger.
        profiles: entity_id -> what its list says of it, of the listed parties that were met.
        unlisted: how many cases are decided and not in the table.
    """

    beside: ClassVar[tuple[str, ...]] = ("written", "unlisted")
    matches: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    written: int = 0
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    unlisted: int = 0


def review(
    results: str | Path,
    *,
    decide: Sequence[str] = (),
    withdraw: Sequence[str] = (),
    good_guy: Sequence[str] = (),
    decisions: str | Path | None = None,
    by: str = "",
    why: str = "",
    four_eyes: bool = False,
    only_by: bool = False,
    with_quiet: bool = False,
    encoding: str = "",
    store: Store = None,
) -> Review:
    """List the cases of a screening that are open, after writing what is decided here to the ledger.

    Args:
        results: the file that `screen` wrote (CSV, JSON, Parquet, XLSX).
        decide: what is decided, each CASE=VERDICT, the verdict true, false or unsure.
        withdraw: cases whose decision is withdrawn.
        good_guy: parties, by key or name as given, of which every open case is decided false.
        decisions: a file of decisions: what this verb writes, with verdicts filled in.
        by: who decides; empty for the account of the machine.
        why: why; a row of `decisions` may say its own.
        four_eyes: what is decided false here counts once a second person decides so, in every later screening too;
            the settings of the store may say so for all.
        only_by: refuse rows of `decisions` that say another name than `by`, as where a server knows who asks.
        with_quiet: list the cases too that are decided.
        encoding: of results and decisions that are not UTF-8.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        The cases, worst first, under `reviewed`.

    Raises:
        BadInputError: a case, verdict or row that cannot be taken; no reason is given. Nothing is written then.
        StoreLockedError: another reviewer holds the ledger.
        StoreError: the ledger is broken, gone or cannot be written.
        UnreadableFileError: a file cannot be read.
    """
    place, options = folder(store), ReadingOptions(encoding)
    rows = _rows(Path(results), options)
    found = decided(rows, place, four_eyes=four_eyes)
    who = by or writing.account()
    asked = [*_said(decide, found, who, why), *_good_guys(good_guy, found, who, why)]
    if decisions is not None:
        assert found.ledger is not None
        read = decisions_from(Path(decisions), by, why, set(found.grounds), found.ledger.id, options)
        if only_by:
            _refuse_others(read.decisions, who)
        asked += read.decisions
    unfilled = [] if decisions is None or read.decisions else [_unfilled(read.rows)]
    told = unfilled + _written(place, asked, _ground(decisions, good_guy), found, _day(rows), four_eyes=four_eyes)
    if withdraw:
        _reason(why)
        told += [tr("{count} withdrawn.", count=len(writing.withdraw(place, withdraw, who, why).entries))]
    if told:
        found = decided(rows, place, four_eyes=four_eyes)
        told += _seconds(asked, found)
    profiles, unread = profiles_of(rows, place)
    found = replace(found, rows=tuple(with_profiles(found.rows, profiles)))
    notes = (*told, *_kept(store, found), *found.notes, *unread)
    return replace(_answer(found, rows, notes, len(asked) + len(withdraw), with_quiet=with_quiet), profiles=profiles)


def decide(
    results: str | Path,
    *,
    verdicts: Mapping[str, Verdict],
    by: str,
    why: str,
    seen: Mapping[str, int] | None = None,
    four_eyes: bool = False,
    store: Store = None,
) -> tuple[str, ...]:
    """Decide cases of a screening: what a page of a server calls.

    Args:
        results: the file that `screen` wrote.
        verdicts: case -> true, false or unsure.
        by: who decides.
        why: why, in their words.
        seen: case -> `seen` as `review` gave it when the person looked; None where they did not: then false does not
            silence what somebody else decided true, until they decide so once more (of a server for another reason).
        four_eyes: false counts once a second person decides so, in every later screening too.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        A sentence on each entry that was made since the person looked, and on each decision of somebody else that
        this one contradicts; both stand.

    Raises:
        BadInputError: a case or a verdict that is not known; nobody decides, or no reason is given.
        StoreLockedError: another reviewer holds the ledger.
        StoreError: the ledger is broken, gone or cannot be written.
    """
    place = folder(store)
    rows = list(read_results(Path(results)))
    found = decided(rows, place)
    if not by.strip():
        raise BadInputError(tr("nobody decides"), remedy=tr("Say who: by. Nothing was written."))
    asked = list(_said([f"{c}={v}" for c, v in verdicts.items()], found, by, why))
    looked = [Decision(d.case_id, d.verdict, d.by, d.why, (seen or {}).get(d.case_id, d.seen)) for d in asked]
    told = writing.decide(place, looked, found.grounds, as_of=_day(rows), four_eyes=four_eyes).told
    own = decided((r for r in rows if r["case_id"] in verdicts), place, four_eyes=four_eyes)
    return (*told, *_kept(store, own))


def withdraw(cases: Sequence[str], *, by: str, why: str, store: Store = None) -> int:
    """Withdraw what was decided on cases: they are open again, and the ledger keeps both.

    Args:
        cases: the cases.
        by: who withdraws.
        why: why, in their words.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        How many entries were written.

    Raises:
        BadInputError: nothing is decided on one of them, or no reason is given.
        StoreError: the ledger cannot be used.
    """
    _reason(why)
    return len(writing.withdraw(folder(store), cases, by, why).entries)


def _said(words: Sequence[str], found: Decided, by: str, why: str) -> Iterator[Decision]:
    for word in words:
        case, _, verdict = word.partition("=")
        if verdict not in VERDICTS:
            thing = tr("a decision is not understood")
            raise BadInputError(thing, found=word, allowed=tr(_FORM), remedy=tr("Nothing was written."))
        if case not in found.grounds:
            raise UnknownNameError(tr("case of these results"), case, found.grounds, remedy=tr("Nothing was written."))
        _reason(why)
        yield Decision(case, verdict, by, why)


def _rows(path: Path, options: ReadingOptions) -> list[dict[str, Any]]:
    """The rows of a file of results, which is read once as long as it stays as it is."""
    try:
        is_held, told = path.is_file(), path.stat()
    except OSError:  # the reader says why it cannot be read
        return list(read_results(path, options))
    if not is_held or told.st_size > _HELD_BYTES:
        return list(read_results(path, options))
    of = (str(path), told.st_ino, told.st_size, told.st_mtime_ns)
    return [dict(row) for row in _read_once(of, options)]


@lru_cache(maxsize=1)
def _read_once(of: tuple[str, int, int, int], options: ReadingOptions) -> tuple[dict[str, Any], ...]:
    return tuple(read_results(Path(of[0]), options))


def _good_guys(words: Sequence[str], found: Decided, by: str, why: str) -> Iterator[Decision]:
    for word in words:
        own = [r for r in found.rows if word in (r["party_key"], r["party"])]
        if not own:
            known = sorted({str(v) for r in found.rows for v in (r["party_key"], r["party"]) if v})
            raise UnknownNameError(tr("party with a case"), word, known, remedy=tr("Nothing was written."))
        _reason(why)
        for r in own:
            if r["state"] not in (FALSE, "true"):
                yield Decision(r["case_id"], FALSE, by, why)


def _refuse_others(read: Sequence[Decision], who: str) -> None:
    if others := sorted({d.by for d in read if person(d.by) != person(who)}):
        remedy = tr("Leave the column by empty. Nothing was written.")
        raise BadInputError(tr("a decision is in another name"), found=", ".join(others), allowed=who, remedy=remedy)


def _unfilled(rows: int) -> str:
    """That a file of decisions decides nothing."""
    return ntr(
        rows,
        "0 of {count} row of the file have a verdict: nothing was decided. The column to fill in is verdict; state "
        "says how a case stood when the file was written.",
        "0 of {count} rows of the file have a verdict: nothing was decided. The column to fill in is verdict; state "
        "says how a case stood when the file was written.",
    )


def _reason(why: str) -> None:
    if not why.strip():
        raise BadInputError(tr("a decision has no reason"), remedy=tr(_WHY))


def _ground(decisions: str | Path | None, good_guy: Sequence[str]) -> str:
    return writing.GOOD_GUY if good_guy else writing.FILE if decisions is not None else writing.REVIEW


def _written(
    place: Path, asked: Sequence[Decision], ground: str, found: Decided, as_of: str, *, four_eyes: bool
) -> list[str]:
    if not asked:
        return []
    done = writing.decide(place, asked, found.grounds, ground, as_of, four_eyes=four_eyes)
    counts = {v: sum(d.verdict == v for d in asked) for v in VERDICTS}
    said = ", ".join(f"{n} {v}" for v, n in counts.items() if n)
    return [*done.told, tr("{count} decided: {said}.", count=len(asked), said=said)]


def _seconds(asked: Sequence[Decision], found: Decided) -> list[str]:
    """That a decision does not count yet, where a second person is needed."""
    count = len({d.case_id for d in asked if found.standings[d.case_id].state == "second"})
    if not count:
        return []
    return [
        ntr(
            count,
            "{count} case that was decided false stays open until a second person decides so too.",
            "{count} cases that were decided false stay open until a second person decides so too.",
        )
    ]


def _day(rows: Sequence[Mapping[str, Any]]) -> str:
    return max((str(r["as_of"]) for r in rows), default="")


def _kept(store: Store, found: Decided) -> tuple[str, ...]:
    """The cases as they stand now, kept for `explain`."""
    return keep(store, lambda con: keep_cases(con, found.rows)) if found.rows else ()


def _answer(
    found: Decided, rows: Sequence[Mapping[str, Any]], notes: tuple[str, ...], written: int, *, with_quiet: bool
) -> Review:
    name = found.ledger.id if found.ledger else ""
    blank = {"verdict": None, "by": None, "because": None, "ledger": name or None}
    open_ones = [r for r in found.rows if with_quiet or r["state"] in UNDECIDED]
    listed = [{**r, **blank, "seen": found.standings[r["case_id"]].seen} for r in open_ones]
    counts = ntr(
        len(found.rows),
        "{count} case, {in_table:,} of them in this table.",
        "{count:,} cases, {in_table:,} of them in this table.",
        in_table=len(listed),
    )
    return Review(
        table(REVIEWED, listed),
        (counts, *notes),
        matches_by_case(rows),
        written,
        unlisted=len(found.rows) - len(listed),
    )
