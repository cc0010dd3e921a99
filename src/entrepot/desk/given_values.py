"""What a program gives a verb, as the verb takes it: one text for a list of one, a time for its day, a path as text.

A verb says by its annotations what it takes. Python does not hold anybody to them, so what a person writes by mistake
is refused here, before the work, and not by whichever library meets it first.
"""

from __future__ import annotations

import os
from datetime import date, datetime
from functools import cache, wraps
from inspect import signature
from numbers import Real
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadDateError, BadInputError
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Callable

_LISTS = {"Sequence[str]"}  # as the verbs are annotated, here and below: what is not named is passed on as it is
_DAYS = {"str | date", "str | date | None"}  # likewise
_PATHS = {"Path", "Path | None"}  # likewise; the verb reads no text as a path
_FILES = {"str | Path", "str | Path | None", "Where", *_PATHS}  # likewise
_NUMBERS = {"float", "float | None"}  # likewise


@cache  # a verb is one function, wherever it is got from
def as_taken(verb: Callable[..., Any]) -> Callable[..., Any]:
    """A verb that takes what a program gives in place of what its annotations name, and refuses what it cannot take.

    Args:
        verb: a verb of the desk.
    """

    @wraps(verb)
    def taking(*given: Any, **named: Any) -> Any:
        try:
            bound = signature(verb).bind(*given, **named)
        except TypeError:  # Python itself says which keyword is wrong
            return verb(*given, **named)
        parameters = bound.signature.parameters
        for name, value in bound.arguments.items():
            bound.arguments[name] = _taken(name, value, str(parameters[name].annotation))
        return verb(*bound.args, **bound.kwargs)

    return taking


def _taken(name: str, value: Any, kind: str) -> Any:
    """A value as a verb takes it.

    Raises:
        BadInputError: it cannot be taken.
    """
    if value is None:
        return None
    if kind in _LISTS and isinstance(value, str):
        return (value,)
    if kind in _DAYS:
        return _day(value)
    if kind in _FILES:
        return _path(name, value, kind)
    if kind in _NUMBERS and (isinstance(value, bool) or not isinstance(value, Real)):
        raise BadInputError(tr("{keyword} is no number", keyword=name), found=value, allowed=tr("a number"))
    return value


def _day(value: Any) -> str | date:
    is_none = value != value  # noqa: PLR0124 - pandas' NaT: a time, of no day
    if isinstance(value, datetime) and not is_none:
        return value.date()
    if is_none or not isinstance(value, (str, date)):
        raise BadDateError(str(value))
    return value


def _path(name: str, value: Any, kind: str) -> Any:
    if not isinstance(value, (str, os.PathLike)):
        raise BadInputError(
            tr("{keyword} is no path", keyword=name),
            found=type(value).__name__,
            allowed=tr("the path of a file"),
            remedy=tr("Write it to a file first, such as Parquet, and give its path."),
        )
    return Path(value) if kind in _PATHS else value
