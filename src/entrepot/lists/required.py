"""Lists that a desk requires of a screening: a run without one, or with one that is too old, gives no result.

Said with the run, or for a whole desk in `settings.toml` of its store:

    require = ["uflpa", "ofac-sdn:30", "un:30"]
    max_age = 45

See docs/design/30-the-store-vouches.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core.document.hinted import hinted
from entrepot.core.errors import BadInputError, UnreadableFileError
from entrepot.core.periods import first_day
from entrepot.core.runtime import rights
from entrepot.core.toml_block import toml_of
from entrepot.core.words.translate import marked, tr
from entrepot.lists.registry import newer_by, sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

SETTINGS = "settings.toml"
_KEYS = frozenset({"require", "max_age", "decisions"})  # what the file may hold; each room reads its own
OLD = (
    30  # days: OFAC and the UN change their lists in most months, so an older one lacks a change, more likely than not
)
_SEVERAL = 2  # lists that are fetched alike, for which the command is said once
_WORD = re.compile(r"(?P<list>[^:,\s]+)(?::(?P<days>\d{1,5}))?")
_HOW = marked("LIST or LIST:DAYS, such as ofac-sdn:30")


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


def max_age(most: int | None, folder: Path) -> tuple[int | None, str]:
    """The most days by which any list may be older, of a run, else of its desk; and where that stands.

    Args:
        most: as said with the run; None where nothing is.
        folder: the store.

    Returns:
        None where neither says any; the word is for a message.

    Raises:
        UnreadableFileError: the settings cannot be read.
    """
    if most is not None:
        return most, "--max-age"
    found = _settings(folder).get("max_age")
    if found is not None and (type(found) is not int or found < 0):
        raise UnreadableFileError(
            folder / SETTINGS, tr("max_age is {found!r}", found=found), allowed=tr("a number of days, 0 or more")
        )
    return found, tr("max_age of {settings}", settings=SETTINGS)


def _settings(folder: Path) -> dict[str, Any]:
    """What the settings say; nothing where there are none."""
    path = folder / SETTINGS
    try:
        if not path.exists():
            return {}
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as exc:
        remedy = rights.remedy(exc, path, "", writing=False)
        raise UnreadableFileError(
            path, tr("cannot be read ({exc})", exc=exc), allowed=tr('require = ["uflpa"]'), remedy=remedy
        ) from exc
    said = toml_of(text, path, allowed=tr('require = ["uflpa"]'))
    if unknown := sorted(set(said) - _KEYS):
        raise UnreadableFileError(
            path, tr("holds {unknown}", unknown=", ".join(unknown)), allowed=" and ".join(sorted(_KEYS))
        )
    return said


def _of_desk(folder: Path) -> list[str]:
    words = _settings(folder).get("require", [])
    if not isinstance(words, list) or not all(isinstance(w, str) for w in words):
        raise UnreadableFileError(
            folder / SETTINGS, tr("require is no list of texts"), allowed=tr('require = ["uflpa", "ofac-sdn:30"]')
        )
    return words


def _read(word: str, said_in: str) -> Required:
    found = _WORD.fullmatch(word.strip())
    if found is None:
        raise BadInputError(tr("a required list is not understood"), found=word, allowed=tr(_HOW))
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
            tr("required lists are missing: {wrong}", wrong="; ".join(wrong)),
            remedy=_remedy([w.list_id for w in wanted if _problem(w, used, day)], used),
        )
    names = dict.fromkeys(
        tr("{list_id} of {day_of}", list_id=w.list_id, day_of=_day_of(used[w.list_id])) for w in wanted
    )
    return [tr("Required, and used: {names}.", names=", ".join(names))] if names else []


def refuse_old(
    coverage: Iterable[Mapping[str, Any]], day: date, most: int | None, said_in: str = "--max-age"
) -> list[str]:
    """Say which of the lists that are used are old; refuse the screening where the most days are given.

    Args:
        coverage: rows of COVERAGE.
        day: the day of the screening.
        most: the most days by which a list may be older; None to say those of `OLD` days or more, and go on.
        said_in: where that stands, for a message.

    Returns:
        One sentence for the notes; nothing where no list is old.

    Raises:
        BadInputError: a list is older than the most days, or of an unknown day; names every such list.
    """
    rows = {c["list_id"]: c for c in coverage}
    if most is None:
        return _old_said(
            {name: age for name, row in rows.items() if (age := _age(row, day)) is not None and age >= OLD}, rows
        )
    every = [Required(name, most, said_in) for name in rows]
    wrong = [
        f"{w.list_id} {problem}" for w in every if (problem := _problem(w, rows, day)) and "no entry" not in problem
    ]
    if wrong:
        raise BadInputError(
            tr("lists are too old: {wrong} ({said_in})", wrong="; ".join(wrong), said_in=said_in),
            remedy=tr(
                "{newer} Or leave them out: --list. Nothing was screened.",
                newer=_newer([w.list_id for w in every if _problem(w, rows, day)]),
            ),
        )
    return []


def _old_said(old: Mapping[str, int], rows: Mapping[str, Mapping[str, Any]]) -> list[str]:
    if not old:
        return []
    name = max(old, key=lambda n: (old[n], n))
    oldest = tr("{name} is of {day_of}, {old} days old", name=name, day_of=_day_of(rows[name]), old=old[name])
    if len(old) > 1:
        oldest = tr(
            "{count} of {count_2} are {old} days old or older, the oldest {oldest}",
            count=len(old),
            count_2=len(rows),
            old=OLD,
            oldest=oldest,
        )
    each = tr("The day of each: entrepot lists. {newer}", newer=_newer(old))
    return [hinted(tr("Old lists: {oldest}.", oldest=oldest), each)]


def _newer(names: Iterable[str]) -> str:
    """What brings a newer version of each list, in one sentence; of several that are fetched alike the command once."""
    lists = sorted({*names})
    fetched = [n for n in lists if n in sources()]
    if len(lists) == 1:
        return tr("Newer: {ways}.", ways=newer_by(lists[0]))
    if fetched == lists:
        return tr("Newer: entrepot fetch LIST.")
    ways = [f"{n}: {newer_by(n)}" for n in lists if len(fetched) < _SEVERAL or n not in fetched]
    if len(fetched) >= _SEVERAL:
        ways.append(tr("{lists}: entrepot fetch LIST", lists=", ".join(fetched)))
    return tr("Newer: {ways}.", ways="; ".join(ways))


def _remedy(names: Sequence[str], used: Mapping[str, Mapping[str, Any]]) -> str:
    """What to do about required lists: those that are not used are loaded or named, those that are old made newer."""
    missing = [n for n in names if n not in used or not used[n]["entities_held"]]
    load = tr("Name them with --list, or load or fetch them: entrepot lists load FILE --as LIST, entrepot fetch LIST.")
    said = [*([load] if missing else []), *([_newer({*names} - {*missing})] if {*names} - {*missing} else [])]
    return " ".join([*said, tr("Nothing was screened.")])


def _age(row: Mapping[str, Any], day: date) -> int | None:
    """Days from a list's own day to that of the screening; None where its day is not known."""
    of = _day_of(row)
    return (day - first_day(of)).days if of else None


def _problem(wanted: Required, used: Mapping[str, Mapping[str, Any]], day: date) -> str:
    row = used.get(wanted.list_id)
    if row is None:
        return tr("is not used")
    if not row["entities_held"]:
        return tr("holds no entry")
    of = _day_of(row)
    if wanted.days is None:
        return ""
    if not of:
        return tr("is of an unknown day")
    age = _age(row, day) or 0
    return (
        tr("is of {of}, {age} days old, {days} allowed", of=of, age=age, days=wanted.days) if age > wanted.days else ""
    )


def _day_of(row: Mapping[str, Any]) -> str:
    """The day of a version that was loaded; of a list of the record that of the last change it holds."""
    return str(row.get("version") or row.get("list_as_of") or "")
