"""Names that have changed: an old one works until the next minor version, with a warning, then is refused.

A command's names stand in cli/old_names.py; a keyword's beside its function, in the decorator below. See
docs/upgrade.md and docs/design/25-installing-and-upkeep.md.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from entrepot import __version__
from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Callable

F = TypeVar("F", bound="Callable[..., Any]")


@dataclass(frozen=True, slots=True)
class Renamed:
    """A name that has changed.

    Attributes:
        old: the name until then.
        new: the name now.
        since: the minor version whose first release brought the new name, "0.2"; the old one goes with the next.
    """

    old: str
    new: str
    since: str


def works(change: Renamed, version: str = __version__) -> bool:
    """Whether the old name still works in a version: in that of the change, not in the one after it."""
    return _minor(version) <= _minor(change.since)


def _minor(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".")[:2])


def sentence(change: Renamed) -> str:
    """What the person is told where the old name still works."""
    return tr(
        "{old} is now called {new}; the old name goes with the version after {since}.",
        old=change.old,
        new=change.new,
        since=change.since,
    )


def refused(kind: str, change: Renamed) -> BadInputError:
    """The error where the old name no longer works."""
    return BadInputError(
        tr("the {kind} has another name since {since}", kind=kind, since=change.since),
        found=change.old,
        allowed=change.new,
        remedy=tr("See docs/upgrade.md."),
    )


def renamed_keywords(*changes: Renamed, version: str = __version__) -> Callable[[F], F]:
    """Let a function take keywords by their old names, with a FutureWarning, which Python prints on stderr.

    Args:
        changes: what was renamed.
        version: the running one.

    Returns:
        A decorator. The function then raises BadInputError where an old name no longer works, or stands beside the new.
    """

    def decorate(function: F) -> F:
        @wraps(function)
        def taking(*given: Any, **named: Any) -> Any:
            for change in [c for c in changes if c.old in named]:
                if not works(change, version):
                    raise refused("keyword", change)
                if change.new in named:
                    raise BadInputError(
                        tr("one keyword is given twice, by two names"), found=f"{change.old}, {change.new}"
                    )
                warnings.warn(sentence(change), FutureWarning, stacklevel=2)
                named[change.new] = named.pop(change.old)
            return function(*given, **named)

        return cast("F", taking)

    return decorate
