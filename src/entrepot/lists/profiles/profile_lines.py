"""The profile of a listed party in lines of text, for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.words.told_cells import told_or_apart
from entrepot.core.words.translate import apart, retold, tr
from entrepot.lists.profiles.statements import kept_apart
from entrepot.sources.explanation import printed

if TYPE_CHECKING:
    from entrepot.lists.profiles.profile import Profile
    from entrepot.lists.profiles.statements import Statement

_OURS = frozenset({"kind", "list", "remark"})  # statements whose value may be words of ours


def profile_lines(found: Profile) -> list[str]:
    """All that a list says of an entry, a line a statement below a heading.

    Args:
        found: the profile.
    """
    statements = kept_apart(found.statements)
    rows = [(retold(s.what.replace("_", " ")), s) for s in statements]
    wide = max(len(what) for what, _ in rows)
    return [tr("Listed party"), *(f"  {what:<{wide}}  {_said(s)}" for what, s in rows)]


def _said(one: Statement) -> str:
    value = value_said(one.what, one.value if one.what in _OURS else printed(one.value))
    return value + (f" ({printed(told_or_apart(one.note))})" if one.note else "")


def value_said(what: str, value: str) -> str:
    """The value of a statement: told again where it is words of ours, else set apart as data."""
    return told_or_apart(value) if what in _OURS else apart(value)
