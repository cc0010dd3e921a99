"""Statements of the Beneficial Ownership Data Standard up to 0.3 as those of 0.4, which `bods` reads.

Up to 0.3 a statement has an id and no record: one that replaces another is a later statement of its record. An end that
is left out is said by a word beside the number, true or false, where 0.4 has the number itself.
https://standard.openownership.org/en/0.4.0/about/changelog.html
"""

from __future__ import annotations

import re
from typing import Any

_KINDS = {"entityStatement": "entity", "personStatement": "person", "ownershipOrControlStatement": "relationship"}
_ID, _KIND = "statementID", "statementType"
_HYPHEN = re.compile(r"-(\w)")
_TRUST = "-of-trust"  # behind a role in one, which 0.4 leaves out
_RENAMED = {
    "beneficiary": "beneficiaryOfLegalArrangement",
    "rightsToSurplusAssets": "rightsToSurplusAssetsOnDissolution",
}


def is_earlier(statement: Any) -> bool:
    """Whether a statement is one of the versions before 0.4."""
    return isinstance(statement, dict) and isinstance(statement.get(_ID), str) and statement.get(_KIND) in _KINDS


class Records:
    """The records that statements are of, as far as they were read: a statement stands behind those that it names."""

    def __init__(self) -> None:
        self._record: dict[str, str] = {}

    def of_now(self, statement: dict[str, Any]) -> dict[str, Any]:
        """A statement as 0.4 has it."""
        number, kind = statement[_ID], _KINDS[statement[_KIND]]
        before = next((r for r in _listed(statement.get("replacesStatements")) if isinstance(r, str)), number)
        self._record[number] = record = self._record.get(before, before)
        details = dict(statement)
        if kind == "relationship":
            subject, whom = (_named(statement.get(k)) for k in ("subject", "interestedParty"))
            components = [self._of(c) for c in _listed(statement.get("componentStatementIDs")) if isinstance(c, str)]
            interests = [_interest(i) if isinstance(i, dict) else i for i in _listed(statement.get("interests"))]
            details = {
                "subject": self._of(subject),
                "interestedParty": self._of(whom),
                "interests": interests,
                "componentRecords": components,
            }
        day = statement.get("statementDate")
        return {"recordId": record, "recordType": kind, "recordDetails": details, "statementDate": day}

    def _of(self, number: str | None) -> str | None:
        return None if number is None else self._record.get(number, number)


def _named(end: Any) -> str | None:
    """The statement that describes an end of a relationship; None where none does."""
    words = ("describedByEntityStatement", "describedByPersonStatement")
    found = (end.get(w) for w in words) if isinstance(end, dict) else ()
    return next((n for n in found if isinstance(n, str)), None)


def _listed(given: Any) -> list[Any]:
    return given if isinstance(given, list) else []


def _interest(given: dict[str, Any]) -> dict[str, Any]:
    kind = str(given.get("type") or "").removesuffix(_TRUST)
    kind = _HYPHEN.sub(lambda m: m[1].upper(), kind)
    found = {**given, "type": _RENAMED.get(kind, kind)}
    if (how := given.get("directOrIndirect", given.get("interestLevel"))) is not None:
        found["directOrIndirect"] = how
    share = given.get("share")
    if isinstance(share, dict):
        found["share"] = {k: v for k, v in share.items() if not isinstance(v, bool)}
        for end in ("Minimum", "Maximum"):
            if share.get(f"exclusive{end}") is True and share.get(end.lower()) is not None:
                found["share"][f"exclusive{end}"] = found["share"].pop(end.lower())
    return found
