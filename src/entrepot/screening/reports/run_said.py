"""What a screening says of itself in sentences: how to redo it, which columns were read, how much came of it."""

from __future__ import annotations

import shlex
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from entrepot.core.words.translate import WordsBy, marked, tr
from entrepot.intake.unpack import STANDARD_INPUT
from entrepot.lists.listed_name import OWNED, PROBABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.screening.parties.party_columns import PartyColumn
    from entrepot.screening.runs.run import Run

_LONGEST_SAID = 300  # characters of a list of columns that are not read
_CALLED = WordsBy(
    {
        "further": marked("further name"),
        "key": marked("own number"),
        "other_names": marked("other names"),
        "places": marked("place of the goods"),
    }
)  # where the role's own word would say too little
_HASH_NAMED = 12  # digits of a hash that name a version of a list


def redo(run: Run) -> str:
    """The command that does a screening again, quoted for a shell; each loaded list by the hash of its file.

    What came by standard input is given to it again; the record has its hash.
    """
    is_piped = run.parties.path is None and run.parties.origin == tr("standard input")
    said, rules = ["entrepot", "screen", STANDARD_INPUT if is_piped else run.parties.origin], []
    for row in run.coverage.to_pylist():
        if row["list_id"].startswith(OWNED):
            rules += ["--rule", row["list_id"].removeprefix(OWNED)]
            continue
        version = f"@{row['sha256'][:_HASH_NAMED]}" if row["version"] else ""
        said += ["--list", f"{row['list_id']}{version}"]
    said += ["--with-ownership", *rules] if rules else []
    said += ["--as-of", run.as_of.isoformat(), "--min-score", str(run.options.min_score)]
    given = replace(run.options.given, name_columns=run.options.name_columns)
    for name in run.options.regions:
        said += ["--region", name]
    return shlex.join([*said, *given.options()])


def uses(column: PartyColumn, headings: tuple[str, ...]) -> list[tuple[str, str]]:
    """Role and headings of the columns that describe a party column's party."""
    names = ("further", "other_names", "address", "country", "identifier", "birth", "document", "key", "places")
    other = tuple(i for fields in column.others for i in fields)
    roles = [(n, other if n == "other_names" else getattr(column, n)) for n in names]
    return [(_CALLED.get(role, role), ", ".join(headings[i] for i in at)) for role, at in roles if at]


def columns_said(run: Run) -> str:
    """One sentence on the columns that are read, whole, and those that are not, of which a long list is cut."""
    headings = run.parties.headings
    read = [", ".join([c.name, *(" ".join(use) for use in uses(c, headings))]) for c in run.parties.columns]
    # A heading may end in a point: A/c No.
    said = tr("Parties are read from {removesuffix}.", removesuffix="; ".join(read).removesuffix("."))
    unread = _cut(run.parties.unread).removesuffix(".")
    return tr("{said} Not read: {removesuffix}.", said=said, removesuffix=unread) if unread else said


def probable_said(run: Run) -> list[str]:
    """A sentence on the matches that rest on a probable Chinese name alone; none where there are none."""
    counted = sum(t.column("name_kind").to_pylist().count(PROBABLE) for t in run.parts.tables())
    if not counted:
        return []
    said = tr("1 match rests") if counted == 1 else tr("{counted} matches rest", counted=counted)
    return [tr("{said} on a probable Chinese name alone, paired with the listing by pinyin only.", said=said)]


def _cut(headings: Sequence[str]) -> str:
    """Headings up to a length, and how many more there are."""
    lengths = accumulate(len(h) + len(", ") for h in headings)
    many = max(sum(n <= _LONGEST_SAID for n in lengths), 1)
    more = tr(" and {count} more", count=len(headings) - many) if len(headings) > many else ""
    return ", ".join(headings[:many]) + more


def summary(run: Run) -> dict[str, int]:
    """Counts of a run: parties, matches with listings, with owned parties, parts, parties with any, region flags."""
    n = run.parts.counts
    return {
        "parties": run.screened,
        "matches": n["listing"],
        "owned": n["owned"],
        "parts": n["part"],
        "parties_matched": n["listed"],
        "flags": n["region"],
    }
