"""Taking personal data out of the ledger: value and salt go, the commitment stays, and an entry says who and why."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import in_english, tr
from entrepot.decisions.case_grounds import grounds
from entrepot.decisions.case_history import entries_on, expired, places_of
from entrepot.decisions.decide import account_said
from entrepot.decisions.decision_settings import KEPT_BECAUSE, decision_settings
from entrepot.decisions.ledger.entry import DECIDED, REDACTED, Draft, Entry
from entrepot.decisions.ledger.kept_ledger import add, now
from entrepot.decisions.person import who

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from entrepot.decisions.ledger.kept_ledger import Ledger

    Row = Mapping[str, Any]

FIELDS = ("party", "matches", "why", "by", "account")
OF_THE_PARTY = FIELDS[:3]  # who decided stays unless it is named: it is what an auditor asks


@in_english
def redact(  # noqa: PLR0913 - what, who, why
    folder: Path,
    cases: Sequence[str],
    fields: Sequence[str],
    *,
    by: str,
    why: str,
    early: bool,
    met: Mapping[str, Sequence[Row]] | None = None,
) -> Entry:
    """Take personal fields out of all entries on cases, those under another id among them.

    A list that renames an entry gives the case another id; its earlier decisions stand under the one that it had.

    Args:
        folder: the store.
        cases: the cases.
        fields: which, of FIELDS.
        by: who takes them out.
        why: why, in their words; it stays.
        early: whether another duty goes before that of keeping.
        met: case -> its rows of MATCHES as they were shown last, by which a case is known that no entry names.

    Returns:
        The entry that says so.

    Raises:
        BadInputError: a case has no such field left, or must be kept longer.
        StoreError: the ledger cannot be used.
    """
    years = decision_settings(folder).keep_years

    def drafts(before: Ledger) -> list[Draft]:
        own = _own(before, cases, fields, met or {})
        if not early:
            _refuse_early(own, years)
        said = {
            "kind": REDACTED,
            "at": now(),
            "entries": [e.seq for e in own],
            "fields": sorted(fields),
            "early": early,
            "who": who(by, before.key),
        }
        return [Draft(said, {"by": by.strip(), "account": account_said(), "why": why.strip()})]

    _, (entry,) = add(folder, drafts, begin=False)
    return entry


def _own(before: Ledger, cases: Sequence[str], fields: Sequence[str], met: Mapping[str, Sequence[Row]]) -> list[Entry]:
    out: dict[int, Entry] = {}
    for case in cases:
        now = grounds(met[case]).prints(before.key) if met.get(case) else None
        told = grounds(met[case]).names_and_places() if met.get(case) else ()
        own = [e for e in entries_on(before, case, now, told) if not e.fields.keys().isdisjoint(fields)]
        if not own:
            allowed = tr("a case of entrepot ledger decisions whose fields are still there")
            raise BadInputError(tr("there is nothing to take out"), found=case, allowed=allowed)
        out |= {e.seq: e for e in own}
    return [out[seq] for seq in sorted(out)]


def known_as(ledger: Ledger, cases: Collection[str]) -> frozenset[tuple[str, ...]]:
    """What the parties of cases are called and where they are, with each entry that they met, as the ledger says.

    Args:
        ledger: as read before anything is taken out.
        cases: the cases.
    """
    return frozenset(p for e in ledger.entries if e.said.get("case") in cases for p in places_of(e))


def _refuse_early(own: Sequence[Entry], years: int) -> None:
    kept = [e for e in own if e.said["kind"] == DECIDED]
    old = {e.seq for e in expired(kept, datetime.now(UTC).date().isoformat(), years)}
    if young := next((e for e in kept if e.seq not in old), None):
        raise BadInputError(
            tr(
                "entry {seq} is of {at}, and decisions are kept {years} years: {kept_because}",
                seq=young.seq,
                at=young.said["at"][:10],
                years=years,
                kept_because=KEPT_BECAUSE,
            ),
            remedy=tr("Add --early where another duty goes before. Nothing was written."),
        )
