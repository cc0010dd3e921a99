"""The verbs on the ledger: verify it, list what was decided, all of one case, take personal data out."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from entrepot.core import store as stores
from entrepot.core.contract import table
from entrepot.core.errors import BadInputError, StoreError, UnknownNameError, UnreadableFileError
from entrepot.core.runtime import rights
from entrepot.core.store.store_reading import reading
from entrepot.core.words.amounts import counted
from entrepot.core.words.translate import marked, tr
from entrepot.decisions import redaction
from entrepot.decisions.case_grounds import called_as, grounds, listed_of, names_and_places
from entrepot.decisions.case_history import audit_record, decision_row, expired
from entrepot.decisions.contract import DECISIONS, FAILS, HOLDS, LEDGER_CHECKS, NOTED
from entrepot.decisions.decide import account
from entrepot.decisions.decision_settings import KEPT_BECAUSE, decision_settings
from entrepot.decisions.ledger.chain import Fault, Head, faults, set_back
from entrepot.decisions.ledger.kept_ledger import Ledger, database_of, ledger
from entrepot.decisions.ledger.ledger_database import lying
from entrepot.decisions.ledger.ledger_key import ledger_key
from entrepot.decisions.other_changes import left_open
from entrepot.desk.answer import Answer
from entrepot.desk.keeping import folder
from entrepot.desk.written_files import files_holding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from entrepot.desk.keeping import Store

_HEAD = re.compile(r"(\d+):([0-9a-f]{64})")
_IN_RECORD = re.compile(r"Ledger of decisions (ledger-[0-9a-f]{12}): (\d+) entr(?:y|ies), head ([0-9a-f]{64})\.")
_MOST_NAMED = 5  # changes in one sentence
_FORM = marked("NUMBER:HASH, the number of the entry and its 64 digits")


@dataclass(frozen=True, eq=False)
class LedgerVerified(Answer):
    """What was found of a ledger; its table is under `ledger_checks`."""

    beside: ClassVar[tuple[str, ...]] = ("holds",)

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong: what is only noted breaks no ledger."""
        return all(row["state"] != FAILS for row in self.to_pylist())


def ledger_verify(
    *, head: Sequence[str] = (), records: Sequence[str | Path] = (), store: Store = None
) -> LedgerVerified:
    """Say whether the ledger is what was written: every entry, their order and number, and heads known from elsewhere.

    Args:
        head: heads that it had once, each NUMBER:HASH.
        records: clearance records that print its head, HTML or PDF.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        One row where it holds, and one for each entry that is dated before the one in front of it; else one for each
        fault, under `ledger_checks`.

    Raises:
        BadInputError: there is no ledger, or a head is none.
        StoreError: it cannot be read, or its key is gone.
        UnreadableFileError: a record cannot be read, or prints no head.
    """
    place = folder(store)
    database = database_of(place)
    if not database.is_there():
        ledger(place)  # says where it is gone
        raise BadInputError(tr("there is no ledger"), found=database.name(), remedy=tr("Nothing has been decided yet."))
    with database.reading() as session:
        entries, last = lying(session)
    key = ledger_key(place)
    known = [*map(_head, head)]
    found = list(_of_records(records, Ledger(database, key, entries), known))
    found += faults(entries, last, key, known)
    if found:
        rows = [{"seq": f.seq, "state": FAILS, "found": f.what, "remedy": f.remedy} for f in found]
        return LedgerVerified(table(LEDGER_CHECKS, rows))
    end = entries[-1]
    said = tr(
        "{count} entries hold, {at} the last; head {seq}:{hash}",
        count=len(entries),
        at=end.said["at"][:10],
        seq=end.seq,
        hash=end.hash,
    )
    if known:
        said += tr(
            "; {count} {which} known from elsewhere found in it",
            count=len(known),
            which=tr("head") if len(known) == 1 else tr("heads"),
        )
    rows = [{"seq": 0, "state": HOLDS, "found": said, "remedy": None}]
    rows += [{"seq": f.seq, "state": NOTED, "found": f.what, "remedy": f.remedy} for f in set_back(entries)]
    book = Ledger(database, key, entries)
    return LedgerVerified(table(LEDGER_CHECKS, rows), (*_kept_long(book, place), *_left_open(book)))


def _head(word: str) -> Head:
    found = _HEAD.fullmatch(word.strip())
    if found is None:
        raise BadInputError(tr("a head is not understood"), found=word, allowed=tr(_FORM))
    return Head(int(found[1]), found[2])


def _of_records(paths: Sequence[str | Path], book: Ledger, known: list[Head]) -> Iterator[Fault]:
    """Put the heads that records print among the known ones; a record of another ledger is a fault."""
    for path in map(Path, paths):
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except OSError as exc:
            remedy = rights.remedy(exc, path, "", writing=False)
            raise UnreadableFileError(
                path, tr("cannot be read ({strerror})", strerror=exc.strerror), remedy=remedy
            ) from exc
        found = _IN_RECORD.findall(text)
        if not found:
            allowed = tr("a clearance record written since something was decided")
            raise UnreadableFileError(path, tr("prints no head of a ledger"), allowed=allowed)
        name, seq, said = found[-1]
        if name != book.id:
            yield Fault(
                0,
                tr("{name} is of {name_2}, and this is {id}", name=path.name, name_2=name, id=book.id or "none"),
                tr("Give the --store of the record"),
            )
        else:
            known.append(Head(int(seq), said))


def _kept_long(book: Ledger, place: Path) -> Iterator[str]:
    years = decision_settings(place).keep_years
    old = expired(book.entries, datetime.now(UTC).date().isoformat(), years)
    if old:
        many = tr("decision is") if len(old) == 1 else tr("decisions are")
        yield (
            tr(
                "{count} {many} older than {years} years ({kept_because}). Nothing is deleted by itself; "
                "entrepot ledger redact takes personal data out.",
                count=len(old),
                many=many,
                years=years,
                kept_because=KEPT_BECAUSE,
            )
        )


def _left_open(book: Ledger) -> Iterator[str]:
    """A sentence where a change was asked of a server and nobody wrote how it ended."""
    if found := left_open(book.entries):
        named = ", ".join(f"{e.seq} ({e.said['change']})" for e in found[:_MOST_NAMED])
        more = tr(" and {count} more", count=len(found) - _MOST_NAMED) if len(found) > _MOST_NAMED else ""
        yield (
            tr(
                "How it ended is not written of {count}: entry {named}{more}. A server was killed "
                "meanwhile, or is at it: look whether it was made.",
                count=counted(len(found), "change"),
                named=named,
                more=more,
            )
        )


def ledger_decisions(*, case: str = "", store: Store = None) -> Answer:
    """List what the ledger says, the oldest entry first.

    Args:
        case: of this case only.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        One row an entry, under `decisions`.

    Raises:
        StoreError: the ledger is broken or gone.
    """
    book = ledger(folder(store))
    own = [e for e in book.entries if not case or e.said.get("case") == case]
    return Answer(table(DECISIONS, [decision_row(e, book.id) for e in own]))


@dataclass(frozen=True, eq=False)
class CaseRecord(Answer):
    """All that the ledger says of a case; its table is under `decisions`.

    Attributes:
        record: the same whole, as JSON can hold it: bodies, hashes, seals, personal fields with their salts.
    """

    record: dict[str, Any] = field(default_factory=dict)


def ledger_case(case: str, *, store: Store = None) -> CaseRecord:
    """All that the ledger says of a case, for an auditor: every entry whole, with its place in the chain.

    Entries stand under another id where a list renamed the entry since, or the party got another number: these too.

    Args:
        case: the case.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        Its entries under `decisions`, and the record for JSON.

    Raises:
        UnknownNameError: nothing was decided on it.
        StoreError: the ledger is broken or gone.
    """
    place = folder(store)
    book = ledger(place)
    found = audit_record(book, case, _met(place, (case,)).get(case, ()))
    if not found["entries"]:
        raise UnknownNameError(
            tr("case of the ledger"), case, sorted({e.said.get("case", "") for e in book.entries} - {""})
        )
    numbers = {e["seq"] for e in found["entries"]}
    rows = [decision_row(e, book.id) for e in book.entries if e.seq in numbers]
    return CaseRecord(table(DECISIONS, rows), _also_under(found["other_ids"]), record=found)


def _also_under(others: Sequence[str]) -> tuple[str, ...]:
    said = tr("The same party and listed entity stood under another id too: {others}.", others=", ".join(others))
    return (said,) if others else ()


def ledger_redact(
    cases: Sequence[str],
    *,
    fields: Sequence[str] = redaction.OF_THE_PARTY,
    by: str = "",
    why: str = "",
    early: bool = False,
    store: Store = None,
) -> Answer:
    """Take personal data out of the ledger: the values go, the chain holds, and an entry says who did it and why.

    Args:
        cases: the cases.
        fields: which personal fields: party, matches, why, by, account.
        by: who takes them out; empty for the account of the machine.
        why: why; it stays in the ledger.
        early: take them out before they have been kept as long as the settings say.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        The entry that says so, under `decisions`.

    Raises:
        BadInputError: there is nothing to take out, no reason is given, or it must be kept longer.
        StoreError: the ledger cannot be used.
    """
    if not why.strip():
        raise BadInputError(tr("a redaction has no reason"), remedy=tr("Say why: --why TEXT. Nothing was written."))
    for name in fields:
        if name not in redaction.FIELDS:
            raise UnknownNameError(tr("personal field"), name, redaction.FIELDS)
    place = folder(store)
    met = _met(place, cases)
    before = ledger(place)
    entry = redaction.redact(place, cases, fields, by=by or account(), why=why, early=early, met=met)
    book = ledger(place)
    under = {e.said["case"]: None for e in book.entries if e.seq in entry.said["entries"]}
    others = tuple(case for case in under if case not in cases)
    taken = counted(len(entry.said["entries"]), "entry", "entries")
    said = tr(
        "{fields} taken out of {taken}. A record printed from now on leaves it out. What lies elsewhere "
        "is not touched: results, records and files of decisions that were written, backups, and what "
        "was shown (entrepot store remove findings).",
        fields=", ".join(sorted(fields)),
        taken=taken,
    )
    row = decision_row(entry, book.id)
    return Answer(
        table(DECISIONS, [row]),
        (
            said,
            *_also_under(others),
            *_elsewhere(place, (*cases, *others, *_also_shown(place, before, met, (*cases, *others)))),
        ),
    )


def _met(place: Path, cases: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """The matches of cases as the store shows them, by case; none of a store that cannot be read or holds none."""
    out: dict[str, list[dict[str, Any]]] = {}
    try:
        if not stores.is_there(place):
            return out
        with reading(place) as con:
            asked = "SELECT row FROM shown WHERE kind = 'matches' AND json_extract_string(row, '$.case_id') IN $cases"
            for (row,) in con.execute(asked, {"cases": list(cases)}).fetchall():
                found = json.loads(row)
                out.setdefault(found["case_id"], []).append(found)
    except StoreError:
        return {}
    return out


def _also_shown(
    place: Path, before: Ledger, met: Mapping[str, Sequence[Mapping[str, Any]]], cases: Sequence[str]
) -> tuple[str, ...]:
    """Cases of the same party under another id, as the store shows them: of files that have its number otherwise."""
    known = {
        *redaction.known_as(before, cases),
        *(p for rows in met.values() for p in grounds(rows).names_and_places()),
    }
    called = {name for name, *_ in known}
    found: dict[str, None] = {}
    try:
        if not (called and stores.is_there(place)):
            return ()
        with reading(place) as con:
            for (row,) in con.execute("SELECT row FROM shown WHERE kind = 'matches'").fetchall():
                one = json.loads(row)
                if called_as(one) in called and not known.isdisjoint(names_and_places([one], [listed_of(one)])):
                    found[one["case_id"]] = None
    except StoreError:
        return ()  # which files hold it cannot be said either, and that is told
    return tuple(case for case in found if case not in cases)


def _elsewhere(place: Path, cases: Sequence[str]) -> tuple[str, ...]:
    """The files that still hold what was taken out; a store that cannot be read stops nothing that is done."""
    try:
        return tuple(files_holding(place, cases))
    except StoreError as exc:
        return (tr("Warning: which files still hold it cannot be said: {exc}", exc=exc),)
