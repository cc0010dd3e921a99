"""Taking personal data out of the ledger: value and salt go, the commitment stays, and an entry says who and why."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.decisions.case_history import expired
from entrepot.decisions.decide import account
from entrepot.decisions.decision_settings import KEPT_BECAUSE, decision_settings
from entrepot.decisions.ledger.entry import DECIDED, REDACTED, Draft, Entry, print_of
from entrepot.decisions.ledger.kept_ledger import add, now

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from entrepot.decisions.ledger.kept_ledger import Ledger

FIELDS = ("party", "matches", "why", "by", "account")
OF_THE_PARTY = FIELDS[:3]  # who decided stays unless it is named: it is what an auditor asks


def redact(  # noqa: PLR0913 - what, who, why
    folder: Path, cases: Sequence[str], fields: Sequence[str], *, by: str, why: str, early: bool
) -> Entry:
    """Take personal fields out of all entries on cases.

    Args:
        folder: the store.
        cases: the cases.
        fields: which, of FIELDS.
        by: who takes them out.
        why: why, in their words; it stays.
        early: whether another duty goes before that of keeping.

    Returns:
        The entry that says so.

    Raises:
        BadInputError: a case has no such field left, or must be kept longer.
        StoreError: the ledger cannot be used.
    """
    years = decision_settings(folder).keep_years

    def drafts(before: Ledger) -> list[Draft]:
        own = _own(before, cases, fields)
        if not early:
            _refuse_early(own, years)
        said = {
            "kind": REDACTED,
            "at": now(),
            "entries": [e.seq for e in own],
            "fields": sorted(fields),
            "early": early,
            "who": print_of(["who", by.strip().casefold()], before.key),
        }
        return [Draft(said, {"by": by.strip(), "account": account(), "why": why.strip()})]

    _, (entry,) = add(folder, drafts, begin=False)
    return entry


def _own(before: Ledger, cases: Sequence[str], fields: Sequence[str]) -> list[Entry]:
    out: list[Entry] = []
    for case in cases:
        own = [e for e in before.entries if e.said.get("case") == case and not e.fields.keys().isdisjoint(fields)]
        if not own:
            allowed = "a case of entrepot ledger decisions whose fields are still there"
            raise BadInputError("there is nothing to take out", found=case, allowed=allowed)
        out += own
    return sorted(out, key=lambda e: e.seq)


def _refuse_early(own: Sequence[Entry], years: int) -> None:
    kept = [e for e in own if e.said["kind"] == DECIDED]
    old = {e.seq for e in expired(kept, datetime.now(UTC).date().isoformat(), years)}
    if young := next((e for e in kept if e.seq not in old), None):
        raise BadInputError(
            f"entry {young.seq} is of {young.said['at'][:10]}, and decisions are kept {years} years: {KEPT_BECAUSE}",
            remedy="Add --early where another duty goes before. Nothing was written.",
        )
