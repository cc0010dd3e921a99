"""Lists that a desk requires of a screening: a run without one, or with one that is too old, gives no result.

Said with the run, or for a whole desk in `settings.toml` of its store:

    require = ["uflpa", "ofac-sdn:30", "un:30"]

See docs/design/30-the-store-vouches.md.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError, UnreadableFileError
from entrepot.core.periods import first_day
from entrepot.core.runtime import rights

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

SETTINGS = "settings.toml"
_KEYS = frozenset({"require", "decisions"})  # what the file may hold; each room reads its own
_WORD = re.compile(r"(?P<list>[^:,\s]+)(?::(?P<days>\d{1,5}))?")
_HOW = "LIST or LIST:DAYS, such as ofac-sdn:30"


@dataclass(frozen=True, slots=True)
class Required:
    """A list that must be used.

    Attributes:
        list_id: the list.
        days: the most days by which it may be older than the day of the screening; None for any.
        said_in: where that stands, for a message.
    """

    list_id: str
    days: int | None
    said_in: str


def required(words: Sequence[str], folder: Path) -> tuple[Required, ...]:
    """What is required, of a run and of its desk; where both name a list, both hold.

    Args:
        words: LIST or LIST:DAYS, also several with commas between.
        folder: the store.

    Raises:
        BadInputError: a word is of another form.
        UnreadableFileError: the settings cannot be read.
    """
    of_run = [_read(word, "--require") for text in words for word in text.split(",") if word.strip()]
    return (*of_run, *(_read(word, SETTINGS) for word in _of_desk(folder)))


def _of_desk(folder: Path) -> list[str]:
    path = folder / SETTINGS
    try:
        if not path.exists():
            return []
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as exc:
        remedy = rights.remedy(exc, path, "", writing=False)
        raise UnreadableFileError(
            path, f"cannot be read ({exc})", allowed='require = ["uflpa"]', remedy=remedy
        ) from exc
    if unknown := sorted(set(said) - _KEYS):
        raise UnreadableFileError(path, f"holds {', '.join(unknown)}", allowed=" and ".join(sorted(_KEYS)))
    words = said.get("require", [])
    if not isinstance(words, list) or not all(isinstance(w, str) for w in words):
        raise UnreadableFileError(path, "require is no list of texts", allowed='require = ["uflpa", "ofac-sdn:30"]')
    return words


def _read(word: str, said_in: str) -> Required:
    found = _WORD.fullmatch(word.strip())
    if found is None:
        raise BadInputError("a required list is not understood", found=word, allowed=_HOW)
    return Required(found["list"], None if found["days"] is None else int(found["days"]), said_in)


def refuse_missing(wanted: Iterable[Required], coverage: Iterable[Mapping[str, Any]], day: date) -> list[str]:
    """Refuse a screening without a list that is required, or with one that is too old or holds nothing.

    Args:
        wanted: what is required.
        coverage: rows of COVERAGE: the lists that are used.
        day: the day of the screening.

    Returns:
        One sentence for the notes; nothing where nothing is required.

    Raises:
        BadInputError: names every list that is missing, older or empty.
    """
    used = {c["list_id"]: c for c in coverage}
    wanted = tuple(wanted)
    wrong = {f"{w.list_id} {problem} ({w.said_in})": None for w in wanted if (problem := _problem(w, used, day))}
    if wrong:
        raise BadInputError(
            f"required lists are missing: {'; '.join(wrong)}",
            remedy="Load or fetch them: entrepot lists load FILE --as LIST, entrepot fetch LIST. Nothing was screened.",
        )
    names = dict.fromkeys(f"{w.list_id} of {_day_of(used[w.list_id])}" for w in wanted)
    return [f"Required, and used: {', '.join(names)}."] if names else []


def _problem(wanted: Required, used: Mapping[str, Mapping[str, Any]], day: date) -> str:
    row = used.get(wanted.list_id)
    if row is None:
        return "is not used"
    if not row["entities_held"]:
        return "holds no entry"
    of = _day_of(row)
    if wanted.days is None:
        return ""
    if not of:
        return "is of an unknown day"
    age = (day - first_day(of)).days
    return f"is of {of}, {age} days old, {wanted.days} allowed" if age > wanted.days else ""


def _day_of(row: Mapping[str, Any]) -> str:
    """The day of a version that was loaded; of a list of the record that of the last change it holds."""
    return str(row.get("version") or row.get("list_as_of") or "")
