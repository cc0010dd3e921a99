"""The profile of a listed party in lines of text, for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.words.translate import tr
from entrepot.lists.profiles.statements import kept_apart
from entrepot.sources.explanation import printed

if TYPE_CHECKING:
    from entrepot.lists.profiles.profile import Profile


def profile_lines(found: Profile) -> list[str]:
    """All that a list says of an entry, a line a statement below a heading.

    Args:
        found: the profile.
    """
    statements = kept_apart(found.statements)
    rows = [(s.what.replace("_", " "), s.value + (f" ({s.note})" if s.note else "")) for s in statements]
    wide = max(len(what) for what, _ in rows)
    return [tr("Listed party"), *(f"  {what:<{wide}}  {printed(said)}" for what, said in rows)]
